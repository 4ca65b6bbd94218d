"""Tables that are no plain lists, laid out as if they were: a person over two rows, a form for each person."""

from dataclasses import dataclass, replace
from itertools import pairwise

from jiuliting_desk.sheets.book import Cell, Row
from jiuliting_desk.sheets.grid import Grid, is_blank
from jiuliting_desk.sheets.headers import header_text, meaning
from jiuliting_desk.sheets.layout import Frame

LEAST_LABELS = 3


def folded(grid: Grid, frame: Frame) -> tuple[Grid, Frame]:
    """A table of two rows a person, as one of one row a person: the second row's cells follow the first's."""
    width = frame.right + 1
    rows: list[Row] = list(grid.rows)
    blank: Row = [""] * (2 * width)
    upper, lower = frame.top, frame.bottom
    for row in range(frame.top, min(frame.last + 1, len(rows))):
        rows[row] = blank
    row = lower + 1
    while row <= frame.last:
        first = grid.rows[row][:width]
        if grid.is_blank_row(row) or row == frame.last:
            rows[row] = [*first, *[""] * width]
            row += 1
            continue
        rows[row] = [*first, *grid.rows[row + 1][:width]]
        row += 2
    levels: dict[int, tuple[str, ...]] = {}
    for place, line in enumerate((upper, lower)):
        for column in range(frame.left, frame.right + 1):
            cell = grid.rows[line][column]
            if not is_blank(cell):
                levels[column + place * width] = (str(cell).strip(),)
    return Grid(rows, 2 * width, {}, {}, {}), replace(
        frame, columns=tuple(range(frame.left, 2 * width)), levels=levels, reshaped=True
    )


@dataclass(slots=True)
class _Pair:
    row: int
    column: int
    label: str
    value: Cell


def forms_frame(grid: Grid) -> tuple[Grid, Frame] | None:
    """Forms of labels with values beside them, each as one row of a table; None where there are none.

    A form begins where its first label comes again.
    """
    pairs = _pairs(grid)
    labels = {pair.label for pair in pairs}
    fields = {meaning(label).field for label in labels}
    if len(labels) < LEAST_LABELS or not any("name" in field.split("+") for field in fields):
        return None
    first = header_text(pairs[0].label).base
    columns: dict[str, int] = {}
    for pair in pairs:
        columns.setdefault(header_text(pair.label).base, len(columns))
    width = len(columns)
    rows: list[Row] = [[""] * width for _ in grid.rows]
    at = pairs[0].row
    seen: set[str] = set()
    for pair in pairs:
        key = header_text(pair.label).base
        if key == first and key in seen:
            at, seen = pair.row, set()
        if key in seen:
            continue
        seen.add(key)
        rows[at][columns[key]] = pair.value
    levels: dict[int, tuple[str, ...]] = {
        columns[header_text(pair.label).base]: (pair.label,) for pair in reversed(pairs)
    }
    frame = Frame(
        top=pairs[0].row,
        bottom=pairs[0].row - 1,
        last=max(pair.row for pair in pairs),
        columns=tuple(range(width)),
        above=0,
        levels=levels,
        reshaped=True,
    )
    return Grid(rows, width, {}, {}, {}), frame


def _pairs(grid: Grid) -> list[_Pair]:
    """Labels with the value to their right, in reading order; empty values are kept where the label is known."""
    found = []
    for row in range(len(grid.rows)):
        filled = grid.filled(row)
        line: list[_Pair] = []
        for column, following in pairwise([*filled, grid.width]):
            cell = grid.rows[row][column]
            if line and line[-1].column == column:
                continue
            if type(cell) is not str or not _is_label(cell):
                continue
            end = grid.span(row, column) + 1
            if end >= grid.width:
                continue
            value = grid.rows[row][following] if following < grid.width else ""
            if type(value) is str and _is_label(value):
                value, following = "", column
            if following > end + 1:
                value = ""
            line.append(_Pair(row, following, cell.strip(), value))
        found.extend(line)
    return found


def _is_label(text: str) -> bool:
    found = meaning(text)
    return bool(found.field) and found.confidence >= 0.8 and len(header_text(text).base) >= 2
