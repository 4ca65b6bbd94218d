"""Committees, their cadres and compounds."""

import math
from dataclasses import dataclass, replace
from typing import Self

from jiuliting_desk.model.elders import checked_phone
from jiuliting_desk.model.errors import BadNumber, Missing

EARTH_RADIUS_METRES = 6_371_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentsCommittee:
    """居委(会)、居民区."""

    id: int = 0
    name: str
    aliases: tuple[str, ...] = ()
    phone: str = ""
    active: bool = True
    notes: str = ""

    def checked(self) -> Self:
        """The same, tidied. Raises Missing and BadPhone."""
        name, aliases = _checked_names(self.name, self.aliases)
        return replace(self, name=name, aliases=aliases, phone=checked_phone(self.phone, field="phone"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    """居委干部: leads the volunteer in, watches the visit, collects the form."""

    id: int = 0
    committee_id: int
    name: str
    phone: str = ""
    active: bool = True
    notes: str = ""

    def checked(self) -> Self:
        """The same, tidied. Raises Missing and BadPhone."""
        name, _ = _checked_names(self.name, ())
        return replace(self, name=name, phone=checked_phone(self.phone, field="phone"))


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

    def checked(self) -> Self:
        """The same, tidied. Raises Missing, and BadNumber for a place that is not on the globe."""
        name, aliases = _checked_names(self.name, self.aliases)
        for field, value, limit in (("longitude", self.longitude, 180), ("latitude", self.latitude, 90)):
            if value is not None and not -limit <= value <= limit:
                raise BadNumber(field=field, text=str(value), lowest=-limit, highest=limit)
        if (self.longitude is None) != (self.latitude is None):
            raise Missing(field="longitude" if self.longitude is None else "latitude")
        return replace(self, name=name, aliases=aliases)

    def merged_with(self, other: "Compound") -> "Compound":
        """This compound, known by the other's names too, with what it lacked."""
        aliases = dict.fromkeys((*self.aliases, other.name, *other.aliases))
        placed = self if self.longitude is not None else other
        return replace(
            self,
            aliases=tuple(alias for alias in aliases if alias != self.name),
            committee_id=self.committee_id or other.committee_id,
            longitude=placed.longitude,
            latitude=placed.latitude,
            notes="\n".join(filter(None, (self.notes, other.notes))),
        )


def _checked_names(name: str, aliases: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    name = name.strip()
    if not name:
        raise Missing(field="name")
    others = dict.fromkeys(alias.strip() for alias in aliases)
    return name, tuple(alias for alias in others if alias and alias != name)


def metres_between(one: Compound | None, other: Compound | None) -> float | None:
    """The distance as the crow flies (haversine), in metres; None where a place is not known."""
    if one is None or other is None:
        return None
    if one.id and one.id == other.id:
        return 0.0
    if one.longitude is None or one.latitude is None or other.longitude is None or other.latitude is None:
        return None
    north, other_north = math.radians(one.latitude), math.radians(other.latitude)
    half_north = math.sin((other_north - north) / 2)
    half_east = math.sin(math.radians(other.longitude - one.longitude) / 2)
    square = half_north**2 + math.cos(north) * math.cos(other_north) * half_east**2
    return 2 * EARTH_RADIUS_METRES * math.asin(min(1.0, math.sqrt(square)))


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
