"""A sheet being written: cells, merges, what is hidden; and the book with the truth beside it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Cell = str | int | float | date | None


@dataclass(slots=True)
class Paper:
    """One sheet; rows and columns count from 0."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Write one cell."""
        while len(self.rows) <= row:
            self.rows.append([])
        line = self.rows[row]
        line.extend([None] * (column + 1 - len(line)))
        line[column] = cell

    def line(self, cells: list[Cell], *, left: int = 0, row: int | None = None) -> int:
        """Write a row of cells (the next free row unless told) and give its number."""
        number = len(self.rows) if row is None else row
        self.put(number, left, None)
        for index, cell in enumerate(cells):
            self.put(number, left + index, cell)
        return number

    def skip(self, count: int = 1) -> None:
        """Leave rows blank."""
        for _ in range(count):
            self.rows.append([])

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge an area of more than one cell."""
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    @property
    def width(self) -> int:
        """The widest row."""
        return max(map(len, self.rows), default=0)


@dataclass(slots=True, kw_only=True)
class MadeBook:
    """A workbook before it is written, and what a careful person would read from it."""

    layout: str
    seed: int
    papers: list[Paper]
    truth: dict[str, Any]
    format: str = "xlsx"
    file_name: str = "名单"
    from_1904: bool = False
    """Days count from 1904."""
