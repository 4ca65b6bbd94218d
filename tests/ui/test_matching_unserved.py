"""没人能去 beside the plan: what is said of all of them together is true of each."""

import pytest
from pytestqt.qtbot import QtBot

from jiuliting_desk.matching.explain import CauseKind, Explanation
from jiuliting_desk.ui.pages.matching.unserved import Unserved


@pytest.mark.parametrize("kind", [CauseKind.TRIP, CauseKind.HELD, CauseKind.TAKEN, CauseKind.DISPLACED])
def test_no_lack_of_time_is_told_of_those_who_wait_for_something_else(qtbot: QtBot, kind: CauseKind) -> None:
    unserved = Unserved()
    qtbot.addWidget(unserved)
    found = Explanation(need=1, kind=kind, text="能去的 1 位（净邻家政）要再凑满 2 户才来，方案里没有凑到")
    unserved.show_causes([found], {1: ("高莲英", "清洗空调")})
    assert unserved.taken_count.text() == "待选 1：有人能去，这次没排进"
    assert unserved.count.isHidden()
