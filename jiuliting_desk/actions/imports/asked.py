"""Of which visits and forms a workbook speaks: of the many that the file holds only those are read for its plan."""

from collections.abc import Iterable

from jiuliting_desk.actions.imports.feedback_rows import told_name, told_number
from jiuliting_desk.actions.imports.rows import SheetTable
from jiuliting_desk.actions.imports.visit_rows import told_day
from jiuliting_desk.model.asked import Asked

PAST_KINDS = frozenset({"visits", "calls", "feedback"})
"""Kinds of tables that are compared with the visits and calls that the file holds."""


def asked_of(tables: Iterable[SheetTable]) -> Asked | None:
    """The days, form numbers and names in these tables; None where none of them is about visits, calls or forms."""
    found: Asked | None = None
    for table in tables:
        if table.kind not in PAST_KINDS:
            continue
        fields = [row.fields for row in table.rows]
        found = (found or Asked()) | Asked(
            days=frozenset(told_day(one) for one in fields) if table.kind != "calls" else frozenset(),
            numbers=frozenset(told_number(one) for one in fields) if table.kind == "feedback" else frozenset(),
            names=frozenset(told_name(one) for one in fields) if table.kind == "feedback" else frozenset(),
        )
    return found
