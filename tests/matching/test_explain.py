"""Explanations, cures, advice and what-ifs: each true when it is applied and the planner is asked again."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from jiuliting_desk.matching.advice import AdviceKind, advise
from jiuliting_desk.matching.beside import Beside
from jiuliting_desk.matching.changes import Change, ChangeKind, changed, duration, recruit, said
from jiuliting_desk.matching.cheapest import WHOLE_ARCS
from jiuliting_desk.matching.explain import CauseKind, Explainer, Explanation
from jiuliting_desk.matching.insist import Insistence, Moved
from jiuliting_desk.matching.plan import Effort, Plan, let_loose, plan
from jiuliting_desk.matching.rows import (
    BondRow,
    CertificateRow,
    FixedRow,
    NeedRow,
    Place,
    ProviderRow,
    RefusalRow,
    Situation,
    Source,
)
from jiuliting_desk.matching.terms import Rule, Rules
from jiuliting_desk.matching.what_if import difference, insisted_upon, planned_beside, what_if
from tests.matching.instances import TODAY, sub_district
from tests.matching.plain import exclusions, holds, plans
from tests.matching.small import CATEGORIES, small_situation

SEEDS = st.integers(min_value=0, max_value=100_000)
CHECK = settings(max_examples=15, deadline=None)


def without_bonds(seed: int, *, needs: int = 8, providers: int = 4) -> Situation:
    """A small situation in which nothing is fixed, so that plans of all lines can be compared by weight."""
    return replace(small_situation(seed, needs=needs, providers=providers), bonds=())


def a_need(number: int = 1, **changes: object) -> NeedRow:
    """A need of an elder of its own: company for an hour."""
    values: dict[str, object] = {"id": number, "elder": number, "name": f"老人{number}", "category": 1, "day": TODAY}
    return NeedRow(**(values | changes))  # type: ignore[arg-type]


def a_provider(number: int = 10, **changes: object) -> ProviderRow:
    """Somebody who can keep company, for as long as is wanted."""
    values: dict[str, object] = {"id": number, "name": f"志愿者{number}", "skills": ((1, 2),)}
    return ProviderRow(**(values | changes))  # type: ignore[arg-type]


def situation_of(needs: tuple[NeedRow, ...], *providers: ProviderRow) -> Situation:
    """These people and nothing else."""
    return Situation(today=TODAY, needs=needs, providers=providers, categories=CATEGORIES)


def explained(situation: Situation, need: int = 1) -> Explanation:
    """The explanation of one need under the best plan."""
    return Explainer(plan(situation)).explain(need)


# -- properties


@given(SEEDS)
@CHECK
def test_every_cure_serves_the_need_with_every_line_kept(seed: int) -> None:
    situation = small_situation(seed, needs=8, providers=4)
    found = plan(situation)
    explainer = Explainer(found)
    for need_id in found.unserved:
        for cure in explainer.cures(need_id):
            after = changed(situation, cure.changes)
            old = tuple(FixedRow(need=line.need, provider=line.provider, source=line.source) for line in found.lines)
            kept = {(line.need, line.provider) for line in found.lines}
            asked = tuple(need for need in after.needs if need.id == need_id or found.provider_of(need.id) is not None)
            again = plan(replace(after, needs=asked, fixed=old))
            assert again.provider_of(need_id) is not None
            assert kept <= {(line.need, line.provider) for line in again.lines}
            # The same in plain loops: no rule, no capacity, no trip is broken for the one who takes it.
            needs = {need.id: need for need in after.needs}
            row = next(row for row in after.providers if row.id == cure.provider)
            mine = [needs[line.need] for line in found.lines if line.provider == cure.provider]
            assert not exclusions(after, needs[need_id], row)
            if not any(line.source is Source.PAIRING and line.provider == row.id for line in found.lines):
                assert holds(after, row, [*mine, needs[need_id]])


@given(SEEDS)
@CHECK
def test_a_cure_applied_lets_the_planner_serve_more(seed: int) -> None:
    situation = without_bonds(seed)
    found = plan(situation)
    explainer = Explainer(found)
    for need_id in found.unserved:
        need = explainer.beside.needs[need_id]
        for cure in explainer.cures(need_id):
            assert cure.changes, "the best plan leaves nobody out for whom there is room"
            again = plan(changed(situation, cure.changes))
            assert again.levels.served >= found.levels.served + need.weight


@given(SEEDS)
@CHECK
def test_every_cause_is_true(seed: int) -> None:
    situation = without_bonds(seed)
    found = plan(situation)
    explainer = Explainer(found)
    rows = {row.id: row for row in situation.providers}
    for need_id in found.unserved:
        need = explainer.beside.needs[need_id]
        told = explainer.explain(need_id, cures=0)
        able = [row for row in rows.values() if need.category in dict(row.skills)]
        candidates = [row.id for row in able if not exclusions(situation, need, row)]
        assert bool(candidates) == (told.kind not in {CauseKind.NOBODY_ABLE, CauseKind.RULES})
        if told.kind is CauseKind.NOBODY_ABLE:
            assert not able
        elif told.kind is CauseKind.RULES:
            masks = [exclusions(situation, need, row) for row in able]
            assert set(told.rules) in masks
            assert len(told.rules) == min(len(mask) for mask in masks)
            assert told.nearest
            for near in told.nearest:
                assert exclusions(situation, need, rows[near.provider]) == set(told.rules) == set(near.rules)
        elif told.kind is CauseKind.DISPLACED:
            assert told.instead
            for other in told.instead:
                taken = explainer.beside.needs[other]
                assert found.provider_of(other) in candidates
                assert taken.weight * need.units >= need.weight * taken.units


@given(SEEDS)
@CHECK
def test_no_plan_whatever_serves_all_of_a_group_that_is_short(seed: int) -> None:
    situation = without_bonds(seed, needs=6, providers=3)
    found = plan(situation)
    explainer = Explainer(found)
    for need_id in found.unserved:
        group = explainer.explain(need_id, cures=0).group
        if group is not None:
            wanted = [found.table.needs[place] for place in group.needs]
            assert need_id in {need.id for need in wanted}
            assert all(len(served) < len(wanted) for served in plans(situation, wanted))


@given(SEEDS)
@CHECK
def test_insisting_costs_at_least_what_the_need_brings_and_can_be_carried_out(seed: int) -> None:
    situation = without_bonds(seed)
    found = plan(situation)
    insistence = Insistence(found)
    for need_id in found.unserved:
        told = insistence.tell(need_id)
        if told is None:
            continue
        need = next(need for need in situation.needs if need.id == need_id)
        # By hand also those who want several homes come for one: that may serve more than any plan.
        assert told.gained_weight >= need.weight
        assert told.lost_weight >= told.gained_weight or told.provider in wanting_homes(situation)
        chosen = FixedRow(need=need_id, provider=told.provider, source=Source.CHOSEN)
        forced = plan(replace(situation, fixed=(chosen,)))
        promised = found.levels.served - told.lost_weight + told.gained_weight
        assert forced.levels.served + need.weight >= promised
        assert forced.levels.served + need.weight == promised or not told.least
    assert insistence.draft.choice == found.choice.tolist()


def wanting_homes(situation: Situation) -> set[int]:
    """Who comes only for several homes at once."""
    return {row.id for row in situation.providers if row.homes_at_once > 1}


@given(SEEDS)
@CHECK
def test_what_follows_where_somebody_comes_for_less_homes_than_they_want_is_foretold(seed: int) -> None:
    situation = without_bonds(seed)
    found = plan(situation)
    weights = {need.id: need.weight for need in situation.needs}
    for provider in sorted(wanting_homes(situation)):
        for need_id in weights.keys() - {line.need for line in found.lines if line.provider == provider}:
            told = Insistence(found).tell(need_id, provider)
            chosen = FixedRow(need=need_id, provider=provider, source=Source.CHOSEN)
            if told is None:
                continue
            forced = plan(
                replace(situation, fixed=(chosen,), last=tuple(told.carried_out(dict(found.pairs())).items()))
            )
            now = sum(weights[line.need] for line in forced.lines)
            promised = sum(weights[line.need] for line in found.lines) - told.lost_weight + told.gained_weight
            assert now == promised if told.least else now >= promised


def test_who_wants_two_homes_and_is_put_in_by_hand_for_one_costs_nobody() -> None:
    firm = a_provider(10, enterprise=True, homes_at_once=2, visits=2)
    situation = situation_of((a_need(1), a_need(2, category=3, visits=2, weight=8)), firm)
    situation = replace(situation, providers=(firm, a_provider(11, skills=((3, 2),), visits=2)))
    found = plan(situation)
    assert found.unserved == (1,)
    assert Insistence(found).tell(1) is None
    told = Insistence(found).tell(1, 10)
    assert told is not None
    assert (told.lost, told.moved, told.least) == ((), (), True)


@given(SEEDS)
@example(68)
@example(165)
@example(348)
@CHECK
def test_no_plan_that_serves_a_need_all_the_same_costs_less_than_is_told(seed: int) -> None:
    situation = without_bonds(seed, needs=8, providers=3)
    found = plan(situation)
    before = {line.need: line.provider for line in found.lines}
    weights = {need.id: need.weight for need in situation.needs}
    everything = [{need: row.id for need, row in served.items()} for served in plans(situation, list(situation.needs))]
    for need_id in found.unserved:
        costs = [
            (
                sum(weights[need] for need in before) - sum(weights[need] for need in served),
                len(before.keys() - served.keys()),
                sum(served[need] != before[need] for need in before.keys() & served.keys()),
            )
            for served in everything
            if need_id in served
        ]
        told = Insistence(found).tell(need_id)
        if told is not None and told.provider in wanting_homes(situation):
            assert told.order <= min(costs)
            continue
        assert (None if told is None else told.order) == min(costs, default=None)
        assert told is None or told.least


@given(SEEDS)
@CHECK
def test_advice_brings_at_least_what_it_says(seed: int) -> None:
    situation = without_bonds(seed)
    found = plan(situation)
    told = advise(Beside(found))
    recruits = [advice for advice in told if advice.kind is AdviceKind.RECRUIT]
    for advice in told:
        assert advice.needs
        assert set(advice.needs) <= set(found.unserved)
        if advice.kind is not AdviceKind.RECRUIT:
            again = plan(changed(situation, advice.changes))
            assert again.levels.served >= found.levels.served + advice.weight
    if recruits:
        everybody = changed(situation, [change for advice in recruits for change in advice.changes])
        more = sum(advice.weight for advice in recruits)
        assert plan(everybody).levels.served >= found.levels.served + more
        one = changed(situation, recruits[0].changes)
        assert plan(one).levels.served >= found.levels.served + recruits[0].weight


def test_advice_tried_out_serves_as_many_as_it_says() -> None:
    for seed in range(1, 3):
        found = plan(sub_district(120, 24, supply=0.6, seed=seed), effort=Effort.QUICK)
        for advice in advise(Beside(found)):
            told = what_if(found, advice.changes, lines=advice.lines).difference
            assert len(told.gained) - len(told.lost) >= len(advice.needs)
            assert told.weight >= advice.weight


@given(SEEDS)
@settings(max_examples=10, deadline=None)
def test_one_who_stops_leaves_no_line_and_one_more_loses_none(seed: int) -> None:
    situation = without_bonds(seed)
    found = plan(situation)
    assume(found.lines)
    gone = found.lines[0].provider
    outcome = what_if(found, [Change(kind=ChangeKind.STOP, provider=gone)], effort=Effort.THOROUGH)
    assert all(line.provider != gone for line in outcome.plan.lines)
    told = outcome.difference
    assert told.served_before == found.levels.served
    assert told.served_after == outcome.plan.levels.served <= told.served_before
    assert told.lines_after - told.lines_before == len(told.gained) - len(told.lost)
    more = what_if(found, [recruit(situation, category=1, place=Place())], effort=Effort.THOROUGH)
    assert more.difference.weight >= 0
    assert found.table.situation == situation


def test_insisting_says_where_it_is_not_known_that_nothing_costs_less() -> None:
    found = plan(sub_district(400, 80, seed=2), effort=Effort.QUICK)
    assert found.table.problem.arcs > WHOLE_ARCS
    told = [cost for need in found.unserved[:6] if (cost := Insistence(found).tell(need)) is not None]
    assert told
    assert not any(cost.least for cost in told)


# -- cases


def test_the_causes_read_as_a_person_would_say_them() -> None:
    certificate = (CertificateRow(kind="空调清洗", expires=TODAY.replace(year=2025)),)
    aircon = a_need(category=2)
    found = explained(
        situation_of(
            (aircon,), a_provider(10, skills=((2, 2),)), a_provider(12, skills=((2, 2),), certificates=certificate)
        )
    )
    assert (found.kind, found.text) == (CauseKind.RULES, "会清洗空调的 2 位都没有有效的“空调清洗”证书")
    assert found.rules in {(Rule.NO_CERTIFICATE,), (Rule.CERTIFICATE_EXPIRED,)}
    assert [near.name for near in found.nearest] == ["志愿者10"]
    assert [cure.text for cure in found.cures][:2] == [
        "给志愿者10登记有效的“空调清洗”证书",
        "给志愿者12登记有效的“空调清洗”证书",
    ]
    later = a_need(category=2, day=TODAY + timedelta(days=40))
    ending = CertificateRow(kind="空调清洗", expires=TODAY + timedelta(days=9))
    lasts_not = a_provider(10, skills=((2, 2),), certificates=(ending,))
    found = explained(situation_of((later,), lasts_not, a_provider(12, skills=((2, 2),), certificates=certificate)))
    assert (
        found.text == "会清洗空调的 2 位都没有管到 4月27日的“空调清洗”证书（志愿者10的 3月27日到期，之后的上门要换证）"
    )
    found = explained(situation_of((later,), lasts_not))
    assert found.text == "会清洗空调的 1 位没有管到 4月27日的“空调清洗”证书（志愿者10的 3月27日到期，之后的上门要换证）"
    nobody = explained(situation_of((aircon,), a_provider()))
    assert (nobody.kind, nobody.text) == (CauseKind.NOBODY_ABLE, "名单里没有人会清洗空调")
    assert nobody.cures[0].text == "招一位会清洗空调、有“空调清洗”证书的"


def test_certificates_of_another_name_are_not_passed_over() -> None:
    """The office may write 家电清洗资质 where the service wants 空调清洗; "no certificate" would hide it."""
    other = (CertificateRow(kind="家电清洗资质", expires=TODAY.replace(year=2028)),)
    aircon = a_need(category=2)
    holder = a_provider(12, skills=((2, 2),), certificates=other)
    found = explained(situation_of((aircon,), a_provider(10, skills=((2, 2),)), holder))
    lacks = "会清洗空调的 2 位都没有“空调清洗”证书"
    assert found.text == f"{lacks}。1 位有“家电清洗资质”，要是也算，在设置的服务项目里改成要这一种"
    away = a_provider(11, skills=((2, 2),), paused=True, certificates=(CertificateRow(kind="空调清洗"),))
    mixed = explained(situation_of((aircon,), away, holder))
    assert mixed.text.startswith("会清洗空调的 2 位：")
    assert mixed.text.endswith("。1 位有“家电清洗资质”，要是也算，在设置的服务项目里改成要这一种")


def test_hours_that_are_short_are_told_with_the_group_and_the_time_that_lacks() -> None:
    needs = tuple(a_need(number, weight=2, minutes=60) for number in (1, 2, 3))
    found = explained(situation_of(needs, a_provider(10, minutes=130, visits=8)), plan_unserved(needs))
    assert found.kind is CauseKind.SHORTAGE
    assert found.text == "志愿者10本月还能给 2 小时，只有这一位能去的 3 条一共要 3 小时"
    assert found.cures[0].text == "请志愿者10本月多做 1 小时"


def plan_unserved(needs: tuple[NeedRow, ...]) -> int:
    """The need that the plan of the test above leaves out."""
    (left,) = plan(situation_of(needs, a_provider(10, minutes=130, visits=8))).unserved
    return left


def test_a_need_gives_way_to_heavier_ones_and_insisting_says_whom_it_costs() -> None:
    light = a_need(1, weight=1, minutes=60)
    heavy = a_need(2, weight=8, minutes=60)
    other = a_need(3, weight=4, minutes=60, category=3)
    situation = situation_of(
        (light, heavy, other), a_provider(10, minutes=90), a_provider(12, minutes=90, skills=((1, 2), (3, 2)))
    )
    found = plan(situation)
    assert found.unserved == (1,)
    told = Explainer(found).explain(1)
    assert told.kind is CauseKind.DISPLACED
    assert set(told.instead) == {2, 3}
    assert "同样急或更急的 2 条（老人2、老人3）" in told.text
    cost = Insistence(found).tell(1)
    assert cost is not None
    assert (cost.provider, cost.lost, cost.lost_weight, cost.gained_weight) == (12, (3,), 4, 1)


def test_less_urgent_ones_that_take_less_time_are_not_called_more_urgent() -> None:
    mine, heavy = a_need(1, weight=4), a_need(2, weight=8)
    short = (a_need(3, weight=4, minutes=30, category=3), a_need(4, weight=2, minutes=30, category=3))
    situation = situation_of(
        (mine, heavy, *short), a_provider(10, minutes=105), a_provider(12, minutes=75, skills=((1, 2), (3, 2)))
    )
    told = explained(situation)
    assert (told.kind, set(told.instead)) == (CauseKind.DISPLACED, {2, 3, 4})
    assert told.text.endswith("的时间都排给了同样急、更急或用时更短的 3 条（老人2、老人3、老人4）")


def test_one_who_may_begin_no_more_lasting_pairs_is_not_said_to_have_no_time() -> None:
    asked = tuple(a_need(number, lasting=True) for number in (1, 2))
    situation = replace(situation_of(asked, a_provider()), rules=Rules(lasting_elders=1))
    (left,) = plan(situation).unserved
    told = explained(situation, left)
    assert (told.kind, told.text) == (CauseKind.TAKEN, "能去的 1 位（志愿者10）：结对的老人到上限了")
    assert told.cures[0].text == "先不结对，一次一次请志愿者10"


def test_those_who_come_for_several_homes_only_are_told() -> None:
    trip = a_provider(10, enterprise=True, homes_at_once=3)
    found = explained(situation_of((a_need(1), a_need(2)), trip))
    assert found.kind is CauseKind.TRIP
    assert "要再凑满 3 户才来" in found.text
    assert [cure.changes[0].kind for cure in found.cures] == [ChangeKind.RECRUIT]


def test_how_many_homes_an_enterprise_goes_to_is_nobodys_to_change() -> None:
    asked = tuple(a_need(number, half_days=1) for number in (1, 2))
    for row, kinds in (
        (a_provider(), [ChangeKind.MORE_HOMES, ChangeKind.RECRUIT]),
        (a_provider(enterprise=True), [ChangeKind.RECRUIT]),
    ):
        rules = Rules(volunteer_homes=1, enterprise_homes=1, weeks=1)
        situation = replace(situation_of(asked, row), rules=rules)
        (left,) = plan(situation).unserved
        assert [cure.changes[0].kind for cure in explained(situation, left).cures if len(cure.changes) == 1] == kinds


def test_a_half_day_that_suits_and_is_full_wants_two_changes() -> None:
    wednesday = a_need(1, half_days=1 << 5)
    booked = a_provider(10, half_days=1 << 2, booked_half_days=(0, 0, 8))
    found = explained(situation_of((wednesday,), booked))
    assert found.rules == (Rule.NO_COMMON_HALF_DAY,)
    assert found.cures[0].text == "问老人改到周二上午、请志愿者10去行不行，请志愿者10半天多去 1 家"


def test_needs_of_pairs_come_first_to_one_who_can_again_and_cures_and_advice_know_it() -> None:
    own, other = a_need(1, weight=1), a_need(2, weight=2)
    bond = BondRow(elder=1, provider=10)
    away = replace(situation_of((own, other), a_provider(paused=True, minutes=60)), bonds=(bond,))
    assert [cure.text for cure in explained(away, 1).cures[:1]] == ["请志愿者10恢复服务"]
    assert [cure.text for cure in explained(away, 2).cures[:1]] == ["请志愿者10恢复服务，请志愿者10本月多做 1 小时"]
    (resumed,) = [advice for advice in advise(Beside(plan(away))) if advice.kind is AdviceKind.RESUME]
    assert resumed.needs == (1,)
    # Somebody else's until then: it comes back to the pair, and asks for time beside the line that stands.
    near, far = Place(longitude=121.3, latitude=31.1), Place(longitude=121.31, latitude=31.1)
    mine, theirs, waiting = a_need(1, place=near), a_need(2, place=far), a_need(3, place=far, category=3)
    paired = a_provider(10, place=near, max_metres=500, minutes=60, skills=((1, 2), (3, 2)))
    helper = a_provider(11, place=far, max_metres=500, minutes=60)
    apart = replace(situation_of((mine, theirs, waiting), paired, helper), bonds=(BondRow(elder=2, provider=10),))
    assert plan(apart).pairs() == ((1, 10), (2, 11))
    assert explained(apart, 3).cures[0].text == "请志愿者10走远一点，到 1.0 公里，请志愿者10本月多做 2 小时"
    # There would be time for a short one; but the pair would come first, and the line find no room any more.
    short = replace(waiting, minutes=30)
    tight = replace(apart, needs=(mine, theirs, short), providers=(replace(paired, minutes=105), helper))
    assert plan(tight).pairs() == ((1, 10), (2, 11))
    assert 10 not in {cure.provider for cure in explained(tight, 3).cures}
    # Nor does a line that would come to the pair count as a home while it is somebody else's.
    firm = replace(paired, enterprise=True, homes_at_once=2, minutes=None)
    several = replace(apart, needs=(theirs, waiting), providers=(firm, helper))
    assert plan(several).pairs() == ((2, 11),)
    assert 10 not in {cure.provider for cure in explained(several, 3).cures}
    # And whom the need of the pair would leave may come for no less than two homes.
    trip = replace(helper, enterprise=True, homes_at_once=2, minutes=None)
    more = a_need(4, place=far)
    leaving = replace(apart, needs=(theirs, waiting, more), providers=(replace(paired, minutes=None), trip))
    assert plan(leaving).pairs() == ((2, 11), (4, 11))
    assert 10 not in {cure.provider for cure in explained(leaving, 3).cures}


def test_no_way_lets_another_pair_come_before_the_lines_that_are() -> None:
    theirs, asking = a_need(1, category=3), a_need(2, wants_sex="female")
    paired = a_provider(11, sex="male", skills=((1, 2), (3, 2)), minutes=90)
    situation = replace(
        situation_of((theirs, asking), paired, a_provider(12, sex="male")), bonds=(BondRow(elder=2, provider=11),)
    )
    assert plan(situation).pairs() == ((1, 11),)
    # Were it all the same to the elder, the need would go to their pair, who has no time for it beside the line.
    told = explained(situation, 2)
    assert {cure.provider for cure in told.cures} == {11, -1}
    assert [change.kind for cure in told.cures if cure.provider == 11 for change in cure.changes] == [
        ChangeKind.ANY_SEX,
        ChangeKind.MORE_MINUTES,
    ]
    freed = changed(situation, [Change(kind=ChangeKind.ANY_SEX, need=2)])
    assert plan(freed).unserved == (1,)


def test_a_lapsed_certificate_takes_its_lines_away() -> None:
    row = a_provider(10, skills=((2, 2),), certificates=(CertificateRow(kind="空调清洗"),))
    found = plan(situation_of((a_need(1, category=2),), row))
    lapse = said(Change(kind=ChangeKind.LAPSE, provider=10, certificate="空调清洗"), name="志愿者10")
    assert lapse.text == "志愿者10的“空调清洗”证书到期"
    told = what_if(found, [lapse]).difference
    assert (told.lost, told.gained, told.weight) == ((1,), (), -2)


def test_another_month_is_set_beside_the_plan() -> None:
    full = a_provider(10, minutes=60, visits=4, booked_visits=1, booked_minutes=60)
    found = plan(situation_of((a_need(1),), full))
    assert found.unserved == (1,)
    free = replace(found.table.situation, providers=(replace(full, booked_visits=0, booked_minutes=0),))
    assert planned_beside(found, free).difference.gained == (1,)


def test_a_difference_names_who_moves() -> None:
    near, far = a_provider(10), a_provider(12)
    first = plan(situation_of((a_need(1),), near))
    second = plan(situation_of((a_need(1),), far))
    told = difference(first, second)
    assert [(moved.need, moved.before, moved.after) for moved in told.moved] == [(1, 10, 12)]


def test_recruits_are_advised_where_they_serve_most_and_add_up() -> None:
    situation = sub_district(120, 20, supply=0.5, seed=3)
    found = plan(situation, effort=Effort.QUICK)
    told = [advice for advice in advise(Beside(found)) if advice.kind is AdviceKind.RECRUIT]
    assert len(told) > 2
    assert [advice.provider for advice in told] == [-number for number in range(1, len(told) + 1)]
    served = [need for advice in told for need in advice.needs]
    assert len(served) == len(set(served))
    assert told[0].weight >= told[1].weight
    assert all(advice.minutes == 480 and advice.place.compound for advice in told)


def test_a_recruit_is_asked_for_with_all_that_those_demand_who_count_on_them() -> None:
    asked = (
        a_need(1, wants_sex="female", category=2),
        a_need(2, refuses_sex="male", wants_dialect=True, category=2),
        a_need(3, wants_sex="male", category=2),
    )
    found = plan(situation_of(asked))
    texts = [Explainer(found).explain(need.id).cures[0].text for need in asked]
    assert texts == [
        "招一位会清洗空调、有“空调清洗”证书的女志愿者",
        "招一位会清洗空调、会说上海话、有“空调清洗”证书的女志愿者",
        "招一位会清洗空调、有“空调清洗”证书的男志愿者",
    ]
    first, second = advise(Beside(found))
    assert (first.needs, first.changes[0].text) == ((1, 2), texts[1])
    assert (second.needs, second.changes[0].text) == ((3,), texts[2])
    # Of whom nothing is said those do not count who would have one sex alone.
    more = what_if(found, [recruit(found.table.situation, category=2, place=Place())])
    assert more.difference.gained == ()


def test_where_lasting_pairs_come_first_the_causes_say_so_and_deny_nobody_who_could_go() -> None:
    paired, helper = a_provider(10, visits=1), a_provider(11, visits=1)
    mine, theirs, other = a_need(1), a_need(2), a_need(3)
    bond = BondRow(elder=1, provider=10)
    held = explained(replace(situation_of((mine, theirs), paired), bonds=(bond,)), need=2)
    assert (held.kind, held.text) == (CauseKind.HELD, "能去的 1 位（志愿者10）先排了固定结对的，本月再排不进")
    assert held.has_candidates
    chosen = replace(situation_of((mine, theirs), paired), fixed=(FixedRow(need=1, provider=10, source=Source.CHOSEN),))
    assert explained(chosen, need=2).text == "能去的 1 位（志愿者10）先排了手选的，本月再排不进"
    # Two could go to each of these, one of whom has time for neither.
    short = replace(situation_of((mine, theirs, other), paired, helper), bonds=(bond,))
    told = explained(short, need=plan(short).unserved[0])
    assert told.kind is CauseKind.SHORTAGE
    assert told.text == "排好固定结对的以后，志愿者11本月还能给 1 次，只有这一位能去的 2 条一共要 2 次"
    # Where the pair takes nothing from those who matter nothing is said of it.
    apart = replace(short, bonds=(BondRow(elder=1, provider=12),), providers=(helper, a_provider(12, skills=())))
    assert "固定结对" not in explained(apart, need=plan(apart).unserved[0]).text


def test_what_insisting_costs_a_lasting_pair_is_told() -> None:
    paired, helper = a_provider(10, visits=1), a_provider(11, visits=1)
    needs = a_need(1), a_need(2), a_need(3)
    found = plan(replace(situation_of(needs, paired, helper), bonds=(BondRow(elder=1, provider=10),)))
    served, waits = (2, 3) if found.provider_of(2) else (3, 2)
    # The pair's time for another, the pair's need for another: neither is a line of the plan's own.
    for need, provider, lost, moved in ((waits, 10, (1,), ()), (1, 11, (), (Moved(need=served, before=11, after=10),))):
        assert Insistence(found).tell(need, provider) is None
        loose = let_loose(found, need, provider)
        assert loose is not None
        assert {(line.need, line.provider) for line in loose.lines} == {
            (line.need, line.provider) for line in found.lines
        }
        told = Insistence(loose).tell(need, provider)
        assert told is not None
        assert (told.lost, told.moved) == (lost, moved)
    assert let_loose(found, served, 11) is None
    # The bond stays one of those that the volunteer may have, and their other elders still come before all else.
    rules, weekly = Rules(lasting_elders=1), tuple(a_need(number, lasting=True) for number in (1, 2))
    full = replace(situation_of(weekly, paired), bonds=(BondRow(elder=1, provider=10),), rules=rules)
    assert Insistence(let_loose(plan(full), 2, 10) or plan(full)).tell(2, 10) is None
    both = tuple(BondRow(elder=elder, provider=10) for elder in (1, 2))
    assert let_loose(plan(replace(situation_of(needs, paired), bonds=both)), 3, 10) is None


def test_of_two_pairs_the_one_stays_that_finds_room_beside_what_is_insisted_upon() -> None:
    paired, helper = a_provider(10, visits=2), a_provider(11, visits=1)
    situation = replace(
        situation_of((a_need(1), a_need(2), a_need(3)), paired, helper),
        bonds=(BondRow(elder=1, provider=10), BondRow(elder=2, provider=10)),
        refusals=(RefusalRow(elder=2, provider=11), RefusalRow(elder=3, provider=11)),
    )
    found = plan(situation)
    loose = let_loose(found, 3, 10)
    assert loose is not None
    told = Insistence(loose).tell(3, 10)
    assert told is not None
    assert (told.lost, told.moved) == ((2,), ())
    done = plan(replace(situation, fixed=(FixedRow(need=3, provider=10, source=Source.CHOSEN),)))
    assert {(line.need, line.provider) for line in done.lines} == {(1, 10), (3, 10)}


def test_what_a_pair_gives_way_for_counts_who_can_be_served_beside_it_where_others_move() -> None:
    paired, helper = a_provider(10, visits=2), a_provider(11, visits=1)
    situation = replace(
        situation_of((a_need(1, visits=2), a_need(2), a_need(3), a_need(4)), paired, helper),
        bonds=(BondRow(elder=1, provider=10),),
        refusals=(RefusalRow(elder=2, provider=11), RefusalRow(elder=3, provider=10)),
        last=((4, 11),),
    )
    found = plan(situation, effort=Effort.GENTLE)
    assert {(line.need, line.provider) for line in found.lines} == {(1, 10), (4, 11)}
    loose = let_loose(found, 2, 10)
    assert loose is not None
    told = Insistence(loose, is_loose=True).tell(2, 10)
    assert told is not None
    # Of the pair's two visits one is left over: the fourth takes it, and the third has its place.
    assert (told.lost, told.gained, told.moved) == ((1,), (3,), (Moved(need=4, before=11, after=10),))
    chosen = replace(situation, fixed=(FixedRow(need=2, provider=10, source=Source.CHOSEN),))
    done = plan(replace(chosen, last=tuple(told.carried_out(dict(found.pairs())).items())), effort=Effort.GENTLE)
    assert {(line.need, line.provider) for line in done.lines} == {(2, 10), (3, 11), (4, 10)}


def test_where_a_pair_takes_another_line_with_the_room_it_wins_the_plan_that_follows_is_foretold() -> None:
    paired, helper = a_provider(10, visits=4), a_provider(11, visits=2)
    longer, shorter = a_need(1, visits=4), replace(a_need(2, visits=2), elder=1)
    situation = replace(
        situation_of((longer, shorter, a_need(3, visits=1, weight=1)), paired, helper),
        bonds=(BondRow(elder=1, provider=10),),
    )
    found = plan(situation)
    assert {(line.need, line.provider) for line in found.lines} == {(1, 10), (2, 11)}
    assert let_loose(found, 3, 10) is None
    told = insisted_upon(found, 3, 10)
    assert told is not None
    assert (told.lost, told.gained, told.moved) == ((1,), (), (Moved(need=2, before=11, after=10),))
    assert (told.lost_weight, told.gained_weight) == (2, 1)
    # No pair has to do with it.
    apart = replace(situation, bonds=())
    assert insisted_upon(plan(apart), 3, 10) is None


def test_durations_are_said_in_hours() -> None:
    assert [duration(minutes) for minutes in (45, 60, 90, 285)] == ["45 分钟", "1 小时", "1.5 小时", "4.75 小时"]


def test_explaining_leaves_the_plan_as_it_is() -> None:
    found: Plan = plan(sub_district(80, 15, supply=0.5, seed=2), effort=Effort.QUICK)
    choice, room = found.choice.copy(), found.table.room.units.copy()
    explainer = Explainer(found)
    for need in found.unserved:
        explainer.explain(need)
    assert np.array_equal(found.choice, choice)
    assert np.array_equal(found.table.room.units, room)
