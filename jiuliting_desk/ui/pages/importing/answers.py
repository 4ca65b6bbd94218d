"""What a person says of a workbook in the preview, and the change of the draft that follows from it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from jiuliting_desk.actions.imports import draft as drafts
from jiuliting_desk.actions.imports.doubts import OpenColumn, destination
from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.model.imports import Candidate, Decision, PlannedRow
from jiuliting_desk.sheets.tables import ColumnMatch, ReadTable
from jiuliting_desk.ui.dialogs import Choice, Dialogs, Question
from jiuliting_desk.ui.pages.importing.column_grid import letter_of
from jiuliting_desk.ui.pages.importing.comparing import CompareDialog
from jiuliting_desk.ui.pages.importing.comparing_forms import CompareFormsDialog
from jiuliting_desk.ui.pages.importing.correcting import CorrectDialog
from jiuliting_desk.ui.pages.importing.feedback_words import FEEDBACK
from jiuliting_desk.ui.pages.importing.header_picker import HeaderPicker
from jiuliting_desk.ui.pages.importing.intake import Intake
from jiuliting_desk.ui.pages.importing.mapping import MappingPanel
from jiuliting_desk.ui.pages.importing.preview import PreviewPanel
from jiuliting_desk.ui.words import workbooks

LINES_SHOWN = 8
"""Columns that a question names."""

TableOf = Callable[[Draft], ReadTable]
"""The table of a draft that is seen."""


class Answers(QObject):
    """Listens to the panels and hands each answer to the intake, which plans anew beside the window."""

    def __init__(
        self,
        intake: Intake,
        dialogs: Dialogs,
        *,
        mapping: MappingPanel,
        preview: PreviewPanel,
        table_of: TableOf,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._intake = intake
        self._dialogs = dialogs
        self._preview = preview
        self._mapping = mapping
        self._table_of = table_of
        change = intake.change
        mapping.header_wanted.connect(self.pick_header)
        mapping.switched.connect(lambda on: change(lambda d: drafts.with_table(d, table_of(d), on)))
        mapping.kind_chosen.connect(lambda kind: change(lambda d: drafts.with_kind(d, table_of(d), kind)))
        mapping.grid.chosen.connect(
            lambda match, field: change(lambda d: drafts.with_column(d, table_of(d), match, field))
        )
        mapping.empty_keep_changed.connect(lambda keep: change(lambda d: drafts.with_empty_cells(d, keep)))
        mapping.remember_changed.connect(lambda on: change(lambda d: drafts.with_remember(d, on)))
        mapping.hidden_rows_wanted.connect(lambda on: change(lambda d: drafts.with_hidden_rows(d, table_of(d), on)))
        mapping.hidden_columns_wanted.connect(
            lambda on: change(lambda d: drafts.with_hidden_columns(d, table_of(d), on))
        )
        ask = mapping.questions
        ask.word_chosen.connect(lambda word, name: change(lambda d: drafts.with_word(d, word, name)))
        ask.certificate_chosen.connect(lambda word, kinds: change(lambda d: drafts.with_certificate(d, word, kinds)))
        ask.provider_chosen.connect(lambda word, who: change(lambda d: drafts.with_provider(d, word, who)))
        preview.kept.connect(self._on_kept)
        preview.decided.connect(self._on_decided)
        preview.correction_wanted.connect(self._correct)
        preview.comparison_wanted.connect(self._compare)

    def pick_header(self) -> None:
        """Point at the header in the first rows of the sheet."""
        draft = self._intake.draft
        if draft is None:
            return
        table = self._table_of(draft) if draft.tables else None
        first = next((at for at, sheet in enumerate(draft.book.sheets) if sheet.rows and not sheet.hidden), 0)
        self._dialogs.show(
            HeaderPicker(
                draft,
                table.sheet_index if table is not None else first,
                table.header_row if table is not None else 0,
                lambda sheet, header: self._intake.change(lambda d: drafts.with_header_row(d, sheet, header)),
            )
        )

    def ask_columns(self, opened: Sequence[OpenColumn], agreed: Callable[[], object]) -> None:
        """Ask about the columns of which nobody said yet where they go, before anything is confirmed."""
        lines = [self._column_words(table, match) for table, match in opened]
        more = [self.tr("……等 {count} 列").format(count=len(lines))] if len(lines) > LINES_SHOWN else []
        question = Question(
            title=self.tr("{count} 列还没定写到哪里").format(count=len(lines)),
            text=self.tr("猜得对不对，请您看一眼。"),
            lines=(*lines[:LINES_SHOWN], *more),
            choices=(Choice("look", self.tr("回去一列一列定")), Choice("agree", self.tr("就这样写"), "primary")),
            default="look",
            cancel="look",
            tone="warn",
        )

        def answered(key: str, _text: str) -> None:
            if key == "agree":
                agreed()
            else:
                self._mapping.look_at_doubt()

        self._dialogs.ask(question, answered)

    def ask_to_drop(self, name: str, dropped: Callable[[], object]) -> None:
        """Ask before what was corrected, chosen and decided in a workbook is let go with it."""
        question = Question(
            title=self.tr("“{file}”还没写进去").format(file=name),
            text=self.tr("在这份表上改过的格子、选过的列都会丢掉；资料库里什么都没动。"),
            choices=(
                Choice("drop", self.tr("丢掉，不导这份"), "bad"),
                Choice("stay", self.tr("接着看这一份"), "primary"),
            ),
            default="stay",
            cancel="stay",
        )
        self._dialogs.ask(question, lambda key, _text: dropped() if key == "drop" else None)

    def ask_about_waiting(
        self, waiting: Sequence[Path], *, leave: Callable[[], object], go_on: Callable[[], object]
    ) -> None:
        """Ask what becomes of the files that wait behind one that is left."""
        question = Question(
            title=self.tr("后面还有 {count} 份等着").format(count=len(waiting)),
            text=self.tr("下一份是“{file}”。已经写好的不受影响。").format(file=waiting[0].name),
            choices=(
                Choice("leave", self.tr("剩下 {count} 份都不导").format(count=len(waiting))),
                Choice("next", self.tr("接着看下一份"), "primary"),
            ),
            default="next",
        )
        said = {"leave": leave, "next": go_on}
        self._dialogs.ask(question, lambda key, _text: said[key]() if key in said else None)

    def _column_words(self, table: ReadTable, match: ColumnMatch) -> str:
        title = " ".join(match.title.split()) or self.tr("{letter} 列（没有表头）").format(
            letter=letter_of(match.index)
        )
        where = destination(table, match)
        if match.field:
            return self.tr("{column} → {meaning}（猜的）").format(column=title, meaning=workbooks.meaning(where))
        if where:
            return self.tr("{column} → 记在备注里").format(column=title)
        return self.tr("{column} → 不导入").format(column=title)

    def _on_kept(self, planned: PlannedRow, keep: bool) -> None:
        fields = frozenset({*(change.field for change in planned.changes), "needs", "certificates"})
        self._intake.change(lambda d: drafts.with_kept(d, planned.key, fields if keep else frozenset()))

    def _on_decided(self, planned: PlannedRow, decision: Decision) -> None:
        candidate = planned.candidates[0] if planned.candidates else None
        if decision is Decision.SAME_PERSON and len(planned.candidates) > 1:
            self._compare(planned)
            return
        self._decide(planned, decision, candidate)

    def _decide(self, planned: PlannedRow, decision: Decision, candidate: Candidate | None) -> None:
        self._intake.change(lambda d: drafts.with_decision(d, planned.key, decision, candidate))

    def _correct(self, planned: PlannedRow) -> None:
        if self._intake.draft is None:
            return
        self._dialogs.show(
            CorrectDialog(
                self._intake.draft,
                planned,
                self._preview.cells.words,
                lambda sheet, at, texts: self._intake.change(lambda d: drafts.with_cells(d, sheet, at, texts)),
                lambda leave: self._intake.change(lambda d: drafts.with_left_out(d, planned.key, leave)),
            )
        )

    def _compare(self, planned: PlannedRow) -> None:
        words = self._preview.cells.words
        if planned.kind == FEEDBACK:
            self._dialogs.show(CompareFormsDialog(planned, words, partial(self._decide, planned, candidate=None)))
        elif planned.candidates:
            self._dialogs.show(CompareDialog(planned, words, partial(self._decide, planned)))
