"""上门安排: visits by span and filter, their steps, several at once, moving by a click."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions import series
from jiuliting_desk.actions.visits import Outcome, finish_visit
from jiuliting_desk.model.feedback import Feedback, FeedbackForm
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.needs import Rhythm
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.ui.booking_dialog import BookingDialog
from jiuliting_desk.ui.follow_up_steps import OpenDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.visits import VisitsPage
from jiuliting_desk.ui.pages.visits.page import Span, View
from jiuliting_desk.ui.series_days_dialog import SeriesDaysDialog
from jiuliting_desk.ui.series_steps import EndDialog, PauseDialog, ResumeDialog
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.visit_steps import MoveDialog
from jiuliting_desk.ui.widgets.week_grid import GridSlot
from tests.actions.people import CHAT, TODAY, elder, need, volunteer
from tests.actions.test_feedback import enter
from tests.actions.visits import NEXT_WEDNESDAY, TOMORROW, book
from tests.ui.hands import click, gone, in_front, press, type_words
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]


@pytest.fixture
def page(store: Store, open_window: Open) -> VisitsPage:
    """Two visits today by 顾海宁, one tomorrow by 汤立新, one next week."""
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新")
    book(store, elder(store, "苗芬").id, gu.id, day=TODAY, starts=540)
    book(store, elder(store, "邹福").id, gu.id, day=TODAY, starts=660)
    book(store, elder(store, "周荣生").id, tang.id, day=TOMORROW)
    book(store, elder(store, "高莲英").id, gu.id, day=NEXT_WEDNESDAY)
    shown = open_window("visits").current_page()
    assert isinstance(shown, VisitsPage)
    return shown


def names(page: VisitsPage) -> list[str]:
    return [line.name for line in page.table.rows_model.rows()]


def test_spans_and_filters(page: VisitsPage) -> None:
    assert names(page) == ["苗芬", "邹福", "周荣生"]
    page.span.choose(Span.DAY)
    page.show_from(TODAY)
    assert names(page) == ["苗芬", "邹福"]
    page.span.choose(Span.MONTH)
    page.show_from(TODAY)
    assert len(names(page)) == 4
    page.provider.set_value(2)
    page.provider.edited.emit()
    assert names(page) == ["周荣生"]


def test_who_took_a_need_while_its_series_rested_is_said_before_it_goes_on(session: Session, qtbot: QtBot) -> None:
    store = session.store
    gao, gu, tang = elder(store), volunteer(store, visits_per_month=None), volunteer(store, "汤立新")
    wanted = need(store, gao.id, CHAT, rhythm=Rhythm.WEEKLY)
    values: dict[str, Any] = {"elder_id": gao.id, "services": (ServiceLine(category_id=CHAT, need_id=wanted.id),)}
    draft = series.draft_series(
        store, provider_ids=(gu.id,), begins_on=TOMORROW, starts=600, interval=Interval.WEEKLY, **values
    )
    with store.operation("begin_series"):
        begun, _ = series.begin_series(store, series=draft, today=TODAY)
    with store.operation("pause_series"):
        series.pause_series(store, series_id=begun.id, since=TOMORROW, reason="住院", today=TODAY)
    dialog = ResumeDialog(session, begun.id)
    qtbot.addWidget(dialog)
    assert dialog.lost_words.text() == ""
    book(store, gao.id, tang.id, services=values["services"])
    dialog = ResumeDialog(session, begun.id)
    qtbot.addWidget(dialog)
    assert dialog.lost_words.text() == "停着的时候，陪伴聊天由汤立新接了；恢复以后还是顾海宁去，汤立新认领的放回。"


def test_why_a_visit_stands_does_not_hide_the_number_of_its_form(page: VisitsPage, store: Store) -> None:
    with store.operation("print_forms"):
        store.update(replace(store.get(Visit, 1), override_reason="老人点名要他"))
        store.add(FeedbackForm(visit_id=1, number="B-0001", issued_on=TODAY))
    page.refresh()
    assert page.table.cell_text(0, "note") == "B-0001　老人点名要他"


def test_several_visits_are_done_at_once(page: VisitsPage, store: Store) -> None:
    page.span.choose(Span.DAY)
    page.show_from(TODAY)
    page.table.selectAll()
    assert page.foot.done_button.text() == "2 次都做好了"
    page.foot.done_button.click()
    assert store.count(Visit, state=VisitState.DONE) == 2


def test_a_visit_that_is_evaluated_says_so_without_an_overall_score(page: VisitsPage, store: Store) -> None:
    with store.operation("finish"):
        finish_visit(store, outcome=Outcome(visit_id=1), today=TODAY)
    enter(store, Feedback(visit_id=1, manner=4, entered_on=TODAY))
    page.refresh()
    assert page.table.cell_text(0, "note") == "反馈录过了"


def test_a_cancelled_visit_is_taken_up_again(page: VisitsPage, store: Store, dialogs: ScriptedDialogs) -> None:
    page.table.choose(1)
    dialogs.answers = [("do", "天气不好")]
    page.foot.cancel_button.click()
    assert names(page) == ["邹福", "周荣生"]
    page.fallen.set_value(True)
    page.fallen.edited.emit()
    page.table.choose(1)
    page.foot.again_button.click()
    assert store.get(Visit, 1).state is VisitState.PLANNED


def test_a_visit_is_dragged_in_the_week(page: VisitsPage, store: Store) -> None:
    page.view.choose("grid")
    page.table.choose(2)
    page.refresh()
    friday = TODAY + timedelta(days=2)
    block = next(one for one in page.grid.blocks if one.key == 1)
    begins = page.grid.rect_of_block(block).topLeft().toPoint() + QPoint(8, 3)
    target = page.grid.rect_of(friday, 600, 630).topLeft().toPoint() + QPoint(8, 3)
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    QTest.mousePress(page.grid, left, none, begins)
    QTest.mouseMove(page.grid, target)
    QTest.mouseRelease(page.grid, left, none, target)
    assert (store.get(Visit, 1).day, store.get(Visit, 1).starts) == (friday, 600)


def test_a_time_chosen_in_the_week_is_taken_by_enter_or_button(
    page: VisitsPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.table.choose(1)
    page.view.choose("grid")
    page.refresh()
    friday = TODAY + timedelta(days=2)
    page.grid.choose(GridSlot(day=friday, starts=600, minutes=30))
    assert store.get(Visit, 1).day == TODAY
    assert page.foot.move_button.text() == "改到 3月20日 10:00"
    page.foot.move_button.click()
    assert (store.get(Visit, 1).day, store.get(Visit, 1).starts) == (friday, 600)
    dialogs.answers = [("move", "同一幢楼")]
    page.table.choose(1)
    page.grid.choose(GridSlot(day=TODAY, starts=665, minutes=30))
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert store.get(Visit, 1).override_reason == "同一幢楼"


def test_a_visit_is_shown_on_its_day(page: VisitsPage, session: Session) -> None:
    session.goto("visits", Ref(Visit, 4))
    assert names(page) == ["高莲英"]
    current = page.table.current()
    assert current is not None
    assert current.visit.id == 4


def test_a_planned_visit_is_made_the_first_of_a_series_and_the_series_managed(
    page: VisitsPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.show_record(Ref(Visit, 4), "")
    page.foot.series_button.click()
    begun = dialogs.shown[-1]
    assert isinstance(begun, BookingDialog)
    begun.save_button.click()
    (made,) = store.all(Series)
    ahead = store.count(Visit, series_id=made.id)
    assert ahead > 5
    page.view.choose(View.SERIES)
    page.view.chosen.emit(View.SERIES)
    assert page.series.table.cell_text(0, "rhythm") == "每周三 14:00"
    assert page.series.table.cell_text(0, "next") == "3月25日 周三"
    page.series.pause_button.click()
    paused = dialogs.shown[-1]
    assert isinstance(paused, PauseDialog)
    paused.save_button.click()
    assert paused.form.complaint("reason")
    assert paused.lost_words.text().startswith(f"会取消 {ahead} 次约好的上门：3月25日 周三 14:00")
    paused.form.set_values(since=NEXT_WEDNESDAY + timedelta(days=1), reason="住院")
    paused.form.edited.emit("since")
    assert f"会取消 {ahead - 1} 次" in paused.lost_words.text()
    paused.save_button.click()
    assert store.count(Visit, series_id=made.id, state=VisitState.PLANNED) == 1
    assert page.series.table.cell_text(0, "state") == "3月26日起暂停 住院"
    page.series.resume_button.click()
    resumed = dialogs.shown[-1]
    assert isinstance(resumed, ResumeDialog)
    assert resumed.focusWidget() is resumed.form.fields["on"]
    resumed.form.set_values(on=NEXT_WEDNESDAY + timedelta(weeks=2))
    resumed.save_button.click()
    assert store.count(Visit, series_id=made.id, state=VisitState.PLANNED) == ahead - 1
    page.series.change_button.click()
    changed = dialogs.shown[-1]
    assert isinstance(changed, BookingDialog)
    assert changed.times.fields["which"].value() == "all"  # type: ignore[attr-defined]
    changed.times.set_values(starts=600)
    changed.save_button.click()
    assert page.series.table.cell_text(0, "rhythm") == "每周三 10:00"
    page.series.end_button.click()
    ended = dialogs.shown[-1]
    assert isinstance(ended, EndDialog)
    ended.form.set_values(after=NEXT_WEDNESDAY, reason="搬走")
    ended.save_button.click()
    assert not page.series.table.rows()
    page.series.ended.click()
    assert page.series.table.cell_text(0, "state") == "3月25日结束 搬走"
    page.series.show_next()
    assert page.view.value() == View.LIST
    assert page.table.current() is not None


def test_a_series_is_moved_to_another_weekday(
    page: VisitsPage, store: Store, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    page.show_record(Ref(Visit, 4), "")
    click(page.foot.series_button)
    begun = dialogs.shown[-1]
    assert isinstance(begun, BookingDialog)
    click(begun.save_button)
    gone(begun, qtbot)
    count = store.count(Visit, elder_id=4)
    book(store, elder(store, "金阿二").id, 1, day=NEXT_WEDNESDAY + timedelta(days=8), starts=840, reason="x")
    page.view.choose(View.SERIES)
    page.view.chosen.emit(View.SERIES)
    click(page.series.move_button)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, SeriesDaysDialog)
    in_front(dialog, qtbot)
    day = dialog.form.fields["day"]
    assert dialog.focusWidget() is day
    press(dialog, Qt.Key.Key_A, ctrl=True)
    type_words(dialog, (NEXT_WEDNESDAY + timedelta(days=1)).isoformat())
    press(dialog, Qt.Key.Key_Return)
    assert dialog.told.text().startswith("以后每周四 14:00：3月26日、4月2日、")
    assert dialog.against.text().splitlines()[0] == "有 1 处要留意："
    assert dialog.save_button.text() == f"改 {count} 次上门"
    click(dialog.save_button)
    assert dialog.form.complaint("reason")
    assert dialog.focusWidget() is dialog.form.fields["reason"]
    type_words(dialog, "两家一起")
    press(dialog, Qt.Key.Key_Return, ctrl=True)
    gone(dialog, qtbot)
    in_front(page.window(), qtbot)
    assert page.series.table.cell_text(0, "rhythm") == "每周四 14:00"
    assert page.series.table.cell_text(0, "next") == "3月26日 周四"
    assert store.count(Visit, elder_id=4) == count
    press(page.window(), Qt.Key.Key_Z, ctrl=True)
    assert page.series.table.cell_text(0, "rhythm") == "每周三 14:00"


def test_a_visit_is_changed_and_followed_up_from_the_foot(
    page: VisitsPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.table.choose(1)
    page.foot.change_button.click()
    changed = dialogs.shown[-1]
    assert isinstance(changed, BookingDialog)
    changed.form.set_values(provider_ids=(1, 2))
    changed.save_button.click()
    assert store.get(Visit, 1).provider_ids == (1, 2)
    with store.operation("finish_visit"):
        finish_visit(store, outcome=Outcome(visit_id=1), today=TODAY)
    page.refresh()
    page.table.choose(1)
    assert page.foot.done_button.text() == "改上门记录"
    page.foot.follow_button.click()
    opened = dialogs.shown[-1]
    assert isinstance(opened, OpenDialog)
    opened.save_button.click()
    assert opened.form.complaint("what")
    opened.form.set_values(what="摔了一跤", due_on=None)
    opened.save_button.click()
    assert [(one.what, one.visit_id) for one in store.all(FollowUp)] == [("摔了一跤", 1)]


def test_a_visit_is_moved_with_enter_alone_and_the_table_keeps_the_keyboard(
    page: VisitsPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    current = page.table.current()
    assert current is not None
    assert current.visit.id == 1
    page.foot.move_button.setFocus()
    page.foot.move_button.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, MoveDialog)
    assert "苗芬" in dialog.windowTitle()
    day, starts = dialog.form.fields["day"], dialog.form.fields["starts"]
    day.setText((NEXT_WEDNESDAY + timedelta(days=1)).isoformat())  # type: ignore[attr-defined]
    starts.setFocus()
    QTest.keyClick(starts, Qt.Key.Key_Return)
    assert dialog.save_button.hasFocus() or dialog.focusWidget() is dialog.save_button
    QTest.keyClick(dialog.save_button, Qt.Key.Key_Return)
    assert store.get(Visit, 1).day == NEXT_WEDNESDAY + timedelta(days=1)
    assert names(page) == ["邹福", "周荣生"]
    focus = page.window().focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)


def test_the_week_names_whose_time_is_chosen(page: VisitsPage) -> None:
    page.table.choose(1)
    page.view.choose(View.GRID)
    page.view.chosen.emit(View.GRID)
    assert page.grid.chosen is not None
    assert page.grid.chosen.words == "苗芬"
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.chosen.words == "苗芬"
