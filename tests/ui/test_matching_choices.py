"""What somebody chose on 结对匹配 stays chosen, and what was told of it comes true."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.session import Session
from tests.actions.people import TODAY
from tests.ui.matching import press, settled, three_needs


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
