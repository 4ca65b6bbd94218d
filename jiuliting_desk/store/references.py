"""Rows that refer to rows which are gone, looked for among those that a step touched."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass

from jiuliting_desk.store.store import Store
from jiuliting_desk.store.visit_tables import NARROW_TABLES, SPAN

MOST_TOUCHED = 5000
"""With more rows touched than this looking at the whole file is quicker."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A row, and the row that it refers to in vain."""

    table: str
    row_id: int
    parent: str
    parent_id: int


def broken_references(store: Store, touched: Mapping[str, Set[int]]) -> list[Broken]:
    """The references that do not hold any more since these rows, by table, were written or removed.

    All held before; narrow rows of visits are looked at with their visits.
    """
    keys = store.rows(
        'SELECT m.name, f."table", f."from" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f'
        " WHERE m.type = 'table'"
    )
    found: dict[Broken, None] = {}
    for table, parent, column in keys:
        for row_id, parent_id in (
            *_of_touched(store, table, parent, column, touched),
            *_to_gone(store, table, parent, column, touched.get(parent, frozenset())),
        ):
            found[Broken(table, row_id, parent, parent_id)] = None
    return list(found)


def _of_touched(
    store: Store, table: str, parent: str, column: str, touched: Mapping[str, Set[int]]
) -> list[tuple[int, int]]:
    """Rows of a table that were touched themselves."""
    ids = touched.get("visit" if table in NARROW_TABLES else table)
    if not ids:
        return []
    place = f"BETWEEN t.value * {SPAN} AND t.value * {SPAN} + {SPAN - 1}" if table in NARROW_TABLES else "= t.value"
    return [
        (row_id, parent_id)
        for row_id, parent_id in store.rows(
            f"SELECT c.rowid, c.{column} FROM json_each(?) t CROSS JOIN {table} c ON c.rowid {place}"
            f" WHERE c.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.rowid = c.{column})",
            (json.dumps(sorted(ids)),),
        )
    ]


def _to_gone(store: Store, table: str, parent: str, column: str, ids: Set[int]) -> list[tuple[int, int]]:
    """Rows of a table that refer to touched rows of another which are not there."""
    gone = [
        row[0]
        for row in store.rows(
            f"SELECT t.value FROM json_each(?) t WHERE NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.rowid = t.value)",
            (json.dumps(sorted(ids)),),
        )
    ]
    if not gone:
        return []
    return [
        (row_id, parent_id)
        for row_id, parent_id in store.rows(
            f"SELECT rowid, {column} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",
            (json.dumps(gone),),
        )
    ]


def all_broken_references(store: Store) -> list[Broken]:
    """The references of the whole file that do not hold."""
    found = []
    for table, row_id, parent, key_index in store.rows("PRAGMA foreign_key_check"):
        keys = store.rows(f"PRAGMA foreign_key_list({table})")
        column = next(key[3] for key in keys if key[0] == key_index)
        parent_id = store.value(f"SELECT {column} FROM {table} WHERE rowid = ?", (row_id,))
        found.append(Broken(table, row_id, parent, parent_id))
    return found
