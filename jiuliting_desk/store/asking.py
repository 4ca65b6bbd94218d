"""When a provider was last asked: one definition for every page."""

from datetime import date

from jiuliting_desk.store.store import Store

LAST_ASKED = """
SELECT p.id, nullif(max(coalesce(p.asked_on, ''), coalesce(c.day, ''), coalesce((
    SELECT min(day, :today) FROM visit_provider WHERE provider_id = p.id AND state IN ('planned', 'under_way', 'done')
    ORDER BY day DESC LIMIT 1), '')), '') AS day
FROM provider p LEFT JOIN (SELECT provider_id, max(claimed_on) AS day FROM claim GROUP BY provider_id) c
    ON c.provider_id = p.id
"""
"""The last day on which each provider was asked as noted, took a need, or went; who goes soon was asked by today."""


def last_asked(store: Store, *, today: date) -> dict[int, date]:
    """The last day on which each provider was asked, took a need or went; those who never were are left out."""
    rows = store.rows(f"SELECT id, day FROM ({LAST_ASKED}) WHERE day IS NOT NULL", {"today": today.isoformat()})
    return {provider_id: date.fromisoformat(day) for provider_id, day in rows}
