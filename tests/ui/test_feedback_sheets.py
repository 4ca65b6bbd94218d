"""An Excel feedback sheet goes out from the board and back through the wizard; a form answered twice is decided."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.feedback import enter_feedback
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.imports import Decision
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.model.providers import Certificate
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.feedback import FeedbackPage
from jiuliting_desk.ui.pages.feedback.sending import SendSheetDialog
from jiuliting_desk.ui.pages.importing.comparing_forms import CompareFormsDialog
from jiuliting_desk.ui.pages.importing.foot import CHECK, CHOOSE, PREVIEW, RESULT
from jiuliting_desk.ui.pages.importing.page import ImportPage
from jiuliting_desk.ui.pages.importing.preview import FORM_DECISIONS
from jiuliting_desk.ui.session import Session
from tests.actions.imports.test_feedback import GOOD, fill
from tests.actions.people import AIRCON, TODAY, elder, enterprise, volunteer
from tests.actions.visits import done
from tests.ui.hands import click, in_front, press
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]


@pytest.fixture
def office(store: Store) -> Store:
    """Two forms of 亭北 are out; 净邻家政 may clean air conditioners."""
    with store.operation("places"):
        place = store.add(ResidentsCommittee(name="亭北居民区"))
    jing, who = enterprise(store), volunteer(store)
    with store.operation("certify"):
        store.add(Certificate(provider_id=jing.id, kind="空调清洗"))
    for at, name in enumerate(("苗芬", "邹福"), start=1):
        done(store, elder(store, name, committee_id=place.id).id, who.id, day=TODAY - timedelta(days=at))
    return store


def send(window: MainWindow, dialogs: ScriptedDialogs, qtbot: QtBot, path: Path) -> Path:
    page = window.current_page()
    assert isinstance(page, FeedbackPage)
    QTest.keyClick(page.board.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, SendSheetDialog)
    assert dialog.save_button.text() == "存下 2 行的表"
    dialogs.paths = [path]
    dialog.choose_file()
    qtbot.waitUntil(lambda: path.exists() and not page.session.is_lent)
    return path


def test_a_sheet_goes_out_and_its_answers_come_in(
    office: Store, open_window: Open, dialogs: ScriptedDialogs, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    window = open_window("feedback")
    out = send(window, dialogs, qtbot, tmp_path / "亭北.xlsx")
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert [sheet.cell(row, 2).value for row in (4, 5)] == ["邹福", "苗芬"]
    with office.operation("enter_feedback"):
        enter_feedback(office, feedback=Feedback(visit_id=1, overall=3, entered_on=TODAY), today=TODAY)
    wish = {"还想要人帮什么忙": "清洗空调", "总的满意吗": "2 不好"}
    back = fill(out, {"B-0001": GOOD, "B-0002": GOOD | wish}, tmp_path / "back.xlsx")
    session.goto("importing")
    page = window.current_page()
    assert isinstance(page, ImportPage)
    page.intake.take([back])

    def settle() -> None:
        qtbot.waitUntil(lambda: not page.intake.is_working and not session.is_lent, timeout=20000)
        qtbot.waitUntil(lambda: page.turns.is_idle)

    settle()
    assert page.step == PREVIEW
    table = page.preview.table()
    assert [table.cell_text(row, "outcome") for row in range(2)] == ["新增", "待选"]
    assert table.cell_text(0, "will") == "录入，1 条新需求，1 件回访"
    assert table.cell_text(0, "scores") == "5 5 4 2"
    table.choose(page.preview.table().rows()[0].key)
    planned = page.preview.current()
    assert planned is not None
    assert "有资质的：净邻家政" in page.preview.cells.words.feedback.sentence(planned)
    table.choose(page.preview.table().rows()[1].key)
    page.preview.compare_button.click()
    compared = dialogs.shown[-1]
    assert isinstance(compared, CompareFormsDialog)
    assert ("总的满意（1 到 5）", "3", "5") in compared.lines
    compared.keep_button.click()
    settle()
    assert table.cell_text(1, "will") == "留原来的，不写"
    page.preview.form_decision.buttons()[FORM_DECISIONS.index(Decision.LATER)].click()
    settle()
    assert table.cell_text(1, "outcome") == "待选"
    page.preview.use_excel()
    settle()
    assert table.cell_text(1, "outcome") == "更新"
    page.go_on()
    assert page.step == CHECK
    assert {"录入 1 张反馈表", "改 1 张录过的反馈表", "登记 1 条反馈表上的新需求"} <= set(page.check.sentences)
    page.go_on()
    settle()
    assert page.step == RESULT
    assert "登记了 1 条反馈表上的新需求" in page.result.sentences
    assert [one.overall for one in sorted(office.all(Feedback), key=lambda one: one.visit_id)] == [5, 2]
    assert office.value("SELECT count(*) FROM need WHERE category_id = ?", (AIRCON,)) == 1
    page.result.undo_button.click()
    settle()
    assert [one.overall for one in office.all(Feedback)] == [3]


def test_who_would_like_the_same_person_is_paired_where_it_is_ticked(
    office: Store, open_window: Open, dialogs: ScriptedDialogs, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    window = open_window("feedback")
    out = send(window, dialogs, qtbot, tmp_path / "亭北.xlsx")
    same = GOOD | {"下次还请这位吗": "还请这位"}
    back = fill(out, {"B-0001": same, "B-0002": same}, tmp_path / "back.xlsx")
    session.goto("importing")
    page = window.current_page()
    assert isinstance(page, ImportPage)
    page.intake.take([back])

    def settle() -> None:
        qtbot.waitUntil(lambda: not page.intake.is_working and not session.is_lent, timeout=20000)
        qtbot.waitUntil(lambda: page.turns.is_idle)

    settle()
    click(page.next_button)
    assert page.step == CHECK
    assert "2 位希望还是同一位，勾上的一起结对" in page.check.sentences
    boxes = {box.text(): box for box in page.check.offers.values()}
    assert sorted(boxes) == ["苗芬和顾海宁结对（理发）", "邹福和顾海宁结对（理发）"]
    assert all(box.isChecked() for box in boxes.values())
    boxes["邹福和顾海宁结对（理发）"].setFocus()
    press(window, Qt.Key.Key_Space)
    page.go_back()
    click(page.next_button)
    assert [box.isChecked() for box in page.check.offers.values()].count(True) == 1
    click(page.next_button)
    settle()
    assert page.step == RESULT
    (bond,) = office.all(Pairing)
    assert (bond.elder_id, bond.provider_id) == (1, 2)
    assert "结了 1 对" in page.result.sentences
    assert "1 位老人希望还是同一位，可以到结对匹配里结对" in page.result.sentences
    click(page.result.list_button)
    assert isinstance(window.current_page(), FeedbackPage)
    session.goto("importing")
    assert page.step == RESULT
    in_front(window, qtbot)
    press(window, Qt.Key.Key_Z, ctrl=True)
    settle()
    assert page.step == CHOOSE
    assert office.count(Pairing) == office.count(Feedback) == 0


def test_a_form_that_nobody_filled_in_is_no_repetition(
    office: Store, open_window: Open, dialogs: ScriptedDialogs, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    window = open_window("feedback")
    out = send(window, dialogs, qtbot, tmp_path / "亭北.xlsx")
    session.goto("importing")
    page = window.current_page()
    assert isinstance(page, ImportPage)
    page.intake.take([fill(out, {"B-0001": GOOD}, tmp_path / "back.xlsx")])
    qtbot.waitUntil(lambda: not page.intake.is_working and not session.is_lent and page.turns.is_idle, timeout=20000)
    table = page.preview.table()
    assert [table.cell_text(row, "outcome") for row in range(2)] == ["没填", "新增"]
    assert page.preview.facets["unfilled"].text() == "没填 1"
    assert page.preview.facets["same"].text() == "重复 0"
    page.preview.choose_filter("unfilled")
    assert len(table.rows()) == 1


def test_with_nothing_out_there_is_nothing_to_send(store: Store, open_window: Open, dialogs: ScriptedDialogs) -> None:
    with store.operation("places"):
        store.add(ResidentsCommittee(name="亭北居民区"))
    page = open_window("feedback").current_page()
    assert isinstance(page, FeedbackPage)
    page.board.sheet_button.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, SendSheetDialog)
    assert not dialog.save_button.isEnabled()
    assert dialog.save_button.toolTip()
    dialog.reject()
