"""Small tables written by hand, in the shape that the reading gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class HandRow:
    """A row that was read."""

    row: int
    fields: Mapping[str, Any]
    remarks: Sequence[Any] = ()
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class HandTable:
    """A table that was read."""

    rows: Sequence[HandRow]
    sheet: str = "Sheet1"
    kind: str = "survey"
    header_row: int = 3
    facts: Mapping[str, str] = field(default_factory=dict)


def survey(*rows: Mapping[str, Any], committee: str = "亭北居民区") -> HandTable:
    """A survey with a row for each dict, from row 4 on."""
    return HandTable(
        rows=[HandRow(row=n, fields=row) for n, row in enumerate(rows, start=4)],
        facts={"committee": committee, "date": "2026-03-05"},
    )


def volunteers(*rows: Mapping[str, Any]) -> HandTable:
    """A volunteers' sheet with a row for each dict, from row 3 on."""
    return HandTable(
        rows=[HandRow(row=n, fields=row) for n, row in enumerate(rows, start=3)],
        kind="volunteers",
    )


MIAO = {
    "name": "苗芬",
    "sex": "男",
    "id_number": "000000194808205470",
    "phones": ["10016215129"],
    "compound": "亭北新村",
    "building": "16",
    "room": "501",
    "needs": ["陪伴聊天", "理发"],
    "tags": ["高龄"],
}
ZOU = {
    "name": "邹福",
    "sex": "男",
    "birth": "1929-11-07",
    "phones": ["10057796333"],
    "compound": "亭北东块",
    "building": "22",
    "room": "202",
    "needs": ["代买代办"],
    "tags": [],
}
