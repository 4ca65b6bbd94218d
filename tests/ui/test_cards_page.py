"""服务卡打印 on the real window: choose, preview, save, say how it came out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.elders import register_elder
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.model.cards import CardState, PrintBatch, PrintState, ServiceCard
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.places import Compound
from jiuliting_desk.paper.preview import page_count, page_text
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.cards import CardsPage
from jiuliting_desk.ui.pages.settings.office import OfficeSection
from jiuliting_desk.ui.print_outcome import SpoiltDialog
from jiuliting_desk.ui.printing import calibration_of
from jiuliting_desk.ui.session import Ref, Session
from tests.ui.scripted import ScriptedDialogs

DAY = date(2026, 3, 18)


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> CardsPage:
    """The page over an office with four elders."""
    with session.store.operation("set up"):
        change_settings(session.store, values={"office_phone": "10066886688"}, today=DAY)
        compound = session.store.add(Compound(name="亭北新村"))
        for name, number in (("高莲英", "0137"), ("金㛃生", "0138"), ("邹福", "0139"), ("许\U0003134a", "0140")):
            session.store.add(Elder(name=name, number=number, compound_id=compound.id, building="12", room="301"))
        session.store.add(Elder(name="何㛃", number="0141", state=ElderState.MOVED, compound_id=compound.id))
    window = open_window("cards")
    found = window.current_page()
    assert isinstance(found, CardsPage)
    qtbot.waitUntil(lambda: found.sheet.view.has_page)
    return found


def test_those_without_a_card_are_listed_and_a_character_no_font_has_is_named(page: CardsPage) -> None:
    assert [line.draft.name for line in page.table.rows()] == ["高莲英", "金㛃生", "邹福", "许\U0003134a"]
    assert [line.draft.number for line in page.ticked] == ["0137", "0138", "0139"]
    assert "\U0003134a" in page.table.rows()[3].complaint
    assert page.count_words.text() == "3 张卡，1 张纸"


def test_a_pdf_is_saved_noted_and_confirmed(
    page: CardsPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "cards.pdf"
    dialogs.paths = [target]
    dialogs.answers = ["good"]
    page.options.picker.choose(8)
    QTest.keyClick(page.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialogs.asked))
    assert page_count(target.read_bytes()) == 4
    assert "金㛃生" in page_text(target.read_bytes(), 0)
    (batch,) = session.store.all(PrintBatch)
    assert (batch.state, batch.start_slot, len(batch.item_ids)) == (PrintState.CONFIRMED, 8, 3)
    assert {card.state for card in session.store.all(ServiceCard)} == {CardState.ISSUED}
    assert page.options.start_slot == 1
    assert [line.draft.number for line in page.table.rows()] == ["0140"]


def test_spoilt_cards_wait_again(
    page: CardsPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.paths = [tmp_path / "cards.pdf"]
    dialogs.answers = ["some"]
    page.save_pdf()
    qtbot.waitUntil(lambda: bool(dialogs.shown))
    (dialog,) = dialogs.shown
    assert isinstance(dialog, SpoiltDialog)
    list(dialog.ticks.values())[1].setChecked(True)
    dialog.save()
    assert [line.draft.number for line in page.table.rows()] == ["0138", "0140"]


def test_a_batch_left_unsaid_is_asked_about_later(
    page: CardsPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path, session: Session
) -> None:
    dialogs.paths = [tmp_path / "cards.pdf"]
    dialogs.answers = ["later", "good"]
    page.save_pdf()
    qtbot.waitUntil(lambda: bool(dialogs.asked))
    assert not page.unsettled_row.isHidden()
    page.settle_button.click()
    assert [question.default for question in dialogs.asked] == ["later", "good"]
    assert page.unsettled_row.isHidden()
    assert session.store.count(ServiceCard, state=CardState.ISSUED) == 3


def test_a_pdf_that_cannot_be_written_is_told_and_nothing_is_noted(
    page: CardsPage, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path, session: Session
) -> None:
    dialogs.paths = [tmp_path / "no such folder" / "cards.pdf"]
    with qtbot.waitSignal(session.said) as said:
        page.save_pdf()
    assert "什么都没有改动" in said.args[0].text
    assert session.store.all(PrintBatch) == []


def test_people_are_ticked_added_and_told_apart(
    page: CardsPage, dialogs: ScriptedDialogs, session: Session, qtbot: QtBot
) -> None:
    page.table.choose(page.table.rows()[0].draft.elder_id)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert [line.draft.number for line in page.ticked] == ["0138", "0139"]
    with qtbot.waitSignal(session.said) as said:
        page.toggle(page.table.rows()[3])
    assert "印不了" in said.args[0].text
    page.add_field.setText("zf")
    QTest.keyClick(page.add_field, Qt.Key.Key_Return)
    assert page.table.rows()[0].draft.name == "邹福"
    page.add_field.setText("没有这个人")
    with qtbot.waitSignal(session.said):
        QTest.keyClick(page.add_field, Qt.Key.Key_Return)
    gone = session.store.where(Elder, number="0141")[0]
    session.goto("cards", Ref(Elder, gone.id), "print")
    assert page.table.rows()[0].is_blocked or page.table.rows()[1].is_blocked
    assert gone.id not in {line.draft.elder_id for line in page.ticked}


def test_without_a_phone_the_page_says_what_to_do(page: CardsPage, session: Session, qtbot: QtBot) -> None:
    session.perform(change_settings, values={"office_phone": ""})
    assert "预约电话" in page.sheet.view.words
    assert page.ticked == []
    assert page.chosen_words.text() != "已勾 0"
    with qtbot.waitSignal(session.said) as said:
        page.save_pdf()
    assert "预约电话" in said.args[0].text
    page.sheet.phone_button.click()
    settings = page.window().findChild(OfficeSection)
    assert settings is not None
    assert settings.form.fields["office_phone"].hasFocus()
    session.perform(change_settings, values={"office_phone": "10066886688"})
    session.goto("cards")
    assert [line.draft.number for line in page.ticked] == ["0137", "0138", "0139"]


def test_a_card_ticked_by_hand_stays_ticked_although_the_address_is_missing(page: CardsPage, session: Session) -> None:
    done = session.perform(register_elder, name="汤仁", quiet=True)
    assert done is not None
    page.refresh()
    assert "汤仁" not in {line.draft.name for line in page.ticked}
    session.goto("cards", Ref(Elder, done.result.id), "print")
    assert "汤仁" in {line.draft.name for line in page.ticked}
    session.perform(change_settings, values={"office_phone": "10000000001"})
    assert "汤仁" in {line.draft.name for line in page.ticked}
    page.toggle(next(line for line in page.table.rows() if line.draft.name == "汤仁"))
    page.refresh()
    assert "汤仁" not in {line.draft.name for line in page.ticked}


def test_a_measured_printer_is_remembered(page: CardsPage, session: Session, dialogs: ScriptedDialogs) -> None:
    page.options.calibration_wanted.emit()
    (dialog,) = dialogs.shown
    form = dialog.form  # type: ignore[attr-defined]
    form.set_values(left_mm="x", far_left_mm="", top_mm="20", far_top_mm="")
    dialog.save()  # type: ignore[attr-defined]
    assert form.complaint("left_mm")
    form.set_values(left_mm="80", top_mm="20")
    dialog.save()  # type: ignore[attr-defined]
    assert form.complaint("left_mm")
    form.set_values(left_mm="19,5", top_mm="20")
    dialog.save()  # type: ignore[attr-defined]
    assert calibration_of(session.remembered, "").right_mm == pytest.approx(0.5)


def test_nothing_is_saved_over_the_data(
    page: CardsPage, session: Session, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    said: list[str] = []
    session.said.connect(lambda message: said.append(message.text))
    page.options.calibration_wanted.emit()
    before = session.store.path.read_bytes()
    (test_sheet,) = (one for one in dialogs.shown[0].findChildren(QPushButton) if one.text() == "印一张试纸")
    for path, told in ((session.store.path, "没有覆盖"), (tmp_path / "none" / "试纸.pdf", "写不进")):
        dialogs.paths = [path]
        test_sheet.click()
        assert told in said[-1]
    assert session.store.path.read_bytes() == before
    dialogs.shown[0].close()


def test_the_card_of_one_elder_is_printed_alone(page: CardsPage, session: Session) -> None:
    assert len(page.ticked) == 3
    wanted = session.store.where(Elder, number="0138")[0]
    session.goto("cards", Ref(Elder, wanted.id), "print")
    assert [line.draft.elder_id for line in page.ticked] == [wanted.id]
    assert page.reason.value() == page.ticked[0].draft.reason
    page.tick_all(True)
    assert len(page.ticked) == 3


def test_what_is_ticked_stays_so_in_another_look(page: CardsPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    page.toggle(page.table.rows()[1])
    assert [line.draft.number for line in page.ticked] == ["0137", "0139"]
    window.rebuild()
    again = window.current_page()
    assert isinstance(again, CardsPage)
    assert again is not page
    assert [line.draft.number for line in again.ticked] == ["0137", "0139"]
