"""The pivot: figures by rows and columns, block selection as in a spreadsheet, copied as it is."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.cells import PAD

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotCell:
    """A figure, and the keys of the visits behind it: None for those of a total."""

    text: str
    value: float | None = None
    row: object = None
    column: object = None
    is_total: bool = False
    opens: bool = False
    """Whether visits, or imported figures, stand behind it."""
    source: str = ""
    """The tally sheet that an imported figure stands in; "" for a computed one."""


class PivotModel(QAbstractTableModel):
    """Rows of cells with a header; the first cell of a row is its name."""

    def __init__(self) -> None:
        super().__init__()
        self.header: list[str] = []
        self.rows: list[list[PivotCell]] = []

    def show(self, header: list[str], rows: list[list[PivotCell]]) -> None:
        """Show other figures."""
        self.beginResetModel()
        self.header, self.rows = header, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are, the totals included."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are, the names included."""
        return 0 if parent.isValid() else len(self.header)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment, weight and ground of a cell."""
        cell = self.rows[index.row()][index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return cell.text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() == 0 else Qt.AlignmentFlag.AlignRight
            return int((side | Qt.AlignmentFlag.AlignVCenter).value)
        if role == Qt.ItemDataRole.FontRole:
            is_strong = not cell.source and (cell.is_total or index.column() == 0)
            return theme.font("table_strong" if is_strong else "table")
        if role == Qt.ItemDataRole.BackgroundRole and cell.is_total:
            return theme.colour("subtle")
        if role == Qt.ItemDataRole.ForegroundRole:
            if cell.source:
                return theme.colour("ink3" if cell.text == "0" else "info")
            return theme.colour("ink3" if cell.text in {"0", "0.0", "—"} else "ink")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' words."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.header[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Delegate(QStyledItemDelegate):
    """Ground, hairlines and text with the header's own margins."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        view = option.widget
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if is_selected:
            painter.fillRect(option.rect, theme.colour("select"))
        elif ground is not None:
            painter.fillRect(option.rect, ground)
        painter.setPen(theme.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        painter.setFont(index.data(Qt.ItemDataRole.FontRole))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        room = option.rect.adjusted(theme.px(20 if index.column() == 0 else PAD), 0, -theme.px(PAD), 0)
        painter.drawText(room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), index.data())
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The text between its margins."""
        text = QFontMetricsF(index.data(Qt.ItemDataRole.FontRole)).horizontalAdvance(index.data())
        margins = theme.px(20 if index.column() == 0 else PAD) + theme.px(PAD)
        return QSize(ceil(text) + margins + 1, theme.size("row"))


class Pivot(QTableView):
    """Ctrl+C copies the block; Enter or a double click opens what stands behind a figure."""

    opened = Signal(object)
    selected_changed = Signal(list)
    """The values of the selected cells that have one."""

    def __init__(self) -> None:
        super().__init__()
        self.pivot_model = PivotModel()
        self.setModel(self.pivot_model)
        self.setItemDelegate(_Delegate(self))
        self.setShowGrid(False)
        self.setProperty("bleed", "true")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(theme.size("row"))
        header = self.horizontalHeader()
        header.setFixedHeight(theme.size("header"))
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(72))
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    def show_figures(self, header: list[str], rows: list[list[PivotCell]]) -> None:
        """Show other figures."""
        self.pivot_model.show(header, rows)
        self._share_out()

    def wanted_height(self) -> int:
        """What all rows, the header and a scroll bar below need."""
        bar = self.horizontalScrollBar().sizeHint().height()
        return theme.size("header") + theme.size("row") * len(self.pivot_model.rows) + bar + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share what room there is."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Every column as wide as its words, and its share of what is left; what does not fit scrolls."""
        header = self.horizontalHeader()
        wanted = [
            max(self.sizeHintForColumn(at), header.sectionSizeHint(at), header.minimumSectionSize())
            for at in range(header.count())
        ]
        left = max(self.viewport().width() - sum(wanted), 0)
        for at, width in enumerate(wanted):
            share = left // (header.count() - at)
            header.resizeSection(at, width + share)
            left -= share

    def cell(self, row: int, column: int) -> PivotCell:
        """One cell."""
        return self.pivot_model.rows[row][column]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy and open."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_block()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy_block(self, *, everything: bool = False) -> str:
        """Put the selected block, or all with its header, on the clipboard, tab-separated; gives the text."""
        chosen = self.selectionModel().selectedIndexes()
        if everything or not chosen:
            lines = [self.pivot_model.header, *[[cell.text for cell in row] for row in self.pivot_model.rows]]
        else:
            rows = sorted({index.row() for index in chosen})
            columns = sorted({index.column() for index in chosen})
            lines = [[self.cell(row, column).text for column in columns] for row in rows]
        text = "\n".join("\t".join(line) for line in lines)
        QGuiApplication.clipboard().setText(text)
        return text

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.cell(index.row(), index.column()).opens:
            self.opened.emit(self.cell(index.row(), index.column()))

    def _on_selection(self) -> None:
        values = [self.cell(at.row(), at.column()).value for at in self.selectionModel().selectedIndexes()]
        self.selected_changed.emit([value for value in values if value is not None])
