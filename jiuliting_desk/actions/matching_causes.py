"""Why nobody goes to a need: in a sentence, and who is one step away."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from jiuliting_desk.actions.matching import Inputs, rank_need
from jiuliting_desk.matching.candidates import Exclusion, Ranking
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.terms import Rule


class CauseKind(StrEnum):
    """What kind of lack it is, and so what may be done."""

    NOBODY_ABLE = "nobody_able"
    ONE_RULE = "one_rule"
    """The same rule excludes everybody who is able."""
    SEVERAL_RULES = "several_rules"
    TAKEN = "taken"
    """There are candidates, and the plan gives their time to other needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why nobody goes, and the nearest misses."""

    need_id: int
    kind: CauseKind
    text: str
    rule: Rule | None = None
    """The one that excludes everybody who is able."""
    nearest: tuple[Exclusion, ...] = ()
    """Those whom a single rule excludes, the best first."""


SENTENCES = {
    CauseKind.NOBODY_ABLE: "名单里没有人会{category}",
    CauseKind.ONE_RULE: "会{category}的 {count} 位都是：{rule}",
    CauseKind.SEVERAL_RULES: "会{category}的 {count} 位：{parts}",
    CauseKind.TAKEN: "能去的 {count} 位（{names}）的时间都排给了别的需求",
}
NAMED = 3


def causes_of(inputs: Inputs, plan: Plan) -> tuple[Cause, ...]:
    """The cause for each need that the plan leaves without anybody, in the order of waiting."""
    unserved = set(plan.unserved)
    return tuple(cause_of(inputs, need_id) for need_id in inputs.needs if need_id in unserved)


def cause_of(inputs: Inputs, need_id: int) -> Cause:
    """The cause for one need that nobody serves. Raises NotThere."""
    ranking = rank_need(inputs, need_id)
    category = inputs.categories[inputs.needs[need_id].category_id].name
    if ranking.candidates:
        names = "、".join(candidate.name for candidate in ranking.candidates[:NAMED])
        names += "等" if len(ranking.candidates) > NAMED else ""
        text = SENTENCES[CauseKind.TAKEN].format(count=len(ranking.candidates), names=names)
        return Cause(need_id=need_id, kind=CauseKind.TAKEN, text=text)
    able = [found for found in ranking.excluded(_able(ranking)) if Rule.NO_SKILL not in found.rules]
    if not able:
        text = SENTENCES[CauseKind.NOBODY_ABLE].format(category=category)
        return Cause(need_id=need_id, kind=CauseKind.NOBODY_ABLE, text=text)
    nearest = tuple(found for found in able if len(found.rules) == 1)[:NAMED]
    shared = [rule for rule in Rule if all(rule in found.rules for found in able)]
    label = inputs.situation.rules.label
    if shared:
        text = SENTENCES[CauseKind.ONE_RULE].format(category=category, count=len(able), rule=label(shared[0]))
        return Cause(need_id=need_id, kind=CauseKind.ONE_RULE, text=text, rule=shared[0], nearest=nearest)
    counts = Counter(found.rules[0] for found in able)
    parts = "、".join(f"{count} 位{label(rule)}" for rule, count in counts.most_common())
    text = SENTENCES[CauseKind.SEVERAL_RULES].format(category=category, count=len(able), parts=parts)
    return Cause(need_id=need_id, kind=CauseKind.SEVERAL_RULES, text=text, nearest=nearest)


def _able(ranking: Ranking) -> int:
    """How many excluded providers can do the service; they come first among the excluded."""
    masks = ranking.grid.masks[0]
    return int(np.count_nonzero((masks != 0) & ((masks & masks.dtype.type(Rule.NO_SKILL.bit)) == 0)))
