"""Small truths about text: half width, phones' digits, masking."""

import re

_WIDE = {0x3000: " ", 0xA0: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}


_LONG_NUMBER = re.compile(r"[0-9]{7,}[xX]?")
_DIGITS_OF_AN_ID = 15
_MASKED_NAME = re.compile(r"[^\W\d_][*＊]+[^\W\d_]?")


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as their usual forms; hanzi untouched."""
    if text.isascii():
        return text
    return text.translate(_WIDE)


def digits_of(text: str) -> str:
    """Only the decimal digits of a text, full-width ones included."""
    return "".join(sign for sign in half_width(text) if sign in "0123456789")


def tidy_name(text: str) -> str:
    """A person's name without the blanks and stray signs that people type into and around it.

    The blank between the parts of a Latin name stays.
    """
    cleaned = half_width(text).strip(" \t\r\n\\/,，、；;。")
    parts = cleaned.split()
    if all(part.isascii() for part in parts):
        return " ".join(parts)
    return "".join(parts)


def masked_name(name: str) -> str:
    """The first character and a star for each other one."""
    return name[:1] + "*" * (len(name) - 1)


def is_masked_name(name: str) -> bool:
    """Whether only the first sign of a name is left, and perhaps the last: 高**, 高*英."""
    return _MASKED_NAME.fullmatch(name.strip()) is not None


def masked_phone(number: str) -> str:
    """First three and last four digits, as in 100****4417; landlines keep their last four, short ones two."""
    if len(number) >= 11:
        return number[:3] + "****" + number[-4:]
    shown = 4 if len(number) >= 7 else 2
    return "*" * max(0, len(number) - shown) + number[-shown:]


def masked_id(number: str) -> str:
    """First three and last four characters of an identity number."""
    if len(number) <= 7:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def masked_numbers(text: str) -> str:
    """A text in which whatever is as long as a phone or an identity number is masked as one."""
    return _LONG_NUMBER.sub(_masked_number, text)


def _masked_number(number: re.Match[str]) -> str:
    found = number.group()
    return masked_id(found) if len(found) >= _DIGITS_OF_AN_ID else masked_phone(found)
