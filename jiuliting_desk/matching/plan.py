"""The best plan for all open needs: what stands, what is proposed, what nobody can serve, and how good it is."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from jiuliting_desk.matching.arcs import Table, lay_out
from jiuliting_desk.matching.problem import NOBODY, Ints, Levels, Problem
from jiuliting_desk.matching.rows import FixedRow, Situation, Source
from jiuliting_desk.matching.search import Bound, Search, Watch, slimmed


class Effort(StrEnum):
    """How far to search."""

    QUICK = "quick"
    """A first plan, at once."""
    GENTLE = "gentle"
    """The last proposal carried over; only what the changes touch may move."""
    THOROUGH = "thorough"
    """Everything anew, as good as it gets; small cases proved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One need and who goes."""

    need: int
    provider: int
    source: Source
    moved: bool = False
    """Whether the last proposal had somebody else."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Plan:
    """A plan that holds: no rule broken but by lines that were fixed, no capacity exceeded by the proposals."""

    lines: tuple[Line, ...]
    """By need."""
    unserved: tuple[int, ...]
    """Needs for which nobody is proposed, by id."""
    levels: Levels
    """Of the proposed lines, without those that were fixed."""
    bound: Bound
    seconds: float
    table: Table
    choice: Ints

    @property
    def gap(self) -> float:
        """How far the served weight may be from the best possible, as a share of it; 0.0 where it is the best."""
        if not self.bound.served:
            return 0.0
        return (self.bound.served - self.levels.served) / self.bound.served

    def points_of(self, quality: int) -> float:
        """Quality as in the levels in whole points, or to the hundredth where hours are priced in parts of a point."""
        parts = self.table.problem.parts
        return quality // parts if quality % parts == 0 else round(quality / parts, 2)

    def provider_of(self, need: int) -> int | None:
        """Who goes to this need, None for nobody."""
        return next((line.provider for line in self.lines if line.need == need), None)

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """(need, provider) of the lines proposed, to be kept as the last proposal."""
        return tuple((line.need, line.provider) for line in self.lines if line.source is Source.PROPOSED)


def plan(
    situation: Situation,
    *,
    effort: Effort = Effort.THOROUGH,
    seconds: float | None = None,
    progress: Callable[[int, int], None] | None = None,
    incumbent: Callable[[Plan], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Plan:
    """The best plan for all open needs of a situation.

    Without ``seconds`` the search ends by its own measure and gives the same plan everywhere; with them it ends by
    then. ``progress(done, total)`` is called between steps, and what it raises ends the search; ``incumbent`` gets
    each better plan; once ``stop()`` is true the best so far is returned.
    """
    begun = time.monotonic()
    table = lay_out(situation)
    deadline = None if seconds is None else begun + seconds
    everything = table.problem
    arcs = slimmed(everything)

    def result(choice: Ints, bound: Bound) -> Plan:
        return _plan(table, np.where(choice == NOBODY, NOBODY, arcs[choice]) if len(arcs) else choice, bound, begun)

    def found(choice: Ints, bound: Bound) -> None:
        if incumbent is not None:
            incumbent(result(choice, bound))

    part = everything
    if len(arcs) < everything.arcs:
        part, _ = everything.restricted(np.arange(everything.needs), np.arange(everything.providers), arcs)
    search = Search(part, Watch(progress=progress, found=found, stop=stop, deadline=deadline), of=everything)
    last = carried_over(part)
    if effort is Effort.QUICK:
        choice, bound = search.quick()
    elif effort is Effort.GENTLE and (last != NOBODY).any():
        choice, bound = search.gentle(last, _called(table))
    else:
        choice, bound = search.thorough(last)
    return result(choice, bound)


def knowing(found: Plan, proved: Plan) -> Plan:
    """A plan, or another of the very same situation that was proved the best, where that is better; known as proved.

    Which proposal each began from makes no difference to how good the best plan is, where it promises the same trips.
    """
    same = replace(found.table.situation, last=()) == replace(proved.table.situation, last=())
    same = same and np.array_equal(found.table.problem.promised, proved.table.problem.promised)
    if not same or not proved.bound.proved or found.bound.proved:
        return found
    served, quality, rest, _ = proved.levels
    bound = Bound(served=served, quality=quality, proved=True)
    if found.levels[:3] == (served, quality, rest):
        return replace(found, bound=bound)
    return _plan(found.table, proved.choice, bound, time.monotonic() - found.seconds)


def carried_over(problem: Problem) -> Ints:
    """The lines of the last proposal that no rule has come to exclude, as a choice that may exceed capacities."""
    choice = np.full(problem.needs, NOBODY, np.int64)
    arcs = np.nonzero(problem.kept)[0]
    choice[problem.need[arcs]] = arcs
    return choice


def let_loose(plan: Plan, need_id: int, provider_id: int) -> Plan | None:
    """The plan with the lines of lasting pairs that hold a need, or a provider's time, as lines of its own.

    So somebody else may have the need, or the provider another one. None where no pair holds either, where the
    plan's lines do not stand without the bonds, and where the room that is won brings a pair another line.
    """
    table, situation = plan.table, plan.table.situation
    pairs = {row.need: row for row in table.fixed if row.source is Source.PAIRING}
    rows = {need: row for need, row in pairs.items() if need == need_id or row.provider == provider_id}
    if not rows:
        return None
    # Those of the provider's pairs that find room beside the need stay, as they will.
    insisted = FixedRow(need=need_id, provider=provider_id, source=Source.CHOSEN)
    staying = {row.need for row in lay_out(replace(situation, fixed=(*situation.fixed, insisted))).fixed}
    rows = {need: row for need, row in rows.items() if need == need_id or need not in staying}
    if not rows or staying - {row.need for row in table.fixed} - {need_id}:
        return None
    bound = {(need.elder, rows[need.id].provider) for need in situation.needs if need.id in rows}
    loose = replace(
        situation,
        fixed=tuple(row for row in table.fixed if rows.get(row.need) is not row),
        # These bonds stay, and count among those one may have; they only hold nothing any more, as the others do.
        bonds=tuple(replace(bond, pinned=(bond.elder, bond.provider) not in bound) for bond in situation.bonds),
        rules=replace(situation.rules, keep_pairings=False),
        last=(*plan.pairs(), *((row.need, row.provider) for row in rows.values())),
    )
    begun, beside = time.monotonic(), lay_out(loose)
    choice = carried_over(beside.problem)
    is_left = any(choice[place] == NOBODY for place, need in enumerate(beside.needs) if need.id in rows)
    if is_left or beside.problem.breaches(choice):
        return None
    return _plan(beside, choice, Bound(served=int(beside.problem.weight.sum())), begun)


def _called(table: Table) -> int:
    """Needs that no rule lets go where the last proposal had them, and those newer than all that it knew."""
    problem, known = table.problem, dict(table.situation.last)
    newest = max(known, default=0)
    stands = np.zeros(problem.needs, bool)
    stands[problem.need[problem.kept]] = True
    return sum(need.id > newest or (need.id in known and not stands[place]) for place, need in enumerate(table.needs))


def _plan(table: Table, choice: Ints, bound: Bound, begun: float) -> Plan:
    problem: Problem = table.problem
    before = dict(table.situation.last)
    lines = [Line(need=row.need, provider=row.provider, source=row.source) for row in table.fixed]
    unserved = []
    for position, arc in enumerate(choice.tolist()):
        need = table.needs[position].id
        if arc == NOBODY:
            unserved.append(need)
            continue
        provider = table.pool.rows[int(problem.provider[arc])].id
        moved = bool(before) and before.get(need, provider) != provider
        lines.append(Line(need=need, provider=provider, source=Source.PROPOSED, moved=moved))
    return Plan(
        lines=tuple(sorted(lines, key=lambda line: line.need)),
        unserved=tuple(unserved),
        levels=problem.levels(choice),
        bound=bound,
        seconds=time.monotonic() - begun,
        table=table,
        choice=choice,
    )
