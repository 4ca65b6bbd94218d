"""The visits that come back, as a list: their rule, the next of them, and how to pause, resume, change or end one."""

from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.series import SeriesLine, series_lines
from jiuliting_desk.actions.series_days import movable_visits
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import visits as queries
from jiuliting_desk.ui import labels, visit_words
from jiuliting_desk.ui.booking_dialog import BookingDialog, draft_of
from jiuliting_desk.ui.series_days_dialog import SeriesDaysDialog
from jiuliting_desk.ui.series_steps import SeriesSteps
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.fields import CheckField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, surface, wrapping
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import Elide

translate = QCoreApplication.translate


def bounds(series: Series) -> str:
    """到 6月30日, 共 8 次."""
    parts = []
    if series.until is not None:
        parts.append(translate("series", "到 {day}").format(day=labels.month_day(series.until)))
    if series.count is not None:
        parts.append(translate("series", "共 {count} 次").format(count=series.count))
    if not series.skip_holidays:
        parts.append(translate("series", "放假也去"))
    return "，".join(parts)


class SeriesView(QWidget):
    """Those that go on first, by their next visit."""

    visit_wanted = Signal(int)
    """A visit's id: show it on its day."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.steps = SeriesSteps(session)
        self.ended = CheckField(self.tr("也看结束的"))
        self.ended.edited.connect(self.refresh)
        self.table = RecordTable[SeriesLine](
            self._columns(),
            key=lambda line: line.series.id,
            multi=False,
            bleed=True,
            empty_text=self.tr("还没有定期上门。在名单里选中一次上门，点“定期…”就从它开始。"),
        )
        self.table.setAccessibleName(self.tr("定期上门"))
        self.table.current_changed.connect(lambda _line: self._show_foot())
        self.table.opened.connect(lambda _line: self.show_next())
        self._chosen = Elide("", "strong")
        self.pause_button = button(self.tr("暂停…"), lambda: self._step("pause"), icon="circle-pause")
        self.resume_button = button(self.tr("恢复…"), lambda: self._step("resume"), icon="play", kind="strong")
        self.change_button = button(self.tr("换人或改时间"), self.change, icon="pencil")
        self.move_button = button(self.tr("改到别的日子…"), self.move_days, icon="calendar-clock")
        self.next_button = button(self.tr("看下一次"), self.show_next, icon="calendar-days")
        self.end_button = button(self.tr("结束…"), lambda: self._step("end"), icon="x")
        tools = wrapping(
            self.change_button, self.move_button, self.pause_button, self.resume_button, self.next_button,
            self.end_button, gap=6,
        )  # fmt: skip
        foot = surface("foot", column(row(self._chosen, STRETCH, self.ended), tools, margins=(8, 20), gap=6))
        layout = column(self.table, foot, gap=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _columns(self) -> list[Column[SeriesLine]]:
        return [
            Column(
                key="name", title=self.tr("老人"), width=100, must=True,
                cell=lambda line: Cell(line.name, strong=True),
            ),
            Column(key="what", title=self.tr("做什么"), width=120, stretch=1, cell=lambda line: line.services),
            Column(key="who", title=self.tr("谁去"), width=130, stretch=1, cell=lambda line: line.providers),
            Column(
                key="rhythm", title=self.tr("多久一次"), width=190, must=True,
                cell=lambda line: Cell(visit_words.rhythm(line.series), second=bounds(line.series)), stretch=1,
            ),
            Column(
                key="next", title=self.tr("下一次"), width=110, cell=self._next, sort=lambda line: line.next_day,
            ),
            Column(
                key="planned", title=self.tr("排好"), width=70, right=True, give_up=1,
                cell=lambda line: self.tr("{count} 次").format(count=line.planned), sort=lambda line: line.planned,
            ),
            Column(key="state", title=self.tr("状态"), width=170, must=True, cell=self._state, stretch=1, least=110),
        ]  # fmt: skip

    def _next(self, line: SeriesLine) -> str:
        return "—" if line.next_day is None else labels.day(line.next_day, today=self._session.today())

    def _state(self, line: SeriesLine) -> Cell:
        series, today = line.series, self._session.today()
        if series.ended_on is not None:
            words = self.tr("{day}结束").format(day=labels.month_day(series.ended_on))
            return Cell(words, second=series.end_reason, icon="minus", tone="ink3")
        for pause in series.pauses:
            if pause.until is None or pause.until >= today:
                until = self.tr("一直停着") if pause.until is None else labels.month_day(pause.until)
                words = self.tr("{since}起暂停").format(since=labels.month_day(pause.since))
                if pause.until is not None:
                    words = self.tr("暂停到 {until}").format(until=until)
                return Cell(words, second=pause.reason, icon="circle-pause", tone="warn")
        if self._is_over(series, today):
            return Cell(self.tr("排完了"), icon="circle-check", tone="ink3")
        return Cell(self.tr("正常"), icon="repeat", tone="ok")

    @staticmethod
    def _is_over(series: Series, today: date) -> bool:
        return series.until is not None and series.until < today

    # -- showing

    def refresh(self) -> None:
        """Read the series anew."""
        found = series_lines(self._session.store, today=self._session.today())
        with_ended = self.ended.value()
        self.table.set_rows([line for line in found if with_ended or line.series.ended_on is None])
        if self.table.current() is None:
            self.table.choose_first()
        self._show_foot()

    def _show_foot(self) -> None:
        line = self.table.current()
        is_on = line is not None and line.series.ended_on is None
        is_paused = line is not None and line.series.is_paused
        self._chosen.setText("" if line is None else f"{line.name}　{line.services}　{visit_words.rhythm(line.series)}")
        self.pause_button.setVisible(is_on and not is_paused)
        self.resume_button.setVisible(is_on and is_paused)
        self.change_button.setVisible(is_on and line is not None and line.next_day is not None)
        self.move_button.setVisible(is_on and line is not None and line.next_day is not None)
        self.next_button.setVisible(line is not None and line.next_day is not None)
        self.end_button.setVisible(is_on)

    # -- doing

    def _step(self, name: str) -> None:
        line = self.table.current()
        if line is not None:
            getattr(self.steps, name)(line.series.id)

    def _next_visit(self) -> Visit | None:
        line = self.table.current()
        if line is None:
            return None
        ahead = queries.of_series(self._session.store, line.series.id, first=self._session.today())
        return next((visit for visit in ahead if visit.state is VisitState.PLANNED), None)

    def show_next(self) -> None:
        """The next visit, on its day."""
        visit = self._next_visit()
        if visit is not None:
            self.visit_wanted.emit(visit.id)

    def change(self) -> None:
        """Other people, another time, from the next visit on."""
        visit = self._next_visit()
        if visit is not None:
            dialog = BookingDialog(self._session, draft_of(visit))
            dialog.change_those_to_come()
            self._session.dialogs.show(dialog)

    def move_days(self) -> None:
        """Other days of the week or of the month, from one of the visits on."""
        line = self.table.current()
        if line is None:
            return
        found = movable_visits(self._session.store, series_id=line.series.id, today=self._session.today())
        if found:
            self._session.dialogs.show(SeriesDaysDialog(self._session, line.series.id, found))
        else:
            self._session.say(self.tr("排好的几次都单独改过日子，没有能一起改的；请在名单里逐次改期。"), tone="info")
