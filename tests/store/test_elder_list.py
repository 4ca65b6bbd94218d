"""The list of elders: filters, counts beside them, order, and rows; always in step with the records."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiuliting_desk.actions.history import redo, undo
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.store import Store
from jiuliting_desk.store.elder_list import (
    ElderFilter,
    ElderOrder,
    Standing,
    elder_ids,
    elder_rows,
    facets,
)
from jiuliting_desk.store.elder_rows import ROWS_OF

DAY = date(2026, 3, 18)


def made_anew(store: Store) -> list[Any]:
    """The rows as they are after all is made anew, in a copy."""
    select = ROWS_OF[ROWS_OF.index("SELECT e.id") :]
    return store.rows(f"{select} ORDER BY e.id")


def kept(store: Store) -> list[Any]:
    return store.rows("SELECT * FROM elder_row ORDER BY elder_id")


@pytest.fixture
def people(store: Store) -> dict[str, int]:
    """Six elders by their names."""
    with store.operation("register"):
        north = store.add(ResidentsCommittee(name="亭北居民区"))
        south = store.add(ResidentsCommittee(name="望桥居民区"))
        old = store.add(Compound(name="亭北新村", committee_id=north.id))
        new = store.add(Compound(name="望桥里", committee_id=south.id))
        elders = [
            Elder(name="高莲英", number="0137", tags=("独居", "高龄"), birth="1944-02", building="12", room="301"),
            Elder(name="马根宝", number="0164", tags=("高龄",), birth="1945", building="2", room="401"),
            Elder(name="安阿毛", number="10001", tags=("独居",), building="12", room="1001"),
            Elder(name="罗文娟", number="0236", state=ElderState.PAUSED, birth="1930"),
            Elder(name="韩秀兰", number="0258"),
            Elder(name="许秀兰", number="0298", state=ElderState.DECEASED, tags=("独居",)),
        ]
        ids = []
        for place, elder in enumerate(elders):
            home = old if place < 3 else new
            ids.append(store.add(replace(elder, compound_id=home.id, committee_id=home.committee_id)).id)
        gao, ma, an, luo, _, xu = ids
        store.add(Need(elder_id=gao, category_id=3, since=DAY - timedelta(days=20), state=NeedState.CLAIMED))
        store.add(Need(elder_id=gao, category_id=1, since=DAY - timedelta(days=9)))
        store.add(Need(elder_id=ma, category_id=2, since=DAY - timedelta(days=3)))
        store.add(Need(elder_id=an, category_id=1, since=DAY, state=NeedState.BOOKED))
        store.add(Need(elder_id=an, category_id=4, since=DAY, state=NeedState.SERVED))
        store.add(Need(elder_id=luo, category_id=4, since=DAY))
        store.add(Need(elder_id=xu, category_id=4, since=DAY, state=NeedState.CLOSED))
        provider = store.add(Provider(kind=ProviderKind.VOLUNTEER, name="顾海宁"))
        store.add(Pairing.begun(elder_id=gao, provider_id=provider.id, category_id=3, today=DAY, first_weeks=6))
        store.add(Pairing.begun(elder_id=gao, provider_id=provider.id, category_id=1, today=DAY, first_weeks=6))
    return {elder.name: elder_id for elder, elder_id in zip(elders, ids, strict=True)}


def names(store: Store, only: ElderFilter, **order: Any) -> list[str]:
    return [row.name for row in elder_rows(store, elder_ids(store, only, **order))]


def test_the_longest_waiting_come_first(store: Store, people: dict[str, int]) -> None:
    assert names(store, ElderFilter()) == ["高莲英", "马根宝", "安阿毛", "罗文娟", "韩秀兰"]
    assert names(store, ElderFilter(), descending=True)[0] == "韩秀兰"


def test_a_row_shows_the_most_pressing_need(store: Store, people: dict[str, int]) -> None:
    gao, ma, an, luo, han = elder_rows(store, elder_ids(store, ElderFilter()))
    assert (gao.category, gao.standing, gao.since) == ("陪伴聊天", Standing.WAITING, DAY - timedelta(days=9))
    assert (gao.compound, gao.committee, gao.tags, gao.paired) == (
        "亭北新村",
        "亭北居民区",
        ("独居", "高龄"),
        ("顾海宁",),
    )
    assert (ma.category, ma.paired) == ("居家清洁", ())
    assert (an.category, an.standing) == ("陪伴聊天", Standing.BOOKED)
    assert (luo.standing, luo.category) == (Standing.PAUSED, "清洗空调")
    assert (han.standing, han.category, han.since) == (Standing.NONE, "", None)


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (ElderFilter(text="莲英"), ["高莲英"]),
        (ElderFilter(text="gly"), ["高莲英"]),
        (ElderFilter(text="亭北 12"), ["高莲英", "安阿毛"]),
        (ElderFilter(text="？"), []),
        (ElderFilter(tags=frozenset({"独居"})), ["高莲英", "安阿毛"]),
        (ElderFilter(tags=frozenset({"独居", "高龄"})), ["高莲英"]),
        (ElderFilter(tags=frozenset({"独"})), []),
        (ElderFilter(standing=Standing.WAITING), ["高莲英", "马根宝"]),
        (ElderFilter(category_id=1), ["高莲英", "安阿毛"]),
        (ElderFilter(states=frozenset({ElderState.DECEASED})), ["许秀兰"]),
        (ElderFilter(states=frozenset(ElderState), text="秀兰"), ["韩秀兰", "许秀兰"]),
    ],
)
def test_filters_narrow(store: Store, people: dict[str, int], only: ElderFilter, expected: list[str]) -> None:
    assert names(store, only) == expected
    assert facets(store, only).count == len(expected)


def test_whose_need_is_claimed_comes_behind_those_for_whom_nobody_goes_yet(
    store: Store, people: dict[str, int]
) -> None:
    (wanted,) = store.where(Need, elder_id=people["高莲英"], category_id=1)
    with store.operation("claim_need"):
        store.update(replace(wanted, state=NeedState.CLAIMED))
    assert names(store, ElderFilter()) == ["马根宝", "高莲英", "安阿毛", "罗文娟", "韩秀兰"]
    assert names(store, ElderFilter(standing=Standing.WAITING)) == ["马根宝"]
    assert names(store, ElderFilter(standing=Standing.CLAIMED)) == ["高莲英"]
    (row,) = elder_rows(store, [people["高莲英"]])
    assert (row.standing, row.category) == (Standing.CLAIMED, "理发")


def test_places_narrow(store: Store, people: dict[str, int]) -> None:
    committees = {each.name: each.id for each in store.all(ResidentsCommittee)}
    compounds = {each.name: each.id for each in store.all(Compound)}
    assert names(store, ElderFilter(committee_id=committees["望桥居民区"])) == ["罗文娟", "韩秀兰"]
    assert names(store, ElderFilter(compound_id=compounds["亭北新村"])) == ["高莲英", "马根宝", "安阿毛"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ElderOrder.NUMBER, ["0137", "0164", "0236", "0258", "10001"]),
        (ElderOrder.NAME, ["10001", "0137", "0258", "0236", "0164"]),
        (ElderOrder.AGE, ["10001", "0258", "0236", "0137", "0164"]),
        (ElderOrder.PLACE, ["0164", "0137", "10001", "0236", "0258"]),
        (ElderOrder.COMMITTEE, ["0137", "0164", "10001", "0236", "0258"]),
        (ElderOrder.CATEGORY, ["0137", "10001", "0164", "0236", "0258"]),
        (ElderOrder.SEEN, ["0137", "0164", "10001", "0236", "0258"]),
    ],
)
def test_every_column_sorts(store: Store, people: dict[str, int], order: ElderOrder, expected: list[str]) -> None:
    assert [row.number for row in elder_rows(store, elder_ids(store, ElderFilter(), order=order))] == expected
    down = elder_ids(store, ElderFilter(), order=order, descending=True)
    assert sorted(down) == sorted(elder_ids(store, ElderFilter(), order=order))


def test_counts_stand_beside_the_filters(store: Store, people: dict[str, int]) -> None:
    found = facets(store, ElderFilter())
    assert (found.count, found.total) == (5, 5)
    assert found.standings == {
        Standing.WAITING: 2,
        Standing.CLAIMED: 0,
        Standing.BOOKED: 1,
        Standing.SERVED: 0,
        Standing.PAUSED: 1,
        Standing.NONE: 1,
    }
    assert found.tags == {"独居": 2, "高龄": 2}
    chosen = facets(store, ElderFilter(tags=frozenset({"独居"}), standing=Standing.WAITING))
    assert (chosen.count, chosen.total, chosen.tags) == (1, 5, {"独居": 1, "高龄": 1})
    assert (chosen.standings[Standing.WAITING], chosen.standings[Standing.BOOKED]) == (1, 1)


def test_rows_follow_every_change_and_its_undo(store: Store, people: dict[str, int]) -> None:
    with store.operation("change"):
        ma = store.get(Elder, people["马根宝"])
        store.update(replace(ma, tags=(), state=ElderState.PAUSED))
        first = store.where(Need, elder_id=people["高莲英"])[0]
        store.update(replace(first, elder_id=people["韩秀兰"]))
        store.remove(store.where(Need, elder_id=people["安阿毛"])[0])
        store.remove(store.where(Need, elder_id=people["许秀兰"])[0])
        store.remove(store.get(Elder, people["许秀兰"]))
    assert kept(store) == made_anew(store)
    for step in (undo, redo, undo, undo, redo):
        step(store)
        assert kept(store) == made_anew(store)


def test_rows_of_other_rules_are_made_anew_at_opening(store: Store, people: dict[str, int], open_store: Any) -> None:
    before = kept(store)
    store.execute("UPDATE fact SET value = 'old' WHERE key = 'elder_row_rules'")
    store.execute("DELETE FROM elder_row WHERE elder_id > 2")
    store.close()
    again = open_store()
    assert kept(again) == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tags=st.frozensets(st.sampled_from(["独居", "高龄", "低保"])),
    standing=st.none() | st.sampled_from(list(Standing)),
    states=st.frozensets(st.sampled_from(list(ElderState)), min_size=1),
    text=st.sampled_from(["", "兰", "12", "g", "亭北"]),
)
def test_counts_are_those_of_the_list(
    store: Store,
    people: dict[str, int],
    tags: frozenset[str],
    standing: Standing | None,
    states: frozenset[ElderState],
    text: str,
) -> None:
    only = ElderFilter(tags=tags, standing=standing, states=states, text=text)
    found = facets(store, only)
    assert found.count == len(elder_ids(store, only))
    for tag, number in found.tags.items():
        assert number == len(elder_ids(store, replace(only, tags=tags | {tag})))
    for each, number in found.standings.items():
        assert number == len(elder_ids(store, replace(only, standing=each)))
