"""A problem's program told more closely, for proofs: who is served, how many of each weight, full hours as whole lines.

The choices are the same; the linear relaxation lies nearer to them. Where hours and visits are filled by few kinds of
lines, every filling is one of few that cannot grow, or a part of one: a combination of these in the place of a limit
(patterns of Gilmore and Gomory 1961) leaves no hours to fractions of lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jiuliting_desk.matching.problem import NOBODY, Ints, Problem
from jiuliting_desk.matching.program import Beyond, Floats, Program, Rows, columns_of

MOST_FILLINGS, TRIED = 50, 20
"""Of one provider; of those with more the limits themselves must do, as where so many times more were tried."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Filled:
    """One provider's arcs by kinds, which are alike in hours and visits, and the fillings that cannot grow."""

    kinds: tuple[Ints, ...]
    """The arcs of each kind."""
    fillings: Ints
    """Fillings x kinds: how many arcs of the kind."""

    def holding(self, choice: Ints, needs: Ints) -> int:
        """The position of a filling that holds what is chosen; the first where none does."""
        counts = np.array([int((choice[needs[arcs]] == arcs).sum()) for arcs in self.kinds])
        return int(np.argmax((self.fillings >= counts).all(axis=1)))


def fillings(kinds: Sequence[tuple[int, int, int]], units: int, visits: int) -> Ints | None:
    """How many lines of each kind fill hours and visits so that no further line fits; fillings x kinds.

    ``kinds`` tell units, visits, and how many lines there are. None where there are too many fillings.
    """
    order = sorted(range(len(kinds)), key=lambda kind: kinds[kind], reverse=True)
    found: list[tuple[int, ...]] = []
    taken, tried = [0] * len(kinds), 0

    def fill(place: int, units: int, visits: int) -> bool:
        nonlocal tried
        if place == len(order):
            tried += 1
            if not any(
                took < have and u <= units and v <= visits for took, (u, v, have) in zip(taken, kinds, strict=True)
            ):
                found.append(tuple(taken))
            return len(found) <= MOST_FILLINGS and tried <= TRIED * MOST_FILLINGS
        one_units, one_visits, most = kinds[order[place]]
        most = min(most, units // one_units if one_units else most, visits // one_visits if one_visits else most)
        for count in range(most, -1 if place + 1 < len(order) else most - 1, -1):
            taken[order[place]] = count
            if not fill(place + 1, units - count * one_units, visits - count * one_visits):
                return False
        return True

    return np.array(found, np.int64) if fill(0, max(0, units), max(0, visits)) else None


def closer(problem: Problem, served: int) -> Program:
    """The program of choices that serve at most ``served``, the most there can be."""
    program, rows = columns_of(problem), Rows()
    first = program.columns
    needs = np.unique(problem.need)
    weights = np.unique(problem.weight[needs])
    is_served = first + np.arange(len(needs))
    counts = first + len(needs) + np.arange(len(weights))
    upper = [np.ones(len(needs))]
    rows.equal(
        np.concatenate([np.searchsorted(needs, problem.need), np.arange(len(needs))]),
        np.concatenate([np.arange(problem.arcs), is_served]),
        np.concatenate([np.ones(problem.arcs), -np.ones(len(needs))]),
    )
    for count, weight in zip(counts.tolist(), weights.tolist(), strict=True):
        mine = is_served[problem.weight[needs] == weight]
        rows.equal(np.zeros(len(mine) + 1, np.int64), np.append(mine, count), np.append(np.ones(len(mine)), -1.0))
        upper.append(np.array([float(len(mine))]))
    rows.at_most(np.zeros(len(weights), np.int64), counts, weights, np.array([served]))
    filled, combined = _filled(problem), first + len(needs) + len(weights)
    for one in filled:
        combined = _fill(rows, one, combined)
    more = combined - first
    upper.append(np.full(more - len(needs) - len(weights), np.inf))

    def values(choice: Ints) -> Floats:
        taken = (choice[needs] != NOBODY).astype(np.float64)
        parts = [taken, np.array([taken[problem.weight[needs] == weight].sum() for weight in weights.tolist()])]
        for one in filled:
            if len(one.fillings) > 1:
                parts.append((np.arange(len(one.fillings)) == one.holding(choice, problem.need)).astype(np.float64))
        return np.concatenate(parts)

    nothing = np.zeros(more)
    weighed = nothing.copy()
    weighed[counts - first] = weights
    return replace(
        program,
        columns=combined,
        served=np.concatenate([np.zeros(first), weighed]),
        quality=np.concatenate([program.quality, nothing]),
        rest=np.concatenate([program.rest, nothing]),
        kept=np.concatenate([program.kept, nothing]),
        upper=np.concatenate([program.upper, *upper]),
        whole=np.concatenate([program.whole, np.arange(more) < len(needs) + len(weights)]),
        beyond=Beyond(rows=rows, values=values),
    )


def _filled(problem: Problem) -> list[_Filled]:
    """Of the providers whose hours or visits bind and have few fillings."""
    found = []
    for provider in range(problem.providers):
        arcs = np.nonzero(problem.provider == provider)[0]
        units, visits = int(problem.room_units[provider]), int(problem.room_visits[provider])
        if int(problem.units[arcs].sum()) <= units and int(problem.visits[arcs].sum()) <= visits:
            continue
        lines = np.stack([problem.units[arcs], problem.visits[arcs]], axis=1)
        kinds, kind_of, counts = np.unique(lines, axis=0, return_inverse=True, return_counts=True)
        numbered = [(*kind, count) for kind, count in zip(kinds.tolist(), counts.tolist(), strict=True)]
        full = fillings(numbered, units, visits)
        if full is not None:
            by_kind = tuple(arcs[kind_of.ravel() == number] for number in range(len(kinds)))
            found.append(_Filled(kinds=by_kind, fillings=full))
    return found


def _fill(rows: Rows, one: _Filled, first: int) -> int:
    """The rows of one provider; several fillings are columns from ``first`` on. Gives the next free column."""
    several = len(one.fillings) > 1
    columns = first + np.arange(len(one.fillings) if several else 0)
    if several:
        rows.at_most(np.zeros(len(columns), np.int64), columns, np.ones(len(columns)), np.ones(1))
    for arcs, counts in zip(one.kinds, one.fillings.T, strict=True):
        if counts.min() < len(arcs):
            rows.at_most(
                np.zeros(len(arcs) + len(columns), np.int64),
                np.concatenate([arcs, columns]),
                np.concatenate([np.ones(len(arcs)), -counts[: len(columns)].astype(np.float64)]),
                np.array([0.0 if several else float(counts[0])]),
            )
    return first + len(columns)
