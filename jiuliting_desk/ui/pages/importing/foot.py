"""The bar below the steps: what will be written, and the buttons that lead through them."""

from pathlib import Path

from PySide6.QtWidgets import QFrame

from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.actions.imports.feedback_rows import KIND as FEEDBACK
from jiuliting_desk.model.imports import Outcome
from jiuliting_desk.ui.pages.importing.row_words import is_unfilled
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.text import rich_label

CHOOSE, PREVIEW, CHECK, RESULT = range(4)
"""The steps of an import."""


class Foot(QFrame):
    """Shows a draft at a step; the page connects the buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "foot")
        self._sums = rich_label("", wrap=False)
        self.refused_button = button("", icon="file-down")
        self.back_button = button(self.tr("上一步"), icon="arrow-left")
        self.next_button = button("", kind="primary", icon="arrow-right", size="l")
        buttons = (self.refused_button, self.back_button, self.next_button)
        self.setLayout(row(self._sums, STRETCH, *buttons, margins=(9, 20), gap=10))

    def show_step(self, step: int) -> None:
        """What there is at a step, whatever the draft."""
        self.setVisible(step != CHOOSE)
        self.back_button.setVisible(step in {PREVIEW, CHECK})

    def show_draft(self, draft: Draft, step: int, waiting: list[Path]) -> None:
        """Say what a draft would write, and what the next step is; ``waiting`` are the files behind it."""
        if draft.plan is None:
            return
        counts = draft.plan.counts
        blank = sum(map(is_unfilled, draft.plan.rows)) if any(t.kind == FEEDBACK for t in draft.plan.tables) else 0
        written = counts[Outcome.NEW] + counts[Outcome.CHANGED]
        self._sums.setText(
            self.tr("写 <b>{written}</b> 行（新增 {new}、更新 {changed}）　不写 <b>{left}</b> 行（{why}）").format(
                written=written,
                new=counts[Outcome.NEW],
                changed=counts[Outcome.CHANGED],
                left=counts.total() - written,
                why=self.tr("重复 {same}、待选 {doubtful}、有误 {refused}").format(
                    same=counts[Outcome.SAME] - blank,
                    doubtful=counts[Outcome.DOUBTFUL],
                    refused=counts[Outcome.REFUSED],
                )
                + (self.tr("、没填 {count}").format(count=blank) if blank else ""),
            )
        )
        refused, doubtful = counts[Outcome.REFUSED], counts[Outcome.DOUBTFUL]
        words = self.tr("导出有误、待选的 {count} 行") if doubtful else self.tr("导出有误的 {count} 行")
        self.refused_button.setText(words.format(count=refused + doubtful))
        self.refused_button.setVisible(refused > 0 and step in {PREVIEW, CHECK})
        self.next_button.setText(self._next_words(step, written, waiting))
        self.next_button.setVisible(bool(draft.plan.rows) or step == RESULT)
        self._sums.setVisible(step != RESULT)

    def _next_words(self, step: int, written: int, waiting: list[Path]) -> str:
        if step == PREVIEW:
            return self.tr("下一步：最后核对")
        if step == CHECK:
            return self.tr("确认写入 {count} 行").format(count=written) if written else self.tr("不用写，看结果")
        return self.tr("下一份：{file}").format(file=waiting[0].name) if waiting else self.tr("再导一份")
