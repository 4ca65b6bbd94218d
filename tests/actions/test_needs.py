"""Needs as staff write them down, correct them and give them up."""

from datetime import date

import pytest

from jiuliting_desk.actions.elders import register_elder
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.needs import add_need, close_need, edit_need, reopen_need
from jiuliting_desk.actions.visits import begin_visit, cancel_visit
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import BadNumber, Missing, NeedPromised, NotThere, WrongState
from jiuliting_desk.model.needs import Need, NeedSource, NeedState, Rhythm, Urgency
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.model.recurrence import Interval, Pause, Series
from jiuliting_desk.model.visits import ServiceLine
from jiuliting_desk.store import Store
from tests.actions.people import HAIRCUT, volunteer
from tests.actions.visits import NEXT_WEDNESDAY, book

DAY = date(2026, 3, 18)


@pytest.fixture
def elder(store: Store) -> Elder:
    with store.operation("register_elder"):
        return register_elder(store, name="高莲英", today=DAY)


def want(store: Store, elder: Elder) -> Need:
    with store.operation("add_need"):
        return add_need(store, elder_id=elder.id, category_id=3, wishes=" 带围布 ", half_days=(5, 1, 5), today=DAY)


def test_a_need_waits_from_today(store: Store, elder: Elder) -> None:
    need = want(store, elder)
    assert (need.state, need.since, need.source) == (NeedState.OPEN, DAY, NeedSource.DESK)
    assert (need.wishes, need.half_days) == ("带围布", (1, 5))
    line = store.undoable()
    assert line is not None
    assert line.about == "高莲英　理发"
    with pytest.raises(NotThere), store.operation("add_need"):
        add_need(store, elder_id=elder.id, category_id=99, today=DAY)
    with pytest.raises(BadNumber), store.operation("add_need"):
        add_need(store, elder_id=elder.id, category_id=3, quantity=0, today=DAY)
    assert store.all(Need) == [need]


def test_a_need_is_corrected_until_it_is_over(store: Store, elder: Elder) -> None:
    need = want(store, elder)
    with store.operation("edit_need"):
        edited = edit_need(store, need_id=need.id, urgency=Urgency.HIGH, rhythm=Rhythm.WEEKLY, today=DAY)
    assert (edited.urgency, edited.rhythm, edited.wishes) == (Urgency.HIGH, Rhythm.WEEKLY, "带围布")
    with store.operation("close_need"):
        close_need(store, need_id=need.id, reason="自己理了", today=DAY)
    with pytest.raises(WrongState), store.operation("edit_need"):
        edit_need(store, need_id=need.id, wishes="x", today=DAY)


def test_the_service_stays_while_somebody_is_to_render_it(store: Store, elder: Elder) -> None:
    need, gu = want(store, elder), volunteer(store)
    visit = book(store, elder.id, gu.id, category_id=HAIRCUT, day=NEXT_WEDNESDAY)
    assert visit.need_ids == (need.id,)
    with pytest.raises(NeedPromised) as raised, store.operation("edit_need"):
        edit_need(store, need_id=need.id, category_id=1, today=DAY)
    assert (raised.value.field, raised.value.visits, raised.value.is_regular) == ("category_id", 1, False)
    with store.operation("edit_need"):
        edited = edit_need(store, need_id=need.id, category_id=HAIRCUT, rhythm=Rhythm.WEEKLY, today=DAY)
    assert (edited.state, edited.rhythm) == (NeedState.BOOKED, Rhythm.WEEKLY)
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=visit.id, reason="下雨", today=DAY)
    with store.operation("edit_need"):
        assert edit_need(store, need_id=need.id, category_id=1, today=DAY).category_id == 1


def test_a_paused_series_still_holds_the_service(store: Store, elder: Elder) -> None:
    need, gu = want(store, elder), volunteer(store)
    with store.operation("begin_series"):
        line = ServiceLine(category_id=HAIRCUT, need_id=need.id)
        store.add(
            Series(
                elder_id=elder.id,
                services=(line,),
                provider_ids=(gu.id,),
                starts=600,
                minutes=60,
                interval=Interval.WEEKLY,
                begins_on=DAY,
                pauses=(Pause(since=DAY),),
            )
        )
    with pytest.raises(NeedPromised) as raised, store.operation("edit_need"):
        edit_need(store, need_id=need.id, category_id=1, today=DAY)
    assert (raised.value.visits, raised.value.is_regular) == (0, True)


def test_a_closed_need_frees_who_claimed_it_and_can_wait_again(store: Store, elder: Elder) -> None:
    need = want(store, elder)
    with store.operation("claim"):
        provider = store.add(Provider(kind=ProviderKind.VOLUNTEER, name="顾海宁"))
        store.update(need.claimed(by=provider.id))
        claim = store.add(Claim.begun(need_id=need.id, provider_id=provider.id, today=DAY, days=14))
    with pytest.raises(Missing), store.operation("close_need"):
        close_need(store, need_id=need.id, reason=" ", today=DAY)
    with store.operation("close_need"):
        closed = close_need(store, need_id=need.id, reason="自己理了", today=DAY)
    assert (closed.state, closed.close_reason, closed.claimed_by) == (NeedState.CLOSED, "自己理了", None)
    assert store.get(Claim, claim.id).state is ClaimState.RELEASED
    with store.operation("reopen_need"):
        again = reopen_need(store, need_id=need.id, today=DAY)
    assert (again.state, again.since, again.close_reason) == (NeedState.OPEN, DAY, "")
    with pytest.raises(WrongState), store.operation("reopen_need"):
        reopen_need(store, need_id=need.id, today=DAY)
    undo(store)
    undo(store)
    assert store.get(Need, need.id).claimed_by == provider.id
    assert store.get(Claim, claim.id).state is ClaimState.HELD


def test_a_need_that_a_visit_under_way_meets_is_booked_again_when_it_is_taken_up_again(
    store: Store, elder: Elder
) -> None:
    helper, need = volunteer(store), want(store, elder)
    services = (ServiceLine(category_id=HAIRCUT, need_id=need.id),)
    here = book(store, elder.id, helper.id, day=DAY, today=DAY, services=services)
    with store.operation("begin_visit"):
        begin_visit(store, visit_id=here.id, today=DAY)
    with store.operation("close_need"):
        close_need(store, need_id=need.id, reason="记错了", today=DAY)
    with store.operation("reopen_need"):
        again = reopen_need(store, need_id=need.id, today=DAY)
    assert (again.state, again.claimed_by) == (NeedState.BOOKED, helper.id)
