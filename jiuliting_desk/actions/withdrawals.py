"""What becomes of planned visits and series when an elder leaves, a provider stops, a need is given up."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.actions.visit_needs import free_needs, keep_needs
from jiuliting_desk.actions.visits import cancel_visit
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries

UNTOLD = "不再安排"
"""The reason where none was said."""


def withdraw_elder(store: Store, *, elder_id: int, reason: str, today: date) -> None:
    """The elder's planned visits from today on are cancelled, their series end.

    Visits that are going on stay, and so do those of days gone by: they may have taken place and are to be recorded.
    """
    for visit in store.where(Visit, elder_id=elder_id, state=VisitState.PLANNED):
        if visit.day >= today:
            cancel_visit(store, visit_id=visit.id, reason=reason.strip() or UNTOLD, today=today)
        else:
            _meet_no_more(store, visit, visit.need_ids)
    for series in store.where(Series, elder_id=elder_id, ended_on=None):
        store.update(series.ended(after=today - timedelta(days=1), reason=reason))


def planned_at(store: Store, *, elder_id: int, today: date) -> list[Visit]:
    """The visits that an elder awaits from today on, the first first."""
    planned = store.where(Visit, elder_id=elder_id, state=VisitState.PLANNED, order="day")
    return [visit for visit in planned if visit.day >= today]


def planned_for(store: Store, *, need_id: int, today: date) -> list[Visit]:
    """The visits planned for a need from today on, the first first."""
    found = queries.of_need(store, need_id)
    return [visit for visit in found if visit.state is VisitState.PLANNED and visit.day >= today]


def visit_meeting(store: Store, need: Need) -> Visit | None:
    """The visit under way that meets a single need, for which nobody else is to be sent; None for no such."""
    if need.rhythm is not Rhythm.ONCE:
        return None
    return next((visit for visit in queries.of_need(store, need.id) if visit.state is VisitState.UNDER_WAY), None)


def who_else_goes(store: Store, *, need_id: int, provider_id: int) -> tuple[int, ...]:
    """Who is to meet a need beside a provider, at the first planned visit where somebody is; of any day."""
    for visit in queries.of_need(store, need_id):
        others = tuple(one for one in visit.provider_ids if one != provider_id)
        if visit.state is VisitState.PLANNED and others:
            return others
    return ()


def planned_visits(store: Store, *, provider_id: int, today: date, elder_id: int | None = None) -> list[Visit]:
    """Where the provider is to go from today on (to one elder, where that is said), the first first."""
    return sorted(
        (
            visit
            for visit in queries.planned_of_provider(store, provider_id)
            if visit.day >= today and (elder_id is None or visit.elder_id == elder_id)
        ),
        key=lambda visit: (visit.day, visit.starts, visit.id),
    )


def leave_visits(store: Store, visits: Iterable[Visit], *, provider_id: int, reason: str, today: date) -> None:
    """The provider does not go to these planned visits: one where they were alone is cancelled."""
    for visit in visits:
        _without_provider(store, visit, provider_id, reason=reason, today=today)


def withdraw_provider(store: Store, *, provider_id: int, reason: str, today: date, elder_id: int | None = None) -> None:
    """The provider goes to no planned visit from today on (of one elder, where that is said), their series end.

    Visits of days gone by stay: they may have taken place and are still to be recorded.
    """
    planned = planned_visits(store, provider_id=provider_id, today=today, elder_id=elder_id)
    leave_visits(store, planned, provider_id=provider_id, reason=reason, today=today)
    for series in store.where(Series, ended_on=None):
        if provider_id in series.provider_ids and (elder_id is None or series.elder_id == elder_id):
            others = tuple(one for one in series.provider_ids if one != provider_id)
            if others:
                with_others = store.update(replace(series, provider_ids=others))
                if with_others.is_paused:
                    keep_needs(store, with_others)
            else:
                store.update(series.ended(after=today - timedelta(days=1), reason=reason))
                free_needs(store, series.need_ids, since=today)


def _without_provider(store: Store, visit: Visit, provider_id: int, *, reason: str, today: date) -> None:
    others = tuple(one for one in visit.provider_ids if one != provider_id)
    if not others:
        cancel_visit(store, visit_id=visit.id, reason=reason.strip() or UNTOLD, today=today)
        return
    store.update(replace(visit, provider_ids=others))
    for need in store.get_many(Need, visit.need_ids).values():
        if need.state is NeedState.BOOKED and need.claimed_by == provider_id:
            store.update(replace(need, claimed_by=others[0]))


def withdraw_need(store: Store, *, need_id: int, reason: str, today: date, provider_id: int | None = None) -> None:
    """Visits planned from today on meet the need no more: one for it alone is cancelled, others lose that service.

    With ``provider_id`` only those on which nobody else goes; where others do, they go on without this provider.
    """

    def is_whole(who: tuple[int, ...]) -> bool:
        return provider_id is None or who == (provider_id,)

    for visit in queries.of_need(store, need_id):
        if visit.state is VisitState.PLANNED and visit.day < today and is_whole(visit.provider_ids):
            _meet_no_more(store, visit, (need_id,))
    for visit in planned_for(store, need_id=need_id, today=today):
        rest = tuple(line for line in visit.services if line.need_id != need_id)
        if not is_whole(visit.provider_ids):
            leave_visits(
                store,
                [visit] if provider_id in visit.provider_ids else [],
                provider_id=provider_id or 0,
                reason=reason,
                today=today,
            )
        elif rest:
            minutes = max(5, visit.minutes - sum(line.minutes for line in visit.services if line.need_id == need_id))
            store.update(replace(visit, services=rest, minutes=minutes))
        else:
            cancel_visit(store, visit_id=visit.id, reason=reason.strip() or UNTOLD, today=today)
    for series in store.where(Series, ended_on=None):
        if any(line.need_id == need_id for line in series.services):
            rest = tuple(line for line in series.services if line.need_id != need_id)
            if not is_whole(series.provider_ids):
                others = tuple(one for one in series.provider_ids if one != provider_id)
                store.update(replace(series, provider_ids=others))
            elif rest:
                store.update(replace(series, services=rest))
            else:
                store.update(series.ended(after=today - timedelta(days=1), reason=reason))


def _meet_no_more(store: Store, visit: Visit, need_ids: Collection[int]) -> None:
    """A visit of a day gone by is still to be recorded, but it does not bear on needs that are over."""
    services = tuple(replace(line, need_id=0) if line.need_id in need_ids else line for line in visit.services)
    store.update(replace(visit, services=services))


def still_to_go(store: Store, *, pairing_id: int, today: date) -> tuple[list[Need], list[Visit], list[Series]]:
    """What the provider of a bond has taken on for the elder, of its service: ending the bond leaves all that as it is.

    Needs claimed, visits planned from today on by day, series that run. Raises NotThere.
    """
    bond = store.get(Pairing, pairing_id)

    def is_meant(category_ids: Iterable[int]) -> bool:
        return bond.category_id is None or bond.category_id in category_ids

    needs = store.where(Need, elder_id=bond.elder_id, claimed_by=bond.provider_id, state=NeedState.CLAIMED)
    visits = planned_visits(store, provider_id=bond.provider_id, elder_id=bond.elder_id, today=today)
    running = store.where(Series, elder_id=bond.elder_id, ended_on=None)
    return (
        [need for need in needs if is_meant([need.category_id])],
        [visit for visit in visits if is_meant(visit.category_ids)],
        [
            series
            for series in running
            if bond.provider_id in series.provider_ids and is_meant(line.category_id for line in series.services)
        ],
    )
