"""Choosing volunteers who become members of an enterprise."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions import provider_list, providers
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Provider, ProviderKind, ProviderState
from jiuliting_desk.model.text import masked_phone
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable


class JoinDialog(WindowDialog):
    """Volunteers of no enterprise; one or several are chosen."""

    def __init__(self, session: Session, enterprise: Provider, *, parent: QWidget | None = None) -> None:
        super().__init__("", width=640, parent=parent)
        self.setWindowTitle(self.tr("加成员：{name}").format(name=enterprise.name))
        self._session = session
        self._enterprise = enterprise
        found = session.store.where(Provider, kind=ProviderKind.VOLUNTEER, enterprise_id=None)
        self._volunteers = [volunteer for volunteer in found if volunteer.state is not ProviderState.STOPPED]
        self._compounds = {compound.id: compound.name for compound in session.store.all(Compound)}
        self.words = TextField(placeholder=self.tr("姓名、拼音首字母、编号或电话"), icon="search")
        self.words.textChanged.connect(self._show)
        self.words.returnPressed.connect(self._to_table)
        columns: list[Column[Provider]] = [
            Column(key="number", title=self.tr("编号"), cell=lambda one: Cell(one.number, tone="ink2"), width=80),
            Column(
                key="name", title=self.tr("姓名"), cell=lambda one: Cell(one.name, strong=True), width=110, stretch=1
            ),
            Column(key="birth", title=self.tr("出生"), cell=lambda one: one.birth[:4], width=64),
            Column(key="place", title=self.tr("住在"), cell=self._place, width=130, stretch=1),
            Column(key="phone", title=self.tr("电话"), cell=lambda one: masked_phone(one.phone), width=130),
        ]
        self.table = RecordTable[Provider](
            columns, empty_text=self.tr("没有符合的志愿者。登记志愿者时也可以直接选单位。")
        )
        self.table.setMinimumHeight(theme.px(280))
        self.table.selection_changed.connect(lambda _rows: self._tell())
        self.table.opened.connect(lambda _row: self.join())
        self.body.addWidget(self.words)
        self.body.addWidget(self.table)
        self.foot.addWidget(button(self.tr("不加"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.join_button = button("", self.join, kind="primary", size="l")
        self.confirm_with(self.join_button)
        self.foot.addWidget(self.join_button)
        self._show()
        self._tell()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, volunteer: Provider) -> str:
        return self._compounds.get(volunteer.compound_id or 0, "")

    def _is_wanted(self, volunteer: Provider, words: Sequence[str]) -> bool:
        phones = (phone.number for phone in volunteer.phones)
        sought = " ".join((volunteer.name, volunteer.number, self._place(volunteer), *phones)).casefold()
        return all(word in sought or provider_list.sounds_like(volunteer, word) for word in words)

    def _show(self) -> None:
        words = self.words.value().casefold().split()
        self.table.set_rows([volunteer for volunteer in self._volunteers if self._is_wanted(volunteer, words)])

    def _to_table(self) -> None:
        """Enter in the search: on to those found, the first of them chosen."""
        if self.table.rows():
            if not self.table.selected():
                self.table.choose_first()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        count = len(self.table.selected())
        self.join_button.setText(self.tr("加进单位，{count} 位").format(count=count))
        self.join_button.setEnabled(count > 0)
        self.join_button.setToolTip("" if count else self.tr("先选一位"))

    def join(self) -> None:
        """Those chosen become members."""
        chosen = [volunteer.id for volunteer in self.table.selected()]
        done = self._session.perform(providers.join_enterprise, provider_ids=chosen, enterprise_id=self._enterprise.id)
        if done is not None:
            self.accept()
