"""The arcs a best plan can still take: needs are priced and each provider's hours filled with whole lines.

Lagrangian relaxation of "each need once" (Fisher 1981; for fixing by it Posta, Ferland and Michelon 2012): its bound is
closer than a linear relaxation's, and what it costs to force an arc in tells which arcs no better plan holds.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jiuliting_desk.matching.blocks import best_of
from jiuliting_desk.matching.prices import WIDEST
from jiuliting_desk.matching.problem import Ints, Problem
from jiuliting_desk.matching.program import Floats

MOST_STEPS = 400
PATIENCE, SHRINK, SHORTEST = 10, 0.7, 0.005
"""Steps without gain until they become shorter, by how much, and when they are too short."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Core:
    """What is known of the plans that serve every need."""

    bound: float
    """None is worth more."""
    loss: Floats
    """Of each arc: every plan that takes it stays at least so far below the bound; inf where it never fits."""

    def open_for(self, value: float) -> Ints:
        """The arcs that plans worth at least ``value`` can take."""
        found: Ints = np.nonzero(self.bound - self.loss >= value - 1e-6)[0]
        return found

    def least_lossy(self, problem: Problem, most: int) -> Ints:
        """So many arcs of each need, sorted."""
        key = (-1_000 * np.minimum(self.loss, 1e9)).astype(np.int64)
        return np.sort(best_of(key, problem.need, most))


class _Hours:
    """One provider's arcs and the hours they must share."""

    def __init__(self, problem: Problem, provider: int) -> None:
        self.arcs = np.nonzero(problem.provider == provider)[0]
        self.needs = problem.need[self.arcs]
        self._units = problem.units[self.arcs]
        self._room = max(0, int(problem.room_units[provider]))

    @property
    def is_wide(self) -> bool:
        """Whether so many units bind that filling them takes too long."""
        return self._room > WIDEST and int(self._units.sum()) > self._room

    def fill(self, gain: Floats) -> tuple[float, Ints]:
        """The most gain that fits, and which of the arcs make it up."""
        wanted = np.nonzero(gain > 0)[0]
        if int(self._units[wanted].sum()) <= self._room:
            return float(gain[wanted].sum()), wanted
        best = np.zeros(self._room + 1)
        took = np.zeros((len(wanted), self._room + 1), bool)
        lines = list(zip(wanted.tolist(), self._units[wanted].tolist(), gain[wanted].tolist(), strict=True))
        for row, (_, units, more) in enumerate(lines):
            if units <= self._room:
                with_it = best[: self._room + 1 - units] + more
                np.greater(with_it, best[units:], out=took[row, units:])
                np.maximum(with_it, best[units:], out=best[units:])
        left, taken = self._room, []
        for row in range(len(lines) - 1, -1, -1):
            if took[row, left]:
                taken.append(lines[row][0])
                left -= lines[row][1]
        return float(best[-1]), np.array(taken, np.int64)

    def losses(self, gain: Floats) -> Floats:
        """How much less fits if each arc, one at a time, must be taken."""
        room = min(self._room, int(self._units.sum()))
        wanted = np.nonzero((gain > 0) & (self._units <= room))[0].tolist()
        units, gains = self._units.tolist(), gain.tolist()
        before, after = np.zeros((len(wanted) + 1, room + 1)), np.zeros((len(wanted) + 1, room + 1))
        for row, arc in enumerate(wanted):
            _filled(before[row], units[arc], gains[arc], into=before[row + 1])
        for row in range(len(wanted) - 1, -1, -1):
            _filled(after[row + 1], units[wanted[row]], gains[wanted[row]], into=after[row])
        best = before[-1]
        forced = np.full(len(gain), -np.inf)
        others = np.nonzero((gain <= 0) & (self._units <= room))[0]
        forced[others] = gain[others] + best[room - self._units[others]]
        for row, arc in enumerate(wanted):
            left = room - units[arc]
            forced[arc] = gains[arc] + float((before[row, : left + 1] + after[row + 1, left::-1]).max())
        losses: Floats = best[room] - forced
        return losses


def _filled(best: Floats, units: int, gain: float, *, into: Floats) -> None:
    into[:] = best
    np.maximum(best[units:], best[: len(best) - units] + gain, out=into[units:])


def core_of(
    problem: Problem, worth: Floats, price: Floats, *, reached: float, over: Callable[[], bool] = lambda: False
) -> Core | None:
    """The bound and each arc's loss, by the ``worth`` of arcs, for plans that serve every need.

    ``price`` of each need is where the search for the best prices begins, ``reached`` what a plan is known to be
    worth. None where hours bind that are too many to fill unit by unit. ``over`` is asked between steps.
    """
    people = [_Hours(problem, provider) for provider in range(problem.providers)]
    if any(one.is_wide for one in people):
        return None
    best, best_price = np.inf, price
    length, waited = 1.0, 0
    for _ in range(MOST_STEPS):
        gain = worth - price[problem.need]
        value, times = float(price.sum()), np.zeros(problem.needs)
        for one in people:
            more, taken = one.fill(gain[one.arcs])
            value += more
            times[one.needs[taken]] += 1
        waited = 0 if value < best - 1e-2 else waited + 1
        if value < best:
            best, best_price = value, price
        if waited >= PATIENCE:
            length, waited, price = SHRINK * length, 0, best_price
        short = 1 - times
        if not short.any() or length < SHORTEST or over():
            break
        price = price - length * max(value - reached, 0.5) / float(short @ short) * short
    gain = worth - best_price[problem.need]
    loss = np.full(problem.arcs, np.inf)
    for one in people:
        loss[one.arcs] = one.losses(gain[one.arcs])
    return Core(bound=best, loss=loss)
