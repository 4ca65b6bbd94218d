"""The figures of tally sheets, each against the figures that came in before."""

from collections.abc import Mapping
from typing import Any

from jiuliting_desk.actions.imports.rows import SheetRow, refused_row
from jiuliting_desk.actions.imports.snapshot import Places, Snapshot
from jiuliting_desk.model.imports import Choices, FieldChange, Note, Outcome, PlannedRow, Remark, RowKey
from jiuliting_desk.model.known import KnownFigure

KIND = "tally"

MONTH_ALONE = 2
"""The length of a month of which no year is told."""


class TallyRows:
    """One pass over the figures of an import."""

    def __init__(self, snapshot: Snapshot, places: Places, choices: Choices) -> None:
        self._places = places
        self._choices = choices
        self._known: dict[Any, KnownFigure] = {figure[1:-1]: figure for figure in snapshot.figures}
        self._categories = {category.name: category.id for category in snapshot.categories}
        self._next_ref = -1

    def plan(self, key: RowKey, row: SheetRow, committee: str) -> PlannedRow:
        """What becomes of one figure."""
        figure, notes = self._figure(row.fields, committee)
        if row.refused or notes or key in self._choices.left_out:
            return refused_row(key, row, KIND, notes)
        known = self._known.get(figure[1:-1])
        if known is None:
            figure = figure._replace(id=self._next_ref)
            self._next_ref -= 1
            self._known[figure[1:-1]] = figure
            return PlannedRow(key, row.row, KIND, Outcome.NEW, row.fields, row.remarks, (), figure.id, figure)
        if known.quantity == figure.quantity or "quantity" in self._choices.kept.get(key, ()):
            return PlannedRow(key, row.row, KIND, Outcome.SAME, row.fields, row.remarks, (), known.id, known)
        figure = figure._replace(id=known.id)
        self._known[figure[1:-1]] = figure
        change = FieldChange("quantity", known.quantity, figure.quantity)
        return PlannedRow(key, row.row, KIND, Outcome.CHANGED, row.fields, row.remarks, (), known.id, figure, (change,))

    def _figure(self, fields: Mapping[str, Any], committee: str) -> tuple[KnownFigure, tuple[Note, ...]]:
        month, quantity, category = fields.get("month") or "", fields.get("quantity"), fields.get("category") or ""
        is_number = isinstance(quantity, int | float)
        notes: tuple[Note, ...] = ()
        if not is_number or len(month) <= MONTH_ALONE:
            notes = (Note(Remark.NO_FIGURE, "month" if is_number else "quantity", month if is_number else ""),)
        if category and category not in self._categories:
            notes = (*notes, Note(Remark.NEED_NOT_OFFERED, "category", category))
        home = self._places.committee(fields.get("committee") or committee)
        figure = KnownFigure(
            0,
            month,
            home,
            self._places.compound(fields.get("compound") or "", home),
            self._categories.get(category),
            fields.get("enterprise") or fields.get("provider") or "",
            fields.get("measure") or "quantity",
            float(quantity) if isinstance(quantity, int | float) else 0.0,
        )
        return figure, notes
