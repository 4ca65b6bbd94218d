"""A workbook's way in: read, planned, changed, written, each in a job beside the window, one after another."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from jiuliting_desk.actions.imports import draft as drafts
from jiuliting_desk.actions.imports import words as known_words
from jiuliting_desk.actions.imports.carrying import carry_out
from jiuliting_desk.actions.imports.carrying_feedback import Offer
from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.actions.imports.memory import let_go
from jiuliting_desk.actions.imports.snapshot import Snapshot, take_snapshot
from jiuliting_desk.model.errors import PlanOvertaken, UserError
from jiuliting_desk.model.imports import ImportReport
from jiuliting_desk.sheets.book import SheetTrouble, TroubleKind
from jiuliting_desk.sheets.reader import Reading, begin_reading
from jiuliting_desk.store import Store, people
from jiuliting_desk.store import history as store_history
from jiuliting_desk.ui import messages
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.pages.importing.choose import workbooks_in
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.turns import Turns

Change = Callable[[Draft], Draft]


class Intake(QObject):
    """Holds the draft of one workbook, and the files that wait behind it."""

    planned = Signal(object, bool)
    """The Draft with its plan, and whether it is a workbook that was just opened."""
    written = Signal(object)
    """The ImportReport."""
    overtaken = Signal()
    """The file was changed meanwhile: the plan is made anew and has to be looked at again."""
    stopped = Signal()
    """A job was cancelled or could not be done: what was seen stays."""
    emptied = Signal()
    """The file that was to be read was not, and no other is looked at."""
    queued = Signal()
    """Files came while another is looked at; they wait behind it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.draft: Draft | None = None
        self.report: ImportReport | None = None
        self.waiting: list[Path] = []
        self.unread: list[str] = []
        """Sentences about the files that could not be read since the last ones were taken."""
        self.is_working = False
        self._is_fresh = False
        self._turns = Turns(self)
        self._changes: list[Change] = []

    def drop(self) -> None:
        """Let the workbook go; nothing was written."""
        self.draft = None
        self.report = None
        self.waiting = []
        self._changes.clear()
        let_go()

    def take(self, paths: list[Path]) -> None:
        """Files or folders that were dropped or chosen: the first is read now, the others wait."""
        found = workbooks_in(paths)
        if not found:
            self._session.say(self.tr("这个文件夹里没有表格。"), tone="info")
            return
        if self.is_working or self._is_looked_at:
            self.waiting = list(dict.fromkeys((*self.waiting, *found)))
            words = self.tr("“{file}”等 {count} 份排在后面，这一份看完接着看。")
            self._session.say(words.format(file=found[0].name, count=len(found)), tone="info")
            self.queued.emit()
            return
        if self._session.is_lent:
            self._session.say_busy()
            return
        self.unread = []
        self.waiting = [*found[1:], *(path for path in self.waiting if path not in found)]
        self.open(found[0])

    @property
    def _is_looked_at(self) -> bool:
        """Whether a workbook is in the preview that was not written yet."""
        return self.draft is not None and self.report is None

    def open_next(self) -> None:
        """Read the first of the files that wait; the one that was looked at is let go."""
        self.draft = None
        self.report = None
        self._changes.clear()
        self.open(self.waiting.pop(0))

    def open(self, path: Path, password: str | None = None) -> None:
        """Read a workbook and plan it; asks for its password where it has one."""
        store = self._session.store
        if self._session.is_lent:
            self._session.say_busy()
            return
        vocabulary = known_words.vocabulary(store, today=self._session.today())
        learned = known_words.learned_words(store)

        def begin(store: Store, _progress: Progress) -> tuple[Reading, Snapshot]:
            reading = begin_reading(path, password=password)
            try:
                return reading, take_snapshot(store)
            except BaseException:
                reading.end()
                raise

        def read(reading: Reading, snapshot: Snapshot, progress: Progress) -> Draft:
            draft = drafts.open_draft(path, vocabulary=vocabulary, learned=learned, reading=reading, progress=progress)
            return replace(draft, snapshot=snapshot)

        def go_on(begun: tuple[Reading, Snapshot]) -> None:
            self._session.run_job(
                partial(read, *begun),
                title=title,
                unit=self.tr("页"),
                on_done=self._on_read,
                on_error=partial(self._on_unreadable, path),
                on_cancelled=self._on_not_read,
            )

        title = self.tr("读“{file}”").format(file=path.name)
        self.is_working = True
        # What is known is looked up while another process reads the workbook; the file is back before that ends.
        self._session.run_store_job(
            begin,
            title=title,
            on_done=go_on,
            on_error=partial(self._on_unreadable, path),
            on_cancelled=self._on_not_read,
        )

    def _on_not_read(self) -> None:
        self._on_stopped()
        self._go_on()

    def _on_unreadable(self, path: Path, error: UserError) -> bool:
        self.is_working = False
        if isinstance(error, SheetTrouble) and error.kind in {
            TroubleKind.PASSWORD_NEEDED, TroubleKind.PASSWORD_WRONG
        }:  # fmt: skip
            self._ask_password(path, messages.sentence(error))
            return True
        self._session.say(messages.sentence(error), tone="bad")
        self.unread.append(messages.sentence(error))
        self._go_on()
        return True

    def _go_on(self) -> None:
        """After a file that was not opened: the next one, where one waits and none is looked at."""
        if self.waiting and not self._is_looked_at:
            self.open_next()
        elif self.draft is None:
            self.emptied.emit()

    def _ask_password(self, path: Path, words: str) -> None:
        question = Question(
            title=self.tr("“{file}”要密码").format(file=path.name),
            text=words,
            choices=(Choice("leave", self.tr("不导这份")), Choice("open", self.tr("用这个密码打开"), "primary")),
            default="open",
            cancel="leave",
            input_label=self.tr("打开密码"),
            input_required=True,
        )

        def answered(key: str, text: str) -> None:
            if key == "open":
                self.open(path, text)
            else:
                self._go_on()

        self._session.dialogs.ask(question, answered)

    def _on_stopped(self) -> None:
        self.is_working = False
        self._changes.clear()
        self.stopped.emit()

    # -- reading and planning

    def _on_read(self, draft: Draft) -> None:
        self.report = None
        self._is_fresh = True
        seen = known_words.imported_on(self._session.store, draft.digest) if not self._session.is_lent else None
        self.draft = drafts.with_seen(draft, seen)
        self._work()

    def plan_anew(self) -> None:
        """Plan against the file as it is now."""
        draft, today = self.draft, self._session.today()
        if draft is None:
            return

        def plan(store: Store, progress: Progress) -> Draft:
            snapshot = take_snapshot(store, asked=drafts.asks(draft))
            return drafts.planned(draft, today=today, snapshot=snapshot, progress=progress)

        self.is_working = True
        started = self._session.run_store_job(
            plan,
            title=self.tr("核对“{file}”").format(file=draft.path.name),
            unit=self.tr("行"),
            on_done=self._on_planned,
            on_error=self._on_error,
            on_cancelled=self._on_stopped,
        )
        if started is None:
            self.is_working = False

    def _on_error(self, error: UserError) -> bool:
        self.is_working = False
        self._session.say(messages.sentence(error), tone="warn")
        self.stopped.emit()
        return True

    def _on_planned(self, draft: Draft) -> None:
        self.is_working = False
        self.draft = draft
        if self._changes:
            self._work()
            return
        if draft.plan is None:
            self.plan_anew()
            return
        if not self._session.is_lent and draft.plan.as_of != people.last_step(self._session.store):
            self.plan_anew()
            return
        fresh, self._is_fresh = self._is_fresh, False
        self.planned.emit(draft, fresh)

    def change(self, change: Change) -> None:
        """Change the draft and plan it anew beside the window; changes that come meanwhile follow."""
        self._changes.append(change)
        if not self.is_working:
            self._work()

    def _work(self) -> None:
        draft, today = self.draft, self._session.today()
        changes, self._changes = self._changes, []
        if draft is None:
            return

        def work(progress: Progress) -> Draft:
            changed = draft
            for change in changes:
                changed = change(changed)
            if drafts.lacks_past(changed):
                return replace(changed, plan=None)
            return drafts.planned(changed, today=today, progress=progress)

        self.is_working = True
        self._session.run_job(
            work,
            title=self.tr("核对“{file}”").format(file=draft.path.name),
            unit=self.tr("行"),
            on_done=self._on_planned,
            on_error=self._on_error,
            on_cancelled=self._on_stopped,
        )

    def write(self, pairing: Collection[Offer] = ()) -> None:
        """Carry the plan out, with the pairings agreed to of those that its sheets offer."""
        draft, today = self.draft, self._session.today()
        if draft is None or draft.plan is None:
            return
        plan = draft.plan
        learned = draft.taught if draft.remember else ()

        def work(store: Store, progress: Progress) -> ImportReport:
            return carry_out(store, plan, today=today, learned=learned, pairing=pairing, progress=progress)

        self.is_working = True
        started = self._session.run_store_job(
            work,
            title=self.tr("写入“{file}”").format(file=draft.path.name),
            unit=self.tr("步"),
            on_done=self._on_written,
            on_error=self._on_not_written,
            on_cancelled=self._on_stopped,
        )
        if started is None:
            self.is_working = False

    def _on_not_written(self, error: UserError) -> bool:
        self.is_working = False
        self._session.say(messages.sentence(error), tone="warn")
        if isinstance(error, PlanOvertaken):
            self.overtaken.emit()
            self.plan_anew()
        return True

    def _on_written(self, report: ImportReport) -> None:
        self.report = report
        self._turns.run((partial(self.written.emit, report), partial(self._tell_others, report), self._on_stopped))

    def _tell_others(self, report: ImportReport) -> None:
        """What was written concerns the other pages."""
        if report.operation_id and self.draft is not None:
            self._session.changed.emit(store_history.touched_by(self._session.store, report.operation_id))
            self._session.say(self.tr("已导入“{file}”").format(file=self.draft.path.name), undo=True)
