"""The rules that exclude and the terms that score, as data with their sentences; staff edit them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

WEEKDAY_NAMES = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class Rule(StrEnum):
    """Why not this provider; the codes are those of the model's barriers, and two more that only a plan knows."""

    PAUSED = "paused"
    NO_SKILL = "no_skill"
    NO_CERTIFICATE = "no_certificate"
    CERTIFICATE_EXPIRED = "certificate_expired"
    REFUSED_BY_ELDER = "refused_by_elder"
    REFUSED_BY_PROVIDER = "refused_by_provider"
    WRONG_SEX = "wrong_sex"
    NO_DIALECT = "no_dialect"
    OUT_OF_AREA = "out_of_area"
    TOO_FAR = "too_far"
    NO_COMMON_HALF_DAY = "no_common_half_day"
    FULL = "full"
    PAIRS_FULL = "pairs_full"
    HALF_DAY_FULL = "half_day_full"

    @property
    def bit(self) -> int:
        """The rule's own bit in a mask of exclusions."""
        return 1 << _RULE_ORDER[self]


_RULE_ORDER = {rule: position for position, rule in enumerate(Rule)}


def rules_of(mask: int) -> tuple[Rule, ...]:
    """The rules in a mask of exclusions, in their order."""
    return tuple(rule for rule in Rule if mask & rule.bit)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule with its short label and its sentence; one that is not ``on`` excludes nobody."""

    rule: Rule
    label: str
    sentence: str
    on: bool = True
    always: bool = False
    """Whether staff may not switch it off."""


class Term(StrEnum):
    """What makes one candidate better than another."""

    NEARNESS = "nearness"
    KNOWN = "known"
    HALF_DAYS = "half_days"
    SKILL = "skill"
    SAME_SEX = "same_sex"
    DIALECT = "dialect"
    BASE = "base"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A term: the most points it gives, and its sentence for each way of scoring."""

    term: Term
    label: str
    points: int
    sentences: Mapping[str, str]


RULE_ROWS: tuple[RuleRow, ...] = (
    RuleRow(rule=Rule.PAUSED, label="暂停中", sentence="目前暂停服务{back}", always=True),
    RuleRow(rule=Rule.NO_SKILL, label="不会做", sentence="不会{category}", always=True),
    RuleRow(rule=Rule.NO_CERTIFICATE, label="没有证书", sentence="没有“{certificate}”证书", always=True),
    RuleRow(rule=Rule.CERTIFICATE_EXPIRED, label="证书不在有效期", sentence="“{certificate}”证书{span}", always=True),
    RuleRow(rule=Rule.REFUSED_BY_ELDER, label="老人提出换人", sentence="老人提出过换人", always=True),
    RuleRow(rule=Rule.REFUSED_BY_PROVIDER, label="本人不愿去", sentence="本人提出过不去这一家", always=True),
    RuleRow(rule=Rule.WRONG_SEX, label="性别不合", sentence="老人希望{sex}上门", always=True),
    RuleRow(rule=Rule.NO_DIALECT, label="语言不通", sentence="老人要会说上海话的，本人不会"),
    RuleRow(rule=Rule.OUT_OF_AREA, label="不在范围", sentence="不在本人服务的居委范围内"),
    RuleRow(rule=Rule.TOO_FAR, label="太远", sentence="{km} 公里，超出愿意去的范围"),
    RuleRow(rule=Rule.NO_COMMON_HALF_DAY, label="时间不合", sentence="{halves}没有空"),
    RuleRow(rule=Rule.FULL, label="排满了", sentence="{month}已排 {booked}，上限 {most}，这里{wanted}", always=True),
    RuleRow(rule=Rule.PAIRS_FULL, label="结对满了", sentence="已结对 {count} 位老人，到上限"),
    RuleRow(rule=Rule.HALF_DAY_FULL, label="那半天满了", sentence="{halves}已排满，{limit}"),
)

TERM_ROWS: tuple[TermRow, ...] = (
    TermRow(
        term=Term.NEARNESS,
        label="就近",
        points=300,
        sentences={"building": "同一幢楼", "compound": "同小区", "committee": "同居委", "metres": "{km} 公里"},
    ),
    TermRow(
        term=Term.KNOWN,
        label="熟悉",
        points=250,
        sentences={"pairing": "固定结对", "served": "已服务过 {times} 次"},
    ),
    TermRow(
        term=Term.HALF_DAYS,
        label="时间",
        points=150,
        sentences={"some": "{halves}有空", "any": "时间好商量"},
    ),
    TermRow(
        term=Term.SKILL,
        label="会做",
        points=100,
        sentences={"1": "在学{category}", "2": "会{category}", "3": "{category}熟手"},
    ),
    TermRow(term=Term.SAME_SEX, label="同性别", points=60, sentences={"same": "同为{sex}"}),
    TermRow(term=Term.DIALECT, label="上海话", points=60, sentences={"speaks": "会说上海话"}),
    TermRow(term=Term.BASE, label="能去", points=80, sentences={}),
)

SEX_NAMES = {"male": "男", "female": "女"}
OTHER_SEX = {"male": "female", "female": "male"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each term counts, in points of quality (0-1000 for one visit's pair)."""

    terms: tuple[TermRow, ...] = TERM_ROWS
    same_elder: int = 120
    """Points for each pair of people spared where one provider serves several needs of one elder."""
    load_steps: tuple[tuple[int, int], ...] = ((60, 5), (80, 15))
    """(per cent of a provider's hours, points that each unit of 15 minutes above it costs)."""
    near_metres: int = 3000
    """From so far on, nearness gives nothing."""
    rest_weeks: int = 26
    """Weeks since last asked count up to here."""

    def points(self, term: Term) -> int:
        """The most points that ``term`` gives."""
        return next(row.points for row in self.terms if row.term is term)

    def with_points(self, term: Term, points: int) -> Self:
        """The same with another weight for one term."""
        return replace(
            self, terms=tuple(replace(row, points=points) if row.term is term else row for row in self.terms)
        )

    def sentence(self, term: Term, way: str) -> str:
        """The template for a term that scored in this way, "" where it has none."""
        return next(row.sentences.get(way, "") for row in self.terms if row.term is term)


NEAR_SHARES = {"building": 100, "compound": 85, "committee": 55, "metres": 80}
"""Per cent of the points for nearness; those of metres fall to nothing at ``Weights.near_metres``."""
SERVED_SHARE, SERVED_SHARE_EACH = 50, 10
"""Per cent of the points for being known: for the first visit and for each further one, up to 100."""
FREE_HALF_DAYS_ENOUGH = 4
"""Where the elder can do any time, a provider with so many free half-days has all points for time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Which rules hold, and the limits that they need."""

    rows: tuple[RuleRow, ...] = RULE_ROWS
    lasting_elders: int = 5
    """Most elders in lasting pairs with one volunteer."""
    volunteer_homes: int = 2
    """Most homes of a volunteer in one half-day."""
    enterprise_homes: int = 12
    weeks: int = 4
    """Weeks that a month is counted as."""
    parts_of_day: tuple[str, ...] = ("上午", "下午")
    keep_pairings: bool = True
    """Whether needs of paired elders stay with their provider before anything else is planned."""

    @property
    def half_days(self) -> int:
        """Half-days in a week: 14, or 21 where evenings count."""
        return len(WEEKDAY_NAMES) * len(self.parts_of_day)

    @property
    def mask(self) -> int:
        """The bits of the rules that hold."""
        return sum(row.rule.bit for row in self.rows if row.on or row.always)

    def holds(self, rule: Rule) -> bool:
        """Whether a rule holds in this office."""
        return bool(self.mask & rule.bit)

    def switched(self, rule: Rule, *, on: bool) -> Self:
        """The same with one rule on or off; those that hold always stay on."""
        return replace(self, rows=tuple(replace(row, on=on) if row.rule is rule else row for row in self.rows))

    def sentence(self, rule: Rule) -> str:
        """The template of the sentence for ``rule``."""
        return next(row.sentence for row in self.rows if row.rule is rule)

    def label(self, rule: Rule) -> str:
        """The short name of ``rule``."""
        return next(row.label for row in self.rows if row.rule is rule)

    def half_day_names(self, mask: int, most: int = 3) -> str:
        """The half-days of a mask as people say them: 周三下午、周五; at most ``most`` of them."""
        parts = len(self.parts_of_day)
        names = []
        for weekday, name in enumerate(WEEKDAY_NAMES):
            found = [part for part in range(parts) if mask >> (weekday * parts + part) & 1]
            if len(found) == parts:
                names.append(name)
            else:
                names.extend(f"{name}{self.parts_of_day[part]}" for part in found)
        if len(names) <= most:
            return "、".join(names)
        return "、".join(names[:most]) + "等"


STANDARD_WEIGHTS = Weights()
STANDARD_RULES = Rules()
