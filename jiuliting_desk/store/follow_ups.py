"""Queries about follow-ups."""

from datetime import date

from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped


def open_lines(store: Store) -> list[tuple[FollowUp, str, str, date | None, str]]:
    """Open follow-ups with the elder's name, the visit's first service and day, and its people, by due day."""
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
            " WHERE f.closed_on IS NULL ORDER BY f.due_on, f.id"
        )
    ]
