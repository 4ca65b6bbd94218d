"""Calls: each is logged with its outcome; those to ring back stand in a queue."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from jiuliting_desk.actions.bookings import book_visit
from jiuliting_desk.actions.series import begin_series
from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.store import Store
from jiuliting_desk.store import calls as queries


def call_about(store: Store, call: Call) -> str:
    """A call in the words of history: the elder, or the caller, or the number's last digits."""
    elder = store.find(Elder, call.elder_id)
    if elder is not None:
        return elder.name
    return call.caller_name or (f"尾号 {call.phone[-4:]}" if call.phone else "")


def log_call(
    store: Store,
    *,
    outcome: CallOutcome,
    today: date,
    elder_id: int | None = None,
    phone: str = "",
    caller_name: str = "",
    is_outgoing: bool = False,
    category_id: int | None = None,
    notes: str = "",
    visit_id: int | None = None,
    need_id: int | None = None,
    recall_on: date | None = None,
    recall_id: int | None = None,
    at: datetime | None = None,
) -> Call:
    """A call and what came of it; a complaint opens a follow-up.

    ``recall_id`` is the call in the queue that this one answers: it is settled, and now known to be of that elder.
    Raises Missing, NotThere, and WrongState where the queue does not hold it any more.
    """
    call = Call(
        at=store.now() if at is None else at,
        elder_id=elder_id,
        phone=phone,
        caller_name=caller_name,
        is_outgoing=is_outgoing or recall_id is not None,
        category_id=category_id,
        outcome=outcome,
        notes=notes,
        visit_id=visit_id,
        need_id=need_id,
        taken_by=store.who,
        recall_on=recall_on,
    ).checked()
    if recall_id is not None:
        answered = store.get(Call, recall_id).recalled(on=today)
        store.update(replace(answered, elder_id=answered.elder_id or elder_id))
    saved = store.add(call)
    store.running.about = call_about(store, saved)
    if outcome is CallOutcome.COMPLAINT and elder_id is not None:
        store.add(
            FollowUp(
                elder_id=elder_id,
                visit_id=visit_id,
                call_id=saved.id,
                cause=Cause.COMPLAINT,
                what=saved.notes,
                owner=store.who,
                opened_on=today,
                due_on=today + timedelta(days=number_setting(store, "follow_up_days")),
            )
        )
    return saved


def book_by_phone(
    store: Store,
    *,
    elder_id: int,
    services: Sequence[ServiceLine],
    provider_ids: Sequence[int],
    day: date,
    starts: int,
    today: date,
    minutes: int | None = None,
    cadre_id: int | None = None,
    reason: str = "",
    awaits_answer: bool = False,
    notes: str = "",
    phone: str = "",
    caller_name: str = "",
    recall_id: int | None = None,
) -> tuple[Visit, Call]:
    """A visit booked while somebody is on the telephone, and the call, in one step.

    ``recall_id`` is the call in the queue that this one answers. Raises as ``book_visit`` does.
    """
    visit = book_visit(
        store,
        elder_id=elder_id,
        services=services,
        provider_ids=provider_ids,
        day=day,
        starts=starts,
        minutes=minutes,
        cadre_id=cadre_id,
        reason=reason,
        awaits_answer=awaits_answer,
        notes=notes,
        today=today,
    )
    about = store.running.about
    call = log_call(
        store,
        outcome=CallOutcome.BOOKED,
        today=today,
        elder_id=elder_id,
        phone=phone,
        caller_name=caller_name,
        category_id=visit.category_ids[0],
        visit_id=visit.id,
        need_id=visit.need_ids[0] if visit.need_ids else None,
        recall_id=recall_id,
    )
    store.running.about = about
    return visit, call


def begin_series_by_phone(
    store: Store,
    *,
    series: Series,
    today: date,
    reason: str = "",
    phone: str = "",
    recall_id: int | None = None,
) -> tuple[Series, list[Visit]]:
    """Recurring visits agreed on the telephone, and the call, in one step. Raises as ``begin_series`` does."""
    saved, visits = begin_series(store, series=series, reason=reason, today=today)
    about = store.running.about
    log_call(
        store,
        outcome=CallOutcome.BOOKED,
        today=today,
        elder_id=series.elder_id,
        phone=phone,
        category_id=series.services[0].category_id,
        visit_id=visits[0].id if visits else None,
        recall_id=recall_id,
    )
    store.running.about = about
    return saved, visits


def recall_queue(store: Store) -> list[Call]:
    """Calls to ring back, the earliest day first."""
    return queries.to_ring_back(store)


def settle_recall(store: Store, *, call_id: int, today: date, notes: str = "") -> Call:
    """Rung back, and settled. Raises WrongState where it is not in the queue."""
    call = _named(store, call_id)
    return store.update(call.recalled(on=today, notes=notes))


def miss_recall(store: Store, *, call_id: int, today: date, next_on: date | None = None) -> Call:
    """Rung back in vain; again the next day, or on ``next_on``. Raises WrongState, DateOrder."""
    call = _named(store, call_id)
    return store.update(call.recall_missed(next_on=next_on or today + timedelta(days=1)))


def name_caller(store: Store, *, call_id: int, elder_id: int, today: date) -> Call:
    """Tell afterwards who it was that rang. Raises NotThere."""
    del today
    store.get(Elder, elder_id)
    call = store.update(replace(store.get(Call, call_id), elder_id=elder_id))
    store.running.about = call_about(store, call)
    return call


def _named(store: Store, call_id: int) -> Call:
    call = store.get(Call, call_id)
    store.running.about = call_about(store, call)
    return call
