"""Codes in cells and signs at names, and the lines and headers that explain them: 1陪伴聊天 2理发, ★独居老人."""

import re
from collections.abc import Iterable, Mapping

from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.word_lists import WordList

LEAST_CODES = 3
_KNOWN_SHARE = 0.6
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PAIR = re.compile(
    rf"(?P<code>[{_CIRCLED}]|(?<![0-9])[0-9]{{1,2}}(?![0-9])|(?<![A-Za-z])[A-Za-z](?![A-Za-z]))"
    r"\s*[.、:\-=)]?\s*(?P<word>[\u4e00-\u9fff][^\s;,，、。|()\dA-Za-z" + _CIRCLED + r"]{1,11})"
)
_BETWEEN = re.compile(r"[\s、,，.;；/\\|+&和及-]+")

_SIGNS = "★☆▲△▼◆◇●■□※☺♥♦♣♠"
_SIGN_WITH_WORD = re.compile(rf"([{_SIGNS}])\s*(?:号|的|为|是|表示|代表|[:：=—-])*\s*([\u4e00-\u9fff]{{2,10}})")
_SIGNED = re.compile(rf"^([{_SIGNS}\s]*)(.*?)([{_SIGNS}\s]*)$", re.DOTALL)
_LONGEST_SIGNED = 8
"""Characters of a name with signs at it."""

Legend = Mapping[str, str]
"""Code -> the word it stands for."""


def legends_in(texts: Iterable[str], lists: Mapping[str, WordList]) -> dict[str, Legend]:
    """By the names of ``lists``, the codes that the texts explain with mostly known words of that list.

    Codes count up from 1 or A; what stands on several lines is one list.
    """
    found: dict[str, Legend] = {}
    for run in _runs(half_width(" ".join(texts))):
        for name, known in lists.items():
            words = [known.read(word) for word in run]
            share = sum(type(word) is tuple and bool(word) for word in words) / len(run)
            if share >= _KNOWN_SHARE and name not in found:
                found[name] = _coded(run)
    return found


def signs_in(texts: Iterable[str], tags: WordList) -> Legend:
    """What signs at names stand for: ★独居老人, 带▲的为行动不便; a name with its sign explains nothing."""
    told = ((text, pair) for text in texts for pair in _SIGN_WITH_WORD.finditer(half_width(text)))
    return {
        pair[1]: pair[2]
        for text, pair in told
        if tags.named(pair[2]) or (len(text) > _LONGEST_SIGNED and "填" not in pair[2])
    }


def unsigned(cell: Cell) -> tuple[Cell, tuple[str, ...]]:
    """A name without the signs before and behind it, and these; whole where they hide what is left of it: 张●●."""
    found = _SIGNED.match(cell) if type(cell) is str else None
    if found is None or len(found[2]) < 2:
        return cell, ()
    return found[2], tuple(dict.fromkeys("".join((found[1] + found[3]).split())))


def explains_codes(text: str) -> bool:
    """Whether a line says what some codes or signs stand for."""
    plain = half_width(text)
    return bool(_runs(plain)) or len(_SIGN_WITH_WORD.findall(plain)) >= 2


def _runs(text: str) -> list[list[str]]:
    """The words of each run of pairs whose codes count up."""
    runs: list[list[str]] = []
    letters = False
    for pair in _PAIR.finditer(text):
        place = _place(pair["code"])
        if place == 1:
            runs.append([])
            letters = pair["code"].isalpha()
        elif not runs or place != len(runs[-1]) + 1 or letters != pair["code"].isalpha():
            continue
        runs[-1].append(pair["word"].rstrip("-:="))
    return [run for run in runs if len(run) >= LEAST_CODES]


def _place(code: str) -> int:
    if code in _CIRCLED:
        return _CIRCLED.index(code) + 1
    return int(code) if code.isdecimal() else ord(code.upper()) - 64


def _coded(run: list[str]) -> Legend:
    found = {}
    for place, word in enumerate(run, 1):
        found[str(place)] = found[chr(64 + place)] = word
        if place <= len(_CIRCLED):
            found[_CIRCLED[place - 1]] = word
    return found


def spelt(cell: Cell, legend: Legend) -> Cell:
    """The words for a cell that holds nothing but codes of a legend; any other cell as it is."""
    if type(cell) is float and cell.is_integer():
        text = str(int(cell))
    elif type(cell) is str:
        text = half_width(cell).strip().upper()
    else:
        text = str(cell)
    codes: list[str] = []
    for part in filter(None, _BETWEEN.split(text)):
        if part in legend:
            codes.append(part)
        elif all(sign in legend for sign in part):
            codes.extend(part)
        else:
            return cell
    return "、".join(legend[code] for code in codes) if codes else cell
