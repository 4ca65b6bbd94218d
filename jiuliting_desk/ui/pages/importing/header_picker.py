"""The first rows of a sheet as the sheet has them, to point at the header."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.model.text import masked_numbers
from jiuliting_desk.sheets.book import Sheet
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.importing.column_grid import letter_of
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import ChoiceField
from jiuliting_desk.ui.widgets.layout import row
from jiuliting_desk.ui.widgets.text import label

ROWS_SHOWN = 30

Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractTableModel):
    """The upper left of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """At most ``ROWS_SHOWN``."""
        return 0 if parent.isValid() else min(len(self._sheet.rows), ROWS_SHOWN)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As wide as the sheet."""
        return 0 if parent.isValid() else self._sheet.width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as its text, phones and identity numbers masked."""
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        text = masked_numbers(cell_text(self._sheet.rows[index.row()][index.column()]))
        return " ".join(text.split()) if role == Qt.ItemDataRole.DisplayRole else text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Letters and numbers, as in a spreadsheet."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return letter_of(section) if orientation == Qt.Orientation.Horizontal else str(section + 1)


class HeaderPicker(WindowDialog):
    """Choose a row of a sheet as its header, or say that there is none."""

    def __init__(self, draft: Draft, sheet_index: int, header_row: int, picked: Callable[[int, int], object]) -> None:
        super().__init__(self.tr("表头在哪一行？"), width=860)
        self._draft = draft
        self._picked = picked
        self.sheets = ChoiceField([(at, sheet.name) for at, sheet in enumerate(draft.book.sheets) if sheet.rows])
        self.sheets.set_value(sheet_index)
        self.sheets.edited.connect(self._show_sheet)
        self.sheets.setVisible(len(draft.book.sheets) > 1)
        hint = label(self.tr("点写着“姓名、电话……”的那一行；有两三层的，点最下面一层。"), "sub", wrap=True)
        self.body.addLayout(row(hint, self.sheets))
        self.view = QTableView()
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setMinimumHeight(theme.px(360))
        self.view.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.view.verticalHeader().setFixedWidth(theme.px(44))
        self.view.doubleClicked.connect(lambda _index: self.pick())
        self.body.addWidget(self.view)
        self.none_button = button(self.tr("这张表没有表头"), lambda: self._end(0))
        self.pick_button = button("", self.pick, kind="primary")
        self.foot.addWidget(button(self.tr("不换了"), self.reject))
        self.foot.addWidget(self.none_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.pick_button)
        self._model: SheetModel | None = None
        self._show_sheet()
        if header_row:
            self.view.selectRow(header_row - 1)

    def _show_sheet(self) -> None:
        sheet = self._draft.book.sheets[self.sheets.value()]
        self._model = SheetModel(sheet)
        self.view.setModel(self._model)
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._name_button())
        for column in range(self._model.columnCount()):
            self.view.setColumnWidth(column, theme.px(110))
        first = next((at for at, cells in enumerate(sheet.rows[:ROWS_SHOWN]) if sum(c != "" for c in cells) > 1), 0)
        self.view.selectRow(first)
        self._name_button()

    def _name_button(self) -> None:
        self.pick_button.setText(self.tr("就用第 {row} 行").format(row=self.view.currentIndex().row() + 1))

    def pick(self) -> None:
        """Take the chosen row."""
        self._end(self.view.currentIndex().row() + 1)

    def _end(self, header_row: int) -> None:
        self.accept()
        self._picked(self.sheets.value(), header_row)
