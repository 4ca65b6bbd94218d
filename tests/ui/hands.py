"""What hands do in the window: keys, words through the input method, clicks; never a widget's own methods."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def keyboard(window: QWidget) -> QWidget:
    """What has the keyboard in a window."""
    return window.focusWidget() or window


def in_front(window: QWidget, qtbot: QtBot) -> None:
    """Wait until a window has come to the front, as a person does before they type."""
    if QApplication.activeWindow() is not window:
        window.activateWindow()
        # isActiveWindow already says so when the system does, before the program has heard of it.
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


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


def tab_to(window: QWidget, target: QWidget) -> None:
    """Tab until something has the keyboard."""
    for _ in range(60):
        if keyboard(window) is target:
            return
        press(window, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {target.accessibleName() or target}")


def choose(window: QWidget, target: QWidget, words: str) -> None:
    """Tab to a field with a few choices and go down to one of them."""
    assert isinstance(target, QComboBox)
    tab_to(window, target)
    press(window, Qt.Key.Key_Home)
    for _ in range(target.count()):
        if target.currentText() == words:
            return
        press(window, Qt.Key.Key_Down)
    raise AssertionError(f"no choice {words}")


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
