"""The homes of a campaign day as a sheet: one cell is current, digits are typed into it, Enter goes down."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from jiuliting_desk.model.visits import VisitState
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.visits.campaign_model import NUMBERS, CampaignModel
from jiuliting_desk.ui.pages.visits.entries import OUTCOME_DIGITS, TICKS, Entry
from jiuliting_desk.ui.widgets.cells import paint_cell, paint_row_ground
from jiuliting_desk.ui.widgets.rows_model import Index


class _CampaignDelegate(QStyledItemDelegate):
    """Paints the cells, and a frame around the current one."""

    def __init__(self, table: "CampaignTable") -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        rect = QRectF(option.rect)
        current = self._table.currentIndex()
        in_row = current.row() == index.row()
        focused = self._table.hasFocus()
        paint_row_ground(painter, rect, selected=in_row, focused=focused, hovered=False, first=index.column() == 0)
        content = QRectF(rect)
        if index.column() == 0:
            content.setLeft(content.left() + theme.px(10))
        paint_cell(painter, content, self._table.campaign.cell(index.row(), index.column()))
        if in_row and current.column() == index.column() and option.state & QStyle.StateFlag.State_Enabled:
            painter.setPen(QPen(theme.colour("focus" if focused else "control"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))


class CampaignTable(QTableView):
    """Arrows and Enter move, digits type, Ctrl+D fills down."""

    def __init__(self, usual: Callable[[VisitState], Sequence[str]]) -> None:
        super().__init__()
        self.campaign = CampaignModel(self)
        self._usual = usual
        self._typed_at: tuple[int, int] | None = None
        self._jump: tuple[int, int] | None = None
        """The row of the outcome typed just now, and the row that the cell went on to."""
        self.setModel(self.campaign)
        self.setItemDelegate(_CampaignDelegate(self))
        self.setProperty("bleed", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(theme.size("row"))
        rows.setDefaultSectionSize(theme.size("row"))
        header = self.horizontalHeader()
        header.setFixedHeight(theme.size("header"))
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(30))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(self.tr("一家一行，记下结果"))
        self.clicked.connect(self._on_clicked)
        self.campaign.modelReset.connect(self._forget)
        # The whole row is tinted, not only the cell that Qt repaints.
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self.viewport().update())

    def resizeEvent(self, event: Any) -> None:
        """Share the free room."""
        super().resizeEvent(event)
        columns = self.campaign.columns
        widths = [theme.px(one.width) for one in columns]
        free = self.viewport().width() - sum(widths)
        shares = sum(one.stretch for one in columns)
        least = theme.px(72)
        for at, one in enumerate(columns):
            width = widths[at] + free * one.stretch // shares if one.stretch else widths[at]
            self.setColumnWidth(at, max(width, min(least, widths[at])))

    def begin(self) -> None:
        """Put the cell where typing begins: the first home of which nothing was told."""
        places = [at for at in range(len(self.campaign.lines)) if self.campaign.entry(at) is not None]
        untold = [at for at in places if (entry := self.campaign.entry(at)) is not None and not entry.is_told]
        if places:
            self.setCurrentIndex(self.campaign.index((untold or places)[0], self.campaign.first_typed))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits type into the current cell."""
        index = self.currentIndex()
        is_editing = self.state() == QAbstractItemView.State.EditingState
        if not index.isValid() or is_editing or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self.fill_down()
                return
            super().keyPressEvent(event)
            return
        row, column = index.row(), index.column()
        match Qt.Key(event.key()):
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._jump is not None and self._jump[1] == row:
                # The digit has gone on to this home by itself: Enter after it must not pass it over.
                self._forget()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down:
                self._step(row, column, 1)
            case Qt.Key.Key_Up:
                self._step(row, column, -1)
            case Qt.Key.Key_Left:
                self._go(row, max(column - 1, self.campaign.first_typed))
            case Qt.Key.Key_Right:
                self._go(row, min(column + 1, len(self.campaign.columns) - 1))
            case Qt.Key.Key_Space:
                self._toggle(row, column)
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self._clear(row, column)
            case _ if event.text().isascii() and event.text().isdecimal():
                self.type_digit(row, column, event.text())
            case _:
                super().keyPressEvent(event)

    def _step(self, row: int, column: int, way: int) -> None:
        """To the next home above or below of which something can be typed."""
        at = row + way
        while 0 <= at < len(self.campaign.lines) and self.campaign.entry(at) is None:
            at += way
        self._go(at, column)

    def _forget(self) -> None:
        """What is typed next is typed anew."""
        self._typed_at = self._jump = None

    def _go(self, row: int, column: int) -> None:
        self._forget()
        if 0 <= row < len(self.campaign.lines):
            self.setCurrentIndex(self.campaign.index(row, column))

    def type_digit(self, row: int, column: int, digit: str) -> None:
        """An outcome and on to the next home, one more digit of a number, a tick, or a usual reason."""
        entry = self.campaign.entry(row)
        if entry is None or not self.campaign.can_type(row, column):
            return
        key = self.campaign.columns[column].key
        if key == "outcome":
            if digit in OUTCOME_DIGITS:
                self.campaign.put(row, self._told(entry, OUTCOME_DIGITS[digit]))
                self._step(row, column, 1)
                self._jump = row, self.currentIndex().row()
        elif key in TICKS:
            self.campaign.put(row, entry.having(key, digit != "0"))
        elif key in NUMBERS:
            before = getattr(entry, key) if self._typed_at == (row, column) else 0
            number = before * 10 + int(digit)
            self._typed_at = (row, column)
            if number <= NUMBERS[key]:
                self.campaign.put(row, entry.having(key, number))
        elif entry.outcome is not None and entry.outcome is not VisitState.DONE:
            usual = self._usual(entry.outcome)
            if 1 <= int(digit) <= len(usual):
                self.campaign.put(row, replace(entry, reason=usual[int(digit) - 1]))

    def _told(self, entry: Entry, outcome: VisitState | None) -> Entry:
        usual = self._usual(outcome) if outcome not in {None, VisitState.DONE} and outcome is not None else ()
        return entry.told(outcome, reason=usual[0] if usual else "")

    def _toggle(self, row: int, column: int) -> None:
        entry = self.campaign.entry(row)
        key = self.campaign.columns[column].key
        if entry is not None and key in TICKS and self.campaign.can_type(row, column):
            self.campaign.put(row, entry.having(key, not getattr(entry, key)))

    def _clear(self, row: int, column: int) -> None:
        entry = self.campaign.entry(row)
        if entry is None:
            return
        self._forget()
        key = self.campaign.columns[column].key
        planned = Entry.planned(self.campaign.lines[row])
        if key == "outcome":
            self.campaign.put(row, entry.told(None))
        elif key == "reason":
            self.campaign.put(row, replace(entry, reason=""))
        elif (key in TICKS or key in NUMBERS) and self.campaign.can_type(row, column):
            self.campaign.put(row, entry.having(key, getattr(planned, key)))

    def fill_down(self) -> None:
        """Ctrl+D: what the current cell says holds for all homes below of which it can be typed.

        Just after an outcome was typed, and the cell went on by itself, it is that outcome.
        """
        index = self.currentIndex()
        key = self.campaign.columns[index.column()].key if index.isValid() else ""
        jump = self._jump if key == "outcome" else None
        is_just_told = jump is not None and jump[1] == index.row()
        top = jump[0] if jump is not None and is_just_told else index.row()
        entry = self.campaign.entry(top) if index.isValid() else None
        if entry is None or not (entry.is_told or is_just_told) or not self.campaign.can_type(top, index.column()):
            return
        for row in range(top + 1, len(self.campaign.lines)):
            other = self.campaign.entry(row)
            if other is None or not self.campaign.can_type(row, index.column()):
                continue
            if key == "outcome":
                self.campaign.put(row, self._told(other, entry.outcome))
            elif key != "reason" or other.outcome is entry.outcome:
                self.campaign.put(row, other.having(key, getattr(entry, key)))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._forget()
        if self.campaign.columns[index.column()].key in TICKS:
            self._toggle(index.row(), index.column())
