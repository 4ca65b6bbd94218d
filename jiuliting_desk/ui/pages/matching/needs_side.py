"""The left side: the needs that wait for somebody, and what the plan says of each."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.store.matching_rows import WaitingNeed
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.matching import words
from jiuliting_desk.ui.pages.matching.words import OUTCOMES, Outcome
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.buttons import Segmented, button, icon_button
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import label

WIDTH, LEAST_WIDTH = 276, 200
MARGIN = 16


class NeedsSide(QWidget):
    """Needs as lines; which of them are shown is chosen by what the plan says."""

    current_changed = Signal(object)
    opened = Signal(object)
    committees_wanted = Signal()
    """Only the needs of one residents' committee are to be looked at, or of all again."""
    committee_chosen = Signal(object)
    """Its id, or None for all."""

    def __init__(self) -> None:
        super().__init__()
        self._needs: Sequence[WaitingNeed] = ()
        self._outcomes: Mapping[int, Outcome] = {}
        self._categories: Mapping[int, ServiceCategory] = {}
        self._today = date.min
        self._warn_days = 14
        self._known = self._later = 0
        self.count = label("", "count")
        self.order = "waiting"
        self._orders = {
            "waiting": self.tr("等得最久的在前"),
            "urgency": self.tr("最急的在前"),
            "place": self.tr("按小区排"),
        }
        self.order_button = icon_button("arrow-up-down", self.tr("换一种排法"), self._open_orders)
        self.filter = Segmented(
            [
                (None, self.tr("全部")),
                (Outcome.TO_CHOOSE, self.tr("待选")),
                (Outcome.NOBODY, self.tr("没人能去")),
            ]
        )
        self.filter.chosen.connect(lambda _outcome: self._fill())
        self.lines = LineList[WaitingNeed](self._line, uniform=True)
        self.lines.setAccessibleName(self.tr("等安排的需求"))
        self.lines.current_changed.connect(self.current_changed)
        self.lines.opened.connect(self.opened)
        self.empty = Empty("", icon="circle-check")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.lines)
        self.stack.addWidget(self.empty)
        self.title = label("", "h2")
        title = row(self.title, self.count, STRETCH, self.order_button)
        title.setContentsMargins(theme.px(MARGIN), theme.px(12), theme.px(12), theme.px(4))
        tools = row(self.filter, STRETCH, margins=(4, MARGIN, 8, MARGIN))
        self.scope_words = label("", "cap", wrap=True)
        self.scope_button = button(self.tr("按居委看"), self.committees_wanted.emit, kind="link", size="s")
        self.scope_row = QWidget()
        scope = row(self.scope_words, self.scope_button, margins=(0, 12, 4, 16))
        scope.setStretchFactor(self.scope_words, 1)
        self.scope_row.setLayout(scope)
        self.scope_row.hide()
        self.setLayout(column(title, self.scope_row, tools, self.stack, gap=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Numbers in the filter only where they fit, and shorter words where the whole ones do not."""
        super().resizeEvent(event)
        self._show_counts()
        self._show_title()

    def show_needs(
        self,
        needs: Sequence[WaitingNeed],
        *,
        categories: Mapping[int, ServiceCategory],
        today: date,
        warn_days: int,
        known: int,
        later: int = 0,
    ) -> None:
        """Show those who wait; ``warn_days`` is from when the waiting is told in red, ``known`` how many needs there
        are in the file, done ones and all. ``later``, where nobody waits: open ones that are not looked for yet."""
        self._needs, self._categories, self._today, self._warn_days = needs, categories, today, warn_days
        self._known, self._later = known, later
        self.count.setText(str(len(needs)))
        self._show_title()
        self._fill()

    def show_scope(self, waiting: int, committee: str, committee_id: int | None) -> None:
        """Say how many wait in all where not all of them are listed; ``committee`` is the one chosen, "" for all.

        Those of others that are listed all the same, chosen by hand or gone to, are counted on their own.
        """
        beyond = sum(need.committee_id != committee_id for need in self._needs) if committee else 0
        listed = len(self._needs) - beyond
        if listed >= waiting:
            words = self.tr("只看{committee}的").format(committee=committee)
        elif committee:
            words = self.tr("{committee}有 {waiting} 条，先列最急的、等得最久的 {listed} 条")
        else:
            words = self.tr("共 {waiting} 条，先列最急的、等得最久的 {listed} 条")
        words = words.format(committee=committee, waiting=waiting, listed=listed)
        if beyond:
            words += self.tr("；别的居委手选或点开过的 {count} 条也在").format(count=beyond)
        self.scope_words.setText(words)
        self.scope_row.setVisible(bool(committee) or listed < waiting)

    def offer_committees(self, committees: Sequence[tuple[int, str, int]]) -> None:
        """Let one of the committees be chosen: id, name, how many needs wait there."""
        menu = QMenu(self)
        menu.addAction(self.tr("全街道"), partial(self.committee_chosen.emit, None))
        for committee_id, name, waiting in committees:
            text = self.tr("{name}　{waiting} 条").format(name=name, waiting=waiting)
            menu.addAction(text, partial(self.committee_chosen.emit, committee_id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.scope_button.mapToGlobal(QPoint(0, self.scope_button.height())))

    def show_outcomes(self, outcomes: Mapping[int, Outcome]) -> None:
        """Show what the plan says of them."""
        if outcomes == self._outcomes:
            return
        self._outcomes = outcomes
        if self.filter.value() is None:
            # The same lines in the same order, and who reads stays: better and better plans come.
            self._show_counts()
            self.lines.lines_model.tell_anew()
        else:
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

    def list_as(self, order: str, outcome: Outcome | None) -> None:
        """List as another list did: in that order, only those of whom the plan says that; None for all."""
        self.order = order
        self.filter.choose(outcome)

    def step(self, by: int) -> None:
        """Go on to the next need, after the last one to the first."""
        shown = self.lines.rows()
        current = self.current()
        at = shown.index(current) if current in shown else -1
        if shown:
            self.lines.choose(shown[(at + by) % len(shown)].id)

    def _open_orders(self) -> None:
        menu = QMenu(self)
        for key, text in self._orders.items():
            action = menu.addAction(text, partial(self.set_order, key))
            action.setCheckable(True)
            action.setChecked(key == self.order)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.order_button.mapToGlobal(QPoint(0, self.order_button.height())))

    def set_order(self, key: str) -> None:
        """Put the longest waiting, the most urgent or those of one compound together first."""
        self.order = key
        self._fill()

    def _fill(self) -> None:
        wanted = self.filter.value()
        self._show_counts()
        shown = [need for need in self._needs if wanted is None or self._outcomes.get(need.id) is wanted]
        if self.order == "urgency":
            shown.sort(key=lambda need: (-need.urgency.weight, need.since, need.id))
        elif self.order == "place":
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
        elif self._later:
            words = self.tr("另有 {count} 条还没到日子，或者老人暂停着，到时候会出现在这里。")
            self.empty.say(self.tr("现在没有要安排的需求。"), words.format(count=self._later))
        elif self._known:
            self.empty.say(self.tr("需求都安排好了。"), self.tr("新登记或导入的需求会出现在这里。"))
        else:
            where = self.tr("先到“导入导出”导入居委的需求表，或者到“老人与需求”选中老人，登记需求。")
            self.empty.say(self.tr("还没有需求。"), where)
        self.current_changed.emit(None)

    def _show_counts(self) -> None:
        outcomes = list(self._outcomes.values())
        counts = {found: outcomes.count(found) for found in (Outcome.TO_CHOOSE, Outcome.NOBODY) if found in outcomes}
        room = self.width() - theme.px(2 * MARGIN)
        self.filter.set_text(Outcome.NOBODY, self.tr("没人能去"))
        self.filter.set_counts(counts)
        if self.filter.sizeHint().width() > room:
            self.filter.set_counts({})
        if self.filter.sizeHint().width() > room:
            self.filter.set_text(Outcome.NOBODY, self.tr("没人"))

    def _show_title(self) -> None:
        """As much of it as leaves the number and the button whole."""
        beside = self.count.sizeHint().width() + self.order_button.width() + theme.px(MARGIN + 12 + 2 * 8)
        for title in (self.tr("等安排的需求"), self.tr("等安排的"), self.tr("等安排")):
            self.title.setText(title)
            if self.title.sizeHint().width() + beside <= self.width():
                break

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
