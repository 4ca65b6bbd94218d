"""What was done: the steps of the file and of one record, with what each changed, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jiuliting_desk.store import Change, OperationLine, Store, history
from jiuliting_desk.store.tables import BY_TABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of one record, as values of the record's own types."""

    record_class: type[Any]
    record_id: int
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Records of one class that were added or removed."""

    record_class: type[Any]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of history with what it changed."""

    line: OperationLine
    changed: tuple[FieldChange, ...] = ()
    added: tuple[Span, ...] = ()
    removed: tuple[Span, ...] = ()


def step(store: Store, *, operation_id: int, most: int = 200) -> Step:
    """One step with at most ``most`` changed fields. Raises KeyError for an id that is not there."""
    line = history.line(store, operation_id)
    return _step(line, history.changes_of(store, operation_id), most=most)


def steps_of(store: Store, records: Iterable[tuple[type[Any], int]], *, limit: int = 100) -> list[Step]:
    """The steps that touched any of these records, the newest first, each with what it did to them."""
    lines: dict[int, OperationLine] = {}
    changes: dict[int, list[Change]] = {}
    for record_class, record_id in records:
        for line, change in history.of_record(store, record_class, record_id):
            lines[line.id] = line
            changes.setdefault(line.id, []).append(change)
    newest = sorted(lines, reverse=True)[:limit]
    return [_step(lines[line_id], changes[line_id], most=200) for line_id in newest]


def _step(line: OperationLine, changes: list[Change], *, most: int) -> Step:
    changed: list[FieldChange] = []
    counts: dict[str, dict[type[Any], int]] = {"add": {}, "remove": {}}
    for change in changes:
        table = BY_TABLE[change.table]
        if change.kind != "update":
            known = counts[change.kind]
            known[table.record_class] = known.get(table.record_class, 0) + change.last_id - change.row_id + 1
            continue
        for field, after in change.after.items():
            if len(changed) < most:
                changed.append(
                    FieldChange(
                        record_class=table.record_class,
                        record_id=change.row_id,
                        field=field,
                        before=table.decoded(field, change.before.get(field)),
                        after=table.decoded(field, after),
                    )
                )
    added, removed = (
        tuple(Span(record_class=record_class, count=count) for record_class, count in counts[kind].items())
        for kind in ("add", "remove")
    )
    return Step(line=line, changed=tuple(changed), added=added, removed=removed)
