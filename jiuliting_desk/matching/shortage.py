"""Where hours are short on the spot: a few providers and more needs that only they can serve than their time holds."""

from dataclasses import dataclass

import numpy as np

from jiuliting_desk.matching.problem import Ints, Problem

MOST_GROWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """Positions in the problem; whatever the plan, not all of these needs can be served."""

    providers: tuple[int, ...]
    needs: tuple[int, ...]
    """Those whose every candidate is one of the providers."""
    asked: int
    """Units of time, or visits, that the needs want together."""
    room: int
    """What the providers have left for them."""
    in_visits: bool = False


class Shortages:
    """The shortages of one problem; each is looked for among the providers and needs about one need only."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._starts = problem.starts()
        self._arcs_of = np.diff(self._starts)
        by_provider = np.argsort(problem.provider, kind="stable")
        self._needs = problem.need[by_provider]
        self._first = np.searchsorted(problem.provider[by_provider], np.arange(problem.providers + 1))
        self._hours = _Load(problem, problem.units, problem.room_units, self._arcs_of)
        self._visits = _Load(problem, problem.visits, problem.room_visits, self._arcs_of)

    def around(self, need: int, *, most: int = MOST_GROWN) -> Shortage | None:
        """The smallest such group found around a need, grown from its candidates by at most so many providers.

        None where the need has no candidate, or where nothing is short within reach.
        """
        mine = self.problem.provider[self._starts[need] : self._starts[need + 1]]
        if not len(mine):
            return None
        found = [self._grown(mine, load, most) for load in (self._hours, self._visits)]
        groups = [group for group in found if group is not None]
        return min(groups, key=lambda group: (len(group.providers), group.in_visits), default=None)

    def _grown(self, start: Ints, load: "_Load", most: int) -> Shortage | None:
        inside = np.sort(start)
        within = np.zeros(self.problem.needs, np.int64)
        for one in inside.tolist():
            within[self._needs_of(one)] += 1
        for _ in range(most + 1):
            confined = np.nonzero((within > 0) & (within == self._arcs_of))[0]
            asked, left = int(load.wanted[confined].sum()), int(load.room[inside].sum())
            if asked > left:
                return Shortage(
                    providers=tuple(inside.tolist()),
                    needs=tuple(confined.tolist()),
                    asked=asked,
                    room=left,
                    in_visits=load is self._visits,
                )
            one = self._neighbour(np.nonzero((within > 0) & (within == self._arcs_of - 1))[0], inside, load)
            if one is None:
                return None
            within[self._needs_of(one)] += 1
            inside = np.sort(np.append(inside, one))
        return None

    def _neighbour(self, needs: Ints, inside: Ints, load: "_Load") -> int | None:
        """Who brings most beyond their own room: these needs, which lack nobody else, and those that have only them."""
        if not len(needs):
            return None
        counts = self._arcs_of[needs]
        offset = np.repeat(np.cumsum(counts) - counts, counts)
        arcs = np.repeat(self._starts[needs], counts) + np.arange(len(offset)) - offset
        arcs = arcs[~np.isin(self.problem.provider[arcs], inside)]
        people, number = np.unique(self.problem.provider[arcs], return_inverse=True)
        brought = np.bincount(number, load.wanted[self.problem.need[arcs]]) + load.alone[people] - load.room[people]
        return int(people[np.argmax(brought)])

    def _needs_of(self, provider: int) -> Ints:
        """Each once: there is one arc of a need and a provider."""
        return self._needs[self._first[provider] : self._first[provider + 1]]


class _Load:
    """What needs want of one kind of time, and what providers have of it."""

    def __init__(self, problem: Problem, load: Ints, room: Ints, arcs_of: Ints) -> None:
        self.wanted = np.zeros(problem.needs, np.int64)
        self.wanted[problem.need] = load
        self.room = np.maximum(room, 0)
        only = arcs_of[problem.need] == 1
        self.alone = np.bincount(problem.provider[only], load[only], problem.providers)
        """Of each provider: what those want who have nobody else."""
