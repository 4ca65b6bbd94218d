"""``python -m tests.benchmarks.mutations --count N --seed S``: damaged workbooks end in a result or one trouble.

Prints what they ended in, the longest time, the largest memory of a reading process, and every file that did not.
"""

import argparse
import io
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import msoffcrypto.format.ooxml

from jiuliting_desk.sheets.book import SheetTrouble
from jiuliting_desk.sheets.reader import read_workbook
from jiuliting_desk.sheets.understanding import understood
from tests.sheets.corpus.making import LAYOUTS, made_book, write_book
from tests.sheets.corpus.writers import WRITERS
from tests.sheets.damage import MUTATIONS, bombs

KINDS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".xml", ".html"})
MEMORY_LIMIT_KB = 1_050_000
SECONDS_LIMIT = 62.0


PASSWORD = "九里亭2026"
LOCKED = "locked"
"""Begins the names of files with a password."""


def seeds_of(folder: Path, count: int) -> list[Path]:
    """Sound workbooks of every format, those with macros, of WPS and with a password among them."""
    paths = []
    for number in range(max(count, len(WRITERS))):
        book = made_book(99, number % len(LAYOUTS))
        book.format = tuple(WRITERS)[number % len(WRITERS)]
        paths.append(write_book(book, folder, number))
    xlsx = next(path for path in paths if path.suffix == ".xlsx").read_bytes()
    xls = next(path for path in paths if path.suffix == ".xls").read_bytes()
    for name, content in (("m.xlsm", xlsx), ("w.et", xls), (f"{LOCKED}.xlsx", locked(xlsx))):
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    return paths


def locked(xlsx: bytes) -> bytes:
    """The same workbook under ``PASSWORD``."""
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx)).encrypt(PASSWORD, out)
    return out.getvalue()


def ending_of(path: Path, password: str | None = None) -> tuple[str, float]:
    """What reading and understanding a file ended in, and how long it took."""
    start = time.monotonic()
    try:
        book = read_workbook(path, password=password)
    except SheetTrouble as trouble:
        return f"{trouble.kind.value} {trouble.what}".strip(), time.monotonic() - start
    found = understood(book)
    rows = sum(len(table.rows) for table in found.tables)
    return ("read" if rows else "read, no rows"), time.monotonic() - start


def largest_child_kb() -> int:
    """The most memory that one of the reading processes took; 0 on Windows, where nothing tells that."""
    memory = 0
    if sys.platform != "win32":
        import resource

        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return memory


def main(arguments: list[str]) -> int:
    """Run the campaign; the exit code is 0 where every file ended as it should."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first file")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--also", default="", help="a folder of further sound files")
    chosen = parser.parse_args(arguments)
    endings: Counter[str] = Counter()
    longest, bad = 0.0, []
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(chosen.workers) as pool:
        folder = Path(name)
        sound = seeds_of(folder, 28)
        xlsx = next(path for path in sound if path.suffix == ".xlsx").read_bytes()
        if chosen.also:
            sound += [path for path in sorted(Path(chosen.also).iterdir()) if path.suffix in KINDS]

        def one(number: int) -> tuple[int, str, float]:
            dice = Random(f"{chosen.seed}/{number}")
            path = dice.choice(sound)
            damaged = folder / f"{path.stem}-m{number}{path.suffix}"
            damaged.write_bytes(dice.choice(MUTATIONS)(dice, path.read_bytes()))
            try:
                return number, *ending_of(damaged, PASSWORD if path.stem == LOCKED and number % 4 else None)
            except Exception as error:
                return number, f"RAISED {type(error).__name__}: {error}", 0.0
            finally:
                damaged.unlink()

        for what, content in bombs(xlsx).items():
            (folder / "bomb.xlsx").write_bytes(content)
            ending, seconds = ending_of(folder / "bomb.xlsx")
            print(f"{what:24} {ending} {seconds:.2f} s")
            longest = max(longest, seconds)
        numbers = range(chosen.first, chosen.first + chosen.count)
        for number, ending, seconds in pool.map(one, numbers):
            endings[ending.split(":")[0]] += 1
            longest = max(longest, seconds)
            if ending.startswith(("RAISED", "reader_died")) or seconds > SECONDS_LIMIT:
                bad.append(f"{number}: {ending} after {seconds:.1f} s")
                print(bad[-1], flush=True)
            elif seconds > 10.0:
                print(f"slow {number}: {ending} after {seconds:.1f} s", flush=True)
    memory = largest_child_kb()
    for ending, count in endings.most_common():
        print(f"{count:7}  {ending}")
    print(f"longest {longest:.2f} s, largest reading process {memory / 1024:.0f} MB")
    return 1 if bad or not 0 < memory <= MEMORY_LIMIT_KB else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
