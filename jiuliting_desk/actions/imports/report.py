"""What an import makes of every cell that does not simply become a field: what was understood, guessed, left."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.actions.imports.elder_rows import NOT_TAKEN
from jiuliting_desk.model.imports import Remark
from jiuliting_desk.sheets.fields import UNSTORED
from jiuliting_desk.sheets.headers import exact_field
from jiuliting_desk.sheets.tables import Omission, ReadTable, cell_text

_SILENT = frozenset({Omission.BLANK, Omission.PREFILLED, Omission.HEADER_AGAIN})
"""Rows in which nobody said anything; hidden ones are told elsewhere."""

GUESSED = frozenset(
    {"date_order", "date_month_unclear", "date_lunar", "number_about", "number_range", "number_with_text", "per_week",
     "per_year", "age_is_year", "several_values", "told_otherwise"}
)  # fmt: skip
"""Remarks with which something was taken that a person may see otherwise."""


class Told(StrEnum):
    """What a line of the report is about."""

    UNDERSTOOD = "understood"
    """Words among notes from which a field was taken."""
    GUESSED = "guessed"
    """A cell that was taken, and may be meant otherwise."""
    AT_ODDS = "at_odds"
    """Words by which somebody is not to come who is paired, claimed a need or is to come: that was left as it is."""
    KEPT = "kept"
    """A cell, or a word of it, that could not be taken and stands among the notes as it is."""
    COLUMN = "column"
    """A column that is not imported."""
    ROW = "row"
    """A row that is no record, or words outside of the tables."""


_TOLD_OF = {
    Remark.UNDERSTOOD: Told.UNDERSTOOD,
    Remark.CONTRADICTED: Told.GUESSED,
    Remark.STILL_COMES: Told.AT_ODDS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the report."""

    why: Told
    sheet: str
    row: int = 0
    """From 1; 0 for a whole column."""
    column: int = -1
    """From 0; -1 for a whole row."""
    field: str = ""
    """What was understood or guessed; of a row why it was left out."""
    text: str = ""
    """As written: the cell, a column's header, the first words of a row."""
    value: str = ""
    """What was made of it."""
    count: int = 1
    """Filled cells of a column, rows that were left out together."""


def report_of(draft: Draft) -> tuple[Line, ...]:
    """The lines about a planned draft, in the order of its sheets."""
    return tuple(_lines(draft))


def _lines(draft: Draft) -> Iterator[Line]:
    for table in draft.tables_on:
        yield from _columns(draft, table)
        for left in table.left_out:
            if left.why not in _SILENT:
                count = left.last_row - left.first_row + 1
                yield Line(
                    why=Told.ROW, sheet=table.sheet, row=left.first_row, field=left.why, text=left.text, count=count
                )
    tables = draft.tables_on
    for planned in draft.plan.rows if draft.plan is not None else ():
        sheet = tables[planned.key[0]].sheet
        for note in planned.notes:
            why = _TOLD_OF.get(note.remark)
            if why is not None:
                yield Line(why=why, sheet=sheet, row=planned.number, field=note.field, text=note.detail)
        for found in planned.read_remarks:
            if found.code in GUESSED | NOT_TAKEN:
                why = Told.GUESSED if found.code in GUESSED else Told.KEPT
                yield Line(
                    why=why, sheet=sheet, row=planned.number, column=found.column,
                    field=found.field.partition("+")[0], text=found.text, value=found.value,
                )  # fmt: skip


def _columns(draft: Draft, table: ReadTable) -> Iterator[Line]:
    """The columns with something in them that nothing is taken from, running numbers aside."""
    for match in table.columns:
        is_stored = match.field and match.field not in UNSTORED.get(table.kind, ()) and match.field != "code"
        if is_stored or match.why == "hidden":
            continue
        cells = (cell_text(draft.cell(table.sheet_index, *row.place(match.index))) for row in table.rows)  # type: ignore[arg-type]
        filled = [text for text in cells if text.strip()]
        is_counted = bool(match.header) and exact_field(match.header[-1]) == "number"
        if filled and not (is_counted and all(text.strip(" .、").isdecimal() for text in filled)):
            yield Line(why=Told.COLUMN, sheet=table.sheet, column=match.index, text=match.title, count=len(filled))
