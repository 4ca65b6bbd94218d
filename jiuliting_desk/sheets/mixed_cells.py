"""Cells that hold several things: a contact with a phone, a sex with an age, a name with a relation."""

import re
from typing import Any

from jiuliting_desk.sheets import values
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.cell_words import SEXES
from jiuliting_desk.sheets.content import SURNAMES
from jiuliting_desk.sheets.days import read_day
from jiuliting_desk.sheets.flagged import Flagged

_PHONE_RUN = re.compile(r"[\d\-+()*]{5,}(?:\s*转\s*\d+)?")
_PIECES = re.compile(r"[\s/、，,;；:：|\\()（）\-—。]+")
_AGE = re.compile(r"^(\d{2,3})(?:岁|周岁)?$")
_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")


def read_mixed(cell: Cell, parts: tuple[str, ...]) -> Any:
    """The first of ``parts`` as the value, the others as extras, whatever their order in the cell."""
    text = values.plain(cell)
    if values.is_empty(text):
        return () if parts[0] == "phones" else None
    if len(text) <= 4 and text.isalpha() and not text.isascii() and parts[0] in {"emergency_contact", "name"}:
        return text
    found: dict[str, Any] = {}
    codes: list[str] = []
    rest = text
    if "id_number" in parts and (identity := _ID.search(rest)):
        found["id_number"] = identity.group().upper()
        rest = rest.replace(identity.group(), " ")
    phone_field = next((part for part in parts if part in {"phones", "emergency_phone", "provider_phone"}), "")
    if phone_field:
        runs = " ".join(_PHONE_RUN.findall(rest))
        numbers = values.read_phones(runs) if runs else ()
        if type(numbers) is Flagged:
            codes.extend(numbers.codes)
            if phone_field == "phones":
                found.update({name: value for name, value in numbers.extras.items() if name == "phone_wrong"})
            numbers = numbers.value
        if numbers:
            found[phone_field] = numbers if phone_field == "phones" else numbers[0]
        rest = _PHONE_RUN.sub(" ", rest)
    left: list[str] = []
    for piece in filter(None, _PIECES.split(rest)):
        if not _placed(piece, parts, found):
            left.append(piece)
    name_field = next(
        (part for part in parts if part in {"emergency_contact", "name", "provider", "cadre", "contact_name"}), ""
    )
    if name_field and left and name_field not in found:
        found[name_field] = left.pop(0)
    if left:
        free = next((part for part in parts if part not in found and part in {"address", "notes", "service"}), "")
        found[free or "notes"] = " ".join(left)
        codes.append("cell_split")
    value = found.pop(parts[0], () if parts[0] == "phones" else None)
    return Flagged(value, tuple(codes), found) if found or codes else value


_AGE_BEHIND = re.compile(r"^(?P<birth>.*\d.*?)\s*[(（/，, ]\s*(?P<age>\d{1,3})\s*周?岁?\s*[)）]?$")


def read_birth_and_age(cell: Cell, near: int | None = None) -> Any:
    """A birth with the age that stands behind it: 1942.03（84）."""
    whole = read_day(cell, birth=True, near=near)
    found = _AGE_BEHIND.match(values.plain(cell)) if type(cell) is str else None
    is_day = type(whole) is not Flagged or whole.value is not None
    if found is None or (is_day and not values.plain(cell).endswith((")", "岁"))):
        # 1942/3/12 is a day, and no month with an age behind it.
        return whole
    birth, age = read_day(found["birth"], birth=True, near=near), values.read_age(found["age"])
    flag = birth if type(birth) is Flagged else Flagged(birth)
    return Flagged(flag.value, flag.codes, {**flag.extras, "age": age}) if type(age) is int else birth


def _placed(piece: str, parts: tuple[str, ...], found: dict[str, Any]) -> bool:
    """Whether a piece of a cell is plainly one of the parts; then it is put there."""
    if "sex" in parts and "sex" not in found and piece in SEXES:
        found["sex"] = SEXES[piece]
        return True
    if "age" in parts and "age" not in found and (age := _AGE.match(piece)):
        found["age"] = int(age[1])
        return True
    wants_relation = "emergency_relation" in parts or "emergency_contact" in parts
    if wants_relation and "emergency_relation" not in found and values.is_relation(piece):
        found["emergency_relation"] = piece
        return True
    if wants_relation and "emergency_relation" not in found and "emergency_contact" not in found:
        for start in (piece[:2], piece[:3], piece[-2:], piece[-3:]):
            who = piece.removeprefix(start) if piece.startswith(start) else piece.removesuffix(start)
            if values.is_relation(start) and 2 <= len(who) <= 3 and who[0] in SURNAMES:
                found["emergency_relation"], found["emergency_contact"] = start, who
                return True
    return False
