"""A workbook as plain cells, and the one error that says why a file could not be read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from jiuliting_desk.model.errors import UserError

Cell = str | float | int | bool | date | datetime | time | timedelta
"""What a cell holds; "" where it is empty."""

Row = list[Cell]
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; all count from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: rows of equal length from A1 on, without the empty edge at the right and at the bottom."""

    name: str
    rows: list[Row]
    hidden: bool = False
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    """Counted from 0."""
    hidden_columns: frozenset[int] = frozenset()
    from_1904: bool = False
    """Bare day numbers count from 1 January 1904; cells that are dates have been read as such."""

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook as read. ``sheets`` has the hidden ones too, in the file's order."""

    file_name: str
    format: str
    """xlsx, xls, ods, csv, html, xml2003 or mhtml: by content, not by the name's ending."""
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    """Of text files only."""
    notes: tuple[str, ...] = ()
    """Codes of what had to be mended while reading: ``encoding_guessed``, ``second_reader`` …"""


class TroubleKind(StrEnum):
    """Why a file could not be read."""

    MISSING = "missing"
    HELD = "held"
    """Another program (WPS, Excel) holds the file."""
    LOCK_FILE = "lock_file"
    """A ``~$`` file: the shadow of a workbook that is open elsewhere."""
    FOLDER = "folder"
    UNREADABLE = "unreadable"
    """The disk refused; ``what`` is the system's code."""
    EMPTY_FILE = "empty_file"
    NOT_A_SPREADSHEET = "not_a_spreadsheet"
    """``what``: pdf, picture, word, slides, archive, program, binary, too_old."""
    TOO_LARGE = "too_large"
    """``what``: file, unpacked, parts, rows, columns, cells, merges, depth, strings; ``count`` over ``limit``."""
    DANGEROUS = "dangerous"
    """``what``: entities, path, encoding."""
    DAMAGED = "damaged"
    PASSWORD_NEEDED = "password_needed"
    PASSWORD_WRONG = "password_wrong"
    CIPHER_UNKNOWN = "cipher_unknown"
    TOO_SLOW = "too_slow"
    """Not read within ``limit`` seconds."""
    READER_DIED = "reader_died"
    """The reading process ended (memory, or a fault of a library); the window lives."""
    NOTHING_READABLE = "nothing_readable"
    """No sheet has a filled cell."""
    CANCELLED = "cancelled"


@dataclass(eq=False, kw_only=True)
class SheetTrouble(UserError):
    """A file that could not be read, and why; the words are put by the faces."""

    kind: TroubleKind
    file_name: str = ""
    what: str = ""
    count: int = 0
    limit: int = 0
    place: str = ""
    """A sheet, a part or a cell inside the file, where known."""
