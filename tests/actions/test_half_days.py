"""Half-days of a month that what was taken on without a day keeps: a plan made after one was confirmed."""

from datetime import date, timedelta

import pytest

from jiuliting_desk.actions import (
    bookings,
    confirming,
    matching,
    matching_outlook,
    pairings,
    providers,
    series,
    visits,
)
from jiuliting_desk.actions.confirming import Confirmation
from jiuliting_desk.actions.matching_causes import causes_of
from jiuliting_desk.actions.matching_lists import claim_lines
from jiuliting_desk.matching.changes import ChangeKind
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.terms import Rule
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Interval
from jiuliting_desk.model.visits import ServiceLine
from jiuliting_desk.store import Store
from jiuliting_desk.store.matching_rows import months_of_providers
from tests.actions.people import CHAT, HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.ranking import candidates_for

MONDAY_MORNING, MONDAY_AFTERNOON = 0, 1


def weekly(store: Store, name: str, half_days: tuple[int, ...] = ()) -> Need:
    """A need that comes back every week."""
    return need(store, elder(store, name).id, CHAT, rhythm=Rhythm.WEEKLY, half_days=half_days)


def planned(store: Store) -> Plan:
    """The plan of now."""
    return matching.propose_plan(matching.read_inputs(store, today=TODAY))


def confirm(store: Store, plan: Plan) -> None:
    """All lines of a plan."""
    lines = [Confirmation(need_id=line.need, provider_id=line.provider) for line in plan.lines]
    with store.operation("confirm_lines"):
        confirming.confirm_lines(store, lines=lines, today=TODAY)


def undated(store: Store, provider_id: int, month: date = TODAY) -> list[tuple[tuple[int, ...], int]]:
    """What stands on a provider in a month with no day yet."""
    return months_of_providers(store, month=month)[provider_id].undated


def test_a_plan_after_one_was_confirmed_fills_no_half_day_twice(store: Store) -> None:
    helper = volunteer(store, skills=(CHAT,), visits_per_month=None, half_days=(MONDAY_MORNING,))
    for number in range(5):
        weekly(store, f"老人{number}")
    first = planned(store)
    assert len(first.lines) == 2
    confirm(store, first)
    again = planned(store)
    assert again.lines == ()
    ranking = candidates_for(store, need_id=again.unserved[0], today=TODAY)
    assert [(found.provider, found.rules) for found in ranking.excluded()] == [(helper.id, (Rule.HALF_DAY_FULL,))]
    inputs = matching.read_inputs(store, today=TODAY)
    (cause,) = causes_of(inputs, again, claims=claim_lines(store, today=TODAY), cures=1).known()[:1]
    released = next(cure.changes[0] for cure in cause.cures if cure.changes[0].kind is ChangeKind.RELEASE)
    with store.operation("release_claim"):
        pairings.release_claim(store, need_id=released.need, today=TODAY)
    inputs = matching.read_inputs(store, today=TODAY)
    assert matching.may_join(inputs, {}, need_id=cause.need, provider_id=helper.id)


def test_what_suits_any_time_gives_way_to_what_suits_one(store: Store) -> None:
    volunteer(store, skills=(CHAT,), visits_per_month=None, half_days=(MONDAY_MORNING, MONDAY_AFTERNOON))
    for number in range(2):
        weekly(store, f"随便{number}")
    confirm(store, planned(store))
    early = [weekly(store, f"上午{number}", (MONDAY_MORNING,)) for number in range(3)]
    plan = planned(store)
    assert [line.need for line in plan.lines] == [early[0].id, early[1].id]
    assert plan.unserved == (early[2].id,)


def test_days_that_are_known_take_their_own_half_days(store: Store) -> None:
    helper = volunteer(store, skills=(CHAT, HAIRCUT), visits_per_month=None)
    wanted, once = weekly(store, "高莲英", (MONDAY_MORNING,)), need(store, elder(store, "马根宝").id)
    for found in (wanted, once):
        with store.operation("claim_need"):
            pairings.claim_need(store, need_id=found.id, provider_id=helper.id, today=TODAY)
    assert undated(store, helper.id) == [((MONDAY_MORNING,), 4), ((), 1)]
    with store.operation("book_visit"):
        visit = bookings.book_visit(
            store,
            elder_id=wanted.elder_id,
            services=(ServiceLine(category_id=CHAT, need_id=wanted.id),),
            provider_ids=(helper.id,),
            day=TODAY,
            starts=540,
            today=TODAY,
            reason="试一试",
        )
    assert undated(store, helper.id) == [((MONDAY_MORNING,), 3), ((), 1)]
    with store.operation("finish_visit"):
        visits.finish_visit(store, outcome=visits.Outcome(visit_id=visit.id), today=TODAY)
    assert store.get(Need, wanted.id).state is NeedState.CLAIMED
    assert undated(store, helper.id) == [((MONDAY_MORNING,), 3), ((), 1)]


@pytest.mark.parametrize("ahead", [0, 31, 150])
def test_a_series_says_its_days(store: Store, ahead: int) -> None:
    helper, wanted = volunteer(store, skills=(CHAT,), visits_per_month=None), weekly(store, "高莲英")
    with store.operation("begin_series"):
        drafted = series.draft_series(
            store,
            elder_id=wanted.elder_id,
            services=(ServiceLine(category_id=CHAT, need_id=wanted.id),),
            provider_ids=(helper.id,),
            begins_on=TODAY + timedelta(days=1),
            starts=840,
            interval=Interval.WEEKLY,
        )
        series.begin_series(store, series=drafted, today=TODAY)
    month = TODAY + timedelta(days=ahead)
    assert undated(store, helper.id, month) == []
    assert sum(months_of_providers(store, month=month)[helper.id].half_days) in {2, 4, 5}


def test_who_takes_over_from_one_who_stops_keeps_the_half_days_too(store: Store) -> None:
    holder = volunteer(store, skills=(CHAT,), visits_per_month=None)
    other = volunteer(store, "汤立新", skills=(CHAT,), visits_per_month=8, half_days=(MONDAY_MORNING,))
    wanted = weekly(store, "高莲英", (MONDAY_MORNING, MONDAY_AFTERNOON))
    for provider_ids, days in (((holder.id, other.id), 5), ((holder.id,), 12)):
        with store.operation("book_visit"):
            bookings.book_visit(
                store,
                elder_id=wanted.elder_id,
                services=(ServiceLine(category_id=CHAT, need_id=wanted.id),),
                provider_ids=provider_ids,
                day=TODAY + timedelta(days=days),
                starts=540,
                today=TODAY,
                reason="试一试",
            )
    before = matching.read_inputs(store, today=TODAY)
    (told,) = matching_outlook.one_stops(before, holder.id).others
    with store.operation("stop_provider"):
        providers.stop_provider(store, provider_id=holder.id, reason="搬走了", today=TODAY)
    (row,) = matching.read_inputs(store, today=TODAY).situation.providers
    assert (told, told.undated) == (row, ((3, 3),))


def test_one_visit_for_two_needs_is_counted_once_for_who_takes_both_over(store: Store) -> None:
    holder = volunteer(store, visits_per_month=None)
    volunteer(store, "汤立新", visits_per_month=8)
    who = elder(store).id
    talk, cut = (need(store, who, category, rhythm=Rhythm.MONTHLY) for category in (CHAT, HAIRCUT))
    with store.operation("book_visit"):
        bookings.book_visit(
            store,
            elder_id=who,
            services=tuple(ServiceLine(category_id=one.category_id, need_id=one.id) for one in (talk, cut)),
            provider_ids=tuple(one.id for one in store.all(Provider)),
            day=TODAY + timedelta(days=5),
            starts=540,
            today=TODAY,
            reason="试一试",
        )
    (told,) = matching_outlook.one_stops(matching.read_inputs(store, today=TODAY), holder.id).others
    with store.operation("stop_provider"):
        providers.stop_provider(store, provider_id=holder.id, reason="搬走了", today=TODAY)
    (row,) = matching.read_inputs(store, today=TODAY).situation.providers
    assert (told, told.booked_visits) == (row, 2)
