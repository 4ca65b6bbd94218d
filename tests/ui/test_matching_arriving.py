"""Better and better plans arrive while somebody reads: what is shown keeps up, and who reads is left alone."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event, current_thread
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.matching import propose_plan
from jiuliting_desk.matching.explain import Explainer, Explanation
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage, run
from jiuliting_desk.ui.pages.matching.run import Proposal
from jiuliting_desk.ui.pages.matching.words import Outcome
from jiuliting_desk.ui.session import Session
from tests.ui.matching import settled, three_needs


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MatchingPage:
    return three_needs(session, open_window, qtbot)


def test_of_plans_found_before_the_window_looks_only_the_best_is_shown(
    page: MatchingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Event()

    def several(*args: Any, found: Callable[[Plan], None], **more: Any) -> Plan:
        best = propose_plan(*args, found=lambda _plan: None, **more)
        for seconds in (1.0, 2.0, 3.0):
            found(replace(best, seconds=seconds))
        told.set()
        return best

    monkeypatch.setattr(run, "propose_plan", several)
    shown: list[Proposal] = []
    page.run.found.connect(shown.append)
    page.plan_again()
    # The window does not look until all are there.
    assert told.wait(30)
    settled(page, qtbot)
    assert [proposal.plan.seconds for proposal in shown if not proposal.is_final] == [3.0]
    assert shown[-1].is_final


def test_who_reads_the_candidates_is_not_disturbed_by_what_a_plan_says_of_the_others(
    page: MatchingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(page.candidates, "show_need", lambda *given, **_more: made.append(given))
    first, second, *_ = page.needs.lines.rows()
    assert page.needs.current() == first
    model = page.needs.lines.lines_model
    was = model.line(1).as_text()
    page.needs.show_outcomes({first.id: Outcome.PLANNED, second.id: Outcome.NOBODY})
    assert model.line(1).as_text() != was
    assert "没人能去" in model.line(1).as_text()
    assert made == []


def test_a_list_of_those_whom_nobody_can_visit_follows_the_plan(page: MatchingPage) -> None:
    first, second, *_ = page.needs.lines.rows()
    page.needs.list_as(page.needs.order, Outcome.NOBODY)
    page.needs.show_outcomes({first.id: Outcome.PLANNED, second.id: Outcome.NOBODY})
    assert page.needs.lines.rows() == [second]
    page.needs.show_outcomes({first.id: Outcome.NOBODY, second.id: Outcome.PLANNED})
    assert page.needs.lines.rows() == [first]


def test_a_plan_that_was_stopped_brings_its_causes_and_leaves_none_for_the_window_to_work_out(
    page: MatchingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, here = Event(), Event(), current_thread()
    explained_here: list[bool] = []
    explain = Explainer.explain

    def noted(explainer: Explainer, need_id: int, **more: Any) -> Explanation:
        explained_here.append(current_thread() is here)
        return explain(explainer, need_id, **more)

    def held_up(*args: Any, **more: Any) -> Plan:
        begun.set()
        assert go_on.wait(30)
        return propose_plan(*args, **more)

    monkeypatch.setattr(Explainer, "explain", noted)
    monkeypatch.setattr(run, "propose_plan", held_up)
    page.plan_again()
    assert begun.wait(30)
    page.run.stop()
    go_on.set()
    settled(page, qtbot)
    assert explained_here == [False]
    # Of a search that gave way to a newer one nobody wants to know them.
    begun.clear()
    go_on.clear()
    page.plan_again()
    assert begun.wait(30)
    page.plan_again()
    go_on.set()
    settled(page, qtbot)
    assert explained_here == [False, False]


def test_a_line_is_kept_and_let_go_again_also_before_the_plan_that_says_so_comes(
    page: MatchingPage, qtbot: QtBot
) -> None:
    page.show_need(1)
    going = page.plan.line_of(1)
    assert going is not None
    for _ in range(2):
        page.pin()
        page.pin()
        assert page.memory.chosen == {}
    page.pin()
    settled(page, qtbot)
    assert [line.need_id for line in page.plan.rows if line.source is Source.CHOSEN] == [1]
    page.pin()
    page.pin()
    assert page.memory.chosen == {1: going.provider_id}
    settled(page, qtbot)
    assert [line.need_id for line in page.plan.rows if line.source is Source.CHOSEN] == [1]
