"""Identity numbers in cells: as text, spoilt by a spreadsheet's fifteen digits, masked, with a digit too few."""

from typing import Any

from jiuliting_desk.model.identity import IdProblem, read_id_number
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.sheets.values import is_empty

_KEPT = frozenset({IdProblem.CHECK_DIGIT, IdProblem.DATE})
"""Problems with which a number of the right length is kept as typed."""
_SEXES = {"male": "男", "female": "女"}


IDENTITY_FIELDS = ("id_number", "birth", "sex")
_GROUPED = 2
"""Hyphens between region, birth and order."""
_NOTHING = (None, None, None)


def read_identity(cell: Cell) -> Any:
    """The number with the birth date and sex that a sound one tells (``IDENTITY_FIELDS``).

    A number that cannot be one is None, flagged ``id_damaged`` (or ``id_masked``), with what was typed as an extra.
    One with a wrong check digit or date is kept, flagged ``id_check_digit`` or ``id_date``.
    """
    if cell == "":
        return _NOTHING
    text = cell_text(cell).strip(" \t\r\n'’‘`")
    if is_empty(text):
        return _NOTHING
    if text.count("-") == _GROUPED and len(text) == 18 + _GROUPED:
        text = text.replace("-", "")
    read = read_id_number(text)
    if type(cell) is not str:
        # Any number of 15 digits or more has lost its tail, any shorter one its leading zeros.
        if len(read.text) == 15 and read.problem is None:
            return Flagged((read.text, read.birth or None, _SEXES.get(read.sex)), ("id_was_number",))
        return _damaged(text, "id_damaged")
    if read.problem is None:
        return read.text, read.birth or None, _SEXES.get(read.sex)
    if read.problem is IdProblem.MASKED:
        return _damaged(text, "id_masked")
    if read.problem in _KEPT:
        return Flagged((read.text, None, None), (f"id_{read.problem.value}",))
    return _damaged(text, "id_damaged")


def _damaged(text: str, code: str) -> Flagged:
    return Flagged(_NOTHING, (code,), {"id_damaged": True, "id_as_typed": text})
