"""Somebody is wanted for the days on which a pausing helper leaves out visits of a need that stays theirs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.dates import half_day_of, time_text
from jiuliting_desk.model.errors import GoesAnyway, StoodInFor
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import FELL_THROUGH, ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """One service of a visit that nobody makes, of a need for which others are planned."""

    need: Need
    visit: Visit
    line: ServiceLine


def uncovered_by(
    store: Store, *, provider_id: int, visit_ids: Collection[int], given_up: Collection[int] = ()
) -> list[Uncovered]:
    """What nobody goes to once a provider leaves out these visits, by day, where the need goes on with later visits.

    Needs ``given_up``, and those for which nothing else is planned, wait anew as a whole and are left out.
    """
    visits = store.get_many(Visit, visit_ids).values()
    lost = [visit for visit in visits if visit.state is VisitState.PLANNED and visit.provider_ids == (provider_id,)]
    gone = {visit.id for visit in lost}
    needs = store.get_many(Need, {need_id for visit in lost for need_id in visit.need_ids} - set(given_up))
    going_on = {
        need.id
        for need in needs.values()
        if need.rhythm is not Rhythm.ONCE
        and need.state is NeedState.BOOKED
        and any(visit.is_open and visit.id not in gone for visit in queries.of_need(store, need.id))
    }
    return [
        Uncovered(need=needs[line.need_id], visit=visit, line=line)
        for visit in sorted(lost, key=lambda visit: (visit.day, visit.starts, visit.id))
        for line in visit.services
        if line.need_id in going_on
    ]


def ask_for_stand_ins(store: Store, found: Collection[Uncovered], *, provider: Provider, since: date) -> list[Need]:
    """A single need for each, which waits ``since`` that day, or from when its month is planned.

    It is met, claimed and given up like any other, so that nobody forgets the day; the lasting need stays as it is. The
    half-day is that of the visit, on which the elder counts.
    """
    ahead = timedelta(days=number_setting(store, "plan_ahead_days"))
    asked = [
        Need(
            elder_id=one.need.elder_id,
            category_id=one.need.category_id,
            quantity=one.line.quantity,
            half_days=(half_day_of(one.visit.day, one.visit.starts),),
            urgency=one.need.urgency,
            wishes="；".join(filter(None, (_what(one.visit, provider), one.need.wishes))),
            wants_sex=one.need.wants_sex,
            wants_dialect=one.need.wants_dialect,
            since=max(since, one.visit.day.replace(day=1) - ahead),
            stands_in_for=one.visit.id,
        )
        for one in found
    ]
    store.add_many(asked)
    return asked


AS_BOOKED = "原来的上门照去"
WHOLE_NEED = "整条需求重新安排"
DAY_GONE = "那天已经过了"
"""Why nobody is sought any more."""


def days_wanted(store: Store, needs: Iterable[Need]) -> dict[int, date]:
    """The one day of each need that is for a day only, by need; the others are left out."""
    asked = {need.id: need.stands_in_for for need in needs if need.stands_in_for is not None}
    visits = store.get_many(Visit, set(asked.values()))
    return {need_id: visits[visit_id].day for need_id, visit_id in asked.items()}


def sought_for(store: Store, visit_ids: Collection[int]) -> list[Need]:
    """The needs for which somebody is still to be found or booked in place of these cancelled visits."""
    return [need for need in store.where(Need, stands_in_for=sorted(visit_ids)) if need.is_waiting]


def still_without(store: Store, *, provider_id: int, today: date) -> list[Visit]:
    """A provider's cancelled visits from today on for which nobody has been booked yet, the first first."""
    visits = store.get_many(Visit, queries.stood_in_for(store, since=today)).values()
    theirs = [visit for visit in visits if visit.provider_ids == (provider_id,)]
    return sorted(theirs, key=lambda visit: (visit.day, visit.starts, visit.id))


def must_not_be_stood_in_for(store: Store, visit: Visit) -> None:
    """Raise StoodInFor where somebody else is booked to go in place of a cancelled visit."""
    for need in store.where(Need, stands_in_for=visit.id, state=NeedState.BOOKED):
        for other in queries.of_need(store, need.id):
            if other.is_open:
                helper = store.get(Provider, other.provider_ids[0])
                raise StoodInFor(name=helper.name, day=other.day, starts=other.starts)


def must_be_left_out(store: Store, need: Need) -> None:
    """Raise GoesAnyway where the visit for which a need seeks somebody else is made as it was booked."""
    visit = store.find(Visit, need.stands_in_for)
    if visit is not None and visit.state not in FELL_THROUGH:
        helper = store.get(Provider, visit.provider_ids[0])
        raise GoesAnyway(name=helper.name, day=visit.day, starts=visit.starts)


def seek_no_more(store: Store, stand_ins: Collection[Need], *, reason: str, on: date) -> None:
    """Nobody is sought for these any more; whoever claimed one is free again."""
    for need in stand_ins:
        for claim in store.where(Claim, need_id=need.id, state=ClaimState.HELD):
            store.update(claim.ended(ClaimState.RELEASED, reason=reason))
        store.update(need.closed(on=on, reason=reason))


def of_its_day(store: Store, visit: Visit) -> Visit:
    """A drafted visit that meets the single needs of its own day, where it names none or such of another day."""
    asked = [
        need
        for need in store.where(Need, elder_id=visit.elder_id, state=[NeedState.OPEN, NeedState.CLAIMED])
        if need.stands_in_for is not None
    ]
    if not asked:
        return visit
    days = store.get_many(Visit, [need.stands_in_for or 0 for need in asked])
    today = [need for need in asked if days[need.stands_in_for or 0].day == visit.day]
    first = {need.category_id: need.id for need in reversed(today)}
    others = {0, *(need.id for need in asked)} - {need.id for need in today}
    lines = tuple(
        replace(line, need_id=first.get(line.category_id, line.need_id)) if line.need_id in others else line
        for line in visit.services
    )
    return replace(visit, services=lines)


def beside(store: Store, need: Need) -> list[Need]:
    """The needs for single days of one that comes back, be it that somebody is still sought or booked for them."""
    visit_ids = [] if need.rhythm is Rhythm.ONCE else [visit.id for visit in queries.of_need(store, need.id)]
    found = store.where(Need, stands_in_for=visit_ids, category_id=need.category_id)
    return [one for one in found if one.is_waiting or one.state is NeedState.BOOKED]


def seek_none_for_need(store: Store, need: Need, *, reason: str, on: date) -> None:
    """A need waits anew: for its single cancelled visits nobody is sought beside it; who is booked for one goes."""
    seek_no_more(store, [one for one in beside(store, need) if one.is_waiting], reason=reason, on=on)


def days_gone(store: Store, *, today: date) -> list[Need]:
    """Needs for which somebody is sought for a day that has gone by."""
    return list(store.get_many(Need, queries.stand_ins_before(store, day=today)).values())


def lapse_stand_ins(store: Store, *, today: date) -> list[Need]:
    """Seek nobody any more for days gone by, in one step that the program takes by itself."""
    gone = days_gone(store, today=today)
    seek_no_more(store, gone, reason=DAY_GONE, on=today)
    store.running.about = f"{len(gone)} 次"
    return gone


def _what(visit: Visit, provider: Provider) -> str:
    return f"{visit.day.month}月{visit.day.day}日 {time_text(visit.starts)} 代{provider.name}去一次"
