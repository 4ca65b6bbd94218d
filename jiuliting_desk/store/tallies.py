"""Queries behind tallies: grouped figures, and the visits behind each of them."""

from collections.abc import Iterable
from typing import Any

from jiuliting_desk.model.tallies import AGE_BANDS, Dimension, Figures, Key, TallyFilter
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.visit_tables import SPAN

_AGE = (
    "CASE WHEN length(e.birth) >= 4 THEN CAST(substr(s.day, 1, 4) AS INTEGER) - CAST(substr(e.birth, 1, 4) AS INTEGER)"
    " - (length(e.birth) >= 7 AND substr(s.day, 6) < substr(e.birth, 6)) END"
)

_KEYS: dict[Dimension, str] = {
    Dimension.CATEGORY: "s.category_id",
    Dimension.MONTH: "substr(s.day, 1, 7)",
    Dimension.COMMITTEE: "coalesce(s.committee_id, 0)",
    Dimension.COMPOUND: "coalesce(s.compound_id, 0)",
    Dimension.PROVIDER: "p.provider_id",
    Dimension.AGE_BAND: "coalesce(CASE "
    + " ".join(f"WHEN {_AGE} >= {lowest} THEN {lowest}" for lowest in reversed(AGE_BANDS))
    + " END, -1)",
}

_JOINS: dict[Dimension, str] = {
    Dimension.PROVIDER: f" JOIN visit_provider p ON p.id BETWEEN s.id / {SPAN} * {SPAN} AND s.id / {SPAN} * {SPAN}"
    f" + {SPAN - 1} AND p.state = 'done'",
    Dimension.AGE_BAND: " JOIN elder e ON e.id = s.elder_id",
}

_LABELS: dict[Dimension, str] = {
    Dimension.CATEGORY: "SELECT id, name FROM category ORDER BY position, id",
    Dimension.COMMITTEE: "SELECT id, name FROM committee ORDER BY id",
    Dimension.COMPOUND: "SELECT id, name FROM compound ORDER BY id",
    Dimension.PROVIDER: "SELECT id, name FROM provider ORDER BY id",
}


def _source(only: TallyFilter, dimensions: Iterable[Dimension]) -> tuple[str, dict[str, Any]]:
    """FROM and WHERE of all queries: lines of services that were done."""
    joins = "".join(_JOINS.get(dimension, "") for dimension in dict.fromkeys(dimensions))
    parts = ["s.state = 'done'", "s.day BETWEEN :first AND :last"]
    values: dict[str, Any] = {"first": only.first.isoformat(), "last": only.last.isoformat()}
    for column in ("category_id", "committee_id", "compound_id"):
        value = getattr(only, column)
        if value is not None:
            parts.append(f"s.{column} = :{column}")
            values[column] = value
    if only.provider_id is not None:
        parts.append(
            f"s.id / {SPAN} IN (SELECT id / {SPAN} FROM visit_provider WHERE provider_id = :provider_id"
            " AND day BETWEEN :first AND :last AND state = 'done')"
        )
        values["provider_id"] = only.provider_id
        if Dimension.PROVIDER in set(dimensions):
            parts.append("p.provider_id = :provider_id")
    return f" FROM visit_service s{joins} WHERE {' AND '.join(parts)}", values


def grouped(store: Store, only: TallyFilter, dimensions: tuple[Dimension, ...]) -> dict[tuple[Key, ...], Figures]:
    """Figures by the keys of the dimensions (of none: all under the empty key)."""
    source, values = _source(only, dimensions)
    keys = "".join(f"{_KEYS[dimension]} AS k{index}, " for index, dimension in enumerate(dimensions))
    names = [f"k{index}" for index in range(len(dimensions))]
    listed = "".join(f"{name}, " for name in names)
    group = f" GROUP BY {', '.join(names)}" if names else ""
    width = len(names)
    units: dict[tuple[Key, ...], dict[str, int]] = {}
    for row in store.rows(
        f"SELECT {keys}(SELECT unit FROM category WHERE id = s.category_id) AS unit, sum(s.quantity){source}"
        f" GROUP BY {listed}unit",
        values,
    ):
        units.setdefault(tuple(row[:width]), {})[row[width]] = row[width + 1]
    found = {}
    for row in store.rows(
        f"SELECT {listed}count(*), count(DISTINCT elder_id), sum(minutes), count(nullif(f.overall, 0)),"
        " coalesce(sum(f.overall), 0), coalesce(sum(f.overall >= 4), 0), count(f.id), sum(had_cadre) FROM"
        f" (SELECT {keys}s.id / {SPAN} AS visit_id, s.elder_id, sum(s.minutes) AS minutes,"
        f" max(s.had_cadre) AS had_cadre{source} GROUP BY {listed}visit_id) v"
        f" LEFT JOIN feedback f ON f.visit_id = v.visit_id{group}",
        values,
    ):
        visits, people, minutes, scored, score_sum, satisfied, evaluated, supervised = row[width:]
        if visits:
            found[tuple(row[:width])] = Figures(
                visits=visits,
                people=people,
                quantities=units.get(tuple(row[:width]), {}),
                minutes=minutes,
                scored=scored,
                score_sum=score_sum,
                satisfied=satisfied,
                evaluated=evaluated,
                supervised=supervised,
            )
    return found


def visit_ids(store: Store, only: TallyFilter, keys: dict[Dimension, Key]) -> list[int]:
    """The visits behind a figure, by day: those with these keys."""
    source, values = _source(only, tuple(keys))
    wanted = "".join(f" AND {_KEYS[dimension]} = :key_{dimension.value}" for dimension in keys)
    rows = store.rows(
        f"SELECT DISTINCT s.id / {SPAN}, s.day{source}{wanted} ORDER BY s.day, 1",
        values | {f"key_{dimension.value}": key for dimension, key in keys.items()},
    )
    return [row[0] for row in rows]


def labels(store: Store, dimension: Dimension) -> dict[Key, str]:
    """The names of a dimension's keys in the order in which they are listed; none for months and age bands."""
    return dict(store.rows(_LABELS[dimension])) if dimension in _LABELS else {}


def need_counts(store: Store, only: TallyFilter, dimension: Dimension) -> dict[Key, tuple[int, int]]:
    """Needs registered in the filter's days, and needs that wait now, by category or committee.

    Raises KeyError for another dimension.
    """
    key = {Dimension.CATEGORY: "n.category_id", Dimension.COMMITTEE: "coalesce(e.committee_id, 0)"}[dimension]
    parts, values = [], {"first": only.first.isoformat(), "last": only.last.isoformat()}
    for column, value in (("n.category_id", only.category_id), ("e.committee_id", only.committee_id)):
        if value is not None:
            parts.append(f" AND {column} = {int(value)}")
    rows = store.rows(
        f"SELECT {key}, sum(n.since BETWEEN :first AND :last), sum(n.state = 'open' AND e.state = 'active')"
        f" FROM need n JOIN elder e ON e.id = n.elder_id WHERE 1{''.join(parts)} GROUP BY 1",
        values,
    )
    return {row[0]: (row[1], row[2]) for row in rows}
