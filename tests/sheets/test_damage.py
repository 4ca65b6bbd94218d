"""A seeded part of the mutation campaign: every file ends in a result or one trouble, in time and memory."""

import re
import zipfile
from pathlib import Path
from random import Random

import pytest

from tests.benchmarks.mutations import LOCKED, PASSWORD, ending_of, locked, seeds_of
from tests.sheets.damage import MUTATIONS, bombs


def test_damaged_files_end_in_a_result_or_one_trouble(tmp_path: Path) -> None:
    sound = seeds_of(tmp_path, 7)
    endings = set()
    for number in range(30):
        dice = Random(number)
        path = dice.choice(sound)
        damaged = tmp_path / f"damaged{path.suffix}"
        damaged.write_bytes(dice.choice(MUTATIONS)(dice, path.read_bytes()))
        endings.add(ending_of(damaged, PASSWORD if path.stem == LOCKED and number % 4 else None)[0])
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


def test_control_characters_behind_a_line_break_of_html(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes("<table><tr><td>姓名<td>电话<tr><td>苗芬<br>\x01女<td>10016215129</table>".encode())
    assert ending_of(path)[0] == "read"


@pytest.mark.parametrize("spoilt", [b"<keyData", b"<?xml", b"</encryption>"])
def test_a_spoilt_lock(tmp_path: Path, spoilt: bytes) -> None:
    sound = next(path for path in seeds_of(tmp_path, 7) if path.suffix == ".xlsx").read_bytes()
    path = tmp_path / "spoilt.xlsx"
    content = locked(sound)
    assert spoilt in content
    path.write_bytes(content.replace(spoilt, b"<<" + spoilt[2:]))
    assert ending_of(path, PASSWORD)[0] == "damaged cipher"


def test_what_a_library_prints_does_not_spoil_what_is_sent(tmp_path: Path) -> None:
    path = next(path for path in seeds_of(tmp_path, 7) if path.suffix == ".xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            # The first reader refuses the size; the second prints that a style is out of range.
            spoilt = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="1:38"', content)
            spoilt = re.sub(rb"<cellStyleXfs.*?</cellStyleXfs>", b"<cellStyleXfs/>", spoilt)
            archive.writestr(name, spoilt)
    assert ending_of(path)[0] == "damaged xlsx"
