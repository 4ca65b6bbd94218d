"""Cells to values: names, phones, sexes, ages, ticks, numbers. No parser raises; what it cannot read it flags."""

import re
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from jiuliting_desk.model.text import half_width, is_masked_name
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.cell_words import EMPTY_TEXTS, FALSE_TEXTS, NOT_NAMES, RELATIONS, SEXES, TRUE_TEXTS
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.tables import cell_text

_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"^\d{1,3}\s*[.、)]\s*(?=[\u3400-\u9fff])")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[-\s]?)?(1\d{2}[-\s.]?\d{4}[-\s.]?\d{4})(?!\d)"
    r"|(?<!\d)[(]?(010|02\d|0[3-9]\d{2})[)]?\s?[-—_\s]?\s?(\d{3,4}[-\s]?\d{4})(?:\s?(?:转|-|分机|ext\.?)\s?(\d{1,6}))?(?!\d)"
    r"|(?<!\d)([48]00[-\s]?\d{3,4}[-\s]?\d{3,4})(?!\d)"
    r"|(?<!\d)([2-9]\d{3}[-\s]?\d{3,4})(?:\s?(?:转|-|分机)\s?(\d{1,6}))?(?!\d)",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"(\d)\.(\d+)E\+?(\d{1,2})", re.IGNORECASE)
_SIGNS_AROUND_PHONES = "'’‘` \t\r\n/、，,;；:：|\\.。()（）-—和或及及与"
_NO_PHONE = re.compile(r"(?:暂?无|没有?|未(?:装|办|留)?|不(?:用|会用|愿留|肯留|提供))[^\d]{0,6}")
_CHINESE_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "两": 2,
    "O": 0,
}


_ALONE = frozenset({"独居", "独居老人", "一人独居", "单独居住"})
_NOT_ALONE = frozenset({"非独居", "不独居", "非独居老人", "与家人同住", "与子女同住", "与配偶同住", "空巢"})
_LONGEST_NAME = 4
_LONGEST_EMPTY = 16
"""Longer than any word for nothing with some blanks around it."""
_NO_PERSON = EMPTY_TEXTS | NOT_NAMES


def is_empty(text: str) -> bool:
    """Whether a text says that there is nothing: blanks, dashes, 无."""
    if len(text) > _LONGEST_EMPTY:
        return text.isspace()
    return text in EMPTY_TEXTS or text.strip().lower() in EMPTY_TEXTS


def plain(cell: Cell) -> str:
    """A cell as half-width text without blanks at its ends."""
    text = cell_text(cell) if type(cell) is not str else cell
    return text if text.isascii() and text == text.strip() else half_width(text).strip()


def read_text(cell: Cell) -> str | None:
    """Any text as written, None for nothing."""
    if type(cell) is str:
        text = cell.strip()
        return None if text in EMPTY_TEXTS else text
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes") if (cell.hour or cell.minute) else cell.date().isoformat()
    return cell_text(cell)


def read_title(cell: Cell) -> str | None:
    """The name of a place or a unit; one that is written downwards, a character a line, is whole again."""
    text = read_text(cell)
    lines = text.split("\n") if text is not None else []
    return "".join(lines) if len(lines) > 1 and max(map(len, lines)) == 1 else text


def read_note(cell: Cell) -> str | None:
    """A free note as written; 无 and dashes stay away."""
    return read_text(cell)


def read_name(cell: Cell) -> Any:
    """A person's name, tidied; with a phone, an identity number or a note in the cell these come as extras."""
    if type(cell) is str and 2 <= len(cell) <= 4 and cell.isalpha() and not cell.isascii() and cell not in _NO_PERSON:
        return cell
    text = plain(cell)
    if is_empty(text):
        return None
    extras: dict[str, Any] = {}
    codes: list[str] = []
    text = _NUMBERED.sub("", text)
    notes = [note.strip() for note in _BRACKETED.findall(text) if note.strip()]
    rest = _BRACKETED.sub("", text) if _BRACKETED.sub("", text).strip() else text
    if any(sign.isdigit() for sign in rest):
        numbers = read_phones(" ".join(re.findall(r"[\d\-()+ ]{7,}", rest)))
        identity = re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", rest)
        if identity:
            extras["id_number"] = identity.group()
            rest = rest.replace(identity.group(), " ")
        elif numbers and not isinstance(numbers, Flagged):
            extras["phones"] = numbers
            rest = re.sub(r"[\d\-()+ ]{7,}", " ", rest)
    if is_masked_name(rest):
        return Flagged(None, ("name_masked",))
    rest = rest.strip(" \t\r\n\\/,，、；;。.:：*·•")
    parts = rest.split()
    name = " ".join(parts) if all(part.isascii() for part in parts) else "".join(parts)
    if len(parts) == 2 and all(len(part) >= 2 and not part.isascii() for part in parts) and len(name) <= 4:
        codes.append("name_unusual")
    if not name:
        codes.append("id_in_name" if "id_number" in extras else "phone_in_name")
        return Flagged(None, tuple(codes), extras)
    several = [part for part in re.split(r"[、，,;；/\\&]|\n|和(?=.{2})", rest) if part.strip()]
    if len(several) > 1 and not (len(name) <= _LONGEST_NAME and min(map(len, parts)) == 1):
        codes.append("several_names")
        name = several[0].strip()
        extras["notes"] = text
    for note in notes:
        sex = SEXES.get(note)
        if sex:
            extras["sex"] = sex
        else:
            extras["notes"] = "；".join(filter(None, (extras.get("notes", ""), note)))
    if name in NOT_NAMES or name.isdigit() or (not any(sign.isalpha() for sign in name)):
        return Flagged(None, ("name_unreadable",), {"notes": text})
    if any(sign.isdigit() for sign in name):
        codes.append("name_with_digits")
    elif len(name) == 1 or (len(name) > 4 and not name.isascii() and "·" not in name and "•" not in name):
        codes.append("name_unusual")
    if extras and not codes:
        codes.append("cell_split")
    return Flagged(name, tuple(codes), extras) if codes or extras else name


def read_sex(cell: Cell) -> Any:
    """男 or 女; None for nothing."""
    text = plain(cell).replace(" ", "").lower()
    found = SEXES.get(text)
    if found is not None or is_empty(text):
        return found
    return Flagged(None, ("sex_unclear",))


def read_age(cell: Cell) -> Any:
    """Full years as a whole number, None for nothing."""
    if type(cell) is float and cell.is_integer() and 0 <= cell <= 120:
        return int(cell)
    text = plain(cell).replace(" ", "")
    if is_empty(text):
        return None
    found = _NUMBER.search(text)
    counted = None if found else chinese_number(re.sub(r"[岁周虚]", "", text))
    number = float(found.group()) if found else None if counted is None else float(counted)
    if number is not None and number.is_integer() and 1880 <= number <= 2100:
        return Flagged(None, ("age_is_year",), {"birth": str(int(number))})
    if number is None or not 0 <= number <= 120:
        return Flagged(None, ("age_unclear",))
    rest = re.sub(r"[岁周实足.]", "", text.replace(found.group(), "", 1)) if found else ""
    if not number.is_integer() or (rest and rest.strip("()（）")):
        return Flagged(int(number), ("age_unclear",))
    return int(number)


def chinese_number(text: str) -> int | None:
    """八十二 -> 82, 〇 -> 0; None for what is no number under a thousand."""
    if not text or any(sign not in _CHINESE_DIGITS and sign not in "十百" for sign in text):
        return None
    total, digit = 0, 0
    if "十" not in text and "百" not in text:
        return int("".join(str(_CHINESE_DIGITS[sign]) for sign in text))
    for sign in text:
        if sign == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif sign == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _CHINESE_DIGITS[sign]
    return total + digit


def read_tick(cell: Cell) -> Any:
    """True for √ 是 有 1 and their like, False for nothing, 否, ×; numbers over 1 and remarks tick too."""
    if type(cell) is bool:
        return cell
    if type(cell) is float or type(cell) is int:
        return cell > 0
    if cell == "":
        return False
    text = plain(cell).lower().strip("。.!！")
    if text.isdecimal():
        return int(text) > 0
    if text in TRUE_TEXTS:
        return True
    if text in FALSE_TEXTS:
        return False
    if all(sign in "√✓✔☑" for sign in text):
        return True
    if text.startswith(("不", "无", "未", "没", "否")):
        return Flagged(False, ("tick_unclear",))
    if text.startswith(("每", "√", "✓", "☑", "是", "有", "需要", "要", "急")) or text[0].isdigit():
        return Flagged(True, (), {"notes": plain(cell)} if text not in {"需要", "要"} else {})
    return Flagged(False, ("tick_unclear",))


def read_lift(cell: Cell) -> Any:
    """Whether there is a lift; an empty cell does not say, above all where others say 无."""
    return None if cell == "" else read_tick(cell)


def read_alone(cell: Cell) -> Any:
    """Whether somebody lives alone: a tick, or the words 独居 and 非独居."""
    text = plain(cell)
    if text in _ALONE or text in _NOT_ALONE:
        return text in _ALONE
    return read_tick(cell)


def read_number(cell: Cell) -> Any:
    """A figure as int (or float where it has a fraction), None for nothing: 3, "3次", "1,200"; "约 5" flagged."""
    if type(cell) is float:
        if not isfinite(cell):
            return Flagged(None, ("number_unclear",))
        return int(cell) if cell.is_integer() else cell
    if type(cell) is int:
        return cell
    text = plain(cell).replace(",", "").replace("，", "").replace(" ", "")
    if is_empty(text):
        return None
    numbers = _NUMBER.findall(text)
    if len(numbers) == 1:
        value = float(numbers[0])
        whole = int(value) if value.is_integer() else value
        left = text.replace(numbers[0], "", 1)
        if _ABOUT.search(left):
            return Flagged(whole, ("number_about",))
        return Flagged(whole, ("number_with_text",)) if has_words(left, _COUNTING) else whole
    bare = re.sub(r"[次台户人件把小时个]", "", text)
    if _TWO_OR_THREE.fullmatch(bare):
        return Flagged(chinese_number(bare[1]), ("number_range",))
    counted = chinese_number(bare)
    if counted is not None:
        return counted
    return Flagged(None, ("number_unclear",))


_HOURS = re.compile(
    r"(\d+(?:\.\d+)?|[一二两三四五六七八九十半])(?:个)?(半)?(?:小时|钟头|时|h)(?:(\d+|半)分?)?", re.IGNORECASE
)
_COUNTED = frozenset("一二两三四五六七八九十")


def read_minutes(cell: Cell, *, in_hours: bool) -> Any:
    """A span in minutes: 90, "90分钟", "1.5小时", "1小时30分"; bare figures are hours where ``in_hours``."""
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60)
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    text = plain(cell).replace(" ", "")
    if found := _HOURS.search(text):
        counted = chinese_number(found[1]) if found[1] in _COUNTED else None
        hours = 0.5 if found[1] == "半" else float(found[1]) if counted is None else float(counted)
        more = 30 if found[3] == "半" else int(found[3] or 0)
        return round(hours * 60) + more + (30 if found[2] else 0)
    number = read_number(cell)
    if in_hours and isinstance(number, (int, float)):
        return round(number * 60)
    return number


_TWO_OR_THREE = re.compile(
    r"(?<![一二两三四五六七八九十百])(?:[一两]二|[二两]三|三四|四五|五六|六七|七八|八九)(?![十百一二三四五六七八九])"
)
"""两三 is two or three, not twenty-three."""
_COUNTING = re.compile(
    r"小时|分钟|钟头|每个?月|一个?月|每[周年次天日]|不超过|不少于|以内|以下|以上|至少|最少|最多|可以?|能|都|大?约|服务|上门|接单?|去|来|共计?"
    r"|[次户台人件把间趟回天月周年个位套单家时分hH/一二两三四五六七八九十]"
)
"""Words that only say what is counted."""


def has_words(text: str, *known: re.Pattern[str]) -> bool:
    """Whether a text says more than the words that were looked for in it."""
    for words in known:
        text = words.sub("", text)
    return any(sign.isalpha() for sign in text)


_ABOUT = re.compile(r"约|大概|大致|差不多|左右|上下|来[次户个台]|(?<!附)近|多[次户个台]|(?<!其)余")
"""What tells that a figure is none to rely on: 约3, 3次左右."""


_PER_WEEK = re.compile(r"(?:每|一)(?:周|星期|礼拜)")
_PER_YEAR = re.compile(r"(?:每|一)年")


def read_capacity(cell: Cell) -> Any:
    """Visits a month: 4, "4次", "每月2次", "每周1次" (times four, flagged), None for nothing or 不限."""
    if type(cell) is float and cell.is_integer():
        return int(cell)
    text = plain(cell).replace(" ", "").removesuffix(".0")
    if text in {"不限", "不限次数", "都可以", "随时", "若干"}:
        return Flagged(None, (), {"unlimited": True})
    if is_empty(text):
        return None
    numbers = [int(number) for number in _DIGITS.findall(re.sub(r"每月|一个月|/月|月均", "", text))]
    if not numbers:
        counted = [
            value
            for part in re.findall(r"[一二两三四五六七八九十]+(?=次|户|台|趟|人)", text)
            if (value := chinese_number(part))
        ]
        numbers = counted
    if not numbers:
        return Flagged(None, ("number_unclear",))
    if several := _TWO_OR_THREE.search(text):
        numbers = [chinese_number(several[0][0]) or 0, chinese_number(several[0][1]) or 0]
    if _PER_WEEK.search(text):
        return Flagged(numbers[0] * 4, ("per_week",))
    if _PER_YEAR.search(text):
        return Flagged(max(1, numbers[0] // 12), ("per_year",))
    if len(numbers) > 1:
        return Flagged(max(numbers), ("number_range",))
    if _ABOUT.search(text):
        return Flagged(numbers[0], ("number_about",))
    return Flagged(numbers[0], ("number_with_text",)) if has_words(text, _COUNTING) else numbers[0]


def read_phones(cell: Cell) -> Any:
    """All phone numbers of a cell: mobiles as 11 digits, landlines as area-number[-extension].

    A number with too few or too many digits is flagged ``phone_wrong`` and left out; a masked one ``phone_masked``.
    """
    if type(cell) is str:
        text = cell
        if len(text) == 11 and text[0] == "1" and text.isascii() and text.isdigit():
            return (text,)
        if text == "":
            return ()
    else:
        if isinstance(cell, (date, datetime)):
            return Flagged((), ("phone_wrong",), {"phone_wrong": True})
        text = cell_text(cell)
        if type(cell) is float and len(text) == 11 and text[0] == "1":
            return (text,)
    text = re.sub(r"[–—]", "-", half_width(text).strip())
    if text[:1] in {"O", "o"}:
        text = "0" + text[1:]
    # A number that a program wrote as text.
    text = text.removesuffix(".0")
    if is_empty(text) or _NO_PHONE.fullmatch(text):
        return ()
    if (rounded := _ROUNDED.fullmatch(text)) is not None:
        # As a table of text shows a long number: whole only where no digit was left out.
        if len(rounded[2]) != int(rounded[3]):
            return Flagged((), ("phone_wrong",), {"phone_wrong": True})
        text = rounded[1] + rounded[2]
    found: list[str] = []
    for mobile, area, local, extension, hotline, bare, bare_extension in _PHONE.findall(text):
        if mobile:
            number = "".join(_DIGITS.findall(mobile))
        elif area:
            number = f"{area}-{''.join(_DIGITS.findall(local))}" + (f"-{extension}" if extension else "")
        elif hotline:
            number = "".join(_DIGITS.findall(hotline))
        else:
            number = "".join(_DIGITS.findall(bare)) + (f"-{bare_extension}" if bare_extension else "")
        if number not in found:
            found.append(number)
    rest = _PHONE.sub(" ", text)
    codes: list[str] = []
    extras: dict[str, Any] = {}
    if "*" in rest:
        codes.append("phone_masked")
        extras["phone_wrong"] = True
    elif any(sign.isdigit() for sign in rest):
        short = re.findall(r"(?<!\d)\d{5,6}(?!\d)", rest)
        wrong = re.findall(r"\d[\d\-\s]{2,}\d", re.sub(r"(?<!\d)\d{5,6}(?!\d)", " ", rest))
        if short and not wrong and not found:
            return Flagged(tuple(short), ("phone_short",))
        codes.append("phone_wrong")
        extras["phone_wrong"] = True
    note = re.sub(r"[\d*]", "", rest).strip(_SIGNS_AROUND_PHONES)
    if note and not codes and found:
        codes.append("phone_note")
        extras["phone_note"] = " ".join(note.split())
    elif not found and not codes:
        codes.append("phone_wrong")
        extras["phone_wrong"] = True
    return Flagged(tuple(found), tuple(codes), extras) if codes or extras else tuple(found)


RATINGS = {
    word: rating
    for rating, words in (
        (5, "非常满意 很满意 十分满意 特别满意 优 优秀 很好 非常好 5分 五分 ★★★★★ a"),
        (4, "满意 比较满意 较满意 良 良好 好 4分 四分 ★★★★ 是 √ b"),
        (3, "一般 基本满意 还可以 中 中等 尚可 及格 3分 三分 ★★★ c"),
        (2, "不满意 不太满意 较不满意 差 较差 2分 二分 ★★ 否 × d"),
        (1, "非常不满意 很不满意 十分不满意 很差 非常差 极差 1分 一分 ★ e"),
    )
    for word in words.split()
}


def read_rating(cell: Cell) -> Any:
    """One to five, five the best; None for nothing, flagged ``rating_unclear`` for other scales."""
    text = plain(cell).replace(" ", "").lower().replace("☆", "")
    if is_empty(text):
        return None
    if text in RATINGS:
        return RATINGS[text]
    told = {RATINGS.get(part) for part in (_BRACKETED.sub("", text), *_BRACKETED.findall(text))}
    if len(told) == 1 and None not in told:
        return told.pop()
    number = _NUMBER.fullmatch(text.removesuffix("分"))
    if number and float(number.group()) in {1.0, 2.0, 3.0, 4.0, 5.0}:
        return int(float(number.group()))
    return Flagged(None, ("rating_unclear",))


def read_relation(cell: Cell) -> str | None:
    """A relation as written: 女儿."""
    text = read_text(cell)
    return None if text is None else text.strip("（）() ")


def is_relation(text: str) -> bool:
    """Whether a text is a known word for a relation."""
    return text in RELATIONS
