"""``python -m tests.benchmarks.import_corpus --seed S --books N``: how well a corpus is read, worst layouts first."""

import argparse
import sys
import tempfile
from pathlib import Path

from jiuliting_desk.sheets.book import Book, SheetTrouble
from jiuliting_desk.sheets.opening import opened
from jiuliting_desk.sheets.understanding import understood
from jiuliting_desk.sheets.vocabulary import Vocabulary
from tests.sheets.corpus.making import made_book, write_book
from tests.sheets.corpus.people import PLACES, TODAY
from tests.sheets.truth import Score, compared

KNOWN_PLACES = Vocabulary(
    committees=dict.fromkeys(PLACES, ()),
    compounds={compound: () for compounds in PLACES.values() for compound in compounds},
    today=TODAY,
)


def score_of(seed: int, number: int, folder: Path, vocabulary: Vocabulary) -> tuple[str, Score]:
    """Make, write, read and compare one book; gives its layout and format, and its score."""
    book = made_book(seed, number)
    path = write_book(book, folder, number)
    try:
        source = opened(str(path))
        sheets = tuple(source.sheets)
        read = Book(file_name=path.name, format=source.format, sheets=sheets)
        tables = understood(read, vocabulary=vocabulary).tables
    except SheetTrouble as trouble:
        score = Score(rows=len(book.truth["records"]), differences=[f"not read: {trouble.kind} {trouble.what}"])
        return f"{book.layout}", score
    score = compared(tables, book.truth)
    kinds = {table.kind.value for table in tables if table.rows and not table.hidden}
    wanted = {book.truth["kind"], book.truth.get("also", book.truth["kind"])}
    if not kinds <= wanted:
        score.differences.insert(0, f"kind read as {sorted(kinds)}, should be {sorted(wanted)}")
    score.differences = [f"{book.format} {number}: {text}" for text in score.differences]
    return book.layout, score


def main(arguments: list[str]) -> int:
    """Print a line for each layout, the worst first, and the sums."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--books", type=int, default=300)
    parser.add_argument("--only", default="", help="one layout")
    parser.add_argument("--bare", action="store_true", help="without known places")
    parser.add_argument("--show", type=int, default=3, help="differences shown for each layout")
    chosen = parser.parse_args(arguments)
    vocabulary = Vocabulary(today=TODAY) if chosen.bare else KNOWN_PLACES
    by_layout: dict[str, Score] = {}
    whole = Score()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(chosen.books):
            if chosen.only and made_book(chosen.seed, number).layout != chosen.only:
                continue
            layout, score = score_of(chosen.seed, number, Path(folder), vocabulary)
            by_layout.setdefault(layout, Score()).add(score)
            whole.add(score)
    for layout, score in sorted(by_layout.items(), key=lambda item: _share(item[1].rows_right, item[1].rows)):
        print(f"{layout:32} {_line(score)}")
        for text in score.differences[: chosen.show]:
            print(f"      {text}")
    print(f"{'all':32} {_line(whole)}")
    return 0


def _share(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 100.0


def _line(score: Score) -> str:
    return (
        f"rows {_share(score.rows_right, score.rows):6.2f} % of {score.rows:6}   "
        f"cells {_share(score.cells_right, score.cells):6.2f} % of {score.cells:7}   "
        f"silently wrong {_share(score.silently_wrong, max(1, score.cells)):5.2f} %"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
