"""Choosing the compound into which another one goes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions import places
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label


class MergeDialog(WindowDialog):
    """The others, those with a like name first."""

    merged = Signal(int)
    """The compound that stays."""

    def __init__(
        self,
        session: Session,
        gone: Compound,
        others: Sequence[Compound],
        *,
        people: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", width=520, parent=parent)
        self.setWindowTitle(self.tr("合并小区：{name}").format(name=gone.name))
        self._session = session
        self._gone = gone
        self._committees = {one.id: one.name for one in session.store.all(ResidentsCommittee)}
        self._others = sorted(others, key=lambda other: -_likeness(gone, other))
        told = self.tr("“{name}”的 {count} 个人会搬到下面选的小区，“{name}”变成它的别名。以后可以撤销。")
        self.body.addWidget(label(told.format(name=gone.name, count=people), wrap=True))
        self.words = TextField(placeholder=self.tr("小区名或别名"), icon="search")
        self.words.textChanged.connect(self._show)
        columns: list[Column[Compound]] = [
            Column(
                key="name", title=self.tr("合并到"), cell=lambda one: Cell(one.name, strong=True), width=160, stretch=1
            ),
            Column(key="committee", title=self.tr("居委"), cell=self._committee_of, width=120, stretch=1),
            Column(key="aliases", title=self.tr("别名"), cell=lambda one: "、".join(one.aliases), width=140, stretch=1),
        ]
        self.table = RecordTable[Compound](columns, multi=False, empty_text=self.tr("没有符合的小区。"))
        self.table.setMinimumHeight(theme.px(240))
        self.table.current_changed.connect(lambda _one: self._tell())
        self.table.opened.connect(lambda _one: self.merge())
        self.goes_along = label("", "strong", wrap=True)
        self.body.addWidget(self.words)
        self.body.addWidget(self.table)
        self.body.addWidget(self.goes_along)
        self.foot.addWidget(button(self.tr("不合并"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.merge_button = button("", self.merge, kind="primary", size="l", icon="merge")
        self.confirm_with(self.merge_button)
        self.foot.addWidget(self.merge_button)
        self._show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        words = self.words.value()
        self.table.set_rows(
            [other for other in self._others if any(words in name for name in (other.name, *other.aliases))]
        )
        if self.table.current() is None:
            self.table.choose_first()
        self._tell()

    def _committee_of(self, compound: Compound) -> str:
        return self._committees.get(compound.committee_id or 0, "")

    def _tell(self) -> None:
        chosen = self.table.current()
        there = "" if chosen is None or chosen.committee_id == self._gone.committee_id else self._committee_of(chosen)
        words = self.tr("{here}的人从此归{there}，约好的上门一起过去，由那边的居委干部带，有几位的先空着。")
        here = self._committee_of(self._gone) or self.tr("没写居委")
        self.goes_along.setText(words.format(here=here, there=there) if there else "")
        self.goes_along.setVisible(bool(there))
        self.merge_button.setEnabled(chosen is not None)
        self.merge_button.setToolTip("" if chosen is not None else self.tr("先选一个小区"))
        name = chosen.name if chosen is not None else ""
        self.merge_button.setText(self.tr("合并到 {name}").format(name=name) if name else self.tr("合并"))

    def merge(self) -> None:
        """Make the two one."""
        chosen = self.table.current()
        if chosen is None:
            return
        done = self._session.perform(places.merge_compounds, kept_id=chosen.id, gone_id=self._gone.id)
        if done is not None:
            self.merged.emit(chosen.id)
            self.accept()


def _likeness(gone: Compound, other: Compound) -> int:
    """How many characters the names have in common, one more for the same committee."""
    common = len(set(gone.name) & set(other.name))
    return common * 2 + (gone.committee_id is not None and gone.committee_id == other.committee_id)
