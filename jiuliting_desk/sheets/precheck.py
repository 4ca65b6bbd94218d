"""What a file really is, by its first bytes, and whether it is safe to parse at all."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field, replace

from jiuliting_desk.sheets.book import SheetTrouble, TroubleKind

FILE_BYTES = 200_000_000
PART_BYTES = 400_000_000
PARTS = 5_000
RATIO = 300
RATIO_FROM_BYTES = 50_000_000
ROWS = 1_048_576
COLUMNS = 16_384
CELLS = 6_000_000
"""Cells of the smallest rectangle around the filled ones: calamine holds that rectangle in memory."""
MERGES = 200_000
DEPTH = 200

_SIGNATURES = (
    (b"%PDF", "pdf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"),
    (b"BM", "picture"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"), (b"\x1f\x8b", "archive"),
    (b"MZ", "program"), (b"\x7fELF", "program"), (b"SQLite format 3", "binary"), (b"{\\rtf", "word"),
    (b"\x09\x00", "too_old"), (b"\x09\x02", "too_old"), (b"\x09\x04", "too_old"),
    (b"ID;PWXL", "too_old"), (b"ID;PCALC", "too_old"), (b"ID;PSCALC", "too_old"), (b"TABLE\r\n0,1", "too_old"),
    (b"TABLE\n0,1", "too_old"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the look into a zipped workbook found: by sheet part, the rows and columns that are hidden."""

    hidden_rows: dict[str, frozenset[int]] = field(default_factory=dict)
    hidden_columns: dict[str, frozenset[int]] = field(default_factory=dict)
    from_1904: bool = False
    """The workbook counts its days from 1904 (ECMA-376 part 1, 18.2.28)."""


def format_of(head: bytes) -> str:
    """zip, ole, xml2003, html, mhtml or text, from a file's first 4 KB. Raises SheetTrouble for other kinds."""
    if not head:
        raise SheetTrouble(kind=TroubleKind.EMPTY_FILE)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise SheetTrouble(kind=TroubleKind.NOT_A_SPREADSHEET, what=what)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower()
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    if start.startswith(b"mime-version:") or b"content-type: multipart/related" in start:
        return "mhtml"
    if start.startswith(b"<") and (b"office:spreadsheet" in start or b"<workbook" in start):
        return "xml2003"
    if start.startswith((b"<html", b"<table", b"<!doctype html", b"<meta", b"<head", b"<style", b"<div", b"<!--")):
        return "html"
    if start.startswith(b"<") and re.search(rb"<(?:html|table|tr)[\s>]", start):
        return "html"
    if start.startswith(b"<?xml"):
        raise SheetTrouble(kind=TroubleKind.NOT_A_SPREADSHEET, what="binary")
    if b"\x00" in head:
        raise SheetTrouble(kind=TroubleKind.NOT_A_SPREADSHEET, what="binary")
    return "text"


def checked_zip(data: bytes) -> str:
    """xlsx or ods, when the parts of a zipped workbook are safe to unpack. Raises SheetTrouble."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise SheetTrouble(kind=TroubleKind.DAMAGED, what="zip") from error
    if len(infos) > PARTS:
        raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="parts", count=len(infos), limit=PARTS)
    names = set()
    unpacked = 0
    for info in infos:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise SheetTrouble(kind=TroubleKind.DANGEROUS, what="path")
        names.add(name.lower())
        unpacked += info.file_size
        if info.file_size > PART_BYTES or (
            info.file_size > RATIO_FROM_BYTES and info.file_size > RATIO * max(1, info.compress_size)
        ):
            raise SheetTrouble(
                kind=TroubleKind.TOO_LARGE, what="unpacked", count=info.file_size, limit=PART_BYTES, place=name
            )
    if unpacked > 2 * PART_BYTES:
        raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="unpacked", count=unpacked, limit=2 * PART_BYTES)
    if any(name.startswith("xl/") for name in names) or "workbook.xml" in {n.rsplit("/", 1)[-1] for n in names}:
        return "xlsx"
    if "content.xml" in names or {"encrypted-package", "meta-inf/manifest.xml"} <= names:
        # The second is what newer offices make of a whole workbook under a password.
        return "ods"
    for prefix, what in (("word/", "word"), ("ppt/", "slides")):
        if any(name.startswith(prefix) for name in names):
            raise SheetTrouble(kind=TroubleKind.NOT_A_SPREADSHEET, what=what)
    raise SheetTrouble(kind=TroubleKind.NOT_A_SPREADSHEET, what="archive")


def unpacked_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One part, unpacked no further than it may be. Raises SheetTrouble where it is damaged or a bomb."""
    try:
        with archive.open(info) as part:
            limit = min(PART_BYTES, info.file_size + 1)
            content = part.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise SheetTrouble(kind=TroubleKind.DAMAGED, what="part", place=info.filename) from error
    if len(content) > limit:
        raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="unpacked", count=len(content), limit=limit)
    return content


def check_xml(content: bytes, place: str) -> None:
    """Raise SheetTrouble where an XML part holds a DTD or is written in UTF-16 (neither occurs in real ones)."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or content[:4] in {b"\x3c\x00\x3f\x00", b"\x00\x3c\x00\x3f"}:
        raise SheetTrouble(kind=TroubleKind.DANGEROUS, what="encoding", place=place)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise SheetTrouble(kind=TroubleKind.DANGEROUS, what="entities", place=place)


_DATE_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true|on)["']""")
_ROW_NUMBER = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d+)")[^>]*\bmax="(\d+)"')
_FAR = re.compile(rb'r="(?:[A-Z]{2,}\d|[A-Z]{0,3}\d{6,}")')
"""A cell beyond column Z or row 99,999: rare enough to look closer at the whole sheet then."""
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,10})"[^>/]*>(?!</)')


def check_sheet_xml(content: bytes, place: str) -> tuple[frozenset[int], frozenset[int]]:
    """Hidden rows and columns (from 0) of a sheet's XML.

    Raises SheetTrouble where the filled cells span more than ``CELLS``, or counts are beyond what Excel has.
    """
    if _FAR.search(content):
        last_row = max(map(int, _ROW_NUMBER.findall(content)), default=0)
        if last_row > ROWS:
            raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="rows", count=last_row, limit=ROWS, place=place)
        _check_filled(content, place)
    merges = content.count(b"<mergeCell ")
    if merges > MERGES:
        raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="merges", count=merges, limit=MERGES, place=place)
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    if b' hidden="' in content:
        hidden = frozenset(int(number) - 1 for number in _HIDDEN_ROW.findall(content))
        hidden_columns = frozenset(
            index
            for first, last in _HIDDEN_COLUMN.findall(content)
            for index in range(int(first) - 1, min(int(last), COLUMNS))
        )
    return hidden, hidden_columns


def _check_filled(content: bytes, place: str) -> None:
    last_row, last_column = 0, 0
    numbers: dict[bytes, int] = {}
    for letters, digits in _FILLED_CELL.findall(content):
        column = numbers.get(letters)
        if column is None:
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            numbers[letters] = column
            last_column = max(last_column, column)
        row = int(digits)
        if row > last_row:
            last_row = row
    if last_row > ROWS or last_column > COLUMNS:
        raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="rows", count=last_row, limit=ROWS, place=place)
    if last_row * last_column > CELLS:
        raise SheetTrouble(
            kind=TroubleKind.TOO_LARGE, what="cells", count=last_row * last_column, limit=CELLS, place=place
        )


_STRING_COUNT = re.compile(rb'\b(?:uniqueCount|count)="(\d+)"')


def check_strings(content: bytes, place: str) -> None:
    """Raise SheetTrouble where the shared strings are said to be more than are there (calamine believes it)."""
    said = max(map(int, _STRING_COUNT.findall(content[:2048])), default=0)
    if said > CELLS and said > content.count(b"<"):
        raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="strings", count=said, limit=CELLS, place=place)


def check_parts(data: bytes) -> Parts:
    """Look into every XML part of an .xlsx; gives the hidden rows and columns. Raises SheetTrouble."""
    found = Parts()
    total = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            name = info.filename.lower()
            if not name.endswith((".xml", ".rels")) or "/drawings/" in name or "/theme/" in name:
                continue
            content = unpacked_part(archive, info)
            total += len(content)
            if total > PART_BYTES:
                raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="unpacked", count=total, limit=PART_BYTES)
            check_xml(content, info.filename)
            if name == "xl/workbook.xml":
                found = replace(found, from_1904=_DATE_1904.search(content) is not None)
            if name.endswith("sharedstrings.xml"):
                check_strings(content, info.filename)
            if "worksheets/" in name and name.endswith(".xml"):
                rows, columns = check_sheet_xml(content, info.filename)
                found.hidden_rows[info.filename] = rows
                found.hidden_columns[info.filename] = columns
    return found
