"""What visits do to the needs they meet: booked, served, waiting again."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.actions.stand_ins import WHOLE_NEED, seek_none_for_need
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.providers import Provider, ProviderState, Refusal
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries


def book_needs(store: Store, visit: Visit, *, since: date) -> None:
    """The visit's needs are booked with its first provider; claims on them are used, or released to the new one.

    One that repeats stays with who has it where they go to it ``since`` that day: somebody else stands in for once,
    unless they come again and again. Raises WrongState for a need that is served or closed.
    """
    series = store.find(Series, visit.series_id)
    is_regular = series is not None and visit.provider_ids[0] in series.provider_ids
    for need in store.get_many(Need, visit.need_ids).values():
        for claim in store.where(Claim, need_id=need.id, state=ClaimState.HELD):
            is_theirs = claim.provider_id in visit.provider_ids
            store.update(claim.ended(ClaimState.USED if is_theirs else ClaimState.RELEASED))
        is_theirs = (
            need.rhythm is not Rhythm.ONCE
            and need.state is NeedState.BOOKED
            and need.claimed_by in queries.goers(store, need.id, since=since)
        )
        if is_regular or not is_theirs:
            store.update(need.booked(by=visit.provider_ids[0]))


def free_needs(store: Store, need_ids: Collection[int], *, since: date, without: int = 0) -> None:
    """Needs whose visit (``without``) fell through wait again, where no other is planned and no series rests.

    Where only others go ``since`` that day, they are theirs.
    """
    for need in store.get_many(Need, need_ids).values():
        if need.state is not NeedState.BOOKED:
            continue
        if queries.is_planned(store, need.id, without=without):
            _pass_on(store, need, since=since, without=without)
        elif not _rests(store, need):
            store.update(need.released())
            seek_none_for_need(store, need, reason=WHOLE_NEED, on=since)


def _pass_on(store: Store, need: Need, *, since: date, without: int) -> None:
    """A booked need is that of the first who goes, where the one who has it goes to it no more."""
    goers = queries.goers(store, need.id, since=since, without=without)
    if goers and need.claimed_by not in goers:
        store.update(need.booked(by=goers[0]))


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
    """The visit's needs are met; one that repeats and has no further visit is held until due next.

    It is held by whoever is paired for it, else by who had it, unless they have stopped or the two are not to meet.
    """
    for need in store.get_many(Need, visit.need_ids).values():
        if need.state in {NeedState.SERVED, NeedState.CLOSED}:
            continue
        if need.rhythm is Rhythm.ONCE:
            store.update(need.served())
        elif need.state is not NeedState.BOOKED:
            continue
        elif queries.is_planned(store, need.id, without=visit.id):
            _pass_on(store, need, since=today, without=visit.id)
        elif not _rests(store, need):
            _hold(store, need.due_again(after=visit.day), today=today)


def _hold(store: Store, need: Need, *, today: date) -> None:
    begins = max(today, need.since)
    holder = _next_holder(store, need, on=begins)
    if holder is None:
        store.update(need.released())
        seek_none_for_need(store, need, reason=WHOLE_NEED, on=today)
        return
    store.update(replace(need, claimed_by=holder))
    store.add(
        Claim(
            need_id=need.id,
            provider_id=holder,
            claimed_on=today,
            begins_on=begins if begins > today else None,
            expires_on=begins + timedelta(days=number_setting(store, "claim_days")),
        )
    )


def _next_holder(store: Store, need: Need, *, on: date) -> int | None:
    """Who goes next where no visit is planned: of those paired for the service and of who had it, None for nobody."""
    bonds = store.where(Pairing, elder_id=need.elder_id, ended_on=None)
    own = [bond.provider_id for bond in bonds if bond.category_id == need.category_id]
    paired = own + [bond.provider_id for bond in bonds if bond.category_id is None]
    had = [] if need.claimed_by is None else [need.claimed_by]
    first = had if need.claimed_by in paired else paired
    refused = {said.provider_id for said in store.where(Refusal, elder_id=need.elder_id)}
    providers = store.get_many(Provider, [*paired, *had])
    for one in dict.fromkeys((*first, *had)):
        found = providers[one]
        is_gone = found.state is ProviderState.STOPPED or {one, found.enterprise_id} & refused
        if not is_gone and (one in had or not found.is_away(on)):
            return one
    return None


def book_needs_again(store: Store, visit: Visit) -> Visit:
    """Book what a visit that was taken up again meets; needs that are over meanwhile it meets no more.

    Where it was of somebody who has stopped since, the needs wait on for others.
    """
    needs = store.get_many(Need, visit.need_ids)
    has_stopped = store.get(Provider, visit.provider_ids[0]).state is ProviderState.STOPPED
    for need in needs.values():
        if has_stopped or not need.is_waiting:
            continue
        for claim in store.where(Claim, need_id=need.id, state=ClaimState.HELD):
            store.update(claim.ended(ClaimState.RELEASED))
        store.update(need.booked(by=visit.provider_ids[0]))
    over = {need.id for need in needs.values() if need.state in {NeedState.SERVED, NeedState.CLOSED}}
    lines = tuple(replace(line, need_id=0) if line.need_id in over else line for line in visit.services)
    return store.update(replace(visit, services=lines))
