"""Backups are opened and checked; the way back moves the old file aside."""

import errno
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import StorageTrouble, Store, Trouble, backup
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
