"""Candidates and plans as plain values, for a shell and for checks."""

from collections.abc import Iterable
from typing import Any

from jiuliting_desk.actions.matching import Inputs, rank_need
from jiuliting_desk.actions.matching_causes import Causes, causes_of
from jiuliting_desk.actions.matching_lists import ClaimLine
from jiuliting_desk.actions.matching_outlook import advice_assumes, advice_for, advice_text
from jiuliting_desk.matching.advice import Advice
from jiuliting_desk.matching.candidates import Exclusion, reasons_for
from jiuliting_desk.matching.changes import Change
from jiuliting_desk.matching.explain import Explanation
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.rows import Source

MOST_ANEW = 100
"""With more unserved needs a report gives cures for the first of them, and solves nothing anew for insisting."""
MOST_EXPLAINED = 1_000
"""With more, it names the causes of the first, those who wait longest, and gives the ids of the others."""


def ranking_report(inputs: Inputs, need_id: int) -> dict[str, Any]:
    """Who could meet a need, with reasons, and everybody else with the rules that exclude them. Raises NotThere."""
    ranking = rank_need(inputs, need_id)
    return {
        "month": f"{inputs.month:%Y-%m}",
        "need": _need(inputs, need_id),
        "candidates": [
            {
                "provider": candidate.provider,
                "name": candidate.name,
                "quality": candidate.quality,
                "metres": inputs.metres(need_id, candidate.provider),
                "booked_visits": candidate.booked_visits,
                "most_visits": candidate.most_visits,
                "homes_short": candidate.homes_short,
                "reasons": [
                    {"term": reason.term.value, "points": reason.points, "text": reason.text}
                    for reason in candidate.reasons
                ],
            }
            for candidate in ranking.candidates
        ],
        "excluded": [_exclusion(found) for found in ranking.excluded()],
    }


def plan_report(
    inputs: Inputs, plan: Plan, *, waiting: int | None = None, claims: Iterable[ClaimLine] = ()
) -> dict[str, Any]:
    """The plan's lines with their reasons, the unserved needs with their causes, the levels and the bound.

    The levels and the bound are those of what is proposed; ``standing`` counts the lines that stood before and their
    weight. ``waiting`` is how many needs wait in all, where the longest waiting only were looked at: ``left_out``
    counts the others. ``claims`` are those that lapse soon: given back they may be what cures a need.

    Cures and what insisting costs are given for each unserved need, advice for all of them together; where a great
    many are unserved, for the first only, and ``unexplained`` has the ids of the others.
    """
    causes = causes_of(inputs, plan, claims=claims, cures=0, stop=lambda: True)
    unserved = set(plan.unserved)
    without = [need_id for need_id in inputs.needs if need_id in unserved]
    are_few = len(without) <= MOST_EXPLAINED
    in_all = len(inputs.needs) if waiting is None else waiting
    standing = [line.need for line in plan.lines if line.source is not Source.PROPOSED]
    return {
        "month": f"{inputs.month:%Y-%m}",
        "waiting": in_all,
        "left_out": in_all - len(inputs.needs),
        "lines": [
            _need(inputs, line.need)
            | {
                "provider": line.provider,
                "name": inputs.providers[line.provider].name,
                "source": line.source.value,
                "moved": line.moved,
                "reasons": [reason.text for reason in reasons_for(inputs.pool, inputs.rows[line.need], line.provider)],
            }
            for line in plan.lines
        ],
        "unserved": [
            _cause(inputs, causes, causes.with_cures(need_id) if place < MOST_ANEW else causes.of(need_id))
            for place, need_id in enumerate(without[:MOST_EXPLAINED])
        ],
        "unexplained": without[MOST_EXPLAINED:],
        "advice": [_advice(inputs, advice) for advice in advice_for(plan)] if without and are_few else [],
        "standing": {"lines": len(standing), "served": sum(inputs.rows[need_id].weight for need_id in standing)},
        "levels": plan.levels._asdict() | {"quality": plan.points_of(plan.levels.quality)},
        "bound": {
            "served": plan.bound.served,
            "quality": None if plan.bound.quality is None else plan.points_of(plan.bound.quality),
            "proved": plan.bound.proved,
        },
        "gap": plan.gap,
    }


def _need(inputs: Inputs, need_id: int) -> dict[str, Any]:
    need = inputs.needs[need_id]
    return {
        "need": need.id,
        "elder": need.elder,
        "elder_id": need.elder_id,
        "category": inputs.categories[need.category_id].name,
        "urgency": need.urgency.value,
        "since": need.since.isoformat(),
        "only_on": None if need.only_on is None else need.only_on.isoformat(),
    }


def _exclusion(found: Exclusion) -> dict[str, Any]:
    return {
        "provider": found.provider,
        "name": found.name,
        "rules": [rule.value for rule in found.rules],
        "texts": list(found.texts),
    }


def _cause(inputs: Inputs, causes: Causes, found: Explanation) -> dict[str, Any]:
    many = len(causes.plan.unserved)
    can_tell = found.has_candidates and many <= MOST_EXPLAINED
    cost = causes.cost(found.need, anew=many <= MOST_ANEW) if can_tell else None
    return _need(inputs, found.need) | {
        "cause": found.kind.value,
        "has_candidates": found.has_candidates,
        "text": found.text,
        "rules": [rule.value for rule in found.rules],
        "nearest": [_exclusion(near) for near in found.nearest],
        "instead": list(found.instead),
        "cures": [
            {
                "provider": cure.provider,
                "name": cure.name,
                "text": cure.text,
                "changes": [_change(change) for change in cure.changes],
            }
            for cure in found.cures
        ],
        "insisting": None
        if cost is None
        else {
            "provider": cost.provider,
            "name": inputs.providers[cost.provider].name,
            "lost": list(cost.lost),
            "lost_weight": cost.lost_weight,
            "gained": list(cost.gained),
            "gained_weight": cost.gained_weight,
            "moved": [{"need": line.need, "before": line.before, "after": line.after} for line in cost.moved],
            "least": cost.least,
        },
    }


def _change(change: Change) -> dict[str, Any]:
    return {"kind": change.kind.value, "provider": change.provider, "amount": change.amount, "text": change.text}


def _advice(inputs: Inputs, advice: Advice) -> dict[str, Any]:
    return {
        "advice": advice.kind.value,
        "text": advice_text(inputs, advice),
        "assumed": advice_assumes(inputs, advice),
        "needs": list(advice.needs),
        "weight": advice.weight,
        "changes": [_change(change) for change in advice.changes],
    }
