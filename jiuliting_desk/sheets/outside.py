"""Words on a sheet that belong to none of its tables: told, so that nobody misses them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jiuliting_desk.sheets.facts import label_of, month_of, pairs_in
from jiuliting_desk.sheets.grid import Grid, is_blank
from jiuliting_desk.sheets.headers import header_text
from jiuliting_desk.sheets.tables import LeftOut, Omission, ReadTable


def with_outside(grid: Grid, tables: Sequence[ReadTable]) -> list[ReadTable]:
    """The tables of a sheet, each with the lines that stand outside of all of them and nearest above it.

    What follows the last table is left to that. Titles, and lines that tell a fact, are understood and no loss.
    """
    found = list(tables)
    if not found:
        return found
    if any(table.is_no_list for table in found):
        return _beside_forms(grid, found)
    titles = {table.title for table in found}
    areas = [_columns(table) for table in found]
    every = frozenset(range(grid.width))
    for row, cells in enumerate(grid.rows):
        inside = [
            area for table, area in zip(found, areas, strict=True) if table.first_row <= row + 1 <= table.last_row
        ]
        outside = every.difference(*inside)
        if not outside or row in grid.hidden:
            continue
        texts = [str(cells[column]).strip() for column in sorted(outside) if not is_blank(cells[column])]
        if not texts or all(text in titles for text in texts) or _tells_a_fact(texts):
            continue
        at = next((n for n, table in enumerate(found) if table.last_row > row), len(found) - 1)
        left = LeftOut(first_row=row + 1, last_row=row + 1, why=Omission.OUTSIDE, text="  ".join(texts))
        in_order = sorted((*found[at].left_out, left), key=lambda each: each.first_row)
        found[at] = replace(found[at], left_out=tuple(in_order))
    return found


def _beside_forms(grid: Grid, found: list[ReadTable]) -> list[ReadTable]:
    """The same of sheets whose records are forms or stand in columns: what is neither a label nor an answer."""
    titles = {table.title for table in found}
    labels = {header_text(text).base for table in found for match in table.columns for text in match.header}
    answers = {place for table in found for row in table.rows for place in row.places.values()}
    left: list[LeftOut] = []
    for row, cells in enumerate(grid.rows):
        texts = [
            text
            for column, cell in enumerate(cells)
            if row not in grid.hidden
            and not is_blank(cell)
            and (row, column) not in answers
            and (text := str(cell).strip()) not in titles
            and header_text(text).base not in labels
        ]
        if texts and not _tells_a_fact(texts):
            left.append(LeftOut(first_row=row + 1, last_row=row + 1, why=Omission.OUTSIDE, text="  ".join(texts)))
    if left:
        in_order = sorted((*found[0].left_out, *left), key=lambda each: each.first_row)
        found[0] = replace(found[0], left_out=tuple(in_order))
    return found


def _columns(table: ReadTable) -> frozenset[int]:
    return frozenset((*range(table.first_column, table.last_column + 1), *(match.index for match in table.columns)))


def _tells_a_fact(texts: list[str]) -> bool:
    """Whether a line is nothing but labels with their values, the values beside them or in the same cells."""
    if all(pairs_in([text]) or month_of(text, "") for text in texts):
        return True
    return len(texts) % 2 == 0 and all(label_of(label) for label, _ in [*pairwise(texts)][::2])
