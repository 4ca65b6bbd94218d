"""The head of a step: its round mark, what it asks, and the keys that answer it."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.cells import draw_text, metrics
from jiuliting_desk.ui.widgets.stepper import paint_step_mark


class StepHead(QWidget):
    """Only looked at. States: done, now, later."""

    def __init__(self, number: int, title: str, hint: str = "") -> None:
        super().__init__()
        self.number = number
        self._title = title
        self._hint = hint
        self._answer = ""
        self.state = "later"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_state("later")

    def set_answer(self, answer: str) -> None:
        """Show what was answered in the place of the hint; "" shows the hint again."""
        self._answer = answer
        self.set_state(self.state)

    def set_state(self, state: str) -> None:
        """Show how far this step is."""
        self.state = state
        self.setAccessibleName(f"{self.number} {self._title} {self._answer}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme.px(240), theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark, title, hint at the right."""
        painter = QPainter(self)
        left = paint_step_mark(painter, 0, self.height() / 2, self.number, self.state) + theme.px(10)
        token = "ink3" if self.state == "later" else "ink"
        room = QRectF(left, 0, self.width() - left, self.height())
        left += draw_text(painter, room, self._title, "h3", token) + theme.px(12)
        room = QRectF(left, 0, self.width() - left, self.height())
        if self._answer:
            draw_text(painter, room, self._answer, "h3", "ink", right=True)
        elif metrics("cap").horizontalAdvance(self._hint) < room.width():
            draw_text(painter, room, self._hint, "cap", "ink3", right=True)
