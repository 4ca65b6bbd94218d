"""The plan: the best at every level, holding every rule and capacity, the same for the same rows."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiuliting_desk.matching import search
from jiuliting_desk.matching.plan import Effort, Plan, knowing, plan
from jiuliting_desk.matching.rows import (
    BondRow,
    FixedRow,
    NeedRow,
    ProviderRow,
    RefusalRow,
    Situation,
    Source,
    unit_for,
)
from jiuliting_desk.matching.terms import Rule, Rules
from tests.benchmarks.bruteforce import wrong_cases
from tests.matching.doubling import doubled
from tests.matching.instances import sub_district
from tests.matching.plain import best_levels, exclusions, holds
from tests.matching.small import TODAY, small_situation

SEEDS = st.integers(min_value=0, max_value=100_000)


def must_hold(situation: Situation, found: Plan) -> None:
    """Every need once, no forbidden pair, no capacity broken; said in plain loops."""
    needs = {need.id: need for need in situation.needs}
    assert sorted([*(line.need for line in found.lines), *found.unserved]) == sorted(needs)
    for row in situation.providers:
        mine = [needs[line.need] for line in found.lines if line.provider == row.id]
        assert all(not exclusions(situation, need, row) for need in mine)
        assert holds(situation, row, mine)


def test_small_plans_are_the_best_of_all_that_are_possible() -> None:
    assert not wrong_cases(range(240))


@pytest.mark.parametrize("minutes", [60, 61, 65, 63])
def test_a_month_that_fills_has_its_price_whatever_a_visit_takes(minutes: int) -> None:
    need = NeedRow(id=1, elder=1, category=1, day=TODAY, visits=2, minutes=minutes, unit=unit_for([minutes]))
    skilled = ProviderRow(id=1, skills=((1, 3),), minutes=1_000, booked_minutes=650)
    able = ProviderRow(id=2, skills=((1, 2),), minutes=1_000)
    situation = Situation(today=TODAY, needs=(need,), providers=(skilled, able), unit=need.unit)
    found = plan(situation)
    # Two hours above 60 % cost 40 points, and skill gives 33 more.
    assert (found.provider_of(1), found.levels, found.bound.proved) == (2, best_levels(situation), True)
    alone = plan(replace(situation, providers=(skilled,)))
    without = plan(replace(situation, providers=(replace(skilled, booked_minutes=0),)))
    price = without.points_of(without.levels.quality) - alone.points_of(alone.levels.quality)
    assert price == pytest.approx(5 * 2 * minutes / 15, abs=0.01)


def test_a_rule_that_is_switched_off_binds_no_plan_either() -> None:
    asked = [
        NeedRow(
            id=number, elder=number, category=1, day=TODAY, visits=4, lasting=True, half_days=1 if number < 4 else 2
        )
        for number in (1, 2, 3, 4)
    ]
    one = ProviderRow(id=1, skills=((1, 2),), half_days=1)
    situation = Situation(today=TODAY, needs=tuple(asked), providers=(one,), rules=Rules(lasting_elders=1))
    for switched, served in (
        ((), 1),
        ((Rule.PAIRS_FULL,), 2),
        ((Rule.PAIRS_FULL, Rule.HALF_DAY_FULL), 3),
        # Who comes at another time takes no half-day.
        ((Rule.PAIRS_FULL, Rule.NO_COMMON_HALF_DAY), 3),
        ((Rule.PAIRS_FULL, Rule.HALF_DAY_FULL, Rule.NO_COMMON_HALF_DAY), 4),
    ):
        rules = situation.rules
        for rule in switched:
            rules = rules.switched(rule, on=False)
        found = plan(replace(situation, rules=rules))
        assert (len(found.lines), found.bound.proved) == (served, True)


@pytest.mark.parametrize("effort", list(Effort))
def test_plans_hold(effort: Effort) -> None:
    situation = sub_district(120, 30, seed=5)
    must_hold(situation, plan(situation, effort=effort))


@pytest.mark.parametrize("effort", list(Effort))
def test_who_is_sent_by_hand_keeps_the_homes_that_were_foretold(effort: Effort) -> None:
    rare, shared, heavy = (
        NeedRow(id=number, elder=number, category=category, day=TODAY, weight=weight)
        for number, category, weight in ((1, 1, 1), (2, 2, 2), (3, 3, 4))
    )
    firms = tuple(
        ProviderRow(id=number, enterprise=True, skills=((2, 2), (only, 2)), homes_at_once=2)
        for number, only in ((10, 1), (11, 3))
    )
    situation = Situation(today=TODAY, needs=(rare, shared, heavy), providers=firms)
    best = plan(situation)
    assert best.pairs() == ((2, 11), (3, 11))
    by_hand = replace(situation, fixed=(FixedRow(need=1, provider=10, source=Source.CHOSEN),))
    foretold = plan(replace(by_hand, last=((2, 10),)), effort=effort)
    assert (foretold.pairs(), foretold.unserved) == (((2, 10),), (3,))
    # Nobody said who else, or they cannot any more: the line stands alone.
    assert plan(by_hand).pairs() == ((2, 11), (3, 11))
    refused = replace(by_hand, last=((2, 10),), refusals=(RefusalRow(elder=2, provider=10),))
    assert plan(refused).pairs() == ((2, 11), (3, 11))
    assert knowing(foretold, plan(by_hand)) is foretold


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_one_more_volunteer_never_serves_less(seed: int) -> None:
    situation = small_situation(seed, needs=8, providers=5)
    fewer = replace(situation, providers=situation.providers[:-1])
    assert plan(situation).levels.served >= plan(fewer).levels.served


@given(SEEDS, st.integers(min_value=1, max_value=8), st.integers(min_value=1, max_value=5))
@settings(max_examples=25, deadline=None)
def test_one_more_refusal_never_serves_more(seed: int, elder: int, provider: int) -> None:
    situation = small_situation(seed, needs=8, providers=5)
    refusal = RefusalRow(elder=elder, provider=provider * 2)
    more = replace(situation, refusals=(*situation.refusals, refusal))
    assert plan(more).levels.served <= plan(situation).levels.served


@given(SEEDS)
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_rows_does_not_matter(seed: int) -> None:
    situation = small_situation(seed, needs=8, providers=5)
    draw = random.Random(seed)
    mixed = replace(
        situation,
        needs=tuple(draw.sample(situation.needs, len(situation.needs))),
        providers=tuple(draw.sample(situation.providers, len(situation.providers))),
        last=situation.last[::-1],
    )
    assert plan(mixed).lines == plan(situation).lines


@given(SEEDS)
@settings(max_examples=20, deadline=None)
def test_a_disjoint_copy_doubles_the_value(seed: int) -> None:
    situation = small_situation(seed, needs=5, providers=3)
    once = plan(situation).levels
    twice = plan(doubled(situation)).levels
    assert twice == tuple(2 * level for level in once)


def test_confirmed_lines_stay_whatever_the_rules_say() -> None:
    situation = sub_district(60, 15, seed=3)
    need = situation.needs[0]
    strangers = [row for row in situation.providers if exclusions(situation, need, row)]
    fixed = FixedRow(need=need.id, provider=strangers[0].id, source=Source.CHOSEN)
    found = plan(replace(situation, fixed=(fixed,)))
    (line,) = [line for line in found.lines if line.need == need.id]
    assert (line.provider, line.source) == (strangers[0].id, Source.CHOSEN)


def test_needs_of_a_paired_elder_stay_with_the_pair_where_no_rule_divides_it() -> None:
    situation = sub_district(60, 15, seed=3)
    allowed = [
        (need, row) for need in situation.needs for row in situation.providers if not exclusions(situation, need, row)
    ]
    need, row = allowed[0]
    bond = BondRow(elder=need.elder, provider=row.id)
    found = plan(replace(situation, bonds=(bond,)))
    (line,) = [line for line in found.lines if line.need == need.id]
    assert (line.provider, line.source) == (row.id, Source.PAIRING)
    refused = replace(situation, bonds=(bond,), refusals=(RefusalRow(elder=need.elder, provider=row.id),))
    assert plan(refused).provider_of(need.id) != row.id


def test_a_second_solve_moves_nothing() -> None:
    situation = sub_district(100, 25, seed=2)
    first = plan(situation)
    again = plan(replace(situation, last=first.pairs()))
    assert again.lines == first.lines
    gently = plan(replace(situation, last=first.pairs()), effort=Effort.GENTLE)
    assert gently.lines == first.lines


def test_one_need_that_moves_home_moves_few_others() -> None:
    situation = sub_district(300, 60, seed=4)
    first = plan(situation, effort=Effort.QUICK)
    settled = plan(replace(situation, last=first.pairs()), effort=Effort.GENTLE)
    need, other = situation.needs[7], situation.needs[150]
    needs = tuple(replace(row, place=other.place) if row.id == need.id else row for row in situation.needs)
    found = plan(replace(situation, needs=needs, last=settled.pairs()), effort=Effort.GENTLE)
    before, after = dict(settled.pairs()), dict(found.pairs())
    moved = [row.id for row in needs if row.id != need.id and before.get(row.id) != after.get(row.id)]
    assert len(moved) <= 3
    must_hold(replace(situation, needs=needs), found)


def test_a_gentle_plan_keeps_the_lines_of_one_that_was_not_finished() -> None:
    situation = sub_district(400, 80, seed=2)
    first = plan(situation, effort=Effort.QUICK, stop=lambda: True)
    found = plan(replace(situation, last=first.pairs()), effort=Effort.GENTLE)
    before, after = dict(first.pairs()), dict(found.pairs())
    assert found.levels.served > first.levels.served
    assert sum(before[need] != after.get(need) for need in before) <= 6
    must_hold(situation, found)


@pytest.mark.parametrize("whole", [search.WHOLE_ARCS, 0])
def test_a_gentle_plan_leaves_no_urgent_need_for_several_light_ones(
    monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    monkeypatch.setattr(search, "WHOLE_ARCS", whole)
    light = [NeedRow(id=number, elder=number, category=1, day=TODAY, weight=1, minutes=30) for number in (1, 2, 3)]
    urgent = NeedRow(id=4, elder=4, category=1, day=TODAY, weight=8, minutes=60)
    full, free = ProviderRow(id=1, skills=((1, 2),), minutes=90), ProviderRow(id=2, skills=((1, 2),), minutes=30)
    situation = Situation(today=TODAY, needs=(*light, urgent), providers=(full, free), last=((1, 1), (2, 1), (3, 1)))
    found = plan(situation, effort=Effort.GENTLE)
    assert (found.provider_of(4), found.levels.served) == (1, 10)
    assert sum(found.provider_of(need) == 1 for need in (1, 2, 3)) == 1
    must_hold(situation, found)


def test_a_gentle_plan_of_a_few_lines_serves_as_many_as_the_best_where_two_have_to_move() -> None:
    asked = [NeedRow(id=number, elder=number, category=number, day=TODAY) for number in (1, 2, 3)]
    # The third can only have the first provider, whose line fits only where the second provider's is.
    skills = {1: (1, 3), 2: (1, 2), 3: (2,)}
    people = tuple(
        ProviderRow(id=one, skills=tuple((skill, 2) for skill in can), visits=1) for one, can in skills.items()
    )
    situation = Situation(today=TODAY, needs=tuple(asked), providers=people, last=((1, 1), (2, 2)))
    found = plan(situation, effort=Effort.GENTLE)
    assert [(line.need, line.provider) for line in found.lines] == [(1, 2), (2, 3), (3, 1)]


def test_a_gentle_plan_of_a_small_problem_says_how_much_the_best_would_serve() -> None:
    situation = sub_district(100, 25, seed=2)
    best = plan(situation)
    again = plan(replace(situation, last=best.pairs()), effort=Effort.GENTLE)
    assert again.bound.served == best.levels.served
    lighter = replace(situation, last=best.pairs()[:1])
    assert plan(lighter, effort=Effort.GENTLE).bound.served == best.levels.served


def test_where_the_best_of_a_situation_was_proved_a_gentle_plan_of_it_is_known_for_it_or_gives_way() -> None:
    situation = sub_district(60, 12)
    best = plan(situation)
    assert best.bound.proved
    again = plan(replace(situation, last=best.pairs()), effort=Effort.GENTLE)
    assert not again.bound.proved
    assert knowing(again, best).bound.proved
    poor = plan(replace(situation, last=best.pairs()[:5]), effort=Effort.GENTLE)
    assert poor.levels[:3] < best.levels[:3]
    known = knowing(poor, best)
    assert (known.levels[:3], known.bound) == (best.levels[:3], best.bound)
    assert known.pairs() == best.pairs()
    # What has moved is told from the last proposal: here a line of it that the best plan has not.
    need, provider = best.pairs()[0]
    other_one = next(row.id for row in situation.providers if row.id != provider)
    swapped = replace(situation, last=((need, other_one), *best.pairs()[1:5]))
    told = knowing(plan(swapped, effort=Effort.GENTLE), best)
    assert [line.need for line in told.lines if line.moved] == [need]
    other = replace(situation, needs=situation.needs[1:], last=best.pairs())
    elsewhere = plan(other, effort=Effort.GENTLE)
    assert knowing(elsewhere, best) is elsewhere
    assert knowing(best, again) is best


def test_a_gentle_plan_makes_room_for_all_needs_that_are_new() -> None:
    situation = sub_district(300, 60, seed=4)
    old = replace(situation, needs=situation.needs[:240])
    last = plan(old, effort=Effort.QUICK).pairs()
    found = plan(replace(situation, last=last), effort=Effort.GENTLE)
    assert found.levels.served >= 0.98 * plan(situation, effort=Effort.QUICK).levels.served
    must_hold(situation, found)


def test_stopping_keeps_the_best_so_far_within_its_bound() -> None:
    situation = sub_district(300, 60, seed=4)
    seen: list[Plan] = []
    found = plan(situation, incumbent=seen.append, stop=lambda: bool(seen))
    must_hold(situation, found)
    assert found.levels == max(better.levels for better in seen)
    assert all(better.levels.served <= better.bound.served for better in seen)


def test_a_whole_problem_tells_of_each_level_once_it_is_proved() -> None:
    situation = sub_district(60, 12, seed=3)
    steps: list[tuple[int, int]] = []
    seen: list[tuple[int, Plan]] = []
    found = plan(
        situation,
        progress=lambda done, total: steps.append((done, total)),
        incumbent=lambda better: seen.append((len(steps), better)),
    )
    assert steps == [(0, 3), (1, 3), (2, 3)]
    assert found.bound.proved
    served_proved = [better for told, better in seen if told == 2]
    assert served_proved
    assert all(better.levels.served == found.levels.served == better.bound.served for better in served_proved)


@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_no_plan_exceeds_the_bound_of_another(seed: int) -> None:
    situation = small_situation(seed, needs=9, providers=4)
    assert plan(situation).levels.served <= plan(situation, effort=Effort.QUICK).bound.served


def test_the_bound_of_a_first_plan_counts_visits_as_well_as_hours() -> None:
    situation = sub_district(120, 30, seed=5)
    few = tuple(replace(row, minutes=600, visits=1) for row in situation.providers)
    found = plan(replace(situation, providers=few), effort=Effort.QUICK)
    assert found.levels.served <= found.bound.served <= 1.1 * found.levels.served


def test_great_problems_come_near_their_bound_then_gain_in_quality() -> None:
    situation = sub_district(600, 120, seed=4)
    seen: list[Plan] = []

    def is_good() -> bool:
        near = [better for better in seen if better.gap <= 0.004]
        return bool(near) and seen[-1].levels.quality >= 1.01 * near[0].levels.quality

    found = plan(situation, incumbent=seen.append, stop=is_good)
    assert is_good()
    must_hold(situation, found)


def test_nothing_to_plan_is_a_plan() -> None:
    empty = Situation(today=date(2026, 3, 18), needs=(), providers=())
    found = plan(empty)
    assert found.lines == ()
    assert found.bound.proved
    lonely = plan(replace(empty, needs=sub_district(5, 2).needs))
    assert lonely.unserved == (1, 2, 3, 4, 5)
