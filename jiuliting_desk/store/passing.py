"""Needs that somebody else goes to as well: whose they become where the one who has them stops, and what that takes."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

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
    elder_id: int
    visits: int
    minutes: int
    half_days: tuple[int, ...]
    """That the need wants."""
    undated: int
    """Visits of the month that have no day yet."""


# The CROSS JOINs keep the order: by need, then by the visit's own rows.
_SHARED = f"""SELECT n.id, n.claimed_by, n.elder_id, n.half_days, n.rhythm, {VISITS_PER_MONTH}, c.minutes, p.provider_id
FROM need n CROSS JOIN category c ON c.id = n.category_id
CROSS JOIN visit_service s ON s.need_id = n.id AND s.state = 'planned' CROSS JOIN visit v ON v.id = s.id / {SPAN}
CROSS JOIN visit_provider p ON p.id BETWEEN v.id * {SPAN} AND v.id * {SPAN} + {SPAN - 1}
    AND p.provider_id <> n.claimed_by
WHERE n.state = 'booked' AND {TAKEN_IN_MONTH} ORDER BY n.id, v.day, v.starts, v.id, p.id"""

_THERE = f"""SELECT p.id, p.minutes FROM visit_provider p
WHERE p.provider_id = :provider AND p.day >= :first AND p.day < :next AND p.state IN ('planned', 'under_way', 'done')
    AND EXISTS (SELECT 1 FROM visit_service s WHERE s.need_id = :need
        AND s.id BETWEEN p.id / {SPAN} * {SPAN} AND p.id / {SPAN} * {SPAN} + {SPAN - 1})
    AND NOT EXISTS (SELECT 1 FROM visit_service s JOIN need n ON n.id = s.need_id AND n.claimed_by = p.provider_id
        WHERE s.id BETWEEN p.id / {SPAN} * {SPAN} AND p.id / {SPAN} * {SPAN} + {SPAN - 1} AND {TAKEN_IN_MONTH})"""

_KEPT = f"""SELECT count(DISTINCT s.id / {SPAN}) FROM visit_service s
WHERE s.need_id = :need AND s.day >= :first AND s.day < :next AND (s.state IN ('under_way', 'done')
    OR (s.state = 'planned' AND EXISTS (SELECT 1 FROM visit_provider p WHERE p.provider_id <> :holder
        AND p.id BETWEEN s.id / {SPAN} * {SPAN} AND s.id / {SPAN} * {SPAN} + {SPAN - 1})))"""
"""The month's visits for a need that do not fall through where its holder stops."""

_SERIES = """SELECT EXISTS (SELECT 1 FROM series r, json_each(r.services) j WHERE r.ended_on IS NULL
    AND j.value ->> 'need_id' = :need AND EXISTS (SELECT 1 FROM json_each(r.provider_ids) WHERE value <> :holder))"""
"""Whether others come for a need again and again."""


def passing_needs(store: Store, *, month: date) -> dict[int, list[Passing]]:
    """By provider what of theirs passes to those who go with them or for them, where they stop."""
    first = month.replace(day=1)
    days = {"first": first.isoformat(), "next": add_months(first, 1).isoformat()}
    shared: dict[int, tuple[Any, ...]] = {}
    for need_id, *row in store.rows(_SHARED, days):
        shared.setdefault(need_id, tuple(row))
    if not shared:
        return {}
    ahead = expected_visits(store, first=first, last=last_day(first))
    found: defaultdict[int, list[Passing]] = defaultdict(list)
    counted: defaultdict[int, set[Any]] = defaultdict(set)
    for need_id, (holder, elder_id, half_days, rhythm, visits, minutes, other) in shared.items():
        about = days | {"need": need_id, "holder": holder}
        there: dict[Any, int] = dict(store.rows(_THERE, days | {"need": need_id, "provider": other}))
        for series, day in ahead:
            if need_id in series.need_ids and other in series.provider_ids:
                there[other, series.id, day] = series.minutes
        if rhythm == Rhythm.ONCE and not there:
            # It is met in another month.
            continue
        # A visit may meet several needs.
        own = there.keys() - counted[holder]
        counted[holder] |= own
        kept = visits if store.value(_SERIES, about) else int(store.value(_KEPT, about))
        found[holder].append(
            Passing(
                provider_id=other,
                elder_id=elder_id,
                visits=visits - len(own),
                minutes=visits * minutes - sum(there[visit] for visit in own),
                half_days=tuple(json.loads(half_days)),
                undated=max(0, visits - kept),
            )
        )
    return dict(found)
