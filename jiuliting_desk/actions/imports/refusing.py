"""Rows that were not written, given back as a workbook in the sender's own layout."""

from collections.abc import Callable
from pathlib import Path

from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.model.imports import Outcome, PlannedRow
from jiuliting_desk.sheets.refused import RefusedTable, save_refused
from jiuliting_desk.sheets.tables import ReadTable

NOT_WRITTEN = frozenset({Outcome.REFUSED, Outcome.DOUBTFUL})


def save_refused_rows(draft: Draft, *, path: Path, reason: Callable[[PlannedRow], str]) -> int:
    """Write the refused and doubtful rows of a planned draft with their reasons; gives how many.

    Cells stand as they came, corrected ones as corrected. Raises OSError, with nothing left behind.
    """
    if draft.plan is None:
        return 0
    reasons: dict[int, dict[tuple[int, int], str]] = {}
    for planned in draft.plan.rows:
        if planned.outcome in NOT_WRITTEN:
            _, read = draft.row_of(planned)
            rows = reasons.setdefault(planned.key[0], {})
            said = rows.get((read.row, read.last_row), "")
            rows[read.row, read.last_row] = "；".join(dict.fromkeys(filter(None, (said, reason(planned)))))
    book = draft.corrected_book
    tables = draft.tables_on
    found = [
        RefusedTable(
            sheet=book.sheets[tables[at].sheet_index],
            first_row=_first_line(tables[at], draft.tables),
            header_row=tables[at].header_row,
            last_column=tables[at].last_column,
            reasons=rows,
        )
        for at, rows in sorted(reasons.items())
    ]
    save_refused(path, found)
    return sum(len(rows) for rows in reasons.values())


def _first_line(table: ReadTable, tables: tuple[ReadTable, ...]) -> int:
    """Where the lines above a table begin: behind the table before it on its sheet, or at the top."""
    before = [
        other.last_row
        for other in tables
        if other.sheet_index == table.sheet_index and other.last_row < table.first_row
    ]
    return max(before, default=0) + 1 if table.header_row else table.first_row
