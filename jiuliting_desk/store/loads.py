"""What a provider's month holds: one definition for every page.

A need that is claimed or booked takes its visits of a month, planned or not; a single one that is booked takes its
visit in the month of that visit. Beside these count the month's visits for any other need or none, be they planned,
going on or done.
"""

import json
from collections.abc import Collection
from datetime import date

from jiuliting_desk.model.barriers import Load
from jiuliting_desk.model.dates import add_months
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.visit_tables import SPAN

VISITS_PER_MONTH = (
    "CASE n.rhythm WHEN 'weekly' THEN 4 WHEN 'fortnightly' THEN 2 WHEN 'monthly' THEN n.per_month ELSE 1 END"
)

_STANDING = """
SELECT n.claimed_by, {visits}, {visits} * c.minutes FROM {whom} JOIN category c ON c.id = n.category_id
WHERE n.claimed_by IS NOT NULL AND n.state IN ('claimed', 'booked')
    AND n.id NOT IN (SELECT value FROM json_each(:without_needs))
    AND (n.rhythm <> 'once' OR n.state = 'claimed' OR EXISTS (SELECT 1 FROM visit_service s WHERE s.need_id = n.id
        AND s.state IN ('planned', 'under_way') AND s.day >= :first AND s.day < :next))
"""

_OTHER = """
SELECT p.provider_id, 1, p.minutes FROM {whose}
WHERE p.day >= :first AND p.day < :next AND p.state IN ('planned', 'under_way', 'done')
    AND p.id / {span} <> :without_visit AND NOT EXISTS (
        SELECT 1 FROM visit_service s JOIN need n ON n.id = s.need_id
        WHERE s.id BETWEEN p.id / {span} * {span} AND p.id / {span} * {span} + {span} - 1
            AND n.claimed_by = p.provider_id AND n.state IN ('claimed', 'booked')
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
) -> dict[int, Load]:
    """Visits and minutes in the month of a day, of these providers or of all; those with nothing are left out.

    A need of ``without_needs`` counts by its visits alone, ``without_visit`` not at all.
    """
    first = month.replace(day=1)
    everybody = provider_ids is None
    standing = _STANDING.format(visits=VISITS_PER_MONTH, whom=_ALL_NEEDS if everybody else _THEIR_NEEDS)
    other = _OTHER.format(span=SPAN, whose=_ALL_VISITS if everybody else _THEIR_VISITS)
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
    for provider_id, visits, minutes in [*store.rows(standing, values), *store.rows(other, values)]:
        held = found.get(provider_id, Load())
        found[provider_id] = Load(visits=held.visits + visits, minutes=held.minutes + minutes)
    return found
