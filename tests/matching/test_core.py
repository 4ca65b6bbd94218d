"""The arcs a best plan can still take: a bound no plan exceeds, losses none undercuts; exchanges that hold."""

import itertools
from collections import Counter

import numpy as np
import pytest

from jiuliting_desk.matching import search
from jiuliting_desk.matching.core import core_of
from jiuliting_desk.matching.exchange import Exchange
from jiuliting_desk.matching.polish import Polish
from jiuliting_desk.matching.problem import Ints, Problem, nobody
from jiuliting_desk.matching.program import columns_of
from jiuliting_desk.matching.room import NO_LIMIT
from jiuliting_desk.matching.search import Search, Watch
from jiuliting_desk.matching.solver import Limits, Scale, relax


def tight(needs: int, providers: int, seed: int) -> Problem:
    """Hours barely enough, quality that rises with the hours it takes."""
    draw = np.random.default_rng(seed)
    need, provider = np.repeat(np.arange(needs), providers), np.tile(np.arange(providers), needs)
    units = draw.integers(2, 20, len(need))
    none = np.zeros(len(need), np.int64)
    return Problem(
        weight=np.ones(needs, np.int64),
        elder=np.arange(needs),
        need=need,
        provider=provider,
        quality=10 * units + draw.integers(0, 40, len(need)),
        units=units,
        visits=np.ones(len(need), np.int64),
        rest=none,
        kept=none > 0,
        lasting=none > 0,
        new_home=none > 0,
        half_days=none,
        room_units=np.full(providers, 12 * needs // providers),
        room_visits=np.full(providers, NO_LIMIT),
        room_lasting=np.full(providers, NO_LIMIT),
        room_half_days=np.zeros((providers, 0), np.int64),
        placed=tuple(Counter() for _ in range(providers)),
        homes_at_once=np.zeros(providers, np.int64),
        promised=np.zeros(providers, bool),
        same_elder=0,
        thresholds=np.zeros((providers, 0), np.int64),
        prices=(),
    )


def complete_choices(problem: Problem) -> list[tuple[int, Ints]]:
    """Every choice that serves all and holds, with its quality."""
    starts = problem.starts().tolist()
    ranges = [range(begin, end) for begin, end in itertools.pairwise(starts)]
    found = [np.array(choice, np.int64) for choice in itertools.product(*ranges)]
    return [(int(problem.quality[choice].sum()), choice) for choice in found if not problem.breaches(choice)]


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_exceeds_the_bound_or_the_bound_less_the_loss_of_an_arc_it_takes(seed: int) -> None:
    problem = tight(6, 3, seed)
    plans = complete_choices(problem)
    assert plans
    best = max(value for value, _ in plans)
    core = core_of(problem, problem.quality.astype(np.float64), np.zeros(problem.needs), reached=best)
    assert core is not None
    assert best <= core.bound + 1e-6
    for value, choice in plans:
        assert value <= core.bound - core.loss[choice].max() + 1e-6
        assert set(choice.tolist()) <= set(core.open_for(value).tolist())


def test_hours_too_many_to_fill_unit_by_unit_have_no_core() -> None:
    problem = tight(6, 3, 0)
    problem.units[:] = 5_000
    problem.room_units[:] = 9_000
    assert core_of(problem, problem.quality.astype(np.float64), np.zeros(problem.needs), reached=0.0) is None


@pytest.mark.parametrize("seed", range(6))
def test_exchange_from_any_plan_comes_to_the_best_of_small_ones_and_each_on_the_way_is_better(seed: int) -> None:
    problem = tight(6, 3, seed)
    plans = complete_choices(problem)
    worst = min(plans, key=lambda plan: plan[0])
    exchange = Exchange(problem, problem.quality.astype(np.float64), np.arange(problem.arcs), worst[1])
    values = [worst[0]]
    for choice in exchange.run(2_000):
        assert not problem.breaches(choice)
        values.append(int(problem.quality[choice].sum()))
    assert values == sorted(set(values))
    assert values[-1] == max(value for value, _ in plans)


def test_a_plan_is_polished_the_same_each_time_and_no_worse_than_its_start() -> None:
    problem = tight(12, 3, 1)
    everything = np.arange(problem.arcs)
    first = np.array([arcs[0] for arcs in np.split(everything, 12)], np.int64)
    price = np.zeros(problem.needs)
    core = core_of(problem, problem.quality.astype(np.float64), price, reached=0.0)
    assert core is not None
    starts = list(Exchange(problem, problem.quality.astype(np.float64), everything, first).run(500))
    assert starts

    def polished() -> tuple[int, float, list[int]]:
        best = [starts[0]]

        def offer(choice: Ints) -> bool:
            better = problem.levels(choice) > problem.levels(best[-1]) and not problem.breaches(choice)
            if better:
                best.append(choice)
            return better

        bound = Polish(problem, starts[0], Limits(nodes=20, gap=0.99), offer=offer).run()
        return problem.levels(best[-1]).quality, bound, best[-1].tolist()

    quality, bound, choice = polished()
    assert problem.levels(starts[-1]).quality <= quality <= bound <= core.bound + 50
    assert (quality, bound, choice) == polished()


@pytest.mark.parametrize("seed", range(6))
def test_prices_of_the_relaxation_bound_every_plan_at_the_first_step(seed: int) -> None:
    problem = tight(6, 3, seed)
    must = np.ones(problem.needs, bool)
    relaxed = relax(columns_of(problem), Scale(quality=1), Limits(), must=must)
    assert relaxed is not None
    worth = problem.quality.astype(np.float64)
    value = float((relaxed.values[: problem.arcs] * worth).sum())
    price = relaxed.duals[: problem.needs]
    core = core_of(problem, worth, price, reached=0.0, over=lambda: True)
    assert core is not None
    assert max(quality for quality, _ in complete_choices(problem)) <= core.bound + 1e-6 <= value + 2e-6


def test_a_relaxation_in_which_nobody_has_room_gives_none() -> None:
    problem = tight(6, 3, 0)
    problem.room_units[:] = 1
    assert relax(columns_of(problem), Scale(quality=1), Limits(), must=np.ones(problem.needs, bool)) is None


@pytest.mark.parametrize("seed", range(4))
def test_where_hours_alone_bind_also_what_is_too_great_to_be_solved_at_once_has_a_bound_on_quality(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = tight(20, 4, seed)
    at_once, best = Search(problem, Watch()).thorough(nobody(problem))
    assert best.proved
    assert problem.levels(at_once).served == problem.needs
    monkeypatch.setattr(search, "WHOLE_ARCS", 0)
    monkeypatch.setattr(search, "WHOLE_PROVIDERS", 0)
    choice, bound = Search(problem, Watch()).thorough(nobody(problem))
    assert not problem.breaches(choice)
    assert problem.levels(choice) == problem.levels(at_once)
    assert bound.quality == best.quality
