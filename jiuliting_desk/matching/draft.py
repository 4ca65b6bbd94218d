"""A plan being worked on: lines are added and removed one by one, and what each provider has left is kept in step."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from jiuliting_desk.matching.problem import NOBODY, Ints, Problem

SERVED_STEP = 1_000_000
"""Worth of one step of urgency weight in points of quality, where the two are added: more than any move changes."""


class Draft:
    """A choice that holds at every moment, except that trips may be short of homes until ``settle_trips``."""

    def __init__(self, problem: Problem, choice: Ints | None = None) -> None:
        self.problem = problem
        self.need: list[int] = problem.need.tolist()
        self.provider: list[int] = problem.provider.tolist()
        self.quality: list[int] = problem.quality.tolist()
        self.units: list[int] = problem.units.tolist()
        self.visits: list[int] = problem.visits.tolist()
        self.weight: list[int] = problem.weight.tolist()
        self.starts: list[int] = problem.starts().tolist()
        self.choice: list[int] = [NOBODY] * problem.needs
        self.of_provider: list[dict[int, int]] = [{} for _ in range(problem.providers)]
        """Provider -> need -> arc."""
        self.units_left: list[int] = problem.room_units.tolist()
        self.visits_left: list[int] = problem.room_visits.tolist()
        self.lasting_left: list[int] = problem.room_lasting.tolist()
        self._lasting: list[bool] = problem.lasting.tolist()
        self._new_home: list[bool] = problem.new_home.tolist()
        self._elder: list[int] = problem.elder.tolist()
        self._pairs: defaultdict[int, int] = defaultdict(int)
        """Elder and provider in one number -> lines that join two who do not meet anyway."""
        self._bonds: defaultdict[int, int] = defaultdict(int)
        self._homes: list[int] = [0] * problem.providers
        self.homes_at_once: list[int] = problem.homes_at_once.tolist()
        most = np.bincount(problem.provider, problem.visits, problem.providers)
        self._narrow: list[bool] = (most > problem.tightest()).tolist()
        self._tightest: list[int] = problem.tightest().tolist()
        self._steps: list[list[tuple[int, int]]] = [
            [(int(threshold), points) for threshold, points in zip(row, problem.prices, strict=True)]
            for row in problem.thresholds
        ]
        if choice is not None:
            for arc in choice[choice != NOBODY].tolist():
                self.add(arc)

    def arcs_of(self, need: int) -> range:
        """The arcs of a need."""
        return range(self.starts[need], self.starts[need + 1])

    def as_choice(self) -> Ints:
        """The choice as an array."""
        return np.array(self.choice, np.int64)

    def unserved(self) -> list[int]:
        """Needs that somebody could serve and nobody does."""
        return [
            need for need, arc in enumerate(self.choice) if arc == NOBODY and self.starts[need] < self.starts[need + 1]
        ]

    def _pair(self, arc: int) -> int:
        return self._elder[self.need[arc]] * self.problem.providers + self.provider[arc]

    def add(self, arc: int) -> None:
        """Take a line into the plan."""
        provider = self.provider[arc]
        self.choice[self.need[arc]] = arc
        self.of_provider[provider][self.need[arc]] = arc
        self.units_left[provider] -= self.units[arc]
        self.visits_left[provider] -= self.visits[arc]
        pair = self._pair(arc)
        if self._new_home[arc]:
            self._pairs[pair] += 1
            self._homes[provider] += self._pairs[pair] == 1
        if self._lasting[arc]:
            self._bonds[pair] += 1
            self.lasting_left[provider] -= self._bonds[pair] == 1

    def remove(self, need: int) -> int:
        """Take the need's line out of the plan, and give its arc."""
        arc = self.choice[need]
        provider = self.provider[arc]
        self.choice[need] = NOBODY
        del self.of_provider[provider][need]
        self.units_left[provider] += self.units[arc]
        self.visits_left[provider] += self.visits[arc]
        pair = self._pair(arc)
        if self._new_home[arc]:
            self._pairs[pair] -= 1
            self._homes[provider] -= self._pairs[pair] == 0
        if self._lasting[arc]:
            self._bonds[pair] -= 1
            self.lasting_left[provider] += self._bonds[pair] == 0
        return arc

    def fits(self, arc: int) -> bool:
        """Whether the provider has hours, visits, half-days and lasting pairs left for the arc."""
        provider = self.provider[arc]
        if self.units[arc] > self.units_left[provider] or self.visits[arc] > self.visits_left[provider]:
            return False
        if self._lasting[arc] and self.lasting_left[provider] <= 0 and not self._bonds[self._pair(arc)]:
            return False
        return not self._narrow[provider] or self._half_days_fit(arc, provider)

    def _half_days_fit(self, arc: int, provider: int) -> bool:
        mine = self.of_provider[provider].values()
        if self.visits[arc] + sum(self.visits[other] for other in mine) <= self._tightest[provider]:
            return True
        return not self.problem.crowd(provider, [*mine, arc])

    def goes(self, provider: int) -> bool:
        """Whether a provider who wants several homes at once has them; true for all others."""
        return self._homes[provider] >= self.homes_at_once[provider]

    def is_new_home(self, arc: int) -> bool:
        """Whether the arc joins two who do not meet anyway."""
        return self._new_home[arc]

    def may_leave(self, need: int) -> bool:
        """Whether the need's provider still goes without it."""
        arc = self.choice[need]
        provider = self.provider[arc]
        if not self.homes_at_once[provider] or not self._new_home[arc]:
            return True
        is_last = self._pairs[self._pair(arc)] == 1
        return not is_last or self._homes[provider] > self.homes_at_once[provider]

    def worth(self, arc: int) -> int:
        """Points that adding the arc now would bring, in quality."""
        spared = self.problem.same_elder if self._new_home[arc] and self._pairs[self._pair(arc)] else 0
        return self.quality[arc] + spared - self._price(self.provider[arc], self.units[arc])

    def _price(self, provider: int, units: int) -> int:
        load = int(self.problem.room_units[provider]) - self.units_left[provider]
        return sum(
            points * (max(0, load + units - threshold) - max(0, load - threshold))
            for threshold, points in self._steps[provider]
        )

    def value(self, arc: int) -> int:
        """What adding the arc now would bring, served weight and quality in one number."""
        return SERVED_STEP * self.weight[self.need[arc]] + self.worth(arc)

    def settle_trips(self) -> None:
        """Take away the lines of those who do not get the homes together for which they come."""
        for provider, least in enumerate(self.homes_at_once):
            if least and self.of_provider[provider] and not self.goes(provider):
                for need in list(self.of_provider[provider]):
                    self.remove(need)

    def open_trips(self) -> None:
        """Send those who want several homes at once wherever enough waiting needs fit."""
        waiting: defaultdict[int, list[int]] = defaultdict(list)
        for need in self.unserved():
            for arc in self.arcs_of(need):
                if self.homes_at_once[self.provider[arc]] and not self.of_provider[self.provider[arc]]:
                    waiting[self.provider[arc]].append(arc)
        for provider in sorted(waiting):
            for arc in sorted(waiting[provider], key=lambda arc: (-self.value(arc), self.units[arc], arc)):
                if self.choice[self.need[arc]] == NOBODY and self.fits(arc):
                    self.add(arc)
            if not self.goes(provider):
                for need in list(self.of_provider[provider]):
                    self.remove(need)

    def lines(self) -> Iterator[int]:
        """The arcs chosen, by need."""
        return (arc for arc in self.choice if arc != NOBODY)


def drafted(problem: Problem, arcs: Iterable[int]) -> Draft:
    """A draft that takes these arcs in their order, as far as each still fits and brings something."""
    draft = Draft(problem)
    for arc in arcs:
        if draft.choice[draft.need[arc]] == NOBODY and draft.fits(arc) and draft.value(arc) > 0:
            draft.add(arc)
    draft.settle_trips()
    return draft
