"""From a file's bytes to its sheets, inside the reading process: which reader, with which fall-back."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from jiuliting_desk.sheets.book import Row, Sheet, SheetTrouble, TroubleKind
from jiuliting_desk.sheets.precheck import check_parts, checked_zip, format_of
from jiuliting_desk.sheets.unseen import NOTHING_UNSEEN, Unseen, hidden_by_sheet

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

HEAD_BYTES = 4096
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, OSError, EOFError, SyntaxError
)  # fmt: skip
"""What openpyxl raises on a spoilt file (SyntaxError is the parent of the XML parsers' errors)."""
WIDEST = 2_000
"""Columns kept of a sheet; what lies farther out is noted, not read."""


@dataclass(slots=True, kw_only=True)
class Source:
    """A file as opened: its format, and its sheets one after another."""

    format: str
    sheets: Iterator[Sheet]
    count: int = 1
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    from_1904: bool = False


def opened(path: str, password: str | None = None) -> Source:
    """The sheets of the file at ``path``. Raises SheetTrouble, also while the sheets are gone through."""
    data = Path(path).read_bytes()
    kind = format_of(data[:HEAD_BYTES])
    if kind == "text" and data.startswith(_UTF_16) and (text := data.decode("utf-16", "replace").lstrip())[:1] == "<":
        data = text.encode("utf-8")
        kind = format_of(data[:HEAD_BYTES])
    if kind == "ole":
        from jiuliting_desk.sheets.ole import unlocked

        data, kind = unlocked(data, password)
    if kind == "zip":
        kind = checked_zip(data)
    if kind == "xlsx":
        return _opened_xlsx(data)
    if kind == "ods":
        from jiuliting_desk.sheets.ods import begins_in_1904, checked_ods, unseen_in_ods

        content = checked_ods(data)
        from_1904 = begins_in_1904(content)
        return _opened_by_calamine(data, "ods", lambda: unseen_in_ods(content), from_1904=from_1904)
    if kind == "xls":
        from jiuliting_desk.sheets.ole import counts_from_1904, unseen_in_xls

        return _opened_by_calamine(data, "xls", lambda: unseen_in_xls(data), from_1904=counts_from_1904(data))
    from jiuliting_desk.sheets.markup import html_pages_of, html_sheets, xml_sheets
    from jiuliting_desk.sheets.plain_text import text_sheet

    if kind in {"html", "mhtml"}:
        sheets = html_sheets(html_pages_of(data) if kind == "mhtml" else [data])
        return Source(format="html", sheets=iter(sheets), count=len(sheets))
    if kind == "xml2003":
        return Source(format="xml2003", sheets=xml_sheets(data))
    return text_sheet(data, Path(path).stem)


def _opened_xlsx(data: bytes) -> Source:
    parts = check_parts(data)
    return _opened_by_calamine(data, "xlsx", lambda: hidden_by_sheet(data, parts), from_1904=parts.from_1904)


def _opened_by_calamine(
    data: bytes, kind: str, look: Callable[[], dict[str, Unseen]], *, from_1904: bool = False
) -> Source:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise SheetTrouble(kind=TroubleKind.PASSWORD_NEEDED) from error
    except (CalamineError, ValueError, OSError) as error:
        if kind != "xlsx":
            raise SheetTrouble(kind=TroubleKind.DAMAGED, what=kind) from error
        return _opened_by_openpyxl(data, from_1904=from_1904)
    source = Source(format=kind, sheets=iter(()), count=len(workbook.sheet_names), from_1904=from_1904)
    source.sheets = _calamine_sheets(workbook, look, data, source)
    return source


def _calamine_sheets(
    workbook: "CalamineWorkbook", look: Callable[[], dict[str, Unseen]], data: bytes, source: Source
) -> Iterator[Sheet]:
    from python_calamine import CalamineError, SheetVisibleEnum

    try:
        unseen = look()
    except SyntaxError:
        # lxml's errors: the cells can be read though the XML is not quite sound; what is hidden stays unknown.
        unseen = {}
        source.notes.append("hidden_unknown")
    for meta in workbook.sheets_metadata:
        try:
            sheet = workbook.get_sheet_by_name(meta.name)
            rows = sheet.to_python(skip_empty_area=False)
            merges = sheet.merged_cell_ranges or ()
        except (CalamineError, ValueError) as error:
            if source.format != "xlsx":
                raise SheetTrouble(kind=TroubleKind.DAMAGED, what="sheet", place=meta.name) from error
            source.notes.append("second_reader")
            second = _opened_by_openpyxl(data, from_1904=source.from_1904)
            yield from (other for other in second.sheets if other.name == meta.name)
            continue
        other = unseen.get(meta.name, NOTHING_UNSEEN)
        yield Sheet(
            name=meta.name,
            rows=trimmed(rows, source.notes),
            hidden=meta.visible is not SheetVisibleEnum.Visible,
            merges=other.merges or tuple((top, left, bottom, right) for (top, left), (bottom, right) in merges),
            hidden_rows=other.rows,
            hidden_columns=other.columns,
            from_1904=source.from_1904,
        )


def _opened_by_openpyxl(data: bytes, *, from_1904: bool) -> Source:
    from openpyxl import load_workbook

    try:
        # Not read-only: that mode believes a wrong <dimension>; the sizes were checked before.
        workbook = load_workbook(io.BytesIO(data), data_only=True)
    except _DAMAGE as error:
        raise SheetTrouble(kind=TroubleKind.DAMAGED, what="xlsx") from error
    sheets = workbook.worksheets
    source = Source(format="xlsx", sheets=iter(()), count=len(sheets), notes=["second_reader"])
    source.sheets = (
        Sheet(
            name=sheet.title,
            rows=trimmed([["" if cell is None else cell for cell in row] for row in sheet.values], source.notes),
            hidden=sheet.sheet_state != "visible",
            merges=tuple((m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells),
            hidden_rows=frozenset(row - 1 for row, seen in sheet.row_dimensions.items() if seen.hidden),
            hidden_columns=frozenset(
                column - 1
                for seen in sheet.column_dimensions.values()
                if seen.hidden and seen.min
                for column in range(seen.min, min(seen.max, WIDEST) + 1)
            ),
            from_1904=from_1904,
        )
        for sheet in sheets
    )
    return source


def trimmed(rows: list[Row], notes: list[str]) -> list[Row]:
    """The rows without the empty edge below and at the right, all of one length, at most ``WIDEST`` wide."""
    last = len(rows)
    while last and not any(cell != "" for cell in rows[last - 1]):
        last -= 1
    del rows[last:]
    width = max(map(len, rows), default=0)
    edge = 0
    for row in rows:
        if len(row) > edge:
            for index in range(len(row) - 1, edge - 1, -1):
                if row[index] != "":
                    edge = index + 1
                    break
    if edge > WIDEST:
        notes.append("columns_cut")
        edge = WIDEST
    if edge < width:
        for row in rows:
            del row[edge:]
    for row in rows:
        if len(row) < edge:
            row.extend([""] * (edge - len(row)))
    return rows
