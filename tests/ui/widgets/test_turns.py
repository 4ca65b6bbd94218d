"""Pieces of work, one in each turn of the event loop."""

from functools import partial

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from jiuliting_desk.ui.widgets.turns import Turns


def test_others_are_answered_between_two_pieces(qtbot: QtBot) -> None:
    turns = Turns(parent := QObject())
    done: list[str] = []
    turns.run(partial(done.append, name) for name in "abc")
    QTimer.singleShot(0, lambda: done.append("other"))
    assert done == ["a"]
    assert not turns.is_idle
    qtbot.waitUntil(lambda: turns.is_idle)
    assert [name for name in done if name != "other"] == ["a", "b", "c"]
    assert done.index("other") < 3
    parent.deleteLater()


def test_a_new_run_drops_what_still_waits(qtbot: QtBot) -> None:
    turns = Turns(parent := QObject())
    done: list[str] = []
    turns.run(partial(done.append, name) for name in "abc")
    turns.run([lambda: done.append("new")])
    qtbot.waitUntil(lambda: turns.is_idle)
    assert done == ["a", "new"]
    parent.deleteLater()
