"""Visits that series will have, though they lie too far ahead to be planned yet."""

from datetime import date, timedelta

from jiuliting_desk.model.recurrence import Holiday, Series
from jiuliting_desk.store.store import Store

_RUNNING = """SELECT s.id FROM series s JOIN elder e ON e.id = s.elder_id
WHERE s.ended_on IS NULL AND e.state = 'active' AND coalesce(s.planned_until, '') < ? ORDER BY s.id"""


def expected_visits(store: Store, *, first: date, last: date) -> list[tuple[Series, date]]:
    """Each running series with each day, from ``first`` to ``last``, on which a visit is still to be planned."""
    ids = [row[0] for row in store.rows(_RUNNING, (last.isoformat(),))]
    if not ids:
        return []
    holidays = {holiday.day for holiday in store.all(Holiday)}
    found = []
    for series in store.get_many(Series, ids).values():
        begins = first if series.planned_until is None else max(first, series.planned_until + timedelta(days=1))
        found += [(series, day) for day in series.days(last=last, holidays=holidays) if day >= begins]
    return found
