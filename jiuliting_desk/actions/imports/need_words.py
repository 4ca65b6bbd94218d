"""How urgent, how often and when a need is wanted, in a committee's words."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jiuliting_desk.model.imports import Note, Remark
from jiuliting_desk.model.known import NeedTerms
from jiuliting_desk.model.needs import Rhythm, Urgency
from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets.half_days import read_half_days, words_beside
from jiuliting_desk.sheets.helpers_wanted import helpers_wanted
from jiuliting_desk.sheets.values import has_words

COLUMNS = ("urgency", "rhythm", "wanted_times", "quantity", "wanted_who", "notes", "need_wishes")
"""The fields of a survey's row that say something of its needs."""

MOST = 99
"""The highest quantity of one need."""
MOST_A_MONTH = 31

_URGENCIES: tuple[tuple[Urgency, re.Pattern[str]], ...] = (
    (Urgency.LOW, re.compile(r"不(?:太|很|是很|怎么)?(?:着)?(?:紧)?急|不急|缓|低|可等|^轻")),
    (Urgency.HIGH, re.compile(r"[较略]急|[较略]为?紧急|比较紧?急|较高|优先|尽快|尽早|偏急|^高|^重要|^急需")),
    (Urgency.URGENT, re.compile(r"紧急|[特加很最急]急|非常急|十分急|立即|马上|立刻|火急|最高|^急$|^是$|^[√✓✔]$")),
    (Urgency.NORMAL, re.compile(r"一般|普通|正常|常规|中|平|^否$|^无$")),
)
"""Words of urgency, looked for in this order."""

_URGENT_WORDS = re.compile(
    "|".join(words.pattern.replace("^", "").replace("$", "") for _, words in _URGENCIES)
    + r"|需求|需要|程度|情况|紧急|[很较太的急要高低重轻级度着]"
)

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "每": 1}
_COUNT = r"(\d{1,2}|[一二两三四五六七八九十])"
_TIMES = rf"(?:上门|服务)?{_COUNT}\s*(?:次|回|趟|遍)"
_WEEK, _MONTH = r"(?:周|星期|礼拜)", r"(?:个?月)"
_ONCE = re.compile(r"^(?:(?:只|就|仅)?[一1](?:次|回)(?:性|即可|就好)?|单次|一次性(?:服务)?|临时|once)$", re.IGNORECASE)
_FORTNIGHT = re.compile(
    rf"隔周|双周|(?:每|一)?半{_MONTH}|(?:每)?(?:两|二|2|隔)(?:个)?{_WEEK}|{_MONTH}两?次?、?上下旬|每?(?:14|15|十四|十五)天"
)
_EACH_WEEK = re.compile(rf"(?:每|一|1)?个?{_WEEK}\s*(?:{_TIMES})?|{_TIMES}\s*[/每]\s*一?{_WEEK}")
_EACH_MONTH = re.compile(rf"(?:每|一|1)?{_MONTH}\s*(?:{_TIMES})?|{_TIMES}\s*[/每]\s*一?{_MONTH}")
_EACH_DAY = re.compile(r"^(?:每天|每日|天天|一天一次)(?:一次|1次)?$")

WEEKS_A_MONTH = 4


def read_urgency(text: str) -> Urgency | None:
    """How urgent a need is; None where the words do not say it."""
    plain = _plain(text)
    return next((urgency for urgency, words in _URGENCIES if words.search(plain)), None)


def read_rhythm(text: str) -> tuple[Rhythm, int] | None:
    """How often a need comes back, and how many times a month where that is counted by the month; None otherwise."""
    plain = _plain(text)
    if _ONCE.match(plain):
        return Rhythm.ONCE, 1
    if _EACH_DAY.match(plain):
        return Rhythm.MONTHLY, 30
    if _FORTNIGHT.fullmatch(_without_once(plain)):
        return Rhythm.FORTNIGHTLY, 1
    week = _EACH_WEEK.fullmatch(plain)
    if week:
        times = _number(week[1] or week[2] or "1")
        if times == 1:
            return Rhythm.WEEKLY, 1
        return (Rhythm.MONTHLY, times * WEEKS_A_MONTH) if times * WEEKS_A_MONTH <= MOST_A_MONTH else None
    month = _EACH_MONTH.fullmatch(plain)
    if month:
        times = _number(month[1] or month[2] or "1")
        return (Rhythm.MONTHLY, times) if 1 <= times <= MOST_A_MONTH else None
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\s。；;（）()]", "", half_width(text)).lower()


def _without_once(plain: str) -> str:
    return re.sub(r"(?:[一1](?:次|回))$", "", plain)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _DIGITS[text]


Told = tuple[Mapping[str, Any], tuple[Note, ...]]
"""The terms that a row tells, by the fields of ``NeedTerms``, and remarks."""

NOTHING: Told = ({}, ())


def terms_of(fields: Mapping[str, Any], *, needs: int) -> Told:
    """What a row tells of its needs; words that cannot be read become a wish, so that they are not lost.

    A quantity counts where the row has one need, and is a wish where it has ``needs`` of them. Whom the elder would
    have come may also stand among the notes, where it stays.
    """
    texts = tuple([str(fields.get(name) or "") for name in COLUMNS])
    return _read(texts, needs) if needs and any(texts) else NOTHING


@lru_cache(maxsize=2000)
def _read(texts: tuple[str, ...], needs: int) -> Told:
    urgency, rhythm, times, quantity, who, remarks, wish = texts
    told: dict[str, Any] = {}
    wishes: list[str] = [wish] if wish else []
    notes: list[Note] = []

    def unread(field: str, words: str, text: str) -> None:
        wishes.append(f"{words}：{text}")
        notes.append(Note(Remark.KEPT_AS_WISH, field, text))

    if urgency:
        found = read_urgency(urgency)
        if found is None:
            unread("urgency", "紧急程度", urgency)
        else:
            told["urgency"] = found.value
            if has_words(_URGENT_WORDS.sub("", _plain(urgency)).strip("√✓✔")):
                wishes.append(f"紧急程度：{urgency}")
    if rhythm:
        often = read_rhythm(rhythm)
        if often is None:
            unread("rhythm", "频次", rhythm)
        else:
            told["rhythm"], told["per_month"] = often[0].value, often[1]
    if times:
        half_days = read_half_days(times)
        if half_days is None:
            unread("wanted_times", "希望时间", times)
        else:
            told["half_days"] = half_days
            if words_beside(times):
                wishes.append(f"希望时间：{times}")
    if quantity:
        count = float(quantity) if quantity.replace(".", "", 1).isdecimal() else 0.0
        if needs == 1 and count.is_integer() and 1 <= count <= MOST:
            told["quantity"] = int(count)
        elif count != 1:
            unread("quantity", "数量", quantity)
    asked, said = helpers_wanted(who, is_answer=True), helpers_wanted(remarks)
    if asked.rest:
        unread("wanted_who", "对上门的人", "，".join(asked.rest))
    notes += [Note(Remark.UNDERSTOOD, "notes", words) for words in said.words]
    if sex := asked.sex or said.sex:
        told["wants_sex"] = sex
    elif asked.words and not asked.dialect:
        unread("wanted_who", "对上门的人", who)
    if asked.dialect or said.dialect:
        told["wants_dialect"] = True
    if wishes:
        told["wishes"] = "；".join(wishes)
    return told, tuple(notes)


_TITLES = {
    "urgency": "紧急程度",
    "rhythm": "频次",
    "wanted_times": "希望时间",
    "quantity": "数量",
    "wanted_who": "对上门的人",
    "need_wishes": "愿望",
}
"""What the notes call the columns of a row without needs."""


def unplaced(fields: Mapping[str, Any]) -> list[str]:
    """What a row without needs says of them, for the notes; what goes without saying is left out."""
    told = {name: str(fields.get(name) or "") for name in _TITLES}
    if read_urgency(told["urgency"]) is Urgency.NORMAL:
        told["urgency"] = ""
    if read_rhythm(told["rhythm"]) == (Rhythm.ONCE, 1):
        told["rhythm"] = ""
    if told["quantity"] == "1":
        told["quantity"] = ""
    return [f"{_TITLES[name]}：{text}" for name, text in told.items() if text]


def merged(old: NeedTerms, told: Mapping[str, Any]) -> NeedTerms:
    """The terms of a need that waits already with what a row tells; wishes are added to."""
    changes = dict(told)
    wish = changes.pop("wishes", "")
    if wish and wish not in old.wishes:
        changes["wishes"] = f"{old.wishes}；{wish}" if old.wishes else wish
    if changes.get("rhythm") not in {None, Rhythm.MONTHLY.value}:
        changes["per_month"] = old.per_month
    return old._replace(**changes)
