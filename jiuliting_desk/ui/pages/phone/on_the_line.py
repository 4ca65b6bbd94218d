"""Who rings whom, where it is not the elder who rings: a call to return, or a booking without a call."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from jiuliting_desk.actions.disclosures import reveal_phones
from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.masking import masked_phone, spaced_phone
from jiuliting_desk.ui.revealing import reveal
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import column, replace_all, wrapping
from jiuliting_desk.ui.widgets.masked import MaskedValue
from jiuliting_desk.ui.widgets.text import label


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number))


class OnTheLine(QFrame):
    """What it is about, the number to ring, and what may come of it besides a booking."""

    missed = Signal()
    settled = Signal()
    rang = Signal()
    """It is a call of the elder after all."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[int, str] = (0, "")
        self._recall = Banner("info", "", icon="phone-call")
        self._silent = Banner("info", "", icon="calendar-plus")
        self._number = QVBoxLayout()
        self._number.setContentsMargins(0, 0, 0, 0)
        self.missed_button = button(self.tr("还是没打通"), self.missed.emit, size="s")
        self.settled_button = button(self.tr("说好了，不用约"), self.settled.emit, size="s")
        self.rang_button = button(self.tr("是来电，记一条"), self.rang.emit, size="s")
        number = QWidget()
        number.setLayout(self._number)
        ways = wrapping(number, self.missed_button, self.settled_button, self.rang_button, gap=6)
        self.setLayout(column(self._recall, self._silent, ways, gap=6))

    def show_line(self, *, elder: Elder | None, recall: Call | None, is_call: bool) -> None:
        """``recall`` is the call that is being returned; without it and with ``is_call`` the elder rings."""
        is_silent = recall is None and not is_call and elder is not None
        self.setVisible(recall is not None or is_silent)
        self._recall.setVisible(recall is not None)
        self._silent.setVisible(is_silent)
        for made in (self.missed_button, self.settled_button):
            made.setVisible(recall is not None)
        self.rang_button.setVisible(is_silent)
        if recall is not None:
            when = labels.when(recall.at, today=self._session.today())
            who = recall.caller_name or (self.tr("没留姓名") if elder is None else "")
            told = "　".join(filter(None, (who, when, recall.notes or labels.label(recall.outcome))))
            self._recall.say(self.tr("正在回电"), told)
        self._silent.say(self.tr("没有来电"), self.tr("只预约，不记来电。"))
        if self.isHidden():
            return
        own = [_digits(one.number) for one in elder.phones] if elder is not None else []
        rung = recall.phone if recall is not None and _digits(recall.phone) not in own else ""
        phone = elder.phone if elder is not None and not rung else ""
        shown = (elder.id if elder is not None else 0, rung or phone)
        if shown != self._shown or self._number.isEmpty():
            # Anew only for somebody else: a number that is being read stays in sight.
            self._shown = shown
            self._show_number(*shown, is_known=bool(phone))

    def _show_number(self, elder_id: int, phone: str, *, is_known: bool) -> None:
        """The number of an elder is masked; that of somebody else who rang is all there is of them."""
        if is_known:
            replace_all(self._number, [MaskedValue(masked_phone(phone), lambda: self._reveal(elder_id))])
        else:
            replace_all(self._number, [label(spaced_phone(phone) or self.tr("没留电话"), "strong")])

    def _reveal(self, elder_id: int) -> str:
        numbers = reveal(self._session, reveal_phones, elder_id=elder_id)
        return spaced_phone(numbers[0]) if numbers else ""

    def recall_words(self) -> str:
        """What is being rung back about, "" where nobody is."""
        return "" if self._recall.isHidden() else self._recall.words()
