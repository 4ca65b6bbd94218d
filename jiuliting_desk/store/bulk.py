"""Many rows of one table at once, inside the running operation: what ``Store`` does row by row, but faster."""

from collections.abc import Iterable, Sequence
from itertools import chain, compress, count
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar

from jiuliting_desk.model.errors import NotThere
from jiuliting_desk.store import search
from jiuliting_desk.store.mapping import Mapped
from jiuliting_desk.store.tables import mapped

if TYPE_CHECKING:
    from jiuliting_desk.store.store import Store

R = TypeVar("R")

Row = Sequence[Any]

PART = 500
"""Row ids of one query."""

INSERTED_AT_ONCE = 16
"""Rows of one INSERT: with each statement goes some work that is not about its rows."""

LOOKED_THROUGH_AT_ONCE = 2000
"""Rows of which the columns are compared; other threads wait meanwhile."""


def rows_by_id(store: "Store", table: Mapped[Any], row_ids: Iterable[int]) -> dict[int, Row]:
    """The stored rows of those ids that are there."""
    wanted = list(dict.fromkeys(row_ids))
    found: dict[int, Row] = {}
    for start in range(0, len(wanted), PART):
        part = wanted[start : start + PART]
        marks = ",".join("?" * len(part))
        found.update((row[0], row) for row in store.rows(f"{table.select} WHERE id IN ({marks})", part))
    return found


def insert_many(store: "Store", table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows, several with each statement; what all of them have is bound once for these.

    Records that come in together are alike in half of their columns: this takes half of the time of ``executemany``.
    """
    head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
    for start in range(0, len(rows), LOOKED_THROUGH_AT_ONCE):
        part = rows[start : start + LOOKED_THROUGH_AT_ONCE]
        whole = len(part) - len(part) % INSERTED_AT_ONCE
        if whole:
            by_column = list(zip(*part[:whole], strict=True))
            alike = [_is_one_value(values) for values in by_column]
            common = tuple(compress(part[0], alike))
            differing = [values for values, is_alike in zip(by_column, alike, strict=True) if not is_alike]
            each = list(zip(*differing, strict=True)) if differing else [()] * whole
            store.execute_many(
                head + _numbered_marks(alike),
                [
                    (*common, *chain.from_iterable(each[first : first + INSERTED_AT_ONCE]))
                    for first in range(0, whole, INSERTED_AT_ONCE)
                ],
            )
        store.execute_many(f"{head}({', '.join('?' * len(columns))})", part[whole:])


def _is_one_value(values: Sequence[Any]) -> bool:
    """Whether a column has the same value in all rows; 1 and 1.0 are one to a column of one type."""
    first = values[0]
    return type(first) in {str, int, NoneType} and values.count(first) == len(values)


def _numbered_marks(alike: Sequence[bool]) -> str:
    """The rows of one INSERT: columns that are alike have the same parameter in all of them, ?1 onwards."""
    own = count(sum(alike) + 1)
    rows = []
    for _ in range(INSERTED_AT_ONCE):
        common = count(1)
        rows.append(f"({', '.join([f'?{next(common if is_alike else own)}' for is_alike in alike])})")
    return ", ".join(rows)


def add_many(store: "Store", records: Sequence[R]) -> list[int]:
    """Store many new records of one class; gives their ids, in order. They are one span of the history."""
    if not records:
        return []
    table = mapped(type(records[0]))
    first = store.next_id(table.table)
    last = first + len(records) - 1
    insert_many(store, table.table, table.columns, table.rows(records, range(first, last + 1)))
    store.running.added(table, first, last)
    store.index.added_many(table.record_class, range(first, last + 1), records)
    return list(range(first, last + 1))


def update_many(store: "Store", records: Sequence[R]) -> int:
    """Store changed records of one class, each id once; gives how many were not as they are. Raises NotThere."""
    if not records:
        return 0
    table = mapped(type(records[0]))
    rows = table.rows(records)
    return _write_rows(store, table, rows, rows_by_id(store, table, [row[0] for row in rows]), records)


def _write_rows(
    store: "Store",
    table: Mapped[Any],
    rows: Sequence[Row],
    stored: dict[int, Row],
    records: Sequence[Any] | None = None,
) -> int:
    """Write rows over the stored ones; ``records`` are theirs, where the caller has them."""
    operation = store.running
    by_columns: dict[tuple[int, ...], list[list[Any]]] = {}
    indexed = {index for index, name in enumerate(table.columns) if name in search.columns_of(table)}
    to_index: list[tuple[Row, int]] = []
    done = 0
    for place, row in enumerate(rows):
        old = stored.get(row[0])
        if old is None:
            raise NotThere(kind=table.table, record_id=row[0] or 0)
        changed = tuple([i for i, (before, after) in enumerate(zip(old, row, strict=True)) if before != after])
        if not changed:
            continue
        done += 1
        by_columns.setdefault(changed, []).append([*(row[i] for i in changed), row[0]])
        before = {table.columns[i]: old[i] for i in changed}
        after = {table.columns[i]: row[i] for i in changed}
        operation.updated(table, row[0], before, after)
        if not indexed.isdisjoint(changed):
            to_index.append((old, place))
    for columns, values in by_columns.items():
        names_set = ", ".join(f"{table.columns[i]} = ?" for i in columns)
        store.execute_many(f"UPDATE {table.table} SET {names_set} WHERE id = ?", values)
    befores = table.records([old for old, _ in to_index])
    places = [place for _, place in to_index]
    afters = table.records([rows[i] for i in places]) if records is None else [records[i] for i in places]
    for was, now in zip(befores, afters, strict=True):
        store.index.changed(was, now)
    return done


def restore_values(store: "Store", table: Mapped[Any], befores: Sequence[tuple[int, dict[str, Any]]]) -> int:
    """Put stored values of some columns back, each row once; gives how many rows were not so. Raises NotThere."""
    stored = rows_by_id(store, table, [row_id for row_id, _ in befores])
    place = {name: index for index, name in enumerate(table.columns)}
    rows = []
    for row_id, before in befores:
        if row_id not in stored:
            raise NotThere(kind=table.table, record_id=row_id)
        row = list(stored[row_id])
        for name, value in before.items():
            row[place[name]] = value
        rows.append(row)
    return _write_rows(store, table, rows, stored)


def remove_many(store: "Store", table: Mapped[Any], row_ids: Sequence[int]) -> int:
    """Remove the rows that are there; gives how many. Where others stand on them the operation fails."""
    operation = store.running
    stored = rows_by_id(store, table, row_ids)
    is_indexed = bool(search.columns_of(table))
    rows = [row for row_id in row_ids if (row := stored.get(row_id)) is not None]
    for row in rows:
        operation.removed(table, row[0], dict(zip(table.columns, row, strict=True)))
    if is_indexed:
        for record in table.records(rows):
            store.index.changed(record, None)
    store.execute_many(f"DELETE FROM {table.table} WHERE id = ?", [(row_id,) for row_id in stored])
    return len(stored)


def put_back_many(store: "Store", table: Mapped[Any], rows: Sequence[dict[str, Any]]) -> int:
    """Store removed rows again with their old ids; gives how many."""
    values = [[row[name] for name in table.columns] for row in rows]
    insert_many(store, table.table, table.columns, values)
    operation = store.running
    ids = sorted(row[0] for row in values)
    first = 0
    for index, row_id in enumerate(ids):
        if index + 1 == len(ids) or ids[index + 1] != row_id + 1:
            operation.added(table, ids[first], row_id)
            first = index + 1
    if search.columns_of(table):
        for record in table.records(values):
            store.index.added(record)
    return len(values)
