"""The month that is planned: its own time, what it holds already, its certificates, and claims that last into it."""

from datetime import date
from typing import Any

import pytest

from jiuliting_desk.actions import confirming, matching, matching_outlook, pairings
from jiuliting_desk.actions.callers import who_could_go
from jiuliting_desk.actions.confirming import Confirmation
from jiuliting_desk.actions.feedback import enter_feedback
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.matching_causes import causes_of
from jiuliting_desk.actions.matching_lists import claim_lines
from jiuliting_desk.actions.series import begin_series, draft_series
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.matching.changes import ChangeKind
from jiuliting_desk.matching.terms import Rule
from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.errors import ReasonWanted
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim
from jiuliting_desk.model.providers import Certificate
from jiuliting_desk.model.recurrence import Interval
from jiuliting_desk.model.visits import ServiceLine
from jiuliting_desk.store import Store
from jiuliting_desk.store.loads import month_loads
from tests.actions.people import AIRCON, CHAT, HAIRCUT, elder, enterprise, volunteer
from tests.actions.people import need as need_of
from tests.actions.visits import book, done

TODAY = date(2026, 11, 29)
NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


def need(store: Store, name: str = "高莲英", category_id: int = HAIRCUT, **changes: Any) -> Need:
    """Somebody who waits."""
    return need_of(store, elder(store, name).id, category_id, **changes)


def confirm(store: Store, need_id: int, provider_id: int, month: date, today: date = TODAY) -> Claim:
    """Confirm one line of the plan of a month."""
    line = Confirmation(need_id=need_id, provider_id=provider_id)
    with store.operation("confirm_lines"):
        return confirming.confirm_lines(store, lines=[line], today=today, month=month)[0]


def full_in_november(store: Store) -> int:
    """A barber of one visit a month, who goes on 30 November."""
    barber = volunteer(store, visits_per_month=1)
    book(
        store, elder(store, "奚金").id, barber.id, day=date(2026, 11, 30), services=(ServiceLine(category_id=HAIRCUT),)
    )
    return barber.id


def test_late_in_a_month_the_next_one_is_planned_with_its_own_time(store: Store) -> None:
    barber, wanted = full_in_november(store), need(store)
    inputs = matching.read_inputs(store, today=TODAY)
    assert (inputs.month, inputs.situation.month_name) == (DECEMBER, "12 月")
    assert [line.provider for line in matching.propose_plan(inputs).lines] == [barber]
    now = matching.read_inputs(store, today=TODAY, month=NOVEMBER)
    exclusion = matching.rank_need(now, wanted.id).exclusion(barber)
    assert exclusion is not None
    assert exclusion.texts == ("本月已排 1 次，上限 1 次，这里要 1 次",)
    early = matching.read_inputs(store, today=date(2026, 11, 23))
    assert (early.month, early.situation.month_name) == (NOVEMBER, "本月")


def test_the_office_sets_how_many_days_ahead(store: Store) -> None:
    with store.operation("change_settings"):
        change_settings(store, values={"plan_ahead_days": "0"}, today=TODAY)
    assert matching.read_inputs(store, today=TODAY).month == NOVEMBER
    with store.operation("change_settings"):
        change_settings(store, values={"plan_ahead_days": "20"}, today=TODAY)
    assert matching.read_inputs(store, today=date(2026, 11, 11)).month == DECEMBER


def test_sentences_cures_and_advice_name_the_planned_month(store: Store) -> None:
    barber = volunteer(store, visits_per_month=1, minutes_per_month=600)
    first, second = need(store), need(store, "马根宝")
    inputs = matching.read_inputs(store, today=TODAY)
    plan = matching.propose_plan(inputs)
    (left,) = plan.unserved
    found = causes_of(inputs, plan).with_cures(left)
    assert found.text == "顾海宁 12 月还能给 1 次，只有这一位能去的 2 条一共要 2 次"
    assert found.cures[0].text == "请顾海宁 12 月多去 1 次"
    advice = matching_outlook.advice_for(plan)[-1]
    assert advice.provider == barber.id
    assert matching_outlook.advice_text(inputs, advice) == "请顾海宁 12 月多做 4 小时，多去 4 次"
    assert matching_outlook.advice_assumes(inputs, advice) == "按 12 月多 4 小时、4 次算"
    confirm(store, first.id if left == second.id else second.id, barber.id, DECEMBER)
    inputs = matching.read_inputs(store, today=TODAY)
    plan = matching.propose_plan(inputs)
    assert causes_of(inputs, plan).of(left).text == "会理发的 1 位 12 月排满了"
    exclusion = matching.rank_need(inputs, left).exclusion(barber.id)
    assert exclusion is not None
    assert exclusion.texts == ("12 月已排 1 次，上限 1 次，这里要 1 次",)


def test_what_is_confirmed_for_a_month_can_be_booked_in_it_and_takes_time_of_it_alone(store: Store) -> None:
    barber, wanted = full_in_november(store), need(store)
    line = Confirmation(need_id=wanted.id, provider_id=barber)
    assert confirming.overtaken(store, lines=[line], today=TODAY, month=DECEMBER) == {}
    assert confirming.overtaken(store, lines=[line], today=TODAY) == {wanted.id: (Barrier.FULL,)}
    with pytest.raises(ReasonWanted), store.operation("confirm_lines"):
        confirming.confirm_lines(store, lines=[line], today=TODAY)
    claim = confirm(store, wanted.id, barber, DECEMBER)
    assert (claim.claimed_on, claim.begins_on, claim.expires_on, claim.reason) == (
        TODAY,
        DECEMBER,
        date(2026, 12, 15),
        "",
    )
    loads = [month_loads(store, month=month).get(barber) for month in (NOVEMBER, DECEMBER, JANUARY)]
    assert [load.visits if load else 0 for load in loads] == [1, 1, 0]
    with store.operation("prolong_claim"):
        longer = pairings.prolong_claim(store, need_id=wanted.id, today=date(2026, 12, 3))
    assert longer.expires_on == date(2026, 12, 17)
    undo(store)
    undo(store)
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    assert store.where(Claim) == []


def test_a_claim_prolonged_before_its_month_loses_no_day(store: Store) -> None:
    helper, wanted = volunteer(store), need(store)
    with store.operation("claim_need"):
        claim = pairings.claim_need(
            store, need_id=wanted.id, provider_id=helper.id, today=date(2026, 12, 26), month=JANUARY
        )
    assert claim.expires_on == date(2027, 1, 15)
    with store.operation("prolong_claim"):
        again = pairings.prolong_claim(store, need_id=wanted.id, today=date(2026, 12, 28))
    assert again.expires_on == claim.expires_on


def test_an_open_claim_counts_in_each_month_in_which_it_may_be_booked(store: Store) -> None:
    helper = volunteer(store, visits_per_month=None)
    early, late, weekly = need(store), need(store, "马根宝"), need(store, "方娟", CHAT, rhythm=Rhythm.WEEKLY)
    begins = need(store, "奚金", CHAT, rhythm=Rhythm.FORTNIGHTLY)
    confirm(store, early.id, helper.id, NOVEMBER, today=date(2026, 11, 10))
    confirm(store, late.id, helper.id, NOVEMBER, today=date(2026, 11, 20))
    confirm(store, weekly.id, helper.id, NOVEMBER, today=date(2026, 11, 10))
    confirm(store, begins.id, helper.id, DECEMBER)
    visits = [month_loads(store, month=month)[helper.id].visits for month in (NOVEMBER, DECEMBER, JANUARY)]
    assert visits == [6, 7, 6]
    elders = {row.id: len(row.booked_elders) for row in matching.read_inputs(store, today=TODAY).situation.providers}
    assert elders == {helper.id: 3}


def test_only_a_claim_of_the_planned_month_makes_room_when_given_back(store: Store) -> None:
    helper = volunteer(store, visits_per_month=1)
    held, waits = need(store), need(store, "马根宝")
    confirm(store, held.id, helper.id, NOVEMBER, today=date(2026, 11, 16))
    for month, makes_room in ((NOVEMBER, True), (DECEMBER, False)):
        inputs = matching.read_inputs(store, today=TODAY, month=month)
        plan = matching.propose_plan(inputs)
        if makes_room:
            (cure, *_) = causes_of(inputs, plan, claims=claim_lines(store, today=TODAY)).with_cures(waits.id).cures
            assert cure.changes[0].kind is ChangeKind.RELEASE
        else:
            assert plan.provider_of(waits.id) == helper.id
    full = need(store, "方娟")
    confirm(store, full.id, helper.id, DECEMBER)
    inputs = matching.read_inputs(store, today=TODAY)
    causes = causes_of(inputs, matching.propose_plan(inputs), claims=claim_lines(store, today=TODAY))
    releases = [cure.changes[0] for cure in causes.with_cures(waits.id).cures if cure.changes]
    assert [change.need for change in releases if change.kind is ChangeKind.RELEASE] == [full.id]


def test_a_claim_of_two_who_are_paired_makes_no_room_when_given_back(store: Store) -> None:
    helper = volunteer(store, visits_per_month=1)
    held, waits = need(store), need(store, "马根宝")
    confirm(store, held.id, helper.id, DECEMBER)

    def cures() -> set[ChangeKind]:
        inputs = matching.read_inputs(store, today=TODAY)
        causes = causes_of(inputs, matching.propose_plan(inputs), claims=claim_lines(store, today=TODAY))
        return {change.kind for cure in causes.with_cures(waits.id).cures for change in cure.changes}

    assert ChangeKind.RELEASE in cures()
    with store.operation("pair"):
        pairings.pair(
            store, elder_id=held.elder_id, provider_id=helper.id, category_id=None, today=TODAY, reason="照旧"
        )
    assert ChangeKind.RELEASE not in cures()


def test_a_claim_given_back_makes_no_room_where_visits_of_the_month_are_done(store: Store) -> None:
    helper = volunteer(store, visits_per_month=4)
    person = elder(store)
    weekly = need_of(store, person.id, CHAT, rhythm=Rhythm.WEEKLY)
    early = date(2026, 11, 3)
    done(
        store,
        person.id,
        helper.id,
        day=early,
        today=early,
        services=(ServiceLine(category_id=CHAT, need_id=weekly.id),),
    )
    (claim,) = claim_lines(store, today=TODAY)
    assert (claim.claim.provider_id, claim.given_back_in(NOVEMBER)) == (helper.id, (3, 180))
    assert claim.given_back_in(DECEMBER) == (4, 240)
    often = need(store, "马根宝", rhythm=Rhythm.WEEKLY)
    once = need(store, "方娟")
    inputs = matching.read_inputs(store, today=TODAY, month=NOVEMBER)
    causes = causes_of(inputs, matching.propose_plan(inputs), claims=[claim])
    kinds = {one.id: {cure.changes[0].kind for cure in causes.with_cures(one.id).cures} for one in (often, once)}
    # Three of four visits are given back: enough for one, too few for four more.
    assert (ChangeKind.RELEASE in kinds[often.id], ChangeKind.RELEASE in kinds[once.id]) == (False, True)


def test_a_weekly_need_asks_a_whole_month_late_in_it_too_and_goes_to_whoever_has_one_in_the_next(store: Store) -> None:
    helper, middle = volunteer(store, visits_per_month=4), date(2026, 11, 16)
    done(store, elder(store, "奚金").id, helper.id, day=date(2026, 11, 3), today=middle)
    weekly = [need(store, name, CHAT, rhythm=Rhythm.WEEKLY) for name in ("高莲英", "马根宝")]
    once = need(store, "方娟", CHAT)
    inputs = matching.read_inputs(store, today=middle)
    # Three visits are left for the two weeks of November: enough for either now, and far too few for both in December.
    exclusion = matching.rank_need(inputs, weekly[0].id).exclusion(helper.id)
    assert exclusion is not None
    assert exclusion.texts == ("本月已排 1 次，上限 4 次，这里每月要 4 次",)
    plan = matching.propose_plan(inputs)
    assert [line.need for line in plan.lines] == [once.id]
    later = matching_outlook.Later(plan, matching_outlook.next_month(store, inputs))
    found = [later.first_for(one.id) for one in weekly]
    assert [one.provider for one in found if one is not None] == [helper.id, helper.id]
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=weekly[0].id, provider_id=helper.id, today=middle, month=DECEMBER)
    assert month_loads(store, month=DECEMBER)[helper.id].visits == 4
    assert month_loads(store, month=NOVEMBER)[helper.id].visits == 1
    inputs = matching.read_inputs(store, today=middle, month=DECEMBER)
    assert matching.propose_plan(inputs).provider_of(weekly[1].id) is None


def test_certificates_must_hold_to_the_end_of_the_planned_month(store: Store) -> None:
    cleaner = volunteer(store, "葛林", skills=(AIRCON,))
    wanted = need(store, category_id=AIRCON)
    with store.operation("certificate"):
        held = store.add(Certificate(provider_id=cleaner.id, kind="空调清洗", expires_on=date(2026, 12, 20)))
    for month, rules in ((NOVEMBER, ()), (DECEMBER, (Rule.CERTIFICATE_EXPIRED,))):
        inputs = matching.read_inputs(store, today=TODAY, month=month)
        exclusion = matching.rank_need(inputs, wanted.id).exclusion(cleaner.id)
        assert (() if exclusion is None else exclusion.rules) == rules
        barriers = pairings.need_barriers(
            store, need_id=wanted.id, provider_id=cleaner.id, today=TODAY, month=inputs.month
        )
        assert [rule.value for rule in barriers] == [rule.value for rule in rules]
    with store.operation("certificate"):
        store.remove(held)
        store.add(Certificate(provider_id=cleaner.id, kind="空调清洗", issued_on=date(2026, 12, 5)))
    # One that is issued in December counts for December's plan, and its line can be confirmed.
    inputs = matching.read_inputs(store, today=TODAY)
    assert matching.propose_plan(inputs).provider_of(wanted.id) == cleaner.id
    assert confirm(store, wanted.id, cleaner.id, DECEMBER).reason == ""


def test_visits_of_a_series_count_before_they_are_planned(store: Store) -> None:
    with store.operation("change_settings"):
        change_settings(store, values={"series_weeks": "1"}, today=TODAY)
    helper, gao = volunteer(store, visits_per_month=6), elder(store)
    series = draft_series(
        store,
        elder_id=gao.id,
        services=(ServiceLine(category_id=CHAT, minutes=60),),
        provider_ids=(helper.id,),
        begins_on=date(2026, 12, 1),
        starts=9 * 60,
        interval=Interval.WEEKLY,
    )
    with store.operation("begin_series"):
        begin_series(store, series=series, today=TODAY)
    (row,) = matching.read_inputs(store, today=TODAY).situation.providers
    assert (row.booked_visits, row.booked_minutes) == (5, 300)
    assert row.booked_half_days[2] == 5
    assert row.booked_elders == {gao.id}
    assert month_loads(store, month=JANUARY, provider_ids=[helper.id], ahead=True)[helper.id].visits == 4
    assert month_loads(store, month=NOVEMBER, ahead=True) == {}


def test_expected_visits_for_a_need_that_is_taken_are_in_it_already(store: Store) -> None:
    with store.operation("change_settings"):
        change_settings(store, values={"series_weeks": "1"}, today=TODAY)
    helper = volunteer(store)
    weekly = need(store, category_id=CHAT, rhythm=Rhythm.WEEKLY)
    series = draft_series(
        store,
        elder_id=weekly.elder_id,
        services=(ServiceLine(category_id=CHAT, need_id=weekly.id, minutes=60),),
        provider_ids=(helper.id,),
        begins_on=date(2026, 12, 1),
        starts=9 * 60,
        interval=Interval.WEEKLY,
    )
    with store.operation("begin_series"):
        begin_series(store, series=series, today=TODAY)
    assert month_loads(store, month=DECEMBER, ahead=True)[helper.id].visits == 4
    # Without the need its visits count alone: five Tuesdays.
    assert month_loads(store, month=DECEMBER, without_needs=[weekly.id], ahead=True)[helper.id].visits == 5


def test_in_december_the_month_after_is_of_the_next_year(store: Store) -> None:
    volunteer(store, visits_per_month=1)
    need(store)
    need(store, "马根宝")
    today = date(2026, 12, 24)
    inputs = matching.read_inputs(store, today=today)
    assert inputs.month == DECEMBER
    plan = matching.propose_plan(inputs)
    month = matching_outlook.next_month(store, inputs)
    assert (month.first, month.situation.month_name) == (JANUARY, "1 月")
    assert {row.day for row in month.situation.needs} == {date(2027, 1, 31)}
    candidate = matching_outlook.Later(plan, month).first_for(plan.unserved[0])
    assert candidate is not None
    late = matching.read_inputs(store, today=date(2026, 12, 25))
    assert (late.month, late.situation.month_name) == (JANUARY, "1 月")
    assert matching_outlook.next_month(store, late).first == date(2027, 2, 1)
    assert {row.day for row in matching_outlook.next_month(store, late).situation.needs} == {date(2027, 2, 28)}


def test_a_bond_may_begin_with_a_certificate_that_begins_by_the_planned_month(store: Store) -> None:
    cleaner, weekly = volunteer(store, "葛林", skills=(AIRCON,)), need(store, category_id=AIRCON, rhythm=Rhythm.WEEKLY)
    with store.operation("certificate"):
        store.add(Certificate(provider_id=cleaner.id, kind="空调清洗", issued_on=DECEMBER))
    with store.operation("pair_and_claim"):
        bond, claim = pairings.pair_and_claim(
            store, need_id=weekly.id, provider_id=cleaner.id, today=TODAY, month=DECEMBER
        )
    assert (bond.override_reason, claim.begins_on) == ("", DECEMBER)


def test_the_phone_desk_looks_at_the_month_of_the_visit(store: Store) -> None:
    barber, gao = full_in_november(store), elder(store)

    def told(day: date | None, today: date = TODAY) -> tuple[tuple[Barrier, ...], str, int]:
        (found,) = who_could_go(store, elder_id=gao.id, category_id=HAIRCUT, today=today, day=day)
        assert found.provider.id == barber
        return found.barriers, found.month_name, found.load.visits

    assert told(None) == told(DECEMBER) == ((), "12 月", 0)
    assert told(date(2026, 11, 30)) == ((Barrier.FULL,), "本月", 1)
    assert told(None, today=date(2026, 11, 23)) == ((Barrier.FULL,), "本月", 1)
    assert told(date(2026, 12, 1), today=date(2026, 11, 23)) == ((), "12 月", 0)


def test_the_phone_desk_looks_at_the_month_for_which_the_need_is_claimed(store: Store) -> None:
    barber, gao, early = full_in_november(store), elder(store), date(2026, 11, 9)
    wanted = need_of(store, gao.id)
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=wanted.id, provider_id=barber, today=early, month=DECEMBER)
    (found,) = who_could_go(store, elder_id=gao.id, category_id=HAIRCUT, need_id=wanted.id, today=early)
    assert (found.barriers, found.month_name, found.load.visits) == ((), "12 月", 0)


def test_the_phone_desk_wants_a_certificate_that_holds_on_the_day(store: Store) -> None:
    cleaner, gao = volunteer(store, "葛林", skills=(AIRCON,)), elder(store)
    with store.operation("certificate"):
        store.add(Certificate(provider_id=cleaner.id, kind="空调清洗", expires_on=date(2026, 12, 3)))
    for day, barriers in ((date(2026, 12, 3), ()), (date(2026, 12, 4), (Barrier.CERTIFICATE_EXPIRED,))):
        (found,) = who_could_go(store, elder_id=gao.id, category_id=AIRCON, today=TODAY, day=day)
        assert found.barriers == barriers


def test_a_wish_on_a_form_late_in_a_month_is_claimed_for_the_next(store: Store) -> None:
    cleaners = enterprise(store, visits_per_month=1)
    with store.operation("certificate"):
        store.add(Certificate(provider_id=cleaners.id, kind="空调清洗", expires_on=date(2027, 12, 31)))
    gao, barber = elder(store), volunteer(store)
    line = ServiceLine(category_id=AIRCON)
    book(store, elder(store, "奚金").id, cleaners.id, day=date(2026, 11, 30), services=(line,))
    visit = done(store, gao.id, barber.id, day=date(2026, 11, 26), today=TODAY)
    feedback = Feedback(visit_id=visit.id, overall=5, entered_on=TODAY, wishes=(AIRCON,))
    with store.operation("enter_feedback"):
        enter_feedback(store, feedback=feedback, claim_for={AIRCON: cleaners.id}, today=TODAY)
    (claim,) = store.where(Claim, provider_id=cleaners.id)
    assert (claim.begins_on, claim.expires_on) == (DECEMBER, date(2026, 12, 15))


def test_a_plan_that_is_confirmed_after_its_month_is_held_against_the_new_one(store: Store) -> None:
    helper, first, second = volunteer(store, visits_per_month=1), need(store), need(store, "马根宝")
    confirm(store, first.id, helper.id, DECEMBER)
    line = Confirmation(need_id=second.id, provider_id=helper.id)
    today = date(2026, 12, 1)
    assert confirming.overtaken(store, lines=[line], today=TODAY, month=NOVEMBER) == {}
    assert confirming.overtaken(store, lines=[line], today=today, month=NOVEMBER) == {second.id: (Barrier.FULL,)}
    with pytest.raises(ReasonWanted), store.operation("claim_need"):
        pairings.claim_need(store, need_id=second.id, provider_id=helper.id, today=today, month=NOVEMBER)
