"""反馈录入: a form is typed by digits, what follows is shown first, the board tells what is out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.matching import read_inputs
from jiuliting_desk.actions.matching_report import ranking_report
from jiuliting_desk.actions.providers import edit_provider
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.model.feedback import BoardColumn, Feedback, FeedbackForm, FormState
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.places import Cadre, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider, Refusal
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.feedback import FeedbackPage
from jiuliting_desk.ui.pages.feedback.sending import SendSheetDialog
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.banner import Message
from tests.actions.people import AIRCON, CLEAN, HOOD, TODAY, elder, enterprise, need, volunteer
from tests.actions.visits import cadre, done
from tests.store.test_undo import contents
from tests.ui.hands import type_words
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]


@pytest.fixture
def page(store: Store, open_window: Open) -> FeedbackPage:
    """陈炳荣's form is late, 徐桂香's is out."""
    jing = enterprise(store)
    with store.operation("certify"):
        store.add(Certificate(provider_id=jing.id, kind="空调清洗", expires_on=date(2027, 1, 1)))
    done(store, elder(store, "陈炳荣").id, jing.id, category_id=CLEAN, day=TODAY - timedelta(days=9))
    done(store, elder(store, "徐桂香").id, volunteer(store).id, day=TODAY - timedelta(days=1))
    shown = open_window("feedback").current_page()
    assert isinstance(shown, FeedbackPage)
    return shown


def press(page: FeedbackPage, *keys: Qt.Key, ctrl: bool = False) -> None:
    for key in keys:
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or page, key, modifier)


def open_form(page: FeedbackPage, number: str) -> None:
    page.take_focus()
    QTest.keyClicks(page.entry.number, number)
    press(page, Qt.Key.Key_Return)


def test_a_form_is_typed_by_digits_alone(page: FeedbackPage, store: Store) -> None:
    open_form(page, "1")
    assert page.entry.is_open
    assert page.entry.told() == ["只存下这张表。"]
    press(page, Qt.Key.Key_2, Qt.Key.Key_5, Qt.Key.Key_4, Qt.Key.Key_4, Qt.Key.Key_4)
    assert [made.value for made in page.entry.scores] == [2, 5, 4, 4]
    assert page.entry.scores[0].words() == "不好"
    assert page.entry.told() == [
        "登记 1 条新需求：清洗空调（陈炳荣，等安排）",
        "有资质的：净邻家政",
        "准时只有 2 分：列入低分回访，3月21日 周六前",
    ]
    press(page, Qt.Key.Key_Return, ctrl=True)
    (saved,) = store.all(Feedback)
    assert (saved.scores, saved.wishes, saved.entered_by) == ((2, 5, 4, 4), (AIRCON,), "何佩")
    assert store.count(Need, category_id=AIRCON) == store.count(FollowUp) == 1
    assert page.entry.number.hasFocus()
    assert page.entry.feedback() is None
    assert page.board.count() == 1
    press(page, Qt.Key.Key_Z, ctrl=True)
    assert page.entry.number.text() == ""
    assert store.count(Feedback) == store.count(Need) == 0
    assert page.board.count() == 2


def test_an_unknown_number_says_where_to_look(page: FeedbackPage) -> None:
    open_form(page, "B-0999")
    assert not page.entry.is_open
    assert page.entry.number.hasFocus()
    page.put_aside()
    assert page.entry.number.text() == ""


def test_a_form_with_no_score_wants_a_reason(page: FeedbackPage, store: Store) -> None:
    open_form(page, "B-0002")
    press(page, *[Qt.Key.Key_0] * 4)
    press(page, Qt.Key.Key_Return, ctrl=True)
    assert page.entry.form.complaint("unanswered_reason")
    assert page.entry.form.fields["unanswered_reason"].hasFocus()
    assert in_sight(page, page.entry.form.fields["unanswered_reason"])
    type_words(page.window(), "老人不愿评")
    press(page, Qt.Key.Key_Return, ctrl=True)
    assert store.all(Feedback)[0].unanswered_reason == "老人不愿评"


def test_a_form_that_is_entered_is_corrected(page: FeedbackPage, store: Store) -> None:
    open_form(page, "1")
    press(page, *[Qt.Key.Key_5] * 4)
    page.save()
    open_form(page, "1")
    assert [made.value for made in page.entry.scores] == [5, 5, 5, 5]
    page.entry.correct_button.click()
    page.entry.scores[3].chosen.emit(1)
    page.save()
    (saved,) = store.all(Feedback)
    assert saved.overall == 1


def test_a_form_that_is_entered_is_only_looked_at_until_it_is_to_be_corrected(page: FeedbackPage, store: Store) -> None:
    open_form(page, "1")
    press(page, *[Qt.Key.Key_5] * 4)
    page.save()
    before = contents(store)
    open_form(page, "1")
    assert page.entry.number.hasFocus()
    assert page.entry.number.selectedText() == "B-0001"
    press(page, Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_9)
    assert page.entry.number.text() == "139"
    assert [made.value for made in page.entry.scores] == [5, 5, 5, 5]
    page.board.table.setFocus()
    press(page, Qt.Key.Key_1)
    press(page, Qt.Key.Key_Return, ctrl=True)
    assert contents(store) == before
    open_form(page, "1")
    press(page, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_2)
    assert [made.value for made in page.entry.scores] == [2, 5, 5, 5]
    press(page, Qt.Key.Key_Escape)
    assert not page.entry.is_open
    assert page.entry.number.hasFocus()
    assert page.entry.number.text() == ""
    assert contents(store) == before
    assert not page.has_unsaved()


def said(page: FeedbackPage) -> list[Message]:
    found: list[Message] = []
    page.session.said.connect(found.append)
    return found


def test_what_esc_drops_can_be_brought_back(page: FeedbackPage) -> None:
    told = said(page)
    open_form(page, "2")
    press(page, Qt.Key.Key_Escape)
    assert (page.entry.is_open, told) == (False, [])
    open_form(page, "2")
    press(page, Qt.Key.Key_4, Qt.Key.Key_3)
    press(page, Qt.Key.Key_Escape)
    assert not page.entry.is_open
    assert (told[-1].text, told[-1].action) == ("B-0002 打过的没有存。", "拿回来")
    open_form(page, "1")
    press(page, Qt.Key.Key_5)
    assert told[-1].run is not None
    told[-1].run()
    assert [made.value for made in page.entry.scores] == [4, 3, 0, 0]
    open_form(page, "1")
    assert [made.value for made in page.entry.scores] == [5, 0, 0, 0]


def test_a_form_put_aside_is_gone_on_with(page: FeedbackPage, session: Session, store: Store) -> None:
    open_form(page, "1")
    press(page, Qt.Key.Key_4, Qt.Key.Key_F8)
    assert page.has_unsaved()
    shown = [one.text() for one in page.entry.findChildren(QLabel)]
    assert "放着 B-0001" in shown
    open_form(page, "2")
    press(page, Qt.Key.Key_3)
    session.goto("feedback", Ref(Visit, 1))
    assert [made.value for made in page.entry.scores] == [4, 0, 0, 0]
    open_form(page, "999")
    open_form(page, "1")
    assert [made.value for made in page.entry.scores] == [4, 0, 0, 0]
    press(page, Qt.Key.Key_Return, ctrl=True)
    open_form(page, "2")
    press(page, Qt.Key.Key_Return, ctrl=True)
    assert [one.punctual for one in store.all(Feedback)] == [4, 3]
    assert "今天录了 2 张，还有 0 张" in [one.text() for one in page.entry.findChildren(QLabel)]
    assert not page.has_unsaved()


def test_the_keyboard_stays_with_the_enterprise_that_was_chosen(page: FeedbackPage) -> None:
    open_form(page, "1")
    press(page, *[Qt.Key.Key_5] * 4, Qt.Key.Key_4)
    (offer,) = page.entry.aftermath.offers
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    (offer,) = page.entry.aftermath.offers
    assert offer.isChecked()
    assert offer.hasFocus()
    assert page.entry.told()[0] == "登记 1 条新需求：清洗空调（陈炳荣，由净邻家政认领）"
    press(page, Qt.Key.Key_Space)
    assert page.entry.told()[0] == "登记 1 条新需求：清洗空调（陈炳荣，等安排）"
    press(page, Qt.Key.Key_4)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.entry.isAncestorOf(focus)


def in_sight(page: FeedbackPage, widget: QWidget) -> bool:
    area = page.entry.findChild(QScrollArea)
    assert area is not None
    top = widget.mapTo(area.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= area.viewport().height()


def test_the_field_with_the_keyboard_is_wholly_in_sight(page: FeedbackPage, qtbot: QtBot) -> None:
    words = page.entry.form.fields["words"]
    for height in (700, 560):
        page.window().resize(1366, height)
        open_form(page, "1")
        press(page, Qt.Key.Key_1, *[Qt.Key.Key_5] * 3, Qt.Key.Key_4)
        press(page, Qt.Key.Key_Return)
        assert words.hasFocus()
        qtbot.waitUntil(lambda: in_sight(page, words), timeout=2000)
        page.entry.scores[0].chosen.emit(5)
        qtbot.waitUntil(lambda: in_sight(page, page.entry.scores[1]), timeout=2000)
        press(page, Qt.Key.Key_Escape)


def test_what_follows_leaves_the_questions_their_room(page: FeedbackPage, qtbot: QtBot) -> None:
    page.window().resize(1366, 560)
    open_form(page, "1")
    press(page, *[Qt.Key.Key_1] * 4, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
    assert len(page.entry.told()) == 7
    wishes = list(page.entry.wishes.values())
    qtbot.waitUntil(lambda: in_sight(page, wishes[0]) and in_sight(page, wishes[-1]), timeout=2000)
    press(page, Qt.Key.Key_Escape)


def test_ctrl_e_sends_a_sheet_from_the_number(page: FeedbackPage, dialogs: ScriptedDialogs) -> None:
    page.take_focus()
    press(page, Qt.Key.Key_E, ctrl=True)
    assert isinstance(dialogs.shown[-1], SendSheetDialog)
    dialogs.shown[-1].reject()


def test_the_cadres_part_asks_which_cadre(page: FeedbackPage, store: Store) -> None:
    leads = cadre(store)
    open_form(page, "1")
    press(page, *[Qt.Key.Key_5] * 4)
    field = page.entry.form.choices("whole_time")
    field.set_value(True)
    field.edited.emit()
    assert page.entry.told() == ["没选是哪位居委干部：这次上门不算有人带"]
    who = page.entry.form.choices("cadre_id")
    who.set_value(leads)
    who.edited.emit()
    assert page.entry.told() == ["只存下这张表。"]
    press(page, Qt.Key.Key_Return, ctrl=True)
    visit = store.get(Visit, 1)
    assert (visit.cadre_id, visit.had_cadre, visit.stayed) == (leads, True, True)


def test_the_same_person_again_is_asked_about(page: FeedbackPage, store: Store, dialogs: ScriptedDialogs) -> None:
    open_form(page, "2")
    press(page, *[Qt.Key.Key_5] * 4)
    page.entry.same.set_value(True)
    dialogs.answers = ["pair"]
    page.save()
    assert [bond.provider_id for bond in store.all(Pairing)] == [store.get(Visit, 2).provider_ids[0]]
    assert dialogs.asked[0].title == "徐桂香希望还是同一位，要结对吗？"


def test_the_board_takes_returns_and_chases(page: FeedbackPage, store: Store, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.board.table.model())  # type: ignore[no-untyped-call]
    rows = page.board.table.rows_model.rows()
    assert [(line.name, line.column) for line in rows] == [
        ("陈炳荣", BoardColumn.CHASE),
        ("徐桂香", BoardColumn.OUT),
    ]
    page.board.table.choose(1)
    page.board.chase_button.click()
    assert store.get(FeedbackForm, 1).chased_times == 1
    page.board.return_button.click()
    assert store.get(FeedbackForm, 1).state is FormState.RETURNED
    page.board.columns.choose(BoardColumn.RETURNED)
    page.board.refresh()
    assert [line.name for line in page.board.table.rows_model.rows()] == ["陈炳荣"]


def test_a_visit_opens_its_form(page: FeedbackPage, session: Session) -> None:
    session.goto("feedback", Ref(Visit, 2))
    found = page.entry.feedback()
    assert found is not None
    assert found.visit_id == 2
    assert page.entry.number.text() == "B-0002"


def test_how_low_a_score_is_too_low_is_a_setting(page: FeedbackPage, store: Store) -> None:
    open_form(page, "2")
    press(page, *[Qt.Key.Key_3] * 4)
    assert page.entry.told() == ["只存下这张表。"]
    page.session.perform(change_settings, values={"low_score": "3", "follow_up_days": "5"})
    assert page.entry.told() == ["准时只有 3 分：列入低分回访，3月23日 周一前"]


def test_a_refusal_and_the_wish_for_the_same_person_are_told_and_kept(
    page: FeedbackPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    open_form(page, "2")
    press(page, *[Qt.Key.Key_5] * 4)
    page.entry.same.click()
    assert page.entry.told() == ["希望还是这一位：存的时候问要不要和顾海宁结对（理发）"]
    page.entry.other.click()
    assert page.entry.told()[0] == "记下：以后不再安排顾海宁去徐桂香家"
    page.entry.same.click()
    page.save()
    (kept,) = store.all(Refusal)
    assert (kept.elder_id, kept.provider_id, kept.by_elder) == (2, 2, True)
    wanted = need(store, 2)
    inputs = read_inputs(store, today=TODAY)
    excluded = {one["name"]: one["rules"] for one in ranking_report(inputs, wanted.id)["excluded"]}
    assert "refused" in str(excluded["顾海宁"])
    assert store.count(Pairing) == 0


def test_a_visit_that_is_undone_takes_its_open_form_along(page: FeedbackPage, store: Store, session: Session) -> None:
    open_form(page, "2")
    session.undo()
    session.undo()
    assert store.find(Visit, 2) is None
    assert not page.entry.is_open


def test_the_board_goes_by_who_has_the_paper_and_by_day(page: FeedbackPage, store: Store) -> None:
    with store.operation("places"):
        place = store.add(ResidentsCommittee(name="亭北居民区"))
        cadre = store.add(Cadre(name="陈悦", committee_id=place.id))
    third = done(store, elder(store, "高莲英").id, 2, day=TODAY - timedelta(days=1), starts=600, cadre_id=cadre.id)
    page.refresh()
    choices = [page.board.cadre.itemText(at) for at in range(page.board.cadre.count())]
    assert choices == ["谁手里：全部", "谁手里：还没定谁 2", "谁手里：陈悦 1"]

    def names() -> list[str]:
        return [line.name for line in page.board.table.rows()]

    page.board.cadre.set_value(cadre.id)
    page.board.cadre.edited.emit()
    assert names() == ["高莲英"]
    page.board.cadre.set_value(0)
    page.board.cadre.edited.emit()
    assert names() == ["陈炳荣", "徐桂香"]
    page.board.cadre.clear_choice()
    page.board.day.set_value(third.day)
    page.board.day.edited.emit()
    assert names() == ["高莲英", "徐桂香"]


def test_a_wish_goes_to_a_qualified_enterprise_in_the_same_step(page: FeedbackPage, store: Store) -> None:
    before = contents(store)
    open_form(page, "1")
    press(page, *[Qt.Key.Key_5] * 4, Qt.Key.Key_4)
    (offer,) = page.entry.aftermath.offers
    assert offer.text() == "净邻家政"
    offer.click()
    assert page.entry.aftermath.offers[0].isChecked()
    press(page, Qt.Key.Key_5)
    assert page.entry.aftermath.claims == {AIRCON: 1}
    page.save()
    (claim,) = store.all(Claim)
    wanted = store.get(Need, claim.need_id)
    assert (claim.provider_id, wanted.category_id, wanted.state) == (1, AIRCON, NeedState.CLAIMED)
    assert store.where(Need, category_id=HOOD)[0].state is NeedState.OPEN
    page.session.undo()
    assert contents(store) == before
    open_form(page, "2")
    assert page.entry.aftermath.claims == {}


def test_whoever_has_no_visits_left_is_not_offered_for_a_wish(page: FeedbackPage, store: Store) -> None:
    firm = store.get(Provider, 1)
    page.session.perform(edit_provider, provider=replace(firm, visits_per_month=0))
    open_form(page, "1")
    press(page, *[Qt.Key.Key_5] * 4, Qt.Key.Key_4)
    assert page.entry.aftermath.offers == []
    assert page.entry.told()[1] == "有资质、现在请不了的：净邻家政（当月名额用完了）"
    page.session.perform(edit_provider, provider=firm)
    page.entry.edited.emit()
    page.entry.aftermath.offers[0].click()
    page.session.perform(edit_provider, provider=replace(firm, visits_per_month=0))
    page.save()
    assert store.where(Need, category_id=AIRCON)[0].state is NeedState.OPEN


def test_a_choice_goes_with_its_wish(page: FeedbackPage) -> None:
    open_form(page, "1")
    press(page, *[Qt.Key.Key_5] * 4, Qt.Key.Key_4)
    page.entry.aftermath.offers[0].click()
    press(page, Qt.Key.Key_4)
    assert page.entry.aftermath.claims == {}
    assert page.entry.told() == ["只存下这张表。"]
