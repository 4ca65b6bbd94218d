"""A provider's month and the day they were last asked are the same on every page."""

from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.actions.callers import who_could_go
from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.actions.matching import read_inputs
from jiuliting_desk.actions.matching_lists import resting_lines
from jiuliting_desk.actions.pairings import claim_need
from jiuliting_desk.actions.provider_list import ProviderFilter, filtered, provider_rows
from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.actions.today import morning
from jiuliting_desk.model.barriers import Load
from jiuliting_desk.model.needs import Rhythm
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import ServiceLine
from jiuliting_desk.store import Store
from jiuliting_desk.store.asking import last_asked
from jiuliting_desk.store.loads import month_loads
from tests.actions.people import CHAT, HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import NEXT_WEDNESDAY, book, done

NEXT_MONTH = date(2026, 4, 8)


def visits(store: Store, provider_id: int, month: date = TODAY, **without: object) -> int:
    return month_loads(store, month=month, provider_ids=[provider_id], **without).get(provider_id, Load()).visits  # type: ignore[arg-type]


def taken(store: Store, provider_id: int, elder_id: int, category_id: int = HAIRCUT, **more: object) -> int:
    wanted = need(store, elder_id, category_id, **more)
    with store.operation("claim_need"):
        claim_need(store, need_id=wanted.id, provider_id=provider_id, today=TODAY)
    return wanted.id


def test_visits_without_a_need_count_when_planned_and_when_done(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    done(store, gao.id, gu.id, day=TODAY - timedelta(days=3))
    book(store, gao.id, gu.id)
    book(store, gao.id, gu.id, day=NEXT_MONTH)
    assert month_loads(store, month=TODAY)[gu.id] == Load(visits=2, minutes=60)
    assert visits(store, gu.id, NEXT_MONTH) == 1


def test_a_need_counts_once_with_its_visit_and_in_the_month_of_it(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    wanted = taken(store, gu.id, gao.id)
    assert visits(store, gu.id) == visits(store, gu.id, NEXT_MONTH) == 1
    booked = book(store, gao.id, gu.id, services=(ServiceLine(category_id=HAIRCUT, need_id=wanted),))
    assert (visits(store, gu.id), visits(store, gu.id, NEXT_MONTH)) == (1, 0)
    assert visits(store, gu.id, without_needs=[wanted]) == 1
    assert visits(store, gu.id, without_needs=[wanted], without_visit=booked.id) == 0


def test_a_single_need_booked_twice_counts_for_each_in_the_month_of_their_own_visit(store: Store) -> None:
    gao, gu, other = elder(store), volunteer(store), volunteer(store, "沈另文")
    wanted = taken(store, gu.id, gao.id)
    services = (ServiceLine(category_id=HAIRCUT, need_id=wanted),)
    book(store, gao.id, gu.id, services=services)
    book(store, gao.id, other.id, day=NEXT_MONTH, services=services)
    assert (visits(store, gu.id), visits(store, gu.id, NEXT_MONTH)) == (1, 0)
    assert (visits(store, other.id), visits(store, other.id, NEXT_MONTH)) == (0, 1)
    planned = read_inputs(store, today=TODAY, month=TODAY).situation.providers
    assert [row.booked_elders for row in planned if row.id == other.id] == [frozenset()]


def test_a_weekly_need_takes_four_visits_of_every_month(store: Store) -> None:
    gao, gu = elder(store), volunteer(store, visits_per_month=8)
    wanted = taken(store, gu.id, gao.id, CHAT, rhythm=Rhythm.WEEKLY)
    book(store, gao.id, gu.id, services=(ServiceLine(category_id=CHAT, need_id=wanted),))
    assert visits(store, gu.id) == visits(store, gu.id, NEXT_MONTH) == 4
    assert visits(store, gu.id, without_needs=[wanted]) == 1


def test_one_who_goes_along_went_too(store: Store) -> None:
    gao, gu, other = elder(store), volunteer(store), volunteer(store, "沈另文")
    wanted = taken(store, gu.id, gao.id, CHAT, rhythm=Rhythm.WEEKLY)
    services = (ServiceLine(category_id=CHAT, need_id=wanted),)
    book(store, gao.id, gu.id, other.id, day=NEXT_WEDNESDAY, services=services)
    assert (visits(store, gu.id), visits(store, other.id)) == (4, 1)


def test_every_page_tells_the_same_month_and_the_same_asking(store: Store) -> None:
    with store.operation("demo"):
        fill_with_demo(store, elders=60, volunteers=24, visits=300, seed=4, today=TODAY)
    rows = provider_rows(store, today=TODAY)
    listed = {row.provider.id: row.load for row in rows}
    planned = {row.id: row for row in read_inputs(store, today=TODAY).situation.providers}
    alone = month_loads(store, month=TODAY, provider_ids=list(listed))
    assert sum(load.visits for load in listed.values()) > 20
    for provider_id, load in listed.items():
        assert alone.get(provider_id, Load()) == load
        if provider_id in planned:
            assert (planned[provider_id].booked_visits, planned[provider_id].booked_minutes) == (
                load.visits,
                load.minutes,
            )
    days = number_setting(store, "unasked_days")
    unasked = filtered(rows, ProviderFilter(unasked=True), today=TODAY, unasked_days=days)
    rested = {line.provider_id for line in resting_lines(store, today=TODAY)}
    assert {row.provider.id for row in unasked} == rested
    assert morning(store, today=TODAY).unasked.count == len(rested)


def test_the_phone_desk_tells_the_month_of_the_list(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    done(store, gao.id, gu.id, day=TODAY - timedelta(days=3))
    taken(store, gu.id, gao.id, CHAT)
    (offered,) = who_could_go(store, elder_id=gao.id, category_id=HAIRCUT, today=TODAY)
    (row,) = provider_rows(store, today=TODAY)
    assert offered.load == row.load == Load(visits=2, minutes=row.load.minutes)


def test_who_went_or_goes_soon_was_asked(store: Store) -> None:
    gao = elder(store)
    went, goes, never = volunteer(store, "去过"), volunteer(store, "要去"), volunteer(store, "没去")
    done(store, gao.id, went.id, day=TODAY - timedelta(days=30))
    with store.operation("visit"):
        store.update(replace(store.get(Provider, went.id), asked_on=None))
    book(store, gao.id, goes.id, starts=600)
    assert last_asked(store, today=TODAY).get(goes.id) == TODAY
    assert last_asked(store, today=TODAY).get(went.id) == TODAY - timedelta(days=30)
    assert never.id not in last_asked(store, today=TODAY)
