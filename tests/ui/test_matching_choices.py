"""What somebody chose on 结对匹配 stays chosen, and what was told of it comes true."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.session import Session
from tests.actions.people import TODAY
from tests.ui.matching import CTRL, press, settled, three_needs


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MatchingPage:
    """Three needs, of which nobody can meet the third."""
    return three_needs(session, open_window, qtbot)


def test_whom_a_digit_chose_no_plan_that_comes_later_replaces(page: MatchingPage, qtbot: QtBot) -> None:
    page.show_need(2)
    side, inputs = page.candidates, page.inputs
    assert inputs is not None
    settled(page, qtbot)
    side.show_need(inputs, side.need, today=TODAY, preferred=0)
    assert page.needs.lines.hasFocus()
    press(page, Qt.Key.Key_2)
    chosen = side.current()
    assert chosen is not None
    assert chosen.place == 2
    side.show_need(inputs, side.need, today=TODAY, preferred=1)
    assert side.current() == chosen
    # Another need begins with whom the plan has.
    page.show_need(1)
    page.show_need(2)
    first = side.current()
    assert first is not None
    assert first.place == 1


def lines(page: MatchingPage) -> dict[int, int]:
    """Who goes, by need."""
    return {line.need_id: line.provider_id for line in page.plan_side.table.rows() if not line.is_locked}


def test_putting_somebody_in_does_what_was_foretold_and_undo_gives_the_plan_back_as_it_was(
    session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    with session.store.operation("demo"):
        fill_with_demo(session.store, elders=120, volunteers=30, visits=60, seed=4, today=TODAY)
    page = open_window("matching").current_page()
    assert isinstance(page, MatchingPage)
    settled(page, qtbot)
    assert page.inputs is not None
    assert page.proposal is not None
    assert page.proposal.causes is not None
    tried = 0
    for need_id in list(page.inputs.needs):
        before = lines(page)
        page.show_need(need_id)
        for shown in page.candidates.lines.rows()[:4]:
            cost = None if shown.candidate is None else page.proposal.causes.cost(need_id, shown.provider)
            if cost is None or not (cost.lost and cost.least) or before.get(need_id) == shown.provider:
                continue
            assert page.candidates.choose_provider(shown.provider)
            press(page, Qt.Key.Key_P)
            settled(page, qtbot)
            assert lines(page) == cost.carried_out(before) | {need_id: shown.provider}
            moved = {line.need_id for line in page.plan_side.table.rows() if line.moved}
            assert moved == {line.need for line in cost.moved}
            press(page, Qt.Key.Key_Z, CTRL)
            settled(page, qtbot)
            assert lines(page) == before
            tried += 1
        if tried >= 6:
            return
    raise AssertionError("too few choices that cost somebody their line")
