"""How much each reason counts and which rules hold, as staff have set it."""

from collections.abc import Mapping
from dataclasses import replace

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.matching.terms import STANDARD_RULES, STANDARD_WEIGHTS, Rule, Rules, Term, Weights
from jiuliting_desk.model.settings import SETTINGS
from jiuliting_desk.store import Store


def match_settings(store: Store) -> dict[str, int]:
    """What staff can set of the matching, by key: points of the terms, rules on (1) or off (0), and limits."""
    keys = [key for key in SETTINGS if key.startswith(("match_", "rule_")) or key in _LIMITS]
    return {key: number_setting(store, key) for key in keys}


_LIMITS = ("lasting_elders", "homes_per_half_day")


def weights_of(store: Store) -> Weights:
    """How much each term counts in this office."""
    return weights_with(match_settings(store))


def weights_with(values: Mapping[str, int]) -> Weights:
    """The weights that ``match_settings`` like these would give."""
    weights = STANDARD_WEIGHTS
    for term in Term:
        weights = weights.with_points(term, values[f"match_{term.value}"])
    return weights


def rules_of(store: Store) -> Rules:
    """Which rules hold in this office, and their limits."""
    return rules_with(match_settings(store))


def rules_with(values: Mapping[str, int]) -> Rules:
    """The rules that ``match_settings`` like these would give."""
    rules = replace(
        STANDARD_RULES, lasting_elders=values["lasting_elders"], volunteer_homes=values["homes_per_half_day"]
    )
    for rule in Rule:
        key = f"rule_{rule.value}"
        if key in values:
            rules = rules.switched(rule, on=bool(values[key]))
    return rules
