"""From an elder's need to whoever could go, and what an elder's page tells of whoever took it."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions import pairings
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.elders.page import EldersPage
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.providers import ProvidersPage
from jiuliting_desk.ui.session import Ref, Session
from tests.actions.people import HAIRCUT
from tests.ui.matching import settled, three_needs


@pytest.fixture
def window(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    """Three needs: a haircut of one elder, company and an air conditioner of another."""
    found = three_needs(session, open_window, qtbot).window()
    assert isinstance(found, MainWindow)
    return found


def elders_at(window: MainWindow, session: Session, elder_id: int, tab: str) -> EldersPage:
    """The page 老人与需求 with an elder and one of the tabs."""
    session.goto("elders", Ref(Elder, elder_id))
    page = window.current_page()
    assert isinstance(page, EldersPage)
    page.panel.show_tab(tab)
    return page


def test_somebody_is_looked_for_from_the_elders_own_page(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    needs = elders_at(window, session, 2, "needs").panel.needs
    assert needs.count.text() == "2 条等安排，共 2 条"
    assert needs.table.choose(3)
    assert not needs.match_button.isHidden()
    needs.match_button.click()
    page = window.current_page()
    assert isinstance(page, MatchingPage)
    settled(page, qtbot)
    current = page.needs.current()
    assert current is not None
    assert current.id == 3


def test_whoever_took_a_need_against_a_rule_is_told_with_the_reason(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.perform(pairings.claim_need, need_id=3, provider_id=3, reason="楼里只有她肯来")
    needs = elders_at(window, session, 2, "needs").panel.needs
    assert needs.count.text() == "1 条等安排，共 2 条"
    assert needs.table.choose(3)
    assert needs.details.text().startswith("丁兰 已认领（楼里只有她肯来），")
    assert needs.match_button.isHidden()
    # Where somebody comes all the same it is said, and no other need is stood on as if it were that one.
    with qtbot.waitSignal(session.said) as said:
        session.goto("matching", Ref(Need, 3))
    assert said.args[0].text.startswith("这一条现在不用找人")


def test_a_pairing_against_a_rule_is_told_with_the_reason_on_both_sides(window: MainWindow, session: Session) -> None:
    session.perform(pairings.pair, elder_id=1, provider_id=3, category_id=HAIRCUT, reason="老人点名要她")
    lines = elders_at(window, session, 1, "pairings").panel.pairings.lines
    assert lines.lines_model.line(1).second.startswith("老人点名要她。从 ")
    session.goto("providers", Ref(Provider, 3))
    page = window.current_page()
    assert isinstance(page, ProvidersPage)
    page.panel.show_tab("bonds")
    assert page.panel.bonds.lines.lines_model.line(1).second.endswith("老人点名要她")
