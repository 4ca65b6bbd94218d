"""The head of a wizard: which steps are done, which one it is, which follow."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.widgets.cells import draw_text, metrics


def paint_step_mark(painter: QPainter, left: float, middle: float, number: int, state: str) -> float:
    """Draw a step's round mark (state done, now or later); gives its width."""
    side = theme.px(24)
    circle = QRectF(left, middle - side / 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state == "later":
        painter.setPen(QPen(theme.colour("control"), 1.5))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ok" if state == "done" else "ink2"))
        painter.drawEllipse(circle)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if state == "done":
        tick = theme.px(15)
        icons.paint(painter, "check", "surface", round(circle.center().x() - tick / 2), round(middle - tick / 2), tick)
    else:
        text = str(number)
        width = metrics("cap_strong").horizontalAdvance(text)
        room = QRectF(circle.center().x() - width / 2, circle.top(), width + 2, side)
        draw_text(painter, room, text, "cap_strong", "ink2" if state == "later" else "surface")
    return side


class Stepper(QWidget):
    """Steps from left to right; only looked at."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self.steps = tuple(steps)
        self.current = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Which step it is, from 0; all before it are done. ``len(steps)``: all done."""
        self.current = current
        shown = min(current, len(self.steps) - 1)
        words = self.tr("第 {number} 步，共 {count} 步：{step}")
        self.setAccessibleName(words.format(number=shown + 1, count=len(self.steps), step=self.steps[shown]))
        self.update()

    def sizeHint(self) -> QSize:
        """All steps with their words."""
        measures = metrics("h3")
        width = sum(measures.horizontalAdvance(step) + theme.px(24 + 8 + 12 + 30 + 12) for step in self.steps)
        return QSize(round(width), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """The marks alone: words are cut before."""
        return QSize(theme.px(60) * len(self.steps), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark, word, a short line to the next."""
        painter = QPainter(self)
        middle = self.height() / 2
        wanted = self.sizeHint().width()
        spare = max(wanted - self.width(), 0) / max(len(self.steps), 1)
        left = 0.0
        for at, step in enumerate(self.steps):
            state = "done" if at < self.current else "now" if at == self.current else "later"
            left += paint_step_mark(painter, left, middle, at + 1, state) + theme.px(8)
            role = "h3" if state == "now" else "body"
            full = metrics("h3").horizontalAdvance(step)
            room = QRectF(left, 0, max(full - spare, theme.px(16)) + 1, self.height())
            draw_text(painter, room, step, role, "ink" if state == "now" else "ink2")
            left = room.right() + theme.px(12)
            if at < len(self.steps) - 1:
                painter.setPen(QPen(theme.colour("control"), 1))
                painter.drawLine(QPointF(left, round(middle) + 0.5), QPointF(left + theme.px(30), round(middle) + 0.5))
                left += theme.px(42)
