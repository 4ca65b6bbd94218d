"""Generalized assignment instances of OR-Library through the same search as the desk's plans.

A file holds whole numbers: agents m, items n; m rows of n costs; m rows of n resource needs; m capacities. Every item
is given to one agent, within the capacities, at the least total cost (J. E. Beasley, OR-Library, "gap").
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jiuliting_desk.matching.problem import NOBODY, Ints, Problem, nobody
from jiuliting_desk.matching.room import NO_LIMIT
from jiuliting_desk.matching.search import Search, Watch


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Instance:
    """Agents x items."""

    costs: Ints
    loads: Ints
    capacities: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was found: the cost, None where not every item found an agent; no solution costs less than ``bound``."""

    value: int | None
    bound: int | None
    assigned: int
    items: int
    seconds: float
    agents: tuple[int, ...]
    """Of each item the agent, counted from 1; 0 for none."""


MOST = 10**9
"""No number may be greater: sums of them are exact in the solver's floating point."""


def read_instance(text: str) -> Instance:
    """The instance in a file.

    Raises ValueError where the numbers are not as many as its head says, are none or too great, and where a resource
    need or a capacity is below 0.
    """
    numbers = [int(word) for word in text.split()]
    if len(numbers) < 2 or min(numbers[:2]) < 1:
        raise ValueError("no head")
    agents, items = numbers[:2]
    if len(numbers) != 2 + 2 * agents * items + agents:
        raise ValueError("numbers lack or are too many")
    size = agents * items
    if min(numbers[2 + size :]) < 0 or max(map(abs, numbers)) > MOST:
        raise ValueError("numbers below 0 or too great")
    values = np.array(numbers[2:], np.int64)
    return Instance(
        costs=values[:size].reshape(agents, items),
        loads=values[size : 2 * size].reshape(agents, items),
        capacities=values[2 * size :],
    )


def solve_instance(
    instance: Instance, *, seconds: float | None = None, stop: Callable[[], bool] | None = None
) -> Outcome:
    """The best assignment that the desk's search finds, by its own measure, within ``seconds`` or until ``stop()``."""
    begun = time.monotonic()
    problem = _problem(instance)
    deadline = None if seconds is None else begun + seconds
    choice, bound = Search(problem, Watch(deadline=deadline, stop=stop)).thorough(nobody(problem))
    taken = choice[choice != NOBODY]
    items = problem.needs
    most = int(np.max(instance.costs))
    value = items * most - int(problem.quality[taken].sum()) if len(taken) == items else None
    is_known = bound.quality is not None and bound.served == items
    agents = np.zeros(items, np.int64)
    agents[problem.need[taken]] = problem.provider[taken] + 1
    return Outcome(
        value=value,
        bound=items * most - bound.quality if is_known and bound.quality is not None else None,
        assigned=len(taken),
        items=items,
        seconds=time.monotonic() - begun,
        agents=tuple(agents.tolist()),
    )


def _problem(instance: Instance) -> Problem:
    """Items as needs of one urgency, agents as providers, capacities as hours; a low cost is a high quality."""
    agents, items = instance.costs.shape
    fits = instance.capacities[np.newaxis, :] >= instance.loads.T
    need, provider = np.nonzero(fits)
    arcs = len(need)
    none, ones = np.zeros(arcs, np.int64), np.ones(arcs, np.int64)
    return Problem(
        weight=np.ones(items, np.int64),
        elder=np.arange(items),
        need=need,
        provider=provider,
        quality=np.max(instance.costs) - instance.costs.T[need, provider],
        units=instance.loads.T[need, provider],
        visits=ones,
        rest=none,
        kept=np.zeros(arcs, bool),
        lasting=np.zeros(arcs, bool),
        new_home=np.zeros(arcs, bool),
        half_days=none,
        room_units=instance.capacities,
        room_visits=np.full(agents, NO_LIMIT),
        room_lasting=np.full(agents, NO_LIMIT),
        room_half_days=np.zeros((agents, 0), np.int64),
        placed=tuple(Counter() for _ in range(agents)),
        homes_at_once=np.zeros(agents, np.int64),
        promised=np.zeros(agents, bool),
        same_elder=0,
        thresholds=np.zeros((agents, 0), np.int64),
        prices=(),
    )
