"""The sentence that staff read to an elder on the telephone, with days and times as they are spoken."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.model.dates import monday_of
from jiuliting_desk.model.providers import Provider, ProviderKind

translate = QCoreApplication.translate

_DIGITS = "零一二三四五六七八九十"
_DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "端木", "东方")
_SPOKEN = {
    "理发": "给您剪头发",
    "陪伴聊天": "陪您聊聊天",
    "居家清洁": "给您打扫卫生",
    "清洗空调": "给您洗空调",
    "清洗油烟机": "给您洗油烟机",
    "代买代办": "帮您买东西、办事情",
}
"""How the starting services are spoken of; others by their own name."""


def number(count: int) -> str:
    """A number from 0 to 99 as it is read: 二十五."""
    tens, ones = divmod(count, 10)
    if count <= 10:
        return _DIGITS[count]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def time(minute: int) -> str:
    """A minute of the day as it is spoken: 下午两点, 上午九点半, 上午十点二十分."""
    hour, rest = divmod(minute, 60)
    part = "上午" if hour < 12 else "中午" if hour == 12 else "下午" if hour < 18 else "晚上"
    shown = hour if hour <= 12 else hour - 12
    spoken = ("两" if shown == 2 else number(shown)) + "点"
    if rest == 30:
        return part + spoken + "半"
    if rest:
        spoken += ("零" if rest < 10 else "") + number(rest) + "分"
    return part + spoken


def day(found: date, *, today: date) -> str:
    """A day as it is spoken: 明天，三月十九号, 下周三，三月二十五号."""
    spoken = f"{number(found.month)}月{number(found.day)}号"
    days = (found - today).days
    weekday = "一二三四五六日"[found.weekday()]
    weeks = (monday_of(found) - monday_of(today)).days // 7
    if days in {0, 1, 2}:
        return f"{('今天', '明天', '后天')[days]}，{spoken}"
    if weeks in {0, 1}:
        return f"{('这', '下')[weeks]}周{weekday}，{spoken}"
    return f"{spoken}，周{weekday}"


def person(provider: Provider, *, today: date) -> str:
    """How a provider is spoken of: 小顾, 汤老师, 净邻家政的师傅."""
    if provider.kind is ProviderKind.ENTERPRISE:
        return f"{provider.name}的师傅"
    surname = provider.name[:2] if provider.name[:2] in _DOUBLE_SURNAMES else provider.name[:1]
    born = int(provider.birth[:4]) if len(provider.birth) >= 4 else None
    if born is None or provider.name.isascii():
        return f"志愿者{provider.name}"
    return f"小{surname}" if today.year - born < 50 else f"{surname}老师"


def invitation(*, found: date, starts: int, people: str, categories: tuple[str, ...], today: date) -> str:
    """The whole sentence: 下周三，三月二十五号，下午两点，小顾上门给您剪头发。对吗？"""
    what = "，".join(_SPOKEN.get(name, f"来做{name}") for name in categories)
    words = translate("speech", "{day}，{time}，{people}上门{what}。对吗？")
    return words.format(day=day(found, today=today), time=time(starts), people=people, what=what)
