"""The quality of a plan that serves everybody bettered where the whole problem is too hard to be solved at once."""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from jiuliting_desk.matching.core import Core, core_of
from jiuliting_desk.matching.exchange import Exchange
from jiuliting_desk.matching.prices import prices_of
from jiuliting_desk.matching.problem import Ints, Problem
from jiuliting_desk.matching.program import Floats, columns_of
from jiuliting_desk.matching.solver import Limits, Scale, solve

PRICING, FIRST_EXCHANGE, OPEN = 0.2, 0.15, 0.7
"""Shares of the time that is left at the beginning, at most: the prices, the first exchange, and what is open yet."""
ROUND = (0.1, 0.2, 0.1)
"""And of each round: exchange, arcs of least loss, groups of providers."""
MOST_ROUNDS, EXCHANGE_STEPS = 2, 1_000
"""Where the caller sets no time: rounds, and moves in each."""
FEW_OPEN, FEWEST_OPEN = 3, 400
"""So many arcs to a need that a better plan can still take are solved whole; and so many in all."""
NARROW = (1.5, 1.75, 2.0, 2.5)
"""Arcs to a need that are solved whole in each round, those of least loss."""
EXCHANGE_ARCS = 6
QUALITY = Scale(quality=1)
MOST_GROUPS, GROUP_PROVIDERS, GROUP_ARCS, GROUP_NODES = 100, (4, 8), 5, 100


class Polish:
    """One choice that serves every need being bettered."""

    def __init__(self, problem: Problem, choice: Ints, limits: Limits, *, offer: Callable[[Ints], bool]) -> None:
        """``offer`` is told each choice that may be better and says whether it is."""
        self.problem = problem
        self.best = choice
        self.limits = limits
        self._seconds = limits.seconds_left()
        self._offer = offer
        self._worth: Floats = columns_of(problem).quality[: problem.arcs]

    @property
    def _quality(self) -> int:
        return self.problem.levels(self.best).quality

    def _take(self, choice: Ints) -> None:
        if self._offer(choice):
            self.best = choice

    def _slot(self, share: float) -> Limits:
        if self._seconds == np.inf or self.limits.deadline is None:
            return self.limits
        return replace(self.limits, deadline=min(self.limits.deadline, time.monotonic() + share * self._seconds))

    def run(self) -> float:
        """As long as there is time, or until the choice is proved the best; gives a bound on the quality."""
        core = self._priced(self._slot(PRICING))
        if core is None:
            return np.inf
        self._exchange(core, 0, self._slot(FIRST_EXCHANGE))
        bound, still_open = core.bound, core.open_for(self._quality + 1)
        if len(still_open) <= max(FEWEST_OPEN, FEW_OPEN * self.problem.needs):
            bound = min(bound, self._solve(still_open, self._slot(OPEN)))
        by_loss = np.argsort(core.loss, kind="stable")
        turn = 0
        while bound >= self._quality + 1 and not self.limits.over():
            if self.limits.deadline is None and turn == MOST_ROUNDS:
                break
            fewer = by_loss[: int(NARROW[turn % len(NARROW)] * self.problem.needs)]
            self._solve(fewer, self._slot(ROUND[1]))
            self._in_groups(core, turn, self._slot(ROUND[2]))
            turn += 1
            self._exchange(core, turn, self._slot(ROUND[0]))
        return bound

    def _priced(self, limits: Limits) -> Core | None:
        # Were an arc worth less than nothing, the relaxation would rather leave its need alone.
        more = 2 * float(np.abs(self._worth).max())
        prices = prices_of(self.problem, self._worth + more, deadline=limits.deadline)
        if prices is None:
            return None
        reached = float(self._quality)
        return core_of(self.problem, self._worth, prices.need - more, reached=reached, over=limits.over)

    def _exchange(self, core: Core, seed: int, limits: Limits) -> None:
        arcs = np.union1d(core.least_lossy(self.problem, EXCHANGE_ARCS), self.best)
        exchange = Exchange(self.problem, self._worth, arcs, self.best, seed=seed)
        for choice in exchange.run(EXCHANGE_STEPS if limits.deadline is None else None, over=limits.over):
            self._take(choice)

    def _solve(self, arcs: Ints, limits: Limits) -> float:
        """Solve on these arcs and those of the choice; a bound on whatever plan takes no others."""
        arcs = np.union1d(arcs, self.best)
        everybody = np.arange(self.problem.needs)
        part, _ = self.problem.restricted(everybody, np.arange(self.problem.providers), arcs)
        start = np.searchsorted(arcs, self.best)
        found = solve(columns_of(part), QUALITY, limits, start=start, must=np.ones(self.problem.needs, bool))
        if found.choice is not None:
            self._take(arcs[found.choice])
        return float(self._quality) if found.complete else max(found.bound, float(self._quality))

    def _in_groups(self, core: Core, seed: int, limits: Limits) -> None:
        """Give the lines of a few providers out anew among them."""
        problem, draw = self.problem, np.random.default_rng(seed)
        near = np.zeros(problem.arcs, bool)
        near[core.least_lossy(problem, GROUP_ARCS)] = True
        few = replace(limits, nodes=GROUP_NODES, restart=False)
        for turn in range(MOST_GROUPS):
            if limits.over():
                return
            size = GROUP_PROVIDERS[turn % len(GROUP_PROVIDERS)]
            members = np.sort(draw.permutation(problem.providers)[:size])
            inside = np.isin(problem.provider, members)
            needs = np.nonzero(inside[self.best])[0]
            if not len(needs):
                continue
            allowed = near.copy()
            allowed[self.best[needs]] = True
            arcs = np.nonzero(inside & allowed & np.isin(problem.need, needs))[0]
            part, _ = problem.restricted(needs, members, arcs)
            start = np.searchsorted(arcs, self.best[needs])
            found = solve(columns_of(part), QUALITY, few, start=start, must=np.ones(len(needs), bool)).choice
            if found is not None and part.levels(found) > part.levels(start):
                choice = self.best.copy()
                choice[needs] = arcs[found]
                self._take(choice)
