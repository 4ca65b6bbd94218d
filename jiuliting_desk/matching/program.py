"""The planning problem as an integer program: columns, rows, and the levels as linear functions of the columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiuliting_desk.matching.problem import NOBODY, Flags, Ints, Problem

Floats = NDArray[np.float64]

NO_COLUMN = -1


class Rows:
    """Rows being gathered as triplets; closed with their bounds into one matrix by columns."""

    def __init__(self) -> None:
        self.count = 0
        self._parts: list[tuple[Ints, Ints, Floats]] = []
        self.lower: list[Floats] = []
        self.upper: list[Floats] = []

    def add(self, row: Ints, column: Ints, value: Ints | Floats, lower: Floats, upper: Floats) -> None:
        """Rows numbered from 0 within this call; one bound each."""
        self._parts.append((row + self.count, column, value.astype(np.float64)))
        self.lower.append(lower)
        self.upper.append(upper)
        self.count += len(lower)

    def at_most(self, group: Ints, column: Ints, value: Ints | Floats, limits: Ints | Floats) -> None:
        """A row for each group (numbered 0, 1, ...): sum of value * column <= limit."""
        upper = limits.astype(np.float64)
        self.add(group, column, value, np.full(len(upper), -np.inf), upper)

    def equal(self, group: Ints, column: Ints, value: Ints | Floats) -> None:
        """A row for each group (numbered 0, 1, ...): sum of value * column is 0."""
        nothing = np.zeros(int(group.max()) + 1)
        self.add(group, column, value, nothing, nothing)

    def append(self, other: "Rows") -> None:
        """The rows of another, after these."""
        row, column, value = other.entries()
        self._parts.append((row + self.count, column, value))
        self.lower.extend(other.lower)
        self.upper.extend(other.upper)
        self.count += other.count

    def entries(self) -> tuple[Ints, Ints, Floats]:
        """Row, column and value of everything gathered."""
        row = np.concatenate([part[0] for part in self._parts]) if self._parts else np.zeros(0, np.int64)
        column = np.concatenate([part[1] for part in self._parts]) if self._parts else np.zeros(0, np.int64)
        value = np.concatenate([part[2] for part in self._parts]) if self._parts else np.zeros(0)
        return row, column, value

    def matrix(self, columns: int) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
        """Starts, row indices and values by column."""
        row, column, value = self.entries()
        order = np.lexsort((row, column))
        starts = np.searchsorted(column[order], np.arange(columns + 1))
        return starts.astype(np.int32), row[order].astype(np.int32), value[order]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Beyond:
    """Rows past those of a problem, over columns past its own, that leave its choices as they are."""

    rows: Rows
    values: Callable[[Ints], Floats]
    """Of the further columns at a choice."""


@dataclass(slots=True, eq=False, kw_only=True)
class Program:
    """Columns of a problem: arcs, then pairs that meet for several needs, lasting pairs, trips, load above steps."""

    problem: Problem
    columns: int
    pair_column: Ints
    """Of each arc: the column of its pair, NO_COLUMN where the arc is the pair's only one."""
    lasting_column: Ints
    """Of each arc: the column that counts its lasting pair; the arc's own where it is the only one."""
    trip_column: Ints
    """Of each provider who wants several homes at once."""
    step_column: Ints
    """Providers x steps."""
    whole: Flags
    """Whether a column is a yes or no."""
    served: Floats
    """The first level as a function of the columns; and the others."""
    quality: Floats
    rest: Floats
    kept: Floats
    upper: Floats
    beyond: Beyond | None = None

    def column_values(self, choice: Ints) -> Floats:
        """The columns' values at a choice."""
        problem = self.problem
        values = np.zeros(self.columns)
        arcs = choice[choice != NOBODY]
        values[arcs] = 1
        for column in (self.pair_column[arcs], self.lasting_column[arcs], self.trip_column[problem.provider[arcs]]):
            values[column[column != NO_COLUMN]] = 1
        load = np.bincount(problem.provider[arcs], problem.units[arcs], problem.providers)
        for step in range(self.step_column.shape[1]):
            columns = self.step_column[:, step]
            has = columns != NO_COLUMN
            values[columns[has]] = np.maximum(0, load - problem.thresholds[:, step])[has]
        if self.beyond is not None:
            further = self.beyond.values(choice)
            values[self.columns - len(further) :] = further
        return values


def columns_of(problem: Problem) -> Program:
    """Number the columns of a problem."""
    arcs = problem.arcs
    pair_code = problem.elder[problem.need] * problem.providers + problem.provider
    columns = arcs
    pair_column, columns = _shared(np.where(problem.new_home, pair_code, NO_COLUMN), columns, alone=False)
    pairs = columns - arcs
    lasting_column, columns = _shared(np.where(problem.lasting, pair_code, NO_COLUMN), columns, alone=True)
    trip_column = np.full(problem.providers, NO_COLUMN, np.int64)
    lone_home = np.zeros(problem.providers, bool)
    lone_home[problem.provider[~problem.new_home]] = True
    wants_trip = (problem.homes_at_once > 1) | ((problem.homes_at_once == 1) & (lone_home | problem.promised))
    trip_column[wants_trip] = columns + np.arange(wants_trip.sum())
    columns += int(wants_trip.sum())
    first_step = columns
    most_units = np.bincount(problem.provider, problem.units, problem.providers)
    step_column = np.full(problem.thresholds.shape, NO_COLUMN, np.int64)
    for step in range(problem.thresholds.shape[1]):
        due = (most_units > problem.thresholds[:, step]) & (problem.room_units > problem.thresholds[:, step])
        step_column[due, step] = columns + np.arange(due.sum())
        columns += int(due.sum())
    served, quality, rest, kept = (np.zeros(columns) for _ in range(4))
    served[:arcs] = problem.weight[problem.need]
    quality[:arcs] = problem.quality + np.where(pair_column != NO_COLUMN, problem.same_elder, 0)
    quality[arcs : arcs + pairs] = -problem.same_elder
    for step, points in enumerate(problem.prices):
        due_columns = step_column[:, step]
        quality[due_columns[due_columns != NO_COLUMN]] = -points
    rest[:arcs] = problem.rest
    kept[:arcs] = problem.kept
    whole = np.ones(columns, bool)
    whole[first_step:] = False
    upper = np.ones(columns)
    upper[first_step:] = np.inf
    return Program(
        problem=problem,
        columns=columns,
        pair_column=pair_column,
        lasting_column=lasting_column,
        trip_column=trip_column,
        step_column=step_column,
        whole=whole,
        served=served,
        quality=quality,
        rest=rest,
        kept=kept,
        upper=upper,
    )


def _shared(codes: Ints, first: int, *, alone: bool) -> tuple[Ints, int]:
    """A column for each code that several arcs share; one that is alone gets its arc's or none."""
    column = np.full(len(codes), NO_COLUMN, np.int64)
    has = np.nonzero(codes != NO_COLUMN)[0]
    _, inverse, counts = np.unique(codes[has], return_inverse=True, return_counts=True)
    several = counts > 1
    numbers = np.full(len(counts), NO_COLUMN, np.int64)
    numbers[several] = first + np.arange(several.sum())
    column[has] = numbers[inverse]
    if alone:
        column[has] = np.where(column[has] == NO_COLUMN, has, column[has])
    return column, first + int(several.sum())


def rows_of(program: Program, *, must: Flags | None = None, cuts: Sequence[tuple[int, int]] = ()) -> Rows:
    """The rows: ``must`` are needs that have to be served; ``cuts`` are (provider, half-days) that were overfilled."""
    problem, rows = program.problem, Rows()
    arc = np.arange(problem.arcs)
    lower = np.zeros(problem.needs) if must is None else must.astype(np.float64)
    several = (np.bincount(problem.need, minlength=problem.needs) > 1) | (lower > 0)
    kept = several[problem.need]
    number = np.cumsum(several) - 1
    ones = np.ones(int(several.sum()))
    rows.add(number[problem.need[kept]], arc[kept], np.ones(int(kept.sum())), lower[several], ones)
    for load, room in ((problem.units, problem.room_units), (problem.visits, problem.room_visits)):
        most = np.bincount(problem.provider, load, problem.providers)
        _provider_rows(rows, problem, most > room, arc, load, room)
    for step in range(program.step_column.shape[1]):
        column = program.step_column[:, step]
        due = column != NO_COLUMN
        group = np.cumsum(due) - 1
        mine = due[problem.provider]
        rows.at_most(
            np.concatenate([group[problem.provider[mine]], group[due]]),
            np.concatenate([arc[mine], column[due]]),
            np.concatenate([problem.units[mine], np.full(int(due.sum()), -1)]),
            problem.thresholds[due, step],
        )
    for column in (program.pair_column, np.where(program.lasting_column == arc, NO_COLUMN, program.lasting_column)):
        _not_without(rows, arc, column)
    _lasting_rows(rows, program)
    _trip_rows(rows, program, arc)
    _half_day_rows(rows, problem, arc, cuts)
    if program.beyond is not None:
        rows.append(program.beyond.rows)
    return rows


def _provider_rows(rows: Rows, problem: Problem, which: Flags, arc: Ints, load: Ints, room: Ints) -> None:
    group = np.cumsum(which) - 1
    mine = which[problem.provider]
    rows.at_most(group[problem.provider[mine]], arc[mine], load[mine], np.maximum(room[which], 0))


def _not_without(rows: Rows, arc: Ints, column: Ints) -> None:
    """An arc is chosen only with its column."""
    has = np.nonzero(column != NO_COLUMN)[0]
    number = np.arange(len(has))
    rows.at_most(
        np.concatenate([number, number]),
        np.concatenate([arc[has], column[has]]),
        np.concatenate([np.ones(len(has)), -np.ones(len(has))]),
        np.zeros(len(has)),
    )


def _lasting_rows(rows: Rows, program: Program) -> None:
    problem = program.problem
    has = program.lasting_column != NO_COLUMN
    columns, first = np.unique(program.lasting_column[has], return_index=True)
    providers = problem.provider[has][first]
    crowded = np.bincount(providers, minlength=problem.providers) > problem.room_lasting
    group = np.cumsum(crowded) - 1
    mine = crowded[providers]
    rows.at_most(group[providers[mine]], columns[mine], np.ones(int(mine.sum())), problem.room_lasting[crowded])


def _trip_rows(rows: Rows, program: Program, arc: Ints) -> None:
    """A provider who wants several homes at once goes with enough of them or not at all."""
    problem = program.problem
    trip = program.trip_column[problem.provider]
    _not_without(rows, arc, trip)
    wanting = np.nonzero(program.trip_column != NO_COLUMN)[0]
    for provider in wanting.tolist():
        mine = np.nonzero((problem.provider == provider) & problem.new_home)[0]
        shared = program.pair_column[mine]
        pairs = np.unique(shared[shared != NO_COLUMN])
        homes = np.concatenate([mine[shared == NO_COLUMN], pairs])
        rows.add(
            np.zeros(len(homes) + 1, np.int64),
            np.append(homes, program.trip_column[provider]),
            np.append(np.ones(len(homes)), -problem.homes_at_once[provider]),
            np.zeros(1),
            np.full(1, np.inf),
        )
        if problem.promised[provider]:
            rows.add(np.zeros(1, np.int64), program.trip_column[[provider]], np.ones(1), np.ones(1), np.ones(1))
        for pair in pairs.tolist():
            arcs = mine[shared == pair]
            rows.at_most(
                np.zeros(len(arcs) + 1, np.int64),
                np.append(arcs, pair),
                np.append(-np.ones(len(arcs)), 1.0),
                np.zeros(1),
            )


def _half_day_rows(rows: Rows, problem: Problem, arc: Ints, cuts: Sequence[tuple[int, int]]) -> None:
    """What overfilled half-days may hold at most; every mask among the arcs of a narrow provider beforehand."""
    most = np.bincount(problem.provider, problem.visits, problem.providers)
    narrow = np.nonzero(most > problem.tightest())[0]
    wanted = dict.fromkeys(cuts)
    by_provider = np.argsort(problem.provider, kind="stable") if len(narrow) else arc
    bounds = np.searchsorted(problem.provider[by_provider], [narrow, narrow + 1]) if len(narrow) else np.zeros((2, 0))
    for provider, begin, end in zip(narrow.tolist(), *bounds.astype(np.int64).tolist(), strict=True):
        for mask in np.unique(problem.half_days[by_provider[begin:end]]).tolist():
            wanted[provider, mask] = None
    # Who has no common half-day, where the office lets them go all the same, takes none.
    takes_one = problem.half_days != 0
    for provider, mask in wanted:
        inside = np.nonzero((problem.provider == provider) & takes_one & (problem.half_days & ~mask == 0))[0]
        room = max(0, problem.half_day_room(provider, mask))
        if int(problem.visits[inside].sum()) > room:
            rows.at_most(np.zeros(len(inside), np.int64), inside, problem.visits[inside], np.full(1, room))
