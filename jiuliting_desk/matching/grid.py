"""Rules and terms for some needs of one service against some providers at once: masks and points as arrays."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiuliting_desk.matching.pool import SEX_CODES, Pool
from jiuliting_desk.matching.room import Flags, Ints, Room
from jiuliting_desk.matching.rows import UNSAID, CategoryRow, NeedRow
from jiuliting_desk.matching.terms import (
    FREE_HALF_DAYS_ENOUGH,
    NEAR_SHARES,
    SERVED_SHARE,
    SERVED_SHARE_EACH,
    Rule,
    Term,
)

SKILL_SHARES = np.array([0, 34, 67, 100], np.int64)
"""Per cent of the points for skill at levels 0-3."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Grid:
    """What the rules and terms say: needs x providers."""

    needs: tuple[NeedRow, ...]
    columns: Ints
    """Positions in the pool."""
    masks: NDArray[np.uint16]
    """The rules that exclude, one bit each."""
    common: NDArray[np.uint32]
    """Half-days on which both can."""
    points: dict[Term, Ints]

    @property
    def quality(self) -> Ints:
        """The sum of the points of all terms."""
        total = np.zeros(self.masks.shape, np.int64)
        for points in self.points.values():
            total += points
        return total


def category_of(pool: Pool, category: int) -> CategoryRow:
    """The service with this id; one that nobody described has no wishes."""
    for row in pool.situation.categories:
        if row.id == category:
            return row
    return CategoryRow(id=category, name="这项服务")


def look(pool: Pool, room: Room, needs: Sequence[NeedRow], columns: Ints) -> Grid:
    """Rules and terms for needs of one service against the providers at ``columns``."""
    rules, weights = pool.situation.rules, pool.situation.weights
    category = category_of(pool, needs[0].category)
    shape = (len(needs), len(columns))
    metres = np.empty(shape, np.int64)
    for row, need in enumerate(needs):
        metres[row] = pool.metres_to(need.place)[columns]
    wanted = np.array([need.half_days for need in needs], np.uint32)[:, None]
    everything = np.uint32((1 << rules.half_days) - 1)
    common = np.where(wanted == 0, everything, wanted) & pool.free[columns]
    masks = np.zeros(shape, np.uint16)
    for rule, broken in _rules(pool, room, needs, columns, category, metres, common):
        if rules.mask & rule.bit:
            masks |= np.where(broken, np.uint16(rule.bit), np.uint16(0))
    points = {
        term: share * weights.points(term) // 100
        for term, share in _terms(pool, needs, columns, metres, common)
        if weights.points(term)
    }
    return Grid(needs=tuple(needs), columns=columns, masks=masks, common=common, points=points)


def _rules(
    pool: Pool,
    room: Room,
    needs: Sequence[NeedRow],
    columns: Ints,
    category: CategoryRow,
    metres: Ints,
    common: NDArray[np.uint32],
) -> Iterator[tuple[Rule, Flags]]:
    """Each rule with where it is broken, in shapes that spread over needs x providers."""
    yield Rule.PAUSED, _away(pool, needs, columns)
    level = pool.level.get(category.id)
    yield Rule.NO_SKILL, np.ones(len(columns), bool) if level is None else level[columns] == 0
    if category.certificate_kind:
        held = np.empty((len(needs), len(columns)), bool)
        valid = np.empty_like(held)
        for row, need in enumerate(needs):
            has, counts = pool.certificates(category.certificate_kind, need.day)
            held[row], valid[row] = has[columns], counts[columns]
        yield Rule.NO_CERTIFICATE, ~held
        yield Rule.CERTIFICATE_EXPIRED, held & ~valid
    yield from _refusals(pool, needs, columns)
    yield from _wishes(pool, needs, columns)
    area = np.empty((len(needs), len(columns)), bool)
    for row, need in enumerate(needs):
        area[row] = pool.in_area(need.place.committee)[columns]
    yield Rule.OUT_OF_AREA, ~area
    farthest = pool.max_metres[columns]
    if category.max_metres is not None:
        farthest = np.minimum(farthest, category.max_metres)
    yield Rule.TOO_FAR, metres > farthest
    yield Rule.NO_COMMON_HALF_DAY, common == 0
    units = np.array([need.units for need in needs], np.int64)[:, None]
    visits = np.array([need.visits for need in needs], np.int64)[:, None]
    yield Rule.FULL, (units > room.units[columns]) | (visits > room.visits[columns])
    yield Rule.PAIRS_FULL, _pairs_full(room, needs, columns)
    yield Rule.HALF_DAY_FULL, _half_day_full(room, needs, columns, common)


def _away(pool: Pool, needs: Sequence[NeedRow], columns: Ints) -> Flags:
    """Whoever pauses, but for needs of a day on which they are back."""
    away = np.broadcast_to(pool.paused[columns], (len(needs), len(columns)))
    if not any(need.only_on is not None for need in needs) or not away.any():
        return away
    rows = [pool.rows[place] for place in columns.tolist()]
    return np.array([[row.is_away(need.only_on) for row in rows] for need in needs], bool)


def _refusals(pool: Pool, needs: Sequence[NeedRow], columns: Ints) -> Iterator[tuple[Rule, Flags]]:
    if not any(need.elder in pool.refused for need in needs):
        return
    where = np.full(len(pool), -1, np.int64)
    where[columns] = np.arange(len(columns))
    broken = {rule: np.zeros((len(needs), len(columns)), bool) for rule in _REFUSALS}
    for row, need in enumerate(needs):
        for position, rule in pool.refused.get(need.elder, ()):
            if where[position] >= 0:
                broken[rule][row, where[position]] = True
    yield from broken.items()


_REFUSALS = (Rule.REFUSED_BY_ELDER, Rule.REFUSED_BY_PROVIDER)


def _wishes(pool: Pool, needs: Sequence[NeedRow], columns: Ints) -> Iterator[tuple[Rule, Flags]]:
    sex = pool.sex[columns]
    wants = np.array([SEX_CODES.get(need.wants_sex, 0) for need in needs], np.int8)[:, None]
    refuses = np.array([SEX_CODES.get(need.refuses_sex, 0) for need in needs], np.int8)[:, None]
    if wants.any() or refuses.any():
        refused = (sex == refuses) | ((refuses != 0) & (sex == SEX_CODES[UNSAID]))
        yield Rule.WRONG_SEX, (sex != 0) & (refused | ((wants != 0) & (sex != wants)))
    dialect = np.array([need.wants_dialect for need in needs], bool)[:, None]
    if dialect.any():
        yield Rule.NO_DIALECT, dialect & ~pool.dialect[columns]


def _pairs_full(room: Room, needs: Sequence[NeedRow], columns: Ints) -> Flags:
    lasting = np.array([need.lasting for need in needs], bool)[:, None]
    broken: Flags = lasting & (room.lasting[columns] <= 0)
    for row, column in zip(*np.nonzero(broken), strict=True):
        if needs[row].elder in room.bound[columns[column]]:
            broken[row, column] = False
    return broken


def _half_day_full(room: Room, needs: Sequence[NeedRow], columns: Ints, common: NDArray[np.uint32]) -> Flags:
    """Only those whose tightest half-day cannot hold every visit are looked at closely."""
    broken = np.zeros(common.shape, bool)
    tightest = room.half_days[columns].min(axis=1) - room.placed_visits[columns]
    for row, need in enumerate(needs):
        for column in np.nonzero((tightest < need.visits) & (common[row] != 0))[0].tolist():
            position = int(columns[column])
            broken[row, column] = not room.has_half_days(position, int(common[row, column]), need.visits)
    return broken


def _terms(
    pool: Pool, needs: Sequence[NeedRow], columns: Ints, metres: Ints, common: NDArray[np.uint32]
) -> Iterator[tuple[Term, Ints]]:
    """Each term with its share of the points in per cent."""
    yield Term.NEARNESS, _nearness(pool, needs, columns, metres)
    yield Term.KNOWN, _known(pool, needs, columns)
    wanted = np.array([need.half_days.bit_count() for need in needs], np.int64)[:, None]
    free = np.minimum(100, 100 * pool.free_count[columns] // FREE_HALF_DAYS_ENOUGH)
    both = 100 * np.bitwise_count(common).astype(np.int64) // np.maximum(wanted, 1)
    yield Term.HALF_DAYS, np.where(wanted == 0, free, both)
    level = pool.level.get(needs[0].category)
    grades = np.zeros(len(columns), np.int64) if level is None else level[columns].astype(np.int64)
    yield Term.SKILL, np.broadcast_to(SKILL_SHARES[np.clip(grades, 0, 3)], metres.shape)
    elder_sex = np.array([SEX_CODES.get(need.elder_sex, 0) for need in needs], np.int8)[:, None]
    yield Term.SAME_SEX, np.where((elder_sex != 0) & (elder_sex == pool.sex[columns]), 100, 0)
    speaks = np.array([need.speaks_dialect or need.wants_dialect for need in needs], bool)[:, None]
    yield Term.DIALECT, np.where(speaks & pool.dialect[columns], 100, 0)
    yield Term.BASE, np.full(metres.shape, 100, np.int64)


def _nearness(pool: Pool, needs: Sequence[NeedRow], columns: Ints, metres: Ints) -> Ints:
    near = pool.situation.weights.near_metres
    top = NEAR_SHARES["metres"]
    share = np.where((metres >= 0) & (metres < near), top - top * metres // max(near, 1), 0)
    committee = np.array([need.place.committee for need in needs], np.int64)[:, None]
    compound = np.array([need.place.compound for need in needs], np.int64)[:, None]
    building = np.array([pool.buildings.get(need.place.building, -1) for need in needs], np.int64)[:, None]
    same_committee = (committee != 0) & (committee == pool.committee[columns])
    same_compound = (compound != 0) & (compound == pool.compound[columns])
    same_building = same_compound & (building > 0) & (building == pool.building[columns])
    share = np.maximum(share, np.where(same_committee, NEAR_SHARES["committee"], 0))
    share = np.where(same_compound, NEAR_SHARES["compound"], share)
    return np.where(same_building, NEAR_SHARES["building"], share)


def _known(pool: Pool, needs: Sequence[NeedRow], columns: Ints) -> Ints:
    share = np.zeros((len(needs), len(columns)), np.int64)
    if not any(need.elder in pool.served or need.elder in pool.bonds for need in needs):
        return share
    where = np.full(len(pool), -1, np.int64)
    where[columns] = np.arange(len(columns))
    for row, need in enumerate(needs):
        for position, times in pool.served.get(need.elder, ()):
            if where[position] >= 0:
                share[row, where[position]] = min(100, SERVED_SHARE + SERVED_SHARE_EACH * (times - 1))
        for position, category in pool.bonds.get(need.elder, ()):
            if where[position] >= 0 and category in {None, need.category}:
                share[row, where[position]] = 100
    return share
