"""全部重排 on 结对匹配: what is asked before, and what stands after it, whatever happened meanwhile."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.needs import close_need
from jiuliting_desk.model.needs import Need
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.session import Session
from tests.actions.people import HAIRCUT, elder, need
from tests.ui.matching import settled, three_needs
from tests.ui.scripted import ScriptedDialogs


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MatchingPage:
    """Three needs, of which nobody can meet the third."""
    return three_needs(session, open_window, qtbot)


def nothing() -> None:
    """Neither taken nor kept."""


def test_whoever_plans_all_anew_while_a_plan_is_made_and_keeps_what_is_there_gets_that_plan(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    def is_whole() -> bool:
        found = page.plan.made_from(page.inputs)
        return found is not None and found.is_final

    for answer in ("", "take"):
        new = need(session.store, elder(session.store, "柏毛").id, HAIRCUT)
        session.changed.emit(frozenset({Need}))
        dialogs.answers = [answer]
        page.plan_anew()
        qtbot.waitUntil(lambda: not dialogs.answers)
        qtbot.waitUntil(is_whole)
        assert new.id in {line.need_id for line in page.plan_side.table.rows()}
    # Also where there is nothing to ask.
    page.plan_again()
    page.plan_anew()
    qtbot.waitUntil(is_whole)
    assert len(dialogs.asked) == 2


def test_a_plan_made_anew_is_put_in_order_where_something_was_written_while_it_was_looked_at(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    new = need(session.store, elder(session.store, "柏毛").id, HAIRCUT)
    session.changed.emit(frozenset({Need}))
    settled(page, qtbot)
    answers: list[Callable[[str, str], object]] = []
    monkeypatch.setattr(dialogs, "ask", lambda _question, answered: answers.append(answered))
    page.plan.rows.clear()
    page.plan_anew()
    qtbot.waitUntil(lambda: bool(answers))
    session.perform(close_need, need_id=new.id, reason="不要了")
    settled(page, qtbot)
    answers[0]("take", "")
    settled(page, qtbot)
    assert page.plan.made_from(page.inputs) is not None
    assert new.id not in {line.need_id for line in page.plan_side.table.rows()}


def test_planning_everything_anew_that_was_stopped_half_way_says_so(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    said: list[str] = []
    session.said.connect(lambda message: said.append(message.text))
    page.plan_anew()
    page.run.stop()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["停下了，没有从头排完；方案没有改动。"]
    page.plan_anew()
    qtbot.waitUntil(lambda: len(said) > 1)
    assert said[1].startswith("从头排了一遍")
    assert page.proposal is not None
    before = [replace(page.plan_side.table.rows()[0], provider_id=2, provider="汤立新")]
    dialogs.answers = [""]
    page.effects.offer(before, replace(page.proposal, is_cut=True), nothing, nothing)
    (question,) = dialogs.asked
    assert question.text.startswith("中途停下的，没有排到底。")
    assert question.default == "", "Enter keeps what one has"


def test_planning_everything_anew_names_those_first_who_would_have_nobody(
    page: MatchingPage, dialogs: ScriptedDialogs
) -> None:
    assert page.proposal is not None
    first, second = page.plan_side.table.rows()
    # As if the plan before had had others, and had met the third, whom this one leaves.
    before = [
        replace(first, provider_id=2, provider="汤立新"),
        replace(second, provider_id=2, provider="汤立新"),
        replace(second, need_id=3, category="清洗空调"),
    ]
    dialogs.answers = [""]
    page.effects.offer(before, page.proposal, nothing, nothing)
    (question,) = dialogs.asked
    assert (question.title, question.text) == ("从头排，要改 3 条", "有 1 条就排不进了。")
    assert question.lines[0] == "马根宝　清洗空调：顾海宁 → 没人去"
    dialogs.answers = [""]
    page.effects.offer(before[:1], page.proposal, nothing, nothing)
    assert dialogs.asked[1].text == "新排得进 1 条。"
    assert dialogs.asked[1].lines == ("马根宝　陪伴聊天：没人去 → 顾海宁", "高莲英　理发：汤立新 → 顾海宁")
    # Whoever has to agree to it can read all of it.
    dialogs.answers = [""]
    page.effects.offer(
        [replace(first, provider_id=2, provider=f"某{one}") for one in range(40)], page.proposal, nothing, nothing
    )
    assert len(dialogs.asked[2].lines) == 41
