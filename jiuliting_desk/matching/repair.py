"""Repair of a draft: needs that wait are let in where others can step aside for them."""

from collections.abc import Callable

from jiuliting_desk.matching.draft import SERVED_STEP, Draft
from jiuliting_desk.matching.problem import NOBODY

MOST_LEAVING = 12
"""So many of a provider's lines, the lightest, are tried to give way for one that waits."""


class Repair:
    """Insert, shift and replace, each only where served weight, then quality, grows."""

    def __init__(
        self,
        draft: Draft,
        *,
        over: Callable[[], bool] = lambda: False,
        moves: int | None = None,
        several: bool = False,
    ) -> None:
        self.draft = draft
        self.several = several
        """Whether several lines may give way for one need that weighs more than they together."""
        self.over = over
        """Asked between needs: whether to end now."""
        self.moves_left = moves
        """So many lines may yet move or give way, each only for a need that would wait; None: any, for quality too."""

    def run(self, *, rounds: int = 4) -> None:
        """Let in what waits, heaviest first, until nothing gains; where any line may move, then to better places."""
        draft, settle = self.draft, self.moves_left is None
        draft.settle_trips()
        for _ in range(rounds):
            gained = False
            for need in sorted(draft.unserved(), key=lambda need: (-draft.weight[need], need)):
                if self.over():
                    return
                if draft.choice[need] == NOBODY:
                    gained |= self.let_in(need)
            draft.open_trips()
            gained |= settle and self.better_places()
            if not gained:
                return

    def let_in(self, need: int) -> bool:
        """Serve ``need`` if that gains; others may move or, where they weigh less, give way."""
        draft = self.draft
        direct = [arc for arc in draft.arcs_of(need) if self._open(arc) and draft.fits(arc)]
        if direct:
            draft.add(max(direct, key=lambda arc: (draft.worth(arc), -arc)))
            return True
        if self.moves_left == 0:
            return False
        for arc in sorted(draft.arcs_of(need), key=lambda arc: (-draft.quality[arc], arc)):
            if self._open(arc) and self._make_room(arc):
                if self.moves_left is not None:
                    self.moves_left -= 1
                return True
        return False

    def _open(self, arc: int) -> bool:
        """Whether the provider may be given more: no trip is begun for one home."""
        return self.draft.goes(self.draft.provider[arc])

    def _make_room(self, arc: int) -> bool:
        """Free the arc's provider of one line, place it elsewhere or give up a lighter one; or give up several."""
        draft = self.draft
        mine = sorted(
            draft.of_provider[draft.provider[arc]],
            key=lambda need: (draft.weight[need], -draft.units[draft.choice[need]], need),
        )
        mine = mine[:MOST_LEAVING]
        return any(self._swap(arc, need) for need in mine) or (self.several and self._clear(arc, mine))

    def _clear(self, arc: int, mine: list[int]) -> bool:
        """Put the arc in place of several needs that weigh less together, the lightest; they may find other places."""
        draft, provider = self.draft, self.draft.provider[arc]
        short_units = draft.units[arc] - draft.units_left[provider]
        short_visits = draft.visits[arc] - draft.visits_left[provider]
        leaving: list[int] = []
        weight = draft.weight[draft.need[arc]]
        for need in mine:
            if short_units <= 0 and short_visits <= 0:
                break
            weight -= draft.weight[need]
            leaving.append(need)
            if weight <= 0 or len(leaving) == self.moves_left:
                return False
            short_units -= draft.units[draft.choice[need]]
            short_visits -= draft.visits[draft.choice[need]]
        if len(leaving) < 2:
            return False
        old = [draft.remove(need) for need in leaving]
        if not draft.fits(arc) or not draft.goes(provider):
            for other in old:
                draft.add(other)
            return False
        draft.add(arc)
        for need in reversed(leaving):
            place = self._place_beside(need, provider)
            if place != NOBODY:
                draft.add(place)
        if self.moves_left is not None:
            self.moves_left -= len(leaving) - 1
        return True

    def _swap(self, arc: int, leaving: int) -> bool:
        """Put the arc in place of the leaving need; undone unless it gains."""
        draft = self.draft
        provider, old = draft.provider[arc], draft.choice[leaving]
        if draft.units_left[provider] + draft.units[old] < draft.units[arc] or not draft.may_leave(leaving):
            return False
        draft.remove(leaving)
        gain = draft.value(arc) - draft.value(old)
        if self.moves_left is not None and draft.weight[draft.need[arc]] == draft.weight[leaving]:
            gain = 0
        if draft.fits(arc) and draft.goes(provider):
            draft.add(arc)
            place = self._place_beside(leaving, provider)
            if place != NOBODY:
                gain += draft.value(place)
            if gain > 0:
                if place != NOBODY:
                    draft.add(place)
                return True
            draft.remove(draft.need[arc])
        draft.add(old)
        return False

    def _place_beside(self, need: int, provider: int) -> int:
        """The best place of a need with anybody but this provider, NOBODY where there is none."""
        draft = self.draft
        best, best_worth = NOBODY, -SERVED_STEP
        for arc in draft.arcs_of(need):
            if draft.provider[arc] != provider and self._open(arc) and draft.fits(arc):
                worth = draft.worth(arc)
                if worth > best_worth:
                    best, best_worth = arc, worth
        return best

    def better_places(self) -> bool:
        """Move single lines to where they are worth more."""
        draft, gained = self.draft, False
        for need, arc in enumerate(draft.choice):
            if arc == NOBODY or not draft.may_leave(need):
                continue
            if need % 256 == 0 and self.over():
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
