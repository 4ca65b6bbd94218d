"""Backups: made when something changed, listed, checked again, put in a second place, and gone back to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from jiuliting_desk.actions.settings import setting
from jiuliting_desk.store import Store, backup, history
from jiuliting_desk.store.backup import Backup

SECOND_PLACE_DAYS = 7
"""After so many days the second place is to get a backup again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupStanding:
    """How the backups stand: the last one, whether it is of today, and what changed since."""

    last: Backup | None
    is_of_today: bool
    steps_since: int
    """Steps of work that no backup holds yet."""
    second_folder: str
    second_last: Backup | None
    is_second_due: bool


def standing(store: Store, *, now: datetime) -> BackupStanding:
    """How the backups of the open file stand."""
    backups = backup.list_backups(store.path)
    last = backups[0] if backups else None
    folder = setting(store, "second_backup_folder")
    second = _in_folder(Path(folder)) if folder else []
    second_last = second[0] if second else None
    limit = now - timedelta(days=SECOND_PLACE_DAYS)
    return BackupStanding(
        last=last,
        is_of_today=last is not None and last.made_at.astimezone(now.tzinfo).date() == now.date(),
        steps_since=steps_since(store, last),
        second_folder=folder,
        second_last=second_last,
        is_second_due=bool(folder) and (second_last is None or second_last.made_at < limit),
    )


def list_backups(case_file: Path) -> list[Backup]:
    """The finished backups of a data file, the newest first."""
    return backup.list_backups(case_file)


def back_up(store: Store, *, reason: str) -> Backup:
    """A checked backup now, older ones thinned out. Raises StorageTrouble; the data is untouched."""
    made = backup.back_up(store, reason=reason)
    backup.thin_out(store.path, now=store.now())
    return made


def back_up_if_changed(store: Store, *, reason: str) -> Backup | None:
    """A checked backup where a step was taken since the last one; None where there is nothing new."""
    if not standing(store, now=store.now()).steps_since:
        return None
    return back_up(store, reason=reason)


def back_up_to_second_place(store: Store) -> Backup:
    """A checked backup in the folder of the settings (another disk, a USB stick), this and the nine newest kept there.

    Raises StorageTrouble, also where the folder is not there.
    """
    folder = Path(setting(store, "second_backup_folder"))
    made = backup.back_up(store, reason="second", folder=folder)
    # Those of a day still to come were made while the clock was wrong: the one just made is never among the oldest.
    others = [found for found in _in_folder(folder) if found.path != made.path]
    for old in others[KEPT_IN_SECOND_PLACE - 1 :]:
        old.path.unlink(missing_ok=True)
    return made


KEPT_IN_SECOND_PLACE = 10


def _in_folder(folder: Path) -> list[Backup]:
    return [found for found in backup.backups_in(folder) if found.reason == "second"]


def check(store: Store, *, path: Path) -> bool:
    """Whether a backup opens with this file's key and is whole."""
    return backup.check_backup(path, key=store.key)


def newest_whole(case_file: Path, *, key: bytes, now: datetime) -> Backup | None:
    """The newest backup of a data file that opens and is whole; None where there is none."""
    return backup.newest_whole(case_file, key=key, now=now)


def restore(case_file: Path, *, path: Path, key: bytes, now: datetime) -> Path:
    """Put a checked backup in the place of the closed data file; gives where the old file lies now.

    Raises StorageTrouble where the backup is not whole; then nothing changed.
    """
    return backup.restore(case_file, path, key=key, now=now)


def steps_since(store: Store, made: Backup | None) -> int:
    """How many steps of the open file a backup does not hold; all of them for None.

    A backup of a state that the file left by going back is told by its time.
    """
    if made is None:
        return history.steps_after(store, None)
    last = backup.last_step(made.path, key=store.key)
    count = None if last is None else history.steps_after_step(store, last)
    return history.steps_after(store, made.made_at) if count is None else count
