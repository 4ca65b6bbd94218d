"""Tallies that came in as workbooks, laid out as the computed ones are and shown beside them with their source."""

from collections.abc import Callable
from datetime import date

from jiuliting_desk.model.imported_figures import ImportedFigure
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.tallies import Dimension, ImportedTally, Key, TallyFilter
from jiuliting_desk.store import Store
from jiuliting_desk.store import tallies as queries

MEASURES: dict[str, dict[str, float]] = {
    "visits": {"quantity": 1},
    "quantity": {"quantity": 1},
    "people": {"people": 1},
    "minutes": {"minutes": 1, "hours": 60},
}
"""What is looked at -> measures of tally sheets and their factor. Sheets count times, not visits."""


def imported_beside(
    store: Store, *, only: TallyFilter, rows: Dimension, columns: Dimension | None, measure: str
) -> list[ImportedTally]:
    """One tally for each file with figures of those months, by its name; none by age, of which sheets do not tell."""
    if Dimension.AGE_BAND in {rows, columns}:
        return []
    key_of = _keys(store)
    factors = MEASURES[measure]
    by_source: dict[str, list[tuple[ImportedFigure, float]]] = {}
    days: dict[str, date] = {}
    for figure, source, day in queries.imported(store, only):
        if figure.measure in factors:
            by_source.setdefault(source, []).append((figure, figure.quantity * factors[figure.measure]))
            days[source] = max(day, days.get(source, day))
    found = []
    for source, figures in by_source.items():
        cells: dict[tuple[Key, Key], float] = {}
        for figure, value in figures:
            place = (key_of[rows](figure), key_of[columns](figure) if columns is not None else 0)
            cells[place] = cells.get(place, 0) + value
        found.append(
            ImportedTally(
                source=source,
                taken_on=days[source],
                row_keys=_ordered({row for row, _ in cells}),
                column_keys=_ordered({column for _, column in cells}),
                cells=cells,
                figures=tuple(figure for figure, _ in figures),
            )
        )
    return found


def _ordered(keys: set[Key]) -> tuple[Key, ...]:
    """Known places first, in the order of the file, then those without one."""
    return tuple(
        sorted(keys, key=lambda key: (key == 0, isinstance(key, str), key if isinstance(key, int) else 0, str(key)))
    )


def _keys(store: Store) -> dict[Dimension, Callable[[ImportedFigure], Key]]:
    providers = {provider.name: provider.id for provider in store.all(Provider)}
    return {
        Dimension.CATEGORY: lambda figure: figure.category_id or 0,
        Dimension.MONTH: lambda figure: figure.month,
        Dimension.COMMITTEE: lambda figure: figure.committee_id or 0,
        Dimension.COMPOUND: lambda figure: figure.compound_id or 0,
        Dimension.PROVIDER: lambda figure: providers.get(figure.provider_name) or figure.provider_name or 0,
    }
