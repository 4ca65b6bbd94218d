"""Resident identity numbers by GB 11643-1999: check digit, birth date, sex and region."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul

from jiuliting_desk.model.text import half_width

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SUM_OF_ZEROS = ord("0") * sum(_WEIGHTS)
_CHECKS = "10X98765432"


class IdProblem(StrEnum):
    """What is wrong with an identity number as written."""

    LENGTH = "length"
    CHARACTERS = "characters"
    DATE = "date"
    CHECK_DIGIT = "check_digit"
    ROUNDED = "rounded"
    """The last three digits are 000 and the check digit is wrong or the value was a number: spoilt by a
    spreadsheet that holds 15 digits."""
    MASKED = "masked"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdNumber:
    """A number as written, cleaned of blanks and full-width forms, with what it tells."""

    text: str
    birth: str = ""
    """``YYYY-MM-DD``, or "" where the number does not tell."""
    sex: str = ""
    """"male", "female" or ""."""
    region: str = ""
    """Six digits; abolished and unknown codes included."""
    problem: IdProblem | None = None


def check_digit(first_17: str) -> str:
    """The 18th character for 17 digits (GB 11643-1999, 6.2)."""
    if len(first_17) != len(_WEIGHTS) or not (first_17.isascii() and first_17.isdecimal()):
        raise ValueError(first_17)
    return _CHECKS[(sum(map(mul, first_17.encode(), _WEIGHTS)) - _SUM_OF_ZEROS) % 11]


def read_id_number(text: str) -> IdNumber:
    """Read an 18-digit or a 15-digit number; anything else comes back with its problem, never changed."""
    is_clean = len(text) == 18 and text.isascii() and text.isalnum()
    cleaned = text.upper() if is_clean else "".join(half_width(text).split()).upper().rstrip("。.;；,，")
    if "*" in cleaned:
        return IdNumber(text=cleaned, problem=IdProblem.MASKED)
    if len(cleaned) == 15 and cleaned.isdecimal():
        return _told(cleaned, "19" + cleaned[6:12], cleaned[14])
    if len(cleaned) != 18:
        return IdNumber(text=cleaned, problem=IdProblem.LENGTH)
    if not (cleaned[:17].isdecimal() and cleaned[:17].isascii() and cleaned[17] in "0123456789X"):
        return IdNumber(text=cleaned, problem=IdProblem.CHARACTERS)
    problem = None
    if check_digit(cleaned[:17]) != cleaned[17]:
        problem = IdProblem.ROUNDED if cleaned.endswith("000") else IdProblem.CHECK_DIGIT
    return _told(cleaned, cleaned[6:14], cleaned[16], problem)


def _told(cleaned: str, birth: str, order: str, problem: IdProblem | None = None) -> IdNumber:
    try:
        born = date.fromisoformat(birth)
    except ValueError:
        return IdNumber(text=cleaned, region=cleaned[:6], problem=problem or IdProblem.DATE)
    if born.year < 1850:
        return IdNumber(text=cleaned, region=cleaned[:6], problem=problem or IdProblem.DATE)
    sex = "male" if int(order) % 2 else "female"
    return IdNumber(text=cleaned, birth=born.isoformat(), sex=sex, region=cleaned[:6], problem=problem)
