"""Somebody is wanted for the days on which a pausing helper leaves out visits of a need that stays theirs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
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

    It is met, claimed and given up like any other, so that nobody forgets the day; the lasting need stays as it is.
    """
    ahead = timedelta(days=number_setting(store, "plan_ahead_days"))
    asked = [
        Need(
            elder_id=one.need.elder_id,
            category_id=one.need.category_id,
            quantity=one.line.quantity,
            half_days=one.need.half_days,
            urgency=one.need.urgency,
            wishes="；".join(filter(None, (_what(one.visit, provider), one.need.wishes))),
            wants_sex=one.need.wants_sex,
            wants_dialect=one.need.wants_dialect,
            since=max(since, one.visit.day.replace(day=1) - ahead),
        )
        for one in found
    ]
    store.add_many(asked)
    return asked


def _what(visit: Visit, provider: Provider) -> str:
    return f"{visit.day.month}月{visit.day.day}日 {time_text(visit.starts)} 代{provider.name}去一次"
