"""Needs: written down, corrected, given up with a reason, taken up again."""

from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from jiuliting_desk.actions.stand_ins import beside, must_be_left_out
from jiuliting_desk.actions.withdrawals import visit_meeting, withdraw_need
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import NeedPromised, WrongState
from jiuliting_desk.model.needs import Need, NeedSource, NeedState, Rhythm, Urgency
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries


class NeedFields(TypedDict, total=False):
    """What may be said and corrected of a need."""

    category_id: int
    quantity: int
    rhythm: Rhythm
    per_month: int
    half_days: tuple[int, ...]
    urgency: Urgency
    wishes: str
    wants_sex: str
    wants_dialect: bool


def need_about(store: Store, need: Need) -> str:
    """A need in the words of history: 高莲英　理发."""
    elder, category = store.find(Elder, need.elder_id), store.find(ServiceCategory, need.category_id)
    return f"{elder.name if elder else ''}　{category.name if category else ''}"


def add_need(
    store: Store,
    *,
    elder_id: int,
    category_id: int,
    today: date,
    source: NeedSource = NeedSource.DESK,
    survey_id: int | None = None,
    source_row: int | None = None,
    quantity: int = 1,
    rhythm: Rhythm = Rhythm.ONCE,
    per_month: int = 1,
    half_days: tuple[int, ...] = (),
    urgency: Urgency = Urgency.NORMAL,
    wishes: str = "",
    wants_sex: str = "",
    wants_dialect: bool = False,
) -> Need:
    """A need that waits from today on. Raises NotActive for elders who left the list, BadNumber, NotThere."""
    store.get(Elder, elder_id).must_be_served()
    store.get(ServiceCategory, category_id)
    need = Need(
        elder_id=elder_id,
        category_id=category_id,
        quantity=quantity,
        rhythm=rhythm,
        per_month=per_month,
        half_days=half_days,
        urgency=urgency,
        wishes=wishes,
        wants_sex=wants_sex,
        wants_dialect=wants_dialect,
        source=source,
        survey_id=survey_id,
        source_row=source_row,
        since=today,
    ).checked()
    store.running.about = need_about(store, need)
    return store.add(need)


def edit_need(store: Store, *, need_id: int, today: date, **fields: Unpack[NeedFields]) -> Need:
    """Some fields of a need changed; a series for it keeps its own rhythm.

    Raises BadNumber, WrongState once it is served or closed, and NeedPromised where the service would change
    although it is claimed, booked or met by a series.
    """
    need = _named(store, need_id)
    if need.state in {NeedState.SERVED, NeedState.CLOSED}:
        raise WrongState(kind="need", state=need.state, wanted=NeedState.OPEN)
    if fields.get("category_id", need.category_id) != need.category_id:
        is_regular = is_met_by_series(store, need_id=need.id)
        if is_regular or need.state is not NeedState.OPEN:
            planned = [visit for visit in queries.of_need(store, need.id) if visit.state is VisitState.PLANNED]
            visits = sum(visit.day >= today for visit in planned)
            raise NeedPromised(field="category_id", visits=visits, is_regular=is_regular)
    return store.update(replace(need, **fields).checked())


def is_met_by_series(store: Store, *, need_id: int) -> bool:
    """Whether a series that has not ended, be it paused, is for the need."""
    return any(need_id in {line.need_id for line in series.services} for series in store.where(Series, ended_on=None))


def close_need(store: Store, *, need_id: int, reason: str, today: date) -> Need:
    """The need is given up; whoever claimed it is free again, visits planned for it alone are cancelled.

    So are those who stand in for its helper on single days.

    Raises Missing without a reason, WrongState.
    """
    need = _named(store, need_id)
    closed = need.closed(on=today, reason=reason)
    for claim in store.where(Claim, need_id=need.id, state=ClaimState.HELD):
        store.update(claim.ended(ClaimState.RELEASED, reason=closed.close_reason))
    withdraw_need(store, need_id=need.id, reason=closed.close_reason, today=today)
    for one in beside(store, need):
        close_need(store, need_id=one.id, reason=reason, today=today)
    store.running.about = need_about(store, need)
    return store.update(closed)


def reopen_need(store: Store, *, need_id: int, today: date) -> Need:
    """A closed need waits again, since the day it was written down; one met by a visit under way is booked again.

    Raises WrongState, NotActive; GoesAnyway for a day on which nobody has to stand in any more.
    """
    del today
    need = _named(store, need_id)
    store.get(Elder, need.elder_id).must_be_served()
    must_be_left_out(store, need)
    reopened, visit = need.reopened(), visit_meeting(store, need)
    return store.update(reopened if visit is None else reopened.booked(by=visit.provider_ids[0]))


def _named(store: Store, need_id: int) -> Need:
    need = store.get(Need, need_id)
    store.running.about = need_about(store, need)
    return need
