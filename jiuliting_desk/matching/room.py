"""The room that is left with each provider: hours, visits, half-days and lasting pairs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from jiuliting_desk.matching.halfdays import crowded
from jiuliting_desk.matching.rows import NeedRow, ProviderRow, Situation
from jiuliting_desk.matching.terms import Rule

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NO_LIMIT = 1 << 40
"""Stands for a capacity that nobody has set."""


@dataclass(slots=True, eq=False, kw_only=True)
class Room:
    """What each provider can still take, by position in the pool."""

    units: Ints
    """Units of time; below 0 where more is booked than they wanted."""
    visits: Ints
    half_days: Ints
    """Visits of the month on each half-day, providers x half-days, before those of ``placed``."""
    placed: list[Counter[int]]
    """Visits of lines already fixed, and of what was taken on without a day, by the mask of half-days that will do."""
    placed_visits: Ints
    """The sum of ``placed``."""
    lasting: Ints
    """Further elders in lasting pairs."""
    elders: list[set[int]]
    """Elders to whom each provider goes in the month."""
    bound: list[set[int]]
    """Elders in a lasting pair with each provider."""

    def copy(self) -> Self:
        """The same, apart."""
        return type(self)(
            units=self.units.copy(),
            visits=self.visits.copy(),
            half_days=self.half_days,
            placed=[Counter(placed) for placed in self.placed],
            placed_visits=self.placed_visits.copy(),
            lasting=self.lasting.copy(),
            elders=[set(elders) for elders in self.elders],
            bound=[set(elders) for elders in self.bound],
        )

    def take(self, provider: int, need: NeedRow, half_days: int) -> None:
        """Give ``need`` to the provider at this position, on any half-day of the mask.

        Visits that find no half-day (somebody insisted) take none from the others.
        """
        self.units[provider] -= need.units
        self.visits[provider] -= need.visits
        self._place(provider, half_days, need.visits)
        self.elders[provider].add(need.elder)
        if need.lasting and need.elder not in self.bound[provider]:
            self.bound[provider].add(need.elder)
            self.lasting[provider] -= 1

    def place_undated(self, provider: int, row: ProviderRow, everything: int) -> None:
        """Keep half-days for what the provider has taken on with no day yet; ``everything`` is the mask of all."""
        for mask, visits in sorted(row.undated):
            wanted = mask or everything
            self._place(provider, wanted & (row.half_days or everything) or wanted, visits)

    def _place(self, provider: int, half_days: int, visits: int) -> None:
        if self.has_half_days(provider, half_days, visits):
            self.placed[provider][half_days] += visits
            self.placed_visits[provider] += visits

    def has_half_days(self, provider: int, half_days: int, visits: int) -> bool:
        """Whether so many visits more fit into the half-days of the mask."""
        wanted = Counter(self.placed[provider])
        wanted[half_days] += visits
        return bool(half_days) and not crowded(self.half_days[provider].tolist(), wanted)


def units_of(minutes: int | None, unit: int) -> int:
    """Whole units of so many minutes in a capacity; NO_LIMIT for None."""
    return NO_LIMIT if minutes is None else minutes // unit


def units_left(row: ProviderRow, unit: int) -> int:
    """Whole units beside what is booked; NO_LIMIT for a provider without a limit."""
    return units_of(None if row.minutes is None else row.minutes - row.booked_minutes, unit)


def empty_room(situation: Situation, rows: Sequence[ProviderRow]) -> Room:
    """The room with each provider beside what is booked already."""
    rules = situation.rules
    positions = {row.id: position for position, row in enumerate(rows)}
    bound: list[set[int]] = [set() for _ in rows]
    for bond in situation.bonds:
        if bond.provider in positions:
            bound[positions[bond.provider]].add(bond.elder)
    has_most_pairs = rules.holds(Rule.PAIRS_FULL)
    half_days = np.full((len(rows), rules.half_days), NO_LIMIT, np.int64)
    for position, row in enumerate(rows if rules.holds(Rule.HALF_DAY_FULL) else ()):
        homes = rules.enterprise_homes if row.enterprise else rules.volunteer_homes
        half_days[position] = (homes if row.homes_per_half_day is None else row.homes_per_half_day) * rules.weeks
        if row.booked_half_days:
            booked = row.booked_half_days[: rules.half_days]
            half_days[position, : len(booked)] -= booked
    room = Room(
        units=np.array([units_left(row, situation.unit) for row in rows], np.int64),
        visits=np.array(
            [(NO_LIMIT if row.visits is None else row.visits) - row.booked_visits for row in rows], np.int64
        ),
        half_days=np.maximum(half_days, 0),
        placed=[Counter() for _ in rows],
        placed_visits=np.zeros(len(rows), np.int64),
        lasting=np.array(
            [
                NO_LIMIT if row.enterprise or not has_most_pairs else rules.lasting_elders - len(bound[position])
                for position, row in enumerate(rows)
            ],
            np.int64,
        ),
        elders=[set(row.booked_elders) for row in rows],
        bound=bound,
    )
    for position, row in enumerate(rows):
        room.place_undated(position, row, (1 << rules.half_days) - 1)
    return room
