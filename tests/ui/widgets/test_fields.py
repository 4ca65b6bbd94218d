"""Fields and forms: what is typed is what is read, and what is wrong is said below the field."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from jiuliting_desk.model.errors import BadDate, BadPhone, Missing
from jiuliting_desk.ui.widgets.birth_field import BirthField
from jiuliting_desk.ui.widgets.fields import (
    ChipsField,
    ChoiceField,
    ComboFacet,
    DateField,
    LineField,
    NumberField,
    TextField,
    read_date,
)
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import column
from jiuliting_desk.ui.widgets.pick_field import PickField
from jiuliting_desk.ui.widgets.search_box import SearchBox

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    "text", ["2026-3-8", "2026.03.08", "2026/3/8", "2026年3月8日", "20260308", "3-8", "3.8", "3月8日", " 2026-03-08 "]
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_date(text, today=TODAY) == date(2026, 3, 8)


@given(st.text(max_size=14))
def test_reading_a_day_gives_a_day_or_says_no(text: str) -> None:
    found: date | None = TODAY
    with suppress(BadDate):
        found = read_date(text, today=TODAY)
    assert (found is None) == (not text.strip())


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_written_is_read_again(day: date) -> None:
    assert read_date(day.isoformat(), today=TODAY) == day


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    made.text("name", "姓名", required=True)
    made.text("phones", "电话")
    made.date("since", "从哪天", today=TODAY)
    made.choice("sex", "性别", [("female", "女"), ("male", "男")])
    made.chips("tags", "标签", [("独居", "独居"), ("高龄", "高龄")])
    made.number("quantity", "数量", 1, 99, unit="次")
    made.notes("notes", "备注")
    made.check("urgent", "很急")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def field(form: Form, name: str) -> TextField:
    found = form.fields[name]
    assert isinstance(found, TextField)
    return found


VALUES = {
    "name": "高莲英", "phones": "10000004417", "since": date(2026, 3, 8), "sex": "male", "tags": ("高龄",),
    "quantity": 3, "notes": "三楼", "urgent": True,
}  # fmt: skip


def test_what_is_set_is_read(form: Form) -> None:
    form.set_values(**VALUES)
    assert form.read() == VALUES
    assert not form.is_changed


def test_typing_makes_a_form_changed_and_settling_makes_it_unchanged(form: Form) -> None:
    form.set_values(**VALUES)
    field(form, "name").insert("瑛")
    assert form.is_changed
    form.settle()
    assert not form.is_changed


def test_an_unread_day_is_said_at_its_field(form: Form) -> None:
    form.set_values(**VALUES)
    since = form.fields["since"]
    assert isinstance(since, DateField)
    since.setText("三月")
    assert form.is_changed
    assert form.read() is None
    assert "不像日期" in form.complaint("since")
    assert since.hasFocus()
    since.setText("3-9")
    assert form.read() is not None
    assert form.complaint("since") == ""


def test_a_rules_no_stands_below_its_field_and_goes_with_typing(form: Form) -> None:
    form.set_values(**VALUES)
    assert form.show_error(BadPhone(field="phones", text="1000000441", digits=10))
    assert "10 位" in form.complaint("phones")
    assert field(form, "phones").hasFocus()
    assert field(form, "phones").property("state") == "bad"
    field(form, "phones").insert("7")
    assert form.complaint("phones") == ""
    assert field(form, "phones").property("state") == ""


def test_an_error_of_another_field_is_left_to_the_bar(form: Form) -> None:
    assert not form.show_error(Missing(field="reason"))


def test_enter_goes_to_the_next_field(form: Form) -> None:
    field(form, "name").setFocus()
    QTest.keyClick(field(form, "name"), Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert field(form, "phones").hasFocus()
    quantity = form.fields["quantity"]
    quantity.setFocus()
    QTest.keyClick(quantity, Qt.Key.Key_Return)
    assert form.fields["notes"].hasFocus()


def test_ctrl_e_is_the_windows_wherever_one_types(form: Form) -> None:
    pressed: list[str] = []
    QShortcut(QKeySequence("Ctrl+E"), form).activated.connect(lambda: pressed.append("E"))
    for name in ("name", "since", "notes"):
        form.fields[name].setFocus()
        QTest.keyClick(form.fields[name], Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["E"] * 3


def test_ctrl_z_is_the_windows_when_nothing_was_typed(form: Form) -> None:
    name = field(form, "name")
    name.setFocus()
    form.set_values(**VALUES)
    QTest.keyClicks(name, "a")
    assert name.isUndoAvailable()
    form.settle()
    assert not name.isUndoAvailable()


def test_a_tag_that_is_offered_no_more_is_not_lost(form: Form) -> None:
    tags = form.fields["tags"]
    assert isinstance(tags, ChipsField)
    tags.set_value(("独居", "旧标签"))
    assert set(tags.value()) == {"独居", "旧标签"}
    tags.button("独居").click()
    assert tags.value() == ("旧标签",)


def scroll(widget: ChoiceField | NumberField) -> None:
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(3, 3), QPointF(3, 3), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton, none,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_the_wheel_changes_nothing_that_lacks_the_keyboard(form: Form) -> None:
    form.set_values(**VALUES)
    field(form, "name").setFocus()
    quantity, sex = form.fields["quantity"], form.fields["sex"]
    assert isinstance(quantity, NumberField)
    assert isinstance(sex, ChoiceField)
    scroll(quantity)
    scroll(sex)
    assert form.read() == VALUES
    quantity.setFocus()
    scroll(quantity)
    assert quantity.value() == 2


def test_a_facet_names_itself_and_is_tinted_while_it_filters(qtbot: QtBot) -> None:
    facet = ComboFacet("居委", [(7, "亭北居民区")])
    qtbot.addWidget(facet)
    assert facet.currentText() == "居委：全部"
    assert facet.value() is None
    facet.set_value(7)
    assert facet.property("current") == "true"
    facet.set_choices([(5, "桂溪"), (7, "亭北居民区")])
    assert facet.value() == 7
    facet.clear_choice()
    assert facet.value() is None
    assert facet.property("current") == "false"


@pytest.mark.parametrize(
    "made",
    [TextField, BirthField, lambda: DateField(today=TODAY), lambda: PickField(kind="compound"), SearchBox],
    ids=["text", "birth", "date", "pick", "search"],
)
def test_an_emptied_field_leaves_undo_to_the_window(made: Callable[[], LineField], qtbot: QtBot) -> None:
    host = QWidget()
    field, undone = made(), list[bool]()
    host.setLayout(column(field))
    QShortcut(QKeySequence("Ctrl+Z"), host).activated.connect(lambda: undone.append(True))
    qtbot.addWidget(host)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    field.setFocus()
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == []
    QTest.keyClicks(field, "12")
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
    assert field.text() == ""
