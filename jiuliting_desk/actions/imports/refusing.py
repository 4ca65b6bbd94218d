"""Rows that were not written, given back as a workbook in the sender's own layout."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.model.imports import Outcome, PlannedRow
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.legends import explains_codes
from jiuliting_desk.sheets.refused import RefusedTable, as_list, save_refused
from jiuliting_desk.sheets.tables import Omission, ReadRow, ReadTable

NOT_WRITTEN = frozenset({Outcome.REFUSED, Outcome.DOUBTFUL})


def save_refused_rows(draft: Draft, *, path: Path, reason: Callable[[PlannedRow], str]) -> int:
    """Write the refused and doubtful rows of a planned draft with their reasons; gives how many.

    Cells stand as they came, corrected ones as corrected. Raises OSError, with nothing left behind.
    """
    if draft.plan is None:
        return 0
    reasons: dict[int, dict[int, str]] = {}
    records: dict[int, list[tuple[ReadRow, str]]] = {}
    for planned in draft.plan.rows:
        if planned.outcome in NOT_WRITTEN:
            table, read = draft.row_of(planned)
            if table.is_no_list:
                records.setdefault(planned.key[0], []).append((read, reason(planned)))
                continue
            rows, row = reasons.setdefault(planned.key[0], {}), read.row
            rows[row] = "；".join(dict.fromkeys(filter(None, (rows.get(row, ""), reason(planned)))))
    book = draft.corrected_book
    found = []
    for at, said in sorted(reasons.items()):
        table = draft.tables_on[at]
        found.append(
            RefusedTable(
                sheet=book.sheets[table.sheet_index],
                first_row=_first_line(table, draft.tables),
                heading_row=_heading(table, draft.tables, book.sheets[table.sheet_index].rows[0]),
                header_top=table.first_row,
                header_row=table.header_row,
                first_column=table.first_column,
                last_column=table.last_column,
                reasons=_lines(table, said),
                beside=_beside(table, draft.tables),
                hidden_columns=table.hidden_columns,
            )
        )
    for at, told in sorted(records.items()):
        table = draft.tables_on[at]
        rows_told, why = [read for read, _ in told], [text for _, text in told]
        found.append(as_list(book.sheets[table.sheet_index], table, rows_told, why))
    save_refused(path, found)
    return sum(map(len, (*reasons.values(), *records.values())))


def _beside(table: ReadTable, tables: tuple[ReadTable, ...]) -> frozenset[int]:
    """The columns that other tables under the same header have and this one has not."""
    others = {
        match.index
        for other in tables
        if other is not table and (other.sheet_index, other.header_row) == (table.sheet_index, table.header_row)
        for match in other.columns
    }
    return frozenset(others - {match.index for match in table.columns})


def _lines(table: ReadTable, said: Mapping[int, str]) -> dict[tuple[int, int], str]:
    """The lines that give the rows back, those first that head a group of them; ``said`` has reasons by first line."""
    begins = sorted({row.row for row in table.rows})
    ends = {row.row: row.last_row for row in table.rows}
    left_out = {line for left in table.left_out for line in range(left.first_row, left.last_row + 1)}
    sections = [left for left in table.left_out if left.why is Omission.SECTION]
    lines: dict[tuple[int, int], str] = {}
    for at, first in enumerate(begins):
        if first not in said:
            continue
        section = next((left for left in reversed(sections) if left.first_row < first), None)
        if section is not None:
            lines.setdefault((section.first_row, section.last_row), "")
        last = ends[first]
        following = begins[at + 1] if at + 1 < len(begins) else table.last_row + 1
        while last + 1 < following and last + 1 not in left_out:
            # A person over two lines, or a form: the lines up to the next one are theirs.
            last += 1
        lines[first, last] = said[first]
    for left in table.left_out:
        if explains_codes(left.text):
            lines.setdefault((left.first_row, left.last_row), "")
    return dict(sorted(lines.items()))


def _heading(table: ReadTable, tables: tuple[ReadTable, ...], top: Sequence[Cell]) -> int:
    """1 where the first line of the sheet is a lone title above all its tables and this one has none; 0 otherwise."""
    told = [str(cell).strip() for cell in top if cell != ""]
    is_title = len(told) == 1 and not any(sign in told[0] for sign in "：:")
    is_later = any(o.sheet_index == table.sheet_index and 1 < o.last_row < table.first_row for o in tables)
    return int(is_title and is_later and not table.title)


def _first_line(table: ReadTable, tables: tuple[ReadTable, ...]) -> int:
    """Where the lines above a table begin: behind the table before it on its sheet, or at the top."""
    before = [
        other.last_row
        for other in tables
        if other.sheet_index == table.sheet_index and other.last_row < table.first_row
    ]
    return max(before, default=0) + 1
