"""Where more help would serve most of those who wait: recruits, certificates, hours, distance."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from jiuliting_desk.matching.arcs import CHUNK
from jiuliting_desk.matching.beside import Beside
from jiuliting_desk.matching.changes import (
    STANDARD_METRES,
    STANDARD_MINUTES,
    STANDARD_VISITS,
    Change,
    ChangeKind,
    recruit,
    said,
)
from jiuliting_desk.matching.grid import look
from jiuliting_desk.matching.plan import plan
from jiuliting_desk.matching.pool import pack
from jiuliting_desk.matching.rows import NOWHERE, UNSAID, NeedRow, Place, ProviderRow
from jiuliting_desk.matching.terms import Rule

MOST_OF_A_KIND = 5
SOLVED_OF_A_KIND = 8
"""So many of the most promising are solved exactly."""
MORE_MINUTES, MORE_VISITS, MORE_METRES = 240, 4, 1000
"""What is assumed of those who give more time, or go farther."""


class AdviceKind(StrEnum):
    """What kind of help it is."""

    RECRUIT = "recruit"
    CERTIFY = "certify"
    MORE_TIME = "more_time"
    FARTHER = "farther"
    RESUME = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One piece of advice: what it would bring is counted with nobody else's line moved, so it is the least."""

    kind: AdviceKind
    changes: tuple[Change, ...]
    needs: tuple[int, ...]
    """Those who wait now and would be served."""
    weight: int
    """Their urgency weight."""
    provider: int = 0
    name: str = ""
    category: int = 0
    """Of a recruit: what they can do, and where they live."""
    place: Place = NOWHERE
    minutes: int = 0
    """Assumed of a recruit in a month, or asked for in addition; and the same in visits."""
    visits: int = 0
    metres: int = 0
    certificate: str = ""

    @property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """(need, provider) of what it would bring: a plan that begins with them brings no less."""
        return tuple((need, self.provider) for need in self.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """What a recruit is assumed to give in a month, and how far they go; said with every advice."""

    minutes: int = STANDARD_MINUTES
    visits: int = STANDARD_VISITS
    metres: int = STANDARD_METRES


def advise(
    beside: Beside,
    *,
    assumed: Assumed = Assumed(),
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Advice, ...]:
    """Recruits that add up one after the other, then what those who are there could give, each taken alone.

    ``progress(done, total)`` is called between the kinds, and what it raises ends the work.
    """
    waiting = [beside.needs[need] for need in beside.plan.unserved]
    found: list[Advice] = []
    kinds = (_certificates, _more_time, _farther, _resumed)
    for done, kind in enumerate(kinds):
        if progress is not None:
            progress(done, len(kinds) + MOST_OF_A_KIND)
        found.extend(_solved(beside, waiting, kind(beside, waiting)))
    recruits = list(_recruits(beside, waiting, assumed, progress, len(kinds)))
    found.sort(key=lambda advice: (-advice.weight, -len(advice.needs), advice.provider))
    return (*recruits, *found)


# -- those who are there


def _certificates(beside: Beside, waiting: Sequence[NeedRow]) -> list[Advice]:
    allowed = Rule.NO_CERTIFICATE.bit | Rule.CERTIFICATE_EXPIRED.bit
    kinds = {row.id: row.certificate_kind for row in beside.situation.categories}
    found = []
    for row, needs in _only(beside, waiting, allowed):
        for kind in sorted({kinds[need.category] for need in needs}):
            mine = tuple(need.id for need in needs if kinds[need.category] == kind)
            change = said(Change(kind=ChangeKind.CERTIFY, provider=row.id, certificate=kind), name=row.name)
            found.append(_advice(AdviceKind.CERTIFY, row, (change,), mine, certificate=kind))
    return found


def _more_time(beside: Beside, waiting: Sequence[NeedRow]) -> list[Advice]:
    found, month = [], beside.situation.month_name
    for row, needs in _only(beside, waiting, Rule.FULL.bit):
        minutes = MORE_MINUTES if row.minutes is not None else 0
        visits = MORE_VISITS if row.visits is not None else 0
        changes = []
        if minutes:
            more = Change(kind=ChangeKind.MORE_MINUTES, provider=row.id, amount=minutes)
            changes.append(said(more, name=row.name, month=month))
        if visits:
            more = Change(kind=ChangeKind.MORE_VISITS, provider=row.id, amount=visits)
            more = said(more, name=row.name, month=month)
            changes.append(replace(more, text=f"多去 {visits} 次") if changes else more)
        ids = tuple(need.id for need in needs)
        found.append(_advice(AdviceKind.MORE_TIME, row, tuple(changes), ids, minutes=minutes, visits=visits))
    return found


def _farther(beside: Beside, waiting: Sequence[NeedRow]) -> list[Advice]:
    found = []
    for row, needs in _only(beside, waiting, Rule.TOO_FAR.bit):
        if row.max_metres is not None:
            metres = row.max_metres + MORE_METRES
            change = said(Change(kind=ChangeKind.FARTHER, provider=row.id, amount=metres), name=row.name)
            ids = tuple(need.id for need in needs)
            found.append(_advice(AdviceKind.FARTHER, row, (change,), ids, metres=metres))
    return found


def _resumed(beside: Beside, waiting: Sequence[NeedRow]) -> list[Advice]:
    found = []
    for row, needs in _only(beside, waiting, Rule.PAUSED.bit):
        change = said(Change(kind=ChangeKind.RESUME, provider=row.id), name=row.name)
        found.append(_advice(AdviceKind.RESUME, row, (change,), tuple(need.id for need in needs)))
    return found


def _advice(
    kind: AdviceKind,
    row: ProviderRow,
    changes: tuple[Change, ...],
    needs: tuple[int, ...],
    *,
    minutes: int = 0,
    visits: int = 0,
    metres: int = 0,
    certificate: str = "",
) -> Advice:
    return Advice(
        kind=kind, provider=row.id, name=row.name, changes=changes, needs=needs, weight=0, minutes=minutes,
        visits=visits, metres=metres, certificate=certificate,
    )  # fmt: skip


def _only(beside: Beside, waiting: Sequence[NeedRow], allowed: int) -> list[tuple[ProviderRow, list[NeedRow]]]:
    """Providers with the waiting needs that only these rules keep from them once the plan stands, most weight first."""
    pool = beside.pool
    found: defaultdict[int, list[NeedRow]] = defaultdict(list)
    columns = np.arange(len(pool))
    for needs in _by_category(waiting):
        for start in range(0, len(needs), CHUNK):
            chunk = needs[start : start + CHUNK]
            masks = look(pool, beside.room, chunk, columns).masks.astype(np.int64)
            for row, column in zip(*np.nonzero((masks != 0) & (masks & ~allowed == 0)), strict=True):
                found[int(column)].append(chunk[row])
    ranked = sorted(found, key=lambda place: (-sum(need.weight for need in found[place]), place))
    return [(pool.rows[place], found[place]) for place in ranked]


def _by_category(waiting: Iterable[NeedRow]) -> list[list[NeedRow]]:
    found: defaultdict[int, list[NeedRow]] = defaultdict(list)
    for need in waiting:
        found[need.category].append(need)
    return [found[category] for category in sorted(found)]


def _solved(beside: Beside, waiting: Sequence[NeedRow], promising: Sequence[Advice]) -> list[Advice]:
    """The best of them, each with what the provider takes when all their own lines are kept."""
    by_id = {need.id: need for need in waiting}
    found = []
    for advice in promising[:SOLVED_OF_A_KIND]:
        told = _taken(beside, beside.row(advice.provider), [by_id[need] for need in advice.needs], advice)
        if told.needs:
            found.append(told)
    found.sort(key=lambda advice: (-advice.weight, -len(advice.needs), advice.provider))
    return found[:MOST_OF_A_KIND]


def _taken(beside: Beside, row: ProviderRow, needs: Sequence[NeedRow], advice: Advice) -> Advice:
    """The advice with the needs that the planner gives this one provider, who keeps every line."""
    changes = [change for change in advice.changes if change.kind is not ChangeKind.RECRUIT]
    served = {line.need for line in plan(beside.once(row, needs, changes)).lines}
    mine = [need for need in needs if need.id in served]
    if not beside.keeps_lines(row, mine, changes):
        mine = []
    return replace(advice, needs=tuple(need.id for need in mine), weight=sum(need.weight for need in mine))


# -- recruits


def _recruits(
    beside: Beside,
    waiting: Sequence[NeedRow],
    assumed: Assumed,
    progress: Callable[[int, int], None] | None,
    done: int,
) -> Iterable[Advice]:
    """One recruit after the other, each for those who still wait after the ones before."""
    left = list(waiting)
    for number in range(1, MOST_OF_A_KIND + 1):
        if progress is not None:
            progress(done + number - 1, done + MOST_OF_A_KIND)
        promising: list[tuple[int, Advice, list[NeedRow]]] = []
        for needs in _by_category(left):
            for sex in sorted({UNSAID, *(need.only_sex or UNSAID for need in needs)}, reverse=True):
                promising.extend(_places(beside, needs, assumed, number, sex))
        promising.sort(key=lambda found: (-found[0], found[1].category, found[1].place.compound))
        best: Advice | None = None
        for _, advice, needs in promising[:3]:
            row = advice.changes[0].row
            assert row is not None
            told = _taken(beside, row, needs, advice)
            if told.needs and (best is None or told.weight > best.weight):
                best = told
        if best is None:
            return
        taken = set(best.needs)
        yield _plainly(beside, best, [need for need in left if need.id in taken])
        left = [need for need in left if need.id not in taken]


def _plainly(beside: Beside, advice: Advice, needs: Iterable[NeedRow]) -> Advice:
    """The same of a recruit of whom no more is asked than these needs ask."""
    needs = list(needs)
    sex = next((need.only_sex for need in needs if need.only_sex), UNSAID)
    change = recruit(
        beside.situation, category=advice.category, place=advice.place, minutes=advice.minutes, visits=advice.visits,
        metres=advice.metres, number=-advice.provider, sex=sex,
        dialect=any(need.wants_dialect for need in needs),
    )  # fmt: skip
    return replace(advice, changes=(change,))


def _places(
    beside: Beside, needs: list[NeedRow], assumed: Assumed, number: int, sex: str
) -> Iterable[tuple[int, Advice, list[NeedRow]]]:
    """The best place for a recruit of one service: (weight that fits by a quick count, advice, needs in reach)."""
    category = needs[0].category
    homes = {need.place.compound: replace(need.place, building="") for need in needs if need.place.compound}
    places = [homes[compound] for compound in sorted(homes)] or [NOWHERE]
    offers = [
        recruit(
            beside.situation, category=category, place=place, minutes=assumed.minutes, visits=assumed.visits,
            metres=assumed.metres, number=number, sex=sex, dialect=any(need.wants_dialect for need in needs),
        )
        for place in places
    ]  # fmt: skip
    rows = [replace(offer.row, id=at) for at, offer in enumerate(offers) if offer.row is not None]
    empty = replace(
        beside.situation, providers=tuple(rows), needs=(), refusals=(), bonds=(), served=(), fixed=(), last=()
    )
    pool = pack(empty)
    ordered = sorted(needs, key=lambda need: (-need.weight / need.units, need.id))
    masks = look(pool, pool.room, ordered, np.arange(len(pool))).masks
    best: tuple[int, int] | None = None
    for at in range(len(places)):
        units, visits, weight = assumed.minutes // beside.situation.unit, assumed.visits, 0
        for place in np.nonzero(masks[:, at] == 0)[0].tolist():
            need = ordered[place]
            if need.units <= units and need.visits <= visits:
                units, visits, weight = units - need.units, visits - need.visits, weight + need.weight
        if weight and (best is None or weight > best[0]):
            best = weight, at
    if best is None:
        return
    weight, at = best
    reach = [ordered[place] for place in np.nonzero(masks[:, at] == 0)[0].tolist()]
    advice = Advice(
        kind=AdviceKind.RECRUIT,
        provider=-number,
        changes=(offers[at],),
        needs=(),
        weight=0,
        category=category,
        place=places[at],
        minutes=assumed.minutes,
        visits=assumed.visits,
        metres=assumed.metres,
    )
    yield weight, advice, reach
