"""Backups in the running window: by themselves, at close, by hand, and the way back."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions import backups, pairings, providers
from jiuliting_desk.app import Desk
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.providers import Provider, ProviderState
from jiuliting_desk.store import Store
from jiuliting_desk.ui import chores
from jiuliting_desk.ui.backups import AutoBackup
from jiuliting_desk.ui.chores import Chores
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.settings import SettingsPage
from jiuliting_desk.ui.pages.settings.backups import BackupSection
from jiuliting_desk.ui.remembered import Remembered
from jiuliting_desk.ui.session import Session
from tests.actions.people import TODAY, elder, need, volunteer
from tests.store.test_backup import damage
from tests.ui.scripted import ScriptedDialogs

MORNING = datetime(2026, 3, 18, 8, 0).astimezone()


class Clock:
    """A clock that the test winds."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(case_file: Path, clock: Clock, dialogs: ScriptedDialogs, tmp_path: Path) -> Iterator[Session]:
    """A session by the test's clock."""
    store = Store.open(case_file, who="何佩", now=clock)
    made = Session(store, dialogs=dialogs, remembered=Remembered(tmp_path / "window.json"), now=clock)
    yield made
    made.jobs.stop()
    if not store.is_mine:
        store.take()
    store.close()


@pytest.fixture
def auto(session: Session) -> Iterator[AutoBackup]:
    made = AutoBackup(session)
    yield made
    made.stop()


def reasons(session: Session) -> list[str]:
    return [made.reason for made in backups.list_backups(session.store.path)]


def test_a_backup_is_made_in_a_quiet_moment_after_half_an_hour(
    auto: AutoBackup, session: Session, clock: Clock, qtbot: QtBot
) -> None:
    auto.look()
    assert not session.is_lent
    elder(session.store)
    auto.look()
    assert not session.is_lent, "somebody typed a second ago"
    clock.at += timedelta(seconds=9)
    auto.look()
    qtbot.waitUntil(lambda: reasons(session) == ["timer"] and not session.is_lent)
    clock.at += timedelta(minutes=31)
    auto.look()
    assert not session.is_lent, "nothing changed"
    elder(session.store, "马根宝")
    auto.look()
    qtbot.waitUntil(lambda: reasons(session) == ["timer", "timer"] and not session.is_lent)
    elder(session.store, "冯阿毛")
    clock.at += timedelta(minutes=20)
    auto.look()
    assert not session.is_lent, "the last one is not half an hour old"


def test_trouble_is_told_once_and_tried_again_later(
    auto: AutoBackup, session: Session, clock: Clock, qtbot: QtBot
) -> None:
    elder(session.store)
    session.store.path.with_suffix(".backups").write_text("no folder can be made here")
    said: list[str] = []
    session.said.connect(lambda message: said.append(message.text))
    clock.at += timedelta(minutes=1)
    auto.look()
    qtbot.waitUntil(lambda: bool(said))
    assert "这次备份没做成，资料本身没有受影响" in said[0]
    qtbot.waitUntil(lambda: not session.is_lent)
    assert not auto.is_due()
    clock.at += timedelta(minutes=31)
    assert auto.is_due()


def test_a_backup_of_a_day_still_to_come_holds_up_none(
    auto: AutoBackup, session: Session, clock: Clock, qtbot: QtBot
) -> None:
    elder(session.store)
    made = backups.back_up(session.store, reason="hand").path
    made.rename(made.with_name("20360318-080000_hand.db"))
    elder(session.store, "马根宝")
    clock.at += timedelta(minutes=1)
    auto.look()
    qtbot.waitUntil(lambda: reasons(session) == ["hand", "timer"] and not session.is_lent)


@pytest.mark.parametrize("small", [chores.SMALL_BYTES, 0])
def test_damage_that_nobody_has_come_upon_is_told_when_the_window_opens(
    auto: AutoBackup,
    session: Session,
    clock: Clock,
    qtbot: QtBot,
    dialogs: ScriptedDialogs,
    open_window: Callable[..., MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    small: int,
) -> None:
    monkeypatch.setattr(chores, "SMALL_BYTES", small)
    with session.store.operation("register"):
        session.store.add_many([Elder(name="苗芬", number=str(n), notes="x" * 3000) for n in range(50)])
    window = open_window()
    whole = Chores(session)
    whole.look()
    qtbot.waitUntil(lambda: not session.is_lent)
    whole.stop()
    assert dialogs.troubles == []
    damage(session.store.path)
    dialogs.answers = ["backups"]
    made = Chores(session)
    made.look()
    qtbot.waitUntil(lambda: len(dialogs.troubles) == 1 and not session.is_lent)
    made.stop()
    assert dialogs.troubles[0].title == "资料文件有损坏"
    assert window.current_key == "settings"
    # A backup of it comes to nothing, and does not say that the file is well.
    dialogs.answers = [""]
    clock.at += timedelta(minutes=31)
    auto.look()
    qtbot.waitUntil(lambda: len(dialogs.troubles) == 2 and not session.is_lent)
    assert dialogs.troubles[1].title == "资料文件有损坏"


@pytest.fixture
def desk(case_file: Path, dialogs: ScriptedDialogs, qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    """The program on the test's file, as it starts."""
    made = Desk(qapp, dialogs)
    made.open(case_file)
    yield made
    window = made.window
    assert window is not None
    if window.isVisible():
        window.before_closing = None
        window.session.is_closing = True
        window.close()
    window.deleteLater()


def window_of(desk: Desk) -> MainWindow:
    assert desk.window is not None
    return desk.window


def test_what_has_no_backup_gets_one_at_close(desk: Desk, case_file: Path, qtbot: QtBot) -> None:
    window = window_of(desk)
    elder(window.session.store)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert [made.reason for made in backups.list_backups(case_file)] == ["close"]


def test_closing_without_a_change_makes_none(desk: Desk, case_file: Path) -> None:
    assert window_of(desk).close()
    assert backups.list_backups(case_file) == []


def test_trouble_at_close_keeps_the_window_unless_told(
    desk: Desk, case_file: Path, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    window = window_of(desk)
    elder(window.session.store)
    case_file.with_suffix(".backups").write_text("no folder can be made here")
    dialogs.answers.append("stay")
    window.close()
    qtbot.waitUntil(lambda: len(dialogs.troubles) == 1 and not window.session.is_lent)
    assert window.isVisible()
    dialogs.answers.append("close")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def section_of(window: MainWindow) -> BackupSection:
    window.session.goto("settings", None, "backups")
    page = window.current_page()
    assert isinstance(page, SettingsPage)
    section = page.section("backups")
    assert isinstance(section, BackupSection)
    return section


def test_going_back_to_a_backup_and_forth_again(
    desk: Desk, case_file: Path, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    window = window_of(desk)
    elder(window.session.store)
    section = section_of(window)
    section.now_button.click()
    qtbot.waitUntil(lambda: len(section.table.rows()) == 1)
    assert section.table.cell_text(0, "why") == "有人点了“立即备份”"
    elder(window.session.store, "马根宝")
    section.refresh()
    dialogs.answers.append("back")
    section.restore_button.click()
    assert "那以后做的 1 步不会在里面" in dialogs.asked[-1].text
    assert window.session.store.count(Elder) == 2
    dialogs.answers.append("go")
    section.restore_button.click()
    qtbot.waitUntil(lambda: desk.window is not None and desk.window is not window, timeout=10_000)
    fresh = window_of(desk)
    assert [found.name for found in fresh.session.store.all(Elder)] == ["高莲英"]
    assert fresh.isVisible()
    assert sorted(made.reason for made in backups.list_backups(case_file)) == ["hand", "restore"]
    assert len(list(case_file.parent.glob("case.db.damaged-*"))) >= 1


def test_a_damaged_file_is_gone_back_from(desk: Desk, case_file: Path, dialogs: ScriptedDialogs, qtbot: QtBot) -> None:
    window = window_of(desk)
    store = window.session.store
    with store.operation("register"):
        store.add_many([Elder(name="苗芬", number=str(n), notes="x" * 3000) for n in range(50)])
    made = backups.back_up(store, reason="hand")
    elder(store)
    damage(case_file)
    section = section_of(window)
    section.table.choose(made.path)
    dialogs.answers.append("go")
    section.restore_button.click()
    qtbot.waitUntil(lambda: desk.window is not None and desk.window is not window, timeout=10_000)
    assert window_of(desk).session.store.count(Elder) == 50
    assert window_of(desk).session.store.problems() == []
    assert list(case_file.parent.glob("case.db.damaged-*"))


def test_a_damaged_backup_is_not_gone_back_to(desk: Desk, dialogs: ScriptedDialogs, qtbot: QtBot) -> None:
    window = window_of(desk)
    elder(window.session.store)
    section = section_of(window)
    section.now_button.click()
    qtbot.waitUntil(lambda: len(section.table.rows()) == 1)
    path = section.table.rows()[0].path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    section.check_button.click()
    qtbot.waitUntil(lambda: "已损坏" in section.table.cell_text(0, "checked"))
    dialogs.answers.append("go")
    section.restore_button.click()
    qtbot.waitUntil(lambda: "没有恢复，资料没动" in window.message_bar.words())
    assert desk.window is window


def test_the_second_place(desk: Desk, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_of(desk)
    section = section_of(window)
    assert section.second_now.isHidden()
    stick = tmp_path / "stick"
    stick.mkdir()
    dialogs.paths = [stick]
    section.second_button.click()
    assert "还没有放过" in section.second_words.text()
    section.second_now.click()
    qtbot.waitUntil(lambda: "最近一份是" in section.second_words.text())
    assert len(list(stick.glob("*_second.db"))) == 1
    section.second_none.click()
    assert section.second_now.isHidden()


def test_the_status_row_turns_amber_without_a_backup_of_today(session: Session, clock: Clock, qtbot: QtBot) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    backups.back_up(session.store, reason="hand")
    window.show_backup()
    assert window.status_row.backup_words() == "备份 今天 08:00"
    clock.at += timedelta(days=1)
    window.show_backup()
    assert window.status_row.backup_words() == "今天还没备份"


def overdue(store: Store) -> tuple[Need, Provider]:
    """A claim whose days are over, and a pause that is over."""
    wanted, helper = need(store, elder(store).id), volunteer(store)
    early = TODAY - timedelta(days=30)
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=wanted.id, provider_id=helper.id, today=early)
    with store.operation("pause_provider"):
        providers.pause_provider(store, provider_id=helper.id, reason="出门", today=early, until=TODAY)
    return wanted, helper


def test_a_window_left_open_overnight_does_not_show_yesterday(
    session: Session, clock: Clock, qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    need(session.store, elder(session.store).id)
    window = open_window("matching")
    page = window.current_page()
    assert isinstance(page, MatchingPage)
    made = Chores(session)
    made.look()
    line = page.needs.lines.lines_model.line
    qtbot.waitUntil(lambda: page.proposal is not None and page.proposal.is_final)
    assert line(0).right == "今天"
    clock.at += timedelta(days=3)
    made.look()
    assert line(0).right == "等 3 天"
    session.goto("today")
    clock.at += timedelta(days=1)
    made.look()
    assert line(0).right == "等 3 天", "who is not looked at is read once wanted"
    session.goto("matching")
    assert line(0).right == "等 4 天"
    made.stop()
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_chores_are_done_once_a_day_and_can_be_undone(
    session: Session, clock: Clock, qtbot: QtBot, open_window: Callable[..., MainWindow]
) -> None:
    wanted, helper = overdue(session.store)
    said: list[str] = []
    session.said.connect(lambda message: said.append(message.text))
    made = Chores(session)
    qtbot.waitUntil(lambda: len(said) == 1)
    assert said == ["1 条认领到期没约上门，已变回“待安排”。1 位志愿者暂停到期，已恢复。"], "none is covered by the next"
    assert session.store.get(Need, wanted.id).state is NeedState.OPEN
    assert session.store.get(Provider, helper.id).state is ProviderState.ACTIVE
    session.undo()
    session.undo()
    made.look()
    assert session.store.get(Need, wanted.id).state is NeedState.CLAIMED
    clock.at += timedelta(days=1)
    made.look()
    assert session.store.get(Need, wanted.id).state is NeedState.OPEN
    made.stop()


def test_a_clock_that_is_behind_the_file_is_told_when_the_window_opens(
    session: Session, clock: Clock, dialogs: ScriptedDialogs
) -> None:
    elder(session.store)
    dialogs.answers = [""]
    Chores(session).look()
    assert dialogs.asked == []
    clock.at -= timedelta(days=900)
    made = Chores(session)
    made.look()
    (told,) = dialogs.asked
    assert told.title == "先核对电脑的日期"
    assert "今天是 2023年9月30日，可是资料里 2026年3月18日 已经做过事" in told.text
    made.look()
    assert len(dialogs.asked) == 1
    made.stop()
