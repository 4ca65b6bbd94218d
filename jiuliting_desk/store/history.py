"""Undo, redo, and what history tells.

A step is undone by putting back the values it changed, where they are still as it left them; what later steps
changed or built upon is not touched, and is named.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jiuliting_desk.model.errors import NothingToUndo, Overtaken
from jiuliting_desk.store import bulk
from jiuliting_desk.store.leavers import work_for_leavers
from jiuliting_desk.store.operations import Change, OperationLine, read_change, read_line
from jiuliting_desk.store.references import MOST_TOUCHED, all_broken_references, broken_references
from jiuliting_desk.store.store import LINE_COLUMNS, Store
from jiuliting_desk.store.tables import BY_TABLE, TABLES
from jiuliting_desk.store.visit_tables import owner_of

CHANGE_COLUMNS = "id, operation_id, table_name, row_id, last_id, kind, before, after"
_LINE_OF_O = ", ".join(f"o.{name.strip()}" for name in LINE_COLUMNS.split(","))


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoReport:
    """What an undo did: ``kept`` rows stay because later steps, named in ``because``, stand on them.

    ``people`` are those among them who have a name.
    """

    line: OperationLine
    undone: int
    kept: int = 0
    because: tuple[OperationLine, ...] = ()
    people: tuple[str, ...] = ()


def line(store: Store, operation_id: int) -> OperationLine:
    """One line of history. Raises KeyError for an id that is not there."""
    found = store.rows(f"SELECT {LINE_COLUMNS} FROM operation WHERE id = ?", (operation_id,))
    if not found:
        raise KeyError(operation_id)
    return read_line(found[0])


def origin(store: Store, found: OperationLine) -> OperationLine:
    """What an undo or a redo was about in the end; any other step itself."""
    while found.undoes is not None:
        found = line(store, found.undoes)
    return found


def lines(store: Store, *, limit: int = 200, before_id: int | None = None) -> list[OperationLine]:
    """Lines of history, the newest first; ``before_id`` goes on from an earlier page."""
    return [
        read_line(row)
        for row in store.rows(
            f"SELECT {LINE_COLUMNS} FROM operation WHERE (?1 IS NULL OR id < ?1) ORDER BY id DESC LIMIT ?2",
            (before_id, limit),
        )
    ]


def changes_of(store: Store, operation_id: int) -> list[Change]:
    """What one operation changed, in order."""
    rows = store.rows(f"SELECT {CHANGE_COLUMNS} FROM change WHERE operation_id = ? ORDER BY id", (operation_id,))
    return [read_change(row) for row in rows]


def touched_by(store: Store, operation_id: int) -> frozenset[type[Any]]:
    """The record classes that one operation wrote."""
    rows = store.rows("SELECT DISTINCT table_name FROM change WHERE operation_id = ?", (operation_id,))
    return frozenset(BY_TABLE[name].record_class for (name,) in rows)


def single_records(store: Store, operation_id: int) -> dict[type[Any], int]:
    """The ids of the records that one operation wrote, for classes of which it wrote just one."""
    rows = store.rows(
        "SELECT table_name, MIN(row_id) FROM change WHERE operation_id = ? GROUP BY table_name"
        " HAVING MIN(row_id) = MAX(MAX(row_id, last_id))",
        (operation_id,),
    )
    return {BY_TABLE[name].record_class: row_id for name, row_id in rows}


def of_record(store: Store, record_class: type[Any], record_id: int) -> list[tuple[OperationLine, Change]]:
    """Every change of one record with its line, the newest first."""
    table = TABLES[record_class].table
    names = ", ".join(f"c.{name.strip()}" for name in CHANGE_COLUMNS.split(","))
    rows = store.rows(
        f"SELECT {_LINE_OF_O}, {names} FROM operation o JOIN change c ON c.operation_id = o.id"
        " WHERE c.id IN (SELECT id FROM change WHERE table_name = ?1 AND row_id = ?2"
        " UNION SELECT id FROM change WHERE table_name = ?1 AND last_id > row_id AND last_id >= ?2 AND row_id <= ?2)"
        " ORDER BY c.id DESC",
        (table, record_id),
    )
    width = LINE_COLUMNS.count(",") + 1
    return [(read_line(row[:width]), read_change(row[width:])) for row in rows]


def last_undo(store: Store) -> OperationLine | None:
    """The undo that a redo would take back: the last one since the last new step; or None."""
    found = store.rows(
        f"SELECT {_LINE_OF_O} FROM operation o JOIN operation x ON o.undoes = x.id"
        " WHERE x.undoes IS NULL AND x.undone = 1 AND o.undone = 0"
        " AND o.id > (SELECT max(id) FROM operation WHERE undoes IS NULL) ORDER BY o.id DESC LIMIT 1"
    )
    return read_line(found[0]) if found else None


def undo(store: Store, operation_id: int, *, partly: bool = False) -> UndoReport:
    """Take one step back in an operation of its own; undoing an undo is a redo.

    Raises Overtaken, with nothing changed, where later steps stand on it, or where it would give back work to do for
    somebody who left the list in a later step; with ``partly`` those rows are kept
    as they are and named in the report. Raises NothingToUndo for a step that left nothing to put back.
    """
    undone_line = line(store, operation_id)
    changes = changes_of(store, operation_id)
    if not changes:
        raise NothingToUndo
    blocked: dict[tuple[str, int], set[int]] = {}
    for _ in range(len(changes) + 1):
        found = _blocks(store, undone_line, changes, blocked)
        if found and not partly:
            raise _overtaken(store, undone_line, found)
        blocked = found
        with store.operation("redo" if undone_line.undoes else "undo", undone_line.about, undoes=operation_id) as step:
            undone = _play_back(store, changes, blocked)
            broken = _broken_references(store, changes)
            for key, steps in work_for_leavers(
                store, changes, after_step=operation_id, today=store.now().date()
            ).items():
                broken.setdefault(key, set()).update(steps)
            if not broken:
                kept = len(blocked)
                return UndoReport(
                    line=undone_line,
                    undone=undone,
                    kept=kept,
                    because=_lines_of(store, {by for operations in blocked.values() for by in operations}),
                    people=_names_of(store, blocked),
                )
            step.changes.clear()
        for key, operations in broken.items():
            blocked.setdefault(key, set()).update(operations)
        if not partly:
            raise _overtaken(store, undone_line, blocked)
    raise RuntimeError("an undo did not settle")


def _overtaken(store: Store, step: OperationLine, blocked: dict[tuple[str, int], set[int]]) -> Overtaken:
    by = _lines_of(store, {operation for operations in blocked.values() for operation in operations})
    return Overtaken(
        name=step.name,
        about=step.about,
        by=tuple(f"{later.name}|{later.about}" for later in by),
        people=_names_of(store, blocked),
    )


def _names_of(store: Store, blocked: Collection[tuple[str, int]]) -> tuple[str, ...]:
    """The elders, volunteers and enterprises among some rows, by name."""
    names: list[str] = []
    for table in ("elder", "provider"):
        ids = json.dumps([row_id for name, row_id in blocked if name == table])
        found = store.rows(f"SELECT name FROM {table} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (ids,))
        names += [name for (name,) in found]
    return tuple(names)


def _lines_of(store: Store, operation_ids: set[int]) -> tuple[OperationLine, ...]:
    return tuple(line(store, operation_id) for operation_id in sorted(operation_ids))


def _blocks(
    store: Store, step: OperationLine, changes: list[Change], known: dict[tuple[str, int], set[int]]
) -> dict[tuple[str, int], set[int]]:
    """Rows of a step that later steps in force changed in the same columns, with those steps' ids."""
    blocked = {key: set(operations) for key, operations in known.items()}
    own_columns: dict[tuple[str, int], set[str]] = {}
    for change in changes:
        if change.kind == "update":
            own_columns.setdefault((change.table, change.row_id), set()).update(change.after)
    later_rows = store.rows(
        "SELECT c.id, c.operation_id, c.table_name, c.row_id, c.last_id, c.kind, c.before, c.after"
        " FROM change c JOIN operation o ON o.id = c.operation_id"
        " WHERE c.operation_id > ? AND o.undoes IS NULL AND o.undone = 0",
        (step.undoes if step.undoes is not None else step.id,),
    )
    later = [read_change(row) for row in later_rows if row[1] != step.id]
    if step.undoes is not None:
        later = [change for change in later if change.operation_id > step.id]
    touched = {(change.table, change.row_id): change for change in changes if change.row_id == change.last_id}
    spans = [change for change in changes if change.last_id > change.row_id]
    for change in later:
        key = (change.table, change.row_id)
        in_span = any(s.table == change.table and s.row_id <= change.row_id <= s.last_id for s in spans)
        own = touched.get(key)
        if own is None and not in_span:
            continue
        both_update = own is not None and own.kind == change.kind == "update"
        if both_update and not own_columns[key] & set(change.after):
            continue
        blocked.setdefault(key, set()).add(change.operation_id)
    return blocked


def _play_back(store: Store, changes: list[Change], blocked: dict[tuple[str, int], set[int]]) -> int:
    """Apply the changes backwards, foreign keys looked at only afterwards; gives how many rows went back."""
    store.execute("PRAGMA defer_foreign_keys=ON")
    done = 0
    for table_name, kind, run in _runs(changes):
        table = BY_TABLE[table_name]
        if kind == "add":
            row_ids = [row_id for change in run for row_id in range(change.last_id, change.row_id - 1, -1)]
            done += bulk.remove_many(store, table, [i for i in row_ids if (table_name, i) not in blocked])
            continue
        free = [change for change in run if (table_name, change.row_id) not in blocked]
        if kind == "remove":
            done += bulk.put_back_many(store, table, [change.before for change in free])
        else:
            done += bulk.restore_values(store, table, [(change.row_id, change.before) for change in free])
    return done


def _runs(changes: list[Change]) -> Iterator[tuple[str, str, list[Change]]]:
    """The changes backwards, those of one table and kind that follow one another together, each row once."""
    run: list[Change] = []
    rows: set[int] = set()
    for change in reversed(changes):
        if run and (run[0].table != change.table or run[0].kind != change.kind or change.row_id in rows):
            yield run[0].table, run[0].kind, run
            run, rows = [], set()
        run.append(change)
        rows.add(change.row_id)
    if run:
        yield run[0].table, run[0].kind, run


def _broken_references(store: Store, changes: list[Change]) -> dict[tuple[str, int], set[int]]:
    """Rows that are referred to but gone, with the steps that made the rows which refer to them."""
    if sum(change.last_id - change.row_id + 1 for change in changes) > MOST_TOUCHED:
        rows = all_broken_references(store)
    else:
        touched: dict[str, set[int]] = {}
        for change in changes:
            touched.setdefault(change.table, set()).update(range(change.row_id, change.last_id + 1))
        rows = broken_references(store, touched)
    broken: dict[tuple[str, int], set[int]] = {}
    for found in rows:
        owner, owner_id = owner_of(found.table, found.row_id)
        makers = store.rows(
            "SELECT c.operation_id FROM change c JOIN operation o ON o.id = c.operation_id"
            " WHERE c.table_name = ? AND c.row_id <= ? AND c.last_id >= ? AND o.undoes IS NULL"
            " ORDER BY c.id DESC LIMIT 1",
            (owner, owner_id, owner_id),
        )
        broken.setdefault((found.parent, found.parent_id), set()).update(maker[0] for maker in makers)
    return broken


def since(store: Store, first_day: date) -> int:
    """How many steps were taken since a day."""
    return int(store.value("SELECT count(*) FROM operation WHERE at >= ?", (first_day.isoformat(),)))


def steps_after(store: Store, moment: datetime | None) -> int:
    """How many steps were taken from that second on, undone and undoing ones included; all of them for None."""
    if moment is None:
        return int(store.value("SELECT count(*) FROM operation"))
    last_before = store.value(
        "SELECT id FROM operation WHERE julianday(at) < julianday(?) ORDER BY id DESC LIMIT 1",
        (moment.isoformat("T", "seconds"),),
    )
    return int(store.value("SELECT count(*) FROM operation WHERE id > ?", (last_before or 0,)))


def steps_after_step(store: Store, step: tuple[int, str]) -> int | None:
    """How many steps were taken after that one (its id and moment); None where the file never took it."""
    if not store.value("SELECT count(*) FROM operation WHERE id = ? AND at = ?", step):
        return None
    return int(store.value("SELECT count(*) FROM operation WHERE id > ?", (step[0],)))
