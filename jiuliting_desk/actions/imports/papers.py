"""The visits that feedback sheets may speak of, read once for a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jiuliting_desk.actions.planned_months import certified_on
from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.asked import Asked
from jiuliting_desk.store import Store
from jiuliting_desk.store import forms as queries
from jiuliting_desk.store.forms import EvaluatedVisit

DAYS_BACK = 400
"""How old a visit may be whose form is not awaited and whose day no row names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Visits with their forms and answers, and the rules of what answers bring; plain data that may cross threads."""

    visits: tuple[EvaluatedVisit, ...]
    qualified: Mapping[int, tuple[int, ...]]
    """For each service that wants a certificate: enterprises that hold a valid one."""
    low_score: int
    follow_up_days: int


def take_papers(store: Store, asked: Asked, *, today: date) -> Papers:
    """Read those that are asked of: visits of about the last year, and older ones that are awaited or named by day."""
    since = today - timedelta(days=DAYS_BACK)
    return Papers(
        visits=tuple(queries.visits_to_evaluate(store, asked, since=since, until=today)),
        qualified=queries.qualified_enterprises(store, on=certified_on(store, today=today)),
        low_score=number_setting(store, "low_score"),
        follow_up_days=number_setting(store, "follow_up_days"),
    )
