"""Public holidays on which no recurring visit falls: edited by staff, proposed for a year."""

from collections.abc import Sequence
from datetime import date, timedelta

from lunardate import LunarDate

from jiuliting_desk.model.errors import Missing
from jiuliting_desk.model.recurrence import Holiday
from jiuliting_desk.store import Store


def holidays(store: Store, *, year: int) -> list[Holiday]:
    """The holidays of a year, by day."""
    return [holiday for holiday in store.all(Holiday, order="day") if holiday.day.year == year]


def statutory_holidays(year: int) -> list[Holiday]:
    """The 13 days of 全国年节及纪念日放假办法 (as of 2025); the days moved around them are for staff to add.

    Years 2000-2099.
    """
    spring = LunarDate(year, 1, 1).to_solar_date()
    found = [Holiday(day=date(year, 1, 1), name="元旦")]
    found += [Holiday(day=spring + timedelta(days=offset), name="春节") for offset in range(-1, 3)]
    found.append(Holiday(day=date(year, 4, _clear_bright(year)), name="清明"))
    found += [Holiday(day=date(year, 5, day), name="劳动节") for day in (1, 2)]
    found.append(Holiday(day=LunarDate(year, 5, 5).to_solar_date(), name="端午"))
    found.append(Holiday(day=LunarDate(year, 8, 15).to_solar_date(), name="中秋"))
    found += [Holiday(day=date(year, 10, day), name="国庆") for day in (1, 2, 3)]
    return sorted(found, key=lambda holiday: holiday.day)


def _clear_bright(year: int) -> int:
    """The day of April on which 清明 falls, by the usual formula for this century."""
    short = year % 100
    return int(short * 0.2422 + 4.81) - short // 4


def add_holidays(store: Store, *, new: Sequence[Holiday], today: date) -> list[Holiday]:
    """Add days; those that are there already stay as they are. Raises Missing for a day without a name."""
    del today
    known = {holiday.day for holiday in store.all(Holiday)}
    added = []
    for holiday in new:
        if not holiday.name.strip():
            raise Missing(field="name")
        if holiday.day not in known:
            known.add(holiday.day)
            added.append(store.add(Holiday(day=holiday.day, name=holiday.name.strip())))
    if added:
        store.running.about = f"{added[0].name} {added[0].day.isoformat()}" + (
            f" 等 {len(added)} 天" if len(added) > 1 else ""
        )
    return added


def remove_holiday(store: Store, *, holiday_id: int, today: date) -> None:
    """Take a day off the list. Raises NotThere."""
    del today
    holiday = store.get(Holiday, holiday_id)
    store.running.about = f"{holiday.name} {holiday.day.isoformat()}"
    store.remove(holiday)
