"""Who may have a service, and how often a year: looked at while the elder is on the telephone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiuliting_desk.model.categories import Eligibility, ServiceCategory
from jiuliting_desk.model.elders import Elder


class QuotaWarning(StrEnum):
    """Why the office would rather not; staff may override it with a reason."""

    NOT_ELIGIBLE = "not_eligible"
    AGE_UNKNOWN = "age_unknown"
    USED_UP = "used_up"
    OUT_OF_SEASON = "out_of_season"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an elder may still have of a service in a year."""

    limit: int | None = None
    """Visits a year, None where there is no limit."""
    used: int = 0
    planned: int = 0
    warnings: tuple[QuotaWarning, ...] = ()
    rules: tuple[Eligibility, ...] = ()
    """The category's rules, any of which would do; empty: open to all."""

    @property
    def left(self) -> int | None:
        """Visits left beside those planned, never below 0; None where there is no limit."""
        return None if self.limit is None else max(0, self.limit - self.used - self.planned)


def standing(*, elder: Elder, category: ServiceCategory, on: date, used: int, planned: int) -> Standing:
    """The elder's standing for a visit on a day, with so many visits done and planned in that year."""
    warnings = [*_eligibility(elder, category.eligibility, on)]
    if category.quota_per_year is not None and used + planned >= category.quota_per_year:
        warnings.append(QuotaWarning.USED_UP)
    if category.months and on.month not in category.months:
        warnings.append(QuotaWarning.OUT_OF_SEASON)
    return Standing(
        limit=category.quota_per_year,
        used=used,
        planned=planned,
        warnings=tuple(warnings),
        rules=category.eligibility,
    )


def meets(elder: Elder, rule: Eligibility, on: date) -> bool | None:
    """Whether a rule admits the elder on a day; None where only the unknown age stands against it."""
    if rule.livings and elder.living.value not in rule.livings:
        return False
    if rule.tags and not set(rule.tags) & set(elder.tags):
        return False
    if not rule.min_age:
        return True
    age = elder.age_on(on)
    return None if age is None else age >= rule.min_age


def _eligibility(elder: Elder, rules: tuple[Eligibility, ...], on: date) -> list[QuotaWarning]:
    found = [meets(elder, rule, on) for rule in rules]
    if not found or True in found:
        return []
    return [QuotaWarning.AGE_UNKNOWN] if None in found else [QuotaWarning.NOT_ELIGIBLE]
