"""``python -m tests.benchmarks.bruteforce --cases 10000``: small plans against all that are possible."""

import argparse
import sys

from jiuliting_desk.matching.plan import plan
from tests.matching.plain import best_levels
from tests.matching.small import small_situation


def wrong_cases(seeds: range) -> list[tuple[int, str]]:
    """The seeds whose plan is not the best at every level, is not proved so, or does not hold."""
    wrong = []
    for seed in seeds:
        situation = small_situation(seed, flat=seed % 3 == 0, odd=seed % 4 == 1)
        found, best = plan(situation), best_levels(situation)
        broken = found.table.problem.breaches(found.choice)
        if found.levels != best or broken or not found.bound.proved:
            wrong.append((seed, f"{found.levels} instead of {best} {broken} {found.bound}"))
    return wrong


def main() -> int:
    """Try the cases and print those that are wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    wrong = wrong_cases(range(options.first, options.first + options.cases))
    for seed, what in wrong:
        print(seed, what)
    print(f"{options.cases} cases, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
