"""What was understood of a sheet: its tables, columns, rows, and what was left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jiuliting_desk.sheets.book import Cell

Place = tuple[int, int]
"""A cell of a sheet: row and column, from 0."""


class Kind(StrEnum):
    """What a table is a list of."""

    SURVEY = "survey"
    """需求排摸: elders and what they need."""
    VOLUNTEERS = "volunteers"
    ENTERPRISES = "enterprises"
    PLACES = "places"
    """Committees and compounds."""
    FEEDBACK = "feedback"
    TALLY = "tally"
    CALLS = "calls"
    VISITS = "visits"
    OUTGOING = "outgoing"
    """A plan, or pairs and claims, as this program writes them for people to read: not to be imported."""
    UNKNOWN = "unknown"


class Omission(StrEnum):
    """Why a row of the sheet is not among the rows of a table."""

    BLANK = "blank"
    PREFILLED = "prefilled"
    """Only a running number, or what else was filled in beforehand."""
    TOTAL = "total"
    FOOTER = "footer"
    SECTION = "section"
    """A line between the rows that names a group."""
    HEADER_AGAIN = "header_again"
    EXAMPLE = "example"
    NOTE = "note"
    HIDDEN = "hidden"
    OUTSIDE = "outside"
    """Text that belongs to no table."""
    NO_FIGURE = "no_figure"
    """A row of a tally without any figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Neighbouring rows that were left out for one reason; rows count from 1."""

    first_row: int
    last_row: int
    why: Omission
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about one cell that a person should see; the words are put by the faces."""

    code: str
    field: str = ""
    column: int = -1
    """From 0; -1 where it is about the whole row."""
    text: str = ""
    """The cell as written."""
    value: str = ""
    """What was made of it, where anything was."""


REMARK_CODES = frozenset(
    {
        "name_unreadable", "name_masked", "name_unusual", "name_with_digits", "several_names", "phone_in_name",
        "id_in_name",
        "phone_wrong", "phone_short", "phone_masked", "phone_note", "id_damaged", "id_masked", "id_check_digit",
        "id_date", "id_was_number", "birth_differs_from_id", "sex_differs_from_id", "sex_unclear", "age_unclear",
        "age_is_year", "date_unclear", "date_month_unclear",
        "date_order", "date_lunar", "year_unknown", "number_unclear",
        "number_range", "number_about",
        "number_with_text", "per_week", "per_year", "tick_unclear", "rating_unclear", "need_unknown",
        "tag_unknown", "living_unknown", "compound_unknown", "address_unclear", "from_line_above", "cell_split",
        "several_values", "person_split", "words_beside", "told_otherwise",
    }
)  # fmt: skip
"""All codes of remarks; ``name_missing`` is a refusal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMatch:
    """One column of the sheet and the field it was taken for."""

    index: int
    """From 0, on the sheet."""
    header: tuple[str, ...]
    """Its header levels from the top, cleaned; empty where there is no header."""
    field: str
    """A field's name, ``need:陪伴聊天`` for a tick column, ``tag:低保`` likewise, several joined by "+" for a
    column that holds several things (``emergency_contact+emergency_phone``), "" for a column that is not imported."""
    confidence: float
    """0 to 1; below ``UNSURE`` a person should look."""
    why: str
    """learned, words, content, neighbours, chosen, hidden or nothing."""

    @property
    def title(self) -> str:
        """The header as one line: the key under which a decision about it is remembered."""
        return "/".join(self.header)


UNSURE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """One person or thing, from one row of the sheet or several merged ones."""

    row: int
    """Where it begins, from 1."""
    last_row: int
    fields: dict[str, Any]
    """By the names of ``fields.py``; a column that is there but empty gives None, () or False."""
    remarks: tuple[Remark, ...] = ()
    refused: str = ""
    """Why it cannot be taken (``name_missing``), "" where it can."""
    places: Mapping[int, Place] = field(default_factory=dict)
    """Where its cells stand, by the table's columns, of forms and turned tables; empty where they stand in ``row``."""

    cells: Mapping[int, Cell] = field(default_factory=dict)
    """Its cells likewise, without the labels that stand in them."""

    def place(self, column: int) -> Place:
        """Where the cell of a column of the table stands on the sheet."""
        return self.places.get(column, (self.row - 1, column))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """One table of a sheet as understood."""

    sheet: str
    sheet_index: int
    hidden: bool
    """The sheet is hidden: off by default."""
    first_row: int
    """The first row of its header, from 1 (of its data where it has no header)."""
    header_row: int
    """The lowest row of its header, from 1; 0 where it has none."""
    last_row: int
    first_column: int
    """From 0."""
    last_column: int
    kind: Kind
    kind_confidence: float
    title: str = ""
    columns: tuple[ColumnMatch, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    """From the lines around the table, its title, the sheet's name and the file's: committee, compound, date, year,
    month, filled_by …"""
    rows: tuple[ReadRow, ...]
    left_out: tuple[LeftOut, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    """Filled columns that are hidden on the sheet and were left out, from 0."""

    @property
    def is_no_list(self) -> bool:
        """Whether its records are forms or stand in columns, so that no line of the sheet is one of them."""
        return self.header_row == 0 and any(row.places for row in self.rows)

    @property
    def unsure_columns(self) -> tuple[ColumnMatch, ...]:
        """The columns that a person should look at."""
        return tuple(match for match in self.columns if match.confidence < UNSURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person decided about one table against the guess."""

    sheet_index: int
    header_row: int | None = None
    """From 1: the lowest row of the header; 0: there is none."""
    first_column: int | None = None
    """Tells side-by-side tables apart; None: whichever begins at that row."""
    kind: Kind | None = None
    columns: Mapping[int, str] = field(default_factory=dict)
    """Column from 0 -> its field, "" for not imported."""
    with_hidden_rows: bool = False
    with_hidden_columns: bool = False


def cell_text(cell: Cell) -> str:
    """A cell as a person would type it: no ".0" behind whole numbers, dates in ISO form."""
    if type(cell) is str:
        return cell
    if type(cell) is float and cell.is_integer() and abs(cell) < 1e17:
        return str(int(cell))
    return str(cell)
