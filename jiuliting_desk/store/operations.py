"""One operation: one transaction, one undo step, one line of history."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jiuliting_desk.store.mapping import Mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationLine:
    """A line of history: who did what when. ``name`` is the action, ``about`` its subject in words."""

    id: int
    at: datetime
    who: str
    name: str
    about: str
    undoes: int | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an operation did to one row, or to a span of added rows.

    ``before`` and ``after`` hold the stored values of the changed columns (kind update), ``before`` the whole row
    (kind remove); both are empty for added rows.
    """

    id: int
    operation_id: int
    table: str
    row_id: int
    last_id: int
    kind: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(slots=True)
class Operation:
    """The operation that is being written. ``about`` may be set while it runs."""

    id: int
    name: str
    about: str = ""
    undoes: int | None = None
    touched: set[type[Any]] = field(default_factory=set)
    """The record classes that were written: what open pages listen for."""
    changes: list[tuple[Any, ...]] = field(default_factory=list)
    keeps_changes: bool = True
    """Whether history holds what was changed; without it the step cannot be undone."""

    def added(self, mapped: Mapped[Any], first_id: int, last_id: int) -> None:
        """Note rows ``first_id`` to ``last_id`` as added."""
        self.touched.add(mapped.record_class)
        self.changes.append((self.id, mapped.table, first_id, last_id, "add", None, None))

    def updated(self, mapped: Mapped[Any], row_id: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Note the changed columns of one row."""
        self.touched.add(mapped.record_class)
        self.changes.append(
            (self.id, mapped.table, row_id, row_id, "update", _text(before), _text(after)),
        )

    def removed(self, mapped: Mapped[Any], row_id: int, before: dict[str, Any]) -> None:
        """Note the whole row that was removed."""
        self.touched.add(mapped.record_class)
        self.changes.append((self.id, mapped.table, row_id, row_id, "remove", _text(before), None))


_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def read_change(row: tuple[Any, ...]) -> Change:
    """A change from its row (id, operation_id, table_name, row_id, last_id, kind, before, after)."""
    id_, operation_id, table, row_id, last_id, kind, before, after = row
    return Change(
        id=id_,
        operation_id=operation_id,
        table=table,
        row_id=row_id,
        last_id=last_id,
        kind=kind,
        before=json.loads(before) if before else {},
        after=json.loads(after) if after else {},
    )


def read_line(row: tuple[Any, ...]) -> OperationLine:
    """A line from its row (id, at, who, name, about, undoes, undone)."""
    id_, at, who, name, about, undoes, undone = row
    return OperationLine(
        id=id_,
        at=datetime.fromisoformat(at),
        who=who,
        name=name,
        about=about,
        undoes=undoes,
        undone=bool(undone),
    )
