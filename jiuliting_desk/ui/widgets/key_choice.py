"""A button that a digit presses: key cap, icon, words, and a tick while it holds."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton

from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.widgets.buttons import PushButton
from jiuliting_desk.ui.widgets.cells import draw_text, metrics, text_width


class KeyChoice(PushButton):
    """One of a few, for the phone desk and for typing from paper. Checkable; painted whole."""

    def __init__(self, key: str, words: str, *, icon: str = "", second: str = "", is_low: bool = False) -> None:
        """With ``is_low`` it is as high as a small button."""
        super().__init__()
        self._is_low = is_low
        self.key = key
        self.words = words
        self._icon = icon
        self._second = second
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(f"{key} {words} {second}".strip())
        self.setProperty("kind", "choice")
        height = self.sizeHint().height()
        # The style sheet's height would win over setFixedHeight.
        self.setStyleSheet(f"QPushButton {{ min-height: {height - 2}px; max-height: {height - 2}px; padding: 0; }}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two rows high where there is a second one."""
        width = metrics("h3").horizontalAdvance(self.words) + theme.px(110 if self._icon else 84)
        return QSize(round(width), theme.px(62 if self._second else 31 if self._is_low else 36))

    def minimumSizeHint(self) -> QSize:
        """Its words may be cut."""
        return QSize(theme.px(96), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Edge and ground by state, then the content."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        holds = self.isChecked()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = "info_soft" if holds else "press" if self.isDown() else "hover" if hovered else "surface"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = 2 if holds else 1
        painter.setPen(QPen(theme.colour("focus" if holds else "control" if self.isEnabled() else "line2"), edge))
        painter.setBrush(theme.colour(ground))
        rect = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        painter.drawRoundedRect(rect, 5, 5)
        self._paint_content(painter, QRectF(self.rect()))

    def _paint_content(self, painter: QPainter, rect: QRectF) -> None:
        ink = "ink" if self.isEnabled() else "disabled"
        upper = QRectF(rect.left(), rect.top(), rect.width(), rect.height() / (2 if self._second else 1))
        if self._second:
            upper.translate(0, theme.px(4))
        left = theme.px(10)
        if self.key:
            side = theme.px(20)
            cap = QRectF(left, upper.center().y() - side / 2, side, side)
            painter.setPen(QPen(theme.colour("line2"), 1))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(cap, 3, 3)
            width = metrics("cap_strong").horizontalAdvance(self.key)
            draw_text(painter, cap.adjusted((side - width) / 2, 0, 2, 0), self.key, "cap_strong", ink)
            left += side + theme.px(8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        right = rect.right() - theme.px(10)
        if self._icon:
            side = theme.size("icon")
            token = "focus" if self.isChecked() else "ink2" if self.isEnabled() else "disabled"
            icons.paint(painter, self._icon, token, left, round(upper.center().y() - side / 2), side)
            left += side + theme.px(7)
        role = "h3" if self.isChecked() else "body"
        tick = theme.size("icon")
        # Edge and ground tell it too: the words come first.
        if self.isChecked() and left + text_width(self.words, role) + theme.px(4) <= right - tick:
            icons.paint(painter, "check", "focus", right - tick, round(upper.center().y() - tick / 2), tick)
            right -= tick + theme.px(4)
        draw_text(painter, QRectF(left, upper.top(), right - left, upper.height()), self.words, role, ink)
        if self._second:
            lower = QRectF(left, rect.center().y() - theme.px(2), rect.right() - left - theme.px(8), rect.height() / 2)
            draw_text(painter, lower, self._second, "table", "ink3")

    def nextCheckState(self) -> None:
        """A click on what holds keeps it: another one is chosen instead."""
        if not self.isChecked() or not self.autoExclusive():
            super().nextCheckState()

    def focus(self) -> None:
        """Put the keyboard here."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
