"""Forms on paper: numbered when printed, 已发 only when somebody says they came out right."""

from datetime import date, timedelta

import pytest

from jiuliting_desk.actions import form_prints
from jiuliting_desk.actions.bookings import move_visit
from jiuliting_desk.actions.feedback import enter_feedback
from jiuliting_desk.actions.forms import board, find_form
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.actions.visits import cancel_visit
from jiuliting_desk.model.cards import PrintBatch, PrintState
from jiuliting_desk.model.errors import WrongState
from jiuliting_desk.model.feedback import Feedback, FeedbackForm, FormState
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.paper.codes import read_codes
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.paper.preview import page_count, page_text, render_page
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, HAIRCUT, TODAY, elder, enterprise, volunteer
from tests.actions.visits import NEXT_WEDNESDAY, book, done


def printed(store: Store, *visit_ids: int) -> tuple[PrintBatch, bytes]:
    kept: list[bytes] = []
    with store.operation("print_forms"):
        batch = form_prints.print_forms(store, visit_ids=visit_ids, target="pdf", deliver=kept.append, today=TODAY)
    return batch, kept[0]


def code_of(pdf: bytes, page: int) -> list[str]:
    image = render_page(pdf, page, dpi=150)
    return read_codes(image.rgb, image.width, image.height)


def test_what_is_known_of_the_visit_is_on_its_form(store: Store) -> None:
    with store.operation("place"):
        place = store.add(ResidentsCommittee(name="亭北居民区"))
    who = elder(store, number="0137", committee_id=place.id)
    team = (enterprise(store).id,)
    visit = book(store, who.id, *team, services=(ServiceLine(category_id=AIRCON, quantity=2),), reason="先约着")
    with store.operation("phone"):
        change_settings(store, values={"office_phone": "10066881234"}, today=TODAY)
    batch, pdf = printed(store, visit.id)
    text = page_text(pdf, 0)
    for wanted in ("高莲英", "清洗空调×2", "3月25日 周三", "净邻家政", "0137", "亭北居民区", "台", "100 6688 1234"):
        assert wanted in text, wanted
    assert f"表号 {store.get(FeedbackForm, batch.item_ids[0]).number}" in text
    (code,) = code_of(pdf, 0)
    found = find_form(store, text=code)
    assert found is not None
    assert found.form.visit_id == visit.id


def test_a_form_is_out_once_it_came_out_right(store: Store) -> None:
    people = [elder(store, name) for name in ("苗芬", "邹福", "陈炳荣")]
    who = volunteer(store).id
    first, second, third = (book(store, one.id, who, starts=540 + 90 * at) for at, one in enumerate(people))
    batch, pdf = printed(store, first.id, second.id)
    assert page_count(pdf) == 2
    assert [form.state for form in store.all(FeedbackForm)] == [FormState.MADE] * 2
    assert form_prints.unsettled_batches(store) == [batch]
    spoilt = batch.item_ids[1]
    with store.operation("confirm_forms"):
        form_prints.confirm_forms(store, batch_id=batch.id, spoilt_ids=[spoilt], today=TODAY + timedelta(days=1))
    assert [form.state for form in store.all(FeedbackForm)] == [FormState.OUT, FormState.MADE]
    assert store.get(FeedbackForm, batch.item_ids[0]).issued_on == TODAY + timedelta(days=1)
    assert form_prints.unsettled_batches(store) == []
    again, anew = printed(store, second.id, third.id)
    assert again.item_ids[0] == spoilt
    assert [code_of(anew, page) for page in range(2)] == [["JLT-B-0002"], ["JLT-B-0003"]]
    with pytest.raises(WrongState), store.operation("confirm_forms"):
        form_prints.confirm_forms(store, batch_id=batch.id, today=TODAY)


def test_a_visit_that_took_place_has_its_form_on_the_board_whatever_was_said_of_the_print(store: Store) -> None:
    visit = done(store, elder(store).id, volunteer(store).id)
    other = book(store, elder(store, "苗芬").id, volunteer(store, "汤立新").id)
    printed(store, other.id)
    assert [line.visit_id for line in board(store, today=TODAY)] == [visit.id]
    with store.operation("enter_feedback"):
        move_visit(store, visit_id=other.id, day=TODAY, starts=600, today=TODAY, reason="补录")
    with store.operation("enter_feedback"):
        enter_feedback(store, feedback=Feedback(visit_id=other.id, overall=5, entered_on=TODAY), today=TODAY)
    assert store.where(FeedbackForm, visit_id=other.id)[0].state is FormState.ENTERED


def test_what_cannot_be_delivered_leaves_nothing(store: Store) -> None:
    visit = book(store, elder(store).id, volunteer(store).id)

    def full(_pdf: bytes) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), store.operation("print_forms"):
        form_prints.print_forms(store, visit_ids=[visit.id], target="pdf", deliver=full, today=TODAY)
    assert store.count(FeedbackForm) == store.count(PrintBatch) == 0


def test_only_visits_that_want_a_form_get_one(store: Store) -> None:
    who = volunteer(store).id
    gone = book(store, elder(store, "苗芬").id, who)
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=gone.id, reason="不需要了", today=TODAY)
    answered = done(store, elder(store, "邹福").id, who)
    with store.operation("enter_feedback"):
        enter_feedback(store, feedback=Feedback(visit_id=answered.id, overall=5, entered_on=TODAY), today=TODAY)
    waiting = book(store, elder(store).id, who, category_id=HAIRCUT)
    for visit_id in (gone.id, answered.id):
        with pytest.raises(WrongState), store.operation("print_forms"):
            form_prints.make_forms(store, visit_ids=[visit_id], target="pdf", today=TODAY)
    assert form_prints.printable_visits(store, store.all(Visit)) == [waiting]
    with pytest.raises(NothingToPrint), store.operation("print_forms"):
        form_prints.make_forms(store, visit_ids=[], target="pdf", today=TODAY)


def test_a_print_and_its_answer_are_two_steps_to_undo(store: Store) -> None:
    visit = book(store, elder(store).id, volunteer(store).id, day=NEXT_WEDNESDAY)
    batch, _ = printed(store, visit.id)
    with store.operation("confirm_forms"):
        form_prints.confirm_forms(store, batch_id=batch.id, today=date(2026, 3, 19))
    undo(store)
    assert store.all(FeedbackForm)[0].state is FormState.MADE
    assert store.all(PrintBatch)[0].state is PrintState.SENT
    undo(store)
    assert store.count(FeedbackForm) == store.count(PrintBatch) == 0


def test_blank_forms_have_no_number(store: Store) -> None:
    pdf = form_prints.blank_forms(store, count=3)
    assert page_count(pdf) == 3
    assert code_of(pdf, 1) == []
    assert "清洗空调" in page_text(pdf, 2)
    with pytest.raises(NothingToPrint):
        form_prints.blank_forms(store, count=0)
