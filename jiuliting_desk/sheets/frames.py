"""The talk between the window's process and the reading process: frames of marshalled plain values."""

import marshal
import struct
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from jiuliting_desk.sheets.book import Cell, Row, Sheet

_HEAD = struct.Struct("<cQ")

PROGRESS = b"P"
SHEET = b"S"
ROWS = b"R"
"""Some rows of the sheet that follows."""
DONE = b"D"
TROUBLE = b"T"

_DAY = 0
_MOMENT = 1
_CLOCK = 2
_SPAN = 3

ROWS_AT_ONCE = 2000
"""Rows of one frame: unpacking one lets no other thread of the process go on."""

LARGEST_FRAME = 900_000_000


def send(stream: IO[bytes], kind: bytes, value: Any) -> None:
    """Write one frame."""
    body = marshal.dumps(value, 2)
    stream.write(_HEAD.pack(kind, len(body)))
    stream.write(body)
    stream.flush()


def received(stream: IO[bytes]) -> tuple[bytes, Any] | None:
    """The next frame's kind and value; None at the end of the stream."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, size = _HEAD.unpack(head)
    if size > LARGEST_FRAME:
        return None
    body = stream.read(size)
    return (kind, marshal.loads(body)) if len(body) == size else None


_PLAIN = frozenset({str, float, int, bool})


def packed_sheet(sheet: Sheet) -> dict[str, object]:
    """A sheet as values that marshal knows; dates and times travel beside the rows. Empties the sheet's own rows."""
    times: list[tuple[int, int, int, tuple[int, ...]]] = []
    for index, row in enumerate(sheet.rows):
        if _PLAIN.issuperset(map(type, row)):
            continue
        for column, cell in enumerate(row):
            if type(cell) not in _PLAIN:
                times.append((index, column, *_packed_time(cell)))
                row[column] = ""
    return {
        "name": sheet.name,
        "rows": sheet.rows,
        "times": times,
        "hidden": sheet.hidden,
        "merges": sheet.merges,
        "hidden_rows": tuple(sheet.hidden_rows),
        "hidden_columns": tuple(sheet.hidden_columns),
        "from_1904": sheet.from_1904,
    }


def send_sheet(stream: IO[bytes], sheet: Sheet) -> None:
    """Write the frames of a sheet: its rows in parts, then the rest of it."""
    packed = packed_sheet(sheet)
    for start in range(0, len(sheet.rows), ROWS_AT_ONCE):
        send(stream, ROWS, sheet.rows[start : start + ROWS_AT_ONCE])
    send(stream, SHEET, packed | {"rows": []})


def unpacked_sheet(value: dict[str, Any], rows: list[Row]) -> Sheet:
    """The sheet of a SHEET frame and of the rows that came before it."""
    for index, column, kind, parts in value["times"]:
        rows[index][column] = _unpacked_time(kind, parts)
    return Sheet(
        name=value["name"],
        rows=rows,
        hidden=value["hidden"],
        merges=tuple(value["merges"]),
        hidden_rows=frozenset(value["hidden_rows"]),
        hidden_columns=frozenset(value["hidden_columns"]),
        from_1904=value["from_1904"],
    )


def _packed_time(cell: Cell) -> tuple[int, tuple[int, ...]]:
    if isinstance(cell, datetime):
        return _MOMENT, (cell.year, cell.month, cell.day, cell.hour, cell.minute, cell.second)
    if isinstance(cell, date):
        return _DAY, (cell.year, cell.month, cell.day)
    if isinstance(cell, time):
        return _CLOCK, (cell.hour, cell.minute, cell.second)
    assert isinstance(cell, timedelta)
    return _SPAN, (cell.days, cell.seconds)


def _unpacked_time(kind: int, parts: Any) -> Cell:
    if kind == _DAY:
        return date(*parts)
    if kind == _MOMENT:
        return datetime(*parts)  # noqa: DTZ001  (spreadsheets know no time zones)
    if kind == _CLOCK:
        return time(*parts)
    return timedelta(days=parts[0], seconds=parts[1])
