"""What the matching tells of invented files comes true when the actions do it; the benchmark ``cures`` tries more."""

from collections.abc import Callable

import pytest

from jiuliting_desk.store import Store
from tests.actions.causes_again import try_causes, try_rules
from tests.actions.cures import Office, Tally, try_advice, try_cures, try_insisting, try_plan
from tests.actions.supposing import try_properties, try_supposing
from tests.actions.towns import Town, day_of


@pytest.fixture(params=[(7, 0), (19, 0), (22, 0), (25, 9)], ids=["hours", "pairs", "trips", "next month"])
def office(request: pytest.FixtureRequest, store: Store) -> Office:
    """A file drawn from a seed, and its plan so many days later."""
    seed, days = request.param
    Town(store, seed, needs=18, providers=7)
    return Office(store, day_of(days))


Trying = Callable[[Office, Tally], None]


@pytest.mark.parametrize(
    "part", [try_plan, try_rules, try_causes, try_cures, try_insisting, try_advice, try_supposing, try_properties]
)
def test_what_is_told_comes_true(office: Office, part: Trying) -> None:
    tally = Tally()
    part(office, tally)
    assert tally.broken == []
    assert tally.tried


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
