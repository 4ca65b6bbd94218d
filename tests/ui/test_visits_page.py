"""上门安排: visits by span and filter, their steps, several at once, moving by a click."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.visits import VisitsPage
from jiuliting_desk.ui.pages.visits.page import Span
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.week_grid import GridSlot
from tests.actions.people import TODAY, elder, volunteer
from tests.actions.visits import NEXT_WEDNESDAY, TOMORROW, book
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


def test_several_visits_are_done_at_once(page: VisitsPage, store: Store) -> None:
    page.span.choose(Span.DAY)
    page.show_from(TODAY)
    page.table.selectAll()
    assert page.done_button.text() == "2 次都做好了"
    page.done_button.click()
    assert store.count(Visit, state=VisitState.DONE) == 2


def test_a_cancelled_visit_is_taken_up_again(page: VisitsPage, store: Store, dialogs: ScriptedDialogs) -> None:
    page.table.choose(1)
    dialogs.answers = [("do", "天气不好")]
    page.cancel_button.click()
    assert names(page) == ["邹福", "周荣生"]
    page.fallen.set_value(True)
    page.fallen.edited.emit()
    page.table.choose(1)
    page.again_button.click()
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
    assert page.move_button.text() == "改到 3月20日 10:00"
    page.move_button.click()
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
