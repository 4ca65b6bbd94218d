"""Everything that a page can do is taken back and brought back, one step after another, whatever came before."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.actions.history import redo, undo
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.store import Store
from jiuliting_desk.ui.action_words import ACTIONS
from tests.actions.deeds import PREPARATIONS, Invention, NothingThere, actions
from tests.store.test_undo import contents

TODAY = date(2026, 3, 18)

DEEDS = {action.__name__: action for action in actions() if action.__name__ in ACTIONS}
ELSEWHERE = {
    "undo": "is the way back itself",
    "redo": "is the way back itself",
    "import_sheet": "a whole import is taken back in the tests of imports",
    "erase_elder": "takes personal data out of the history too: it cannot be undone, and says so",
    "seek_for_away": "wants a pause longer than the weeks planned ahead: taken back in its own test",
    "fill_with_demo": "fills the file of these tests",
    "send_feedback_sheet": "opens a step of its own, taken back in its own tests",
}


WHEN_DUE = {"lapse_claims", "lapse_stand_ins", "prolong_claim", "extend_series", "resume_due"}
"""These act on what has become due."""


def test_every_step_of_the_program_is_tried_here() -> None:
    assert set(ACTIONS) - set(DEEDS) == {"undo", "redo", "import_sheet"}
    assert set(ELSEWHERE) <= set(ACTIONS)


def everything(store: Store) -> dict[str, list[Any]]:
    """All records, and the rows of the list made from them."""
    return contents(store) | {"elder_row": store.rows("SELECT * FROM elder_row ORDER BY elder_id")}


def does(store: Store, name: str, random: Random, *, today: date = TODAY) -> bool:
    """Whether the action changed anything; a no leaves all as it was."""
    try:
        values = Invention(store, random, today=today).values(DEEDS[name])
    except NothingThere:
        return False
    before = everything(store)
    try:
        with store.operation(name) as operation:
            if name in {"serve_needs", "form_of", "open_for_visit"}:
                DEEDS[name](store, values.pop("visit"), today=today, **values)
            else:
                DEEDS[name](store, today=today, **values)
    except UserError:
        assert everything(store) == before
        return False
    return bool(operation.changes)


def managed(store: Store, name: str, *, today: date = TODAY) -> bool:
    """Whether the action changed something with one of many inventions."""
    return any(does(store, name, Random(seed), today=today) for seed in range(300))


@pytest.fixture(scope="module")
def busy_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented people with a year of work behind them."""
    path = Path(shutil.copyfile(empty_file, tmp_path_factory.mktemp("busy") / "case.db"))
    store = Store.open(path, who="何佩")
    with store.operation("fill_with_demo"):
        fill_with_demo(store, elders=16, volunteers=8, visits=60, seed=5, today=TODAY)
    for name in ("begin_series", "add_holidays", "plan_training", "invite", "open_follow_up", "log_call", "refuse"):
        for seed in range(4):
            does(store, name, Random(seed))
    store.close()
    return path


@pytest.fixture(scope="module")
def busy(busy_file: Path) -> Any:
    """The busy file, open for all tests of this module: each leaves it as it was."""
    store = Store.open(busy_file, who="何佩")
    yield store
    store.close()


@pytest.mark.parametrize("name", sorted(DEEDS.keys() - ELSEWHERE.keys()))
def test_each_action_is_undone_and_redone(busy: Store, name: str) -> None:
    first = everything(busy)
    prepared = name in PREPARATIONS and managed(busy, PREPARATIONS[name])
    before = everything(busy)
    later = TODAY + timedelta(days=20 if name in WHEN_DUE else 0)
    assert managed(busy, name, today=later), f"{name} never changed anything"
    after = everything(busy)
    undo(busy)
    assert everything(busy) == before
    redo(busy)
    assert everything(busy) == after
    undo(busy)
    if prepared:
        undo(busy)
    assert everything(busy) == first


@pytest.fixture
def opened(empty_file: Path, tmp_path: Path) -> Callable[[], Store]:
    """Opens fresh copies of the empty file."""
    made = iter(range(10**6))

    def opened() -> Store:
        return Store.open(Path(shutil.copyfile(empty_file, tmp_path / f"{next(made)}.db")), who="何佩")

    return opened


FIRST = ("add_committee", "register_elder", "register_provider", "add_need", "book_visit", "pair", "log_cards_print")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.tuples(st.sampled_from([*FIRST * 4, *sorted(DEEDS.keys() - ELSEWHERE.keys())]), st.integers(0, 10**6)),
        min_size=10,
        max_size=60,
    )
)
def test_whatever_was_done_goes_back_to_the_empty_file_and_comes_again(
    opened: Callable[[], Store], steps: list[tuple[str, int]]
) -> None:
    store = opened()
    states = [everything(store)]
    for number, name in enumerate(FIRST):
        if does(store, name, Random(number)):
            states.append(everything(store))
    for name, seed in steps:
        if does(store, name, Random(seed)):
            states.append(everything(store))
    assert len(states) > len(FIRST) - 1
    for expected in reversed(states[:-1]):
        undo(store)
        assert everything(store) == expected
    for expected in states[1:]:
        redo(store)
        assert everything(store) == expected
    assert store.rows("PRAGMA integrity_check") == [("ok",)]
    store.close()
