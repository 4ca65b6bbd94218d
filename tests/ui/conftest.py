"""The window in tests: one application with our look, scripted dialogs, nothing left open."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jiuliting_desk.app import make_application
from jiuliting_desk.store import Store
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.remembered import Remembered
from jiuliting_desk.ui.session import Session
from tests.store_fixtures import NOW
from tests.ui.scripted import ScriptedDialogs


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it."""
    found = cast("QApplication | None", QApplication.instance()) or make_application(["tests"])
    theme.apply(found, theme.Look())
    return found


@pytest.fixture(autouse=True)
def nothing_left_open(qapp: QApplication) -> Iterator[None]:
    """A window that a test leaves open fails it; the look is as at the start."""
    yield
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
    if theme.look() != theme.Look():
        theme.apply(qapp, theme.Look())
    assert not left, f"left open: {left}"


@pytest.fixture
def dialogs(qapp: QApplication) -> ScriptedDialogs:
    """Questions are answered by the test."""
    return ScriptedDialogs(qapp)


@pytest.fixture
def session(store: Store, dialogs: ScriptedDialogs, tmp_path: Path) -> Iterator[Session]:
    """A session on an empty file; what it remembers is the test's own."""
    made = Session(store, dialogs=dialogs, remembered=Remembered(tmp_path / "window.json"), now=lambda: NOW)
    yield made
    made.jobs.stop()
    if not store.is_mine:
        store.take()


@pytest.fixture
def open_window(session: Session, qtbot: QtBot) -> Callable[..., MainWindow]:
    """Opens the real window on a page."""

    def leave_without_asking(_window: object) -> None:
        session.is_closing = True

    def opened(page_key: str = "", *, size: tuple[int, int] = (1366, 768)) -> MainWindow:
        window = MainWindow(session)
        qtbot.addWidget(window, before_close_func=leave_without_asking)
        window.resize(*size)
        if page_key:
            session.goto(page_key)
        else:
            window.show_first_page()
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return opened
