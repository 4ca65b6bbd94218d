"""Queries about visits: by day, person and series; who is busy, how full a month is, what was had this year."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped
from jiuliting_desk.store.visit_tables import SPAN

OPEN_STATES = frozenset({VisitState.PLANNED, VisitState.UNDER_WAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFilter:
    """Which visits of some days; each condition narrows the others."""

    committee_id: int | None = None
    cadre_id: int | None = None
    provider_id: int | None = None
    category_id: int | None = None
    elder_id: int | None = None
    states: frozenset[VisitState] = frozenset(VisitState)


def between(store: Store, first: date, last: date, only: VisitFilter | None = None) -> list[Visit]:
    """The visits of some days, by day and time."""
    only = only or VisitFilter()
    parts = ["day BETWEEN ? AND ?"]
    values: list[Any] = [first.isoformat(), last.isoformat()]
    for column, value in (
        ("committee_id", only.committee_id),
        ("cadre_id", only.cadre_id),
        ("elder_id", only.elder_id),
    ):
        if value is not None:
            # The days are few and the people's visits many or few: let the day's index lead, except for one elder.
            parts.append(f"{column if column == 'elder_id' else '+' + column} = ?")
            # As a number: behind a plus a column no longer makes one of a text.
            values.append(value)
    if only.provider_id is not None:
        parts.append(f"id IN (SELECT id / {SPAN} FROM visit_provider WHERE provider_id = ? AND day BETWEEN ? AND ?)")
        values += [only.provider_id, first.isoformat(), last.isoformat()]
    if only.category_id is not None:
        parts.append("EXISTS (SELECT 1 FROM json_each(services) WHERE value ->> 'category_id' = ?)")
        values.append(only.category_id)
    if only.states != frozenset(VisitState):
        states = sorted(only.states)
        parts.append(f"+state IN ({','.join('?' * len(states))})")
        values += states
    return _visits(store, f"WHERE {' AND '.join(parts)} ORDER BY day, starts, id", values)


def _visits(store: Store, clause: str, values: Sequence[Any]) -> list[Visit]:
    table = mapped(Visit)
    return table.records(store.rows(f"{table.select} {clause}", values))


def of_elder(store: Store, elder_id: int, *, limit: int = 50) -> list[Visit]:
    """An elder's visits, the latest first."""
    return _visits(store, "WHERE elder_id = ? ORDER BY day DESC, starts DESC LIMIT ?", (elder_id, limit))


def next_of_elder(store: Store, elder_id: int, *, today: date) -> list[Visit]:
    """An elder's visits that lie ahead or are going on, the next first."""
    return _visits(
        store,
        "WHERE elder_id = ? AND day >= ? AND state IN ('planned', 'under_way') ORDER BY day, starts",
        (elder_id, today.isoformat()),
    )


def last_done(store: Store, elder_id: int, *, provider_id: int | None = None) -> Visit | None:
    """The elder's last visit that took place, or the last by one provider."""
    by = "" if provider_id is None else " AND EXISTS (SELECT 1 FROM json_each(provider_ids) WHERE value = ?)"
    found = _visits(
        store,
        f"WHERE elder_id = ? AND state = 'done'{by} ORDER BY day DESC, starts DESC LIMIT 1",
        (elder_id, *(() if provider_id is None else (provider_id,))),
    )
    return found[0] if found else None


def of_provider(store: Store, provider_id: int, *, limit: int = 200) -> list[Visit]:
    """A provider's visits, the latest first."""
    ids = store.rows(
        f"SELECT id / {SPAN} FROM visit_provider WHERE provider_id = ? ORDER BY day DESC, id DESC LIMIT ?",
        (provider_id, limit),
    )
    found = store.get_many(Visit, [row[0] for row in ids])
    return sorted(found.values(), key=lambda visit: (visit.day, visit.starts), reverse=True)


def busy(
    store: Store,
    first: date,
    last: date,
    *,
    provider_ids: Iterable[int] = (),
    elder_id: int | None = None,
    cadre_id: int | None = None,
) -> list[Visit]:
    """Open visits of some days that need one of these providers, this elder or this cadre."""
    days = (first.isoformat(), last.isoformat())
    ids: set[int] = set()
    for provider_id in provider_ids:
        rows = store.rows(
            f"SELECT id / {SPAN} FROM visit_provider WHERE provider_id = ? AND day BETWEEN ? AND ?"
            " AND state IN ('planned', 'under_way')",
            (provider_id, *days),
        )
        ids.update(row[0] for row in rows)
    for column, value in (("elder_id", elder_id), ("cadre_id", cadre_id)):
        if value is not None:
            rows = store.rows(
                f"SELECT id FROM visit WHERE {column} = ? AND day BETWEEN ? AND ?"
                " AND state IN ('planned', 'under_way')",
                (value, *days),
            )
            ids.update(row[0] for row in rows)
    found = store.get_many(Visit, ids)
    return sorted(found.values(), key=lambda visit: (visit.day, visit.starts, visit.id))


def counts_in_year(store: Store, elder_id: int, year: int, *, without: int = 0) -> dict[int, tuple[int, int]]:
    """How often an elder had each service in a year, and has it planned, one visit left out."""
    rows = store.rows(
        f"SELECT category_id, count(DISTINCT CASE state WHEN 'done' THEN id / {SPAN} END),"
        f" count(DISTINCT CASE WHEN state IN ('planned', 'under_way') THEN id / {SPAN} END)"
        f" FROM visit_service WHERE elder_id = ? AND day BETWEEN ? AND ? AND id / {SPAN} <> ? GROUP BY category_id",
        (elder_id, f"{year}-01-01", f"{year}-12-31", without),
    )
    return {category_id: (used, planned) for category_id, used, planned in rows}


def times_served(store: Store, elder_id: int) -> dict[int, int]:
    """How often each provider has been with an elder."""
    return dict(
        store.rows(
            "SELECT p.value, count(*) FROM visit v, json_each(v.provider_ids) p"
            " WHERE v.elder_id = ? AND v.state = 'done'"
            " AND NOT EXISTS (SELECT 1 FROM json_each(v.absent_ids) a WHERE a.value = p.value) GROUP BY p.value",
            (elder_id,),
        )
    )


def is_planned(store: Store, need_id: int, *, without: int = 0) -> bool:
    """Whether another visit for the need lies ahead or is going on."""
    found = store.value(
        "SELECT 1 FROM visit_service WHERE need_id = ? AND state IN ('planned', 'under_way')"
        f" AND id / {SPAN} <> ? LIMIT 1",
        (need_id, without),
    )
    return found is not None


def goers(store: Store, need_id: int, *, since: date, without: int = 0) -> list[int]:
    """Who goes to a need at visits planned from a day on or going on, but for one visit; the first to go first."""
    rows = store.rows(
        "SELECT DISTINCT s.day, s.id, p.id, p.provider_id FROM visit_service s CROSS JOIN visit_provider p"
        f" ON p.id BETWEEN s.id / {SPAN} * {SPAN} AND s.id / {SPAN} * {SPAN} + {SPAN - 1}"
        f" WHERE s.need_id = ? AND s.state IN ('planned', 'under_way') AND s.id / {SPAN} <> ?"
        " AND (s.day >= ? OR s.state = 'under_way') ORDER BY 1, 2, 3",
        (need_id, without, since.isoformat()),
    )
    return list(dict.fromkeys(row[3] for row in rows))


def of_need(store: Store, need_id: int) -> list[Visit]:
    """The visits, in any state, that meet or were to meet a need, by day."""
    rows = store.rows(f"SELECT DISTINCT id / {SPAN} FROM visit_service WHERE need_id = ?", (need_id,))
    found = store.get_many(Visit, [row[0] for row in rows])
    return sorted(found.values(), key=lambda visit: (visit.day, visit.starts, visit.id))


def stand_ins_before(store: Store, *, day: date) -> list[int]:
    """The ids of needs that still wait for somebody to go in place of a cancelled visit of an earlier day."""
    rows = store.rows(
        "SELECT n.id FROM need n CROSS JOIN visit v ON v.id = n.stands_in_for"
        " WHERE n.stands_in_for IS NOT NULL AND n.state IN ('open', 'claimed') AND v.day < ? ORDER BY n.id",
        (day.isoformat(),),
    )
    return [row[0] for row in rows]


def stood_in_for(store: Store, *, since: date) -> list[int]:
    """The ids of cancelled visits from a day on in whose place somebody is still sought."""
    rows = store.rows(
        "SELECT DISTINCT v.id FROM need n CROSS JOIN visit v ON v.id = n.stands_in_for"
        " WHERE n.stands_in_for IS NOT NULL AND n.state IN ('open', 'claimed') AND v.day >= ?",
        (since.isoformat(),),
    )
    return [row[0] for row in rows]


def planned_of_provider(store: Store, provider_id: int) -> list[Visit]:
    """A provider's planned visits, past ones that nobody recorded included."""
    rows = store.rows(
        f"SELECT id / {SPAN} FROM visit_provider WHERE provider_id = ? AND state = 'planned' ORDER BY day",
        (provider_id,),
    )
    return list(store.get_many(Visit, [row[0] for row in rows]).values())


def of_series(store: Store, series_id: int, *, first: date) -> list[Visit]:
    """The open visits of a series from a day on."""
    return _visits(
        store,
        "WHERE series_id = ? AND day >= ? AND state IN ('planned', 'under_way') ORDER BY day",
        (series_id, first.isoformat()),
    )


def days_of_series(store: Store, series_id: int) -> set[date]:
    """The days on which a series has a visit in any state, as first planned or moved to."""
    rows = store.rows("SELECT day FROM visit WHERE series_id = ?", (series_id,))
    return {date.fromisoformat(row[0]) for row in rows}


def ahead_of_series(store: Store, *, today: date) -> dict[int, tuple[date, int]]:
    """The first day and the number of the visits that are planned from today on, by series."""
    rows = store.rows(
        "SELECT series_id, min(day), count(*) FROM visit WHERE series_id IS NOT NULL AND state = 'planned'"
        " AND day >= ? GROUP BY series_id",
        (today.isoformat(),),
    )
    return {row[0]: (date.fromisoformat(row[1]), row[2]) for row in rows}


def planned_by_day(store: Store, days: Iterable[date]) -> dict[date, int]:
    """How many planned visits fall on each of some days; days without are left out."""
    rows = store.rows(
        "SELECT day, count(*) FROM visit WHERE day IN (SELECT value FROM json_each(?)) AND state = 'planned'"
        " GROUP BY day",
        (json.dumps([day.isoformat() for day in days]),),
    )
    return {date.fromisoformat(row[0]): row[1] for row in rows}


def last_scores(store: Store, elder_ids: Iterable[int]) -> dict[int, int]:
    """The lowest score on the latest evaluation of each elder, those without one left out."""
    rows = store.rows(
        "SELECT e.value, f.punctual, f.manner, f.work, f.overall FROM json_each(?) e JOIN feedback f ON f.visit_id ="
        " (SELECT v.id FROM visit v JOIN feedback g ON g.visit_id = v.id WHERE v.elder_id = e.value"
        " AND v.state = 'done' ORDER BY v.day DESC, v.starts DESC LIMIT 1)",
        (json.dumps(sorted(set(elder_ids))),),
    )
    found = {row[0]: min((score for score in row[1:] if score), default=0) for row in rows}
    return {elder_id: score for elder_id, score in found.items() if score}
