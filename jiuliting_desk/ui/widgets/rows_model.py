"""Plain rows and columns as data, as a Qt model."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from jiuliting_desk.ui.widgets.cells import Cell

R = TypeVar("R")

Index = QModelIndex | QPersistentModelIndex


# No slots: they keep ``Column[Row](...)`` from working.
@dataclass(frozen=True, kw_only=True)
class Column(Generic[R]):
    """One column. Widths are in pixels at the standard text size."""

    key: str
    title: str
    cell: Callable[[R], Cell | str]
    width: int = 100
    stretch: int = 0
    """Its share of free room; such a column may also shrink to ``least``."""
    least: int = 60
    right: bool = False
    sort: Callable[[R], Any] | None = None
    """The value to sort by; by default the text, which is slow for many rows. None sorts last."""
    sortable: bool = True
    give_up: int = 0
    """When the table is narrow, columns go in this order; 0 stays always."""
    narrow: Callable[[R], Cell | str] | None = None
    """The shorter cell that a column shows, at its turn in ``give_up``, instead of going."""
    narrow_width: int = 60
    may_go: bool = False
    """Whether it goes all the same where even the shorter cells lack room."""
    shown: bool = True
    """Whether it shows before a person chose."""
    must: bool = False
    """Whether a person may not hide it."""
    edit: Callable[[R, str], object] | None = None
    """Makes the cells editable: called with the row and the text typed."""


# Joining flags costs more than painting a cell: done once.
_READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _READABLE | Qt.ItemFlag.ItemIsEditable


def _as_cell(content: Cell | str) -> Cell:
    return Cell(content) if isinstance(content, str) else content


Arrange = Callable[[Sequence[R], str, bool], Sequence[R]]
"""Gives the rows in the order of a column (its key, "" for none), descending or not, where the file sorts faster."""


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows held in memory. Cells are made when they are looked at and kept until the rows change."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        key: Callable[[R], Hashable],
        arrange: Arrange[R] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._arrange = arrange
        self.columns = tuple(columns)
        self.key = key
        self.narrow: set[int] = set()
        self._given: list[R] = []
        self._rows: list[R] = []
        self._cells: dict[tuple[int, int], Cell] = {}
        self._sorted_by: tuple[int, bool] | None = None

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows, in the order given or in the one a person chose."""
        self.beginResetModel()
        self._given = list(rows)
        self._cells.clear()
        self._order()
        self.endResetModel()

    def rows(self) -> list[R]:
        """The rows in the order shown."""
        return self._rows

    def row(self, index: int) -> R:
        """The row at that place."""
        return self._rows[index]

    def place(self, key: Hashable) -> int:
        """The place of the row with that key, -1 if it is not shown."""
        return next((index for index, row in enumerate(self._rows) if self.key(row) == key), -1)

    def cell(self, row: int, column: int) -> Cell:
        """The cell as it is painted."""
        found = self._cells.get((row, column))
        if found is None:
            spec = self.columns[column]
            make = spec.narrow if column in self.narrow and spec.narrow is not None else spec.cell
            found = self._cells[row, column] = _as_cell(make(self._rows[row]))
        return found

    def forget_cells(self) -> None:
        """Make the cells anew: what they are made from changed, the rows did not."""
        self._cells.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def set_narrow(self, narrow: set[int]) -> None:
        """Let these columns show their shorter cells."""
        if narrow != self.narrow:
            self.narrow = narrow
            self.forget_cells()

    def _order(self) -> None:
        if self._arrange is not None:
            column, descending = self._sorted_by or (-1, False)
            key = self.columns[column].key if column >= 0 else ""
            self._rows = list(self._arrange(self._given, key, descending))
            return
        self._rows = list(self._given)
        if self._sorted_by is None:
            return
        column, descending = self._sorted_by
        spec = self.columns[column]
        value = spec.sort or (lambda row: _as_cell(spec.cell(row)).as_text())
        known = [(value(row), row) for row in self._rows]
        filled = [pair for pair in known if pair[0] is not None]
        filled.sort(key=lambda pair: pair[0], reverse=descending)
        self._rows = [row for _, row in filled] + [row for found, row in known if found is None]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 goes back to the order given."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [(self.key(self._rows[index.row()]), index.column()) for index in before]
        self._sorted_by = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
        self._order()
        self._cells.clear()
        if before:
            places = {self.key(row): index for index, row in enumerate(self._rows)}
            after = [self.index(places[key], at) if key in places else QModelIndex() for key, at in keys]
            self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are, hidden ones included."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, for screen readers, copying and tool tips; painting takes ``cell``."""
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.cell(index.row(), index.column()).as_text()
        if role == Qt.ItemDataRole.EditRole:
            return self.cell(index.row(), index.column()).text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index.row(), index.column()).tip or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Selectable, and editable where the column says so."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _READABLE if self.columns[index.column()].edit is None else _EDITABLE

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand a typed text to the column."""
        edit = self.columns[index.column()].edit if index.isValid() else None
        if edit is None or role != Qt.ItemDataRole.EditRole:
            return False
        edit(self._rows[index.row()], str(value))
        self._cells = {at: cell for at, cell in self._cells.items() if at[0] != index.row()}
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(self.columns) - 1))
        return True
