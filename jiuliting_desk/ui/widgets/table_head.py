"""The head of a table: it sorts only by columns that can be, and may hold a tick box for all rows."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.cells import paint_check
from jiuliting_desk.ui.widgets.rows_model import Column


class TableHead(QHeaderView):
    """Horizontal, with the titles of the columns."""

    check_clicked = Signal()

    def __init__(self, columns: Sequence[Column[Any]], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._check_at = -1
        self._state: bool | None = None
        self.setSectionsClickable(True)

    def show_check(self, key: str, state: bool | None, *, tip: str = "") -> None:
        """A tick box over a column, "" for none; ``state`` None: some of the rows are ticked."""
        self._check_at = next((at for at, column in enumerate(self._columns) if column.key == key), -1)
        self._state = state
        self.setToolTip(tip)
        self.viewport().update()

    def check_state(self) -> bool | None:
        """Whether all rows are ticked; None: some are."""
        return self._state

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        """The title, or the tick box."""
        painter.save()
        super().paintSection(painter, rect, at)
        painter.restore()
        if at == self._check_at:
            paint_check(painter, QRectF(rect), self._state)

    def _is_fixed(self, place: QPoint) -> bool:
        """Whether a click there sorts nothing: well inside a column that is not sorted by."""
        at, edge = self.logicalIndexAt(place), theme.px(6)
        if at < 0 or self._columns[at].sortable:
            return False
        left = self.sectionViewportPosition(at)
        return left + edge < place.x() < left + self.sectionSize(at) - edge

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A column that is not sorted by takes no click."""
        if not self._is_fixed(event.position().toPoint()):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The tick box is told."""
        place = event.position().toPoint()
        if not self._is_fixed(place):
            super().mouseReleaseEvent(event)
        elif self.logicalIndexAt(place) == self._check_at and event.button() is Qt.MouseButton.LeftButton:
            self.check_clicked.emit()
