"""服务记录: who came when for what, and how it was found; what is planned stands on top."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import visits
from jiuliting_desk.store.visit_lines import VisitLine, lines
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.elders import words
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label

MOST = 200

STATE_LOOK = {
    VisitState.PLANNED: ("calendar-check", "info"),
    VisitState.UNDER_WAY: ("circle-dot", "info"),
    VisitState.DONE: ("circle-check", "ok"),
    VisitState.CANCELLED: ("calendar-x", "ink3"),
    VisitState.NOT_HOME: ("house", "warn"),
    VisitState.NO_SHOW: ("user-x", "bad"),
}
"""Icon and tone of each state of a visit."""


class VisitsTab(QWidget):
    """Enter opens a visit where its page is there."""

    visit_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._low = 0
        self.count = label("", "sub")
        self.table: RecordTable[VisitLine] = RecordTable(
            [
                Column(key="day", title=self.tr("日期"), cell=self._day, width=84, sort=lambda line: line.visit.day),
                Column(
                    key="what",
                    title=self.tr("项目"),
                    cell=lambda line: Cell("、".join(line.categories), icon=line.icon),
                    width=104,
                    least=96,
                    stretch=2,
                ),
                Column(
                    key="who",
                    title=self.tr("谁去的"),
                    cell=lambda line: "、".join(line.providers),
                    width=84,
                    least=70,
                    stretch=2,
                ),
                Column(key="found", title=self.tr("评分"), cell=self._found, width=84),
            ],
            key=lambda line: line.visit.id,
            multi=False,
            empty_text=self.tr("还没有上门过，也没有约好的。"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(label(self.tr("服务记录"), "strong"), self.count, STRETCH, margins=(14, 16, 10, 16)))
        layout.addWidget(self.table, 1)
        self.table.opened.connect(lambda line: self.visit_wanted.emit(line.visit.id))

    def show_elder(self, elder: Elder) -> None:
        """Show the elder's visits, the latest first."""
        store = self._session.store
        self._low = number_setting(store, "low_score")
        found = lines(store, visits.of_elder(store, elder.id, limit=MOST))
        self.table.set_rows(found)
        done = store.count(Visit, elder_id=elder.id, state=VisitState.DONE)
        year = sum(
            line.visit.state is VisitState.DONE and line.visit.day.year == self._session.today().year for line in found
        )
        told = self.tr("{count} 次，今年 {year} 次").format(count=done, year=year)
        self.count.setText(told if found else "")

    def _day(self, line: VisitLine) -> Cell:
        day = line.visit.day
        same_year = day.year == self._session.today().year
        text = f"{day.month}-{day.day:02d}" if same_year else f"{day.year % 100:02d}-{day.month}-{day.day:02d}"
        tip = labels.day(day)
        if line.source_file:
            source = self.tr("{day}，来自“{file}”第 {row} 行")
            tip = source.format(day=tip, file=line.source_file, row=line.visit.source_row)
        return Cell(text, tone="ink2", tip=tip)

    def _found(self, line: VisitLine) -> Cell:
        if line.visit.state is VisitState.DONE and line.lowest:
            return words.score_cell(line.lowest, self._low)
        icon, tone = STATE_LOOK[line.visit.state]
        return Cell(labels.label(line.visit.state), icon=icon, tone=tone, tip=line.visit.reason)
