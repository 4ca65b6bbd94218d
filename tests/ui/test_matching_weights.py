"""怎么排 beside the plan: what the window foretells is what the plan then does."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions import matching_outlook
from jiuliting_desk.matching.changes import Change, ChangeKind
from jiuliting_desk.matching.explain import Cure
from jiuliting_desk.matching.plan import Effort
from jiuliting_desk.matching.what_if import Outcome
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Skill
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.ui.jobs import Job
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.matching.ways import Way, WayKind
from jiuliting_desk.ui.pages.matching.weights import WeightsDialog
from jiuliting_desk.ui.session import Session
from tests.actions.people import CHAT, elder, need, volunteer
from tests.ui.matching import settled, three_needs
from tests.ui.scripted import ScriptedDialogs


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MatchingPage:
    """Three needs, and six more of which each has somebody near and somebody skilled."""
    found = three_needs(session, open_window, qtbot)
    store = session.store
    with store.operation("set up"):
        far = store.add(Compound(name="桂溪花园", longitude=121.31, latitude=31.11))
    for place in range(6):
        need(store, elder(store, f"老人{place}", compound_id=far.id).id, CHAT)
    volunteer(store, "近的", compound_id=far.id, visits_per_month=20)
    skilled = volunteer(store, "远的", compound_id=1, visits_per_month=20)
    with store.operation("set up"):
        store.update(replace(skilled, skills=(Skill(category_id=CHAT, level=3),)))
    found.plan_again()
    settled(found, qtbot)
    return found


def opened(page: MatchingPage, dialogs: ScriptedDialogs) -> WeightsDialog:
    """The window with the weights."""
    page.set_weights()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, WeightsDialog)
    return dialog


def test_other_weights_tell_what_planning_anew_would_change_and_that_is_what_it_does(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    dialog = opened(page, dialogs)
    dialog.numbers["match_nearness"].setValue(0)
    dialog.look_at_plan()
    qtbot.waitUntil(lambda: "全部重排" in dialog.plan_effect.text())
    gently, anew = dialog.plan_effect.text().split("\n")
    assert gently == "整体方案：多排进 0 条，排不进了 0 条，换人 0 条。"
    before = [(line.need_id, line.provider_id) for line in page.plan_side.table.rows()]
    dialog.save()
    settled(page, qtbot)
    assert [(line.need_id, line.provider_id) for line in page.plan_side.table.rows()] == before
    dialogs.answers = [""]
    page.plan_anew()
    qtbot.waitUntil(lambda: bool(dialogs.asked))
    (told,) = (dialogs.asked[-1].title,)
    assert told.removeprefix("从头排，") in anew


def test_what_is_foretold_gently_stays_when_one_goes_to_and_fro_before_the_rest_comes(
    page: MatchingPage, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    dialog = opened(page, dialogs)
    dialog.numbers["match_nearness"].set_value(0)
    dialog.look_at_plan()
    qtbot.waitUntil(lambda: "多排进" in dialog.plan_effect.text())
    dialog.numbers["match_nearness"].set_value(10)
    dialog.look()
    assert dialog.plan_effect.text() == ""
    dialog.numbers["match_nearness"].set_value(0)
    dialog.look()
    assert dialog.plan_effect.text().startswith("整体方案：多排进 0 条")
    qtbot.waitUntil(lambda: "全部重排" in dialog.plan_effect.text())
    assert dialog.plan_effect.text().startswith("整体方案：多排进 0 条")
    dialog.reject()


def test_what_the_window_foretells_comes_although_one_went_to_and_fro(
    page: MatchingPage, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    dialog = opened(page, dialogs)
    dialog.numbers["match_nearness"].setValue(10)
    dialog.look_at_plan()
    # Other numbers stand there when the first trial ends, then those again.
    dialog.numbers["match_nearness"].setValue(20)
    dialog.look()
    qtbot.waitUntil(lambda: not dialog.session.jobs.running)
    dialog.numbers["match_nearness"].setValue(10)
    dialog.look()
    dialog.look_at_plan()
    qtbot.waitUntil(lambda: dialog.plan_effect.text().startswith("整体方案"))
    dialog.reject()


def test_a_closed_window_leaves_no_trial_behind(page: MatchingPage, dialogs: ScriptedDialogs, qtbot: QtBot) -> None:
    dialog = opened(page, dialogs)
    dialog.numbers["match_nearness"].setValue(10)
    dialog.look_at_plan()
    dialog.reject()
    assert all(job.is_cancelled for job in page.session.jobs.running)
    qtbot.waitUntil(lambda: not page.session.jobs.running)


def test_no_other_work_waits_for_what_planning_anew_would_change(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, planned = Event(), matching_outlook.planned_under

    def held(*args: Any, **values: Any) -> Outcome:
        if values["effort"] is Effort.THOROUGH:
            gate.wait(20)
        return planned(*args, **values)

    monkeypatch.setattr(matching_outlook, "planned_under", held)
    dialog = opened(page, dialogs)
    dialog.numbers["match_nearness"].setValue(0)
    begun: list[Job] = []
    session.jobs.started.connect(begun.append)
    dialog.look_at_plan()
    qtbot.waitUntil(lambda: len(begun) == 2)
    session.run_job(lambda _progress: None, title="备份")
    assert [job.is_cancelled for job in begun] == [False, True, False]
    gate.set()
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert dialog.plan_effect.text().startswith("整体方案")
    dialog.reject()


def test_one_home_more_in_a_half_day_is_written_into_the_window_to_be_looked_at(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    change = Change(kind=ChangeKind.MORE_HOMES, provider=1, amount=1, text="请顾海宁半天多去 1 家")
    way = Way(
        kind=WayKind.CURE, need_id=1, provider_id=1, name="顾海宁", title=change.text, note="", button="改时间上限",
        cure=Cure(provider=1, name="顾海宁", changes=(change,)),
    )  # fmt: skip
    page.candidates.way_wanted.emit(way)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, WeightsDialog)
    assert dialog.numbers["homes_per_half_day"].value() == 3
    assert dialog.focusWidget() is dialog.numbers["homes_per_half_day"]
    assert dialog.save_button.isEnabled()
    dialog.save()
    assert [(found.key, found.value) for found in session.store.all(Setting)] == [("homes_per_half_day", "3")]
    settled(page, qtbot)


def test_what_is_typed_first_takes_the_place_of_the_number_that_stood_there(
    page: MatchingPage, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    dialog = opened(page, dialogs)
    first = dialog.numbers["match_nearness"]
    qtbot.waitUntil(lambda: dialog.focusWidget() is first)
    QTest.keyClicks(first, "120")
    assert dialog.values()["match_nearness"] == 120
    dialog.propose("homes_per_half_day", 4)
    QTest.keyClicks(dialog.numbers["homes_per_half_day"], "3")
    assert dialog.values()["homes_per_half_day"] == 3
    dialog.reject()
