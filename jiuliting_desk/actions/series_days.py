"""A series on other days from one of its visits on: what moves along, what is planned anew, what no longer fits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import dropwhile, takewhile

from jiuliting_desk.actions.bookings import changed_visit, clashes_of, save_booking
from jiuliting_desk.actions.series import BY_RULE, SeriesStep, horizon, series_visit
from jiuliting_desk.actions.visits import cancel_visit
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import DateOrder, ReasonWanted
from jiuliting_desk.model.recurrence import Holiday, Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries

MOVED = "定期上门改到别的日子"
"""The reason kept with a visit for which the new days have no place: a holiday, the end of the series."""

A_MONTH = timedelta(days=31)
"""A day of the new rule may lie so much later than that of the old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesMove:
    """What moving would bring; nothing is saved."""

    series: Series
    steps: tuple[SeriesStep, ...]
    """Visits that move along and visits planned anew, by day, each with what stands against it."""
    dropped: tuple[Visit, ...]
    """Planned visits for which there is no new day."""


def movable_visits(store: Store, *, series_id: int, today: date) -> list[Visit]:
    """The planned visits of a series from which on it can be moved: those on the days of its rule."""
    series = store.get(Series, series_id)
    ahead = queries.of_series(store, series_id, first=today)
    last = max((visit.day for visit in ahead), default=today)
    days = set(takewhile(lambda day: day <= last, series.raw_days()))
    return [visit for visit in ahead if visit.state is VisitState.PLANNED and visit.day in days]


def draft_move(store: Store, *, series_id: int, since: date, day: date, starts: int, today: date) -> SeriesMove:
    """From the visit of ``since`` on every visit of the series as much earlier or later as ``day`` is.

    A visit that was moved on its own stays where it is, and one that was cancelled is not planned again. Raises
    WrongState once the series has ended, DateOrder for a day that is past or after the last, BadNumber.
    """
    series = store.get(Series, series_id)
    if day < today:
        raise DateOrder(field="day", begins=today, ends=day)
    holidays = {holiday.day for holiday in store.all(Holiday)}
    moved = series.on_other_days(since=since, day=day, starts=starts, holidays=holidays)
    last = horizon(store, today)
    kept = set(series.days(last=last, holidays=holidays))
    fits = set(moved.days(last=last + max(day - since, timedelta()) + A_MONTH, holidays=holidays))
    planned = {visit.day: visit for visit in movable_visits(store, series_id=series_id, today=today)}
    planned_until = series.planned_until or today - timedelta(days=1)
    taken = queries.days_of_series(store, series_id) - set(planned)
    visits: list[Visit] = []
    dropped: list[Visit] = []
    for old, new in _pairs(series, moved, since):
        if old > last and new > last:
            break
        visit = planned.get(old)
        if visit is not None and new in fits:
            visits.append(changed_visit(visit, day=new, starts=starts))
        elif visit is not None:
            dropped.append(visit)
        elif new in fits and new <= last and new not in taken and not (old in kept and old <= planned_until):
            visits.append(series_visit(store, moved, new))
    along = {visit.id for visit in (*visits, *dropped) if visit.id}
    steps = [
        SeriesStep(
            visit=visit,
            clashes=tuple(
                clash
                for clash in clashes_of(store, visit=visit, today=today)
                if clash.other is None or clash.other.id not in along
            ),
        )
        for visit in sorted(visits, key=lambda one: one.day)
    ]
    return SeriesMove(series=moved, steps=tuple(steps), dropped=tuple(dropped))


def _pairs(series: Series, moved: Series, since: date) -> Iterator[tuple[date, date]]:
    """Each day of the old rule from ``since`` on with the day of the new one that takes its place."""
    return zip(dropwhile(lambda day: day < since, series.raw_days()), moved.raw_days(), strict=False)


def move_series(
    store: Store, *, series_id: int, since: date, day: date, starts: int, today: date, reason: str = ""
) -> Series:
    """Move a series to other days as ``draft_move`` tells.

    Raises as it does, and ReasonWanted where something stands against one of the visits and no reason is given.
    """
    found = draft_move(store, series_id=series_id, since=since, day=day, starts=starts, today=today)
    wanting = {
        step.visit.day: [clash.kind.value for clash in step.clashes if clash.wants_reason] for step in found.steps
    }
    rules = tuple(dict.fromkeys(rule for kinds in wanting.values() for rule in kinds))
    if rules and not reason.strip():
        raise ReasonWanted(field="reason", rules=rules)
    for visit in found.dropped:
        cancel_visit(store, visit_id=visit.id, reason=MOVED, today=today)
    for step in found.steps:
        if step.visit.id:
            why = reason.strip() if wanting[step.visit.day] else ""
            store.update(replace(step.visit, override_reason=why))
    for step in found.steps:
        if not step.visit.id:
            save_booking(store, visit=step.visit, reason=reason.strip() or BY_RULE, today=today)
    saved = store.update(
        replace(
            found.series,
            planned_until=horizon(store, today),
            override_reason=reason.strip() if rules else found.series.override_reason,
        )
    )
    store.running.about = store.get(Elder, saved.elder_id).name
    return saved
