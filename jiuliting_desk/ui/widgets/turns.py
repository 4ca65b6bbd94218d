"""Work of the window itself, cut into pieces: one in each turn of the event loop, so that it answers in between."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

Piece = Callable[[], object]


class Turns(QObject):
    """Does pieces one after another; the first at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Piece] = deque()
        self._timer = QTimer(self)
        # Started anew behind each piece, so that whatever came due meanwhile is served before the next one.
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._do_next)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def run(self, pieces: Iterable[Piece]) -> None:
        """Do these, the first now; what still waited of an earlier run is dropped."""
        self._waiting = deque(pieces)
        self._do_next()

    def _do_next(self) -> None:
        if self._waiting:
            self._waiting.popleft()()
        if self._waiting:
            self._timer.start(0)
