"""A plan bettered by exchange: all shifts, swaps and chains of three lines side by side, hours overdrawn at a price.

The best move is made even where it loses, a line does not return at once (tabu), and the price of each provider's
overdrawn hours rises until plans hold again and then falls (strategic oscillation; ejection chains after Yagiura,
Ibaraki and Glover 2004).
"""

from collections.abc import Callable, Iterator
from itertools import count

import numpy as np

from jiuliting_desk.matching.problem import Ints, Problem
from jiuliting_desk.matching.program import Floats

STAY = (2, 6)
"""A line does not return for so many moves, from and below."""
PRICED, DEARER = 10, 1.15
"""After so many moves prices change, at most by this factor."""
LOWEST, HIGHEST = 0.02, 100.0
PATIENCE, SCATTER = 500, 0.3
"""After so many moves without a better plan the best is taken up again, at prices that differ by about this share."""
FORBIDDEN = 1e9


class Exchange:
    """One plan that serves every need, among some of the arcs of its problem."""

    def __init__(self, problem: Problem, worth: Floats, arcs: Ints, choice: Ints, *, seed: int = 0) -> None:
        """``arcs`` are sorted and hold those of the choice; ``worth`` is of every arc of the problem."""
        self._arcs = arcs
        self._need, self._provider = problem.need[arcs], problem.provider[arcs]
        self._starts = np.searchsorted(self._need, np.arange(problem.needs))
        # One place more, which stands for "no such arc" and is found at -1.
        self._worth = np.append(worth[arcs], -FORBIDDEN)
        self._units = np.append(problem.units[arcs], 0).astype(np.float64)
        self._until = np.zeros(len(arcs) + 1, np.int64)
        self._at = np.full((problem.providers, problem.needs), -1, np.int64)
        self._at[self._provider, self._need] = np.arange(len(arcs))
        self._room = np.maximum(0, problem.room_units).astype(np.float64)
        self._draw = np.random.default_rng(seed)
        self._scale = float(np.median(worth[arcs] / np.maximum(1, problem.units[arcs])))
        self._price = np.full(problem.providers, max(self._scale, 1e-9))
        self._take_up(np.searchsorted(arcs, choice))

    def _take_up(self, now: Ints) -> None:
        self._now = now.copy()
        self._load = np.bincount(self._provider[now], self._units[now], len(self._room))
        self._value = float(self._worth[now].sum())

    def run(self, steps: int | None = None, *, over: Callable[[], bool] = lambda: False) -> Iterator[Ints]:
        """Ever better choices that keep to the hours, for so many moves or until it is ``over``."""
        best = self._value if (self._load <= self._room).all() else -np.inf
        best_now, found_at = self._now.copy(), 0
        overdrawn, held = np.zeros(len(self._room)), False
        for step in count(1) if steps is None else range(1, steps + 1):
            if step % 32 == 0 and over():
                return
            self._move(step)
            beyond = self._load > self._room
            overdrawn += beyond
            held |= not beyond.any()
            if not beyond.any() and self._value > best:
                best, best_now, found_at = self._value, self._now.copy(), step
                yield self._arcs[best_now]
            if step % PRICED == 0:
                self._price *= 1 / DEARER if held else 1 + (DEARER - 1) * overdrawn / overdrawn.max()
                np.clip(self._price, LOWEST * self._scale, HIGHEST * self._scale, out=self._price)
                overdrawn[:], held = 0, False
            if step - found_at >= PATIENCE and best > -np.inf:
                self._take_up(best_now)
                found_at = step
                share = np.clip(1 + SCATTER * self._draw.standard_normal(len(self._price)), SCATTER, 1 / SCATTER)
                self._price = self._price.mean() * share

    def _overdraft(self, provider: Ints, more: Floats) -> Floats:
        """What it costs more if providers are given so many units more."""
        load, room = self._load[provider], self._room[provider]
        before: Floats = np.maximum(0, load - room)
        cost: Floats = self._price[provider] * (np.maximum(0, load + more - room) - before)
        return cost

    def _move(self, step: int) -> None:
        """Make the best move of all."""
        need, provider, now = self._need, self._provider, self._now
        home, mine, worth_now = provider[now], self._units[now], self._worth[now]
        relief = -self._overdraft(home, -mine)
        stays = np.where(self._until > step, self._scale * HIGHEST, 0.0)
        into = self._worth[:-1] - worth_now[need] - self._overdraft(provider, self._units[:-1]) - stays[:-1]
        into[now] = -FORBIDDEN
        shift = into + relief[need]
        first, second = self._two_best(into)
        # Chains: an arc comes in, a line of its provider goes elsewhere, or to the provider that has become freer.
        coming = np.nonzero((into > -FORBIDDEN) & (stays[:-1] == 0))[0]
        order = np.argsort(home, kind="stable")
        lines = np.bincount(home, minlength=len(self._room))
        times = lines[provider[coming]]
        arc = np.repeat(coming, times)
        rank = np.arange(len(arc)) - np.repeat(np.cumsum(times) - times, times)
        going = order[(np.cumsum(lines) - lines)[provider[arc]] + rank]
        come, left = need[arc], home[need[arc]]
        inside = self._worth[arc] - worth_now[come] - self._overdraft(provider[arc], self._units[arc] - mine[going])
        place = np.where(provider[first[going]] != left, first[going], second[going])
        onward = np.where(place >= 0, into[place], -FORBIDDEN) + relief[come]
        back = self._at[left, going]
        swap = self._worth[back] - worth_now[going] - self._overdraft(left, self._units[back] - mine[come])
        swap -= stays[back]
        chain = inside + np.maximum(onward, swap)
        best_shift = int(np.argmax(shift))
        best_chain = int(np.argmax(chain)) if len(chain) else -1
        if best_chain < 0 or shift[best_shift] >= chain[best_chain]:
            self._put(best_shift, step)
            return
        goes_back = swap[best_chain] >= onward[best_chain]
        self._put(int(arc[best_chain]), step)
        self._put(int(back[best_chain] if goes_back else place[best_chain]), step)

    def _two_best(self, into: Floats) -> tuple[Ints, Ints]:
        """Of each need the two arcs with the most, -1 for none; every need has an arc."""
        order = np.lexsort((-into, self._need))
        first = order[self._starts]
        has_two = np.diff(np.append(self._starts, len(into))) > 1
        second = np.full(len(first), -1, np.int64)
        second[has_two] = order[self._starts[has_two] + 1]
        return first, second

    def _put(self, arc: int, step: int) -> None:
        need = self._need[arc]
        old = int(self._now[need])
        self._until[old] = step + int(self._draw.integers(*STAY))
        self._load[self._provider[old]] -= self._units[old]
        self._load[self._provider[arc]] += self._units[arc]
        self._value += float(self._worth[arc] - self._worth[old])
        self._now[need] = arc
