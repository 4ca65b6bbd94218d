"""Erasing one person: from the record, what belongs to it, the search and the history. Only backups still hold it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiuliting_desk.actions.elders import belongings_of, change_elder_state, leave_nothing_to_do
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.erasing import ERASED_REASON, anonymous, without_words
from jiuliting_desk.model.errors import Missing
from jiuliting_desk.model.visits import Visit, VisitReason
from jiuliting_desk.store import Store
from jiuliting_desk.store.erasing import forget_past


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was emptied."""

    number: str
    records: int
    changes: int
    """Lines of history that lost what they held."""


def erase_elder(store: Store, *, elder_id: int, reason: str, today: date) -> Erased:
    """Take a person out of the file for good, on their request; the figures keep their sums.

    Whoever is still served leaves the list first, and whatever still stands ends; ``reason`` is told in the history
    only. Records that were merged into the person are forgotten with them, and so are drafts. It cannot be undone, nor
    can such a merge be any more. Raises Missing without a reason.
    """
    if not reason.strip():
        raise Missing(field="reason")
    elder = store.get(Elder, elder_id)
    if elder.is_served:
        change_elder_state(store, elder_id=elder_id, state=ElderState.WITHDREW, reason=ERASED_REASON, today=today)
    else:
        leave_nothing_to_do(store, elder, on=today, reason=ERASED_REASON)
    changes = forget_past(store, elder)
    belongings: list[Any] = belongings_of(store, elder_id=elder_id)
    usual = {reason.words for reason in store.all(VisitReason)}
    for record in belongings:
        emptied = without_words(record)
        if isinstance(emptied, Visit) and emptied.reason and emptied.reason not in usual:
            emptied = replace(emptied, reason=ERASED_REASON)
        store.update(emptied)
    store.update(anonymous(store.get(Elder, elder_id), today=today))
    store.running.about = f"{elder.number} {reason.strip()}"
    return Erased(number=elder.number, records=1 + len(belongings), changes=changes)
