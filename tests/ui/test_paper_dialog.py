"""Printing from 上门安排 and from the board: a choice of papers, a PDF, and only 都好 gives forms out."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.visits import cancel_visit
from jiuliting_desk.model.cards import PrintBatch
from jiuliting_desk.model.errors import PrinterTrouble
from jiuliting_desk.model.feedback import FeedbackForm, FormState
from jiuliting_desk.model.papers import Paper
from jiuliting_desk.paper.preview import page_count, page_text
from jiuliting_desk.store import Store
from jiuliting_desk.ui import printing
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.feedback import FeedbackPage
from jiuliting_desk.ui.pages.visits import VisitsPage
from jiuliting_desk.ui.paper_dialog import PaperDialog
from jiuliting_desk.ui.print_outcome import SpoiltDialog
from jiuliting_desk.ui.session import Session
from tests.actions.people import TODAY, elder, volunteer
from tests.actions.visits import book, done
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]


@pytest.fixture
def page(store: Store, open_window: Open) -> VisitsPage:
    """Three visits this week, one of them off."""
    who = volunteer(store).id
    for at, name in enumerate(("苗芬", "邹福", "陈炳荣")):
        visit = book(store, elder(store, name).id, who, day=TODAY + timedelta(days=1), starts=540 + 90 * at)
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=visit.id, reason="不需要了", today=TODAY)
    shown = open_window("visits").current_page()
    assert isinstance(shown, VisitsPage)
    return shown


def opened(dialogs: ScriptedDialogs) -> PaperDialog:
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, PaperDialog)
    return dialog


def choose(dialog: PaperDialog, **values: object) -> None:
    dialog.form.set_values(**values)
    dialog.form.edited.emit(next(iter(values)))


def test_forms_are_saved_and_given_out_by_keys(
    page: VisitsPage, store: Store, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = opened(dialogs)
    choose(dialog, which="listed")
    dialogs.paths, dialogs.answers = [tmp_path / "forms.pdf"], ["good"]
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.form.fields["paper"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(dialogs.asked))
    assert "2 张反馈表" in dialogs.asked[0].text
    pdf = (tmp_path / "forms.pdf").read_bytes()
    assert [name in page_text(pdf, at) for at, name in enumerate(("苗芬", "邹福"))] == [True, True]
    assert [form.state for form in store.all(FeedbackForm)] == [FormState.OUT] * 2
    assert page.unsettled_button.isHidden()


def test_one_form_of_the_visit_that_is_chosen(
    page: VisitsPage, store: Store, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    page.table.choose(2)
    page.print_button.click()
    dialogs.paths, dialogs.answers = [tmp_path / "forms.pdf"], ["later"]
    opened(dialogs).pdf_button.click()
    qtbot.waitUntil(lambda: bool(dialogs.asked))
    (form,) = store.all(FeedbackForm)
    assert (form.visit_id, form.state) == (2, FormState.MADE)
    assert "1 批" in page.unsettled_button.text()
    dialogs.answers = ["some"]
    page.unsettled_button.click()
    spoilt = dialogs.shown[-1]
    assert isinstance(spoilt, SpoiltDialog)
    next(iter(spoilt.ticks.values())).setChecked(True)
    spoilt.save()
    assert store.all(FeedbackForm)[0].state is FormState.MADE
    assert page.unsettled_button.isHidden()


def test_what_cannot_be_saved_leaves_no_number(
    page: VisitsPage, store: Store, dialogs: ScriptedDialogs, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    page.print()
    dialogs.paths = [tmp_path / "no such folder" / "forms.pdf"]
    with qtbot.waitSignal(session.said) as said:
        opened(dialogs).save_pdf()
    assert "写不进" in said.args[0].text
    assert store.count(FeedbackForm) == store.count(PrintBatch) == 0


@pytest.mark.parametrize("paper", [Paper.SLIPS, Paper.DAY_LIST, Paper.CADRE_LIST, Paper.REMINDERS])
def test_slips_and_lists_of_what_is_listed(
    page: VisitsPage, store: Store, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path, paper: Paper
) -> None:
    page.table.choose(1)
    page.print()
    dialog = opened(dialogs)
    choose(dialog, paper=paper)
    if paper is Paper.SLIPS:
        assert dialog.form.fields["which"].value() == "chosen"  # type: ignore[attr-defined]
        choose(dialog, which="listed")
    assert dialog.form.fields["which"].value() == "listed"  # type: ignore[attr-defined]
    dialogs.paths = [tmp_path / "list.pdf"]
    dialog.save_pdf()
    qtbot.waitUntil(lambda: store.is_mine and store.count(PrintBatch) == 1)
    text = page_text((tmp_path / "list.pdf").read_bytes(), 0)
    assert "苗芬" in text
    assert "陈炳荣" not in text
    assert store.count(FeedbackForm) == 0


def test_blank_forms_and_a_printer_that_does_not_answer(
    page: VisitsPage,
    dialogs: ScriptedDialogs,
    qtbot: QtBot,
    session: Session,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page.print()
    dialog = opened(dialogs)
    choose(dialog, paper=Paper.BLANK_FORMS, count=3)
    assert dialog.form.fields["which"].isHidden()
    dialogs.paths = [tmp_path / "blank.pdf"]
    with qtbot.waitSignal(session.said):
        dialog.save_pdf()
    assert page_count((tmp_path / "blank.pdf").read_bytes()) == 3

    def silent(_pdf: bytes, name: str, **_how: bool) -> None:
        raise PrinterTrouble(name=name)

    monkeypatch.setattr(printing, "printers", lambda: ["激光打印机"])
    monkeypatch.setattr(printing, "send", silent)
    page.print()
    dialog = opened(dialogs)
    assert not dialog.print_button.isHidden()
    with qtbot.waitSignal(session.said) as said:
        dialog.print_button.click()
    assert "激光打印机" in said.args[0].text
    assert store.count(FeedbackForm) == store.count(PrintBatch) == 0


def test_the_board_prints_its_chase_list(
    store: Store, open_window: Open, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    who = volunteer(store).id
    for name, days in (("徐桂香", 12), ("高莲英", 1)):
        done(store, elder(store, name).id, who, day=TODAY - timedelta(days=days))
    page = open_window("feedback").current_page()
    assert isinstance(page, FeedbackPage)
    page.board.print_button.click()
    dialog = opened(dialogs)
    assert dialog.form.fields["paper"].value() is Paper.CHASE_LIST  # type: ignore[attr-defined]
    dialogs.paths = [tmp_path / "chase.pdf"]
    dialog.save_pdf()
    qtbot.waitUntil(lambda: store.is_mine and store.count(PrintBatch) == 1)
    text = page_text((tmp_path / "chase.pdf").read_bytes(), 0)
    assert "共 2 张" in text
    assert text.index("徐桂香") < text.index("高莲英")


def test_a_form_that_got_lost_is_printed_again_under_its_number(
    store: Store, open_window: Open, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    who = volunteer(store).id
    for name, days in (("徐桂香", 12), ("高莲英", 1)):
        done(store, elder(store, name).id, who, day=TODAY - timedelta(days=days))
    page = open_window("feedback").current_page()
    assert isinstance(page, FeedbackPage)
    page.board.table.choose(2)
    page.board.print()
    dialog = opened(dialogs)
    assert dialog.form.fields["which"].value() == "listed"  # type: ignore[attr-defined]
    choose(dialog, paper=Paper.FORMS)
    dialogs.paths, dialogs.answers = [tmp_path / "again.pdf"], ["good"]
    dialog.save_pdf()
    qtbot.waitUntil(lambda: bool(dialogs.asked))
    pdf = (tmp_path / "again.pdf").read_bytes()
    assert page_count(pdf) == 1
    assert "表号 B-0002" in page_text(pdf, 0)
    assert [form.state for form in store.all(FeedbackForm)] == [FormState.OUT] * 2
