"""The grid of half-days, by mouse and by keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.ui.widgets.half_days import HalfDayGrid, half_day_words


@pytest.mark.parametrize(
    ("half_days", "words"),
    [
        ((), "什么时候都行"),
        ((5,), "周三下午"),
        ((4, 5), "周三"),
        ((0, 2, 4, 6, 8, 11), "周一到周五上午、周六下午"),
        ((0, 2), "周一上午、周二上午"),
        (tuple(range(14)), "周一到周日"),
        ((13, 0), "周一上午、周日下午"),
    ],
)
def test_half_days_as_people_say_them(half_days: tuple[int, ...], words: str) -> None:
    assert half_day_words(half_days) == words


@pytest.fixture
def grid(qtbot: QtBot) -> HalfDayGrid:
    made = HalfDayGrid()
    qtbot.addWidget(made)
    made.resize(400, 90)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def test_keys_move_and_the_space_bar_changes(grid: HalfDayGrid, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(grid, key)
    with qtbot.waitSignal(grid.edited):
        QTest.keyClick(grid, Qt.Key.Key_Space)
    assert grid.value() == (5,)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Space):
        QTest.keyClick(grid, key)
    assert grid.value() == (0, 5)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert grid.value() == (5,)
    assert grid.accessibleDescription() == "周三下午"


def test_a_click_changes_a_half_day_a_day_or_all_mornings(grid: HalfDayGrid) -> None:
    button = Qt.MouseButton.LeftButton
    QTest.mouseClick(grid, button, pos=grid.point_of(7))
    assert grid.value() == (7,)
    head = grid.point_of(6)
    QTest.mouseClick(grid, button, pos=QPoint(head.x(), 5))
    assert grid.value() == (6, 7)
    QTest.mouseClick(grid, button, pos=QPoint(head.x(), 5))
    assert grid.value() == ()
    QTest.mouseClick(grid, button, pos=QPoint(3, grid.point_of(0).y()))
    assert grid.value() == (0, 2, 4, 6, 8, 10, 12)
    QTest.mouseClick(grid, button, pos=QPoint(3, 3))
    assert grid.value() == (0, 2, 4, 6, 8, 10, 12)


def test_one_that_is_only_shown_does_not_change(qtbot: QtBot) -> None:
    shown = HalfDayGrid(read_only=True)
    qtbot.addWidget(shown)
    shown.resize(400, 90)
    shown.set_value((1,))
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown.point_of(4))
    assert shown.value() == (1,)
    assert shown.focusPolicy() is Qt.FocusPolicy.NoFocus
