"""Asking before a pairing ends: why, and what the two still have before them, which goes on."""

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions import pairings, withdrawals
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.store.visit_lines import lines
from jiuliting_desk.ui.asking import ask_reason
from jiuliting_desk.ui.lost_visits import first_of
from jiuliting_desk.ui.session import Session

translate = QCoreApplication.translate


def ask_to_end(session: Session, pairing_id: int, title: str) -> None:
    """Ask why the pairing ends, naming what stays as it is, and end it."""
    going_on = _going_on(session, pairing_id)
    text = translate("bonds", "只是以后不再固定。下面这些照旧去，不去的要另外取消或换人：") if going_on else ""
    ask_reason(
        session,
        title,
        translate("bonds", "不结束"),
        translate("bonds", "结束 1 对"),
        pairings.end_pairing,
        text=text,
        lines=going_on,
        pairing_id=pairing_id,
    )


def _going_on(session: Session, pairing_id: int) -> list[str]:
    if session.is_lent:
        return []
    store, today = session.store, session.today()
    needs, visits, series = withdrawals.still_to_go(store, pairing_id=pairing_id, today=today)
    told = []
    if series:
        told.append(translate("bonds", "定期上门 {count} 个").format(count=len(series)))
    if visits:
        words = translate("bonds", "约好的上门 {count} 次：{visits}")
        told.append(words.format(count=len(visits), visits=first_of(lines(store, visits), today=today)))
    for need in needs:
        name = store.get(ServiceCategory, need.category_id).name
        told.append(translate("bonds", "认领的{service}，还没约时间").format(service=name))
    return told
