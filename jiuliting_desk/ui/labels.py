"""Chinese words for enum members, kinds of records and form fields, and how days and people are written."""

from datetime import date, datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.ui.action_words import step
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.words import imports, people, visits

__all__ = ["any_state", "day", "field", "kind", "label", "month_day", "state", "step", "when"]

translate = QCoreApplication.translate

LABELS: dict[str, dict[str, str]] = people.WORDS | visits.WORDS | imports.WORDS
"""Words by name of the enum class and stored value; they lie in ``ui/words``, and load no model to be looked up."""

KINDS: dict[str, str] = {
    "committee": QT_TRANSLATE_NOOP("labels", "居委"),
    "cadre": QT_TRANSLATE_NOOP("labels", "居委干部"),
    "compound": QT_TRANSLATE_NOOP("labels", "小区"),
    "category": QT_TRANSLATE_NOOP("labels", "服务项目"),
    "tag": QT_TRANSLATE_NOOP("labels", "标签"),
    "setting": QT_TRANSLATE_NOOP("labels", "设置"),
    "survey": QT_TRANSLATE_NOOP("labels", "排摸"),
    "elder": QT_TRANSLATE_NOOP("labels", "老人资料"),
    "need": QT_TRANSLATE_NOOP("labels", "需求"),
    "provider": QT_TRANSLATE_NOOP("labels", "志愿者资料"),
    "certificate": QT_TRANSLATE_NOOP("labels", "证书"),
    "refusal": QT_TRANSLATE_NOOP("labels", "“不要安排”"),
    "claim": QT_TRANSLATE_NOOP("labels", "认领"),
    "pairing": QT_TRANSLATE_NOOP("labels", "结对"),
    "card": QT_TRANSLATE_NOOP("labels", "服务卡"),
    "series": QT_TRANSLATE_NOOP("labels", "定期上门"),
    "holiday": QT_TRANSLATE_NOOP("labels", "假日"),
    "visit_reason": QT_TRANSLATE_NOOP("labels", "原因"),
    "call": QT_TRANSLATE_NOOP("labels", "来电"),
    "visit": QT_TRANSLATE_NOOP("labels", "上门"),
    "feedback_form": QT_TRANSLATE_NOOP("labels", "反馈表"),
    "form": QT_TRANSLATE_NOOP("labels", "反馈表"),
    "feedback": QT_TRANSLATE_NOOP("labels", "反馈"),
    "follow_up": QT_TRANSLATE_NOOP("labels", "回访"),
    "training": QT_TRANSLATE_NOOP("labels", "活动"),
    "attendance": QT_TRANSLATE_NOOP("labels", "签到"),
    "print": QT_TRANSLATE_NOOP("labels", "打印记录"),
    "print_batch": QT_TRANSLATE_NOOP("labels", "打印记录"),
}
"""What a record of a table is called."""

FIELDS: dict[str, str] = {
    "name": QT_TRANSLATE_NOOP("labels", "姓名"),
    "phones": QT_TRANSLATE_NOOP("labels", "电话"),
    "birth": QT_TRANSLATE_NOOP("labels", "出生"),
    "id_number": QT_TRANSLATE_NOOP("labels", "身份证"),
    "reason": QT_TRANSLATE_NOOP("labels", "原因"),
    "quantity": QT_TRANSLATE_NOOP("labels", "数量"),
    "category": QT_TRANSLATE_NOOP("labels", "服务项目"),
    "category_id": QT_TRANSLATE_NOOP("labels", "服务项目"),
    "committee_id": QT_TRANSLATE_NOOP("labels", "居委"),
    "handed_to": QT_TRANSLATE_NOOP("labels", "谁收的"),
}
"""What a field is called in a sentence about it."""

_WANTED: dict[str, str] = {
    "form": QT_TRANSLATE_NOOP("labels", "发反馈表"),
    "printed": QT_TRANSLATE_NOOP("labels", "再印"),
    "chased": QT_TRANSLATE_NOOP("labels", "已催"),
    "evaluated": QT_TRANSLATE_NOOP("labels", "已录反馈"),
    "confirmed": QT_TRANSLATE_NOOP("labels", "志愿者已答应"),
}
"""What was wanted of a record, where that is no state of its own."""

_STATES: dict[str, str] = {
    "elder": "ElderState",
    "need": "NeedState",
    "provider": "ProviderState",
    "claim": "ClaimState",
    "card": "CardState",
    "print": "PrintState",
    "print_batch": "PrintState",
    "visit": "VisitState",
    "feedback_form": "FormState",
    "form": "FormState",
    "training": "TrainingState",
}


def label(member: StrEnum) -> str:
    """The word for an enum member. Raises KeyError where it has none."""
    return translate("labels", LABELS[type(member).__name__][member.value])


def kind(table: str) -> str:
    """What a record of that table is called; the table's own name where it has no word."""
    return translate("labels", KINDS.get(table, table))


def field(name: str) -> str:
    """What a form field is called, "" where it has no word."""
    return translate("labels", FIELDS[name]) if name in FIELDS else ""


def state(table: str, value: str) -> str:
    """The word for a state of that kind of record; the value itself where it has none."""
    words = LABELS.get(_STATES[table], {}) if table in _STATES else {}
    return translate("labels", words[value]) if value in words else any_state(value)


def likeness(value: str) -> str:
    """Why two records look like one person; the value itself where it has no word."""
    words = LABELS["Likeness"]
    return translate("labels", words[value]) if value in words else value


def any_state(value: str) -> str:
    """The word for a state of whatever kind; the value itself where it has none."""
    for states in dict.fromkeys(_STATES.values()):
        if value in LABELS[states]:
            return translate("labels", LABELS[states][value])
    return translate("labels", _WANTED[value]) if value in _WANTED else value


_WEEKDAYS = (
    QT_TRANSLATE_NOOP("labels", "周一"),
    QT_TRANSLATE_NOOP("labels", "周二"),
    QT_TRANSLATE_NOOP("labels", "周三"),
    QT_TRANSLATE_NOOP("labels", "周四"),
    QT_TRANSLATE_NOOP("labels", "周五"),
    QT_TRANSLATE_NOOP("labels", "周六"),
    QT_TRANSLATE_NOOP("labels", "周日"),
)


def weekday(number: int) -> str:
    """The word for a weekday, Monday 0."""
    return translate("labels", _WEEKDAYS[number])


def half_day(number: int) -> str:
    """The words for a half-day, weekday * 2 plus 1 for the afternoon: 周三下午."""
    part = translate("labels", "下午") if number % 2 else translate("labels", "上午")
    return f"{weekday(number // 2)}{part}"


def month_day(found: date) -> str:
    """3月18日."""
    return translate("labels", "{month}月{day}日").format(month=found.month, day=found.day)


def day(found: date, *, today: date | None = None) -> str:
    """2026年3月18日; with ``today``, days of the same year are written 3月18日 周三."""
    if today is not None and found.year == today.year:
        return f"{month_day(found)} {weekday(found.weekday())}"
    return translate("labels", "{year}年{month_day}").format(year=found.year, month_day=month_day(found))


WHEN_WIDTH = 176
"""Of a column for ``when``, in logical pixels of the standard text size: the year is read in full, and the hour."""


def when(found: datetime, *, today: date) -> str:
    """今天 08:31, 昨天 17:42, 3月16日 14:05, or with the year where it is another."""
    clock = f"{found:%H:%M}"
    days = (today - found.date()).days
    if days == 0:
        return translate("labels", "今天 {clock}").format(clock=clock)
    if days == 1:
        return translate("labels", "昨天 {clock}").format(clock=clock)
    if found.year == today.year:
        return f"{month_day(found.date())} {clock}"
    return f"{day(found.date())} {clock}"
