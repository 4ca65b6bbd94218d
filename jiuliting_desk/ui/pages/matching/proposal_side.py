"""The right side's first part: the whole proposal with its ticks, and why nobody goes where nobody does."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.matching.explain import Explanation
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.matching.month_choice import MonthChoice
from jiuliting_desk.ui.pages.matching.proposal_rows import ProposalRow, bonds_begun, columns
from jiuliting_desk.ui.pages.matching.run import Proposal
from jiuliting_desk.ui.pages.matching.unserved import Unserved
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, surface, wrapping
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import Elide, label

MARGIN, GAP = 16, 4
WORTH_TELLING = 0.05
"""A bound further off than this tells nothing about the plan."""


class ProposalSide(QWidget):
    """Ticks live here; confirming and planning are the page's."""

    need_chosen = Signal(int)
    ticks_changed = Signal()
    again_wanted = Signal()
    anew_wanted = Signal()
    confirm_wanted = Signal()
    undo_wanted = Signal()
    how_wanted = Signal()
    opened = Signal(int)
    step_wanted = Signal(object)
    """An Explanation whose next step was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.months = MonthChoice()
        self.summary = label("", "sub", wrap=True)
        self.again_button = button(self.tr("重新排一次"), self.again_wanted.emit, icon="refresh-cw", size="s")
        self.again_button.setToolTip(self.tr("只动变了的地方，别的尽量不动"))
        self.anew_button = button(self.tr("全部重排"), self.anew_wanted.emit, kind="link", size="s")
        self.anew_button.setToolTip(self.tr("从头排一遍，先给您看哪些要换人"))
        self.how_button = button(self.tr("怎么排"), self.how_wanted.emit, kind="link", size="s")
        self.more_button = button(self.tr("重新排…"), self._open_more, icon="refresh-cw", size="s")
        self.more_button.hide()
        self.table = RecordTable[ProposalRow](
            columns(),
            key=lambda line: line.need_id,
            multi=False,
            empty_text=self.tr("正在排…"),
        )
        self.table.setAccessibleName(self.tr("整体方案"))
        self.table.check_clicked.connect(self._on_check)
        self.table.head.check_clicked.connect(self.toggle_all)
        all_of_them = QAction(self.tr("全勾或全不勾"), self.table)
        all_of_them.setShortcut(QKeySequence("Ctrl+A"))
        all_of_them.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        all_of_them.triggered.connect(self.toggle_all)
        self.table.addAction(all_of_them)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda line: self.opened.emit(line.need_id))
        self.unserved = Unserved()
        self.unserved.need_chosen.connect(self.need_chosen)
        self.unserved.step_wanted.connect(self.step_wanted)
        self.undo_button = button(self.tr("撤销"), self.undo_wanted.emit, icon="undo-2")
        self.last_step = Elide("", "cap")
        self.confirm_button = button("", self.confirm_wanted.emit, kind="primary", icon="check")
        foot = row(self.undo_button, self.last_step, self.confirm_button, margins=(10, 16))
        foot.setStretchFactor(self.last_step, 1)
        self.tools = wrapping(
            self.months,
            self.again_button,
            self.more_button,
            STRETCH,
            self.anew_button,
            self.how_button,
            margins=(0, MARGIN, 4, MARGIN),
            gap=GAP,
        )
        self.foot = surface("foot", foot)
        self.table.installEventFilter(self)
        summary = row(self.summary, margins=(6, MARGIN, 6, MARGIN))
        self.last_step.setMinimumWidth(1)
        self.setLayout(column(summary, self.tools, self.table, hairline(), self.unserved, self.foot, gap=0))
        self._quiet = False
        self.dropped = ""
        """Which lines chosen by hand hold no more, said before how the plan stands."""
        self._proposal: Proposal | None = None
        self._ticked_last = 0
        """The need whose line was ticked, or not, last: from there a tick with Shift reaches."""

    # -- in a narrow window

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One menu for all that plans where its buttons would take the height of the plan."""
        super().resizeEvent(event)
        room = self.width() - 2 * theme.px(MARGIN)
        beside = self.months.sizeHint().width() + theme.px(GAP) + self.again_button.sizeHint().width()
        for made in (self.again_button, self.anew_button, self.how_button):
            made.setVisible(beside <= room)
        self.more_button.setVisible(beside > room)

    def _open_more(self) -> None:
        menu = QMenu(self)
        for made in (self.again_button, self.anew_button, self.how_button):
            menu.addAction(made.text(), made.click).setToolTip(made.toolTip())
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    # -- showing

    def show_rows(self, rows: Sequence[ProposalRow]) -> None:
        """Show the lines."""
        self._quiet = True
        self.table.set_rows(rows)
        self._quiet = False
        self._count()

    def show_summary(self, proposal: Proposal | None) -> None:
        """Say how the plan stands."""
        self._proposal = proposal
        self._tell()

    def _tell(self) -> None:
        proposal, rows = self._proposal, self.table.rows()
        if proposal is None:
            self.summary.setText(self.tr("正在排…"))
            return
        confirmed = sum(line.is_locked for line in rows)
        open_lines = len(rows) - confirmed
        unserved = len(proposal.plan.unserved)
        taken = sum(cause.has_candidates for cause in proposal.explanations())
        if not proposal.is_final:
            self.summary.setText(self.tr("正在排，先看已排好的 {count} 条").format(count=open_lines))
            return
        self.table.empty_text = (
            self.tr("一条都排不进。为什么、怎么办，看下面。") if unserved else self.tr("现在没有要安排的。")
        )
        wanted = self.wanted()
        part = self.tr("（勾了 {count}）").format(count=len(wanted)) if len(wanted) < open_lines else ""
        text = self.tr("共 {all} 条：今天已确认 {confirmed}，待您确认 {open}{part}，没人能去 {unserved}").format(
            all=len(rows) + unserved, confirmed=confirmed, open=open_lines, part=part, unserved=unserved - taken
        )
        if taken:
            text += self.tr("，待选 {count}").format(count=taken)
        bonds, instead = bonds_begun(wanted), sum(bool(line.instead_of) for line in wanted)
        if bonds:
            text += self.tr("。确认后新结 {count} 对").format(count=bonds)
        if instead:
            text += self.tr("。{count} 条由别人代固定结对的去").format(count=instead)
        text += self._worth(proposal)
        if self.months.note:
            text = self.tr("{note}。{text}").format(note=self.months.note, text=text)
        self.summary.setText(f"{self.dropped}\n{text}" if self.dropped else text)

    def _worth(self, proposal: Proposal) -> str:
        plan = proposal.plan
        if not plan.lines:
            return ""
        if plan.bound.proved:
            return self.tr("。已证明这样排最好")
        if plan.gap <= 0:
            return self.tr("。照顾到的急需已经最多")
        if plan.gap > WORTH_TELLING:
            return ""
        return self.tr("。离最好的排法最多差 {percent}%").format(percent=f"{plan.gap * 100:.1f}")

    def show_causes(self, causes: Sequence[Explanation], inputs: Inputs) -> None:
        """Say for whom nobody can go, why, and what to do next."""
        needs, categories = inputs.needs, inputs.categories
        names = {
            cause.need: (needs[cause.need].elder, categories[needs[cause.need].category_id].name) for cause in causes
        }
        if not causes and self.unserved.lines.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.unserved.show_causes(causes, names)
        self._fit()

    def _fit(self) -> None:
        line = self.table.verticalHeader().defaultSectionSize()
        head = self.table.horizontalHeader().height()
        lines = head + line * max(len(self.table.rows()), 2)
        summary = self.summary.heightForWidth(self.width() - 2 * theme.px(MARGIN)) + 2 * theme.px(6)
        around = (
            summary
            + self.tools.heightForWidth(self.width())
            + self.foot.sizeHint().height()
            + self.unserved.least_height()
        )
        is_low = around + head + 2 * line > self.height()
        self.unserved.fit(self.foot.y() - self.table.y(), beside=lines + theme.px(2), is_low=is_low)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The table keeps most of the height it can use, however many lines are said above it."""
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def show_last_step(self, words: str) -> None:
        """Say which step undo would take back."""
        self.undo_button.setEnabled(bool(words))
        self.last_step.setText(self.tr("上一步：{step}").format(step=words) if words else "")

    # -- ticks

    def _on_check(self, line: ProposalRow) -> None:
        before = next((row for row in self.table.rows() if row.need_id == self._ticked_last), None)
        if self.table.is_extending and before is not None and before is not line:
            self.tick_to(before, line)
        else:
            self.toggle(line)

    def toggle(self, line: ProposalRow) -> None:
        """Tick a line or not; those confirmed or to be planned anew stay."""
        self._ticked_last = line.need_id
        self._tick([line], not line.ticked)

    def tick_to(self, first: ProposalRow, last: ProposalRow) -> None:
        """The lines between two, as they are shown, are ticked as the first is."""
        rows = self.table.rows()
        low, high = sorted((rows.index(first), rows.index(last)))
        self._tick(rows[low : high + 1], first.ticked)

    def toggle_all(self) -> None:
        """Tick all lines, or none where all are."""
        self._tick(self.table.rows(), self.table.head.check_state() is not True)

    def _tick(self, lines: Sequence[ProposalRow], ticked: bool) -> None:
        for line in lines:
            if not line.is_locked and line.stale is None:
                line.ticked = ticked
        self.table.rows_model.forget_cells()
        self._count()
        self._tell()
        self.ticks_changed.emit()

    def wanted(self) -> list[ProposalRow]:
        """The ticked lines that are not confirmed yet."""
        return [line for line in self.table.rows() if line.is_wanted]

    def choose(self, need_id: int) -> None:
        """Stand on the line of a need, without telling."""
        current = self.table.current()
        if current is None or current.need_id != need_id:
            self._quiet = True
            if not self.table.choose(need_id):
                self.table.clearSelection()
            self._quiet = False
        self.unserved.choose(need_id)

    def _on_current(self, line: ProposalRow | None) -> None:
        if line is not None and not self._quiet and self.table.hasFocus():
            self.need_chosen.emit(line.need_id)

    def _count(self) -> None:
        can = [line for line in self.table.rows() if not line.is_locked and line.stale is None]
        count = len(self.wanted())
        some = None if 0 < count < len(can) else count > 0
        self.table.head.show_check("tick" if can else "", some, tip=self.tr("全勾或全不勾（Ctrl+A）"))
        self.confirm_button.setText(self.tr("确认 {count} 条").format(count=count))
        self.confirm_button.setEnabled(count > 0)
        self.confirm_button.setToolTip("" if count else self.tr("先勾上要确认的"))
