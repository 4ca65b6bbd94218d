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

from jiuliting_desk.actions.assignment import Instance, read_instance, solve_instance
from jiuliting_desk.matching.arcs import Table, lay_out
from jiuliting_desk.matching.draft import drafted
from jiuliting_desk.matching.plan import Effort, plan
from jiuliting_desk.matching.prices import prices_of
from jiuliting_desk.matching.problem import NOBODY, Ints, Problem
from jiuliting_desk.matching.rows import Situation
from jiuliting_desk.matching.search import slimmed
from tests.benchmarks.memory import memory
from tests.matching.instances import sub_district

SIZES = ((200, 40), (1_000, 200), (5_000, 1_000), (10_000, 2_000))
SECONDS = {200: 20.0, 1_000: 3.0, 5_000: 60.0, 10_000: 60.0}


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
    room = np.minimum(np.maximum(1, problem.room_units // average), problem.needs).astype(np.float64)
    highs: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    arcs, rows = problem.arcs, problem.needs + problem.providers
    index = np.stack([problem.need, problem.needs + problem.provider], axis=1).ravel()
    highs.passModel(
        arcs,
        rows,
        2 * arcs,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMaximize),
        0.0,
        (problem.weight[problem.need] * 20_000 + problem.quality).astype(np.float64),
        np.zeros(arcs),
        np.ones(arcs),
        np.full(rows, -np.inf),
        np.concatenate([np.ones(problem.needs), room]),
        np.arange(0, 2 * arcs + 1, 2, dtype=np.int32),
        index.astype(np.int32),
        np.ones(2 * arcs),
        np.zeros(arcs, np.int32),
    )
    highs.run()
    choice = np.full(problem.needs, NOBODY, np.int64)
    taken = np.nonzero(np.asarray(highs.getSolution().col_value) > 0.5)[0]
    choice[problem.need[taken]] = arcs_of[taken]
    return choice


def relaxed(problem: Problem) -> None:
    """The floor: the linear relaxation of hours and visits alone."""
    prices_of(problem, problem.weight[problem.need] + 1e-6 * problem.quality)


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
    """Rows of the benchmark table, up to 1,000 needs."""
    for needs, providers in SIZES[:2]:
        situation = sub_district(needs, providers)
        problem = lay_out(situation).problem
        floor = min(clocked(partial(relaxed, problem)) for _ in range(3))
        size = f"{needs} needs, {providers} providers"
        for effort, name in ((Effort.QUICK, "plan: the first one"), (Effort.THOROUGH, "plan: thorough")):
            seconds = None if effort is Effort.QUICK else SECONDS[needs]
            taken = clocked(partial(plan, situation, effort=effort, seconds=seconds))
            yield name, size, taken, floor, "the linear relaxation"
    yield from proofs(*SIZES[0])
    yield from gentle_ones(*SIZES[0])


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
        yield f"plan: {what} proved, middle of 10", size, seconds[5], floor, "the linear relaxation"
        yield f"plan: {what} proved, longest of 10", size, seconds[-1], floor, "the linear relaxation"


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
    begun = time.process_time()
    found = plan(situation, stop=lambda: time.process_time() - begun >= seconds)
    taken, (_, highest) = time.process_time() - begun, memory()
    last, bound, gap = found.pairs(), found.bound, found.gap
    first = {"engine": told(found.table, found.choice)}
    del found
    gently = plan(replace(changed, last=last), effort=Effort.GENTLE)
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
    highs: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.99)
    highs.passModel(
        arcs,
        items + agents,
        2 * arcs,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        instance.costs.ravel().astype(np.float64),
        np.zeros(arcs),
        np.ones(arcs),
        np.concatenate([np.ones(items), np.full(agents, -np.inf)]),
        np.concatenate([np.ones(items), instance.capacities]).astype(np.float64),
        np.arange(0, 2 * arcs + 1, 2, dtype=np.int32),
        np.stack([item, items + agent], axis=1).ravel().astype(np.int32),
        np.stack([np.ones(arcs), instance.loads.ravel()], axis=1).ravel().astype(np.float64),
        np.ones(arcs, np.int32),
    )
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
        print(f"{what:<22} {size:<28} {ours:7.2f} s {floor:7.3f} s {ours / floor:7.1f} x {name}", flush=True)
    for line in tables(options.largest):
        print(line, flush=True)
    if options.gap is not None:
        known_sets(options.gap, options.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
