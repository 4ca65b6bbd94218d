"""Erasing one person: from the record, what belongs to it, the search and the history. Only backups still hold it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jiuliting_desk.actions.elders import belongings_of, change_elder_state
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.erasing import anonymous, without_words
from jiuliting_desk.model.errors import Missing
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

    Whoever is still served leaves the list first. Records that were merged into the person are forgotten with them, and
    so are drafts. It cannot be undone, nor can a merge be any more. Raises Missing without a reason.
    """
    if not reason.strip():
        raise Missing(field="reason")
    elder = store.get(Elder, elder_id)
    if elder.is_served:
        change_elder_state(store, elder_id=elder_id, state=ElderState.WITHDREW, reason=reason, today=today)
    changes = forget_past(store, elder)
    belongings: list[Any] = belongings_of(store, elder_id=elder_id)
    for record in belongings:
        store.update(without_words(record))
    store.update(anonymous(store.get(Elder, elder_id), today=today))
    store.running.about = f"{elder.number} {reason.strip()}"
    return Erased(number=elder.number, records=1 + len(belongings), changes=changes)
