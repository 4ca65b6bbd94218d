"""Which parser reads which field, with the words and the year that it needs."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from jiuliting_desk.sheets import values
from jiuliting_desk.sheets.addresses import ADDRESS_FIELDS, NO_ADDRESS, Address, read_address, read_place_number
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.certificate_cells import read_certificate, read_last_day
from jiuliting_desk.sheets.checkboxes import checked_only, has_boxes
from jiuliting_desk.sheets.conditions import read_capacity, read_homes, read_metres
from jiuliting_desk.sheets.content import Known
from jiuliting_desk.sheets.days import day_and_clock, read_day, read_month
from jiuliting_desk.sheets.feedback_cells import ANSWERS, SCORE_FIELDS, read_answer, read_score
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.half_days import names_half_days, spoken_half_days
from jiuliting_desk.sheets.headers import header_text
from jiuliting_desk.sheets.identity_cells import IDENTITY_FIELDS, read_identity
from jiuliting_desk.sheets.legends import Legend, legends_in, spelt, unsigned
from jiuliting_desk.sheets.mixed_cells import read_birth_and_age, read_mixed
from jiuliting_desk.sheets.skill_cells import read_skills
from jiuliting_desk.sheets.tables import ColumnMatch, Kind
from jiuliting_desk.sheets.word_lists import WordList

_BOXED = frozenset(
    {"sex", "living", "alone", "dialect", "lift", "consent", "rating", "manner_rating", "work_rating",
     "punctual_rating", "urgency", "rhythm"}
)  # fmt: skip
"""Fields of one choice, which forms print with boxes."""

_SHORTEST_NAME = 3
"""Of a compound in a line of its own."""

_CODED = {
    **dict.fromkeys(("needs", "skills", "wishes", "category"), "categories"), "tags": "tags", "living": "livings"
}  # fmt: skip
"""Fields whose cells may hold codes, and the list that these stand for."""

_TIMED = frozenset({Kind.VISITS, Kind.CALLS})
"""Kinds whose records have a time of day."""

_DOOR_BEFORE = re.compile(r"^(?P<home>.*[\d室号房])[\s,，、/]*(?P<name>[^\W\d_a-zA-Z]{2,4})$", re.DOTALL)
_DOOR_BEHIND = re.compile(r"^(?P<name>[^\W\d_a-zA-Z]{2,4})[\s,，、/(]+(?P<home>.*\d.*?)\)?$", re.DOTALL)
_TAGGED = frozenset({Kind.SURVEY, Kind.UNKNOWN})
"""Kinds whose persons have tags."""

TIMES_FIELDS = frozenset({"available_times", "wanted_times"})
"""Times in words, which may be spread over columns of weekdays and half-days."""

_SEX_CODES = re.compile(r"(?<!\d)(\d)\s*[-=:：、.]?\s*([男女])")
"""性别（1男 2女）."""

Reader = Callable[[Cell], Any]


def lists_of(known: Known) -> dict[str, WordList]:
    """The lists of words that codes may stand for."""
    return {"categories": known.categories, "tags": known.tags, "livings": known.livings}


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What a column's parser may need to know."""

    known: Known
    year: int | None
    kind: Kind
    from_1904: bool = False
    """Where bare day numbers begin."""
    legends: Mapping[str, Legend] = field(default_factory=dict)
    """What codes stand for, by the names of ``lists_of``, where lines around the table say so."""
    signs: Legend = field(default_factory=dict)
    """What signs at names stand for, likewise."""

    def named_by_legend(self, columns: Sequence[ColumnMatch]) -> list[ColumnMatch]:
        """The columns with the services whose codes stand over their ticks: 1, 2, 3 under 服务需求."""
        legend = self.legends.get("categories", {})
        named = []
        for column in columns:
            target, _, code = column.field.partition(":")
            word = legend.get(code.strip().upper(), "") if target in {"need", "skill", "wish"} else ""
            read = self.known.categories.read(word)
            if column.why == "neighbours" and type(read) is tuple and len(read) == 1:
                column = replace(column, field=f"{target}:{read[0]}", confidence=0.85, why="words")
            named.append(column)
        return named

    def column_reader(self, field: str, header: tuple[str, ...]) -> tuple[Reader, tuple[str, ...]]:
        """The parser of a column for a field or several joined by "+", and the fields its values go to."""
        of_codes = _CODED.get(field)
        if of_codes is not None:
            lists = lists_of(self.known)
            legend = legends_in(header, {of_codes: lists[of_codes]}).get(of_codes) or self.legends.get(of_codes)
            if legend is not None:
                plain, told = self.reader_of(field), legend
                return lambda cell: plain(spelt(cell, told)), (field,)
        if field in TIMES_FIELDS:
            over = "".join(said for text in header if names_half_days(said := header_text(text).base))
            return (lambda cell: _read_times(cell, over)) if over else values.read_text, (field,)
        if field == "sex" and (sexes := dict(_SEX_CODES.findall(" ".join(header)))):
            read_sex = self.reader_of("sex")
            return lambda cell: read_sex(sexes.get(values.plain(cell).removesuffix(".0"), cell)), (field,)
        if field == "minutes":
            in_hours = any("小时" in text for text in header)
            return lambda cell: values.read_minutes(cell, in_hours=in_hours), ("minutes",)
        if field == "max_metres":
            return lambda cell: read_metres(cell, "".join(header)), ("max_metres",)
        if "+" in field:
            parts = tuple(field.split("+"))
            if parts[0] == "certificate":
                return read_certificate, ("certificate",)
            if set(parts) <= {*ADDRESS_FIELDS, "address"}:
                return self.read_whole_address, ADDRESS_FIELDS
            if "name" in parts and set(parts) <= {"name", *ADDRESS_FIELDS, "address"}:
                return self._read_name_and_address, ("name",)
            if set(parts) == {"birth", "age"}:
                return lambda cell: read_birth_and_age(cell, self.year), ("birth",)
            return lambda cell: read_mixed(cell, parts), (parts[0],)
        if field == "address" and self.kind in {Kind.ENTERPRISES, Kind.PLACES}:
            return values.read_text, ("address",)
        if field == "address" and self.kind is Kind.VOLUNTEERS:
            return self._read_address_and_text, (*ADDRESS_FIELDS, "address")
        if field == "address":
            return self.read_whole_address, ADDRESS_FIELDS
        if field == "compound":
            return self._read_compound, ADDRESS_FIELDS
        if field == "id_number":
            return read_identity, IDENTITY_FIELDS
        return self.reader_of(field), (field,)

    def reader_of(self, field: str) -> Reader:
        """The parser of one field."""
        year, from_1904 = self.year, self.from_1904
        simple: dict[str, Reader] = {
            "name": self._read_name,
            "sex": values.read_sex,
            "age": values.read_age,
            "birth": lambda cell: read_day(cell, birth=True, from_1904=from_1904, near=year),
            "phones": values.read_phones,
            "emergency_phone": values.read_phones,
            "provider_phone": values.read_phones,
            "cadre_phone": values.read_phones,
            "needs": self.known.categories.read_whole,
            "skills": lambda cell: read_skills(cell, self.known.categories),
            "wishes": self.known.categories.read_whole,
            "category": self.known.categories.read_whole,
            "tags": self.known.tags.read_whole,
            "living": self.known.livings.read_whole,
            **dict.fromkeys(SCORE_FIELDS, read_score),
            **{name: partial(read_answer, name) for name in ANSWERS},
            "birth_year": values.read_number,
            "birth_month": values.read_number,
            "birth_day": values.read_number,
            "date_year": values.read_number,
            "date_month": values.read_number,
            "date_day": values.read_number,
            "alone": values.read_alone,
            "dialect": values.read_tick,
            "lift": values.read_lift,
            "consent": values.read_tick,
            "building": read_place_number,
            "unit": read_place_number,
            "room": read_place_number,
            "floor": read_place_number,
            "lane": read_place_number,
            "more_compounds": lambda cell: () if (told := values.read_text(cell)) is None else (told,),
            "capacity_per_month": read_capacity,
            "hours_per_month": values.read_number,
            "homes_at_once": read_homes,
            "quantity": values.read_number,
            "people": values.read_number,
            "minutes": lambda cell: values.read_minutes(cell, in_hours=False),
            "emergency_relation": values.read_relation,
            "emergency_contact": lambda cell: read_mixed(cell, ("emergency_contact", "emergency_phone")),
            "certificate": read_certificate,
            "certificate_expires": lambda cell: read_last_day(cell, from_1904=from_1904, near=year),
            "joined_on": lambda cell: read_day(cell, year=year, from_1904=from_1904, near=year),
            "registered_on": lambda cell: read_day(cell, year=year, from_1904=from_1904, near=year),
            "date": self._read_date,
            "month": lambda cell: read_month(cell, year=year),
            "enterprise": _read_enterprise,
            "committee": values.read_title,
            "compound": lambda cell: _first(self._read_compound(cell)),
        }
        read = simple.get(field, values.read_text)
        return _of_boxes(read) if field in _BOXED else read

    def _read_name(self, cell: Cell) -> Any:
        """A name; the signs at it are tags, or notes where nothing says for which tag they stand."""
        name, signs = unsigned(cell)
        read = values.read_name(name)
        if not signs:
            return read
        words = [self.signs.get(sign, sign) for sign in signs]
        tags = [self.known.tags.named(word) if self.kind in _TAGGED else None for word in words]
        notes = [word for word, tag in zip(words, tags, strict=True) if tag is None]
        flag = read if type(read) is Flagged else Flagged(read, ("cell_split",))
        extras = dict(flag.extras)
        if any(tags):
            extras["tags"] = tuple(filter(None, tags))
        if notes:
            extras["notes"] = "；".join(filter(None, (extras.get("notes"), *notes)))
        return replace(flag, extras=extras)

    def _read_name_and_address(self, cell: Cell) -> Any:
        """A name with the door before or behind it: 3号301室 苗芬."""
        text = values.plain(cell)
        found = _DOOR_BEFORE.match(text) or _DOOR_BEHIND.match(text)
        if found is None:
            return self._read_name(cell)
        name, home = self._read_name(found["name"]), self.read_whole_address(found["home"])
        flags = [read if type(read) is Flagged else Flagged(read) for read in (name, home)]
        told = {field: part for field, part in zip(ADDRESS_FIELDS, flags[1].value, strict=True) if part is not None}
        return Flagged(
            flags[0].value, (*flags[0].codes, *flags[1].codes), {**flags[0].extras, **flags[1].extras, **told}
        )

    def _read_date(self, cell: Cell) -> Any:
        """A day; of a visit or a call with the time of day that stands in the same cell."""
        day, clock = day_and_clock(cell) if self.kind in _TIMED else (cell, "")
        read = read_day(day, year=self.year, from_1904=self.from_1904, near=self.year)
        if not clock:
            return read
        if isinstance(read, Flagged):
            return replace(read, extras={**read.extras, "time": clock})
        return Flagged(read, (), {"time": clock})

    def _read_compound(self, cell: Cell) -> Address | Flagged:
        text = _several_lines(cell) if self.kind is Kind.PLACES else values.read_title(cell)
        if text is None:
            return NO_ADDRESS
        known = self.known.compounds.named(text)
        if known is not None:
            return Address(known)
        if any(sign.isdigit() for sign in text) and any(word in text for word in "号室弄幢栋-#"):
            return self.read_whole_address(cell)
        return Flagged(Address(text), ("compound_unknown",)) if self.known.compounds.known else Address(text)

    def _read_address_and_text(self, cell: Cell) -> Any:
        read, text = self.read_whole_address(cell), values.read_text(cell)
        return replace(read, value=(*read.value, text)) if isinstance(read, Flagged) else (*read, text)

    def read_whole_address(self, cell: Cell) -> Address | Flagged:
        """An address as compound, building, unit, room and floor."""
        return read_address(cell, self.known.compounds)


def _of_boxes(read: Reader) -> Reader:
    """The same parser for what is ticked where a cell has boxes, and without the letter of an answer: A. 女."""
    return lambda cell: read(_chosen(cell) if type(cell) is str else cell)


_LETTER = re.compile(r"^\s*[A-Ha-h]\s*[.．、:：)）]\s*(?=[\u4e00-\u9fff])")


def _chosen(cell: str) -> str:
    return checked_only(cell) if has_boxes(cell) else _LETTER.sub("", cell)


def _read_times(cell: Cell, over: str) -> str | None:
    """When somebody is free, by a cell under the word for a day: a tick or what part of it."""
    ticked = values.read_tick(cell)
    if isinstance(ticked, Flagged) or ticked is None:
        text = values.read_text(cell)
        return None if text is None else spoken_half_days(text, over)
    return over if ticked else None


def _several_lines(cell: Cell) -> str | None:
    """The compounds of a committee, each on a line of one cell; a name that is broken over lines is whole again."""
    lines = cell.split() if type(cell) is str and "\n" in cell else ()
    return "、".join(lines) if lines and min(map(len, lines)) >= _SHORTEST_NAME else values.read_title(cell)


def _first(read: Address | Flagged) -> Any:
    return replace(read, value=read.value[0]) if isinstance(read, Flagged) else read[0]


def _read_enterprise(cell: Cell) -> Any:
    text = values.read_title(cell)
    return (
        None if text is None or text.strip() in {"个人", "个人志愿者", "无单位", "散户", "个体", "自由职业"} else text
    )
