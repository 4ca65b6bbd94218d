"""What the matching says of a need for one day: who can go on just that day, and what it takes of a month."""

from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.actions import matching, matching_outlook, pairings
from jiuliting_desk.actions.confirming import Confirmation, confirm_lines, overtaken
from jiuliting_desk.actions.matching_lists import claim_lines
from jiuliting_desk.actions.matching_outlook import Later
from jiuliting_desk.actions.providers import pause_provider, stop_provider
from jiuliting_desk.model.barriers import Load
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.months import first_chance
from jiuliting_desk.model.needs import Urgency
from jiuliting_desk.model.pairings import Claim
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.model.providers import Certificate
from jiuliting_desk.store import Store
from jiuliting_desk.store.loads import month_loads
from jiuliting_desk.store.matching_rows import count_waiting, months_of_providers
from tests.actions.people import HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.test_stand_ins import pause, weekly
from tests.actions.visits import book

MARCH, APRIL, LATE = date(2026, 3, 1), date(2026, 4, 1), date(2026, 3, 25)


def test_a_day_of_this_month_is_not_put_off_to_the_next(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=1)
    _, booked = weekly(store, gu.id, visits=3)
    made = pause(store, gu.id, booked[:2])
    other = need(store, elder(store, "马根宝").id, HAIRCUT)
    book(store, elder(store, "奚金").id, tang.id, day=TODAY)
    inputs = matching.read_inputs(store, today=TODAY)
    plan = matching.propose_plan(inputs)
    assert plan.unserved == (made[0].id, other.id)
    month = matching_outlook.next_month(store, inputs)
    later = Later(plan, month)
    found = later.first_for(other.id)
    assert found is not None
    assert (found.provider, later.first_for(made[0].id)) == (tang.id, None)
    assert matching_outlook.planned_next_month(plan, month).difference.gained == (other.id,)
    # One of the first days of April that is looked at with March, too, can be met then.
    inputs = matching.read_inputs(store, today=LATE, month=MARCH)
    plan = matching.propose_plan(inputs)
    later = Later(plan, matching_outlook.next_month(store, inputs))
    assert [bool(later.first_for(one.id)) for one in made] == [False, True]


def test_who_can_go_on_the_day_is_asked_whatever_comes_after_it(store: Store) -> None:
    gu, *others = (
        volunteer(store, name, visits_per_month=None) for name in ("顾海宁", "汤立新", "葛林", "苏芳", "陈和")
    )
    _, booked = weekly(store, gu.id, visits=3)
    (one,) = pause(store, gu.id, booked[:1])
    day = booked[0].day
    with store.operation("set up"):
        store.update(replace(store.get(ServiceCategory, HAIRCUT), certificate_kind="理发"))
        for other, ends in zip(others, (day, day - timedelta(days=1), None, None), strict=True):
            store.add(Certificate(provider_id=other.id, kind="理发", expires_on=ends))
        for other, until in ((others[2], day), (others[3], day + timedelta(days=1))):
            pause_provider(store, provider_id=other.id, reason="探亲", today=TODAY, until=until)
    able = [others[0].id, others[2].id]
    inputs = matching.read_inputs(store, today=TODAY)
    ranking = matching.rank_need(inputs, one.id)
    assert sorted(found.provider for found in ranking.candidates) == able
    assert {found.provider: found.texts for found in ranking.excluded()} == {
        gu.id: ("目前暂停服务，2026-04-29 恢复", "没有“理发”证书"),
        others[1].id: ("“理发”证书 3月24日到期，之后的上门要换证",),
        others[3].id: ("目前暂停服务，2026-03-26 恢复",),
    }
    for other in others:
        for month in (None, MARCH):
            against = pairings.need_barriers(store, need_id=one.id, provider_id=other.id, today=TODAY, month=month)
            assert (against == ()) == (other.id in able)
        line = Confirmation(need_id=one.id, provider_id=other.id)
        assert (overtaken(store, lines=[line], today=TODAY, month=MARCH) == {}) == (other.id in able)
    (planned,) = matching.propose_plan(inputs).lines
    assert planned.provider in able
    with store.operation("confirm_lines"):
        confirm_lines(store, lines=[Confirmation(need_id=one.id, provider_id=others[0].id)], today=TODAY, month=MARCH)
    (claim,) = claim_lines(store, today=TODAY)
    assert (claim.only_on, claim.certificate_ends) == (day, None)


def test_a_day_takes_of_its_own_month_alone(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=2)
    _, booked = weekly(store, gu.id, visits=3)
    made = pause(store, gu.id, booked[:2])
    for one, today in zip(made, (TODAY, LATE), strict=True):
        with store.operation("claim_need"):
            pairings.claim_need(store, need_id=one.id, provider_id=tang.id, today=today)
    # The one of 25 March is held until 1 April, that of 1 April from 25 March on.
    assert [claim.expires_on for claim in store.where(Claim, order="id")] == [date(2026, 4, 1), date(2026, 4, 8)]
    for month, mine in ((MARCH, made[0]), (APRIL, made[1])):
        assert month_loads(store, month=month, provider_ids=[tang.id]) == {tang.id: Load(visits=1, minutes=30)}
        held = months_of_providers(store, month=month)[tang.id]
        assert (held.visits, held.undated) == (1, [(mine.half_days, 1)])
        taking = [line.claim.need_id for line in claim_lines(store, today=LATE) if line.takes_time_in(month)]
        assert taking == [mine.id]
    assert month_loads(store, month=date(2026, 5, 1), provider_ids=[tang.id]) == {}


def test_where_the_helper_stops_nobody_is_sought_for_a_single_day(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=1)
    wanted, booked = weekly(store, gu.id, visits=3)
    (one,) = pause(store, gu.id, booked[:1])
    other = need(store, elder(store, "马根宝").id, HAIRCUT, urgency=Urgency.LOW)
    inputs = matching.read_inputs(store, today=TODAY)
    plan = matching.propose_plan(inputs)
    assert plan.pairs() == ((one.id, tang.id),)
    # The day goes with the whole need, and tang has time for another.
    told = matching_outlook.try_out(plan, (matching_outlook.one_stops(inputs, gu.id),))
    assert told.plan.pairs() == ((other.id, tang.id),)
    assert (told.difference.gained, told.difference.lost) == ((other.id,), ())
    elsewhere = matching_outlook.try_out(plan, (matching_outlook.one_stops(inputs, tang.id),))
    assert (elsewhere.plan.pairs(), elsewhere.difference.lost) == ((), (one.id,))
    with store.operation("stop_provider"):
        stop_provider(store, provider_id=gu.id, reason="搬走了", today=TODAY)
    assert matching.read_inputs(store, today=TODAY).needs.keys() == {wanted.id, other.id}


def test_a_day_of_another_month_is_not_counted_as_one_left_out(store: Store) -> None:
    with store.operation("places"):
        home, other = (store.add(ResidentsCommittee(name=name)).id for name in ("亭北居委", "云杉居委"))
    gu = volunteer(store, visits_per_month=None)
    wanted, booked = weekly(store, gu.id, visits=6)
    with store.operation("edit_elder"):
        store.update(replace(store.get(Elder, wanted.elder_id), committee_id=home))
    pause(store, gu.id, [booked[0], booked[4]])
    need(store, elder(store, "马根宝", committee_id=other).id)
    for today, month, all_of_them, of_home in ((TODAY, MARCH, 2, 1), (TODAY, APRIL, 2, 1), (LATE, MARCH, 2, 1)):
        inputs = matching.read_inputs(store, today=today, month=month)
        begins = first_chance(month, today=today)
        found = [
            count_waiting(store, today=begins, committee_id=committee, days=inputs.days)
            for committee in (None, home, other)
        ]
        assert found == [all_of_them, of_home, 1]
        assert (len(inputs.needs), [one.only_on for one in inputs.needs.values()].count(None)) == (all_of_them, 1)
