"""The list of lines: model, headings stepped over, heights that follow the width."""

import itertools

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Chip, metrics
from jiuliting_desk.ui.widgets.lines import Line, LineList, title_room

REASONS = ("固定结对", "同小区", "会理发", "周三下午有空", "已服务过 3 次")

LINES = (
    Line(title="谁能去", after="2 位", is_heading=True),
    Line(title="顾海宁", second="亭北新村 8号", chips=tuple(Chip(reason, "ok", "check") for reason in REASONS)),
    Line(title="汤立新", right="本月 3 / 6 次"),
    Line(title="不合适", after="1 位", is_heading=True),
    Line(title="蔡志刚", second="周三下午已排 2 户", icon="calendar-x", tone="ink3"),
)


@pytest.fixture
def lines(qtbot: QtBot) -> LineList[Line]:
    made = LineList[Line](lambda line: line, key=lambda line: line.title)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.set_rows(LINES)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def title(lines: LineList[Line]) -> str:
    current = lines.current()
    return current.title if current is not None else ""


def test_the_model_keeps_qts_rules(lines: LineList[Line], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(lines.model())  # type: ignore[no-untyped-call]


def test_arrows_step_over_headings(lines: LineList[Line]) -> None:
    lines.setFocus()
    lines.choose_first()
    assert title(lines) == "顾海宁"
    QTest.keyClick(lines, Qt.Key.Key_Down)
    QTest.keyClick(lines, Qt.Key.Key_Down)
    assert title(lines) == "蔡志刚"
    QTest.keyClick(lines, Qt.Key.Key_Up)
    assert title(lines) == "汤立新"
    QTest.keyClick(lines, Qt.Key.Key_Up)
    QTest.keyClick(lines, Qt.Key.Key_Up)
    assert title(lines) == "顾海宁"


def test_the_first_line_is_seen_to_be_current_when_the_keyboard_comes(qtbot: QtBot, lines: LineList[Line]) -> None:
    plain = LineList[Line](lambda line: line, key=lambda line: line.title)
    qtbot.addWidget(plain)
    plain.set_rows([line for line in LINES if not line.is_heading])
    plain.show()
    plain.setFocus()
    qtbot.waitUntil(plain.hasFocus)
    assert [index.row() for index in plain.selectedIndexes()] == [0]


def test_enter_opens(lines: LineList[Line], qtbot: QtBot) -> None:
    lines.choose("汤立新")
    with qtbot.waitSignal(lines.opened) as opened:
        QTest.keyClick(lines, Qt.Key.Key_Return)
    assert opened.args == [LINES[2]]


def test_the_current_line_stays_and_else_its_neighbour_is(lines: LineList[Line]) -> None:
    lines.choose("汤立新")
    lines.set_rows(LINES[2:])
    assert title(lines) == "汤立新"
    lines.set_rows([LINES[3], LINES[4]])
    assert title(lines) == "蔡志刚"
    lines.set_rows([])
    assert lines.current() is None


def test_chips_that_wrap_make_the_line_higher(lines: LineList[Line]) -> None:
    wide = lines.visualRect(lines.model().index(1, 0)).height()
    lines.resize(300, 400)
    lines.grab()
    narrow = lines.visualRect(lines.model().index(1, 0)).height()
    assert narrow > wide


def test_a_line_is_spoken_whole(lines: LineList[Line]) -> None:
    spoken = lines.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("顾海宁 亭北新村 8号")
    assert spoken.endswith("已服务过 3 次")


def test_lines_below_follow_a_change_of_width_alone(qtbot: QtBot, lines: LineList[Line]) -> None:
    lines.set_rows([line for line in LINES if not line.is_heading])

    def gaps() -> list[int]:
        places = [lines.visualRect(lines.model().index(row, 0)) for row in range(3)]
        return [below.top() - above.bottom() for above, below in itertools.pairwise(places)]

    def height() -> int:
        return lines.visualRect(lines.model().index(0, 0)).height()

    wide = height()
    lines.resize(250, lines.height())
    qtbot.waitUntil(lambda: height() > wide)
    assert gaps() == [1, 1]


def test_the_current_line_stays_in_sight_when_others_come_or_go_above_it(qtbot: QtBot) -> None:
    known = {str(number): Line(title=str(number)) for number in range(8)}
    lines = LineList[str](lambda title: known[title], key=lambda title: title, uniform=True)
    qtbot.addWidget(lines)
    lines.resize(600, 200)
    lines.set_rows(list(known))
    lines.show()
    lines.choose("7")
    # What the lines that leave were made from is gone already.
    known = {title: Line(title=title) for title in (*(f"新来的 {number}" for number in range(30)), "6", "7")}
    lines.resize(500, 200)
    lines.set_rows(list(known))
    assert lines.current() == "7"
    assert lines.viewport().rect().contains(lines.visualRect(lines.currentIndex()))
    # One from whom somebody has scrolled away does not pull the list back.
    lines.verticalScrollBar().setValue(0)
    lines.set_rows(list(known)[1:])
    assert lines.verticalScrollBar().value() == 0


def test_the_current_line_is_not_covered_by_what_grows_below_the_list(qtbot: QtBot) -> None:
    lines = LineList[str](lambda title: Line(title=title), key=lambda title: title)
    qtbot.addWidget(lines)
    lines.resize(600, 200)
    lines.set_rows([str(number) for number in range(30)])
    lines.show()
    lines.choose("12")
    seen = lines.viewport().rect()
    assert seen.contains(lines.visualRect(lines.currentIndex()))
    lines.resize(600, 170)
    qtbot.waitUntil(lambda: lines.viewport().rect().contains(lines.visualRect(lines.currentIndex())))
    # One that nobody saw whole stays where it is.
    lines.verticalScrollBar().setValue(0)
    lines.resize(600, 140)
    timed: list[bool] = []
    QTimer.singleShot(0, lambda: timed.append(True))
    qtbot.waitUntil(lambda: bool(timed))
    assert lines.verticalScrollBar().value() == 0


def held(key: Qt.Key) -> QKeyEvent:
    """What comes again and again while a key stays down."""
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True, 1)


def test_enter_that_is_held_down_opens_one_line_and_clicks_a_button_once(lines: LineList[Line], qtbot: QtBot) -> None:
    opened: list[str] = []
    lines.opened.connect(lambda line: opened.append(line.title))
    lines.choose_first()
    QTest.keyPress(lines, Qt.Key.Key_Return)
    QApplication.sendEvent(lines, held(Qt.Key.Key_Return))
    assert opened == ["顾海宁"]
    clicks: list[str] = []
    made = button("确认 2 条", lambda: clicks.append("确认"))
    qtbot.addWidget(made)
    QTest.keyPress(made, Qt.Key.Key_Return)
    QApplication.sendEvent(made, held(Qt.Key.Key_Return))
    assert clicks == ["确认"]


def test_what_stands_behind_a_long_name_keeps_its_part_of_the_row(qapp: QApplication) -> None:
    name, who = "上海九里亭街道社区家电清洗维修服务有限公司第三分店", "→ 孙兴荣　居家清洁"
    assert title_room(Line(title=name), 300) == 300
    assert title_room(Line(title=name, after=who), 300) == 210
    short = title_room(Line(title=name, after="→"), 300)
    assert 210 < short < 300
    # In a narrow list it would be a sign and a half: then the name has it all.
    assert title_room(Line(title=name, after=who), 150) == 150
    # So much is seen of whom it is about.
    assert "孙兴荣" in metrics("table").elidedText(who, Qt.TextElideMode.ElideRight, 90)
