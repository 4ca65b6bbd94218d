"""What ends when an elder leaves the list or is erased, told before with numbers."""

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.model.cards import ServiceCard
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui.lost_visits import first_of
from jiuliting_desk.ui.session import Session

translate = QCoreApplication.translate

_WAITING = [NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED]


def what_ends(session: Session, elder: Elder, planned: list[VisitLine]) -> tuple[str, ...]:
    """What the step closes, with numbers; the booked visits first, for somebody expects them."""
    store = session.store
    needs = store.count(Need, elder_id=elder.id, state=_WAITING)
    bonds = store.count(Pairing, elder_id=elder.id, ended_on=None)
    cards = [card.number for card in store.where(ServiceCard, elder_id=elder.id) if card.is_valid]
    series = store.count(Series, elder_id=elder.id, ended_on=None)
    ends = []
    if planned:
        words = translate("leaving", "{count} 次约好的上门取消：{visits}")
        ends.append(words.format(count=len(planned), visits=first_of(planned, today=session.today())))
    if series:
        ends.append(translate("leaving", "{count} 个定期上门结束").format(count=series))
    if needs:
        ends.append(translate("leaving", "{count} 条没做完的需求取消").format(count=needs))
    if bonds:
        ends.append(translate("leaving", "{count} 个结对结束").format(count=bonds))
    if cards:
        ends.append(translate("leaving", "服务卡 {numbers} 作废").format(numbers="、".join(cards)))
    return tuple(ends) or (translate("leaving", "没有等着做的事"),)
