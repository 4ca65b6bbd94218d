"""Planning on invented sub-districts: time beside the relaxation, quality beside greedy and slots, and known sets.

``python -m tests.benchmarks matching`` prints the times and all tables;
``python -m tests.benchmarks.matching [--largest 1000] [--gap FOLDER] [--seconds 30]`` fewer or more of them; ``--gap``
names a folder of OR-Library's generalized assignment files with a ``best_known.csv`` beside its sets.
"""

import argparse
import csv
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from jiuliting_desk.actions.assignment import Instance, read_instance, solve_instance
from jiuliting_desk.matching.arcs import Table, lay_out
from jiuliting_desk.matching.draft import drafted
from jiuliting_desk.matching.plan import Effort, Plan, plan
from jiuliting_desk.matching.problem import NOBODY, Ints, Problem
from jiuliting_desk.matching.rows import Situation
from jiuliting_desk.matching.search import slimmed
from tests.benchmarks.memory import memory
from tests.matching.instances import sub_district

SIZES = ((200, 40), (1_000, 200), (5_000, 1_000), (10_000, 2_000))
SECONDS = {200: 20.0, 1_000: 3.0, 5_000: 60.0, 10_000: 60.0}
SEEDS = range(1, 6)
FLOOR = "the linear relaxation"
MOST_FIRST, MOST_GENTLE = 2.5, 0.3
"""How many times the relaxation a first plan may take, and how many times a thorough plan a gentle one."""
BEFORE_QUALITY = 20_000
"""Points of quality that a step of urgency weight is worth in a plain model: more than any line has."""


def greedy(problem: Problem) -> Ints:
    """The most urgent need first, each to the best candidate who still has room."""
    weight = problem.weight[problem.need]
    return drafted(problem, np.lexsort((-problem.quality, problem.need, -weight)).tolist()).as_choice()


def slots(problem: Problem) -> Ints:
    """Whole lines instead of hours: each provider has as many slots as average needs fit; the best assignment.

    What ``linear_sum_assignment`` gives, as a linear program (its corners are whole), on the arcs that are searched.
    """
    everything, arcs_of = problem, slimmed(problem)
    problem, _ = everything.restricted(np.arange(everything.needs), np.arange(everything.providers), arcs_of)
    average = max(1, round(float(np.mean(problem.units)))) if problem.arcs else 1
    room = np.minimum(np.maximum(1, problem.room_units // average), problem.needs)
    highs = model(
        problem.weight[problem.need] * BEFORE_QUALITY + problem.quality,
        np.stack([problem.need, problem.needs + problem.provider], axis=1),
        np.ones((problem.arcs, 2)),
        np.concatenate([np.ones(problem.needs), room]),
    )
    highs.run()
    choice = np.full(problem.needs, NOBODY, np.int64)
    taken = np.nonzero(np.asarray(highs.getSolution().col_value) > 0.5)[0]
    choice[problem.need[taken]] = arcs_of[taken]
    return choice


def relaxed(problem: Problem) -> None:
    """The floor: the linear relaxation of needs, hours and visits on all arcs, by the solver's simplex and no more."""
    hours, visits = problem.needs + problem.provider, problem.needs + problem.providers + problem.provider
    highs = model(
        problem.weight[problem.need] * BEFORE_QUALITY + problem.quality,
        np.stack([problem.need, hours, visits], axis=1),
        np.stack([np.ones(problem.arcs), problem.units, problem.visits], axis=1),
        np.concatenate([np.ones(problem.needs), problem.room_units, problem.room_visits]).clip(0, 1e7),
    )
    highs.setOptionValue("solver", "simplex")
    highs.run()


def model(
    worth: Ints,
    rows: Ints,
    loads: NDArray[np.float64],
    most: NDArray[np.float64],
    *,
    least: NDArray[np.float64] | None = None,
    whole: bool = False,
) -> highspy.Highs:
    """The most ``worth`` of columns from 0 to 1, each with a load on some rows (columns x rows each), by one thread."""
    columns, each = rows.shape
    highs: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.passModel(
        columns,
        len(most),
        rows.size,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMaximize),
        0.0,
        worth.astype(np.float64),
        np.zeros(columns),
        np.ones(columns),
        np.full(len(most), -np.inf) if least is None else least,
        most,
        np.arange(0, rows.size + 1, each, dtype=np.int32),
        rows.ravel().astype(np.int32),
        loads.ravel(),
        np.full(columns, whole, np.int32),
    )
    return highs


def facts(table: Table, choice: Ints) -> tuple[int, int, float, int]:
    """Served weight, providers over their hours, mean metres, pairs already known to one another."""
    problem, pool = table.problem, table.pool
    taken = choice[choice != NOBODY]
    used = np.bincount(problem.provider[taken], problem.units[taken], problem.providers)
    metres, known = [], 0
    served = {(row.elder, row.provider) for row in table.situation.served}
    for arc in taken.tolist():
        need, position = table.needs[int(problem.need[arc])], int(problem.provider[arc])
        found = int(pool.metres_to(need.place)[position])
        if found >= 0:
            metres.append(found)
        known += (need.elder, pool.rows[position].id) in served
    over = int(((used > problem.room_units) & (used > 0)).sum())
    return int(problem.weight[problem.need[taken]].sum()), over, float(np.mean(metres or [0])), known


def clocked(work: Callable[[], object]) -> float:
    """Processor seconds."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def run() -> Iterator[tuple[str, str, float, float, str]]:
    """Rows of the benchmark table, up to 1,000 needs; greater ones stand in ``tables``."""
    for needs, providers in SIZES[:2]:
        size = f"{needs} needs, {providers} providers"
        taken = [clocked_plans(sub_district(needs, providers, seed=seed), SECONDS[needs]) for seed in SEEDS]
        floor, first, thorough, gentle = (float(np.median(column)) for column in zip(*taken, strict=True))
        of = f"middle of {len(SEEDS)}"
        yield f"plan: the first one, {of}", size, first, floor, f"{FLOOR}; at most {MOST_FIRST}"
        yield f"plan: thorough, {of}", size, thorough, floor, f"{FLOOR}; at most {most_thorough(providers)}"
        yield f"plan: gentle once one need moved, {of}", size, gentle, thorough, f"thorough; at most {MOST_GENTLE}"
    yield from proofs(*SIZES[0])


def clocked_plans(situation: Situation, seconds: float) -> tuple[float, float, float, float]:
    """Processor seconds of the relaxation, a first plan, a thorough one in so many, and a gentle one after a change."""
    problem = lay_out(situation).problem
    floor = min(clocked(partial(relaxed, problem)) for _ in range(3))
    first = clocked(partial(plan, situation, effort=Effort.QUICK))
    thorough, found = in_seconds(situation, seconds)
    changed = replace(one_moves(situation)[0], last=found.pairs())
    return floor, first, thorough, clocked(partial(plan, changed, effort=Effort.GENTLE))


def in_seconds(situation: Situation, seconds: float) -> tuple[float, Plan]:
    """Processor seconds of a thorough plan that is ended after so many of them, and the plan."""
    begun = time.process_time()
    found = plan(situation, stop=lambda: time.process_time() - begun >= seconds)
    return time.process_time() - begun, found


def most_thorough(providers: int) -> int:
    """How many times the relaxation a thorough plan may take."""
    return 200 if providers <= 200 else 60


def proofs(needs: int, providers: int) -> Iterator[tuple[str, str, float, float, str]]:
    """How long whole plans of ten sub-districts take until the served weight, and until every level is proved."""
    situations = [sub_district(needs, providers, seed=seed) for seed in range(1, 11)]
    floor = min(clocked(partial(relaxed, lay_out(situation).problem)) for situation in situations)
    size = f"{needs} needs, {providers} providers"
    taken = [until_proved(situation) for situation in situations]
    for what, seconds in (
        ("served weight", sorted(one[0] for one in taken)),
        ("every level", sorted(one[1] for one in taken)),
    ):
        yield f"plan: {what} proved, middle of 10", size, seconds[5], floor, FLOOR
        yield f"plan: {what} proved, longest of 10", size, seconds[-1], floor, FLOOR


def gentle_ones(needs: int, providers: int) -> Iterator[tuple[str, str, float, float, str]]:
    """How long 20 gentle plans take, each after one provider with lines has paused, beside as many thorough ones."""
    gentle, thorough = 0.0, 0.0
    for seed in range(20):
        situation = sub_district(needs, providers, seed=seed)
        begun = time.process_time()
        last = plan(situation).pairs()
        thorough += time.process_time() - begun
        pausing = sorted({provider for _, provider in last})[seed % 5]
        people = tuple(replace(row, paused=row.paused or row.id == pausing) for row in situation.providers)
        changed = replace(situation, providers=people, last=last)
        gentle += clocked(partial(plan, changed, effort=Effort.GENTLE))
    yield "plan: gentle, mean of 20", f"{needs} needs, {providers} providers", gentle / 20, thorough / 20, "thorough"


def until_proved(situation: Situation) -> tuple[float, float]:
    """Processor seconds until a whole plan's served weight, and until every level of it is proved; inf for not."""
    begun = time.process_time()
    clock: dict[int, float] = {}

    def step(done: int, total: int) -> None:
        clock[done] = time.process_time() - begun

    found = plan(situation, progress=step)
    seconds = time.process_time() - begun
    served = clock[1] if found.levels.served == found.bound.served else float("inf")
    return served, seconds if found.bound.proved else float("inf")


def one_moves(situation: Situation) -> tuple[Situation, int]:
    """The same after the first of the most urgent needs has moved to where somebody else lives; and its id."""
    most = max(need.weight for need in situation.needs)
    one = next(need for need in situation.needs if need.weight == most)
    place = situation.needs[len(situation.needs) // 2].place
    needs = tuple(replace(need, place=place) if need.id == one.id else need for need in situation.needs)
    return replace(situation, needs=needs), one.id


def who_goes(table: Table, choice: Ints) -> dict[int, int]:
    """The provider's id for each need's id that is served."""
    problem = table.problem
    return {
        table.needs[need].id: table.pool.rows[int(problem.provider[arc])].id
        for need, arc in enumerate(choice.tolist())
        if arc != NOBODY
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is left of a plan once its arcs are let go, so that no two tables of a great situation are held at once."""

    facts: tuple[int, int, float, int]
    who_goes: dict[int, int]


def simple_plans(situation: Situation) -> dict[str, Told]:
    """Greedy and slots on the same arcs."""
    table = lay_out(situation)
    choices = {"greedy": greedy(table.problem), "slots": slots(table.problem)}
    return {name: told(table, choice) for name, choice in choices.items()}


def told(table: Table, choice: Ints) -> Told:
    """What the lines of a choice come to."""
    return Told(facts=facts(table, choice), who_goes=who_goes(table, choice))


def side_by_side(situation: Situation, seconds: float, title: str) -> Iterator[str]:
    """Greedy, slots and the engine on the same data, and what of each plan stands once one need has moved.

    The engine has so many processor seconds; its second plan is the gentle one, the others plan anew. The memory told
    is the highest of this process so far, once with the engine's plan and once with all.
    """
    changed, one = one_moves(situation)
    taken, found = in_seconds(situation, seconds)
    highest = memory()[1]
    last, bound, gap = found.pairs(), found.bound, found.gap
    first = {"engine": told(found.table, found.choice)}
    floor, providers = clocked(partial(relaxed, found.table.problem)), len(found.table.pool)
    del found
    begun = time.process_time()
    gently = plan(replace(changed, last=last), effort=Effort.GENTLE)
    gentle = time.process_time() - begun
    second = {"engine": told(gently.table, gently.choice)}
    del gently
    first, second = simple_plans(situation) | first, simple_plans(changed) | second
    least = first["greedy"].facts[0]
    yield ""
    yield f"{title}: no plan serves more than {bound.served} ({bound.served / least - 1:.2%} above greedy)"
    yield (
        f"{'method':<8} {'served weight':>13} {'above greedy':>12} {'over hours':>10} {'mean metres':>11}"
        f" {'known pairs':>11} {'kept after a change':>20}"
    )
    for name, before in first.items():
        served, over, metres, known = before.facts
        others = [need for need in before.who_goes if need != one]
        kept = sum(second[name].who_goes.get(need) == before.who_goes[need] for need in others)
        yield (
            f"{name:<8} {served:>13} {served / least - 1:>12.2%} {over:>10} {metres:>11.0f} {known:>11}"
            f" {f'{kept} of {len(others)}':>20}"
        )
    yield (
        f"engine: {taken:.1f} s, gap {gap:.2%}, {'proved' if bound.proved else 'not proved'}; memory {highest} MiB,"
        f" with slots {memory()[1]} MiB"
    )
    quick = clocked(partial(plan, situation, effort=Effort.QUICK))
    yield (
        f"times {FLOOR} ({floor:.2f} s): first plan {quick / floor:.2f} (at most {MOST_FIRST}),"
        f" thorough {taken / floor:.1f} (at most {most_thorough(providers)});"
        f" gentle {gentle / taken:.3f} of thorough (at most {MOST_GENTLE})"
    )


def tables(largest: int = SIZES[-1][0]) -> Iterator[str]:
    """The lines of the tables, up to so many needs; the greatest also where hours are scarcer still."""
    for needs, providers in SIZES:
        for supply in (0.8, 0.6) if needs == SIZES[-1][0] else (0.8,):
            if needs <= largest:
                title = f"{needs} needs, {providers} providers, hours {supply:.0%} of the demand"
                yield from side_by_side(sub_district(needs, providers, supply=supply), SECONDS[needs], title)


def plain_model(instance: Instance, seconds: float) -> int | None:
    """The cost that HiGHS alone finds within so many processor seconds, None for no whole assignment."""
    agents, items = instance.costs.shape
    arcs, item = agents * items, np.tile(np.arange(items), agents)
    agent = np.repeat(np.arange(agents), items)
    highs = model(
        -instance.costs.ravel(),
        np.stack([item, items + agent], axis=1),
        np.stack([np.ones(arcs), instance.loads.ravel()], axis=1),
        np.concatenate([np.ones(items), instance.capacities]).astype(np.float64),
        least=np.concatenate([np.ones(items), np.full(agents, -np.inf)]),
        whole=True,
    )
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.99)
    begun = time.process_time()

    def late(event: Any) -> None:
        if time.process_time() - begun >= seconds:
            event.interrupt()

    highs.cbMipInterrupt += late
    highs.run()
    taken = np.asarray(highs.getSolution().col_value) > 0.5
    used = np.bincount(agent[taken], instance.loads.ravel()[taken], agents)
    holds = (np.bincount(item[taken], minlength=items) == 1).all() and (used <= instance.capacities).all()
    return int(instance.costs.ravel()[taken].sum()) if holds else None


def known_sets(folder: Path, seconds: float) -> None:
    """Generalized assignment files against the best values known.

    Where ours was not proved, HiGHS alone has as many processor seconds as ours took, just after it.
    """
    with (folder / "best_known.csv").open(encoding="utf-8") as lines:
        best = {row["Path"]: int(row["Best known solution value"]) for row in csv.DictReader(lines)}
    reached = 0
    files = sorted(path for path in folder.glob("*/*") if str(path.relative_to(folder)) in best)
    print(
        f"\n{'instance':<24} {'value':>7} {'bound':>7} {'best':>7} {'above':>8} {'seconds':>8} {'cpu':>6} {'plain':>7}"
    )
    for path in files:
        name, instance = str(path.relative_to(folder)), read_instance(path.read_text(encoding="utf-8"))
        begun = time.process_time()
        found = solve_instance(instance, seconds=seconds)
        taken = time.process_time() - begun
        reached += found.value == best[name]
        above = "-" if found.value is None else f"{found.value / best[name] - 1:.3%}"
        plain = "" if found.value == found.bound else str(plain_model(instance, taken))
        print(
            f"{name:<24} {found.value!s:>7} {found.bound!s:>7} {best[name]:>7} {above:>8} {found.seconds:>8.1f}"
            f" {taken:>6.1f} {plain:>7}",
            flush=True,
        )
    print(f"{reached} of {len(files)} at the best known value")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=1_000)
    parser.add_argument("--gap", type=Path)
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    for what, size, ours, floor, name in run():
        print(f"{what:<45} {size:<26} {ours:7.3f} s {floor:7.3f} s {ours / floor:7.2f} x {name}", flush=True)
    for line in tables(options.largest):
        print(line, flush=True)
    if options.gap is not None:
        known_sets(options.gap, options.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
