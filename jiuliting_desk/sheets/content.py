"""What a column holds, by its cells alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets.addresses import Compounds
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.cell_words import FALSE_TEXTS, SEXES, TRUE_TEXTS
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.sheets.word_lists import WordList

SAMPLE = 60

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易"
    "乔伍庞颜倪庄聂章鲁岳翟申詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴"
    "蒙鲍华喻祁房蒲滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边"
    "卞姬师仇栾丘隋商刁沙荣巫寇桑郎甄丛虞敖巩明佘池查麻苑迟邝酆凤花昌云奚郁屠封糜凃支昝水仲杭诸钮嵇滑惠曲家干胥闻"
)

_ID = re.compile(r"^\d{17}[\dXx]$")
_LANDLINE = re.compile(r"^\(?0\d{2,3}\)?[- ]?\d{7,8}")
_MOBILE_WITHIN = re.compile(r"(?<!\d)1\d{10}(?!\d)")
_MOBILE_APART = re.compile(r"(?<!\d)1\d{2}[- ]\d{4}[- ]\d{4}(?!\d)")
_COMPOUND = re.compile(
    r"[\u4e00-\u9fff](?:新村|花园|公寓|小区|家园|苑|[一二三四五六七八九十]村|华庭|蓝庭|豪庭|名邸|[东西南北][块区])(?:[一二三四五]期)?$"
)
"""What compounds are called, where none is known."""
_HOUSE = re.compile(r"\d+\s*(?:号|弄|栋|幢|室|单元|#)|^\d{1,3}-\d{1,2}-\d{3,4}$|(?:^|[\u4e00-\u9fff ])\d{1,3}-\d{3,4}$")
_BUILDING = re.compile(r"^\d{1,3}(?:号楼|号|栋|幢|楼)(?:\s*\(共?\d+[户人]\))?$")
_ROOM = re.compile(r"^\d{3,4}(?:室|房)$")
_DATE = re.compile(
    r"^(?:19|20)\d{2}[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?月?(?: \d{1,2}:.*)?$"
    r"|^(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-3]\d)?$"
)
_LATEST_BIRTH = 2012
"""Days since then are of a sheet's making rather than of somebody's birth."""
_MEASURES = frozenset(["次", "台", "户", "人次", "件", "把", "个", "小时", "人", "场", "趟", "人/次", "户次", "台次"])
_MONTH = re.compile(r"^(?:\d{2,4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?$|^20\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """Shares (0 to 1) of a column's filled cells that look like something; ``filled`` is their count."""

    filled: int = 0
    shares: dict[str, float]

    def share(self, what: str) -> float:
        """The share of one look."""
        return self.shares.get(what, 0.0)


def sampled(cells: list[Cell]) -> list[Cell]:
    """Up to ``SAMPLE`` filled cells, spread evenly."""
    filled = [cell for cell in cells if cell != ""]
    if len(filled) <= SAMPLE:
        return filled
    step = len(filled) / SAMPLE
    return [filled[int(index * step)] for index in range(SAMPLE)]


def looked_at(cells: list[Cell], words: "Known") -> Holds:
    """What the cells look like."""
    sample = sampled(cells)
    counts: dict[str, int] = {}
    for cell in sample:
        for look in _looks(cell, words):
            counts[look] = counts.get(look, 0) + 1
    if _runs(sample):
        counts["running"] = len(sample)
    total = len(sample)
    return Holds(filled=total, shares={look: count / total for look, count in counts.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The word lists that columns are compared with."""

    categories: WordList
    tags: WordList
    livings: WordList
    compounds: Compounds
    committees: frozenset[str]


def _runs(sample: list[Cell]) -> bool:
    """Whether the cells are whole numbers that rise by small steps from a small one."""
    numbers = []
    for cell in sample:
        text = cell_text(cell).strip().rstrip(".、")
        if not text.isdecimal() or len(text) > 5:
            return False
        numbers.append(int(text))
    return len(numbers) >= 2 and all(a < b for a, b in pairwise(numbers)) and numbers[0] <= 1_000


def _looks(cell: Cell, words: Known) -> Iterable[str]:
    if isinstance(cell, (date, datetime)):
        return ("date", "long_ago") if cell.year < _LATEST_BIRTH else ("date",)
    text = half_width(cell_text(cell)).strip()
    low = text.lower()
    looks: list[str] = []
    if low in TRUE_TEXTS or low in FALSE_TEXTS:
        looks.append("tick")
        if low not in {"0", "1"}:
            return looks if low not in SEXES else [*looks, "sex"]
    if text.isascii() and text.isdigit():
        _digit_looks(text, cell, looks)
        return looks
    if _ID.match("".join(text.split()).rstrip("。.")):
        looks.append("id")
    elif _LANDLINE.match(text) or _MOBILE_WITHIN.search(text) or _MOBILE_APART.search(text):
        looks.append("phone")
        if any("\u4e00" <= sign <= "\u9fff" for sign in text):
            looks.append("phone_with_text")
    elif low in SEXES:
        looks.append("sex")
    elif _DATE.match(text):
        looks.append("date")
        if int(text[:4]) < _LATEST_BIRTH:
            looks.append("long_ago")
    elif _MONTH.match(text):
        looks.append("month")
    elif text in _MEASURES:
        looks.append("measure")
    elif text.endswith("岁") and len(text) <= 4:
        looks.append("age")
    elif _BUILDING.match(text):
        looks.append("building")
    elif _ROOM.match(text):
        looks.append("room")
    elif _HOUSE.search(text) or (text[-1:].isdigit() and words.compounds.within(text) is not None):
        looks.append("address")
    else:
        _word_looks(text, words, looks)
    return looks


def _digit_looks(text: str, cell: Cell, looks: list[str]) -> None:
    size = len(text)
    if size == 18:
        looks.append("id")
    elif size == 11 and text[0] == "1":
        looks.append("phone")
    elif size == 8 and text[:2] in {"19", "20"} and "00" < text[4:6] <= "12":
        looks.append("date")
        if int(text[:4]) < _LATEST_BIRTH:
            looks.append("long_ago")
    elif 7 <= size <= 12:
        looks.append("phone_like")
    elif size in {3, 4} and type(cell) is not bool:
        looks.append("room_like")
        if text[:2] in {"19", "20"} and size == 4:
            looks.append("year")
    elif size <= 3:
        looks.append("small")
        if 50 <= int(text) <= 110:
            looks.append("age")


def _word_looks(text: str, words: Known, looks: list[str]) -> None:
    if words.compounds.named(text) or _COMPOUND.search(text):
        looks.append("compound")
        return
    if text in words.committees or text.endswith(("居民区", "居委会", "居委", "社区")):
        looks.append("committee")
        return
    for name, known in (("living", words.livings), ("tags", words.tags), ("categories", words.categories)):
        found = known.read(text)
        values = found.value if not isinstance(found, tuple) else found
        if values:
            looks.append(name)
    if looks:
        return
    squeezed = "".join(text.split()).rstrip("，,、。.;；/\\")
    if 2 <= len(squeezed) <= 4 and squeezed.isalpha() and not squeezed.isascii():
        looks.append("short_word")
        if squeezed[0] in SURNAMES:
            looks.append("name")
        if squeezed.endswith(("先生", "女士", "阿姨", "小妹")):
            looks.append("polite_name")
    elif len(text) > 8:
        looks.append("long_text")
