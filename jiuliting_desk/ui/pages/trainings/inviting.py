"""Choosing whom to ask to a training: by skill, enterprise or name, one or many."""

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions import trainings
from jiuliting_desk.actions.categories import categories_in_order
from jiuliting_desk.model.providers import Provider, ProviderKind, ProviderState
from jiuliting_desk.model.text import masked_phone
from jiuliting_desk.model.trainings import TrainingSession
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import ComboFacet, TextField
from jiuliting_desk.ui.widgets.layout import row
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable


class InviteDialog(WindowDialog):
    """Volunteers who are not on the roll yet; Shift and Ctrl choose several, Ctrl+A all that are listed."""

    def __init__(
        self, session: Session, training: TrainingSession, known: Collection[int], *, parent: QWidget | None = None
    ) -> None:
        super().__init__("", width=640, parent=parent)
        self.setWindowTitle(self.tr("请人参加：{topic}").format(topic=training.topic))
        self._session = session
        self._training = training
        found = session.store.where(
            Provider, kind=ProviderKind.VOLUNTEER, state=[ProviderState.ACTIVE, ProviderState.PAUSED], order="number"
        )
        self._volunteers = [one for one in found if one.id not in known]
        firms = session.store.where(Provider, kind=ProviderKind.ENTERPRISE, order="name")
        self._firms = {one.id: one.name for one in firms}
        self.words = TextField(placeholder=self.tr("姓名、编号或电话"), icon="search")
        self.words.textChanged.connect(self._show)
        self.skill = ComboFacet(self.tr("会做"), [(one.id, one.name) for one in categories_in_order(session.store)])
        self.firm = ComboFacet(self.tr("单位"), list(self._firms.items()))
        for facet in (self.skill, self.firm):
            facet.edited.connect(self._show)
        columns: list[Column[Provider]] = [
            Column(key="number", title=self.tr("编号"), cell=lambda one: Cell(one.number, tone="ink2"), width=80),
            Column(
                key="name", title=self.tr("姓名"), cell=lambda one: Cell(one.name, strong=True), width=120, stretch=1
            ),
            Column(
                key="firm", title=self.tr("单位"), cell=lambda one: self._firms.get(one.enterprise_id or 0, ""),
                width=120, stretch=1,
            ),
            Column(key="phone", title=self.tr("电话"), cell=lambda one: masked_phone(one.phone), width=130),
        ]  # fmt: skip
        self.table = RecordTable[Provider](columns, empty_text=self.tr("没有符合的志愿者，或都在名单上了。"))
        self.table.setAccessibleName(self.tr("志愿者"))
        self.table.setMinimumHeight(theme.px(300))
        self.table.selection_changed.connect(lambda _rows: self._tell())
        self.table.opened.connect(lambda _row: self.invite())
        top = row(self.words, self.skill, self.firm)
        top.setStretchFactor(self.words, 1)
        self.body.addLayout(top)
        self.body.addWidget(self.table)
        self.foot.addWidget(button(self.tr("不请了"), self.reject, size="l"))
        self.all_button = button("", self._choose_all, size="l", icon="list-checks")
        self.foot.addWidget(self.all_button)
        self.foot.addStretch(1)
        self.invite_button = button("", self.invite, kind="primary", size="l")
        self.confirm_with(self.invite_button)
        self.foot.addWidget(self.invite_button)
        self._show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        wanted, skill, firm = self.words.value(), self.skill.value(), self.firm.value()
        self.table.set_rows(
            [
                one
                for one in self._volunteers
                if (skill is None or skill in one.category_ids)
                and (firm is None or one.enterprise_id == firm)
                and (
                    wanted in one.name
                    or wanted.upper() in one.number
                    or any(wanted in phone.number for phone in one.phones)
                )
            ]
        )
        self._tell()

    def _choose_all(self) -> None:
        self.table.selectAll()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        count, listed = len(self.table.selected()), len(self.table.rows())
        self.all_button.setText(self.tr("选列出的 {count} 位").format(count=listed))
        self.all_button.setEnabled(listed > 0)
        self.invite_button.setText(self.tr("请 {count} 位参加").format(count=count))
        self.invite_button.setEnabled(count > 0)
        self.invite_button.setToolTip("" if count else self.tr("先选一位"))

    def invite(self) -> None:
        """Those chosen are put on the roll."""
        chosen = [one.id for one in self.table.selected()]
        if not chosen:
            return
        done = self._session.perform(trainings.invite, session_id=self._training.id, provider_ids=chosen)
        if done is not None:
            self.accept()
