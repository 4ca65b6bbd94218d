"""Lines between or above the rows that name a compound, a committee, a building, an enterprise: what belongs there."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets.content import Known
from jiuliting_desk.sheets.facts import committee_in, pairs_in
from jiuliting_desk.sheets.tables import ReadRow, Remark
from jiuliting_desk.sheets.vocabulary import Vocabulary

_AROUND = "一二三四五六七八九十0123456789、.（）() "
BUILDING = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{0,12}?)第?(?P<number>\d{1,3}[A-Za-z甲乙丙丁]?)(?:号楼|号门|号|幢|栋|座|楼)"
)
_NAMED = ("compound", "committee", "building", "enterprise")
_NOTE_AT_END = re.compile(r"[(:].*$")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,10}")


class _Told(NamedTuple):
    """What a line says of the rows from ``row`` on (from 1)."""

    row: int
    field: str
    value: str


def with_sections(
    rows: list[ReadRow], sections: Sequence[tuple[int, str]], words: Vocabulary, known: Known
) -> list[ReadRow]:
    """The rows with what the lines above them name, where they say nothing else; ``sections`` count from 0."""
    if not sections:
        return rows
    has_compounds = any(read.fields.get("compound") for read in rows)
    told = [each for row, text in sections for each in _said(row + 1, text, words, known, has_compounds=has_compounds)]
    return [_under(read, told) for read in rows] if told else rows


def _said(row: int, text: str, words: Vocabulary, known: Known, *, has_compounds: bool) -> list[_Told]:
    plain = text.lstrip(_AROUND).rstrip("：:")
    compound = known.compounds.named(plain)
    if compound:
        return [_Told(row, "compound", compound)]
    enterprise = pairs_in([text]).get("enterprise")
    if enterprise:
        return [_Told(row, "enterprise", enterprise)]
    committee = committee_in(plain, words.committees)
    if committee and len(committee) >= len(plain) - 2:
        return [_Told(row, "committee", committee)]
    building = BUILDING.fullmatch(_NOTE_AT_END.sub("", half_width(text).strip("【】[]<>《》 ")).strip())
    if building is not None:
        place = building["place"]
        named = [_Told(row, "compound", known.compounds.named(place) or place)] if place else []
        return [*named, _Told(row, "building", building["number"].upper())]
    if _PLACE.fullmatch(plain) and not has_compounds:
        return [_Told(row, "compound", plain)]
    return []


def _under(read: ReadRow, told: list[_Told]) -> ReadRow:
    """A row with what the nearest lines above it say; a building is one of the compound that is named last."""
    fields = read.fields
    above = [each for each in told if each.row < read.row]
    for name in _NAMED:
        nearest = next((each for each in reversed(above) if each.field == name), None)
        if nearest is None or fields.get(name):
            continue
        if name == "building" and any(each.row > nearest.row and each.field == "compound" for each in above):
            continue
        fields = {**fields, name: nearest.value}
    if fields is read.fields:
        return read
    field = next(name for name in _NAMED if fields.get(name) != read.fields.get(name))
    named = str(fields[field])
    remark = Remark(code="from_line_above", field=field, text=named, value=named)
    return replace(read, fields=fields, remarks=(*read.remarks, remark))


def of_enterprise(row: ReadRow, enterprise: str) -> ReadRow:
    """A volunteer of the enterprise that the lines above the table name, where the row names none."""
    if row.fields.get("enterprise"):
        return row
    return replace(row, fields={**row.fields, "enterprise": enterprise})
