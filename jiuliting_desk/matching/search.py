"""The search for a choice: a quick draft, its repair, and the solver on whole programs or on blocks."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from jiuliting_desk.matching.draft import Draft, drafted
from jiuliting_desk.matching.problem import NOBODY, Ints, Problem
from jiuliting_desk.matching.program import columns_of
from jiuliting_desk.matching.repair import Repair
from jiuliting_desk.matching.solver import Limits, Scale, relax, solve

COMBINED = Scale(served=20_000, quality=1)
BEST_ARCS = 20
WHOLE_ARCS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What no plan can exceed."""

    served: int
    quality: int | None = None
    """At this served weight; None where it is not known."""
    proved: bool = False
    """Whether the plan is proved best at every level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who looks on while the search goes."""

    progress: Callable[[int, int], None] | None = None
    found: Callable[[Ints, Bound], None] | None = None
    stop: Callable[[], bool] | None = None
    deadline: float | None = None

    def over(self) -> bool:
        """Whether to end now with the best so far."""
        late = self.deadline is not None and time.monotonic() >= self.deadline
        return late or (self.stop is not None and self.stop())

    def step(self, done: int, total: int) -> None:
        """Tell how far the search has come."""
        if self.progress is not None:
            self.progress(done, total)


class Search:
    """One search over one problem; keeps the best choice found."""

    def __init__(self, problem: Problem, watch: Watch) -> None:
        self.problem = problem
        self.watch = watch
        self.best = np.full(problem.needs, NOBODY, np.int64)
        self.levels = problem.levels(self.best)
        self.bound = Bound(served=self._trivial_bound())
        if not problem.arcs:
            self.bound = Bound(served=0, quality=0, proved=True)

    def _trivial_bound(self) -> int:
        reachable = np.unique(self.problem.need)
        return int(self.problem.weight[reachable].sum())

    def offer(self, choice: Ints) -> bool:
        """Keep a choice if it holds and is strictly better than the best so far."""
        levels = self.problem.levels(choice)
        if levels <= self.levels or self.problem.breaches(choice):
            return False
        self.best, self.levels = choice, levels
        if self.watch.found is not None:
            self.watch.found(choice, self.bound)
        return True

    def quick(self, last: Ints) -> tuple[Ints, Bound]:
        """A first plan."""
        problem = self.problem
        if not problem.arcs:
            return self.best, self.bound
        bare = replace(problem, same_elder=0, prices=(), thresholds=np.zeros((problem.providers, 0), np.int64))
        relaxed = relax(columns_of(bare), COMBINED, deadline=self.watch.deadline)
        if relaxed is None:
            order = np.lexsort((-problem.quality, problem.need, -problem.weight[problem.need]))
        else:
            value = relaxed.values[: problem.arcs]
            order = np.lexsort((-problem.quality, -value))
            order = order[value[order] > 1e-6]
        draft = drafted(problem, order.tolist())
        self.offer(draft.as_choice())
        self._repair(draft)
        return self.best, self.bound

    def gentle(self, last: Ints) -> tuple[Ints, Bound]:
        """The last proposal carried over and mended."""
        draft = drafted(self.problem, last[last != NOBODY].tolist())
        self._repair(draft)
        return self.best, self.bound

    def thorough(self, last: Ints) -> tuple[Ints, Bound]:
        """Everything anew."""
        self.quick(last)
        if self.problem.arcs and self.problem.arcs <= WHOLE_ARCS:
            self._whole()
        return self.best, self.bound

    def _repair(self, draft: Draft) -> None:
        Repair(draft, deadline=self.watch.deadline).run(rounds=2, depth=1)
        self.offer(draft.as_choice())

    def _whole(self) -> None:
        """Level after level, each proved, with those before it held."""
        program = columns_of(self.problem)
        held: list[tuple[Scale, float]] = []
        proved = True
        for name in ("served", "quality", "rest", "kept"):
            level = Scale(**{name: 1.0})
            limits = Limits(gap=0.99, deadline=self.watch.deadline)
            found = solve(program, level, limits, start=self.best, at_least=held)
            if found.choice is not None:
                self.offer(found.choice)
            reached = getattr(self.levels, name)
            bound = reached if found.complete else int(np.floor(found.bound + 1e-6))
            proved &= found.complete
            if name == "served":
                self.bound = Bound(served=bound)
            elif name == "quality":
                self.bound = Bound(served=self.bound.served, quality=bound if proved else None)
            held.append((level, reached))
            if self.watch.over():
                return
        self.bound = replace(self.bound, proved=proved)
