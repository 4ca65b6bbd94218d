"""The matching on real files: what it reads, whom it ranks, what it plans, and what confirming writes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jiuliting_desk.actions import confirming, matching, pairings
from jiuliting_desk.actions.confirming import Confirmation
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.matching import Steering
from jiuliting_desk.actions.matching_causes import causes_of
from jiuliting_desk.actions.matching_lists import bond_lines, claim_lines, resting_lines
from jiuliting_desk.actions.matching_settings import rules_of, weights_of
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.matching.explain import CauseKind
from jiuliting_desk.matching.plan import Effort, Plan
from jiuliting_desk.matching.rows import FixedRow, Source
from jiuliting_desk.matching.terms import Rule
from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Sex
from jiuliting_desk.model.errors import AlreadyClaimed, NotThere, ReasonWanted
from jiuliting_desk.model.needs import Need, NeedState, Rhythm, Urgency
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, ProviderState, Refusal
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.matching_rows import Scope
from tests.actions.people import AIRCON, CHAT, CLEAN, HAIRCUT, TODAY, elder, enterprise, need, volunteer
from tests.actions.ranking import candidates_for


def rules_against(store: Store, need_id: int, provider_id: int) -> tuple[Rule, ...]:
    """The rules that keep a provider from a need."""
    found = candidates_for(store, need_id=need_id, today=TODAY).exclusion(provider_id)
    return () if found is None else found.rules


def test_the_near_and_known_come_first_with_their_reasons(store: Store) -> None:
    with store.operation("set up"):
        here = store.add(Compound(name="亭北新村", longitude=121.30, latitude=31.10))
        there = store.add(Compound(name="云杉苑", longitude=121.32, latitude=31.10))
    who = elder(store, compound_id=here.id, building="12", sex=Sex.FEMALE)
    far = volunteer(store, "汤立新", compound_id=there.id)
    near = volunteer(store, "顾海宁", compound_id=here.id, visits_per_month=6)
    unable = volunteer(store, "丁兰", skills=(CLEAN,))
    wanted = need(store, who.id, half_days=(5,))
    ranking = candidates_for(store, need_id=wanted.id, today=TODAY)
    assert [candidate.provider for candidate in ranking.candidates] == [near.id, far.id]
    assert "同小区" in [reason.text for reason in ranking.candidates[0].reasons]
    assert (ranking.candidates[0].booked_visits, ranking.candidates[0].most_visits) == (0, 6)
    assert [(found.provider, found.rules) for found in ranking.excluded()] == [(unable.id, (Rule.NO_SKILL,))]
    inputs = matching.read_inputs(store, today=TODAY)
    assert inputs.metres(wanted.id, near.id) == 0
    assert 1800 < (inputs.metres(wanted.id, far.id) or 0) < 2000
    with pytest.raises(NotThere):
        candidates_for(store, need_id=wanted.id + 1, today=TODAY)


def test_of_too_many_needs_the_most_urgent_are_looked_at_before_the_longest_waiting(store: Store) -> None:
    since = {Urgency.NORMAL: 90, Urgency.HIGH: 80, Urgency.URGENT: 1}
    for urgency, days in since.items():
        row = need(store, elder(store, urgency.value).id, urgency=urgency)
        with store.operation("earlier"):
            store.update(replace(row, since=TODAY - timedelta(days=days)))
    for most, shown in ((1, ["urgent"]), (2, ["normal", "urgent"]), (3, ["normal", "high", "urgent"])):
        inputs = matching.read_inputs(store, today=TODAY, scope=Scope(most=most))
        assert [found.elder for found in inputs.needs.values()] == shown


def test_every_barrier_of_the_model_is_a_rule_of_the_engine(store: Store) -> None:
    who = elder(store, refuses_sex=Sex.MALE)
    firm = enterprise(store, visits_per_month=None)
    wanted = need(store, who.id, AIRCON)
    member = volunteer(store, "宋立", skills=(AIRCON,), enterprise_id=firm.id, sex=Sex.FEMALE)
    man = volunteer(store, "王军", skills=(AIRCON,), sex=Sex.MALE)
    resting = volunteer(store, "周平", skills=(AIRCON,), state=ProviderState.PAUSED)
    with store.operation("set up"):
        store.add(Certificate(provider_id=firm.id, kind="空调清洗", expires_on=TODAY + timedelta(days=2)))
        store.add(Refusal(elder_id=who.id, provider_id=man.id, said_on=TODAY))
    # The firm's certificate lapses within the month of the visit.
    assert rules_against(store, wanted.id, member.id) == (Rule.CERTIFICATE_EXPIRED,)
    with store.operation("renew"):
        store.add(Certificate(provider_id=firm.id, kind="空调清洗", expires_on=date(2027, 1, 1)))
    assert rules_against(store, wanted.id, member.id) == ()
    assert rules_against(store, wanted.id, firm.id) == ()
    assert set(rules_against(store, wanted.id, man.id)) == {
        Rule.NO_CERTIFICATE,
        Rule.REFUSED_BY_ELDER,
        Rule.WRONG_SEX,
    }
    assert set(rules_against(store, wanted.id, resting.id)) == {Rule.PAUSED, Rule.NO_CERTIFICATE}
    with store.operation("refuse"):
        store.add(Refusal(elder_id=who.id, provider_id=firm.id, said_on=TODAY))
    assert rules_against(store, wanted.id, member.id) == (Rule.REFUSED_BY_ELDER,)
    assert {rule.value for rule in Rule} >= {barrier.value for barrier in Barrier}


def test_engine_and_confirming_agree_on_pauses_places_and_languages(store: Store) -> None:
    with store.operation("set up"):
        committee = store.add(ResidentsCommittee(name="亭北居民区"))
        here = store.add(Compound(name="亭北新村", committee_id=committee.id))
    who = elder(store, compound_id=here.id, language="只会说上海话")
    wanted = need(store, who.id, wants_dialect=True)
    fluent = volunteer(store, "宋立", languages=("普通话、上海话",), area_committee_ids=(committee.id,))
    away = volunteer(store, "周平", languages=("沪语",), state=ProviderState.PAUSED)
    back = volunteer(store, "王军", languages=("沪语",), state=ProviderState.PAUSED, resume_on=date(2026, 4, 1))
    later = volunteer(store, "马文", languages=("沪语",), state=ProviderState.PAUSED, resume_on=date(2026, 4, 2))
    mandarin = volunteer(store, "丁兰", languages=("普通话，不会说上海话",))
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    for month, able in ((march, [fluent.id]), (april, [fluent.id, back.id])):
        inputs = matching.read_inputs(store, today=TODAY, month=month)
        ranking = matching.rank_need(inputs, wanted.id)
        assert [found.provider for found in ranking.candidates] == able
        assert all("会说上海话" in [reason.text for reason in found.reasons] for found in ranking.candidates)
        for helper in (fluent, away, back, later, mandarin):
            found = pairings.need_barriers(store, need_id=wanted.id, provider_id=helper.id, today=TODAY, month=month)
            excluded = ranking.exclusion(helper.id)
            assert [rule.value for rule in found] == ([rule.value for rule in excluded.rules] if excluded else [])
            lines = [Confirmation(need_id=wanted.id, provider_id=helper.id)]
            assert bool(confirming.overtaken(store, lines=lines, today=TODAY, month=month)) == bool(excluded)


def test_a_language_that_is_not_the_dialect_makes_no_wish_for_it(store: Store) -> None:
    helper = volunteer(store, languages=("上海话",))
    for words, wished in (("普通话", False), ("上海话", True)):
        wanted = need(store, elder(store, language=words).id)
        (found,) = candidates_for(store, need_id=wanted.id, today=TODAY).candidates
        assert found.provider == helper.id
        assert ("会说上海话" in [reason.text for reason in found.reasons]) == wished


def test_late_in_a_month_a_certificate_must_hold_as_long_as_a_claim_of_today_does(store: Store) -> None:
    wanted, helper = need(store, elder(store).id, AIRCON), volunteer(store, skills=(AIRCON,))
    with store.operation("add_certificate"):
        store.add(Certificate(provider_id=helper.id, kind="空调清洗", expires_on=date(2026, 4, 2)))
    for today, able in ((TODAY, 1), (date(2026, 3, 20), 0)):
        found = candidates_for(store, need_id=wanted.id, today=today)
        assert len(found.candidates) == able
    assert found.excluded()[0].texts == ("“空调清洗”证书 4月2日到期，之后的上门要换证",)


def test_of_a_certificate_that_begins_later_is_told_when(store: Store) -> None:
    wanted, helper = need(store, elder(store).id, AIRCON), volunteer(store, skills=(AIRCON,))
    with store.operation("add_certificate"):
        store.add(Certificate(provider_id=helper.id, kind="空调清洗", issued_on=date(2026, 4, 10)))
    (found,) = candidates_for(store, need_id=wanted.id, today=TODAY).excluded()
    assert (found.rules, found.texts) == ((Rule.CERTIFICATE_EXPIRED,), ("“空调清洗”证书从 2026-04-10 起才有效",))


def test_the_month_counts_what_is_claimed_and_what_was_done_besides(store: Store) -> None:
    who, other = elder(store), elder(store, "马根宝")
    busy = volunteer(store, visits_per_month=2)
    wanted, taken = need(store, who.id), need(store, other.id)
    visit = Visit(
        elder_id=other.id,
        services=(ServiceLine(category_id=CHAT, minutes=60),),
        provider_ids=(busy.id,),
        day=TODAY - timedelta(days=3),
        starts=540,
        minutes=60,
        state=VisitState.DONE,
        on_site_minutes=50,
    )
    with store.operation("set up"):
        pairings.claim_need(store, need_id=taken.id, provider_id=busy.id, today=TODAY)
    assert rules_against(store, wanted.id, busy.id) == ()
    with store.operation("visit"):
        done = store.add(visit)
    assert rules_against(store, wanted.id, busy.id) == (Rule.FULL,)
    with store.operation("last month"):
        store.update(replace(done, day=TODAY - timedelta(days=30)))
    assert rules_against(store, wanted.id, busy.id) == ()
    with store.operation("for the need"):
        line = ServiceLine(category_id=HAIRCUT, need_id=taken.id, minutes=30)
        store.update(replace(done, services=(line,), state=VisitState.PLANNED, day=TODAY + timedelta(days=1)))
    # A visit for a need that is claimed is not counted twice.
    inputs = matching.read_inputs(store, today=TODAY)
    (row,) = inputs.situation.providers
    assert (row.booked_visits, row.booked_minutes, row.booked_elders) == (1, 30, frozenset({other.id}))
    assert (sum(row.booked_half_days), row.booked_half_days[6]) == (1, 1)


@pytest.mark.parametrize("minutes", [20, 47])
def test_hours_are_exact_whatever_a_visit_takes(store: Store, minutes: int) -> None:
    with store.operation("set up"):
        store.update(replace(store.get(ServiceCategory, HAIRCUT), minutes=minutes))
    cutter = volunteer(store, minutes_per_month=6 * minutes + 3, visits_per_month=None)
    wanted = [need(store, elder(store, f"老人{number}").id) for number in range(7)]
    plan = matching.propose_plan(matching.read_inputs(store, today=TODAY))
    assert (len(plan.lines), plan.levels.served, plan.bound.served) == (6, 12, 12)
    with store.operation("later"):
        for line in plan.lines[:5]:
            pairings.claim_need(store, need_id=line.need, provider_id=cutter.id, today=TODAY)
        store.update(replace(store.get(ServiceCategory, HAIRCUT), minutes=minutes + 4))
    left = [found.id for found in wanted if store.get(Need, found.id).state is NeedState.OPEN]
    exclusion = candidates_for(store, need_id=left[0], today=TODAY).exclusion(cutter.id)
    booked = 5 * (minutes + 4)
    assert exclusion is not None
    assert exclusion.texts == (f"本月已排 {booked} 分钟，上限 {6 * minutes + 3} 分钟，这里要 {minutes + 4} 分钟",)


def test_a_plan_keeps_pairs_and_hand_chosen_lines_and_says_why_nobody_goes(store: Store) -> None:
    first, second = elder(store), elder(store, "马根宝")
    paired, other = volunteer(store), volunteer(store, "汤立新")
    haircut, chat, aircon = need(store, first.id), need(store, second.id, CHAT), need(store, second.id, AIRCON)
    with store.operation("set up"):
        pairings.pair(store, elder_id=first.id, provider_id=paired.id, category_id=HAIRCUT, today=TODAY)
    inputs = matching.read_inputs(store, today=TODAY)
    chosen = (FixedRow(need=chat.id, provider=other.id, source=Source.CHOSEN),)
    found: list[Plan] = []
    plan = matching.propose_plan(inputs, steering=Steering(chosen=chosen), found=found.append)
    lines = {line.need: (line.provider, line.source) for line in plan.lines}
    assert all(better.levels <= plan.levels for better in found)
    assert lines == {haircut.id: (paired.id, Source.PAIRING), chat.id: (other.id, Source.CHOSEN)}
    (cause,) = causes_of(inputs, plan).known()
    assert (cause.need, cause.kind, cause.text) == (aircon.id, CauseKind.NOBODY_ABLE, "名单里没有人会清洗空调")


def test_a_line_that_goes_back_to_its_lasting_pair_is_no_other_s_room(store: Store) -> None:
    helper = volunteer(store, skills=(CHAT, CLEAN), visits_per_month=8, minutes_per_month=480)
    other = volunteer(store, "汤立新", skills=(CHAT,))
    homes = [elder(store, name) for name in ("方娟", "奚金", "柏毛")]
    talk, clean, wanted = (
        need(store, home.id, category, rhythm=Rhythm.WEEKLY)
        for home, category in zip(homes, (CHAT, CLEAN, CHAT), strict=True)
    )
    for home, category in zip(homes[:2], (CHAT, CLEAN), strict=True):
        with store.operation("pair"):
            pairings.pair(store, elder_id=home.id, provider_id=helper.id, category_id=category, today=TODAY)
    inputs = matching.read_inputs(store, today=TODAY)
    # While the helper was away another one had the first; it comes back before the second, which is too long for both.
    pairs = {talk.id: other.id}
    assert matching.may_join(inputs, pairs, need_id=wanted.id, provider_id=helper.id)
    assert not matching.may_join(inputs, {}, chosen=pairs, need_id=wanted.id, provider_id=helper.id)
    assert matching.propose_plan(inputs).provider_of(clean.id) is None


def test_causes_name_the_shared_rule_and_who_is_one_step_away(store: Store) -> None:
    who = elder(store)
    volunteer(store, "顾海宁", half_days=(0,))
    volunteer(store, "汤立新", half_days=(1,), area_committee_ids=())
    wanted = need(store, who.id, half_days=(9,))
    inputs = matching.read_inputs(store, today=TODAY)
    (cause,) = causes_of(inputs, matching.propose_plan(inputs)).known()
    assert (cause.kind, cause.rules, cause.need) == (CauseKind.RULES, (Rule.NO_COMMON_HALF_DAY,), wanted.id)
    assert cause.text == "会理发的 2 位要的时候都没有空"
    assert [cure.text for cure in cause.cures][:2] == [
        "问老人改到周一上午、请顾海宁去行不行",
        "问老人改到周一下午、请汤立新去行不行",
    ]
    assert [found.name for found in cause.nearest] == ["顾海宁", "汤立新"]


def test_more_needs_than_hours_leave_one_with_its_candidates_named(store: Store) -> None:
    volunteer(store, visits_per_month=1)
    needs = [need(store, elder(store, name).id) for name in ("高莲英", "马根宝")]
    inputs = matching.read_inputs(store, today=TODAY)
    plan = matching.propose_plan(inputs, effort=Effort.THOROUGH)
    causes = causes_of(inputs, plan)
    (cause,) = causes.known()
    assert cause.kind is CauseKind.SHORTAGE
    assert cause.text == "顾海宁本月还能给 1 次，只有这一位能去的 2 条一共要 2 次"
    assert cause.cures[0].text == "请顾海宁本月多去 1 次"
    (line,) = plan.lines
    cost = causes.cost(cause.need)
    assert cost is not None
    assert (cost.lost, cost.lost_weight, cost.gained_weight) == ((line.need,), 2, 2)
    assert {line.need for line in plan.lines} | {cause.need} == {found.id for found in needs}


def test_confirming_is_one_step_that_claims_and_pairs(store: Store) -> None:
    first, second = elder(store), elder(store, "马根宝")
    once, weekly = need(store, first.id), need(store, second.id, CHAT, rhythm=Rhythm.WEEKLY)
    who = volunteer(store, visits_per_month=9)
    lines = [
        Confirmation(need_id=once.id, provider_id=who.id),
        Confirmation(need_id=weekly.id, provider_id=who.id, lasting=True),
    ]
    assert confirming.overtaken(store, lines=lines, today=TODAY) == {}
    with store.operation("confirm_lines") as operation:
        confirming.confirm_lines(store, lines=lines, today=TODAY)
    assert operation.about == "顾海宁 → 高莲英　理发 等 2 条，新结对 1 对"
    assert {found.state for found in store.all(Need)} == {NeedState.CLAIMED}
    (bond,) = store.all(Pairing)
    assert (bond.elder_id, bond.category_id) == (second.id, CHAT)
    assert [line.days_left for line in claim_lines(store, today=TODAY)] == [14, 14]
    assert not bond_lines(store, today=TODAY)[0].is_due
    assert bond_lines(store, today=TODAY + timedelta(days=42))[0].is_due
    # Taken meanwhile: nothing more is written.
    assert confirming.overtaken(store, lines=lines, today=TODAY) == {once.id: (), weekly.id: ()}
    undo(store)
    assert {found.state for found in store.all(Need)} == {NeedState.OPEN}
    assert (store.all(Pairing), store.all(Claim)) == ([], [])


def test_confirming_against_a_rule_wants_a_reason_except_for_pairs_and_rules_switched_off(store: Store) -> None:
    who = elder(store)
    wanted = need(store, who.id, half_days=(0,))
    busy = volunteer(store, half_days=(9,))
    line = Confirmation(need_id=wanted.id, provider_id=busy.id)
    assert confirming.overtaken(store, lines=[line], today=TODAY) == {wanted.id: (Barrier.NO_COMMON_HALF_DAY,)}
    with pytest.raises(ReasonWanted), store.operation("confirm_lines"):
        confirming.confirm_lines(store, lines=[line], today=TODAY)
    assert store.all(Claim) == []
    with store.operation("change_settings"):
        change_settings(store, values={"rule_no_common_half_day": "0"}, today=TODAY)
    assert rules_against(store, wanted.id, busy.id) == ()
    with store.operation("confirm_lines"):
        (claim,) = confirming.confirm_lines(store, lines=[line], today=TODAY)
    assert claim.reason == pairings.RULE_IS_OFF
    undo(store)
    with store.operation("pair_and_claim"):
        _, claim = pairings.pair_and_claim(store, need_id=wanted.id, provider_id=busy.id, today=TODAY)
    assert claim.reason == pairings.RULE_IS_OFF
    undo(store)
    undo(store)
    with store.operation("pair"):
        pairings.pair(store, elder_id=who.id, provider_id=busy.id, category_id=HAIRCUT, today=TODAY)
    with store.operation("confirm_lines"):
        (claim,) = confirming.confirm_lines(store, lines=[replace(line, lasting=True)], today=TODAY)
    assert claim.reason == confirming.KEPT_AS_PAIRED
    assert len(store.all(Pairing)) == 1


def test_weights_and_rules_are_the_offices_own(store: Store) -> None:
    with store.operation("change_settings"):
        change_settings(store, values={"match_nearness": "0", "rule_too_far": "0", "lasting_elders": "7"}, today=TODAY)
    weights, rules = weights_of(store), rules_of(store)
    assert [row.points for row in weights.terms if row.term == "nearness"] == [0]
    assert not rules.mask & Rule.TOO_FAR.bit
    assert rules.mask & Rule.OUT_OF_AREA.bit
    assert rules.lasting_elders == 7


def test_changing_for_good_ends_the_bond_and_begins_another(store: Store) -> None:
    who = elder(store)
    wanted = need(store, who.id)
    old, new = volunteer(store), volunteer(store, "汤立新")
    with store.operation("pair"):
        bond = pairings.pair(store, elder_id=who.id, provider_id=old.id, category_id=HAIRCUT, today=TODAY)
    with store.operation("change_for_good"):
        confirming.change_for_good(
            store, need_id=wanted.id, provider_id=new.id, pairing_id=bond.id, end_reason="搬走了", today=TODAY
        )
    ended, begun = store.all(Pairing)
    assert (ended.end_reason, ended.is_active, begun.provider_id, begun.is_active) == ("搬走了", False, new.id, True)
    assert store.get(Need, wanted.id).claimed_by == new.id


def test_those_long_not_asked_come_longest_first(store: Store) -> None:
    volunteer(store, "新来的", joined_on=TODAY)
    volunteer(store, "问过的", asked_on=TODAY - timedelta(days=80))
    volunteer(store, "刚问的", asked_on=TODAY - timedelta(days=3))
    volunteer(store, "没问过", joined_on=TODAY - timedelta(days=300))
    assert [(line.name, line.days) for line in resting_lines(store, today=TODAY)] == [("没问过", None), ("问过的", 80)]


def test_the_load_grows_while_lines_are_confirmed(store: Store) -> None:
    who = volunteer(store, visits_per_month=1)
    lines = [
        Confirmation(need_id=need(store, elder(store, name).id).id, provider_id=who.id) for name in ("高莲英", "马根宝")
    ]
    assert confirming.overtaken(store, lines=lines, today=TODAY) == {lines[1].need_id: (Barrier.FULL,)}
    with pytest.raises(ReasonWanted), store.operation("confirm_lines"):
        confirming.confirm_lines(store, lines=lines, today=TODAY)
    with pytest.raises(AlreadyClaimed), store.operation("confirm_lines"):
        confirming.confirm_lines(store, lines=[lines[0], lines[0]], today=TODAY)
    assert store.all(Claim) == []


def test_confirming_many_writes_what_claiming_one_by_one_writes(store: Store) -> None:
    needs = [need(store, elder(store, name).id, rhythm=Rhythm.WEEKLY) for name in ("高莲英", "马根宝", "何佩")]
    who = volunteer(store, visits_per_month=20)
    with store.operation("one by one"):
        one_by_one = [
            pairings.pair_and_claim(store, need_id=found.id, provider_id=who.id, today=TODAY) for found in needs
        ]
    states = store.all(Need)
    undo(store)
    lines = [Confirmation(need_id=found.id, provider_id=who.id, lasting=True) for found in needs]
    with store.operation("confirm_lines"):
        confirming.confirm_lines(store, lines=lines, today=TODAY)
    assert store.all(Need) == states
    assert [replace(claim, id=0) for claim in store.all(Claim)] == [replace(claim, id=0) for _, claim in one_by_one]
    assert [replace(bond, id=0) for bond in store.all(Pairing)] == [replace(bond, id=0) for bond, _ in one_by_one]
