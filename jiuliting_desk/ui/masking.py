"""How numbers and names are masked on the screen until someone asks."""

LONGEST_AREA = 4
"""Digits of an area code, the leading nought included."""


def masked_phone(number: str) -> str:
    """100****4417; short numbers show their last two digits only, landlines their area: 021-****1299."""
    main, dash, extension = number.partition("-")
    if main.startswith("0") and len(main) <= LONGEST_AREA and extension:
        return f"{main}-{masked_phone(extension)}"
    if len(main) >= 11:
        masked = f"{main[:3]}****{main[-4:]}"
    elif len(main) >= 7:
        masked = f"{'*' * (len(main) - 4)}{main[-4:]}"
    else:
        masked = "*" * max(len(main) - 2, 0) + main[-2:]
    return masked + (dash + extension if extension else "")


def masked_id(number: str) -> str:
    """310***********642X: the first three and the last four signs."""
    return number if len(number) < 8 else f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def spaced_phone(number: str) -> str:
    """100 0000 4417, to be read aloud."""
    main, dash, extension = number.partition("-")
    if len(main) == 11:
        main = f"{main[:3]} {main[3:7]} {main[7:]}"
    elif len(main) == 8:
        main = f"{main[:4]} {main[4:]}"
    return main + (dash + extension if extension else "")
