"""Rows that are about several: two people with 82、80 beside them, the elders of a visit, a committee's compounds."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jiuliting_desk.sheets import values
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.grid import Grid
from jiuliting_desk.sheets.readers import Readers
from jiuliting_desk.sheets.tables import ColumnMatch, Kind, ReadRow, Remark, cell_text

_TELLING = frozenset({"several_names", "name_unusual"})
_OWN = frozenset({"age", "sex", "birth", "id_number", "phones"})
"""Fields of which everybody has their own; what else the row says is said of both."""
_SIGNS = tuple(map(re.compile, (r"[\r\n]+", r"、", r"[；;]", r"[，,]", r"[/／\\|]", r"[&＆]", r"和|及", r"\s+")))
_MOST = 3
_MOST_OF_A_VISIT = 30
_OF_ONE_PLACE = frozenset({"more_compounds", "aliases", "households", "longitude", "latitude"})
"""What a row of several compounds cannot say of each."""
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,4}")


def told_apart(
    rows: Sequence[ReadRow],
    groups: Sequence[Sequence[int]],
    grid: Grid,
    columns: Sequence[ColumnMatch],
    readers: Readers,
) -> list[ReadRow]:
    """The rows, with one for each person where a cell of names and another of their own go in pairs.

    ``groups`` holds each row's lines on the grid, from 0.
    """
    names = next((column for column in columns if column.field == "name"), None)
    if names is None or not any(_is_of_several(row) for row in rows):
        return list(rows)
    own = [column for column in columns if column.field in _OWN]
    found: list[ReadRow] = []
    for row, group in zip(rows, groups, strict=True):
        found += _persons(row, grid.rows[group[0]], names, own, readers) if _is_of_several(row) else [row]
    return found


def _is_of_several(row: ReadRow) -> bool:
    return any(remark.field == "name" and remark.code in _TELLING for remark in row.remarks)


def _persons(
    row: ReadRow, cells: Sequence[Cell], names: ColumnMatch, own: Sequence[ColumnMatch], readers: Readers
) -> list[ReadRow]:
    """A row for each person of one; the row itself where its cells do not go in pairs."""
    told = _parts(cells[names.index], 0)
    is_visit = readers.kind is Kind.VISITS
    most = _MOST_OF_A_VISIT if is_visit else _MOST
    if not 2 <= len(told) <= most or not all(_NAME.fullmatch("".join(name.split())) for name in told):
        return [row]
    paired = {column: parts for column in own if len(parts := _parts(cells[column.index], len(told))) == len(told)}
    if not paired and not is_visit:
        return [row]
    left = {column.field for column in (names, *paired)}
    remarks = tuple(remark for remark in row.remarks if remark.field not in left)
    persons = []
    for place, name in enumerate(told):
        said = Remark(code="person_split", field="name", column=names.index, text=cell_text(cells[names.index]))
        fields = {**row.fields, "name": values.read_name(name)} | _without_note(row, cells[names.index])
        person = replace(row, fields=fields, remarks=(*remarks, said))
        if is_visit and fields.get("quantity") == len(told):
            # 3 beside three names: one for each.
            person = replace(person, fields={**fields, "quantity": 1})
        for column, parts in paired.items():
            person = _with(person, column, parts[place].strip(), readers)
        persons.append(person)
    return persons


def _without_note(row: ReadRow, names: Cell) -> dict[str, Any]:
    """The notes without the whole cell of names, which was noted while only the first was taken."""
    notes = row.fields.get("notes")
    if not notes:
        return {}
    kept = [note for note in str(notes).split("；") if note != values.plain(names)]
    return {"notes": "；".join(kept) or None}


def _parts(cell: Cell, wanted: int) -> list[str]:
    """A cell cut by the first sign that cuts it into so many parts (into any, where ``wanted`` is 0)."""
    text = cell_text(cell).strip()
    for sign in _SIGNS:
        parts = [part for part in sign.split(text) if part.strip()]
        if len(parts) == wanted or (not wanted and len(parts) > 1):
            return parts
    return []


def _with(row: ReadRow, column: ColumnMatch, text: str, readers: Readers) -> ReadRow:
    """A person with what stands for them in a cell of several."""
    read, targets = readers.column_reader(column.field, column.header)
    value = read(text)
    remarks: tuple[Remark, ...] = ()
    if type(value) is Flagged:
        remarks = tuple(Remark(code=code, field=column.field, column=column.index, text=text) for code in value.codes)
        told = {name: extra for name, extra in value.extras.items() if name.endswith(("_wrong", "_damaged", "_typed"))}
        row = replace(row, fields={**row.fields, **told})
        value = value.value
    parts = zip(targets, value if len(targets) > 1 else (value,), strict=True)
    own = {name: part for name, part in parts if part is not None or name == column.field}
    return replace(row, fields={**row.fields, **own}, remarks=(*row.remarks, *remarks))


def places_apart(rows: Sequence[ReadRow]) -> list[ReadRow]:
    """The rows of a list of places, with one for each compound where a cell or a row has several."""
    found: list[ReadRow] = []
    for row in rows:
        told = str(row.fields.get("compound") or "")
        names = [name.strip() for name in (_parts(told, 0) or [told]) if name.strip()]
        names += [name for name in row.fields.get("more_compounds") or () if name not in names]
        if len(names) < 2:
            found.append(row)
            continue
        remarks = tuple(remark for remark in row.remarks if remark.field != "compound")
        shared = {name: value for name, value in row.fields.items() if name not in _OF_ONE_PLACE}
        found += [replace(row, fields={**shared, "compound": name}, remarks=remarks) for name in names]
    return found
