"""统计汇总 as a workbook in the office's layout: figures, totals as formulas with their values, a native chart."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from jiuliting_desk.sheets.writing import FONT, Cells, book_bytes, clean_text, look, save_as_text, set_page

_LINE = Side(style="thin", color="B5B0A7")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TINT = PatternFill("solid", fgColor="F1EEE8")
_LINK = "1D5A96"
_HEADER_ROW = 3
_A4_LANDSCAPE = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class TallySheet:
    """What is written: numbers by rows and columns, whose sums are formulas, and further columns as they are."""

    name: str
    title: str
    info: str
    corner: str
    """The word above the rows' names."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]
    adds_up: bool = True
    """Whether rows and columns may be summed; people and shared visits may not. A total that differs from the sum of
    its figures all the same (one visit of two services) is written as a number."""
    row_totals: tuple[float, ...] = ()
    column_totals: tuple[float, ...] = ()
    total: float = 0
    more_columns: tuple[str, ...] = ()
    more: tuple[tuple[object, ...], ...] = ()
    """One tuple a row, and a last one for all."""
    more_formats: tuple[str, ...] = ()
    """Number formats of the further columns."""
    sum_word: str = "合计"
    details: "TallyDetails | None" = None
    """What stands behind the figures; each leads to its first line there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyDetails:
    """A sheet of lines in the order of the figures that they stand behind."""

    name: str
    title: str
    info: str
    columns: tuple[tuple[str, float], ...]
    """Header words and widths in characters."""
    rows: tuple[Sequence[object], ...]
    starts: Mapping[tuple[int, int], int]
    """By row and column of a figure, both from 0: the place of its first line."""


def tally_workbook(sheets: Sequence[TallySheet]) -> bytes:
    """The workbook's bytes; formulas carry their values, so that a viewer that does not count shows them too.

    What stands behind the figures of a sheet comes last.
    """
    book = Workbook()
    book.remove(book.active)
    cached: list[dict[str, float]] = []
    for sheet in sheets:
        cached.append(_write(book.create_sheet(sheet.name), sheet))
    for kind in (Cells.TEXT, Cells.DATE, Cells.NUMBER):
        book.add_named_style(look(kind))
    for sheet in sheets:
        if sheet.details is not None:
            _write_details(book.create_sheet(sheet.details.name), sheet.details)
            cached.append({})
    return _with_values(book_bytes(book), cached)


def _write(page: object, sheet: TallySheet) -> dict[str, float]:
    values: dict[str, float] = {}
    width = 2 + len(sheet.columns) + len(sheet.more_columns)
    last = get_column_letter(width)
    put = page.cell  # type: ignore[attr-defined]
    save_as_text(put(1, 1), sheet.title).font = Font(name=FONT, size=16, bold=True)
    page.merge_cells(f"A1:{last}1")  # type: ignore[attr-defined]
    put(1, 1).alignment = Alignment(horizontal="center")
    save_as_text(put(2, 1), sheet.info).font = Font(name=FONT, size=10, color="68635B")
    for column, word in enumerate((sheet.corner, *sheet.columns, sheet.sum_word, *sheet.more_columns), start=1):
        _framed(save_as_text(put(_HEADER_ROW, column), word), bold=True, tint=True, centre=True)
    first, end = _HEADER_ROW + 1, _HEADER_ROW + len(sheet.rows)
    sums = 2 + len(sheet.columns)
    for number, (name, figures) in enumerate(sheet.rows):
        row = first + number
        _framed(save_as_text(put(row, 1), name))
        for column, figure in enumerate(figures, start=2):
            _framed(put(row, column, figure))
            _lead(put(row, column), sheet, (number, column - 2))
        total = sheet.row_totals[number] if sheet.row_totals else sum(figures)
        formula = f"=SUM(B{row}:{get_column_letter(sums - 1)}{row})"
        _sum(put(row, sums), formula, total, sum(figures), sheet, values)
        _lead(put(row, sums), sheet, *((number, at) for at in range(len(figures))))
        _more(page, row, sums, sheet, sheet.more[number] if sheet.more else ())
    bottom = end + 1
    _framed(save_as_text(put(bottom, 1), sheet.sum_word), bold=True, tint=True)
    for index in range(len(sheet.columns)):
        letter = get_column_letter(index + 2)
        total = sheet.column_totals[index] if sheet.column_totals else sum(row[1][index] for row in sheet.rows)
        counted = sum(row[1][index] for row in sheet.rows)
        _sum(put(bottom, index + 2), f"=SUM({letter}{first}:{letter}{end})", total, counted, sheet, values)
    letter = get_column_letter(sums)
    of_rows = sum(sheet.row_totals) if sheet.row_totals else sum(sum(figures) for _, figures in sheet.rows)
    _sum(put(bottom, sums), f"=SUM({letter}{first}:{letter}{end})", sheet.total, of_rows, sheet, values)
    _more(page, bottom, sums, sheet, sheet.more[-1] if sheet.more else (), is_total=True)
    _set_page(page, sheet, width, bottom)
    if sheet.rows and sheet.columns:
        _chart(page, sheet, end, bottom)
    return values


def _lead(cell: Any, sheet: TallySheet, *places: tuple[int, int]) -> None:
    """Let a click on a figure go to the first of its lines."""
    found = sheet.details
    start = next((found.starts[place] for place in places if place in found.starts), None) if found else None
    if found is not None and start is not None:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{found.name}'!A{_HEADER_ROW + 1 + start}")
        cell.font = Font(name=FONT, size=11, bold=cell.font.bold, color=_LINK)


def _kind(value: object) -> Cells:
    return Cells.TEXT if isinstance(value, str) else Cells.DATE if isinstance(value, date) else Cells.NUMBER


def _write_details(page: Any, found: TallyDetails) -> None:
    save_as_text(page.cell(1, 1), found.title).font = Font(name=FONT, size=16, bold=True)
    save_as_text(page.cell(2, 1), found.info).font = Font(name=FONT, size=10, color="68635B")
    for column, (word, width) in enumerate(found.columns, start=1):
        _framed(save_as_text(page.cell(_HEADER_ROW, column), word), bold=True, tint=True, centre=True)
        page.column_dimensions[get_column_letter(column)].width = width
    for number, line in enumerate(found.rows, start=_HEADER_ROW + 1):
        for column, value in enumerate(line, start=1):
            cell = page.cell(number, column)
            # A style by name: thousands of fonts and borders, made one by one, would take seconds.
            cell.style = f"desk_{_kind(value).value}"
            if isinstance(value, str):
                save_as_text(cell, clean_text(value))
            else:
                cell.value = value
    last, end = get_column_letter(len(found.columns)), _HEADER_ROW + len(found.rows)
    page.freeze_panes = page.cell(_HEADER_ROW + 1, 1)
    page.auto_filter.ref = f"A{_HEADER_ROW}:{last}{end}"
    set_page(page, _HEADER_ROW, last, end)


def _more(
    page: object, row: int, sums: int, sheet: TallySheet, extras: tuple[object, ...], *, is_total: bool = False
) -> None:
    for place, extra in enumerate(extras):
        cell = page.cell(row, sums + 1 + place, extra)  # type: ignore[attr-defined]
        _framed(cell, bold=is_total, tint=is_total)
        if sheet.more_formats:
            cell.number_format = sheet.more_formats[place]


def _sum(cell: object, formula: str, value: float, counted: float, sheet: TallySheet, values: dict[str, float]) -> None:
    is_formula = sheet.adds_up and counted == value
    cell.value = formula if is_formula else value  # type: ignore[attr-defined]
    if is_formula:
        values[cell.coordinate] = value  # type: ignore[attr-defined]
    _framed(cell, bold=True, tint=True)


def _framed(cell: object, *, bold: bool = False, tint: bool = False, centre: bool = False) -> None:
    cell.font = Font(name=FONT, size=11, bold=bold)  # type: ignore[attr-defined]
    cell.border = _FRAME  # type: ignore[attr-defined]
    if tint:
        cell.fill = _TINT  # type: ignore[attr-defined]
    if centre:
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)  # type: ignore[attr-defined]


def _set_page(page: object, sheet: TallySheet, width: int, bottom: int) -> None:
    page.freeze_panes = page.cell(_HEADER_ROW + 1, 2)  # type: ignore[attr-defined]
    page.column_dimensions["A"].width = 18  # type: ignore[attr-defined]
    for column in range(2, width + 1):
        page.column_dimensions[get_column_letter(column)].width = 12  # type: ignore[attr-defined]
    setup = page.page_setup  # type: ignore[attr-defined]
    setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = _A4_LANDSCAPE, "landscape", 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[attr-defined]
    page.print_title_rows = f"1:{_HEADER_ROW}"  # type: ignore[attr-defined]
    del sheet, bottom


def _chart(page: object, sheet: TallySheet, end: int, bottom: int) -> None:
    chart = BarChart()
    chart.type = "col"
    chart.grouping = "stacked"
    chart.overlap = 100
    chart.title = sheet.title
    chart.height, chart.width = 9, 22
    data = Reference(page, min_col=2, max_col=1 + len(sheet.columns), min_row=_HEADER_ROW, max_row=end)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=_HEADER_ROW + 1, max_row=end))
    # openpyxl leaves both axes out of sight in newer spreadsheet programs unless told.
    chart.x_axis.delete = chart.y_axis.delete = False
    page.add_chart(chart, f"A{bottom + 2}")  # type: ignore[attr-defined]


_FORMULA_CELL = re.compile(
    rb'(<c r="([A-Z]+\d+)"[^>]*>\s*<f>[^<]*</f>\s*)<v\s*/>|(<c r="([A-Z]+\d+)"[^>]*>\s*<f>[^<]*</f>\s*)<v></v>'
)


def _with_values(content: bytes, cached: Sequence[dict[str, float]]) -> bytes:
    """The same workbook with the values of its formulas beside them, which openpyxl does not write."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", item.filename)
            if found is not None:
                values = cached[int(found.group(1)) - 1]

                def filled(match: "re.Match[bytes]", values: dict[str, float] = values) -> bytes:
                    head, place = match.group(1) or match.group(3), match.group(2) or match.group(4)
                    return head + f"<v>{values[place.decode()]}</v>".encode()

                data = _FORMULA_CELL.sub(filled, data)
            new.writestr(item, data)
    return out.getvalue()
