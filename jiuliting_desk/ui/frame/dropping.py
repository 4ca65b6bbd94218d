"""Workbooks that are dropped anywhere on the window: they are taken to the page that reads them."""

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from jiuliting_desk.ui.session import Session

TAKE_FILES = "take\n"
"""Begins the intent with which the page of imports is gone to; the files follow, one a line."""


def local_files(data: QMimeData) -> list[str]:
    """The paths of the files of this PC among what is dragged."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


def take_copies(event: QDropEvent) -> None:
    """Accept what is dragged as copies: of a move the file manager would clear away the files themselves."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


class FileDrop(QObject):
    """Watches one window for files that are dropped on it beside the fields that take them themselves."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._session = session
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags and drops of files; leave all else to the window."""
        if event.type() not in {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}:
            return False
        if not isinstance(event, QDropEvent) or not (paths := local_files(event.mimeData())):
            return False
        take_copies(event)
        if event.type() == QEvent.Type.Drop:
            self._session.goto("importing", None, TAKE_FILES + "\n".join(paths))
        return True
