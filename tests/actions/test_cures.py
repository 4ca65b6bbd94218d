"""What the matching tells of invented files comes true when the actions do it; the benchmark ``cures`` tries more."""

import pytest

from jiuliting_desk.store import Store
from tests.actions.causes_again import try_causes, try_rules
from tests.actions.cures import Office, Tally, try_advice, try_choosing, try_cures, try_insisting, try_later, try_plan
from tests.actions.loads_again import try_loads
from tests.actions.supposing import try_properties, try_supposing
from tests.actions.towns import Town, day_of

PARTS = (
    try_plan, try_loads, try_rules, try_causes, try_cures, try_insisting, try_choosing, try_advice, try_supposing,
    try_properties,
)  # fmt: skip


@pytest.mark.parametrize(
    ("seed", "days"),
    [(23, 0), (31, 0), (6, 0), (8, 9), (45, 0)],
    ids=["hours", "pairs", "trips", "next month", "half-days"],
)
def test_all_that_is_told_of_a_file_comes_true(store: Store, seed: int, days: int) -> None:
    Town(store, seed, needs=18, providers=7)
    office, tally = Office(store, day_of(days)), Tally()
    for part in PARTS:
        before = tally.tried.total()
        part(office, tally)
        assert tally.tried.total() > before
    try_later(office, tally)
    assert tally.broken == []


def test_a_word_that_is_not_kept_is_counted() -> None:
    tally, other = Tally(), Tally()
    tally.count("cure resume", "", kept=True)
    other.count("cure resume", "nobody went", kept=False)
    tally.add(other)
    assert tally.broken == [("cure resume", "nobody went")]
    assert next(line.split() for line in tally.lines()) == [
        "cure",
        "resume",
        "2",
        "tried",
        "1",
        "kept",
        "their",
        "word",
    ]
