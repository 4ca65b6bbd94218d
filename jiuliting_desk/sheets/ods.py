"""OpenDocument sheets: checks before parsing, merges and hidden rows."""

import io
import re
import zipfile

from jiuliting_desk.sheets.book import Area, SheetTrouble, TroubleKind
from jiuliting_desk.sheets.precheck import CELLS, COLUMNS, ROWS, check_xml, unpacked_part
from jiuliting_desk.sheets.unseen import Unseen

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
_FILLED = re.compile(rb'<table:table-cell\b(?=[^>]*number-columns-repeated="(\d+)")(?=[^>]*office:value-type=)[^>]*>')
_NULL_DATE = re.compile(rb'<table:null-date\b[^>]*date-value="1904-')
_ROWS_OF = re.compile(rb'<table:table-row\b[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL)


def checked_ods(data: bytes) -> bytes:
    """The content part. Raises SheetTrouble for an encrypted file, a DTD, and repeats that would fill the memory."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = {info.filename: info for info in archive.infolist()}
        content_info = next((info for name, info in infos.items() if name.lower() == "content.xml"), None)
        manifest = infos.get("META-INF/manifest.xml")
        if manifest is not None and b"encryption-data" in unpacked_part(archive, manifest):
            raise SheetTrouble(kind=TroubleKind.CIPHER_UNKNOWN, what="ods")
        if content_info is None:
            raise SheetTrouble(kind=TroubleKind.DAMAGED, what="ods")
        content = unpacked_part(archive, content_info)
    check_xml(content, "content.xml")
    if b"office:spreadsheet" not in content:
        raise SheetTrouble(kind=TroubleKind.NOT_A_SPREADSHEET, what="word")
    filled = sum(map(int, _FILLED.findall(content)))
    for times, cells in _ROWS_OF.findall(content):
        if b"value-type=" in cells:
            filled += int(times) * sum(map(int, _REPEATED.findall(cells))) + int(times)
    if filled > CELLS:
        raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="cells", count=filled, limit=CELLS)
    return content


def begins_in_1904(content: bytes) -> bool:
    """Whether day numbers count from 1904 (table:null-date, OpenDocument 1.3 part 3, 9.4.3)."""
    return _NULL_DATE.search(content) is not None


def unseen_in_ods(content: bytes) -> dict[str, Unseen]:
    """Merges, hidden rows and hidden columns by sheet name."""
    if b"-spanned=" not in content and b"table:visibility=" not in content:
        return {}
    from lxml import etree

    found: dict[str, Unseen] = {}
    name, row, column, times = "", 0, 0, 1
    merges: list[Area] = []
    hidden: set[int] = set()
    place = 0
    hidden_columns: set[int] = set()
    events = etree.iterparse(
        io.BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True, recover=True
    )
    for event, element in events:
        tag = element.tag
        if event == "start":
            if tag == f"{_TABLE}table":
                name, row, merges, hidden = element.get(f"{_TABLE}name", ""), 0, [], set()
                place, hidden_columns = 0, set()
            elif tag == f"{_TABLE}table-column":
                after = place + _count(element.get(f"{_TABLE}number-columns-repeated"), COLUMNS)
                if element.get(f"{_TABLE}visibility", "visible") != "visible":
                    hidden_columns.update(range(place, min(after, COLUMNS)))
                place = after
            elif tag == f"{_TABLE}table-row":
                column, times = 0, _count(element.get(f"{_TABLE}number-rows-repeated"), ROWS)
                if element.get(f"{_TABLE}visibility", "visible") != "visible":
                    hidden.update(range(row, min(row + times, ROWS)))
            elif tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                down = _count(element.get(f"{_TABLE}number-rows-spanned"), ROWS)
                across = _count(element.get(f"{_TABLE}number-columns-spanned"), COLUMNS)
                if down > 1 or across > 1:
                    merges.append((row, column, row + down - 1, column + across - 1))
                column += _count(element.get(f"{_TABLE}number-columns-repeated"), COLUMNS)
        elif tag == f"{_TABLE}table-row":
            row += times
            element.clear()
        elif tag == f"{_TABLE}table":
            found[name] = Unseen(rows=frozenset(hidden), columns=frozenset(hidden_columns), merges=tuple(merges))
    return found


def _count(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isdigit() else 1
