"""The right side's last part: where more help would bring most, and what would be if something were otherwise."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from jiuliting_desk.actions import matching_outlook
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.matching_outlook import NextMonth
from jiuliting_desk.matching.advice import Advice, AdviceKind, Assumed
from jiuliting_desk.matching.changes import Change
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.what_if import Outcome
from jiuliting_desk.model.needs import Urgency
from jiuliting_desk.ui.jobs import Cancelled, Progress
from jiuliting_desk.ui.pages.matching.supposing import SupposeDialog
from jiuliting_desk.ui.pages.matching.ways import need_words
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import column, row, surface, wrapping
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import label


class Sort(StrEnum):
    """What a line is."""

    HEADING = "heading"
    ADVICE = "advice"
    GAINED = "gained"
    LOST = "lost"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line: a heading, a piece of advice, or a need that a supposed plan serves otherwise."""

    key: str
    sort: Sort
    title: str
    second: str = ""
    right: str = ""
    advice: Advice | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Advised:
    """Advice, and what it is about."""

    inputs: Inputs
    plan: Plan
    advice: tuple[Advice, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """A supposed plan, and beside which it stands."""

    inputs: Inputs
    plan: Plan
    title: str
    outcome: Outcome
    month: NextMonth | None


ICONS: dict[Sort, tuple[str, str]] = {
    Sort.ADVICE: ("lightbulb", "info"),
    Sort.GAINED: ("circle-check", "ok"),
    Sort.LOST: ("circle-slash", "bad"),
    Sort.MOVED: ("arrow-up-down", "warn"),
}
MOST_TOLD = 200


def _urgent(inputs: Inputs, needs: Iterable[int]) -> int:
    return sum(inputs.needs[need].urgency in {Urgency.HIGH, Urgency.URGENT} for need in needs)


class TryingSide(QWidget):
    """Advice is worked out when the part is looked at; nothing here is ever written."""

    register_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._inputs: Inputs | None = None
        self._plan: Plan | None = None
        self._month: NextMonth | None = None
        self._advised: Plan | None = None
        """The plan that the advice shown was worked out for."""
        self.assumed = Assumed()
        self.outcome: Outcome | None = None
        self.lines = LineList[Told](self._line, key=lambda told: told.key)
        self.lines.setAccessibleName(self.tr("试一试"))
        self.lines.opened.connect(lambda _told: self.try_current())
        self.lines.current_changed.connect(lambda _told: self._tell())
        self.empty = Empty("", icon="lightbulb")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.lines)
        self.stack.addWidget(self.empty)
        self.suppose_button = button(self.tr("如果…"), self._open_menu, icon="circle-help", size="s")
        self.back_button = button(self.tr("回到建议"), self.show_advice, kind="link", size="s")
        self.try_button = button(self.tr("试一试"), self.try_current, kind="strong", icon="refresh-cw")
        self.note_button = button(self.tr("抄下招募的话"), self.copy_note, icon="copy")
        self.register_button = button(self.tr("登记新人"), self.register_wanted.emit, icon="user-plus")
        note = label(self.tr("只是试算，什么都不写，方案也不动。"), "sub", wrap=True)
        head = row(note, self.back_button, self.suppose_button, margins=(6, 16, 8, 16))
        head.setStretchFactor(note, 1)
        self.whole = label("", "cap", wrap=True)
        """The advice that the keyboard is on: its line has room for the beginning only."""
        buttons = wrapping(self.try_button, self.note_button, self.register_button, gap=6)
        self.foot = surface("foot", column(self.whole, buttons, margins=(10, 16), gap=6))
        self.setLayout(column(head, self.stack, self.foot, gap=0))
        self._say_nothing(self.tr("方案排好以后，这里告诉您缺什么人。"))

    # -- what it is about

    def set_plan(self, inputs: Inputs, plan: Plan, month: NextMonth | None) -> None:
        """Another plan stands: what was told of the one before is let go."""
        self._inputs, self._plan, self._month = inputs, plan, month
        self.outcome = None
        if self.isVisible():
            self.show_advice()

    def show_advice(self) -> None:
        """Work out the advice in a job, unless it is known already."""
        inputs, plan, assumed = self._inputs, self._plan, self.assumed
        self.outcome = None
        if inputs is None or plan is None:
            return
        self._advised = plan
        if not plan.unserved:
            self._say_nothing(self.tr("每一条需求都有人去，不缺人。"))
            return
        self._say_nothing(self.tr("正在算缺什么人…"))

        def work(progress: Progress) -> _Advised:
            return _Advised(inputs, plan, matching_outlook.advice_for(plan, assumed=assumed, progress=progress))

        self.session.run_job(
            work,
            title=self.tr("算缺什么人"),
            may_be_cut=True,
            on_done=self._on_advised,
            on_cancelled=self._on_cancelled,
        )

    def _on_advised(self, found: _Advised) -> None:
        if found.plan is self._plan and self.outcome is None:
            self._show_all(found.inputs, found.advice)

    def _on_cancelled(self) -> None:
        self._advised = None
        self._say_nothing(self.tr("停下了，没算完。点“试一试”再算。"))

    def _show_all(self, inputs: Inputs, found: Sequence[Advice]) -> None:
        rows: list[Told] = []
        recruits = [advice for advice in found if advice.kind is AdviceKind.RECRUIT]
        others = [advice for advice in found if advice.kind is not AdviceKind.RECRUIT]
        for title, note, part in (
            (self.tr("招人"), self.tr("一位接一位，加起来算"), recruits),
            (self.tr("现有的人"), self.tr("各算各的"), others),
        ):
            if part:
                rows.append(Told(key=title, sort=Sort.HEADING, title=title, second=note))
            rows.extend(self._advised_line(inputs, at, advice) for at, advice in enumerate(part))
        if rows:
            self._show(rows)
        else:
            self._say_nothing(self.tr("再多一位、多给一点时间也帮不上：看看左边每一条写的原因。"))

    def _advised_line(self, inputs: Inputs, at: int, advice: Advice) -> Told:
        names = self.tr("、").join(need_words(inputs, need) for need in advice.needs[:2])
        more = self.tr("等") if len(advice.needs) > 2 else ""
        return Told(
            key=f"{advice.kind.value}{advice.provider}{at}",
            sort=Sort.ADVICE,
            title=matching_outlook.advice_text(inputs, advice),
            second=self.tr("{assumed}：{names}{more}").format(
                assumed=matching_outlook.advice_assumes(inputs, advice), names=names, more=more
            ),
            right=self.tr("多 {count} 条").format(count=len(advice.needs)),
            advice=advice,
        )

    # -- supposing

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for text, run in self.suppositions():
            menu.addAction(text, run)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.suppose_button.mapToGlobal(QPoint(0, self.suppose_button.height())))

    def suppositions(self) -> list[tuple[str, Callable[[], object]]]:
        """What can be supposed: words and what they begin."""
        return [
            (self.tr("多一位志愿者…"), partial(self._suppose, "more")),
            (self.tr("有人不做了…"), partial(self._suppose, "stops")),
            (self.tr("证书到期没换…"), partial(self._suppose, "lapses")),
            (self._later(), self.try_next_month),
        ]

    def _suppose(self, what: str) -> None:
        if self._inputs is None or self._plan is None:
            return
        dialog = SupposeDialog(self._inputs, what, self.assumed, parent=self.window())
        dialog.supposed.connect(self._on_supposed)
        self.session.dialogs.show(dialog)

    def _on_supposed(self, changes: tuple[Change, ...], title: str, assumed: Assumed) -> None:
        self.assumed = assumed
        self.try_out(changes, title)

    def try_current(self) -> None:
        """Plan again as if the advice that the keyboard is on were followed."""
        told, plan = self.lines.current(), self._plan
        if told is not None and told.advice is not None and plan is not None:
            advice = told.advice
            self._run(told.title, lambda stop: matching_outlook.try_advice(plan, advice, stop=stop))

    def try_out(self, changes: tuple[Change, ...], title: str) -> None:
        """Plan again as if these changes held, in a job."""
        plan = self._plan
        if plan is not None:
            self._run(title, lambda stop: matching_outlook.try_out(plan, changes, stop=stop))

    def _later(self) -> str:
        return self.tr("排到 {month} 月").format(month=self._month.first.month) if self._month is not None else ""

    def try_next_month(self) -> None:
        """Who of those left out could be served in the month after the planned one."""
        plan, month = self._plan, self._month
        if plan is not None and month is not None:
            self._run(
                self._later(), lambda stop: matching_outlook.planned_next_month(plan, month, stop=stop), month=month
            )

    def _run(
        self, title: str, solve: Callable[[Callable[[], bool]], Outcome], *, month: NextMonth | None = None
    ) -> None:
        inputs, plan = self._inputs, self._plan
        assert inputs is not None
        assert plan is not None

        def work(progress: Progress) -> _Tried:
            def is_stopped() -> bool:
                try:
                    progress(0, 0)
                except Cancelled:
                    return True
                return False

            outcome = solve(is_stopped)
            # Stopped half way it would look as if nothing more could be had.
            progress(0, 0)
            return _Tried(inputs, plan, title, outcome, month)

        self._say_nothing(self.tr("正在试算…"))
        self.session.run_job(
            work,
            title=self.tr("试算“{title}”").format(title=title),
            may_be_cut=True,
            on_done=self._on_tried,
            on_cancelled=self._on_cancelled,
        )

    def _on_tried(self, found: _Tried) -> None:
        if found.plan is self._plan:
            self.show_outcome(found.inputs, found.title, found.outcome, month=found.month)

    def _worth(self, inputs: Inputs, outcome: Outcome) -> tuple[str, ...]:
        after = [line.need for line in outcome.plan.lines]
        before = {*after, *outcome.difference.lost} - {*outcome.difference.gained}
        words = self.tr("排得进 {before} → {after} 条，其中急的 {old} → {new} 条")
        urgent = {"old": _urgent(inputs, before), "new": _urgent(inputs, after)}
        return (words.format(before=len(before), after=len(after), **urgent),)

    def _worth_of(self, inputs: Inputs, outcome: Outcome, month: NextMonth) -> tuple[str, ...]:
        """Next month has another base than the plan: those left out now, and what comes back."""
        told = outcome.difference
        words = self.tr("{now}排不进的，{month} 月排得进 {count} 条，其中急的 {urgent} 条")
        kept = told.lines_before - len(told.lost) - len(told.moved)
        return (
            words.format(
                now=inputs.situation.month_name,
                month=month.first.month,
                count=len(told.gained),
                urgent=_urgent(inputs, told.gained),
            ),
            self.tr("方案里要重复去的 {kept} 条照常去").format(kept=kept),
        )

    def show_outcome(self, inputs: Inputs, title: str, outcome: Outcome, *, month: NextMonth | None = None) -> None:
        """Show the supposed plan, or that of next month, beside the one that is: what is gained, lost and moved."""
        self.outcome = outcome
        told = outcome.difference
        names = {provider.id: provider.name for provider in inputs.providers.values()}
        new_name = self.tr("新来的一位")
        after = {line.need: names.get(line.provider, new_name) for line in outcome.plan.lines}
        worth = self._worth(inputs, outcome) if month is None else self._worth_of(inputs, outcome, month)
        rows = [
            Told(key="title", sort=Sort.HEADING, title=title),
            *(Told(key=f"worth{at}", sort=Sort.HEADING, title="", second=text) for at, text in enumerate(worth)),
        ]
        parts: tuple[tuple[Sort, str, Sequence[int]], ...] = (
            (Sort.GAINED, self.tr("多排进的"), told.gained),
            (Sort.LOST, self.tr("排不进了的"), told.lost),
            (Sort.MOVED, self.tr("换了人的"), [moved.need for moved in told.moved]),
        )
        before = {moved.need: names.get(moved.before, "") for moved in told.moved}
        for sort, words, needs in parts:
            if needs:
                heading = self.tr("{words}　{count} 条").format(words=words, count=len(needs))
                rows.append(Told(key=f"{sort.value}s", sort=Sort.HEADING, title=heading))
            for need in needs[:MOST_TOLD]:
                who = after.get(need, "")
                arrow = self.tr("{before} → {after}").format(before=before[need], after=who) if need in before else who
                rows.append(Told(key=f"{sort.value}{need}", sort=sort, title=need_words(inputs, need), right=arrow))
        if not any(needs for _, _, needs in parts):
            rows.append(Told(key="same", sort=Sort.HEADING, title=self.tr("和现在的方案一样。")))
        self._show(rows)

    # -- showing

    def _show(self, rows: Sequence[Told]) -> None:
        # The button that was pressed stood in for the list while there was none.
        is_here = self._has_keyboard()
        self.stack.setCurrentWidget(self.lines)
        self.lines.set_rows(rows)
        self.lines.verticalScrollBar().setValue(0)
        if self.lines.current() is None:
            self.lines.choose_first()
        self._tell()
        if is_here:
            waits = self.lines if self.lines.current() is not None else self.back_button
            waits.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_nothing(self, text: str) -> None:
        if self._has_keyboard():
            # What has the keyboard goes: Qt would hand it to the rail.
            self.suppose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.lines.set_rows([])
        self.empty.say(text)
        self.stack.setCurrentWidget(self.empty)
        self._tell()

    def _has_keyboard(self) -> bool:
        there = self.window().focusWidget()
        return self.isVisible() and there is not None and self.isAncestorOf(there)

    def _tell(self) -> None:
        told = self.lines.current()
        advice = None if told is None else told.advice
        is_recruit = advice is not None and advice.kind is AdviceKind.RECRUIT
        self.back_button.setVisible(self.outcome is not None)
        self.foot.setVisible(advice is not None)
        self.whole.setText("" if told is None else told.title)
        self.note_button.setVisible(is_recruit)
        self.register_button.setVisible(is_recruit)

    def _line(self, told: Told) -> Line:
        if told.sort is Sort.HEADING:
            return Line(title=told.title, after=told.second, is_heading=True)
        icon, tone = ICONS[told.sort]
        return Line(
            title=told.title,
            icon=icon,
            icon_tone=tone,
            second=told.second,
            right=told.right,
            right_tone="ok" if told.sort is Sort.ADVICE else "ink2",
        )

    def copy_note(self) -> None:
        """Put a note for recruiting on the clipboard; no elder is named in it."""
        told = self.lines.current()
        if told is not None and told.advice is not None and self._inputs is not None:
            QGuiApplication.clipboard().setText(matching_outlook.recruiting_note(self._inputs, told.advice))
            self.session.say(self.tr("已抄下招募的话，可以贴到通知里。"))

    def showEvent(self, event: Any) -> None:
        """Looked at: the advice is worked out unless something is shown already."""
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """Work out the advice for the plan that stands, unless that was done or something supposed is shown."""
        if self.outcome is None and self._plan is not None and self._advised is not self._plan:
            self.show_advice()
