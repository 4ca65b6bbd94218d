"""Questions and the error window as they are, answered with the keyboard."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from jiuliting_desk.store import StorageTrouble, Trouble
from jiuliting_desk.ui import messages
from jiuliting_desk.ui.dialogs import Choice, Dialogs, Question
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import AskDialog, TroubleDialog, WindowDialog
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.scrim import Scrim


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def real(window: QWidget) -> Iterator[Dialogs]:
    made = Dialogs()
    made.window = window
    yield made
    made.close_all()


def shown(qtbot: QtBot) -> AskDialog:
    found = [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, AskDialog) and widget.isVisible()
    ]
    assert len(found) == 1
    with qtbot.waitActive(found[0]):
        found[0].activateWindow()
    return found[0]


VOID = Question(
    title="作废这张卡？",
    text="作废以后这个卡号不能再用。",
    lines=("高莲英　卡号 0137",),
    choices=(Choice("keep", "不作废"), Choice("void", "作废 0137", "bad", "trash-2")),
    default="keep",
    cancel="keep",
    tone="bad",
)


def test_enter_takes_the_harmless_answer(real: Dialogs, qtbot: QtBot) -> None:
    answers: list[tuple[str, str]] = []
    real.ask(VOID, lambda key, text: answers.append((key, text)))
    dialog = shown(qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert answers == [("keep", "")]


def test_tab_and_enter_take_the_other(real: Dialogs, qtbot: QtBot) -> None:
    answers: list[str] = []
    real.ask(VOID, lambda key, _text: answers.append(key))
    dialog = shown(qtbot)
    qtbot.waitUntil(dialog.buttons["keep"].hasFocus)
    QTest.keyClick(dialog.buttons["keep"], Qt.Key.Key_Tab)
    assert dialog.buttons["void"].hasFocus()
    QTest.keyClick(dialog.buttons["void"], Qt.Key.Key_Return)
    assert answers == ["void"]


def test_escape_is_the_way_back(real: Dialogs, qtbot: QtBot) -> None:
    answers: list[str] = []
    real.ask(VOID, lambda key, _text: answers.append(key))
    QTest.keyClick(shown(qtbot), Qt.Key.Key_Escape)
    assert answers == ["keep"]


def test_the_window_is_dimmed_as_long_as_a_question_is_open(real: Dialogs, window: QWidget, qtbot: QtBot) -> None:
    real.ask(VOID, lambda _key, _text: None)
    dialog = shown(qtbot)
    (scrim,) = window.findChildren(Scrim)
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: scrim.size() == window.size())
    dialog.reject()
    qtbot.waitUntil(lambda: not window.findChildren(Scrim))


def test_a_reason_that_is_wanted_must_be_written(real: Dialogs, qtbot: QtBot) -> None:
    answers: list[tuple[str, str]] = []
    question = Question(
        title="仍要选蔡志刚？",
        choices=(Choice("back", "不选他"), Choice("take", "仍选蔡志刚", "primary")),
        default="take",
        cancel="back",
        input_label="原因",
        input_required=True,
    )
    real.ask(question, lambda key, text: answers.append((key, text)))
    dialog = shown(qtbot)
    assert not dialog.buttons["take"].isEnabled()
    assert dialog.buttons["take"].toolTip()
    field = dialog.findChild(TextField)
    assert field is not None
    qtbot.waitUntil(field.hasFocus)
    field.insert("老人点名要他 ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert answers == [("take", "老人点名要他")]


def test_the_error_window_says_what_was_kept_and_what_to_do(real: Dialogs, qtbot: QtBot) -> None:
    answers: list[str] = []
    words = messages.trouble(StorageTrouble(Trouble.FULL, detail="disk full"))
    choices = (Choice("later", "先不存，继续做事"), Choice("again", "再存一次", "primary"))
    real.trouble(words, choices, answers.append)
    dialog = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, TroubleDialog))
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "什么都没丢" in texts
    assert "接下来这样做" in texts
    assert any(text.startswith("1　") for text in texts)
    dialog.copy_details()
    assert words.code in QGuiApplication.clipboard().text()
    assert "disk full" in QGuiApplication.clipboard().text()
    dialog.choose("again")
    assert answers == ["again"]


def test_ctrl_enter_presses_the_main_button_of_any_window_with_one(window: QWidget, qtbot: QtBot) -> None:
    dialog = WindowDialog("记一条来电", parent=window)
    notes = QPlainTextEdit()
    dialog.body.addWidget(notes)
    pressed: list[str] = []
    dialog.foot.addWidget(button("不记了", lambda: pressed.append("back")))
    dialog.foot.addWidget(button("记下这条来电", lambda: pressed.append("save"), kind="primary"))
    dialog.open()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    notes.setFocus()
    qtbot.waitUntil(notes.hasFocus)
    QTest.keyClick(notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["save"]
    dialog.reject()


def test_a_pages_own_dialog_holds_the_window_until_it_is_closed(real: Dialogs, window: QWidget, qtbot: QtBot) -> None:
    made = WindowDialog("改第 12 行")
    real.show(made)
    qtbot.waitExposed(made)
    assert made.parentWidget() is window
    assert made.isModal()
    assert window.findChild(Scrim) is not None
    made.reject()


def test_many_lines_are_all_there_to_be_scrolled_by_keys_and_enter_still_answers(real: Dialogs, qtbot: QtBot) -> None:
    answers: list[str] = []
    told = tuple(f"老人{number}　理发：顾海宁 → 汤立新" for number in range(120))
    real.ask(replace(VOID, lines=told), lambda key, _text: answers.append(key))
    dialog = shown(qtbot)
    assert dialog.height() < 600
    (area,) = dialog.findChildren(QScrollArea)
    assert told[-1] in "".join(part.text() for part in area.findChildren(QLabel))
    qtbot.waitUntil(dialog.buttons["keep"].hasFocus)
    for _ in range(4):
        if not area.hasFocus():
            QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
    assert area.hasFocus()
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0
    QTest.keyClick(area, Qt.Key.Key_Return)
    assert answers == ["keep"]
