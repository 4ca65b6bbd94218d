"""While nobody is on the line: whom to ring back, and the calls of today."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.calls import recall_queue
from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import Store
from jiuliting_desk.store.calls import between as calls_between
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.masking import masked_phone
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import label


class Recalls(QWidget):
    """The queue, the earliest first, then the calls of today."""

    opened = Signal(object)
    """A Call of the queue to take up, or one of today to look at."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[int, str] = {}
        self._today = date(2000, 1, 1)
        self._queue_head = label("", "h3")
        self.queue: LineList[Call] = LineList(self._queued)
        self._today_head = label(self.tr("今天的来电"), "h3")
        self.calls: LineList[Call] = LineList(self._called)
        for each, name in ((self.queue, self.tr("要回电的")), (self.calls, self.tr("今天的来电"))):
            each.setAccessibleName(name)
            each.opened.connect(self.opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self._queue_head)
        layout.addWidget(self.queue, 1)
        layout.addWidget(self._today_head)
        layout.addWidget(self.calls, 1)

    def enter(self) -> None:
        """Let the keyboard come to the queue, or to the calls of today where nobody is to be rung back."""
        for each in (self.queue, self.calls):
            if each.isVisible():
                each.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def read(self, store: Store, today: date) -> None:
        """Show them as they stand."""
        queue, calls = recall_queue(store), calls_between(store, today, today)
        elders = store.get_many(Elder, [call.elder_id for call in [*queue, *calls] if call.elder_id])
        self._names = {key: elder.name for key, elder in elders.items()}
        self._today = today
        self._queue_head.setText(self._queue_words(queue))
        self.queue.set_rows(queue)
        self.queue.setVisible(bool(queue))
        self.calls.set_rows(calls)
        self._today_head.setVisible(bool(calls))
        self.calls.setVisible(bool(calls))

    def _queue_words(self, queue: list[Call]) -> str:
        """How many wait, and how many of them until today where others are due later."""
        if not queue:
            return self.tr("没有要回电的")
        due = sum(call.recall_on is not None and call.recall_on <= self._today for call in queue)
        if due == len(queue):
            return self.tr("要回电的 {count} 位").format(count=due)
        return self.tr("要回电的 {count} 位，今天该回 {due} 位").format(count=len(queue), due=due)

    def _who(self, call: Call) -> str:
        name = self._names.get(call.elder_id or 0, "") or call.caller_name
        return name or masked_phone(call.phone) or self.tr("没留姓名")

    def _said(self, call: Call) -> str:
        """What was said, and by whom where it was not the elder."""
        is_other = bool(call.elder_id and call.caller_name)
        return self.tr("{who}：{words}").format(who=call.caller_name, words=call.notes) if is_other else call.notes

    def _queued(self, call: Call) -> Line:
        due = call.recall_on or self._today
        late = (self._today - due).days
        right = self.tr("今天") if late == 0 else labels.day(due, today=self._today)
        tone, icon = ("bad", "circle-alert") if late > 0 else ("warn", "clock") if late == 0 else ("ink2", "clock")
        tries = self.tr("打过 {count} 次没通").format(count=call.recall_tries) if call.recall_tries else ""
        return Line(
            title=self._who(call),
            after=labels.label(call.outcome),
            second=self._said(call),
            second_right=tries,
            right=right,
            right_tone=tone,
            right_icon=icon,
        )

    def _called(self, call: Call) -> Line:
        return Line(
            title=self._who(call),
            after=labels.label(call.outcome),
            second=self._said(call),
            right=f"{call.at:%H:%M}",
            second_right=call.taken_by,
        )
