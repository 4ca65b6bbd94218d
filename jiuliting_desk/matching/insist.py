"""What if we insist: a need is given to a candidate all the same, and what that costs the rest of the plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from jiuliting_desk.matching.cheapest import Cheapest
from jiuliting_desk.matching.draft import Draft
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.problem import NOBODY, Ints

MOST_TRIED = 3
"""Candidates tried where nobody is named."""
MOST_PAIRED = 24
"""Of a provider with more lines, so many of the lightest are tried two by two."""

LEAST = (0, 1, 0)
"""The least that a need can cost which a best plan leaves out: one as heavy gives way and nobody moves."""
NOTHING = (0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A line that goes to somebody else."""

    need: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Insisted:
    """A plan with the need forced in, as what it changes."""

    need: int
    provider: int
    lost: tuple[int, ...]
    """Needs that nobody serves any more."""
    lost_weight: int
    gained: tuple[int, ...]
    """Needs beside this one that can be served after all."""
    gained_by: tuple[int, ...]
    """Who goes to each of them."""
    gained_weight: int
    """With that of this need."""
    moved: tuple[Moved, ...]
    least: bool = False
    """Whether it is proved that no other way costs less."""

    @property
    def order(self) -> tuple[int, int, int]:
        """Less is better: weight lost on balance, needs lost, lines moved."""
        return (self.lost_weight - self.gained_weight, len(self.lost), len(self.moved))

    def carried_out(self, pairs: Mapping[int, int]) -> dict[int, int]:
        """The other lines once this is done, by need, where ``pairs`` are those of the plan."""
        gone = {self.need, *self.lost}
        stay = {need: provider for need, provider in pairs.items() if need not in gone}
        return (
            stay | {line.need: line.after for line in self.moved} | dict(zip(self.gained, self.gained_by, strict=True))
        )


class Insistence:
    """One plan as a draft in which needs are forced in and taken out again."""

    def __init__(self, plan: Plan, *, is_loose: bool = False, comes_for_one: int = NOBODY) -> None:
        """``is_loose``: whether its lines were fixed until now, so that it may serve less than the best.

        The provider at the position ``comes_for_one`` wants several homes at once and comes for one.
        """
        self._plan = plan
        self._short: dict[int, Insistence] = {}
        """For providers who want several homes at once: the same where they come for one."""
        self.table = plan.table
        self.problem = plan.table.problem
        if comes_for_one != NOBODY:
            homes = self.problem.homes_at_once.copy()
            homes[comes_for_one] = 1
            self.problem = replace(self.problem, homes_at_once=homes)
        self.draft = Draft(self.problem, plan.choice)
        self._before = list(self.draft.choice)
        self._is_loose = is_loose or comes_for_one != NOBODY
        self._serves_most = plan.bound.served == plan.levels.served and comes_for_one == NOBODY
        self._position = {need.id: place for place, need in enumerate(plan.table.needs)}

    def tell(self, need_id: int, provider_id: int | None = None, *, anew: bool = True) -> Insisted | None:
        """What it costs at least to serve the need by this candidate, or by whoever costs least.

        What is told can be carried out as it is, and ``least`` says whether nothing costs less. None where
        no candidate can take it however many give way, where the one named is none, and for needs that the plan holds
        fixed. Whoever wants several homes at once is chosen as one who gets them, and what is told is what follows by
        hand: a line put in so stands though they come for it alone. ``anew``: whether to solve what is about the need
        anew, some hundredths of a second, where moving a few lines by rule leaves doubt.
        """
        draft, position = self.draft, self._position.get(need_id)
        if position is None:
            return None
        arcs = sorted(draft.arcs_of(position), key=lambda arc: (-draft.quality[arc], arc))
        if provider_id is not None:
            arcs = [arc for arc in arcs if self._provider(draft.provider[arc]) == provider_id]
        if not arcs:
            return None
        found = self.by_one_of(position, arcs, anew=anew)
        chosen = provider_id if found is None else found.provider
        if chosen is None:
            return None
        place = self.table.pool.position[chosen]
        arcs = [arc for arc in arcs if draft.provider[arc] == place]
        if draft.homes_at_once[place] < 2 or not any(draft.is_new_home(arc) for arc in arcs):
            return found
        told = self._coming_short(place).by_one_of(position, arcs, anew=anew)
        if told is not None and self._stands_by_hand(told, place):
            return told
        return None if found is None else replace(found, least=False)

    def _coming_short(self, provider: int) -> "Insistence":
        """The same where a provider who wants several homes at once comes for one."""
        if provider not in self._short:
            self._short[provider] = Insistence(self._plan, comes_for_one=provider)
        return self._short[provider]

    def _stands_by_hand(self, told: Insisted, provider: int) -> bool:
        """Whether others go to this provider, beside the one line put in by hand, as the plan wants it then."""
        elders = {need.id: need.elder for need in self.table.needs}
        pairs = told.carried_out({line.need: line.provider for line in self._plan.lines})
        beside = {elders[need] for need, one in pairs.items() if one == told.provider and need in elders}
        others = beside - {elders[told.need]} - self.table.room.elders[provider]
        return not beside or len(others) + 1 >= self.draft.homes_at_once[provider]

    def by_one_of(self, position: int, arcs: list[int], *, anew: bool) -> Insisted | None:
        """What it costs at least to serve the need by one of these arcs, the best of which come first."""
        found = [told for arc in arcs[:MOST_TRIED] if (told := self._forced(arc)) is not None]
        best = min(found, key=_rank, default=None)
        is_enough = best is not None and best[0].order <= LEAST and not self._is_loose
        if best is not None and (is_enough or not anew):
            least = LEAST if self._before[position] == NOBODY else NOTHING
            return replace(best[0], least=self._serves_most and best[0].order == least)
        if not anew:
            return None
        choice, is_least = self._cheapest.choice(position, np.array(sorted(arcs)), None if best is None else best[1])
        solved = None if choice is None else self._told(position, choice)
        if solved is None or (best is not None and best[0].order <= solved.order):
            return None if best is None else replace(best[0], least=is_least)
        return replace(solved, least=is_least)

    def _provider(self, place: int) -> int:
        return self.table.pool.rows[place].id

    @cached_property
    def _cheapest(self) -> Cheapest:
        return Cheapest(self.problem, np.array(self._before, np.int64))

    def _forced(self, arc: int) -> tuple[Insisted, Ints] | None:
        best: tuple[tuple[int, int], tuple[int, ...]] | None = None
        for leaving in self._leavings(arc):
            cost = self._put(arc, leaving)
            if cost is not None and (best is None or cost < best[0]):
                best = cost, leaving
            self._restore()
            if best is not None and (best[0][0] == 0 or len(leaving) > 2):
                break
        if best is None:
            return None
        self._put(arc, best[1])
        self._step_aside(arc)
        self._refill()
        choice = self.draft.as_choice()
        self._restore()
        told = self._told(self.draft.need[arc], choice)
        return None if told is None else (told, choice)

    def _leavings(self, arc: int) -> Iterator[tuple[int, ...]]:
        """Lines of the arc's provider that could give way: none, each one, the lightest two by two, more and more."""
        draft = self.draft
        mine = sorted(
            draft.of_provider[draft.provider[arc]].keys() - {draft.need[arc]},
            key=lambda need: (draft.weight[need], -draft.units[draft.choice[need]], need),
        )
        yield ()
        yield from ((need,) for need in mine)
        yield from combinations(mine[:MOST_PAIRED], 2)
        yield from (tuple(mine[:count]) for count in range(3, len(mine) + 1))

    def _put(self, arc: int, leaving: tuple[int, ...]) -> tuple[int, int] | None:
        """Put the arc in place of those that leave: (weight lost, lines moved or lost); None where it does not go."""
        draft, provider, mine = self.draft, self.draft.provider[arc], self.draft.need[arc]
        if draft.choice[mine] != NOBODY:
            if not draft.may_leave(mine):
                return None
            draft.remove(mine)
        spare_units = draft.units_left[provider] + sum(draft.units[draft.choice[need]] for need in leaving)
        spare_visits = draft.visits_left[provider] + sum(draft.visits[draft.choice[need]] for need in leaving)
        if spare_units < draft.units[arc] or spare_visits < draft.visits[arc]:
            return None
        for need in leaving:
            draft.remove(need)
        if not draft.fits(arc):
            return None
        draft.add(arc)
        lost = 0
        for need in sorted(leaving, key=lambda need: (-draft.weight[need], need)):
            if not self._place(need):
                lost += draft.weight[need]
        return (lost, len(leaving)) if draft.goes(provider) else None

    def _place(self, need: int) -> bool:
        """Serve a need by whoever has room for it, best first; gives whether anybody had."""
        draft = self.draft
        fitting = [arc for arc in draft.arcs_of(need) if draft.goes(draft.provider[arc]) and draft.fits(arc)]
        if fitting:
            draft.add(max(fitting, key=lambda arc: (draft.worth(arc), -arc)))
        return bool(fitting)

    def _step_aside(self, arc: int) -> None:
        """Needs that lost their line are served where one other line can go elsewhere for them."""
        draft = self.draft
        lost = [
            need
            for need, before in enumerate(self._before)
            if before != NOBODY and draft.choice[need] == NOBODY and need != draft.need[arc]
        ]
        for need in sorted(lost, key=lambda need: (-draft.weight[need], need)):
            for place in sorted(draft.arcs_of(need), key=lambda place: (-draft.quality[place], place)):
                if self._swapped(place, draft.need[arc]):
                    break

    def _swapped(self, arc: int, kept: int) -> bool:
        """Put an arc in where one line of its provider, but not that of ``kept``, finds another place."""
        draft, provider = self.draft, self.draft.provider[arc]
        if not draft.goes(provider):
            return False
        short_units = draft.units[arc] - draft.units_left[provider]
        short_visits = draft.visits[arc] - draft.visits_left[provider]
        for other in sorted(draft.of_provider[provider].keys() - {kept})[:MOST_PAIRED]:
            old = draft.choice[other]
            if draft.units[old] < short_units or draft.visits[old] < short_visits or not draft.may_leave(other):
                continue
            draft.remove(other)
            if draft.fits(arc):
                draft.add(arc)
                if draft.goes(provider) and self._place(other):
                    return True
                draft.remove(draft.need[arc])
            draft.add(old)
        return False

    def _refill(self) -> None:
        """What was freed may serve others who wait."""
        draft = self.draft
        for need in sorted(draft.unserved(), key=lambda need: (-draft.weight[need], need)):
            self._place(need)

    def _told(self, mine: int, choice: Ints) -> Insisted | None:
        draft, needs = self.draft, self.table.needs
        if self.problem.breaches(choice):
            return None
        lost, gained, moved = [], [], []
        for place, (before, after) in enumerate(zip(self._before, choice.tolist(), strict=True)):
            if before == after or place == mine:
                continue
            if after == NOBODY:
                lost.append(place)
            elif before == NOBODY:
                gained.append(place)
            else:
                old, new = self._provider(draft.provider[before]), self._provider(draft.provider[after])
                moved.append(Moved(need=needs[place].id, before=old, after=new))
        own = draft.weight[mine] if self._before[mine] == NOBODY else 0
        return Insisted(
            need=needs[mine].id,
            provider=self._provider(draft.provider[int(choice[mine])]),
            lost=tuple(needs[place].id for place in lost),
            lost_weight=sum(draft.weight[place] for place in lost),
            gained=tuple(needs[place].id for place in gained),
            gained_by=tuple(self._provider(draft.provider[int(choice[place])]) for place in gained),
            gained_weight=own + sum(draft.weight[place] for place in gained),
            moved=tuple(moved),
        )

    def _restore(self) -> None:
        """As the plan has it."""
        draft = self.draft
        changed = [place for place, arc in enumerate(draft.choice) if arc != self._before[place]]
        for place in changed:
            if draft.choice[place] != NOBODY:
                draft.remove(place)
        for place in changed:
            if self._before[place] != NOBODY:
                draft.add(self._before[place])


def _rank(found: tuple[Insisted, Ints]) -> tuple[tuple[int, int, int], int]:
    return (found[0].order, found[0].provider)
