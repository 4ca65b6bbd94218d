"""Needs that somebody else goes to as well: whose they become where the one who has them stops, and what that takes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from jiuliting_desk.model.dates import add_months
from jiuliting_desk.model.months import last_day
from jiuliting_desk.model.needs import Rhythm
from jiuliting_desk.store.expected import expected_visits
from jiuliting_desk.store.loads import TAKEN_IN_MONTH, VISITS_PER_MONTH
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.visit_tables import SPAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """What a need would take of another provider's month, beside what its visits take there already."""

    provider_id: int
    visits: int
    minutes: int


# The CROSS JOINs keep the order: by need, then by the visit's own rows.
_SHARED = f"""SELECT n.id, n.claimed_by, {VISITS_PER_MONTH}, {VISITS_PER_MONTH} * c.minutes, p.provider_id, n.rhythm
FROM need n CROSS JOIN category c ON c.id = n.category_id
CROSS JOIN visit_service s ON s.need_id = n.id AND s.state = 'planned' CROSS JOIN visit v ON v.id = s.id / {SPAN}
CROSS JOIN visit_provider p ON p.id BETWEEN v.id * {SPAN} AND v.id * {SPAN} + {SPAN - 1}
    AND p.provider_id <> n.claimed_by
WHERE n.state = 'booked' AND {TAKEN_IN_MONTH} ORDER BY n.id, v.day, v.starts, v.id, p.id"""

_THERE = f"""SELECT count(*), coalesce(sum(p.minutes), 0) FROM visit_provider p
WHERE p.provider_id = :provider AND p.day >= :first AND p.day < :next AND p.state IN ('planned', 'under_way', 'done')
    AND EXISTS (SELECT 1 FROM visit_service s WHERE s.need_id = :need
        AND s.id BETWEEN p.id / {SPAN} * {SPAN} AND p.id / {SPAN} * {SPAN} + {SPAN - 1})
    AND NOT EXISTS (SELECT 1 FROM visit_service s JOIN need n ON n.id = s.need_id AND n.claimed_by = p.provider_id
        WHERE s.id BETWEEN p.id / {SPAN} * {SPAN} AND p.id / {SPAN} * {SPAN} + {SPAN - 1} AND {TAKEN_IN_MONTH})"""


def passing_needs(store: Store, *, month: date) -> dict[int, list[Passing]]:
    """By provider what of theirs passes to those who go with them or for them, where they stop."""
    first = month.replace(day=1)
    days = {"first": first.isoformat(), "next": add_months(first, 1).isoformat()}
    shared: dict[int, tuple[int, int, str, int, int]] = {}
    for need_id, holder, visits, minutes, other, rhythm in store.rows(_SHARED, days):
        shared.setdefault(need_id, (holder, other, rhythm, visits, minutes))
    if not shared:
        return {}
    ahead = expected_visits(store, first=first, last=last_day(first))
    found: defaultdict[int, list[Passing]] = defaultdict(list)
    for need_id, (holder, other, rhythm, visits, minutes) in shared.items():
        ((there, took),) = store.rows(_THERE, days | {"need": need_id, "provider": other})
        for series, _ in ahead:
            if need_id in series.need_ids and other in series.provider_ids:
                there, took = there + 1, took + series.minutes
        if rhythm == Rhythm.ONCE and not there:
            # It is met in another month.
            continue
        found[holder].append(Passing(provider_id=other, visits=visits - there, minutes=minutes - took))
    return dict(found)
