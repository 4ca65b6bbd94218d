"""What 结对匹配 says before somebody is settled: a lasting pair passed over, quotas and seasons, homes that lack."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions import pairings
from jiuliting_desk.actions.categories import edit_category
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.needs import Need, Urgency
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.matching.proposal_rows import columns
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.cells import Cell
from tests.actions.people import CHAT, CLEAN, HAIRCUT, elder, enterprise, need
from tests.actions.visits import book
from tests.ui.matching import CTRL, press, settled, three_needs
from tests.ui.scripted import ScriptedDialogs


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MatchingPage:
    """Three needs, of which nobody can meet the third."""
    return three_needs(session, open_window, qtbot)


def test_somebody_who_goes_instead_of_a_lasting_pair_is_said_to_and_the_pair_s_reason_comes_first(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    session.perform(pairings.pair, elder_id=2, provider_id=3, category_id=CHAT, reason="老邻居")
    settled(page, qtbot)
    row = page.plan_side.table.rows()[1]
    assert (row.provider, row.instead_of, row.lasting) == ("顾海宁", "丁兰", False)
    assert page.plan_side.table.rows()[0].instead_of == ""
    cell = columns()[-1].cell(row)
    assert isinstance(cell, Cell)
    assert (cell.text, "固定结对的是丁兰" in cell.tip) == ("代丁兰", True)
    assert "1 条由别人代固定结对的去" in page.plan_side.summary.text()
    page.show_need(2)
    excluded = [shown for shown in page.candidates.lines.rows() if shown.exclusion]
    told = page.candidates.lines.lines_model.line(page.candidates.lines.rows().index(excluded[0]))
    assert (told.title, told.after) == ("丁兰", "固定结对的，但是不会陪伴聊天")
    assert page.candidates.settle_button.text() == "这次请顾海宁去"
    assert page.candidates.other_button.text() == "和顾海宁结对"
    assert page.candidates.effect.text() == "方案里就是这样排的。这一家固定结对的是丁兰"


def test_what_a_service_s_season_and_quota_say_is_told_before_anybody_is_asked(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    assert page.candidates.allowance.isHidden()
    book(session.store, 1, 1)
    wanted = need(session.store, 1, HAIRCUT)
    haircut = session.store.get(ServiceCategory, HAIRCUT)
    session.perform(edit_category, category=replace(haircut, months=(5, 6), quota_per_year=1))
    settled(page, qtbot)
    page.show_need(wanted.id)
    assert page.candidates.allowance.text() == (
        "本月：今年可享 1 次，已用 0 次，已约 1 次；今年的次数用完了；这个季节不做。预约的时候要写原因"
    )
    page.show_need(2)
    assert page.candidates.allowance.isHidden()


def test_fewer_homes_than_an_enterprise_comes_for_are_asked_before_one_is_settled(
    page: MatchingPage, session: Session, qtbot: QtBot, dialogs: ScriptedDialogs
) -> None:
    store = session.store
    firm = enterprise(store, homes_at_once=3)
    homes = [need(store, elder(store, name).id, CLEAN) for name in ("方娟", "奚金")]
    session.changed.emit(frozenset({Provider, Need}))
    settled(page, qtbot)
    page.show_need(homes[0].id)
    assert page.candidates.choose_provider(firm.id)
    dialogs.answers = [""]
    page.settle()
    assert dialogs.asked[-1].lines == ("净邻家政：要 3 户一起才来，现在只有 1 户",)
    assert store.all(Claim) == []
    dialogs.answers = ["go"]
    page.settle()
    assert [claim.provider_id for claim in store.all(Claim)] == [firm.id]
    session.undo()
    # Where the plan brings as many together, nothing is asked of the first of them.
    homes.append(need(store, elder(store, "柏毛").id, CLEAN))
    session.changed.emit(frozenset({Provider, Need}))
    settled(page, qtbot)
    page.show_need(homes[1].id)
    assert page.candidates.choose_provider(firm.id)
    page.settle()
    assert len(dialogs.asked) == 2
    assert store.count(Claim, state=ClaimState.HELD) == 1


def test_keys_that_have_nothing_to_do_say_so(page: MatchingPage, session: Session, qtbot: QtBot) -> None:
    said: list[str] = []
    session.said.connect(lambda message: said.append(message.text))
    page.show_need(3)
    press(page, Qt.Key.Key_L)
    press(page, Qt.Key.Key_P)
    assert said == [
        "方案里这一条还没有人去，没有可以固定的。",
        "先选一位能去的，再放进方案。要照“怎么办”做，按 Enter。",
    ]


def test_lines_out_of_sight_are_shown_before_they_are_confirmed(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    session.perform(pairings.claim_need, need_id=1, provider_id=1)
    settled(page, qtbot)
    session.goto("matching", None, "claims")
    assert page.right.held.claims.lines.hasFocus()
    press(page, Qt.Key.Key_Return, CTRL)
    assert session.store.count(Claim) == 1
    assert page.plan_side.isVisible()
    press(page, Qt.Key.Key_Return, CTRL)
    assert session.store.count(Claim) == 2


def test_what_stands_against_somebody_is_said_where_a_lasting_pair_is_changed_for_them(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    session.perform(pairings.pair, elder_id=1, provider_id=1, category_id=HAIRCUT)
    settled(page, qtbot)
    page.show_need(1)
    assert page.candidates.choose_provider(2)
    dialogs.answers = [""]
    page.settle()
    assert dialogs.asked[-1].title == "这一家固定结对的是顾海宁"
    assert dialogs.asked[-1].lines == ("汤立新：周三下午没有空",)


def test_the_homes_that_the_plan_brings_together_are_not_asked_for_any_more(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    store = session.store
    firm = enterprise(store, homes_at_once=3)
    homes = [need(store, elder(store, name).id, CLEAN) for name in ("方娟", "奚金")]

    def said(need_id: int) -> list[str]:
        page.show_need(need_id)
        lines = page.candidates.lines
        at = next(at for at, shown in enumerate(lines.rows()) if shown.provider == firm.id)
        return [chip.text for chip in lines.lines_model.line(at).chips if "户" in chip.text]

    session.changed.emit(frozenset({Provider, Need}))
    settled(page, qtbot)
    assert said(homes[0].id) == ["还要凑 2 户一起"]
    homes.append(need(store, elder(store, "柏毛").id, CLEAN))
    session.changed.emit(frozenset({Need}))
    settled(page, qtbot)
    assert [said(home.id) for home in homes] == [["方案里凑够了户数"]] * 3
    side = page.plan_side
    side.toggle(next(line for line in side.table.rows() if line.need_id == homes[0].id))
    assert said(homes[1].id) == ["还要凑 1 户一起"]
    page.show_need(homes[2].id)
    side.toggle(next(line for line in side.table.rows() if line.need_id == homes[0].id))
    assert said(homes[2].id) == ["方案里凑够了户数"]


def test_the_wish_stands_below_the_chips_where_it_would_have_a_few_characters_a_line(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    home = elder(session.store, "方娟")
    urgent = need(session.store, home.id, HAIRCUT, urgency=Urgency.URGENT, wishes="要带推子和围布，电话多响几声")
    session.changed.emit(frozenset({Need}))
    settled(page, qtbot)
    page.show_need(urgent.id)
    side = page.candidates
    qtbot.waitUntil(lambda: side.wish.x() > side.chips.x() + side.chips.width())
    side.setFixedWidth(side.chips.width() + 150)
    qtbot.waitUntil(lambda: side.wish.y() >= side.chips.y() + side.chips.height())
    qtbot.waitUntil(lambda: side.wish.width() > side.chips.width())
