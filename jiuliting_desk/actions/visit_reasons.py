"""The usual reasons why visits fall through: added, changed, ordered, put out of use, removed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from jiuliting_desk.model.errors import Missing, NameTaken
from jiuliting_desk.model.visits import VisitReason, VisitState
from jiuliting_desk.store import Store


def reasons(store: Store, *, state: VisitState, with_unused: bool = False) -> list[VisitReason]:
    """The reasons for a state as staff ordered them; those out of use only on demand."""
    return [one for one in store.where(VisitReason, state=state, order="position") if one.active or with_unused]


def add_reason(store: Store, *, visit_reason: VisitReason, today: date) -> VisitReason:
    """A new reason behind the others of its state. Raises Missing and NameTaken."""
    del today
    last = max((known.position for known in store.where(VisitReason, state=visit_reason.state)), default=0)
    fresh = replace(_checked(store, visit_reason), id=0, position=last + 1)
    store.running.about = fresh.words
    return store.add(fresh)


def edit_reason(store: Store, *, visit_reason: VisitReason, today: date) -> VisitReason:
    """The reason in other words; visits keep those they have. Raises as ``add_reason``."""
    del today
    old = store.get(VisitReason, visit_reason.id)
    fresh = replace(_checked(store, visit_reason), state=old.state, position=old.position)
    store.running.about = fresh.words if fresh.words == old.words else f"{old.words} → {fresh.words}"
    return store.update(fresh)


def _checked(store: Store, reason: VisitReason) -> VisitReason:
    words = reason.words.strip()
    if not words:
        raise Missing(field="words")
    if any(one.words == words and one.id != reason.id for one in store.where(VisitReason, state=reason.state)):
        raise NameTaken(field="words", name=words)
    return replace(reason, words=words)


def use_reason(store: Store, *, visit_reason_id: int, active: bool, today: date) -> VisitReason:
    """Offer the reason, or no longer."""
    del today
    reason = store.get(VisitReason, visit_reason_id)
    store.running.about = reason.words
    return store.update(replace(reason, active=active))


def order_reasons(store: Store, *, visit_reason_ids: Sequence[int], today: date) -> None:
    """Put the reasons in this order; those not named stay where they are."""
    del today
    for position, reason_id in enumerate(visit_reason_ids, start=1):
        store.update(replace(store.get(VisitReason, reason_id), position=position))


def remove_reason(store: Store, *, visit_reason_id: int, today: date) -> None:
    """Take a reason off the list; visits keep its words. Raises NotThere."""
    del today
    reason = store.get(VisitReason, visit_reason_id)
    store.running.about = reason.words
    store.remove(reason)
