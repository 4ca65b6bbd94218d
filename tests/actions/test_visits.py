"""What visits leave behind: needs served, elders seen, forms on the board, calls logged."""

from datetime import date, timedelta

import pytest

from jiuliting_desk.actions.forms import board, issue_forms
from jiuliting_desk.actions.visits import (
    Outcome,
    begin_visit,
    confirm_provider,
    correct_visit,
    finish_visit,
    finish_visits,
    note_no_show,
    remind_visit,
)
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.errors import DateOrder, Missing, WrongState
from jiuliting_desk.model.feedback import FeedbackForm, FormState
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, TODAY, elder, enterprise, need, volunteer
from tests.actions.visits import TOMORROW, book, cadre, done


def test_a_visit_done_serves_its_need_and_stands_on_the_board(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    wanted = need(store, gao.id)
    visit = book(store, gao.id, gu.id, day=TODAY, cadre_id=cadre(store))
    with store.operation("begin_visit"):
        begin_visit(store, visit_id=visit.id, today=TODAY)
    with store.operation("finish_visit"):
        finished = finish_visit(
            store,
            outcome=Outcome(visit_id=visit.id, on_site_minutes=45, led_in=True, hazards="煤气灶漏气"),
            today=TODAY,
        )
    assert (finished.state, finished.on_site_minutes, finished.had_cadre) == (VisitState.DONE, 45, True)
    assert store.get(Need, wanted.id).state is NeedState.SERVED
    assert store.get(Elder, gao.id).seen_on == TODAY
    (line,) = board(store, today=TODAY)
    assert (line.form.number, line.name, line.category, line.provider) == ("B-0001", "高莲英", "理发", "顾海宁")
    (hazard,) = store.all(FollowUp)
    assert (hazard.cause, hazard.what, hazard.due_on) == (Cause.HAZARD, "煤气灶漏气", date(2026, 3, 21))


def test_an_older_visit_does_not_make_the_elder_seen_earlier(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    done(store, gao.id, gu.id)
    done(store, gao.id, gu.id, day=date(2026, 3, 2))
    assert store.get(Elder, gao.id).seen_on == TODAY


def test_a_need_that_repeats_is_held_until_it_is_due_again(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    wanted = need(store, gao.id, CHAT, rhythm=Rhythm.MONTHLY, per_month=2)
    done(store, gao.id, gu.id, category_id=CHAT)
    after = store.get(Need, wanted.id)
    assert (after.state, after.claimed_by, after.since) == (NeedState.CLAIMED, gu.id, date(2026, 4, 2))
    (claim,) = store.where(Claim, state=ClaimState.HELD)
    assert claim.expires_on == date(2026, 4, 16)
    planned = book(store, gao.id, gu.id, category_id=CHAT, day=TOMORROW)
    assert planned.need_ids == (wanted.id,)
    book(store, gao.id, gu.id, category_id=CHAT, day=TOMORROW + timedelta(days=7))
    assert store.get(Need, wanted.id).state is NeedState.BOOKED


def test_a_campaign_day_is_entered_at_once_or_not_at_all(store: Store) -> None:
    jing, leads = enterprise(store), cadre(store)
    visits = [
        book(
            store, elder(store, name).id, jing.id, category_id=AIRCON, day=TODAY, starts=540 + 90 * n, reason="周活动",
            cadre_id=leads,
        )
        for n, name in enumerate(("苗芬", "邹福", "马根宝"))
    ]  # fmt: skip
    outcomes = [
        Outcome(visit_id=visit.id, on_site_minutes=50 + visit.id, quantities={AIRCON: 2}, led_in=True, stayed=True)
        for visit in visits
    ]
    later = book(store, elder(store, "施凤").id, jing.id, category_id=AIRCON, day=TOMORROW, reason="x")
    with pytest.raises(DateOrder), store.operation("finish_visits"):
        finish_visits(store, outcomes=[*outcomes, Outcome(visit_id=later.id)], today=TODAY)
    assert store.count(Visit, state=VisitState.DONE) == 0
    with store.operation("finish_visits"):
        finish_visits(store, outcomes=outcomes, today=TODAY)
    found = store.where(Visit, state=VisitState.DONE)
    assert [(visit.services[0].quantity, visit.on_site_minutes) for visit in found] == [(2, 51), (2, 52), (2, 53)]
    line = store.undoable()
    assert line is not None
    assert line.about.endswith("等 3 次")
    assert len(board(store, today=TODAY)) == 3


def test_what_was_recorded_can_be_told_better(store: Store) -> None:
    visit = done(store, elder(store).id, volunteer(store).id)
    with pytest.raises(Missing) as raised, store.operation("correct_visit"):
        correct_visit(store, outcome=Outcome(visit_id=visit.id, signed=True), today=TODAY)
    assert raised.value.field == "cadre_id"
    leads = cadre(store)
    with store.operation("correct_visit"):
        better = correct_visit(
            store,
            outcome=Outcome(
                visit_id=visit.id, on_site_minutes=25, cadre_id=leads, signed=True, incident="老人摔了一跤"
            ),
            today=TODAY,
        )
    assert (better.on_site_minutes, better.signed, better.services[0].minutes) == (25, True, 25)
    assert [one.cause for one in store.all(FollowUp)] == [Cause.INCIDENT]


def test_a_form_printed_beforehand_is_void_when_the_volunteer_did_not_come(store: Store) -> None:
    visit = book(store, elder(store).id, volunteer(store).id, day=TODAY)
    with store.operation("issue_forms"):
        (form,) = issue_forms(store, visit_ids=[visit.id], today=TODAY)
        assert issue_forms(store, visit_ids=[visit.id], today=TODAY) == [form]
    assert board(store, today=TODAY) == []
    with store.operation("note_no_show"):
        note_no_show(store, visit_id=visit.id, reason="志愿者忘了", today=TODAY)
    assert store.get(FeedbackForm, form.id).state is FormState.VOID


def test_a_reminder_is_a_logged_call(store: Store) -> None:
    gao = elder(store, phones=(Phone(number="10000004417"),))
    visit = book(store, gao.id, volunteer(store).id, awaits_answer=True)
    with store.operation("remind_visit"):
        reminded = remind_visit(store, visit_id=visit.id, today=TODAY)
    assert reminded.reminded_at == store.now()
    (call,) = store.all(Call)
    assert (call.outcome, call.is_outgoing, call.phone, call.visit_id) == (
        CallOutcome.REMINDED,
        True,
        "10000004417",
        visit.id,
    )
    with store.operation("confirm_provider"):
        assert not confirm_provider(store, visit_id=visit.id, today=TODAY).awaits_answer
    with pytest.raises(WrongState), store.operation("confirm_provider"):
        confirm_provider(store, visit_id=visit.id, today=TODAY)
