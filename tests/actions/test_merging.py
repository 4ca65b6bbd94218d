"""Two records of one elder become one, and two again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jiuliting_desk.actions.elders import next_elder_number, register_elder
from jiuliting_desk.actions.history import undo, undo_step
from jiuliting_desk.actions.merging import merge_elders, merge_view
from jiuliting_desk.model.cards import ServiceCard
from jiuliting_desk.model.elders import Elder, ElderState, Phone
from jiuliting_desk.model.errors import WrongState
from jiuliting_desk.model.merging import Side
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.providers import Provider, ProviderKind, Refusal
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.finding import find
from jiuliting_desk.store.tables import TABLES

DAY = date(2026, 3, 18)


def contents(store: Store) -> dict[str, list[Any]]:
    found = {table.table: store.rows(f"{table.select} ORDER BY id") for table in TABLES.values()}
    found["elder_row"] = store.rows("SELECT * FROM elder_row ORDER BY elder_id")
    return found


@pytest.fixture
def two(store: Store) -> tuple[Elder, Elder]:
    with store.operation("register_elder"):
        kept = register_elder(store, name="高莲英", phones=(Phone(number="10000004417"),), today=DAY)
        other = register_elder(store, name="高连英", phones=(Phone(number="66551234"),), health="高血压", today=DAY)
        providers = store.add_many([Provider(kind=ProviderKind.VOLUNTEER, name=name) for name in ("顾海宁", "钟毓秀")])
        for elder in (kept, other):
            store.add(Need(elder_id=elder.id, category_id=3, since=DAY))
            store.add(
                Pairing.begun(elder_id=elder.id, provider_id=providers[0], category_id=3, today=DAY, first_weeks=6)
            )
            store.add(Refusal(elder_id=elder.id, provider_id=providers[1], by_elder=True, reason="不合", said_on=DAY))
        store.add(Need(elder_id=other.id, category_id=1, since=DAY))
        store.add(ServiceCard(elder_id=other.id, number="0164", made_on=DAY))
    return kept, other


def test_both_are_shown_with_what_would_move(store: Store, two: tuple[Elder, Elder]) -> None:
    view = merge_view(store, kept_id=two[0].id, other_id=two[1].id)
    assert view.sides == {"name": Side.KEPT, "phones": Side.BOTH, "health": Side.OTHER}
    assert view.moved == {Need: 2, Refusal: 1, Pairing: 1, ServiceCard: 1}


def test_everything_goes_to_the_kept_one_and_back(store: Store, two: tuple[Elder, Elder]) -> None:
    kept, other = two
    before = contents(store)
    with store.operation("merge_elders") as operation:
        merged = merge_elders(store, kept_id=kept.id, other_id=other.id, sides={}, reason="合并重复", today=DAY)
    assert operation.about == "高莲英 0001 ← 高连英 0002"
    assert (merged.name, merged.health) == ("高莲英", "高血压")
    assert [phone.number for phone in merged.phones] == ["10000004417", "66551234"]
    assert store.find(Elder, other.id) is None
    needs = store.where(Need, elder_id=kept.id)
    assert [(need.category_id, need.state) for need in needs] == [
        (3, NeedState.OPEN),
        (3, NeedState.CLOSED),
        (1, NeedState.OPEN),
    ]
    assert [bond.is_active for bond in store.where(Pairing, elder_id=kept.id)] == [True, False]
    assert len(store.where(Refusal, elder_id=kept.id)) == 1
    assert [hit.record_id for hit in find(store, "0164")] == [kept.id]
    assert [hit.record_id for hit in find(store, "高连英")] == []
    undo(store)
    assert contents(store) == before
    assert [hit.record_id for hit in find(store, "高连英")] == [other.id]


def test_an_old_merge_is_undone_beside_later_work(store: Store, two: tuple[Elder, Elder]) -> None:
    kept, other = two
    with store.operation("merge_elders") as merging:
        merge_elders(store, kept_id=kept.id, other_id=other.id, sides={}, reason="合并重复", today=DAY)
    assert next_elder_number(store) == "0003"
    with store.operation("register_elder"):
        third = register_elder(store, name="马根宝", today=DAY)
    with store.operation("edit_elder"):
        store.update(replace(store.get(Elder, kept.id), notes="听沪剧"))
    assert third.number == "0003"
    undo_step(store, operation_id=merging.id)
    assert store.get(Elder, other.id) == other
    assert store.get(Elder, kept.id) == replace(kept, notes="听沪剧")
    assert len(store.where(Need, elder_id=other.id)) == 2


@pytest.mark.parametrize("gone_is_kept", [True, False])
def test_the_state_of_whoever_is_still_served_is_proposed(
    store: Store, two: tuple[Elder, Elder], gone_is_kept: bool
) -> None:
    gone, served = two if gone_is_kept else two[::-1]
    with store.operation("leave"):
        store.update(replace(gone, state=ElderState.MOVED, state_on=DAY, state_reason="搬走"))
    view = merge_view(store, kept_id=two[0].id, other_id=two[1].id)
    assert view.sides["state"] is (Side.OTHER if gone_is_kept else Side.KEPT)
    with store.operation("merge_elders"):
        one = merge_elders(store, kept_id=two[0].id, other_id=two[1].id, sides={}, reason="合并重复", today=DAY)
    assert (one.state, one.state_reason) == (served.state, "")
    assert NeedState.OPEN in {need.state for need in store.where(Need, elder_id=one.id)}
    assert all(card.is_valid for card in store.where(ServiceCard, elder_id=one.id))


def test_where_the_one_that_is_left_is_not_served_nothing_stands(store: Store, two: tuple[Elder, Elder]) -> None:
    kept, other = two
    with store.operation("leave"):
        store.update(replace(kept, state=ElderState.MOVED, state_on=DAY, state_reason="搬走"))
        provider = store.all(Provider)[0]
        visit = store.add(
            Visit(
                elder_id=other.id,
                services=(ServiceLine(category_id=1, need_id=store.where(Need, category_id=1)[0].id),),
                provider_ids=(provider.id,),
                day=DAY,
                starts=600,
                minutes=30,
            )
        )
        series = store.add(
            Series(
                elder_id=other.id,
                services=(ServiceLine(category_id=1),),
                provider_ids=(provider.id,),
                starts=600,
                minutes=30,
                interval=Interval.WEEKLY,
                begins_on=DAY,
            )
        )
    before = contents(store)
    with store.operation("merge_elders") as operation:
        one = merge_elders(
            store, kept_id=kept.id, other_id=other.id, sides={"state": Side.KEPT}, reason="合并重复", today=DAY
        )
    assert operation.about == "高莲英 0001 ← 高连英 0002"
    assert one.state is ElderState.MOVED
    cancelled = store.get(Visit, visit.id)
    assert (cancelled.elder_id, cancelled.state, cancelled.reason) == (one.id, VisitState.CANCELLED, "搬走")
    assert store.get(Series, series.id).ended_on is not None
    assert {need.state for need in store.where(Need, elder_id=one.id)} == {NeedState.CLOSED}
    assert not any(bond.is_active for bond in store.where(Pairing, elder_id=one.id))
    assert not any(card.is_valid for card in store.where(ServiceCard, elder_id=one.id))
    undo(store)
    assert contents(store) == before


def test_a_record_is_not_merged_with_itself(store: Store, two: tuple[Elder, Elder]) -> None:
    with pytest.raises(WrongState), store.operation("merge_elders"):
        merge_elders(store, kept_id=two[0].id, other_id=two[0].id, sides={}, reason="x", today=DAY)
