"""Addresses taken apart: compound, building, unit, room; known compounds by name or alias first."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.sheets.values import chinese_number, is_empty

_UNUSUAL = re.compile(r"[\s\u3000\xa0—–！-～]")
_BLANKS = re.compile(r"[\s\u3000]+")
_REGION = re.compile(r"^(?:上海市?)?(?:[\u4e00-\u9fff]{2,3}区)?(?:[\u4e00-\u9fff]{2,5}(?:街道|镇))?(?=.)")
_COMMITTEE = re.compile(r"^[\u4e00-\u9fff]{2,8}?(?:居民区|居委会|居委|社区)(?=.)")
_PIECE = re.compile(
    r"([A-Za-z]?\d+[A-Za-z甲乙丙丁]?|[A-Za-z](?=座|栋|幢|楼|区)|[一二三四五六七八九十]+(?=号|幢|栋|单元|楼|层|室|门))"
    r"(支弄|弄|号楼|号门|号院|号|幢|栋|座|单元|门|楼|层|室|房|#|区)?[-/—－–~、,，.。]*"
)
_START_OF_NUMBER = re.compile(r"[A-Za-z]?\d|[A-Za-z](?=座|栋|幢)|[一二三四五六七八九十]+(?=号楼|号\d|号|幢|栋|单元)")
_SAME_STEM = re.compile(r"^(?:[一二三四五六七八九十\d东南西北AB]{1,2}(?:期|区|村|坊|块|街坊|苑|里)|[东南西北]区)")


_ENDINGS = (
    "新村 花园 花苑 公寓 家园 别墅 大楼 大厦 街坊 苑 园 庭 汇 里 城 坊 湾 郡 邸 村 东块 西块 南块 北块 一期 二期 三期"
)
_PLACE_ENDINGS = tuple(_ENDINGS.split())
_NAMED_BEHIND = re.compile(
    r"^(?:[\u4e00-\u9fff]*[路街道])?\d(?P<numbers>.*(?:室|房|\d))\(?(?![室房号幢栋楼])"
    rf"(?P<place>[\u4e00-\u9fff]{{1,8}}?(?:{'|'.join(_PLACE_ENDINGS)}|小区))\)?$"
)
"""A road and numbers, and the compound behind them: 353弄53号1104室（亭北新村）."""

_NAMED_AFTER_LANE = re.compile(r"(?![室房号幢栋楼])[\u4e00-\u9fff]{2,10}(?=\d)")
_LANE_IN_BRACKETS = re.compile(r"(?<=[\u4e00-\u9fff])\(\d+(?:支弄|弄)\)")


class Address(NamedTuple):
    """What an address told; None where it did not. The order is that of ``ADDRESS_FIELDS``."""

    compound: str | None = None
    building: str | None = None
    unit: str | None = None
    room: str | None = None
    floor: str | None = None


ADDRESS_FIELDS = Address._fields
NO_ADDRESS = Address()


class Compounds:
    """The compounds that the office knows, ready to be found in addresses."""

    def __init__(self, compounds: Mapping[str, tuple[str, ...]]) -> None:
        self._names: dict[str, str] = {}
        for name, aliases in compounds.items():
            for word in (name, *aliases):
                self._names.setdefault(_squeezed(word), name)
        words = sorted((word for word in self._names if len(word) > 1), key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, words))) if words else None
        self.known = bool(words)

    def named(self, text: str) -> str | None:
        """The compound of exactly this name or alias."""
        return self._names.get(_squeezed(text))

    def within(self, text: str) -> tuple[str, int, int] | None:
        """The longest known name that begins earliest in an address: its compound, where it begins and ends."""
        found = self._any.search(text) if self._any else None
        if found is None:
            return None
        return self._names[found.group()], found.start(), found.end()


def read_address(cell: Cell, compounds: Compounds) -> Address | Flagged:
    """An address taken apart; flagged ``compound_unknown`` and ``address_unclear`` where that is to be looked at."""
    if cell == "":
        return NO_ADDRESS
    text = cell_text(cell)
    if is_empty(text):
        return NO_ADDRESS
    plain = _unwrapped(_squeezed(text))
    known = compounds.within(plain)
    codes: list[str] = []
    if known is not None:
        compound, begin, end = known
        rest = plain[end:].removeprefix("小区")
        start = _START_OF_NUMBER.search(plain[:begin])
        if start is not None and not rest.strip("()"):
            rest = plain[start.start() : begin].rpartition("弄")[2]
        more = _SAME_STEM.match(rest)
        if more:
            compound, rest = plain[begin:end] + more.group(), rest[more.end() :]
            codes.append("compound_unknown")
    else:
        behind = _NAMED_BEHIND.match(plain)
        if behind is not None:
            plain = behind["place"] + plain[behind.start("numbers") - 1 : behind.end("numbers")].rpartition("弄")[2]
        body = plain
        for region in (_REGION, _COMMITTEE):
            cut = region.match(body)
            if cut and cut.end() and _START_OF_NUMBER.search(body[cut.end() :]):
                shorter = body[cut.end() :]
                if not _START_OF_NUMBER.match(shorter) or region is _COMMITTEE:
                    body = shorter
        start = _START_OF_NUMBER.search(body)
        compound, rest = (body[: start.start()], body[start.start() :]) if start else (body, "")
        lane_found = re.match(r"(\d+)(支弄|弄)", rest)
        if lane_found and compound:
            compound, rest = compound + lane_found.group(), rest[lane_found.end() :]
            named = _NAMED_AFTER_LANE.match(rest)
            if named is not None:
                compound, rest = named.group(), rest[named.end() :]
        compound = compound.rstrip("-,，、.。")
        if compound.endswith("小区") and compound[:-2].endswith(_PLACE_ENDINGS):
            compound = compound[:-2]
        if compound and compounds.known:
            codes.append("compound_unknown")
    pieces = _pieces(rest.strip("-—,，、.。()（）"))
    if pieces is None:
        return Flagged(Address(compound or None), (*codes, "address_unclear"), {"address": text.strip()})
    parts, left = pieces
    address = Address(compound or None, *parts)
    extras: dict[str, Any] = {"notes": left} if left else {}
    if rest and not (address.building or address.room):
        codes.append("address_unclear")
        extras["address"] = text.strip()
    return Flagged(address, tuple(codes), extras) if codes or extras else address


_USUAL = re.compile(r"(\d{1,4})(?:号楼|号|幢|栋|#|-)(\d{2,5})室?")
_Parts = tuple[str | None, str | None, str | None, str | None]


def _pieces(text: str) -> tuple[_Parts, str] | None:
    """Building, unit, room and floor at an address's end, and what is left; None where it cannot be told."""
    usual = _USUAL.fullmatch(text)
    if usual is not None:
        return (usual[1], None, usual[2], None), ""
    building = unit = room = floor = lane = ""
    loose: list[str] = []
    place = 0
    while place < len(text):
        piece = _PIECE.match(text, place)
        if piece is None:
            break
        number, word = piece[1], piece[2] or ""
        if number[0] in "一二三四五六七八九十":
            number = str(chinese_number(number))
        number = number.upper()
        place = piece.end()
        if word in {"弄", "支弄"}:
            lane = number
        elif word in {"室", "房"}:
            room = number
        elif word in {"单元", "门", "号门"}:
            unit = number
        elif word in {"层"} or (word == "楼" and building):
            floor = number
        elif word in {"号楼", "幢", "栋", "座", "#", "号院", "楼", "区"}:
            if building:
                unit, building = building, number
            else:
                building = number
        elif word == "号":
            if not building:
                building = number
            elif not unit and not loose:
                unit = number
            else:
                loose.append(number)
        else:
            loose.append(number)
    left = text[place:]
    if left and not left.startswith(("(", "（")):
        return None
    if lane and not building and not loose:
        building = lane
    wanted = [not building, False, not room]
    if len(loose) == 3 and all((wanted[0], not unit, wanted[2])):
        building, unit, room = loose
    elif len(loose) == 2 and wanted[0] and wanted[2]:
        building, room = loose
    elif len(loose) == 2 and not unit and wanted[2]:
        unit, room = loose
    elif len(loose) == 1 and wanted[2] and (building or len(loose[0]) >= 3):
        room = loose[0]
    elif len(loose) == 1 and wanted[0]:
        building = loose[0]
    elif loose:
        return None
    return (building or None, unit or None, room or None, floor or None), left.strip("()（）")


_COUNT_BEHIND = re.compile(r"\(共?\d+[户人]\)$")
"""How many live there, behind the number: 3号（7户）."""


def read_place_number(cell: Cell) -> Any:
    """A building, unit or room number without its counting word: 2号 -> 2, 302室 -> 302, 0101 stays."""
    if type(cell) is float and cell.is_integer():
        return str(int(cell))
    text = _COUNT_BEHIND.sub("", _squeezed(cell_text(cell)).strip("。.,，"))
    if is_empty(text):
        return None
    found = re.fullmatch(
        r"第?([A-Za-z]?\d+[A-Za-z甲乙丙丁]?|[A-Za-z])(?:号楼|号门|号|幢|栋|座|单元|门|楼|层|室|房|#|弄)?", text
    )
    if found:
        return found[1].upper()
    chinese = re.fullmatch(r"([一二三四五六七八九十]+)(?:号楼|号|幢|栋|单元|楼|层|门)", text)
    if chinese:
        return str(chinese_number(chinese[1]))
    return text


_WRAPPED_NUMBER = re.compile(r"\(([^()]{0,3}\d[^()]*)\)")
_COUNTING_WORD = re.compile(r"第(?=[\d一二三四五六七八九十]+(?:号|幢|栋|座|单元))")
_SPELT_ROOM = re.compile(r"[〇零一二三四五六七八九]{3,4}(?=室|房|$)")


def _unwrapped(text: str) -> str:
    """亭北东块(7号)302 and 七号三零二 as they are usually written."""
    if "第" in text:
        text = _COUNTING_WORD.sub("", text)
    if "(" in text:
        text = _LANE_IN_BRACKETS.sub("", text)
        text = _WRAPPED_NUMBER.sub(r"\1", text)
    spelt = _SPELT_ROOM.search(text)
    if spelt is None:
        return text
    return text[: spelt.start()] + "".join(str(chinese_number(sign)) for sign in spelt.group()) + text[spelt.end() :]


def _squeezed(text: str) -> str:
    if _UNUSUAL.search(text) is None:
        return text
    return _BLANKS.sub("", half_width(text)).replace("—", "-").replace("–", "-")
