"""The real window for whole stories: the fixtures of the tests of pages."""

from tests.ui.conftest import dialogs, nothing_left_open, open_window, qapp, session

__all__ = ["dialogs", "nothing_left_open", "open_window", "qapp", "session"]
