"""怎么排: how much each reason counts and which rules hold, with a live look at what a change would do."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from jiuliting_desk.actions import matching, matching_outlook
from jiuliting_desk.actions.matching import Inputs, rank_need
from jiuliting_desk.actions.matching_settings import match_settings
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.matching.plan import Effort, Plan
from jiuliting_desk.matching.terms import Rule, Term
from jiuliting_desk.matching.what_if import Difference, Outcome
from jiuliting_desk.model.settings import SETTINGS
from jiuliting_desk.store.matching_rows import WaitingNeed
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.jobs import Cancelled, Job, Progress
from jiuliting_desk.ui.pages.matching.run import SECONDS
from jiuliting_desk.ui.pages.matching.ways import LOST_NAMED, need_words
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import CheckField, NumberField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, scrolled
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import label

LOOK_AFTER_MS = 150
PLAN_AFTER_MS = 500
NEEDS_LOOKED_AT = 60
CANDIDATES_SHOWN = 12
STEP = 10
HOMES_KEY = "homes_per_half_day"


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate's place after the change, and before (0: was not one)."""

    provider: int
    name: str
    after: int
    before: int
    points: int


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """What a trial found; ``number`` tells whether it is still the one that was asked for."""

    number: int
    effort: Effort
    outcome: Outcome


class WeightsDialog(WindowDialog):
    """Numbers and ticks at the left, the current need's candidates at the right, moving as one types."""

    def __init__(
        self,
        session: Session,
        inputs: Inputs,
        need: WaitingNeed | None,
        *,
        plan: Plan | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("怎么排"), width=820, parent=parent)
        self.session = session
        self.inputs = inputs
        self.need = need
        self.plan = plan
        self._without = matching_outlook.without_candidates(inputs)
        self._trial: Job | None = None
        self._effort = Effort.GENTLE
        session.jobs.started.connect(self._on_job_started)
        self._tried: dict[str, int] = {}
        """The settings that the last trial is about."""
        self._said = ""
        """What it has told so far."""
        self._number = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PLAN_AFTER_MS)
        self._later.timeout.connect(self.look_at_plan)
        self._before = match_settings(session.store)
        self.numbers: dict[str, NumberField] = {}
        self.ticks: dict[str, CheckField] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_AFTER_MS)
        self._soon.timeout.connect(self.look)
        settings = self._settings_part()
        area = scrolled(settings)
        area.setMinimumWidth(settings.sizeHint().width() + theme.px(16))
        columns = row(area, hairline("v"), self._preview_part(), gap=20)
        columns.setStretch(2, 1)
        self.body.addLayout(columns)
        self.save_button = button(self.tr("按这样排"), self.save, kind="primary", size="l")
        self.foot.addWidget(button(self.tr("不改"), self.reject, size="l"))
        self.foot.addWidget(button(self.tr("恢复原来的数"), self.restore, kind="link"))
        self.foot.addStretch(1)
        self.foot.addWidget(self.save_button)
        self.look()
        # The keyboard begins here: what is typed takes the number's place.
        next(iter(self.numbers.values())).selectAll()
        if parent is not None:
            # Low screens with large type: the settings scroll, the buttons stay on the screen.
            wanted = settings.sizeHint().height() + self.sizeHint().height() - area.sizeHint().height()
            self.resize(min(self.sizeHint().width(), parent.width()), min(wanted, parent.height() - theme.px(40)))

    def _settings_part(self) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        terms = {term: row.label for row in self.inputs.situation.weights.terms for term in (row.term,)}
        for term in Term:
            if term is not Term.BASE:
                self._add_number(grid, f"match_{term.value}", terms[term], self.tr("分"))
        limits = QGridLayout()
        limits.setHorizontalSpacing(theme.px(12))
        limits.setVerticalSpacing(theme.px(6))
        self._add_number(limits, "lasting_elders", self.tr("一位志愿者最多结对"), self.tr("位老人"))
        self._add_number(limits, HOMES_KEY, self.tr("志愿者半天最多去"), self.tr("家"))
        ticks = QGridLayout()
        ticks.setHorizontalSpacing(theme.px(12))
        ticks.setVerticalSpacing(theme.px(4))
        for rule in Rule:
            key = f"rule_{rule.value}"
            if key in SETTINGS:
                at = len(self.ticks)
                made = CheckField(self.inputs.situation.rules.label(rule))
                made.setChecked(bool(self._before[key]))
                made.edited.connect(self._soon.start)
                self.ticks[key] = made
                ticks.addWidget(made, at // 2, at % 2)
        made_part = QWidget()
        made_part.setLayout(
            column(
                label(self.tr("每条理由最多加几分"), "h3"), grid, 8,
                label(self.tr("这些情况不排（打勾的）"), "h3"), ticks, 8, limits, STRETCH, margins=(4, 8, 4, 0), gap=6,
            )
        )  # fmt: skip
        return made_part

    def _add_number(self, grid: QGridLayout, key: str, words: str, unit: str) -> None:
        spec = SETTINGS[key]
        made = NumberField(spec.lowest or 0, spec.highest or 1000, unit=unit)
        made.set_value(self._before[key])
        made.setSingleStep(STEP if key.startswith("match_") else 1)
        made.setAccessibleName(words)
        made.edited.connect(self._soon.start)
        self.numbers[key] = made
        line = grid.rowCount()
        named = label(words, "field")
        named.setBuddy(made)
        grid.addWidget(named, line, 0)
        grid.addWidget(made, line, 1)

    def _preview_part(self) -> QWidget:
        self.effect = label("", "strong", wrap=True)
        self.plan_effect = label("", "sub", wrap=True)
        self.lines = LineList[Place](self._line, key=lambda place: place.provider)
        self.lines.setAccessibleName(self.tr("改了以后谁能去"))
        self.lines.setMinimumHeight(theme.px(220))
        title = self.tr("改了以后会怎样")
        if self.need is not None:
            category = self.inputs.categories[self.need.category_id].name
            title = self.tr("改了以后：{elder}　{category}").format(elder=self.need.elder, category=category)
        made = QWidget()
        made.setLayout(column(label(title, "h3"), self.lines, self.effect, self.plan_effect, gap=8))
        return made

    def values(self) -> dict[str, int]:
        """The settings as they stand in the window."""
        numbers = {key: field.value() for key, field in self.numbers.items()}
        return self._before | numbers | {key: int(field.value()) for key, field in self.ticks.items()}

    def look(self) -> None:
        """Show what the settings in the window would do."""
        after = matching.with_settings(self.inputs, self.values())
        if self.need is not None:
            old = [found.provider for found in rank_need(self.inputs, self.need.id).candidates]
            new = rank_need(after, self.need.id).candidates[:CANDIDATES_SHOWN]
            self.lines.set_rows(
                [
                    Place(
                        found.provider, found.name, at,
                        old.index(found.provider) + 1 if found.provider in old else 0, found.quality,
                    )
                    for at, found in enumerate(new, start=1)
                ]
            )  # fmt: skip
        changed = matching.changed_firsts(self.inputs, after, most=NEEDS_LOOKED_AT)
        looked_at = min(len(self.inputs.rows), NEEDS_LOOKED_AT)
        text = self.tr("等得最久的 {all} 条需求里，{count} 条的第一位会换人。").format(
            all=looked_at, count=len(changed)
        )
        without = matching_outlook.without_candidates(after)
        if without != self._without:
            # Not the page's count, which leaves out also those who have no time left.
            words = self.tr("全部 {all} 条里，照规则谁都不能去的 {before} → {after} 条（不看有没有时间）。")
            text += "\n" + words.format(all=len(self.inputs.rows), before=self._without, after=without)
        if self.need is not None and not self.lines.rows():
            text = self.tr("{elder}这一条谁都不能去，分数怎么改都一样。").format(elder=self.need.elder) + "\n" + text
        self.effect.setText(text)
        self.plan_effect.setText(self._said if self.values() == self._tried else "")
        self._later.start()
        self.save_button.setEnabled(self.values() != self._before)
        self.save_button.setToolTip("" if self.save_button.isEnabled() else self.tr("还没有改动"))

    def look_at_plan(self) -> None:
        """Plan again under the settings in the window, in a job, and say what would be otherwise."""
        values = self.values()
        if self._trial is not None and values == self._tried:
            return
        self._stop_trial()
        if self.plan is not None and values != self._before:
            self._tried = values
            self._say(self.tr("正在试排整体方案…"))
            self._try(self.plan, Effort.GENTLE)

    def _try(self, plan: Plan, effort: Effort) -> None:
        inputs, values, number = self.inputs, self._tried, self._number
        self._effort = effort

        def work(progress: Progress) -> _Trial:
            def is_stopped() -> bool:
                try:
                    progress(0, 0)
                except Cancelled:
                    return True
                return False

            after = matching.with_settings(inputs, values)
            found = matching_outlook.planned_under(plan, after, effort=effort, seconds=SECONDS, stop=is_stopped)
            return _Trial(number, effort, found)

        self._trial = self.session.run_job(
            work, title=self.tr("试排整体方案"), may_be_cut=True, on_done=self._on_planned
        )

    def _stop_trial(self) -> None:
        """End the trial that goes on; what it still finds is let go."""
        self._number += 1
        if self._trial is not None:
            self._trial.cancel()
            self._trial = None

    def _on_job_started(self, job: Job) -> None:
        # Jobs run one after another: a backup, say, does not wait for what planning everything anew would change.
        if self._trial is not None and job is not self._trial and self._effort is Effort.THOROUGH:
            self._stop_trial()

    def _on_planned(self, found: _Trial) -> None:
        if found.number != self._number:
            return
        self._trial = None
        if self.values() != self._tried:
            return
        told = found.outcome.difference
        if found.effort is Effort.GENTLE:
            self._say(self._planned(told))
            self._try(found.outcome.plan, Effort.THOROUGH)
            return
        count = len(told.gained) + len(told.lost) + len(told.moved)
        if count:
            words = self.tr("排好的尽量不动。存下以后再点“全部重排”，从头照新的排，要改 {count} 条。")
            self._say(self._said + "\n" + words.format(count=count))

    def _say(self, text: str) -> None:
        self._said = text
        self.plan_effect.setText(text)

    def _planned(self, told: Difference) -> str:
        text = self.tr("整体方案：多排进 {gained} 条，排不进了 {lost} 条，换人 {moved} 条。").format(
            gained=len(told.gained), lost=len(told.lost), moved=len(told.moved)
        )
        if told.lost:
            names = self.tr("、").join(need_words(self.inputs, need_id) for need_id in told.lost[:LOST_NAMED])
            more = self.tr("等") if len(told.lost) > LOST_NAMED else ""
            text += self.tr("排不进的是{names}{more}。").format(names=names, more=more)
        return text

    def done(self, result: int) -> None:
        """Closed: nobody looks at the trial any more, the page's own plan does not wait for it."""
        self._later.stop()
        self._stop_trial()
        super().done(result)

    def _line(self, place: Place) -> Line:
        if not place.before:
            moved, tone = self.tr("新进来"), "ok"
        elif place.before == place.after:
            moved, tone = self.tr("不变"), "ink3"
        elif place.before > place.after:
            moved, tone = self.tr("升 {count} 位").format(count=place.before - place.after), "ok"
        else:
            moved, tone = self.tr("降 {count} 位").format(count=place.after - place.before), "warn"
        return Line(
            title=place.name,
            key=str(place.after),
            after=self.tr("{points} 分").format(points=place.points),
            right=moved,
            right_tone=tone,
        )

    def propose(self, key: str, value: int) -> None:
        """Stand on a number with another value in it, so that one sees at once what that would do."""
        field = self.numbers[key]
        field.set_value(value)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()
        self.look()

    def restore(self) -> None:
        """The numbers that the programme came with."""
        for key, field in self.numbers.items():
            field.set_value(int(SETTINGS[key].default))
        for key, tick in self.ticks.items():
            tick.set_value(SETTINGS[key].default == "1")
        self.look()

    def save(self) -> None:
        """Let the settings hold; the plan is made anew."""
        changed = {key: str(value) for key, value in self.values().items() if value != self._before[key]}
        about = self.tr("、").join(
            [field.accessibleName() for key, field in self.numbers.items() if key in changed]
            + [tick.text() for key, tick in self.ticks.items() if key in changed]
        )
        if self.session.perform(change_settings, about=about, values=changed) is not None:
            self.accept()
