"""反馈: what the elder said of each visit, and what came of a low score."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.store import visits
from jiuliting_desk.store.visit_lines import VisitLine, lines
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.elders import words
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.lines import Line, LineList

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One evaluation with its visit and the follow-up that it opened."""

    line: VisitLine
    feedback: Feedback
    follow_up: FollowUp | None


class FeedbackTab(QWidget):
    """Enter opens the form where its page is there."""

    visit_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._low = 0
        self.lines: LineList[Told] = LineList(self._line, key=lambda told: told.feedback.id)
        self.lines.setAccessibleName(self.tr("反馈"))
        self.empty = Empty(self.tr("还没有收到反馈表。"), icon="clipboard-pen-line")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.lines, 1)
        self.lines.opened.connect(lambda told: self.visit_wanted.emit(told.line.visit.id))

    def show_elder(self, elder: Elder) -> None:
        """Show the elder's evaluations, the latest visit first."""
        store = self._session.store
        self._low = number_setting(store, "low_score")
        found = lines(store, visits.of_elder(store, elder.id, limit=MOST))
        answers = store.where(Feedback, visit_id=[line.visit.id for line in found])
        by_visit = {answer.visit_id: answer for answer in answers}
        follow_ups = {each.visit_id: each for each in store.where(FollowUp, elder_id=elder.id)}
        told = [
            Told(line=line, feedback=by_visit[line.visit.id], follow_up=follow_ups.get(line.visit.id))
            for line in found
            if line.visit.id in by_visit
        ]
        self.lines.set_rows(told)
        self.lines.setVisible(bool(told))
        self.empty.setVisible(not told)

    def _line(self, told: Told) -> Line:
        line, feedback = told.line, told.feedback
        is_low = 0 < line.lowest <= self._low
        day = labels.day(line.visit.day, today=self._session.today())
        what = "、".join(line.categories)
        said = feedback.words or feedback.unanswered_reason or feedback.report or feedback.remarks
        return Line(
            title=words.score(line.lowest) if line.lowest else self.tr("没打分"),
            after=f"{day}　{what}·{'、'.join(line.providers)}",
            second=said or self.tr("没写意见"),
            icon="star",
            icon_tone="bad" if is_low else "ink2",
            tone="bad" if is_low else "ink",
            chips=self._chips(told),
        )

    def _chips(self, told: Told) -> tuple[Chip, ...]:
        found = []
        if told.feedback.same_person:
            found.append(Chip(self.tr("还要这个人来"), "ok", "repeat"))
        if told.feedback.other_person:
            found.append(Chip(self.tr("不要这个人来"), "bad", "user-x"))
        follow_up = told.follow_up
        if follow_up is not None and follow_up.closed_on is not None:
            done = self.tr("{day} 已回访：{outcome}").format(
                day=labels.month_day(follow_up.closed_on), outcome=follow_up.outcome
            )
            found.append(Chip(done, "ok", "circle-check"))
        elif follow_up is not None:
            due = self.tr("{day} 前要回访").format(day=labels.month_day(follow_up.due_on))
            found.append(Chip(due, "warn", "phone-call"))
        return tuple(found)
