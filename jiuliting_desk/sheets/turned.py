"""Turned tables: fields down, persons across."""

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.grid import Grid, could_be_header, is_blank, word_strength
from jiuliting_desk.sheets.headers import exact_field, header_text, meaning
from jiuliting_desk.sheets.reshaped import LEAST_LABELS, Reshaped, laid_out
from jiuliting_desk.sheets.sorting import is_footer, is_total
from jiuliting_desk.sheets.tables import Place, cell_text

COLUMNS_LOOKED_AT = 12
_KEYS = frozenset({"name", "provider", "enterprise"})
_ROWS_LOOKED_AT, _ROWS_UNDER_A_HEADER = 2_000, 300
_GAP = 2
"""Blank lines that end a turned table."""


def turned_tables(grid: Grid, categories: frozenset[str], *, has_header: bool) -> list[Reshaped]:
    """The turned tables of a sheet from top to bottom, each as one of a row a person.

    Where a row reads as a header they are not looked for far down.
    """
    if len(grid.rows) < LEAST_LABELS or grid.width < 3:
        return []
    found: list[Reshaped] = []
    row = 0
    above = 0
    while row < min(len(grid.rows), _ROWS_UNDER_A_HEADER if has_header else _ROWS_LOOKED_AT):
        column = _key_column(grid, row)
        if column is not None:
            first, last = _extent(grid, row, column, above, categories)
            table = _table(grid, row, column, first, last, categories, above)
            if table is not None:
                found.append(table)
                row = above = last + 1
                continue
        row += 1
    return found


def _key_column(grid: Grid, row: int) -> int | None:
    """The column of a name label that has several names to its right."""
    filled = grid.filled(row)
    for place, column in enumerate(filled[:COLUMNS_LOOKED_AT]):
        cell = grid.rows[row][column]
        if type(cell) is not str or not exact_field(cell):
            continue
        if not _KEYS.intersection(exact_field(cell).split("+")):
            continue
        others = [grid.rows[row][other] for other in filled[place + 1 :]]
        names = sum(_could_be_name(other) for other in others)
        if len(others) >= 2 and names >= 0.7 * len(others):
            return column
    return None


def _could_be_name(cell: Cell) -> bool:
    if type(cell) is not str or not 2 <= len(header_text(cell).base) <= 20:
        return False
    found = meaning(cell)
    return not (found.field and found.confidence >= 0.75) and not any(sign.isdigit() for sign in cell[:2])


def _extent(grid: Grid, row: int, column: int, above: int, categories: frozenset[str]) -> tuple[int, int]:
    """The first and last row of labels around a name's."""
    first = row
    while first - 1 >= above and len(grid.filled(first - 1)) > 1 and _is_line(grid, first - 1, column, categories):
        first -= 1
    last = at = row
    gap = 0
    while at + 1 < len(grid.rows) and gap < _GAP:
        at += 1
        if grid.is_blank_row(at):
            gap += at not in grid.hidden
            continue
        if not _is_line(grid, at, column, categories):
            break
        if header_text(str(grid.rows[at][column])).base == header_text(str(grid.rows[row][column])).base:
            break
        last, gap = at, 0
    return first, last


def _is_line(grid: Grid, row: int, column: int, categories: frozenset[str]) -> bool:
    """Whether a row has a label in the column of labels, and is neither title nor footer nor total."""
    cell = grid.rows[row][column]
    if is_blank(cell) or not could_be_header(cell):
        return False
    filled = grid.filled(row)
    texts = [cell_text(grid.rows[row][other]).strip() for other in filled if other >= column]
    if is_footer(texts) and not exact_field(str(cell)):
        return False
    if grid.span(row, column) > column + 1:
        return False
    if is_total(texts[0]):
        return False
    return len(texts) > 1 or meaning(str(cell)).confidence >= 0.8 or header_text(str(cell)).base in categories


def _table(
    grid: Grid, key: int, column: int, first: int, last: int, categories: frozenset[str], above: int
) -> Reshaped | None:
    lines = [row for row in range(first, last + 1) if not is_blank(grid.rows[row][column])]
    known = [row for row in lines if word_strength(grid.rows[row][column], categories) > 0]
    if len(known) < LEAST_LABELS or len(known) < 0.5 * len(lines):
        return None
    start = grid.span(key, column) + 1
    persons = [other for other in grid.filled(key) if other >= start]
    levels: dict[int, tuple[str, ...]] = {}
    cells: list[dict[int, Cell]] = [{} for _ in persons]
    places: list[dict[int, Place]] = [{} for _ in persons]
    for number, row in enumerate(lines):
        label = str(grid.rows[row][column]).strip()
        group = _group(grid, row, column)
        levels[number] = (group, label) if group else (label,)
        for told, place, person in zip(cells, places, persons, strict=True):
            told[number], place[number] = _shared(grid, row, person)
    return laid_out(cells, places, levels, len(lines), above=above)


def _group(grid: Grid, row: int, column: int) -> str:
    """The word left of the labels that reaches over this line or stands at the first line of its group."""
    if column == 0:
        return ""
    for top, bottom in grid.down.get(column - 1, ()):
        if top <= row <= bottom:
            return str(grid.rows[top][column - 1]).strip()
    return str(grid.rows[row][column - 1]).strip()


def _shared(grid: Grid, row: int, column: int) -> tuple[Cell, Place]:
    """A person's cell, which several persons may share by a merge."""
    cell = grid.rows[row][column]
    if is_blank(cell):
        for top, left, _bottom, right in grid.across.get(row, ()):
            if left <= column <= right:
                return grid.rows[top][left], (top, left)
    return cell, (row, column)
