"""Tally sheets: each filled figure is one record of month, place, service and quantity."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.days import read_month
from jiuliting_desk.sheets.facts import committee_in
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.grid import Grid, is_blank
from jiuliting_desk.sheets.headers import header_text
from jiuliting_desk.sheets.layout import Frame
from jiuliting_desk.sheets.readers import Readers
from jiuliting_desk.sheets.records import column_cells
from jiuliting_desk.sheets.sorting import is_footer, is_total
from jiuliting_desk.sheets.tables import ColumnMatch, LeftOut, Omission, ReadRow, Remark, cell_text
from jiuliting_desk.sheets.values import is_empty, read_number, read_text
from jiuliting_desk.sheets.vocabulary import Vocabulary
from jiuliting_desk.sheets.word_lists import WordList

_KEYS = ("committee", "compound", "month", "category", "enterprise", "date")
_BEHIND = {"人数": "people", "时长": "minutes", "小时数": "hours"}
"""Measures behind the name of a service."""
_MEASURES = {"人数": "people", "人": "people", "时长": "minutes", "小时": "hours", "工时": "hours"}


def read_tally(
    grid: Grid,
    frame: Frame,
    columns: Sequence[ColumnMatch],
    readers: Readers,
    facts: Mapping[str, str],
    words: Vocabulary,
) -> tuple[list[ReadRow], list[LeftOut]]:
    """The figures of a tally table, and the rows left out."""
    year = readers.year
    figures = [(column, said) for column in columns if (said := _figure_of(column, readers, year)) is not None]
    keys = [column for column in columns if column.field in _KEYS]
    left_out: list[LeftOut] = []
    taken: list[int] = []
    for row in range(frame.bottom + 1, frame.last + 1):
        why = _left_out(grid, frame, row)
        if why is None:
            taken.append(row)
        elif why is not Omission.BLANK:
            filled = grid.filled(row, frame.left, frame.right)
            text = str(grid.rows[row][filled[0]]) if filled else ""
            left_out.append(LeftOut(first_row=row + 1, last_row=row + 1, why=why, text=text))
    groups = [[row] for row in taken]
    told: dict[str, list[Any]] = {}
    for column in keys:
        cells = column_cells(grid, column, groups, taken)
        told[column.field] = [_key(column.field, cell, readers, words, year) for cell in cells]
    rows: list[ReadRow] = []
    for place, row in enumerate(taken):
        shared = {name: values[place] for name, values in told.items()}
        found = _figures(grid, row, figures, shared, facts, readers.known.categories)
        if not found:
            left_out.append(
                LeftOut(first_row=row + 1, last_row=row + 1, why=Omission.NO_FIGURE, text=_first(grid, frame, row))
            )
        rows.extend(found)
    left_out.sort(key=lambda left: left.first_row)
    return rows, left_out


def without_doubles(columns: Sequence[ColumnMatch], readers: Readers) -> list[ColumnMatch]:
    """The columns; where two count the same in other words (人次 and 户数) only the first, and a person may choose."""
    seen: list[dict[str, str]] = []
    kept = []
    for column in columns:
        said = _figure_of(column, readers, readers.year) if column.why not in {"chosen", "learned"} else None
        if said and column.field in {"quantity", "people", "minutes"} and said in seen:
            column = replace(column, field="", confidence=0.5, why="neighbours")
        elif said:
            seen.append(said)
        kept.append(column)
    return kept


def _first(grid: Grid, frame: Frame, row: int) -> str:
    filled = grid.filled(row, frame.left, frame.right)
    return str(grid.rows[row][filled[0]]) if filled else ""


def _left_out(grid: Grid, frame: Frame, row: int) -> Omission | None:
    filled = grid.filled(row, frame.left, frame.right)
    if row in frame.again:
        return Omission.HEADER_AGAIN
    if row in grid.hidden:
        return Omission.HIDDEN
    if not filled:
        return Omission.BLANK
    texts = [cell_text(grid.rows[row][column]).strip() for column in filled]
    if any(is_total(text) for text in texts[:3]):
        return Omission.TOTAL
    if is_footer(texts):
        return Omission.FOOTER
    if len(filled) == 1 and (len(texts[0]) > 12 or grid.span(row, filled[0]) > filled[0] + 1):
        return Omission.NOTE
    return None


def _figure_of(column: ColumnMatch, readers: Readers, year: int | None) -> dict[str, str] | None:
    """What a column of figures is about: its service, month, measure; None for a column of no figures."""
    said: dict[str, str] = {}
    if not column.field and column.why == "neighbours":
        return None
    if column.field.startswith("figure:"):
        said = {"category": what} if (what := column.field.partition(":")[2]) else {}
    elif column.field not in {"quantity", "people", "minutes", ""}:
        return None
    for text in column.header:
        if is_total(text):
            return None
        category = readers.known.categories.named(header_text(text).base)
        month = read_month(text, year=year) if not text.isdecimal() else None
        period = period_of(text, year)
        if period:
            said["period"] = period
        if category and "category" not in said:
            said["category"] = category
        if type(month) is str:
            said["month"] = month
        named = committee_in(text, {}) if text.endswith(("居民区", "居委会", "居委", "社区")) else ""
        if named:
            said["committee"] = named
    leaf = header_text(column.header[-1]).base if column.header else ""
    measure = _MEASURES.get(leaf) or next((name for word, name in _BEHIND.items() if leaf.endswith(word)), None)
    if measure:
        said["measure"] = measure
    if column.field in {"people", "minutes"} and not measure:
        said["measure"] = column.field
    return said if said or column.field == "quantity" else None


def period_of(text: str, year: int | None) -> str:
    """``2025-Q1`` or ``2025-H1`` for quarters and half years, "" for other texts."""
    found = re.fullmatch(r"(?:(20\d{2})年)?(?:第?([一二三四1-4])季度?|([上下])半年)", text.strip())
    told_year = (found and found[1]) or (str(year) if year else "")
    if found is None or not told_year:
        return ""
    if found[3]:
        return f"{told_year}-H{'上下'.index(found[3]) + 1}"
    return f"{told_year}-Q{found[2] if found[2].isdecimal() else '一二三四'.index(found[2]) + 1}"


def _key(field: str, cell: Cell, readers: Readers, words: Vocabulary, year: int | None) -> Any:
    if field == "month":
        return read_month(cell, year=year)
    if field == "committee":
        text = read_text(cell)
        return None if text is None else committee_in(text, words.committees) or text
    read = readers.reader_of(field)(cell)
    if type(read) is Flagged:
        read = read.value
    if isinstance(read, tuple):
        return read[0] if len(read) == 1 else read_text(cell)
    return read


def _figures(
    grid: Grid,
    row: int,
    figures: list[tuple[ColumnMatch, dict[str, str]]],
    shared: dict[str, Any],
    facts: Mapping[str, str],
    known: WordList,
) -> list[ReadRow]:
    found = []
    for column, said in figures:
        cell = grid.rows[row][column.index]
        if is_blank(cell) or (type(cell) is str and is_empty(cell)):
            continue
        value = read_number(cell)
        remarks: list[Remark] = []
        if type(value) is Flagged:
            remarks = [
                Remark(code=code, field="quantity", column=column.index, text=cell_text(cell)) for code in value.codes
            ]
            value = value.value
        if not value:
            if remarks:
                found.append(_row(row, {**_defaults(facts), **shared, **said}, None, remarks))
            continue
        fields = {**_defaults(facts), **{name: told for name, told in shared.items() if told}, **said}
        if "period" in said:
            fields.pop("month", None)
        if fields.get("month") and len(fields["month"]) == 2:
            remarks.append(Remark(code="year_unknown", field="month", column=column.index, text=fields["month"]))
        if "date" in fields and "month" not in shared and "month" not in said:
            fields["month"] = str(fields["date"])[:7]
        if "category" in fields and known.named(str(fields["category"])) is None:
            remarks.append(Remark(code="need_unknown", field="category", text=str(fields["category"])))
        found.append(_row(row, fields, value, remarks))
    return found


def _defaults(facts: Mapping[str, str]) -> dict[str, Any]:
    return {name: facts[name] for name in ("committee", "compound", "month", "category", "enterprise") if name in facts}


def _row(row: int, fields: dict[str, Any], quantity: Any, remarks: list[Remark]) -> ReadRow:
    fields = dict(fields)
    fields["quantity"] = quantity
    return ReadRow(row=row + 1, last_row=row + 1, fields=fields, remarks=tuple(remarks))
