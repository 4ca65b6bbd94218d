"""Whoever has promised to begin with a need next month is told of where they would have too much of it then."""

from datetime import date

from jiuliting_desk.actions import matching, pairings
from jiuliting_desk.model.barriers import Load
from jiuliting_desk.model.needs import Need, Rhythm
from jiuliting_desk.store import Store
from tests.actions.people import HAIRCUT, elder, need, volunteer

TODAY, NOVEMBER, DECEMBER = date(2026, 11, 10), date(2026, 11, 1), date(2026, 12, 1)


def weekly(store: Store, name: str, **changes: object) -> Need:
    """Somebody who wants it every week."""
    return need(store, elder(store, name).id, HAIRCUT, rhythm=Rhythm.WEEKLY, **changes)


def promise(store: Store, wanted: Need, provider_id: int) -> None:
    """Claim it for December."""
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=wanted.id, provider_id=provider_id, today=TODAY, month=DECEMBER)


def test_what_is_promised_for_the_month_after_is_told_beside_a_plan_that_goes_on_in_it(store: Store) -> None:
    barber, other = volunteer(store, visits_per_month=8), volunteer(store, "汤立新", visits_per_month=4)
    first, second, third = (weekly(store, name) for name in ("高莲英", "奚金", "邹福"))
    single = need(store, elder(store, "苗芬").id)
    promise(store, first, barber.id)
    inputs = matching.read_inputs(store, today=TODAY, month=NOVEMBER)
    two, one, once = [inputs.needs[found.id] for found in (second, third)], [inputs.needs[second.id]], single.id
    # November has room for both, December for one beside what is promised.
    assert matching.rank_need(inputs, second.id).candidates[0].booked_visits == 0
    assert inputs.over_later(two, barber.id) == Load(visits=4, minutes=120)
    assert inputs.over_later(one, barber.id) is None
    # Single ones do not go on, and others have promised nothing.
    assert inputs.over_later([inputs.needs[once]] * 8, barber.id) is None
    assert inputs.over_later(two, other.id) is None
    # Whoever plans December has it in the plan itself.
    assert matching.read_inputs(store, today=TODAY, month=DECEMBER).over_later(two, barber.id) is None


def test_a_single_need_claimed_for_the_month_after_binds_nobody_for_good(store: Store) -> None:
    barber = volunteer(store, visits_per_month=4)
    later, wanted = need(store, elder(store, "苗芬").id), weekly(store, "高莲英")
    promise(store, later, barber.id)
    inputs = matching.read_inputs(store, today=TODAY, month=NOVEMBER)
    assert inputs.over_later([inputs.needs[wanted.id]], barber.id) is None


def test_minutes_are_a_limit_too(store: Store) -> None:
    barber = volunteer(store, visits_per_month=None, minutes_per_month=200)
    first, second = weekly(store, "高莲英"), weekly(store, "奚金")
    promise(store, first, barber.id)
    inputs = matching.read_inputs(store, today=TODAY, month=NOVEMBER)
    assert inputs.over_later([inputs.needs[second.id]], barber.id) == Load(visits=4, minutes=120)
