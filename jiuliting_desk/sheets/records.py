"""The rows of a table as records: each column read once, list fields gathered, what was unclear remarked."""

from collections.abc import Sequence
from typing import Any

from jiuliting_desk.model.many import many_like
from jiuliting_desk.sheets import values
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.cell_words import DITTOS
from jiuliting_desk.sheets.days import read_day
from jiuliting_desk.sheets.fields import LIST_FIELDS
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.grid import Grid
from jiuliting_desk.sheets.headers import meaning
from jiuliting_desk.sheets.readers import TIMES_FIELDS, Reader, Readers
from jiuliting_desk.sheets.tables import ColumnMatch, ReadRow, Remark, cell_text

_TICKED = {"need": "needs", "skill": "skills", "wish": "wishes", "tag": "tags"}
_SPARSE = frozenset({"id_damaged", "id_as_typed", "phone_wrong", "phone_note", "address"})
"""Fields that only the rows have which need them."""
_JOINING = {"notes": "；", "time": "-", **dict.fromkeys(TIMES_FIELDS, "、")}
"""Texts of several columns that are said together, and what stands between them: 9:00 and 10:30 of one visit."""
_WANTED = frozenset({"building", "room"})
"""Fields that a column of addresses gives to every row, be they empty."""
_FIRST_OF_SEVERAL = frozenset({"category", "living", "emergency_phone", "provider_phone", "cadre_phone"})
_FILLED_DOWN = frozenset({"enterprise", "committee", "compound", "building", "category", "month", "date"})
_MOST_FILLED = {"committee": 0.8}
"""A compound or a row of a tally without a committee is hardly ever meant; many committees have one compound only."""
"""Fields of which a value often stands only at the first row of its group."""


def read_records(
    grid: Grid,
    columns: Sequence[ColumnMatch],
    groups: Sequence[Sequence[int]],
    readers: Readers,
    key_fields: frozenset[str],
) -> list[ReadRow]:
    """The records of a table, in order; ``groups`` holds each record's rows, from 0.

    A record in which all ``key_fields`` are empty is refused as ``name_missing``.
    """
    builder = _Builder(grid, groups, readers)
    for column in columns:
        if column.field:
            builder.add(column)
    return builder.rows(key_fields)


class _Builder:
    """The records of one table while its columns are being read, field by field."""

    def __init__(self, grid: Grid, groups: Sequence[Sequence[int]], readers: Readers) -> None:
        self._grid = grid
        self._groups = groups
        self._firsts = [group[0] for group in groups]
        self._has_more_rows = any(len(group) > 1 for group in groups)
        self._readers = readers
        self._data: dict[str, list[Any]] = {}
        self._sparse: dict[int, dict[str, Any]] = {}
        self._remarks: dict[int, list[Remark]] = {}

    def rows(self, key_fields: frozenset[str]) -> list[ReadRow]:
        """The finished records."""
        self._join_name()
        self._join_lane()
        self._join_parts("birth")
        self._join_parts("date")
        names = list(self._data)
        if names:
            records = [dict(zip(names, row, strict=True)) for row in zip(*self._data.values(), strict=True)]
        else:
            records = [{} for _ in self._groups]
        for index, extras in self._sparse.items():
            records[index].update(extras)
        refusable = key_fields.intersection(names)
        refused = [""] * len(records)
        if refusable:
            told = zip(*[self._data[name] for name in refusable], strict=True)
            refused = ["" if any(values) else "name_missing" for values in told]
        remarks: list[tuple[Remark, ...]] = [()] * len(records)
        for index, said in self._remarks.items():
            remarks[index] = tuple(said)
        return many_like(
            ReadRow(row=0, last_row=0, fields={}),
            {
                "row": [group[0] + 1 for group in self._groups],
                "last_row": [group[-1] + 1 for group in self._groups],
                "fields": records,
                "remarks": remarks,
                "refused": refused,
            },
        )

    def add(self, column: ColumnMatch) -> None:
        """Read one column into its field."""
        cells = column_cells(self._grid, column, self._groups, self._firsts)
        kind, colon, what = column.field.partition(":")
        if colon and kind not in _TICKED:
            self._add_choice(kind, int(what) if what.isdecimal() else what, cells)
            return
        if colon:
            self._add_ticks(_TICKED.get(kind, kind), what, column, cells)
            return
        read, targets = self._readers.column_reader(column.field, column.header)
        # True and 1.0 are one key of a dict, and so are they to every parser.
        values_of = {cell: read(cell) for cell in dict.fromkeys(cells)}
        found = [values_of[cell] for cell in cells]
        if any(type(value) is Flagged for value in values_of.values()):
            for index, value in enumerate(found):
                if type(value) is Flagged:
                    found[index] = value.value
                    self._add_flag(index, value, cells[index], column)
        if column.field == "notes" and _needs_its_title(column):
            found = [f"{column.header[-1]}：{value}" if value else value for value in found]
        if len(targets) == 1:
            self._add_values(targets[0], found, column)
        else:
            told = zip(*found, strict=True) if found else [()] * len(targets)
            for target, values_told in zip(targets, told, strict=True):
                self._complete(target, list(values_told), column, always=target in targets[:1] or target in _WANTED)
        if self._has_more_rows:
            self._add_further_rows(column, read, targets)

    def _field(self, name: str) -> list[Any]:
        """A field's values so far, made where it is new."""
        found = self._data.get(name)
        if found is None:
            found = self._data[name] = [() if name in LIST_FIELDS else None] * len(self._groups)
        return found

    def _add_values(self, target: str, found: list[Any], column: ColumnMatch) -> None:
        if target == "category":
            for index, value in enumerate(found):
                if type(value) is tuple and len(value) > 1:
                    self._sparse.setdefault(index, {})["more_categories"] = value[1:]
        if target in _FIRST_OF_SEVERAL:
            found = [(value[0] if value else None) if type(value) is tuple else value for value in found]
        earlier = self._data.get(target)
        if earlier is None:
            self._data[target] = found
        elif target in LIST_FIELDS:
            self._data[target] = [_joined(one, other) for one, other in zip(earlier, found, strict=True)]
        elif target in _JOINING:
            sign = _JOINING[target]
            self._data[target] = [_noted(one, other, sign) for one, other in zip(earlier, found, strict=True)]
        else:
            for index, (one, other) in enumerate(zip(earlier, found, strict=True)):
                if one not in (None, "", other) and other not in (None, "", False):
                    self._remark(index, "told_otherwise", target, column, str(other), str(one))
            self._data[target] = [
                other if one in (None, "") else one for one, other in zip(earlier, found, strict=True)
            ]

    def _complete(self, target: str, found: list[Any], column: ColumnMatch, *, always: bool) -> None:
        """A field that a column tells beside others: it fills what is empty and overwrites nothing."""
        earlier = self._data.get(target)
        if earlier is None:
            if always or any(found):
                self._data[target] = found
            return
        for index, value in enumerate(found):
            if value is not None and value != earlier[index]:
                self._tell(index, target, value, column)

    def _add_ticks(self, target: str, what: str, column: ColumnMatch, cells: list[Cell]) -> None:
        lists = self._field(target)
        is_known = target == "tags" or self._readers.known.categories.named(what) is not None
        cache: dict[Cell, Any] = {}
        for index, cell in enumerate(cells):
            if cell == "":
                continue
            value = cache.get(cell)
            if value is None:
                value = cache[cell] = values.read_tick(cell)
            if type(value) is Flagged:
                for code in value.codes:
                    self._remark(index, code, target, column, cell_text(cell))
                if value.extras.get("notes") and value.value:
                    self._note(index, f"{what}：{value.extras['notes']}")
                value = value.value
            if value and not is_known:
                self._remark(index, "need_unknown", target, column, what)
            elif value and what not in lists[index]:
                lists[index] = (*lists[index], what)

    def _add_choice(self, target: str, what: Any, cells: list[Cell]) -> None:
        """One of several columns of which each row ticks one."""
        told = self._field(target)
        for index, cell in enumerate(cells):
            if cell != "" and values.read_tick(cell) is True and told[index] is None:
                told[index] = what

    def _remark(self, index: int, code: str, field: str, column: ColumnMatch, text: str, value: str = "") -> None:
        self._remarks.setdefault(index, []).append(
            Remark(code=code, field=field, column=column.index, text=text, value=value)
        )

    def _note(self, index: int, text: str) -> None:
        notes = self._field("notes")
        notes[index] = _noted(notes[index], text)

    def _add_flag(self, index: int, flag: Flagged, cell: Cell, column: ColumnMatch) -> None:
        """The remarks and the further fields of one cell."""
        value = _shown(flag.value)
        for code in flag.codes:
            if "unknown" in flag.extras:
                for word in flag.extras["unknown"]:
                    self._remark(index, code, column.field, column, word)
            else:
                self._remark(index, code, column.field, column, cell_text(cell), value)
        for name, extra in flag.extras.items():
            if name == "notes":
                self._note(index, extra)
            elif name == "phone_note":
                sparse = self._sparse.setdefault(index, {})
                sparse[name] = _noted(sparse.get(name), extra)
            elif name in _SPARSE:
                self._sparse.setdefault(index, {})[name] = extra
            elif name in LIST_FIELDS:
                lists = self._field(name)
                lists[index] = _joined(lists[index], extra)
            elif name != "unknown":
                self._tell(index, name, extra, column)

    def _tell(self, index: int, name: str, extra: Any, column: ColumnMatch) -> None:
        """What a cell tells beside its own field: it completes, it does not overwrite."""
        told = self._field(name)
        if told[index] in (None, "") or (name == "birth" and str(extra).startswith(str(told[index]))):
            told[index] = extra
        elif told[index] != extra and column.field == "id_number":
            self._remark(index, f"{name}_differs_from_id", name, column, str(told[index]), str(extra))
        elif told[index] != extra:
            self._remark(index, "told_otherwise", name, column, str(extra), str(told[index]))

    def _add_further_rows(self, column: ColumnMatch, read: Reader, targets: tuple[str, ...]) -> None:
        """What the second and further rows of a record add to a field."""
        target = targets[0]
        data = self._data[target]
        for index, group in enumerate(self._groups):
            for row in group[1:]:
                cell = self._grid.rows[row][column.index]
                if cell == "":
                    continue
                value = read(cell)
                if type(value) is Flagged:
                    self._add_flag(index, value, cell, column)
                    value = value.value
                if len(targets) > 1:
                    for name, part in zip(targets, value, strict=True):
                        if part is not None:
                            self._tell(index, name, part, column)
                    continue
                if value in (None, ()):
                    continue
                first = value[0] if type(value) is tuple else value
                if target in LIST_FIELDS:
                    data[index] = _joined(data[index], value)
                elif data[index] in (None, ""):
                    data[index] = first
                elif target == "notes":
                    data[index] = _noted(data[index], value)
                elif data[index] != first:
                    self._remark(index, "several_values", target, column, cell_text(cell))

    def _join_name(self) -> None:
        """One name from surname and given name in columns of their own."""
        surnames, given = self._data.pop("surname", None), self._data.pop("given_name", None)
        if surnames is None or given is None:
            return
        names = self._field("name")
        for index, parts in enumerate(zip(surnames, given, strict=True)):
            name = values.read_name("".join(part for part in parts if part))
            names[index] = name.value if type(name) is Flagged else name

    def _join_lane(self) -> None:
        """Road and lane in columns of their own are the compound, where nothing else is."""
        roads, lanes = self._data.pop("road", None), self._data.pop("lane", None)
        if lanes is None:
            return
        compounds = self._field("compound")
        for index, lane in enumerate(lanes):
            if compounds[index] is None and lane is not None:
                road = (roads[index] if roads else None) or ""
                compounds[index] = f"{road}{lane}弄"

    def _join_parts(self, name: str) -> None:
        """One date from year, month and day in columns of their own."""
        years, months, days = (self._data.pop(f"{name}_{part}", None) for part in ("year", "month", "day"))
        if years is None:
            return
        nothing = [None] * len(years)
        birth = self._field(name)
        for index, parts in enumerate(zip(years, months or nothing, days or nothing, strict=True)):
            year, month, day = parts
            text = "-".join(str(int(part)) for part in (year, month, day if month else None) if part)
            told = read_day(text, birth=True) if year else None
            if type(told) is str and len(birth[index] or "") < len(told):
                birth[index] = told


def _needs_its_title(column: ColumnMatch) -> bool:
    """Whether what a person put among the notes is understood only with the words above it."""
    return column.why in {"chosen", "learned"} and bool(column.header) and not meaning(column.header[-1]).field


def _shown(value: Any) -> str:
    """A value as a remark repeats it."""
    parts = value if isinstance(value, tuple) else (value,)
    return " ".join(str(part) for part in parts if part not in (None, False, ""))


def _joined(one: Any, other: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*(one or ()), *(other or ()))))


def _noted(one: str | None, other: str | None, sign: str = "；") -> str | None:
    return sign.join(str(note) for note in (one, other) if note) or None


def column_cells(grid: Grid, column: ColumnMatch, groups: Sequence[Sequence[int]], firsts: Sequence[int]) -> list[Cell]:
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
    if not spans and column.field in _FILLED_DOWN and _stands_once(cells, _MOST_FILLED.get(column.field, 0.5)):
        last: Cell = ""
        for place, cell in enumerate(cells):
            last = cell if cell != "" else last
            cells[place] = last
    return cells


def _stands_once(cells: list[Cell], most: float) -> bool:
    """Whether each value stands at the first row of its group only, and no more cells than this share are filled."""
    filled = [cell for cell in cells if cell != ""]
    return bool(
        most * len(cells) >= 2
        and filled
        and cells[0] != ""
        and len(filled) <= most * len(cells)
        and len(set(filled)) == len(filled)
    )
