"""Backups are opened and checked; the way back moves the old file aside."""

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import StorageTrouble, Store, Trouble, backup, opening
from jiuliting_desk.store.cipher import PUBLISHED_KEY, connect
from tests.store.test_undo import contents

NOW = datetime(2026, 3, 18, 9, 0, tzinfo=UTC)


def test_a_backup_brings_everything_back(store: Store) -> None:
    with store.operation("register"):
        elder = store.add(Elder(name="金㛃生", number="1"))
    made = backup.back_up(store, reason="hand")
    assert [found.path for found in backup.list_backups(store.path)] == [made.path]
    before = contents(store)
    with store.operation("edit"):
        store.update(replace(elder, name="错"))
    path = store.path
    store.close()
    aside = backup.restore(path, made.path, key=PUBLISHED_KEY, now=NOW)
    assert aside.exists()
    again = Store.open(path)
    assert contents(again) == before
    again.close()


def test_a_damaged_backup_is_not_restored(store: Store) -> None:
    made = backup.back_up(store, reason="hand")
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(content)
    path = store.path
    store.close()
    before = path.read_bytes()
    with pytest.raises(StorageTrouble) as raised:
        backup.restore(path, made.path, key=PUBLISHED_KEY, now=NOW)
    assert raised.value.trouble is Trouble.BACKUP
    assert path.read_bytes() == before


class Killed(BaseException):
    """The program is ended here."""


def restored_until(case_file: Path, made: Path, last: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Go back to a backup, ended at the step of that number; gives whether there was one."""
    steps = iter(range(last, -1, -1))

    def ended(take: Callable[..., object]) -> Callable[..., object]:
        def taken(*words: object, **more: object) -> object:
            if next(steps) == 0:
                raise Killed
            return take(*words, **more)

        return taken

    with monkeypatch.context() as patched:
        for module, name in ((os, "replace"), (os, "fsync"), (shutil, "copyfile"), (Path, "unlink")):
            patched.setattr(module, name, ended(getattr(module, name)))
        try:
            backup.restore(case_file, made, key=PUBLISHED_KEY, now=NOW)
        except Killed:
            return True
    return False


def test_wherever_going_back_is_ended_the_file_is_the_old_or_the_new(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.operation("register"):
        store.add(Elder(name="高莲英"))
    made, path = backup.back_up(store, reason="hand").path, store.path
    with store.operation("register"):
        store.add(Elder(name="马根宝"))
    store.close()
    old, seen = path.read_bytes(), set()
    for last in range(30):
        for left in path.parent.glob("case.db*"):
            left.unlink()
        path.write_bytes(old)
        path.with_name("case.db-journal").touch()
        is_ended = restored_until(path, made, last, monkeypatch)
        again = Store.open(path)
        names = [elder.name for elder in again.all(Elder)]
        again.close()
        asides = [found.read_bytes() for found in path.parent.glob("case.db.damaged-*") if "journal" not in found.name]
        assert (names == ["高莲英"] and asides == [old]) or names == ["高莲英", "马根宝"], last
        seen.add(len(names))
        if not is_ended:
            break
    assert (seen, last > 5, len(names)) == ({1, 2}, True, 1)


def test_two_that_were_put_aside_in_one_second_are_both_kept(store: Store) -> None:
    made, path = backup.back_up(store, reason="hand").path, store.path
    with store.operation("register"):
        store.add(Elder(name="高莲英"))
    store.close()
    before = path.read_bytes()
    asides = [backup.restore(path, made, key=PUBLISHED_KEY, now=NOW) for _ in range(2)]
    assert [aside.read_bytes() for aside in asides] == [before, made.read_bytes()]


def test_going_back_that_cannot_be_done_leaves_the_file_where_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, path, replace_file = backup.back_up(store, reason="hand").path, store.path, os.replace
    store.close()
    before = path.read_bytes()

    def refused(source: Path, target: Path) -> None:
        if target == path and source != aside:
            raise PermissionError(errno.EACCES, "held", str(target))
        replace_file(source, target)

    aside = path.with_name(f"case.db.damaged-{NOW.strftime(backup.STAMP)}")
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refused)
        with pytest.raises(StorageTrouble) as raised:
            backup.restore(path, made, key=PUBLISHED_KEY, now=NOW)
    assert raised.value.trouble is Trouble.NO_ACCESS
    assert path.read_bytes() == before
    assert not aside.exists()
    assert not list(path.parent.glob("*.restoring"))


def test_a_file_that_is_gone_is_not_made_anew_beside_its_backups(store: Store) -> None:
    backup.back_up(store, reason="hand")
    path = store.path
    store.close()
    path.unlink()
    with pytest.raises(StorageTrouble) as raised:
        Store.open(path)
    assert raised.value.trouble is Trouble.GONE
    assert not path.exists()


def damage(path: Path) -> None:
    """Alter one bit of the last page."""
    with path.open("rb+") as stream:
        stream.seek(-2000, os.SEEK_END)
        [sign] = stream.read(1)
        stream.seek(-2000, os.SEEK_END)
        stream.write(bytes([sign ^ 1]))


def test_the_backup_of_a_damaged_file_says_that_the_file_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.operation("register"):
        store.add_many([Elder(name="苗芬", number=str(n), notes="x" * 3000) for n in range(50)])
    made = backup.back_up(store, reason="hand")
    assert store.problems() == []
    look_at = opening.integrity_problems

    def damaged_first(connection: Any) -> list[str]:
        damage(next(store.path.parent.rglob("*.part")))
        return look_at(connection)

    with monkeypatch.context() as patched:
        patched.setattr(backup, "integrity_problems", damaged_first)
        with pytest.raises(StorageTrouble) as raised:
            backup.back_up(store, reason="hand")
    assert raised.value.trouble is Trouble.BACKUP
    damage(store.path)
    assert store.problems()
    with pytest.raises(StorageTrouble) as raised:
        backup.back_up(store, reason="hand")
    assert raised.value.trouble is Trouble.DAMAGED
    assert [found.path for found in backup.list_backups(store.path)] == [made.path]
    assert not list(store.path.parent.rglob("*.part"))


def test_the_newest_whole_backup_is_found_past_damaged_ones_and_those_of_days_to_come(store: Store) -> None:
    made = [backup.back_up(store, reason="hand").path for _ in range(4)]
    to_come = made[3].rename(made[3].with_name("20360318-090000_hand.db"))
    damage(made[2])

    def found() -> Path | None:
        newest = backup.newest_whole(store.path, key=PUBLISHED_KEY, now=NOW + timedelta(minutes=1))
        return None if newest is None else newest.path

    assert found() == made[1]
    for path in made[:2]:
        damage(path)
    assert found() == to_come
    damage(to_come)
    assert found() is None


def test_a_backup_that_cannot_be_written_leaves_no_part(store: Store, tmp_path: Path) -> None:
    blocked = tmp_path / "not_a_folder"
    blocked.write_text("x")
    with pytest.raises(StorageTrouble):
        backup.back_up(store, reason="hand", folder=blocked)
    assert list(tmp_path.rglob("*.part")) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE elder SET notes = 'x' WHERE id = 7",
        "UPDATE elder SET birth = '1940' WHERE id = 7",
        "DELETE FROM elder WHERE id = 50",
        "UPDATE fact SET value = 'x'",
        "DROP TABLE refusal",
    ],
)
def test_a_copy_that_differs_in_one_value_is_no_backup(
    store: Store, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    with store.operation("register"):
        store.add_many([Elder(name="苗芬", number=str(n)) for n in range(50)])

    def tamper(path: Path) -> None:
        copy = connect(str(path))
        copy.execute(change)
        copy.close()

    monkeypatch.setattr(backup, "_sync", tamper)
    with pytest.raises(StorageTrouble) as raised:
        backup.back_up(store, reason="hand")
    assert raised.value.trouble is Trouble.BACKUP
    assert backup.list_backups(store.path) == []
    monkeypatch.undo()
    backup.back_up(store, reason="hand")
    assert len(backup.list_backups(store.path)) == 1


def test_a_backup_is_the_file_byte_for_byte(store: Store) -> None:
    with store.operation("register"):
        store.add_many([Elder(name="苗芬", number=str(n), notes="x" * 3000) for n in range(800)])
    made = backup.back_up(store, reason="hand")
    assert made.bytes > 2_000_000
    before = contents(store)
    store.close()
    assert made.path.read_bytes() == store.path.read_bytes()
    copy = Store.open(made.path)
    assert contents(copy) == before
    copy.close()


def test_no_backup_is_made_of_what_is_not_confirmed(store: Store) -> None:
    with store.operation("register"):
        store.add(Elder(name="苗芬", number="1"))
        with pytest.raises(RuntimeError):
            backup.back_up(store, reason="hand")
    assert backup.list_backups(store.path) == []
    assert list(store.path.parent.rglob("*.part")) == []


def test_a_copy_cut_short_or_too_long_is_no_backup(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for change in (lambda content: content[:-1], lambda content: content + b"x"):
        monkeypatch.setattr(
            backup,
            "_sync",
            lambda path, change=change: path.write_bytes(change(path.read_bytes())),
        )
        with pytest.raises(StorageTrouble):
            backup.back_up(store, reason="hand")
    assert list(store.path.parent.rglob("*.part")) == []


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.ENOSPC, Trouble.FULL),
        (errno.EDQUOT, Trouble.FULL),
        (errno.EFBIG, Trouble.FULL),
        (errno.EACCES, Trouble.NO_ACCESS),
    ],
)
def test_a_disk_without_room_is_told_from_one_that_may_not_be_written(
    store: Store, monkeypatch: pytest.MonkeyPatch, number: int, trouble: Trouble
) -> None:
    def refused(_path: Path) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(backup, "_sync", refused)
    with pytest.raises(StorageTrouble) as found:
        backup.back_up(store, reason="hand")
    assert found.value.trouble is trouble
    assert list(store.path.parent.rglob("*.part")) == []


def test_old_backups_are_thinned(case_file: Path) -> None:
    folder = backup.backup_folder(case_file)
    folder.mkdir()
    for hours in range(0, 24 * 400, 6):
        made = NOW - timedelta(hours=hours)
        (folder / f"{made.astimezone().strftime(backup.STAMP)}_timer.db").touch()
    removed = backup.thin_out(case_file, now=NOW)
    kept = backup.list_backups(case_file)
    assert removed
    recent = [found for found in kept if NOW - found.made_at <= timedelta(days=2)]
    assert len(recent) == 9
    assert 20 <= len(kept) - len(recent) <= 36
    assert NOW - kept[-1].made_at > timedelta(days=300)


def test_every_flipped_bit_of_the_file_is_noticed(store: Store) -> None:
    with store.operation("register"):
        store.add_many([Elder(name="苗芬", number=str(n)) for n in range(50)])
    made = backup.back_up(store, reason="hand")
    clean = made.path.read_bytes()
    for offset in range(17, len(clean), len(clean) // 40):
        content = bytearray(clean)
        content[offset] ^= 4
        made.path.write_bytes(content)
        assert not backup.check_backup(made.path, key=PUBLISHED_KEY), offset
    made.path.write_bytes(clean)
    assert backup.check_backup(made.path, key=PUBLISHED_KEY)
