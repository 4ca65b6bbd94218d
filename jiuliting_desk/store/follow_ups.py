"""Queries about follow-ups."""

from datetime import date

from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped

Line = tuple[FollowUp, str, str, date | None, str]
"""A follow-up with the elder's name, the visit's first service and day, and its people."""


def open_lines(store: Store) -> list[Line]:
    """Open follow-ups, by due day."""
    return _lines(store, "f.closed_on IS NULL ORDER BY f.due_on, f.id")


def closed_lines(store: Store, *, since: date) -> list[Line]:
    """Follow-ups that were closed since a day, the last first."""
    return _lines(store, "f.closed_on >= ? ORDER BY f.closed_on DESC, f.id DESC", since.isoformat())


def _lines(store: Store, which: str, *values: str) -> list[Line]:
    table = mapped(FollowUp)
    names = ", ".join(f"f.{column}" for column in table.columns)
    width = len(table.columns)
    return [
        (
            table.record(row[:width]),
            row[width],
            row[width + 1] or "",
            date.fromisoformat(row[width + 2]) if row[width + 2] else None,
            row[width + 3] or "",
        )
        for row in store.rows(
            f"SELECT {names}, e.name, (SELECT name FROM category WHERE id = v.services ->> '$[0].category_id'), v.day,"
            " (SELECT group_concat(name, '、') FROM provider WHERE id IN (SELECT value FROM json_each(v.provider_ids)))"
            " FROM follow_up f JOIN elder e ON e.id = f.elder_id LEFT JOIN visit v ON v.id = f.visit_id"
            f" WHERE {which}",
            values,
        )
    ]
