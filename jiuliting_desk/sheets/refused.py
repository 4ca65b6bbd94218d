"""Rows that were not taken, given back in the sender's own layout with the reason behind each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from jiuliting_desk.sheets.book import Row, Sheet
from jiuliting_desk.sheets.headers import role_of
from jiuliting_desk.sheets.tables import ColumnMatch, ReadRow, ReadTable, cell_text
from jiuliting_desk.sheets.writing import FONT, book_bytes, clean_text, put_in_place, save_as_text, set_page

REASON_TITLE = "未导入原因"
"""Heads the column that is added; the import passes over a column of this name."""

_HEAD = PatternFill("solid", fgColor="EFEBE4")
_REASON = PatternFill("solid", fgColor="FBE9EF")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedTable:
    """A table of a sheet with its rows that go back; rows count from 1, columns from 0."""

    sheet: Sheet
    first_row: int
    """Where it begins, its title and notes included."""
    header_top: int
    """The first row of its header."""
    header_row: int
    """The last row of its header; 0 where it has none."""
    first_column: int
    last_column: int
    reasons: Mapping[tuple[int, int], str]
    """First and last row of the sheet -> why it was not taken; "" for a line that is only needed with those below."""
    beside: frozenset[int] = frozenset()
    """Columns within its range that belong to a table beside it."""
    heading_row: int = 0
    """The line at the top of the sheet that speaks for this table too, which has no title of its own; 0 for none."""
    hidden_columns: tuple[int, ...] = ()
    """Columns that go back as hidden as they came."""


def as_list(sheet: Sheet, table: ReadTable, rows: Sequence[ReadRow], reasons: Sequence[str]) -> RefusedTable:
    """Records of forms or columns as a list of one line each, under the labels that they had."""
    columns = table.columns
    lines: list[Row] = [[table.title, *[""] * (len(columns) - 1)]] if table.title else []
    lines.append([_label(match) for match in columns])
    head = len(lines)
    for read in rows:
        lines.append([read.cells.get(match.index, "") for match in columns])
    return RefusedTable(
        sheet=replace(sheet, rows=lines, merges=()),
        first_row=1,
        header_top=head,
        header_row=head,
        first_column=0,
        last_column=len(columns) - 1,
        reasons={(head + number, head + number): reason for number, reason in enumerate(reasons, 1)},
    )


def _label(match: ColumnMatch) -> str:
    group, label = match.header[0] if len(match.header) > 1 else "", match.header[-1]
    return group + label if role_of(group) else label


def save_refused(path: Path, tables: Sequence[RefusedTable]) -> None:
    """Write a workbook with the lines above each table as they were, its header, and the rows with their reasons.

    Every cell is text, so that numbers keep their digits. Raises OSError, with nothing left behind.
    """
    book = Workbook()
    book.remove(book.active)
    if any(table.sheet.from_1904 for table in tables):
        book.epoch = CALENDAR_MAC_1904
    names: set[str] = set()
    for table in tables:
        _write(book.create_sheet(_free_name(table.sheet.name, names)), table)
    put_in_place(path, book_bytes(book))


def _free_name(wanted: str, taken: set[str]) -> str:
    name, count = wanted[:31] or "Sheet1", 2
    while name in taken:
        name = f"{wanted[:27]}({count})"
        count += 1
    taken.add(name)
    return name


def _write(target: Any, table: RefusedTable) -> None:
    width = min(table.last_column + 1, table.sheet.width)
    placed: dict[int, int] = {}
    """Row of the sheet, from 1 -> row here."""
    target_row = 0
    if table.heading_row:
        target_row = 1
        _write_row(target, target_row, table.sheet.rows[table.heading_row - 1], 0, width, frozenset())
    for row in range(table.first_row, (table.header_row or table.header_top - 1) + 1):
        target_row = placed[row] = target_row + 1
        # What stands above a header may stand anywhere; beside the header and its rows may stand another table.
        is_above = row < table.header_top
        first, passed = (0, frozenset[int]()) if is_above else (table.first_column, table.beside)
        cells = table.sheet.rows[row - 1]
        _write_row(target, target_row, cells, first, width, passed, is_head=row == table.header_row)
    if table.header_row:
        title = target.cell(target_row, width + 1, REASON_TITLE)
        title.font, title.fill = Font(name=FONT, bold=True), _REASON
        target.freeze_panes = f"A{target_row + 1}"
    for (first, last), reason in table.reasons.items():
        for row in range(first, last + 1):
            target_row = placed[row] = target_row + 1
            # A line that is only needed with those below may begin anywhere, as those above the header.
            start, passed = (table.first_column, table.beside) if reason else (0, frozenset[int]())
            _write_row(target, target_row, table.sheet.rows[row - 1], start, width, passed)
            if row == first and reason:
                cell = save_as_text(target.cell(target_row, width + 1), reason)
                cell.font, cell.fill = Font(name=FONT), _REASON
                cell.alignment = Alignment(wrap_text=True, vertical="center")
    for top, left, bottom, right in table.sheet.merges:
        if top + 1 in placed and bottom + 1 in placed and right < width:
            target.merge_cells(
                start_row=placed[top + 1], end_row=placed[bottom + 1], start_column=left + 1, end_column=right + 1
            )
    for column in range(1, width + 1):
        longest = max((len(str(target.cell(row, column).value or "")) for row in range(1, target_row + 1)), default=0)
        target.column_dimensions[get_column_letter(column)].width = min(max(longest * 1.6, 8), 26)
    for index in table.hidden_columns:
        target.column_dimensions[get_column_letter(index + 1)].hidden = True
    target.column_dimensions[get_column_letter(width + 1)].width = 40
    set_page(target, placed.get(table.header_row, 0), get_column_letter(width + 1), target_row)


def _write_row(
    target: Any, at: int, row: Row, first: int, width: int, beside: frozenset[int], *, is_head: bool = False
) -> None:
    for column in range(first, min(width, len(row))):
        if column in beside:
            continue
        text = clean_text(cell_text(row[column]))
        if text:
            cell = save_as_text(target.cell(at, column + 1), text)
            cell.font = Font(name=FONT, bold=is_head)
            if "\n" in text:
                cell.alignment = Alignment(wrap_text=True, vertical="center")
            if is_head:
                cell.fill = _HEAD
