"""Candidates and plans as plain values, for a shell and for checks."""

from typing import Any

from jiuliting_desk.actions.matching import Inputs, rank_need
from jiuliting_desk.actions.matching_causes import Cause, causes_of
from jiuliting_desk.matching.candidates import Exclusion, reasons_for
from jiuliting_desk.matching.plan import Plan


def ranking_report(inputs: Inputs, need_id: int) -> dict[str, Any]:
    """Who could meet a need, with reasons, and everybody else with the rules that exclude them. Raises NotThere."""
    ranking = rank_need(inputs, need_id)
    return {
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


def plan_report(inputs: Inputs, plan: Plan) -> dict[str, Any]:
    """The plan's lines with their reasons, the needs that nobody serves with the causes, the levels and the bound."""
    return {
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
        "unserved": [_cause(inputs, cause) for cause in causes_of(inputs, plan)],
        "levels": plan.levels._asdict(),
        "bound": {"served": plan.bound.served, "quality": plan.bound.quality, "proved": plan.bound.proved},
        "gap": plan.gap,
        "seconds": round(plan.seconds, 3),
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
    }


def _exclusion(found: Exclusion) -> dict[str, Any]:
    return {
        "provider": found.provider,
        "name": found.name,
        "rules": [rule.value for rule in found.rules],
        "texts": list(found.texts),
    }


def _cause(inputs: Inputs, cause: Cause) -> dict[str, Any]:
    return _need(inputs, cause.need_id) | {
        "cause": cause.kind.value,
        "text": cause.text,
        "rule": None if cause.rule is None else cause.rule.value,
        "nearest": [_exclusion(found) for found in cause.nearest],
    }
