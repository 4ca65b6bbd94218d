"""The shipped SVG drawings: recoloured, rendered, and as files for the style sheet."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from jiuliting_desk import paths


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def recoloured(name: str, colour: QColor) -> bytes:
    """The drawing with its ``currentColor`` replaced. Raises OSError for an unknown name."""
    return _source(name).replace("currentColor", colour.name()).encode()


@lru_cache(maxsize=2048)
def _rendered(name: str, rgb: str, side: int) -> QPixmap:
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(recoloured(name, QColor(rgb)))).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return drawn


@lru_cache(maxsize=2048)
def _pixmap(name: str, rgb: str, size: int, scale: float) -> QPixmap:
    drawn = QPixmap(_rendered(name, rgb, round(size * scale)))
    drawn.setDevicePixelRatio(scale)
    return drawn


def pixmap(name: str, colour: QColor, size: int, scale: float = 1.0) -> QPixmap:
    """The drawing as a square of ``size`` logical pixels for a screen of that scale; rendered once."""
    return _pixmap(name, colour.name(), size, scale)


class _Files:
    """The folder of recoloured files that the style sheet refers to; it is gone when the program ends."""

    folder: QTemporaryDir | None = None


def file(name: str, colour: QColor) -> str:
    """The path, with forward slashes, of a file with the drawing in that colour."""
    if _Files.folder is None:
        _Files.folder = QTemporaryDir()
    path = Path(_Files.folder.path()) / f"{name}-{colour.name()[1:]}.svg"
    if not path.exists():
        path.write_bytes(recoloured(name, colour))
    return path.as_posix()
