"""What if, advice and next month at the desk: true in their figures, and nothing is ever written."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from jiuliting_desk.actions import matching, matching_outlook, matching_report, pairings, providers
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.matching_causes import causes_of
from jiuliting_desk.actions.matching_lists import claim_lines, lapsing
from jiuliting_desk.actions.matching_outlook import Later
from jiuliting_desk.actions.matching_report import plan_report
from jiuliting_desk.actions.matching_settings import match_settings
from jiuliting_desk.matching.advice import AdviceKind
from jiuliting_desk.matching.changes import ChangeKind
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.needs import Rhythm, Urgency
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Certificate, Provider, ProviderState
from jiuliting_desk.model.visits import ServiceLine
from jiuliting_desk.store import Store
from jiuliting_desk.store.matching_rows import Scope, count_waiting
from tests.actions.people import AIRCON, CHAT, HAIRCUT, TODAY, elder, enterprise, need, volunteer
from tests.actions.visits import book


def planned(store: Store) -> tuple[Inputs, Plan]:
    """The inputs and the best plan for them."""
    inputs = matching.read_inputs(store, today=TODAY)
    return inputs, matching.propose_plan(inputs)


def a_street(store: Store) -> tuple[Provider, Provider]:
    """Three elders who want a haircut, an air conditioner, and one to clean it; and the barber and the cleaner."""
    with store.operation("set up"):
        home = store.add(Compound(name="亭北新村", longitude=121.3, latitude=31.1))
    for name in ("高莲英", "马根宝", "奚金"):
        need(store, elder(store, name, compound_id=home.id).id, HAIRCUT)
    need(store, elder(store, "方娟", compound_id=home.id).id, AIRCON)
    barber = volunteer(store, "顾海宁", skills=(HAIRCUT,), visits_per_month=1, compound_id=home.id)
    cleaner = volunteer(store, "葛林", skills=(AIRCON,), compound_id=home.id)
    with store.operation("certificate"):
        store.add(Certificate(provider_id=cleaner.id, kind="空调清洗", expires_on=date(2026, 12, 31)))
    return barber, cleaner


def dump(store: Store) -> list[list[object]]:
    """Every row of every table that holds rows of its own."""
    real = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    tables = [name for (name,) in store.rows(real)]
    return [[name, *store.rows(f'SELECT * FROM "{name}"')] for name in tables]


def test_nothing_of_all_this_writes_anything(store: Store) -> None:
    barber, cleaner = a_street(store)
    before, changes = dump(store), store.value("SELECT total_changes()")
    inputs, plan = planned(store)
    month = matching_outlook.next_month(store, inputs)
    for change in (
        matching_outlook.one_more(inputs, category_id=HAIRCUT, compound_id=1),
        matching_outlook.one_stops(inputs, barber.id),
        matching_outlook.certificate_lapses(inputs, cleaner.id, "空调清洗"),
    ):
        matching_outlook.try_out(plan, (change,))
    matching_outlook.planned_next_month(plan, month)
    matching_outlook.advice_for(plan)
    causes = causes_of(inputs, plan, claims=lapsing(store, claim_lines(store, today=TODAY)))
    for found in causes.known():
        causes.cost(found.need)
    plan_report(inputs, plan)
    assert dump(store) == before
    assert store.value("SELECT total_changes()") == changes


def test_one_more_one_less_and_a_lapsed_certificate_are_told(store: Store) -> None:
    barber, cleaner = a_street(store)
    inputs, plan = planned(store)
    assert len(plan.lines) == 2
    more = matching_outlook.one_more(inputs, category_id=HAIRCUT, compound_id=1)
    assert len(matching_outlook.try_out(plan, (more,)).difference.gained) == 2
    stops = matching_outlook.one_stops(inputs, barber.id)
    assert stops.text == "顾海宁不做了"
    assert len(matching_outlook.try_out(plan, (stops,)).difference.lost) == 1
    assert matching_outlook.certificates_at_stake(inputs) == [(cleaner.id, "空调清洗")]
    lapses = matching_outlook.certificate_lapses(inputs, cleaner.id, "空调清洗")
    told = matching_outlook.try_out(plan, (lapses,)).difference
    assert [inputs.needs[lost].elder for lost in told.lost] == ["方娟"]


def test_a_certificate_of_an_enterprise_lapses_for_its_members_too(store: Store) -> None:
    firm = enterprise(store, skills=(AIRCON,), state=ProviderState.PAUSED)
    member = volunteer(store, "宋立", skills=(AIRCON,), enterprise_id=firm.id)
    with store.operation("certificate"):
        store.add(Certificate(provider_id=firm.id, kind="空调清洗"))
    wanted = need(store, elder(store).id, AIRCON)
    inputs, plan = planned(store)
    assert plan.provider_of(wanted.id) == member.id
    # It is nobody's but the enterprise's.
    assert matching_outlook.certificates_at_stake(inputs) == [(firm.id, "空调清洗")]
    lapses = matching_outlook.certificate_lapses(inputs, firm.id, "空调清洗")
    assert matching_outlook.try_out(plan, (lapses,)).difference.lost == (wanted.id,)


def test_of_one_who_stops_it_is_told_how_much_they_hold(store: Store) -> None:
    helper = volunteer(store)
    held = need(store, elder(store).id)
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=held.id, provider_id=helper.id, today=TODAY)
    inputs, _ = planned(store)
    assert matching_outlook.one_stops(inputs, helper.id).text == "顾海宁不做了，手上 1 条要另外找人"


def test_what_others_go_to_as_well_takes_of_their_time_once_one_stops(store: Store) -> None:
    regular, other = volunteer(store, visits_per_month=8), volunteer(store, "汤立新", visits_per_month=4)
    weekly = need(store, elder(store).id, CHAT, rhythm=Rhythm.WEEKLY)
    services = (ServiceLine(category_id=CHAT, need_id=weekly.id),)
    book(store, weekly.elder_id, regular.id, other.id, day=TODAY + timedelta(days=2), services=services)
    waits = need(store, elder(store, "马根宝").id)
    with store.operation("refuse"):
        pairings.refuse(
            store, elder_id=waits.elder_id, provider_id=regular.id, by_elder=True, reason="合不来", today=TODAY
        )
    inputs, plan = planned(store)
    assert plan.provider_of(waits.id) == other.id
    # Three visits more than the one that they have together: the whole month.
    told = matching_outlook.try_out(plan, (matching_outlook.one_stops(inputs, regular.id),))
    assert told.difference.lost == (waits.id,)
    with store.operation("stop_provider"):
        providers.stop_provider(store, provider_id=regular.id, reason="搬走", today=TODAY)
    assert planned(store)[1].provider_of(waits.id) is None


def test_next_month_has_its_own_room_and_keeps_what_comes_back(store: Store) -> None:
    helper = volunteer(store, skills=(CHAT,), visits_per_month=5)
    weekly = need(store, elder(store).id, CHAT, rhythm=Rhythm.WEEKLY, urgency=Urgency.HIGH)
    once = [need(store, elder(store, name).id, CHAT) for name in ("马根宝", "奚金")]
    inputs, plan = planned(store)
    (left,) = plan.unserved
    assert left in {found.id for found in once}
    month = matching_outlook.next_month(store, inputs)
    assert (month.first, {row.day for row in month.situation.needs}) == (date(2026, 4, 1), {date(2026, 4, 30)})
    outcome = matching_outlook.planned_next_month(plan, month)
    assert outcome.difference.gained == (left,)
    assert outcome.plan.provider_of(weekly.id) == helper.id
    candidate = Later(plan, month).first_for(left)
    assert candidate is not None
    assert candidate.provider == helper.id


def test_advice_says_whom_where_and_what_was_assumed(store: Store) -> None:
    a_street(store)
    inputs, plan = planned(store)
    first, *others = matching_outlook.advice_for(plan)
    assert matching_outlook.advice_text(inputs, first) == "亭北新村一带，招一位会理发的"
    assert matching_outlook.advice_assumes(inputs, first) == "按每月 8 次、8 小时、1.5 公里内算"
    assert len(first.needs) == 2
    note = matching_outlook.recruiting_note(inputs, first)
    assert "亭北新村一带有 2 条需求在等" in note
    assert not any(name in note for name in ("高莲英", "马根宝", "奚金"))
    (time,) = [advice for advice in others if advice.kind is AdviceKind.MORE_TIME]
    assert (time.name, len(time.needs)) == ("顾海宁", 2)
    assert matching_outlook.advice_text(inputs, time) == "请顾海宁本月多去 4 次"
    assert matching_outlook.advice_assumes(inputs, time) == "按本月多 4 次算"


def test_a_claim_that_lapses_soon_is_the_first_way_to_make_room(store: Store) -> None:
    helper = volunteer(store, visits_per_month=1)
    first, second = need(store, elder(store).id), need(store, elder(store, "马根宝").id)
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=first.id, provider_id=helper.id, today=date(2026, 3, 5))
    inputs, plan = planned(store)
    causes = causes_of(inputs, plan, claims=lapsing(store, claim_lines(store, today=TODAY)))
    cure = causes.with_cures(second.id).cures[0]
    assert cure.text == f"把顾海宁认领的高莲英家的{inputs.categories[HAIRCUT].name}放回去"
    assert (cure.changes[0].kind, cure.changes[0].need) == (ChangeKind.RELEASE, first.id)
    with store.operation("release_claim"):
        pairings.release_claim(store, need_id=first.id, today=TODAY, reason="没约成")
    _, again = planned(store)
    assert len(again.lines) == 1
    # A claim of yesterday is nobody's to give back.
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=first.id, provider_id=helper.id, today=date(2026, 3, 17))
    assert lapsing(store, claim_lines(store, today=TODAY)) == []


def test_a_claim_given_back_is_a_home_less_for_those_who_come_for_several(store: Store) -> None:
    firm = enterprise(store, skills=(CHAT,), visits_per_month=1, homes_at_once=2)
    first, second = need(store, elder(store).id, CHAT), need(store, elder(store, "马根宝").id, CHAT)
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=first.id, provider_id=firm.id, today=date(2026, 3, 5))
    inputs, plan = planned(store)
    causes = causes_of(inputs, plan, claims=lapsing(store, claim_lines(store, today=TODAY)))
    kinds = [change.kind for cure in causes.with_cures(second.id).cures for change in cure.changes]
    assert kinds == [ChangeKind.MORE_VISITS, ChangeKind.RECRUIT]


def test_needs_that_nobody_may_go_to_are_counted_under_other_rules(store: Store) -> None:
    volunteer(store, half_days=(1,))
    need(store, elder(store).id, half_days=(9,))
    inputs, plan = planned(store)
    assert matching_outlook.without_candidates(inputs) == 1
    values = match_settings(store) | {"rule_no_common_half_day": 0}
    other = matching.with_settings(inputs, values)
    assert matching_outlook.without_candidates(other) == 0
    assert len(matching_outlook.planned_under(plan, other).difference.gained) == 1


def test_the_report_names_causes_cures_costs_and_advice(store: Store) -> None:
    a_street(store)
    inputs, plan = planned(store)
    report = json.loads(json.dumps(plan_report(inputs, plan)))
    assert [found["cause"] for found in report["unserved"]] == ["shortage", "shortage"]
    for found in report["unserved"]:
        assert found["cures"][0]["text"] == "请顾海宁本月多去 1 次"
        assert found["cures"][0]["changes"][0]["kind"] == "more_visits"
        assert (len(found["insisting"]["lost"]), found["insisting"]["lost_weight"]) == (1, 2)
    assert report["advice"][0]["text"] == "亭北新村一带，招一位会理发的"
    assert len(report["advice"][0]["needs"]) == 2


def test_the_report_tells_quality_in_points_where_visits_take_odd_minutes(store: Store) -> None:
    with store.operation("set up"):
        store.update(replace(store.get(ServiceCategory, CHAT), minutes=61))
    volunteer(store, minutes_per_month=100)
    wanted = need(store, elder(store).id, CHAT)
    inputs, plan = planned(store)
    report = json.loads(json.dumps(plan_report(inputs, plan)))
    (candidate,) = matching.rank_need(inputs, wanted.id).candidates
    # The one minute above 60 % costs a third of a point.
    told = pytest.approx(candidate.quality - 0.33)
    assert (report["levels"]["quality"], report["bound"]["quality"]) == (told, told)
    with store.operation("set up"):
        store.update(replace(store.get(ServiceCategory, CHAT), minutes=60))
    # In units of 15 minutes one is above; what costs whole points is told as a whole number.
    again = json.dumps(plan_report(*planned(store))["levels"])
    assert f'"quality": {candidate.quality - 5},' in again


def test_a_provider_who_is_full_next_month_too_is_not_offered(store: Store) -> None:
    volunteer(store, skills=(CHAT,), visits_per_month=4)
    need(store, elder(store).id, CHAT, rhythm=Rhythm.WEEKLY, urgency=Urgency.HIGH)
    need(store, elder(store, "马根宝").id, CHAT)
    inputs, plan = planned(store)
    (left,) = plan.unserved
    month = matching_outlook.next_month(store, inputs)
    # The weekly one weighs more, so it has all four visits in both months.
    assert not inputs.needs[left].repeats
    assert Later(plan, month).first_for(left) is None


def test_who_is_back_by_the_month_after_can_go_then(store: Store) -> None:
    away, later = volunteer(store), volunteer(store, "汤立新")
    wanted = need(store, elder(store).id)
    for provider, until in ((away, date(2026, 4, 1)), (later, date(2026, 4, 2))):
        with store.operation("pause_provider"):
            providers.pause_provider(store, provider_id=provider.id, reason="探亲", today=TODAY, until=until)
    inputs, plan = planned(store)
    assert plan.unserved == (wanted.id,)
    month = matching_outlook.next_month(store, inputs)
    found = Later(plan, month).first_for(wanted.id)
    assert found is not None
    assert found.provider == away.id
    assert matching_outlook.planned_next_month(plan, month).difference.gained == (wanted.id,)
    assert {row.id: row.paused for row in month.situation.providers} == {away.id: False, later.id: True}


def test_of_a_great_many_unserved_the_report_explains_the_first_and_names_the_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_street(store)
    inputs, plan = planned(store)
    monkeypatch.setattr(matching_report, "MOST_EXPLAINED", 1)
    report = json.loads(json.dumps(plan_report(inputs, plan)))
    (explained,) = report["unserved"]
    assert explained["cause"] == "shortage"
    assert explained["insisting"] is None
    assert sorted([explained["need"], *report["unexplained"]]) == sorted(plan.unserved)
    assert report["advice"] == []


def test_a_report_on_the_longest_waiting_counts_those_left_out(store: Store) -> None:
    a_street(store)
    inputs = matching.read_inputs(store, today=TODAY, scope=Scope(most=1))
    report = plan_report(inputs, matching.propose_plan(inputs), waiting=count_waiting(store, today=TODAY))
    assert len(report["lines"]) + len(report["unserved"]) == 1
    assert report["left_out"] == report["waiting"] - 1 > 0
    assert plan_report(inputs, matching.propose_plan(inputs))["left_out"] == 0


def test_the_more_could_go_the_fewer_needs_are_weighed_at_once(store: Store) -> None:
    for _ in range(3):
        volunteer(store)
    assert [matching.most_at_once(store, pairs=pairs) for pairs in (3_000, 90_000, 91_000)] == [1_000, 30_000, 30_300]
    assert matching.most_at_once(store, pairs=30) == matching.LEAST_AT_ONCE
