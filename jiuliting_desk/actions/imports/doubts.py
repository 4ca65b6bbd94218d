"""Columns of which nobody said yet where they go, and what becomes of them once a person agreed, or nobody asks."""

from jiuliting_desk.actions.imports import draft as drafts
from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.sheets.tables import UNSURE, ColumnMatch, Kind, ReadTable, cell_text

NOTES = "notes"

WITH_NOTES = frozenset({Kind.SURVEY, Kind.VOLUNTEERS, Kind.ENTERPRISES, Kind.PLACES, Kind.VISITS, Kind.CALLS})
"""Kinds of tables whose records keep notes."""

LOOKED_AT = 500
"""Rows of a column in which something is looked for."""

OpenColumn = tuple[ReadTable, ColumnMatch]


def is_doubtful(match: ColumnMatch) -> bool:
    """Whether a person should say what a column is; one that was set aside for sure is not."""
    return match.confidence < UNSURE and match.why != "chosen"


def open_columns(draft: Draft) -> list[OpenColumn]:
    """The doubtful columns with something in them, of all tables that are imported."""
    return [
        (table, match)
        for table in draft.tables_on
        for match in table.columns
        if is_doubtful(match) and holds_something(draft, table, match)
    ]


def destination(table: ReadTable, match: ColumnMatch) -> str:
    """Where a doubtful column goes if nobody says otherwise: as guessed, or into the notes; "" where there are none."""
    return match.field or (NOTES if table.kind in WITH_NOTES else "")


def with_columns_agreed(draft: Draft) -> Draft:
    """The draft with every open column where it goes if nobody says otherwise."""
    said = [(table, match, destination(table, match)) for table, match in open_columns(draft)]
    return drafts.with_columns(draft, said) if said else draft


def holds_something(draft: Draft, table: ReadTable, match: ColumnMatch) -> bool:
    """Whether a column of a table has a filled cell, so far as is looked."""
    places = (row.place(match.index) for row in table.rows[:LOOKED_AT])
    return any(cell_text(draft.cell(table.sheet_index, *place)).strip() for place in places)  # type: ignore[arg-type]
