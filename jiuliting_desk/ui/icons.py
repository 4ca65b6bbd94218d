"""Icons in the colours of the tokens, crisp at every screen scale."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from jiuliting_desk.ui import svg, theme

GAP = 4
"""Free room at the right of an icon that stands before words: Qt's own gap is too narrow for hanzi."""


@lru_cache(maxsize=512)
def _icon(name: str, rgb: str, disabled_rgb: str, size: int, gap: int, scales: tuple[float, ...]) -> QIcon:
    made = QIcon()
    for scale in scales:
        made.addPixmap(_widened(svg.pixmap(name, QColor(rgb), size, scale), gap))
        made.addPixmap(_widened(svg.pixmap(name, QColor(disabled_rgb), size, scale), gap), QIcon.Mode.Disabled)
    return made


def _widened(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    scale = drawn.devicePixelRatio()
    wide = QPixmap(drawn.width() + round(gap * scale), drawn.height())
    wide.setDevicePixelRatio(scale)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wide


def icon(name: str, token: str = "ink2", *, size: int | None = None, gap: bool = False) -> QIcon:
    """The icon in the colour of a token; ``size`` in logical pixels, the theme's icon size by default.

    With ``gap`` there is free room at its right. Raises OSError for a name that is not shipped, KeyError for an
    unknown token.
    """
    side = size or theme.size("icon")
    usual, disabled = theme.colour(token).name(), theme.colour("disabled").name()
    return _icon(name, usual, disabled, side, GAP if gap else 0, screen_scales())


def screen_scales() -> tuple[float, ...]:
    """The scales of the screens that there are: each icon is drawn once for each of them."""
    return tuple(sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()}))


def icon_size(size: int | None = None, *, gap: bool = False) -> QSize:
    """The size to set beside ``icon`` on a button."""
    side = size or theme.size("icon")
    return QSize(side + (GAP if gap else 0), side)


def pixmap(name: str, token: str, size: int, scale: float = 1.0) -> QPixmap:
    """The icon as a square of ``size`` logical pixels for a screen of that scale."""
    return svg.pixmap(name, theme.colour(token), size, scale)


@lru_cache(maxsize=1024)
def _painted(name: str, token: str, dark: bool, size: int, scale: float) -> QPixmap:
    del dark
    return svg.pixmap(name, theme.colour(token), size, scale)


def paint(painter: QPainter, name: str, token: str, left: float, top: float, size: int) -> None:
    """Draw the icon with its top left corner there, for delegates; nothing is parsed twice."""
    scale = painter.device().devicePixelRatio()
    painter.drawPixmap(QPointF(left, top), _painted(name, token, theme.look().dark, size, scale))
