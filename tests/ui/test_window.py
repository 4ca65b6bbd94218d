"""The frame: pages, keys, messages, undo, looks."""

import linecache
import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.settings import change_settings, setting
from jiuliting_desk.store.history import lines
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.frame.rail import LEAST_ICON
from jiuliting_desk.ui.history_words import line_words
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.elders import EldersPage
from jiuliting_desk.ui.pages.settings import SettingsPage
from jiuliting_desk.ui.pages.settings.office import OfficeSection
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.tokens import TextSize
from jiuliting_desk.ui.widgets.cells import metrics
from jiuliting_desk.ui.widgets.fields import TextField
from tests.actions.people import elder
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]


def settings_page(window: MainWindow) -> OfficeSection:
    page = window.current_page()
    assert isinstance(page, SettingsPage)
    section = page.section("office")
    assert isinstance(section, OfficeSection)
    return section


def type_name(page: OfficeSection, text: str) -> None:
    field = page.form.fields["office_name"]
    assert isinstance(field, TextField)
    field.insert(text)


def test_a_fact_is_saved_told_and_undone(open_window: Open, session: Session) -> None:
    window = open_window("settings")
    page = settings_page(window)
    type_name(page, "亭北志愿服务中心")
    page.save_button.click()
    assert setting(session.store, "office_name") == "亭北志愿服务中心"
    assert "改设置：单位名称" in window.message_bar.words()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert setting(session.store, "office_name") == ""
    assert page.form.fields["office_name"].value() == ""  # type: ignore[attr-defined]
    assert "已撤销：改设置" in window.message_bar.words()
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert setting(session.store, "office_name") == "亭北志愿服务中心"


@pytest.mark.parametrize("text", [TextSize.STANDARD, TextSize.XLARGE])
def test_the_message_bar_lies_over_nothing_that_is_pressed_or_read(
    open_window: Open, session: Session, text: TextSize
) -> None:
    window = open_window("phone")
    session.change_look(text=text)
    for size in ((1366, 768), (1024, 600)):
        window.resize(*size)
        for said in ("已约好", "已约好：3月18日 周三 15:00　净邻家政服务有限公司 → 欧阳高莲英　清洗空调、清洗油烟机"):
            session.say(said, undo=True)
            window.grab()
            bar = window.message_bar
            place = QRect(bar.mapTo(window, QPoint(0, 0)), bar.size())
            assert window.rect().contains(place)
            under = [
                widget
                for widget in window.findChildren(QWidget)
                if widget.isVisible()
                and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
                and not bar.isAncestorOf(widget)
                and place.intersects(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()))
            ]
            assert not under
            undo = bar.findChild(QPushButton)
            assert undo is not None
            assert undo.width() >= undo.sizeHint().width()


def test_long_work_moves_nothing_on_the_page_and_can_be_stopped_under_a_message(
    open_window: Open, session: Session, qtbot: QtBot
) -> None:
    window = open_window("settings")
    before = window.stack.geometry()
    go_on = threading.Event()
    job = session.run_job(lambda progress: go_on.wait(10), title="排方案", may_be_cut=True)
    with qtbot.waitSignal(job.shown):
        pass
    assert window.stack.geometry() == before
    session.say("已确认方案：" + "顾海宁 → 高莲英　理发、" * 20, undo=True)
    strip, bar = window.busy_strip, window.message_bar
    assert strip.words().startswith("正在排方案")
    qtbot.waitUntil(lambda: strip.cancel_button.width() > 0)
    left = strip.mapTo(window, QPoint(0, 0)).x()
    assert bar.geometry().right() < left
    there = window.focusWidget()
    QTest.mouseClick(strip.cancel_button, Qt.MouseButton.LeftButton)
    assert job.is_cancelled
    assert window.focusWidget() is there, "the keyboard is where it was"
    with qtbot.waitSignal(job.ended):
        go_on.set()
    assert strip.isHidden()
    assert window.status_row.busy_width() == 0


def test_ctrl_page_down_goes_through_all_pages_and_round(open_window: Open) -> None:
    window = open_window("today")
    seen = [window.current_key]
    while len(seen) < 30:
        QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        if window.current_key == seen[0]:
            break
        seen.append(window.current_key)
    assert sorted(seen) == sorted(window.rail.buttons)
    assert seen[-1] == "settings"
    QTest.keyClick(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert window.current_key == "settings"


def test_history_says_what_was_undone_and_redone(open_window: Open, session: Session) -> None:
    window = open_window("settings")
    page = settings_page(window)
    type_name(page, "亭北志愿服务中心")
    page.save_button.click()
    session.undo()
    session.redo()
    told = [line_words(session.store, line) for line in lines(session.store, limit=3)]
    assert told == ["重做：改设置：单位名称", "撤销：改设置：单位名称", "改设置：单位名称"]


def test_nothing_to_undo_is_said(open_window: Open, session: Session) -> None:
    window = open_window("settings")
    assert not session.undo()
    assert "没有可以撤销" in window.message_bar.words()


def test_a_rule_says_no_in_the_bar_and_writes_nothing(open_window: Open, session: Session) -> None:
    window = open_window("settings")
    assert session.perform(change_settings, values={"claim_days": "many"}) is None
    assert "1 到 120" in window.message_bar.words()
    assert session.store.undoable() is None


def test_saving_nothing_says_so(open_window: Open) -> None:
    window = open_window("settings")
    settings_page(window).save_button.click()
    assert window.message_bar.words() == "没有改动，不用存。"


def test_a_new_day_begins_with_the_first_page(open_window: Open, session: Session) -> None:
    elder(session.store)
    open_window("visits")
    assert open_window().current_key == "visits"
    day = session.today() - timedelta(days=1)
    session.remembered.keep("page_day", day.isoformat())
    assert open_window().current_key == "today"


def test_text_size_rebuilds_the_page_in_place(open_window: Open, session: Session, qtbot: QtBot) -> None:
    window = open_window("settings")
    before = window.current_page()
    session.change_look(text=TextSize.XLARGE)
    qtbot.waitUntil(lambda: window.current_key == "settings" and window.current_page() is not before)
    assert theme.px(100) == 127
    assert window.rail.is_narrow
    assert session.remembered.get("look") == {"text": 127, "dark": False}


def test_in_the_lowest_window_and_the_largest_type_no_word_of_the_rail_runs_into_the_next(
    open_window: Open, session: Session, qtbot: QtBot
) -> None:
    window = open_window("today", size=(1024, 600))
    session.change_look(text=TextSize.XLARGE)
    buttons = list(window.rail.buttons.values())
    assert all(made.is_narrow for made in buttons)
    least = metrics("cap").height() + theme.px(LEAST_ICON)
    qtbot.waitUntil(lambda: all(after.y() - before.y() >= least for before, after in pairwise(buttons)))
    assert min(made.height() for made in buttons) >= least
    assert buttons[-1].geometry().bottom() <= window.rail.height()


def test_a_count_stands_beside_its_icon_in_the_narrow_rail(open_window: Open, session: Session, qtbot: QtBot) -> None:
    window = open_window("settings")
    session.change_look(text=TextSize.XLARGE)
    qtbot.waitUntil(lambda: window.rail.is_narrow)
    for count, words in ((9, "9"), (68, "68"), (868, "868"), (12_000, "999+")):
        window.rail.set_count("settings", count)
        button = window.rail.buttons["settings"]
        icon, badge = button.places(QRectF(button.rect()), 4, theme.px(20))
        assert button.short_count == words
        assert not icon.intersects(badge)
        assert button.rect().contains(icon.united(badge).toAlignedRect())
        assert badge.width() > metrics("cap_strong").horizontalAdvance(words)


def test_what_is_unsaved_keeps_the_look(open_window: Open, session: Session) -> None:
    window = open_window("settings")
    type_name(settings_page(window), "亭北")
    session.change_look(dark=True)
    assert not theme.look().dark
    assert "还没存下" in window.message_bar.words()
    settings_page(window).form.settle()


def test_closing_asks_about_what_is_unsaved(open_window: Open, dialogs: ScriptedDialogs, qtbot: QtBot) -> None:
    window = open_window("settings")
    type_name(settings_page(window), "亭北")
    dialogs.answers = ["stay"]
    assert not window.close()
    dialogs.answers = ["close"]
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(dialogs.asked) == 2


def test_the_status_row_tells_the_keys_and_the_backup(open_window: Open) -> None:
    window = open_window("settings")
    assert window.status_row.key_words() == ["存下单位资料", "换到左边 / 右边", "查找", "帮助"]
    assert window.status_row.backup_words() == "还没有备份"


def test_a_key_that_is_held_down_does_its_work_once(open_window: Open) -> None:
    window = open_window("matching")
    shortcuts = window.findChildren(QShortcut)
    assert {"Ctrl+Return", "Ctrl+Z", "P"} <= {made.key().toString() for made in shortcuts}
    assert not any(made.autoRepeat() for made in shortcuts)


def test_who_is_on_duty_goes_into_history(open_window: Open, session: Session, dialogs: ScriptedDialogs) -> None:
    window = open_window("settings")
    dialogs.answers = [("set", "邵雯")]
    window.ask_who()
    session.perform(change_settings, values={"office_name": "亭北"})
    line = session.store.undoable()
    assert line is not None
    assert line.who == "邵雯"


def test_help_opens_beside_the_work_and_closes(open_window: Open) -> None:
    window = open_window("settings")
    window.show_help()
    shown = window._help  # noqa: SLF001
    assert shown is not None
    assert shown.browser.toPlainText().strip()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not window.findChildren(type(shown), "", Qt.FindChildOption.FindDirectChildrenOnly) or shown.isHidden()


def test_no_source_is_kept_once_a_page_is_made(open_window: Open, session: Session) -> None:
    open_window("settings")
    linecache.getlines(__file__)
    session.goto("stats")
    assert __file__ not in linecache.cache


def test_a_button_that_hides_or_greys_leaves_the_keyboard_on_the_page(
    open_window: Open, session: Session, qtbot: QtBot
) -> None:
    elder(session.store)
    window = open_window("elders")
    page = window.current_page()
    assert isinstance(page, EldersPage)
    qtbot.waitUntil(page.table.hasFocus)
    last: QWidget | None = window.rail.buttons["elders"]
    while last is not None and not (
        page.isAncestorOf(last) and last.isVisible() and last.focusPolicy() & Qt.FocusPolicy.TabFocus
    ):
        last = last.previousInFocusChain()
    assert last is not None
    for is_greyed in (True, False):
        last.setEnabled(True)
        last.setFocus()
        assert last.hasFocus()
        if is_greyed:
            last.setEnabled(False)
        else:
            last.hide()
        assert not page.isAncestorOf(window.focusWidget())
        qtbot.waitUntil(lambda: page.isAncestorOf(window.focusWidget()))


def test_the_keyboard_can_still_go_to_the_rail(open_window: Open, session: Session, qtbot: QtBot) -> None:
    elder(session.store)
    window = open_window("elders")
    page = window.current_page()
    assert isinstance(page, EldersPage)
    qtbot.waitUntil(page.table.hasFocus)
    window.rail.buttons["elders"].setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.sendPostedEvents()
    assert window.rail.isAncestorOf(window.focusWidget())
