"""Fields for people: one of many places, birth dates as far as known, contacts; and Tab through all of them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from jiuliting_desk.model.elders import Contact, Phone
from jiuliting_desk.model.errors import BadDate, NameUnknown
from jiuliting_desk.ui.widgets.birth_field import BirthField, read_birth
from jiuliting_desk.ui.widgets.contacts_field import ContactsField
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.phones_field import PhonesField
from jiuliting_desk.ui.widgets.pick_field import PickField

PLACES = [
    (1, "亭北新村", "tingbeixincun tbxc"),
    (2, "亭北东块", "tingbeidongkuai tbdk"),
    (3, "望桥里", "wangqiaoli wql"),
]


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[PickField]:
    """A field for places in a window, with another field after it."""
    window = QWidget()
    layout = QVBoxLayout(window)
    made = PickField(kind="compound")
    layout.addWidget(made)
    layout.addWidget(TextField())
    made.set_choices(PLACES)
    window.resize(400, 400)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.setFocus()
    yield made
    window.close()


def test_a_line_has_room_at_once_where_its_field_is_seen(qtbot: QtBot) -> None:
    phones, contacts = PhonesField(), ContactsField()
    for made in (phones, contacts):
        qtbot.addWidget(made)
        made.show()
    phones.set_value([Phone(number="10000000055")])
    contacts.set_value([Contact(name="女儿")])
    assert not any(line.isHidden() for line in (*phones.lines(), *contacts.lines()))


def test_typing_leaves_what_contains_it_and_enter_takes_the_marked_one(field: PickField, qtbot: QtBot) -> None:
    QTest.keyClicks(field, "tb")
    assert field.listed() == ["亭北新村", "亭北东块"]
    assert field.known() is None
    QTest.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.edited):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.value(), field.listed()) == ("亭北东块", 2, [])
    assert not field.hasFocus()


def test_tab_takes_what_alone_is_left_and_nothing_else(field: PickField) -> None:
    QTest.keyClicks(field, "wq")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.value() == 3
    field.setFocus()
    field.clear()
    QTest.keyClicks(field, "tb")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "tb"
    assert field.listed() == []
    with pytest.raises(NameUnknown):
        field.value()


def test_down_lists_all_and_escape_takes_the_list_away(field: PickField) -> None:
    field.set_value(3)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert len(field.listed()) == 3
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.listed() == []
    assert field.value() == 3
    field.set_value(None)
    assert field.value() is None


def test_the_list_goes_with_the_window(field: PickField) -> None:
    QTest.keyClicks(field, "tb")
    field.window().resize(380, 300)
    QApplication.sendPostedEvents()
    assert field.listed() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("1944", "1944"),
        ("1944.5", "1944-05"),
        ("１９４４年5月", "1944-05"),
        ("1944年5月8日", "1944-05-08"),
        ("1944/5/8", "1944-05-08"),
        ("194405", "1944-05"),
        ("19440508", "1944-05-08"),
    ],
)
def test_births_are_read_as_far_as_known(text: str, expected: str) -> None:
    assert read_birth(text) == expected


@pytest.mark.parametrize("text", ["44", "八十岁", "1944-5-8-1", "19445"])
def test_what_is_no_birth_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        read_birth(text)


def test_a_birth_is_tidied_when_left_and_kept_when_wrong(qtbot: QtBot) -> None:
    field = BirthField()
    qtbot.addWidget(field)
    for typed, shown in (("1944.5", "1944-05"), ("八十岁", "八十岁")):
        field.setText(typed)
        field.editingFinished.emit()
        assert field.text() == shown


def test_contacts_come_and_go_by_the_line(qtbot: QtBot) -> None:
    field = ContactsField()
    qtbot.addWidget(field)
    assert field.value() == ()
    given = (Contact(name="高静", relation="女儿", phone="10000002250"), Contact(name="高强"))
    field.set_value(given)
    assert field.value() == given
    field.lines()[0].away.click()
    assert field.value() == given[1:]
    field.lines()[0].away.click()
    assert field.value() == ()
    assert len(field.lines()) == 1


def test_tab_goes_as_one_reads_through_lines_that_came_later(qtbot: QtBot) -> None:
    form = Form()
    form.text("name", "姓名")
    phones = form.add("phones", "电话", PhonesField())
    form.text("notes", "备注")
    contacts = form.add("contacts", "联系人", ContactsField())
    form.text("number", "卡号")
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    form.set_values(contacts=(Contact(name="高静"),))
    phones.setFocus()
    assert phones.lines()[0].number.hasFocus()
    for wanted in (phones.lines()[0].note, None, form.fields["notes"]):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        assert wanted is None or wanted.hasFocus()
    form.set_values(phones=(Phone(number="1"), Phone(number="2")))
    # The tab order follows the new lines with the layout that was asked for.
    QApplication.sendPostedEvents()
    first, second = phones.lines()
    form.fields["name"].setFocus()
    seen = []
    for _ in range(20):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    path = [form.fields["name"], first.number, first.note, second.number, second.note, form.fields["notes"]]
    path += [contacts.lines()[0].name, contacts.lines()[0].phone, form.fields["number"]]
    places = [seen.index(widget) for widget in path]
    assert places == sorted(places)
