"""``python -m tests.benchmarks.cures --files 200``: what is told of invented files, carried out by the actions."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jiuliting_desk.store import Store
from tests.actions.causes_again import try_causes, try_rules
from tests.actions.cures import Office, Tally, try_advice, try_choosing, try_cures, try_insisting, try_later, try_plan
from tests.actions.loads_again import try_loads
from tests.actions.supposing import try_properties, try_supposing
from tests.actions.towns import Town, day_of
from tests.store_fixtures import NOW

PARTS = (
    try_plan, try_loads, try_rules, try_causes, try_cures, try_insisting, try_choosing, try_later, try_advice,
    try_supposing, try_properties,
)  # fmt: skip


@contextmanager
def office(seed: int, *, needs: int = 30, providers: int = 10) -> Iterator[Office]:
    """A new file drawn from a seed, with its plan."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "case.db", who="何佩", now=lambda: NOW)
        try:
            Town(store, seed, needs=needs, providers=providers)
            # Some files are looked at late in the month, when plans are made for the next one.
            yield Office(store, day_of(9 if seed % 5 == 4 else 0))
        finally:
            store.close()


def main() -> int:
    """Try the files and print what did not keep its word."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    every = Tally()
    for seed in range(options.seed, options.seed + options.files):
        tally = Tally()
        with office(seed) as found:
            for part in PARTS:
                part(found, tally)
        for kind, what in tally.broken:
            print(f"file {seed}: {kind}: {what}", flush=True)
        every.add(tally)
    for line in every.lines():
        print(line)
    return 1 if every.broken else 0


if __name__ == "__main__":
    sys.exit(main())
