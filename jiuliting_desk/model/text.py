"""Small truths about text: half width, phones' digits, masking."""

_WIDE = {0x3000: " ", 0xA0: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}


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
