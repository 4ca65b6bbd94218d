"""What hours and needs are worth: prices from a linear relaxation, and the bound on any plan that follows from them."""

from dataclasses import dataclass

import numpy as np

from jiuliting_desk.matching.problem import Ints, Problem
from jiuliting_desk.matching.program import Floats, Rows
from jiuliting_desk.matching.room import NO_LIMIT
from jiuliting_desk.matching.solver import relax_roughly

NO_ROW = -1
WIDEST = 4_096
"""Providers with more units than this are bounded as if lines could be split."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Prices:
    """Prices under which no arc gains more than its need's price; any prices at all give a true bound."""

    need: Floats
    """Of each need, at least 0: what its being served is worth beside others who want the same hours."""
    net: Floats
    """Of each arc: what it is worth less the provider's hours at their price, less the need's; at most 0."""
    visit: Floats
    """Of each provider, at least 0: what one visit less would be worth."""
    share: Floats
    """Of each arc: how much of it the relaxation takes, 0-1."""


def prices_of(problem: Problem, worth: Floats, *, deadline: float | None = None) -> Prices | None:
    """Prices for the ``worth`` of each arc, near those of the linear relaxation; None where the deadline came first.

    The relaxation knows hours, visits and the number of lasting pairs; what else binds only makes the bound worse.
    """
    rows, arc = Rows(), np.arange(problem.arcs)
    rows.at_most(problem.need, arc, np.ones(problem.arcs), np.ones(problem.needs))
    paid: list[tuple[Ints, Ints, Ints]] = []
    for load, room in (
        (problem.units, problem.room_units),
        (problem.visits, problem.room_visits),
        (problem.lasting.astype(np.int64), problem.room_lasting),
    ):
        scarce = np.bincount(problem.provider, load, problem.providers) > room
        number = np.where(scarce, np.cumsum(scarce) - 1, problem.providers)
        mine = np.nonzero(scarce[problem.provider] & (load > 0))[0]
        paid.append((np.where(scarce, number + rows.count, NO_ROW), mine, load))
        rows.at_most(number[problem.provider[mine]], mine, load[mine], np.maximum(0, room[scarce]))
    relaxed = relax_roughly(rows, worth, deadline=deadline)
    if relaxed is None:
        return None
    net = worth.copy()
    duals = np.append(relaxed.duals, 0.0)
    for row, mine, load in paid:
        net[mine] -= load[mine] * duals[row[problem.provider[mine]]]
    need = np.zeros(problem.needs)
    np.maximum.at(need, problem.need, net)
    return Prices(need=need, net=net - need[problem.need], visit=duals[paid[1][0]], share=relaxed.values)


def bound_by(problem: Problem, prices: Prices, worth: Floats) -> float:
    """No plan has more ``worth`` (of each arc) than this, at any prices of needs and visits that are at least 0.

    Needs may be served twice and visits be too many at their price; each provider then fills hours alone, which is a
    knapsack, solved in whole units for all providers side by side.
    """
    gain = worth - prices.need[problem.need] - prices.visit[problem.provider] * problem.visits
    arcs = np.nonzero((gain > 0) & (problem.units <= problem.room_units[problem.provider]))[0]
    order = arcs[np.argsort(problem.provider[arcs], kind="stable")]
    provider, units, gain = problem.provider[order], problem.units[order], gain[order]
    total = np.bincount(provider, units, problem.providers).astype(np.int64)
    room = np.minimum(problem.room_units, NO_LIMIT)
    wide = (total <= room) | (room > WIDEST)
    loose = wide[provider]
    value = float(prices.need.sum()) + float((prices.visit * np.maximum(0, problem.room_visits)).sum())
    value += _filled(provider[loose], units[loose], gain[loose], room)
    tight = ~loose
    return value + _packed(provider[tight], units[tight], gain[tight], room)


def _filled(provider: Ints, units: Ints, gain: Floats, room: Ints) -> float:
    """The most gain where lines could be split."""
    order = np.lexsort((-gain / units, provider))
    provider, units, gain = provider[order], units[order], gain[order]
    before = np.cumsum(units) - units
    first = np.searchsorted(provider, provider)
    before -= before[first] if len(before) else before
    share = np.clip((room[provider] - before) / units, 0.0, 1.0)
    return float((share * gain).sum())


def _packed(provider: Ints, units: Ints, gain: Floats, room: Ints) -> float:
    """The most gain of whole lines (knapsacks by dynamic programming over units)."""
    if not len(provider):
        return 0.0
    people, first, count = np.unique(provider, return_index=True, return_counts=True)
    widths = room[people]
    best = 0.0
    # Alike in width together, so that narrow ones do not pay for wide ones.
    for group in np.array_split(np.argsort(widths, kind="stable"), min(8, len(people))):
        best += _packed_group(first[group], count[group], widths[group], units, gain)
    return best


def _packed_group(first: Ints, count: Ints, widths: Ints, units: Ints, gain: Floats) -> float:
    width = int(widths.max())
    # Column 0 stands for "less than nothing left": shifted places below it are lost.
    value = np.zeros((len(first), width + 1))
    place = np.arange(width + 1)
    for number in range(int(count.max())):
        rows = np.nonzero(count > number)[0]
        item = first[rows] + number
        source = place[np.newaxis, :] - units[item][:, np.newaxis]
        taken = np.take_along_axis(value[rows], np.maximum(source, 0), axis=1) + gain[item][:, np.newaxis]
        value[rows] = np.maximum(value[rows], np.where(source >= 0, taken, 0.0))
    return float(value[np.arange(len(first)), widths].sum())
