"""A disk that does not answer for a moment: nothing is lost, nothing is called damaged that is whole, work goes on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jiuliting_desk.model.disclosures import Disclosed
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import StorageTrouble, Store, Trouble, backup, disclosures, opening

PEOPLE = 50


@pytest.fixture
def cold(open_store: Callable[[], Store]) -> Store:
    """A store that has read nothing yet of a file in which many pages hold something."""
    store = open_store()
    with store.operation("register"):
        store.add_many([Elder(name="苗芬", number=str(n), notes="x" * 3000) for n in range(PEOPLE)])
    store.close()
    return open_store()


def cut(path: Path) -> bytes:
    """Take half of the file away, under the hands of whoever has it open; gives what it was."""
    whole = path.read_bytes()
    put(path, whole[: len(whole) // 8192 * 4096])
    return whole


def put(path: Path, content: bytes) -> None:
    with path.open("rb+") as stream:
        stream.write(content)
        stream.truncate()


def comes_back(path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk answers again by the time the file is opened anew."""
    opened = opening.open_connection

    def open_connection(*words: Any, **more: Any) -> Any:
        put(path, whole)
        return opened(*words, **more)

    monkeypatch.setattr(opening, "open_connection", open_connection)


def register(store: Store, name: str) -> None:
    with store.operation("register"):
        elder = store.add(Elder(name=name))
        store.get_many(Elder, range(1, PEOPLE))
        store.update(elder)


def read(store: Store) -> None:
    store.all(Elder)


def reveal(store: Store) -> None:
    store.rows("SELECT notes FROM elder")
    disclosures.disclose(store, what=Disclosed.PHONE, kind="elder", record_id=1)


@pytest.mark.parametrize("step", [read, lambda store: register(store, "高莲英"), reveal])
def test_what_could_not_be_read_once_is_not_called_damaged_and_work_goes_on(
    cold: Store, monkeypatch: pytest.MonkeyPatch, step: Callable[[Store], None]
) -> None:
    comes_back(cold.path, cut(cold.path), monkeypatch)
    with pytest.raises(StorageTrouble) as raised:
        step(cold)
    assert raised.value.trouble is Trouble.IO
    assert cold.problems() == []
    assert cold.count(Elder) == PEOPLE, "the step rolled back"
    step(cold)
    register(cold, "马根宝")
    assert backup.back_up(cold, reason="hand").bytes > 0
    cold.close()


def test_what_is_damaged_is_called_damaged(cold: Store) -> None:
    whole = cut(cold.path)
    for _ in range(2):
        with pytest.raises(StorageTrouble) as raised:
            read(cold)
        assert raised.value.trouble is Trouble.DAMAGED
    put(cold.path, whole)
    read(cold)


def test_a_file_out_of_reach_is_not_made_anew_and_is_found_once_it_is_back(cold: Store) -> None:
    whole, away = cut(cold.path), cold.path.with_name("away.db")
    cold.path.rename(away)
    for _ in range(2):
        for step in (read, lambda store: register(store, "高莲英"), lambda store: backup.back_up(store, reason="hand")):
            with pytest.raises(StorageTrouble) as raised:
                step(cold)
            assert raised.value.trouble is Trouble.IO
    assert not cold.path.exists()
    put(away, whole)
    away.rename(cold.path)
    register(cold, "马根宝")
    assert cold.count(Elder) == PEOPLE + 1
    assert cold.problems() == []


def test_a_window_closes_though_its_file_is_out_of_reach(cold: Store) -> None:
    cut(cold.path)
    cold.path.rename(cold.path.with_name("away.db"))
    with pytest.raises(StorageTrouble):
        read(cold)
    cold.close()
    assert not cold.path.exists()
