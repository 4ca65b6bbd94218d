"""Generalized assignment through the desk's search: within capacities, between its bound and what can be tried."""

import itertools
import random

import numpy as np
import pytest

from jiuliting_desk.actions.assignment import Instance, read_instance, solve_instance


def hard_instance(agents: int, items: int, seed: int) -> Instance:
    """Costs that fall as loads rise, as in the hard sets."""
    draw = random.Random(seed)
    loads = np.array([[draw.randint(1, 100) for _ in range(items)] for _ in range(agents)])
    costs = np.array([[111 - int(load) + draw.randint(-10, 10) for load in row] for row in loads])
    return Instance(costs=costs, loads=loads, capacities=loads.sum(axis=1) * 8 // (10 * agents))


@pytest.mark.parametrize("seed", range(3))
def test_a_small_one_costs_as_little_as_the_best_of_all_that_can_be_tried(seed: int) -> None:
    instance = hard_instance(3, 6, seed)
    tried = [
        sum(int(instance.costs[agent, item]) for item, agent in enumerate(agents))
        for agents in itertools.product(range(3), repeat=6)
        if all(
            sum(int(instance.loads[agent, item]) for item in range(6) if agents[item] == agent)
            <= instance.capacities[agent]
            for agent in range(3)
        )
    ]
    found = solve_instance(instance)
    assert found.value == (min(tried) if tried else None)
    assert found.value is None or found.bound == found.value


def test_a_large_one_cut_short_holds_and_stays_above_its_bound() -> None:
    instance = hard_instance(10, 60, 1)
    found = solve_instance(instance, seconds=2.0)
    assert found.assigned == 60
    used = np.zeros(10, np.int64)
    for item, agent in enumerate(found.agents):
        used[agent - 1] += instance.loads[agent - 1, item]
    assert (used <= instance.capacities).all()
    cost = sum(int(instance.costs[agent - 1, item]) for item, agent in enumerate(found.agents))
    assert found.value == cost
    assert found.bound is not None
    assert found.bound <= cost


def test_numbers_that_do_not_fit_the_head_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_instance("2 2 1 1 1")
