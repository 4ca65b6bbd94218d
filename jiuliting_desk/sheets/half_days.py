"""Free times in words, 周一、周三上午 or 周末 or 都可以, as half-days of the week."""

import re

from jiuliting_desk.model.text import half_width

_DAYS = {sign: day for day, sign in enumerate("一二三四五六")} | {"日": 6, "天": 6, "七": 6} | {
    str(day + 1): day for day in range(7)
}  # fmt: skip
_EVERY_DAY = tuple(range(7))
_GROUPS = {
    "周末": (5, 6), "双休": (5, 6), "双休日": (5, 6), "休息日": (5, 6),
    "工作日": (0, 1, 2, 3, 4), "平时": (0, 1, 2, 3, 4),
    "每天": _EVERY_DAY, "天天": _EVERY_DAY, "每日": _EVERY_DAY, "全周": _EVERY_DAY,
}  # fmt: skip
_HALVES = {
    "上午": (0,), "早上": (0,), "早晨": (0,), "下午": (1,), "午后": (1,),
    "全天": (0, 1), "整天": (0, 1), "白天": (0, 1),
}  # fmt: skip
_ANY = re.compile(r"都可以|都可|均可|随时|不限|任意|任何时间|全部|都行|皆可|灵活|有空即可")
_WORD = re.compile(
    r"(?P<span>(?:周|星期|礼拜)?(?P<first>[一二三四五六日天1-7])\s*(?:至|到|-|~|—)\s*(?:周|星期|礼拜)?(?P<last>[一二三四五六日天1-7]))"
    r"|(?P<group>双休日|双休|周末|休息日|工作日|平时|每天|天天|每日|全周)"
    r"|(?P<half>上午|早上|早晨|下午|午后|全天|整天|白天)"
    r"|(?:周|星期|礼拜)(?P<days>[一二三四五六日天1-7](?:[、,，.和及]?(?![上下])[一二三四五六日天1-7])*)"
    r"|(?P<more>(?<=[、,，/和及])[一二三四五六日天1-7](?=[、,，/和及上下全]|$))"
)


def names_half_days(text: str) -> bool:
    """Whether a text, as a header has it, is nothing but days of the week and halves of days."""
    return bool(text) and not _WORD.sub("", half_width(text)).strip("、,/和及 ")


def spoken_half_days(cell: str, header: str) -> str:
    """A cell under a header of half-days, as one would say it: 周一上午 of 上午 under 周一 and of 周一 under 上午."""
    if read_half_days(header) == () or not names_half_days(cell):
        return header + cell
    has_day = any(word["half"] is None for word in _WORD.finditer(half_width(header)))
    return header + cell if has_day else cell + header


_ABOUT_TIMES = re.compile(
    r"方便|有空|空闲|可以?|都行|都|行|时间|均|和|及|或|或者|以|在|来|上门|服务|[的、,，;；。/~\-至到和及与()]"
)


def words_beside(text: str) -> bool:
    """Whether a text says more than half-days: 周三上午9点后, 周末（节假日除外）."""
    rest = _ABOUT_TIMES.sub("", _ANY.sub("", _WORD.sub("", half_width(text))))
    return any(sign.isalnum() for sign in rest)


def read_half_days(text: str) -> tuple[int, ...] | None:
    """Half-days (weekday, Monday 0, times 2, plus 1 for the afternoon) that a text names, in order.

    () where any time will do; None where it cannot be read, then it is best kept as a note. A half of the day
    stands behind the days it is about; days without one are free all day.
    """
    plain = half_width(text).strip()
    if not plain:
        return None
    found: set[int] = set()
    waiting: list[int] = []
    lone_halves: set[int] = set()
    for word in _WORD.finditer(plain):
        if word["half"]:
            halves = _HALVES[word["half"]]
            if not waiting:
                lone_halves.update(halves)
            found.update(day * 2 + half for day in waiting for half in halves)
            waiting = []
        elif word["span"]:
            first, last = _DAYS[word["first"]], _DAYS[word["last"]]
            waiting += range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
        elif word["group"]:
            waiting += _GROUPS[word["group"]]
        else:
            waiting += [_DAYS[sign] for sign in (word["days"] or word["more"]) if sign in _DAYS]
    found.update(day * 2 + half for day in waiting for half in (0, 1))
    if not found and lone_halves:
        found.update(day * 2 + half for day in _EVERY_DAY for half in lone_halves)
    if found:
        return () if len(found) == 14 else tuple(sorted(found))
    return () if _ANY.search(plain) else None
