"""Which month plans are made for by the office's settings, and up to when what is claimed for it may be booked."""

from datetime import date, timedelta

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.months import first_chance, last_day, month_to_plan
from jiuliting_desk.store import Store


def planned_month(store: Store, *, today: date) -> date:
    """The first day of the month for which plans are made where nobody says which: late in a month the next one."""
    return month_to_plan(today, days_ahead=number_setting(store, "plan_ahead_days"))


def last_to_book(store: Store, *, month: date, today: date) -> date:
    """The last day on which a need that is claimed now for a month may be booked: certificates must hold so long.

    A claim may be booked as long as it is held: late in a month that is in the next one.
    """
    begins = first_chance(month, today=today)
    return max(last_day(begins), begins + timedelta(days=number_setting(store, "claim_days")))


def certified_on(store: Store, *, today: date) -> date:
    """The day on which whoever takes a need now, without a month being said, must hold its certificate."""
    return last_to_book(store, month=planned_month(store, today=today), today=today)


def day_to_expect(store: Store, *, today: date) -> date:
    """The first day on which a visit will fall that has no day yet."""
    return first_chance(planned_month(store, today=today), today=today)
