"""Committees, their cadres and compounds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentsCommittee:
    """居委(会)、居民区."""

    id: int = 0
    name: str
    aliases: tuple[str, ...] = ()
    phone: str = ""
    active: bool = True
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    """居委干部: leads the volunteer in, watches the visit, collects the form."""

    id: int = 0
    committee_id: int
    name: str
    phone: str = ""
    active: bool = True
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compound:
    """小区: belongs to a committee."""

    id: int = 0
    committee_id: int | None = None
    name: str
    aliases: tuple[str, ...] = ()
    longitude: float | None = None
    latitude: float | None = None
    active: bool = True
    notes: str = ""


def address_text(compound: str, building: str, room: str, unit: str = "") -> str:
    """An address as people say it: 亭北新村 12号 301."""
    parts = [compound]
    if building:
        parts.append(building if not building[-1:].isdigit() else f"{building}号")
    if unit:
        parts.append(unit if not unit[-1:].isdigit() else f"{unit}单元")
    if room:
        parts.append(room)
    return " ".join(part for part in parts if part)
