"""Dates in all the forms that people type: whole, to the month, to the year, as numbers, in Chinese figures."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.sheets.values import chinese_number, has_words, is_empty

_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
LEAST_DAY = 2_101
"""The first number that is no year."""
MOST_DAY_1904 = 78_500
_PARTS = re.compile(
    r"^(\d{4})\s*[-./年\\,，、·\s]\s*(\d{1,2})\s*(?:[-./月\\,，、·\s]\s*(?:(\d{1,2})\s*[日号]?)?)?(?:$|[\sT(（].*$)"
)
_YEAR = re.compile(r"^(\d{4})\s*年?(?:生|出生)?$")
_SHORT = re.compile(r"^['’]?(\d{2})\s*[-./年\\]\s*(\d{1,2})\s*(?:[-./月\\]\s*(?:(\d{1,2})\s*[日号]?)?)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})$")
_NO_YEAR = re.compile(r"^(\d{1,2})\s*[-./月\\]\s*(\d{1,2})\s*[日号]?$")
_RUN = re.compile(r"^(\d{4})(\d{2})(\d{2})?$")
_CHINESE_YEAR = re.compile(
    r"^([〇零○O一二三四五六七八九]{4}|[〇零○O一二三四五六七八九]{2})年(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号]?)?)?$"
)
_TWO_FIGURES = re.compile(r"^['’]?(\d{2})年$")
"""32年."""
_TAIL = re.compile(r"\s*(?:\d{1,2}:\d{2}(?::\d{2})?.*|[(（].*[)）]|生|出生|左右|星期.|周[一二三四五六日])$")
_CLOCK = re.compile(r"(?:[上下中]午|早上|晚上|傍晚|[AaPp][Mm]|(?<!\d)\d{1,2}\s*[:：点时])")
_OF_DAYS = re.compile(
    r"农历|阴历|阳历|公历|公元|左右|出生|星期|上午|下午|中午|早上|晚上|傍晚|[AaPp][Mm]|[年月日号生约周一二三四五六七八九十〇零○OoTt天时分点至到]"
)
"""Words that belong to a day."""
_MIDNIGHT = re.compile(r"0?0:00(?::00)?(?:\.0+)?")
"""What other systems write behind a day without a time."""
_LEAST_MOMENT = 20_000
"""The first number that is a day and its time, and no year with a month behind the point."""


def day_and_clock(cell: Cell) -> tuple[Cell, str]:
    """A cell without the time of day that stands behind its day, and that time: "9:30", as it is written; or ""."""
    if isinstance(cell, datetime):
        return cell, f"{cell.hour}:{cell.minute:02d}" if cell.hour or cell.minute else ""
    if type(cell) is float and cell >= _LEAST_MOMENT and not cell.is_integer():
        minutes = round(cell % 1 * 1440) % 1440
        return cell, f"{minutes // 60}:{minutes % 60:02d}" if minutes else ""
    found = _CLOCK.search(cell) if type(cell) is str else None
    if found is None or type(cell) is not str or not cell[: found.start()].strip():
        return cell, ""
    clock = cell[found.start() :].strip()
    return cell[: found.start()].rstrip(" T"), "" if _MIDNIGHT.fullmatch(clock) else clock


def read_day(
    cell: Cell, *, birth: bool = False, year: int | None = None, from_1904: bool = False, near: int | None = None
) -> Any:
    """``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; None for nothing; flagged ``date_unclear`` where it is none.

    ``birth`` takes two-digit years for 19xx; ``year`` completes 3月5日; ``from_1904`` tells where day numbers begin;
    ``near`` is about when the sheet was written. What may be another day too, 25/7/11, is flagged ``date_order``
    where the year stands in front and is a likely one, and ``date_unclear`` where nobody can tell.
    """
    if from_1904:
        number = float(cell) if type(cell) is str and cell.isascii() and cell.isdigit() else cell
        if type(number) in {float, int} and LEAST_DAY <= number <= MOST_DAY_1904:  # type: ignore[operator]
            return (_EPOCH_1904 + timedelta(days=int(number))).isoformat()  # type: ignore[arg-type]
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if type(cell) is str and len(cell) == 10 and cell[4] == cell[7] == "-" and cell.isascii():
        return _whole(cell[:4], cell[5:7], cell[8:]) or Flagged(None, ("date_unclear",))
    if type(cell) is float or type(cell) is int:
        return _of_number(cell, birth=birth, year=year)
    text = half_width(cell_text(cell)).strip().strip("。.、,，:：")
    if is_empty(text):
        return None
    lunar = "农历" in text or "阴历" in text
    text = re.sub(r"农历|阴历|阳历|公历|公元|约|[\u3000\xa0]", "", text).strip()
    for _ in range(2):
        text = _TAIL.sub("", text) or text
    found = _of_text(text, birth=birth, year=year)
    if found is not None and has_words(half_width(cell_text(cell)), _OF_DAYS):
        return Flagged(_solar(found) if lunar else found, ("words_beside", *(("date_lunar",) if lunar else ())))
    if found is not None and (code := _doubt(text, found, birth=birth, near=near)):
        return Flagged(found if code == "date_order" else None, (code,))
    if found is None:
        return Flagged(None, ("date_unclear",))
    return Flagged(_solar(found), ("date_lunar",)) if lunar else found


def _solar(lunar: str) -> str | None:
    """The day of the solar calendar for a day of the lunar one; its year alone where the day is not known."""
    if len(lunar) < 10:
        return lunar[:4]
    from lunardate import LunarDate

    try:
        solar: date = LunarDate(*map(int, lunar.split("-"))).to_solar_date()
    except ValueError:
        return lunar[:4]
    return solar.isoformat()


def _of_text(text: str, *, birth: bool, year: int | None) -> str | None:
    if match := _RUN.match(text):
        if not _is_year(match[1]):
            return None
        return _whole(match[1], match[2], match[3])
    if match := _PARTS.match(text):
        return _whole(match[1], match[2], match[3]) if _is_year(match[1]) else None
    if match := _YEAR.match(text):
        return match[1] if _is_year(match[1]) else None
    if match := _DAY_FIRST.match(text):
        return _whole(match[3], match[2], match[1]) or _whole(match[3], match[1], match[2])
    if match := _CHINESE_YEAR.match(text):
        digits = "".join(str(chinese_number(sign)) for sign in match[1])
        if len(digits) == 2:
            digits = ("19" if birth or int(digits) >= 50 else "20") + digits
        parts = [str(chinese_number(part)) if part else None for part in (match[2], match[3])]
        return _whole(digits, *parts)
    if birth and (match := _TWO_FIGURES.match(text)):
        return "19" + match[1]
    if match := _NO_YEAR.match(text):
        if birth and int(match[1]) > 12:
            return _whole("19" + match[1].zfill(2), match[2], None)
        return _whole(str(year), match[1], match[2]) if year and not birth else None
    if match := _SHORT.match(text):
        century = "19" if birth or int(match[1]) >= 50 else "20"
        return _whole(century + match[1], match[2], match[3])
    if text.isdecimal() and len(text) == 6:
        century = "19" if birth or int(text[:2]) >= 50 else "20"
        return _whole(century + text[:2], text[2:4], text[4:])
    if text.isdecimal() and len(text) == 5 and 10_000 < int(text) < 60_000:
        return (_EPOCH + timedelta(days=int(text))).isoformat()
    return None


_OLDEST = 105
"""Years: whoever a birth makes older than that was hardly born then."""
_AROUND = 5
"""Years around the sheet's own in which days of services, of joining and of certificates mostly lie."""
_THREE = re.compile(r"^['’]?(\d{1,2})\s*[-./\\]\s*(\d{1,2})\s*[-./\\]\s*(\d{2}|\d{4})$")
_SHORT_YEAR = re.compile(r"^['’]?\d{2}(?:\D|$)|^\d{6}$")


def _doubt(text: str, found: str, *, birth: bool, near: int | None) -> str:
    """Whether a day may well be another one: 11/7/29 is 2011, 1911 or the 11th of July; "" where it may not."""

    def is_likely(day: str) -> bool:
        years = (near or int(day[:4])) - int(day[:4])
        return 0 <= years <= _OLDEST if birth else abs(years) <= _AROUND

    others: set[str] = set()
    three = _THREE.match(text)
    if three is not None:
        first, second, last = three.groups()
        year = last if len(last) == 4 else ("19" if birth or int(last) >= 50 else "20") + last
        others = {day for day in (_whole(year, first, second), _whole(year, second, first)) if day} - {found}
    if is_likely(found):
        return "date_order" if any(map(is_likely, others)) else ""
    if three is not None and len(three[3]) == 4:
        return "date_order" if others else ""
    is_short = _SHORT_YEAR.match(text) is not None and text[:4] != found[:4]
    return "date_unclear" if is_short and (birth or any(map(is_likely, others))) else "date_order" if others else ""


def _of_number(number: float, *, birth: bool, year: int | None) -> Any:
    if number == 0:
        return None
    if not float(number).is_integer():
        text = f"{number:.4f}".rstrip("0")
        whole, _, fraction = text.partition(".")
        if 1880 <= number < 2100:
            if fraction == "1":
                # 1956.1 may have been typed 1956.10: a number does not tell.
                return Flagged(whole, ("date_month_unclear",))
            return _whole(whole, fraction, None) or Flagged(None, ("date_unclear",))
        if number > 20_000:
            return (_EPOCH + timedelta(days=int(number))).isoformat() if number < 80_000 else _unclear()
        if year and not birth and 1 <= number < 13 and fraction != "1":
            return _whole(str(year), whole, fraction) or _unclear()
        return _unclear()
    whole_number = int(number)
    text = str(whole_number)
    if len(text) == 8:
        return (_whole(text[:4], text[4:6], text[6:]) if _is_year(text[:4]) else None) or _unclear()
    if len(text) == 6 and _is_year(text[:4]) and 1 <= int(text[4:]) <= 12:
        return _whole(text[:4], text[4:], None)
    if len(text) == 6:
        century = "19" if birth or int(text[:2]) >= 50 else "20"
        return _whole(century + text[:2], text[2:4], text[4:]) or _unclear()
    if 1880 <= whole_number <= 2100:
        return text
    if 3_000 <= whole_number <= 80_000:
        return (_EPOCH + timedelta(days=whole_number)).isoformat()
    return _unclear()


def _unclear() -> Flagged:
    return Flagged(None, ("date_unclear",))


def _is_year(text: str) -> bool:
    return "1880" <= text <= "2100"


def _whole(year: str, month: str | None, day: str | None) -> str | None:
    try:
        if not month:
            return year
        if not day:
            return date(int(year), int(month), 1).isoformat()[:7]
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def read_month(cell: Cell, *, year: int | None = None) -> Any:
    """``YYYY-MM``, or ``MM`` alone where no year is known: 1月份, 2025年1月, 2025-01, 1, dates. None for no month."""
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()[:7]
    if type(cell) is float or type(cell) is int:
        if float(cell).is_integer() and 1 <= cell <= 12:
            return f"{year}-{int(cell):02d}" if year else f"{int(cell):02d}"
        told = read_day(cell)
        return told[:7] if type(told) is str and len(told) >= 7 else None
    text = half_width(cell_text(cell)).replace(" ", "").strip("。.：:")
    if match := re.match(r"^(?:(\d{2,4})年?度?[-./]?)?(\d{1,2})月(?:份|度)?$", text):
        return _month(match[1], match[2], year)
    if match := re.match(r"^(?:(\d{2,4})年)?([一二三四五六七八九十]{1,2})月(?:份|度)?$", text):
        return _month(match[1], str(chinese_number(match[2])), year)
    if match := re.match(r"^(\d{4})[-./年](\d{1,2})月?$", text):
        return _month(match[1], match[2], year)
    if match := re.match(r"^(\d{4})(\d{2})$", text):
        return _month(match[1], match[2], year)
    if text.isdecimal() and 1 <= int(text) <= 12:
        return _month(None, text, year)
    return None


def _month(year: str | None, month: str, default: int | None) -> str | None:
    if not 1 <= int(month) <= 12:
        return None
    if year:
        full = year if len(year) == 4 else "20" + year.zfill(2)
        return f"{full}-{int(month):02d}"
    return f"{default}-{int(month):02d}" if default else f"{int(month):02d}"
