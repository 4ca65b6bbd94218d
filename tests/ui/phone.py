"""The phone desk for tests: one who rings, one who could go, and the keyboard."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.phone import PhonePage
from tests.actions.people import HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import done


def settle_gao(store: Store) -> Elder:
    """高莲英 waits for a haircut; 顾海宁 is free on Wednesday afternoons and was there a fortnight ago."""
    with store.operation("settle"):
        committee = store.add(ResidentsCommittee(name="亭北居民区"))
        compound = store.add(Compound(name="亭北新村", committee_id=committee.id))
        store.add(Cadre(committee_id=committee.id, name="何佩"))
    found = elder(
        store,
        birth="1943-05-01",
        phones=(Phone(number="10000004417"),),
        committee_id=committee.id,
        compound_id=compound.id,
        building="12",
        room="301",
        tags=("独居",),
        hearing="声音大一点",
    )
    gu = volunteer(store, half_days=(5,), compound_id=compound.id, birth="1995")
    done(store, found.id, gu.id, day=TODAY - timedelta(days=14), starts=15 * 60)
    need(store, found.id, HAIRCUT)
    return found


def open_phone(open_window: Callable[..., MainWindow]) -> PhonePage:
    """The page as F2 opens it, with the keyboard in the box."""
    window = open_window("elders")
    QTest.keyClick(window, Qt.Key.Key_F2)
    shown = window.current_page()
    assert isinstance(shown, PhonePage)
    return shown


class Keys:
    """Presses keys where the keyboard is, and counts them."""

    def __init__(self, page: PhonePage) -> None:
        self.page = page
        self.count = 0

    def press(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        self.count += 1
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def type(self, text: str) -> None:
        self.count += len(text)
        for sign in text:
            QTest.keyClicks(QApplication.focusWidget() or self.page, sign)
