"""A seeded part of the mutation campaign: every file ends in a result or one trouble, in time and memory."""

from pathlib import Path
from random import Random

import pytest

from tests.benchmarks.mutations import ending_of, seeds_of
from tests.sheets.damage import MUTATIONS, bombs


def test_damaged_files_end_in_a_result_or_one_trouble(tmp_path: Path) -> None:
    sound = seeds_of(tmp_path, 7)
    endings = set()
    for number in range(40):
        dice = Random(number)
        path = dice.choice(sound)
        damaged = tmp_path / f"damaged{path.suffix}"
        damaged.write_bytes(dice.choice(MUTATIONS)(dice, path.read_bytes()))
        endings.add(ending_of(damaged)[0])
    assert "read" in endings
    assert len(endings) >= 4
    assert not any(ending.startswith(("reader_died", "too_slow")) for ending in endings)


@pytest.mark.parametrize(
    ("what", "ending"),
    [
        ("a cell at XFD1048576", "too_large cells"),
        ("row 4,000,000,000", "too_large rows"),
        ("4 billion strings", "too_large strings"),
        ("entities", "dangerous entities"),
        ("300,000 merges", "too_large merges"),
        ("100 MB of nothing", "too_large unpacked"),
    ],
)
def test_a_named_bomb_is_told_by_name(tmp_path: Path, what: str, ending: str) -> None:
    path = next(path for path in seeds_of(tmp_path, 7) if path.suffix == ".xlsx")
    path.write_bytes(bombs(path.read_bytes())[what])
    assert ending_of(path)[0] == ending
