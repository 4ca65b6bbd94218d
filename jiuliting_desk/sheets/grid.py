"""A sheet prepared for being understood: merges resolved, blanks told from text, words known."""

import re
from dataclasses import dataclass, replace
from typing import Self

from jiuliting_desk.sheets.book import Area, Cell, Row, Sheet
from jiuliting_desk.sheets.headers import LONGEST_HEADER, bare, header_text, meaning

_LONG_NUMBER = re.compile(r"\d{5,}|\d{3,4}[-./年]\d{1,2}|\d[-/#号幢栋弄]\d|\d(?:室|岁|号$)")
_DAY = re.compile(r"^\d{1,4}[-./年月]\d{1,2}")

BLANK_TEXTS = frozenset({"", " ", "\u3000", "\xa0"})


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing but blanks."""
    return cell == "" or (type(cell) is str and (cell in BLANK_TEXTS or not cell.strip()))


def could_be_header(cell: Cell) -> bool:
    """Whether a filled cell might be a header by its look alone: a short text without data in it."""
    if type(cell) is not str or len(cell := bare(cell)) > LONGEST_HEADER:
        return False
    if cell.strip().replace(".", "", 1).isdecimal():
        return False
    return not _LONG_NUMBER.search(cell) or is_month_word(header_text(cell).base)


@dataclass(slots=True)
class Grid:
    """Rows of a sheet in which only the first cell of a merge is filled."""

    rows: list[Row]
    width: int
    starts: dict[tuple[int, int], Area]
    """Merges by their first cell, cut to the sheet."""
    across: dict[int, list[Area]]
    """Merges wider than one column, by each row they touch."""
    down: dict[int, list[tuple[int, int]]]
    """Column -> (first row, last row) of merges higher than one row."""
    hidden: frozenset[int] = frozenset()
    """Rows that hold something but are hidden, and so stand here as blank ones."""

    @classmethod
    def of(cls, sheet: Sheet) -> Self:
        """The grid of a sheet. Texts hidden under merges and in hidden rows are dropped, as Excel does on screen."""
        grid = cls(sheet.rows, sheet.width, {}, {}, {})
        if sheet.merges:
            grid._resolve(sheet.merges)
        hidden = [row for row in sheet.hidden_rows if row < len(sheet.rows) and not grid.is_blank_row(row)]
        if hidden:
            grid.hidden = frozenset(hidden)
            grid.rows = list(grid.rows)
            for row in hidden:
                grid.rows[row] = grid._seen_below(row)
        return grid

    def _seen_below(self, row: int) -> Row:
        """What is seen of a hidden row: the texts of merges that reach down to a row that is not hidden."""
        cells: Row = [""] * self.width
        for column in range(self.width):
            area = self.starts.get((row, column))
            if area is not None and any(below not in self.hidden for below in range(row + 1, area[2] + 1)):
                cells[column] = self.rows[row][column]
        return cells

    def without_columns(self, columns: frozenset[int]) -> Self:
        """The grid with these columns blank."""
        if not columns:
            return self
        kept = [column not in columns for column in range(self.width)]
        rows = [[cell if keep else "" for cell, keep in zip(row, kept, strict=True)] for row in self.rows]
        return replace(self, rows=rows)

    def _resolve(self, merges: tuple[Area, ...]) -> None:
        """Note the merges, and keep the first cell of each only."""
        self.rows = rows = list(self.rows)
        width = self.width
        copied: set[int] = set()
        for top, left, bottom, right in merges:
            bottom, right = min(bottom, len(rows) - 1), min(right, width - 1)
            if top > bottom or left > right or (top == bottom and left == right):
                continue
            area = (top, left, bottom, right)
            self.starts[top, left] = area
            if right > left:
                for row in range(top, bottom + 1):
                    self.across.setdefault(row, []).append(area)
            if bottom > top:
                for column in range(left, right + 1):
                    self.down.setdefault(column, []).append((top, bottom))
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left) and rows[row][column] != "":
                        if row not in copied:
                            rows[row] = list(rows[row])
                            copied.add(row)
                        rows[row][column] = ""

    def filled(self, row: int, first: int = 0, last: int | None = None) -> list[int]:
        """The columns that hold something in a row."""
        cells = self.rows[row]
        end = len(cells) if last is None else last + 1
        return [column for column in range(first, end) if cells[column] != "" and not is_blank(cells[column])]

    def is_blank_row(self, row: int) -> bool:
        """Whether a row holds nothing."""
        return not any(self.rows[row]) or all(is_blank(cell) for cell in self.rows[row])

    def span(self, row: int, column: int) -> int:
        """The last column of the merge that begins at a cell; the column itself where none does."""
        area = self.starts.get((row, column))
        return column if area is None else area[3]

    def is_covered(self, row: int, column: int) -> bool:
        """Whether a cell lies under a merge that begins above it."""
        return any(top < row <= bottom for top, bottom in self.down.get(column, ()))


_MONTH = re.compile(
    r"(?:\d{2,4}年)?(?:(?:1[0-2]|0?[1-9]|[一二三四五六七八九]|十[一二]?)月(?:份)?|第?[一二三四1-4]季度?|[上下]半年)"
)


def is_month_word(text: str) -> bool:
    """Whether a text is the name of a month, a quarter or half a year: 1月, 十二月份, 2025年3月, 一季度."""
    return _MONTH.fullmatch(text) is not None


def word_strength(cell: Cell, categories: frozenset[str]) -> float:
    """How much a cell speaks for its row being a header: 1 for a known word, half for the name of a service."""
    if type(cell) is not str or not cell or len(cell := bare(cell)) > LONGEST_HEADER or cell.isdecimal():
        return 0.0
    said = header_text(cell)
    if said.base in categories or is_month_word(said.base):
        return 0.5
    found = meaning(cell)
    if not found.field or found.confidence < 0.5:
        return 0.0
    if ("：" in cell or ":" in cell) and not cell.rstrip().endswith(("：", ":")):
        return 0.0
    if _DAY.match(cell):
        return 0.0
    return 1.0 if found.confidence >= 0.7 else 0.6
