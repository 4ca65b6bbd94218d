"""Recurring visits are planned ahead, paused, resumed, changed and ended."""

from datetime import date, timedelta

import pytest

from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.holidays import add_holidays, holidays, remove_holiday, statutory_holidays
from jiuliting_desk.actions.providers import pause_provider, resume_provider
from jiuliting_desk.actions.series import (
    begin_series,
    change_series,
    draft_series,
    due_visits,
    end_series,
    extend_series,
    pause_series,
    preview_series,
    resume_series,
    taken_meanwhile,
)
from jiuliting_desk.actions.visits import Outcome, cancel_visit, finish_visit
from jiuliting_desk.actions.withdrawals import withdraw_provider
from jiuliting_desk.model.errors import Missing, ReasonWanted
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.recurrence import Holiday, Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.people import CHAT, TODAY, elder, need, volunteer
from tests.actions.visits import book


def begin(
    store: Store, elder_id: int, provider_id: int, *, reason: str = "", other_ids: tuple[int, ...] = (), **more: object
) -> Series:
    draft = draft_series(
        store,
        elder_id=elder_id,
        services=(ServiceLine(category_id=CHAT),),
        provider_ids=(provider_id, *other_ids),
        begins_on=date(2026, 3, 24),
        starts=600 + 120 * len(other_ids),
        interval=Interval.WEEKLY,
        **more,  # type: ignore[arg-type]
    )
    with store.operation("begin_series"):
        return begin_series(store, series=draft, today=TODAY, reason=reason)[0]


def planned(store: Store) -> list[str]:
    return [visit.day.isoformat()[5:] for visit in store.where(Visit, state=VisitState.PLANNED, order="day")]


def test_visits_are_planned_for_the_weeks_ahead_but_not_on_holidays(store: Store) -> None:
    gao, gu = elder(store), volunteer(store, visits_per_month=None)
    wanted = need(store, gao.id, CHAT, rhythm=Rhythm.WEEKLY)
    with store.operation("add_holidays"):
        add_holidays(store, new=[Holiday(day=date(2026, 4, 7), name="清明")], today=TODAY)
    series = begin(store, gao.id, gu.id)
    assert planned(store) == ["03-24", "03-31", "04-14", "04-21", "04-28", "05-05", "05-12"]
    assert {visit.series_id for visit in store.all(Visit)} == {series.id}
    assert store.get(Need, wanted.id).state is NeedState.BOOKED
    with store.operation("extend_series"):
        assert extend_series(store, today=TODAY) == []
    assert store.undoable() is not None
    assert due_visits(store, today=TODAY) == 0
    assert due_visits(store, today=TODAY + timedelta(days=7)) == 1
    with store.operation("extend_series"):
        made = extend_series(store, today=TODAY + timedelta(days=7))
    assert [visit.day for visit in made] == [date(2026, 5, 19)]


def test_a_visit_done_or_cancelled_leaves_the_need_booked_while_others_are_planned(store: Store) -> None:
    gao, gu = elder(store), volunteer(store, visits_per_month=None)
    wanted = need(store, gao.id, CHAT, rhythm=Rhythm.WEEKLY)
    begin(store, gao.id, gu.id, count=3)
    visits = store.all(Visit)
    with store.operation("finish_visit"):
        finish_visit(store, outcome=Outcome(visit_id=visits[0].id), today=visits[0].day)
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=visits[1].id, reason="去女儿家", today=visits[0].day)
    assert store.get(Need, wanted.id).state is NeedState.BOOKED
    with store.operation("finish_visit"):
        finish_visit(store, outcome=Outcome(visit_id=visits[2].id), today=visits[2].day)
    after = store.get(Need, wanted.id)
    assert (after.state, after.since) == (NeedState.CLAIMED, visits[2].day + timedelta(days=7))


def test_what_stands_against_a_series_is_shown_for_each_day(store: Store) -> None:
    gao, gu = elder(store), volunteer(store, visits_per_month=None)
    book(store, elder(store, "周荣生").id, gu.id, category_id=CHAT, day=date(2026, 3, 31), starts=600)
    draft = draft_series(
        store,
        elder_id=gao.id,
        services=(ServiceLine(category_id=CHAT),),
        provider_ids=(gu.id,),
        begins_on=date(2026, 3, 24),
        starts=600,
        interval=Interval.WEEKLY,
        count=3,
    )
    steps = preview_series(store, series=draft, today=TODAY)
    assert [[clash.kind.value for clash in step.clashes] for step in steps] == [[], ["provider_busy"], []]
    with pytest.raises(ReasonWanted):
        begin(store, gao.id, gu.id, count=3)
    assert store.count(Series) == 0
    begin(store, gao.id, gu.id, count=3, reason="两家住隔壁")
    assert [visit.override_reason for visit in store.where(Visit, elder_id=gao.id)] == ["", "两家住隔壁", ""]


def test_paused_and_resumed(store: Store) -> None:
    gao, gu = elder(store), volunteer(store, visits_per_month=None)
    series = begin(store, gao.id, gu.id, until=date(2026, 4, 28))
    with store.operation("pause_series"):
        pause_series(store, series_id=series.id, since=date(2026, 4, 1), reason="住院", today=TODAY)
    assert planned(store) == ["03-24", "03-31"]
    with store.operation("extend_series"):
        extend_series(store, today=date(2026, 3, 30))
    assert planned(store) == ["03-24", "03-31"]
    with store.operation("resume_series"):
        resumed, visits = resume_series(store, series_id=series.id, on=date(2026, 4, 20), today=TODAY)
    assert [visit.day.isoformat() for visit in visits] == ["2026-04-21", "2026-04-28"]
    assert not resumed.is_paused
    assert planned(store) == ["03-24", "03-31", "04-21", "04-28"]


def test_a_need_stays_with_who_comes_while_its_series_rests(store: Store) -> None:
    gao, gu, tang = elder(store), volunteer(store, visits_per_month=None), volunteer(store, "汤立新")
    wanted = need(store, gao.id, CHAT, rhythm=Rhythm.WEEKLY)
    series = begin(store, gao.id, gu.id)
    first = store.all(Visit)[0]

    def now() -> tuple[NeedState, int | None]:
        found = store.get(Need, wanted.id)
        return found.state, found.claimed_by

    with store.operation("pause_series"):
        pause_series(store, series_id=series.id, since=date(2026, 3, 25), reason="住院", today=TODAY)
    with store.operation("finish_visit"):
        finish_visit(store, outcome=Outcome(visit_id=first.id), today=first.day)
    assert now() == (NeedState.BOOKED, gu.id)
    assert taken_meanwhile(store, series_id=series.id) == []
    lines = (ServiceLine(category_id=CHAT, need_id=wanted.id),)
    book(store, gao.id, tang.id, services=lines, day=date(2026, 4, 2), reason="先陪一次")
    (taken,) = taken_meanwhile(store, series_id=series.id)
    assert (taken[0].id, taken[1].name) == (wanted.id, "汤立新")
    undo(store)
    with store.operation("change_series"):
        change_series(
            store, series_id=series.id, provider_ids=(tang.id,), starts=600, minutes=45, cadre_id=None, today=TODAY
        )
    assert now() == (NeedState.BOOKED, tang.id)
    with store.operation("end_series"):
        end_series(store, series_id=series.id, after=TODAY, reason="换人", today=TODAY)
    assert now() == (NeedState.OPEN, None)
    undo(store)
    with store.operation("stop"):
        withdraw_provider(store, provider_id=tang.id, reason="不做了", today=TODAY)
    assert now() == (NeedState.OPEN, None)


def test_nothing_is_planned_for_somebody_who_is_away_until_they_are_back(store: Store) -> None:
    gao, gu, tang = elder(store), volunteer(store, visits_per_month=None), volunteer(store, "汤立新")
    alone = begin(store, gao.id, gu.id)
    both = begin(store, elder(store, "周荣生").id, gu.id, other_ids=(tang.id,))
    later = TODAY + timedelta(weeks=2)

    def away(until: date | None = None) -> list[tuple[int | None, str, tuple[int, ...]]]:
        with store.operation("pause_provider"):
            pause_provider(store, provider_id=gu.id, reason="住院", today=TODAY, until=until)
        due = due_visits(store, today=later)
        with store.operation("extend_series"):
            made = extend_series(store, today=later)
        assert (len(made), due_visits(store, today=later)) == (due, 0)
        return [(visit.series_id, visit.day.isoformat()[5:], visit.provider_ids) for visit in made]

    theirs = [(both.id, day, (tang.id,)) for day in ("05-19", "05-26")]
    assert away() == theirs
    with store.operation("resume_provider"):
        resume_provider(store, provider_id=gu.id, today=later)
    with store.operation("extend_series"):
        assert [visit.day.isoformat()[5:] for visit in extend_series(store, today=later)] == ["05-19", "05-26"]
    assert {visit.provider_ids for visit in store.where(Visit, series_id=alone.id)} == {(gu.id,)}
    for _ in range(4):
        undo(store)
    assert away(date(2026, 5, 20)) == [
        (alone.id, "05-26", (gu.id,)),
        theirs[0],
        (both.id, "05-26", (gu.id, tang.id)),
    ]


def test_from_now_on_another_person_or_none(store: Store) -> None:
    gao, gu, tang = elder(store), volunteer(store, visits_per_month=None), volunteer(store, "汤立新")
    need(store, gao.id, CHAT, rhythm=Rhythm.WEEKLY)
    series = begin(store, gao.id, gu.id, count=3)
    book(store, elder(store, "周荣生").id, tang.id, category_id=CHAT, day=date(2026, 3, 31), starts=900)
    plan = {"provider_ids": (tang.id,), "minutes": 45, "cadre_id": None}
    with pytest.raises(ReasonWanted), store.operation("change_series"):
        change_series(store, series_id=series.id, starts=900, today=TODAY, **plan)  # type: ignore[arg-type]
    with store.operation("change_series"):
        change_series(store, series_id=series.id, starts=970, today=TODAY, **plan)  # type: ignore[arg-type]
    mine = store.where(Visit, elder_id=gao.id)
    assert {(visit.provider_ids, visit.starts, visit.minutes) for visit in mine} == {((tang.id,), 970, 45)}
    assert {one.claimed_by for one in store.all(Need)} == {tang.id}
    with pytest.raises(Missing), store.operation("end_series"):
        end_series(store, series_id=series.id, after=date(2026, 3, 24), reason="", today=TODAY)
    with store.operation("end_series"):
        end_series(store, series_id=series.id, after=date(2026, 3, 24), reason="搬走了", today=TODAY)
    assert [visit.state for visit in store.where(Visit, elder_id=gao.id)] == [
        VisitState.PLANNED,
        VisitState.CANCELLED,
        VisitState.CANCELLED,
    ]


def test_the_statutory_days_of_a_year() -> None:
    days = [(holiday.day.isoformat()[5:], holiday.name) for holiday in statutory_holidays(2026)]
    assert days == [
        ("01-01", "元旦"),
        ("02-16", "春节"),
        ("02-17", "春节"),
        ("02-18", "春节"),
        ("02-19", "春节"),
        ("04-05", "清明"),
        ("05-01", "劳动节"),
        ("05-02", "劳动节"),
        ("06-19", "端午"),
        ("09-25", "中秋"),
        ("10-01", "国庆"),
        ("10-02", "国庆"),
        ("10-03", "国庆"),
    ]
    assert [holiday.day for holiday in statutory_holidays(2024) if holiday.name == "清明"] == [date(2024, 4, 4)]


def test_the_list_of_holidays_is_edited(store: Store) -> None:
    with store.operation("add_holidays"):
        assert len(add_holidays(store, new=statutory_holidays(2026), today=TODAY)) == 13
    with store.operation("add_holidays"):
        added = add_holidays(
            store, new=[*statutory_holidays(2026), Holiday(day=date(2026, 5, 3), name=" 劳动节 ")], today=TODAY
        )
    assert [holiday.name for holiday in added] == ["劳动节"]
    with store.operation("remove_holiday"):
        remove_holiday(store, holiday_id=added[0].id, today=TODAY)
    assert len(holidays(store, year=2026)) == 13
    with pytest.raises(Missing), store.operation("add_holidays"):
        add_holidays(store, new=[Holiday(day=date(2026, 5, 4))], today=TODAY)
