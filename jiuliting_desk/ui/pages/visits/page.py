"""The page 上门安排: the visits of a day, a week or a month, filtered, with what can be done to them."""

from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from jiuliting_desk.model.cards import PrintBatch
from jiuliting_desk.model.dates import add_months, monday_of
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback, FeedbackForm
from jiuliting_desk.model.papers import Paper
from jiuliting_desk.model.places import Cadre, ResidentsCommittee
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import FELL_THROUGH, Visit, VisitReason, VisitState
from jiuliting_desk.store import visits as queries
from jiuliting_desk.store.visit_lines import VisitLine, lines
from jiuliting_desk.store.visits import VisitFilter
from jiuliting_desk.ui import labels, visit_words
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.visits.campaign import CampaignView
from jiuliting_desk.ui.pages.visits.columns import columns
from jiuliting_desk.ui.pages.visits.foot import VisitFoot
from jiuliting_desk.ui.pages.visits.series_view import SeriesView
from jiuliting_desk.ui.paper_dialog import ask_about_oldest, print_visits, unsettled_words
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.visit_steps import VisitSteps
from jiuliting_desk.ui.widgets.buttons import Segmented, button, icon_button
from jiuliting_desk.ui.widgets.fields import CheckField, ComboFacet
from jiuliting_desk.ui.widgets.layout import column, wrapping
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label
from jiuliting_desk.ui.widgets.week_grid import GridBlock, GridSlot, WeekGrid

PAPERS = (Paper.FORMS, Paper.SLIPS, Paper.DAY_LIST, Paper.CADRE_LIST, Paper.REMINDERS, Paper.BLANK_FORMS)


class Span(StrEnum):
    """How many days are shown."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class View(StrEnum):
    """What is seen of them."""

    LIST = "list"
    GRID = "grid"
    CAMPAIGN = "campaign"
    SERIES = "series"


class VisitsPage(Page):
    """Visits as a list, as a week, as a sheet to record a campaign day in, and the series that they come from."""

    watches: ClassVar = frozenset(
        {Visit, Elder, Provider, Cadre, ResidentsCommittee, Feedback, FeedbackForm, PrintBatch, Series, VisitReason}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.steps = VisitSteps(session)
        self.first = session.today()
        self._lines: list[VisitLine] = []
        self.span = Segmented([(Span.DAY, self.tr("日")), (Span.WEEK, self.tr("周")), (Span.MONTH, self.tr("月"))])
        self.span.choose(Span.WEEK)
        self.span.chosen.connect(lambda _key: self.show_from(self.first))
        self.view = Segmented(
            [
                (View.LIST, self.tr("名单")),
                (View.GRID, self.tr("周历")),
                (View.CAMPAIGN, self.tr("逐家记录")),
                (View.SERIES, self.tr("定期")),
            ]
        )
        self.view.chosen.connect(lambda _key: self._on_view())
        self._range = label("", "strong")
        self.committee = ComboFacet(self.tr("居委"))
        self.cadre = ComboFacet(self.tr("谁带"))
        self.provider = ComboFacet(self.tr("谁去"))
        for facet in (self.committee, self.cadre, self.provider):
            facet.edited.connect(self._read)
        self.fallen = CheckField(self.tr("也看取消的"))
        self.fallen.edited.connect(self._read)
        self.table: RecordTable[VisitLine] = RecordTable(
            columns(session.today()),
            key=lambda line: line.visit.id,
            bleed=True,
            empty_text=self.tr("这几天没有上门。"),
        )
        self.table.setAccessibleName(self.tr("上门"))
        self.table.current_changed.connect(lambda _line: self._show_foot())
        self.table.selection_changed.connect(lambda _lines: self._show_foot())
        self.table.opened.connect(self._open)
        self.grid = WeekGrid()
        self.grid.allows_drag = True
        self.grid.block_picked.connect(self._on_picked)
        self.grid.chosen_changed.connect(lambda _slot: self._show_foot())
        self.grid.accepted.connect(self.move_to_chosen)
        self.grid.week_wanted.connect(lambda weeks: self.show_from(self.first + timedelta(weeks=weeks)))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        holder = QWidget()
        self._hint = label(self.tr("拖一次上门到新的时间就改过去；也可以选好再点新的时间，按 Enter。"), "cap")
        holder.setLayout(column(self._hint, self.grid, margins=(0, 20, 8, 20)))
        self._stack.addWidget(holder)
        self.campaign = CampaignView(session)
        self._stack.addWidget(self.campaign)
        self.series = SeriesView(session)
        self.series.visit_wanted.connect(lambda visit_id: self.show_record(Ref(Visit, visit_id), ""))
        self._stack.addWidget(self.series)
        self.foot = VisitFoot(session, self.steps, move=self._move)
        self.foot.keyboard_left.connect(self.take_focus)
        self._before = icon_button("chevron-left", self.tr("往前（PageUp）"), lambda: self._turn(-1))
        self._after = icon_button("chevron-right", self.tr("往后（PageDown）"), lambda: self._turn(1))
        self._today = button(self.tr("回到今天"), lambda: self.show_from(session.today()), size="s")
        self.print_button = button(self.tr("打印"), self.print, icon="printer", size="s")
        self.unsettled_button = button("", lambda: ask_about_oldest(session), kind="link", icon="circle-help")
        top = wrapping(
            self.view, self.span, self._before, self._range, self._after, self._today, self.committee, self.cadre,
            self.provider,
            self.fallen, self.print_button, self.unsettled_button, margins=(10, 20, 0, 20),
        )  # fmt: skip
        layout = column(top, self._stack, self.foot, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def keys(self) -> tuple[Key, ...]:
        """Turning the pages, opening; in the sheet recording."""
        if self.view.value() == View.CAMPAIGN:
            return (
                Key(keys="Ctrl+Return", shown_as="Ctrl+Enter", words=self.tr("记下"), run=self.campaign.record),
                Key(keys="Ctrl+Enter", run=self.campaign.record),
                Key(keys="PgDown", shown_as="PageDown", words=self.tr("后一天"), run=lambda: self._turn(1)),
                Key(keys="PgUp", shown_as="PageUp", words=self.tr("前一天"), run=lambda: self._turn(-1)),
            )
        if self.view.value() == View.SERIES:
            return (Key(keys="", shown_as="Enter", words=self.tr("看下一次")),)
        return (
            Key(keys="PgDown", shown_as="PageDown", words=self.tr("往后"), run=lambda: self._turn(1)),
            Key(keys="PgUp", shown_as="PageUp", words=self.tr("往前"), run=lambda: self._turn(-1)),
            Key(keys="Ctrl+P", words=self.tr("打印"), run=self.print),
            Key(keys="", shown_as="Enter", words=self.tr("打开老人资料")),
        )

    # -- reading

    def refresh(self) -> None:
        """Read the filters' choices and the visits anew."""
        store = self.session.store
        self.committee.set_choices([(one.id, one.name) for one in store.all(ResidentsCommittee) if one.active])
        self.cadre.set_choices([(one.id, one.name) for one in store.all(Cadre, order="name") if one.active])
        providers = [(one.id, one.name) for one in store.all(Provider, order="name")]
        self.provider.set_choices(providers)
        waiting = unsettled_words(self.session)
        self.unsettled_button.setText(waiting)
        self.unsettled_button.setVisible(bool(waiting))
        self._read()

    def _days(self) -> tuple[date, date]:
        match self.span.value():
            case Span.DAY:
                return self.first, self.first
            case Span.WEEK:
                monday = monday_of(self.first)
                return monday, monday + timedelta(days=6)
            case _:
                begins = self.first.replace(day=1)
                return begins, add_months(begins, 1) - timedelta(days=1)

    def _choose_next(self) -> None:
        """The first visit from today on that still wants something done; else the first."""
        today = self.session.today()
        ahead = (line for line in self._lines if line.visit.is_open and line.visit.day >= today)
        found = next(ahead, self._lines[0] if self._lines else None)
        if found is not None:
            self.table.choose(found.visit.id)

    def take_focus(self) -> None:
        """The keyboard belongs to what is seen of the visits."""
        if self.view.value() == View.CAMPAIGN:
            self.campaign.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.view.value() == View.SERIES:
            self.series.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self.grid if self.view.value() == View.GRID else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _states(self) -> frozenset[VisitState]:
        if self.fallen.value():
            return frozenset(VisitState)
        if self.view.value() == View.CAMPAIGN:
            return frozenset(VisitState) - {VisitState.CANCELLED}
        return frozenset(VisitState) - FELL_THROUGH

    def _read(self) -> None:
        first, last = self._days()
        only = VisitFilter(
            committee_id=self.committee.value(),
            cadre_id=self.cadre.value(),
            provider_id=self.provider.value(),
            states=self._states(),
        )
        self._lines = lines(self.session.store, queries.between(self.session.store, first, last, only))
        today = self.session.today()
        words = labels.day(first, today=today)
        if last != first:
            words = f"{labels.month_day(first)}—{labels.month_day(last)}"
        self._range.setText(self.tr("{days}　{count} 次").format(days=words, count=len(self._lines)))
        self.table.set_rows(self._lines)
        if self.table.current() is None:
            self._choose_next()
        self._show()

    def _on_view(self) -> None:
        if self.view.value() == View.CAMPAIGN:
            self.span.choose(Span.DAY)
        self._read()
        if self.view.value() == View.CAMPAIGN:
            self.campaign.begin()
        self.keys_changed.emit()

    def _show(self) -> None:
        view = View(str(self.view.value()))
        self._stack.setCurrentIndex(list(View).index(view))
        if view is View.GRID:
            self._show_grid()
        elif view is View.CAMPAIGN:
            self.campaign.show_lines(self._lines)
        elif view is View.SERIES:
            self.series.refresh()
        has_days = view is not View.SERIES
        for part in (
            self.span, self._before, self._range, self._after, self._today, self.committee, self.cadre, self.provider,
            self.fallen, self.print_button,
        ):  # fmt: skip
            part.setVisible(has_days)
        self.foot.setVisible(view in {View.LIST, View.GRID})
        self._show_foot()

    def _show_grid(self) -> None:
        monday = monday_of(self.first)
        line = self.table.current()
        chosen = None
        if line is not None:
            visit = line.visit
            chosen = GridSlot(day=visit.day, starts=visit.starts, minutes=visit.minutes, words=line.name)
        self.grid.show_week(
            monday=monday,
            today=self.session.today(),
            opens=8 * 60,
            closes=19 * 60,
            minutes=line.visit.minutes if line is not None else 60,
            blocks=[
                GridBlock(
                    day=one.visit.day,
                    starts=one.visit.starts,
                    ends=one.visit.ends,
                    kind="booked",
                    title=one.name,
                    second=visit_words.people(one),
                    key=one.visit.id,
                )
                for one in self._lines
                if line is None or one.visit.id != line.visit.id
            ],
            slots=(),
            chosen=chosen,
        )

    def show_from(self, day: date) -> None:
        """Show the span that a day lies in."""
        self.first = day
        self._read()

    def _turn(self, steps: int) -> None:
        match self.span.value():
            case Span.DAY:
                self.show_from(self.first + timedelta(days=steps))
            case Span.WEEK:
                self.show_from(self.first + timedelta(weeks=steps))
            case _:
                self.show_from(add_months(self.first.replace(day=1), steps))

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """A visit, on its day; or a series."""
        if ref is not None and ref.record_class is Series:
            self.view.choose(View.SERIES)
            self._on_view()
            self.series.table.choose(ref.record_id)
        if ref is not None and ref.record_class is Visit:
            visit = self.session.store.find(Visit, ref.record_id)
            if visit is not None:
                if visit.state in FELL_THROUGH:
                    self.fallen.set_value(True)
                if self.view.value() == View.SERIES:
                    self.view.choose(View.LIST)
                self.show_from(visit.day)
                self.table.choose(visit.id)

    # -- doing

    def print(self) -> None:
        """Forms, slips or a list of what is chosen, or of all that is listed."""
        chosen = [line.visit.id for line in self.table.selected()]
        print_visits(self.session, papers=PAPERS, listed=[line.visit.id for line in self._lines], chosen=chosen)

    def _open(self, line: VisitLine) -> None:
        self.session.goto("elders", Ref(Elder, line.visit.elder_id))

    def _step(self, name: str) -> None:
        line = self.table.current()
        if line is not None:
            getattr(self.steps, name)(line.visit.id)

    def _move(self) -> None:
        if self._pending() is not None:
            self.move_to_chosen()
        else:
            self._step("move")

    def _on_picked(self, visit_id: int) -> None:
        self.table.choose(visit_id)
        self._show_grid()

    def _pending(self) -> GridSlot | None:
        """A time chosen in the week that is not yet the visit's."""
        line, slot = self.table.current(), self.grid.chosen
        if self.view.value() != View.GRID or line is None or slot is None or line.visit.state is not VisitState.PLANNED:
            return None
        return None if (slot.day, slot.starts) == (line.visit.day, line.visit.starts) else slot

    def move_to_chosen(self) -> None:
        """Move the visit to the time chosen in the week."""
        line, slot = self.table.current(), self._pending()
        if line is not None and slot is not None:
            self.steps.move_to(line.visit.id, slot.day, slot.starts)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the week moves the visit there."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.grid.hasFocus():
            self.move_to_chosen()
        else:
            super().keyPressEvent(event)

    def _show_foot(self) -> None:
        self.foot.show_visits(self.table.current(), self.table.selected(), self._pending())
