"""Visits, forms, calls, follow-ups and trainings go only through the states that the work knows."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.dates import half_day_of, read_time, time_text
from jiuliting_desk.model.errors import BadDate, BadNumber, DateOrder, Missing, UserError, WrongState
from jiuliting_desk.model.feedback import BoardColumn, Feedback, FeedbackForm, FormState, form_number
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.trainings import Attendance, Presence, TrainingSession, TrainingState
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState, apportioned

DAY = date(2026, 3, 18)
NOW = datetime(2026, 3, 18, 10, 24, tzinfo=UTC)

VISIT = Visit(
    id=7,
    elder_id=1,
    services=(ServiceLine(category_id=3, need_id=5, minutes=30), ServiceLine(category_id=1, minutes=60)),
    provider_ids=(4, 9),
    day=DAY,
    starts=14 * 60,
    minutes=90,
)


def test_a_visit_goes_its_way() -> None:
    done = VISIT.checked().began(at=NOW).done(on_site_minutes=80, today=DAY, quantities={3: 2})
    assert (done.state, done.ended_on, done.began_at) == (VisitState.DONE, DAY, NOW)
    assert [(line.quantity, line.minutes) for line in done.services] == [(2, 27), (1, 53)]
    again = done.measured(on_site_minutes=90).attended(
        led_in=True, stayed=False, signed=True, cadre_id=2, absent_ids=(9, 77)
    )
    assert (again.on_site_minutes, again.present_ids, again.had_cadre) == (90, (4,), True)
    with pytest.raises(Missing):
        done.attended(led_in=True, stayed=True, signed=True, cadre_id=2, absent_ids=(4, 9))


@pytest.mark.parametrize("told", ["led_in", "stayed", "signed"])
def test_nobody_led_in_stayed_or_signed_where_no_cadre_is_named(told: str) -> None:
    done = VISIT.done(on_site_minutes=80, today=DAY)
    part: dict[str, Any] = {"led_in": False, "stayed": False, "signed": False} | {told: True}
    with pytest.raises(Missing) as raised:
        done.attended(**part, cadre_id=None)
    assert raised.value.field == "cadre_id"
    assert not replace(done, **part).had_cadre
    assert done.attended(led_in=True, stayed=False, signed=False, cadre_id=2).had_cadre


def test_a_visit_that_falls_through_says_why_and_can_be_taken_up_again() -> None:
    with pytest.raises(Missing):
        VISIT.fell_through(VisitState.NOT_HOME, reason=" ", today=DAY)
    with pytest.raises(WrongState):
        VISIT.fell_through(VisitState.DONE, reason="x", today=DAY)
    tomorrow = replace(VISIT, day=date(2026, 3, 19))
    with pytest.raises(DateOrder):
        tomorrow.fell_through(VisitState.NO_SHOW, reason="忘了", today=DAY)
    with pytest.raises(DateOrder):
        tomorrow.done(on_site_minutes=30, today=DAY)
    gone = tomorrow.fell_through(VisitState.CANCELLED, reason="老人不需要了", today=DAY)
    assert (gone.reason, gone.is_open) == ("老人不需要了", False)
    with pytest.raises(WrongState):
        gone.done(on_site_minutes=30, today=DAY)
    assert gone.reinstated() == tomorrow


def test_moving_asks_for_a_new_reminder() -> None:
    moved = VISIT.reminded(at=NOW).moved(day=date(2026, 3, 20), starts=600)
    assert (moved.day, moved.starts, moved.minutes, moved.reminded_at) == (date(2026, 3, 20), 600, 90, None)
    with pytest.raises(WrongState):
        VISIT.began(at=NOW).moved(day=DAY, starts=600)


def test_a_visit_must_hold_something() -> None:
    for broken, error in (
        (replace(VISIT, services=()), Missing),
        (replace(VISIT, provider_ids=()), Missing),
        (replace(VISIT, minutes=0), BadNumber),
        (replace(VISIT, starts=1440), BadNumber),
        (replace(VISIT, provider_ids=tuple(range(40))), BadNumber),
        (replace(VISIT, services=(ServiceLine(category_id=1, quantity=0),)), BadNumber),
    ):
        with pytest.raises(error):
            broken.checked()


@given(st.integers(1, 900), st.lists(st.integers(1, 600), min_size=1, max_size=20))
def test_shares_sum_to_the_whole(total: int, weights: list[int]) -> None:
    shares = apportioned(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total * weight / sum(weights)) < 1


STEPS = {
    "began": lambda visit: visit.began(at=NOW),
    "done": lambda visit: visit.done(on_site_minutes=30, today=DAY),
    "cancelled": lambda visit: visit.fell_through(VisitState.CANCELLED, reason="x", today=DAY),
    "not_home": lambda visit: visit.fell_through(VisitState.NOT_HOME, reason="x", today=DAY),
    "no_show": lambda visit: visit.fell_through(VisitState.NO_SHOW, reason="x", today=DAY),
    "reinstated": lambda visit: visit.reinstated(),
    "moved": lambda visit: visit.moved(day=DAY, starts=600),
    "reminded": lambda visit: visit.reminded(at=NOW),
    "measured": lambda visit: visit.measured(on_site_minutes=45),
}
LATER = {
    VisitState.PLANNED: set(VisitState),
    VisitState.UNDER_WAY: set(VisitState) - {VisitState.PLANNED},
    VisitState.DONE: {VisitState.DONE},
    VisitState.CANCELLED: {VisitState.CANCELLED, VisitState.PLANNED},
    VisitState.NOT_HOME: {VisitState.NOT_HOME, VisitState.PLANNED},
    VisitState.NO_SHOW: {VisitState.NO_SHOW, VisitState.PLANNED},
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_no_sequence_of_steps_leaves_the_known_ways(steps: list[str]) -> None:
    visit = VISIT
    for step in steps:
        before = visit
        try:
            visit = STEPS[step](visit)
        except UserError:
            continue
        assert visit.state in LATER[before.state]
        assert bool(visit.reason) == (visit.state in {VisitState.CANCELLED, VisitState.NOT_HOME, VisitState.NO_SHOW})
        assert (visit.ended_on is None) == visit.is_open
        assert bool(visit.on_site_minutes) == (visit.state is VisitState.DONE)


def test_the_paper_goes_out_and_comes_back() -> None:
    form = FeedbackForm(visit_id=7, number=form_number(326), issued_on=DAY)
    assert form.number == "B-0326"
    later = date(2026, 3, 26)
    assert form.column(visit_day=DAY, today=later, chase_days=8) is BoardColumn.OUT
    assert form.column(visit_day=DAY, today=later, chase_days=7) is BoardColumn.CHASE
    assert form.chased(on=later).chased(on=later).chased_times == 2
    back = form.returned(on=later)
    assert back.column(visit_day=DAY, today=later, chase_days=7) is BoardColumn.RETURNED
    assert back.out_again() == form
    typed = back.entered(on=later)
    assert (typed.state, typed.is_awaited) == (FormState.ENTERED, False)
    for step in (
        lambda: typed.entered(on=later),
        lambda: typed.voided(),
        lambda: typed.returned(on=later),
        lambda: typed.column(visit_day=DAY, today=later, chase_days=7),
        lambda: form.voided().entered(on=later),
        lambda: form.revived(),
    ):
        with pytest.raises(WrongState):
            step()
    assert form.voided().revived() == form


def test_an_evaluation_says_something() -> None:
    blank = Feedback(visit_id=7, entered_on=DAY)
    with pytest.raises(Missing):
        blank.checked()
    with pytest.raises(BadNumber):
        replace(blank, work=6).checked()
    declined = replace(blank, unanswered_reason="老人不愿评").checked()
    assert (declined.lowest, declined.unanswered_reason) == (0, "老人不愿评")
    answered = replace(
        blank, punctual=2, overall=4, wishes=(4, 4, 1), unanswered_reason="x", same_person=True, other_person=True
    ).checked()
    assert (answered.lowest, answered.wishes, answered.unanswered_reason) == (2, (4, 1), "")
    assert (answered.same_person, answered.other_person) == (False, True)


def test_a_message_has_words_and_somebody_to_ring_back() -> None:
    call = Call(at=NOW, outcome=CallOutcome.MESSAGE, notes="换灯泡", recall_on=DAY)
    with pytest.raises(Missing):
        call.checked()
    with pytest.raises(Missing):
        replace(call, elder_id=1, notes=" ").checked()
    waiting = replace(call, elder_id=1).checked()
    tomorrow = date(2026, 3, 19)
    again = waiting.recall_missed(next_on=tomorrow)
    assert (again.recall_on, again.recall_tries, again.wants_recall) == (tomorrow, 1, True)
    with pytest.raises(DateOrder):
        waiting.recall_missed(next_on=date(2026, 3, 17))
    settled = again.recalled(on=tomorrow, notes="约了周五")
    assert (settled.wants_recall, settled.notes) == (False, "换灯泡\n约了周五")
    with pytest.raises(WrongState):
        settled.recalled(on=tomorrow)


def test_a_follow_up_closes_only_with_an_outcome() -> None:
    opened = FollowUp(elder_id=1, cause=Cause.LOW_SCORE, score=2, opened_on=DAY, due_on=date(2026, 3, 21))
    with pytest.raises(Missing):
        opened.closed(outcome="  ", on=DAY)
    closed = opened.closed(outcome="道歉，下次换人", on=DAY)
    assert not closed.is_open
    with pytest.raises(WrongState):
        closed.closed(outcome="x", on=DAY)
    assert closed.reopened(due_on=DAY).notes == "道歉，下次换人"
    with pytest.raises(DateOrder):
        replace(opened, due_on=date(2026, 3, 1)).checked()


def test_only_those_who_came_are_given_hours() -> None:
    session = TrainingSession(topic=" 认知症照护 ", day=DAY).checked()
    assert session.topic == "认知症照护"
    assert session.held(today=DAY).state is TrainingState.HELD
    with pytest.raises(DateOrder):
        session.held(today=date(2026, 3, 17))
    with pytest.raises(WrongState):
        session.cancelled(reason="讲师病了").held(today=DAY)
    roll = Attendance(session_id=1, provider_id=2)
    assert roll.called(Presence.CAME, minutes=90).minutes == 90
    assert roll.called(Presence.EXCUSED, minutes=90).minutes == 0


def test_times_as_people_write_them() -> None:
    assert [read_time(text) for text in ("9:30", "14：00", "930", "14", "1405")] == [570, 840, 570, 840, 845]
    assert time_text(570) == "09:30"
    for text in ("", "25", "9:75", "上午"):
        with pytest.raises(BadDate):
            read_time(text)
    assert [half_day_of(DAY, minute) for minute in (719, 720)] == [4, 5]
