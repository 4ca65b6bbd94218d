"""Two records of one elder become one; undo makes them two again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiuliting_desk.actions.elders import leave_nothing_to_do
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import WrongState
from jiuliting_desk.model.merging import Side, differing, merged, proposed_sides
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.providers import Refusal
from jiuliting_desk.store import Store
from jiuliting_desk.store import elders as queries


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeView:
    """Two records side by side, and what would move."""

    kept: Elder
    other: Elder
    sides: dict[str, Side]
    """For each group of fields that differs, the choice proposed."""
    moved: dict[type[Any], int]
    """How many records of each class belong to the other one."""


def merge_view(store: Store, *, kept_id: int, other_id: int) -> MergeView:
    """What to show before two records are merged. Raises NotThere."""
    kept, other = store.get(Elder, kept_id), store.get(Elder, other_id)
    moved: dict[type[Any], int] = {}
    for record in queries.standing_on(store, other_id):
        moved[type(record)] = moved.get(type(record), 0) + 1
    proposed = proposed_sides(kept, other)
    return MergeView(
        kept=kept, other=other, sides={name: proposed[name] for name in differing(kept, other)}, moved=moved
    )


def merge_elders(
    store: Store, *, kept_id: int, other_id: int, sides: Mapping[str, Side], reason: str, today: date
) -> Elder:
    """Make two records one: fields as chosen in ``sides``, everything that belongs to the other moved over.

    A waiting need or a bond that both have is closed in the other's copy with ``reason``; nothing of it is lost.
    Where the result is not served, what still stands ends as if they had left the list. The other's number stays
    reserved. Raises WrongState where both ids are the same, NotThere.
    """
    if kept_id == other_id:
        raise WrongState(kind="elder", state="same", wanted="merged")
    kept, other = store.get(Elder, kept_id), store.get(Elder, other_id)
    for record in queries.standing_on(store, other_id):
        moved = _moved(store, record, kept_id, reason=reason, today=today)
        if moved is None:
            store.remove(record)
        else:
            store.update(moved)
    store.remove(other)
    one = store.update(merged(kept, other, sides).checked(today=today))
    if not one.is_served:
        leave_nothing_to_do(store, one, on=today, reason=one.state_reason.strip() or reason)
    store.running.about = f"{kept.name} {kept.number} ← {other.name} {other.number}"
    return one


def _moved(store: Store, record: Any, kept_id: int, *, reason: str, today: date) -> Any | None:
    """The record as the kept elder's; None for a refusal that the kept one has said already."""
    if isinstance(record, Need) and record.state is NeedState.OPEN:
        waiting = store.where(
            Need,
            elder_id=kept_id,
            category_id=record.category_id,
            state=[NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED],
        )
        if waiting:
            return replace(record.closed(on=today, reason=reason), elder_id=kept_id)
    if isinstance(record, Pairing) and record.is_active:
        same = store.where(
            Pairing,
            elder_id=kept_id,
            provider_id=record.provider_id,
            category_id=record.category_id,
            ended_on=None,
        )
        if same:
            return replace(record.ended(on=max(today, record.started_on), reason=reason), elder_id=kept_id)
    if isinstance(record, Refusal) and store.where(
        Refusal, elder_id=kept_id, provider_id=record.provider_id, by_elder=record.by_elder
    ):
        return None
    return replace(record, elder_id=kept_id)
