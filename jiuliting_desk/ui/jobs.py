"""Long work on one thread beside the window: counted, cancellable, its result back in the window's thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

Progress = Callable[[int, int], None]
"""Called with done and total (0 where it is not known); raises Cancelled when the job is to stop."""

SHOWN_AFTER_MS = 500
TICK_MS = 100


class Cancelled(Exception):
    """The person stopped the job; what it wrote rolls back."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a job is."""

    done: int = 0
    total: int = 0


class Job(QObject):
    """One piece of long work. The window shows it once ``SHOWN_AFTER_MS`` have passed."""

    shown = Signal()
    """It has gone on so long that it should be seen."""
    progressed = Signal(object)
    """A Tally, ten times a second at most."""
    succeeded = Signal(object)
    failed = Signal(object)
    """The exception; Cancelled where a person stopped it."""
    ended = Signal()
    _finished = Signal(object)

    def __init__(
        self, work: Callable[[Progress], Any], *, title: str, unit: str = "", may_be_cut: bool = False, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.may_be_cut = may_be_cut
        """Whether the window may close without asking: nothing is lost with it."""
        self.unit = unit
        self.is_running = True
        self._work = work
        self._stop = Event()
        self._tally = Tally()
        self._told = Tally()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOWN_AFTER_MS)
        self._wait.timeout.connect(self._on_waited)
        # add_done_callback runs in the worker's thread, or at once in this one: always go through the event loop.
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def start(self, pool: ThreadPoolExecutor) -> None:
        """Queue the work."""
        self._timer.start()
        self._wait.start()
        pool.submit(self._work, self._note).add_done_callback(self._finished.emit)

    def cancel(self) -> None:
        """Ask it to stop; it does so at its next count."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def _note(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        self._tally = Tally(done, total)

    def _on_tick(self) -> None:
        if self._tally != self._told:
            self._told = self._tally
            self.progressed.emit(self._told)

    def _on_waited(self) -> None:
        self.shown.emit()
        self.progressed.emit(self._tally)

    def _on_finished(self, future: "Future[Any]") -> None:
        self._timer.stop()
        self._wait.stop()
        self.is_running = False
        # One that was still waiting when the window closed was never begun.
        error = Cancelled() if future.cancelled() else future.exception()
        if error is None:
            self.succeeded.emit(future.result())
        else:
            self.failed.emit(error)
        self.ended.emit()
        self.deleteLater()


class Jobs(QObject):
    """Runs jobs one after another."""

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self.running: list[Job] = []

    def run(self, work: Callable[[Progress], Any], *, title: str, unit: str = "", may_be_cut: bool = False) -> Job:
        """Start a job; connect to it before the event loop goes on."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        job = Job(work, title=title, unit=unit, may_be_cut=may_be_cut, parent=self)
        self.running.append(job)
        job.ended.connect(lambda: self.running.remove(job))
        self.started.emit(job)
        job.start(self._pool)
        return job

    def stop(self) -> None:
        """Cancel everything and wait until the thread is done; for closing."""
        for job in self.running:
            job.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
