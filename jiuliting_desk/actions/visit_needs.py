"""What visits do to the needs they meet: booked, served, waiting again."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries


def book_needs(store: Store, visit: Visit) -> None:
    """The visit's needs are booked with its first provider; claims on them are used, or released to the new one.

    Raises WrongState for a need that is served or closed.
    """
    for need in store.get_many(Need, visit.need_ids).values():
        for claim in store.where(Claim, need_id=need.id, state=ClaimState.HELD):
            is_theirs = claim.provider_id in visit.provider_ids
            store.update(claim.ended(ClaimState.USED if is_theirs else ClaimState.RELEASED))
        store.update(need.booked(by=visit.provider_ids[0]))


def free_needs(store: Store, need_ids: Collection[int], *, without: int = 0) -> None:
    """Needs whose visit (``without``) fell through wait again, where no other is planned and no series rests."""
    for need in store.get_many(Need, need_ids).values():
        if need.state is NeedState.BOOKED and not (
            queries.is_planned(store, need.id, without=without) or _rests(store, need)
        ):
            store.update(need.released())


def _rests(store: Store, need: Need) -> bool:
    """Whether a series for the need is paused: it stays with whoever comes when that goes on."""
    return any(
        series.is_paused and series.until is None and need.id in series.need_ids
        for series in store.where(Series, elder_id=need.elder_id, ended_on=None)
    )


def keep_needs(store: Store, series: Series) -> None:
    """Needs of a paused series that have no visit ahead stay booked with its first provider."""
    for need in store.get_many(Need, series.need_ids).values():
        if need.state is NeedState.BOOKED and not queries.is_planned(store, need.id):
            store.update(need.booked(by=series.provider_ids[0]))


def serve_needs(store: Store, visit: Visit, *, today: date) -> None:
    """The visit's needs are met; one that repeats and has no further visit is held by its provider until due next."""
    for need in store.get_many(Need, visit.need_ids).values():
        if need.state in {NeedState.SERVED, NeedState.CLOSED}:
            continue
        if need.rhythm is Rhythm.ONCE:
            store.update(need.served())
        elif (
            need.state is NeedState.BOOKED
            and not queries.is_planned(store, need.id, without=visit.id)
            and not _rests(store, need)
        ):
            due = need.due_again(after=visit.day)
            store.update(due)
            begins = max(today, due.since)
            store.add(
                Claim(
                    need_id=need.id,
                    provider_id=need.claimed_by or visit.provider_ids[0],
                    claimed_on=today,
                    begins_on=begins if begins > today else None,
                    expires_on=begins + timedelta(days=number_setting(store, "claim_days")),
                )
            )


def book_needs_again(store: Store, visit: Visit) -> Visit:
    """Book what a visit that was taken up again meets; needs that are over meanwhile it meets no more."""
    needs = store.get_many(Need, visit.need_ids)
    for need in needs.values():
        if not need.is_waiting:
            continue
        for claim in store.where(Claim, need_id=need.id, state=ClaimState.HELD):
            store.update(claim.ended(ClaimState.RELEASED))
        store.update(need.booked(by=visit.provider_ids[0]))
    over = {need.id for need in needs.values() if need.state in {NeedState.SERVED, NeedState.CLOSED}}
    lines = tuple(replace(line, need_id=0) if line.need_id in over else line for line in visit.services)
    return store.update(replace(visit, services=lines))
