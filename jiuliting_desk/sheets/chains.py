"""Lists of one line a person in one column, without labels, as chains in a chat are: 1. 苗芬 100… 理发."""

import re

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.cell_words import SEXES
from jiuliting_desk.sheets.grid import Grid
from jiuliting_desk.sheets.reshaped import Reshaped, laid_out
from jiuliting_desk.sheets.tables import Place

LEAST_LINES = 3
_COUNTED = re.compile(r"^\s*\d{1,3}\s*[.、．)）]\s*")
_BETWEEN = re.compile(r"[\s，,;；|]+")
_PARTS = (
    ("电话", re.compile(r"(?:\+?86-?)?1\d{10}|0\d{2,3}-\d{7,8}")),
    ("身份证号", re.compile(r"\d{17}[\dXx]")),
    ("年龄", re.compile(r"\d{2,3}岁")),
    ("地址", re.compile(r".*\d\s*(?:号|弄|栋|幢|室|#|-\s*\d).*")),
)
_LABELS = ("姓名", "性别", *(label for label, _ in _PARTS), "需求")


def chained_lines(grid: Grid) -> Reshaped | None:
    """The lines as records of name, phone, address and need; None for a sheet that is no such list."""
    lines = [(row, columns) for row in range(len(grid.rows)) if (columns := grid.filled(row))]
    if len(lines) < LEAST_LINES or any(len(columns) > 1 for _, columns in lines):
        return None
    told: list[dict[int, Cell]] = []
    places: list[dict[int, Place]] = []
    for row, (column, *_) in lines:
        parts = _parts_of(str(grid.rows[row][column]))
        if {"姓名", "电话"} <= set(parts):
            cells: dict[int, Cell] = {_LABELS.index(label): text for label, text in parts.items()}
            told.append(cells)
            places.append(dict.fromkeys(cells, (row, column)))
    if len(told) < LEAST_LINES or len(told) < 0.6 * len(lines):
        return None
    used = {place for cells in told for place in cells}
    levels: dict[int, tuple[str, ...]] = {place: (label,) for place, label in enumerate(_LABELS) if place in used}
    return laid_out(told, places, levels, len(_LABELS), above=0)


def _parts_of(line: str) -> dict[str, str]:
    """What a line tells, by the labels that it would have."""
    found: dict[str, str] = {}
    for part in filter(None, _BETWEEN.split(_COUNTED.sub("", line))):
        label = next((label for label, look in _PARTS if label not in found and look.fullmatch(part)), "")
        if not label and part in SEXES:
            label = "性别"
        if not label:
            label = "需求" if "姓名" in found else "姓名"
        found[label] = f"{found[label]}、{part}" if label in found else part
    return found
