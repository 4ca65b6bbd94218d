"""Recurring visits: planned ahead by their rule, paused, resumed, ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jiuliting_desk.actions.bookings import (
    VisitFields,
    change_visit,
    changed_visit,
    clashes_of,
    draft_visit,
    save_booking,
)
from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.actions.stand_ins import AS_BOOKED, seek_no_more, sought_for
from jiuliting_desk.actions.visit_needs import free_needs, keep_needs
from jiuliting_desk.actions.visits import cancel_visit
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.clashes import Clash
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import ReasonWanted
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Holiday, Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries

BY_RULE = "定期上门"
"""The reason kept with a visit that its series planned though something stands against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLine:
    """A series as the list of them shows it."""

    series: Series
    name: str
    services: str
    providers: str
    next_day: date | None
    """Of the first visit that is planned."""
    planned: int
    """Visits that lie ahead."""


def series_lines(store: Store, *, today: date) -> list[SeriesLine]:
    """All series, those that go on first, by their next visit."""
    every = store.all(Series)
    elders = store.get_many(Elder, [one.elder_id for one in every])
    providers = store.get_many(Provider, [who for one in every for who in one.provider_ids])
    categories = {one.id: one.name for one in store.all(ServiceCategory)}
    ahead = queries.ahead_of_series(store, today=today)
    found = []
    for one in every:
        next_day, planned = ahead.get(one.id, (None, 0))
        found.append(
            SeriesLine(
                series=one,
                name=elders[one.elder_id].name,
                services="、".join(categories[line.category_id] for line in one.services),
                providers="、".join(providers[who].name for who in one.provider_ids if who in providers),
                next_day=next_day,
                planned=planned,
            )
        )
    return sorted(found, key=lambda line: (line.series.ended_on is not None, line.next_day or date.max, line.series.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesStep:
    """One coming day of a series, and what stands against it."""

    visit: Visit
    clashes: tuple[Clash, ...]


def draft_series(
    store: Store,
    *,
    elder_id: int,
    services: Sequence[ServiceLine],
    provider_ids: Sequence[int],
    begins_on: date,
    starts: int,
    interval: Interval,
    minutes: int | None = None,
    cadre_id: int | None = None,
    until: date | None = None,
    count: int | None = None,
    skip_holidays: bool = True,
) -> Series:
    """A series that is not saved. Raises Missing, BadNumber, DateOrder and NotThere."""
    first = draft_visit(
        store,
        elder_id=elder_id,
        services=services,
        provider_ids=provider_ids,
        day=begins_on,
        starts=starts,
        minutes=minutes,
        cadre_id=cadre_id,
    )
    return Series(
        elder_id=elder_id,
        services=first.services,
        provider_ids=first.provider_ids,
        cadre_id=cadre_id,
        starts=starts,
        minutes=first.minutes,
        interval=interval,
        begins_on=begins_on,
        until=until,
        count=count,
        skip_holidays=skip_holidays,
    ).checked()


def preview_series(store: Store, *, series: Series, today: date) -> list[SeriesStep]:
    """The visits that would be planned now, each with what stands against it."""
    return [
        SeriesStep(visit=visit, clashes=clashes_of(store, visit=visit, today=today))
        for visit in _missing(store, series, today)
    ]


def begin_series(
    store: Store, *, series: Series, today: date, reason: str = "", visit_id: int | None = None
) -> tuple[Series, list[Visit]]:
    """Save the series and plan its visits for the weeks of the settings; ``visit_id`` is its first, booked already.

    Raises NotActive, and ReasonWanted where something stands against one of them and no reason is given.
    """
    elder = store.get(Elder, series.elder_id)
    elder.must_be_served()
    saved = store.add(replace(series.checked(), id=0))
    if visit_id is not None:
        store.update(replace(store.get(Visit, visit_id), series_id=saved.id))
    found = preview_series(store, series=saved, today=today)
    rules = tuple(dict.fromkeys(c.kind.value for step in found for c in step.clashes if c.wants_reason))
    if rules and not reason.strip():
        raise ReasonWanted(field="reason", rules=rules)
    visits = [save_booking(store, visit=step.visit, reason=reason, today=today) for step in found]
    saved = store.update(
        replace(saved, planned_until=horizon(store, today), override_reason=reason.strip() if rules else "")
    )
    store.running.about = f"{elder.name}　{len(visits)} 次"
    return saved, visits


def extend_series(store: Store, *, today: date) -> list[Visit]:
    """Plan the visits that the passing days have brought within the weeks of the settings, for all series.

    A step that the program takes by itself: a visit against which something stands is planned for staff to look at.
    While everybody who comes is paused none is planned; those days are looked at again until they are past.
    """
    made = []
    for series in store.where(Series, ended_on=None):
        if not store.get(Elder, series.elder_id).is_served:
            continue
        made += _plan(store, series, today)
    store.running.about = f"{len(made)} 次"
    return made


def due_visits(store: Store, *, today: date) -> int:
    """How many visits ``extend_series`` would plan now."""
    running = store.where(Series, ended_on=None)
    return sum(len(_due(store, series, today)[0]) for series in running if store.get(Elder, series.elder_id).is_served)


def _plan(store: Store, series: Series, today: date) -> list[Visit]:
    due, last = _due(store, series, today)
    made = [save_booking(store, visit=visit, reason=series.override_reason or BY_RULE, today=today) for visit in due]
    if made or series.planned_until is None or series.planned_until < last:
        store.update(replace(series, planned_until=last))
    return made


def _due(store: Store, series: Series, today: date) -> tuple[list[Visit], date]:
    """The drafts that are to be planned now, by those who are not away, and up to which day that leaves nothing out."""
    helpers = store.get_many(Provider, series.provider_ids)
    due, last = [], horizon(store, today)
    for visit in _missing(store, series, today):
        there = tuple(one for one in visit.provider_ids if one in helpers and not helpers[one].is_away(visit.day))
        if there:
            due.append(replace(visit, provider_ids=there))
        else:
            last = min(last, visit.day - timedelta(days=1))
    return due, last


def horizon(store: Store, today: date) -> date:
    """The last day up to which visits of series are planned."""
    return today + timedelta(weeks=number_setting(store, "series_weeks"))


def _missing(store: Store, series: Series, today: date) -> list[Visit]:
    """Drafts for the days of the series from today to the horizon that were not planned yet."""
    since = today if series.planned_until is None else max(today, series.planned_until + timedelta(days=1))
    known = queries.days_of_series(store, series.id) if series.id else set()
    holidays = {holiday.day for holiday in store.all(Holiday)}
    return [
        series_visit(store, series, day)
        for day in series.days(last=horizon(store, today), holidays=holidays)
        if day >= since and day not in known
    ]


def series_visit(store: Store, series: Series, day: date) -> Visit:
    """The visit of a series on a day, not saved."""
    elder = store.get(Elder, series.elder_id)
    return Visit(
        elder_id=series.elder_id,
        committee_id=elder.committee_id,
        compound_id=elder.compound_id,
        services=series.services,
        provider_ids=series.provider_ids,
        cadre_id=series.cadre_id,
        day=day,
        starts=series.starts,
        minutes=series.minutes,
        series_id=series.id or None,
    )


def pause_series(
    store: Store, *, series_id: int, since: date, reason: str, today: date, until: date | None = None
) -> Series:
    """No visits from a day on; those planned in the pause are cancelled.

    In a pause without end the needs stay with who comes; in others they wait again where no visit is planned any more.
    Raises WrongState, DateOrder, Missing.
    """
    paused = store.update(store.get(Series, series_id).paused(since=since, until=until, reason=reason))
    _cancel(store, series_id, since=max(since, today), until=until, reason=reason, today=today)
    _tell(store, paused)
    return paused


def taken_meanwhile(store: Store, *, series_id: int) -> list[tuple[Need, Provider]]:
    """Needs of a series that somebody else has taken, with whom: resuming gives them back to who comes by it."""
    series = store.get(Series, series_id)
    needs = store.get_many(Need, series.need_ids).values()
    return [
        (need, store.get(Provider, need.claimed_by))
        for need in needs
        if need.claimed_by is not None and need.claimed_by not in series.provider_ids
    ]


def resume_series(store: Store, *, series_id: int, on: date, today: date) -> tuple[Series, list[Visit]]:
    """Visits again from a day on, planned at once. Raises WrongState."""
    resumed = store.get(Series, series_id).resumed(on=on)
    resumed = store.update(replace(resumed, planned_until=max(on, today) - timedelta(days=1)))
    visits = _reinstate_or_plan(store, resumed, today)
    _tell(store, resumed)
    return store.get(Series, series_id), visits


def _reinstate_or_plan(store: Store, series: Series, today: date) -> list[Visit]:
    """Plan anew the days whose visits the pause had cancelled, and those that were never planned.

    Where somebody else is booked to go that day they go; where somebody is only sought, the series' own go again.
    """
    holidays = {holiday.day for holiday in store.all(Holiday)}
    due = set(series.days(last=horizon(store, today), holidays=holidays))
    cancelled = [
        visit
        for visit in store.where(Visit, series_id=series.id, state=VisitState.CANCELLED)
        if visit.day in due
        and series.planned_until is not None
        and visit.day > series.planned_until
        and store.count(Need, stands_in_for=visit.id, state=[NeedState.BOOKED, NeedState.SERVED]) == 0
    ]
    for visit in cancelled:
        store.update(replace(visit, series_id=None))
    made = _plan(store, series, today)
    days = {visit.day for visit in made}
    again = [visit.id for visit in cancelled if visit.day in days]
    seek_no_more(store, sought_for(store, again), reason=AS_BOOKED, on=today)
    return made


def end_series(store: Store, *, series_id: int, after: date, reason: str, today: date) -> Series:
    """No visits after a day; those planned later are cancelled. Raises WrongState, Missing without a reason."""
    ended = store.update(store.get(Series, series_id).ended(after=after, reason=reason))
    _cancel(store, series_id, since=after + timedelta(days=1), until=None, reason=reason, today=today)
    free_needs(store, ended.need_ids, since=today)
    _tell(store, ended)
    return ended


def change_series(
    store: Store,
    *,
    series_id: int,
    today: date,
    provider_ids: tuple[int, ...],
    starts: int,
    minutes: int,
    cadre_id: int | None,
    reason: str = "",
) -> Series:
    """From now on other people or another time: the rule and its visits that lie ahead. Raises ReasonWanted."""
    series = store.get(Series, series_id)
    fresh = replace(series, provider_ids=provider_ids, starts=starts, minutes=minutes, cadre_id=cadre_id)
    planned = [visit for visit in queries.of_series(store, series_id, first=today) if visit.state is VisitState.PLANNED]
    plan: VisitFields = {
        "provider_ids": provider_ids,
        "starts": starts,
        "minutes": minutes,
        "cadre_id": cadre_id,
    }
    rules = tuple(
        dict.fromkeys(
            clash.kind.value
            for visit in planned
            for clash in clashes_of(store, visit=changed_visit(visit, **plan), today=today)
            if clash.wants_reason
        )
    )
    if rules and not reason.strip():
        raise ReasonWanted(field="reason", rules=rules)
    for visit in planned:
        change_visit(store, visit_id=visit.id, today=today, reason=reason, **plan)
    saved = store.update(replace(fresh, override_reason=reason.strip() if rules else series.override_reason))
    if saved.is_paused:
        keep_needs(store, saved)
    _tell(store, saved)
    return saved


def _cancel(store: Store, series_id: int, *, since: date, until: date | None, reason: str, today: date) -> None:
    for visit in queries.of_series(store, series_id, first=since):
        if visit.state is VisitState.PLANNED and (until is None or visit.day <= until):
            cancel_visit(store, visit_id=visit.id, reason=reason, today=today)
    gone = [
        visit.id
        for visit in store.where(Visit, series_id=series_id, state=VisitState.CANCELLED)
        if visit.day >= since and (until is None or visit.day <= until)
    ]
    seek_no_more(store, sought_for(store, gone), reason=reason.strip(), on=today)


def _tell(store: Store, series: Series) -> None:
    store.running.about = store.get(Elder, series.elder_id).name
