"""The providers as arrays, packed once and asked for many needs; and the room that is left with each of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import nan
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from jiuliting_desk.matching.room import NO_LIMIT, Flags, Ints, Room, empty_room, units_of
from jiuliting_desk.matching.rows import UNSAID, Place, ProviderRow, Situation
from jiuliting_desk.matching.terms import Rule

Value = TypeVar("Value")

EARTH_RADIUS_METRES = 6_371_000
SEX_CODES = {"male": 1, "female": 2, UNSAID: 3}


@dataclass(slots=True, eq=False, kw_only=True)
class Pool:
    """The providers of a situation, by id, as arrays of the same length."""

    situation: Situation
    rows: tuple[ProviderRow, ...]
    position: dict[int, int]
    """Provider id -> position."""
    level: dict[int, NDArray[np.int8]]
    """Category id -> level of each provider, 0 for none."""
    sex: NDArray[np.int8]
    """0 where it is not known or does not matter."""
    dialect: Flags
    paused: Flags
    free: NDArray[np.uint32]
    """Mask of free half-days; all bits where any will do."""
    free_count: Ints
    committee: Ints
    compound: Ints
    building: Ints
    longitude: NDArray[np.float64]
    """Radians; nan where it is not known."""
    latitude: NDArray[np.float64]
    max_metres: Ints
    roams: Flags
    """Goes to any committee."""
    area: dict[int, Flags]
    """Committee id -> providers who go there, beside those who roam."""
    rest: Ints
    """Whole weeks since last asked, at most ``Weights.rest_weeks``."""
    room: Room
    total_units: Ints
    """Hours of the month in units, before anything was booked; NO_LIMIT for none."""
    refused: dict[int, list[tuple[int, Rule]]]
    """Elder id -> (position, by whom)."""
    bonds: dict[int, list[tuple[int, int | None]]]
    """Elder id -> (position, category)."""
    served: dict[int, list[tuple[int, int]]]
    """Elder id -> (position, times)."""
    buildings: dict[str, int]
    certified: dict[tuple[str, int], tuple[Flags, Flags]] = field(default_factory=dict)
    """(kind, day) -> who holds one, and whose is valid."""
    metres: dict[Place, Ints] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def certificates(self, kind: str, day: date) -> tuple[Flags, Flags]:
        """Who holds a certificate of this kind at all, and whose is valid on the day."""
        key = (kind, day.toordinal())
        if key not in self.certified:
            held, valid = np.zeros(len(self), bool), np.zeros(len(self), bool)
            for position, row in enumerate(self.rows):
                for certificate in row.certificates:
                    if certificate.kind == kind:
                        held[position] = True
                        valid[position] |= certificate.is_valid_on(day)
            self.certified[key] = held, valid
        return self.certified[key]

    def metres_to(self, place: Place) -> Ints:
        """Whole metres from each provider as the crow flies (haversine); -1 where a place is not known."""
        if place not in self.metres:
            self.metres[place] = self._metres(place)
        return self.metres[place]

    def _metres(self, place: Place) -> Ints:
        found = np.full(len(self), -1, np.int64)
        if place.longitude is not None and place.latitude is not None:
            east, north = np.radians(place.longitude), np.radians(place.latitude)
            square = (
                np.sin((self.latitude - north) / 2) ** 2
                + np.cos(north) * np.cos(self.latitude) * np.sin((self.longitude - east) / 2) ** 2
            )
            metres = 2 * EARTH_RADIUS_METRES * np.arcsin(np.minimum(1.0, np.sqrt(square)))
            known = ~np.isnan(metres)
            found[known] = metres[known].astype(np.int64)
        if place.compound:
            found[self.compound == place.compound] = 0
        return found

    def in_area(self, committee: int) -> Flags:
        """Who goes to the committee."""
        named = self.area.get(committee) if committee else None
        return self.roams if named is None else self.roams | named


def pack(situation: Situation) -> Pool:
    """The providers of a situation as arrays."""
    rows = tuple(sorted(situation.providers, key=lambda row: row.id))
    position = {row.id: place for place, row in enumerate(rows)}
    size, everything = len(rows), (1 << situation.rules.half_days) - 1
    level: dict[int, NDArray[np.int8]] = {}
    area: dict[int, Flags] = {}
    buildings: dict[str, int] = {"": 0}
    for place, row in enumerate(rows):
        for category, grade in row.skills:
            if category not in level:
                level[category] = np.zeros(size, np.int8)
            level[category][place] = grade
        for committee in row.area:
            if committee not in area:
                area[committee] = np.zeros(size, bool)
            area[committee][place] = True
        buildings.setdefault(row.place.building, len(buildings))
    free = np.array([row.half_days or everything for row in rows], np.uint32)
    today, longest = situation.today, situation.weights.rest_weeks
    places = [row.place for row in rows]
    return Pool(
        situation=situation,
        rows=rows,
        position=position,
        level=level,
        sex=np.array([0 if row.enterprise else SEX_CODES.get(row.sex, 0) for row in rows], np.int8),
        dialect=np.array([row.dialect for row in rows], bool),
        paused=np.array([row.paused for row in rows], bool),
        free=free,
        free_count=np.bitwise_count(free).astype(np.int64),
        committee=np.array([place.committee for place in places], np.int64),
        compound=np.array([place.compound for place in places], np.int64),
        building=np.array([buildings[place.building] for place in places], np.int64),
        longitude=_radians(place.longitude for place in places),
        latitude=_radians(place.latitude for place in places),
        max_metres=np.array([NO_LIMIT if row.max_metres is None else row.max_metres for row in rows], np.int64),
        roams=np.array([not row.area for row in rows], bool),
        area=area,
        rest=np.array(
            [longest if row.asked is None else min(longest, max(0, (today - row.asked).days // 7)) for row in rows],
            np.int64,
        ),
        room=empty_room(situation, rows),
        total_units=np.array([units_of(row.minutes, situation.unit) for row in rows], np.int64),
        refused=_by_elder(
            (row.elder, position.get(row.provider), Rule.REFUSED_BY_ELDER if row.by_elder else Rule.REFUSED_BY_PROVIDER)
            for row in situation.refusals
        ),
        bonds=_by_elder((row.elder, position.get(row.provider), row.category) for row in situation.bonds),
        served=_by_elder((row.elder, position.get(row.provider), row.times) for row in situation.served if row.times),
        buildings=buildings,
    )


def _radians(degrees: Iterable[float | None]) -> NDArray[np.float64]:
    return np.radians(np.array([nan if degree is None else degree for degree in degrees], np.float64))


def _by_elder(found: Iterable[tuple[int, int | None, Value]]) -> dict[int, list[tuple[int, Value]]]:
    by_elder: defaultdict[int, list[tuple[int, Value]]] = defaultdict(list)
    for elder, position, value in found:
        if position is not None:
            by_elder[elder].append((position, value))
    return dict(by_elder)
