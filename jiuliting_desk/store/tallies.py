"""Queries behind tallies: grouped figures, and the visits behind each of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from jiuliting_desk.model.imported_figures import ImportedFigure
from jiuliting_desk.model.tallies import AGE_BANDS, Dimension, Figures, Key, TallyFilter
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped
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
    width = len(names)
    # Each visit is counted by one of its lines: its first, or its first of the category that is looked at.
    by_category = Dimension.CATEGORY in dimensions or only.category_id is not None
    one = "(s.leads > 0)" if by_category else "(s.leads = 2)"
    units: dict[tuple[Key, ...], dict[str, int]] = {}
    unit_of = dict(store.rows("SELECT id, unit FROM category"))
    for row in store.rows(
        f"SELECT {keys}s.category_id AS service, sum(s.quantity){source} GROUP BY {', '.join([*names, 'service'])}",
        values,
    ):
        found = units.setdefault(tuple(row[:width]), {})
        unit = unit_of[row[width]]
        found[unit] = found.get(unit, 0) + row[width + 1]
    figures = {}
    group = " GROUP BY " + ", ".join(names) if names else ""
    for row in store.rows(
        f"SELECT {keys}coalesce(sum({one}), 0), count(DISTINCT s.elder_id), sum(s.minutes),"
        f" sum({one} AND s.overall > 0), sum({one} * s.overall), sum({one} AND s.overall >= 4),"
        f" sum({one} AND s.overall IS NOT NULL),"
        f" sum({one} * s.had_cadre){source}{group}",
        values,
    ):
        visits, people, minutes, scored, score_sum, satisfied, evaluated, supervised = row[width:]
        if visits:
            figures[tuple(row[:width])] = Figures(
                visits=visits,
                people=people,
                quantities=units.get(tuple(row[:width]), {}),
                minutes=minutes,
                scored=scored or 0,
                score_sum=score_sum or 0,
                satisfied=satisfied or 0,
                evaluated=evaluated,
                supervised=supervised,
            )
    return figures


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

    Somebody sought for a day on which a helper is away is no need of its own. Raises KeyError for another dimension.
    """
    key = {Dimension.CATEGORY: "n.category_id", Dimension.COMMITTEE: "coalesce(e.committee_id, 0)"}[dimension]
    parts = [" AND n.stands_in_for IS NULL"]
    values = {"first": only.first.isoformat(), "last": only.last.isoformat()}
    for column, value in (("n.category_id", only.category_id), ("e.committee_id", only.committee_id)):
        if value is not None:
            parts.append(f" AND {column} = {int(value)}")
    rows = store.rows(
        f"SELECT {key}, sum(n.since BETWEEN :first AND :last), sum(n.state = 'open' AND e.state = 'active')"
        f" FROM need n CROSS JOIN elder_row e ON e.elder_id = n.elder_id WHERE 1{''.join(parts)} GROUP BY 1",
        values,
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def imported(store: Store, only: TallyFilter) -> list[tuple[ImportedFigure, str, date]]:
    """Figures of tally sheets for the filter's months, each with its file and the day of its sheet.

    A figure of a whole year counts where the whole year is asked for. Providers of imported figures are words, so that
    a filter by provider finds none.
    """
    table = mapped(ImportedFigure)
    parts, values = [], {"first": only.first.isoformat()[:7], "last": only.last.isoformat()[:7]}
    for column in ("category_id", "committee_id", "compound_id"):
        value = getattr(only, column)
        if value is not None:
            parts.append(f" AND f.{column} = {int(value)}")
    if only.provider_id is not None:
        return []
    names = ", ".join(f"f.{column}" for column in table.columns)
    width = len(table.columns)
    return [
        (table.record(row[:width]), row[width], date.fromisoformat(row[width + 1]))
        for row in store.rows(
            f"SELECT {names}, s.source_file, s.surveyed_on FROM imported_figure f JOIN survey s ON s.id = f.survey_id"
            " WHERE (CASE length(f.month) WHEN 4 THEN f.month || '-01' >= :first AND f.month || '-12' <= :last"
            f" ELSE f.month BETWEEN :first AND :last END){''.join(parts)} ORDER BY s.source_file, f.month, f.id",
            values,
        )
    ]
