"""One visit, one evaluation; what was told beforehand is what is done."""

from dataclasses import replace
from datetime import date

import pytest

from jiuliting_desk.actions.feedback import (
    correct_feedback,
    enter_feedback,
    feedback_of,
    preview_feedback,
    remove_feedback,
)
from jiuliting_desk.actions.follow_ups import close_follow_up, open_follow_ups, reopen_follow_up
from jiuliting_desk.actions.forms import board, board_counts, chase_forms, find_form, return_forms
from jiuliting_desk.actions.visits import cancel_visit
from jiuliting_desk.model.consequences import ConsequenceKind
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.errors import AlreadyAnswered, DateOrder, Missing, WrongState
from jiuliting_desk.model.feedback import BoardColumn, Condition, Feedback, FeedbackForm, FormState
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.needs import Need, NeedSource
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.providers import Certificate, Refusal
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, CLEAN, TODAY, elder, enterprise, need, volunteer
from tests.actions.visits import TOMORROW, book, cadre, done


def answers(visit: Visit, **more: object) -> Feedback:
    plain = Feedback(visit_id=visit.id, punctual=5, manner=5, work=5, overall=5, entered_on=TODAY)
    return replace(plain, **more)  # type: ignore[arg-type]


def enter(store: Store, feedback: Feedback, **more: object) -> Feedback:
    with store.operation("enter_feedback"):
        return enter_feedback(store, feedback=feedback, today=TODAY, **more)  # type: ignore[arg-type]


def test_a_wish_becomes_a_need_and_a_low_score_a_follow_up(store: Store) -> None:
    chen, jing = elder(store, "陈炳荣"), enterprise(store)
    with store.operation("certify"):
        store.add(Certificate(provider_id=jing.id, kind="空调清洗", expires_on=date(2027, 1, 1)))
    need(store, chen.id, CHAT)
    visit = done(store, chen.id, jing.id, category_id=CLEAN)
    typed = answers(visit, punctual=2, wishes=(AIRCON, CHAT), words="来晚了半个钟头")
    told = preview_feedback(store, feedback=typed, today=TODAY)
    assert [(one.kind, one.is_known, one.enterprise_ids) for one in told] == [
        (ConsequenceKind.NEED, False, (jing.id,)),
        (ConsequenceKind.NEED, True, ()),
        (ConsequenceKind.FOLLOW_UP, False, ()),
    ]
    saved = enter(store, typed)
    (wish,) = store.where(Need, category_id=AIRCON)
    assert (wish.source, wish.since, saved.need_ids) == (NeedSource.FEEDBACK, TODAY, (wish.id,))
    assert store.count(Need) == 2
    (opened,) = open_follow_ups(store, today=TODAY)
    assert (opened.follow_up.score, opened.follow_up.what, opened.name) == (2, "来晚了半个钟头", "陈炳荣")
    assert opened.follow_up.owner == "何佩"
    assert board(store, today=TODAY) == []
    with pytest.raises(Missing), store.operation("close_follow_up"):
        close_follow_up(store, follow_up_id=opened.follow_up.id, outcome="", today=TODAY)
    with store.operation("close_follow_up"):
        close_follow_up(store, follow_up_id=opened.follow_up.id, outcome="道歉了，下次提前出门", today=TODAY)
    assert open_follow_ups(store, today=TODAY) == []
    with store.operation("reopen_follow_up"):
        reopen_follow_up(store, follow_up_id=opened.follow_up.id, today=TODAY)
    assert len(open_follow_ups(store, today=TODAY)) == 1


def test_a_second_evaluation_is_refused_with_who_entered_the_first(store: Store) -> None:
    visit = done(store, elder(store).id, volunteer(store).id)
    enter(store, answers(visit))
    with pytest.raises(AlreadyAnswered) as raised:
        enter(store, answers(visit, overall=3))
    assert (raised.value.number, raised.value.entered_on, raised.value.entered_by) == ("B-0001", TODAY, "何佩")
    found = feedback_of(store, visit_id=visit.id)
    assert found is not None
    assert found.overall == 5


def test_a_visit_still_open_is_recorded_with_its_form(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    visit = book(store, gao.id, gu.id, day=TODAY, cadre_id=cadre(store))
    enter(store, answers(visit, whole_time=True, on_time=True, signature_seen=True))
    found = store.get(Visit, visit.id)
    assert (found.state, found.on_site_minutes) == (VisitState.DONE, 30)
    assert (found.led_in, found.stayed, found.signed) == (True, True, True)
    assert store.get(Elder, gao.id).seen_on == TODAY
    with pytest.raises(DateOrder):
        enter(store, answers(book(store, gao.id, gu.id, day=TOMORROW)))
    gone = book(store, gao.id, gu.id, day=TOMORROW, starts=600)
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=gone.id, reason="天气不好", today=TODAY)
    with pytest.raises(WrongState):
        enter(store, answers(gone))


def test_the_cadres_part_counts_only_where_a_cadre_is_named(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    leads = cadre(store)
    for starts, named in ((600, None), (900, leads)):
        visit = done(store, gao.id, gu.id, starts=starts)
        enter(store, answers(visit, whole_time=True, on_time=True, signature_seen=True, cadre_id=named))
        found = store.get(Visit, visit.id)
        assert (found.led_in, found.stayed, found.signed) == (named is not None,) * 3
        assert (found.cadre_id, found.had_cadre) == (named, named is not None)
        kept = feedback_of(store, visit_id=visit.id)
        assert kept is not None
        assert (kept.whole_time, kept.on_time, kept.signature_seen) == (True, True, True)


def test_the_same_person_again_is_an_offer_and_another_person_a_refusal(store: Store) -> None:
    gao, gu, tang = elder(store), volunteer(store), volunteer(store, "汤立新")
    visit = done(store, gao.id, gu.id)
    typed = answers(visit, same_person=True)
    (offer,) = preview_feedback(store, feedback=typed, today=TODAY)
    assert (offer.kind, offer.provider_id) == (ConsequenceKind.PAIRING, gu.id)
    enter(store, typed, pair_with=(gu.id,))
    (bond,) = store.all(Pairing)
    assert (bond.elder_id, bond.provider_id) == (gao.id, gu.id)
    again = done(store, gao.id, gu.id, starts=600)
    assert preview_feedback(store, feedback=answers(again, same_person=True), today=TODAY) == ()
    other = done(store, gao.id, tang.id, starts=960)
    enter(store, answers(other, other_person=True, words="话太多", would_return=False))
    said = [(one.provider_id, one.by_elder, one.reason) for one in store.all(Refusal)]
    assert said == [(tang.id, True, "话太多"), (tang.id, False, "")]


def test_correcting_adds_what_newly_follows_and_keeps_the_rest(store: Store) -> None:
    visit = done(store, elder(store).id, volunteer(store).id)
    saved = enter(store, answers(visit, overall=1, wishes=(CLEAN,)))
    with store.operation("correct_feedback"):
        correct_feedback(
            store,
            feedback=replace(
                saved, overall=2, wishes=(CLEAN, AIRCON), elder_condition=Condition.WORRYING, report="精神不好"
            ),
            today=TODAY,
        )
    assert [one.category_id for one in store.all(Need)] == [CLEAN, AIRCON]
    assert [one.cause for one in store.all(FollowUp)] == [Cause.LOW_SCORE, Cause.CONDITION]
    found = feedback_of(store, visit_id=visit.id)
    assert found is not None
    assert len(found.need_ids) == 2


def test_nothing_new_follows_for_who_died(store: Store) -> None:
    gao = elder(store)
    visit = done(store, gao.id, volunteer(store).id)
    with store.operation("died"):
        store.update(replace(store.get(Elder, gao.id), state=ElderState.DECEASED))
    enter(store, answers(visit, wishes=(CLEAN,), same_person=True))
    assert store.count(Need) == 0


def test_taking_an_evaluation_out_puts_its_form_back(store: Store) -> None:
    visit = done(store, elder(store).id, volunteer(store).id)
    enter(store, answers(visit))
    with store.operation("remove_feedback"):
        remove_feedback(store, visit_id=visit.id, today=TODAY)
    assert [(line.form.state, line.column) for line in board(store, today=TODAY)] == [
        (FormState.RETURNED, BoardColumn.RETURNED)
    ]


def test_the_board_tells_what_is_out_and_what_to_chase(store: Store) -> None:
    gu = volunteer(store, visits_per_month=None)
    old = done(store, elder(store, "徐桂香").id, gu.id, day=date(2026, 3, 10))
    back = done(store, elder(store, "赵文娟").id, gu.id, day=date(2026, 3, 16))
    done(store, elder(store, "龚良裕").id, gu.id, day=date(2026, 3, 17))
    forms = {form.visit_id: form for form in store.all(FeedbackForm)}
    with store.operation("return_forms"):
        return_forms(store, form_ids=[forms[back.id].id], today=TODAY)
    with store.operation("chase_forms"):
        chase_forms(store, form_ids=[forms[old.id].id], today=TODAY)
    lines = board(store, today=TODAY)
    assert [(line.name, line.column, line.days) for line in lines] == [
        ("徐桂香", BoardColumn.CHASE, 8),
        ("赵文娟", BoardColumn.RETURNED, 2),
        ("龚良裕", BoardColumn.OUT, 1),
    ]
    assert lines[0].form.chased_times == 1
    assert board_counts(store, today=TODAY) == {
        BoardColumn.OUT: 1,
        BoardColumn.CHASE: 1,
        BoardColumn.RETURNED: 1,
    }


def test_a_form_is_found_however_its_number_is_typed(store: Store) -> None:
    visit = done(store, elder(store).id, volunteer(store).id)
    for text in ("B-0001", "b0001", "1", "JLT-B-0001", " B 0001 "):
        found = find_form(store, text=text)
        assert found is not None
        assert (found.line.visit.id, found.line.name, found.feedback) == (visit.id, "高莲英", None)
    assert find_form(store, text="B-0002") is None
    assert find_form(store, text="高") is None
    saved = enter(store, answers(visit))
    again = find_form(store, text="1")
    assert again is not None
    assert again.feedback == saved
