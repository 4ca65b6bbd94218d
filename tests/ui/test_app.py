"""The program from outside: opening a file, trouble with it, another file, a restore, closing."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from jiuliting_desk import paths
from jiuliting_desk.actions.backups import back_up, list_backups
from jiuliting_desk.app import Desk
from jiuliting_desk.cli import demo_file
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.welcome import WelcomePage
from tests.ui.scripted import ScriptedDialogs


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's folders, for this test only."""
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_names, **_more: str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def desk(
    qapp: QApplication, dialogs: ScriptedDialogs, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A desk whose window is closed at the end, and which leaves the tests' own excepthook alone."""
    monkeypatch.setattr("jiuliting_desk.ui.faults.Faults.install", lambda self: None)
    made = Desk(qapp, dialogs)
    yield made
    if made.window is not None:
        made.window.before_closing = None
        made.window.session.is_closing = True
        made.window.close()
        made.window.deleteLater()
    qapp.setQuitOnLastWindowClosed(True)


def shown(desk: Desk) -> MainWindow:
    assert desk.window is not None
    return desk.window


def add_elder(store: Store, *, name: str, today: date) -> Elder:
    return store.add(Elder(name=name))


def test_a_new_file_opens_with_three_ways_to_begin(desk: Desk, tmp_path: Path) -> None:
    desk.open(tmp_path / "case.db")
    window = shown(desk)
    assert window.current_key == "welcome"
    page = window.current_page()
    assert isinstance(page, WelcomePage)
    assert "restore" in page.ways
    assert not any(made.isChecked() for made in window.rail.buttons.values())


def test_the_second_place_for_backups_is_chosen_there(desk: Desk, dialogs: ScriptedDialogs, tmp_path: Path) -> None:
    desk.open(tmp_path / "case.db")
    page = shown(desk).current_page()
    assert isinstance(page, WelcomePage)
    dialogs.paths = [tmp_path / "stick"]
    page.choose_backup_place()
    assert page.backup_place.text() == str(tmp_path / "stick")


def test_a_digit_takes_a_way(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.open(tmp_path / "case.db")
    window = shown(desk)
    with qtbot.waitActive(window):
        window.activateWindow()
    page = window.current_page()
    assert isinstance(page, WelcomePage)
    first = next(iter(page.ways))
    QTest.keyClick(window, Qt.Key.Key_1)
    assert window.current_key == first


def test_a_file_that_is_not_ours_leaves_a_way_out(desk: Desk, dialogs: ScriptedDialogs, tmp_path: Path) -> None:
    wrong = tmp_path / "case.db"
    wrong.write_bytes(b"no database at all, but long enough to be read as one" * 100)
    before = wrong.read_bytes()
    dialogs.answers = ["other"]
    dialogs.paths = [tmp_path / "right.db"]
    desk.open(wrong)
    assert dialogs.troubles[0].kept
    assert shown(desk).session.store.path == tmp_path / "right.db"
    assert wrong.read_bytes() == before


def test_a_file_that_is_open_elsewhere_names_the_holder(desk: Desk, dialogs: ScriptedDialogs, case_file: Path) -> None:
    holder = Store.open(case_file, who="邵雯")
    desk.open(case_file)
    holder.close()
    assert desk.window is None
    assert "邵雯" in dialogs.troubles[0].happened
    dialogs.answers = []
    desk.open(case_file)
    assert shown(desk).isVisible()


def test_a_backup_is_restored_in_place_of_the_file(desk: Desk, qtbot: QtBot, case_file: Path, tmp_path: Path) -> None:
    desk.open(case_file)
    session = shown(desk).session
    session.perform(add_elder, name="高莲英")
    backup = back_up(session.store, reason="hand")
    session.perform(add_elder, name="马根宝")
    session.restore_wanted.emit(backup.path)
    qtbot.waitUntil(lambda: desk.window is not None and desk.window.session is not session)
    store = shown(desk).session.store
    assert [elder.name for elder in store.all(Elder)] == ["高莲英"]
    assert "恢复" in shown(desk).message_bar.words()
    assert list(tmp_path.glob("case.db.damaged*")) or list(tmp_path.glob("*damaged*"))


def unreadable(case_file: Path) -> None:
    """Its first page is zeroed, so that it could be a stranger's."""
    with case_file.open("rb+") as stream:
        stream.write(bytes(4096))


@pytest.mark.parametrize("spoil", [unreadable, Path.unlink])
def test_a_file_that_does_not_open_or_is_gone_comes_back_from_the_newest_whole_backup(
    desk: Desk, dialogs: ScriptedDialogs, case_file: Path, spoil: Callable[[Path], None]
) -> None:
    store = Store.open(case_file)
    with store.operation("add_elder"):
        store.add(Elder(name="高莲英"))
    whole = back_up(store, reason="hand").path
    damaged = back_up(store, reason="hand").path
    store.close()
    damaged.write_bytes(damaged.read_bytes()[:-4096])
    spoil(case_file)
    dialogs.answers = ["restore"]
    desk.open(case_file)
    assert [elder.name for elder in shown(desk).session.store.all(Elder)] == ["高莲英"]
    assert whole.name in shown(desk).message_bar.words()


def test_a_file_that_is_gone_is_not_made_anew_where_it_had_backups(
    desk: Desk, dialogs: ScriptedDialogs, case_file: Path
) -> None:
    store = Store.open(case_file)
    back_up(store, reason="hand")
    store.close()
    case_file.unlink()
    dialogs.answers = []
    desk.open(case_file)
    assert desk.window is None
    assert "不见了" in dialogs.troubles[0].title
    assert not case_file.exists()


def test_what_is_no_whole_backup_is_not_gone_back_to(desk: Desk, qtbot: QtBot, case_file: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "stick.db"
    stranger.write_bytes(b"no backup at all, but long enough to be read as one" * 100)
    desk.open(case_file)
    session = shown(desk).session
    session.perform(add_elder, name="高莲英")
    session.restore_wanted.emit(stranger)
    qtbot.waitUntil(lambda: desk.window is not None and desk.window.session is not session)
    assert [elder.name for elder in shown(desk).session.store.all(Elder)] == ["高莲英"]
    assert "没有恢复，资料没动" in shown(desk).message_bar.words()


def test_the_demo_is_made_anew_though_it_had_backups(own_folder: Path) -> None:
    case = demo_file()
    store = Store.open(case)
    back_up(store, reason="close")
    store.close()
    case.unlink()
    assert demo_file() == case
    assert case.exists()


def test_another_place_is_opened_and_remembered(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.open(tmp_path / "case.db")
    other = tmp_path / "elsewhere"
    other.mkdir()
    session = shown(desk).session
    session.open_wanted.emit(other / "case.db")
    qtbot.waitUntil(lambda: desk.window is not None and desk.window.session is not session)
    assert shown(desk).session.store.path == other / "case.db"
    assert paths.default_case_file() == other / "case.db"


def test_closing_makes_a_checked_backup_where_something_changed(desk: Desk, qtbot: QtBot, case_file: Path) -> None:
    desk.open(case_file)
    window = shown(desk)
    window.close()
    assert not window.isVisible()
    assert not list_backups(case_file)
    desk.open(case_file)
    window = shown(desk)
    window.session.perform(add_elder, name="高莲英")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert [backup.reason for backup in list_backups(case_file)] == ["close"]


def test_a_backup_that_cannot_be_made_does_not_hold_the_window(
    desk: Desk, dialogs: ScriptedDialogs, qtbot: QtBot, case_file: Path
) -> None:
    desk.open(case_file)
    window = shown(desk)
    window.session.perform(add_elder, name="高莲英")
    case_file.with_name(case_file.stem + ".backups").write_text("a file where the folder should be")
    dialogs.answers = ["close"]
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert dialogs.troubles[0].steps


def test_size_and_place_of_the_window_are_remembered(desk: Desk, qtbot: QtBot, case_file: Path) -> None:
    desk.open(case_file)
    window = shown(desk)
    window.showNormal()
    window.resize(1100, 640)
    qtbot.waitUntil(lambda: not window.isMaximized() and window.width() == 1100)
    window.close()
    desk.open(case_file)
    assert shown(desk).width() == 1100
    assert not shown(desk).isMaximized()


def test_qts_own_buttons_speak_chinese(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().startswith("取消")
