"""The elders whom nobody has seen for long, all of them, with the last call and the next visit."""

from PySide6.QtCore import Qt

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.actions.today import UnseenElder, unseen_elders
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.places import address_text
from jiuliting_desk.ui import labels, theme, visit_words
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell, Chip
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import CheckField, ComboFacet
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label


class RadarDialog(WindowDialog):
    """Enter opens the elder, F2 books for them."""

    def __init__(self, session: Session) -> None:
        super().__init__("", width=980, parent=session.dialogs.window)
        self.setWindowTitle(self.tr("好久没人见过的老人"))
        self._session = session
        self._days = number_setting(session.store, "unseen_days")
        self._found = unseen_elders(session.store, today=session.today())
        self.committee = ComboFacet(self.tr("居委"))
        self.committee.set_choices((name, name) for name in sorted({one.committee for one in self._found} - {""}))
        self.committee.edited.connect(self._show)
        self.without = CheckField(self.tr("只看还没约上门的"))
        self.without.set_value(True)
        self.without.edited.connect(self._show)
        self._counts = label("", "strong")
        self.table = RecordTable[UnseenElder](
            self._columns(),
            key=lambda one: one.elder_id,
            multi=False,
            empty_text=self.tr("都有人见过了，或已约好上门。"),
        )
        self.table.setAccessibleName(self.tr("好久没人见过的老人"))
        self.table.setMinimumHeight(theme.px(340))
        self.table.opened.connect(lambda _one: self._open("elders"))
        self.body.addLayout(row(self.committee, self.without, STRETCH, self._counts))
        self.body.addWidget(self.table)
        self.foot.addWidget(button(self.tr("关上"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.foot.addWidget(button(self.tr("打开资料"), lambda: self._open("elders"), size="l"))
        self.book_button = button(
            self.tr("预约上门"), lambda: self._open("phone"), kind="primary", icon="phone-call", size="l"
        )
        self.confirm_with(self.book_button)
        self.foot.addWidget(self.book_button)
        self._show()
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _columns(self) -> list[Column[UnseenElder]]:
        today = self._session.today()
        return [
            Column(
                key="name", title=self.tr("姓名"), width=130, must=True, stretch=1,
                cell=lambda one: Cell(
                    one.name, second=visit_words.sex_and_age(one.sex, one.birth, today), strong=True
                ),
            ),
            Column(
                key="place", title=self.tr("住址"), width=190, stretch=2, least=110,
                cell=lambda one: address_text(one.compound, one.building, one.room, one.unit),
            ),
            Column(
                key="tags", title=self.tr("标签"), width=150, give_up=1,
                cell=lambda one: Cell(chips=tuple(Chip(tag) for tag in one.tags[:3])),
            ),
            Column(key="committee", title=self.tr("居委"), width=120, give_up=2, cell=lambda one: one.committee),
            Column(
                key="seen", title=self.tr("多久没见"), width=130, must=True, cell=self._seen,
                sort=lambda one: one.seen_on or one.registered_on,
            ),
            Column(
                key="called", title=self.tr("上次通话"), width=110, sort=lambda one: one.called_on,
                cell=lambda one: "—" if one.called_on is None else labels.month_day(one.called_on),
            ),
            Column(
                key="next", title=self.tr("下次上门"), width=110, sort=lambda one: one.next_visit,
                cell=lambda one: "—" if one.next_visit is None else labels.month_day(one.next_visit),
            ),
        ]  # fmt: skip

    def _seen(self, one: UnseenElder) -> Cell:
        if one.seen_on is None:
            return Cell(self.tr("从没有过"), icon="circle-alert", tone="bad", strong=True)
        days = (self._session.today() - one.seen_on).days
        is_long = days >= 2 * self._days
        return Cell(
            self.tr("{days} 天").format(days=days),
            icon="circle-alert" if is_long else "clock",
            tone="bad" if is_long else "warn",
        )

    def _show(self) -> None:
        committee, without = self.committee.value(), self.without.value()
        shown = [
            one
            for one in self._found
            if (committee is None or one.committee == committee) and not (without and one.next_visit)
        ]
        self.table.set_rows(shown)
        words = self.tr("超过 {days} 天没人见过的 {all} 位，列出 {shown} 位")
        self._counts.setText(words.format(days=self._days, all=len(self._found), shown=len(shown)))

    def _open(self, page: str) -> None:
        one = self.table.current()
        if one is not None:
            self.accept()
            self._session.goto(page, Ref(Elder, one.elder_id))
