"""The answers of feedback sheets on their way into the file, with all that follows from them."""

from collections.abc import Sequence
from datetime import date

from jiuliting_desk.actions.feedback import correct_feedback, enter_feedback
from jiuliting_desk.actions.imports.feedback_rows import Answers
from jiuliting_desk.model.consequences import ConsequenceKind
from jiuliting_desk.store import Store


def write_answers(store: Store, answers: Sequence[Answers], *, today: date) -> None:
    """Save the evaluations: needs, follow-ups and refusals follow as from typed ones; pairings are only offered."""
    about = store.running.about
    for one in answers:
        save = correct_feedback if one.feedback.id else enter_feedback
        save(store, feedback=one.feedback, today=today)
    store.running.about = about


def wanting_same(answers: Sequence[Answers]) -> tuple[str, ...]:
    """The names of elders who would like the same person again and are not paired with them."""
    return tuple(
        dict.fromkeys(one.name for one in answers if any(b.kind is ConsequenceKind.PAIRING for b in one.brings))
    )
