"""The lines around a table: labels with values, and what titles and names of sheets and files tell."""

import re
from collections.abc import Iterable, Mapping

from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets.days import read_day, read_month
from jiuliting_desk.sheets.grid import is_month_word
from jiuliting_desk.sheets.headers import header_text
from jiuliting_desk.sheets.words import FACT_WORDS

_LABELS = {word: name for name, words in FACT_WORDS.items() for word in words.split()}
_PAIR = re.compile(r"([^\s:：；;，,。]{2,10}?)\s*[:：]\s*")
_COMMITTEE = re.compile(r"([\u4e00-\u9fff\d]{1,8}?(?:居民委员会|居委会|居民区|居委|社区|村委会|村民委员会))")
_ANY_UNIT = frozenset({"单位", "单位名称"})
_PLACE_ENDING = re.compile(r"(?:居民委员会|居委会?|居民区|社区|村委会|村民委员会|村|街道|镇)(?:[(（].*)?$")
_YEAR = re.compile(r"(20\d{2})\s*年?")
_YEAR_MONTH = re.compile(r"(20\d{2})\s*[年.\-/]\s*(\d{1,2})\s*月?")
_NOT_PLACES = ("街道", "社区志愿", "社区服务", "社区老", "社区居家", "社区工作")


def pairs_in(texts: Iterable[str]) -> dict[str, str]:
    """Known labels with their values from texts such as 填报单位：亭北居民区  填报日期：2026年3月5日."""
    found: dict[str, str] = {}
    for text in texts:
        plain = half_width(text)
        places = list(_PAIR.finditer(plain))
        for index, place in enumerate(places):
            name = _LABELS.get(header_text(place[1]).base)
            if name is None:
                continue
            end = places[index + 1].start() if index + 1 < len(places) else len(plain)
            value = re.split(r"\s{2,}|[；;]", plain[place.end() : end].strip())[0].strip(" ，,。、_")
            if value:
                told = told_of(place[1], name, value)
                found.setdefault(told, _as_written(value, text) if told == "enterprise" else value)
    return found


def _as_written(value: str, text: str) -> str:
    """A name with the brackets that it has on the sheet."""
    start = half_width(text).find(value)
    return text[start : start + len(value)] if len(half_width(text)) == len(text) else value


def told_of(label: str, name: str, value: str) -> str:
    """单位：… names the committee that reports, or the enterprise where it is none."""
    if name != "committee" or header_text(label).base not in _ANY_UNIT or _PLACE_ENDING.search(value):
        return name
    return "enterprise"


def label_of(text: str) -> str:
    """The fact that a cell alone is the label of ("社区", "填报日期："), "" for none."""
    return _LABELS.get(header_text(text).base, "")


def committee_in(text: str, committees: Mapping[str, tuple[str, ...]]) -> str:
    """The committee that a title or a name speaks of: a known one, or one told by its ending."""
    plain = half_width(text)
    for name, aliases in committees.items():
        if name in plain or any(len(alias) >= 3 and alias in plain for alias in aliases):
            return name
    for found in _COMMITTEE.finditer(plain):
        name = found.group()
        for ending in ("街道", "镇", "关于", "年", "月"):
            name = name.rsplit(ending, 1)[-1]
        tail = plain[found.end() - 2 :]
        if len(name) <= 2 or any(tail.startswith(other) for other in _NOT_PLACES):
            continue
        if name in {"居民区", "居委会", "居委", "社区", "各社区", "各居委", "各居民区", "所属社区"} or name.startswith(
            ("各", "本", "所")
        ):
            continue
        return name
    return ""


def month_of(text: str, year: str) -> dict[str, str]:
    """``month`` of a line that is a month's name alone (3月, 三月份), in the year told elsewhere."""
    if not is_month_word(text.strip()):
        return {}
    month = read_month(text, year=int(year) if year.isdecimal() else None)
    return {"month": month} if type(month) is str and len(month) == 7 else {}


def period_in(text: str) -> dict[str, str]:
    """``year`` and ``month`` (``YYYY-MM``) that a title tells: 2025年, 2025年3月."""
    plain = half_width(text)
    if both := _YEAR_MONTH.search(plain):
        month = read_month(f"{both[1]}-{both[2]}")
        if type(month) is str:
            return {"year": both[1], "month": month}
    if year := _YEAR.search(plain):
        return {"year": year[1]}
    return {}


def completed(facts: dict[str, str]) -> dict[str, str]:
    """The facts with the date in ISO form and the year and month that a period tells."""
    if "date" in facts:
        told = read_day(facts["date"])
        if type(told) is str:
            facts["date"] = told
            facts.setdefault("year", told[:4])
        else:
            facts["date_as_written"] = facts.pop("date")
    if "period" in facts:
        for name, value in period_in(facts["period"]).items():
            facts.setdefault(name, value)
    return facts
