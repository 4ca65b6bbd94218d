"""The check of an installed or frozen program: every page opens, draws itself, and prints nothing wrong."""

from collections.abc import Sequence

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase, QFontMetricsF

from jiuliting_desk import paths
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.session import Target
from jiuliting_desk.ui.tokens import TextSize

SIZES = ((1366, 768), (1024, 600))
RARE_NAMES = "㛃䶮𬱖𠅤"


def problems_of(window: MainWindow) -> list[str]:
    """What is wrong with any page in light and dark, at two sizes and with the largest type; empty when all is well."""
    found: list[str] = []

    def heard(kind: QtMsgType, _context: object, text: str) -> None:
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
            found.append(f"Qt: {text}")

    before = qInstallMessageHandler(heard)
    try:
        found += _resources()
        for dark, text, size in ((False, TextSize.STANDARD, SIZES[0]), (True, TextSize.XLARGE, SIZES[1])):
            window.session.change_look(text=text, dark=dark)
            # What is made for a visible window shows once the event loop comes round, and here is none.
            content = window.centralWidget()
            if content is not None:
                content.show()
            window.resize(*size)
            for key in window.specs:
                found += _page(window, key)
    finally:
        qInstallMessageHandler(before)
    return found


def _page(window: MainWindow, key: str) -> Sequence[str]:
    try:
        window.go(Target(page_key=key))
        picture = window.grab()
    except Exception as error:  # any fault of a page is what this looks for
        return [f"{key}: {type(error).__name__}: {error}"]
    image = picture.toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    if window.current_key != key:
        return [f"{key}: the page did not come to the front"]
    return [] if len(colours) > 4 else [f"{key}: the page is blank"]


def _resources() -> list[str]:
    lacking = [
        str(path.name)
        for path in (paths.resource("fonts", "NotoSansSC-Regular.ttf"), paths.resource("icons"), paths.resource("help"))
        if not path.exists()
    ]
    if not any("Noto Sans SC" in family for family in QFontDatabase.families()):
        lacking.append("Noto Sans SC")
    elif not all(QFontMetricsF(theme.font("body")).inFontUcs4(ord(sign)) for sign in RARE_NAMES):
        lacking.append("rare characters")
    return [f"lacking: {name}" for name in lacking]
