"""结对匹配 keeps its place: in another look, and where a trial was stopped."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.needs import close_need
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.pairings import Claim
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.matching.words import Outcome
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.tokens import TextSize
from tests.ui.matching import CTRL, press, settled, three_needs


@pytest.fixture
def window(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    """Three needs, of which nobody can meet the third."""
    found = three_needs(session, open_window, qtbot).window()
    assert isinstance(found, MainWindow)
    return found


def page_of(window: MainWindow, qtbot: QtBot) -> MatchingPage:
    """The page as it is now, its plan made."""
    found = window.current_page()
    assert isinstance(found, MatchingPage)
    settled(found, qtbot)
    return found


def stopped_before_it_began(session: Session, qtbot: QtBot, begin: Callable[[], object]) -> None:
    """Begin a job while another one is running, and stop it before its turn comes."""
    gate = Event()
    before = session.run_job(lambda _progress: gate.wait(20), title="别的")
    begin()
    for job in session.jobs.running:
        if job is not before:
            job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_larger_type_leaves_the_need_the_filter_and_the_part_as_they_were(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    page = page_of(window, qtbot)
    page.needs.set_order("urgency")
    page.show_need(2)
    page.right.show_part("bonds")
    session.change_look(text=TextSize.LARGE)
    page = page_of(window, qtbot)
    current = page.needs.current()
    assert current is not None
    assert (current.id, page.needs.order, page.right.part()) == (2, "urgency", "bonds")
    assert page.right.parts.value() == "bonds"
    QTest.mouseClick(page.needs.filter.buttons()[2], Qt.MouseButton.LeftButton)
    session.change_look(dark=True)
    page = page_of(window, qtbot)
    assert page.needs.filter.value() is Outcome.NOBODY
    assert [line.id for line in page.needs.lines.rows()] == [3]


def test_a_line_put_in_by_hand_is_still_what_is_taken_back_in_larger_type(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    page = page_of(window, qtbot)
    press(page, Qt.Key.Key_Return)
    page = page_of(window, qtbot)
    page.show_need(2)
    assert page.candidates.choose_provider(2)
    press(page, Qt.Key.Key_P)
    settled(page, qtbot)
    session.change_look(text=TextSize.LARGE)
    page = page_of(window, qtbot)
    assert page.by_hand.last() == "放进方案　汤立新 → 马根宝　陪伴聊天"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(page, Qt.Key.Key_Z, CTRL)
    page = page_of(window, qtbot)
    assert [line.source for line in page.plan_side.table.rows() if line.need_id == 2] == [Source.PROPOSED]
    # What was written before stays.
    assert session.store.count(Claim) == 1


def test_advice_that_was_stopped_is_worked_out_when_its_part_is_chosen_again(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    page = page_of(window, qtbot)
    trying = page.right.trying
    stopped_before_it_began(session, qtbot, lambda: page.show_record(None, "trying"))
    assert trying.empty.isVisible()
    trying.empty.say("")
    QTest.mouseClick(page.right.parts.buttons()[4], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(told.advice is not None for told in trying.lines.rows()))
    told = trying.lines.current()
    assert told is not None
    assert trying.whole.text() == told.title == "亭北新村一带，招一位会清洗空调、有“空调清洗”证书的"


def test_a_trial_that_was_stopped_is_not_told_as_if_it_were_whole(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    page = page_of(window, qtbot)
    trying = page.right.trying
    page.show_record(None, "trying")
    qtbot.waitUntil(lambda: bool(trying.lines.rows()))
    stopped_before_it_began(session, qtbot, trying.try_current)
    assert trying.outcome is None
    assert not trying.lines.rows()
    QTest.mouseClick(page.right.parts.buttons()[4], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(told.advice is not None for told in trying.lines.rows()))


def test_a_line_that_was_left_out_is_so_still_after_a_look_at_one_committee(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    page = page_of(window, qtbot)
    with session.store.operation("set up"):
        there = session.store.add(ResidentsCommittee(name="亭北居委"))
        second = session.store.get(Elder, 2)
        session.store.update(replace(second, committee_id=there.id))
    first = page.plan_side.table.rows()[0]
    page.plan_side.toggle(first)
    assert page.plan_side.confirm_button.text() == "确认 1 条"
    page.needs.committee_chosen.emit(there.id)
    settled(page, qtbot)
    assert [line.need_id for line in page.plan_side.table.rows()] == [2]
    page.plan_side.toggle(page.plan_side.table.rows()[0])
    page.plan_side.toggle(page.plan_side.table.rows()[0])
    page.needs.committee_chosen.emit(None)
    settled(page, qtbot)
    assert [(line.need_id, line.ticked) for line in page.plan_side.table.rows()] == [(1, False), (2, True)]
    # Once the need waits no more that is forgotten.
    session.perform(close_need, need_id=1, reason="不用了")
    assert page.memory.unticked == set()
