"""The answers of feedback sheets on their way into the file, with all that follows from them."""

from collections.abc import Collection, Sequence
from datetime import date

from jiuliting_desk.actions.feedback import correct_feedback, enter_feedback
from jiuliting_desk.actions.imports.feedback_rows import Answers
from jiuliting_desk.model.consequences import ConsequenceKind
from jiuliting_desk.store import Store

Offer = tuple[int, int]
"""A pairing that a sheet offers: the visit of its row and who went."""


def write_answers(store: Store, answers: Sequence[Answers], *, today: date, pairing: Collection[Offer] = ()) -> None:
    """Save the evaluations: needs, follow-ups and refusals follow as from typed ones, and the pairings agreed to."""
    about = store.running.about
    for one in answers:
        save = correct_feedback if one.feedback.id else enter_feedback
        pair_with = tuple(offer[1] for offer in offers(one) if offer in pairing)
        save(store, feedback=one.feedback, today=today, pair_with=pair_with)
    store.running.about = about


def offers(answers: Answers) -> tuple[Offer, ...]:
    """The pairings that a row offers: the elder would like the same person again and is not paired with them."""
    return tuple(
        (answers.feedback.visit_id, one.provider_id) for one in answers.brings if one.kind is ConsequenceKind.PAIRING
    )


def wanting_same(answers: Sequence[Answers], pairing: Collection[Offer] = ()) -> tuple[str, ...]:
    """The names of elders to whom a pairing was offered that nobody agreed to."""
    return tuple(dict.fromkeys(one.name for one in answers if any(offer not in pairing for offer in offers(one))))
