"""The visits behind a figure, in a window of their own."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.places import address_text
from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable


class BehindDialog(WindowDialog):
    """Day, elder, service, who went, evaluation; Enter opens the elder."""

    def __init__(self, session: Session, title: str, found: Sequence[VisitLine], parent: QWidget | None) -> None:
        super().__init__(title, width=900, parent=parent)
        self._session = session
        self.table: RecordTable[VisitLine] = RecordTable(
            (
                Column(key="day", title=self.tr("日期"), cell=lambda one: one.visit.day.isoformat(), width=104),
                Column(
                    key="name", title=self.tr("老人"), cell=lambda one: Cell(one.name, second=one.number), width=120
                ),
                Column(
                    key="place",
                    title=self.tr("小区 楼室"),
                    cell=lambda one: address_text(one.compound, one.building, one.room, one.unit),
                    width=170,
                    stretch=1,
                ),
                Column(key="what", title=self.tr("项目"), cell=lambda one: "、".join(one.categories), width=110),
                Column(
                    key="who", title=self.tr("谁去的"), cell=lambda one: "、".join(one.providers), width=130, stretch=1
                ),
                Column(
                    key="score",
                    title=self.tr("评分"),
                    cell=lambda one: Cell(
                        str(one.overall) if one.overall else "—", tone="bad" if 0 < one.overall <= 2 else "ink"
                    ),
                    width=60,
                    right=True,
                ),
                Column(
                    key="cadre",
                    title=self.tr("居委干部"),
                    cell=lambda one: one.cadre if one.visit.had_cadre else "—",
                    width=80,
                ),
                Column(key="state", title=self.tr("状态"), cell=lambda one: labels.label(one.visit.state), width=80),
            ),
            key=lambda one: one.visit.id,
            multi=False,
        )
        self.table.setMinimumHeight(theme.px(420))
        self.table.set_rows(list(found))
        self.table.choose_first()
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table)
        self.foot.addStretch(1)
        self.foot.addWidget(button(self.tr("看完了"), self.accept))

    def _open(self, line: VisitLine) -> None:
        self.accept()
        self._session.goto("elders", Ref(Elder, line.visit.elder_id))
