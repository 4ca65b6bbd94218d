"""The page 结对匹配 with three invented needs on it, and keys to work it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.model.needs import Rhythm
from jiuliting_desk.model.places import Compound
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.session import Session
from tests.actions.people import AIRCON, CHAT, HAIRCUT, elder, need, volunteer

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def three_needs(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MatchingPage:
    """Three needs: a haircut, company every week, an air conditioner that nobody can clean."""
    store = session.store
    with store.operation("set up"):
        compound = store.add(Compound(name="亭北新村", longitude=121.3, latitude=31.1))
    first = elder(store, compound_id=compound.id, building="12", room="301")
    second = elder(store, "马根宝", compound_id=compound.id)
    volunteer(store, "顾海宁", compound_id=compound.id, visits_per_month=8)
    volunteer(store, "汤立新", half_days=(9,), visits_per_month=8)
    volunteer(store, "丁兰", skills=())
    need(store, first.id, HAIRCUT, half_days=(5,))
    need(store, second.id, CHAT, rhythm=Rhythm.WEEKLY)
    need(store, second.id, AIRCON)
    window = open_window("matching")
    found = window.current_page()
    assert isinstance(found, MatchingPage)
    settled(found, qtbot)
    return found


def settled(page: MatchingPage, qtbot: QtBot) -> None:
    """Wait until the plan is there."""
    qtbot.waitUntil(lambda: not page.run.is_running and page.proposal is not None and page.proposal.is_final)


def press(page: MatchingPage, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the keyboard is."""
    widget = page.window().focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)
