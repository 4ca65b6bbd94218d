"""Why nobody goes to a need, and what would cure that: each cause is proved, each cure is laid out again and stands."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from jiuliting_desk.matching.beside import Beside
from jiuliting_desk.matching.candidates import Exclusion, day_words, rule_text, runs_out_on
from jiuliting_desk.matching.changes import (
    STANDARD_MINUTES,
    STANDARD_VISITS,
    Change,
    ChangeKind,
    duration,
    recruit,
)
from jiuliting_desk.matching.grid import Grid, category_of, look
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.problem import NOBODY, Ints
from jiuliting_desk.matching.rows import UNSAID, NeedRow, Source
from jiuliting_desk.matching.shortage import Shortage, Shortages
from jiuliting_desk.matching.terms import Rule, rules_of
from jiuliting_desk.model.months import amid

MOST_CURES, MOST_TRIED = 3, 8
MOST_ALIKE = 3
"""Of cures that ask the same of different people."""
NAMED = 3


class CauseKind(StrEnum):
    """What kind of lack it is."""

    NOBODY_ABLE = "nobody_able"
    RULES = "rules"
    """Rules exclude everybody who is able."""
    HELD = "held"
    """Those who could go have no room beside the lines that come first: of lasting pairs, and chosen by hand."""
    TRIP = "trip"
    """Those who could come only for several homes at once, and there are too few."""
    SHORTAGE = "shortage"
    """A group of providers has less time than those want who have nobody else."""
    DISPLACED = "displaced"
    """The time of its candidates all goes to needs of at least equal weight an hour."""
    TAKEN = "taken"
    """What its candidates can give, time or lasting pairs, goes to other needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """What would let the need be served with every line of the plan kept; no changes: only put it in."""

    provider: int
    """The recruit's is below 0."""
    name: str
    changes: tuple[Change, ...]

    @property
    def text(self) -> str:
        """What somebody would have to do."""
        return "，".join(change.text for change in self.changes) or f"{self.name}还有空，放进方案就行"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why nobody goes to a need, the nearest misses by name, and the cures."""

    need: int
    kind: CauseKind
    text: str
    rules: tuple[Rule, ...] = ()
    """The smallest set of rules whose relaxing gives a candidate."""
    nearest: tuple[Exclusion, ...] = ()
    """Those whom no other rule excludes."""
    group: Shortage | None = None
    instead: tuple[int, ...] = ()
    """Needs that have the time of its candidates."""
    cures: tuple[Cure, ...] = ()

    @property
    def has_candidates(self) -> bool:
        """Whether somebody could go, if there were time."""
        return self.kind not in {CauseKind.NOBODY_ABLE, CauseKind.RULES}


class Explainer:
    """Explains one plan; asked for one need after another, in milliseconds each."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.beside = Beside(plan)
        self.table = plan.table
        self._shortages = Shortages(plan.table.problem)
        self._position = {need.id: place for place, need in enumerate(plan.table.needs)}
        problem = plan.table.problem
        self._lines: defaultdict[int, list[int]] = defaultdict(list)
        for arc in plan.choice[plan.choice != NOBODY].tolist():
            self._lines[int(problem.provider[arc])].append(int(problem.need[arc]))

    def explain(self, need_id: int, *, cures: int = MOST_CURES) -> Explanation:
        """The cause for one need that the plan leaves without anybody, with at most so many cures.

        Raises KeyError for a need that the plan does not look at.
        """
        need = self.table.needs[self._position[need_id]]
        found = self._cause(need)
        return replace(found, cures=self.cures(need_id, cures)) if cures else found

    # -- causes

    def _cause(self, need: NeedRow) -> Explanation:
        pool = self.table.pool
        category = category_of(pool, need.category).name
        level = pool.level.get(need.category)
        able = np.zeros(0, np.int64) if level is None else np.nonzero(level)[0]
        if not len(able):
            return Explanation(need=need.id, kind=CauseKind.NOBODY_ABLE, text=f"名单里没有人会{category}")
        grid = look(pool, self.table.room, [need], able)
        booked = look(pool, pool.room, [need], able) if self.table.fixed else grid
        if (grid.masks[0] != 0).all():
            return self._by_rules(need, category, grid, booked)
        return self._by_time(need, grid, first=self._first((grid.masks[0] == 0).sum() < (booked.masks[0] == 0).sum()))

    def _first(self, counts: bool) -> str:
        """Said first of a sentence that counts only what the lines leave that come before the plan's own."""
        return f"排好{self._before}以后，" if counts else ""

    @cached_property
    def _before(self) -> str:
        sources = {row.source for row in self.table.fixed}
        return "和".join(words for source, words in FIRST.items() if source in sources)

    def _by_rules(self, need: NeedRow, category: str, grid: Grid, booked: Grid) -> Explanation:
        masks = grid.masks[0]
        fewest = int(np.bitwise_count(masks).min())
        sets = Counter(int(mask) for mask in masks if int(mask).bit_count() == fewest)
        smallest = min(sets, key=lambda mask: (-sets[mask], mask))
        near = np.nonzero(masks == smallest)[0]
        near = near[np.lexsort((grid.columns[near], -grid.quality[0][near]))][:NAMED]
        free = np.nonzero(booked.masks[0] == 0)[0]
        if len(free):
            able = booked.columns[free[np.lexsort((free, -booked.quality[0][free]))]].tolist()
            month = amid(self.table.situation.month_name).lstrip()
            text = f"能去的 {len(able)} 位（{self._names(able)}）先排了{self._before}，{month}再排不进"
        else:
            text = self._rules_text(need, category, booked) + self._papers(need, booked)
        return Explanation(
            need=need.id,
            kind=CauseKind.HELD if len(free) else CauseKind.RULES,
            text=text,
            rules=rules_of(smallest),
            nearest=tuple(self._exclusion(need, int(grid.columns[place]), smallest) for place in near.tolist()),
        )

    def _rules_text(self, need: NeedRow, category: str, grid: Grid) -> str:
        masks = [int(mask) for mask in grid.masks[0]]
        who = f"会{category}的 {len(masks)} 位"
        for bits, words in TOGETHER:
            if all(mask & bits for mask in masks):
                said = words if len(masks) > 1 else words.replace("都", "")
                wanted = category_of(self.table.pool, need.category).certificate_kind
                ending = self._ending(need, wanted, grid) if bits & Rule.CERTIFICATE_EXPIRED.bit else ""
                if ending:
                    last = day_words(need.day, today=self.table.situation.today)
                    said = "都没有管到 {last}的“{certificate}”证书".replace("{last}", last)
                    said = (said if len(masks) > 1 else said.replace("都", "")) + ending
                return who + said.format(month=amid(self.table.situation.month_name), certificate=wanted)
        label = self.table.situation.rules.label
        shared = [rule for rule in Rule if all(mask & rule.bit for mask in masks)]
        if shared:
            all_of_them = "都是" if len(masks) > 1 else ""
            return f"{who}{all_of_them}：{'、'.join(label(rule) for rule in shared)}"
        counts = Counter(rules_of(mask)[0] for mask in masks)
        parts = "、".join(f"{count} 位{label(rule)}" for rule, count in counts.most_common())
        return f"{who}：{parts}"

    def _ending(self, need: NeedRow, kind: str, grid: Grid) -> str:
        """Whose certificate counts today but not as long as the need may be met, and until when; "" for nobody's."""
        rows, today = self.table.pool.rows, self.table.situation.today
        told = []
        for place in grid.columns.tolist():
            ends = runs_out_on(rows[place], kind, today=today, day=need.day)
            if ends is not None:
                told.append((ends, f"{rows[place].name}的 {day_words(ends, today=today)}到期"))
        names = "，".join(words for _, words in sorted(told)[:NAMED])
        return f"（{names}{'等' if len(told) > NAMED else ''}，之后的上门要换证）" if told else ""

    def _papers(self, need: NeedRow, grid: Grid) -> str:
        """Which certificates those hold who lack the one that is wanted, where no service wants these."""
        wanted = {category.certificate_kind for category in self.table.situation.categories}
        lacking = grid.columns[grid.masks[0] & Rule.NO_CERTIFICATE.bit != 0].tolist()
        held = [{found.kind for found in self.table.pool.rows[place].certificates} - wanted for place in lacking]
        kinds = "、".join(f"“{kind}”" for kind in sorted(set().union(*held)))
        words = f"。{sum(map(bool, held))} 位有{kinds}，要是也算，在设置的服务项目里改成要这一种"
        return words if kinds else ""

    def _exclusion(self, need: NeedRow, position: int, mask: int) -> Exclusion:
        row, rules = self.table.pool.rows[position], rules_of(mask)
        texts = tuple(rule_text(self.table.pool, self.table.room, need, position, rule) for rule in rules)
        return Exclusion(provider=row.id, name=row.name, rules=rules, texts=texts)

    def _by_time(self, need: NeedRow, grid: Grid, *, first: str) -> Explanation:
        problem = self.table.problem
        position = self._position[need.id]
        candidates = grid.columns[grid.masks[0] == 0]
        order = np.lexsort((candidates, -grid.quality[0][grid.masks[0] == 0]))
        who = self._names(candidates[order].tolist())
        if all(not self._lines.get(place) and problem.homes_at_once[place] > 1 for place in candidates.tolist()):
            least = int(problem.homes_at_once[candidates].min())
            text = f"{first}能去的 {len(candidates)} 位（{who}）要再凑满 {least} 户才来，方案里没有凑到"
            return Explanation(need=need.id, kind=CauseKind.TRIP, text=text)
        group = self._shortages.around(position)
        if group is not None:
            return Explanation(need=need.id, kind=CauseKind.SHORTAGE, text=self._shortage_text(group), group=group)
        instead = [other for place in candidates[order].tolist() for other in self._lines.get(place, ())]
        others = [self.table.needs[other] for other in instead]
        lacks = self._lacks(need, candidates)
        is_displaced = (
            lacks == [NO_TIME]
            and bool(others)
            and all(other.weight * need.units >= need.weight * other.units for other in others)
        )
        instead.sort(key=lambda other: (-self.table.needs[other].weight, self.table.needs[other].id))
        names = "、".join(dict.fromkeys(self.table.needs[other].name for other in instead[:NAMED]))
        more = "等" if len(instead) > NAMED else ""
        text = f"{first}能去的 {len(candidates)} 位（{who}）"
        if is_displaced:
            # Those less urgent that are worth as much an hour take less time.
            how = "同样急或更急" if all(other.weight >= need.weight for other in others) else "同样急、更急或用时更短"
            text += f"的时间都排给了{how}的 {len(instead)} 条（{names}{more}）"
        elif lacks == [NO_TIME]:
            text += "的时间都排给了别的需求"
        else:
            text += "：" + ("，".join(f"有的{lack}" for lack in lacks) if len(lacks) > 1 else "".join(lacks))
        return Explanation(
            need=need.id,
            kind=CauseKind.DISPLACED if is_displaced else CauseKind.TAKEN,
            text=text,
            instead=tuple(self.table.needs[other].id for other in instead),
        )

    def _lacks(self, need: NeedRow, candidates: Ints) -> list[str]:
        """What keeps the candidates once the plan is carried out: each way in words, once."""
        room, rows = self.beside.room, self.table.pool.rows
        masks = look(self.table.pool, room, [need], candidates).masks[0].tolist()
        found: dict[str, None] = {}
        for place, mask in zip(candidates.tolist(), masks, strict=True):
            if mask & OF_TIME:
                found[NO_TIME] = None
            elif mask:
                found["结对的老人到上限了"] = None
            elif len(room.elders[place] | {need.elder}) < rows[place].homes_at_once:
                found["凑满几户才来"] = None
            else:
                found["还有空，方案里没有排到"] = None
        return list(found)

    def _names(self, places: Sequence[int]) -> str:
        rows = self.table.pool.rows
        return "、".join(rows[place].name for place in places[:NAMED]) + ("等" if len(places) > NAMED else "")

    def _shortage_text(self, group: Shortage) -> str:
        who = self._names(group.providers)
        if group.in_visits:
            room, asked = f"{group.room} 次", f"{group.asked} 次"
        else:
            unit = self.table.situation.unit
            room, asked = duration(group.room * unit), duration(group.asked * unit)
        only = "这一位" if len(group.providers) == 1 else f"这 {len(group.providers)} 位"
        month = amid(self.table.situation.month_name)
        first = self._first(self._is_narrowed(group))
        return f"{first}{who}{month}还能给 {room}，只有{only}能去的 {len(group.needs)} 条一共要 {asked}"

    def _is_narrowed(self, group: Shortage) -> bool:
        """Whether lines that come first have taken time of the group, or of others who could go to its needs."""
        places = {self.table.pool.position[row.provider] for row in self.table.fixed}
        if places & set(group.providers):
            return True
        needs = [self.table.needs[place] for place in group.needs]
        return bool(places) and bool(
            (look(self.table.pool, self.table.pool.room, needs, np.array(sorted(places))).masks == 0).any()
        )

    # -- cures

    def cures(self, need_id: int, most: int = MOST_CURES) -> tuple[Cure, ...]:
        """What would let the need be served with every line kept, the least change first; each was laid out again."""
        need = self.beside.needs[need_id]
        found: list[Cure] = []
        for place in self._nearest(need):
            if len(found) == most:
                break
            row = self.table.pool.rows[place]
            if found and need.category not in dict(row.skills):
                break
            way = self.beside.way(need, row)
            if way is not None and sum(_alike(way, cure.changes) for cure in found) < MOST_ALIKE:
                found.append(Cure(provider=row.id, name=row.name, changes=way))
        found.sort(key=lambda cure: (len(cure.changes), max((EASE[step.kind] for step in cure.changes), default=0)))
        unable = not any(need.category in dict(self.beside.row(cure.provider).skills) for cure in found)
        if unable or len(found) < most or all(len(cure.changes) > 1 for cure in found):
            recruited = self._recruited(need)
            if recruited is not None:
                found = [recruited, *found] if unable else [*found[: most - 1], recruited]
        return tuple(found[:most])

    def _nearest(self, need: NeedRow) -> list[int]:
        """Positions of those with the fewest rules in the way once the plan stands; the able before others."""
        pool = self.table.pool
        grid = look(pool, self.beside.room, [need], np.arange(len(pool)))
        masks = grid.masks[0].astype(np.int64)
        ease = np.zeros(len(pool), np.int64)
        for rule, cost in RULE_EASE.items():
            ease += np.where(masks & rule.bit != 0, cost, 0)
        unable = masks & Rule.NO_SKILL.bit != 0
        order = np.lexsort((np.arange(len(pool)), -grid.quality[0], ease, np.bitwise_count(masks), unable))
        return [int(place) for place in order[:MOST_TRIED]]

    def _recruited(self, need: NeedRow) -> Cure | None:
        change = recruit(
            self.table.situation,
            category=need.category,
            place=need.place,
            minutes=max(STANDARD_MINUTES, need.minutes * need.visits),
            visits=max(STANDARD_VISITS, need.visits),
            sex=need.only_sex or UNSAID,
            dialect=need.wants_dialect,
        )
        assert change.row is not None
        way = self.beside.way(need, change.row)
        return None if way is None else Cure(provider=change.row.id, name=change.row.name, changes=(change, *way))


def _alike(one: Sequence[Change], other: Sequence[Change]) -> bool:
    """Whether two cures ask the same kind of thing first."""
    return [EASE[change.kind] for change in one[:1]] == [EASE[change.kind] for change in other[:1]]


FIRST: dict[Source, str] = {Source.CONFIRMED: "已确认的", Source.PAIRING: "固定结对的", Source.CHOSEN: "手选的"}
"""Lines that come before those of the plan, by where they come from."""

OF_TIME = Rule.FULL.bit | Rule.HALF_DAY_FULL.bit
NO_TIME = "没有时间了"

TOGETHER: tuple[tuple[int, str], ...] = (
    (Rule.PAUSED.bit, "都在暂停"),
    (Rule.NO_CERTIFICATE.bit, "都没有“{certificate}”证书"),
    (Rule.CERTIFICATE_EXPIRED.bit, "“{certificate}”证书都不在有效期"),
    (Rule.NO_CERTIFICATE.bit | Rule.CERTIFICATE_EXPIRED.bit, "都没有有效的“{certificate}”证书"),
    (Rule.NO_DIALECT.bit, "都不会说上海话"),
    (Rule.OUT_OF_AREA.bit, "都不到这个居委来"),
    (Rule.TOO_FAR.bit, "都住得太远"),
    (Rule.OUT_OF_AREA.bit | Rule.TOO_FAR.bit, "都太远或不到这个居委来"),
    (Rule.NO_COMMON_HALF_DAY.bit, "要的时候都没有空"),
    (Rule.HALF_DAY_FULL.bit, "要的那半天都排满了"),
    (Rule.NO_COMMON_HALF_DAY.bit | Rule.HALF_DAY_FULL.bit, "要的时候都没有空"),
    (Rule.FULL.bit, "{month}都排满了"),
    (Rule.PAIRS_FULL.bit, "结对的老人都到上限了"),
)
"""Rules of which one or another excludes everybody who is able, and how that is said; the narrower first."""

EASE: dict[ChangeKind, int] = {
    kind: cost
    for cost, kinds in enumerate(
        (
            (ChangeKind.OTHER_HALF_DAY, ChangeKind.NOT_LASTING, ChangeKind.RELEASE),
            (ChangeKind.MORE_MINUTES, ChangeKind.MORE_VISITS, ChangeKind.MORE_HOMES),
            (ChangeKind.FARTHER, ChangeKind.WIDER_AREA, ChangeKind.CATEGORY_FARTHER),
            (ChangeKind.RESUME, ChangeKind.CERTIFY),
            (ChangeKind.ANY_DIALECT, ChangeKind.ANY_SEX),
            (ChangeKind.ASK_PROVIDER, ChangeKind.ASK_ELDER),
            (ChangeKind.TEACH, ChangeKind.RECRUIT),
        )
    )
    for kind in kinds
}
"""How much a change asks of people; less is tried first."""

RULE_EASE: dict[Rule, int] = {
    Rule.NO_COMMON_HALF_DAY: 0,
    Rule.PAIRS_FULL: 0,
    Rule.FULL: 1,
    Rule.HALF_DAY_FULL: 1,
    Rule.TOO_FAR: 2,
    Rule.OUT_OF_AREA: 2,
    Rule.PAUSED: 3,
    Rule.NO_CERTIFICATE: 3,
    Rule.CERTIFICATE_EXPIRED: 3,
    Rule.NO_DIALECT: 4,
    Rule.WRONG_SEX: 4,
    Rule.REFUSED_BY_PROVIDER: 5,
    Rule.REFUSED_BY_ELDER: 5,
    Rule.NO_SKILL: 6,
}
"""The same of the rule that has to give way."""
