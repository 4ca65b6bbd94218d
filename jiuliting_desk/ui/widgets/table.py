"""The table of records: plain rows, columns as data, painted by one delegate."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.cells import paint_cell, paint_row_ground
from jiuliting_desk.ui.widgets.column_room import Room, fit
from jiuliting_desk.ui.widgets.rows_model import Arrange, Column, Index, RowsModel
from jiuliting_desk.ui.widgets.table_head import TableHead

R = TypeVar("R")

BLEED = 20
"""The margin before the first column of a table that reaches the page's edge."""


def record_id(row: Any) -> Hashable:
    """The key of a row that has an ``id``."""
    found: Hashable = row.id
    return found


_SELECTED = QStyle.StateFlag.State_Selected


class _Delegate(QStyledItemDelegate):
    """Paints ground, bar, hairline and content itself, so that style and platform cannot interfere."""

    def __init__(self, table: "RecordTable[Any]") -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the row is taken from the model once."""
        table = self._table
        row, column = index.row(), index.column()
        rect = QRectF(option.rect)
        state = option.state
        first = column == table.first_column
        paint_row_ground(
            painter,
            rect,
            selected=_SELECTED in state,
            focused=table.shows_focus,
            hovered=row == table.hovered_row,
            first=first,
        )
        if first and table.bleeds:
            rect.setLeft(rect.left() + theme.px(BLEED) - theme.px(10))
        spec = table.rows_model.columns[column]
        paint_cell(painter, rect, table.rows_model.cell(row, column), right=spec.right)


class RecordTable(QTableView, Generic[R]):
    """Rows of one kind. Enter or a double click opens one; Ctrl+Shift+C copies the chosen ones."""

    current_changed = Signal(object)
    """The row that the keyboard is on, or None."""
    selection_changed = Signal(list)
    opened = Signal(object)
    check_clicked = Signal(object)
    """The row whose tick box was clicked, or on which the space bar was pressed."""
    widths_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        key: Callable[[R], Hashable] = record_id,
        bleed: bool = False,
        multi: bool = True,
        empty_text: str = "",
        arrange: Arrange[R] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows_model = RowsModel[R](columns, key=key, arrange=arrange, parent=self)
        self.hovered_row = -1
        self.shows_focus = False
        self.is_extending = False
        """Whether Shift was down with the last click or key: a tick is meant for all from the one before."""
        self.first_column = 0
        self.bleeds = bleed
        self.empty_text = empty_text
        self._hidden = {column.key for column in columns if not column.shown}
        self._widths = {column.key: column.width for column in columns}
        self._fitting = False
        self.setProperty("bleed", "true" if bleed else "false")
        self.setModel(self.rows_model)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.head = TableHead(self.rows_model.columns, self)
        self.setHorizontalHeader(self.head)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(theme.size("row"))
        rows.setDefaultSectionSize(theme.size("row"))
        header = self.head
        header.setFixedHeight(theme.size("header"))
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(theme.px(30))
        header.setSortIndicatorClearable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._on_section_moved)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.viewport().setMouseTracking(True)
        self.entered.connect(self._on_entered)
        self.doubleClicked.connect(self._on_opened)
        self.clicked.connect(self._on_clicked)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        copy = QAction(self.tr("复制整行"), self)
        copy.setShortcut(QKeySequence("Ctrl+Shift+C"))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_rows)
        self.addAction(copy)
        self._fit()

    # -- rows

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; the current and the chosen ones stay so where they are still there."""
        key = self.rows_model.key
        current = self.current()
        chosen = {key(row) for row in self.selected()}
        current_key = None if current is None else key(current)
        at = self.currentIndex().row()
        top = self.verticalScrollBar().value()
        blocked = self.selectionModel().blockSignals(True)
        self.rows_model.set_rows(rows)
        self.hovered_row = -1
        shown = self.rows_model.rows()
        if chosen or current_key is not None:
            selection = QItemSelection()
            last = len(self.rows_model.columns) - 1
            place = -1
            sought = chosen if current_key is None else chosen | {current_key}
            left = len(sought)
            for index, row in enumerate(shown):
                row_key = key(row)
                if row_key not in sought:
                    continue
                if row_key == current_key:
                    place = index
                if row_key in chosen:
                    selection.select(self.rows_model.index(index, 0), self.rows_model.index(index, last))
                left -= 1
                if not left:
                    break
            model = self.selectionModel()
            model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if place < 0 and shown:
                place = min(max(at, 0), len(shown) - 1)
                if selection.isEmpty():
                    flags = QItemSelectionModel.SelectionFlag
                    model.select(self.rows_model.index(place, 0), flags.ClearAndSelect | flags.Rows)
            if place >= 0:
                there = self.rows_model.index(place, self.first_column)
                model.setCurrentIndex(there, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.verticalScrollBar().setValue(top)
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()
        now = self.current()
        if (None if now is None else key(now)) != current_key or now is not None:
            self.current_changed.emit(now)
        if chosen:
            self.selection_changed.emit(self.selected())

    def rows(self) -> list[R]:
        """The rows in the order shown."""
        return self.rows_model.rows()

    def current(self) -> R | None:
        """The row that the keyboard is on."""
        at = self.currentIndex().row()
        return self.rows_model.row(at) if 0 <= at < len(self.rows_model.rows()) else None

    def selected(self) -> list[R]:
        """The chosen rows, in the order shown."""
        return [self.rows_model.row(place) for place in self._selected_places()]

    def _selected_places(self) -> list[int]:
        """By ranges: one index a row would take seconds where all of 50,000 are chosen."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(number) for number in range(selection.count())]
        return sorted({place for part in ranges for place in range(part.top(), part.bottom() + 1)})

    def choose(self, key: Hashable) -> bool:
        """Make the row with that key the current and only chosen one, in view; gives whether it is there."""
        place = self.rows_model.place(key)
        if place < 0:
            return False
        self._choose_place(place)
        self.scrollTo(self.rows_model.index(place, self.first_column))
        return True

    def _choose_place(self, place: int) -> None:
        # selectRow asks the keyboard: while Ctrl is down, as it is on Ctrl+Enter, it would take the choice away.
        flags = QItemSelectionModel.SelectionFlag
        there = self.rows_model.index(place, self.first_column)
        self.selectionModel().setCurrentIndex(there, flags.ClearAndSelect | flags.Rows)

    def choose_first(self) -> None:
        """Choose the first row, if there is one."""
        if self.rows_model.rows():
            self._choose_place(0)

    def cell_text(self, row: int, column_key: str) -> str:
        """The text of a cell, by the column's key. Raises StopIteration for an unknown key."""
        column = next(at for at, spec in enumerate(self.rows_model.columns) if spec.key == column_key)
        return self.rows_model.cell(row, column).as_text()

    def copy_rows(self) -> None:
        """Put the chosen rows, as they are shown, on the clipboard for Excel."""
        header = self.horizontalHeader()
        order = sorted(
            (at for at in range(len(self.rows_model.columns)) if not self.isColumnHidden(at)), key=header.visualIndex
        )
        lines = ["\t".join(self._plain(place, column) for column in order) for place in self._selected_places()]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _plain(self, row: int, column: int) -> str:
        return " ".join(self.rows_model.cell(row, column).as_text().split())

    # -- columns

    def remembered(self) -> dict[str, Any]:
        """Widths (at the standard text size) and hidden columns, to be kept for next time."""
        return {"widths": dict(self._widths), "hidden": sorted(self._hidden)}

    def restore(self, kept: dict[str, Any]) -> None:
        """Take up what ``remembered`` gave, as far as the columns are still the same."""
        keys = {column.key for column in self.rows_model.columns}
        widths = kept.get("widths", {})
        self._widths |= {key: int(width) for key, width in widths.items() if key in keys and int(width) > 0}
        if "hidden" in kept:
            must = {column.key for column in self.rows_model.columns if column.must}
            self._hidden = (set(kept["hidden"]) & keys) - must
        self._fit()

    def columns_menu(self, parent: QWidget) -> QMenu:
        """A menu to choose the columns from."""
        menu = QMenu(parent)
        for column in self.rows_model.columns:
            if not column.title:
                continue
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.key not in self._hidden)
            action.setEnabled(not column.must)
            action.toggled.connect(lambda on, key=column.key: self.show_column(key, on))
        return menu

    def show_column(self, key: str, on: bool) -> None:
        """Show or hide a column."""
        self._hidden = self._hidden - {key} if on else self._hidden | {key}
        self._fit()
        self.widths_changed.emit()

    def _fit(self) -> None:
        """Share the width: columns that lack room go or shrink in their order, the free room is shared."""
        columns = self.rows_model.columns
        extra = theme.px(BLEED) - theme.px(10) if self.bleeds else 0
        rooms = [
            Room(
                width=theme.px(self._widths[column.key]),
                least=theme.px(column.least),
                stretch=column.stretch,
                give_up=column.give_up,
                narrow_width=theme.px(column.narrow_width) if column.narrow is not None else None,
                may_go=column.may_go,
                hidden=column.key in self._hidden,
            )
            for column in columns
        ]
        fitted = fit(rooms, self.viewport().width() - extra)
        widths = fitted.widths
        self._fitting = True
        header = self.horizontalHeader()
        for at, width in enumerate(widths):
            self.setColumnHidden(at, width is None)
        shown = [header.logicalIndex(place) for place in range(header.count())]
        self.first_column = next((at for at in shown if widths[at] is not None), 0)
        for at, width in enumerate(widths):
            if width is not None:
                header.resizeSection(at, width + (extra if at == self.first_column else 0))
        self._fitting = False
        self.rows_model.set_narrow(set(fitted.narrow))

    def _on_section_resized(self, column: int, before: int, width: int) -> None:
        del before
        if self._fitting or width == 0:
            return
        if self.bleeds and column == self.first_column:
            width -= theme.px(BLEED) - theme.px(10)
        self._widths[self.rows_model.columns[column].key] = max(30, round(width / theme.scale()))
        self.widths_changed.emit()

    def _on_section_moved(self) -> None:
        self._fit()
        self.viewport().update()

    def _on_header_menu(self, at: QPoint) -> None:
        self.columns_menu(self).popup(self.horizontalHeader().mapToGlobal(at))

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: Any) -> None:
        """The chosen rows are blue while the keyboard is here."""
        self.shows_focus = True
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model.rows():
            self.choose_first()
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        """The chosen rows turn grey; the bar stays."""
        self.shows_focus = False
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """No row is pointed at once the mouse has left."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or say why there are none."""
        super().paintEvent(event)
        if self.empty_text and not self.rows_model.rows():
            painter = QPainter(self.viewport())
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("ink3"))
            room = self.viewport().rect().adjusted(theme.px(20), theme.px(20), -theme.px(20), -theme.px(20))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), self.empty_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row, the space bar ticks it; the rest is as in every table."""
        self.is_extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        current = self.current()
        editing = self.state() == QAbstractItemView.State.EditingState
        once = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if current is not None and not editing and event.isAutoRepeat() and event.key() in once:
            # It stays down: what it did once is not done again.
            return
        if current is not None and not editing and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier:
                self.opened.emit(current)
                return
        elif current is not None and not editing and event.key() == Qt.Key.Key_Space:
            self.check_clicked.emit(current)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing does not jump: digits and letters are the page's keys."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """As in every table."""
        self.is_extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)
        self.viewport().update()

    def _on_entered(self, index: QModelIndex) -> None:
        self._hover(index.row())

    def _hover(self, row: int) -> None:
        if row == self.hovered_row:
            return
        before, self.hovered_row = self.hovered_row, row
        for place in (before, row):
            if 0 <= place < len(self.rows_model.rows()):
                top = self.rowViewportPosition(place)
                self.viewport().update(0, top, self.viewport().width(), self.rowHeight(place))

    def _on_opened(self, index: QModelIndex) -> None:
        if self.rows_model.columns[index.column()].edit is not None:
            self.edit(index)
        else:
            self.opened.emit(self.rows_model.row(index.row()))

    def _on_clicked(self, index: QModelIndex) -> None:
        if self.rows_model.cell(index.row(), index.column()).check is not None:
            self.check_clicked.emit(self.rows_model.row(index.row()))

    def _on_selection(self) -> None:
        self.viewport().update()
        self.selection_changed.emit(self.selected())

    def _on_current(self) -> None:
        self.current_changed.emit(self.current())
