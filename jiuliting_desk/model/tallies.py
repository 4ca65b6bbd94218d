"""Tallies: what was done, counted by up to two dimensions, each figure with the visits behind it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from jiuliting_desk.model.imported_figures import ImportedFigure


class Dimension(StrEnum):
    """By what is counted."""

    CATEGORY = "category"
    MONTH = "month"
    """Keys are texts, 2026-03; those of the others are ids, of age bands their lowest age."""
    COMMITTEE = "committee"
    COMPOUND = "compound"
    PROVIDER = "provider"
    AGE_BAND = "age_band"


AGE_BANDS = (0, 60, 70, 80, 90)
"""The lowest age of each band; an unknown age is band -1."""

Key = int | str
"""Of a row or column; 0 where the visit has none (no committee on record)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was done in one cell: visits that took place only."""

    visits: int = 0
    people: int = 0
    """Different elders."""
    quantities: dict[str, int] = field(default_factory=dict)
    """By unit, as services of different units are not added up."""
    minutes: int = 0
    """On site, each visit once, whoever many people went."""
    scored: int = 0
    """Visits whose overall question was answered."""
    score_sum: int = 0
    satisfied: int = 0
    """Of those scored: 4 and 5."""
    evaluated: int = 0
    """Visits that have an evaluation."""
    supervised: int = 0
    """Visits at which a cadre was there."""

    @property
    def mean_score(self) -> float | None:
        """The mean of the overall question, 1-5; None where nobody answered."""
        return self.score_sum / self.scored if self.scored else None

    @property
    def satisfaction(self) -> float | None:
        """The share of 4 and 5 among the answers to the overall question, 0-1."""
        return self.satisfied / self.scored if self.scored else None

    @property
    def coverage(self) -> float | None:
        """The share of visits at which a cadre was there, 0-1; None without visits."""
        return self.supervised / self.visits if self.visits else None

    @property
    def hours(self) -> float:
        """Hours on site."""
        return self.minutes / 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyFilter:
    """Which visits are counted; each condition narrows the others."""

    first: date
    last: date
    category_id: int | None = None
    committee_id: int | None = None
    compound_id: int | None = None
    provider_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Figures by rows and columns. Totals are counted anew, since people and shared visits do not add up."""

    only: TallyFilter
    rows: Dimension
    columns: Dimension | None
    row_keys: tuple[Key, ...]
    column_keys: tuple[Key, ...]
    labels: dict[Dimension, dict[Key, str]]
    """What to call the keys; "" for those without a name (no committee, unknown age)."""
    cells: dict[tuple[Key, Key], Figures]
    """Those with visits."""
    row_totals: dict[Key, Figures]
    column_totals: dict[Key, Figures]
    total: Figures

    def cell(self, row: Key, column: Key) -> Figures:
        """The figures of a cell, zeros where nothing was done."""
        return self.cells.get((row, column), Figures())


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTally:
    """What one tally sheet said that came in, by the same rows and columns; kept apart from what is computed."""

    source: str
    """The file's name."""
    taken_on: date
    """The day of the sheet."""
    row_keys: tuple[Key, ...]
    column_keys: tuple[Key, ...]
    """Categories and the like; figures of all services together stand under the key 0."""
    cells: dict[tuple[Key, Key], float]
    figures: tuple[ImportedFigure, ...]
    """All that was counted here, by month."""

    @property
    def total(self) -> float:
        """All figures together."""
        return sum(self.cells.values())

    def row_total(self, row: Key) -> float:
        """The figures of a row together."""
        return sum(value for (one, _), value in self.cells.items() if one == row)

    def column_total(self, column: Key) -> float:
        """The figures of a column together."""
        return sum(value for (_, one), value in self.cells.items() if one == column)


def rounded_down(count: int) -> int:
    """A count as it is told in a sentence: 127 is 120 (and more), 53 is 50; below 10 itself."""
    if count < 10:
        return count
    step = 10 if count < 1000 else 100
    return count // step * step
