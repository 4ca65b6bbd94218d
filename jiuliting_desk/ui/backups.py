"""Backups that make themselves: every half hour where something changed, at close, and a second place once a week."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from jiuliting_desk.actions import backups
from jiuliting_desk.store import StorageTrouble, Store, Trouble
from jiuliting_desk.store.backup import Backup
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.session import Session

EVERY = timedelta(minutes=30)
LATEST = timedelta(minutes=40)
"""After so long it no longer waits for a quiet moment."""
QUIET = timedelta(seconds=8)
"""So long nobody must have typed or clicked: the file is lent to the backup for its time."""
LOOK_EVERY_MS = 20_000

_TOUCHES = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.InputMethod}

Outcome = Backup | StorageTrouble | None


class AutoBackup(QObject):
    """Looks every 20 seconds whether a backup is due, and makes it in a quiet moment."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._touched_at = session.now()
        self._tried_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        # On the windows alone: a filter on the application would see every event of every widget.
        self._windows: list[QWindow] = []
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusWindowChanged.connect(self._on_focus_window)
        self._on_focus_window(app.focusWindow())

    def _on_focus_window(self, window: QWindow | None) -> None:
        self._touched_at = self.session.now()
        if window is not None and window not in self._windows:
            window.installEventFilter(self)
            self._windows.append(window)
            window.destroyed.connect(lambda: self._windows.remove(window))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when somebody last typed or clicked."""
        if event.type() in _TOUCHES:
            self._touched_at = self.session.now()
        return super().eventFilter(watched, event)

    def stop(self) -> None:
        """No more backups by itself."""
        self._timer.stop()
        for window in self._windows:
            window.removeEventFilter(self)

    # -- every half hour

    def look(self) -> None:
        """Back up if it is due and nobody is at work this moment."""
        if self.session.is_closing or self.session.is_lent or not self.is_due():
            return
        now = self.session.now()
        if now - self._touched_at >= QUIET or self._since(now) >= LATEST:
            self.back_up("timer")

    def is_due(self) -> bool:
        """Whether something changed and half an hour is over since the last backup, or since one that did not work."""
        now = self.session.now()
        if self._tried_at is not None and now - self._tried_at < EVERY:
            return False
        standing = backups.standing(self.session.store, now=now)
        return standing.is_second_due or (standing.steps_since > 0 and self._since(now) >= EVERY)

    def _since(self, now: datetime) -> timedelta:
        made = backups.list_backups(self.session.store.path)
        # One of a day that is still to come was made while the clock was wrong.
        return now - made[0].made_at if made and made[0].made_at <= now else EVERY

    def back_up(self, reason: str, then: Callable[[Outcome], object] | None = None) -> bool:
        """Back up now, in a job; trouble is told, never raised. Gives whether it began."""
        self._tried_at = self.session.now()

        def work(store: Store, progress: Progress) -> Outcome:
            progress(0, 0)
            try:
                made = backups.back_up_if_changed(store, reason=reason)
                if backups.standing(store, now=store.now()).is_second_due:
                    made = backups.back_up_to_second_place(store)
            except StorageTrouble as trouble:
                return trouble
            return made

        def done(outcome: Outcome) -> None:
            if then is not None:
                then(outcome)
            elif isinstance(outcome, StorageTrouble):
                self._tell(outcome)

        return self.session.run_store_job(work, title=self.tr("备份"), on_done=done) is not None

    def _tell(self, trouble: StorageTrouble) -> None:
        if trouble.trouble is Trouble.DAMAGED:
            self.session.troubled.emit(trouble)
            return
        from jiuliting_desk.ui import messages

        words = self.tr("这次备份没做成，资料本身没有受影响。{why}").format(why=messages.sentence(trouble))
        self.session.say(
            words, tone="warn", action=self.tr("去看备份"), run=lambda: self.session.goto("settings", None, "backups")
        )

    # -- at close

    def before_closing(self, close: Callable[[], object], ask: Callable[[StorageTrouble], object]) -> bool:
        """Back up what has no backup yet, then ``close``; gives False where there is nothing to do.

        Where the backup does not come out, ``ask`` gets the trouble and the window stays.
        """
        if self.session.is_lent:
            return False
        if not backups.standing(self.session.store, now=self.session.now()).steps_since:
            return False

        def then(outcome: Outcome) -> None:
            if isinstance(outcome, StorageTrouble):
                ask(outcome)
            else:
                close()

        return self.back_up("close", then)
