"""Repair of a draft: needs that wait are let in where others can step aside for them."""

import time
from collections.abc import Sequence

from jiuliting_desk.matching.draft import SERVED_STEP, Draft
from jiuliting_desk.matching.problem import NOBODY

MOST_CROWD = 40
"""A provider with more lines than this is tried with the cheapest of them only."""


class Repair:
    """Insert, shift, replace and move in pairs, each only where served weight, then quality, grows."""

    def __init__(self, draft: Draft, *, deadline: float | None = None, only: Sequence[int] | None = None) -> None:
        self.draft = draft
        self.deadline = deadline
        self.only = None if only is None else frozenset(only)
        """Providers whose lines may be moved; None: any."""

    def run(self, *, rounds: int = 4, depth: int = 2) -> None:
        """Let in what waits, heaviest first, until nothing gains or the deadline has come."""
        draft = self.draft
        draft.settle_trips()
        for _ in range(rounds):
            gained = False
            for need in sorted(draft.unserved(), key=lambda need: (-draft.weight[need], need)):
                if self._late():
                    return
                if draft.choice[need] == NOBODY:
                    gained |= self.let_in(need, depth=depth)
            draft.open_trips()
            gained |= self.better_places()
            if not gained:
                return

    def _late(self) -> bool:
        return self.deadline is not None and time.monotonic() >= self.deadline

    def let_in(self, need: int, *, depth: int = 2) -> bool:
        """Serve ``need`` if that gains; others may move or, where they weigh less, give way."""
        draft = self.draft
        direct = [arc for arc in draft.arcs_of(need) if self._open(arc) and draft.fits(arc)]
        if direct:
            draft.add(max(direct, key=lambda arc: (draft.worth(arc), -arc)))
            return True
        for arc in sorted(draft.arcs_of(need), key=lambda arc: (-draft.quality[arc], arc)):
            if self._open(arc) and self._make_room(arc, depth):
                return True
        return False

    def _open(self, arc: int) -> bool:
        """Whether the provider may be given more: no trip is begun for one home."""
        provider = self.draft.provider[arc]
        return self.draft.goes(provider) and (self.only is None or provider in self.only)

    def _make_room(self, arc: int, depth: int) -> bool:
        """Free the arc's provider of one or two lines, place those elsewhere or give up lighter ones."""
        draft = self.draft
        provider, weight = draft.provider[arc], draft.weight[draft.need[arc]]
        mine = sorted(
            draft.of_provider[provider], key=lambda need: (draft.weight[need], -draft.units[draft.choice[need]], need)
        )[:MOST_CROWD]
        for need in mine:
            if self._swap(arc, [need], weight, depth):
                return True
        for first, one in enumerate(mine):
            for other in mine[first + 1 :]:
                if self._swap(arc, [one, other], weight, 1):
                    return True
        return False

    def _swap(self, arc: int, leaving: Sequence[int], weight: int, depth: int) -> bool:
        """Put the arc in place of the leaving needs; undone unless it gains."""
        draft = self.draft
        provider = draft.provider[arc]
        spare_units = draft.units_left[provider] + sum(draft.units[draft.choice[need]] for need in leaving)
        if spare_units < draft.units[arc] or not all(draft.may_leave(need) for need in leaving):
            return False
        removed, cost = [], 0
        for need in leaving:
            old = draft.remove(need)
            removed.append(old)
            cost += draft.value(old)
        if not draft.fits(arc) or not draft.goes(provider):
            for old in reversed(removed):
                draft.add(old)
            return False
        gain = draft.value(arc) - cost
        draft.add(arc)
        moved: list[tuple[int, int]] = []
        for old in removed:
            gain += self._replace(old, provider, depth, moved)
        if gain > 0 and draft.goes(provider):
            return True
        for need, before in reversed(moved):
            draft.remove(need)
            if before != NOBODY:
                draft.add(before)
        draft.remove(draft.need[arc])
        for old in reversed(removed):
            draft.add(old)
        return False

    def _replace(self, old: int, provider: int, depth: int, moved: list[tuple[int, int]]) -> int:
        """Find the best other place for a need that left; what that brings, 0 where there is none."""
        draft = self.draft
        need = draft.need[old]
        best, best_worth = NOBODY, -SERVED_STEP
        for arc in draft.arcs_of(need):
            if draft.provider[arc] != provider and self._open(arc) and draft.fits(arc):
                worth = draft.worth(arc)
                if worth > best_worth:
                    best, best_worth = arc, worth
        if best != NOBODY:
            gained = draft.value(best)
            draft.add(best)
            moved.append((need, NOBODY))
            return gained
        return self._push_on(need, provider, moved) if depth > 1 else 0

    def _push_on(self, need: int, provider: int, moved: list[tuple[int, int]]) -> int:
        """Place a need where one further line can step aside without loss of weight."""
        draft = self.draft
        for arc in sorted(draft.arcs_of(need), key=lambda arc: (-draft.quality[arc], arc)):
            if draft.provider[arc] == provider or not self._open(arc):
                continue
            for other in sorted(draft.of_provider[draft.provider[arc]])[:MOST_CROWD]:
                gained = self._step_aside(arc, other, moved)
                if gained:
                    return gained
        return 0

    def _step_aside(self, arc: int, other: int, moved: list[tuple[int, int]]) -> int:
        draft = self.draft
        if not draft.may_leave(other):
            return 0
        before = draft.remove(other)
        cost = draft.value(before)
        if draft.fits(arc) and draft.goes(draft.provider[arc]):
            gained = draft.value(arc)
            draft.add(arc)
            for place in draft.arcs_of(other):
                if draft.provider[place] != draft.provider[arc] and self._open(place) and draft.fits(place):
                    gained += draft.value(place) - cost
                    draft.add(place)
                    moved.append((other, before))
                    moved.append((draft.need[arc], NOBODY))
                    return gained
            draft.remove(draft.need[arc])
        draft.add(before)
        return 0

    def better_places(self) -> bool:
        """Move single lines to where they are worth more."""
        draft, gained = self.draft, False
        for need, arc in enumerate(draft.choice):
            if arc == NOBODY or not draft.may_leave(need) or (self.only and draft.provider[arc] not in self.only):
                continue
            if need % 256 == 0 and self._late():
                return gained
            draft.remove(need)
            best, best_worth = arc, draft.worth(arc)
            for place in draft.arcs_of(need):
                if place != arc and self._open(place) and draft.fits(place):
                    worth = draft.worth(place)
                    if worth > best_worth:
                        best, best_worth = place, worth
            draft.add(best)
            gained |= best != arc
        return gained
