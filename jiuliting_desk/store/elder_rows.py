"""One narrow row for each elder, with where the most pressing need stands: what lists filter, count and sort by.

The rows are brought up to date by the operation that touched elders or needs, before its commit.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from jiuliting_desk.store.search import sort_key

if TYPE_CHECKING:
    from jiuliting_desk.store.store import Store

RULES = "3"
"""Raise it whenever the rows below are made in another way."""

ROWS_OF = """
INSERT INTO elder_row (elder_id, number, name, birth, committee_id, compound_id, building, room, tags, state, seen_on,
    standing, since, need_id, name_key)
SELECT e.id, e.number, e.name, e.birth, e.committee_id, e.compound_id, e.building, e.room, e.tags, e.state, e.seen_on,
    CASE WHEN e.state = 'paused' THEN 4 WHEN n.id IS NULL THEN 5
        ELSE CASE n.state WHEN 'claimed' THEN 1 WHEN 'booked' THEN 2 WHEN 'served' THEN 3 ELSE 0 END END,
    coalesce(n.since, ''), n.id, name_key(e.name)
FROM elder e LEFT JOIN need n ON n.id = (
    SELECT id FROM need WHERE elder_id = e.id AND state <> 'closed'
    ORDER BY CASE state WHEN 'claimed' THEN 1 WHEN 'booked' THEN 2 WHEN 'served' THEN 3 ELSE 0 END,
        CASE state WHEN 'served' THEN -id ELSE 0 END, since, id LIMIT 1
)
"""
"""Waiting before claimed before booked before served; among the waiting the oldest, among the served the latest."""


def prepare(connection: Any) -> None:
    """Let a connection know what names are sorted by."""
    connection.create_function("name_key", 1, sort_key, deterministic=True)


def refresh(store: "Store", changes: Iterable[tuple[Any, ...]]) -> None:
    """Make the rows anew of all elders that the changes of an operation touched, themselves or by their needs."""
    ids: set[int] = set()
    for _, table, first, last, kind, before, _ in changes:
        if table == "elder":
            ids.update(range(first, last + 1))
        elif table == "need":
            ids.update(
                row[0] for row in store.rows("SELECT elder_id FROM need WHERE id BETWEEN ? AND ?", (first, last))
            )
            if kind != "add" and "elder_id" in (left := json.loads(before)):
                ids.add(left["elder_id"])
    if ids:
        listed = (json.dumps(sorted(ids)),)
        store.execute("DELETE FROM elder_row WHERE elder_id IN (SELECT value FROM json_each(?))", listed)
        store.execute(f"{ROWS_OF} WHERE e.id IN (SELECT value FROM json_each(?))", listed)


def rebuild_if_other(store: "Store") -> bool:
    """Make all rows anew where other rules made them; gives whether it did."""
    if store.value("SELECT value FROM fact WHERE key = 'elder_row_rules'") == RULES:
        return False
    store.execute("BEGIN")
    store.execute("DELETE FROM elder_row")
    store.execute(f"{ROWS_OF} WHERE 1")
    store.execute("INSERT OR REPLACE INTO fact(key, value) VALUES ('elder_row_rules', ?)", (RULES,))
    store.execute("COMMIT")
    return True
