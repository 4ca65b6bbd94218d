"""Visits that will not take place: named before a step that cancels them, and whom the office has to ring up after."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.model.dates import time_text
from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui import labels

translate = QCoreApplication.translate

NAMED = 3
"""Visits named before, and people after; the others are counted."""


def visit_words(line: VisitLine, *, today: date, leaver: str = "") -> str:
    """3月19日 周四 14:00 高莲英　理发（已提醒过老人）; where ``leaver`` does not go: with whom it goes on."""
    words = translate("leaving", "{day} {time} {elder}　{services}").format(
        day=labels.day(line.visit.day, today=today),
        time=time_text(line.visit.starts),
        elder=line.name,
        services="、".join(line.categories),
    )
    others = [name for name in line.providers if name != leaver]
    if leaver and others:
        return words + translate("leaving", "（{names} 照去）").format(names="、".join(others))
    return words + translate("leaving", "（已提醒过老人）") if line.visit.reminded_at else words


def first_of(lost: Sequence[VisitLine], *, today: date) -> str:
    """The first visits in words: 3月19日 周四 14:00 高莲英　理发；… 等 9 次."""
    words = "；".join(visit_words(line, today=today) for line in lost[:NAMED])
    if len(lost) > NAMED:
        return translate("leaving", "{visits} 等 {count} 次").format(visits=words, count=len(lost))
    return words


def tell_elders(lost: Sequence[VisitLine]) -> str:
    """取消了 3 次上门，要打电话告诉 高莲英、陈炳荣。 "" where nothing is lost."""
    return _told(lost, (line.name for line in lost))


def tell_helpers(lost: Sequence[VisitLine]) -> str:
    """As ``tell_elders``, with the volunteers who were to go and the cadres who were to lead them in."""
    return _told(lost, (name for line in lost for name in (*line.providers, line.cadre) if name))


def _told(lost: Sequence[VisitLine], whom: Iterable[str]) -> str:
    if not lost:
        return ""
    names = list(dict.fromkeys(whom))
    if not names:
        return translate("leaving", "取消了 {count} 次上门。").format(count=len(lost))
    told = "、".join(names[:NAMED])
    if len(names) > NAMED:
        told = translate("leaving", "{names} 等 {count} 位").format(names=told, count=len(names))
    return translate("leaving", "取消了 {count} 次上门，要打电话告诉 {names}。").format(count=len(lost), names=told)
