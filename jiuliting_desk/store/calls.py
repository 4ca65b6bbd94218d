"""Queries about calls: an elder's last ones, those of a day, and who is to be rung back."""

from datetime import date, timedelta

from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped


def of_elder(store: Store, elder_id: int, *, limit: int = 5) -> list[Call]:
    """An elder's calls, the latest first."""
    table = mapped(Call)
    return table.records(store.rows(f"{table.select} WHERE elder_id = ? ORDER BY at DESC LIMIT ?", (elder_id, limit)))


def between(store: Store, first: date, last: date) -> list[Call]:
    """The calls of some days, the latest first."""
    table = mapped(Call)
    rows = store.rows(
        f"{table.select} WHERE at >= ? AND at < ? ORDER BY at DESC, id DESC",
        (first.isoformat(), (last + timedelta(days=1)).isoformat()),
    )
    return table.records(rows)


def to_ring_back(store: Store, *, until: date = date.max) -> list[Call]:
    """The recall queue up to a day, the earliest day first."""
    table = mapped(Call)
    return table.records(
        store.rows(
            f"{table.select} WHERE recall_on IS NOT NULL AND settled_on IS NULL AND recall_on <= ?"
            " AND outcome <> ? ORDER BY recall_on, at",
            (until.isoformat(), CallOutcome.WRONG_NUMBER.value),
        )
    )
