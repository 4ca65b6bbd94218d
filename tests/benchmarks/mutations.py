"""``python -m tests.benchmarks.mutations --count N --seed S``: damaged workbooks end in a result or one trouble.

Prints what they ended in, the longest time, the largest memory of a reading process, and every file that did not.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from jiuliting_desk.sheets.book import SheetTrouble
from jiuliting_desk.sheets.reader import read_workbook
from jiuliting_desk.sheets.understanding import understood
from tests.sheets.corpus.making import LAYOUTS, made_book, write_book
from tests.sheets.corpus.writers import WRITERS
from tests.sheets.damage import MUTATIONS, bombs

MEMORY_LIMIT_KB = 1_050_000
SECONDS_LIMIT = 62.0


def seeds_of(folder: Path, count: int) -> list[Path]:
    """Sound workbooks of every format."""
    paths = []
    for number in range(max(count, len(WRITERS))):
        book = made_book(99, number % len(LAYOUTS))
        book.format = tuple(WRITERS)[number % len(WRITERS)]
        paths.append(write_book(book, folder, number))
    return paths


def ending_of(path: Path) -> tuple[str, float]:
    """What reading and understanding a file ended in, and how long it took."""
    start = time.monotonic()
    try:
        book = read_workbook(path)
    except SheetTrouble as trouble:
        return f"{trouble.kind.value} {trouble.what}".strip(), time.monotonic() - start
    found = understood(book)
    rows = sum(len(table.rows) for table in found.tables)
    return ("read" if rows else "read, no rows"), time.monotonic() - start


def main(arguments: list[str]) -> int:
    """Run the campaign; the exit code is 0 where every file ended as it should."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args(arguments)
    endings: Counter[str] = Counter()
    longest, bad = 0.0, []
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(chosen.workers) as pool:
        folder = Path(name)
        sound = seeds_of(folder, 28)
        xlsx = next(path for path in sound if path.suffix == ".xlsx").read_bytes()

        def one(number: int) -> tuple[int, str, float]:
            dice = Random(f"{chosen.seed}/{number}")
            path = dice.choice(sound)
            damaged = folder / f"m{number}{path.suffix}"
            damaged.write_bytes(dice.choice(MUTATIONS)(dice, path.read_bytes()))
            try:
                return number, *ending_of(damaged)
            except Exception as error:
                return number, f"RAISED {type(error).__name__}: {error}", 0.0
            finally:
                damaged.unlink()

        for what, content in bombs(xlsx).items():
            (folder / "bomb.xlsx").write_bytes(content)
            ending, seconds = ending_of(folder / "bomb.xlsx")
            print(f"{what:24} {ending} {seconds:.2f} s")
            longest = max(longest, seconds)
        for number, ending, seconds in pool.map(one, range(chosen.count)):
            endings[ending.split(":")[0]] += 1
            longest = max(longest, seconds)
            if ending.startswith("RAISED") or seconds > SECONDS_LIMIT:
                bad.append(f"{number}: {ending} after {seconds:.1f} s")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    for ending, count in endings.most_common():
        print(f"{count:7}  {ending}")
    print(f"longest {longest:.2f} s, largest reading process {memory / 1024:.0f} MB")
    for text in bad[:50]:
        print(text)
    return 1 if bad or memory > MEMORY_LIMIT_KB else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
