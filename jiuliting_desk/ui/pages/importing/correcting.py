"""Cells of one row as the sheet has them, to be corrected before anything is written."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.actions.imports.rows import NAME_MISSING
from jiuliting_desk.model.imports import PlannedRow
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.importing.column_grid import letter_of
from jiuliting_desk.ui.pages.importing.row_words import RowWords
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, column, scrolled
from jiuliting_desk.ui.widgets.text import label
from jiuliting_desk.ui.words import workbooks


class CorrectDialog(WindowDialog):
    """A form with one field a column; only the cells that were changed count."""

    def __init__(
        self,
        draft: Draft,
        planned: PlannedRow,
        words: RowWords,
        corrected: Callable[[int, int, dict[int, str]], object],
        left_out: Callable[[bool], object],
    ) -> None:
        super().__init__(self.tr("改{place}").format(place=words.place(planned)), width=600)
        self._corrected = corrected
        table, read = draft.row_of(planned)
        self._sheet_index = table.sheet_index
        self._places = {match.index: read.place(match.index) for match in table.columns}
        self.form = Form(label_width=150)
        self._before: dict[int, str] = {}
        wrong = {found.column: found for found in read.remarks if found.code in workbooks.NOT_TAKEN}
        for match in table.columns:
            if not match.title and not match.field:
                continue
            place = self._places[match.index]
            text = cell_text(draft.cell(table.sheet_index, *place))  # type: ignore[arg-type]
            self._before[match.index] = text
            letter = "" if table.is_no_list else f"{letter_of(match.index)}　"
            title = f"{letter}{' '.join(match.title.split())}"
            meaning = workbooks.meaning(match.field) if match.field else self.tr("不导入")
            field = self.form.text(str(match.index), title, hint="" if match.title == meaning else meaning)
            field.setText(text)
            if planned.refused == NAME_MISSING and match.field == "name":
                theme.mark(field, state="bad")
                self.form.complain(str(match.index), workbooks.refusal(planned.refused))
            if match.index in wrong:
                theme.mark(field, state="bad")
                self.form.complain(str(match.index), workbooks.remark(wrong[match.index]))
        reason = words.reason(planned)
        if reason:
            self.body.addWidget(Banner("warn", reason))
        holder = QWidget()
        holder.setLayout(column(self.form, STRETCH, margins=(4,)))
        area = scrolled(holder)
        area.setMinimumHeight(theme.px(min(420, 80 + 40 * len(self._before))))
        self.body.addWidget(area)
        self.body.addWidget(label(self.tr("只改预览，不改对方发来的文件。"), "cap"))
        is_left_out = planned.key in draft.choices.left_out
        self.leave_button = button(
            self.tr("还是导入这一行") if is_left_out else self.tr("这一行不导入"),
            lambda: self._leave(left_out, not is_left_out),
        )
        self.save_button = button(self.tr("改好这一行"), self.save, kind="primary")
        self.foot.addWidget(button(self.tr("不改了"), self.reject))
        self.foot.addWidget(self.leave_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.save_button)
        self.save_button.setDefault(True)
        wrong_fields = [field for field in self.form.fields.values() if field.property("state") == "bad"]
        if wrong_fields:
            wrong_fields[0].setFocus()

    def save(self) -> None:
        """Hand the changed cells over."""
        values = self.form.read() or {}
        changed = {column: text for column, before in self._before.items() if (text := values[str(column)]) != before}
        self.accept()
        by_row: dict[int, dict[int, str]] = {}
        for index, text in changed.items():
            row, column = self._places[index]
            by_row.setdefault(row, {})[column] = text
        for row, cells in by_row.items():
            self._corrected(self._sheet_index, row, cells)

    def _leave(self, left_out: Callable[[bool], object], leave: bool) -> None:
        self.accept()
        left_out(leave)
