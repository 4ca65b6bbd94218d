"""The search for a choice: a quick draft, its repair, and the solver on whole programs or on blocks."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from jiuliting_desk.matching.blocks import Block, Blocks, best_of
from jiuliting_desk.matching.closer import closer
from jiuliting_desk.matching.draft import Draft, drafted
from jiuliting_desk.matching.polish import Polish
from jiuliting_desk.matching.prices import Prices, bound_by, prices_of
from jiuliting_desk.matching.problem import NOBODY, Flags, Ints, Problem, without_prices
from jiuliting_desk.matching.program import Program, columns_of
from jiuliting_desk.matching.repair import Repair
from jiuliting_desk.matching.solver import Limits, Scale, Solved, solve

WHOLE_ARCS = 2_000
"""Problems of so many arcs are solved whole and proved."""
WHOLE_PROVIDERS = 40
"""And those of so few providers, whatever their arcs."""
WHOLE_NODES = 5_000
"""Where a whole problem's search ends if the caller sets no time."""
GENTLE_NODES = 20
"""And where one is only to be mended, the search for how much the best of its size would serve."""
PROVED_LEVELS = 3
"""Of a whole problem: served weight, quality with rest, lines kept."""
WHOLE_SHARE = 0.1
"""Of the time given, where a whole problem is not proved by then; the rest goes to a few providers at a time."""
MANY_ARCS, BEST_ARCS, SPREAD_ARCS = 250_000, 12, 12
"""Where a problem has more arcs, each need's best and as many others are searched; the bound holds for all."""
SPREAD = 2_654_435_761
"""Multiplied by it (modulo 2^32), positions come in an order like one by chance, the same each time."""
LEAST_LOSS = 1 << 12
"""Above any quality: arcs are ordered by their loss at the prices, those alike by quality."""
QUALITY_SHARE = 1e-6
"""Worth of a point of quality beside a step of served weight, where prices are sought."""
SERVED_STEPS, SERVED_ARCS, SERVED_SHARE = (200, 25, 150), 6, 0.8
"""Served weight alone is solved in blocks of so many providers, on so many arcs of each need: those of least loss.

Where the caller sets a time, a block gets at most this share of what is left of it.
"""
QUALITY_STEPS, QUALITY_ARCS, QUALITY_GAP = (6, 6, 12, 12, 25, 25, 50, 50, 100), 8, 100.0
"""Then quality in ever greater blocks, each with the weight it serves held, on the arcs of best quality."""
LINE_WORTH = 1_000
"""Points of quality that moving a line must gain there, where others as good serve as much: no pair has many more."""
MOVED_LEAST, MOVED_SHARE, MOVED_EACH = 5, 200, 2
"""A gentle plan moves so many lines, one in so many, and so many for each need that the change has touched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What no plan can exceed."""

    served: int
    quality: int | None = None
    """At this served weight, as in the levels; None where it is not known."""
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


def slimmed(problem: Problem) -> Ints:
    """The arcs to search, sorted: all, or of great problems some of each need and those of the last plan."""
    if problem.arcs <= MANY_ARCS:
        return np.arange(problem.arcs)
    kept = problem.kept.copy()
    kept[best_of(problem.quality, problem.need, BEST_ARCS)] = True
    # Best ones alone lie close together and leave the hours of those farther off unused.
    kept[best_of(np.arange(problem.arcs) * SPREAD % (1 << 32), problem.need, SPREAD_ARCS)] = True
    return np.nonzero(kept)[0]


class Search:
    """One search over one problem; keeps the best choice found."""

    def __init__(self, problem: Problem, watch: Watch, *, of: Problem | None = None) -> None:
        self.problem = problem
        self.all = of or problem
        """What the bound must hold for, where ``problem`` has only the best arcs of it."""
        self.watch = watch
        self.best = np.full(problem.needs, NOBODY, np.int64)
        self.levels = problem.levels(self.best)
        self.prices: Prices | None = None
        self.draw = np.random.default_rng(0)
        self.bound = Bound(served=self._trivial_bound())
        if not problem.arcs:
            self.bound = Bound(served=0, quality=0, proved=True)

    def _trivial_bound(self) -> int:
        reachable = np.unique(self.all.need)
        return int(self.all.weight[reachable].sum())

    def offer(self, choice: Ints) -> bool:
        """Keep a choice if it holds and is strictly better than the best so far."""
        levels = self.problem.levels(choice)
        if levels <= self.levels or self.problem.breaches(choice):
            return False
        self.best, self.levels = choice, levels
        if self.watch.found is not None:
            self.watch.found(choice, self.bound)
        return True

    def price(self) -> Prices | None:
        """Prices of hours and needs, and the bound that follows; None where time is over or nothing is to plan."""
        problem = self.problem
        if not problem.arcs or self.watch.over():
            return None
        worth = problem.weight[problem.need].astype(np.float64)
        worth += QUALITY_SHARE / problem.parts * problem.quality
        prices = prices_of(problem, worth, deadline=self.watch.deadline)
        if prices is not None:
            worth = self.all.weight[self.all.need].astype(np.float64)
            served = int(np.floor(bound_by(self.all, prices, worth) + 1e-6))
            self.bound = replace(self.bound, served=min(self.bound.served, served))
        self.prices = prices
        return prices

    def quick(self) -> tuple[Ints, Bound]:
        """A first plan."""
        problem = self.problem
        prices = self.price()
        value = problem.weight[problem.need] / np.maximum(1, problem.units)
        share = np.zeros(problem.arcs) if prices is None else np.round(prices.share, 2)
        first = ~(problem.kept & problem.promised[problem.provider])
        draft = drafted(problem, np.lexsort((-problem.quality, -value, -share, first)).tolist())
        self.offer(draft.as_choice())
        self._repair(draft)
        return self.best, self.bound

    def gentle(self, last: Ints, called: int = 0) -> tuple[Ints, Bound]:
        """The last proposal carried over and mended: every line that still holds stays, but for a few.

        ``called`` is how many needs the change has left without their line, or brought.
        """
        self.price()
        lines, weight = last[last != NOBODY], self.problem.weight
        # Where they no longer fit together, the heaviest stay.
        draft = drafted(self.problem, sorted(lines.tolist(), key=lambda arc: -weight[self.problem.need[arc]]))
        held = sum(1 for _ in draft.lines())
        called += len(lines) - held
        carried, moves = draft.as_choice(), MOVED_LEAST + held // MOVED_SHARE + MOVED_EACH * called
        self._repair(draft, moves=moves, several=True)
        if 0 < self.problem.arcs <= WHOLE_ARCS and not self.watch.over():
            most = self._prove_served(self._gentle_limits(), take=False)
            if most is not None and self.problem.levels(most).served > self.levels.served:
                self._serve_most(most, carried, moves)
        return self.best, self.bound

    def _serve_most(self, most: Ints, carried: Ints, moves: int) -> None:
        """Serve as much as a choice does with as few lines moved as can be, if these are not too many."""
        held = [(Scale(served=1), float(self.problem.levels(most).served))]
        # Said beforehand, it spares the search among plans that move too many.
        held += [(Scale(kept=1), float((carried != NOBODY).sum() - moves))]
        scale = Scale(kept=LINE_WORTH * self.problem.parts, quality=1)
        found = solve(columns_of(self.problem), scale, self._gentle_limits(), start=most, at_least=held).choice
        if found is not None and int(((carried != NOBODY) & (found != carried)).sum()) <= moves:
            self.offer(found)

    def _gentle_limits(self) -> Limits:
        return replace(self._limits(GENTLE_NODES, plain=True), few_cuts=True)

    def thorough(self, last: Ints) -> tuple[Ints, Bound]:
        """Everything anew, unless the last proposal is better already."""
        self.quick()
        carried = drafted(self.problem, last[last != NOBODY].tolist())
        self.offer(carried.as_choice())
        if self.watch.over():
            return self.best, self.bound
        if self.problem.arcs and (self.problem.arcs <= WHOLE_ARCS or self.problem.providers <= WHOLE_PROVIDERS):
            self._whole()
        elif self.problem.arcs:
            self._in_blocks()
        # What its moves still gain is not left to a gentle plan, which would then move what nothing has touched.
        self._repair(drafted(self.problem, self.best[self.best != NOBODY].tolist()), several=True)
        return self.best, self.bound

    def _repair(self, draft: Draft, *, moves: int | None = None, several: bool = False) -> None:
        Repair(draft, over=self.watch.over, moves=moves, several=several).run(rounds=2)
        self.offer(draft.as_choice())

    def _in_blocks(self) -> None:
        """Solve one neighbourhood after another anew: for served weight in great ones, for quality in growing ones."""
        problem, blocks = self.problem, Blocks(self.problem)
        by_price = problem.quality
        if self.prices is not None:
            by_price = np.round(1000 * self.prices.net).astype(np.int64) * LEAST_LOSS * problem.parts + problem.quality
        served = SERVED_STEPS[:2] if problem.providers <= SERVED_STEPS[0] else SERVED_STEPS
        for step, size in enumerate((*served, *QUALITY_STEPS)):
            self.watch.step(step, len(served) + len(QUALITY_STEPS))
            if step == len(served) and self._is_bare and self.levels.served == self._trivial_bound():
                self._polish(self._limits(WHOLE_NODES if self.watch.deadline is None else None, restart=True))
            if step >= len(served):
                self._sweep(blocks, size, partial(self._raise_quality, blocks))
            elif self.levels.served < self.bound.served:
                self._sweep(blocks, size, partial(self._serve_more, blocks, by_price))

    @property
    def _is_bare(self) -> bool:
        """Whether quality is a sum over arcs and nothing but hours binds, as where items are assigned to agents."""
        problem = self.problem
        visits = np.bincount(problem.provider, problem.visits, problem.providers)
        free = not problem.room_half_days.shape[1] and bool((visits <= problem.room_visits).all())
        return free and not problem.same_elder and not problem.prices

    def _sweep(self, blocks: Blocks, providers: int, solve_block: Callable[[list[int]], None]) -> None:
        """One block after another, until each provider was in one."""
        seeds = self.draw.permutation(np.nonzero(self.best == NOBODY)[0])
        for group in blocks.sweep(self.best, seeds, providers):
            if self.watch.over():
                return
            solve_block(group)

    def _serve_more(self, blocks: Blocks, by_price: Ints, group: list[int]) -> None:
        block = blocks.block(self.best, group, SERVED_ARCS, by_price)
        limits = Limits(nodes=1, gap=0.99, deadline=self._share_of_time(SERVED_SHARE), stop=self.watch.stop)
        self._solve_block(block, Scale(served=1), replace(limits, plain=True, few_cuts=True))

    def _raise_quality(self, blocks: Blocks, group: list[int]) -> None:
        block = blocks.block(self.best, group, QUALITY_ARCS, self.problem.quality)
        gap = QUALITY_GAP * self.problem.parts
        limits = Limits(nodes=1, gap=gap, deadline=self.watch.deadline, stop=self.watch.stop, plain=True)
        self._solve_block(block, Scale(quality=1), limits)

    def _share_of_time(self, share: float) -> float | None:
        """The deadline of a part of the search."""
        if self.watch.deadline is None:
            return None
        now = time.monotonic()
        return now + share * max(0.0, self.watch.deadline - now)

    def _solve_block(self, block: Block, scale: Scale, limits: Limits) -> None:
        """Solve one block anew; for quality, without serving less."""
        if not len(block.arcs):
            return
        part, _ = self.problem.restricted(block.needs, block.providers, block.arcs)
        program = columns_of(part if scale.quality else without_prices(part))
        current = self.best[block.needs]
        start = np.where(current == NOBODY, NOBODY, np.searchsorted(block.arcs, current))
        held = [] if scale.served else [(Scale(served=1), float(part.levels(start).served))]
        found = solve(program, scale, limits, start=start, at_least=held).choice
        if found is not None and part.levels(found) > part.levels(start):
            choice = self.best.copy()
            choice[block.needs] = np.where(found == NOBODY, NOBODY, block.arcs[found])
            self.offer(choice)

    def _whole(self) -> None:
        """Level after level, each proved, with those before it held."""
        self.watch.step(0, PROVED_LEVELS)
        program = columns_of(self.problem)
        limits = self._limits(WHOLE_NODES if self.watch.deadline is None else None, restart=True)
        all_served = self._all_served(program, limits)
        if all_served is not None and all_served.choice is not None:
            self.offer(all_served.choice)
        limits = replace(limits, restart=False, plain=True)
        if not self.watch.over():
            self._prove_served(limits)
        self.watch.step(1, PROVED_LEVELS)
        if self.levels.served < self.bound.served or self.watch.over():
            return
        held = [(Scale(served=1), float(self.levels.served))]
        is_proved = all_served is not None and all_served.complete
        program = closer(self.problem, self.levels.served)
        if (not is_proved or self.problem.rest.any()) and not self._prove_quality(program, limits, held):
            return
        self.bound = replace(self.bound, quality=self.levels.quality)
        self.watch.step(2, PROVED_LEVELS)
        if self.problem.kept.any():
            held += [(Scale(quality=1), float(self.levels.quality)), (Scale(rest=1), float(self.levels.rest))]
            found = solve(program, Scale(kept=1), limits, start=self.best, at_least=held)
            if found.choice is not None:
                self.offer(found.choice)
            if not found.complete:
                return
        self.bound = replace(self.bound, proved=True)

    def _prove_quality(self, program: Program, limits: Limits, held: list[tuple[Scale, float]]) -> bool:
        """The best quality and, at that, the most rest; whether both are proved."""
        most = np.zeros(self.problem.needs, np.int64)
        np.maximum.at(most, self.problem.need, self.problem.rest)
        # A point of quality outweighs all the rest there can be: one search proves both.
        above = int(most.sum()) + 1
        limits = replace(limits, gap=0.5 / above, few_cuts=True, quick_branching=True)
        found = solve(program, Scale(quality=1, rest=1 / above), limits, start=self.best, at_least=held)
        if found.choice is not None:
            self.offer(found.choice)
        self._bound_quality(self.levels.quality if found.complete else found.bound)
        return found.complete

    def _all_served(self, program: Program, limits: Limits) -> Solved | None:
        """The best quality where everybody can be served, without weighing one level against the other."""
        must = np.zeros(self.problem.needs, bool)
        must[self.problem.need] = True
        if self.bound.served < self._trivial_bound():
            return None
        first = replace(limits, deadline=self._share_of_time(WHOLE_SHARE))
        found = solve(program, Scale(quality=1), first, start=self._complete_start(must), must=must)
        if found.choice is None and found.complete:
            return None
        if found.choice is not None and not found.complete:
            self._bound_quality(found.bound)
            self.offer(found.choice)
            if self._polish(limits):
                return Solved(choice=self.best, bound=float(self.levels.quality), complete=True)
        return found

    def _polish(self, limits: Limits) -> bool:
        """Better the quality of a plan that serves whoever can be served; gives whether it is proved the best."""
        needs, arcs = np.unique(self.problem.need), np.arange(self.problem.arcs)
        part, _ = self.problem.restricted(needs, np.arange(self.problem.providers), arcs)

        def offer(found: Ints) -> bool:
            choice = self.best.copy()
            choice[needs] = found
            return self.offer(choice)

        bound = Polish(part, self.best[needs], limits, offer=offer).run()
        self._bound_quality(bound)
        return bound < self.levels.quality + 1

    def _bound_quality(self, bound: float) -> None:
        least = bound if self.bound.quality is None else min(bound, self.bound.quality)
        if least < np.inf:
            self.bound = replace(self.bound, quality=int(np.floor(least + 1e-6)))

    def _complete_start(self, must: Flags) -> Ints | None:
        return self.best if not must[self.best == NOBODY].any() else None

    def _limits(self, nodes: int | None, *, restart: bool = False, plain: bool = False) -> Limits:
        """Of a whole problem's search."""
        return Limits(
            nodes=nodes, gap=0.99, deadline=self.watch.deadline, restart=restart, plain=plain, stop=self.watch.stop
        )

    def _prove_served(self, limits: Limits, *, take: bool = True) -> Ints | None:
        """The most served weight, if it is not known to be reached; gives a choice that serves it, and may take it."""
        if self.levels.served == self.bound.served:
            return None
        found = solve(columns_of(without_prices(self.problem)), Scale(served=1), limits, start=self.best)
        most = self.levels.served
        if found.choice is not None:
            most = max(most, self.problem.levels(found.choice).served)
            if take:
                self.offer(found.choice)
        served = most if found.complete else int(np.floor(min(found.bound, 1e15) + 1e-6))
        self.bound = replace(self.bound, served=min(self.bound.served, served))
        return found.choice
