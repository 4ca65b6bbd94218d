"""A ranking with its reasons beside a sort; causes, cures, insisting, advice and what-if of a plan beside its arcs."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import numpy as np

from jiuliting_desk.matching.advice import advise
from jiuliting_desk.matching.arcs import lay_out
from jiuliting_desk.matching.candidates import Exclusion, Ranking, rank
from jiuliting_desk.matching.explain import Explainer
from jiuliting_desk.matching.insist import Insistence
from jiuliting_desk.matching.plan import Effort, plan
from jiuliting_desk.matching.pool import Pool
from jiuliting_desk.matching.rows import NeedRow
from jiuliting_desk.matching.what_if import what_if
from tests.matching.instances import sub_district

NEEDS, PROVIDERS = 1_000, 200
MOST_RANKED = 40
"""How many times the sort a ranking may take."""
RANKED, MANY, SHOWN = 200, 2_000, 60
"""Needs that are ranked, among so many providers, with so many of the excluded and their rules."""
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Processor seconds of one run, and what it gave."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def run() -> Iterator[tuple[str, str, float, float, str]]:
    """Rows of the benchmark table."""
    yield from rankings()
    situation = sub_district(NEEDS, PROVIDERS)
    arcs, _ = timed(lambda: lay_out(situation))
    planning, found = timed(lambda: plan(situation, effort=Effort.QUICK))
    unserved = found.unserved
    size = f"{NEEDS} x {PROVIDERS}, {len(unserved)} unserved"
    spent, explainer = timed(lambda: Explainer(found))
    causes, _ = timed(lambda: [explainer.explain(need, cures=0) for need in unserved])
    yield ("matching: causes of all unserved", size, spent + causes, arcs, "laying out all arcs")
    cures, _ = timed(lambda: [explainer.cures(need) for need in unserved])
    yield ("matching: verified cures, one need", size, cures / len(unserved), arcs, "laying out all arcs")
    insistence = Insistence(found)
    costs, _ = timed(lambda: [insistence.tell(need) for need in unserved])
    yield ("matching: what insisting costs, one need", size, costs / len(unserved), arcs, "laying out all arcs")
    spent, advice = timed(lambda: advise(explainer.beside))
    yield ("matching: advice for recruiting", size, spent, planning, "a quick plan")
    spent, outcome = timed(lambda: what_if(found, advice[0].changes, lines=advice[0].lines))
    told = outcome.difference
    what = f"matching: one recruit: +{len(advice[0].needs)}/+{advice[0].weight}"
    got = f"solved again: +{len(told.gained) - len(told.lost)}/+{told.weight}"
    yield (what, got, spent, planning, "a quick plan")


def listed(pool: Pool, need: NeedRow) -> tuple[Ranking, tuple[Exclusion, ...]]:
    """Who can go and why, and who is the nearest to it of those who cannot, with the rules."""
    found = rank(pool, need)
    return found, found.excluded(SHOWN)


def rankings() -> Iterator[tuple[str, str, float, float, str]]:
    """The list of one need with all its sentences: the middle of many needs and the longest, beside a bare sort."""
    table = lay_out(sub_district(RANKED, MANY))
    pool = table.pool
    draw = np.random.default_rng(0)
    quality, rest, order = draw.integers(0, 1_000, MANY), draw.integers(0, 50, MANY), np.arange(MANY)
    floor = min(timed(lambda: np.lexsort((order, -rest, -quality)))[0] for _ in range(20))
    taken = sorted(timed(partial(listed, pool, need))[0] for need in table.situation.needs)
    for which, seconds in (("middle", taken[len(taken) // 2]), ("longest", taken[-1])):
        yield (
            f"matching: one need ranked, {which} of {RANKED}",
            f"{MANY} providers",
            seconds,
            floor,
            f"a sort of them; at most {MOST_RANKED}",
        )
