"""A series goes to other days: its visits move along, those moved or cancelled on their own stay as they are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.actions.bookings import move_visit
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.holidays import add_holidays
from jiuliting_desk.actions.series import end_series, extend_series, horizon, pause_series, resume_series
from jiuliting_desk.actions.series_days import MOVED, draft_move, movable_visits, move_series
from jiuliting_desk.actions.visits import cancel_visit, remind_visit
from jiuliting_desk.model.errors import DateOrder, ReasonWanted, WrongState
from jiuliting_desk.model.recurrence import Holiday, Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.people import CHAT, TODAY, elder, volunteer
from tests.actions.test_series import begin, planned
from tests.actions.visits import book
from tests.store.test_undo import contents

TUESDAY, THURSDAY = date(2026, 3, 24), date(2026, 3, 26)


def move(store: Store, series: Series, *, since: date = TUESDAY, day: date = THURSDAY, reason: str = "") -> Series:
    with store.operation("move_series"):
        return move_series(store, series_id=series.id, since=since, day=day, starts=600, today=TODAY, reason=reason)


def weekly(store: Store, **more: object) -> Series:
    return begin(store, elder(store).id, volunteer(store, visits_per_month=None).id, **more)  # type: ignore[arg-type]


def test_the_visits_keep_who_they_are_and_go_on_by_the_new_weekday(store: Store) -> None:
    series = weekly(store)
    assert planned(store)[:3] == ["03-24", "03-31", "04-07"]
    with store.operation("remind_visit"):
        remind_visit(store, visit_id=1, today=TODAY)
    before = contents(store)
    saved = move(store, series)
    assert planned(store)[:3] == ["03-26", "04-02", "04-09"]
    assert [visit.id for visit in store.all(Visit, order="day")] == list(range(1, store.count(Visit) + 1))
    assert store.get(Visit, 1).reminded_at is None
    assert (saved.begins_on, saved.planned_until) == (THURSDAY, horizon(store, TODAY))
    with store.operation("extend_series"):
        made = extend_series(store, today=TODAY + timedelta(days=14))
    assert [visit.day for visit in made] == [date(2026, 5, 21)]
    undo(store)
    undo(store)
    assert contents(store) == before


def test_from_a_later_visit_on_those_before_it_stay(store: Store) -> None:
    series = weekly(store, count=5)
    saved = move(store, series, since=date(2026, 4, 7), day=date(2026, 4, 6))
    assert planned(store) == ["03-24", "03-31", "04-06", "04-13", "04-20"]
    assert saved.count == 3
    with store.operation("extend_series"):
        assert extend_series(store, today=TODAY + timedelta(days=60)) == []


def test_what_was_moved_or_cancelled_alone_stays_so(store: Store) -> None:
    series = weekly(store)
    with store.operation("alone"):
        cancel_visit(store, visit_id=2, reason="去女儿家", today=TODAY)
        move_visit(store, visit_id=3, day=date(2026, 4, 10), starts=600, today=TODAY)
    assert [visit.day.day for visit in movable_visits(store, series_id=series.id, today=TODAY)][:2] == [24, 14]
    move(store, series)
    assert planned(store)[:4] == ["03-26", "04-10", "04-16", "04-23"]
    assert store.get(Visit, 2).day == date(2026, 3, 31)


def test_a_holiday_of_the_new_days_drops_a_visit_and_one_of_the_old_brings_one(store: Store) -> None:
    with store.operation("add_holidays"):
        days = (date(2026, 4, 7), date(2026, 4, 2))
        add_holidays(store, new=[Holiday(day=day, name="清明") for day in days], today=TODAY)
    series = weekly(store)
    assert planned(store)[:3] == ["03-24", "03-31", "04-14"]
    found = draft_move(store, series_id=series.id, since=TUESDAY, day=THURSDAY, starts=600, today=TODAY)
    assert [visit.day.isoformat() for visit in found.dropped] == ["2026-03-31"]
    assert [bool(step.visit.id) for step in found.steps][:3] == [True, False, True]
    move(store, series)
    assert planned(store)[:3] == ["03-26", "04-09", "04-16"]
    assert (store.get(Visit, 2).state, store.get(Visit, 2).reason) == (VisitState.CANCELLED, MOVED)


def test_a_pause_holds_for_the_new_days_too(store: Store) -> None:
    series = weekly(store)
    with store.operation("pause_series"):
        pause_series(
            store, series_id=series.id, since=date(2026, 4, 1), until=date(2026, 4, 12), reason="住院", today=TODAY
        )
    assert planned(store)[:3] == ["03-24", "03-31", "04-14"]
    move(store, series)
    assert planned(store)[:2] == ["03-26", "04-16"]


def test_a_clash_wants_a_reason_and_its_own_visits_are_none(store: Store) -> None:
    series = weekly(store)
    gu = store.get(Visit, 1).provider_ids[0]
    assert not [
        step.clashes
        for step in draft_move(
            store, series_id=series.id, since=TUESDAY, day=date(2026, 3, 31), starts=600, today=TODAY
        ).steps
        if step.clashes
    ]
    book(store, elder(store, "周荣生").id, gu, category_id=CHAT, day=date(2026, 4, 2), starts=600)
    before = contents(store)
    with pytest.raises(ReasonWanted):
        move(store, series)
    assert contents(store) == before
    move(store, series, reason="两家住隔壁")
    reasons = [visit.override_reason for visit in store.where(Visit, series_id=series.id, order="day")]
    assert reasons[:3] == ["", "两家住隔壁", ""]


def test_what_cannot_be_moved_says_so(store: Store) -> None:
    series = weekly(store, until=date(2026, 4, 28))
    with pytest.raises(DateOrder):
        move(store, series, day=TODAY - timedelta(days=1))
    with pytest.raises(DateOrder):
        move(store, series, day=date(2026, 5, 1))
    with store.operation("end_series"):
        end_series(store, series_id=series.id, after=TUESDAY, reason="搬走了", today=TODAY)
    with pytest.raises(WrongState):
        move(store, series)


@given(
    interval=st.sampled_from(Interval),
    first=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    given=st.integers(0, 6),
    by=st.integers(-6, 20),
    count=st.integers(7, 20),
)
def test_the_number_in_all_is_kept(interval: Interval, first: date, given: int, by: int, count: int) -> None:
    series = Series(
        elder_id=1,
        services=(ServiceLine(category_id=1),),
        provider_ids=(1,),
        starts=600,
        minutes=60,
        interval=interval,
        begins_on=first,
        count=count,
    )
    last = first + timedelta(days=2000)
    days = list(series.days(last=last))
    since = days[given]
    moved = series.on_other_days(since=since, day=since + timedelta(days=by), starts=700)
    assert given + len(list(moved.days(last=last + timedelta(days=60)))) == len(days) == count
    assert next(moved.days(last=last)) == since + timedelta(days=by)


def test_resumed_after_a_move_by_the_new_days(store: Store) -> None:
    series = weekly(store)
    move(store, series)
    with store.operation("pause_series"):
        pause_series(store, series_id=series.id, since=date(2026, 3, 27), reason="住院", today=TODAY)
    assert planned(store) == ["03-26"]
    with store.operation("resume_series"):
        resume_series(store, series_id=series.id, on=date(2026, 4, 8), today=TODAY)
    assert planned(store)[:3] == ["03-26", "04-09", "04-16"]
