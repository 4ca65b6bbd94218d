"""Labels: in the roles of the type scale, elided, and as key caps."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from jiuliting_desk.ui import icons, theme


def label(text: str = "", role: str = "", *, tone: str = "", wrap: bool = False) -> QLabel:
    """A label of plain text. Roles: display h1 h2 h3 strong sub cap field count; tones: ok warn bad info accent."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def rich_label(html: str, *, wrap: bool = True) -> QLabel:
    """A label with bold parts and links; what people typed must be escaped by the caller."""
    made = QLabel(html)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(wrap)
    return made


def key_cap(keys: str) -> QLabel:
    """A key as drawn on a keyboard; never narrower than its word."""
    made = label(keys, "key")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.ensurePolished()
    made.setFixedSize(made.fontMetrics().horizontalAdvance(keys) + theme.px(15), theme.px(22))
    return made


def icon_label(name: str, token: str = "ink2", size: int | None = None) -> QLabel:
    """An icon that is only looked at."""
    made = QLabel()
    side = size or theme.size("icon")
    made.setPixmap(icons.icon(name, token, size=side).pixmap(QSize(side, side), made.devicePixelRatioF()))
    made.setFixedSize(side, side)
    return made


class Elide(QLabel):
    """A one-line label that ends in … where it lacks room, with the whole text as its tool tip."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a few characters."""
        return QSize(
            min(self.sizeHint().width(), self.fontMetrics().horizontalAdvance("三个字…")), self.sizeHint().height()
        )

    def shown_text(self) -> str:
        """The text as it fits."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text where it is cut."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.shown_text() != self.text() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, self.shown_text())
