"""What follows from an evaluation: shown before it is saved, done when it is."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiuliting_desk.model.feedback import SCORES, Condition, Feedback
from jiuliting_desk.model.follow_ups import Cause
from jiuliting_desk.model.visits import Visit


class ConsequenceKind(StrEnum):
    """What will be done."""

    FOLLOW_UP = "follow_up"
    NEED = "need"
    REFUSAL = "refusal"
    PAIRING = "pairing"
    """An offer: done only where staff take it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """One thing that follows."""

    kind: ConsequenceKind
    cause: Cause | None = None
    question: str = ""
    """Of a low score: which question (a member of SCORES)."""
    score: int = 0
    what: str = ""
    due_on: date | None = None
    category_id: int = 0
    is_known: bool = False
    """The need waits already: nothing new is registered."""
    enterprise_ids: tuple[int, ...] = ()
    """Of a need that wants a certificate: who holds a valid one."""
    provider_id: int = 0
    by_elder: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the file knows that bears on the consequences."""

    is_served: bool = True
    """Whether the elder may have new needs and pairings."""
    waiting_category_ids: Container[int] = ()
    """Services for which the elder has a need waiting or booked already."""
    qualified: Mapping[int, tuple[int, ...]]
    """For each service that wants a certificate: enterprises that hold a valid one."""
    unpaired_ids: Container[int] = ()
    """Providers who can be asked and are not paired with the elder for the visit's service."""
    known_causes: Container[Cause] = ()
    """Causes for which the visit has a follow-up already."""
    low_score: int = 2
    follow_up_days: int = 3
    today: date


def consequences(feedback: Feedback, visit: Visit, around: Circumstances) -> tuple[Consequence, ...]:
    """All that follows from the answers, in the order in which it is told."""
    return (
        *_needs(feedback, around),
        *_follow_ups(feedback, around),
        *_refusals(feedback, visit),
        *_pairings(feedback, visit, around),
    )


def _needs(feedback: Feedback, around: Circumstances) -> Iterable[Consequence]:
    if not around.is_served:
        return
    for category_id in feedback.wishes:
        yield Consequence(
            kind=ConsequenceKind.NEED,
            category_id=category_id,
            is_known=category_id in around.waiting_category_ids,
            enterprise_ids=around.qualified.get(category_id, ()),
        )


def _follow_ups(feedback: Feedback, around: Circumstances) -> Iterable[Consequence]:
    due = around.today + timedelta(days=around.follow_up_days)
    found = []
    if 0 < feedback.lowest <= around.low_score:
        question = next(name for name, score in zip(SCORES, feedback.scores, strict=True) if score == feedback.lowest)
        found.append(
            Consequence(
                kind=ConsequenceKind.FOLLOW_UP,
                cause=Cause.LOW_SCORE,
                question=question,
                score=feedback.lowest,
                what=feedback.words,
                due_on=due,
            )
        )
    if feedback.hazards:
        found.append(Consequence(kind=ConsequenceKind.FOLLOW_UP, cause=Cause.HAZARD, what=feedback.hazards, due_on=due))
    if Condition.WORRYING in {feedback.elder_condition, feedback.home_condition}:
        found.append(
            Consequence(kind=ConsequenceKind.FOLLOW_UP, cause=Cause.CONDITION, what=feedback.report, due_on=due)
        )
    for consequence in found:
        if consequence.cause not in around.known_causes:
            yield consequence


def _refusals(feedback: Feedback, visit: Visit) -> Iterable[Consequence]:
    for provider_id in visit.present_ids:
        if feedback.other_person:
            yield Consequence(kind=ConsequenceKind.REFUSAL, provider_id=provider_id, what=feedback.words)
        if feedback.would_return is False:
            yield Consequence(
                kind=ConsequenceKind.REFUSAL, provider_id=provider_id, by_elder=False, what=feedback.report
            )


def _pairings(feedback: Feedback, visit: Visit, around: Circumstances) -> Iterable[Consequence]:
    if not (feedback.same_person and around.is_served) or feedback.would_return is False:
        return
    for provider_id in visit.present_ids:
        if provider_id in around.unpaired_ids:
            yield Consequence(kind=ConsequenceKind.PAIRING, provider_id=provider_id, category_id=visit.category_ids[0])
