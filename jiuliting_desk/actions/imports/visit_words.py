"""When a visit or a call was and what came of it, in the words of office sheets."""

import re
from datetime import date, datetime, time

from jiuliting_desk.model.calls import CallOutcome
from jiuliting_desk.model.text import half_width
from jiuliting_desk.model.visits import VisitState
from jiuliting_desk.sheets.values import has_words

_CLOCK = (
    r"(?P<{0}_half>上午|下午|早上|中午|晚上|傍晚|[AaPp][Mm])?\s*"
    r"(?P<{0}_hour>\d{{1,2}})\s*[:点时](?P<{0}_half_past>半)?\s*(?P<{0}_minute>\d{{1,2}})?分?"
)
_SPAN = re.compile(_CLOCK.format("first") + r"(?:[:]\d{2})?\s*(?:[-~—–至到]+\s*" + _CLOCK.format("last") + ")?")
_DAY = re.compile(r"(?P<year>\d{4})\s*[-./年]\s*(?P<month>\d{1,2})\s*[-./月]\s*(?P<day>\d{1,2})日?")
_HALF_BEHIND = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)\s*([ap])\.?m\b\.?", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"0?\.\d+")
"""A time as a workbook counts it."""
_LATE = frozenset({"下午", "晚上", "傍晚", "pm"})
_WHOLE_DAY = {"上午": 9 * 60, "早上": 8 * 60, "中午": 12 * 60, "下午": 14 * 60, "傍晚": 17 * 60, "晚上": 19 * 60}

LONGEST = 600
"""Minutes of a visit at most."""

_STATES: tuple[tuple[VisitState, re.Pattern[str]], ...] = (
    (
        VisitState.NO_SHOW,
        re.compile(r"(?:志愿者|服务人员|师傅|单位|企业).{0,6}(?:没来|未到|没到|未来|爽约|未上门|没上门)"),
    ),
    (VisitState.NOT_HOME, re.compile(r"不在家|没人应|无人应|敲门无|家中无人|家里没人|未遇|外出|没人在家|住院")),
    (VisitState.CANCELLED, re.compile(r"取消|作废|未服务|没做|未做|改期|推迟|拒绝|谢绝|婉拒|不需要|未完成|没完成")),
    (VisitState.DONE, re.compile(r"完成|已做|做好|做了|已服务|正常|顺利|满意|^好$|^是$|^[√✓✔]$|已上门|结束|^有$")),
)
_OUTCOMES: tuple[tuple[CallOutcome, re.Pattern[str]], ...] = (
    (CallOutcome.WRONG_NUMBER, re.compile(r"打错|错号|误拨|拨错")),
    (CallOutcome.NOT_REACHED, re.compile(r"未接|没接|无人接|打不通|没打通|关机|空号")),
    (CallOutcome.COMPLAINT, re.compile(r"投诉|不满|意见大|抱怨")),
    (CallOutcome.BOOKED, re.compile(r"已?预约(?:好|了|到|在|\d|成功)|已预约|约好|已约|约在|已安排|安排(?:在|了|到)")),
    (CallOutcome.ASKED, re.compile(r"咨询|询问|打听|问一?问|请问|了解")),
)


def read_times(text: str) -> tuple[date | None, int | None, int | None]:
    """The day where one stands there, the minute of the day it began, and how many minutes it took."""
    plain = _HALF_BEHIND.sub(r"\2m\1", half_width(text).strip())
    if _PART_OF_DAY.fullmatch(plain):
        return None, round(float(plain) * 24 * 60) % (24 * 60), None
    day = None
    found = _DAY.search(plain)
    if found:
        plain = plain[: found.start()] + " " + plain[found.end() :]
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            day = None
    span = _SPAN.search(plain)
    if span is None:
        return day, next((minute for word, minute in _WHOLE_DAY.items() if word in plain), None), None
    first = _minute(span, "first", "")
    last = _minute(span, "last", span["first_half"] or "") if span["last_hour"] else None
    if first is None:
        return day, None, None
    if last is not None and last < first and last + 12 * 60 - first <= LONGEST:
        last += 12 * 60
    minutes = last - first if last is not None and 0 < last - first <= LONGEST else None
    return day, first, minutes


_OF_CLOCKS = re.compile(
    r"上午|下午|中午|早上|早晨|晚上|傍晚|全天|整天|半天|小时|分钟|[时点分半到至左右约年月日号一二三四五六七八九十AaPpMmhH]"
)


def words_beside_clock(text: str) -> str:
    """The text where it says more than when it was: 9:00（提前到）; "" otherwise."""
    return text.strip() if has_words(half_width(text), _OF_CLOCKS) else ""


def _minute(span: re.Match[str], which: str, half: str) -> int | None:
    hour = int(span[f"{which}_hour"])
    minute = 30 if span[f"{which}_half_past"] else int(span[f"{which}_minute"] or 0)
    word = (span[f"{which}_half"] or half).lower()
    if hour < 12 and (word in _LATE or (word == "中午" and hour < 6)):
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def read_state(text: str) -> VisitState | None:
    """What came of a visit; None where the words do not say it."""
    plain = half_width(text).strip()
    return next((state for state, words in _STATES if words.search(plain)), None)


def read_outcome(about: str, result: str) -> CallOutcome:
    """What came of a call, by what was done and by what it was about: a message where neither says more."""
    for text in (result, about):
        found = next((outcome for outcome, words in _OUTCOMES if words.search(text)), None)
        if found is not None:
            return found
    return CallOutcome.MESSAGE


def moment(day: str, minute: int) -> datetime:
    """A day (ISO) and its minute, in this computer's time zone."""
    return datetime.combine(date.fromisoformat(day), time(minute // 60, minute % 60)).astimezone()
