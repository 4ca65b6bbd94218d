"""What a title, a sheet's name or a line of facts says of all rows of a table: compound and building."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets.content import Known
from jiuliting_desk.sheets.grid import Grid
from jiuliting_desk.sheets.headers import meaning
from jiuliting_desk.sheets.layout import Frame
from jiuliting_desk.sheets.sections import BUILDING
from jiuliting_desk.sheets.tables import Kind, ReadRow, Remark

_TITLE = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{1,8}(?:新村|花园|公寓|家园|苑|里|坊|庭|汇|[东南西北][块区]|[一二三四五六七八九十]+[村期坊]))"
    r"(?:小区)?(?=$|[(\d第]|[老独高空孤居住户各名情需登排摸助重困结服楼])"
)
_LINE_GOES_ON = re.compile(r"\s{2,}|[(:]|\s(?=[^\s:]{2,6}:)")
"""What else such a line says: 知雅汇3号  楼组长：…"""
_BUILDING_FIRST = re.compile(r"(?P<place>[\u4e00-\u9fff]{0,12}?)第?(?P<number>\d{1,3}[A-Za-z]?)(?:号楼|幢|栋|座)")


def told_of_all(
    rows: list[ReadRow],
    kind: Kind,
    titles: Sequence[str],
    facts: dict[str, str],
    before: Mapping[str, str],
    known: Known,
) -> list[ReadRow]:
    """The rows with what stands over all of them, where no row says it; the nearest of ``titles`` first.

    Elders get a compound and a building, with a remark. A building named alone is one of the compound of the table
    above, whose facts are ``before``; the compound is put among ``facts``.
    """
    if kind not in {Kind.SURVEY, Kind.UNKNOWN}:
        return rows
    told: dict[str, str] = {}
    if not any(read.fields.get("compound") for read in rows):
        told["compound"] = facts.get("compound") or next(filter(None, (_compound_in(t, known) for t in titles)), "")
    if any(read.fields.get("room") for read in rows) and not any(read.fields.get("building") for read in rows):
        told["building"] = next(filter(None, map(_building_in, titles)), "")
        if told["building"] and not told.get("compound", "-"):
            told["compound"] = before.get("compound", "")
    told = {field: value for field, value in told.items() if value}
    facts.update({field: value for field, value in told.items() if field == "compound"})
    if not told:
        return rows
    remarks = tuple(
        Remark(code="from_line_above", field=field, text=value, value=value) for field, value in told.items()
    )
    return [replace(read, fields={**read.fields, **told}, remarks=(*read.remarks, *remarks)) for read in rows]


def titles_over(grid: Grid, frame: Frame, place: Frame) -> list[str]:
    """What stands over a whole table, the nearest first: a group over all its columns, lines of one text above it."""
    told = [texts for texts in frame.levels.values() if meaning(texts[-1]).field not in {"number", "unused"}]
    groups = {texts[0] if len(texts) > 1 else "" for texts in told}
    lines = ((row, grid.filled(row)) for row in range(place.top - 1, place.above - 1, -1))
    alone = [str(grid.rows[row][columns[0]]).strip() for row, columns in lines if len(columns) == 1]
    return [*(groups if len(groups) == 1 else ()), *alone]


def _compound_in(text: str, known: Known) -> str:
    """The compound that a title begins with or that it is, known ones wherever they stand."""
    plain = half_width(text).strip()
    named = known.compounds.named(plain)
    if named:
        return named
    within = known.compounds.within(plain)
    if within is not None:
        return within[0]
    found = _TITLE.match(plain)
    return found["place"] if found else ""


def _building_in(text: str) -> str:
    """The building that a title or a sheet's name speaks of: 2号, 知雅汇2号楼老人名单."""
    plain = _LINE_GOES_ON.split(half_width(text).strip())[0].strip()
    found = BUILDING.fullmatch(plain) or _BUILDING_FIRST.match(plain)
    return found["number"].upper() if found else ""
