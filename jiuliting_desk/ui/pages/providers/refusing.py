"""Writing down that an elder and a provider are not to be brought together."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions import pairings
from jiuliting_desk.actions.search import Hit, search
from jiuliting_desk.actions.withdrawals import planned_visits
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.places import address_text
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store.visit_lines import VisitLine, lines
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.lost_visits import first_of, tell_elders
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import Segmented, button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label


class RefusalDialog(WindowDialog):
    """Which elder, who said so, why; what binds the two ends in the same step."""

    def __init__(
        self, session: Session, provider: Provider, *, elder: Elder | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("", width=560, parent=parent)
        self.setWindowTitle(self.tr("不要安排：{name}").format(name=provider.name))
        self._session = session
        self._provider = provider
        self.words = TextField(placeholder=self.tr("老人的姓名、拼音首字母、电话尾号或卡号"), icon="search")
        self.words.textChanged.connect(self._seek)
        columns: list[Column[Hit]] = [
            Column(key="name", title=self.tr("老人"), cell=lambda hit: Cell(hit.name, strong=True), width=130),
            Column(key="place", title=self.tr("住在"), cell=self._place, width=220, stretch=1),
            Column(key="birth", title=self.tr("出生"), cell=lambda hit: hit.birth[:4], width=80),
        ]
        self.table = RecordTable[Hit](
            columns, key=lambda hit: hit.record_id, multi=False, empty_text=self.tr("先在上面找到这位老人。")
        )
        self.table.setMinimumHeight(theme.px(180))
        self.table.current_changed.connect(lambda _hit: self._tell())
        self.side = Segmented([(True, self.tr("老人提出")), (False, self.tr("志愿者提出"))])
        self.reason = TextField(placeholder=self.tr("为什么，比如：说话太快、怕狗"))
        self.body.addWidget(self.words)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row(label(self.tr("谁提出"), "field"), self.side, STRETCH, gap=12))
        self.body.addWidget(self.reason)
        note = self.tr("以后找人不再把两位排到一起。他们现在的结对会结束，认领的需求会放开；可以撤销，也可以取消。")
        self.body.addWidget(label(note, "sub", wrap=True))
        self.planned_words = label("", "strong", wrap=True)
        self.body.addWidget(self.planned_words)
        self.foot.addWidget(button(self.tr("不记"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.save_button = button("", self.save, kind="bad", icon="user-x", size="l")
        self.confirm_with(self.save_button)
        self.foot.addWidget(self.save_button)
        if elder is not None:
            self.words.set_value(elder.name)
            self._seek()
            self.table.choose(elder.id)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    @staticmethod
    def _place(hit: Hit) -> str:
        return address_text(hit.compound, hit.building, hit.room, hit.unit)

    def _seek(self) -> None:
        text = self.words.value()
        hits = search(self._session.store, text, limit=40) if text and not self._session.is_lent else []
        self.table.set_rows([hit for hit in hits if hit.kind == "elder"])
        if self.table.current() is None:
            self.table.choose_first()
        self._tell()

    def _planned(self) -> list[VisitLine]:
        """The visits that are cancelled: the provider was to go there alone."""
        chosen, store = self.table.current(), self._session.store
        if chosen is None or self._session.is_lent:
            return []
        today = self._session.today()
        planned = planned_visits(store, provider_id=self._provider.id, elder_id=chosen.record_id, today=today)
        return lines(store, [visit for visit in planned if len(visit.provider_ids) == 1])

    def _tell(self) -> None:
        chosen, planned = self.table.current(), self._planned()
        words = first_of(planned, today=self._session.today())
        cancelled = self.tr("约好的 {count} 次上门也会取消，要打电话告诉老人：{visits}")
        self.planned_words.setText(cancelled.format(count=len(planned), visits=words) if planned else "")
        self.planned_words.setVisible(bool(planned))
        self.save_button.setEnabled(chosen is not None)
        self.save_button.setToolTip("" if chosen is not None else self.tr("先选一位老人"))
        if chosen is None:
            self.save_button.setText(self.tr("记下不要安排"))
        else:
            self.save_button.setText(self.tr("不再安排到{name}家").format(name=chosen.name))

    def save(self) -> None:
        """Write it down."""
        chosen = self.table.current()
        if chosen is None:
            return
        said = self.tr("已记下：不再安排到{name}家。{told}")
        done = self._session.perform(
            pairings.refuse,
            said=said.format(name=chosen.name, told=tell_elders(self._planned())),
            elder_id=chosen.record_id,
            provider_id=self._provider.id,
            by_elder=self.side.value(),
            reason=self.reason.value(),
        )
        if done is not None:
            self.accept()
