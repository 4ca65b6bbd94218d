"""The closer program: fillings are those that cannot grow, choices those of the problem, the relaxation closer."""

import itertools
from collections.abc import Sequence

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiuliting_desk.matching.arcs import lay_out
from jiuliting_desk.matching.closer import MOST_FILLINGS, closer, fillings
from jiuliting_desk.matching.plan import plan
from jiuliting_desk.matching.problem import NOBODY, Ints, Problem
from jiuliting_desk.matching.program import Program, columns_of, rows_of
from jiuliting_desk.matching.solver import Limits, Scale, solve
from tests.matching.instances import sub_district
from tests.matching.small import small_situation

KINDS = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 3), st.integers(1, 3)),
    min_size=1,
    max_size=4,
    unique_by=lambda k: k[:2],
)


def plain_fillings(kinds: Sequence[tuple[int, int, int]], units: int, visits: int) -> set[tuple[int, ...]]:
    """All that fit, less those to which one more line could be added."""
    fitting = {
        counts
        for counts in itertools.product(*(range(have + 1) for _, _, have in kinds))
        if sum(count * kind[0] for count, kind in zip(counts, kinds, strict=True)) <= units
        and sum(count * kind[1] for count, kind in zip(counts, kinds, strict=True)) <= visits
    }
    grown = [tuple(np.eye(len(kinds), dtype=int)[place]) for place in range(len(kinds))]
    return {counts for counts in fitting if not any(tuple(np.add(counts, one).tolist()) in fitting for one in grown)}


@given(kinds=KINDS, units=st.integers(0, 14), visits=st.integers(0, 8))
def test_fillings_are_all_that_fit_and_cannot_grow(kinds: list[tuple[int, int, int]], units: int, visits: int) -> None:
    found = fillings(kinds, units, visits)
    assert found is not None
    assert len(found) == len({tuple(row) for row in found.tolist()})
    assert {tuple(row) for row in found.tolist()} == plain_fillings(kinds, units, visits)


def test_too_many_fillings_are_not_listed() -> None:
    kinds = [(units, 1, 9) for units in range(3, 12)]
    assert fillings(kinds, 60, 60) is None
    assert fillings(kinds[:2], 21, 60) is not None


def test_a_room_that_holds_nearly_all_is_given_up_in_time() -> None:
    assert fillings([(units, 1, 30) for units in range(2, 14)], 3_000, 3_000) is None


def holding_choices(problem: Problem) -> list[Ints]:
    """Every choice that breaks nothing."""
    starts = problem.starts().tolist()
    ranges = [(NOBODY, *range(begin, end)) for begin, end in itertools.pairwise(starts)]
    found = [np.array(choice, np.int64) for choice in itertools.product(*ranges)]
    return [choice for choice in found if not problem.breaches(choice)]


def breaches_rows(program: Program, choice: Ints) -> bool:
    """Whether the columns' values at a choice break a row or a column's bounds."""
    rows = rows_of(program)
    row, column, value = rows.entries()
    values = program.column_values(choice)
    sums = np.bincount(row, value * values[column], rows.count)
    outside = (sums < np.concatenate(rows.lower) - 1e-9) | (sums > np.concatenate(rows.upper) + 1e-9)
    return bool(outside.any() or (values > program.upper).any())


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 100_000), flat=st.booleans())
def test_no_choice_is_lost_and_each_is_worth_the_same(seed: int, flat: bool) -> None:
    problem = lay_out(small_situation(seed, needs=4, flat=flat)).problem
    if not problem.arcs:
        return
    choices = holding_choices(problem)
    program = closer(problem, max(problem.levels(choice).served for choice in choices))
    for choice in choices:
        assert not breaches_rows(program, choice)
        values, levels = program.column_values(choice), problem.levels(choice)
        assert program.served @ values == levels.served
        assert program.quality @ values == levels.quality
        assert program.rest @ values == levels.rest


def relaxation(program: Program, served: int) -> float:
    """The best quality of fractions of lines that serve so much."""
    rows = rows_of(program)
    columns = np.nonzero(program.served)[0]
    rows.add(np.zeros(len(columns), np.int64), columns, program.served[columns], np.full(1, served), np.full(1, np.inf))
    highs: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    starts, index, value = rows.matrix(program.columns)
    highs.passModel(
        program.columns,
        rows.count,
        len(index),
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMaximize),
        0.0,
        program.quality,
        np.zeros(program.columns),
        program.upper,
        np.concatenate(rows.lower),
        np.concatenate(rows.upper),
        starts,
        index,
        value,
        np.zeros(program.columns, np.int32),
    )
    highs.run()
    return float(highs.getInfo().objective_function_value)


@pytest.mark.parametrize("seed", range(1, 4))
def test_the_relaxation_is_closer_and_the_best_quality_the_same(seed: int) -> None:
    situation = sub_district(60, 12, seed=seed)
    best = plan(situation)
    problem, levels = best.table.problem, best.levels
    assert best.bound.proved
    program = closer(problem, levels.served)
    far, near = (relaxation(one, levels.served) - levels.quality for one in (columns_of(problem), program))
    assert -1e-6 <= near < far - 1
    held = [(Scale(served=1), float(levels.served))]
    found = solve(program, Scale(quality=1), Limits(gap=0.5), at_least=held)
    assert found.complete
    assert found.choice is not None
    assert problem.levels(found.choice)[:2] == levels[:2]


def test_a_listing_stops_at_its_most() -> None:
    many = [(units, 1, 5) for units in (2, 3, 5, 7)]
    listed = fillings(many, 23, 40)
    assert (listed is None) == (len(plain_fillings(many, 23, 40)) > MOST_FILLINGS)
