"""Neighbourhoods of a plan that are solved anew while the rest stands: providers near one another with their needs."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from jiuliting_desk.matching.problem import NOBODY, Flags, Ints, Problem

NEAR_ARCS = 6
"""The best arcs of a need, by which its providers count as neighbours."""
WEIGHT_OF_OWN = 8
"""Arcs in a block for each need that one of its providers serves, roughly."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Block:
    """Positions in the whole problem, all sorted: what may change, with nothing outside touched by it."""

    needs: Ints
    providers: Ints
    arcs: Ints


class Blocks:
    """How the providers of a problem lie to one another."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._near = best_of(problem.quality, problem.need, NEAR_ARCS)
        order = np.lexsort((self._near, -problem.quality[self._near], problem.need[self._near]))
        self._near = self._near[order]
        self._near_starts = np.searchsorted(problem.need[self._near], np.arange(problem.needs + 1))
        self._by_provider = np.argsort(problem.provider, kind="stable")
        self._provider_starts = np.searchsorted(problem.provider[self._by_provider], np.arange(problem.providers + 1))

    def sweep(self, choice: Ints, seeds: Ints, arcs: int) -> Iterator[list[int]]:
        """Groups of providers with about so many arcs among what they serve and what waits; each provider in one.

        The first groups lie about the first seeds, which are needs.
        """
        current = choice[self.problem.need]
        owner = np.where(current == NOBODY, NOBODY, self.problem.provider[np.maximum(current, 0)])
        own = np.bincount(self.problem.provider[owner == self.problem.provider], minlength=self.problem.providers)
        size = (WEIGHT_OF_OWN * own + 1).tolist()
        used = self._provider_starts[1:] == self._provider_starts[:-1]
        group: list[int] = []
        left = arcs
        for start in self._beginnings(seeds):
            while not used[start]:
                found, left = self._around(choice, start, left, size, used)
                group += found
                if left <= 0:
                    yield group
                    group, left = [], arcs
        if group:
            yield group

    def _beginnings(self, seeds: Ints) -> Iterator[int]:
        for need in seeds.tolist():
            for arc in self._near[self._near_starts[need] : self._near_starts[need + 1]].tolist():
                yield int(self.problem.provider[arc])
        yield from range(self.problem.providers)

    def _around(self, choice: Ints, start: int, left: int, size: list[int], used: Flags) -> tuple[list[int], int]:
        """The provider and those nearest to them through the needs they serve or could serve best; marks them used."""
        problem = self.problem
        queue, found, seen = deque([start]), [], {start}
        while queue and left > 0:
            provider = queue.popleft()
            if not used[provider]:
                used[provider] = True
                found.append(provider)
                left -= size[provider]
            mine = self._by_provider[self._provider_starts[provider] : self._provider_starts[provider + 1]]
            needs = problem.need[mine]
            taken = needs[choice[needs] == mine]
            waiting = needs[choice[needs] == NOBODY][:NEAR_ARCS]
            for need in (*taken.tolist(), *waiting.tolist()):
                for arc in self._near[self._near_starts[need] : self._near_starts[need + 1]].tolist():
                    other = int(problem.provider[arc])
                    if other not in seen:
                        seen.add(other)
                        queue.append(other)
        return found, left

    def block(self, choice: Ints, providers: list[int], arcs_of_need: int) -> Block:
        """What these providers serve and what waits for them, with at most so many arcs of each need."""
        problem = self.problem
        members = np.array(sorted(providers), np.int64)
        arcs = np.concatenate(
            [self._by_provider[self._provider_starts[one] : self._provider_starts[one + 1]] for one in members.tolist()]
        )
        current = choice[problem.need[arcs]]
        inside = np.zeros(problem.providers, bool)
        inside[members] = True
        movable = (current == NOBODY) | inside[problem.provider[np.maximum(current, 0)]]
        arcs = np.sort(arcs[movable])
        key = problem.quality[arcs] + np.where(choice[problem.need[arcs]] == arcs, 1 << 30, 0)
        arcs = arcs[np.sort(best_of(key, problem.need[arcs], arcs_of_need))]
        return Block(needs=np.unique(problem.need[arcs]), providers=members, arcs=arcs)


def best_of(key: Ints, group: Ints, most: int) -> Ints:
    """Positions of the greatest ``most`` of each group; ties by position."""
    order = np.lexsort((np.arange(len(key)), -key, group))
    sorted_group = group[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_group, sorted_group)
    chosen: Ints = order[rank < most]
    return chosen
