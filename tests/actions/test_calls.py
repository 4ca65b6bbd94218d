"""Every call is logged; those to ring back stand in the queue."""

from datetime import timedelta

import pytest

from jiuliting_desk.actions.calls import book_by_phone, log_call, miss_recall, name_caller, recall_queue, settle_recall
from jiuliting_desk.actions.history import undo
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.errors import Missing, ReasonWanted
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.store import Store, drafts
from tests.actions.people import HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import NEXT_WEDNESDAY


def test_booking_by_phone_is_one_step(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    wanted = need(store, gao.id)
    plan = {
        "elder_id": gao.id,
        "services": (ServiceLine(category_id=HAIRCUT),),
        "provider_ids": (gu.id,),
        "day": NEXT_WEDNESDAY,
        "starts": 14 * 60,
        "today": TODAY,
    }
    with store.operation("book_by_phone"):
        visit, call = book_by_phone(store, **plan)  # type: ignore[arg-type]
    assert (call.outcome, call.visit_id, call.need_id, call.taken_by) == (
        CallOutcome.BOOKED,
        visit.id,
        wanted.id,
        "何佩",
    )
    with pytest.raises(ReasonWanted), store.operation("book_by_phone"):
        book_by_phone(store, **plan)  # type: ignore[arg-type]
    assert store.count(Call) == 1
    undo(store)
    assert store.count(Call) == store.count(Visit) == 0


def test_those_to_ring_back_wait_in_the_queue(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    with store.operation("log_call"):
        message = log_call(
            store,
            outcome=CallOutcome.MESSAGE,
            phone="10000001234",
            notes="问洗空调",
            recall_on=TODAY,
            today=TODAY,
        )
    with store.operation("log_call"):
        log_call(store, outcome=CallOutcome.WRONG_NUMBER, today=TODAY)
    assert [call.id for call in recall_queue(store)] == [message.id]
    with store.operation("miss_recall"):
        again = miss_recall(store, call_id=message.id, today=TODAY)
    assert (again.recall_on, again.recall_tries) == (TODAY + timedelta(days=1), 1)
    with store.operation("name_caller"):
        name_caller(store, call_id=message.id, elder_id=gao.id, today=TODAY)
    with store.operation("book_by_phone"):
        _, call = book_by_phone(
            store,
            elder_id=gao.id,
            services=(ServiceLine(category_id=HAIRCUT),),
            provider_ids=(gu.id,),
            day=NEXT_WEDNESDAY,
            starts=600,
            recall_id=message.id,
            today=TODAY,
        )
    assert call.is_outgoing
    assert recall_queue(store) == []
    with pytest.raises(Missing), store.operation("log_call"):
        log_call(store, outcome=CallOutcome.MESSAGE, elder_id=gao.id, today=TODAY)


def test_a_recall_can_be_settled_without_booking(store: Store) -> None:
    gao = elder(store)
    with store.operation("log_call"):
        call = log_call(store, outcome=CallOutcome.NOT_REACHED, elder_id=gao.id, recall_on=TODAY, today=TODAY)
    with store.operation("settle_recall"):
        settle_recall(store, call_id=call.id, notes="不用了", today=TODAY)
    assert recall_queue(store) == []


def test_a_complaint_opens_a_follow_up(store: Store) -> None:
    gao = elder(store)
    with store.operation("log_call"):
        call = log_call(store, outcome=CallOutcome.COMPLAINT, elder_id=gao.id, notes="没擦窗", today=TODAY)
    (opened,) = store.all(FollowUp)
    assert (opened.cause, opened.what, opened.call_id) == (Cause.COMPLAINT, "没擦窗", call.id)


def test_a_draft_lies_in_the_file_and_is_no_step(store: Store) -> None:
    drafts.keep(store, "phone", '{"elder": 3}')
    drafts.keep(store, "phone", '{"elder": 4}')
    assert drafts.kept(store, "phone") == '{"elder": 4}'
    assert store.undoable() is None
    drafts.drop(store, "phone")
    assert drafts.kept(store, "phone") == ""
