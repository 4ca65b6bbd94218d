"""The month that is planned: its boundary day, its last day, the end of a year, and how it is called."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.model.months import amid, first_chance, last_day, month_name, month_to_plan
from jiuliting_desk.model.pairings import Claim

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("today", "planned"),
    [
        (date(2026, 11, 1), date(2026, 11, 1)),
        (date(2026, 11, 23), date(2026, 11, 1)),
        (date(2026, 11, 24), date(2026, 12, 1)),
        (date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 12, 24), date(2026, 12, 1)),
        (date(2026, 12, 25), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2027, 2, 21), date(2027, 2, 1)),
        (date(2027, 2, 22), date(2027, 3, 1)),
        (date(2028, 2, 22), date(2028, 2, 1)),
        (date(2028, 2, 23), date(2028, 3, 1)),
    ],
)
def test_with_fewer_than_seven_days_left_it_is_the_next_month(today: date, planned: date) -> None:
    assert month_to_plan(today, days_ahead=7) == planned


@given(DAYS, st.integers(0, 20))
def test_it_is_this_month_or_the_next_and_never_goes_back(today: date, days_ahead: int) -> None:
    planned = month_to_plan(today, days_ahead=days_ahead)
    assert planned in {today.replace(day=1), last_day(today) + timedelta(days=1)}
    assert planned <= month_to_plan(today + timedelta(days=1), days_ahead=days_ahead)
    assert month_to_plan(today, days_ahead=0) == today.replace(day=1)
    assert month_to_plan(today.replace(day=1), days_ahead=days_ahead) == today.replace(day=1)


def test_a_month_is_called_so_that_it_cannot_be_mistaken() -> None:
    today = date(2026, 11, 29)
    assert month_name(date(2026, 11, 1), today=today) == "本月"
    assert month_name(date(2026, 12, 1), today=today) == "12 月"
    assert month_name(date(2027, 1, 1), today=today) == "1 月"
    assert month_name(date(2027, 11, 1), today=today) == "2027 年 11 月"
    assert month_name(date(2026, 10, 1), today=today) == "2026 年 10 月"
    assert [amid("本月"), amid("12 月")] == ["本月", " 12 月"]


@given(DAYS, DAYS, st.integers(1, 120))
def test_a_claim_for_a_month_holds_into_it(today: date, month: date, days: int) -> None:
    claim = Claim.begun(need_id=1, provider_id=1, today=today, days=days, month=month)
    first = first_chance(month, today=today)
    assert claim.expires_on == first + timedelta(days=days)
    assert claim.falls_in(first)
    assert not claim.falls_in(first.replace(day=1) - timedelta(days=1))
    assert not claim.falls_in(last_day(claim.expires_on) + timedelta(days=1))
    assert claim.prolonged(today=today, days=days) == claim
