"""The month that visits are planned for: which one where nobody says, its last day, and how it is called."""

from datetime import date, timedelta

from jiuliting_desk.model.dates import add_months


def month_to_plan(today: date, *, days_ahead: int) -> date:
    """The first day of the month in which visits that are planned today will fall.

    It is this month as long as ``days_ahead`` days of it or more are left after today, then the next one; 0: always
    this one.
    """
    is_over = (last_day(today) - today).days < days_ahead
    return add_months(today.replace(day=1), 1 if is_over else 0)


def months_to_choose(today: date) -> tuple[date, date]:
    """The first days of this month and of the next: those that can be planned."""
    first = today.replace(day=1)
    return first, add_months(first, 1)


def last_day(month: date) -> date:
    """The last day of the month in which a day lies."""
    return add_months(month.replace(day=1), 1) - timedelta(days=1)


def first_chance(month: date, *, today: date) -> date:
    """The first day of a month on which a visit can still be made."""
    return max(today, month.replace(day=1))


def month_name(month: date, *, today: date) -> str:
    """本月, or 12 月 (within a year from now), or 2027 年 12 月."""
    ahead = (month.year - today.year) * 12 + month.month - today.month
    if ahead == 0:
        return "本月"
    return f"{month.month} 月" if 0 < ahead < 12 else f"{month.year} 年 {month.month} 月"


def amid(name: str) -> str:
    """The name of a month as it follows other words: with a blank before a number."""
    return f" {name}" if name[:1].isdigit() else name
