"""What holds for every page of the window, whoever wrote it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from jiuliting_desk import paths, ui
from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages import PAGES
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.matching.weights import WeightsDialog
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.tokens import TextSize
from jiuliting_desk.ui.widgets.text import Elide
from tests.store_fixtures import NOW
from tests.ui.matching import settled
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]

KEYS = [spec.key for spec in PAGES]


@pytest.fixture
def filled(session: Session) -> Session:
    """A session on a small invented sub-district."""
    with session.store.operation("demo"):
        fill_with_demo(session.store, elders=30, volunteers=10, visits=20, seed=3, today=NOW.date())
    return session


def test_every_way_to_another_page_goes_to_one_that_is_there() -> None:
    named = re.compile(r'goto\(\s*"(\w+)"|"(\w+)" in [\w.]*(?:_pages|page_keys)\b')
    found = [
        (path.name, first or second)
        for path in sorted(Path(ui.__path__[0]).rglob("*.py"))
        for first, second in named.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(found) > 30
    assert [(name, key) for name, key in found if key not in KEYS] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_page_has_its_help(key: str) -> None:
    spec = next(spec for spec in PAGES if spec.key == key)
    assert paths.resource("help", f"{key if spec.in_rail else 'index'}.md").exists()


@pytest.mark.parametrize("key", KEYS)
def test_a_page_fits_small_windows_at_every_text_size(
    key: str, filled: Session, open_window: Open, qtbot: QtBot
) -> None:
    window = open_window(key)
    for text, size in ((TextSize.STANDARD, (1280, 640)), (TextSize.XLARGE, (1366, 697))):
        filled.change_look(text=text)
        window.resize(*size)
        qtbot.waitUntil(lambda: not filled.jobs.running, timeout=20_000)
        qtbot.waitUntil(lambda: nothing_is_cut(window))


@pytest.mark.parametrize("text", [TextSize.LARGE, TextSize.XLARGE])
def test_the_plan_fits_the_smallest_window_in_large_type(
    text: TextSize, filled: Session, open_window: Open, qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, theme.Look(text=text))
    assert MatchingPage(filled).minimumSizeHint().width() < 900, "the first frame is no wider than the window"
    window = open_window("matching", size=(1024, 600))
    page = window.current_page()
    assert isinstance(page, MatchingPage)
    settled(page, qtbot)
    qtbot.waitUntil(lambda: nothing_is_cut(window))
    side = page.plan_side
    assert side.table.horizontalScrollBar().maximum() == 0
    assert side.unserved.isVisible()
    for part in (page.needs, page.candidates, side.foot, side.unserved, side.tools, page.right.part_button):
        place = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
        assert window.rect().contains(place)
        assert part.width() >= part.minimumSizeHint().width()
    page.right.part_button.click()
    menu = page.right.findChild(QMenu)
    assert menu is not None
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False, False]
    menu.actions()[2].trigger()
    menu.close()
    assert page.right.part() == "bonds"
    assert page.right.part_button.text().startswith("结对")


def test_in_the_largest_type_one_menu_holds_all_that_plans(
    filled: Session, open_window: Open, dialogs: ScriptedDialogs, qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, theme.Look(text=TextSize.XLARGE))
    window = open_window("matching", size=(1024, 600))
    page = window.current_page()
    assert isinstance(page, MatchingPage)
    settled(page, qtbot)
    side = page.plan_side
    assert side.how_button.isHidden()
    side.more_button.click()
    menu = side.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["重新排一次", "全部重排", "怎么排"]
    menu.actions()[2].trigger()
    menu.close()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, WeightsDialog)
    assert dialog.width() <= window.width()
    dialog.reject()
    window.resize(1366, 768)
    qtbot.waitUntil(side.how_button.isVisible)
    assert side.more_button.isHidden()
    qtbot.waitUntil(page.right.parts.isVisible)
    assert page.right.part_button.isHidden()


def nothing_is_cut(window: MainWindow) -> None:
    """Raise AssertionError with the words that are cut off."""
    window.grab()
    cut = [words for words in map(cut_off, window.current_page().findChildren(QWidget)) if words]
    assert not cut


def cut_off(widget: QWidget) -> str:
    """The words of a button or a label that is seen and narrower or lower than its words; "" where all is well."""
    if not widget.isVisible() or widget.visibleRegion().isEmpty() or isinstance(widget, Elide):
        return ""
    if not isinstance(widget, QAbstractButton | QLabel) or not widget.text():
        return ""
    needed = widget.minimumSizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        is_cut = widget.height() + 1 < widget.heightForWidth(widget.width())
    else:
        is_cut = widget.width() + 1 < needed.width() or widget.height() + 1 < needed.height()
    return widget.text() if is_cut else ""


def test_words_that_are_cut_off_are_seen(qtbot: QtBot) -> None:
    button = QPushButton("登记新老人")
    qtbot.addWidget(button)
    button.show()
    assert not cut_off(button)
    button.setFixedWidth(button.minimumSizeHint().width() - 10)
    button.grab()
    assert cut_off(button) == "登记新老人"


@pytest.mark.parametrize("key", KEYS)
def test_tab_goes_round_a_page_without_being_caught(key: str, filled: Session, open_window: Open) -> None:
    open_window(key)
    seen: list[QWidget] = []
    for _ in range(200):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in seen:
            break
        # Asked at once: a button of a job that runs is gone when the job is.
        assert focus.isVisible()
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert len(seen) > 2
    assert QApplication.focusWidget() in seen


@pytest.mark.parametrize("key", KEYS)
def test_everything_that_takes_the_keyboard_has_a_name(key: str, filled: Session, open_window: Open) -> None:
    page = open_window(key).current_page()
    nameless = [
        f"{type(widget).__name__} {widget.mapTo(page, QPoint(0, 0)).toTuple()}"
        for widget in page.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit)
        and widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)() or getattr(widget, "placeholderText", str)())
    ]
    assert not nameless


@pytest.mark.parametrize("key", KEYS)
def test_a_page_survives_being_refreshed_while_a_job_has_the_file(
    key: str, filled: Session, open_window: Open, qtbot: QtBot
) -> None:
    window = open_window(key)
    job = filled.run_store_job(lambda store, progress: progress(1, 1), title="等一等")
    assert job is not None
    window.grab()
    for view in window.current_page().findChildren(QAbstractItemView):
        view.viewport().update()
    with qtbot.waitSignal(job.ended):
        pass
    assert window.current_key == key
    assert theme.scale() == 1.0


def test_f6_goes_from_pane_to_pane(filled: Session, open_window: Open) -> None:
    window = open_window("elders")
    panes = window.current_page().panes()
    assert len(panes) > 1
    panes[0].setFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert panes[1].hasFocus()
