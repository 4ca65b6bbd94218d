"""The real window for whole stories: the fixtures of the tests of pages, with questions answered by hand."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import nothing_left_open, open_window, qapp, session
from tests.ui.scripted import ByHand

__all__ = ["dialogs", "nothing_left_open", "open_window", "qapp", "session"]


@pytest.fixture
def dialogs(qapp: QApplication) -> ByHand:
    """Questions open, files are given by the test."""
    return ByHand(qapp)
