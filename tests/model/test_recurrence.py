"""The days of visits that come back."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.model.errors import DateOrder, WrongState
from jiuliting_desk.model.recurrence import Interval, Pause, Series
from jiuliting_desk.model.visits import ServiceLine

TUESDAY = date(2026, 3, 10)
LAST = date(2026, 12, 31)


def series(interval: Interval, *, begins_on: date = TUESDAY, **more: object) -> Series:
    plain = Series(
        elder_id=1,
        services=(ServiceLine(category_id=1),),
        provider_ids=(1,),
        starts=600,
        minutes=60,
        interval=interval,
        begins_on=begins_on,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def days(made: Series, *, count: int = 5, holidays: frozenset[date] = frozenset()) -> list[str]:
    return [day.isoformat() for day in list(made.days(last=LAST, holidays=holidays))[:count]]


def test_weekly_and_fortnightly() -> None:
    assert days(series(Interval.WEEKLY), count=3) == ["2026-03-10", "2026-03-17", "2026-03-24"]
    assert days(series(Interval.FORTNIGHTLY), count=3) == ["2026-03-10", "2026-03-24", "2026-04-07"]


def test_monthly_by_date_keeps_to_the_last_day() -> None:
    made = series(Interval.MONTHLY_BY_DATE, begins_on=date(2026, 1, 31))
    assert days(made) == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


def test_monthly_by_weekday() -> None:
    assert days(series(Interval.MONTHLY_BY_WEEKDAY), count=3) == ["2026-03-10", "2026-04-14", "2026-05-12"]
    fifth = series(Interval.MONTHLY_BY_WEEKDAY, begins_on=date(2026, 3, 31))
    assert days(fifth, count=3) == ["2026-03-31", "2026-04-28", "2026-05-26"]


def test_until_count_and_end() -> None:
    assert days(series(Interval.WEEKLY, until=date(2026, 3, 23))) == ["2026-03-10", "2026-03-17"]
    assert days(series(Interval.WEEKLY, count=2)) == ["2026-03-10", "2026-03-17"]
    ended = series(Interval.WEEKLY).ended(after=date(2026, 3, 12), reason="搬走了")
    assert days(ended) == ["2026-03-10"]
    with pytest.raises(WrongState):
        ended.ended(after=LAST, reason="x")
    with pytest.raises(DateOrder):
        series(Interval.WEEKLY, until=date(2026, 3, 9)).checked()


def test_holidays_are_skipped_and_not_counted() -> None:
    holidays = frozenset({date(2026, 3, 17)})
    assert days(series(Interval.WEEKLY, count=2), holidays=holidays) == ["2026-03-10", "2026-03-24"]
    kept = series(Interval.WEEKLY, count=2, skip_holidays=False)
    assert days(kept, holidays=holidays) == ["2026-03-10", "2026-03-17"]


def test_paused_and_resumed() -> None:
    paused = series(Interval.WEEKLY).paused(since=date(2026, 3, 15), reason="住院")
    assert paused.is_paused
    assert days(paused) == ["2026-03-10"]
    with pytest.raises(WrongState):
        paused.paused(since=LAST)
    resumed = paused.resumed(on=date(2026, 3, 31))
    assert days(resumed, count=2) == ["2026-03-10", "2026-03-31"]
    assert paused.resumed(on=date(2026, 3, 15)).pauses == ()
    with pytest.raises(WrongState):
        resumed.resumed(on=LAST)


@given(
    st.sampled_from(Interval),
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.lists(st.dates(date(2024, 1, 1), date(2028, 12, 31)), max_size=6),
    st.integers(0, 60),
    st.one_of(st.none(), st.integers(1, 20)),
)
def test_days_rise_and_keep_out_of_pauses(
    interval: Interval, begins_on: date, holidays: list[date], length: int, count: int | None
) -> None:
    pause = Pause(since=begins_on + timedelta(days=20), until=begins_on + timedelta(days=20 + length))
    made = series(interval, begins_on=begins_on, pauses=(pause,), count=count)
    found = list(made.days(last=begins_on + timedelta(days=400), holidays=frozenset(holidays)))
    assert all(one < other for one, other in pairwise(found))
    assert not any(pause.holds(day) or day in holidays for day in found)
    assert count is None or len(found) <= count
    if interval is not Interval.MONTHLY_BY_DATE:
        assert all(day.weekday() == begins_on.weekday() for day in found)
