"""What a plan needs of the tables and rows that were read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol


class SheetRow(Protocol):
    """A row that was read."""

    @property
    def number(self) -> int:
        """Row of the source, from 1."""

    @property
    def fields(self) -> Mapping[str, Any]:
        """Values by meaning; a key is there where its column is."""

    @property
    def remarks(self) -> Sequence[Any]:
        """What the reading remarked."""

    @property
    def refused(self) -> bool:
        """Whether the row cannot be used as it is."""


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
    def committee(self) -> str:
        """The committee named above the table, "" for none."""

    @property
    def reported_on(self) -> date | None:
        """The day named above the table."""

    @property
    def rows(self) -> Sequence[SheetRow]:
        """Its rows, in order."""
