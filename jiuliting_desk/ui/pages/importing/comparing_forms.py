"""One form answered twice: what the file knows at the left, the sheet at the right; a person decides which holds."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QWidget

from jiuliting_desk.model.imports import Decision, PlannedRow
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.importing.row_words import RowWords
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.text import label


class CompareFormsDialog(WindowDialog):
    """Only the answers that differ are shown."""

    def __init__(self, planned: PlannedRow, words: RowWords, decided: Callable[[Decision], object]) -> None:
        super().__init__(self.tr("第 {row} 行这张表录过，用哪一份？").format(row=planned.number), width=640)
        self._decided = decided
        fields = planned.fields
        parts = (fields.get("form_number"), fields.get("name"), fields.get("date"), fields.get("category"))
        head = "　".join(str(part) for part in parts if part)
        self.body.addWidget(label(head, "h3", wrap=True))
        self.lines = words.feedback.lines(planned)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setHorizontalSpacing(theme.px(18))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(self.tr("原来录的"), "h3"), 0, 1)
        grid.addWidget(label(self.tr("Excel 里的"), "h3"), 0, 2)
        for at, (field, old, new) in enumerate(self.lines, start=1):
            grid.addWidget(label(field, "field"), at, 0)
            grid.addWidget(label(old, wrap=True), at, 1)
            grid.addWidget(label(new, "strong", wrap=True), at, 2)
        self.body.addWidget(holder)
        self.keep_button = button(self.tr("留原来的"), lambda: self._end(Decision.KEEP_KNOWN), icon="undo-2")
        self.use_button = button(
            self.tr("用 Excel 的"), lambda: self._end(Decision.USE_SHEET), kind="primary", icon="check"
        )
        self.foot.addWidget(button(self.tr("以后再说"), lambda: self._end(Decision.LATER)))
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep_button)
        self.foot.addWidget(self.use_button)
        self.confirm_with(self.use_button)

    def _end(self, decision: Decision) -> None:
        self.accept()
        self._decided(decision)
