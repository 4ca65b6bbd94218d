"""On what conditions somebody goes, in an office's words: how many homes together, how far at most."""

import re
from typing import Any, NamedTuple

from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets import values
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.sheets.values import chinese_number, is_empty

MOST_HOMES = 99
"""The highest wish that a record holds."""
FARTHEST = 100_000
"""Metres; more is no distance within a town."""


class Spoken(NamedTuple):
    """A figure that a text tells, and the words that tell it."""

    value: int
    words: str
    """The part of a sentence."""
    phrase: str = ""
    """The very words, without blanks."""


_COUNT = r"(?P<count{n}>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
_HOMES = r"(?:户|家)(?:人家|老人|人)?(?:\(含\))?"
_WANTED = r"(?:要求|要有|需要|必须|要|需|须|得)"
_LEAST = r"(?:至少|最少|起码|不少于|不低于|不小于|凑满|凑够|凑齐|凑足|集齐|集满|拼满|拼够|满|凑|够)"
_UP = r"(?:及?以上)?"
_TOGETHER = rf"(?:{_UP}(?:才|方|再|起|一起|一道|一块|同时|集中|一批|成团|成行|成单|拼单|合并|连着))"
_BESIDE_THE_POINT = r"(?!.{0,6}(?:优惠|打折|[\d.]折|减免|免费|赠|便宜|收费|以内|封顶|价|元))"
_HOMES_AT_ONCE = re.compile(
    rf"{_WANTED}?{_LEAST}(?:有)?{_COUNT.format(n=1)}{_HOMES}{_TOGETHER}?{_BESIDE_THE_POINT}"
    rf"|{_WANTED}(?:有)?{_COUNT.format(n=2)}{_HOMES}(?:{_TOGETHER}|及?以上){_BESIDE_THE_POINT}"
    rf"|(?<![\d.一二两三四五六七八九十]){_COUNT.format(n=3)}{_HOMES}{_TOGETHER}{_BESIDE_THE_POINT}"
    rf"|起(?:做|派|接|订|约|送|步|单)(?:户数)?[:为是]?{_COUNT.format(n=4)}{_HOMES}"
)
_OTHERWISE = re.compile(
    r"(?:[每一](?:个)?(?:月|周|天|日|年|星期|季度?|半天|上午|下午)|最多|已|共|累计).{0,6}$"
    r"|(?:不|无|没有?|勿|免|别)[需用要必须]{0,2}(?:要求)?[凑拼]?$"
)
"""What stands before figures that count something else, or before what nobody wants: 每月至少3户, 不用凑3户."""
_ALONE = re.compile(rf"^{_WANTED}?{_LEAST}?{_COUNT.format(n=1)}(?:{_HOMES})?(?:{_TOGETHER}|及?以上)?$")
_RANGE = re.compile(r"^(\d{1,2})[-~至到](\d{1,2})户?$")
_NO_LIMIT = re.compile(
    r"^(?:不限|都可以?|都行|均可|无要求|不要求|没要求|没有要求|随意|[单1一]户也?(?:可以?|行|去|来))$"
)
CLAUSES = re.compile(r"[，,。；;！!\n]")
"""Between the parts of a sentence."""

_METRES = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,3}|半)\s*(?P<unit>公里|千米|km|里(?=路|地)|米|m(?![a-z]))(?P<half>半)?"
)
_WITHIN = re.compile(r"以?内|之内|范围内|最远|不超过|不超|不要超过|别超过|不大于|至多|最多")


def homes_in(text: str) -> Spoken | None:
    """How many homes somebody wants together before they come (要3户一起, 三户起); None where nothing says it."""
    for clause in CLAUSES.split(text):
        plain = re.sub(r"\s", "", half_width(clause))
        for found in _HOMES_AT_ONCE.finditer(plain):
            count = _whole(next(filter(None, found.groups())))
            if count is not None and 1 <= count <= MOST_HOMES and not _OTHERWISE.search(plain[: found.start()]):
                return Spoken(count, clause.strip(), found.group())
    return None


def read_capacity(cell: Cell) -> Any:
    """Visits a month, with the homes wanted together where the cell says that too: 每月10户，5户起."""
    spoken = homes_in(cell) if type(cell) is str else None
    if spoken is None or not re.search(_TOGETHER, spoken.phrase):
        return values.read_capacity(cell)
    read = values.read_capacity(re.sub(r"\s", "", half_width(cell_text(cell))).replace(spoken.phrase, "").strip(",。;"))
    flag = read if isinstance(read, Flagged) else Flagged(read)
    return Flagged(flag.value, (*flag.codes, "cell_split"), {**flag.extras, "homes_at_once": spoken.value})


def read_homes(cell: Cell) -> Any:
    """A cell under 几户起: 3, 3户, 三户起, 要3户一起; None for nothing and 不限, the lower end of 3-5."""
    text = re.sub(r"\s", "", half_width(cell_text(cell)).strip("。.;；")).removesuffix(".0")
    if is_empty(text) or _NO_LIMIT.match(text):
        return None
    if both := _RANGE.match(text):
        return Flagged(min(int(both[1]), int(both[2])), ("number_range",))
    alone = _ALONE.match(text)
    if alone is not None and (count := _whole(alone["count1"])) is not None and 0 <= count <= MOST_HOMES:
        return count or None
    spoken = homes_in(text)
    return _with_text(spoken.value, cell) if spoken is not None else Flagged(None, ("number_unclear",))


def _with_text(value: int, cell: Cell) -> Flagged:
    """A figure among other words, which are kept as they are."""
    return Flagged(value, ("number_with_text",), {"notes": cell_text(cell).strip()})


def metres_in(text: str) -> Spoken | None:
    """How far somebody goes at most, in metres (2公里以内, 最远500米); None where nothing says it."""
    told = [(clause, found) for clause in CLAUSES.split(text) for found in _METRES.findall(half_width(clause).lower())]
    if len(told) != 1 or not _WITHIN.search(told[0][0]):
        return None
    clause, found = told[0]
    metres = _metres(*found)
    return Spoken(metres, clause.strip()) if metres else None


def read_metres(cell: Cell, header: str = "") -> Any:
    """A cell under 最远距离 in metres: 2公里, 500米以内, and bare figures where the ``header`` names their unit."""
    text = re.sub(r"\s", "", half_width(cell_text(cell))).lower().strip("。.").removesuffix(".0")
    if is_empty(text) or _NO_LIMIT.match(text):
        return None
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        unit = _METRES.search(f"1{unit_text}") if (unit_text := _unit_of(header)) else None
        metres = _metres(text, unit["unit"], "") if unit is not None else 0
        return metres or Flagged(None, ("number_unclear",))
    found = _METRES.findall(text)
    if len(found) != 1 or not (metres := _metres(*found[0])):
        return Flagged(None, ("number_unclear",))
    rest = _WITHIN.sub("", _METRES.sub("", text)).strip("()到去路地")
    if re.fullmatch(r"\d+(?:\.\d+)?[-~至到]?", rest):
        return Flagged(metres, ("number_range",))
    return _with_text(metres, cell) if rest else metres


def _unit_of(header: str) -> str:
    found = re.search(r"公里|千米|km|米", half_width(header).lower())
    return found.group() if found else ""


def _metres(number: str, unit: str, half: str) -> int:
    """In whole metres, 0 for what is no distance."""
    told = 0.5 if number == "半" else float(number) if number[0].isdigit() else float(chinese_number(number) or 0)
    metres = round((told + (0.5 if half else 0.0)) * {"米": 1, "m": 1, "里": 500}.get(unit, 1000))
    return metres if 0 < metres <= FARTHEST else 0


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else chinese_number(text)
