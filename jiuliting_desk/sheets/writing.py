"""Workbooks that go out: texts that stay texts, a frozen header with filters, and a page that prints as it is."""

import math
import os
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

import msoffcrypto
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from jiuliting_desk.model.errors import OtherFile

SUFFIX = ".xlsx"

LONGEST_TEXT = 32767
"""Characters that a cell holds; openpyxl cuts longer ones without a word."""

CUT_MARK = "…（未完）"

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_SIGNS = frozenset("=+-@\t\r＝＋－＠")

FONT = "微软雅黑"

LINE_HEIGHT = 16.5
"""In points, of a line of the list's font at 11."""
CELL_MARGIN = 1.0
"""In digits, left and right together."""
MOST_LINES = 24
"""A row may be 409 points high."""

A4 = 9
"""ECMA-376 18.18.50, ST_PaperSize."""


class Cells(StrEnum):
    """What a column holds, and so how its cells are written and set."""

    TEXT = "text"
    CENTRED = "centred"
    """Short words of a fixed set."""
    CODE = "code"
    """Numbers that are names: phones, identity numbers, building and room; kept as text."""
    NUMBER = "number"
    DATE = "date"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutColumn:
    """A column: its header word, its width in characters, and the words it may be filled with."""

    title: str
    width: float = 10
    cells: Cells = Cells.TEXT
    choices: tuple[str, ...] = ()
    wanted: bool = False
    """Whether the cell must be filled in, where the sheet is a form."""
    hint: str = ""
    """What to fill in, shown when the cell is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutSheet:
    """One sheet: a title, a line below it, a header row, rows of plain values in the columns' order."""

    name: str
    title: str
    info: str = ""
    columns: tuple[OutColumn, ...]
    rows: Sequence[Sequence[Any]]
    frozen_columns: int = 0
    blank_rows: int = 0
    """Framed rows below, to be filled in."""
    row_height: float = 0
    """In points, the least; 0 as high as the text. With room to write by hand where the sheet is a form on paper."""


def clean_text(value: str) -> str:
    """A text that a workbook can hold: no control characters, not over the longest, cut with a mark."""
    text = _CONTROL.sub("", value)
    if len(text) > LONGEST_TEXT:
        return text[: LONGEST_TEXT - len(CUT_MARK)] + CUT_MARK
    return text


def begins_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula when it is typed or pasted."""
    return text[:1] in _FORMULA_SIGNS


def save_workbook(path: Path, sheets: Sequence[OutSheet], *, password: str = "", creator: str = "") -> None:
    """Write the sheets to an .xlsx file: beside it first, then in its place.

    With a password the file is encrypted (ECMA-376 agile). Raises OSError and OtherFile, with nothing left behind.
    """
    book = Workbook(write_only=True)
    book.properties.creator = creator
    for kind in Cells:
        book.add_named_style(look(kind))
    for sheet in sheets:
        _write(book, sheet)
    content = book_bytes(book)
    put_in_place(path, locked(content, password) if password else content)


def book_bytes(book: Any) -> bytes:
    """A workbook of openpyxl as the bytes of an .xlsx file."""
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def locked(content: bytes, password: str) -> bytes:
    """The bytes of a workbook, encrypted with a password."""
    target = BytesIO()
    msoffcrypto.OfficeFile(BytesIO(content)).encrypt(password, target)
    return target.getvalue()


def put_in_place(path: Path, content: bytes) -> None:
    """Write a workbook beside its place and then into it, so that it is there whole or not at all.

    Raises OSError, and OtherFile where it would replace what is no workbook by its name: the data file, say.
    """
    if path.exists() and path.suffix.lower() != SUFFIX:
        raise OtherFile(name=path.name, suffix=SUFFIX)
    try:
        handle, name = tempfile.mkstemp(prefix=".~", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        # It names the file beside, which nobody has heard of.
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def save_as_text(cell: Any, text: str) -> Any:
    """Put a text into a cell so that it stays one, whatever it begins with; gives the cell."""
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    if begins_like_a_formula(text):
        cell.quotePrefix = True
    return cell


# -- one sheet

_LINE = Side(style="thin", color="C9C4BB")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="EFEBE4")
_WANTED_FILL = PatternFill("solid", fgColor="FDF2DD")
_ALIGN = {
    Cells.TEXT: Alignment(vertical="center", wrap_text=True),
    Cells.CENTRED: Alignment(horizontal="center", vertical="center", wrap_text=True),
    Cells.CODE: Alignment(vertical="center"),
    Cells.NUMBER: Alignment(horizontal="right", vertical="center"),
    Cells.DATE: Alignment(horizontal="center", vertical="center"),
    Cells.FORMULA: Alignment(horizontal="right", vertical="center"),
}
_FORMAT = {Cells.NUMBER: "General", Cells.DATE: "yyyy-mm-dd", Cells.FORMULA: "General"}


def look(kind: Cells) -> NamedStyle:
    """How the cells of a kind look, under the name that they are given it by: desk_ and the kind."""
    return NamedStyle(
        name=f"desk_{kind.value}",
        font=Font(name=FONT, size=11),
        border=_FRAME,
        alignment=_ALIGN[kind],
        number_format=_FORMAT.get(kind, "@"),
    )


def _cell(sheet: Any, value: Any, kind: Cells) -> Any:
    """A framed cell of its kind; a text is a text, whatever it begins with."""
    if not isinstance(value, str) or kind is Cells.FORMULA:
        cell = WriteOnlyCell(sheet, value=value)
        cell.style = f"desk_{kind.value}"
        return cell
    cell = WriteOnlyCell(sheet)
    cell.style = f"desk_{kind.value}"
    return save_as_text(cell, clean_text(value))


def _write(book: Any, out: OutSheet) -> None:
    sheet = book.create_sheet(out.name)
    header_row = 1 + bool(out.title) + bool(out.info)
    last_column = get_column_letter(len(out.columns))
    last_row = header_row + len(out.rows) + out.blank_rows
    for index, column in enumerate(out.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.freeze_panes = f"{get_column_letter(out.frozen_columns + 1)}{header_row + 1}"
    sheet.auto_filter.ref = f"A{header_row}:{last_column}{max(last_row, header_row + 1)}"
    if out.row_height:
        sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = out.row_height, True
        sheet.row_dimensions[header_row].height = out.row_height * 1.5
    set_page(sheet, header_row, last_column, last_row)
    _offer_choices(sheet, out, header_row, last_row)
    for text, font in ((out.title, Font(name=FONT, size=16, bold=True)), (out.info, Font(name=FONT, size=10))):
        if text:
            cell = WriteOnlyCell(sheet, value=clean_text(text))
            cell.font = font
            cell.data_type = "s"
            sheet.append([cell])
    sheet.append([_header(sheet, column) for column in out.columns])
    kinds = [column.cells for column in out.columns]
    for number, row in enumerate(out.rows, start=header_row + 1):
        lines = max((_lines(value, column) for value, column in zip(row, out.columns, strict=True)), default=1)
        if lines > 1:
            # Not every program makes a row as high as its text when it opens the file.
            sheet.row_dimensions[number].height = max(out.row_height, lines * LINE_HEIGHT + 3)
        sheet.append([_cell(sheet, value, kind) for value, kind in zip(row, kinds, strict=True)])
    for _ in range(out.blank_rows):
        sheet.append([_cell(sheet, None, kind) for kind in kinds])


def _lines(value: Any, column: OutColumn) -> int:
    """How many lines a text takes in a column that breaks it; a Chinese character is two digits wide."""
    if not isinstance(value, str) or column.cells not in {Cells.TEXT, Cells.CENTRED}:
        return 1
    widths = [sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in value.split("\n")]
    return min(MOST_LINES, sum(max(1, math.ceil(width / (column.width - CELL_MARGIN))) for width in widths))


def _header(sheet: Any, column: OutColumn) -> Any:
    cell = WriteOnlyCell(sheet, value=f"{column.title}*" if column.wanted else column.title)
    cell.font = Font(name=FONT, size=11, bold=True)
    cell.fill = _WANTED_FILL if column.wanted else _HEAD_FILL
    cell.border = _FRAME
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def set_page(sheet: Any, header_row: int, last_column: str, last_row: int) -> None:
    """A4, as wide as the page, the header (0: none) on every sheet of paper, page numbers below."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_area = f"A1:{last_column}{max(last_row, header_row)}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.25
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter.right.text = "&D"


def _offer_choices(sheet: Any, out: OutSheet, header_row: int, last_row: int) -> None:
    for index, column in enumerate(out.columns, start=1):
        if not column.choices and not column.hint:
            continue
        listed = '"' + ",".join(column.choices) + '"' if column.choices else None
        # A list typed into the rule itself may have 255 characters; a longer one is only told.
        fits = listed is not None and len(listed) <= 255
        rule = DataValidation(
            type="list" if fits else None, formula1=listed if fits else None, allow_blank=True, showErrorMessage=False
        )
        rule.promptTitle = column.title[:32]
        rule.prompt = (column.hint or "从下拉中选，也可以自己写")[:255]
        rule.showInputMessage = True
        letter = get_column_letter(index)
        rule.add(f"{letter}{header_row + 1}:{letter}{max(last_row, header_row + 1)}")
        sheet.data_validations.append(rule)
