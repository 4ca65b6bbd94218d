"""The quality of a plan that serves everybody bettered where the whole problem is too hard to be solved at once."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from jiuliting_desk.matching.blocks import best_of
from jiuliting_desk.matching.core import Core, core_of
from jiuliting_desk.matching.exchange import Exchange
from jiuliting_desk.matching.prices import prices_of
from jiuliting_desk.matching.problem import Ints, Problem
from jiuliting_desk.matching.program import Floats, columns_of
from jiuliting_desk.matching.solver import Limits, Relaxed, Scale, Solved, relax, solve

PRICING, ROUNDING, FIRST_EXCHANGE, OPEN = 0.2, 0.1, 0.15, 0.7
"""Shares of the time that is left at the beginning, at most: prices, a start, the first exchange, what is open yet."""
EXCHANGE, NARROWED, GROUPS = 0.08, 0.2, 0.08
"""And of each turn of what betters the plan."""
MOST_ROUNDS, EXCHANGE_STEPS = 2, 1_000
"""Where the caller sets no time: rounds of all three, and moves in each exchange."""
PRICED_ARCS, ROUND_ARCS, ROUND_NODES, ROUND_SHARE = 10, 10, 20, 16
"""The prices and the start come from so many arcs of each need; one need in so many is let go first, then twice these.
"""
MANY_ARCS = 5_000
"""Of fewer arcs prices are found step by step from rough ones, which leaves fewer open than those of a corner do."""
FEW_OPEN, FEWEST_OPEN = 3, 400
"""So many arcs to a need that a better plan can still take are solved whole; and so many in all."""
NARROW = (1.5, 1.75, 2.0, 2.5)
"""Arcs to a need that are solved whole in each turn, those of least loss."""
EXCHANGE_ARCS = 6
QUALITY = Scale(quality=1)
WHOLE = 0.999
"""What the relaxation takes of an arc from which on it counts as whole."""
MOST_GROUPS, GROUP_SIZES, GROUP_NODES = 100, ((4, 5), (8, 3), (16, 2)), 20
"""So many groups in a turn, by their size: so many providers, and so many arcs of each of their needs."""


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
        self._all = np.ones(problem.needs, bool)

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
        self._round(core, self._slot(ROUNDING))
        self._exchange(core, 0, self._slot(FIRST_EXCHANGE))
        bound, still_open = core.bound, core.open_for(self._quality + 1)
        if len(still_open) <= max(FEWEST_OPEN, FEW_OPEN * self.problem.needs):
            bound = min(bound, self._solve(still_open, self._slot(OPEN)))
        groups = [
            (partial(self._in_groups, core, *size), GROUPS) for size in GROUP_SIZES if size[0] < self.problem.providers
        ]
        ways, shares = zip(
            (partial(self._narrowed, core), NARROWED), *groups, (partial(self._exchange, core), EXCHANGE), strict=True
        )
        turns = [0] * len(ways)
        gains = [np.inf] * len(ways)
        while bound >= self._quality + 1 and not self.limits.over():
            if self.limits.deadline is None and min(turns) == MOST_ROUNDS:
                break
            # What gained most a second the last time; in turn where nothing gains, or no clock may count.
            way = min(range(len(ways)), key=lambda way: (-gains[way], turns[way], way))
            turns[way] += 1
            before, begun = self._quality, time.monotonic()
            ways[way](turns[way], self._slot(shares[way]))
            if self.limits.deadline is not None:
                gains[way] = (self._quality - before) / max(1e-3, time.monotonic() - begun)
        return bound

    def _priced(self, limits: Limits) -> Core | None:
        # Were an arc worth less than nothing, the relaxation would rather leave its need alone.
        more = 2 * float(np.abs(self._worth).max())
        prices = prices_of(self.problem, self._worth + more, deadline=limits.deadline)
        if prices is None:
            return None
        price, reached = prices.need - more, float(self._quality)
        if self.problem.arcs > MANY_ARCS:
            near = np.sort(best_of(np.round(1_000 * prices.net).astype(np.int64), self.problem.need, PRICED_ARCS))
            relaxed = self._relaxed(near, limits)
            if relaxed is not None:
                price = relaxed.duals[: self.problem.needs]
        return core_of(self.problem, self._worth, price, reached=reached, over=limits.over)

    def _relaxed(self, arcs: Ints, limits: Limits) -> Relaxed | None:
        """The linear relaxation on these arcs where every need is served."""
        part = self._part(arcs)
        return relax(columns_of(part), QUALITY, limits, must=self._all)

    def _part(self, arcs: Ints) -> Problem:
        part, _ = self.problem.restricted(np.arange(self.problem.needs), np.arange(self.problem.providers), arcs)
        return part

    def _round(self, core: Core, limits: Limits) -> None:
        """Keep lines that the linear relaxation gives whole and solve the rest; where it has no room, more of it."""
        problem = self.problem
        arcs = core.least_lossy(problem, ROUND_ARCS)
        relaxed = self._relaxed(arcs, limits)
        if relaxed is None:
            return
        need, whole = problem.need[arcs], relaxed.values[: len(arcs)] > WHOLE
        is_kept = np.bincount(need[whole], minlength=problem.needs) > 0
        second = np.full(problem.needs, np.inf)
        np.minimum.at(second, need[~whole], core.loss[arcs[~whole]])
        easiest = np.argsort(np.where(is_kept, second, np.inf), kind="stable")
        easiest, count = easiest[: int(is_kept.sum())], 0
        while not limits.over():
            is_kept[easiest[:count]] = False
            part = arcs[whole | ~is_kept[need]]
            found = self._solved(part, replace(limits, nodes=ROUND_NODES)).choice
            if found is not None:
                self._take(part[found])
            if found is not None or count >= len(easiest):
                return
            count = max(2 * count, problem.needs // ROUND_SHARE, 1)

    def _solved(self, arcs: Ints, limits: Limits, start: Ints | None = None) -> Solved:
        """The best on these arcs where every need is served."""
        return solve(columns_of(self._part(arcs)), QUALITY, limits, start=start, must=self._all)

    def _narrowed(self, core: Core, turn: int, limits: Limits) -> None:
        """Solve on the arcs of least loss alone."""
        most = int(NARROW[(turn - 1) % len(NARROW)] * self.problem.needs)
        self._solve(np.argsort(core.loss, kind="stable")[:most], limits)

    def _exchange(self, core: Core, seed: int, limits: Limits) -> None:
        arcs = np.union1d(core.least_lossy(self.problem, EXCHANGE_ARCS), self.best)
        exchange = Exchange(self.problem, self._worth, arcs, self.best, seed=seed)
        for choice in exchange.run(EXCHANGE_STEPS if limits.deadline is None else None, over=limits.over):
            self._take(choice)

    def _solve(self, arcs: Ints, limits: Limits) -> float:
        """Solve on these arcs and those of the choice; a bound on whatever plan takes no others."""
        arcs = np.union1d(arcs, self.best)
        found = self._solved(arcs, limits, np.searchsorted(arcs, self.best))
        if found.choice is not None:
            self._take(arcs[found.choice])
        return float(self._quality) if found.complete else max(found.bound, float(self._quality))

    def _in_groups(self, core: Core, size: int, most: int, seed: int, limits: Limits) -> None:
        """Give the lines of a few providers out anew among them."""
        problem, draw = self.problem, np.random.default_rng(seed)
        near = np.zeros(problem.arcs, bool)
        near[core.least_lossy(problem, most)] = True
        few = replace(limits, nodes=GROUP_NODES, restart=False)
        for _ in range(MOST_GROUPS):
            if limits.over():
                return
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
