"""Birth dates that may be known only to the year or month, and ages counted from them."""

import re
from datetime import date

from jiuliting_desk.model.errors import BadDate

OLDEST_YEAR = 1890

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
