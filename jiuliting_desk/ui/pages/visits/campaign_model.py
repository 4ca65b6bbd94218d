"""The homes of a campaign day as a Qt model: what is planned, what was typed, what was recorded before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.visits import VisitState
from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui import labels, visit_words
from jiuliting_desk.ui.pages.visits.entries import MOST_MINUTES, MOST_QUANTITY, TICKS, Entry
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.rows_model import Index

OUTCOME_LOOK = {
    None: ("circle-dashed", "ink3"),
    VisitState.DONE: ("circle-check", "ok"),
    VisitState.NOT_HOME: ("house", "warn"),
    VisitState.NO_SHOW: ("user-x", "bad"),
}
NUMBERS = {"minutes": MOST_MINUTES, "quantity": MOST_QUANTITY}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column: what it is called, how wide it is at the standard text size, its share of free room."""

    key: str
    title: str
    width: int
    stretch: int = 0


class CampaignModel(QAbstractTableModel):
    """Visits and what was typed of them; those recorded already are only shown."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        tr = self.tr
        self.columns = (
            _Column(key="time", title=tr("几点"), width=80),
            _Column(key="name", title=tr("老人"), width=150, stretch=2),
            _Column(key="what", title=tr("项目"), width=110, stretch=1),
            _Column(key="who", title=tr("谁去"), width=100, stretch=1),
            _Column(key="outcome", title=tr("结果"), width=116),
            _Column(key="minutes", title=tr("分钟"), width=64),
            _Column(key="quantity", title=tr("数量"), width=76),
            _Column(key="led_in", title=tr("带上门"), width=66),
            _Column(key="stayed", title=tr("全程"), width=56),
            _Column(key="signed", title=tr("签字"), width=56),
            _Column(key="reason", title=tr("原因"), width=120, stretch=2),
        )
        self.first_typed = next(at for at, one in enumerate(self.columns) if one.key == "outcome")
        self.lines: list[VisitLine] = []
        self.entries: dict[int, Entry] = {}
        self._can_record: Callable[[VisitLine], bool] = lambda line: line.visit.is_open

    def set_lines(
        self, lines: Sequence[VisitLine], entries: Mapping[int, Entry], can_record: Callable[[VisitLine], bool]
    ) -> None:
        """Show these visits with what was typed of them."""
        self.beginResetModel()
        self.lines = list(lines)
        self._can_record = can_record
        self.entries = {
            line.visit.id: entries.get(line.visit.id, Entry.planned(line)).fitting(line)
            for line in lines
            if can_record(line)
        }
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """What was typed of a row; None where it is only shown."""
        return self.entries.get(self.lines[row].visit.id)

    def put(self, row: int, entry: Entry) -> None:
        """Keep what was typed of a row."""
        self.entries[self.lines[row].visit.id] = entry
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        self.edited.emit()

    def cell(self, row: int, column: int) -> Cell:
        """A cell as it is painted."""
        line, key = self.lines[row], self.columns[column].key
        entry = self.entry(row)
        match key:
            case "time":
                return Cell(time_text(line.visit.starts), tone="ink2")
            case "name":
                return Cell(line.name, second=visit_words.address(line), strong=True)
            case "what":
                return Cell(visit_words.services(line))
            case "who":
                return Cell(visit_words.people(line))
        if entry is None:
            return self._recorded(line, key)
        return self._typed(line, entry, key)

    def _recorded(self, line: VisitLine, key: str) -> Cell:
        visit = line.visit
        if key == "outcome":
            words, icon, _tone = visit_words.state(visit)
            return Cell(words, icon=icon, tone="ink3")
        is_done = visit.state is VisitState.DONE
        if key == "reason":
            return Cell(visit.reason, tone="ink3")
        if not is_done:
            return Cell("—", tone="ink3")
        if key in TICKS:
            ticked = bool(getattr(visit, key))
            return Cell(check=ticked, tone="ink3") if ticked or self.has_cadre(line) else Cell("—", tone="ink3")
        return Cell(str(visit.on_site_minutes if key == "minutes" else visit.services[0].quantity), tone="ink3")

    def _typed(self, line: VisitLine, entry: Entry, key: str) -> Cell:
        is_done = entry.outcome is VisitState.DONE
        if key == "outcome":
            icon, tone = OUTCOME_LOOK[entry.outcome]
            words = self.tr("还没记") if entry.outcome is None else labels.label(entry.outcome)
            return Cell(words, icon=icon, tone=tone, strong=entry.is_told)
        lacks = entry.lacks == key
        if key == "reason":
            return Cell(entry.reason, boxed=lacks)
        if entry.is_told and not is_done:
            return Cell("—", tone="ink3")
        tone = "ink" if is_done else "ink3"
        if key in TICKS:
            return Cell(check=bool(getattr(entry, key)), tone=tone) if self.has_cadre(line) else Cell("—", tone="ink3")
        if key == "quantity":
            if len(line.visit.category_ids) > 1:
                return Cell(self.tr("{count} 项").format(count=len(line.visit.category_ids)), tone="ink3")
            return Cell(f"{entry.quantity}", tone=tone, boxed=lacks)
        return Cell(str(entry.minutes), tone=tone, boxed=lacks)

    def can_type(self, row: int, column: int) -> bool:
        """Whether something can be typed into a cell."""
        key = self.columns[column].key
        if column < self.first_typed or self.entry(row) is None:
            return False
        if key in TICKS:
            return self.has_cadre(self.lines[row])
        return key != "quantity" or len(self.lines[row].visit.category_ids) == 1

    def has_cadre(self, line: VisitLine) -> bool:
        """Whether somebody is named who can have led in, stayed or signed."""
        return line.visit.cadre_id is not None

    # -- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many homes there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, for screen readers and the editor of the reason."""
        if not index.isValid() or role not in {
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole,
        }:  # fmt: skip
            return None
        cell = self.cell(index.row(), index.column())
        return ("✓" if cell.check else "") if cell.check is not None else cell.text

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only the reason is typed in an editor; into the others digits are typed at once."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        is_reason = index.isValid() and self.columns[index.column()].key == "reason"
        return flags | Qt.ItemFlag.ItemIsEditable if is_reason and self.can_type(index.row(), index.column()) else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """The reason as it was typed."""
        entry = self.entry(index.row())
        if role != Qt.ItemDataRole.EditRole or entry is None:
            return False
        self.put(index.row(), replace(entry, reason=str(value).strip()))
        return True
