"""Neighbourhoods of a plan that are solved anew while the rest stands: providers near one another with their needs."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from jiuliting_desk.matching.problem import NOBODY, Flags, Ints, Problem

NEAR_ARCS = 6
"""The best arcs of a need, by which its providers count as neighbours."""


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

    def sweep(self, choice: Ints, seeds: Ints, providers: int) -> Iterator[list[int]]:
        """Groups of so many providers near one another, each provider in one of them.

        The first groups lie about the first seeds, which are needs.
        """
        used = self._provider_starts[1:] == self._provider_starts[:-1]
        group: list[int] = []
        for start in self._beginnings(seeds):
            while not used[start]:
                group += self._around(choice, start, providers - len(group), used)
                if len(group) == providers:
                    yield group
                    group = []
        if group:
            yield group

    def about(self, choice: Ints, starts: Sequence[int], providers: int) -> list[int]:
        """So many providers: the first few of these, and those near them."""
        used = self._provider_starts[1:] == self._provider_starts[:-1]
        group: list[int] = []
        first = [one for one in starts if not used[one]][: max(1, providers // 4)]
        for count, start in enumerate(first):
            if not used[start]:
                group += self._around(choice, start, (providers - len(group)) // (len(first) - count), used)
        return group

    def _beginnings(self, seeds: Ints) -> Iterator[int]:
        for need in seeds.tolist():
            for arc in self._near[self._near_starts[need] : self._near_starts[need + 1]].tolist():
                yield int(self.problem.provider[arc])
        yield from range(self.problem.providers)

    def _around(self, choice: Ints, start: int, most: int, used: Flags) -> list[int]:
        """The provider and those nearest to them through the needs they serve or could serve best; marks them used."""
        problem = self.problem
        queue, seen = deque([start]), {start}
        found: list[int] = []
        while queue and len(found) < most:
            provider = queue.popleft()
            if not used[provider]:
                used[provider] = True
                found.append(provider)
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
        return found

    def block(self, choice: Ints, providers: list[int], arcs_of_need: int, key: Ints) -> Block:
        """What these providers serve and what waits for them, with at most so many arcs of each need: those of the
        greatest ``key``, and the one it has.
        """
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
        first = key[arcs] + np.where(choice[problem.need[arcs]] == arcs, 1 << 40, 0)
        arcs = arcs[np.sort(best_of(first, problem.need[arcs], arcs_of_need))]
        return Block(needs=np.unique(problem.need[arcs]), providers=members, arcs=arcs)


def best_of(key: Ints, group: Ints, most: int) -> Ints:
    """Positions of the greatest ``most`` of each group; ties by position."""
    order = np.lexsort((np.arange(len(key)), -key, group))
    sorted_group = group[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_group, sorted_group)
    chosen: Ints = order[rank < most]
    return chosen
