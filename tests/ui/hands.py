"""What hands do in the window: keys, words through the input method, clicks; never a widget's own methods."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def keyboard(window: QWidget) -> QWidget:
    """What has the keyboard in a window."""
    return window.focusWidget() or window


def in_front(window: QWidget, qtbot: QtBot) -> None:
    """Wait until a window has come to the front, as a person does before they type."""
    if not window.isActiveWindow():
        with qtbot.waitActive(window):
            window.activateWindow()


def gone(window: QWidget, qtbot: QtBot) -> None:
    """Wait until a window that was closed is not there any more."""
    qtbot.waitUntil(lambda: not isValid(window))


def press(window: QWidget, *keys: Qt.Key, ctrl: bool = False) -> None:
    """Keys one after the other, with Ctrl held down or not."""
    for key in keys:
        QTest.keyClick(keyboard(window), key, CTRL if ctrl else NONE)


def type_words(window: QWidget, words: str) -> None:
    """ASCII from the keyboard, Chinese committed by the input method."""
    there = keyboard(window)
    if words.isascii():
        QTest.keyClicks(there, words)
        return
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(there, event)


def click(target: QWidget, at: QPoint | None = None, *, twice: bool = False) -> None:
    """The left button of the mouse, in the middle of what must be there to be clicked."""
    assert target.isVisible()
    assert target.isEnabled()
    if isinstance(target, QAbstractButton):
        assert not target.visibleRegion().isEmpty(), "out of sight"
    run = QTest.mouseDClick if twice else QTest.mouseClick
    run(target, Qt.MouseButton.LeftButton, NONE, at or target.rect().center())


def click_row(view: QAbstractItemView, row: int, *, column: int = 0, twice: bool = False) -> None:
    """A row of a list or table, scrolled to as with the wheel."""
    index = view.model().index(row, column)
    view.scrollTo(index)
    click(view.viewport(), view.visualRect(index).center(), twice=twice)
