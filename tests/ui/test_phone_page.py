"""电话预约: a known caller is booked by a few keys; clashes are named; every call is logged; a draft survives."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions import pairings
from jiuliting_desk.actions.calls import log_call
from jiuliting_desk.actions.drafts import kept_draft
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.recurrence import Holiday
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.ui.booking_dialog import BookingDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.phone import PhonePage
from jiuliting_desk.ui.pages.phone.call_dialog import CallDialog
from jiuliting_desk.ui.pages.phone.plan import Plan
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.week_grid import GridSlot
from tests.actions.people import CHAT, HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import NEXT_WEDNESDAY, book
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


def test_a_known_caller_with_an_open_need_is_booked_in_few_keys(page: PhonePage, keys: Keys, store: Store) -> None:
    keys.count = 1  # F2
    keys.type("4417")
    assert [hit.name for hit in page.left.hits.rows()] == ["高莲英"]
    keys.press(Qt.Key.Key_Return)
    assert page.left.card.name() == "高莲英"
    assert page.when.sentence.text() == "“今天，三月十八号，下午三点，小顾上门给您剪头发。对吗？”"
    assert page.when.facts.text() == "3月18日 周三 15:00　顾海宁 → 高莲英　理发"
    keys.press(Qt.Key.Key_Return, ctrl=True)
    assert keys.count <= 12
    (visit,) = store.where(Visit, day=TODAY)
    assert (visit.starts, visit.need_ids, visit.cadre_id) == (15 * 60, (1,), 1)
    (call,) = store.all(Call)
    assert (call.outcome, call.visit_id, call.elder_id) == (CallOutcome.BOOKED, visit.id, visit.elder_id)
    assert page.plan == Plan()
    assert page.left.box.hasFocus()
    assert page.session.store.undoable() is not None
    page.session.undo()
    assert store.where(Visit, day=TODAY) == []
    assert store.get(Need, 1).state is NeedState.OPEN


def test_whoever_has_claimed_the_need_is_proposed_before_one_who_was_there(
    page: PhonePage, gao: Elder, store: Store, session: Session
) -> None:
    tang = volunteer(store, "汤立新", half_days=(5,))
    (wanted,) = store.where(Need, elder_id=gao.id)
    session.perform(pairings.claim_need, need_id=wanted.id, provider_id=tang.id)
    session.goto("phone", Ref(Elder, gao.id))
    assert page.plan.provider_id == tang.id
    first = page.left.people.list.rows()[0]
    assert first.provider == tang
    assert page.left.people.list.lines_model.line(0).chips[0].text == "已认领"
    # From the list of claims a need is booked, though another one is more pressing.
    other = need(store, gao.id, CHAT)
    session.perform(pairings.claim_need, need_id=other.id, provider_id=tang.id)
    session.goto("phone", Ref(Need, other.id))
    assert (page.plan.category_id, page.plan.need_id, page.plan.provider_id) == (CHAT, other.id, tang.id)
    assert (page.plan.is_call, page.plan.day) == (False, TODAY)


def test_why_somebody_goes_against_a_rule_is_written_once(
    page: PhonePage, gao: Elder, keys: Keys, store: Store, session: Session, dialogs: ScriptedDialogs
) -> None:
    novice = volunteer(store, "汤立新", skills=())
    (wanted,) = store.where(Need, elder_id=gao.id)
    session.perform(pairings.claim_need, need_id=wanted.id, provider_id=novice.id, reason="跟着师傅学")
    session.goto("phone", Ref(Elder, gao.id))
    assert page.plan.provider_id == novice.id
    dialogs.answers = ["", ""]
    keys.press(Qt.Key.Key_Return, ctrl=True)
    assert dialogs.asked[-1].input_text == "跟着师傅学"
    # What was written against a rule says nothing about a time that is taken.
    book(store, elder(store, "周荣生").id, novice.id, day=NEXT_WEDNESDAY, starts=14 * 60, reason="学")
    page.when.week_wanted.emit(NEXT_WEDNESDAY - timedelta(days=2))
    page.when.grid.choose(GridSlot(day=NEXT_WEDNESDAY, starts=14 * 60 + 10, minutes=30))
    keys.press(Qt.Key.Key_Return, ctrl=True)
    assert dialogs.asked[-1].input_text == ""


def test_the_undo_key_takes_a_booking_back_where_the_keyboard_is_after_it(
    page: PhonePage, keys: Keys, store: Store
) -> None:
    keys.type("4417")
    for _ in range(3):
        keys.press(Qt.Key.Key_Return)
    assert store.count(Visit) == 2
    assert page.left.box.hasFocus()
    keys.press(Qt.Key.Key_Z, ctrl=True)
    assert store.count(Visit) == 1
    assert page.left.box.text() == ""
    keys.press(Qt.Key.Key_Y, ctrl=True)
    assert store.count(Visit) == 2
    keys.type("44")
    keys.press(Qt.Key.Key_Z, ctrl=True)
    assert store.count(Visit) == 2
    assert page.left.box.text() == ""


def test_each_step_is_answered_by_a_digit_and_esc_goes_back(page: PhonePage, keys: Keys, store: Store) -> None:
    volunteer(store, "汤立新", skills=(HAIRCUT, CHAT))
    page.refresh()
    keys.type("gly")
    keys.press(Qt.Key.Key_Return)
    assert page.step == 4
    keys.press(Qt.Key.Key_Escape)
    keys.press(Qt.Key.Key_Escape)
    assert page.step == 2
    keys.press(Qt.Key.Key_1)
    assert page.plan.category_id == CHAT
    assert (page.plan.need_id, page.plan.minutes) == (0, 60)
    keys.press(Qt.Key.Key_Escape)
    assert page.step == 3
    keys.press(Qt.Key.Key_2)
    chosen = page.left.people.candidate(page.plan.provider_id)
    assert chosen is not None
    assert chosen.provider.name == "汤立新"
    keys.press(Qt.Key.Key_Return)
    assert page.step == 4
    keys.press(Qt.Key.Key_3)
    third = page.when.grid.slots[2]
    assert (page.plan.day, page.plan.starts) == (third.day, third.starts)
    for _ in range(3):
        keys.press(Qt.Key.Key_Escape)
    assert page.caller is None
    assert page.left.box.hasFocus()


def test_the_left_side_is_no_wider_than_its_place_whatever_is_told(
    page: PhonePage, keys: Keys, gao: Elder, store: Store
) -> None:
    with store.operation("edit"):
        store.update(replace(gao, name="欧阳高莲英", language="只会讲上海话", tags=("高龄", "独居", "行动不便")))
    book(store, gao.id, volunteer(store, name="净邻家政服务有限公司（虚构）").id, category_id=CHAT)
    page.refresh()
    keys.type("4417")
    keys.press(Qt.Key.Key_Return)
    area = page.left.findChild(QScrollArea)
    assert area is not None
    content = area.widget()
    assert content is not None
    assert "下次" in "".join(page.left.card.told())
    assert content.minimumSizeHint().width() <= area.viewport().width()


def test_what_one_must_know_of_the_caller(page: PhonePage, gao: Elder, store: Store, session: Session) -> None:
    coming = book(store, gao.id, volunteer(store, "汤立新").id, day=NEXT_WEDNESDAY, cadre_id=1, reason="x")
    with store.operation("set quota"):
        haircut = store.get(ServiceCategory, HAIRCUT)
        store.update(replace(haircut, quota_per_year=8))
        store.update(replace(store.get(Visit, coming.id), services=coming.services))
    need(store, gao.id, CHAT, wishes="会下棋的")
    session.goto("phone", Ref(Elder, gao.id), "book")
    told = page.left.card.told()
    assert "下次 3月25日 周三 14:00 理发，汤立新去，何佩带上门" in told
    assert "需求：陪伴聊天（等安排，今天登记）会下棋的" in told
    assert "上次 3月4日 周三 理发·顾海宁" in told
    page.left.category_chosen.emit(HAIRCUT)
    assert page.left.quota() == "今年可享 8 次，已用 1 次，已约 1 次"


def test_a_clash_names_who_and_wants_a_reason(
    page: PhonePage, keys: Keys, gao: Elder, store: Store, dialogs: ScriptedDialogs
) -> None:
    zhou = elder(store, "周荣生")
    book(store, zhou.id, 1, day=NEXT_WEDNESDAY, starts=14 * 60)
    page.take(gao.id)
    page.when.week_wanted.emit(NEXT_WEDNESDAY - timedelta(days=2))
    page.when.grid.choose(GridSlot(day=NEXT_WEDNESDAY, starts=14 * 60 + 10, minutes=30))
    assert page.when.says_against == "要写原因才能约： 顾海宁 14:00–14:30 已约周荣生"
    dialogs.answers = [""]
    keys.press(Qt.Key.Key_Return, ctrl=True)
    assert store.count(Visit, elder_id=gao.id) == 1
    assert dialogs.asked[0].lines == ("顾海宁 14:00–14:30 已约周荣生",)
    dialogs.answers = [("book", "两家在同一幢楼")]
    keys.press(Qt.Key.Key_Return, ctrl=True)
    (visit,) = store.where(Visit, elder_id=gao.id, day=NEXT_WEDNESDAY)
    assert visit.override_reason == "两家在同一幢楼"


def test_a_week_without_room_tells_the_first_time(page: PhonePage, gao: Elder, store: Store) -> None:
    with store.operation("holidays"):
        for weeks in range(2):
            store.add(Holiday(day=TODAY + timedelta(weeks=weeks), name="停电"))
    page.take(gao.id)
    assert page.plan.day is None
    assert page.when.offers() == []
    assert page.when.says_none == "这周没有空 最早 4月1日 周三 15:00"
    page.when.later_button.click()
    assert page.plan.day == TODAY + timedelta(weeks=2)
    assert page.when.offers()[0] == "4月1日 周三 15:00"


def test_an_unknown_caller_leaves_a_message(
    page: PhonePage, keys: Keys, store: Store, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    keys.type("10099998888")
    assert page.left.nobody.isVisible()
    page.left.nobody.message_wanted.emit()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, CallDialog)
    dialog.save()
    assert "空着" in dialog.form.complaint("notes")
    dialog.form.set_values(notes="问洗空调", caller_name="邻居")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    (call,) = store.all(Call)
    assert (call.outcome, call.phone, call.recall_on) == (CallOutcome.MESSAGE, "10099998888", TODAY)
    assert [row.caller_name for row in page.left.recalls.queue.rows()] == ["邻居"]


def test_a_complaint_opens_a_follow_up(
    page: PhonePage, gao: Elder, keys: Keys, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.take(gao.id)
    keys.press(Qt.Key.Key_F7)
    (dialog,) = dialogs.shown
    assert isinstance(dialog, CallDialog)
    dialog.form.set_values(outcome=CallOutcome.COMPLAINT, notes="没擦窗")
    dialog.save()
    assert [one.what for one in store.all(FollowUp)] == ["没擦窗"]
    assert page.caller is None


def test_those_to_ring_back_are_taken_up(page: PhonePage, gao: Elder, store: Store, session: Session) -> None:
    with store.operation("log_call"):
        for notes in ("改时间", "问价钱", "再打"):
            log_call(store, outcome=CallOutcome.MESSAGE, elder_id=gao.id, notes=notes, recall_on=TODAY, today=TODAY)
    page.refresh()
    queue = page.left.recalls.queue
    queue.opened.emit(queue.rows()[0])
    assert page.plan.recall_id == queue.rows()[0].id
    page.book()
    assert [call.notes for call in page.left.recalls.queue.rows()] == ["问价钱", "再打"]
    queue.opened.emit(queue.rows()[0])
    page.left.line.settled.emit()
    queue.opened.emit(queue.rows()[0])
    page.left.line.missed.emit()
    (left,) = page.left.recalls.queue.rows()
    assert (left.notes, left.recall_tries, left.recall_on) == ("再打", 1, TODAY + timedelta(days=1))


def test_a_draft_survives_a_new_window(page: PhonePage, gao: Elder, store: Store, session: Session) -> None:
    page.take(gao.id)
    plan = page.plan
    assert kept_draft(store, name="phone") == plan.as_text()
    again = PhonePage(session)
    again.refresh()
    assert again.plan == plan
    assert again.left.card.name() == "高莲英"
    again.drop_caller()
    assert kept_draft(store, name="phone") == ""
    assert Plan.from_text("{]") == Plan()
    assert Plan.from_text('{"other": 1}') == Plan()
    again.deleteLater()


def test_who_is_removed_meanwhile_leaves_the_desk(page: PhonePage, gao: Elder, store: Store, session: Session) -> None:
    su = elder(store, "苏志清")
    page.take(su.id)
    session.undo()
    assert page.caller is None
    assert page.plan == Plan()


def test_a_click_takes_a_place_and_arrows_move_it(page: PhonePage, gao: Elder, keys: Keys) -> None:
    page.take(gao.id)
    grid = page.when.grid
    rect = grid.rect_of(TODAY + timedelta(days=1), 10 * 60, 10 * 60 + 30)
    place = grid.place_at(QPointF(rect.center().x(), rect.top() + 1))
    assert place == (TODAY + timedelta(days=1), 10 * 60)
    place_on_screen = QPointF(rect.center().x(), rect.top() + 2).toPoint()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place_on_screen)
    assert (page.plan.day, page.plan.starts) == (TODAY + timedelta(days=1), 10 * 60)
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Right)
    assert (page.plan.day, page.plan.starts) == (TODAY + timedelta(days=2), 10 * 60 + 10)
    assert "3月20日 周五 10:10" in grid.accessibleDescription()
    keys.press(Qt.Key.Key_PageDown)
    assert page.when.monday == TODAY + timedelta(days=5)


def test_a_quota_that_is_used_up_is_overridden_with_a_reason(
    page: PhonePage, gao: Elder, store: Store, keys: Keys, dialogs: ScriptedDialogs
) -> None:
    with store.operation("quota"):
        store.update(replace(store.get(ServiceCategory, HAIRCUT), quota_per_year=1))
    page.take(gao.id)
    assert page.left.quota() == "今年可享 1 次，已用 1 次；今年的次数用完了"
    dialogs.answers = ["", ("book", "刚出院，主任同意")]
    keys.press(Qt.Key.Key_Return, ctrl=True)
    assert dialogs.asked[-1].lines == ("理发今年可享 1 次，已用和已约 1 次",)
    assert store.count(Visit, elder_id=gao.id) == 1
    keys.press(Qt.Key.Key_Return, ctrl=True)
    assert store.all(Visit, order="id")[-1].override_reason == "刚出院，主任同意"


def test_what_is_to_be_done_is_asked_before_when(page: PhonePage, store: Store) -> None:
    page.take(elder(store, "苏志清").id)
    assert page.when.empty_words() == "先选要做什么。"
    assert "没有等着安排的需求" in page.left.card.told()
    page.drop_caller()
    assert page.when.empty_words() == "先找到打电话的老人。"


def test_several_services_and_people_are_booked_on_the_telephone(
    page: PhonePage, gao: Elder, store: Store, keys: Keys, dialogs: ScriptedDialogs
) -> None:
    tang = volunteer(store, "汤立新", half_days=(5,))
    page.take(gao.id)
    keys.press(Qt.Key.Key_F8)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, BookingDialog)
    dialog.form.set_values(provider_ids=(1, tang.id))
    dialog.form.fields["services"].add_button.click()  # type: ignore[attr-defined]
    dialog.save_button.click()
    visit = store.all(Visit, order="id")[-1]
    assert (visit.provider_ids, set(visit.category_ids)) == ((1, tang.id), {HAIRCUT, CHAT})
    assert [call.visit_id for call in store.all(Call)] == [visit.id]
    assert page.caller is None


def test_a_call_to_return_is_taken_up_from_elsewhere(
    page: PhonePage, gao: Elder, store: Store, session: Session
) -> None:
    with store.operation("log_call"):
        call = log_call(
            store, outcome=CallOutcome.MESSAGE, elder_id=gao.id, notes="改时间", recall_on=TODAY, today=TODAY
        )
    session.goto("phone", Ref(Call, call.id), "call")
    assert (page.plan.elder_id, page.plan.recall_id) == (gao.id, call.id)
