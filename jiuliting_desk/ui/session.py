"""The one object a page receives: the file, the clock, and the one way to do and undo things."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from jiuliting_desk.actions import history
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.store import StorageTrouble, Store, Trouble
from jiuliting_desk.store import history as store_history
from jiuliting_desk.ui import action_words, theme
from jiuliting_desk.ui.dialogs import Dialogs
from jiuliting_desk.ui.jobs import Cancelled, Job, Jobs, Progress
from jiuliting_desk.ui.remembered import Remembered
from jiuliting_desk.ui.tokens import TextSize
from jiuliting_desk.ui.widgets.banner import Message

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ref:
    """A record by its class and id: ``Ref(Elder, 12)``."""

    record_class: type[Any]
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to go: a page, a record to show there, what for ("new", "book", …), and the words to begin with."""

    page_key: str
    record: Ref | None = None
    intent: str = ""
    typed: str = ""
    """What was typed to find somebody who is not there yet."""


@dataclass(frozen=True, kw_only=True)
class Done(Generic[T]):
    """An action that went through: what it gave, which classes it wrote (none: nothing was to change)."""

    result: T
    touched: frozenset[type[Any]]


def _local_now() -> datetime:
    return datetime.now().astimezone()


class Session(QObject):
    """Holds the open file for the window. Everything a person does goes through ``perform``."""

    changed = Signal(object)
    """Record classes that were written, as a frozenset; what pages listen for."""
    stepped = Signal(object)
    """After an undo or redo, ``changed`` first: the id of the record by class, for classes of which one was touched."""
    said = Signal(object)
    """A Message for the bar at the bottom."""
    navigated = Signal(object)
    """A Target."""
    troubled = Signal(object)
    """A StorageTrouble that a dialog must explain."""
    faulted = Signal(object)
    """An exception that is the program's own fault."""
    look_wanted = Signal(object)
    """A Look that a person chose."""
    help_wanted = Signal()
    """The help of the page that is seen."""
    open_wanted = Signal(object)
    """The Path of another data file to open in place of this one; made where there is none."""
    restore_wanted = Signal(object)
    """The Path of a backup that is to take the place of the open file."""
    who_changed = Signal(str)
    search_wanted = Signal(str)
    """Words to look for among those no longer served or serving."""
    lent_changed = Signal(bool)
    """The file was lent to a job, or is back."""

    def __init__(
        self,
        store: Store,
        *,
        dialogs: Dialogs,
        remembered: Remembered,
        now: Callable[[], datetime] = _local_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.dialogs = dialogs
        self.remembered = remembered
        self.jobs = Jobs(self)
        self.now = now
        self.page_keys: frozenset[str] = frozenset()
        """The pages that there are: offer no way to others."""
        self.is_closing = False
        """The person has said that the window may close whatever is unsaved."""
        self._is_lent = False

    def today(self) -> date:
        """Today, by the session's clock."""
        return self.now().date()

    @property
    def who(self) -> str:
        """Who is on duty: the name that history notes."""
        return self.store.who

    def set_who(self, name: str) -> None:
        """Another person is on duty."""
        self.store.who = name.strip()
        self.remembered.keep("who", self.store.who)
        self.who_changed.emit(self.store.who)

    def change_look(self, *, text: TextSize | None = None, dark: bool | None = None) -> None:
        """Ask the window for another text size, or for the light or the dark look."""
        now = theme.look()
        self.look_wanted.emit(
            theme.Look(text=now.text if text is None else text, dark=now.dark if dark is None else dark)
        )

    @property
    def is_lent(self) -> bool:
        """Whether a job has the file: the window shows what it holds and writes nothing."""
        return self._is_lent

    # -- doing

    def perform(
        self,
        action: Callable[..., T],
        *,
        on_error: Callable[[UserError], object] | None = None,
        about: str = "",
        said: str = "",
        quiet: bool = False,
        **values: Any,
    ) -> Done[T] | None:
        """Run an action in one operation named after it; it gets the store, ``today`` and the values.

        A rule's no goes to ``on_error`` (a form) or into the message bar, trouble with the file into a dialog; both
        give None, and nothing is written. Otherwise the bar says what was done (``said`` in its place) and offers
        to undo it, unless ``quiet``.
        """
        if self._is_lent:
            self.say_busy()
            return None
        name = action.__name__
        try:
            with self.store.operation(name, about) as operation:
                result = action(self.store, today=self.today(), **values)
        except UserError as error:
            self.tell(error, on_error=on_error)
            return None
        except StorageTrouble as trouble:
            self.troubled.emit(trouble)
            return None
        return self._finished(name, operation.about, frozenset(operation.touched), result, said=said, quiet=quiet)

    def _finished(
        self, name: str, about: str, touched: frozenset[type[Any]], result: T, *, said: str, quiet: bool
    ) -> Done[T]:
        if touched:
            self.changed.emit(touched)
        if not quiet:
            if touched:
                self.say(said or action_words.done(name, about), undo=True)
            else:
                self.say(self.tr("没有改动，不用存。"), tone="info")
        return Done(result=result, touched=touched)

    def tell(self, error: UserError, *, on_error: Callable[[UserError], object] | None = None) -> None:
        """Hand a rule's no to a form, or say it in the message bar where there is none or the form lacks the field."""
        if on_error is not None and on_error(error) is not False:
            return
        from jiuliting_desk.ui import messages

        self.say(messages.sentence(error), tone="warn")

    def say(
        self, text: str, *, tone: str = "ok", undo: bool = False, action: str = "", keys: str = "", run: Any = None
    ) -> None:
        """Show a sentence in the message bar, with a link to undo the last step or with one's own."""
        if undo:
            self.said.emit(Message(text=text, tone=tone, action=self.tr("撤销"), keys="Ctrl+Z", run=self.undo))
        else:
            self.said.emit(Message(text=text, tone=tone, action=action, keys=keys, run=run))

    def say_busy(self) -> None:
        """Say that a job has the file."""
        title = next((job.title for job in self.jobs.running if not job.may_be_cut), "")
        self.say(self.tr("“{title}”还没做完，等它做完再做这一步；这一步没有写进去。").format(title=title), tone="warn")

    # -- back and forth

    def undo(self) -> bool:
        """Take the last step back and say which; gives whether it was."""
        return self._step(history.undo, self.tr("已撤销：{step}"), back=True)

    def redo(self) -> bool:
        """Bring the last undone step back and say which; gives whether it was."""
        return self._step(history.redo, self.tr("又做了一遍：{step}"), back=False)

    def undo_step(
        self, operation_id: int, *, partly: bool = False, on_error: Callable[[UserError], object] | None = None
    ) -> bool:
        """Undo one step of the history, however old; gives whether it was. ``on_error`` as in ``perform``."""

        def undo_one(store: Store) -> store_history.UndoReport:
            return history.undo_step(store, operation_id=operation_id, partly=partly)

        return self._step(undo_one, self.tr("已撤销：{step}"), back=True, on_error=on_error)

    def _step(
        self,
        take: Callable[[Store], store_history.UndoReport],
        words: str,
        *,
        back: bool,
        on_error: Callable[[UserError], object] | None = None,
    ) -> bool:
        if self._is_lent:
            self.say_busy()
            return False
        try:
            report = take(self.store)
        except UserError as error:
            self.tell(error, on_error=on_error)
            return False
        except StorageTrouble as trouble:
            self.troubled.emit(trouble)
            return False
        line = report.line
        if line.undoes is not None:
            line = store_history.line(self.store, line.undoes)
        self.changed.emit(store_history.touched_by(self.store, line.id))
        self.stepped.emit(store_history.single_records(self.store, line.id))
        text = words.format(step=action_words.step(line.name, line.about))
        if report.kept:
            text += self.tr("；有 {count} 条后来又改过，留着没动").format(count=report.kept)
        if back:
            self.said.emit(Message(text=text, action=self.tr("重做"), keys="Ctrl+Y", run=self.redo))
        else:
            self.say(text, undo=True)
        return True

    # -- going

    def goto(self, page_key: str, record: Ref | None = None, intent: str = "", *, typed: str = "") -> None:
        """Show a page, there a record, for a purpose; ``typed`` is what a new record begins with."""
        self.navigated.emit(Target(page_key=page_key, record=record, intent=intent, typed=typed))

    # -- long work

    def run_job(
        self,
        work: Callable[[Progress], T],
        *,
        title: str,
        unit: str = "",
        may_be_cut: bool = False,
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[UserError], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
    ) -> Job:
        """Long work that does not touch the file; its result comes to ``on_done`` in the window's thread.

        With ``may_be_cut`` the window closes over it without asking.
        """
        job = self.jobs.run(work, title=title, unit=unit, may_be_cut=may_be_cut)

        def failed(error: Exception) -> None:
            self._on_job_failed(error, job, on_error, on_cancelled)

        if on_done is not None:
            job.succeeded.connect(on_done)
        job.failed.connect(failed)
        return job

    def run_store_job(
        self,
        work: Callable[[Store, Progress], T],
        *,
        title: str,
        unit: str = "",
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[UserError], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
    ) -> Job | None:
        """Long work that has the file to itself; the window shows what it holds meanwhile.

        Gives None, and says so, while another job has the file.
        """
        if self._is_lent:
            self.say_busy()
            return None

        def in_thread(progress: Progress) -> T:
            self.store.take()
            try:
                return work(self.store, progress)
            finally:
                self.store.release()

        self._is_lent = True
        self.store.release()
        job = self.jobs.run(in_thread, title=title, unit=unit)
        job.succeeded.connect(self._take_back)
        job.failed.connect(self._take_back)

        def failed(error: Exception) -> None:
            self._on_job_failed(error, job, on_error, on_cancelled)

        if on_done is not None:
            job.succeeded.connect(on_done)
        job.failed.connect(failed)
        self.lent_changed.emit(True)
        return job

    def perform_in_job(
        self,
        action: Callable[..., T],
        *,
        title: str,
        unit: str = "",
        about: str = "",
        said: str = "",
        quiet: bool = False,
        on_done: Callable[[Done[T]], object] | None = None,
        on_error: Callable[[UserError], object] | None = None,
        on_cancelled: Callable[[], object] | None = None,
        **values: Any,
    ) -> Job | None:
        """As ``perform``, in a job: the action also gets ``progress``. Cancelling rolls everything back."""
        name, today = action.__name__, self.today()

        def work(store: Store, progress: Progress) -> tuple[str, frozenset[type[Any]], T]:
            with store.operation(name, about) as operation:
                result = action(store, today=today, progress=progress, **values)
            return operation.about, frozenset(operation.touched), result

        def done(found: tuple[str, frozenset[type[Any]], T]) -> None:
            finished = self._finished(name, *found, said=said, quiet=quiet)
            if on_done is not None:
                on_done(finished)

        return self.run_store_job(
            work, title=title, unit=unit, on_done=done, on_error=on_error, on_cancelled=on_cancelled
        )

    def _take_back(self) -> None:
        self.store.take()
        self._is_lent = False
        self.lent_changed.emit(False)

    def _on_job_failed(
        self,
        error: Exception,
        job: Job,
        on_error: Callable[[UserError], object] | None,
        on_cancelled: Callable[[], object] | None,
    ) -> None:
        if isinstance(error, Cancelled):
            self.say(self.tr("“{title}”已取消，什么都没改。").format(title=job.title), tone="info")
            if on_cancelled is not None:
                on_cancelled()
        elif isinstance(error, UserError):
            self.tell(error, on_error=on_error)
        elif isinstance(error, StorageTrouble):
            self.say_busy() if error.trouble is Trouble.BUSY else self.troubled.emit(error)
        else:
            self.faulted.emit(error)

    def close(self) -> None:
        """Stop jobs and close the file."""
        self.is_closing = True
        self.jobs.stop()
        if not self.store.is_mine:
            self.store.take()
        self.store.close()
