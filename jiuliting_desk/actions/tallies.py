"""统计汇总: figures of what was done, by up to two dimensions, and the visits behind each."""

from collections.abc import Iterable
from datetime import date, timedelta

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.tallies import AGE_BANDS, Dimension, Figures, Key, Tally, TallyFilter, rounded_down
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.store import tallies as queries
from jiuliting_desk.store.visit_lines import VisitLine, lines


def tally(store: Store, *, only: TallyFilter, rows: Dimension, columns: Dimension | None = None) -> Tally:
    """Visits that took place between two days, counted by one or two dimensions.

    With PROVIDER among them a visit of two people stands under both; totals count it once.
    """
    by_row = queries.grouped(store, only, (rows,))
    by_column = queries.grouped(store, only, (columns,)) if columns is not None else {}
    cells = queries.grouped(store, only, (rows, columns)) if columns is not None else {}
    names = {one: queries.labels(store, one) for one in (rows, columns) if one is not None}
    return Tally(
        only=only,
        rows=rows,
        columns=columns,
        row_keys=_in_order((key for (key,) in by_row), rows, names[rows]),
        column_keys=_in_order((key for (key,) in by_column), columns, names[columns]) if columns is not None else (),
        labels=names,
        cells={(row, column): figures for (row, column), figures in cells.items()},
        row_totals={key: figures for (key,), figures in by_row.items()},
        column_totals={key: figures for (key,), figures in by_column.items()},
        total=queries.grouped(store, only, ()).get((), Figures()),
    )


def _in_order(keys: Iterable[Key], dimension: Dimension, names: dict[Key, str]) -> tuple[Key, ...]:
    """Categories as staff ordered them, months and ages as they run, all others by their place in the file."""
    place = {key: index for index, key in enumerate(names)}
    if dimension is Dimension.AGE_BAND:
        place = {band: index for index, band in enumerate((*AGE_BANDS, -1))}
    return tuple(sorted(keys, key=lambda key: (place.get(key, len(place)), str(key))))


def behind(store: Store, *, only: TallyFilter, keys: dict[Dimension, Key]) -> list[VisitLine]:
    """The visits behind a figure: those of the cell, row or column with these keys."""
    ids = queries.visit_ids(store, only, keys)
    found = store.get_many(Visit, ids)
    return lines(store, [found[visit_id] for visit_id in ids])


def visit_ids(store: Store, *, only: TallyFilter, keys: dict[Dimension, Key]) -> list[int]:
    """The ids of the visits behind a figure, by day."""
    return queries.visit_ids(store, only, keys)


def need_counts(store: Store, *, only: TallyFilter, by: Dimension) -> dict[Key, tuple[int, int]]:
    """Needs registered in those days, and needs that wait now, by category or committee."""
    return queries.need_counts(store, only, by)


def sentence(store: Store, *, today: date, days: int = 300) -> str:
    """What the office tells of the last days, as it would write it: 近 300 天：居家清洁 100 余次、….

    Counts are rounded down; services with less than ten visits are told exactly.
    """
    only = TallyFilter(first=today - timedelta(days=days - 1), last=today)
    counted = tally(store, only=only, rows=Dimension.CATEGORY)
    categories = {category.id: category for category in store.all(ServiceCategory)}
    told = []
    for key in counted.row_keys:
        figures, category = counted.row_totals[key], categories[int(key)]
        count = figures.quantities.get(category.unit, figures.visits)
        rounded = rounded_down(count)
        told.append(f"{category.name} {rounded} {'余' if rounded < count else ''}{category.unit}")
    if not told:
        return ""
    total = counted.total
    return f"近 {days} 天：{'、'.join(told)}，共上门 {total.visits} 次，服务老人 {total.people} 位。"
