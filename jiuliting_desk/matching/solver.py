"""HiGHS at arm's length: programs in, choices out, each recomputed in integers before it counts."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from jiuliting_desk.matching.problem import NOBODY, Flags, Ints, Problem
from jiuliting_desk.matching.program import Floats, Program, Rows, rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much one step of each level counts in a solver's objective."""

    served: float = 0
    quality: float = 0
    rest: float = 0
    kept: float = 0

    def of(self, program: Program) -> Floats:
        """The objective over the columns."""
        return (
            self.served * program.served
            + self.quality * program.quality
            + self.rest * program.rest
            + self.kept * program.kept
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When the solver stops; by nodes for the same result everywhere, by a deadline where the caller has one."""

    nodes: int | None = None
    gap: float = 0.0
    """In steps of the objective."""
    deadline: float | None = None
    """In seconds of ``time.monotonic``."""
    stop: Callable[[], bool] | None = None
    """Asked while the solver runs; once true it gives the best it has."""
    restart: bool = False
    plain: bool = False
    """Whether to leave out the heuristics that cost much and give little on blocks."""
    few_cuts: bool = False
    """Whether to drop cuts early: a third of the time less where the bound hardly falls by more of them."""
    quick_branching: bool = False
    """Whether two trials of a branch are enough to foresee what it gives, in the place of eight."""

    def seconds_left(self) -> float:
        """Seconds until the deadline, inf for none."""
        return np.inf if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    def over(self) -> bool:
        """Whether to end now with the best so far."""
        return self.seconds_left() <= 0 or (self.stop is not None and self.stop())


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Solved:
    """What the solver gave: a choice that was found to hold (or None), and no choice is above ``bound``."""

    choice: Ints | None
    bound: float
    """inf where nothing is known; -inf where no choice exists."""
    complete: bool
    """Whether the solver came to its end rather than to a limit."""
    nodes: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Relaxed:
    """A linear relaxation: the values of its columns and the prices of its rows."""

    values: Floats
    duals: Floats


def solve(
    program: Program,
    scale: Scale,
    limits: Limits,
    *,
    start: Ints | None = None,
    must: Flags | None = None,
    at_least: Sequence[tuple[Scale, float]] = (),
) -> Solved:
    """The best choice by ``scale``, with half-days mended by cuts until they hold.

    ``must`` are needs that have to be served; ``at_least`` are levels that must not be lost.
    """
    problem = program.problem
    cuts: list[tuple[int, int]] = []
    while True:
        found = _solve_once(program, scale, limits, start, must, at_least, cuts)
        if found.choice is None:
            return found
        crowds = problem.crowds(found.choice)
        if not crowds:
            return found if not problem.breaches(found.choice) else _refused(found)
        if limits.seconds_left() <= 0 or set(crowds) <= set(cuts):
            return _refused(found)
        cuts.extend(crowds)


def _refused(found: Solved) -> Solved:
    return Solved(choice=None, bound=found.bound, complete=False, nodes=found.nodes)


def _solve_once(
    program: Program,
    scale: Scale,
    limits: Limits,
    start: Ints | None,
    must: Flags | None,
    at_least: Sequence[tuple[Scale, float]],
    cuts: Sequence[tuple[int, int]],
) -> Solved:
    seconds = limits.seconds_left()
    if seconds <= 0:
        return Solved(choice=None, bound=np.inf, complete=False)
    highs = _highs(seconds)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", max(limits.gap, 1e-6))
    highs.setOptionValue("mip_allow_restart", limits.restart)
    if limits.nodes is not None:
        highs.setOptionValue("mip_max_nodes", limits.nodes)
    if limits.plain:
        for heuristic in ("feasibility_jump", "rins", "root_reduced_cost"):
            highs.setOptionValue(f"mip_heuristic_run_{heuristic}", False)
    if limits.few_cuts:
        for option, most in (("mip_pool_soft_limit", 100), ("mip_pool_age_limit", 1), ("mip_lp_age_limit", 1)):
            highs.setOptionValue(option, most)
    if limits.quick_branching:
        highs.setOptionValue("mip_pscost_minreliable", 2)
    _pass(highs, _rows(program, must, at_least, cuts), scale.of(program), program.upper, program.whole)
    if start is not None:
        values = program.column_values(start)
        highs.setSolution(program.columns, np.arange(program.columns, dtype=np.int32), values)
    if limits.stop is not None:
        _ask(highs, limits.stop)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    nodes = int(info.mip_node_count)
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(choice=None, bound=-np.inf, complete=True, nodes=nodes)
    bound = float(info.mip_dual_bound) if np.isfinite(info.mip_dual_bound) else np.inf
    complete = status == highspy.HighsModelStatus.kOptimal
    if info.primal_solution_status != 2:
        return Solved(choice=None, bound=bound, complete=False, nodes=nodes)
    chosen = np.asarray(highs.getSolution().col_value)[: program.problem.arcs] > 0.5
    return Solved(choice=_choice(program.problem, chosen), bound=bound, complete=complete, nodes=nodes)


def _ask(highs: highspy.Highs, stop: Callable[[], bool]) -> None:
    def interrupt(event: Any) -> None:
        if stop():
            event.interrupt()

    highs.cbMipInterrupt += interrupt


def _choice(problem: Problem, chosen: Flags) -> Ints:
    choice = np.full(problem.needs, NOBODY, np.int64)
    arcs = np.nonzero(chosen)[0]
    choice[problem.need[arcs]] = arcs
    return choice


def relax(program: Program, scale: Scale, limits: Limits, *, must: Flags | None = None) -> Relaxed | None:
    """The linear relaxation of a program, to its very corner (simplex); None where time is over or nothing holds.

    Its first prices are those of the needs, where all ``must`` be served.
    """
    seconds = limits.seconds_left()
    if seconds <= 0:
        return None
    highs = _highs(seconds)
    nothing_whole = np.zeros(program.columns, bool)
    _pass(highs, _rows(program, must, (), ()), scale.of(program), program.upper, nothing_whole)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = highs.getSolution()
    return Relaxed(values=np.asarray(solution.col_value), duals=np.asarray(solution.row_dual))


def relax_roughly(rows: Rows, worth: Floats, *, deadline: float | None = None) -> Relaxed | None:
    """A linear program over columns of at least 0, solved to about four digits by a first-order method (PDLP).

    It takes a tenth of the simplex's time. None where the deadline came first.
    """
    seconds = Limits(deadline=deadline).seconds_left()
    if seconds <= 0:
        return None
    highs = _highs(seconds)
    highs.setOptionValue("solver", "pdlp")
    # WORKAROUND highspy 1.15.1: with presolve the prices that come back are far from those of the program.
    highs.setOptionValue("presolve", "off")
    highs.setOptionValue("kkt_tolerance", ROUGHLY)
    highs.setOptionValue("pdlp_optimality_tolerance", ROUGHLY)
    highs.setOptionValue("pdlp_iteration_limit", ROUGH_ITERATIONS)
    _pass(highs, rows, worth, np.full(len(worth), np.inf), np.zeros(len(worth), bool))
    highs.run()
    solution = highs.getSolution()
    values, duals = np.asarray(solution.col_value), np.asarray(solution.row_dual)
    if len(duals) != rows.count or not np.isfinite(duals).all():
        return None
    return Relaxed(
        values=np.clip(values, 0.0, 1.0),
        duals=np.maximum(0.0, duals),
    )


ROUGHLY = 1e-4
ROUGH_ITERATIONS = 4_000


def _highs(seconds: float) -> highspy.Highs:
    highs: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    if np.isfinite(seconds):
        highs.setOptionValue("time_limit", seconds)
    return highs


def _rows(
    program: Program, must: Flags | None, at_least: Sequence[tuple[Scale, float]], cuts: Sequence[tuple[int, int]]
) -> Rows:
    rows = rows_of(program, must=must, cuts=cuts)
    for level, least in at_least:
        coefficients = level.of(program)
        columns = np.nonzero(coefficients)[0]
        rows.add(
            np.zeros(len(columns), np.int64), columns, coefficients[columns], np.full(1, least), np.full(1, np.inf)
        )
    return rows


def _pass(highs: highspy.Highs, rows: Rows, worth: Floats, upper: Floats, whole: Flags) -> None:
    columns = len(worth)
    starts, index, value = rows.matrix(columns)
    highs.passModel(
        columns,
        rows.count,
        len(index),
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMaximize),
        0.0,
        worth,
        np.zeros(columns),
        upper,
        np.concatenate(rows.lower),
        np.concatenate(rows.upper),
        starts,
        index,
        value,
        whole.astype(np.int32),
    )
