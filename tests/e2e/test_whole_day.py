"""A whole day on the real window: calls, visits, paper, Excel, what follows; then all of it backwards."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.elders import Phone
from jiuliting_desk.model.feedback import Feedback, FeedbackForm, FeedbackSource, FormState
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.needs import Need, NeedSource, NeedState
from jiuliting_desk.model.pairings import Claim
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.paper.codes import read_codes
from jiuliting_desk.paper.preview import page_count, render_page
from jiuliting_desk.store import Store
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.follow_up_steps import FollowUpDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.page import Page
from jiuliting_desk.ui.pages.feedback import FeedbackPage
from jiuliting_desk.ui.pages.feedback.sending import SendSheetDialog
from jiuliting_desk.ui.pages.importing.foot import CHECK, PREVIEW, RESULT
from jiuliting_desk.ui.pages.importing.page import ImportPage
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.phone import PhonePage
from jiuliting_desk.ui.pages.phone.call_dialog import CallDialog
from jiuliting_desk.ui.pages.today import TodayPage
from jiuliting_desk.ui.pages.visits import VisitsPage
from jiuliting_desk.ui.pages.visits.page import Span
from jiuliting_desk.ui.paper_dialog import PaperDialog
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.dialog import AskDialog
from tests.actions.imports.test_feedback import GOOD, fill
from tests.actions.people import AIRCON, CHAT, CLEAN, HAIRCUT, HOOD, TODAY, elder, enterprise, need, volunteer
from tests.actions.visits import book, done
from tests.store.test_undo import contents
from tests.ui.hands import choose, click, click_row, gone, in_front, press, type_words
from tests.ui.scripted import ByHand

Key = Qt.Key
NAMES = (
    "苗芬",
    "邹福",
    "陈炳荣",
    "高莲英",
    "徐桂香",
    "周荣生",
    "马根宝",
    "俞阿大",
    "苏志清",
    "金阿二",
    "许文桂",
    "花雅琴",
)

CALLS = 8
AIR_KEY = Qt.Key.Key_4
"""The key of 清洗空调 among the wishes of an empty file's categories."""


def office(store: Store) -> None:
    """Twelve elders, two volunteers, two enterprises of which one is qualified; six forms out, eight visits today."""
    with store.operation("settle"):
        committee = store.add(ResidentsCommittee(name="亭北居民区"))
        compound = store.add(Compound(name="亭北新村", committee_id=committee.id))
        store.add(Cadre(committee_id=committee.id, name="何佩"))
        cadre = store.add(Cadre(committee_id=committee.id, name="陈悦"))
    home = {"committee_id": committee.id, "compound_id": compound.id, "building": "12", "seen_on": TODAY}
    people = [
        elder(store, name, phones=(Phone(number=f"1000000{at:04d}"),), room=str(100 + at), number=f"{at:04d}", **home)
        for at, name in enumerate(NAMES, start=1)
    ]
    volunteer(store, skills=(HAIRCUT,), half_days=(5,), visits_per_month=None, compound_id=compound.id, asked_on=TODAY)
    tang = volunteer(store, "汤立新", skills=(CHAT,), visits_per_month=None, asked_on=TODAY)
    jing = enterprise(store, skills=(CLEAN, AIRCON, HOOD), compound_id=compound.id, asked_on=TODAY)
    enterprise(store, "亮洁电器", skills=(AIRCON,), compound_id=compound.id, asked_on=TODAY)
    with store.operation("certify"):
        store.add(Certificate(provider_id=jing.id, kind="空调清洗"))
    for at, one in enumerate(people[:6]):
        done(store, one.id, tang.id, day=TODAY - timedelta(days=1 + at % 3), category_id=CHAT, starts=540 + 60 * at)
    for at, one in enumerate(people[:8]):
        who, what = (tang.id, CHAT) if at % 2 else (jing.id, CLEAN)
        book(
            store, one.id, who, day=TODAY, starts=540 + 30 * at, category_id=what, today=TODAY, cadre_id=cadre.id,
            reason="排好了",
        )  # fmt: skip
    for one in people[8:]:
        need(store, one.id, HAIRCUT)


P = TypeVar("P", bound=Page)
D = TypeVar("D", bound=QDialog)


class Day:
    """The window, the clerk's hands, and what must agree after every step."""

    def __init__(self, window: MainWindow, session: Session, dialogs: ByHand, qtbot: QtBot) -> None:
        self.window, self.session, self.dialogs, self.qtbot = window, session, dialogs, qtbot

    @property
    def store(self) -> Store:
        return self.session.store

    def go(self, key: str) -> None:
        """A click in the rail."""
        self.settled()
        in_front(self.window, self.qtbot)
        click(self.window.rail.buttons[key])

    def page(self, key: str, kind: type[P]) -> P:
        """Go to a page."""
        self.go(key)
        found = self.window.current_page()
        assert isinstance(found, kind)
        return found

    def press(self, *keys: Qt.Key, ctrl: bool = False) -> None:
        press(self.window, *keys, ctrl=ctrl)

    def write(self, words: str) -> None:
        type_words(self.window, words)

    def dialog(self, kind: type[D]) -> D:
        """The dialog that has come up, in front."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=20000)
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        in_front(found, self.qtbot)
        return found

    def confirm(self, dialog: QDialog) -> None:
        """Ctrl+Enter, which closes it."""
        press(dialog, Key.Key_Return, ctrl=True)
        gone(dialog, self.qtbot)
        in_front(self.window, self.qtbot)

    def settled(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.is_lent, timeout=20000)

    def undone_and_redone(self, before: object) -> None:
        """Ctrl+Z right after a step, with the keyboard where the page left it, takes that step back; Ctrl+Y not."""
        after = contents(self.store)
        assert after != before
        self.press(Key.Key_Z, ctrl=True)
        assert contents(self.store) == before
        self.press(Key.Key_Y, ctrl=True)
        assert contents(self.store) == after

    def sql(self, query: str) -> int:
        return int(self.store.value(query))

    def agree(self) -> tuple[int, int, int, int]:
        """今日 and the board say what plain SQL says of the file; gives visits today, forms out, needs, follow-ups."""
        visits = self.sql(
            f"SELECT count(*) FROM visit WHERE day = '{TODAY}' AND state IN ('planned', 'under_way', 'done')"
        )
        awaited = self.sql(
            "SELECT count(*) FROM visit v WHERE v.state = 'done'"
            " AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.visit_id = v.id)"
        )
        waiting = self.sql(
            "SELECT count(*) FROM need n JOIN elder e ON e.id = n.elder_id"
            " WHERE n.state = 'open' AND e.state = 'active'"
        )
        to_follow = self.sql("SELECT count(*) FROM follow_up WHERE closed_on IS NULL")
        today = self.page("today", TodayPage)
        assert [one.text() for one in today.counts.values()] == [
            f"{visits} 次上门",
            f"{awaited} 张反馈表未交回",
            f"{waiting} 条需求等安排",
            f"{to_follow} 件要回访",
        ]
        feedback = self.page("feedback", FeedbackPage)
        assert feedback.board.count() == awaited
        on_board = sorted(line.visit_id for line in feedback.board.table.rows())
        assert on_board == [
            row[0]
            for row in self.store.rows(
                "SELECT id FROM visit WHERE state = 'done' AND id NOT IN (SELECT visit_id FROM feedback) ORDER BY id"
            )
        ]
        return visits, awaited, waiting, to_follow


@pytest.fixture
def day(store: Store, session: Session, open_window: Callable[..., MainWindow], dialogs: ByHand, qtbot: QtBot) -> Day:
    """The office in the morning."""
    office(store)
    return Day(open_window("today"), session, dialogs, qtbot)


def take_calls(day: Day) -> None:
    """Four are booked by keys, one leaves a message, one asks, one is wrong, one complains."""
    for at in (9, 10, 11, 12):
        before = contents(day.store)
        day.press(Key.Key_F2)
        page = day.window.current_page()
        assert isinstance(page, PhonePage)
        day.write(f"{at:04d}")
        day.press(Key.Key_Return)
        assert page.left.card.name() == NAMES[at - 1]
        day.press(Key.Key_Return, ctrl=True)
        assert page.caller is None, (page.when.says_none, page.when.says_against, page.plan)
        if at == 10:
            day.undone_and_redone(before)
    for phone, outcome, words in (
        ("10099990001", CallOutcome.MESSAGE, "问洗空调"),
        ("10099990002", CallOutcome.WRONG_NUMBER, ""),
        ("0003", CallOutcome.ASKED, "问几点来"),
        ("0002", CallOutcome.COMPLAINT, "上回没来"),
    ):
        day.press(Key.Key_F2)
        day.write(phone)
        if len(phone) == 4:
            day.press(Key.Key_Return)
        day.press(Key.Key_F7)
        dialog = day.dialog(CallDialog)
        if words:
            type_words(dialog, words)
        choose(dialog, dialog.form.fields["outcome"], labels.label(outcome))
        day.confirm(dialog)
    assert day.store.count(Call) == CALLS
    assert day.store.count(Call, outcome=CallOutcome.BOOKED) == 4


def print_and_visit(day: Day, path: Path) -> None:
    """Forms for the twelve of today, 都好; then all twelve are done in one step."""
    page = day.page("visits", VisitsPage)
    click(page.span.buttons()[list(Span).index(Span.DAY)])
    assert len(page.table.rows()) == 12
    click_row(page.table, 0)
    day.press(Key.Key_A, ctrl=True)
    day.press(Key.Key_P, ctrl=True)
    dialog = day.dialog(PaperDialog)
    day.dialogs.paths = [path]
    click(dialog.pdf_button)
    question = day.dialog(AskDialog)
    click(question.buttons["good"])
    day.settled()
    pdf = path.read_bytes()
    numbers = []
    for at in range(page_count(pdf)):
        image = render_page(pdf, at, dpi=150)
        numbers += read_codes(image.rgb, image.width, image.height)
    assert sorted(numbers) == [f"JLT-B-{at:04d}" for at in range(7, 19)]
    assert day.agree()[1] == 6
    page = day.page("visits", VisitsPage)
    click_row(page.table, 0)
    day.press(Key.Key_A, ctrl=True)
    assert page.foot.done_button.text() == "12 次都做好了"
    before = contents(day.store)
    click(page.foot.done_button)
    day.undone_and_redone(before)
    assert day.store.count(Visit, state=VisitState.DONE) == 18
    assert day.store.count(FeedbackForm, state=FormState.OUT) == 18


def type_forms(day: Day) -> None:
    """Ten forms by digits: the third with a 2, the fifth with the wish for a clean air conditioner."""
    page = day.page("feedback", FeedbackPage)
    for number in range(1, 11):
        before = contents(day.store)
        assert page.entry.number.hasFocus()
        day.write(str(number))
        day.press(Key.Key_Return)
        assert page.entry.is_open
        for score in (5, 2 if number == 3 else 5, 4, 5):
            day.press(getattr(Key, f"Key_{score}"))
        if number == 5:
            day.press(AIR_KEY)
            assert page.entry.told() == [f"登记 1 条新需求：清洗空调（{NAMES[4]}，等安排）", "有资质的：净邻家政"]
        if number == 3:
            assert page.entry.told() == ["态度只有 2 分：列入低分回访，3月21日 周六前"]
        day.press(Key.Key_Return, ctrl=True)
        assert page.entry.feedback() is None
        if number == 5:
            day.undone_and_redone(before)
    assert day.store.count(Feedback, source=FeedbackSource.TYPED) == 10


def send_and_import(day: Day, folder: Path) -> None:
    """The committee gets a sheet of eight and sends six answers back."""
    page = day.page("feedback", FeedbackPage)
    assert page.entry.number.hasFocus()
    day.press(Key.Key_E, ctrl=True)
    dialog = day.dialog(SendSheetDialog)
    assert dialog.save_button.text() == "存下 8 行的表"
    out = folder / "亭北.xlsx"
    day.dialogs.paths = [out]
    click(dialog.save_button)
    day.qtbot.waitUntil(lambda: out.exists() and not day.session.is_lent, timeout=20000)
    gone(dialog, day.qtbot)
    back = fill(
        out, {f"B-{number:04d}": GOOD for number in range(13, 19)}, folder / "back.xlsx", order=lambda rows: rows[::-1]
    )
    wizard = day.page("importing", ImportPage)
    day.dialogs.paths = [back]
    click(wizard.choose.zone.choose_button)
    day.qtbot.waitUntil(lambda: not wizard.intake.is_working and not day.session.is_lent, timeout=20000)
    assert wizard.step == PREVIEW
    day.qtbot.waitUntil(lambda: wizard.preview.facets["new"].text() == "新增 6")
    day.press(Key.Key_Return, ctrl=True)
    assert wizard.step == CHECK
    before = contents(day.store)
    day.press(Key.Key_Return, ctrl=True)
    day.qtbot.waitUntil(lambda: not wizard.intake.is_working and not day.session.is_lent, timeout=20000)
    assert wizard.step == RESULT
    day.undone_and_redone(before)
    assert day.store.count(Feedback, source=FeedbackSource.SHEET) == 6


def follow_up(day: Day) -> None:
    """The low score is looked into and closed with an outcome, from 今日."""
    page = day.page("today", TodayPage)
    (low,) = day.store.where(FollowUp, cause=Cause.LOW_SCORE)
    keys = [item.key for item in page.work.rows()]
    before = contents(day.store)
    click_row(page.work, keys.index(f"l{low.id}"))
    dialog = day.dialog(FollowUpDialog)
    press(dialog, Key.Key_Return, ctrl=True)
    assert dialog.form.complaint("outcome")
    type_words(dialog, "上门道了歉，下次早到")
    day.confirm(dialog)
    assert not day.store.get(FollowUp, low.id).is_open
    day.undone_and_redone(before)


def claim(day: Day) -> None:
    """The wish is claimed by the one enterprise with a certificate, by keys."""
    page = day.page("matching", MatchingPage)
    day.qtbot.waitUntil(lambda: not page.run.is_running and page.proposal is not None and page.proposal.is_final)
    wish = next(at for at, line in enumerate(page.needs.lines.rows()) if line.elder == NAMES[4])
    click_row(page.needs.lines, wish)
    shown = [line for line in page.candidates.lines.rows() if line.provider]
    assert [line.name for line in shown if line.place] == ["净邻家政"]
    assert "亮洁电器" in [line.name for line in shown if not line.place]
    before = contents(day.store)
    day.press(Key.Key_Return)
    (held,) = day.store.all(Claim)
    (found,) = day.store.where(Need, source=NeedSource.FEEDBACK)
    assert (held.need_id, found.category_id, found.state) == (found.id, AIRCON, NeedState.CLAIMED)
    day.undone_and_redone(before)


PLACES = {
    "book_by_phone": "phone",
    "log_call": "phone",
    "print_forms": "visits",
    "confirm_forms": "visits",
    "finish_visits": "visits",
    "enter_feedback": "feedback",
    "import_sheet": "importing",
    "close_follow_up": "today",
    "claim_need": "matching",
}
"""On which page each step of the day was done."""


def step_backwards(day: Day) -> None:
    """Undo the last step from the page on which it was done."""
    last = day.store.undoable()
    assert last is not None
    day.go(PLACES[last.name])
    day.press(Key.Key_Z, ctrl=True)
    day.settled()


def test_a_whole_day_and_back(day: Day, tmp_path: Path) -> None:
    first = contents(day.store)
    steps = day.sql("SELECT count(*) FROM operation")
    assert day.agree() == (8, 6, 4, 0)
    take_calls(day)
    assert day.agree() == (12, 6, 0, 1)
    print_and_visit(day, tmp_path / "forms.pdf")
    assert day.agree() == (12, 18, 0, 1)
    type_forms(day)
    assert day.agree() == (12, 8, 1, 2)
    send_and_import(day, tmp_path)
    assert day.agree() == (12, 2, 1, 2)
    follow_up(day)
    assert day.agree() == (12, 2, 1, 1)
    claim(day)
    assert day.agree() == (12, 2, 0, 1)
    last = contents(day.store)
    taken = 0
    while contents(day.store) != first:
        step_backwards(day)
        taken += 1
    # Printed, said to have come out right, done, ten forms, imported, followed up, claimed.
    assert taken == CALLS + 16
    assert day.sql("SELECT count(*) FROM operation") > steps
    assert day.agree() == (8, 6, 4, 0)
    for _ in range(taken):
        day.press(Key.Key_Y, ctrl=True)
    assert contents(day.store) == last
    assert day.agree() == (12, 2, 0, 1)
