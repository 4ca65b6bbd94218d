"""What if: one volunteer more, one who stops, a certificate that lapses - planned again and set beside the plan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from jiuliting_desk.matching.changes import Change, changed
from jiuliting_desk.matching.insist import Insisted, Moved
from jiuliting_desk.matching.plan import Effort, Plan, plan
from jiuliting_desk.matching.rows import FixedRow, Situation, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two plans for the same needs side by side."""

    gained: tuple[int, ...]
    """Needs that only the second serves."""
    lost: tuple[int, ...]
    moved: tuple[Moved, ...]
    """Needs that both serve, by other people."""
    served_before: int
    """Urgency weight of the needs served."""
    served_after: int
    lines_before: int
    lines_after: int

    @property
    def weight(self) -> int:
        """Urgency weight that the second serves more."""
        return self.served_after - self.served_before


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Outcome:
    """The plan that would be, and how it differs from the one that is."""

    plan: Plan
    difference: Difference


def difference(before: Plan, after: Plan) -> Difference:
    """What the second plan does otherwise; needs that it does not know are left out."""
    weights = {need.id: need.weight for need in after.table.situation.needs}
    old = {line.need: line.provider for line in before.lines if line.need in weights}
    new = {line.need: line.provider for line in after.lines}
    return Difference(
        gained=tuple(sorted(new.keys() - old.keys())),
        lost=tuple(sorted(old.keys() - new.keys())),
        moved=tuple(
            Moved(need=need, before=old[need], after=new[need])
            for need in sorted(new.keys() & old.keys())
            if new[need] != old[need]
        ),
        served_before=sum(weights[need] for need in old),
        served_after=sum(weights[need] for need in new),
        lines_before=len(old),
        lines_after=len(new),
    )


def what_if(
    before: Plan,
    changes: Iterable[Change],
    *,
    lines: Iterable[tuple[int, int]] = (),
    effort: Effort = Effort.GENTLE,
    seconds: float | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The plan if these changes held, from the plan that is: only what they touch moves. Nothing is written.

    ``lines`` are pairs (need, provider) to begin with beside those of the plan.
    """
    return planned_beside(
        before,
        changed(before.table.situation, changes),
        lines=lines,
        effort=effort,
        seconds=seconds,
        progress=progress,
        stop=stop,
    )


def planned_beside(
    before: Plan,
    situation: Situation,
    *,
    lines: Iterable[tuple[int, int]] = (),
    effort: Effort = Effort.GENTLE,
    seconds: float | None = None,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The plan of another situation, beginning from the lines of a plan, beside that plan."""
    begun_from = replace(situation, last=(*before.pairs(), *lines))
    after = plan(begun_from, effort=effort, seconds=seconds, progress=progress, stop=stop)
    return Outcome(plan=after, difference=difference(before, after))


def insisted_upon(before: Plan, need_id: int, provider_id: int) -> Insisted | None:
    """What comes of giving a need to somebody where a lasting pair holds it or their time: what a gentle plan does.

    None where no pair holds either, and where lines chosen by hand leave the provider no room for it.
    """
    table = before.table
    pairs = [row for row in table.fixed if row.source is Source.PAIRING]
    if not any(row.need == need_id or row.provider == provider_id for row in pairs):
        return None
    others = (row for row in table.situation.fixed if row.need != need_id)
    chosen = FixedRow(need=need_id, provider=provider_id, source=Source.CHOSEN)
    after = planned_beside(before, replace(table.situation, fixed=(*others, chosen)))
    position, room = table.pool.position[provider_id], after.plan.table.room
    if room.units[position] < 0 or room.visits[position] < 0:
        return None
    weights = {need.id: need.weight for need in table.situation.needs}
    found, by = after.difference, {line.need: line.provider for line in after.plan.lines}
    gained = tuple(need for need in found.gained if need != need_id)
    return Insisted(
        need=need_id,
        provider=provider_id,
        lost=found.lost,
        lost_weight=sum(weights[need] for need in found.lost),
        gained=gained,
        gained_by=tuple(by[need] for need in gained),
        gained_weight=sum(weights[need] for need in found.gained),
        moved=tuple(line for line in found.moved if line.need != need_id),
    )
