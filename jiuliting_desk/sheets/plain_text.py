"""Text tables: which encoding, which separator, which cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from jiuliting_desk.sheets.book import Row, Sheet, SheetTrouble, TroubleKind
from jiuliting_desk.sheets.opening import Source, trimmed
from jiuliting_desk.sheets.precheck import CELLS

_SEPARATORS = (",", "\t", ";", "|", "，")
_NO_SEPARATOR = "\x1f"
"""A sign that no text has: each line is one cell."""
_MOST_CONTROLS = 0.02
_BLANKS = re.compile(r"[ \t]{2,}|[ \t]*\u3000+[ \t]*")
"""Between columns that somebody set under one another."""
_ANY_BLANK = re.compile(r"[ \t\u3000]+")
_CHAINED = re.compile(r"^[ \t]*\d{1,3}[ \t]*[.、．)）][ \t]*[^\W\d]", re.MULTILINE)
"""1. 苗芬 …"""
_FIRST_LINE = re.compile(r"sep=(.)\r?(?:\n|\Z)", re.IGNORECASE)
"""Excel takes the separator from this line and does not show it."""
_AS_TEXT = re.compile(r'="([^"]*)"|[\'‘’](?=[\d=+@-])(.*)', re.DOTALL)
"""What systems write around numbers that Excel is to leave alone: ="00123", '00123."""

_REMAPPED = str.maketrans(
    {
        0xE78D: "︐", 0xE78E: "︒", 0xE78F: "︑", 0xE790: "︓", 0xE791: "︔", 0xE792: "︕", 0xE793: "︖",
        0xE794: "︗", 0xE795: "︘", 0xE796: "︙", 0xE7C7: "ḿ", 0xE81E: "龴", 0xE826: "龵", 0xE82B: "龶",
        0xE82C: "龷", 0xE832: "龸", 0xE843: "龹", 0xE854: "龺", 0xE864: "龻", 0xE816: "𠂇", 0xE817: "𠂉",
        0xE818: "𠃌", 0xE831: "𢦏", 0xE83B: "𤇾", 0xE855: "𦥑",
    }
)  # fmt: skip
"""Code points that the codec leaves in the private area though GB 18030-2022 (and 2005) gives them a place."""


def text_sheet(data: bytes, name: str) -> Source:
    """One sheet from comma-, tab-, semicolon-, bar- or 全角逗号-separated text. Raises SheetTrouble for other bytes."""
    text, encoding = decoded(data)
    if not text.strip():
        raise SheetTrouble(kind=TroubleKind.EMPTY_FILE)
    controls = sum(text.count(chr(code)) for code in range(32) if code not in {9, 10, 13, 12, 26, 11})
    if controls > _MOST_CONTROLS * len(text) or "\x00" in text:
        raise SheetTrouble(kind=TroubleKind.NOT_A_SPREADSHEET, what="binary")
    csv.field_size_limit(1_000_000)
    try:
        rows: list[Row] = [[unwrapped(cell.strip(" \t")) for cell in row] for row in _cut(text)]
    except csv.Error as error:
        raise SheetTrouble(kind=TroubleKind.DAMAGED, what="csv") from error
    notes = [] if encoding == "utf-8" else [f"encoding_{encoding}"]
    source = Source(format="csv", sheets=iter(()), encoding=encoding, notes=notes)
    source.sheets = iter((Sheet(name=name, rows=trimmed(rows, source.notes)),))
    return source


def unwrapped(cell: str) -> str:
    """A cell without the signs that say it is text: ="00123" and '00123 are 00123."""
    if cell[:1] not in {"=", "'", "‘", "’"}:
        return cell
    found = _AS_TEXT.fullmatch(cell)
    return cell if found is None else found[found.lastindex or 0]


def _cut(text: str) -> Iterator[list[str]]:
    """The cells of each row."""
    first = _FIRST_LINE.match(text)
    separator = _separator(text) if first is None else first[1]
    if (cells := text.count(separator) + text.count("\n")) > CELLS:
        raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="cells", count=cells, limit=CELLS)
    if separator == _NO_SEPARATOR and not _is_chain(text):
        lines = text.splitlines()
        for blank in (_BLANKS, _ANY_BLANK):
            if _cuts_alike(blank.split(line.strip()) for line in lines[:200]):
                return (blank.split(line.strip()) for line in lines)
    text = text[first.end() if first else 0 :]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True))
    if '"' in text and _has_swallowed(rows, separator):
        lines = text.splitlines()
        rows = [next(csv.reader([line], delimiter=separator, quoting=_quoting(line)), []) for line in lines]
    return iter(rows)


def _is_chain(text: str) -> bool:
    """Whether most lines are those of a numbered chain, each a line of its own and no row of columns."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    return len(_CHAINED.findall("\n".join(lines))) > len(lines) / 2


def _has_swallowed(rows: list[list[str]], separator: str) -> bool:
    """Whether a cell holds whole rows, after a quotation mark that somebody opened and did not close."""
    widths = Counter(map(len, rows))
    usual = max(widths, key=lambda width: (width > 1, widths[width]), default=0)
    return usual > 1 and any(
        line.count(separator) >= usual - 1
        for row in rows
        for cell in row
        if "\n" in cell or "\r" in cell
        for line in cell.splitlines()[1:]
    )


def _quoting(line: str) -> Literal[0, 3]:
    """Quotation marks of a line mean something where each has its other."""
    return csv.QUOTE_NONE if line.count('"') % 2 else csv.QUOTE_MINIMAL


def _cuts_alike(lines: Iterable[list[str]]) -> bool:
    """Whether most lines are cut, and nearly all of these into the same number of cells, three at least."""
    widths = Counter(len(line) for line in lines if any(line))
    cut = Counter({width: times for width, times in widths.items() if width > 1})
    width, times = max(cut.items(), key=lambda told: told[1], default=(0, 0))
    return width > 2 and times > 1 and times >= 0.8 * cut.total() and cut.total() > widths[1]


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding: by byte-order mark, else strict UTF-8, else GB 18030. Raises SheetTrouble."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # Cut off in the middle of a character at the very end: still UTF-8.
        if len(data) - error.start < 4 and error.start > 0 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8"), "utf-8"
    try:
        return data.decode("gb18030").translate(_REMAPPED), "gb18030"
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace").translate(_REMAPPED)
        if text.count("\ufffd") > _MOST_CONTROLS * len(text):
            raise SheetTrouble(kind=TroubleKind.NOT_A_SPREADSHEET, what="binary") from None
        return text, "gb18030"


def _separator(text: str) -> str:
    """The sign that cuts the first rows into the same number of cells most often; one of none where none does.

    A sign that only a few rows have, and not always as often, stands within what people wrote.
    """
    best, best_score = _NO_SEPARATOR, 0.0
    for separator in _SEPARATORS:
        rows = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=separator)
        widths = Counter(len(row) for row in islice(rows, 200) if any(row))
        cut = Counter({width: times for width, times in widths.items() if width > 1})
        if not cut:
            continue
        width, times = max(cut.items(), key=lambda told: (told[1], told[0]))
        whole = widths[1]
        if cut.total() < whole and (width == 2 or times < 0.5 * cut.total()):
            continue
        score = times / widths.total() * min(width - 1, 10)
        if score > best_score:
            best, best_score = separator, score
    return best
