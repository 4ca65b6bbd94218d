"""The search box in the window: found while typing, opened with the keyboard."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.model.elders import Elder, ElderState, Phone, Sex
from jiuliting_desk.model.feedback import FeedbackForm
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.search_box import Found

Open = Callable[..., MainWindow]


@pytest.fixture
def window(open_window: Open, session: Session) -> MainWindow:
    with session.store.operation("register_elder"):
        for name, number in (("高莲英", "10000004417"), ("高丽云", "10000002086"), ("马根宝", "10000000055")):
            phones = (Phone(number=number),)
            session.store.add(Elder(name=name, sex=Sex.FEMALE, birth="1944", phones=phones, building="12", room="301"))
        session.store.add(Elder(name="高阿大", state=ElderState.MOVED))
    return open_window("settings")


def search(window: MainWindow, qtbot: QtBot, text: str) -> list[Found]:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.title_row.search
    assert box.hasFocus()
    QTest.keyClicks(box, text)
    qtbot.waitUntil(lambda: bool(box.found()))
    return box.found()


def test_hits_are_grouped_by_why_and_tell_same_names_apart(window: MainWindow, qtbot: QtBot) -> None:
    found = search(window, qtbot, "gl")
    assert found[0].is_heading
    assert found[0].text == "拼音 gl　2 位"
    assert [line.text for line in found[1:3]] == ["高莲英", "高丽云"]
    assert found[1].after == "女　82 岁"
    assert found[1].second == "12号 301"
    assert "100****4417" in found[1].right


def test_an_exact_card_number_comes_before_a_form_of_that_number(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    store, day = session.store, session.today()
    elder = store.where(Elder, name="马根宝")[0]
    with store.operation("visit"):
        store.update(replace(elder, number="0012"))
        services = (ServiceLine(category_id=1),)
        visit = store.add(Visit(elder_id=elder.id, services=services, provider_ids=(), day=day, starts=600, minutes=60))
        store.add(FeedbackForm(visit_id=visit.id, number="B-0012", issued_on=day))
    headings = [line.text for line in search(window, qtbot, "0012") if line.is_heading]
    assert headings[0].startswith("卡号")
    assert headings[1].startswith("反馈表号")
    window.title_row.search.clear()
    headings = [line.text for line in search(window, qtbot, "B-0012") if line.is_heading]
    assert headings[0].startswith("反馈表号")


def test_the_last_digits_of_a_phone_find_it(window: MainWindow, qtbot: QtBot) -> None:
    found = search(window, qtbot, "0055")
    assert found[0].text.startswith("电话尾号")
    assert found[1].text == "马根宝"


def test_arrows_skip_headings_and_escape_closes_then_clears(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "gl")
    box = window.title_row.search
    current = box.current()
    assert current is not None
    assert current.text == "高莲英"
    QTest.keyClick(box, Qt.Key.Key_Down)
    current = box.current()
    assert current is not None
    assert current.text == "高丽云"
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.found()
    assert box.text() == "gl"
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_nothing_found_offers_to_look_among_the_inactive(window: MainWindow, qtbot: QtBot) -> None:
    found = search(window, qtbot, "gad")
    assert found[0].text == "没有找到“gad”"
    again = next(line for line in found if "已停用" in line.text)
    assert again.run is not None
    again.run()
    qtbot.waitUntil(lambda: any(line.text == "高阿大" for line in window.title_row.search.found()))


def test_the_list_is_inside_the_window_and_keeps_the_caret(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "gao")
    box = window.title_row.search
    assert box.hasFocus()
    shown = box._list  # noqa: SLF001
    assert shown is not None
    assert window.rect().contains(shown.geometry())
    assert shown.height() > 100
    QTest.keyClicks(box, "l")
    qtbot.waitUntil(lambda: box.found()[0].text == "拼音 gaol　2 位")
    window.title_row.search.clear()
    assert not box.found()
