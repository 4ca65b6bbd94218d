"""Visits as they happen: begun, done, fallen through, taken up again; reminders and answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from jiuliting_desk.actions.bookings import visit_about
from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.actions.stand_ins import AS_BOOKED, must_not_be_stood_in_for, seek_no_more, sought_for
from jiuliting_desk.actions.visit_needs import book_needs_again, free_needs, serve_needs
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import NotActive, WrongState
from jiuliting_desk.model.feedback import FeedbackForm, FormState, form_number
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.providers import Provider, ProviderState
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.tables import mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is told of a visit that took place."""

    visit_id: int
    on_site_minutes: int | None = None
    """None: as planned."""
    quantities: Mapping[int, int] = field(default_factory=dict)
    """By category, where they differ from the plan."""
    cadre_id: int | None = None
    """None: the cadre of the plan; 0: nobody."""
    led_in: bool = False
    stayed: bool = False
    signed: bool = False
    absent_ids: tuple[int, ...] = ()
    incident: str = ""
    hazards: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FellThrough:
    """What is told of a visit that did not take place."""

    visit_id: int
    state: VisitState
    reason: str


def begin_visit(store: Store, *, visit_id: int, today: date) -> Visit:
    """The volunteers are at the door. Raises WrongState unless it is planned."""
    del today
    return store.update(_named(store, visit_id).began(at=store.now()))


def finish_visit(store: Store, *, outcome: Outcome, today: date) -> Visit:
    """The visit took place: needs are served, the elder was seen, its form stands on the board.

    An incident and a hazard open follow-ups. Raises WrongState, DateOrder for a day to come, BadNumber, Missing.
    """
    visit = _finish(store, outcome, today=today)
    store.running.about = visit_about(store, visit)
    return visit


def finish_visits(store: Store, *, outcomes: Sequence[Outcome], today: date) -> list[Visit]:
    """Many visits of a campaign day at once, all or none. Raises as ``finish_visit`` does."""
    done = [_finish(store, outcome, today=today) for outcome in outcomes]
    store.running.about = _several(store, done)
    return done


def record_visits(store: Store, *, done: Sequence[Outcome], fell: Sequence[FellThrough], today: date) -> list[Visit]:
    """What became of all homes of a campaign day, in one step, all or none.

    Raises as ``finish_visit``, ``note_not_home`` and ``note_no_show`` do.
    """
    visits = [_finish(store, outcome, today=today) for outcome in done]
    visits += [_fall_through(store, one.visit_id, one.state, reason=one.reason, today=today) for one in fell]
    store.running.about = _several(store, visits)
    return visits


def _finish(store: Store, outcome: Outcome, *, today: date) -> Visit:
    visit = store.get(Visit, outcome.visit_id)
    minutes = visit.minutes if outcome.on_site_minutes is None else outcome.on_site_minutes
    done = visit.done(on_site_minutes=minutes, today=today, quantities=outcome.quantities).attended(
        led_in=outcome.led_in,
        stayed=outcome.stayed,
        signed=outcome.signed,
        cadre_id=_cadre(visit, outcome),
        absent_ids=outcome.absent_ids,
    )
    done = store.update(replace(done, incident=outcome.incident.strip(), hazards=outcome.hazards.strip()))
    serve_needs(store, done, today=today)
    elder = store.get(Elder, done.elder_id)
    if elder.seen_on is None or elder.seen_on < done.day:
        store.update(replace(elder, seen_on=done.day))
    form = form_of(store, done, today=today)
    if form.state is FormState.MADE:
        store.update(form.issued(on=today))
    for cause, what in ((Cause.INCIDENT, done.incident), (Cause.HAZARD, done.hazards)):
        if what:
            open_for_visit(store, done, cause=cause, what=what, today=today)
    return done


def _cadre(visit: Visit, outcome: Outcome) -> int | None:
    return visit.cadre_id if outcome.cadre_id is None else outcome.cadre_id or None


def correct_visit(store: Store, *, outcome: Outcome, today: date) -> Visit:
    """What was recorded of a visit that took place, told better. Raises WrongState, BadNumber, Missing."""
    visit = _named(store, outcome.visit_id)
    minutes = visit.on_site_minutes if outcome.on_site_minutes is None else outcome.on_site_minutes
    better = visit.measured(on_site_minutes=minutes, quantities=outcome.quantities).attended(
        led_in=outcome.led_in,
        stayed=outcome.stayed,
        signed=outcome.signed,
        cadre_id=_cadre(visit, outcome),
        absent_ids=outcome.absent_ids,
    )
    better = store.update(replace(better, incident=outcome.incident.strip(), hazards=outcome.hazards.strip()))
    for cause, what, known in (
        (Cause.INCIDENT, better.incident, visit.incident),
        (Cause.HAZARD, better.hazards, visit.hazards),
    ):
        if what and not known:
            open_for_visit(store, better, cause=cause, what=what, today=today)
    return better


def cancel_visit(store: Store, *, visit_id: int, reason: str, today: date) -> Visit:
    """The visit will not take place. Raises WrongState, Missing without a reason."""
    return _fall_through(store, visit_id, VisitState.CANCELLED, reason=reason, today=today)


def note_not_home(store: Store, *, visit_id: int, reason: str, today: date) -> Visit:
    """Nobody opened the door. Raises WrongState, Missing without a reason, DateOrder before the day."""
    return _fall_through(store, visit_id, VisitState.NOT_HOME, reason=reason, today=today)


def note_no_show(store: Store, *, visit_id: int, reason: str, today: date) -> Visit:
    """The volunteer did not come. Raises WrongState, Missing without a reason, DateOrder before the day."""
    return _fall_through(store, visit_id, VisitState.NO_SHOW, reason=reason, today=today)


def _fall_through(store: Store, visit_id: int, state: VisitState, *, reason: str, today: date) -> Visit:
    visit = store.update(_named(store, visit_id).fell_through(state, reason=reason, today=today))
    free_needs(store, visit.need_ids, since=today, without=visit.id)
    for form in store.where(FeedbackForm, visit_id=visit.id):
        if form.is_awaited:
            store.update(form.voided())
    return visit


def reinstate_visit(store: Store, *, visit_id: int, today: date) -> Visit:
    """A visit that had fallen through is planned again, with those of its people who have not stopped.

    Nobody is sought any more to go in its place. Raises WrongState; StoodInFor where somebody else is booked to go
    instead; NotActive for elders who left and, unless its day is gone by, where all its people have stopped.
    """
    visit = _named(store, visit_id)
    store.get(Elder, visit.elder_id).must_be_served()
    if visit.day >= today:
        visit = _by_those_there(store, visit)
    again = store.update(visit.reinstated())
    must_not_be_stood_in_for(store, visit)
    seek_no_more(store, sought_for(store, [visit.id]), reason=AS_BOOKED, on=today)
    again = book_needs_again(store, again)
    for form in store.where(FeedbackForm, visit_id=visit.id, state=FormState.VOID):
        store.update(form.revived())
    return again


def _by_those_there(store: Store, visit: Visit) -> Visit:
    found = store.get_many(Provider, visit.provider_ids)
    there = tuple(one for one in visit.provider_ids if found[one].state is not ProviderState.STOPPED)
    if not there:
        raise NotActive(name=found[visit.provider_ids[0]].name, state=ProviderState.STOPPED)
    return replace(visit, provider_ids=there)


def remind_visit(store: Store, *, visit_id: int, today: date) -> Visit:
    """已打电话提醒: the elder was rung up; the call is logged. Raises WrongState unless the visit is planned."""
    del today
    visit = _named(store, visit_id)
    now = store.now()
    phone = store.get(Elder, visit.elder_id).phone
    store.add(
        Call(
            at=now,
            elder_id=visit.elder_id,
            phone=phone,
            is_outgoing=True,
            outcome=CallOutcome.REMINDED,
            visit_id=visit.id,
            taken_by=store.who,
        )
    )
    return store.update(visit.reminded(at=now))


def confirm_provider(store: Store, *, visit_id: int, today: date) -> Visit:
    """The volunteer said yes. Raises WrongState unless the visit is planned and waits for an answer."""
    del today
    visit = _named(store, visit_id)
    if visit.state is not VisitState.PLANNED or not visit.awaits_answer:
        raise WrongState(kind="visit", state=visit.state, wanted="confirmed")
    return store.update(replace(visit, awaits_answer=False))


def form_of(
    store: Store, visit: Visit, *, today: date, held_by: int | None = None, state: FormState = FormState.OUT
) -> FeedbackForm:
    """The visit's form, made in ``state`` where there is none yet."""
    found = store.where(FeedbackForm, visit_id=visit.id)
    if found:
        return found[0]
    number = form_number(store.next_id(mapped(FeedbackForm).table))
    return store.add(
        FeedbackForm(
            visit_id=visit.id,
            number=number,
            state=state,
            issued_on=today,
            held_by=visit.cadre_id if held_by is None else held_by,
        )
    )


def open_for_visit(store: Store, visit: Visit, *, cause: Cause, what: str, today: date, score: int = 0) -> FollowUp:
    """A follow-up of a visit, due after the days of the settings, owned by whoever works now."""
    return store.add(
        FollowUp(
            elder_id=visit.elder_id,
            visit_id=visit.id,
            cause=cause,
            what=what,
            score=score,
            owner=store.who,
            opened_on=today,
            due_on=today + timedelta(days=number_setting(store, "follow_up_days")),
        ).checked()
    )


def _named(store: Store, visit_id: int) -> Visit:
    visit = store.get(Visit, visit_id)
    store.running.about = visit_about(store, visit)
    return visit


def _several(store: Store, visits: Sequence[Visit]) -> str:
    if not visits:
        return ""
    first = visit_about(store, visits[0])
    return first if len(visits) == 1 else f"{first} 等 {len(visits)} 次"
