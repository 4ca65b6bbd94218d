"""The cheapest plan that serves one need all the same, solved anew: whole where that is small, else about the need."""

from dataclasses import replace
from functools import cached_property

import numpy as np

from jiuliting_desk.matching.blocks import Blocks
from jiuliting_desk.matching.problem import NOBODY, Ints, Problem, without_prices
from jiuliting_desk.matching.program import columns_of
from jiuliting_desk.matching.solver import Limits, Scale, solve

WHOLE_ARCS = 1_500
"""Problems of so many arcs are solved whole."""
ABOUT_PROVIDERS, ABOUT_ARCS = 8, 6
"""Of greater ones so many providers about the need, and arcs of each need there."""
NODES = 5
LIMITS = Limits(nodes=NODES, gap=0.99, few_cuts=True, plain=True)


class Cheapest:
    """A plan's choice, and what comes nearest to it where a need has to be served."""

    def __init__(self, problem: Problem, before: Ints) -> None:
        self._before = before
        kept = np.zeros(problem.arcs, bool)
        kept[before[before != NOBODY]] = True
        # Quality counts lines of needs that were served before, so that none is lost for nothing.
        served = (before != NOBODY)[problem.need].astype(np.int64)
        self._problem = replace(without_prices(problem), quality=served, same_elder=0, kept=kept)
        self._nearness = problem.quality

    @cached_property
    def _blocks(self) -> Blocks:
        return Blocks(replace(self._problem, quality=self._nearness))

    def choice(self, need: int, by: Ints, start: Ints | None) -> tuple[Ints | None, bool]:
        """The choice that serves the need by one of these arcs, loses the least weight, then needs, then moves least.

        ``start`` is one that does serve it. None where none was found; and whether it is proved that none does better.
        """
        problem = self._problem
        needs, members, arcs = self._part(need, by)
        arcs = np.union1d(arcs[problem.need[arcs] != need], by[np.isin(problem.provider[by], members)])
        if start is not None:
            inside = start[needs][start[needs] != NOBODY]
            stays = (np.delete(start, needs) == np.delete(self._before, needs)).all()
            if stays and np.isin(problem.provider[inside], members).all():
                arcs = np.union1d(arcs, inside)
            else:
                start = None
        part, _ = problem.restricted(needs, members, arcs)
        first = None if start is None else _positions(arcs, start[needs])
        program, must = columns_of(part), needs == need
        most = solve(program, Scale(served=1), LIMITS, start=first, must=must)
        served, is_whole = most.choice, problem.arcs <= WHOLE_ARCS
        if served is None:
            return None, is_whole and most.complete
        held = [(Scale(served=1), float(part.levels(served).served))]
        scale = Scale(quality=problem.needs + 1, kept=1)
        found = solve(program, scale, LIMITS, start=served, must=must, at_least=held)
        chosen = served if found.choice is None else found.choice
        choice = self._before.copy()
        choice[needs] = np.where(chosen == NOBODY, NOBODY, arcs[chosen])
        return choice, is_whole and most.complete and found.complete

    def _part(self, need: int, by: Ints) -> tuple[Ints, Ints, Ints]:
        """Needs, providers and arcs that may change: all, or those about the need."""
        problem = self._problem
        if problem.arcs <= WHOLE_ARCS:
            return np.unique(problem.need), np.arange(problem.providers), np.arange(problem.arcs)
        candidates = problem.provider[by[np.argsort(-self._nearness[by], kind="stable")]]
        members = self._blocks.about(self._before, candidates.tolist(), ABOUT_PROVIDERS)
        own = self._before[need]
        if own != NOBODY:
            members = sorted({*members, int(problem.provider[own])})
        block = self._blocks.block(self._before, members, ABOUT_ARCS, self._nearness)
        return np.union1d(block.needs, [need]), block.providers, block.arcs


def _positions(arcs: Ints, choice: Ints) -> Ints:
    return np.where(choice == NOBODY, NOBODY, np.searchsorted(arcs, choice))
