"""The left side: the needs that wait for somebody, and what the plan says of each."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.store.matching_rows import WaitingNeed
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.matching import words
from jiuliting_desk.ui.pages.matching.words import OUTCOMES, Outcome
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.buttons import Segmented
from jiuliting_desk.ui.widgets.fields import ChoiceField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, wrapping
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import label

WIDTH = 276


class NeedsSide(QWidget):
    """Needs as lines; which of them are shown is chosen by what the plan says."""

    current_changed = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._needs: Sequence[WaitingNeed] = ()
        self._outcomes: Mapping[int, Outcome] = {}
        self._categories: Mapping[int, ServiceCategory] = {}
        self._today = date.min
        self._warn_days = 14
        self.count = label("", "count")
        self.order = ChoiceField(
            [("waiting", self.tr("等得最久")), ("urgency", self.tr("最急")), ("place", self.tr("按小区"))], size="s"
        )
        self.order.setAccessibleName(self.tr("排列"))
        self.order.edited.connect(self._fill)
        self.filter = Segmented(
            [
                (None, self.tr("全部")),
                (Outcome.TO_CHOOSE, self.tr("待选")),
                (Outcome.NOBODY, self.tr("没人能去")),
            ]
        )
        self.filter.chosen.connect(lambda _outcome: self._fill())
        self.lines = LineList[WaitingNeed](self._line)
        self.lines.setAccessibleName(self.tr("等安排的需求"))
        self.lines.current_changed.connect(self.current_changed)
        self.lines.opened.connect(self.opened)
        self.empty = Empty("", icon="circle-check")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.lines)
        self.stack.addWidget(self.empty)
        head = row(label(self.tr("等安排的需求"), "h2"), self.count, STRETCH, margins=(12, 16, 4, 16))
        tools = wrapping(self.filter, self.order, gap=6, margins=(4, 12, 8, 12))
        self.setLayout(column(head, tools, self.stack, gap=0))
        self.setFixedWidth(theme.px(WIDTH))

    def show_needs(
        self,
        needs: Sequence[WaitingNeed],
        *,
        categories: Mapping[int, ServiceCategory],
        today: date,
        warn_days: int,
    ) -> None:
        """Show those who wait; ``warn_days`` is from when the waiting is told in red."""
        self._needs, self._categories, self._today, self._warn_days = needs, categories, today, warn_days
        self.count.setText(str(len(needs)))
        self._fill()

    def show_outcomes(self, outcomes: Mapping[int, Outcome]) -> None:
        """Show what the plan says of them."""
        if outcomes == self._outcomes:
            return
        self._outcomes = outcomes
        self._fill()

    def current(self) -> WaitingNeed | None:
        """The need that the keyboard is on."""
        return self.lines.current()

    def choose(self, need_id: int) -> bool:
        """Make a need the current one, whatever is filtered; gives whether it waits."""
        if self.lines.choose(need_id):
            return True
        if self.filter.value() is not None:
            self.filter.choose(None)
            self._fill()
        return self.lines.choose(need_id)

    def step(self, by: int) -> None:
        """Go on to the next need that has no line yet, or else to the next."""
        shown = self.lines.rows()
        current = self.current()
        at = shown.index(current) if current in shown else -1
        if shown:
            self.lines.choose(shown[(at + by) % len(shown)].id)

    def _fill(self) -> None:
        wanted = self.filter.value()
        outcomes = list(self._outcomes.values())
        self.filter.set_counts(
            {found: outcomes.count(found) for found in (Outcome.TO_CHOOSE, Outcome.NOBODY) if found in outcomes}
        )
        shown = [need for need in self._needs if wanted is None or self._outcomes.get(need.id) is wanted]
        if self.order.value() == "urgency":
            shown.sort(key=lambda need: (-need.urgency.weight, need.since, need.id))
        elif self.order.value() == "place":
            shown.sort(key=lambda need: (need.compound, need.building, need.since, need.id))
        self.lines.set_rows(shown)
        if shown:
            self.stack.setCurrentWidget(self.lines)
            if self.lines.current() is None:
                self.lines.choose_first()
            return
        self.stack.setCurrentWidget(self.empty)
        if self._needs:
            self.empty.say(self.tr("这一类现在没有。"))
        else:
            self.empty.say(self.tr("需求都安排好了。"), self.tr("新登记或导入的需求会出现在这里。"))
        self.current_changed.emit(None)

    def _line(self, need: WaitingNeed) -> Line:
        category = self._categories[need.category_id]
        days = (self._today - need.since).days
        tone = "bad" if days >= self._warn_days else "warn" if days >= self._warn_days // 2 else "ink2"
        found = self._outcomes.get(need.id)
        told, icon, outcome_tone = OUTCOMES[found] if found is not None else ("", "", "ink3")
        return Line(
            title=need.elder,
            after=category.name,
            icon=category.icon,
            icon_tone="bad" if need.urgency.weight > 4 else "warn" if need.urgency.weight > 2 else "ink2",
            second=f"{need.compound}　{words.when_wanted(need, most=1)}".strip(),
            right=words.waiting(need, today=self._today),
            right_tone=tone,
            second_right=words.outcome(found) if found is not None else told,
            second_right_icon=icon,
            second_right_tone=outcome_tone,
        )
