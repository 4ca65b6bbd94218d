"""Which parser reads which field, with the words and the year that it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jiuliting_desk.sheets import values
from jiuliting_desk.sheets.addresses import Address, read_address, read_place_number
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.content import Known
from jiuliting_desk.sheets.days import read_day, read_month
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.identity_cells import read_identity
from jiuliting_desk.sheets.mixed_cells import read_mixed

Reader = Callable[[Cell], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What a column's parser may need to know."""

    known: Known
    year: int | None

    def column_reader(self, field: str) -> tuple[Reader, str]:
        """The parser of a column for a field or several joined by "+", and the field its value goes to."""
        if "+" in field:
            parts = tuple(field.split("+"))
            return _mixed_reader(parts, self), parts[0]
        if field == "address":
            return self.read_whole_address, "compound"
        return self.reader_of(field), field

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
            "rating": values.read_rating,
            "birth_year": values.read_number,
            "birth_month": values.read_number,
            "birth_day": values.read_number,
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


def _mixed_reader(parts: tuple[str, ...], readers: Readers) -> Reader:
    """The parser of a column that holds several fields; the first is its value, the others extras."""
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
