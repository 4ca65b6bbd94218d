"""The part of the status row that shows long work: its name, how far it is, and 取消."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.jobs import Job, Jobs, Tally
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import row
from jiuliting_desk.ui.widgets.text import Elide, label

TITLE_WIDTH, BAR_WIDTH = 230, 90


class BusyStrip(QFrame):
    """In the status row while a job runs longer than half a second: no button of the page moves for it."""

    seen_changed = Signal()
    """It came or went, or takes another width."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._job: Job | None = None
        self._title = Elide("", "cap")
        self._title.setMaximumWidth(theme.px(TITLE_WIDTH))
        self._count = label("", "cap")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(BAR_WIDTH))
        self.cancel_button = button(self.tr("取消"), self._cancel, kind="link", size="s")
        # A click leaves the keyboard where it was: the button is gone with the job.
        self.cancel_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setLayout(row(self._title, self._bar, self._count, self.cancel_button, gap=10))
        self.hide()
        jobs.started.connect(self._on_started)

    def _on_started(self, job: Job) -> None:
        # Bound methods are let go with the strip, which is made anew with the look while jobs go on.
        job.shown.connect(self._on_shown)
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._on_ended)

    def _on_shown(self) -> None:
        job = self.sender()
        assert isinstance(job, Job)
        self._job = job
        self._title.setText(self.tr("正在{title}").format(title=job.title))
        self.cancel_button.setEnabled(True)
        whole = self.tr("停下，用到现在为止最好的") if job.may_be_cut else self.tr("取消后什么都不改")
        self.cancel_button.setToolTip(whole)
        self._count.setText("")
        self.show()
        self.seen_changed.emit()

    def _on_progress(self, tally: Tally) -> None:
        job = self._job
        if job is None or self.sender() is not job:
            return
        self._bar.setRange(0, tally.total)
        self._bar.setValue(tally.done)
        count = f"{tally.done} / {tally.total}" if tally.total else f"{tally.done or ''}"
        before = self.sizeHint().width()
        self._count.setText(f"{count} {job.unit}".strip() if count else "")
        if self.sizeHint().width() != before:
            self.seen_changed.emit()

    def _on_ended(self) -> None:
        if self._job is not None and self.sender() is self._job:
            self._job = None
            self.hide()
            self.seen_changed.emit()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel_button.setEnabled(False)
            self._title.setText(self.tr("正在停下“{title}”").format(title=self._job.title))

    def words(self) -> str:
        """What it says now, "" while it is hidden."""
        return f"{self._title.text()} {self._count.text()}" if not self.isHidden() else ""
