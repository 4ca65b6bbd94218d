"""Backups that were opened and checked, their thinning, and the way back."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from jiuliting_desk.store.cipher import DatabaseError, connect
from jiuliting_desk.store.errors import StorageTrouble, Trouble, telling_trouble
from jiuliting_desk.store.opening import integrity_problems

if TYPE_CHECKING:
    from jiuliting_desk.store.store import Store

STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup file; ``reason`` is why it was made (timer, close, import, migration, hand, restore)."""

    path: Path
    made_at: datetime
    reason: str
    bytes: int


def backup_folder(case_file: Path) -> Path:
    """Where the backups of a data file lie: a folder beside it."""
    return case_file.with_name(case_file.stem + ".backups")


def list_backups(case_file: Path) -> list[Backup]:
    """The finished backups of a data file, the newest first."""
    return backups_in(backup_folder(case_file))


def backups_in(folder: Path) -> list[Backup]:
    """The finished backups in a folder, the newest first; none where there is no such folder."""
    found = []
    for path in folder.glob("*.db") if folder.is_dir() else ():
        stamp, _, reason = path.stem.partition("_")
        try:
            made_at = datetime.strptime(stamp, STAMP).astimezone()
        except ValueError:
            continue
        found.append(Backup(path=path, made_at=made_at, reason=reason, bytes=path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def back_up(store: "Store", *, reason: str, folder: Path | None = None) -> Backup:
    """Copy the file into a backup, compare the two, open the copy and check it; then name it.

    Raises StorageTrouble (FULL, NO_ACCESS, BACKUP); a partial file is removed and the data is untouched.
    """
    with begun(store, reason=reason, folder=folder) as under_way:
        return under_way.finished()


class UnderWay:
    """A backup whose copy is made and equals the file; it is being opened and checked beside other work."""

    def __init__(
        self, partial: Path, target: Path, *, key: bytes, made_at: datetime, reason: str, digest: bytes
    ) -> None:
        self._partial = partial
        self._digest = digest
        self._target = target
        self._made_at = made_at
        self._reason = reason
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="backup")
        self._problems = self._pool.submit(_problems_of, partial, key)

    def finished(self) -> Backup:
        """The backup under its name, once it is found whole.

        Raises StorageTrouble: DAMAGED where the copy is what the file was, so that the file itself is not whole.
        """
        with _telling(self._target.parent, str(self._partial)):
            problems = self._problems.result()
            if problems:
                is_the_file = _digest_of(self._partial) == self._digest
                trouble = Trouble.DAMAGED if is_the_file else Trouble.BACKUP
                raise StorageTrouble(trouble, path=str(self._partial), detail="; ".join(problems[:3]))
            os.replace(self._partial, self._target)
            _sync_folder(self._target.parent)
            size = self._target.stat().st_size
        return Backup(path=self._target, made_at=self._made_at, reason=self._reason, bytes=size)

    def close(self) -> None:
        """Wait for the check, and leave nothing behind that was not finished."""
        self._pool.shutdown(wait=True)
        self._partial.unlink(missing_ok=True)


@contextmanager
def begun(store: "Store", *, reason: str, folder: Path | None = None) -> Iterator[UnderWay]:
    """A backup of the file as it is now; its check goes on while the file is written again.

    Whoever needs the backup calls ``finished`` within, at the latest before committing what it is to guard against.
    Between two operations the file on the disk is all that is known (its journal is rolled back already, and nothing
    waits in memory), so that it is copied as it lies there: a tenth of the time of writing every row anew.
    Raises StorageTrouble as ``back_up`` does.
    """
    folder = folder or backup_folder(store.path)
    now = store.now()
    target = _free_name(folder, now, reason)
    partial = target.with_suffix(".part")
    with _telling(folder, str(partial)):
        folder.mkdir(parents=True, exist_ok=True)
        for left in (*backup_folder(store.path).glob("*.part"), partial):
            # Ours alone: nobody else has the file open. A program that was killed could not clear up.
            left.unlink(missing_ok=True)
        digest = hashlib.blake2b()
        try:
            with partial.open("xb") as copy:
                for part in store.file_parts():
                    copy.write(part)
                    digest.update(part)
            _sync(partial)
            if not _is_same(store, partial):
                raise StorageTrouble(Trouble.BACKUP, path=str(partial))
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    under_way = UnderWay(partial, target, key=store.key, made_at=now, reason=reason, digest=digest.digest())
    try:
        yield under_way
    finally:
        under_way.close()


def _is_same(store: "Store", copy: Path) -> bool:
    """Whether a copy is the file itself, byte for byte."""
    with copy.open("rb") as stream:
        return all(stream.read(len(part)) == part for part in store.file_parts()) and not stream.read(1)


def _digest_of(copy: Path) -> bytes:
    with copy.open("rb") as stream:
        return hashlib.file_digest(stream, "blake2b").digest()


def _problems_of(copy: Path, key: bytes) -> list[str]:
    """What is wrong with a copy; on a connection of this thread's own."""
    connection = connect(str(copy), key=key, read_only=True)
    try:
        return integrity_problems(connection)
    finally:
        connection.close()


FULL_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No room on the disk, none left of what one may use, or more than a file may hold there, as on many USB sticks."""


@contextmanager
def _telling(folder: Path, partial: str) -> Iterator[None]:
    try:
        with telling_trouble(partial):
            yield
    except OSError as error:
        full = error.errno in FULL_ERRORS
        raise StorageTrouble(
            Trouble.FULL if full else Trouble.NO_ACCESS, path=str(folder), detail=str(error)
        ) from error


def _free_name(folder: Path, now: datetime, reason: str) -> Path:
    while True:
        target = folder / f"{now.strftime(STAMP)}_{reason}.db"
        if not target.exists():
            return target
        now += timedelta(seconds=1)


def check_backup(path: Path, *, key: bytes) -> bool:
    """Whether a backup opens and is whole."""
    try:
        connection = connect(str(path), key=key, read_only=True)
        try:
            return not integrity_problems(connection) and bool(
                connection.execute("SELECT count(*) FROM operation").fetchone()
            )
        finally:
            connection.close()
    except DatabaseError:
        return False


def last_step(path: Path, *, key: bytes) -> tuple[int, str] | None:
    """Id and moment of the last step that a backup holds; None where it holds none or cannot be read."""
    try:
        connection = connect(str(path), key=key, read_only=True)
        try:
            found: tuple[int, str] | None = connection.execute(
                "SELECT id, at FROM operation ORDER BY id DESC LIMIT 1"
            ).fetchone()
        finally:
            connection.close()
    except DatabaseError:
        return None
    return found


def thin_out(case_file: Path, *, now: datetime) -> list[Path]:
    """Remove old backups: all of two days are kept, then 14 daily, 10 weekly and 12 monthly; gives the removed."""
    kept: set[Path] = set()
    seen: dict[str, set[str]] = {"day": set(), "week": set(), "month": set()}
    limits = {"day": 14, "week": 10, "month": 12}
    backups = list_backups(case_file)
    for backup in backups:
        if now - backup.made_at <= timedelta(days=2):
            kept.add(backup.path)
            continue
        year, week, _ = backup.made_at.isocalendar()
        slots = {
            "day": backup.made_at.strftime("%Y%m%d"),
            "week": f"{year}-{week}",
            "month": backup.made_at.strftime("%Y%m"),
        }
        for period, slot in slots.items():
            if slot not in seen[period] and len(seen[period]) < limits[period]:
                seen[period].add(slot)
                kept.add(backup.path)
    removed = [backup.path for backup in backups if backup.path not in kept]
    for path in removed:
        path.unlink(missing_ok=True)
    return removed


def newest_whole(case_file: Path, *, key: bytes, now: datetime) -> Backup | None:
    """The newest backup that opens and is whole; None where there is none.

    One of a day that is still to come was made while the clock was wrong: it is taken only where there is no other.
    """
    known = sorted(list_backups(case_file), key=lambda backup: (backup.made_at <= now, backup.made_at), reverse=True)
    return next((backup for backup in known if check_backup(backup.path, key=key)), None)


def restore(case_file: Path, backup: Path, *, key: bytes, now: datetime) -> Path:
    """Put a checked backup in the place of the (closed) data file; the old one is moved aside, never deleted.

    Gives the path of the old file. Raises StorageTrouble (BACKUP) where the backup is not whole; then nothing changed.
    Where it is ended midway, ``finish_restore`` does the rest.
    """
    if not check_backup(backup, key=key):
        raise StorageTrouble(Trouble.BACKUP, path=str(backup))
    fresh, journal = _restoring(case_file), _journal(case_file)
    aside = _free_aside(case_file, now)
    try:
        shutil.copyfile(backup, fresh)
        _sync(fresh)
        if journal.exists():
            # Copied, and removed only when the old file is away: without it, that file may be half written.
            shutil.copyfile(journal, _journal(aside))
            _sync(_journal(aside))
        if case_file.exists():
            os.replace(case_file, aside)
        _put_fresh(case_file)
    except OSError as error:
        if not case_file.exists() and aside.exists():
            os.replace(aside, case_file)
        fresh.unlink(missing_ok=True)
        raise StorageTrouble(
            Trouble.FULL if error.errno in FULL_ERRORS else Trouble.NO_ACCESS, path=str(case_file), detail=str(error)
        ) from error
    return aside


def finish_restore(case_file: Path, *, key: bytes) -> None:
    """Put what was being restored in its place, where the program was ended after the old file had been moved."""
    fresh = _restoring(case_file)
    if fresh.exists() and not case_file.exists() and check_backup(fresh, key=key):
        _put_fresh(case_file)


def _put_fresh(case_file: Path) -> None:
    _journal(case_file).unlink(missing_ok=True)
    os.replace(_restoring(case_file), case_file)
    _sync_folder(case_file.parent)


def _restoring(case_file: Path) -> Path:
    return case_file.with_name(case_file.name + ".restoring")


def _journal(file: Path) -> Path:
    return file.with_name(file.name + "-journal")


def _free_aside(case_file: Path, now: datetime) -> Path:
    while (aside := case_file.with_name(f"{case_file.name}.damaged-{now.strftime(STAMP)}")).exists():
        now += timedelta(seconds=1)
    return aside


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
