"""Real files: an empty one is migrated once per session and copied."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jiuliting_desk.store import Store

NOW = datetime(2026, 3, 18, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file with nothing in it but what every file begins with."""
    path = tmp_path_factory.mktemp("empty") / "case.db"
    Store.open(path, who="何佩", now=lambda: NOW).close()
    return path


@pytest.fixture
def case_file(empty_file: Path, tmp_path: Path) -> Path:
    """A copy of the empty file, for one test."""
    return Path(shutil.copyfile(empty_file, tmp_path / "case.db"))


@pytest.fixture
def open_store(case_file: Path) -> Iterator[Callable[[], Store]]:
    """Opens the test's file; all are closed at the end."""
    stores: list[Store] = []

    def opened() -> Store:
        stores.append(Store.open(case_file, who="何佩", now=lambda: NOW))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    """An open store on an empty file."""
    return open_store()
