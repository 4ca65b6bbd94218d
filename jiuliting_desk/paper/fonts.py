"""The fonts that print: which has a character, how wide a text is, how large it can be."""

import unicodedata
from array import array
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from jiuliting_desk import paths
from jiuliting_desk.paper.errors import GlyphsMissing

rl_config.useA85 = 0

MIN_ELDER_MM = 12 * 25.4 / 72
"""12 pt, the smallest type that an elder is asked to read, in mm."""


class Weight(StrEnum):
    """The three shipped weights; the value is the name of the font in the PDF."""

    REGULAR = "NotoSansSC-Regular"
    MEDIUM = "NotoSansSC-Medium"
    BOLD = "NotoSansSC-Bold"


FALLBACK_FILES = (
    "C:/Windows/Fonts/simsunb.ttf",
    "C:/Windows/Fonts/SimsunExtG.ttf",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
    "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",
)
"""Fonts of the PC with hanzi that the shipped ones lack (extensions B to G), asked in this order."""


class _FontFile:
    """A font's file as reportlab reads one, but looked up where it lies: its 10 MB stay on the disk."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        with path.open("rb") as file:
            self._data = mmap(file.fileno(), 0, access=ACCESS_READ)

    def read(self) -> mmap:
        """The whole file, of which only what is looked at takes memory."""
        return self._data


class _Outlines:
    """The outlines of all glyphs, of which single ones are cut out."""

    def __init__(self, data: mmap, offset: int) -> None:
        self._data = data
        self._offset = offset

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._offset + part.start : self._offset + part.stop]


class _EmbeddedFont(TTFont):  # type: ignore[misc]
    """A TrueType font whose text layer is right beyond the basic plane, and which takes little memory."""

    def __init__(self, name: str, path: Path) -> None:
        file = _FontFile(path)
        super().__init__(name, file, shapable=False)
        self._data = file.read()
        face = self.face
        face.get_table = self._table
        face.charToGlyph = _shared(face.charToGlyph)
        face.glyphToChar = {}  # only what shapes text asks for it
        face.glyphPos = array("I", face.glyphPos)
        metrics: dict[tuple[int, int], tuple[int, int]] = {}
        face.hmetrics = [metrics.setdefault(pair, pair) for pair in face.hmetrics]
        # Most are as wide as the default, which is given for all that are not named.
        face.charWidths = {code: width for code, width in face.charWidths.items() if width != face.defaultWidth}

    def _table(self, tag: str) -> Any:
        """A table of the file; the outlines, most of it, are not read as a whole."""
        offset, length = self.face.get_table_pos(tag)
        return _Outlines(self._data, offset) if tag == "glyf" else self.face.get_chunk(offset, length)

    def addObjects(self, doc: Any) -> None:
        # WORKAROUND reportlab 5.1 writes U+2CC56 as five hex digits into the ToUnicode map, where UTF-16 is due;
        # readers then find other characters.
        subsets = self._assignState(doc).subsets
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name, subset in zip(names, subsets, strict=True):
            stream = doc.idToObject[fonts[name].ToUnicode.name]
            for code in {code for code in subset if code > 0xFFFF}:
                utf16 = chr(code).encode("utf-16-be").hex().upper()
                stream.content = stream.content.replace(f"> <{code:04X}>", f"> <{utf16}>")


_charts: list[dict[int, int]] = []


def _shared(chart: dict[int, int]) -> dict[int, int]:
    """The glyph numbers by character, held once for weights that have the same."""
    for known in _charts:
        if known == chart:
            return known
    _charts.append(chart)
    return chart


@lru_cache(maxsize=16)
def _loaded(name: str, path: Path) -> TTFont:
    font = _EmbeddedFont(name, path)
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=len(Weight))
def _shipped(weight: Weight) -> TTFont:
    return _loaded(weight.value, paths.resource("fonts", f"{weight.value}.ttf"))


@lru_cache(maxsize=4)
def _fallbacks(files: tuple[str, ...]) -> tuple[TTFont, ...]:
    found = []
    for file in files:
        path = Path(file)
        if not path.is_file():
            continue
        try:
            found.append(_loaded(path.stem, path))
        except TTFError:  # the font forbids embedding, or is not TrueType
            continue
    return tuple(found)


def _fonts(weight: Weight) -> tuple[TTFont, ...]:
    return _shipped(weight), *_fallbacks(FALLBACK_FILES)


_WIDE_SPACE = "\u3000"


def clean(text: str) -> str:
    """The text as it is printed: composed, in one line, without characters that have no shape of their own."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    kept = (" " if char.isspace() and char != _WIDE_SPACE else char for char in composed if not _is_shapeless(char))
    return "".join(kept).strip(" ")


def _is_shapeless(char: str) -> bool:
    code = ord(char)
    return (
        0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
        or (unicodedata.category(char) in {"Cc", "Cf"} and not char.isspace())
    )


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of ``text`` that neither the shipped fonts nor those of this PC have, each once, in order."""
    wanted = dict.fromkeys(clean(text))
    shipped = _shipped(Weight.BOLD).face.charToGlyph
    lacking = [char for char in wanted if ord(char) not in shipped]
    if not lacking:
        return ()
    others = _fallbacks(FALLBACK_FILES)
    return tuple(char for char in lacking if not any(ord(char) in font.face.charToGlyph for font in others))


def refuse_missing(texts: Iterable[str]) -> None:
    """Raises GlyphsMissing with all those of the texts that cannot be printed, so that no box ever is."""
    lacking = {text: glyphs for text in dict.fromkeys(texts) if (glyphs := missing_glyphs(text))}
    if lacking:
        glyphs = tuple(dict.fromkeys(glyph for found in lacking.values() for glyph in found))
        raise GlyphsMissing(names=tuple(lacking), glyphs=glyphs)


def glyph_name(char: str) -> str:
    """A character with the number under which it can be looked up, e.g. ``𬱖 (U+2CC56)``."""
    return f"{char} (U+{ord(char):04X})"


@lru_cache(maxsize=8192)
def runs(text: str, weight: Weight) -> tuple[tuple[str, str], ...]:
    """The cleaned text cut into (font name, piece); a character that no font has stays with the shipped font."""
    text = clean(text)
    fonts = _fonts(weight)
    covered = fonts[0].face.charToGlyph
    if all(ord(char) in covered for char in text):
        return ((fonts[0].fontName, text),) if text else ()
    pieces: list[tuple[str, str]] = []
    for char in text:
        name = next((font.fontName for font in fonts if ord(char) in font.face.charToGlyph), fonts[0].fontName)
        if pieces and pieces[-1][0] == name:
            pieces[-1] = (name, pieces[-1][1] + char)
        else:
            pieces.append((name, char))
    return tuple(pieces)


@lru_cache(maxsize=8192)
def width_em(text: str, weight: Weight) -> float:
    """The width of the text in units of its type size."""
    total = sum(pdfmetrics.getFont(name).stringWidth(piece, 1) for name, piece in runs(text, weight))
    return float(total)


def width_mm(text: str, size_mm: float, weight: Weight) -> float:
    """The width of the text in mm at a type size in mm."""
    return width_em(text, weight) * size_mm


def fit_mm(text: str, room_mm: float, weight: Weight, *, size_mm: float, least_mm: float) -> float | None:
    """The largest type size in mm, from ``size_mm`` down to ``least_mm``, at which the text is no wider than the
    room; None where even the least is too large."""
    em = width_em(text, weight)
    if em * size_mm <= room_mm:
        return size_mm
    fitting = room_mm / em
    return fitting if fitting >= least_mm else None


_NO_LINE_START = frozenset("·•，。、；：！？）》」』”’,.;:!?)")


def two_lines(
    text: str, first_room_em: float, second_room_em: float, weight: Weight, *, anywhere: bool = True
) -> tuple[str, str] | None:
    """The text in two lines of at most these widths in units of the type size: broken after a dot or a space where
    that fits, else (if ``anywhere``) where the lines come out most alike; None where no break fits."""
    text = clean(text)
    best: tuple[tuple[bool, float], tuple[str, str]] | None = None
    for place in range(1, len(text)):
        first, second = text[:place].rstrip(), text[place:].lstrip()
        if not first or not second or second[0] in _NO_LINE_START:
            continue
        widths = width_em(first, weight), width_em(second, weight)
        if widths[0] > first_room_em or widths[1] > second_room_em:
            continue
        breaks_well = text[place - 1] in "·• " or text[place] == " "
        if not (breaks_well or anywhere):
            continue
        order = (not breaks_well, abs(widths[0] - widths[1]))
        if best is None or order < best[0]:
            best = order, (first, second)
    return best[1] if best else None


def cut(text: str, room_mm: float, size_mm: float, weight: Weight) -> str:
    """The text, or as much of its beginning as fits into the room with an ellipsis after it."""
    text = clean(text)
    if width_mm(text, size_mm, weight) <= room_mm:
        return text
    kept = text
    while kept and width_mm(kept + "…", size_mm, weight) > room_mm:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(text: str, room_mm: float, size_mm: float, weight: Weight) -> list[str]:
    """The text in lines no wider than the room: hanzi break anywhere, words of letters and digits stay whole where
    they can, and no line begins with a mark that closes."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for piece in _pieces(clean(paragraph)):
            if line and width_mm((line + piece).rstrip(" "), size_mm, weight) > room_mm:
                lines.append(line.rstrip(" "))
                line = ""
            while width_mm(piece.rstrip(" "), size_mm, weight) > room_mm and len(piece) > 1:
                head = piece
                while width_mm(head, size_mm, weight) > room_mm and len(head) > 1:
                    head = head[:-1]
                lines.append(head)
                piece = piece[len(head) :]
            line = line + piece if line else piece.lstrip(" ")
        lines.append(line.rstrip(" "))
    return lines


def _pieces(text: str) -> Iterable[str]:
    piece = ""
    for char in text:
        joins = (piece and char in _NO_LINE_START) or char == " " or (piece and piece[-1] in "（《「“‘(")
        if piece and not joins and not (char.isascii() and piece[-1].isascii() and piece[-1] != " "):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def points(size_mm: float) -> float:
    """Millimetres as the points that PDF counts in."""
    return float(size_mm * mm)
