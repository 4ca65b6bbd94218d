"""Whose a need is: of who goes to it, of who stands in once, and of who goes next where nothing is planned."""

from datetime import timedelta

import pytest

from jiuliting_desk.actions.bookings import change_visit
from jiuliting_desk.actions.pairings import pair, refuse
from jiuliting_desk.actions.providers import stop_provider
from jiuliting_desk.actions.series import begin_series, change_series, draft_series, end_series
from jiuliting_desk.actions.visits import Outcome, cancel_visit, finish_visit, note_not_home, reinstate_visit
from jiuliting_desk.model.errors import NotActive
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.loads import month_loads
from tests.actions.people import CHAT, TODAY, elder, need, volunteer
from tests.actions.visits import TOMORROW, book, done

LATER = TODAY + timedelta(days=9)


def company(store: Store) -> tuple[Need, Provider, Provider]:
    """A weekly need and two who could meet it."""
    asked = need(store, elder(store).id, CHAT, rhythm=Rhythm.WEEKLY)
    return asked, volunteer(store, "顾海宁", visits_per_month=20), volunteer(store, "汤立新", visits_per_month=20)


def line(asked: Need) -> tuple[ServiceLine, ...]:
    """What meets the need."""
    return (ServiceLine(category_id=CHAT, need_id=asked.id),)


def weekly(store: Store, asked: Need, provider: Provider) -> tuple[Series, list[Visit]]:
    """A weekly series for the need."""
    with store.operation("begin_series"):
        drafted = draft_series(
            store,
            elder_id=asked.elder_id,
            services=line(asked),
            provider_ids=(provider.id,),
            begins_on=TOMORROW,
            starts=540,
            interval=Interval.WEEKLY,
        )
        return begin_series(store, series=drafted, today=TODAY, reason="照约")


def held_by(store: Store, asked: Need) -> tuple[NeedState, int | None]:
    """The state of the need, and whose it is."""
    now = store.get(Need, asked.id)
    return now.state, now.claimed_by


def test_who_stands_in_once_for_somebody_who_comes_every_week_does_not_take_the_need(store: Store) -> None:
    asked, regular, other = company(store)
    series, visits = weekly(store, asked, regular)
    with store.operation("change_visit"):
        change_visit(store, visit_id=visits[1].id, today=TODAY, provider_ids=(other.id,))
    assert held_by(store, asked) == (NeedState.BOOKED, regular.id)
    loads = month_loads(store, month=TODAY)
    assert (loads[regular.id].visits, loads[other.id].visits) == (4, 1)
    # Who comes in their place for good does.
    with store.operation("change_series"):
        change_series(
            store, series_id=series.id, today=TODAY, provider_ids=(other.id,), starts=540, minutes=60, cadre_id=None
        )
    assert held_by(store, asked) == (NeedState.BOOKED, other.id)
    weekly(store, asked, regular)
    assert held_by(store, asked) == (NeedState.BOOKED, regular.id)


@pytest.mark.parametrize("is_done", [True, False])
def test_a_need_passes_to_whoever_still_goes(store: Store, is_done: bool) -> None:
    asked, first, other = company(store)
    mine = book(store, asked.elder_id, first.id, day=TODAY, services=line(asked))
    book(store, asked.elder_id, other.id, day=LATER, services=line(asked))
    assert held_by(store, asked) == (NeedState.BOOKED, first.id)
    with store.operation("record"):
        if is_done:
            finish_visit(store, outcome=Outcome(visit_id=mine.id), today=TODAY)
        else:
            cancel_visit(store, visit_id=mine.id, reason="有事", today=TODAY)
    assert held_by(store, asked) == (NeedState.BOOKED, other.id)


def test_a_need_passes_to_who_stood_in_once_the_series_ends(store: Store) -> None:
    asked, regular, other = company(store)
    series, visits = weekly(store, asked, regular)
    with store.operation("change_visit"):
        change_visit(store, visit_id=visits[0].id, today=TODAY, provider_ids=(other.id,))
    with store.operation("end_series"):
        end_series(store, series_id=series.id, after=visits[0].day, reason="搬走", today=TODAY)
    assert held_by(store, asked) == (NeedState.BOOKED, other.id)


def test_after_somebody_stood_in_the_need_is_again_that_of_who_is_paired(store: Store) -> None:
    asked, paired, other = company(store)
    with store.operation("pair"):
        pair(store, elder_id=asked.elder_id, provider_id=paired.id, category_id=CHAT, today=TODAY)
    done(store, asked.elder_id, other.id, services=line(asked))
    assert held_by(store, asked) == (NeedState.CLAIMED, paired.id)
    (claim,) = store.where(Claim, state=ClaimState.HELD)
    assert (claim.provider_id, claim.begins_on) == (paired.id, TODAY + timedelta(days=7))


def test_no_need_is_held_for_somebody_who_does_not_come_any_more(store: Store) -> None:
    asked, first, _ = company(store)
    visit = book(store, asked.elder_id, first.id, day=TODAY, services=line(asked))
    with store.operation("refuse"):
        refuse(store, elder_id=asked.elder_id, provider_id=first.id, by_elder=True, reason="合不来", today=TOMORROW)
    assert store.get(Visit, visit.id).state is VisitState.PLANNED
    with store.operation("finish_visit"):
        finish_visit(store, outcome=Outcome(visit_id=visit.id), today=TOMORROW)
    assert held_by(store, asked) == (NeedState.OPEN, None)
    assert store.get(Need, asked.id).since == TODAY + timedelta(days=7)
    assert store.where(Claim, state=ClaimState.HELD) == []


def test_no_visit_is_taken_up_again_with_somebody_who_has_stopped(store: Store) -> None:
    asked, first, other = company(store)
    alone = book(store, asked.elder_id, first.id, day=LATER, services=line(asked))
    both = book(store, asked.elder_id, first.id, other.id, day=LATER, starts=600)
    gone_by = book(store, asked.elder_id, first.id, day=TODAY, starts=600)
    with store.operation("fell_through"):
        for visit in (alone, both):
            cancel_visit(store, visit_id=visit.id, reason="有事", today=TODAY)
        note_not_home(store, visit_id=gone_by.id, reason="没人", today=TODAY)
        stop_provider(store, provider_id=first.id, reason="搬走", today=TODAY)
    with pytest.raises(NotActive), store.operation("reinstate_visit"):
        reinstate_visit(store, visit_id=alone.id, today=TODAY)
    with store.operation("reinstate_visit"):
        assert reinstate_visit(store, visit_id=both.id, today=TODAY).provider_ids == (other.id,)
        # What was recorded of a day gone by can be told better, and the need waits on.
        again = reinstate_visit(store, visit_id=gone_by.id, today=TOMORROW)
    assert (again.state, held_by(store, asked)) == (VisitState.PLANNED, (NeedState.OPEN, None))
