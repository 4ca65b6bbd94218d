"""What a plan needs of the tables and rows that were read."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


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
