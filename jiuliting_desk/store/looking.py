"""The file as it is at one moment, taken into memory beside a window that has it open."""

import hashlib
import time
from pathlib import Path
from typing import Any

from jiuliting_desk.store.cipher import copied_into_memory
from jiuliting_desk.store.errors import StorageTrouble, Trouble, telling_trouble
from jiuliting_desk.store.opening import must_be_known

TRIES = 20
PAUSE_SECONDS = 0.15


def taken_into_memory(path: Path, *, key: bytes) -> Any:
    """A connection to a copy in memory: the state in which the last confirmed step left the file.

    The window's lock is not asked for. While the file is copied nobody must write it: it is read through before and
    after, and every page that is written gets a new random part, so that what reads the same was not touched; a
    transaction that is being written has its beginning in the journal. Raises StorageTrouble: HELD where somebody
    writes all the while, NO_ACCESS, NOT_OURS, NEWER, DAMAGED.
    """
    for tried in range(TRIES):
        if tried:
            time.sleep(PAUSE_SECONDS)
        try:
            before = _digest(path)
            if _is_being_written(path):
                continue
            with telling_trouble(str(path)):
                connection = copied_into_memory(str(path), key=key)
            after = _digest(path)
        except OSError as error:
            raise StorageTrouble(Trouble.NO_ACCESS, path=str(path), detail=str(error)) from error
        except StorageTrouble:
            # Pages of two states look damaged too.
            if _is_still(path, before):
                raise
            continue
        if before == after:
            try:
                must_be_known(connection, path)
            except StorageTrouble:
                connection.close()
                raise
            return connection
        connection.close()
    raise StorageTrouble(Trouble.HELD, path=str(path))


def _digest(path: Path) -> bytes:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "blake2b").digest()


def _is_still(path: Path, before: bytes) -> bool:
    try:
        return _digest(path) == before
    except OSError:
        return False


def _is_being_written(path: Path) -> bool:
    journal = path.with_name(path.name + "-journal")
    return journal.exists() and journal.stat().st_size > 0
