"""The table of records: model, order, choice, columns, keys, copying."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from tests.ui.kit import PEOPLE, Person, people_table

Table = RecordTable[Person]


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = people_table()
    qtbot.addWidget(made)
    made.resize(800, 400)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def shown_columns(table: Table) -> list[str]:
    return [column.key for at, column in enumerate(table.rows_model.columns) if not table.isColumnHidden(at)]


def names(table: Table) -> list[str]:
    return [person.name for person in table.rows()]


def test_the_model_keeps_qts_rules(table: Table, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table.model())  # type: ignore[no-untyped-call]


def test_the_model_speaks_its_cells(table: Table) -> None:
    index = table.model().index(0, 1)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "高莲英 女 82"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "高莲英 女 82"
    assert table.cell_text(0, "tags") == "独居 高龄 行动不便"


def test_sorting_goes_up_down_and_back_to_the_order_given(table: Table) -> None:
    given = names(table)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [person.id for person in table.rows()] == sorted(person.id for person in PEOPLE)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [person.id for person in table.rows()] == sorted((person.id for person in PEOPLE), reverse=True)
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert names(table) == given


def test_unknown_values_sort_last_both_ways(qtbot: QtBot) -> None:
    known: Callable[[Person], int | None] = lambda person: None if person.id == 137 else person.id  # noqa: E731
    table = RecordTable[Person]([Column(key="id", title="", cell=lambda person: str(person.id), sort=known)])
    qtbot.addWidget(table)
    table.set_rows(PEOPLE)
    for order in Qt.SortOrder:
        table.sortByColumn(0, order)
        assert table.rows()[-1].id == 137


def test_the_chosen_rows_stay_chosen_through_sorting_and_new_rows(table: Table) -> None:
    table.choose(89)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [person.id for person in table.selected()] == [89]
    renamed = [replace(person, name="沈秀贞") if person.id == 89 else person for person in PEOPLE]
    table.set_rows(list(reversed(renamed)))
    current = table.current()
    assert current is not None
    assert current.name == "沈秀贞"
    assert [person.id for person in table.selected()] == [89]


def test_when_the_current_row_goes_its_neighbour_is_current(table: Table, qtbot: QtBot) -> None:
    table.choose(164)
    with qtbot.waitSignal(table.current_changed) as told:
        table.set_rows([person for person in PEOPLE if person.id != 164])
    assert told.args == [PEOPLE[2]]
    assert table.current() == PEOPLE[2]


def test_keys_move_open_and_tick(table: Table, qtbot: QtBot) -> None:
    table.choose_first()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current() == PEOPLE[1]
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [PEOPLE[1]]
    with qtbot.waitSignal(table.check_clicked) as ticked:
        QTest.keyClick(table, Qt.Key.Key_Space)
    assert ticked.args == [PEOPLE[1]]
    QTest.keyClicks(table, "1")
    assert table.current() == PEOPLE[1]


def test_shift_chooses_several_and_they_are_copied_as_shown(table: Table) -> None:
    table.choose_first()
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [person.id for person in table.selected()] == [137, 164]
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(table, Qt.Key.Key_C, modifiers)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[1].split("\t") == ["0164", "马根宝 男 81", "亭北东块 17号 401", "高龄 行动不便", "居家清洁", "待安排"]
    assert len(lines) == 2


def test_a_narrow_table_gives_up_columns_in_their_order(table: Table) -> None:
    table.resize(900, 300)
    assert shown_columns(table) == ["card", "name", "place", "tags", "need", "state"]
    table.resize(620, 300)
    assert shown_columns(table) == ["card", "name", "place", "tags", "state"]
    assert table.cell_text(0, "tags") == "独居 高龄 行动不便"
    table.resize(540, 300)
    assert table.cell_text(0, "tags") == "独 高 行"
    table.resize(440, 300)
    assert shown_columns(table) == ["name", "place", "tags", "state"]
    table.resize(900, 300)
    assert shown_columns(table) == ["card", "name", "place", "tags", "need", "state"]


def test_columns_never_leave_the_table_half_empty(table: Table) -> None:
    for width in range(460, 1400, 77):
        table.resize(width, 300)
        used = sum(table.columnWidth(at) for at in range(6) if not table.isColumnHidden(at))
        assert abs(used - table.viewport().width()) <= 2


def test_widths_and_hidden_columns_are_remembered(table: Table, qtbot: QtBot) -> None:
    table.resize(1000, 300)
    table.horizontalHeader().resizeSection(1, 150)
    table.show_column("need", False)
    kept = table.remembered()
    assert kept["widths"]["name"] == 150
    other = people_table()
    qtbot.addWidget(other)
    other.resize(1000, 300)
    other.restore(kept)
    assert other.columnWidth(1) == 150
    assert "need" not in shown_columns(other)
    other.restore({"widths": {"gone": 5, "name": -3}, "hidden": ["name", "gone"]})
    assert "name" in shown_columns(other)
    assert other.columnWidth(1) == 150


def test_a_column_with_edit_takes_what_is_typed(qtbot: QtBot) -> None:
    typed: list[tuple[int, str]] = []

    def edit(person: Person, text: str) -> None:
        typed.append((person.id, text))

    column = Column[Person](key="name", title="姓名", cell=lambda person: person.name, edit=edit)
    table = RecordTable[Person]([column])
    qtbot.addWidget(table)
    table.set_rows(PEOPLE)
    table.show()
    table.choose_first()
    table.edit(table.currentIndex())
    editor = table.findChild(QLineEdit)
    assert editor is not None
    editor.setText("高莲瑛")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: typed == [(137, "高莲瑛")])


def test_rows_are_as_high_as_the_text_asks(table: Table) -> None:
    assert table.rowHeight(0) == theme.size("row")


def test_cells_are_made_only_for_what_is_seen(qtbot: QtBot) -> None:
    made: list[int] = []

    def cell(person: Person) -> Cell:
        made.append(person.id)
        return Cell(person.name)

    table = RecordTable[Person]([Column(key="name", title="姓名", cell=cell)])
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.set_rows([replace(PEOPLE[0], id=number) for number in range(50_000)])
    table.show()
    table.grab()
    assert 0 < len(made) < 50
