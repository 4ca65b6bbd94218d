"""Enter presses whatever button has the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.widgets.buttons import Facet, Segmented, button, icon_button
from jiuliting_desk.ui.widgets.layout import column


def test_enter_clicks_every_kind_of_button(qtbot: QtBot) -> None:
    pressed: list[str] = []
    segments = Segmented([(1, "一"), (2, "二")])
    facet = Facet("独居")
    made: list[QWidget] = [
        button("登记需求", lambda: pressed.append("button")),
        icon_button("copy", "复制", lambda: pressed.append("icon")),
        facet,
    ]
    host = QWidget()
    host.setLayout(column(*made, segments))
    qtbot.addWidget(host)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    for widget in [*made, segments.buttons()[1]]:
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Return)
    assert pressed == ["button", "icon"]
    assert facet.isChecked()
    assert segments.value() == 2


def test_no_button_of_the_window_ignores_enter(open_window: Callable[..., MainWindow]) -> None:
    window = open_window("elders")
    bare = [
        made
        for kind in (QPushButton, QToolButton)
        for made in window.findChildren(kind)
        if type(made) is kind and made.focusPolicy() != Qt.FocusPolicy.NoFocus and made.isVisibleTo(window)
    ]
    assert not bare
