"""What a provider's month holds: one definition for every page.

A need that is claimed or booked takes its visits of a month, planned or not, from the month on for which it is claimed.
A single one takes its visit in the month for which it is booked with whoever has it, or as long as it is only claimed
in every month in which it may still be booked: in that of its day where it is for one day alone. Beside these count the
month's visits for any other need or none, be they planned, going on or done. Who plans a month counts also the visits
that series will have in it and that are not planned yet.
"""

import json
from collections.abc import Collection, Iterator
from datetime import date

from jiuliting_desk.model.barriers import Load
from jiuliting_desk.model.dates import add_months
from jiuliting_desk.model.months import last_day
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.store.expected import expected_visits
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.visit_tables import SPAN

VISITS_PER_MONTH = (
    "CASE n.rhythm WHEN 'weekly' THEN 4 WHEN 'fortnightly' THEN 2 WHEN 'monthly' THEN n.per_month ELSE 1 END"
)

TAKEN_IN_MONTH = f"""n.claimed_by IS NOT NULL AND n.state IN ('claimed', 'booked')
    AND (n.state = 'booked' OR NOT EXISTS (SELECT 1 FROM claim h WHERE h.need_id = n.id AND h.state = 'held'
        AND (h.begins_on >= :next OR (n.rhythm = 'once' AND h.expires_on < :first))))
    AND (n.state = 'booked' OR n.stands_in_for IS NULL OR EXISTS (SELECT 1 FROM visit w
        WHERE w.id = n.stands_in_for AND w.day >= :first AND w.day < :next))
    AND (n.state = 'claimed' OR n.rhythm <> 'once' OR EXISTS (SELECT 1 FROM visit_service t CROSS JOIN visit_provider g
            ON g.id BETWEEN t.id / {SPAN} * {SPAN} AND t.id / {SPAN} * {SPAN} + {SPAN - 1}
        WHERE t.need_id = n.id AND t.state IN ('planned', 'under_way') AND t.day >= :first AND t.day < :next
            AND +g.provider_id = n.claimed_by))"""
"""Whether a need ``n`` takes time of whom it is claimed by, between the days ``:first`` and ``:next``.

The plus keeps who goes sought among the visit's own rows and not among all of a provider's.
"""

_STANDING = f"""
SELECT n.claimed_by, {VISITS_PER_MONTH}, {VISITS_PER_MONTH} * c.minutes FROM {{whom}}
JOIN category c ON c.id = n.category_id
WHERE {TAKEN_IN_MONTH} AND n.id NOT IN (SELECT value FROM json_each(:without_needs))
"""

_OTHER = """
SELECT p.provider_id, 1, p.minutes FROM {whose}
WHERE p.day >= :first AND p.day < :next AND p.state IN ('planned', 'under_way', 'done')
    AND p.id / {span} <> :without_visit AND NOT EXISTS (
        SELECT 1 FROM visit_service s JOIN need n ON n.id = s.need_id
        WHERE s.id BETWEEN p.id / {span} * {span} AND p.id / {span} * {span} + {span} - 1
            AND n.claimed_by = p.provider_id AND {taken}
            AND n.id NOT IN (SELECT value FROM json_each(:without_needs)))
"""

_ALL_NEEDS = "need n"
_THEIR_NEEDS = "json_each(:providers) i CROSS JOIN need n ON n.claimed_by = i.value"
_ALL_VISITS = f"visit v JOIN visit_provider p ON p.id BETWEEN v.id * {SPAN} AND v.id * {SPAN} + {SPAN - 1}"
_THEIR_VISITS = "json_each(:providers) i CROSS JOIN visit_provider p ON p.provider_id = i.value"


def month_loads(
    store: Store,
    *,
    month: date,
    provider_ids: Collection[int] | None = None,
    without_needs: Collection[int] = (),
    without_visit: int = 0,
    ahead: bool = False,
) -> dict[int, Load]:
    """Visits and minutes in the month of a day, of these providers or of all; those with nothing are left out.

    A need of ``without_needs`` counts by its visits alone, ``without_visit`` not at all; with ``ahead`` visits that
    series are still to plan count too.
    """
    first = month.replace(day=1)
    everybody = provider_ids is None
    standing = _STANDING.format(whom=_ALL_NEEDS if everybody else _THEIR_NEEDS)
    other = _OTHER.format(span=SPAN, taken=TAKEN_IN_MONTH, whose=_ALL_VISITS if everybody else _THEIR_VISITS)
    if everybody:
        other += " AND v.day >= :first AND v.day < :next"
    values = {
        "first": first.isoformat(),
        "next": add_months(first, 1).isoformat(),
        "without_needs": json.dumps(list(without_needs)),
        "without_visit": without_visit,
        "providers": json.dumps(list(provider_ids or ())),
    }
    found: dict[int, Load] = {}
    rows = [*store.rows(standing, values), *store.rows(other, values)]
    if ahead:
        rows += _expected(store, first=first, provider_ids=provider_ids, without_needs=without_needs)
    for provider_id, visits, minutes in rows:
        held = found.get(provider_id, Load())
        found[provider_id] = Load(visits=held.visits + visits, minutes=held.minutes + minutes)
    return found


def _expected(
    store: Store, *, first: date, provider_ids: Collection[int] | None, without_needs: Collection[int]
) -> Iterator[tuple[int, int, int]]:
    """(provider, 1, minutes) of each visit of a series that is not planned yet; those for a need that is claimed or
    booked are in it."""
    ahead = expected_visits(store, first=first, last=last_day(first))
    needs = store.get_many(Need, {need_id for series, _ in ahead for need_id in series.need_ids})
    standing = {
        (need.id, need.claimed_by)
        for need in needs.values()
        if need.state in {NeedState.CLAIMED, NeedState.BOOKED} and need.id not in without_needs
    }
    for series, _ in ahead:
        for provider_id in series.provider_ids:
            is_asked = provider_ids is None or provider_id in provider_ids
            if is_asked and not any((need_id, provider_id) in standing for need_id in series.need_ids):
                yield provider_id, 1, series.minutes
