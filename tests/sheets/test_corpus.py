"""A seeded part of the corpus on every run: rows and cells read right, next to nothing silently wrong."""

from pathlib import Path

from tests.benchmarks.import_corpus import KNOWN_PLACES, score_of
from tests.sheets.corpus.making import LAYOUTS
from tests.sheets.truth import Score


def test_every_layout_is_read(tmp_path: Path) -> None:
    whole = Score()
    for number in range(2 * len(LAYOUTS)):
        whole.add(score_of(7, number, tmp_path, KNOWN_PLACES)[1])
    shown = "\n".join(whole.differences[:20])
    assert len(LAYOUTS) >= 30
    assert whole.rows > 1000
    assert whole.rows_right >= 0.995 * whole.rows, shown
    assert whole.cells_right >= 0.99 * whole.cells, shown
    assert whole.silently_wrong <= 0.001 * whole.cells, shown
