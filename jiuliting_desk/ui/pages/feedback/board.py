"""The outstanding-paper board: 待催 已发 已收回, by cadre, with what can be done to the chosen forms."""

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions import forms as actions
from jiuliting_desk.model.feedback import BoardColumn
from jiuliting_desk.model.papers import Paper
from jiuliting_desk.store.forms import BoardLine
from jiuliting_desk.ui import labels, theme, visit_words
from jiuliting_desk.ui.pages.feedback.sending import SendSheetDialog
from jiuliting_desk.ui.paper_dialog import ask_about_oldest, print_visits, unsettled_words
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import Segmented, button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.fields import ComboFacet
from jiuliting_desk.ui.widgets.layout import wrapping
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable

PAPERS = (Paper.CHASE_LIST, Paper.FORMS, Paper.BLANK_FORMS)

LOOK = {
    BoardColumn.CHASE: ("circle-alert", "bad"),
    BoardColumn.OUT: ("clock", "ink2"),
    BoardColumn.RETURNED: ("inbox", "info"),
}


class Board(QWidget):
    """Forms of visits that took place whose answers are not in the file, the oldest first."""

    opened = Signal(object)
    """A BoardLine to type in."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lines: list[BoardLine] = []
        self.columns = Segmented(
            [
                (None, self.tr("全部")),
                *((each, labels.label(each)) for each in (BoardColumn.CHASE, BoardColumn.OUT, BoardColumn.RETURNED)),
            ]
        )
        self.columns.chosen.connect(lambda _key: self._show())
        self.cadre = ComboFacet(self.tr("谁手里"))
        self.cadre.edited.connect(self._show)
        self.day = ComboFacet(self.tr("哪天上门"))
        self.day.edited.connect(self._show)
        self.table: RecordTable[BoardLine] = RecordTable(
            self._columns(), key=lambda line: line.form.id, empty_text=self.tr("都交回了")
        )
        self.table.setAccessibleName(self.tr("反馈表未交回"))
        self.table.opened.connect(self.opened)
        self.return_button = button(self.tr("收回选中的"), self._return, icon="inbox", size="s")
        self.chase_button = button(self.tr("催过选中的"), self._chase, icon="phone", size="s")
        self.print_button = button(self.tr("印清单和表"), self.print, icon="printer", size="s")
        self.sheet_button = button(self.tr("发 Excel 表"), self.send_sheet, icon="file-spreadsheet", size="s")
        self.unsettled_button = button("", lambda: ask_about_oldest(session), kind="link", icon="circle-help")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(10), 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(wrapping(self.columns, self.cadre, self.day, margins=(0, 12, 0, 0)))
        steps = (self.return_button, self.chase_button, self.print_button, self.sheet_button, self.unsettled_button)
        layout.addWidget(wrapping(*steps))
        layout.addWidget(self.table, 1)

    def _columns(self) -> list[Column[BoardLine]]:
        return [
            Column(key="number", title=self.tr("表号"), width=76, cell=lambda line: Cell(line.form.number)),
            Column(key="state", title=self.tr("状态"), width=98, give_up=4, cell=self._state),
            Column(key="name", title=self.tr("老人"), width=80, cell=lambda line: Cell(line.name, strong=True)),
            Column(key="what", title=self.tr("项目·谁去的"), width=110, stretch=1, give_up=3, cell=self._what),
            Column(key="day", title=self.tr("上门"), width=138, cell=self._day),
            Column(key="cadre", title=self.tr("谁手里"), width=78, give_up=2, cell=lambda line: Cell(line.cadre)),
            Column(key="chased", title=self.tr("催过"), width=80, give_up=1, cell=self._chased),
        ]

    def _state(self, line: BoardLine) -> Cell:
        icon, tone = LOOK[line.column]
        return Cell(labels.label(line.column), icon=icon, tone=tone)

    def _what(self, line: BoardLine) -> Cell:
        return Cell(visit_words.joined((line.category, line.provider)))

    def _day(self, line: BoardLine) -> Cell:
        since = self.tr("{days} 天").format(days=line.days) if line.days else self.tr("今天")
        return Cell(labels.month_day(line.visit_day), second=since)

    def _chased(self, line: BoardLine) -> Cell:
        times = line.form.chased_times
        return Cell(self.tr("{count} 次").format(count=times) if times else "")

    def refresh(self) -> None:
        """Read the board anew."""
        self._lines = actions.board(self._session.store, today=self._session.today())
        counts: dict[object, int] = {None: len(self._lines)}
        for line in self._lines:
            counts[line.column] = counts.get(line.column, 0) + 1
        self.columns.set_counts({each: counts.get(each, 0) for each in (None, *BoardColumn)})
        waiting = unsettled_words(self._session)
        self.unsettled_button.setText(waiting)
        self.unsettled_button.setVisible(bool(waiting))
        cadres = Counter((line.cadre_id or 0, line.cadre or self.tr("还没定谁")) for line in self._lines)
        self.cadre.set_choices(
            [(key, f"{name} {count}") for (key, name), count in sorted(cadres.items(), key=lambda one: one[0][1])]
        )
        days = Counter(line.visit_day for line in self._lines)
        self.day.set_choices([(day, f"{labels.month_day(day)} {days[day]}") for day in sorted(days, reverse=True)])
        self._show()

    def _show(self) -> None:
        column, cadre, day = self.columns.value(), self.cadre.value(), self.day.value()
        self.table.set_rows(
            [
                line
                for line in self._lines
                if (column is None or line.column is column)
                and (cadre is None or (line.cadre_id or 0) == cadre)
                and (day is None or line.visit_day == day)
            ]
        )

    def print(self) -> None:
        """The chase list, or forms once more, of what is chosen or of all that is listed."""
        chosen = [line.visit_id for line in self.table.selected()]
        listed = [line.visit_id for line in self.table.rows()]
        print_visits(self._session, papers=PAPERS, listed=listed, chosen=chosen)

    def send_sheet(self) -> None:
        """An Excel sheet for a committee or an enterprise to fill in."""
        self._session.dialogs.show(SendSheetDialog(self._session))

    def count(self) -> int:
        """How many forms are outstanding."""
        return len(self._lines)

    def _chosen(self, *columns: BoardColumn) -> list[int]:
        chosen = self.table.selected()
        return [line.form.id for line in chosen if line.column in columns]

    def _return(self) -> None:
        ids = self._chosen(BoardColumn.OUT, BoardColumn.CHASE)
        if ids:
            self._session.perform(actions.return_forms, form_ids=ids)
        else:
            self._session.say(self.tr("先在表里选还没收回的反馈表。"), tone="info")

    def _chase(self) -> None:
        ids = self._chosen(BoardColumn.OUT, BoardColumn.CHASE)
        if ids:
            self._session.perform(actions.chase_forms, form_ids=ids)
        else:
            self._session.say(self.tr("先在表里选还没收回的反馈表。"), tone="info")
