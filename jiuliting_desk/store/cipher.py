"""sqlcipher3 as the one SQLite of the program, also for sqlite-utils.

Get ``sqlite_utils`` and the error classes from here and nowhere else: this module makes sqlite-utils use
sqlcipher3, whose errors are not those of the standard ``sqlite3``.
"""

import sys
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

Connection = sqlcipher3.dbapi2.Connection
DatabaseError = sqlcipher3.dbapi2.DatabaseError
OperationalError = sqlcipher3.dbapi2.OperationalError
IntegrityError = sqlcipher3.dbapi2.IntegrityError

PUBLISHED_KEY = bytes.fromhex("6a69756c6974696e672d6465736b3a6f70656e20746f2065766572796f6e6521")
"""The key of a file without a password. It is no secret: encryption serves as the checksum of every page,
and whoever has the file can open it on any PC."""


def sqlite_utils() -> Any:
    """The module sqlite-utils. It is only wanted where a file is made or migrated, and takes as long to import as
    a file to open.
    """
    # WORKAROUND sqlite-utils 4.2 imports numpy wherever it is installed, for types that are never stored here;
    # that alone costs more than opening the file.
    numpy = sys.modules.get("numpy")
    if numpy is None:
        sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        import sqlite_utils as module
    finally:
        if numpy is None:
            del sys.modules["numpy"]
    return module


def connect(path: str, *, key: bytes = PUBLISHED_KEY, timeout_seconds: float = 0.2, read_only: bool = False) -> Any:
    """A connection in autocommit with the key set and nothing read yet.

    Threads are kept apart by the store, not by the connection.
    """
    target = f"file:{_uri_path(path)}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlcipher3.dbapi2.connect(
        target, uri=True, timeout=timeout_seconds, isolation_level=None, check_same_thread=False
    )
    # SQLCipher would write its own lines to standard error; its errors reach us as exceptions.
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return connection


def copied_into_memory(path: str, *, key: bytes = PUBLISHED_KEY) -> Any:
    """A connection to a copy of a file in memory. No lock is asked for: whoever calls sees to it that nobody writes."""
    connection = sqlcipher3.dbapi2.connect(":memory:", uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        source = f"file:{_uri_path(path)}?mode=ro&immutable=1"
        connection.execute(f"ATTACH DATABASE ? AS source KEY \"x'{key.hex()}'\"", (source,))
        version, application = (
            connection.execute(f"PRAGMA source.{name}").fetchone()[0] for name in ("user_version", "application_id")
        )
        connection.execute("SELECT sqlcipher_export('main', 'source')")
        connection.execute("DETACH DATABASE source")
        # The search index is a virtual table, which is only known once the schema is read again.
        connection.execute("PRAGMA writable_schema=RESET")
        connection.execute(f"PRAGMA user_version={version}")
        connection.execute(f"PRAGMA application_id={application}")
    except DatabaseError:
        connection.close()
        raise
    return connection


def _uri_path(path: str) -> str:
    slashes = path.replace("\\", "/").replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return slashes if slashes.startswith("/") or ":" not in slashes[:2] else "/" + slashes
