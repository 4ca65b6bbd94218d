"""导入导出: four steps for a workbook that comes in; only the third writes."""

from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from jiuliting_desk.actions.imports.doubts import open_columns, with_columns_agreed
from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.actions.imports.refusing import save_refused_rows
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.imports import ImportReport
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.surveys import NeedsSurvey
from jiuliting_desk.sheets.tables import ReadTable
from jiuliting_desk.store import history as store_history
from jiuliting_desk.store import surveys
from jiuliting_desk.store.operations import OperationLine
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.frame.dropping import TAKE_FILES
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.importing.answers import Answers
from jiuliting_desk.ui.pages.importing.checking import CheckPanel, ResultPanel
from jiuliting_desk.ui.pages.importing.choose import SUFFIXES, ChoosePanel
from jiuliting_desk.ui.pages.importing.foot import CHECK, CHOOSE, PREVIEW, RESULT, Foot
from jiuliting_desk.ui.pages.importing.intake import Intake
from jiuliting_desk.ui.pages.importing.mapping import MappingPanel
from jiuliting_desk.ui.pages.importing.outgoing import Outgoing
from jiuliting_desk.ui.pages.importing.preview import PreviewPanel
from jiuliting_desk.ui.pages.importing.row_words import RowWords
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.banner import Banner, Empty
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, surface
from jiuliting_desk.ui.widgets.stepper import Stepper
from jiuliting_desk.ui.widgets.text import Elide, icon_label
from jiuliting_desk.ui.widgets.turns import Piece, Turns

LOW = 520
"""Height of the page under which the preview does without the banner."""

SEEN_ON = {
    "survey": "elders",
    "tally": "stats",
    "feedback": "feedback",
    "visits": "visits",
    "calls": "phone",
    "places": "settings",
}
"""The page that shows what came in, by the kind of its rows."""


class ImportPage(Page):
    """Holds one draft at a time; reading and planning run beside the window, one after another."""

    watches: ClassVar = frozenset({NeedsSurvey, Elder, Provider})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        # It outlives the page, which is made anew when the text size changes.
        self.intake = session.findChild(Intake) or Intake(session)
        self.intake.planned.connect(self._on_planned)
        self.intake.written.connect(self._on_written)
        self.intake.overtaken.connect(lambda: self._show_step(PREVIEW))
        self.intake.queued.connect(self._on_queued)
        self.intake.stopped.connect(self._on_stopped)
        self.intake.emptied.connect(self._leave)
        self.step = CHOOSE
        self._goes_on = False
        """Whether the next step follows as soon as the columns that were agreed to are read."""
        self.turns = Turns(self)
        self._place = 0
        self._outgoing = Outgoing(session, self)
        self._build()
        self._show_step(CHOOSE)
        if self.intake.draft is not None and self.intake.draft.plan is not None and self.intake.report is None:
            self._on_planned(self.intake.draft, True)

    # -- building

    def _build(self) -> None:
        steps = (self.tr("选文件"), self.tr("对应列、看预览"), self.tr("确认写入"), self.tr("看结果"))
        self.stepper = Stepper(steps)
        self._file_icon = icon_label("file-spreadsheet", "ok")
        self._file = Elide()
        self.other_button = button(self.tr("换文件"), self.give_up, kind="link")
        head = row(self.stepper, 12, self._file_icon, self._file, STRETCH, self.other_button)
        head.setStretchFactor(self._file, 20)
        self.banner = Banner("info", "", icon="shield-check")
        self.choose = ChoosePanel()
        self.choose.files_chosen.connect(self.intake.take)
        self.choose.files_wanted.connect(self.ask_files)
        self.choose.folder_wanted.connect(self._ask_folder)
        self.choose.undo_wanted.connect(self._ask_undo)
        self.choose.export_wanted.connect(self._outgoing.export)
        self.choose.template_wanted.connect(self._outgoing.template)
        self.mapping = MappingPanel()
        self.mapping.table_chosen.connect(self._on_table_chosen)
        self.preview = PreviewPanel()
        self.answers = Answers(
            self.intake,
            self.session.dialogs,
            mapping=self.mapping,
            preview=self.preview,
            table_of=self._table,
            parent=self,
        )
        self.no_table = Empty(
            self.tr("没有找到表头"),
            self.tr("这份文件里看不出哪一行是“姓名、电话……”。"),
            action=button(self.tr("指给程序看"), self.answers.pick_header, kind="strong"),
        )
        self._right = QStackedWidget()
        self._right.addWidget(self.preview)
        self._right.addWidget(surface("panel", column(self.no_table)))
        both = QWidget()
        layout = row(self.mapping, self._right, gap=14)
        layout.setStretch(1, 1)
        both.setLayout(layout)
        self.check = CheckPanel()
        self.result = ResultPanel()
        self.result.undo_wanted.connect(self._undo_this)
        self.result.refused_wanted.connect(self.export_refused)
        self.result.list_wanted.connect(self._go_to_list)
        self._stack = QStackedWidget()
        for panel in (self.choose, both, self.check, self.result):
            self._stack.addWidget(panel)
        content = column(head, self.banner, self._stack, margins=(12, 20), gap=12)
        content.setStretch(2, 1)
        holder = QWidget()
        holder.setLayout(content)
        self._foot = Foot()
        self.refused_button, self.back_button = self._foot.refused_button, self._foot.back_button
        self.next_button = self._foot.next_button
        self.refused_button.clicked.connect(self.export_refused)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.setLayout(column(holder, self._foot, gap=0))

    # -- showing

    def refresh(self) -> None:
        """Show what came in lately; a plan that others overtook is made anew."""
        self.choose.show_recent(surveys.recent(self.session.store), today=self.session.today())
        self.choose.show_unread(self.intake.unread)
        if self.intake.draft is not None and self.step in {PREVIEW, CHECK} and not self.intake.is_working:
            self.intake.plan_anew()
        report = self.intake.report
        if self.step == RESULT and report is not None and report.operation_id:
            found = store_history.line(self.session.store, report.operation_id)
            if found.undone:
                # Taken back from here or from anywhere: what was written stands no more.
                self._on_undone()

    def _table(self, draft: Draft) -> ReadTable:
        return draft.tables[min(self._place, len(draft.tables) - 1)]

    def _show_step(self, step: int) -> None:
        self.step = step
        self._stack.setCurrentIndex(step)
        self.stepper.show_step(step if step < RESULT else len(self.stepper.steps))
        has_file = self.intake.draft is not None
        for widget in (self._file_icon, self._file, self.other_button):
            widget.setVisible(has_file and step != CHOOSE)
        self._show_banner()
        self._foot.show_step(step)
        self._show_foot()
        self.keys_changed.emit()
        if step in {CHECK, RESULT}:
            self.next_button.setFocus()

    def _showing(self, draft: Draft, *, fresh: bool = False) -> Iterator[Piece]:
        """The pieces of work that show a draft; a ``fresh`` one with its first row chosen."""
        yield partial(self._show_name, draft)
        if fresh:
            yield partial(self._show_step, PREVIEW)
        if draft.tables:
            self._place = min(self._place, len(draft.tables) - 1)
            yield partial(self._show_rows, draft, fresh)
            yield self.preview.count
            yield self.keys_changed.emit
            if fresh:
                yield self.mapping.look_at_top
                yield lambda: self.preview.table().setFocus()
            yield from self.mapping.showing(draft, self._place)
        if self.step == CHECK:
            yield partial(self.check.show_draft, draft)

    def _show_name(self, draft: Draft) -> None:
        if draft.plan is None:
            return
        file = self.tr("{file}　{count} 行").format(file=draft.path.name, count=len(draft.plan.rows))
        if self.intake.waiting:
            file += self.tr("　还有 {count} 份").format(count=len(self.intake.waiting))
        self._file.setText(file)
        self.mapping.setVisible(bool(draft.tables))
        self._right.setCurrentIndex(0 if draft.tables else 1)
        self._show_foot()

    def _show_rows(self, draft: Draft, fresh: bool) -> None:
        if draft.plan is None:
            return
        table = self._table(draft)
        on = [id(each) for each in draft.tables_on]
        at = on.index(id(table)) if id(table) in on else -1
        rows = [planned for planned in draft.plan.rows if planned.key[0] == at]
        self.preview.show_rows(rows, str(table.kind), RowWords(draft, self), fresh=fresh)

    def _show_banner(self) -> None:
        """Where the window is low the rows need its place; the foot says what will be written as well."""
        seen = self.intake.draft.seen_before if self.intake.draft is not None else None
        if seen is not None:
            self.banner.say(
                self.tr("这份表 {day} 导入过。").format(day=labels.day(seen)),
                self.tr("没变的行写着“重复”，不会再写。"),
            )
        else:
            self.banner.say(
                self.tr("现在什么都还没写进资料库。"),
                self.tr("到第 3 步点“确认写入”才写，写之前先自动备份，写完也能整批撤回。"),
            )
        self.banner.setVisible(self.step == CHECK or (self.step == PREVIEW and self.height() >= theme.px(LOW)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the banner's place to the rows where the window is low."""
        super().resizeEvent(event)
        self._show_banner()

    def _show_foot(self) -> None:
        if self.intake.draft is not None:
            self._foot.show_draft(self.intake.draft, self.step, self.intake.waiting)

    # -- files

    def ask_files(self) -> None:
        """Choose workbooks."""
        pattern = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        self.session.dialogs.open_files(
            self.tr("选要导入的表格"),
            self.tr("表格 ({pattern});;所有文件 (*)").format(pattern=pattern),
            self.intake.take,
        )

    def _ask_folder(self) -> None:
        self.session.dialogs.choose_folder(self.tr("选放着表格的文件夹"), lambda folder: self.intake.take([folder]))

    # -- what a person says of the preview

    def _on_table_chosen(self, place: int) -> None:
        self._place = place
        if self.intake.draft is not None:
            self.turns.run(self._showing(self.intake.draft))

    # -- going through the steps

    def go_on(self) -> None:
        """The next step; from the third one, write."""
        if self.intake.is_working:
            return
        if self.step == PREVIEW and self.intake.draft is not None:
            opened = open_columns(self.intake.draft)
            if opened:
                self.answers.ask_columns(opened, self._on_columns_agreed)
                return
            self.check.show_draft(self.intake.draft)
            self._show_step(CHECK)
        elif self.step == CHECK:
            self.intake.write(self.check.pairing())
        elif self.step == RESULT:
            if self.intake.waiting:
                self.intake.open_next()
            else:
                self.give_up()

    def go_back(self) -> None:
        """The step before."""
        if self.step == CHECK:
            self._show_step(PREVIEW)
        elif self.step == PREVIEW:
            self.give_up()

    def _on_columns_agreed(self) -> None:
        self._goes_on = True
        self.intake.change(with_columns_agreed)

    def give_up(self) -> None:
        """Leave the file, nothing was written; asks where work was done on it, and where others wait behind it."""
        draft = self.intake.draft
        if draft is not None and self.has_unsaved():
            self.answers.ask_to_drop(draft.path.name, self._give_up)
        else:
            self._give_up()

    def _give_up(self) -> None:
        if self.intake.waiting:
            self.answers.ask_about_waiting(self.intake.waiting, leave=self._leave, go_on=self.intake.open_next)
        else:
            self._leave()

    def _leave(self) -> None:
        if self.step in {PREVIEW, CHECK} and self.intake.draft is not None:
            self.session.say(self.tr("不导了，什么都没改。"), tone="info")
        self.intake.drop()
        self.choose.show_unread(self.intake.unread)
        self._show_step(CHOOSE)

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """Take files that were dropped on the window."""
        if intent.startswith(TAKE_FILES):
            self.intake.take([Path(name) for name in intent.removeprefix(TAKE_FILES).split("\n")])

    def _on_planned(self, draft: Draft, fresh: bool) -> None:
        goes_on, self._goes_on = self._goes_on and not fresh, False
        if fresh:
            on = draft.tables_on
            self._place = next((at for at, table in enumerate(draft.tables) if on and table is on[0]), 0)
        self.turns.run(chain(self._showing(draft, fresh=fresh), [self.go_on] if goes_on else []))

    def _on_stopped(self) -> None:
        """The window was held while it worked: the keyboard is where it was, on what leads on."""
        self._goes_on = False
        if self.step in {CHECK, RESULT}:
            self.next_button.setFocus()

    def _on_queued(self) -> None:
        if self.intake.draft is not None:
            self._show_name(self.intake.draft)

    def _on_written(self, report: ImportReport) -> None:
        if self.intake.draft is not None:
            self.result.show_report(self.intake.draft, report)
            self._show_step(RESULT)

    # -- afterwards

    def _undo_this(self) -> None:
        """Take the import back, beside the window; what later steps stand on is kept and named."""
        if self.intake.report is not None and self.intake.report.operation_id:
            self._outgoing.undo_import(self.intake.report.operation_id, self._on_undone)

    def _ask_undo(self, line: OperationLine) -> None:
        self._outgoing.ask_undo(line, self._on_undone)

    def _on_undone(self) -> None:
        if self.step == RESULT and self.intake.waiting:
            self.result.show_undone()
        elif self.step == RESULT:
            self.give_up()

    def export_refused(self) -> None:
        """Save the rows that are not written, with the reason of each, in the sender's own layout."""
        draft = self.intake.draft
        if draft is None or draft.plan is None:
            return
        words = RowWords(draft, self)
        name = self.tr("{file}_有误的行.xlsx").format(file=draft.path.stem)
        self._outgoing.save(
            self.tr("有误的行存到哪里"),
            str(draft.path.absolute().with_name(name)),
            lambda path: save_refused_rows(draft, path=path, reason=words.reason),
        )

    def _go_to_list(self) -> None:
        kind = self.intake.draft.plan.rows[0].kind if self.intake.draft is not None and self.intake.draft.plan else ""
        self.session.goto(SEEN_ON.get(kind, "providers"))

    # -- keys

    def keys(self) -> tuple[Key, ...]:
        """In the preview the filters by digits, F6 to the next problem; Alt and arrows through the steps."""
        if self.step == CHOOSE:
            return (Key(keys="Ctrl+O", words=self.tr("选文件"), run=self.ask_files),)
        steps = (
            Key(keys="Alt+Right", words=self.tr("下一步"), run=self.go_on, shown_as="Alt+→"),
            Key(keys="Ctrl+Return", run=self.go_on),
            Key(keys="Alt+Left", run=self.go_back),
            Key(keys="Esc", words=self.tr("不导了，什么都不改"), run=self.give_up)
            if self.step != RESULT
            else Key(keys="Esc", words=self.tr("回到选文件"), run=self.give_up),
        )
        if self.step != PREVIEW or self.intake.draft is None or not self.intake.draft.tables:
            return steps
        filters = self.preview.filters()
        digits = tuple(
            Key(
                keys=str(at),
                words=self.tr("看哪一类") if at == 1 else "",
                run=partial(self.preview.choose_filter, key),
                shown_as=self.tr("1–{last}").format(last=len(filters)) if at == 1 else "",
            )
            for at, key in enumerate(filters, start=1)
        )
        return (
            *digits,
            Key(keys="F6", words=self.tr("下一处有误"), run=self.preview.go_to_next_problem),
            Key(keys="U", words=self.tr("用 Excel 的"), run=self.preview.use_excel),
            Key(keys="K", words=self.tr("留原来的"), run=self.preview.keep_known),
            *steps,
        )

    def has_unsaved(self) -> bool:
        """Whether something was corrected, chosen or decided in a file that was not written yet."""
        draft = self.intake.draft
        return draft is not None and self.step in {PREVIEW, CHECK} and draft.was_worked_on
