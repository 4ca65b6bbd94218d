"""While a lasting helper is away somebody is sought for the days left out, and the need stays theirs."""

from datetime import date, timedelta

import pytest

from jiuliting_desk.actions import matching, pairings
from jiuliting_desk.actions.confirming import Confirmation, confirm_lines
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.needs import close_need
from jiuliting_desk.actions.providers import pause_provider, resume_due
from jiuliting_desk.actions.today import morning
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.people import HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import book

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
    # Who plans April earlier has them too.
    assert matching.read_inputs(store, today=TODAY, month=inputs.month).needs.keys() == {found.id for found in made}
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
