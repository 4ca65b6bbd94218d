"""The planning problem in integers: arcs of needs and providers, capacities, and the levels of a choice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from jiuliting_desk.matching.halfdays import crowded

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOBODY = -1
"""The arc of a need that nobody serves."""


class Levels(NamedTuple):
    """What a plan is worth; compared from the left, more is better."""

    served: int
    """Urgency weight of the needs served."""
    quality: int
    """Points of the pairs and for pairs of people spared, less the price of full months; in ``parts`` of a point."""
    rest: int
    """Weeks since the chosen providers were last asked."""
    kept: int
    """Lines that are as in the last proposal."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Problem:
    """Needs and providers by position; arcs sorted by need, then provider."""

    weight: Ints
    elder: Ints
    """Of each need: needs with the same number are one person's."""
    need: Ints
    provider: Ints
    quality: Ints
    """Of each arc, with the bonus where the pair meets anyway."""
    units: Ints
    visits: Ints
    rest: Ints
    kept: Flags
    lasting: Flags
    """Whether the arc begins a lasting pair."""
    new_home: Flags
    """Whether the elder is not visited by the provider anyway."""
    half_days: Ints
    """Mask of half-days on which both can."""
    room_units: Ints
    """Of each provider."""
    room_visits: Ints
    room_lasting: Ints
    room_half_days: Ints
    """Providers x half-days."""
    placed: tuple[Counter[int], ...]
    """Visits fixed beforehand, by mask of half-days."""
    homes_at_once: Ints
    """Of each provider: new homes needed if any need is taken; 0 or 1 for no wish."""
    promised: Flags
    """Whether they must have these homes, since a line chosen by hand sends them, and the last proposal has them."""
    same_elder: int
    thresholds: Ints
    """Providers x steps: units from which a step's price is due."""
    prices: tuple[int, ...]
    """Points for each unit above each threshold, on top of the step before."""
    parts: int = 1
    """Into so many parts a point of quality is divided, here and in the prices, so that these are whole numbers."""

    @property
    def needs(self) -> int:
        """How many needs there are."""
        return len(self.weight)

    @property
    def providers(self) -> int:
        """How many providers there are."""
        return len(self.room_units)

    @property
    def arcs(self) -> int:
        """How many pairs no rule excludes."""
        return len(self.need)

    def starts(self) -> Ints:
        """Where the arcs of each need begin, and the end of the last."""
        return np.searchsorted(self.need, np.arange(self.needs + 1))

    def levels(self, choice: Sequence[int] | Ints) -> Levels:
        """The worth of a choice: for each need the arc that serves it, or NOBODY."""
        chosen = np.asarray(choice, np.int64)
        arcs = chosen[chosen != NOBODY]
        served = int(self.weight[self.need[arcs]].sum())
        pairs = self.elder[self.need[arcs]] * self.providers + self.provider[arcs]
        new_pairs = len(np.unique(pairs[self.new_home[arcs]]))
        spared = int(self.new_home[arcs].sum()) - new_pairs
        load = np.bincount(self.provider[arcs], self.units[arcs], self.providers).astype(np.int64)
        price = sum(
            points * int(np.maximum(0, load - self.thresholds[:, step]).sum())
            for step, points in enumerate(self.prices)
        )
        return Levels(
            served=served,
            quality=int(self.quality[arcs].sum()) + self.same_elder * spared - price,
            rest=int(self.rest[arcs].sum()),
            kept=int(self.kept[arcs].sum()),
        )

    def breaches(self, choice: Sequence[int] | Ints) -> tuple[str, ...]:
        """What a choice breaks; () where it can be carried out."""
        chosen = np.asarray(choice, np.int64)
        taken = np.nonzero(chosen != NOBODY)[0]
        arcs = chosen[taken]
        if (self.need[arcs] != taken).any():
            return ("an arc of another need",)
        providers = self.provider[arcs]
        found: list[str] = []
        for what, load, room in (("hours", self.units, self.room_units), ("visits", self.visits, self.room_visits)):
            used = np.bincount(providers, load[arcs], self.providers).astype(np.int64)
            over = np.nonzero((used > room) & (used > 0))[0]
            found.extend(f"{what} of {provider}" for provider in over.tolist())
        pairs = self.elder[self.need[arcs]] * self.providers + providers
        begun = np.unique(pairs[self.lasting[arcs]]) % self.providers
        over = np.nonzero(np.bincount(begun, minlength=self.providers) > np.maximum(self.room_lasting, 0))[0]
        found.extend(f"lasting pairs of {provider}" for provider in over.tolist())
        homes = np.bincount(np.unique(pairs[self.new_home[arcs]]) % self.providers, minlength=self.providers)
        goes = (np.bincount(providers, minlength=self.providers) > 0) | self.promised
        found.extend(f"homes of {provider}" for provider in np.nonzero(goes & (homes < self.homes_at_once))[0].tolist())
        found.extend(f"half-days of {provider}" for provider, _ in self.crowds(chosen))
        return tuple(found)

    def crowds(self, choice: Ints) -> list[tuple[int, int]]:
        """(provider, mask): half-days that are asked to hold more visits than they can."""
        arcs = choice[choice != NOBODY]
        used = np.bincount(self.provider[arcs], self.visits[arcs], self.providers).astype(np.int64)
        suspects = np.nonzero((used > 0) & (used > self.tightest()))[0]
        found = []
        for provider in suspects.tolist():
            mine = arcs[self.provider[arcs] == provider]
            mask = self.crowd(provider, mine)
            if mask:
                found.append((provider, mask))
        return found

    def tightest(self) -> Ints:
        """Visits of each provider that fit whatever their half-days are."""
        if not self.room_half_days.shape[1]:
            return np.full(self.providers, np.iinfo(np.int64).max)
        placed = np.array([sum(placed.values()) for placed in self.placed], np.int64)
        tightest: Ints = self.room_half_days.min(axis=1) - placed
        return tightest

    def crowd(self, provider: int, arcs: Sequence[int] | Ints) -> int:
        """The mask of half-days that these arcs of one provider overfill, 0 for none."""
        wanted = Counter(self.placed[provider])
        for arc in arcs:
            wanted[int(self.half_days[arc])] += int(self.visits[arc])
        return crowded(self.room_half_days[provider].tolist(), wanted)

    def half_day_room(self, provider: int, mask: int) -> int:
        """Visits that the half-days of a mask hold beside those placed that can go nowhere else."""
        room = sum(int(left) for half_day, left in enumerate(self.room_half_days[provider]) if mask >> half_day & 1)
        return room - sum(visits for placed, visits in self.placed[provider].items() if placed & ~mask == 0)

    def restricted(self, needs: Ints, providers: Ints, arcs: Ints) -> tuple[Self, Ints]:
        """The problem of some needs, providers and arcs among them (all sorted), and the arcs' old positions."""
        need_position = np.full(self.needs, NOBODY, np.int64)
        need_position[needs] = np.arange(len(needs))
        provider_position = np.full(self.providers, NOBODY, np.int64)
        provider_position[providers] = np.arange(len(providers))
        return (
            type(self)(
                weight=self.weight[needs],
                elder=self.elder[needs],
                need=need_position[self.need[arcs]],
                provider=provider_position[self.provider[arcs]],
                quality=self.quality[arcs],
                units=self.units[arcs],
                visits=self.visits[arcs],
                rest=self.rest[arcs],
                kept=self.kept[arcs],
                lasting=self.lasting[arcs],
                new_home=self.new_home[arcs],
                half_days=self.half_days[arcs],
                room_units=self.room_units[providers],
                room_visits=self.room_visits[providers],
                room_lasting=self.room_lasting[providers],
                room_half_days=self.room_half_days[providers],
                placed=tuple(self.placed[provider] for provider in providers.tolist()),
                homes_at_once=self.homes_at_once[providers],
                promised=self.promised[providers],
                same_elder=self.same_elder,
                thresholds=self.thresholds[providers],
                prices=self.prices,
                parts=self.parts,
            ),
            arcs,
        )


def nobody(problem: Problem) -> Ints:
    """The choice that serves no need."""
    return np.full(problem.needs, NOBODY, np.int64)


def without_prices(problem: Problem) -> Problem:
    """The same with full months at no price: what may be chosen, and what it serves, stay."""
    return replace(problem, thresholds=problem.thresholds[:, :0], prices=())
