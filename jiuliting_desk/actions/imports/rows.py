"""What a plan needs of the tables and rows that were read."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from jiuliting_desk.model.imports import Note, Outcome, PlannedRow, Remark, RowKey


class SheetRow(Protocol):
    """A row that was read."""

    @property
    def row(self) -> int:
        """Where it begins in the source, from 1."""

    @property
    def fields(self) -> Mapping[str, Any]:
        """Values by meaning; a key is there where its column is."""

    @property
    def remarks(self) -> Sequence[Any]:
        """What the reading remarked."""

    @property
    def refused(self) -> str:
        """Why it cannot be taken as it is, "" where it can."""


class SheetTable(Protocol):
    """A table that was read."""

    @property
    def sheet(self) -> str:
        """Name of the sheet."""

    @property
    def kind(self) -> str:
        """What its rows are: survey, volunteers, tally, ..."""

    @property
    def header_row(self) -> int:
        """The header's last line, from 1."""

    @property
    def facts(self) -> Mapping[str, str]:
        """What the lines around it say: committee, date, ..."""

    @property
    def rows(self) -> Sequence[SheetRow]:
        """Its rows, in order."""


NAME_MISSING = "name_missing"
"""What the reading says of a row without a name; a sheet without a column of names gives such rows too."""


def refused_row(
    key: RowKey, row: SheetRow, kind: str, notes: tuple[Note, ...] = (), *, refused: str = ""
) -> PlannedRow:
    """A row that is not written: the reading could not take it, staff left it out, or ``notes`` say why."""
    refused = row.refused or refused
    if not refused and not notes:
        notes = (Note(Remark.LEFT_OUT),)
    return PlannedRow(key, row.row, kind, Outcome.REFUSED, row.fields, row.remarks, notes, refused=refused)
