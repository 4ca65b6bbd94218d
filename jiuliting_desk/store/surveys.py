"""Workbooks that came in, with the steps of the history that brought them."""

from datetime import datetime

from jiuliting_desk.model.surveys import NeedsSurvey
from jiuliting_desk.store.operations import OperationLine, read_line
from jiuliting_desk.store.store import LINE_COLUMNS, Store
from jiuliting_desk.store.tables import mapped

_FROM_STEP = (
    " FROM survey s JOIN change c ON c.table_name = 'survey' AND c.kind = 'add' AND s.id BETWEEN c.row_id AND c.last_id"
    " JOIN operation o ON o.id = c.operation_id"
)


def recent(store: Store, *, limit: int = 20) -> list[tuple[NeedsSurvey, OperationLine]]:
    """The last workbooks that came in and are still in force, the newest first, with their steps."""
    table = mapped(NeedsSurvey)
    names = ", ".join([f"s.{name}" for name in table.columns] + [f"o.{n.strip()}" for n in LINE_COLUMNS.split(",")])
    width = len(table.columns)
    return [
        (table.record(row[:width]), read_line(row[width:]))
        for row in store.rows(
            f"SELECT {names}{_FROM_STEP} WHERE o.name = 'import_sheet' ORDER BY o.id DESC, s.id LIMIT ?", (limit,)
        )
    ]


def imported_at(store: Store, digest: str) -> datetime | None:
    """When the very same file last came in, None where it did not or was taken back."""
    at = store.value(f"SELECT max(o.at){_FROM_STEP} WHERE s.source_digest = ?", (digest,))
    return None if at is None else datetime.fromisoformat(at)
