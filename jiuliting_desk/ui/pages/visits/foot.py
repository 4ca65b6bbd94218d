"""The foot of the list of visits: what can be done to the chosen ones."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from jiuliting_desk.actions.visits import Outcome, finish_visits
from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.visits import FELL_THROUGH, Visit, VisitState
from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui import labels, visit_words
from jiuliting_desk.ui.booking_dialog import BookingDialog, draft_of
from jiuliting_desk.ui.follow_up_steps import FollowUpSteps
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.visit_steps import VisitSteps
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import column, wrapping
from jiuliting_desk.ui.widgets.text import Elide
from jiuliting_desk.ui.widgets.week_grid import GridSlot


class VisitFoot(QFrame):
    """Buttons that fit the state of the visit, or of several."""

    keyboard_left = Signal()
    """The button that had the keyboard has gone."""

    def __init__(self, session: Session, steps: VisitSteps, *, move: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("surface", "foot")
        self._session = session
        self._steps = steps
        self._follow_ups = FollowUpSteps(session)
        self._line: VisitLine | None = None
        self._lines: Sequence[VisitLine] = ()
        self._chosen = Elide("", "strong")
        self.remind_button = button(self.tr("已打电话提醒"), lambda: self._step("remind"), icon="phone")
        self.agree_button = button(self.tr("志愿者答应了"), lambda: self._step("confirm"), icon="check")
        self.begin_button = button(self.tr("开始了"), lambda: self._step("begin"), icon="play")
        self.done_button = button(self.tr("做好了"), self._finish, kind="strong", icon="circle-check")
        self.form_button = button(self.tr("录反馈"), self._to_form, icon="clipboard-pen-line")
        self.move_button = button(self.tr("改期"), move)
        self.change_button = button(self.tr("改预约"), self._change, icon="pencil")
        self.series_button = button(self.tr("定期…"), self._repeat, icon="repeat")
        self.home_button = button(self.tr("家里没人"), lambda: self._fall(VisitState.NOT_HOME))
        self.absent_button = button(self.tr("志愿者没来"), lambda: self._fall(VisitState.NO_SHOW))
        self.cancel_button = button(self.tr("取消上门"), lambda: self._fall(VisitState.CANCELLED))
        self.again_button = button(self.tr("还是要去"), lambda: self._step("reinstate"), icon="undo-2")
        self.follow_button = button(self.tr("列入回访"), self._follow_up, icon="circle-alert")
        buttons = wrapping(
            self.remind_button, self.agree_button, self.begin_button, self.done_button, self.form_button,
            self.move_button, self.change_button, self.series_button, self.home_button, self.absent_button,
            self.cancel_button, self.again_button, self.follow_button, gap=6,
        )  # fmt: skip
        self.setLayout(column(self._chosen, buttons, margins=(8, 20), gap=6))

    def show_visits(self, line: VisitLine | None, chosen: Sequence[VisitLine], pending: GridSlot | None) -> None:
        """Fit the buttons to the current visit, to several chosen, and to a time chosen in the week."""
        self._line, self._lines = line, chosen
        held = self.window().focusWidget()
        had_keyboard = held is not None and self.isAncestorOf(held)
        visit = line.visit if line is not None else None
        today = self._session.today()
        is_planned = visit is not None and visit.state is VisitState.PLANNED
        is_open = visit is not None and visit.is_open
        is_due = visit is not None and visit.is_open and visit.day <= today
        is_done = visit is not None and visit.state is VisitState.DONE
        still_open = sum(one.visit.is_open for one in chosen)
        several = still_open > 1
        words = "" if line is None else f"{line.name}　{visit_words.services(line)}　{visit_words.times(line.visit)}"
        self._chosen.setText(self.tr("选中 {count} 次上门").format(count=len(chosen)) if several else words)
        self.remind_button.setVisible(is_planned and visit is not None and visit.reminded_at is None)
        self.agree_button.setVisible(is_planned and visit is not None and visit.awaits_answer)
        self.begin_button.setVisible(is_planned and is_due)
        self.done_button.setVisible(is_due or is_done)
        words = self.tr("改上门记录") if is_done else self.tr("做好了")
        self.done_button.setText(self.tr("{count} 次都做好了").format(count=still_open) if several else words)
        self.form_button.setVisible(is_due or is_done)
        is_entered = line is not None and line.is_evaluated
        self.form_button.setText(self.tr("看反馈") if is_entered else self.tr("录反馈"))
        self.move_button.setVisible(is_planned)
        words = self.tr("改期")
        if pending is not None:
            when = f"{labels.month_day(pending.day)} {time_text(pending.starts)}"
            words = self.tr("改到 {when}").format(when=when)
        self.move_button.setText(words)
        self.change_button.setVisible(is_planned)
        self.series_button.setVisible(is_planned and visit is not None and visit.series_id is None)
        self.home_button.setVisible(is_due)
        self.absent_button.setVisible(is_due)
        self.cancel_button.setVisible(is_open)
        self.again_button.setVisible(visit is not None and visit.state in FELL_THROUGH)
        self.follow_button.setVisible(visit is not None and not is_planned)
        if had_keyboard and held is not None and not held.isVisibleTo(self):
            self.keyboard_left.emit()

    # -- doing

    def _step(self, name: str) -> None:
        if self._line is not None:
            getattr(self._steps, name)(self._line.visit.id)

    def _fall(self, state: VisitState) -> None:
        if self._line is not None:
            self._steps.fall_through(self._line.visit.id, state, self._line.name)

    def _finish(self) -> None:
        """One visit with its details; several as planned, in one step."""
        chosen = [line for line in self._lines if line.visit.is_open]
        if len(chosen) > 1:
            outcomes = [Outcome(visit_id=line.visit.id, led_in=line.visit.cadre_id is not None) for line in chosen]
            self._session.perform(finish_visits, outcomes=outcomes)
        else:
            self._step("finish")

    def _change(self) -> None:
        """Other services, people, cadre, time or notes."""
        if self._line is not None:
            self._session.dialogs.show(BookingDialog(self._session, draft_of(self._line.visit)))

    def _repeat(self) -> None:
        """A series that begins with this visit."""
        if self._line is not None:
            draft = draft_of(self._line.visit, begins_series=True)
            self._session.dialogs.show(BookingDialog(self._session, draft))

    def _follow_up(self) -> None:
        if self._line is not None:
            visit = self._line.visit
            self._follow_ups.open_new(visit.elder_id, visit_id=visit.id)

    def _to_form(self) -> None:
        if self._line is not None and "feedback" in self._session.page_keys:
            self._session.goto("feedback", Ref(Visit, self._line.visit.id))
