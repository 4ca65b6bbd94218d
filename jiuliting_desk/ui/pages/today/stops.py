"""The visits of the days as stops of the timeline, with the red line where it is now."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.today import Morning
from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.visits import FELL_THROUGH, VisitState
from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui import labels, visit_words
from jiuliting_desk.ui.pages.today.item import Item
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.lines import Line
from jiuliting_desk.ui.widgets.timeline import Node, Stop

translate = QCoreApplication.translate

_NODES = {VisitState.DONE: Node.DONE, VisitState.UNDER_WAY: Node.UNDER_WAY, VisitState.PLANNED: Node.AHEAD}


def stops(found: Morning, *, days: int, now: datetime) -> list[Item]:
    """Today in full with the line 现在, the days after it in one row a visit."""
    items = _today(found, now)
    for offset in range(1, days):
        day = found.today + timedelta(days=offset)
        lines = [line for line in found.visits if line.visit.day == day]
        if not lines:
            continue
        name = {1: translate("today", "明天"), 2: translate("today", "后天")}.get(offset, labels.weekday(day.weekday()))
        count = translate("today", "{count} 次").format(count=len(lines))
        items.append(
            Item(
                key=f"day{offset}",
                line=Line(title=name, after=f"{labels.month_day(day)}　{count}", is_heading=True),
            )
        )
        items += [_item(found, lines, at, is_small=True) for at in range(len(lines))]
    return items


def _today(found: Morning, now: datetime) -> list[Item]:
    lines = [line for line in found.visits if line.visit.day == found.today]
    if not lines:
        return [Item(key="none", line=Line(title=nothing(found), is_heading=True))]
    items = [_item(found, lines, at) for at in range(len(lines))]
    minute = now.hour * 60 + now.minute
    place = next((at for at, line in enumerate(lines) if line.visit.starts > minute), len(lines))
    red = Stop(title=translate("today", "现在"), time=time_text(minute), node=Node.NOW, is_heading=True)
    items.insert(place, Item(key="now", line=red))
    return items


def nothing(found: Morning) -> str:
    """今天没有上门。下一次是 3月19日 09:30。"""
    later = [(line.visit.day, line.visit.starts) for line in found.visits]
    first = min([*later, *([found.next_visit] if found.next_visit else [])], default=None)
    if first is None:
        return translate("today", "今天没有上门。")
    when = f"{labels.month_day(first[0])} {time_text(first[1])}"
    return translate("today", "今天没有上门。下一次是 {when}。").format(when=when)


def _item(found: Morning, lines: Sequence[VisitLine], at: int, *, is_small: bool = False) -> Item:
    line = lines[at]
    visit = line.visit
    state, icon, tone = visit_words.state(visit)
    stop = Stop(
        title=line.name,
        time=time_text(visit.starts),
        until="" if is_small else translate("today", "至 {time}").format(time=time_text(visit.ends)),
        after="" if is_small else visit_words.sex_and_age(line.sex, line.birth, found.today),
        tags=() if is_small else tuple(Chip(tag) for tag in line.tags[:3]),
        second=visit_words.joined((visit_words.services(line), visit_words.people(line))),
        second_icon=line.icon,
        place=visit_words.address(line),
        right=state,
        right_tone=tone,
        right_icon=icon,
        second_right=_note(found, line),
        node=Node.OFF if visit.state in FELL_THROUGH else _NODES[visit.state],
        is_first=at == 0,
        is_last=at == len(lines) - 1,
        is_small=is_small,
        tone="ink3" if visit.state in FELL_THROUGH else "ink",
    )
    return Item(key=f"v{visit.id}", line=stop, visit=line)


def _note(found: Morning, line: VisitLine) -> str:
    visit = line.visit
    if visit.state is VisitState.DONE and not line.is_evaluated:
        return translate("today", "反馈表未收")
    if visit.is_open and visit.elder_id in found.last_scores:
        words = translate("today", "上次只打了 {score} 分，结束后问一声")
        return words.format(score=found.last_scores[visit.elder_id])
    if visit.state is VisitState.PLANNED and visit.reminded_at is not None and not visit.notes:
        when = labels.when(visit.reminded_at, today=found.today)
        return translate("today", "{when} 已电话提醒").format(when=when)
    return visit.reason or visit.notes or visit.override_reason
