"""The focus ring: outside the control, after keyboard use only; text fields always have it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from jiuliting_desk.ui import theme

GAP = 2
WIDTH = 2
_ALWAYS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


ON_TOP = "onTop"
"""A property of what lies above the ring."""


class _Ring(QWidget):
    """The drawn ring, a transparent sibling above the control."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two pixels of the focus colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), WIDTH))
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(rect, 8, 8)


class FocusRing(QObject):
    """Follows the keyboard of the whole program."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        self._let_go()
        if new is None or isinstance(new, QAbstractItemView) or new.property("ring") == "none":
            return
        parent = new.parentWidget()
        if isinstance(parent, QAbstractItemView) or (
            parent is not None and isinstance(parent.parent(), QAbstractItemView)
        ):
            return
        target = parent if isinstance(parent, QAbstractSpinBox | QComboBox) else new
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if target.isWindow() or (by_mouse and not isinstance(new, _ALWAYS)):
            return
        self._target = target
        host = _host(target)
        above: QWidget | None = target
        while above is not None:
            above.installEventFilter(self)
            self._watched.append(above)
            above = None if above is host else above.parentWidget()
        self._draw()

    def _let_go(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None
        self._drop_ring()

    def _drop_ring(self) -> None:
        ring, self._ring = self._ring, None
        if ring is not None and isValid(ring):
            ring.hide()
            ring.deleteLater()

    def ring(self) -> QWidget | None:
        """The ring as it is drawn now."""
        return self._ring if self._ring is not None and isValid(self._ring) else None

    def _draw(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            return
        host = _host(target)
        ring = self.ring()
        if ring is None or ring.parentWidget() is not host:
            self._drop_ring()
            self._ring = ring = _Ring(host)
        at = target.mapTo(host, QPoint(0, 0))
        out = GAP + WIDTH
        ring.setGeometry(QRect(at, target.size()).adjusted(-out, -out, out, out))
        ring.show()
        ring.raise_()
        for other in host.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if other.property(ON_TOP):
                other.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the control and go with it."""
        if event.type() in _MOVING:
            self._draw()
        elif event.type() == QEvent.Type.Hide and watched is self._target:
            self._drop_ring()
        return super().eventFilter(watched, event)


_MOVING = frozenset([QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show])


def _host(target: QWidget) -> QWidget:
    """The content of the nearest scroll area, or the window: there nothing clips the ring."""
    inner, outer = target, target.parentWidget()
    while outer is not None:
        area = outer.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is outer:
            return inner
        inner, outer = outer, area
        if inner.isWindow():
            break
    return target.window()
