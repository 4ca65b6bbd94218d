"""Sheets written down by hand in tests, and what was read from them."""

from collections.abc import Sequence
from typing import Any

from jiuliting_desk.sheets.book import Area, Book, Cell, Sheet
from jiuliting_desk.sheets.tables import Choice, ReadTable
from jiuliting_desk.sheets.understanding import Understanding, understood
from jiuliting_desk.sheets.vocabulary import Vocabulary


def sheet(rows: Sequence[Sequence[Cell]], *, merges: Sequence[Area] = (), name: str = "Sheet1", **more: Any) -> Sheet:
    """A sheet of rows of any lengths."""
    width = max(map(len, rows))
    padded: list[list[Cell]] = [[*row, *[""] * (width - len(row))] for row in rows]
    return Sheet(name=name, rows=padded, merges=tuple(merges), **more)


def read(
    rows: Sequence[Sequence[Cell]],
    *,
    merges: Sequence[Area] = (),
    name: str = "Sheet1",
    file_name: str = "名单.xlsx",
    vocabulary: Vocabulary | None = None,
    choices: Sequence[Choice] = (),
    **more: Any,
) -> Understanding:
    """What is understood of one sheet."""
    book = Book(file_name=file_name, format="xlsx", sheets=(sheet(rows, merges=merges, name=name, **more),))
    return understood(book, vocabulary=vocabulary, choices=choices)


def one_table(rows: Sequence[Sequence[Cell]], **options: Any) -> ReadTable:
    """The only table of a sheet."""
    tables = read(rows, **options).tables
    assert len(tables) == 1, [table.header_row for table in tables]
    return tables[0]


def filled(table: ReadTable) -> list[dict[str, Any]]:
    """The fields of all rows that say something."""
    return [{name: value for name, value in row.fields.items() if value not in (None, "", ())} for row in table.rows]


def fields_of(table: ReadTable) -> list[str]:
    """The fields of the columns, in order."""
    return [column.field for column in table.columns]


def codes(table: ReadTable) -> list[list[str]]:
    """The remark codes of each row."""
    return [[remark.code for remark in row.remarks] for row in table.rows]
