"""Invented recurring visits: one that goes on, one that rests, one that ends after some times."""

from datetime import date, timedelta

from jiuliting_desk.actions.series import begin_series, pause_series
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store

RHYTHMS = ((Interval.WEEKLY, None), (Interval.FORTNIGHTLY, None), (Interval.MONTHLY_BY_WEEKDAY, 6))


def add_series(store: Store, *, today: date) -> int:
    """Series that begin with visits which are planned already; gives how many visits they planned."""
    planned = store.where(Visit, state=VisitState.PLANNED, order="day")
    seen: set[int] = set()
    firsts: list[Visit] = []
    for visit in planned:
        if visit.day > today and visit.elder_id not in seen and len(visit.services) == 1:
            seen.add(visit.elder_id)
            firsts.append(visit)
    made = 0
    for visit, (interval, count) in zip(firsts, RHYTHMS, strict=False):
        series = Series(
            elder_id=visit.elder_id,
            services=visit.services,
            provider_ids=visit.provider_ids,
            cadre_id=visit.cadre_id,
            starts=visit.starts,
            minutes=visit.minutes,
            interval=interval,
            begins_on=visit.day,
            count=count,
        )
        saved, visits = begin_series(store, series=series, visit_id=visit.id, reason="演示", today=today)
        made += len(visits)
        if interval is Interval.FORTNIGHTLY:
            since = visit.day + timedelta(days=1)
            pause_series(store, series_id=saved.id, since=since, reason="去女儿家住", today=today)
    return made
