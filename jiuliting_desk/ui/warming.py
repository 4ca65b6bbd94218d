"""What pages stand on, loaded beside the window once it is seen: no page's first opening waits for the great libraries.

Half of the time that a page takes to open for the first time is theirs: spreadsheets, PDF, arrays and the solver.
"""

from contextlib import suppress
from importlib import import_module
from threading import Event, Thread

from PySide6.QtCore import QObject, QTimer

AFTER_MS = 1_000
"""First the window is seen, then the day's chores are done."""

GROUND = (
    "jiuliting_desk.actions.exports",
    "jiuliting_desk.actions.matching_outlook",
    "jiuliting_desk.actions.papers",
    "jiuliting_desk.paper.preview",
    "jiuliting_desk.actions.imports",
)
"""Without Qt, so that any thread may load them; in the order in which a morning wants them."""


class Warming(QObject):
    """Loads them one after another on a thread of its own, once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = Event()
        # It does not die with the program: that must not end in the midst of a library.
        self.beside = Thread(target=self._load, name="warming", daemon=False)
        QTimer.singleShot(AFTER_MS, self, self.begin)

    def begin(self) -> None:
        """Load them now, unless that has begun."""
        if self.beside.ident is None:
            self.beside.start()

    def stop(self) -> None:
        """Load no more than what is being loaded."""
        self._stopped.set()

    def _load(self) -> None:
        for module in GROUND:
            if self._stopped.is_set():
                return
            # The page that needs it meets the same trouble and tells it.
            with suppress(ImportError):
                import_module(module)
