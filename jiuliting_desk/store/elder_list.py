"""The list of elders: filtered, counted and sorted as ids, its rows fetched by the screenful."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Any

from jiuliting_desk.model.elders import ElderState, Sex
from jiuliting_desk.store.search import match_expression, pieces, sort_key
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.visits import last_scores

ON_THE_LIST = frozenset({ElderState.ACTIVE, ElderState.PAUSED})
"""Whom the office serves now."""


class Standing(IntEnum):
    """Where an elder's most pressing need stands, in the order of the list."""

    WAITING = 0
    CLAIMED = 1
    """Somebody will go; no day is booked yet."""
    BOOKED = 2
    SERVED = 3
    PAUSED = 4
    NONE = 5


class ElderOrder(StrEnum):
    """By what the list can be sorted; equal ones by id."""

    STANDING = "standing"
    """By standing, then by the day since when the need waits."""
    NUMBER = "number"
    NAME = "name"
    AGE = "age"
    """The oldest last; those of unknown birth before them."""
    PLACE = "place"
    COMMITTEE = "committee"
    CATEGORY = "category"
    SEEN = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ElderFilter:
    """Which elders; each condition narrows the others."""

    text: str = ""
    committee_id: int | None = None
    compound_id: int | None = None
    tags: frozenset[str] = frozenset()
    """All of them."""
    standing: Standing | None = None
    category_id: int | None = None
    """Those with a waiting or booked need of it."""
    states: frozenset[ElderState] = ON_THE_LIST


@dataclass(frozen=True, slots=True, kw_only=True)
class ElderFacets:
    """Counts beside the filters: each as it would be with that one value chosen."""

    count: int
    """Elders that meet the whole filter."""
    total: int
    """Elders in these states, whatever else the filter says."""
    standings: dict[Standing, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElderRow:
    """What one line of the list shows."""

    id: int
    number: str
    name: str
    sex: Sex
    birth: str
    committee: str
    compound: str
    building: str
    unit: str
    room: str
    tags: tuple[str, ...]
    state: ElderState
    standing: Standing
    since: date | None
    category_id: int | None
    category: str
    paired: tuple[str, ...]
    """Names of those who are paired with the elder now."""
    seen_on: date | None
    score: int
    """The lowest score of the last evaluation, 0 where there is none."""


_ORDERS = {
    ElderOrder.NAME: "name_key {way}, elder_id",
    ElderOrder.PLACE: "coalesce((SELECT rank FROM place WHERE id = compound_id), 1000000) {way},"
    " CAST(building AS INTEGER) {way}, building {way}, CAST(room AS INTEGER) {way}, room {way}, elder_id",
    ElderOrder.STANDING: "standing {way}, since {way}, elder_id",
    ElderOrder.AGE: "birth {way}, elder_id",
    ElderOrder.SEEN: "coalesce(seen_on, '') {way}, elder_id",
    ElderOrder.NUMBER: "length(number) {way}, number {way}, elder_id",
    ElderOrder.COMMITTEE: "coalesce((SELECT name FROM committee WHERE id = committee_id), '') {way},"
    " standing, elder_id",
    ElderOrder.CATEGORY: "coalesce((SELECT c.position FROM need n JOIN category c ON c.id = n.category_id"
    " WHERE n.id = need_id), 9999) {way}, standing, since, elder_id",
}


def elder_ids(
    store: Store, only: ElderFilter, *, order: ElderOrder = ElderOrder.STANDING, descending: bool = False
) -> list[int]:
    """The ids of all elders that meet the filter, in order."""
    clause, values = _where(only)
    way = "DESC" if descending else "ASC"
    ranks = "{}"
    if order is ElderOrder.PLACE:
        ranks = _places_of_compounds(store)
    found: list[int] = json.loads(
        store.value(
            "WITH place AS MATERIALIZED (SELECT CAST(key AS INTEGER) AS id, value AS rank FROM json_each(?))"
            " SELECT json_group_array(elder_id) FROM"
            f" (SELECT elder_id FROM elder_row WHERE {clause} ORDER BY {_ORDERS[order].format(way=way)})",
            [ranks, *values],
        )
    )
    return found


def _places_of_compounds(store: Store) -> str:
    """The place of each compound by name, as JSON: {"12": 0}."""
    names = sorted((sort_key(name), compound_id) for compound_id, name in store.rows("SELECT id, name FROM compound"))
    return json.dumps({compound_id: place for place, (_, compound_id) in enumerate(names)})


def facets(store: Store, only: ElderFilter) -> ElderFacets:
    """The counts beside the filters."""
    clause, values = _where(only, with_choices=False)
    count = 0
    standings: dict[Standing, int] = dict.fromkeys(Standing, 0)
    tags: dict[str, int] = {}
    for standing, texts, number in store.rows(
        f"SELECT standing, tags, count(*) FROM elder_row WHERE {clause} GROUP BY standing, tags", values
    ):
        worn = _worn(texts)
        if not only.tags <= worn:
            continue
        standings[Standing(standing)] += number
        if only.standing is None or only.standing == standing:
            count += number
            for tag in worn:
                tags[tag] = tags.get(tag, 0) + number
    if only == ElderFilter(states=only.states):
        total = count
    else:
        states = ",".join(f"'{state.value}'" for state in sorted(only.states))
        total = store.value(f"SELECT count(*) FROM elder_row WHERE state IN ({states})")
    return ElderFacets(count=count, total=total, standings=standings, tags=tags)


@lru_cache(maxsize=4096)
def _worn(texts: str) -> frozenset[str]:
    """The tags in a row's text; few texts are worn by many."""
    return frozenset(json.loads(texts))


def _where(only: ElderFilter, *, with_choices: bool = True) -> tuple[str, list[Any]]:
    """The condition on elder_row; tags and standing, which have counts of their own, can be left out."""
    parts = ["state IN ({})".format(",".join("?" * len(only.states)))]
    values: list[Any] = [state.value for state in sorted(only.states)]
    for column in ("committee_id", "compound_id"):
        wanted = getattr(only, column)
        if wanted is not None:
            parts.append(f"{column} = ?")
            values.append(wanted)
    if only.category_id is not None:
        parts.append(
            "elder_id IN (SELECT elder_id FROM need WHERE category_id = ? AND state IN ('open', 'claimed', 'booked'))"
        )
        values.append(only.category_id)
    words = pieces(only.text)
    if words:
        parts.append("elder_id IN (SELECT rowid / 8 FROM search WHERE search MATCH ? AND rowid % 8 = 0)")
        values.append(match_expression(words))
    elif only.text.strip():
        parts.append("0")
    if with_choices:
        if only.standing is not None:
            parts.append("standing = ?")
            values.append(int(only.standing))
        for tag in sorted(only.tags):
            parts.append("instr(tags, ?) > 0")
            values.append(json.dumps(tag, ensure_ascii=False))
    return " AND ".join(parts), values


def elder_rows(store: Store, ids: Sequence[int]) -> list[ElderRow]:
    """The lines of some elders, in the order of ``ids``; those that are gone are left out."""
    listed = (json.dumps(list(ids)),)
    paired: dict[int, list[str]] = {}
    for elder_id, name in store.rows(
        "SELECT p.elder_id, v.name FROM pairing p JOIN provider v ON v.id = p.provider_id"
        " WHERE p.ended_on IS NULL AND p.elder_id IN (SELECT value FROM json_each(?)) ORDER BY p.pinned DESC, p.id",
        listed,
    ):
        names = paired.setdefault(elder_id, [])
        if name not in names:
            names.append(name)
    scores = last_scores(store, ids)
    found = {
        row[0]: ElderRow(
            id=row[0],
            number=row[1],
            name=row[2],
            sex=Sex(row[3]),
            birth=row[4],
            committee=row[5],
            compound=row[6],
            building=row[7],
            unit=row[8],
            room=row[9],
            tags=tuple(json.loads(row[10])),
            state=ElderState(row[11]),
            standing=Standing(row[12]),
            since=date.fromisoformat(row[13]) if row[13] else None,
            category_id=row[14],
            category=row[15],
            paired=tuple(paired.get(row[0], ())),
            seen_on=date.fromisoformat(row[16]) if row[16] else None,
            score=scores.get(row[0], 0),
        )
        for row in store.rows(
            "SELECT e.id, e.number, e.name, e.sex, e.birth, coalesce(m.name, ''), coalesce(c.name, ''), e.building,"
            " e.unit, e.room, e.tags, e.state, r.standing, r.since, n.category_id, coalesce(g.name, ''), e.seen_on"
            " FROM elder e JOIN elder_row r ON r.elder_id = e.id LEFT JOIN committee m ON m.id = e.committee_id"
            " LEFT JOIN compound c ON c.id = e.compound_id LEFT JOIN need n ON n.id = r.need_id"
            " LEFT JOIN category g ON g.id = n.category_id WHERE e.id IN (SELECT value FROM json_each(?))",
            listed,
        )
    }
    return [found[elder_id] for elder_id in ids if elder_id in found]
