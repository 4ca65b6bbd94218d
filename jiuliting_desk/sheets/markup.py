"""Tables in markup that call themselves .xls: HTML, web archives, and SpreadsheetML 2003."""

import email
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from email import policy

from lxml import etree, html

from jiuliting_desk.sheets.book import Area, Cell, Row, Sheet, SheetTrouble, TroubleKind
from jiuliting_desk.sheets.opening import trimmed
from jiuliting_desk.sheets.plain_text import decoded, unwrapped
from jiuliting_desk.sheets.precheck import CELLS, COLUMNS, DEPTH, ROWS, check_xml

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_WIDEST_SPAN = 1_000
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]*\?>")
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,10};)")


def html_pages_of(data: bytes) -> list[bytes]:
    """The HTML parts of a web archive that hold tables, one for each sheet. Raises SheetTrouble where none does."""
    message = email.message_from_bytes(data, policy=policy.compat32)
    pages = []
    for part in message.walk():
        body = part.get_payload(decode=True)
        # Excel keeps the names of the sheets in a table of their own.
        if part.get_content_type() != "text/html" or "tabstrip" in str(part.get("Content-Location", "")):
            continue
        if isinstance(body, bytes) and b"<td" in body.lower():
            pages.append(body)
    if not pages:
        raise SheetTrouble(kind=TroubleKind.NOT_A_SPREADSHEET, what="binary")
    return pages


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROUNDED = re.compile(r"\d\.\d+E\+?\d+|#+", re.IGNORECASE)
"""How a narrow column shows a long number."""
_EXACT_DIGITS = 15
"""Of a number in a spreadsheet; longer ones have lost their end."""
_NOT_SHOWN = frozenset({"script", "style", "title", "noscript", "select", "button", "template"})
_OWN_LINE = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "li", "center", "td", "th", "tr", "table", "form",
     "section", "header", "footer"}
)  # fmt: skip


def html_sheets(pages: Sequence[bytes]) -> list[Sheet]:
    """One sheet for each page: its tables and the lines of text around them one below another, as Excel shows them.

    Raises SheetTrouble where there is no table.
    """
    sheets = [sheet for page in pages if (sheet := _page(page, len(pages))) is not None]
    if not sheets:
        raise SheetTrouble(kind=TroubleKind.NOTHING_READABLE, what="html")
    return [replace(sheet, name=f"表{number}") for number, sheet in enumerate(sheets, 1)]


def _page(data: bytes, pages: int) -> Sheet | None:
    text = decoded(data)[0]
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        if pages > 1:
            return None
        raise SheetTrouble(kind=TroubleKind.DAMAGED, what="html") from error
    rows: list[Row] = []
    merges: list[Area] = []
    hidden: set[int] = set()
    hidden_columns: frozenset[int] = frozenset()
    has_table = False
    for part in _parts(root):
        if isinstance(part, str):
            rows.append([part])
            continue
        own, areas = _html_rows(part)
        first = len(rows)
        rows += own
        has_table |= bool(own)
        merges += [(top + first, left, bottom + first, right) for top, left, bottom, right in areas]
        hidden.update(first + at for at, line in enumerate(_own_rows(part)) if _is_unseen(line))
        hidden_columns |= _unseen_columns(part)
    if not has_table:
        return None
    return Sheet(
        name="",
        rows=trimmed(rows, []),
        merges=tuple(merges),
        hidden_rows=frozenset(hidden),
        hidden_columns=hidden_columns,
    )


def _parts(root: html.HtmlElement) -> Iterator[str | html.HtmlElement]:
    """The tables with data and the lines of text outside them, in the page's order."""
    line: list[str] = []

    def ended() -> Iterator[str]:
        text = " ".join("".join(line).split())
        line.clear()
        if text:
            yield text

    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _OWN_LINE:
                yield from ended()
            if tag in _NOT_SHOWN or _is_unseen(element):
                walk.skip_subtree()
            elif tag == "table" and not _is_frame(element):
                yield from ("".join(caption.itertext()).strip() for caption in element.iterchildren("caption"))
                yield element
                walk.skip_subtree()
            else:
                line.append(element.text or "")
        else:
            if tag in _OWN_LINE:
                yield from ended()
            line.append(element.tail or "")
    yield from ended()


def _is_frame(table: html.HtmlElement) -> bool:
    """Whether a table only gives tables within it their place on the page."""
    own = sum(1 for _ in _own_rows(table))
    return any(sum(1 for _ in _own_rows(inner)) > own for inner in table.iterdescendants("table"))


def _html_rows(table: html.HtmlElement) -> tuple[list[Row], list[Area]]:
    rows: list[Row] = []
    merges: list[Area] = []
    covered: dict[int, int] = {}
    """Column: how many rows below are still covered by a cell above."""
    cells = 0
    for number, line in enumerate(_own_rows(table)):
        row: Row = []
        for element in line:
            if element.tag not in {"td", "th"}:
                continue
            while covered.get(len(row), 0) > 0:
                row.append("")
            across = _span(element.get("colspan"), _WIDEST_SPAN)
            down = _span(element.get("rowspan"), ROWS)
            left = len(row)
            row.append(_html_cell(element))
            row.extend([""] * (across - 1))
            if across > 1 or down > 1:
                merges.append((number, left, number + down - 1, left + across - 1))
            if down > 1:
                for column in range(left, left + across):
                    covered[column] = down
            cells += across
            if cells > CELLS:
                raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="cells", count=cells, limit=CELLS)
        covered = {column: left_over - 1 for column, left_over in covered.items() if left_over > 1}
        rows.append(row)
    return rows, merges


def _is_unseen(element: html.HtmlElement) -> bool:
    return "display:none" in (element.get("style") or "").replace(" ", "").lower()


def _unseen_columns(table: html.HtmlElement) -> frozenset[int]:
    """The columns that a spreadsheet hid before it saved them as a page."""
    hidden: set[int] = set()
    place = 0
    for column in table.iter("col"):
        after = place + _span(column.get("span"), _WIDEST_SPAN)
        if _is_unseen(column):
            hidden.update(range(place, after))
        place = after
        if place > COLUMNS:
            break
    return frozenset(hidden)


def _own_rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The rows of a table, not those of tables within it; old systems put forms around them."""
    return (line for line in table.iter("tr") if next(line.iterancestors("table")) is table)


def _span(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isdecimal() and text.isascii() and len(text) < 8 else 1


def _html_cell(element: html.HtmlElement) -> str:
    for brk in element.iter("br"):
        # lxml gives control characters out but does not take them back.
        brk.tail = "\n" + _CONTROL.sub("", brk.tail or "")
    text = "\n".join(" ".join(line.split(" ")) for line in element.text_content().split("\n")).strip()
    if _ROUNDED.fullmatch(text):
        # Excel and WPS (x:num) and LibreOffice (sdval) keep the number itself beside what is seen of it.
        exact = element.get("x:num") or element.get("sdval") or ""
        return exact if exact.isdecimal() and len(exact) <= _EXACT_DIGITS else text
    return unwrapped(text)


def xml_sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of SpreadsheetML 2003. Raises SheetTrouble for a DTD, damage, and sizes beyond Excel's."""
    check_xml(data, "xml")
    data = _mended(data)
    depth, name, hidden, rows, cells = 0, "", False, list[Row](), 0
    merges: list[Area] = []
    hidden_rows: set[int] = set()
    place, from_1904 = 0, False
    hidden_columns: set[int] = set()
    events = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, recover=True
    )
    try:
        for event, element in events:
            tag = element.tag
            if event == "start":
                depth += 1
                if depth > DEPTH:
                    raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="depth", count=depth, limit=DEPTH)
                if tag == f"{_SS}Worksheet":
                    name, hidden, rows, merges, hidden_rows = element.get(f"{_SS}Name", ""), False, [], [], set()
                    place, hidden_columns = 0, set()
                continue
            depth -= 1
            if tag == f"{_SS}Column":
                place = _xml_columns(element, place, hidden_columns)
            elif tag.endswith("}Date1904"):
                from_1904 = True
            elif tag == f"{_SS}Row":
                cells += _add_xml_row(element, rows, merges, hidden_rows)
                if cells > CELLS:
                    raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="cells", count=cells, limit=CELLS)
                element.clear()
            elif tag.endswith("}Visible"):
                hidden = (element.text or "").strip() in {"SheetHidden", "SheetVeryHidden"}
            elif tag == f"{_SS}Worksheet":
                yield Sheet(
                    name=name,
                    rows=trimmed(rows, []),
                    hidden=hidden,
                    merges=tuple(merges),
                    hidden_rows=frozenset(hidden_rows),
                    hidden_columns=frozenset(hidden_columns),
                    from_1904=from_1904,
                )
                # What a damaged file says after the end of a sheet is none of it.
                rows = []
    except etree.XMLSyntaxError as error:
        raise SheetTrouble(kind=TroubleKind.DAMAGED, what="xml2003") from error


def _mended(data: bytes) -> bytes:
    """What templates and scripts write, as XML wants it: the encoding told by the bytes, every ampersand spelt out."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data = decoded(data)[0].encode("utf-8", "replace")
    declaration = _DECLARATION.match(data)
    return _BARE_AMPERSAND.sub(b"&amp;", data[declaration.end() if declaration else 0 :])


def _xml_columns(element: etree._Element, place: int, hidden: set[int]) -> int:
    """Note the hidden ones of the columns that an element is about; gives the column after them."""
    at = element.get(f"{_SS}Index")
    first = int(at) - 1 if at and at.isdecimal() else place
    span = element.get(f"{_SS}Span")
    after = min(first + 1 + (int(span) if span and span.isdecimal() else 0), COLUMNS)
    if element.get(f"{_SS}Hidden") == "1":
        hidden.update(range(first, after))
    return after


def _add_xml_row(element: etree._Element, rows: list[Row], merges: list[Area], hidden_rows: set[int]) -> int:
    at = element.get(f"{_SS}Index")
    if at and at.isdecimal():
        wanted = int(at) - 1
        if wanted > ROWS:
            raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="rows", count=wanted + 1, limit=ROWS)
        while len(rows) < wanted:
            rows.append([])
    number = len(rows)
    if element.get(f"{_SS}Hidden") == "1":
        hidden_rows.add(number)
    row: Row = []
    for cell in element:
        if cell.tag != f"{_SS}Cell":
            continue
        at = cell.get(f"{_SS}Index")
        if at and at.isdecimal():
            if int(at) > COLUMNS:
                raise SheetTrouble(kind=TroubleKind.TOO_LARGE, what="columns", count=int(at), limit=COLUMNS)
            row.extend([""] * (int(at) - 1 - len(row)))
        left = len(row)
        across = _span(cell.get(f"{_SS}MergeAcross"), COLUMNS) if cell.get(f"{_SS}MergeAcross") else 0
        down = _span(cell.get(f"{_SS}MergeDown"), ROWS) if cell.get(f"{_SS}MergeDown") else 0
        row.append(_xml_cell(cell))
        row.extend([""] * across)
        if across or down:
            merges.append((number, left, number + down, left + across))
    rows.append(row)
    return len(row)


def _xml_cell(cell: etree._Element) -> Cell:
    data = next((child for child in cell if child.tag == f"{_SS}Data"), None)
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text)
        if kind == "Boolean":
            return text.strip() == "1"
    except ValueError:
        return text
    return text
