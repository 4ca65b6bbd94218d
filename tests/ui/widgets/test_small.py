"""Segments, flow, masked values, the message bar, the focus ring, the side panel."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.tokens import COLOURS
from jiuliting_desk.ui.widgets import banner
from jiuliting_desk.ui.widgets.banner import Empty, Message, MessageBar
from jiuliting_desk.ui.widgets.buttons import Segmented, button
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.chips import ChipLabel, ChipRow
from jiuliting_desk.ui.widgets.facts import Facts
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.focus_ring import FocusRing
from jiuliting_desk.ui.widgets.layout import Flow, bring_into_view, column, scrolled
from jiuliting_desk.ui.widgets.masked import MaskedValue
from jiuliting_desk.ui.widgets.side_panel import FoldingSplitter, SidePanel
from jiuliting_desk.ui.widgets.text import Elide


def show(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def test_of_segments_exactly_one_holds_and_arrows_move(qtbot: QtBot) -> None:
    segments = Segmented([("all", "全部"), ("open", "待安排"), ("done", "已完成")])
    show(qtbot, segments)
    assert segments.value() == "all"
    segments.buttons()[0].setFocus()
    with qtbot.waitSignal(segments.chosen) as told:
        QTest.keyClick(segments.buttons()[0], Qt.Key.Key_Right)
    assert told.args == ["open"]
    segments.choose("done")
    assert [made.isChecked() for made in segments.buttons()] == [False, False, True]
    segments.set_counts({"open": 9})
    assert [made.text() for made in segments.buttons()] == ["全部", "待安排 9", "已完成"]


def test_flow_wraps_and_asks_for_the_height_it_takes(qtbot: QtBot) -> None:
    flow = Flow(*(QPushButton(f"按钮 {number}") for number in range(8)))
    host = QWidget()
    host.setLayout(flow)
    qtbot.addWidget(host)
    one_line = flow.heightForWidth(2000)
    assert flow.heightForWidth(200) > 2 * one_line
    flow.setGeometry(QRect(0, 0, 260, 400))
    places = [item.geometry() for item in flow.items()]
    assert all(place.right() <= 260 for place in places)
    assert not any(one.intersects(two) for at, one in enumerate(places) for two in places[at + 1 :])
    assert max(place.bottom() for place in places) < flow.heightForWidth(260)


def test_elided_text_is_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    words = Elide("亭北居民区　亭北新村 12号 301")
    qtbot.addWidget(words)
    words.resize(80, 24)
    words.grab()
    assert words.shown_text().endswith("…")
    assert words.toolTip() == words.text()
    words.resize(500, 24)
    words.grab()
    assert words.toolTip() == ""


class Second:
    """Counts how often a value was revealed."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return "100 0000 4417"


def test_a_masked_value_is_shown_on_request_and_masked_when_out_of_sight(qtbot: QtBot) -> None:
    reveal = Second()
    value = MaskedValue("100****4417", reveal)
    show(qtbot, value)
    assert value.text() == "100****4417"
    assert reveal.times == 0
    value.show_button.click()
    assert value.text() == "100 0000 4417"
    assert value.show_button.text() == "遮住（30 秒）"
    value.show_button.click()
    assert value.text() == "100****4417"
    value.show_button.click()
    value.hide()
    assert value.text() == "100****4417"
    assert reveal.times == 2


def test_copying_is_a_reveal_too(qtbot: QtBot) -> None:
    reveal = Second()
    value = MaskedValue("100****4417", reveal)
    qtbot.addWidget(value)
    value.copy()
    assert QGuiApplication.clipboard().text() == "10000004417"
    assert reveal.times == 1
    assert value.text() == "100****4417"


def test_the_newest_message_is_shown_at_once_and_its_link_runs(qtbot: QtBot) -> None:
    host = QWidget()
    host.resize(600, 300)
    bar = MessageBar(host)
    show(qtbot, host)
    done: list[str] = []
    bar.say(Message(text="一", action="撤销", run=lambda: done.append("一")))
    bar.say(Message(text="二", action="撤销", run=lambda: done.append("二")))
    assert bar.words() == "二"
    assert host.rect().contains(bar.geometry())
    next(made for made in bar.findChildren(QPushButton) if made.text() == "撤销").click()
    assert done == ["二"]
    assert bar.words() == ""


def test_a_message_goes_by_a_click_beside_its_link_and_by_time_though_pointed_at(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(banner, "SHOWN_MS", 30)
    host = QWidget()
    host.resize(600, 60)
    other = button("下一步")
    host.setLayout(column(other))
    bar = MessageBar(host)
    show(qtbot, host)
    bar.say(Message(text="已约好", action="撤销"))
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(200, 5))
    assert bar.words() == ""
    bar.say(Message(text="已约好", action="撤销"))
    QTest.mouseMove(bar, QPoint(200, 5))
    QApplication.sendEvent(bar, QEnterEvent(QPointF(200, 5), QPointF(200, 5), QPointF(200, 5)))
    qtbot.waitUntil(lambda: bar.words() == "")
    bar.say(Message(text="已约好", action="撤销"))
    undo = next(made for made in bar.findChildren(QPushButton) if made.text() == "撤销")
    undo.setFocus()
    qtbot.wait(100)
    assert bar.words() == "已约好"
    other.setFocus()
    qtbot.waitUntil(lambda: bar.words() == "")


def test_words_of_an_empty_place_are_whole_when_they_change_in_a_narrow_pane(qtbot: QtBot) -> None:
    empty = Empty("")
    empty.resize(230, 400)
    show(qtbot, empty)
    empty.say("需求都安排好了。", "新登记的或导入的需求会出现在这里，等人来认领。")
    qtbot.waitUntil(lambda: all(each.width() > 150 for each in empty.findChildren(QLabel) if each.text()))
    for each in empty.findChildren(QLabel):
        if each.text():
            assert each.height() >= each.heightForWidth(each.width())


def rings(host: QWidget) -> list[QWidget]:
    return [child for child in host.findChildren(QWidget) if type(child).__name__ == "_Ring" and child.isVisible()]


def test_the_ring_follows_the_keyboard_and_not_the_mouse(qtbot: QtBot) -> None:
    host = QWidget()
    first, second, text = button("上一步"), button("下一步"), TextField()
    host.setLayout(column(first, second, text, margins=(20,)))
    show(qtbot, host)
    first.setFocus()
    (ring,) = rings(host)
    assert ring.geometry() == first.geometry().adjusted(-4, -4, 4, 4)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    (ring,) = rings(host)
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    host.resize(500, 260)
    qtbot.waitUntil(lambda: rings(host)[0].geometry() == second.geometry().adjusted(-4, -4, 4, 4))
    text.setFocus()
    assert len(rings(host)) == 1
    second.hide()
    assert len(rings(host)) == 1
    text.clearFocus()
    assert not rings(host)


def test_the_message_lies_above_the_ring(qtbot: QtBot) -> None:
    host = QWidget()
    first, second = button("上一步"), button("下一步")
    host.setLayout(column(first, second, margins=(20,)))
    bar = MessageBar(host)
    show(qtbot, host)
    bar.say(Message(text="已登记老人：高莲英"))
    first.setFocus()
    second.setFocus()
    (ring,) = rings(host)
    assert host.children().index(bar) > host.children().index(ring)


def test_there_is_one_ring_for_the_program(qapp: QApplication) -> None:
    assert len(qapp.findChildren(FocusRing)) == 1


def test_the_panel_shows_a_record_or_says_that_none_is_chosen(qtbot: QtBot) -> None:
    panel = SidePanel(nothing="点左边的一位，看他的资料", actions=[button("登记需求")])
    layout = panel.add_tab("facts", "资料")
    panel.add_tab("history", "历史")
    qtbot.addWidget(panel)
    assert panel.is_empty
    facts = Facts()
    facts.add("住址", "亭北新村 12号 301")
    facts.add("身体", "")
    panel.set_tab(layout, [facts])
    panel.show_head("高莲英", after="女　82 岁", right="卡号 0137", chips=[Chip("独居")])
    assert panel.title() == "高莲英"
    assert panel.chip_texts() == ["独居"]
    assert facts.text("身体") == ""
    with qtbot.waitSignal(panel.tab_shown) as told:
        panel.show_tab("history")
    assert told.args == ["history"]
    panel.show_nothing()
    assert panel.title() == ""


def test_the_splitter_folds_and_remembers(qtbot: QtBot) -> None:
    splitter = FoldingSplitter(QWidget(), SidePanel(nothing="没有选中"))
    splitter.resize(1200, 400)
    show(qtbot, splitter)
    assert splitter.sizes()[1] == theme.px(404)
    splitter.fold()
    assert splitter.is_folded
    kept = splitter.remembered()
    splitter.fold()
    assert splitter.sizes()[1] == theme.px(404)
    splitter.restore({**kept, "right": 500})
    assert splitter.is_folded
    splitter.fold(False)
    assert splitter.sizes()[1] == theme.px(500)


def luminance(hex_colour: str) -> float:
    parts = [int(hex_colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


TEXT_PAIRS = [
    *[("ink", ground) for ground in ("surface", "app", "select", "nav", "sunken", "warn_soft", "bad_soft")],
    *[("ink2", ground) for ground in ("surface", "app", "sunken", "select", "nav")],
    *[("ink3", ground) for ground in ("surface", "app", "subtle", "sunken", "select", "hover")],
    *[(tone, ground) for tone in ("ok", "warn", "bad", "info") for ground in ("surface", "select", f"{tone}_soft")],
    ("on_accent", "accent"), ("link", "surface"), ("link", "app"), ("on_tooltip", "tooltip"), ("surface", "ink2"),
    ("accent_text", "nav"), ("surface", "focus"),
]  # fmt: skip


@pytest.mark.parametrize("dark", [False, True])
def test_text_can_be_read_on_its_ground(dark: bool) -> None:
    def ratio(one: str, two: str) -> float:
        lights = sorted((luminance(COLOURS[name][dark]) for name in (one, two)), reverse=True)
        return (lights[0] + 0.05) / (lights[1] + 0.05)

    assert not [(pair, ratio(*pair)) for pair in TEXT_PAIRS if ratio(*pair) < 4.5]
    assert ratio("control", "surface") >= 3
    assert ratio("focus", "app") >= 3


def test_lengths_grow_with_the_text(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet: Callable[[], str] = theme.style_sheet
    assert "{{" not in sheet()
    assert "font-size: 15px" in sheet()


def test_a_refused_reveal_shows_and_copies_nothing(qtbot: QtBot) -> None:
    value = MaskedValue("100****4417", lambda: "")
    qtbot.addWidget(value)
    QGuiApplication.clipboard().setText("别的")
    value.show_button.click()
    value.copy()
    assert value.text() == "100****4417"
    assert not value.is_shown
    assert QGuiApplication.clipboard().text() == "别的"


def test_a_list_higher_than_the_view_is_entered_at_its_beginning(qtbot: QtBot) -> None:
    above, tall = QWidget(), QWidget()
    above.setFixedHeight(300)
    tall.setFixedHeight(2000)
    content = QWidget()
    content.setLayout(column(above, tall, margins=(0,), gap=0))
    area = scrolled(content)
    area.resize(300, 600)
    show(qtbot, area)
    bar = area.verticalScrollBar()
    bring_into_view(tall)
    assert bar.value() == 0
    # It comes up so far that its first lines are seen; where it fills the view all stays as it stands.
    area.resize(300, 320)
    bring_into_view(tall)
    assert 0 < bar.value() < 300
    bar.setValue(900)
    bring_into_view(tall)
    assert bar.value() == 900


def test_chips_that_stand_there_already_are_not_made_anew(qtbot: QtBot) -> None:
    row = ChipRow([Chip("理发", "warn"), Chip("较急", "bad")])
    show(qtbot, row)
    before = row.findChildren(ChipLabel)
    row.set_chips([Chip("理发", "warn"), Chip("较急", "bad")])
    assert row.findChildren(ChipLabel) == before
    assert all(chip.isVisible() for chip in before)
    row.set_chips([Chip("较急", "bad")])
    assert row.texts() == ["较急"]
