"""Days and times: births known only to the year or month, ages, months on, minutes of a day."""

import re
from datetime import date, timedelta

from jiuliting_desk.model.errors import BadDate

OLDEST_YEAR = 1890

NOON = 12 * 60
"""Minute of the day at which the afternoon begins."""

_TIME = re.compile(r"(\d{1,2})(?::?([0-5]\d))?")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def checked_birth(text: str, *, today: date, field: str = "birth") -> str:
    """The partial date ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` itself, or "" for none.

    Raises BadDate where it is not one, lies in the future or before 1890.
    """
    if not text:
        return ""
    found = _PARTIAL.fullmatch(text)
    if found is None:
        raise BadDate(field=field, text=text)
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        begins = date(year, month, day)
    except ValueError:
        raise BadDate(field=field, text=text) from None
    if begins > today or year < OLDEST_YEAR:
        raise BadDate(field=field, text=text)
    return text


def age_on(birth: str, today: date) -> int | None:
    """Full years on ``today``; from the year alone where no more is known; None for an unknown birth."""
    if len(birth) < 4:
        return None
    years = today.year - int(birth[:4])
    if len(birth) >= 7:
        month = int(birth[5:7])
        day = int(birth[8:10]) if len(birth) == 10 else 1
        if (today.month, today.day) < (month, day):
            years -= 1
    return years


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later, or the month's last day where it has no such day."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date.resolution).day
    return date(year, month, min(start.day, last))


_WEEKDAYS = "一二三四五六日"


def day_text(day: date) -> str:
    """A day as it stands on paper: 3月25日 周三."""
    return f"{day.month}月{day.day}日 周{_WEEKDAYS[day.weekday()]}"


def time_text(minute: int) -> str:
    """A minute of the day as people write it: 840 is 14:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def read_time(text: str, *, field: str = "starts") -> int:
    """The minute of the day that ``9:30``, ``9：30``, ``930`` or ``14`` means. Raises BadDate."""
    found = _TIME.fullmatch(text.strip().replace("：", ":"))
    if found is None:
        raise BadDate(field=field, text=text)
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise BadDate(field=field, text=text)
    return hour * 60 + minute


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def half_day_of(day: date, minute: int) -> int:
    """The half-day (weekday * 2 + afternoon) in which a minute of a day lies; noon begins the afternoon."""
    return day.weekday() * 2 + (minute >= NOON)
