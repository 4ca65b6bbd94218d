"""Evaluations: what would follow is shown first; then saved, with all that follows, in one step."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from jiuliting_desk.actions import pairings
from jiuliting_desk.actions.planned_months import certified_on, planned_month
from jiuliting_desk.actions.settings import number_setting, rules_off
from jiuliting_desk.actions.visits import Outcome, finish_visit, form_of, open_for_visit
from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.consequences import Circumstances, Consequence, ConsequenceKind, consequences
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import AlreadyAnswered, AlreadyPaired, WrongState
from jiuliting_desk.model.feedback import Feedback, FeedbackForm, FormState
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.needs import Need, NeedSource, NeedState
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.providers import Provider, ProviderState
from jiuliting_desk.model.visits import FELL_THROUGH, Visit
from jiuliting_desk.store import Store
from jiuliting_desk.store import forms as queries

NOBODY: Mapping[int, int] = MappingProxyType({})

WAITING = [NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED]


def feedback_of(store: Store, *, visit_id: int) -> Feedback | None:
    """The visit's one evaluation, or None."""
    found = store.where(Feedback, visit_id=visit_id)
    return found[0] if found else None


def preview_feedback(store: Store, *, feedback: Feedback, today: date) -> tuple[Consequence, ...]:
    """What saving these answers would bring, and offer. Raises NotThere."""
    visit = store.get(Visit, feedback.visit_id)
    return consequences(feedback, visit, _around(store, feedback, visit, today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """An enterprise that is qualified for what an elder wishes."""

    provider_id: int
    name: str
    barriers: tuple[Barrier, ...]
    """The rules against its claiming the need at once; () where none stands, or is kept by the office."""


def takers(store: Store, *, visit_id: int, wish: Consequence, most: int, today: date) -> list[Taker]:
    """Those who may claim the need of a wish while the form is saved, ``most`` of them, and others before them."""
    elder_id, month, off = store.get(Visit, visit_id).elder_id, planned_month(store, today=today), rules_off(store)
    need = Need(elder_id=elder_id, category_id=wish.category_id, source=NeedSource.FEEDBACK, since=today)
    found: list[Taker] = []
    for one in store.get_many(Provider, wish.enterprise_ids).values():
        rules = pairings.wish_barriers(store, need=need, provider_id=one.id, today=today, month=month)
        kept = () if set(rules) <= off else rules
        found.append(Taker(provider_id=one.id, name=one.name, barriers=kept))
        if sum(not taker.barriers for taker in found) == most or len(found) == most * 4:
            break
    return found


def _around(store: Store, feedback: Feedback, visit: Visit, today: date) -> Circumstances:
    waiting = store.where(Need, elder_id=visit.elder_id, state=WAITING)
    made = store.get_many(Need, feedback.need_ids).values()
    bonds = store.where(Pairing, elder_id=visit.elder_id, ended_on=None)
    paired = {bond.provider_id for bond in bonds if bond.category_id in {None, *visit.category_ids}}
    gone = {
        provider.id
        for provider in store.get_many(Provider, visit.provider_ids).values()
        if provider.state is ProviderState.STOPPED
    }
    return Circumstances(
        is_served=store.get(Elder, visit.elder_id).is_served,
        waiting_category_ids={need.category_id for need in (*waiting, *made)},
        qualified=queries.qualified_enterprises(store, on=certified_on(store, today=today)),
        unpaired_ids=set(visit.present_ids) - paired - gone,
        known_causes={follow_up.cause for follow_up in store.where(FollowUp, visit_id=visit.id)},
        low_score=number_setting(store, "low_score"),
        follow_up_days=number_setting(store, "follow_up_days"),
        today=today,
    )


def enter_feedback(
    store: Store,
    *,
    feedback: Feedback,
    today: date,
    pair_with: Sequence[int] = (),
    claim_for: Mapping[int, int] = NOBODY,
    without: Container[Cause] = (),
) -> Feedback:
    """Save the evaluation of a visit and all that ``preview_feedback`` told; offers only for ``pair_with``.

    A visit that was still open is recorded as done as planned. ``claim_for`` says by category who takes the need of a
    wish at once. ``without`` leaves out follow-ups of some causes.
    Raises AlreadyAnswered, WrongState for a visit that fell through, DateOrder for one to come, BadNumber, Missing, and
    ReasonWanted where a rule stands against a claim.
    """
    answers = feedback.checked()
    known = feedback_of(store, visit_id=answers.visit_id)
    if known is not None:
        raise _already(store, known)
    visit = store.get(Visit, answers.visit_id)
    if visit.state in FELL_THROUGH:
        raise WrongState(kind="visit", state=visit.state, wanted="evaluated")
    if visit.is_open:
        visit = finish_visit(store, outcome=Outcome(visit_id=visit.id), today=today)
    _watched(store, visit, answers)
    form = form_of(store, visit, today=today)
    store.update((form.revived() if form.state is FormState.VOID else form).entered(on=today))
    saved = store.add(replace(answers, entered_on=today, entered_by=store.who, need_ids=()))
    saved = _follow(store, saved, visit, today=today, pair_with=pair_with, claim_for=claim_for, without=without)
    store.running.about = _about(store, visit, form)
    return saved


def correct_feedback(
    store: Store,
    *,
    feedback: Feedback,
    today: date,
    pair_with: Sequence[int] = (),
    claim_for: Mapping[int, int] = NOBODY,
    without: Container[Cause] = (),
) -> Feedback:
    """Other answers for a visit that is evaluated; what newly follows is done, what followed before stays.

    Raises BadNumber, Missing and NotThere.
    """
    answers = feedback.checked()
    before = store.get(Feedback, answers.id)
    visit = store.get(Visit, before.visit_id)
    _watched(store, visit, answers)
    saved = store.update(replace(answers, visit_id=before.visit_id, need_ids=before.need_ids))
    saved = _follow(store, saved, visit, today=today, pair_with=pair_with, claim_for=claim_for, without=without)
    store.running.about = _about(store, visit, form_of(store, visit, today=today))
    return saved


def remove_feedback(store: Store, *, visit_id: int, today: date) -> None:
    """Take an evaluation out that belongs to another visit; its form is to be typed again. What followed stays."""
    del today
    for form in store.where(FeedbackForm, visit_id=visit_id, state=FormState.ENTERED):
        store.running.about = _about(store, store.get(Visit, visit_id), form)
        store.update(form.reopened())
    for found in store.where(Feedback, visit_id=visit_id):
        store.remove(found)


def _already(store: Store, known: Feedback) -> AlreadyAnswered:
    forms = store.where(FeedbackForm, visit_id=known.visit_id)
    return AlreadyAnswered(
        visit_id=known.visit_id,
        number=forms[0].number if forms else "",
        entered_on=known.entered_on,
        entered_by=known.entered_by,
    )


def _watched(store: Store, visit: Visit, answers: Feedback) -> None:
    """The cadre's part of the form tells of the visit too where one is known: who stayed, whose signature was seen."""
    cadre_id = visit.cadre_id if answers.cadre_id is None else answers.cadre_id
    if cadre_id is None:
        return
    store.update(
        replace(
            visit,
            stayed=visit.stayed or answers.whole_time is True,
            led_in=visit.led_in or answers.on_time is not None,
            signed=visit.signed or answers.signature_seen,
            cadre_id=cadre_id,
        )
    )


def _follow(
    store: Store,
    saved: Feedback,
    visit: Visit,
    *,
    today: date,
    pair_with: Sequence[int],
    claim_for: Mapping[int, int],
    without: Container[Cause],
) -> Feedback:
    need_ids = list(saved.need_ids)
    for one in consequences(saved, visit, _around(store, saved, visit, today)):
        match one.kind:
            case ConsequenceKind.FOLLOW_UP:
                if one.cause is not None and one.cause not in without:
                    open_for_visit(store, visit, cause=one.cause, what=one.what, score=one.score, today=today)
            case ConsequenceKind.NEED:
                if not one.is_known:
                    need = Need(
                        elder_id=visit.elder_id,
                        category_id=one.category_id,
                        source=NeedSource.FEEDBACK,
                        since=today,
                    )
                    made = store.add(need.checked())
                    need_ids.append(made.id)
                    if one.category_id in claim_for:
                        pairings.claim_need(
                            store,
                            need_id=made.id,
                            provider_id=claim_for[one.category_id],
                            today=today,
                            month=planned_month(store, today=today),
                        )
            case ConsequenceKind.REFUSAL:
                pairings.refuse(
                    store,
                    elder_id=visit.elder_id,
                    provider_id=one.provider_id,
                    by_elder=one.by_elder,
                    reason=one.what,
                    today=today,
                )
            case ConsequenceKind.PAIRING:
                if one.provider_id in pair_with:
                    _pair(store, visit, one, today=today)
    return store.update(replace(saved, need_ids=tuple(need_ids)))


def _pair(store: Store, visit: Visit, offer: Consequence, *, today: date) -> None:
    try:
        pairings.pair(
            store,
            elder_id=visit.elder_id,
            provider_id=offer.provider_id,
            category_id=offer.category_id,
            today=today,
            reason="老人希望还是同一位",
        )
    except AlreadyPaired:
        # Paired for the service since the preview: the wish is met.
        return


def _about(store: Store, visit: Visit, form: FeedbackForm) -> str:
    return f"{store.get(Elder, visit.elder_id).name}　{form.number}"
