"""Certificates with their number and last day in one cell: 家电清洗资质（编号ZS0012，有效期至2027年6月）."""

import re
from typing import Any

from jiuliting_desk.sheets import values
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.days import read_day
from jiuliting_desk.sheets.flagged import Flagged

DAY = re.compile(r"(?:19|20)\d{2}(?:\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}日?|月)?|年)?(?!\d)")
_AROUND_DAY = re.compile(r"(?:有效期限?|到期日?|截止)?(?:为|到|至|[:：])*\s*$")
_BEHIND_DAY = re.compile(r"^\s*(?:止|到期|前有效)")
_SIGN = r"(?:(?!有效|到期|截止)[^\s,，;；、()（）\[\]【】]|[(（][^()（）]*[)）])"
"""One of a number, as of 沪（2023）第12号; what tells the last day comes behind it."""
_NUMBER = re.compile(rf"(?:证书)?(?:证号|编号|号码)\s*[:：]?\s*({_SIGN}*?\d{_SIGN}*)")
_NEVER = re.compile(r"长期(?:有效)?|永久(?:有效)?|终身(?:有效)?|无(?:期限|限期)|不过期")
_BETWEEN = re.compile(r"[；;\n]")
_EDGES = " \t\r\n,，;；、:：()（）[]【】"


def read_last_day(cell: Cell, *, from_1904: bool, near: int | None) -> Any:
    """The day on which a certificate ends: of 2024-01-01至2027-12-31 the second; None for one that never does."""
    if type(cell) is str and _NEVER.fullmatch(cell.strip()):
        return None
    days = DAY.findall(cell) if type(cell) is str else []
    return read_day(str(days[-1]) if len(days) > 1 else cell, from_1904=from_1904, near=near)


def read_certificate(cell: Cell) -> Any:
    """What a certificate is called, its number and last day beside it where the cell has them.

    Further ones of a cell, each with a number or a day of its own, are extras: kind, number, last day.
    """
    parts = [part for part in _BETWEEN.split(cell) if part.strip()] if type(cell) is str else []
    if len(parts) < 2:
        return _read_one(cell)
    read = [(told.value, told.extras) if type(told := _read_one(part)) is Flagged else (told, {}) for part in parts]
    if not any(extras for _, extras in read) or not all(kind for kind, _ in read):
        return _read_one(cell)
    further = tuple(
        (kind, extras.get("certificate_number", ""), extras.get("certificate_expires", "")) for kind, extras in read[1:]
    )
    return Flagged(read[0][0], (), {**read[0][1], "more_certificates": further})


def _read_one(cell: Cell) -> Any:
    text = values.read_text(cell)
    if text is None or not any(sign.isdigit() for sign in text):
        return text
    extras: dict[str, Any] = {}
    number = _NUMBER.search(text)
    if number is not None:
        extras["certificate_number"] = number[1]
        text = text[: number.start()] + text[number.end() :]
    days = list(DAY.finditer(text))
    read = read_day(days[-1].group()) if days else None
    if type(read) is str:
        extras["certificate_expires"] = read
        before, behind = text[: days[0].start()], text[days[-1].end() :]
        text = _AROUND_DAY.sub("", before) + _BEHIND_DAY.sub("", behind)
    text = re.sub(r"[(（\[【]\s*[,，;；]*\s*[)）\]】]", "", text).strip(_EDGES)
    return Flagged(text or None, (), extras) if extras else text
