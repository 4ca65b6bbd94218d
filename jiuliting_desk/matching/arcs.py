"""From a situation to the planning problem: what is fixed, who may serve what, and in which quality."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import gcd

import numpy as np
from numpy.typing import NDArray

from jiuliting_desk.matching.grid import Grid, look
from jiuliting_desk.matching.pool import Pool, pack
from jiuliting_desk.matching.problem import Ints, Problem, nobody
from jiuliting_desk.matching.room import NO_LIMIT, Room
from jiuliting_desk.matching.rows import UNIT_MINUTES, FixedRow, NeedRow, Situation, Source

CHUNK = 256
"""Needs looked at in one go, so that the arrays stay small."""


@dataclass(slots=True, eq=False, kw_only=True)
class Table:
    """A situation made ready for planning."""

    situation: Situation
    pool: Pool
    room: Room
    """What is left beside the lines that are fixed."""
    needs: tuple[NeedRow, ...]
    """Those to plan, by id; positions in ``problem`` are positions here."""
    fixed: tuple[FixedRow, ...]
    """The lines that stand, by need; those of pairings among them."""
    problem: Problem


def lay_out(situation: Situation) -> Table:
    """Fix what stands, and lay out all arcs that no rule excludes."""
    pool = pack(situation)
    needs = {need.id: need for need in sorted(situation.needs, key=lambda need: need.id)}
    room = pool.room.copy()
    fixed = _fix(situation, pool, room, needs)
    taken = {row.need for row in fixed}
    free = tuple(need for need in needs.values() if need.id not in taken)
    return Table(
        situation=situation,
        pool=pool,
        room=room,
        needs=free,
        fixed=fixed,
        problem=_promised(_problem(situation, pool, room, free), pool, fixed),
    )


def _fix(situation: Situation, pool: Pool, room: Room, needs: dict[int, NeedRow]) -> tuple[FixedRow, ...]:
    """The lines that stand: those named, whatever the rules say, then needs of pairs that no rule divides."""
    everything = (1 << situation.rules.half_days) - 1
    fixed: dict[int, FixedRow] = {}
    for row in sorted(situation.fixed, key=lambda row: (row.need, row.provider)):
        if row.need in needs and row.provider in pool.position and row.need not in fixed:
            position, need = pool.position[row.provider], needs[row.need]
            fixed[row.need] = row
            wanted = need.half_days or everything
            room.take(position, need, wanted & int(pool.free[position]) or wanted)
    if pool.bonds:
        for need in sorted(needs.values(), key=lambda need: (-need.weight, need.id)):
            if need.id not in fixed:
                fixed.update(_of_pairing(situation, pool, room, need))
    return tuple(fixed[need] for need in sorted(fixed))


def _of_pairing(situation: Situation, pool: Pool, room: Room, need: NeedRow) -> dict[int, FixedRow]:
    pinned = {(bond.elder, bond.provider) for bond in situation.bonds if bond.pinned}
    bonds = []
    for position, category in pool.bonds.get(need.elder, ()):
        is_pinned = (need.elder, pool.rows[position].id) in pinned
        if category in {None, need.category} and (is_pinned or situation.rules.keep_pairings):
            bonds.append((not is_pinned, category is None, position))
    for _, _, position in sorted(bonds):
        grid = look(pool, room, [need], np.array([position], np.int64))
        if not grid.masks[0, 0]:
            room.take(position, need, int(grid.common[0, 0]))
            return {need.id: FixedRow(need=need.id, provider=pool.rows[position].id, source=Source.PAIRING)}
    return {}


def grids(pool: Pool, room: Room, needs: Iterable[tuple[int, NeedRow]]) -> Iterable[tuple[Ints, Grid]]:
    """Chunks of needs of one service against all who can do it, with the positions of the needs."""
    by_category: defaultdict[int, list[tuple[int, NeedRow]]] = defaultdict(list)
    for position, need in needs:
        by_category[need.category].append((position, need))
    for category, found in sorted(by_category.items()):
        level = pool.level.get(category)
        if level is None:
            continue
        columns = np.nonzero(level)[0]
        for start in range(0, len(found), CHUNK):
            chunk = found[start : start + CHUNK]
            positions = np.array([position for position, _ in chunk], np.int64)
            yield positions, look(pool, room, [need for _, need in chunk], columns)


def _problem(situation: Situation, pool: Pool, room: Room, needs: tuple[NeedRow, ...]) -> Problem:
    need_parts: list[Ints] = []
    provider_parts: list[Ints] = []
    quality_parts: list[Ints] = []
    common_parts: list[NDArray[np.uint32]] = []
    for positions, grid in grids(pool, room, enumerate(needs)):
        rows, columns = np.nonzero(grid.masks == 0)
        need_parts.append(positions[rows])
        provider_parts.append(grid.columns[columns])
        quality_parts.append(grid.quality[rows, columns])
        common_parts.append(grid.common[rows, columns])
    need, provider = _joined(need_parts), _joined(provider_parts)
    order = np.lexsort((provider, need))
    need, provider = need[order], provider[order]
    quality = _joined(quality_parts)[order]
    half_days = _joined([part.astype(np.int64) for part in common_parts])[order]
    elders = {elder: number for number, elder in enumerate(sorted({row.elder for row in needs}))}
    elder = np.array([elders[row.elder] for row in needs], np.int64)
    weights = situation.weights
    parts = _parts(weights.load_steps, situation.unit)
    new_home = ~_met(elder[need], provider, elders, room.elders)
    lasting = np.array([row.lasting for row in needs], bool)[need]
    lasting &= ~_met(elder[need], provider, elders, room.bound)
    return Problem(
        weight=np.array([row.weight for row in needs], np.int64),
        elder=elder,
        need=need,
        provider=provider,
        quality=parts * (quality + np.where(new_home, 0, weights.same_elder)),
        units=np.array([row.units for row in needs], np.int64)[need],
        visits=np.array([row.visits for row in needs], np.int64)[need],
        rest=pool.rest[provider],
        kept=_last(situation, pool, needs, need, provider),
        lasting=lasting,
        new_home=new_home,
        half_days=half_days,
        room_units=room.units,
        room_visits=room.visits,
        room_lasting=np.maximum(room.lasting, 0),
        room_half_days=room.half_days,
        placed=tuple(room.placed),
        promised=np.zeros(len(pool), bool),
        homes_at_once=np.array(
            [max(0, row.homes_at_once - len(room.elders[place])) for place, row in enumerate(pool.rows)], np.int64
        ),
        same_elder=parts * weights.same_elder,
        thresholds=_thresholds(pool, room, weights.load_steps),
        prices=_prices(weights.load_steps, situation.unit, parts),
        parts=parts,
    )


def _promised(problem: Problem, pool: Pool, fixed: tuple[FixedRow, ...]) -> Problem:
    """The same in which those sent by hand keep the homes that the last proposal gives them beside, if these hold."""
    by_hand = {pool.position[row.provider] for row in fixed if row.source is Source.CHOSEN}
    promised = problem.promised.copy()
    for place in by_hand & set(np.nonzero(problem.homes_at_once)[0].tolist()):
        choice, mine = nobody(problem), np.nonzero(problem.kept & (problem.provider == place))[0]
        choice[problem.need[mine]] = mine
        promised[place] = len(mine) > 0 and not problem.breaches(choice)
    return replace(problem, promised=promised)


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _met(elder: Ints, provider: Ints, elders: dict[int, int], met: list[set[int]]) -> NDArray[np.bool_]:
    """Which arcs join two who meet anyway."""
    codes = [
        elders[person] * len(met) + position
        for position, people in enumerate(met)
        for person in people
        if person in elders
    ]
    return np.isin(elder * len(met) + provider, np.array(codes, np.int64))


def _last(
    situation: Situation, pool: Pool, needs: tuple[NeedRow, ...], need: Ints, provider: Ints
) -> NDArray[np.bool_]:
    positions = {row.id: position for position, row in enumerate(needs)}
    codes = [
        positions[need_id] * len(pool) + pool.position[provider_id]
        for need_id, provider_id in situation.last
        if need_id in positions and provider_id in pool.position
    ]
    return np.isin(need * len(pool) + provider, np.array(codes, np.int64))


def _thresholds(pool: Pool, room: Room, steps: tuple[tuple[int, int], ...]) -> Ints:
    """Units of new load from which each step's price is due; never for those without a limit."""
    limited = pool.total_units < NO_LIMIT
    used = np.where(limited, pool.total_units - room.units, 0)
    thresholds = np.empty((len(pool), len(steps)), np.int64)
    for step, (per_cent, _) in enumerate(steps):
        due = np.where(limited, pool.total_units * per_cent // 100 - used, NO_LIMIT)
        thresholds[:, step] = np.maximum(0, due)
    return thresholds


def _parts(steps: tuple[tuple[int, int], ...], unit: int) -> int:
    """Into how many parts a point is to be divided, so that a unit above each step costs a whole number of them."""
    return UNIT_MINUTES // gcd(UNIT_MINUTES, *(points * unit for _, points in steps))


def _prices(steps: tuple[tuple[int, int], ...], unit: int, parts: int) -> tuple[int, ...]:
    """What each step costs more than the one before, by unit."""
    points = [parts * points * unit // UNIT_MINUTES for _, points in steps]
    return tuple(int(more) for more in np.diff([0, *points]))
