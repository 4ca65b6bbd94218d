"""A look at the file beside whoever has it open: what was confirmed, whole, and nothing is touched."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import StorageTrouble, Store, Trouble, looking
from jiuliting_desk.store.cipher import connect, copied_into_memory
from jiuliting_desk.store.migrations import STEPS
from tests.store.test_backup import damage
from tests.store.test_faults import OPEN_ONCE, WRITE_FOREVER, started

HOLD = """
import sys
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import Store
store = Store.open(sys.argv[1], who="邵雯")
with store.operation("register"):
    store.add(Elder(name="高莲英"))
print("open", flush=True)
sys.stdin.readline()
with store.operation("register"):
    store.add(Elder(name="马根宝"))
store.close()
"""
"""Has the file open with one person in it, and writes another before it goes."""


@contextmanager
def held(case_file: Path) -> Iterator[None]:
    """Another process has the file open."""
    with started(HOLD, str(case_file)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield
        process.communicate("done\n")


def names(store: Store) -> list[str]:
    return [elder.name for elder in store.all(Elder)]


def test_a_look_sees_what_was_confirmed_and_leaves_everything_as_it_was(case_file: Path) -> None:
    with held(case_file):
        before = {path: path.read_bytes() for path in case_file.parent.glob("case.db*")}
        look = Store.look(case_file)
        assert names(look) == ["高莲英"]
        with look.operation("register"):
            look.add(Elder(name="只在这里"))
        assert look.rows("PRAGMA integrity_check") == [("ok",)]
        look.execute("INSERT INTO search(search) VALUES ('integrity-check')")
        with pytest.raises(RuntimeError):
            next(look.file_parts())
        look.close()
        assert {path: path.read_bytes() for path in case_file.parent.glob("case.db*")} == before
        with started(OPEN_ONCE, str(case_file), "0") as other:
            assert other.communicate("done\n")[0].strip() == "held"
    store = Store.open(case_file)
    assert names(store) == ["高莲英", "马根宝"]
    store.close()


def test_looks_beside_one_who_writes_all_the_while_are_whole(case_file: Path) -> None:
    seen = []
    with started(WRITE_FOREVER, str(case_file)) as process:
        assert process.stdout is not None
        process.stdout.readline()
        for _ in range(4):
            try:
                look = Store.look(case_file)
            except StorageTrouble as trouble:
                seen.append(trouble.trouble)
                continue
            count, steps = look.count(Elder), look.value("SELECT count(*) FROM operation")
            assert (count, look.rows("PRAGMA integrity_check")) == (40 * steps, [("ok",)])
            look.close()
        process.kill()
    assert set(seen) <= {Trouble.HELD}


def test_a_file_that_changes_while_it_is_read_is_read_again(case_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[str] = []

    def changing(until: int) -> Callable[..., Any]:
        def copy(path: str, *, key: bytes) -> Any:
            connection = copied_into_memory(path, key=key)
            times.append(path)
            if len(times) < until:
                writing = connect(path)
                writing.execute(f"INSERT INTO setting (key, value) VALUES ('{len(times)}', '')")
                writing.close()
            return connection

        return copy

    monkeypatch.setattr(looking, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(looking, "copied_into_memory", changing(3))
    look = Store.look(case_file)
    assert (len(times), look.value("SELECT count(*) FROM setting WHERE value = ''")) == (3, 2)
    look.close()
    monkeypatch.setattr(looking, "copied_into_memory", changing(1000))
    with pytest.raises(StorageTrouble) as raised:
        Store.look(case_file)
    assert raised.value.trouble is Trouble.HELD


def test_while_a_step_is_being_written_the_look_waits(case_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "PAUSE_SECONDS", 0)
    case_file.with_name("case.db-journal").write_bytes(b"begun")
    with pytest.raises(StorageTrouble) as raised:
        Store.look(case_file)
    assert raised.value.trouble is Trouble.HELD


def test_a_file_that_goes_while_it_is_looked_at_is_told_as_out_of_reach(
    case_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(path: str, *, key: bytes) -> Any:
        Path(path).unlink()
        raise StorageTrouble(Trouble.DAMAGED, path=path)

    monkeypatch.setattr(looking, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(looking, "copied_into_memory", gone)
    with pytest.raises(StorageTrouble) as raised:
        Store.look(case_file)
    assert raised.value.trouble is Trouble.NO_ACCESS


@pytest.mark.parametrize("content", [b"hello " * 2000, b"\0" * 8192, None])
def test_what_is_no_data_file_is_told_as_when_it_is_opened(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "case.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StorageTrouble) as raised:
        Store.look(path)
    assert raised.value.trouble is (Trouble.NO_ACCESS if content is None else Trouble.NOT_OURS)


def test_a_newer_file_and_a_damaged_one_are_told(store: Store) -> None:
    with store.operation("register"):
        store.add_many([Elder(name="苗芬", number=str(n), notes="x" * 3000) for n in range(50)])
    store.close()
    whole = store.path.read_bytes()
    writing = connect(str(store.path))
    writing.execute(f"PRAGMA user_version={len(STEPS) + 1}")
    writing.close()
    with pytest.raises(StorageTrouble) as raised:
        Store.look(store.path)
    assert raised.value.trouble is Trouble.NEWER
    store.path.write_bytes(whole)
    damage(store.path)
    with pytest.raises(StorageTrouble) as raised:
        Store.look(store.path)
    assert raised.value.trouble is Trouble.DAMAGED
