"""A campaign day recorded in one sheet with the keyboard alone: forty homes, kept in one step."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.drafts import keep_draft, kept_draft
from jiuliting_desk.actions.visits import FellThrough, Outcome, record_visits
from jiuliting_desk.model.visits import VisitReason, VisitState
from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui.pages.visits.campaign_table import CampaignTable
from jiuliting_desk.ui.pages.visits.entries import TICKS, Entry, as_text, from_text, outcome_of
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, surface
from jiuliting_desk.ui.widgets.text import label

DRAFT = "campaign"
"""What was typed and not recorded survives a crash under this name."""


class CampaignView(QWidget):
    """The sheet and what is said of it below."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._is_restored = False
        self.typed: dict[int, Entry] = {}
        self.table = CampaignTable(self._usual)
        self.table.campaign.edited.connect(self._on_edited)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._show_foot())
        self.told = label("", "strong")
        self.keys_words = label("", "cap", wrap=True)
        self.drop_button = button(self.tr("都不记，清掉"), self.drop, icon="x")
        self.record_button = button("", self.record, kind="primary", icon="check")
        first = row(self.told, STRETCH, self.drop_button, self.record_button)
        foot = surface("foot", column(first, self.keys_words, margins=(8, 20), gap=4))
        layout = column(self.table, foot, gap=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _usual(self, state: VisitState) -> Sequence[str]:
        reasons = self._session.store.where(VisitReason, state=state, order="position")
        return [one.words for one in reasons if one.active]

    # -- showing

    def show_lines(self, lines: Sequence[VisitLine]) -> None:
        """Show the visits of the days; what was typed of them and not recorded stays."""
        if not self._is_restored:
            self._is_restored = True
            self.typed = from_text(kept_draft(self._session.store, name=DRAFT))
        for line in lines:
            if not line.visit.is_open:
                self.typed.pop(line.visit.id, None)
        today = self._session.today()
        place = self.table.currentIndex()
        row_, column_ = place.row(), place.column()
        before = {line.visit.id for line in self.table.campaign.lines}
        self.table.campaign.set_lines(
            [line for line in lines if line.visit.day <= today],
            self.typed,
            lambda line: line.visit.is_open and line.visit.day <= today,
        )
        same_day = bool(before & {line.visit.id for line in self.table.campaign.lines})
        if same_day and 0 <= row_ < len(self.table.campaign.lines):
            index = self.table.campaign.index(row_, column_)
            self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        else:
            self.table.begin()
        self._show_foot()

    def begin(self) -> None:
        """Put the keyboard where typing begins."""
        self.table.begin()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        lines = {line.visit.id: line for line in self.table.campaign.lines}
        for visit_id, entry in self.table.campaign.entries.items():
            if entry != Entry.planned(lines[visit_id]):
                self.typed[visit_id] = entry
            else:
                self.typed.pop(visit_id, None)
        self._keep()
        self._show_foot()

    def _keep(self) -> None:
        if not self._session.is_lent:
            keep_draft(self._session.store, name=DRAFT, text=as_text(self.typed))
        self.changed.emit()

    def _show_foot(self) -> None:
        entries = list(self.table.campaign.entries.values())
        counts = {state: sum(one.outcome is state for one in entries) for state in VisitState}
        told = sum(one.is_told for one in entries)
        parts = [
            self.tr("做好 {count} 家").format(count=counts[VisitState.DONE]),
            self.tr("家里没人 {count} 家").format(count=counts[VisitState.NOT_HOME]),
            self.tr("志愿者没来 {count} 家").format(count=counts[VisitState.NO_SHOW]),
            self.tr("还没记 {count} 家").format(count=len(entries) - told),
        ]
        if not self.table.campaign.lines:
            self.told.setText(self.tr("这几天没有要记的上门。"))
        elif not entries:
            self.told.setText(self.tr("都记好了。要改的，在名单里点“改上门记录”。"))
        else:
            self.told.setText("　".join(parts))
        self.record_button.setText(self.tr("记下 {count} 家").format(count=told))
        self.record_button.setEnabled(told > 0)
        self.drop_button.setVisible(bool(self.typed))
        self.keys_words.setText(self._keys_of_column())

    def _keys_of_column(self) -> str:
        index = self.table.currentIndex()
        moving = self.tr("按了数字就到下一家，方向键换格子，Ctrl+D 往下都一样，退格回到原来的，Ctrl+Enter 记下")
        if not index.isValid():
            return moving
        key = self.table.campaign.columns[index.column()].key
        entry = self.table.campaign.entry(index.row())
        words = {
            "outcome": self.tr("1 做好了　2 家里没人　3 志愿者没来　0 还没记"),
            "minutes": self.tr("直接打分钟数，路上不算"),
            "quantity": self.tr("直接打数量"),
        }.get(key, self.tr("空格打勾"))
        if key in TICKS and entry is not None and not self.table.campaign.can_type(index.row(), index.column()):
            words = self.tr("这家没定居委干部，没有勾可打；有人带的，记下以后在“改上门记录”里选是谁")
        if key == "reason":
            usual = () if entry is None or entry.outcome in {None, VisitState.DONE} else self._usual(entry.outcome)
            words = "　".join(f"{number} {reason}" for number, reason in enumerate(usual[:9], start=1))
            words += self.tr("　或直接写") if words else self.tr("没去成的才写原因")
        return f"{words}　·　{moving}"

    # -- doing

    def drop(self) -> None:
        """Forget what was typed; the bar offers to bring it back."""
        before = dict(self.typed)

        def bring_back() -> None:
            self.typed = before
            self._keep()
            self.show_lines(list(self.table.campaign.lines))

        self.typed = {}
        self._keep()
        self.show_lines(list(self.table.campaign.lines))
        self.table.begin()
        self._session.say(
            self.tr("清掉了 {count} 家打过的，什么都没记。").format(count=len(before)),
            action=self.tr("拿回来"),
            run=bring_back,
        )

    def record(self) -> None:
        """Keep all that was told, in one step; where something lacks go there."""
        model = self.table.campaign
        done: list[Outcome] = []
        fell: list[FellThrough] = []
        for at, line in enumerate(model.lines):
            entry = model.entry(at)
            if entry is None or not entry.is_told:
                continue
            if entry.lacks:
                place = next(number for number, one in enumerate(model.columns) if one.key == entry.lacks)
                self.table.setCurrentIndex(model.index(at, place))
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                words = self.tr("{name}这一行还缺一格，填上再记；什么都还没记下。").format(name=line.name)
                self._session.say(words, tone="warn")
                return
            found = outcome_of(line, entry)
            if isinstance(found, Outcome):
                done.append(found)
            elif isinstance(found, FellThrough):
                fell.append(found)
        if not done and not fell:
            return
        kept = dict(self.typed)
        for visit_id in [*(one.visit_id for one in done), *(one.visit_id for one in fell)]:
            self.typed.pop(visit_id, None)
        if self._session.perform(record_visits, done=done, fell=fell) is None:
            self.typed = kept
            self.show_lines(list(model.lines))
            return
        self._keep()
