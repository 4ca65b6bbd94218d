"""A whole day on the real window: calls, visits, paper, Excel, what follows; then all of it backwards."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
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
from jiuliting_desk.ui.follow_up_steps import FollowUpDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.feedback import FeedbackPage
from jiuliting_desk.ui.pages.feedback.sending import SendSheetDialog
from jiuliting_desk.ui.pages.importing.page import CHECK, PREVIEW, RESULT, ImportPage
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.phone import PhonePage
from jiuliting_desk.ui.pages.phone.call_dialog import CallDialog
from jiuliting_desk.ui.pages.today import TodayPage
from jiuliting_desk.ui.pages.visits import VisitsPage
from jiuliting_desk.ui.pages.visits.page import Span
from jiuliting_desk.ui.paper_dialog import PaperDialog
from jiuliting_desk.ui.session import Session
from tests.actions.imports.test_feedback import GOOD, fill
from tests.actions.people import AIRCON, CHAT, CLEAN, HAIRCUT, HOOD, TODAY, elder, enterprise, need, volunteer
from tests.actions.visits import book, done
from tests.store.test_undo import contents
from tests.ui.scripted import ScriptedDialogs

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
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


class Day:
    """The window, the clerk's keys, and what must agree after every step."""

    def __init__(self, window: MainWindow, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot) -> None:
        self.window, self.session, self.dialogs, self.qtbot = window, session, dialogs, qtbot

    @property
    def store(self) -> Store:
        return self.session.store

    def page(self, key: str) -> QWidget:
        self.session.goto(key)
        found = self.window.current_page()
        assert found is not None
        self.activate()
        found.take_focus()
        return found

    def activate(self) -> None:
        """A dialog that closed may leave no window active where there is no desktop."""
        if not self.window.isActiveWindow():
            with self.qtbot.waitActive(self.window):
                self.window.activateWindow()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def settled(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.is_lent, timeout=20000)

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
        today = self.page("today")
        assert isinstance(today, TodayPage)
        assert [one.text() for one in today.counts.values()] == [
            f"{visits} 次上门",
            f"{awaited} 张反馈表未交回",
            f"{waiting} 条需求等安排",
            f"{to_follow} 件要回访",
        ]
        feedback = self.page("feedback")
        assert isinstance(feedback, FeedbackPage)
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
def day(
    store: Store,
    session: Session,
    open_window: Callable[..., MainWindow],
    dialogs: ScriptedDialogs,
    qtbot: QtBot,
) -> Day:
    """The office in the morning."""
    office(store)
    return Day(open_window("today"), session, dialogs, qtbot)


def take_calls(day: Day) -> None:
    """Four are booked by keys, one leaves a message, one asks, one is wrong, one complains."""
    for at in (9, 10, 11, 12):
        day.press(Qt.Key.Key_F2)
        page = day.window.current_page()
        assert isinstance(page, PhonePage)
        day.type(f"{at:04d}")
        day.press(Qt.Key.Key_Return)
        assert page.left.card.name() == NAMES[at - 1]
        day.press(Qt.Key.Key_Return, CTRL)
        assert page.caller is None, (page.when.says_none, page.when.says_against, page.plan)
    for phone, outcome, words in (
        ("10099990001", CallOutcome.MESSAGE, "问洗空调"),
        ("10099990002", CallOutcome.WRONG_NUMBER, ""),
        ("0003", CallOutcome.ASKED, "问几点来"),
        ("0002", CallOutcome.COMPLAINT, "上回没来"),
    ):
        desk = day.page("phone")
        assert isinstance(desk, PhonePage)
        desk.left.box.setFocus()
        day.type(phone)
        if len(phone) == 4:
            day.press(Qt.Key.Key_Return)
        day.press(Qt.Key.Key_F7)
        dialog = day.dialogs.shown[-1]
        assert isinstance(dialog, CallDialog)
        dialog.form.set_values(outcome=outcome, notes=words)
        dialog.save()
        desk.left.box.clear()
    assert day.store.count(Call) == CALLS
    assert day.store.count(Call, outcome=CallOutcome.BOOKED) == 4


def print_and_visit(day: Day, path: Path) -> None:
    """Forms for the twelve of today, 都好; then all twelve are done in one step."""
    page = day.page("visits")
    assert isinstance(page, VisitsPage)
    page.span.choose(Span.DAY)
    page.show_from(TODAY)
    assert len(page.table.rows()) == 12
    page.table.setFocus()
    day.press(Qt.Key.Key_A, CTRL)
    day.press(Qt.Key.Key_P, CTRL)
    dialog = day.dialogs.shown[-1]
    assert isinstance(dialog, PaperDialog)
    day.dialogs.paths, day.dialogs.answers = [path], ["good"]
    dialog.pdf_button.click()
    day.qtbot.waitUntil(lambda: bool(day.dialogs.asked) and not day.session.is_lent, timeout=20000)
    pdf = path.read_bytes()
    numbers = []
    for at in range(page_count(pdf)):
        image = render_page(pdf, at, dpi=150)
        numbers += read_codes(image.rgb, image.width, image.height)
    assert sorted(numbers) == [f"JLT-B-{at:04d}" for at in range(7, 19)]
    assert day.agree()[1] == 6
    page = day.page("visits")
    assert isinstance(page, VisitsPage)
    page.table.setFocus()
    day.press(Qt.Key.Key_A, CTRL)
    assert page.foot.done_button.text() == "12 次都做好了"
    page.foot.done_button.click()
    assert day.store.count(Visit, state=VisitState.DONE) == 18
    assert day.store.count(FeedbackForm, state=FormState.OUT) == 18


def type_forms(day: Day) -> None:
    """Ten forms by digits: the third with a 2, the fifth with the wish for a clean air conditioner."""
    page = day.page("feedback")
    assert isinstance(page, FeedbackPage)
    for number in range(1, 11):
        page.take_focus()
        day.type(str(number))
        day.press(Qt.Key.Key_Return)
        assert page.entry.is_open
        for score in (5, 2 if number == 3 else 5, 4, 5):
            day.press(getattr(Qt.Key, f"Key_{score}"))
        if number == 5:
            day.press(AIR_KEY)
            assert page.entry.told() == [f"登记 1 条新需求：清洗空调（{NAMES[4]}，等安排）", "有资质的：净邻家政"]
        if number == 3:
            assert page.entry.told() == ["态度只有 2 分：列入低分回访，3月21日 周六前"]
        day.press(Qt.Key.Key_Return, CTRL)
        assert not page.entry.is_open
    assert day.store.count(Feedback, source=FeedbackSource.TYPED) == 10


def send_and_import(day: Day, folder: Path) -> None:
    """The committee gets a sheet of eight and sends six answers back."""
    page = day.page("feedback")
    assert isinstance(page, FeedbackPage)
    page.board.table.setFocus()
    day.press(Qt.Key.Key_E, CTRL)
    dialog = day.dialogs.shown[-1]
    assert isinstance(dialog, SendSheetDialog)
    assert dialog.save_button.text() == "存下 8 行的表"
    out = folder / "亭北.xlsx"
    day.dialogs.paths = [out]
    dialog.choose_file()
    day.qtbot.waitUntil(lambda: out.exists() and not day.session.is_lent, timeout=20000)
    back = fill(
        out, {f"B-{number:04d}": GOOD for number in range(13, 19)}, folder / "back.xlsx", order=lambda rows: rows[::-1]
    )
    wizard = day.page("importing")
    assert isinstance(wizard, ImportPage)
    wizard.intake.take([back])
    day.qtbot.waitUntil(lambda: not wizard.intake.is_working and not day.session.is_lent, timeout=20000)
    assert wizard.step == PREVIEW
    day.qtbot.waitUntil(lambda: wizard.preview.facets["new"].text() == "新增 6")
    day.press(Qt.Key.Key_Return, CTRL)
    assert wizard.step == CHECK
    day.press(Qt.Key.Key_Return, CTRL)
    day.qtbot.waitUntil(lambda: not wizard.intake.is_working and not day.session.is_lent, timeout=20000)
    assert wizard.step == RESULT
    assert day.store.count(Feedback, source=FeedbackSource.SHEET) == 6


def follow_up(day: Day) -> None:
    """The low score is looked into and closed with an outcome, from 今日."""
    page = day.page("today")
    assert isinstance(page, TodayPage)
    (low,) = day.store.where(FollowUp, cause=Cause.LOW_SCORE)
    item = next(item for item in page.work.rows() if item.key == f"l{low.id}")
    page.work.opened.emit(item)
    dialog = day.dialogs.shown[-1]
    assert isinstance(dialog, FollowUpDialog)
    dialog.form.set_values(outcome="上门道了歉，下次早到")
    dialog.close_button.click()
    assert not day.store.get(FollowUp, low.id).is_open


def claim(day: Day) -> None:
    """The wish is claimed by the one enterprise with a certificate, by keys."""
    page = day.page("matching")
    assert isinstance(page, MatchingPage)
    day.qtbot.waitUntil(lambda: not page.run.is_running and page.proposal is not None and page.proposal.is_final)
    wish = next(line for line in page.needs.lines.rows() if line.elder == NAMES[4])
    page.needs.lines.choose(wish.id)
    day.activate()
    page.needs.lines.setFocus()
    shown = [line for line in page.candidates.lines.rows() if line.provider]
    assert [line.name for line in shown if line.place] == ["净邻家政"]
    assert "亮洁电器" in [line.name for line in shown if not line.place]
    day.press(Qt.Key.Key_Return)
    (held,) = day.store.all(Claim)
    (found,) = day.store.where(Need, source=NeedSource.FEEDBACK)
    assert (held.need_id, found.category_id, found.state) == (found.id, AIRCON, NeedState.CLAIMED)


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
    taken = day.sql(
        f"SELECT count(*) FROM operation o WHERE id > {steps} AND EXISTS"
        " (SELECT 1 FROM change WHERE operation_id = o.id)"
    )
    last = contents(day.store)
    day.page("today")
    for _ in range(taken):
        day.press(Qt.Key.Key_Z, CTRL)
    assert contents(day.store) == first
    assert day.agree() == (8, 6, 4, 0)
    for _ in range(taken):
        day.press(Qt.Key.Key_Y, CTRL)
    assert contents(day.store) == last
    assert day.agree() == (12, 2, 0, 1)
