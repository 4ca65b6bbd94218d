"""Two records of one elder made into one, field by field."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from jiuliting_desk.model.elders import Elder, Living, Sex


class Side(StrEnum):
    """Whose value a merged record gets."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"
    """The values of both, each once; for phones, tags and contacts."""


OWN_FIELDS = frozenset({"id", "number", "registered_on", "seen_on", "survey_id"})
"""Not chosen: the kept record's own, or the earliest and latest day of the two."""

JOINED_FIELDS = frozenset({"phones", "tags", "contacts"})

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("committee_id", "compound_id", "building", "unit", "room", "floor", "without_lift"),
    ("id_number", "id_flag"),
    ("consent_on", "consent_by", "consent_ended_on"),
    ("state", "state_on", "state_reason"),
)
"""Fields that make sense only together: they go by their first one that differs."""

_EMPTY: tuple[Any, ...] = (None, "", (), False, Sex.UNKNOWN, Living.UNKNOWN)


def groups() -> tuple[tuple[str, ...], ...]:
    """All chosen fields in the record's order, those that go together as one."""
    grouped = {name: group for group in TOGETHER for name in group}
    found: dict[tuple[str, ...], None] = {}
    for each in fields(Elder):
        if each.name not in OWN_FIELDS:
            found[grouped.get(each.name, (each.name,))] = None
    return tuple(found)


def differing(kept: Elder, other: Elder) -> tuple[str, ...]:
    """The first names of the groups in which the two differ."""
    return tuple(group[0] for group in groups() if any(getattr(kept, name) != getattr(other, name) for name in group))


def proposed_sides(kept: Elder, other: Elder) -> dict[str, Side]:
    """A choice for each group that differs: something before nothing, else the kept one's; lists are joined.

    Of two states that of whoever is still served is proposed.
    """
    proposed = {}
    grouped = {group[0]: group for group in groups()}
    for first in differing(kept, other):
        if first in JOINED_FIELDS:
            proposed[first] = Side.BOTH
        elif first == "name":
            proposed[first] = Side.KEPT
        elif first == "state" and kept.is_served != other.is_served:
            proposed[first] = Side.KEPT if kept.is_served else Side.OTHER
        else:
            is_empty = all(getattr(kept, name) in _EMPTY for name in grouped[first])
            proposed[first] = Side.OTHER if is_empty else Side.KEPT
    return proposed


def merged(kept: Elder, other: Elder, sides: Mapping[str, Side]) -> Elder:
    """The kept record with the values chosen; groups that are not named go as proposed."""
    chosen = proposed_sides(kept, other) | dict(sides)
    values: dict[str, Any] = {}
    for group in groups():
        side = chosen.get(group[0], Side.KEPT)
        for name in group:
            if side is Side.OTHER:
                values[name] = getattr(other, name)
            elif side is Side.BOTH:
                values[name] = _joined(name, getattr(kept, name), getattr(other, name))
    values["registered_on"] = _earliest(kept.registered_on, other.registered_on)
    values["seen_on"] = _latest(kept.seen_on, other.seen_on)
    values["survey_id"] = kept.survey_id if kept.survey_id is not None else other.survey_id
    return replace(kept, **values)


def _joined(name: str, ours: Any, theirs: Any) -> Any:
    if name == "phones":
        known = {phone.number for phone in ours}
        has_preferred = any(phone.preferred for phone in ours)
        return ours + tuple(
            replace(phone, preferred=phone.preferred and not has_preferred)
            for phone in theirs
            if phone.number not in known
        )
    if isinstance(ours, tuple):
        return ours + tuple(item for item in theirs if item not in ours)
    return f"{ours}；{theirs}" if ours and theirs and ours != theirs else ours or theirs


def _earliest(one: date | None, other: date | None) -> date | None:
    return min(filter(None, (one, other)), default=None)


def _latest(one: date | None, other: date | None) -> date | None:
    return max(filter(None, (one, other)), default=None)
