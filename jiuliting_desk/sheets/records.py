"""The rows of a table as records: each column read once, list fields gathered, what was unclear remarked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from jiuliting_desk.sheets import values
from jiuliting_desk.sheets.addresses import Address, read_address, read_place_number
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.cell_words import DITTOS
from jiuliting_desk.sheets.content import Known
from jiuliting_desk.sheets.days import read_day, read_month
from jiuliting_desk.sheets.fields import LIST_FIELDS
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.grid import Grid
from jiuliting_desk.sheets.identity_cells import read_identity
from jiuliting_desk.sheets.mixed_cells import read_mixed
from jiuliting_desk.sheets.sorting import Sorted
from jiuliting_desk.sheets.tables import ColumnMatch, ReadRow, Remark, cell_text

Reader = Callable[[Cell], Any]

_TICKED = {"need": "needs", "skill": "skills", "wish": "wishes", "tag": "tags"}
_SCALAR_EXTRAS = ("birth", "sex", "id_number", "age", "compound", "building", "unit", "room", "floor",
                  "emergency_relation", "emergency_contact", "emergency_phone")  # fmt: skip
_FILLED_DOWN = frozenset({"enterprise", "committee", "compound", "building", "category", "month", "date"})
"""Fields of which a value often stands only at the first row of its group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What a column's parser may need to know."""

    known: Known
    year: int | None

    def reader_of(self, field: str) -> Reader:
        """The parser of one field."""
        year = self.year
        simple: dict[str, Reader] = {
            "name": values.read_name,
            "sex": values.read_sex,
            "age": values.read_age,
            "birth": lambda cell: read_day(cell, birth=True),
            "id_number": read_identity,
            "phones": values.read_phones,
            "emergency_phone": values.read_phones,
            "provider_phone": values.read_phones,
            "needs": self.known.categories.read,
            "skills": self.known.categories.read,
            "wishes": self.known.categories.read,
            "category": self.known.categories.read,
            "tags": self.known.tags.read,
            "living": self.known.livings.read,
            "alone": values.read_tick,
            "dialect": values.read_tick,
            "lift": values.read_tick,
            "consent": values.read_tick,
            "building": read_place_number,
            "unit": read_place_number,
            "room": read_place_number,
            "floor": read_place_number,
            "capacity_per_month": values.read_capacity,
            "hours_per_month": values.read_number,
            "quantity": values.read_number,
            "people": values.read_number,
            "minutes": values.read_number,
            "emergency_relation": values.read_relation,
            "emergency_contact": lambda cell: read_mixed(cell, ("emergency_contact", "emergency_phone")),
            "certificate_expires": read_day,
            "joined_on": lambda cell: read_day(cell, year=year),
            "registered_on": lambda cell: read_day(cell, year=year),
            "date": lambda cell: read_day(cell, year=year),
            "month": lambda cell: read_month(cell, year=year),
            "enterprise": _read_enterprise,
            "compound": self._read_compound,
        }
        return simple.get(field, values.read_text)

    def _read_compound(self, cell: Cell) -> Any:
        text = values.read_text(cell)
        if text is None:
            return None
        known = self.known.compounds.named(text)
        if known is not None:
            return known
        if any(sign.isdigit() for sign in text) and any(word in text for word in "号室弄幢栋"):
            return self.read_whole_address(cell)
        return Flagged(text, ("compound_unknown",)) if self.known.compounds.known else text

    def read_whole_address(self, cell: Cell) -> Any:
        """An address as a Flagged compound with building, unit and room as extras."""
        text = values.read_text(cell)
        if text is None:
            return None
        read = read_address(text, self.known.compounds)
        address, codes = (read.value, read.codes) if isinstance(read, Flagged) else (read, ())
        assert isinstance(address, Address)
        extras = {
            name: value
            for name, value in (
                ("building", address.building),
                ("unit", address.unit),
                ("room", address.room),
                ("floor", address.floor),
                ("notes", address.rest if "address_unclear" not in codes else ""),
            )
            if value
        }
        if "address_unclear" in codes:
            extras["address"] = text
        return Flagged(address.compound or None, codes, extras)


def _read_enterprise(cell: Cell) -> Any:
    text = values.read_text(cell)
    return (
        None if text is None or text.strip() in {"个人", "个人志愿者", "无单位", "散户", "个体", "自由职业"} else text
    )


def read_records(
    grid: Grid, columns: Sequence[ColumnMatch], rows: Sorted, readers: Readers, key_fields: frozenset[str]
) -> list[ReadRow]:
    """The records of a table, in order."""
    firsts = [group[0] for group in rows.records]
    count = len(firsts)
    data: dict[str, list[Any]] = {}
    remarks: dict[int, list[Remark]] = {}
    taken = [column for column in columns if column.field]
    for column in taken:
        _read_column(grid, column, rows.records, firsts, readers, data, remarks, taken)
    names = list(data)
    records = [dict(zip(names, row, strict=True)) for row in zip(*data.values(), strict=True)] if names else []
    if not records:
        records = [{} for _ in range(count)]
    last_rows = [group[-1] for group in rows.records]
    result = []
    for index, fields in enumerate(records):
        refused = "" if any(fields.get(name) for name in key_fields) or not key_fields else "name_missing"
        result.append(
            ReadRow(
                row=firsts[index] + 1,
                last_row=last_rows[index] + 1,
                fields=fields,
                remarks=tuple(remarks.get(index, ())),
                refused=refused,
            )
        )
    return result


def _read_column(
    grid: Grid,
    column: ColumnMatch,
    groups: list[list[int]],
    firsts: list[int],
    readers: Readers,
    data: dict[str, list[Any]],
    remarks: dict[int, list[Remark]],
    all_columns: Sequence[ColumnMatch],
) -> None:
    cells = column_cells(grid, column, groups, firsts)
    kind, colon, what = column.field.partition(":")
    if colon:
        _add_ticks(_TICKED.get(kind, kind), what, column, cells, data, remarks)
        return
    field = column.field
    if "+" in field:
        parts = tuple(field.split("+"))
        read: Reader = _mixed_reader(parts, readers)
        target = parts[0]
    elif field == "address":
        read, target = readers.read_whole_address, "compound"
    else:
        read, target = readers.reader_of(field), field
    cache: dict[Cell, Any] = {}
    found: list[Any] = []
    any_flagged = False
    for cell in cells:
        try:
            value = cache[cell]
        except KeyError:
            value = cache[cell] = read(cell)
            any_flagged = any_flagged or type(value) is Flagged
        found.append(value)
    if any_flagged:
        for index, value in enumerate(found):
            if type(value) is Flagged:
                found[index] = value.value
                _add_flag(index, value, cells[index], column, data, remarks, len(cells))
    _add_values(target, found, data)
    if len(groups) != sum(map(len, groups)):
        _add_further_rows(grid, column, groups, read, target, data, remarks)


def _mixed_reader(parts: tuple[str, ...], readers: Readers) -> Reader:
    if set(parts) <= {"compound", "building", "unit", "room", "floor", "address"}:
        return lambda cell: _whole_or_first(readers.read_whole_address(cell), parts[0])
    if parts == ("committee", "compound"):
        return values.read_text
    return lambda cell: read_mixed(cell, parts)


def _whole_or_first(read: Any, target: str) -> Any:
    """An address's parts as extras, the first wanted one as the value."""
    if type(read) is not Flagged or target in {"compound", "address"}:
        return read
    extras = dict(read.extras)
    value = extras.pop(target, None)
    if read.value:
        extras["compound"] = read.value
    codes = tuple(code for code in read.codes if code != "compound_unknown" or read.value)
    return Flagged(value, codes, extras)


def column_cells(grid: Grid, column: ColumnMatch, groups: list[list[int]], firsts: list[int]) -> list[Cell]:
    """A column's cell for each record, with merges, ditto marks and group values carried down."""
    index = column.index
    rows = grid.rows
    cells = [rows[row][index] for row in firsts]
    spans = grid.down.get(index)
    if spans:
        start_of = {row: top for top, bottom in spans for row in range(top + 1, bottom + 1)}
        cells = [rows[start_of.get(row, row)][index] for row in firsts]
    if not DITTOS.isdisjoint(cells):
        for place, cell in enumerate(cells):
            if place and cell in DITTOS:
                cells[place] = cells[place - 1]
    if not spans and column.field in _FILLED_DOWN and _stands_once(cells):
        last: Cell = ""
        for place, cell in enumerate(cells):
            last = cell if cell != "" else last
            cells[place] = last
    return cells


def _stands_once(cells: list[Cell]) -> bool:
    """Whether each value stands at the first row of its group only."""
    filled = [cell for cell in cells if cell != ""]
    return bool(
        len(cells) >= 4
        and filled
        and cells[0] != ""
        and len(filled) <= 0.5 * len(cells)
        and len(set(filled)) == len(filled)
    )


def _add_values(target: str, found: list[Any], data: dict[str, list[Any]]) -> None:
    if target in {"emergency_phone", "provider_phone"}:
        found = [value[0] if value else None for value in found]
    elif target in {"category", "living"}:
        found = [
            value[0] if isinstance(value, tuple) and value else (None if value == () else value) for value in found
        ]
    earlier = data.get(target)
    if earlier is None:
        data[target] = found
    elif target in LIST_FIELDS:
        data[target] = [_joined(one, other) for one, other in zip(earlier, found, strict=True)]
    elif target == "notes":
        data[target] = ["；".join(filter(None, (a, b))) or None for a, b in zip(earlier, found, strict=True)]
    else:
        data[target] = [one if one not in (None, "") else other for one, other in zip(earlier, found, strict=True)]


def _joined(one: Any, other: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*(one or ()), *(other or ()))))


def _add_ticks(
    target: str,
    what: str,
    column: ColumnMatch,
    cells: list[Cell],
    data: dict[str, list[Any]],
    remarks: dict[int, list[Remark]],
) -> None:
    lists = data.setdefault(target, [()] * len(cells))
    cache: dict[Cell, Any] = {}
    for index, cell in enumerate(cells):
        if cell == "":
            continue
        value = cache.get(cell)
        if value is None:
            value = cache[cell] = values.read_tick(cell)
        if type(value) is Flagged:
            for code in value.codes:
                _remark(remarks, index, Remark(code=code, field=target, column=column.index, text=cell_text(cell)))
            if value.extras.get("notes") and value.value:
                _note(data, index, f"{what}：{value.extras['notes']}", len(cells))
            value = value.value
        if value and what not in lists[index]:
            lists[index] = (*lists[index], what)


def _remark(remarks: dict[int, list[Remark]], index: int, remark: Remark) -> None:
    remarks.setdefault(index, []).append(remark)


def _note(data: dict[str, list[Any]], index: int, text: str, count: int) -> None:
    notes = data.setdefault("notes", [None] * count)
    notes[index] = "；".join(filter(None, (notes[index], text)))


def _add_flag(
    index: int,
    flag: Flagged,
    cell: Cell,
    column: ColumnMatch,
    data: dict[str, list[Any]],
    remarks: dict[int, list[Remark]],
    count: int,
) -> None:
    value = "" if flag.value in (None, (), False) else str(flag.value)
    for code in flag.codes:
        text = cell_text(cell)
        if code.endswith("_unknown") and "unknown" in flag.extras:
            for word in flag.extras["unknown"]:
                _remark(remarks, index, Remark(code=code, field=column.field, column=column.index, text=word))
            continue
        _remark(remarks, index, Remark(code=code, field=column.field, column=column.index, text=text, value=value))
    for name, extra in flag.extras.items():
        if name == "unknown":
            continue
        if name == "notes":
            _note(data, index, extra, count)
        elif name in LIST_FIELDS:
            lists = data.setdefault(name, [()] * count)
            lists[index] = _joined(lists[index], extra)
        else:
            told = data.setdefault(name, [None] * count)
            _tell(told, index, name, extra, column, cell, remarks)


def _tell(
    told: list[Any],
    index: int,
    name: str,
    extra: Any,
    column: ColumnMatch,
    cell: Cell,
    remarks: dict[int, list[Remark]],
) -> None:
    if told[index] in (None, ""):
        told[index] = extra
    elif told[index] != extra and name in {"birth", "sex"} and column.field == "id_number":
        if name == "birth" and str(extra).startswith(str(told[index])):
            told[index] = extra
            return
        _remark(
            remarks,
            index,
            Remark(
                code=f"{name}_differs_from_id", field=name, column=column.index, text=str(told[index]), value=str(extra)
            ),
        )


def _add_further_rows(
    grid: Grid,
    column: ColumnMatch,
    groups: list[list[int]],
    read: Reader,
    target: str,
    data: dict[str, list[Any]],
    remarks: dict[int, list[Remark]],
) -> None:
    """What the second and further rows of a record add to a field."""
    for index, group in enumerate(groups):
        for row in group[1:]:
            cell = grid.rows[row][column.index]
            if cell == "":
                continue
            value = read(cell)
            if type(value) is Flagged:
                _add_flag(index, value, cell, column, data, remarks, len(groups))
                value = value.value
            if value in (None, ()):
                continue
            if target in LIST_FIELDS:
                data[target][index] = _joined(data[target][index], value)
            elif data[target][index] in (None, "", ()):
                data[target][index] = value[0] if isinstance(value, tuple) else value
            elif target == "notes":
                _note(data, index, str(value), len(groups))
            elif data[target][index] != (value[0] if isinstance(value, tuple) else value):
                _remark(
                    remarks,
                    index,
                    Remark(code="several_values", field=target, column=column.index, text=cell_text(cell)),
                )
