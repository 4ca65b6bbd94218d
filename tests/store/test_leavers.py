"""An old step that is undone gives no work back to those who left the list since."""

from datetime import timedelta

import pytest

from jiuliting_desk.actions.elders import change_elder_state
from jiuliting_desk.actions.history import undo, undo_step
from jiuliting_desk.actions.needs import close_need
from jiuliting_desk.actions.providers import stop_provider
from jiuliting_desk.actions.visits import cancel_visit
from jiuliting_desk.model.elders import ElderState
from jiuliting_desk.model.errors import Overtaken
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.people import TODAY, elder, need, volunteer
from tests.actions.visits import book
from tests.store.test_undo import contents


def close(store: Store, need_id: int) -> int:
    with store.operation("close_need") as step:
        close_need(store, need_id=need_id, reason="自己理了", today=TODAY)
    return step.id


def test_nobody_is_sent_to_an_elder_who_died_since(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    wanted = need(store, gao.id)
    visit = book(store, gao.id, gu.id)
    step = close(store, wanted.id)
    with store.operation("change_elder_state"):
        change_elder_state(store, elder_id=gao.id, state=ElderState.DECEASED, reason="过世", today=TODAY)
    before = contents(store)
    with pytest.raises(Overtaken) as raised:
        undo_step(store, operation_id=step)
    assert raised.value.by == ("change_elder_state|高莲英",)
    assert contents(store) == before
    report = undo_step(store, operation_id=step, partly=True)
    assert report.kept == 2
    assert [line.name for line in report.because] == ["change_elder_state"]
    assert store.get(Need, wanted.id).state is NeedState.CLOSED
    assert store.get(Visit, visit.id).state is VisitState.CANCELLED
    undo(store)
    undo_step(store, operation_id=step)
    assert store.get(Need, wanted.id).state is NeedState.BOOKED
    assert store.get(Visit, visit.id).state is VisitState.PLANNED


def test_a_volunteer_who_stopped_since_is_not_sent(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    need(store, gao.id)
    visit = book(store, gao.id, gu.id)
    with store.operation("cancel_visit") as step:
        cancel_visit(store, visit_id=visit.id, reason="下雨", today=TODAY)
    with store.operation("stop_provider"):
        stop_provider(store, provider_id=gu.id, reason="搬走了", today=TODAY)
    with pytest.raises(Overtaken):
        undo_step(store, operation_id=step.id)
    assert store.get(Visit, visit.id).state is VisitState.CANCELLED


def test_days_gone_by_are_no_work(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    visit = book(store, gao.id, gu.id, day=TODAY - timedelta(days=2), today=TODAY - timedelta(days=3))
    with store.operation("cancel_visit") as step:
        cancel_visit(store, visit_id=visit.id, reason="下雨", today=TODAY)
    with store.operation("stop_provider"):
        stop_provider(store, provider_id=gu.id, reason="搬走了", today=TODAY)
    undo_step(store, operation_id=step.id)
    assert store.get(Visit, visit.id).state is VisitState.PLANNED
