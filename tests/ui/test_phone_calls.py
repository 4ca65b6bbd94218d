"""电话预约, what comes of calls: unknown callers, calls left open, calls to return, what is logged and what is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.calls import log_call
from jiuliting_desk.actions.drafts import kept_draft
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.needs import Rhythm, Urgency
from jiuliting_desk.model.papers import Paper
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.ui.booking_dialog import BookingDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.elders.page import EldersPage
from jiuliting_desk.ui.pages.phone import PhonePage
from jiuliting_desk.ui.pages.phone.call_dialog import CallDialog
from jiuliting_desk.ui.pages.phone.plan import Plan
from jiuliting_desk.ui.paper_dialog import PaperDialog
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.masked import MaskedValue
from tests.actions.people import AIRCON, CHAT, HAIRCUT, TODAY, elder, need, volunteer
from tests.store_fixtures import NOW
from tests.ui.phone import Keys, open_phone, settle_gao
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]


@pytest.fixture
def gao(store: Store) -> Elder:
    """高莲英, who waits for a haircut."""
    return settle_gao(store)


@pytest.fixture
def page(gao: Elder, open_window: Open) -> PhonePage:
    """The page, with the keyboard in the box."""
    return open_phone(open_window)


@pytest.fixture
def keys(page: PhonePage) -> Keys:
    """The keyboard."""
    return Keys(page)


def window_of(page: PhonePage) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def noted(page: PhonePage, dialogs: ScriptedDialogs) -> CallDialog:
    """The dialog that F7 opens."""
    page.note_call()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, CallDialog)
    return dialog


def choose(dialog: CallDialog, outcome: CallOutcome) -> None:
    dialog.form.fields["outcome"].set_value(outcome)  # type: ignore[attr-defined]
    dialog.form.edited.emit("outcome")


def recall_day(dialog: CallDialog) -> object:
    return dialog.form.fields["recall_on"].value()  # type: ignore[attr-defined]


# -- somebody whom nobody knows yet


def test_a_number_that_nobody_has_goes_into_the_form_and_its_owner_is_the_caller_after(
    page: PhonePage, keys: Keys, store: Store, qtbot: QtBot
) -> None:
    keys.type("100 7777 8888")
    assert page.left.nobody.isVisible()
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    elders = window_of(page).current_page()
    assert isinstance(elders, EldersPage)
    form = elders.side.elder_form.form
    assert [phone.number for phone in form.fields["phones"].value()] == ["100 7777 8888"]  # type: ignore[attr-defined]
    line = form.fields["phones"].lines()[0]  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: line.isVisible() and line.number.height() >= line.number.sizeHint().height())
    qtbot.waitUntil(lambda: form.fields["phones"].height() >= form.fields["phones"].sizeHint().height())
    assert not elders.has_unsaved()
    form.fields["name"].set_value("苏志清")  # type: ignore[attr-defined]
    assert elders.side.elder_form.save()
    keys.press(Qt.Key.Key_F2)
    assert [hit.name for hit in page.left.hits.rows()] == ["苏志清"]
    assert page.left.hits.isVisible()
    assert not page.left.recalls.isVisible()
    keys.press(Qt.Key.Key_Return)
    assert page.left.card.name() == "苏志清"
    assert page.plan.phone == "10077778888"


@pytest.mark.parametrize(("typed", "name", "numbers"), [
    ("苏志清", "苏志清", []), ("021-60000001", "", ["021-60000001"]), ("szq", "", []), ("4417", "", []),
])  # fmt: skip
def test_what_was_looked_for_in_the_window_begins_the_form_too(
    page: PhonePage, session: Session, typed: str, name: str, numbers: list[str]
) -> None:
    session.goto("elders", None, "new", typed=typed)
    elders = window_of(page).current_page()
    assert isinstance(elders, EldersPage)
    fields = elders.side.elder_form.form.fields
    assert fields["name"].value() == name  # type: ignore[attr-defined]
    assert [phone.number for phone in fields["phones"].value()] == numbers  # type: ignore[attr-defined]


def test_a_message_of_somebody_unknown_is_returned_and_then_known(
    page: PhonePage, gao: Elder, keys: Keys, store: Store
) -> None:
    with store.operation("log_call"):
        for phone, name in (("100-0000-4417", "邻居"), ("10033334444", "")):
            log_call(
                store, outcome=CallOutcome.MESSAGE, phone=phone, caller_name=name, notes="问理发", recall_on=TODAY,
                today=TODAY,
            )  # fmt: skip
    page.refresh()
    queue = page.left.recalls.queue
    queue.opened.emit(queue.rows()[0])
    assert page.left.line.recall_words() == "正在回电 邻居　今天 09:00　问理发"
    assert "100-0000-4417" in [made.text() for made in page.left.line.findChildren(QLabel)]
    assert [hit.name for hit in page.left.hits.rows()] == ["高莲英"]
    keys.press(Qt.Key.Key_Return)
    assert page.plan.recall_id == 1
    assert page.left.line.findChild(MaskedValue) is not None
    page.book()
    assert [call.outcome for call in store.all(Call, order="id")][2:] == [CallOutcome.BOOKED]
    first, _, booked = store.all(Call, order="id")
    assert (first.settled_on, first.elder_id, booked.is_outgoing) == (TODAY, gao.id, True)
    (left,) = queue.rows()
    queue.opened.emit(left)
    assert page.left.nobody.isVisible()
    page.left.line.settled_button.click()
    assert queue.rows() == []
    assert page.plan == Plan()
    assert page.left.box.text() == ""


@pytest.mark.parametrize(
    ("later", "words"), [(0, "要回电的 2 位"), (1, "要回电的 3 位，今天该回 2 位"), (2, "要回电的 4 位，今天该回 2 位")]
)
def test_the_head_tells_how_many_of_those_who_wait_are_due(
    page: PhonePage, gao: Elder, store: Store, later: int, words: str
) -> None:
    days = [TODAY - timedelta(days=1), TODAY, *[TODAY + timedelta(days=1)] * later]
    with store.operation("log_call"):
        for day in days:
            log_call(store, outcome=CallOutcome.MESSAGE, elder_id=gao.id, notes="改期", recall_on=day, today=TODAY)
    page.refresh()
    assert words in [made.text() for made in page.left.recalls.findChildren(QLabel)]


def test_the_arrows_go_from_the_box_to_those_to_ring_back(
    page: PhonePage, gao: Elder, keys: Keys, store: Store
) -> None:
    with store.operation("log_call"):
        log_call(store, outcome=CallOutcome.MESSAGE, elder_id=gao.id, notes="改期", recall_on=TODAY, today=TODAY)
    page.refresh()
    keys.press(Qt.Key.Key_Down)
    assert page.left.recalls.queue.hasFocus()
    keys.press(Qt.Key.Key_Return)
    assert page.left.line.recall_words() == "正在回电 今天 09:00　改期"
    assert page.left.line.isVisible()


def test_no_week_is_turned_while_nobody_is_on_the_line(page: PhonePage, gao: Elder) -> None:
    turning = [made for made in page.when.findChildren(QToolButton) if "周" in made.toolTip()]
    assert len(turning) == 2
    assert not any(made.isVisible() for made in turning)
    page.take(gao.id)
    assert all(made.isVisible() for made in turning)


def test_where_nobody_can_go_no_time_is_offered_and_another_service_can_be_chosen(
    page: PhonePage, gao: Elder, keys: Keys
) -> None:
    page.take(gao.id)
    page.left.buttons[AIRCON].click()
    assert page.step == 2
    assert page.left.buttons[AIRCON].hasFocus()
    assert page.when.empty_words() == "没有人能去。"
    assert page.when.offers() == []
    keys.press(Qt.Key.Key_3)
    assert page.step == 4
    page.left.buttons[AIRCON].click()
    page.left.need_button.click()
    elders = window_of(page).current_page()
    assert isinstance(elders, EldersPage)
    assert elders.side.form() is elders.side.need_form


# -- what a call came to


def test_only_what_wants_a_call_back_proposes_a_day_and_a_wrong_number_never_has_one(
    page: PhonePage, store: Store, keys: Keys, dialogs: ScriptedDialogs
) -> None:
    keys.type("10099998888")
    dialog = noted(page, dialogs)
    assert recall_day(dialog) == TODAY
    choose(dialog, CallOutcome.ASKED)
    assert recall_day(dialog) is None
    choose(dialog, CallOutcome.NOT_REACHED)
    assert recall_day(dialog) == TODAY + timedelta(days=1)
    dialog.form.fields["recall_on"].set_value(TODAY + timedelta(days=5))  # type: ignore[attr-defined]
    dialog.form.edited.emit("recall_on")
    choose(dialog, CallOutcome.ASKED)
    assert recall_day(dialog) == TODAY + timedelta(days=5)
    choose(dialog, CallOutcome.WRONG_NUMBER)
    assert dialog.form.fields["recall_on"].isHidden()
    dialog.save()
    (call,) = store.all(Call)
    assert (call.outcome, call.recall_on) == (CallOutcome.WRONG_NUMBER, None)
    assert page.left.recalls.queue.rows() == []


def test_a_complaint_is_about_what_was_asked_for_not_about_what_was_proposed(
    page: PhonePage, gao: Elder, store: Store, keys: Keys, dialogs: ScriptedDialogs
) -> None:
    page.take(gao.id)
    assert page.plan.category_id == HAIRCUT
    dialog = noted(page, dialogs)
    choose(dialog, CallOutcome.COMPLAINT)
    dialog.form.set_values(notes="等太久")
    dialog.save()
    page.take(gao.id)
    page.left.buttons[CHAT].click()
    dialog = noted(page, dialogs)
    choose(dialog, CallOutcome.COMPLAINT)
    dialog.form.set_values(notes="没来")
    dialog.save()
    assert [call.category_id for call in store.all(Call, order="id")] == [None, CHAT]


def test_a_booking_from_the_page_of_an_elder_logs_no_call(
    page: PhonePage, gao: Elder, store: Store, session: Session, qtbot: QtBot
) -> None:
    session.goto("phone", Ref(Elder, gao.id), "book")
    assert page.left.line.isVisible()
    page.book()
    assert store.count(Visit) == 2
    assert store.count(Call) == 0
    session.undo()
    session.goto("phone", Ref(Elder, gao.id), "book")
    shown = page.left.line.findChild(MaskedValue)
    assert shown is not None
    shown.show_value()
    assert shown.text() == "100 0000 4417"
    page.refresh()
    assert shown.text() == "100 0000 4417"
    with store.operation("edit"):
        store.update(replace(store.get(Elder, gao.id), phones=(Phone(number="10000005555"),)))
    page.refresh()

    def seen() -> list[str]:
        return [one.text() for one in page.left.line.findChildren(MaskedValue) if one.isVisible()]

    qtbot.waitUntil(lambda: seen() == ["100****5555"])
    page.left.line.rang_button.click()
    page.book()
    assert [call.outcome for call in store.all(Call)] == [CallOutcome.BOOKED]
    session.goto("phone", Ref(Elder, gao.id), "call")
    assert page.plan.is_call


def test_the_most_urgent_need_is_proposed_and_told_with_its_day(page: PhonePage, gao: Elder, store: Store) -> None:
    need(store, gao.id, CHAT, urgency=Urgency.URGENT)
    later = need(store, gao.id, 2, rhythm=Rhythm.MONTHLY, urgency=Urgency.URGENT)
    with store.operation("claimed"):
        store.update(replace(later, since=TODAY + timedelta(days=7)))
        store.update(replace(store.get(type(later), 1), since=TODAY - timedelta(days=7)))
    page.take(gao.id)
    assert page.plan.category_id == CHAT
    assert [line for line in page.left.card.told() if line.startswith("需求")] == [
        "需求：陪伴聊天（很急，等安排，今天登记）",
        "需求：理发（等安排，已等 7 天）",
        "需求：居家清洁（很急，等安排，3月25日 周三该去）",
    ]


def test_who_is_on_the_line_stays_in_sight_and_so_do_those_found(
    page: PhonePage, gao: Elder, store: Store, keys: Keys, qtbot: QtBot
) -> None:
    for name in ("汤立新", "丁兰", "韩素"):
        volunteer(store, name)
    for category_id in (CHAT, 2, 4, 5, 6):
        need(store, gao.id, category_id, wishes="最好是上午来")
    window_of(page).resize(1366, 700)
    page.take(gao.id)
    area = page.left.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    assert page.left.heads[1].accessibleName() == "1 谁打来的 高莲英"
    keys.press(Qt.Key.Key_F2)
    keys.type("4417")
    assert area.verticalScrollBar().value() == 0
    page.drop_caller()
    assert page.left.heads[1].accessibleName() == "1 谁打来的"


def test_a_note_is_of_whom_was_looked_for_last(
    page: PhonePage, gao: Elder, store: Store, keys: Keys, dialogs: ScriptedDialogs
) -> None:
    su = elder(store, "苏志清")
    page.take(gao.id)
    keys.press(Qt.Key.Key_F2)
    keys.type("10099998888")
    dialog = noted(page, dialogs)
    dialog.form.set_values(notes="问洗空调")
    dialog.save()
    page.left.box.insert("隔壁")
    dialog = noted(page, dialogs)
    dialog.form.set_values(notes="问理发", recall_on=None)
    dialog.save()
    keys.type("szq")
    dialog = noted(page, dialogs)
    dialog.form.set_values(notes="改期")
    dialog.save()
    calls = store.all(Call, order="id")
    assert [(call.elder_id, call.phone, call.caller_name) for call in calls] == [
        (None, "10099998888", ""),
        (None, "", "隔壁"),
        (su.id, "", ""),
    ]
    assert page.left.held.words() == "刚才的来电（高莲英）还没记完"


def test_a_note_that_is_given_up_or_cut_off_is_offered_again(
    page: PhonePage, gao: Elder, store: Store, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    page.take(gao.id)
    dialog = noted(page, dialogs)
    choose(dialog, CallOutcome.NOT_REACHED)
    dialog.form.fields["notes"].setPlainText("下午再打")  # type: ignore[attr-defined]
    dialog.form.set_values(recall_on=TODAY + timedelta(days=3))
    dialog.form.edited.emit("recall_on")
    again = PhonePage(session)
    again.refresh()
    qtbot.waitUntil(lambda: len(dialogs.shown) == 2)
    restored = dialogs.shown[-1]
    assert isinstance(restored, CallDialog)
    assert restored.note() == dialog.note()
    restored.reject()
    again.deleteLater()
    dialog.reject()
    assert kept_draft(store, name="phone.note") == ""
    window_of(page).message_bar.findChild(QPushButton).click()  # type: ignore[union-attr]
    third = dialogs.shown[-1]
    assert isinstance(third, CallDialog)
    third.save()
    (call,) = store.all(Call)
    assert (call.elder_id, call.notes, call.outcome) == (gao.id, "下午再打", CallOutcome.NOT_REACHED)
    assert call.recall_on == TODAY + timedelta(days=3)
    assert page.caller is None


def test_who_spoke_for_the_elder_is_noted_and_rung_back(
    page: PhonePage, gao: Elder, store: Store, keys: Keys, dialogs: ScriptedDialogs
) -> None:
    page.take(gao.id)
    dialog = noted(page, dialogs)
    dialog.form.set_values(caller_name="女儿", phone="10066667777", notes="问要不要带工具")
    dialog.save()
    (call,) = store.all(Call)
    assert (call.elder_id, call.caller_name, call.phone) == (gao.id, "女儿", "10066667777")
    queue = page.left.recalls.queue
    assert queue.lines_model.line(0).second == "女儿：问要不要带工具"
    queue.opened.emit(queue.rows()[0])
    assert page.left.line.recall_words() == "正在回电 女儿　今天 09:00　问要不要带工具"
    assert "100 6666 7777" in [made.text() for made in page.left.line.findChildren(QLabel)]
    assert "今天 09:00 女儿来电：留了话 问要不要带工具" in page.left.card.told()


def test_the_cadre_who_led_in_last_is_proposed(page: PhonePage, gao: Elder, store: Store) -> None:
    with store.operation("cadres"):
        second = store.add(Cadre(committee_id=gao.committee_id or 0, name="邵雯"))
    page.take(gao.id)
    assert page.plan.cadre_id == 0
    page.drop_caller()
    with store.operation("led in"):
        store.update(replace(store.get(Visit, 1), cadre_id=second.id))
    page.take(gao.id)
    assert page.when.cadre.value() == second.id
    page.drop_caller()
    assert page.when.cadre.value() == 0


# -- another call comes


def test_a_call_that_another_one_comes_across_is_held_and_offered_again(
    page: PhonePage, gao: Elder, keys: Keys, store: Store, session: Session, open_window: Open
) -> None:
    su = elder(store, "苏志清")
    page.take(gao.id)
    page.left.buttons[CHAT].click()
    plan = page.plan
    window_of(page).title_row.phone_wanted.emit()
    assert page.left.box.hasFocus()
    assert page.plan == plan
    keys.type("szq")
    keys.press(Qt.Key.Key_Return)
    assert page.plan.elder_id == su.id
    assert not page.left.held.isVisible()
    again = PhonePage(session)
    again.refresh()
    assert again.left.held.words() == "刚才的来电（高莲英）还没记完"
    again.deleteLater()
    page.drop_caller()
    assert page.left.held.isVisible()
    keys.press(Qt.Key.Key_Return)
    assert page.plan == plan
    assert page.left.card.name() == "高莲英"
    page.drop_caller()
    assert not page.left.held.isVisible()


def test_a_call_held_on_an_earlier_day_is_proposed_anew(
    page: PhonePage, gao: Elder, store: Store, session: Session
) -> None:
    page.take(gao.id)
    proposed = page.plan
    page.left.buttons[CHAT].click()
    page.take(elder(store, "苏志清").id)
    page.take(gao.id)
    assert page.plan.category_id == CHAT
    page.take(elder(store, "马根宝").id)
    page.drop_caller()
    session.now = lambda: NOW + timedelta(days=5)
    page.refresh()
    assert page.left.held.words().startswith("3月18日 周三的来电（高莲英）还没记完")
    page.left.held.resume_button.click()
    assert (page.plan.elder_id, page.plan.category_id) == (gao.id, proposed.category_id)
    assert page.plan.held_on is None


def test_a_held_call_is_noted_or_waved_off_and_taken_up_when_they_ring_again(
    page: PhonePage, gao: Elder, store: Store, dialogs: ScriptedDialogs
) -> None:
    su, ma = elder(store, "苏志清"), elder(store, "马根宝")
    for one in (gao, su, ma):
        page.take(one.id)
    page.take(gao.id)
    assert page.left.held.words() == "刚才的来电（马根宝）还没记完，另有 1 位"
    page.drop_caller()
    page.left.held.note_button.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, CallDialog)
    dialog.form.set_values(notes="改天再打")
    dialog.save()
    assert [call.elder_id for call in store.all(Call)] == [ma.id]
    assert page.left.held.words() == "刚才的来电（苏志清）还没记完"
    assert page.left.box.hasFocus()
    page.left.held.away_button.click()
    assert page.left.held.words() == ""
    assert not page.left.held.isVisible()


def test_esc_in_a_search_goes_back_to_the_caller_and_letting_go_can_be_taken_back(
    page: PhonePage, gao: Elder, keys: Keys
) -> None:
    page.take(gao.id)
    plan = page.plan
    keys.press(Qt.Key.Key_F2)
    keys.type("99")
    keys.press(Qt.Key.Key_Return, ctrl=True)
    assert page.plan == plan
    keys.press(Qt.Key.Key_Escape)
    assert (page.plan, page.step) == (plan, 4)
    assert page.left.box.text() == ""
    for _ in range(3):
        keys.press(Qt.Key.Key_Escape)
    assert page.caller is None
    bar = window_of(page).message_bar
    assert bar.words() == "高莲英的来电放下了，没有记。"
    next(made for made in bar.findChildren(QPushButton) if made.text() == "接着办").click()
    assert page.plan == plan
    page.let_go()
    keys.press(Qt.Key.Key_Return)
    assert page.plan == plan
    page.let_go()
    keys.type("9")
    keys.press(Qt.Key.Key_Backspace)
    keys.press(Qt.Key.Key_Return)
    assert page.plan == Plan()


# -- the slip


def test_the_slip_of_what_was_booked_is_printed_by_a_key_or_at_once(
    page: PhonePage, gao: Elder, keys: Keys, store: Store, dialogs: ScriptedDialogs
) -> None:
    keys.press(Qt.Key.Key_P, ctrl=True)
    assert "约好一次上门以后" in window_of(page).message_bar.words()
    page.take(gao.id)
    page.book()
    assert not dialogs.shown
    keys.press(Qt.Key.Key_P, ctrl=True)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, PaperDialog)
    assert dialog.form.fields["paper"].value() is Paper.SLIPS  # type: ignore[attr-defined]
    dialog.reject()
    page.when.slip.click()
    page.take(gao.id)
    page.left.buttons[CHAT].click()
    page.book()
    assert len(dialogs.shown) == 2
    dialogs.shown[-1].reject()
    page.when.slip.click()
    page.take(gao.id)
    page.left.buttons[HAIRCUT].click()
    page.book_more()
    more = dialogs.shown[-1]
    assert isinstance(more, BookingDialog)
    more.reason.fields["reason"].set_value("同一天两次")  # type: ignore[attr-defined]
    more.save_button.click()
    assert store.count(Visit) == 4
    assert page.slips.visit_id == store.all(Visit, order="id")[-1].id
