"""Trouble with the file itself, told from SQLite's own codes."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from jiuliting_desk.store.cipher import DatabaseError


class Trouble(StrEnum):
    """What happened to the file."""

    HELD = "held"
    """Another window or program has it open."""
    READ_ONLY = "read_only"
    FULL = "full"
    DAMAGED = "damaged"
    NEWER = "newer"
    """Written by a newer version of the program."""
    NOT_OURS = "not_ours"
    """No file of this program, or its key is another."""
    NO_ACCESS = "no_access"
    IO = "io"
    BUSY = "busy"
    """A long job of this window has the file."""
    BACKUP = "backup"
    """A backup did not come out as it went in."""
    GONE = "gone"
    """The file is not where it was, but its backups are beside it."""


class StorageTrouble(Exception):
    """The file cannot be read or written; what was confirmed before is kept.

    ``holder`` names who has it open, where that is the trouble; ``detail`` is for the log.
    """

    def __init__(self, trouble: Trouble, *, path: str = "", holder: str = "", detail: str = "") -> None:
        super().__init__(trouble.value, detail)
        self.trouble = trouble
        self.path = path
        self.holder = holder
        self.detail = detail


_BY_CODE = {
    5: Trouble.HELD,  # SQLITE_BUSY
    6: Trouble.HELD,  # SQLITE_LOCKED
    8: Trouble.READ_ONLY,  # SQLITE_READONLY
    10: Trouble.IO,  # SQLITE_IOERR
    11: Trouble.DAMAGED,  # SQLITE_CORRUPT
    13: Trouble.FULL,  # SQLITE_FULL
    14: Trouble.NO_ACCESS,  # SQLITE_CANTOPEN
    23: Trouble.NOT_OURS,  # SQLITE_AUTH
    26: Trouble.NOT_OURS,  # SQLITE_NOTADB
}

_BY_WORDS = (
    ("file is not a database", Trouble.NOT_OURS),
    ("file is encrypted", Trouble.NOT_OURS),
    ("malformed", Trouble.DAMAGED),
    ("disk is full", Trouble.FULL),
    ("readonly", Trouble.READ_ONLY),
    ("locked", Trouble.HELD),
    ("unable to open", Trouble.NO_ACCESS),
    ("disk i/o", Trouble.IO),
)


def trouble_of(error: BaseException, *, path: str = "") -> StorageTrouble | None:
    """The trouble that an SQLite error stands for, or None where the error is a fault of the program."""
    code = getattr(error, "sqlite_errorcode", None)
    found = _BY_CODE.get(code & 0xFF) if isinstance(code, int) else None
    if found is None:
        words = str(error).lower()
        found = next((trouble for part, trouble in _BY_WORDS if part in words), None)
    return None if found is None else StorageTrouble(found, path=path, detail=str(error))


@contextmanager
def telling_trouble(path: str = "") -> Iterator[None]:
    """Turn SQLite's errors about the file into StorageTrouble; a programming error stays what it is."""
    try:
        yield
    except DatabaseError as error:
        trouble = trouble_of(error, path=path)
        if trouble is None:
            raise
        raise trouble from error
