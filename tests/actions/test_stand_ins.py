"""While a lasting helper is away somebody is sought for the days left out, and the need stays theirs."""

from datetime import date, timedelta

import pytest

from jiuliting_desk.actions import matching, pairings
from jiuliting_desk.actions.confirming import Confirmation, confirm_lines
from jiuliting_desk.actions.elders import change_elder_state
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.needs import close_need, reopen_need
from jiuliting_desk.actions.providers import pause_provider, resume_due, resume_provider, stop_provider
from jiuliting_desk.actions.series import (
    begin_series,
    draft_series,
    end_series,
    extend_series,
    pause_series,
    resume_series,
)
from jiuliting_desk.actions.series_away import away_days, seek_for_away
from jiuliting_desk.actions.stand_ins import AS_BOOKED, DAY_GONE, days_gone, lapse_stand_ins, still_without
from jiuliting_desk.actions.tallies import need_counts
from jiuliting_desk.actions.today import morning
from jiuliting_desk.actions.visits import cancel_visit, reinstate_visit
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.model.elders import ElderState
from jiuliting_desk.model.errors import GoesAnyway, StoodInFor
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.tallies import Dimension, TallyFilter
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.people import waiting_needs
from tests.actions.people import HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import book
from tests.store.test_undo import contents

WEEK = timedelta(weeks=1)
BACK = date(2026, 4, 29)


def weekly(store: Store, helper_id: int, *, visits: int, **more: object) -> tuple[Need, list[Visit]]:
    """A need in a lasting pair, with a visit each week from the next on."""
    gao = elder(store)
    wanted = need(store, gao.id, HAIRCUT, rhythm=Rhythm.WEEKLY, wishes="要早一点", **more)
    with store.operation("pair"):
        pairings.pair(store, elder_id=gao.id, provider_id=helper_id, category_id=HAIRCUT, today=TODAY)
    services = (ServiceLine(category_id=HAIRCUT, need_id=wanted.id),)
    days = [TODAY + WEEK * each for each in range(1, visits + 1)]
    return wanted, [book(store, gao.id, helper_id, day=day, services=services) for day in days]


def pause(store: Store, helper_id: int, left: list[Visit], **more: object) -> list[Need]:
    """Gives the needs that are new."""
    before = {found.id for found in store.all(Need)}
    with store.operation("pause_provider"):
        values = {"until": BACK, "leave_visit_ids": [visit.id for visit in left], **more}
        pause_provider(store, provider_id=helper_id, reason="出门", today=TODAY, **values)  # type: ignore[arg-type]
    return [found for found in store.all(Need) if found.id not in before]


def test_somebody_is_proposed_for_the_days_left_out_and_the_need_stays_with_its_pair(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=6)
    wanted, booked = weekly(store, gu.id, visits=7)
    made = pause(store, gu.id, booked[:5])
    assert [visit.state for visit in store.all(Visit)] == [VisitState.CANCELLED] * 5 + [VisitState.PLANNED] * 2
    held = store.get(Need, wanted.id)
    assert (held.state, held.claimed_by) == (NeedState.BOOKED, gu.id)
    # Those of a later month wait from the day on which it is planned.
    asked = [(found.wishes, found.since, found.rhythm) for found in made]
    march, april = TODAY, date(2026, 3, 25)
    assert asked == [
        ("3月25日 14:00 代顾海宁去一次；要早一点", march, Rhythm.ONCE),
        ("4月1日 14:00 代顾海宁去一次；要早一点", april, Rhythm.ONCE),
        ("4月8日 14:00 代顾海宁去一次；要早一点", april, Rhythm.ONCE),
        ("4月15日 14:00 代顾海宁去一次；要早一点", april, Rhythm.ONCE),
        ("4月22日 14:00 代顾海宁去一次；要早一点", april, Rhythm.ONCE),
    ]
    for today, waiting in ((TODAY, made[:1]), (april, made)):
        inputs = matching.read_inputs(store, today=today)
        plan = matching.propose_plan(inputs)
        lines = {(line.need, line.provider, line.source) for line in plan.lines}
        assert lines == {(found.id, tang.id, Source.PROPOSED) for found in waiting}
        assert morning(store, today=today).waiting.count == len(waiting)
    # Who plans April earlier has those of April.
    assert matching.read_inputs(store, today=TODAY, month=inputs.month).needs.keys() == {one.id for one in made[1:]}
    with store.operation("confirm_lines"):
        confirm_lines(
            store,
            lines=[Confirmation(need_id=found.id, provider_id=tang.id) for found in made[1:3]],
            today=april,
            month=inputs.month,
        )
    services = (ServiceLine(category_id=HAIRCUT),)
    visit = book(store, wanted.elder_id, tang.id, day=date(2026, 4, 8), services=services)
    assert store.get(Need, visit.need_ids[0]).state is NeedState.BOOKED
    assert visit.need_ids[0] in {found.id for found in made}
    with store.operation("close_need"):
        close_need(store, need_id=made[0].id, reason="女儿来了", today=april)
    with store.operation("resume_due"):
        resume_due(store, today=BACK)
    held = store.get(Need, wanted.id)
    assert (held.state, held.claimed_by) == (NeedState.BOOKED, gu.id)


def test_nobody_is_sought_where_the_need_itself_waits_or_others_go(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=None)
    wanted, booked = weekly(store, gu.id, visits=3)
    # All that was planned falls out, or it is given up: it waits as a whole.
    assert pause(store, gu.id, booked) == []
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    undo(store)
    assert pause(store, gu.id, booked[:1], release_need_ids=[wanted.id]) == []
    undo(store)
    assert pause(store, gu.id, booked[:1], stand_ins=False) == []
    undo(store)
    services = (ServiceLine(category_id=HAIRCUT, need_id=wanted.id),)
    together = book(store, wanted.elder_id, gu.id, tang.id, day=TODAY + WEEK * 4, services=services)
    once = book(store, elder(store, "马根宝").id, gu.id, day=TODAY + WEEK, starts=600)
    assert pause(store, gu.id, [together, once]) == []
    undo(store)
    (one,) = pause(store, gu.id, [booked[1], together])
    assert one.wishes.startswith("4月1日")
    undo(store)
    assert store.count(Need) == 1


@pytest.mark.parametrize("until", [BACK, None])
def test_a_pause_without_end_that_keeps_later_visits_seeks_somebody_too(store: Store, until: date | None) -> None:
    gu = volunteer(store, visits_per_month=None)
    _, booked = weekly(store, gu.id, visits=3)
    assert len(pause(store, gu.id, booked[:2], until=until)) == 2


def test_the_half_day_wanted_is_that_of_the_visit(store: Store) -> None:
    gu = volunteer(store, visits_per_month=None)
    _, booked = weekly(store, gu.id, visits=2, half_days=(0, 5))
    (one,) = pause(store, gu.id, booked[:1])
    assert (one.half_days, one.stands_in_for) == ((5,), booked[0].id)


def test_nobody_is_sought_any_more_where_the_visit_is_taken_up_again(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=None)
    wanted, booked = weekly(store, gu.id, visits=4)
    first, second, third = pause(store, gu.id, booked[:3])
    with store.operation("confirm_lines"):
        confirm_lines(store, lines=[Confirmation(need_id=second.id, provider_id=tang.id)], today=TODAY)
    services = (ServiceLine(category_id=HAIRCUT, need_id=third.id),)
    instead = book(store, wanted.elder_id, tang.id, day=booked[2].day, services=services)
    for visit, need_id in ((booked[0], first.id), (booked[1], second.id)):
        with store.operation("reinstate_visit"):
            assert reinstate_visit(store, visit_id=visit.id, today=TODAY).is_open
        given_up = store.get(Need, need_id)
        assert (given_up.state, given_up.close_reason, given_up.claimed_by) == (NeedState.CLOSED, AS_BOOKED, None)
        assert store.where(Claim, need_id=need_id, state=ClaimState.HELD) == []
    # Nobody is to meet somebody else at the door.
    with pytest.raises(StoodInFor) as told, store.operation("reinstate_visit"):
        reinstate_visit(store, visit_id=booked[2].id, today=TODAY)
    assert (told.value.name, told.value.day) == ("汤立新", booked[2].day)
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=instead.id, reason="志愿者有事", today=TODAY)
    with store.operation("reinstate_visit"):
        reinstate_visit(store, visit_id=booked[2].id, today=TODAY)
    assert store.get(Need, third.id).state is NeedState.CLOSED
    undo(store)
    assert store.get(Need, third.id).state is NeedState.OPEN
    for _ in range(5):
        undo(store)
    assert [found.state for found in store.get_many(Need, [first.id, second.id]).values()] == [NeedState.OPEN] * 2


def test_nobody_is_sought_again_while_the_visit_is_made_as_it_was_booked(store: Store) -> None:
    gu = volunteer(store, visits_per_month=None)
    _wanted, booked = weekly(store, gu.id, visits=2)
    (sought,) = pause(store, gu.id, booked[:1])
    with store.operation("reinstate_visit"):
        reinstate_visit(store, visit_id=booked[0].id, today=TODAY)
    with pytest.raises(GoesAnyway) as told, store.operation("reopen_need"):
        reopen_need(store, need_id=sought.id, today=TODAY)
    assert (told.value.name, told.value.day) == ("顾海宁", booked[0].day)
    assert store.get(Need, sought.id).state is NeedState.CLOSED
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=booked[0].id, reason="志愿者有事", today=TODAY)
    with store.operation("reopen_need"):
        assert reopen_need(store, need_id=sought.id, today=TODAY).state is NeedState.OPEN


def test_who_is_back_early_may_go_themselves_where_nobody_was_found(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=None)
    wanted, booked = weekly(store, gu.id, visits=5)
    made = pause(store, gu.id, booked[:4])
    services = (ServiceLine(category_id=HAIRCUT, need_id=made[1].id),)
    book(store, wanted.elder_id, tang.id, day=booked[1].day, services=services)
    back = booked[0].day + timedelta(days=1)
    missing = still_without(store, provider_id=gu.id, today=back)
    assert [visit.id for visit in missing] == [booked[2].id, booked[3].id]
    with store.operation("resume_provider"):
        resume_provider(store, provider_id=gu.id, today=back, visit_ids=[booked[3].id])
    assert [store.get(Need, found.id).state for found in made] == [
        NeedState.OPEN,
        NeedState.BOOKED,
        NeedState.OPEN,
        NeedState.CLOSED,
    ]
    assert [store.get(Visit, visit.id).is_open for visit in booked] == [False, False, False, True, True]
    # The day that has gone by without anybody is over.
    assert [found.id for found in days_gone(store, today=back)] == [made[0].id]
    with store.operation("lapse_stand_ins"):
        lapse_stand_ins(store, today=back)
    assert store.get(Need, made[0].id).close_reason == DAY_GONE
    assert days_gone(store, today=back) == []


@pytest.mark.parametrize("how", ["close", "release", "stop", "cancel", "elder", "rest"])
def test_nobody_is_sought_for_single_days_of_a_need_that_is_over_or_waits_as_a_whole(store: Store, how: str) -> None:
    gu = volunteer(store, visits_per_month=None)
    wanted, booked = weekly(store, gu.id, visits=3)
    made = pause(store, gu.id, booked[:2])
    with store.operation(how):
        if how == "close":
            close_need(store, need_id=wanted.id, reason="好了", today=TODAY)
        elif how == "stop":
            stop_provider(store, provider_id=gu.id, reason="搬走", today=TODAY)
        elif how == "cancel":
            cancel_visit(store, visit_id=booked[2].id, reason="志愿者有事", today=TODAY)
        elif how in {"elder", "rest"}:
            state = ElderState.DECEASED if how == "elder" else ElderState.PAUSED
            change_elder_state(
                store, elder_id=wanted.elder_id, state=state, reason="住院", today=TODAY, cancel_visits=True
            )
        else:
            resume_provider(store, provider_id=gu.id, today=TODAY)
            pause_provider(store, provider_id=gu.id, reason="病", today=TODAY, release_need_ids=[wanted.id])
    assert {store.get(Need, found.id).state for found in made} == {NeedState.CLOSED}
    is_over = how in {"close", "elder"}
    assert store.get(Need, wanted.id).state is (NeedState.CLOSED if is_over else NeedState.OPEN)
    undo(store)
    assert {store.get(Need, found.id).state for found in made} == {NeedState.OPEN}


def test_the_morning_names_the_days_of_the_week_ahead_for_which_nobody_is_booked(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=None)
    _, booked = weekly(store, gu.id, visits=4)
    made = pause(store, gu.id, booked[:3])

    def told(today: date) -> list[tuple[int, date | None]]:
        return [(line.record_id, line.day) for line in morning(store, today=today).stand_ins.lines]

    assert told(TODAY) == [(made[0].id, booked[0].day)]
    assert told(booked[1].day) == [(found.id, visit.day) for found, visit in zip(made[1:], booked[1:3], strict=True)]
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=made[0].id, provider_id=tang.id, today=TODAY)
    # Who said yes is not booked yet.
    assert told(TODAY) == [(made[0].id, booked[0].day)]
    with store.operation("reinstate_visit"):
        reinstate_visit(store, visit_id=booked[0].id, today=TODAY)
    assert told(TODAY) == []


def test_the_tallies_count_no_need_more_where_somebody_is_sought_for_a_day(store: Store) -> None:
    gu = volunteer(store, visits_per_month=None)
    _, booked = weekly(store, gu.id, visits=3)
    year = TallyFilter(first=date(2026, 1, 1), last=date(2026, 12, 31))
    before = need_counts(store, only=year, by=Dimension.CATEGORY)
    assert len(pause(store, gu.id, booked[:2])) == 2
    assert need_counts(store, only=year, by=Dimension.CATEGORY) == before == {HAIRCUT: (1, 0)}


def test_an_import_does_not_take_a_single_day_for_the_need(store: Store) -> None:
    gu = volunteer(store, visits_per_month=None)
    wanted, booked = weekly(store, gu.id, visits=3)
    assert len(pause(store, gu.id, booked[:1])) == 1
    assert waiting_needs(store)[wanted.elder_id, HAIRCUT][0] == wanted.id
    with store.operation("import_past"):
        store.update(wanted.booked(by=gu.id).served().closed(on=TODAY, reason="好了"))
    assert waiting_needs(store) == {}


def test_whoever_stands_in_does_not_go_once_the_elder_wants_it_no_more(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=None)
    wanted, booked = weekly(store, gu.id, visits=3)
    (one,) = pause(store, gu.id, booked[:1])
    services = (ServiceLine(category_id=HAIRCUT, need_id=one.id),)
    instead = book(store, wanted.elder_id, tang.id, day=booked[0].day, services=services)
    # Where only the helper is lost, the one who stands in goes.
    with store.operation("stop_provider"):
        stop_provider(store, provider_id=gu.id, reason="搬走", today=TODAY)
    assert store.get(Visit, instead.id).is_open
    undo(store)
    with store.operation("close_need"):
        close_need(store, need_id=wanted.id, reason="好了", today=TODAY)
    assert not any(visit.is_open for visit in store.all(Visit))
    assert store.get(Need, one.id).close_reason == "好了"


def test_a_visit_meets_the_need_of_its_own_day(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=None)
    wanted, booked = weekly(store, gu.id, visits=5)
    services = (ServiceLine(category_id=HAIRCUT, need_id=wanted.id),)
    twice = book(store, wanted.elder_id, gu.id, day=booked[1].day, starts=600, services=services)
    first, morning_too, second, third = pause(store, gu.id, [*booked[:3], twice])
    assert [found.wishes[:10] for found in (morning_too, second)] == ["4月1日 10:00", "4月1日 14:00"]

    def meets(day: date, need_id: int = 0) -> tuple[int, ...]:
        services = (ServiceLine(category_id=HAIRCUT, need_id=need_id),)
        return book(store, wanted.elder_id, tang.id, day=day, services=services, reason="两次").need_ids

    # Where another day is chosen than that of the need, the need of that day is met.
    assert meets(booked[2].day, first.id) == (third.id,)
    # One of two on a day stays the one that it is; the next one gets what is left.
    assert meets(booked[1].day, second.id) == (second.id,)
    assert meets(booked[1].day) == (morning_too.id,)
    # A day that is agreed on with the elder will do as well.
    assert meets(booked[0].day + timedelta(days=1), first.id) == (first.id,)
    assert meets(booked[3].day + timedelta(days=1)) == ()


def regular(store: Store, helper_id: int, *, weeks: int | None = None) -> tuple[Need, Series]:
    """A weekly need that a series meets, from the Wednesday a week on."""
    wanted = need(store, elder(store).id, HAIRCUT, rhythm=Rhythm.WEEKLY)
    draft = draft_series(
        store,
        elder_id=wanted.elder_id,
        services=(ServiceLine(category_id=HAIRCUT, need_id=wanted.id),),
        provider_ids=(helper_id,),
        begins_on=TODAY + WEEK,
        starts=14 * 60,
        interval=Interval.WEEKLY,
        count=weeks,
    )
    with store.operation("begin_series"):
        return wanted, begin_series(store, series=draft, today=TODAY)[0]


def days(store: Store, *states: NeedState) -> list[date]:
    """The days for which somebody stands in, by the state of that."""
    asked = [found for found in store.all(Need) if found.stands_in_for and found.state in states]
    return sorted(store.get(Visit, found.stands_in_for or 0).day for found in asked)


@pytest.mark.parametrize("how", ["pause", "end"])
def test_nobody_is_sought_for_days_on_which_the_series_rests(store: Store, how: str) -> None:
    gu = volunteer(store, visits_per_month=None)
    _, series = regular(store, gu.id, weeks=6)
    booked = store.all(Visit)
    pause(store, gu.id, booked[:3])
    with store.operation(how):
        if how == "pause":
            since, until = booked[1].day, booked[1].day + timedelta(days=1)
            pause_series(store, series_id=series.id, since=since, until=until, reason="住院", today=TODAY)
        else:
            end_series(store, series_id=series.id, after=booked[0].day, reason="不要了", today=TODAY)
    left = [booked[0].day, booked[2].day] if how == "pause" else []
    assert days(store, NeedState.OPEN) == left


def test_a_series_that_goes_on_again_plans_no_day_on_which_somebody_stands_in(store: Store) -> None:
    gu, tang = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=None)
    wanted, series = regular(store, gu.id, weeks=5)
    booked = store.all(Visit)
    made = pause(store, gu.id, booked[:2])
    services = (ServiceLine(category_id=HAIRCUT, need_id=made[1].id),)
    book(store, wanted.elder_id, tang.id, day=booked[1].day, services=services)
    with store.operation("resume_provider"):
        resume_provider(store, provider_id=gu.id, today=TODAY)
    with store.operation("pause_series"):
        pause_series(store, series_id=series.id, since=booked[4].day, reason="出门", today=TODAY)
    with store.operation("resume_series"):
        resume_series(store, series_id=series.id, on=TODAY, today=TODAY)
    goes = {visit.day: visit.provider_ids for visit in store.where(Visit, state=VisitState.PLANNED)}
    assert goes == {visit.day: (tang.id,) if visit is booked[1] else (gu.id,) for visit in booked}
    assert store.count(Visit, state=VisitState.PLANNED) == 5
    assert days(store, NeedState.OPEN) == []


def test_somebody_is_sought_also_for_days_that_are_planned_only_while_the_helper_is_away(store: Store) -> None:
    gu = volunteer(store, visits_per_month=None)
    wanted, series = regular(store, gu.id)
    booked = store.all(Visit)
    until = booked[-1].day + WEEK * 3
    # All that was planned would be gone: the last one is kept, the elder may be away then.
    pause(store, gu.id, booked[:-1], until=until)
    before = days(store, NeedState.OPEN)
    assert away_days(store, today=TODAY) == []
    later = TODAY + WEEK * 2
    with store.operation("extend_series"):
        assert extend_series(store, today=later) == []
    assert [one.visit.day for one in away_days(store, today=later)] == [booked[-1].day + WEEK * n for n in (1, 2)]
    first = contents(store)
    with store.operation("seek_for_away"):
        made = seek_for_away(store, today=later)
    assert [found.wishes for found in made] == ["5月20日 14:00 代顾海宁去一次", "5月27日 14:00 代顾海宁去一次"]
    assert days(store, NeedState.OPEN) == [*before, booked[-1].day + WEEK, booked[-1].day + WEEK * 2]
    assert away_days(store, today=later) == []
    held = store.get(Need, wanted.id)
    assert (held.state, held.claimed_by) == (NeedState.BOOKED, gu.id)
    # Back early the helper goes there after all; after the pause the series is theirs.
    with store.operation("resume_provider"):
        missing = still_without(store, provider_id=gu.id, today=later)
        resume_provider(store, provider_id=gu.id, today=later, visit_ids=[visit.id for visit in missing[-2:]])
    assert [visit.provider_ids for visit in store.where(Visit, series_id=series.id, state=VisitState.PLANNED)] == [
        (gu.id,)
    ] * 3
    undo(store)
    undo(store)
    assert contents(store) == first


def test_nobody_is_sought_later_either_where_that_was_not_wanted(store: Store) -> None:
    gu = volunteer(store, visits_per_month=None)
    regular(store, gu.id)
    booked = store.all(Visit)
    pause(store, gu.id, booked[:-1], until=booked[-1].day + WEEK * 3, stand_ins=False)
    assert away_days(store, today=TODAY + WEEK * 2) == []
