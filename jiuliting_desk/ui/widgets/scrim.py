"""The veil over a window while a dialog is open."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from jiuliting_desk.ui import theme

OPACITY = 0.32


class Scrim(QWidget):
    """Covers its parent and follows its size."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.resize(parent.size())
        parent.installEventFilter(self)
        self.show()
        self.raise_()

    def go(self) -> None:
        """Uncover."""
        self._covered.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self._covered.size())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim."""
        shade = QColor(theme.colour("scrim"))
        shade.setAlphaF(OPACITY)
        QPainter(self).fillRect(self.rect(), shade)
