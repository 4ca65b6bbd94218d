"""Where hours are short on the spot: a few providers and more needs that only they can serve than their time holds."""

from dataclasses import dataclass

import numpy as np

from jiuliting_desk.matching.problem import Flags, Ints, Problem

MOST_GROWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """Positions in the problem; whatever the plan, not all of these needs can be served."""

    providers: tuple[int, ...]
    needs: tuple[int, ...]
    """Those whose every candidate is one of the providers."""
    asked: int
    """Units of 15 minutes, or visits, that the needs want together."""
    room: int
    """What the providers have left for them."""
    in_visits: bool = False


def shortage(problem: Problem, need: int, *, most: int = MOST_GROWN) -> Shortage | None:
    """The smallest such group found around a need, grown from its candidates by at most so many providers.

    None where the need has no candidate, or where nothing is short within reach.
    """
    starts = problem.starts()
    mine = problem.provider[starts[need] : starts[need + 1]]
    if not len(mine):
        return None
    found = [
        _grown(problem, mine, load, np.maximum(room, 0), most, in_visits=in_visits)
        for load, room, in_visits in (
            (problem.units, problem.room_units, False),
            (problem.visits, problem.room_visits, True),
        )
    ]
    groups = [group for group in found if group is not None]
    return min(groups, key=lambda group: (len(group.providers), group.in_visits), default=None)


def _grown(problem: Problem, start: Ints, load: Ints, room: Ints, most: int, *, in_visits: bool) -> Shortage | None:
    inside = np.zeros(problem.providers, bool)
    inside[start] = True
    arcs_of = np.bincount(problem.need, minlength=problem.needs)
    wanted = np.zeros(problem.needs, np.int64)
    wanted[problem.need] = load
    for _ in range(most + 1):
        outside = ~inside[problem.provider]
        out_of = np.bincount(problem.need[outside], minlength=problem.needs)
        confined: Flags = (out_of == 0) & (arcs_of > 0)
        asked, left = int(wanted[confined].sum()), int(room[inside].sum())
        if asked > left:
            return Shortage(
                providers=tuple(np.nonzero(inside)[0].tolist()),
                needs=tuple(np.nonzero(confined)[0].tolist()),
                asked=asked,
                room=left,
                in_visits=in_visits,
            )
        # A provider brings the needs that lack only them, and the room that they have.
        lacking = outside & (out_of == 1)[problem.need]
        brought = np.bincount(problem.provider[lacking], wanted[problem.need[lacking]], problem.providers)
        gain = np.where(inside | (brought == 0), -np.inf, brought - room)
        best = int(np.argmax(gain))
        if not np.isfinite(gain[best]):
            return None
        inside[best] = True
    return None
