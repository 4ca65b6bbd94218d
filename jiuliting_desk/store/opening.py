"""Opening the file: pragmas, lock, version, backup before migration, migrations."""

import json
import os
import platform
from datetime import datetime
from pathlib import Path
from typing import Any

from jiuliting_desk.store.cipher import DatabaseError, connect
from jiuliting_desk.store.errors import StorageTrouble, Trouble, telling_trouble, trouble_of
from jiuliting_desk.store.migrations import APPLICATION_ID, STEPS, apply

PRAGMAS = (
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "mmap_size=0",
    "cache_size=-24576",
)
"""Set before anything is read."""

JOURNAL = "journal_mode=TRUNCATE"
"""Set once the file is ours: it reads the file, and two that open at once would each keep the other out."""


def holder_file(path: Path) -> Path:
    """The small file beside the data that names who has it open."""
    return path.with_name(path.name + ".holder")


def open_connection(path: Path, *, key: bytes, who: str) -> Any:
    """A connection that holds the file alone, with a schema that is known; not yet migrated.

    Raises StorageTrouble: HELD (with the holder's name), NEWER, NOT_OURS, DAMAGED, READ_ONLY, NO_ACCESS.
    """
    is_new = not path.exists() or path.stat().st_size == 0
    if not is_new and not os.access(path, os.W_OK):
        raise StorageTrouble(Trouble.READ_ONLY, path=str(path))
    with telling_trouble(str(path)):
        connection = connect(str(path), key=key)
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN EXCLUSIVE")
        # Only now: a connection in exclusive mode that has to wait would keep its shared lock, and of two that
        # open at once neither would get the file.
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        if not must_be_known(connection, path):
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("COMMIT")
        connection.execute(f"PRAGMA {JOURNAL}")
    except StorageTrouble:
        connection.close()
        raise
    except DatabaseError as error:
        connection.close()
        raise _told(error, path) from error
    _name_holder(path, who)
    return connection


def must_be_known(connection: Any, path: Path) -> bool:
    """Whether the file holds anything yet. Raises StorageTrouble: NOT_OURS, NEWER."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and application != APPLICATION_ID:
        raise StorageTrouble(Trouble.NOT_OURS, path=str(path))
    if version > len(STEPS):
        raise StorageTrouble(Trouble.NEWER, path=str(path))
    return tables > 0


def _told(error: Exception, path: Path) -> Exception:
    trouble = trouble_of(error, path=str(path))
    if trouble is None:
        return error
    if trouble.trouble is Trouble.HELD:
        return StorageTrouble(Trouble.HELD, path=str(path), holder=_holder(path))
    return trouble


def _name_holder(path: Path, who: str) -> None:
    note = {
        "who": who,
        "computer": platform.node(),
        "since": datetime.now().astimezone().isoformat("T", "minutes"),
    }
    try:
        holder_file(path).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
    except OSError:
        # The note only serves the sentence that a second window shows; SQLite's own lock keeps it out.
        return


def _holder(path: Path) -> str:
    try:
        note = json.loads(holder_file(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return " · ".join(str(note[part]) for part in ("who", "computer") if note.get(part))


def migrate(connection: Any) -> None:
    """Apply the steps that lack, with foreign keys checked after them."""
    if connection.execute("PRAGMA user_version").fetchone()[0] == len(STEPS):
        return
    connection.execute("PRAGMA foreign_keys=OFF")
    apply(connection)
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise StorageTrouble(Trouble.DAMAGED, detail=f"foreign_key_check: {len(broken)}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA user_version={len(STEPS)}")


def is_pending(connection: Any) -> bool:
    """Whether a file that holds something lacks steps, so that a backup comes first."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return 0 < version < len(STEPS)


def integrity_problems(connection: Any) -> list[str]:
    """Pages that SQLCipher finds altered and structures that SQLite finds broken; empty when all is well."""
    pages = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    if pages:
        return pages
    return [row[0] for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
