"""Columns of which nobody said yet where they go, and what becomes of them once a person agreed."""

from jiuliting_desk.actions.imports import draft as drafts
from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.sheets.tables import ColumnMatch, ReadTable, cell_text
from jiuliting_desk.ui.pages.importing.column_grid import is_doubtful
from jiuliting_desk.ui.words import workbooks

NOTES = "notes"

LOOKED_AT = 500
"""Rows of a column in which something is looked for."""

OpenColumn = tuple[ReadTable, ColumnMatch]


def open_columns(draft: Draft) -> list[OpenColumn]:
    """The doubtful columns with something in them, of all tables that are imported."""
    return [
        (table, match)
        for table in draft.tables_on
        for match in table.columns
        if is_doubtful(match) and _holds_something(draft, table, match)
    ]


def destination(table: ReadTable, match: ColumnMatch) -> str:
    """Where a doubtful column goes if nobody says otherwise: as guessed, or into the notes; "" where there are none."""
    return match.field or (NOTES if NOTES in workbooks.OFFERED.get(table.kind, ()) else "")


def with_columns_agreed(draft: Draft) -> Draft:
    """The draft with every open column where it goes if nobody says otherwise."""
    return drafts.with_columns(
        draft, [(table, match, destination(table, match)) for table, match in open_columns(draft)]
    )


def _holds_something(draft: Draft, table: ReadTable, match: ColumnMatch) -> bool:
    places = (row.place(match.index) for row in table.rows[:LOOKED_AT])
    return any(cell_text(draft.cell(table.sheet_index, *place)).strip() for place in places)  # type: ignore[arg-type]
