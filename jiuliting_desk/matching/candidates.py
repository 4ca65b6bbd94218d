"""Who could serve one need, best first with the reasons, and everyone else with the rules that exclude them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from jiuliting_desk.matching.grid import Grid, category_of, look
from jiuliting_desk.matching.pool import Pool
from jiuliting_desk.matching.room import Ints, Room, units_left
from jiuliting_desk.matching.rows import CertificateRow, NeedRow, Place, ProviderRow
from jiuliting_desk.matching.terms import OTHER_SEX, SEX_NAMES, Rule, Term, rules_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A term that scored, as a sentence."""

    term: Term
    points: int
    text: str
    metres: int | None = None
    """Of nearness, where the distance is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody whom no rule excludes."""

    provider: int
    name: str
    quality: int
    reasons: tuple[Reason, ...]
    """Those with a sentence, most points first."""
    booked_visits: int
    most_visits: int | None
    homes_short: int
    """An enterprise that comes for several homes at once: homes still wanting beside this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Somebody whom rules exclude; choosing them all the same wants a reason in words."""

    provider: int
    name: str
    rules: tuple[Rule, ...]
    texts: tuple[str, ...]
    """A sentence for each rule."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Ranking:
    """The answer for one need."""

    need: NeedRow
    candidates: tuple[Candidate, ...]
    excluded_count: int
    pool: Pool
    room: Room
    grid: Grid

    def excluded(self, most: int | None = None) -> tuple[Exclusion, ...]:
        """Those who are excluded: by the fewest rules first, then by what they would have scored, then by id."""
        masks = self.grid.masks[0]
        out = np.nonzero(masks)[0]
        no_skill = (masks[out] & np.uint16(Rule.NO_SKILL.bit)) != 0
        order = np.lexsort((out, -self.grid.quality[0][out], np.bitwise_count(masks[out]), no_skill))
        return tuple(self._exclusion(column) for column in out[order][:most].tolist())

    def exclusion(self, provider: int) -> Exclusion | None:
        """Why this provider is excluded, None where no rule says so."""
        column = self.pool.position[provider]
        return self._exclusion(column) if self.grid.masks[0, column] else None

    def _exclusion(self, column: int) -> Exclusion:
        row = self.pool.rows[column]
        rules = rules_of(int(self.grid.masks[0, column]))
        texts = tuple(rule_text(self.pool, self.room, self.need, column, rule) for rule in rules)
        return Exclusion(provider=row.id, name=row.name, rules=rules, texts=texts)


def rank(pool: Pool, need: NeedRow, *, room: Room | None = None) -> Ranking:
    """All candidates for one need: by quality, then by longest not asked, then by id.

    ``room`` is what is left with each provider, by default beside what is booked.
    """
    room = pool.room if room is None else room
    columns = np.arange(len(pool))
    grid = look(pool, room, [need], columns)
    quality = grid.quality[0]
    found = np.nonzero(grid.masks[0] == 0)[0]
    order = found[np.lexsort((found, -pool.rest[found], -quality[found]))]
    metres = pool.metres_to(need.place)
    return Ranking(
        need=need,
        candidates=tuple(_candidate(pool, room, grid, 0, int(column), metres) for column in order),
        excluded_count=len(pool) - len(found),
        pool=pool,
        room=room,
        grid=grid,
    )


def _candidate(pool: Pool, room: Room, grid: Grid, row: int, column: int, metres: Ints) -> Candidate:
    provider, need = pool.rows[int(grid.columns[column])], grid.needs[row]
    elders = room.elders[int(grid.columns[column])]
    return Candidate(
        provider=provider.id,
        name=provider.name,
        quality=sum(int(points[row, column]) for points in grid.points.values()),
        reasons=reasons_in(pool, grid, row, column, metres),
        booked_visits=provider.booked_visits,
        most_visits=provider.visits,
        homes_short=max(0, provider.homes_at_once - len(elders | {need.elder})),
    )


def reasons_for(pool: Pool, need: NeedRow, provider: int) -> tuple[Reason, ...]:
    """The sentences of the terms that score for a need and the provider with this id."""
    position = pool.position[provider]
    grid = look(pool, pool.room, [need], np.array([position], np.int64))
    return reasons_in(pool, grid, 0, 0, pool.metres_to(need.place)[[position]])


def reasons_in(pool: Pool, grid: Grid, row: int, column: int, metres: Ints) -> tuple[Reason, ...]:
    """The sentences of the terms that score at one place of a grid, most points first."""
    found = []
    for term, points in grid.points.items():
        scored = int(points[row, column])
        if scored:
            far = int(metres[column]) if term is Term.NEARNESS else -1
            text = _reason_text(pool, grid, row, column, term, far)
            if text:
                found.append(Reason(term=term, points=scored, text=text, metres=far if far >= 0 else None))
    return tuple(sorted(found, key=lambda reason: -reason.points))


def _reason_text(pool: Pool, grid: Grid, row: int, column: int, term: Term, metres: int) -> str:
    need, position = grid.needs[row], int(grid.columns[column])
    provider = pool.rows[position]
    sentence = pool.situation.weights.sentence
    if term is Term.NEARNESS:
        return sentence(term, _near_way(need, provider.place)).format(km=kilometres(metres))
    if term is Term.KNOWN:
        bonds = pool.bonds.get(need.elder, ())
        if any(place == position and category in {None, need.category} for place, category in bonds):
            return sentence(term, "pairing")
        times = max((times for place, times in pool.served.get(need.elder, ()) if place == position), default=0)
        return sentence(term, "served").format(times=times)
    if term is Term.HALF_DAYS:
        if not need.half_days:
            return sentence(term, "any")
        return sentence(term, "some").format(halves=pool.situation.rules.half_day_names(int(grid.common[row, column])))
    if term is Term.SKILL:
        level = int(pool.level[need.category][position])
        return sentence(term, str(level)).format(category=category_of(pool, need.category).name)
    if term is Term.SAME_SEX:
        return sentence(term, "same").format(sex=SEX_NAMES.get(need.elder_sex, ""))
    return sentence(term, "speaks") if term is Term.DIALECT else ""


def _near_way(need: NeedRow, theirs: Place) -> str:
    """In which way the two are near."""
    mine = need.place
    if mine.compound and mine.compound == theirs.compound:
        return "building" if mine.building and mine.building == theirs.building else "compound"
    return "committee" if mine.committee and mine.committee == theirs.committee else "metres"


def kilometres(metres: int) -> str:
    """A distance as people say it, in kilometres with one decimal."""
    return f"{max(metres, 0) / 1000:.1f}"


def rule_text(pool: Pool, room: Room, need: NeedRow, position: int, rule: Rule) -> str:
    """The sentence why a rule excludes the provider at this position."""
    row, rules = pool.rows[position], pool.situation.rules
    category = category_of(pool, need.category)
    wanted = need.half_days or (1 << rules.half_days) - 1
    return rules.sentence(rule).format(
        back="" if row.back_on is None else f"，{row.back_on:%Y-%m-%d} 恢复",
        category=category.name,
        certificate=category.certificate_kind,
        span=_span(
            [found for found in row.certificates if found.kind == category.certificate_kind],
            need.day,
            today=pool.situation.today,
        ),
        sex=SEX_NAMES.get(OTHER_SEX.get(row.sex, need.only_sex), ""),
        km=kilometres(int(pool.metres_to(need.place)[position])),
        halves=rules.half_day_names(wanted & int(pool.free[position]) or wanted),
        limit="没约日子的也算" if row.undated else "到半天的上限",
        count=len(room.bound[position]),
        month=pool.situation.month_name,
        **_full_words(room, row, need, position),
    )


def _span(held: Sequence[CertificateRow], day: date, *, today: date) -> str:
    """Until when certificates count, or from when on where that is still to come."""
    if not held:
        return ""
    last = _last(held)
    if last.begins is not None and last.begins > day:
        return f"从 {last.begins:%Y-%m-%d} 起才有效"
    if last.expires is not None and last.is_valid_on(today):
        return f" {day_words(last.expires, today=today)}到期，之后的上门要换证"
    return f"到 {last.expires:%Y-%m-%d} 为止" if last.expires is not None else ""


def _last(held: Sequence[CertificateRow]) -> CertificateRow:
    return max(held, key=lambda found: (found.expires or date.max, found.begins or date.min))


def runs_out_on(row: ProviderRow, kind: str, *, today: date, day: date) -> date | None:
    """The last day of a certificate that counts today and no longer on ``day``, None where it is otherwise."""
    held = [found for found in row.certificates if found.kind == kind]
    last = _last(held) if held else None
    ends = None if last is None or not last.is_valid_on(today) else last.expires
    return None if ends is None or ends >= day else ends


def day_words(day: date, *, today: date) -> str:
    """12月10日, or with the year where it is another."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _full_words(room: Room, row: ProviderRow, need: NeedRow, position: int) -> dict[str, str]:
    """What is booked, the most, and what this need wants: in visits where those are short, else in minutes.

    One that comes back wants a whole month's, however late in the month: it takes as much of the next.
    """
    wants = "每月要" if need.lasting else "要"
    if row.visits is not None and need.visits > room.visits[position]:
        booked, most, wanted = row.visits - int(room.visits[position]), row.visits, need.visits
        return {"booked": f"{booked} 次", "most": f"{most} 次", "wanted": f"{wants} {wanted} 次"}
    # Beside what is booked there may be lines of a plan.
    booked = row.booked_minutes + (units_left(row, need.unit) - int(room.units[position])) * need.unit
    wanted = need.minutes * need.visits
    return {"booked": f"{booked} 分钟", "most": f"{row.minutes or 0} 分钟", "wanted": f"{wants} {wanted} 分钟"}
