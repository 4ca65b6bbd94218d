"""The corpus on disk: every format that offices send."""

import csv
import html
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import xlwt
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.sheets.corpus.paper import Cell, MadeBook, Paper

SS = "urn:schemas-microsoft-com:office:spreadsheet"


def write_xlsx(book: MadeBook, path: Path) -> None:
    """An .xlsx through openpyxl."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    if book.from_1904:
        workbook.epoch = CALENDAR_MAC_1904
    for paper in book.papers:
        sheet = workbook.create_sheet(paper.name)
        for number, line in enumerate(paper.rows, 1):
            for place, cell in enumerate(line, 1):
                if cell is not None:
                    sheet.cell(number, place, cell)
        for top, left, bottom, right in paper.merges:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for row in paper.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        for column in paper.hidden_columns:
            sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
        if paper.hidden:
            sheet.sheet_state = "hidden"
    workbook.active = next(index for index, paper in enumerate(book.papers) if not paper.hidden)
    workbook.save(path)


def write_xls(book: MadeBook, path: Path) -> None:
    """An old .xls through xlwt."""
    workbook = xlwt.Workbook(encoding="utf-8")
    workbook.dates_1904 = book.from_1904
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for paper in book.papers:
        sheet = workbook.add_sheet(paper.name, cell_overwrite_ok=True)
        for number, line in enumerate(paper.rows):
            for place, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write(number, place, cell, day)
                elif cell is not None:
                    sheet.write(number, place, cell)
        for top, left, bottom, right in paper.merges:
            sheet.merge(top, bottom, left, right)
        for row in paper.hidden_rows:
            sheet.row(row).hidden = True
        for column in paper.hidden_columns:
            sheet.col(column).hidden = True
        sheet.visibility = 1 if paper.hidden else 0
    workbook.active_sheet = next(index for index, paper in enumerate(book.papers) if not paper.hidden)
    workbook.save(str(path))


def write_ods(book: MadeBook, path: Path) -> None:
    """An .ods through odfpy."""
    document = OpenDocumentSpreadsheet()
    for paper in book.papers:
        table = Table(name=paper.name)
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in paper.merges}
        covered = {
            (row, column)
            for top, left, bottom, right in paper.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        } - set(spans)
        width = paper.width
        for place in range(width if paper.hidden_columns else 0):
            table.addElement(TableColumn(visibility="collapse") if place in paper.hidden_columns else TableColumn())
        for number, line in enumerate(paper.rows):
            row = TableRow(visibility="collapse") if number in paper.hidden_rows else TableRow()
            for place in range(width):
                cell = line[place] if place < len(line) else None
                row.addElement(_ods_cell(cell, (number, place) in covered, spans.get((number, place))))
            table.addElement(row)
        document.spreadsheet.addElement(table)
    document.save(str(path))


def _ods_cell(cell: Cell, is_covered: bool, span: tuple[int, int] | None) -> Element:
    if is_covered:
        return CoveredTableCell()
    options = {} if span is None else {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]}
    if cell is None or cell == "":
        return TableCell(**options)
    if isinstance(cell, date):
        element = TableCell(valuetype="date", datevalue=cell.isoformat(), **options)
    elif isinstance(cell, (int, float)):
        element = TableCell(valuetype="float", value=repr(cell), **options)
    else:
        element = TableCell(valuetype="string", **options)
    for text in str(cell).split("\n"):
        element.addElement(P(text=text))
    return element


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell < 1e15 else f"{cell:.14E}"
    return str(cell)


def _csv(paper: Paper) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for line in paper.rows:
        writer.writerow([_text(cell) for cell in [*line, *[None] * (paper.width - len(line))]])
    return out.getvalue()


def write_csv_gb18030(book: MadeBook, path: Path) -> None:
    """Comma-separated, in GB 18030, as Excel in China saves it."""
    path.write_bytes(_csv(book.papers[0]).encode("gb18030"))


def write_csv_utf8(book: MadeBook, path: Path) -> None:
    """Comma-separated, in UTF-8 with a byte-order mark."""
    path.write_bytes(_csv(book.papers[0]).encode("utf-8-sig"))


def write_text_lines(book: MadeBook, path: Path) -> None:
    """Lines of text as they are, whatever signs they hold."""
    lines = ("\t".join(map(_text, line)) for line in book.papers[0].rows)
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")


def write_html(book: MadeBook, path: Path) -> None:
    """HTML tables named .xls, as web systems export them."""
    out = ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>']
    for paper in book.papers[:1]:
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in paper.merges}
        covered = {
            (row, column)
            for top, left, bottom, right in paper.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        } - set(spans)
        out.append("<table border=1>")
        for number, line in enumerate(paper.rows):
            out.append("<tr>")
            for place in range(paper.width):
                if (number, place) in covered:
                    continue
                cell = line[place] if place < len(line) else None
                down, across = spans.get((number, place), (1, 1))
                text = html.escape(_text(cell)).replace("\n", "<br>")
                out.append(f'<td rowspan="{down}" colspan="{across}">{text}</td>')
            out.append("</tr>")
        out.append("</table>")
    path.write_text("".join(out) + "</body></html>", encoding="utf-8", newline="")


def write_xml2003(book: MadeBook, path: Path) -> None:
    """SpreadsheetML 2003."""
    out = [f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{SS}" xmlns:ss="{SS}">']
    for paper in book.papers:
        out.append(f'<Worksheet ss:Name="{html.escape(paper.name)}"><Table>')
        out += [f'<Column ss:Index="{column + 1}" ss:Hidden="1"/>' for column in sorted(paper.hidden_columns)]
        spans = {(top, left): (bottom - top, right - left) for top, left, bottom, right in paper.merges}
        covered = {
            (row, column)
            for top, left, bottom, right in paper.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        } - set(spans)
        for number, line in enumerate(paper.rows):
            out.append(f'<Row ss:Index="{number + 1}"' + (' ss:Hidden="1">' if number in paper.hidden_rows else ">"))
            for place, cell in enumerate(line):
                if cell is None or (number, place) in covered:
                    continue
                down, across = spans.get((number, place), (0, 0))
                span = (f' ss:MergeDown="{down}"' if down else "") + (f' ss:MergeAcross="{across}"' if across else "")
                out.append(f'<Cell ss:Index="{place + 1}"{span}>{_xml_data(cell)}</Cell>')
            out.append("</Row>")
        visible = "SheetHidden" if paper.hidden else "SheetVisible"
        out.append(
            f'</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>{visible}</Visible>'
            "</WorksheetOptions></Worksheet>"
        )
    path.write_text("".join(out) + "</Workbook>", encoding="utf-8", newline="")


def _xml_data(cell: Cell) -> str:
    if isinstance(cell, date):
        return f'<Data ss:Type="DateTime">{cell.isoformat()}T00:00:00.000</Data>'
    if isinstance(cell, (int, float)):
        return f'<Data ss:Type="Number">{cell!r}</Data>'
    return f'<Data ss:Type="String">{html.escape(str(cell))}</Data>'


WRITERS: dict[str, tuple[str, Callable[[MadeBook, Path], None]]] = {
    "xlsx": (".xlsx", write_xlsx),
    "xls": (".xls", write_xls),
    "xlsx_1904": (".xlsx", write_xlsx),
    "xls_1904": (".xls", write_xls),
    "ods": (".ods", write_ods),
    "csv_gb18030": (".csv", write_csv_gb18030),
    "csv_utf8": (".csv", write_csv_utf8),
    "text_lines": (".csv", write_text_lines),
    "html": (".xls", write_html),
    "xml2003": (".xml", write_xml2003),
}
PLAIN_TEXT = frozenset({"csv_gb18030", "csv_utf8", "text_lines"})
"""Formats that keep neither merges nor hidden rows nor sheet names."""
