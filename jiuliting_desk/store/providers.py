"""Queries about providers: numbers, likely duplicates, loads, counts for the list."""

from collections.abc import Collection
from datetime import date

from jiuliting_desk.model.barriers import Load
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped


def highest_number(store: Store, prefix: str) -> int:
    """The highest running number behind ``prefix`` among the providers' numbers, 0 for none."""
    found = store.value(
        "SELECT max(CAST(substr(number, ?1) AS INTEGER)) FROM provider WHERE number GLOB ?2",
        (len(prefix) + 1, f"{prefix}[0-9]*"),
    )
    return int(found or 0)


def like(store: Store, *, name: str, phones: tuple[str, ...], id_number: str, limit: int) -> list[Provider]:
    """Providers with this identity number, one of these phones or this name, in that order of weight.

    Empty values match nothing.
    """
    table = mapped(Provider)
    weights = []
    parameters: list[object] = []
    if id_number:
        weights.append("4 * (id_number = ?)")
        parameters.append(id_number)
    for phone in phones:
        weights.append("2 * (instr(phones, ?) > 0)")
        parameters.append(f'"number":"{phone}"')
    if name:
        weights.append("(name = ?)")
        parameters.append(name)
    if not weights:
        return []
    names = ", ".join(table.columns)
    rows = store.rows(
        f"SELECT {names} FROM (SELECT {names}, {' + '.join(weights)} AS weight FROM provider)"
        " WHERE weight > 0 ORDER BY weight DESC, id LIMIT ?",
        (*parameters, limit),
    )
    return table.records(rows)


VISITS_PER_MONTH = (
    "CASE n.rhythm WHEN 'weekly' THEN 4 WHEN 'fortnightly' THEN 2 WHEN 'monthly' THEN n.per_month ELSE 1 END"
)


def loads(store: Store, *, without_need: int = 0) -> dict[int, Load]:
    """What each provider has taken on: needs claimed or booked, as visits and minutes a month."""
    rows = store.rows(
        f"SELECT n.claimed_by, sum({VISITS_PER_MONTH}), sum({VISITS_PER_MONTH} * c.minutes)"
        " FROM need n JOIN category c ON c.id = n.category_id"
        " WHERE n.claimed_by IS NOT NULL AND n.state IN ('claimed', 'booked') AND n.id <> ? GROUP BY n.claimed_by",
        (without_need,),
    )
    return {provider_id: Load(visits=visits, minutes=minutes) for provider_id, visits, minutes in rows}


def load_of(store: Store, provider_id: int, *, without_need: int = 0) -> Load:
    """What one provider has taken on for a month, one need left out."""
    visits, minutes = store.rows(
        f"SELECT sum({VISITS_PER_MONTH}), sum({VISITS_PER_MONTH} * c.minutes)"
        " FROM need n JOIN category c ON c.id = n.category_id"
        " WHERE n.claimed_by = ? AND n.state IN ('claimed', 'booked') AND n.id <> ?",
        (provider_id, without_need),
    )[0]
    return Load(visits=visits or 0, minutes=minutes or 0)


def active_pairing_counts(store: Store) -> dict[int, int]:
    """How many bonds each provider has now."""
    return dict(store.rows("SELECT provider_id, count(*) FROM pairing WHERE ended_on IS NULL GROUP BY provider_id"))


def offering(store: Store, category_id: int, *, also: Collection[int] = ()) -> list[Provider]:
    """Active and paused providers who can do a service, and some others by id."""
    ids = [
        row[0]
        for row in store.rows(
            "SELECT DISTINCT p.id FROM provider p, json_each(p.skills) s"
            " WHERE s.value ->> 'category_id' = ? AND p.state <> 'stopped'",
            (category_id,),
        )
    ]
    found = store.get_many(Provider, [*ids, *also])
    return sorted(found.values(), key=lambda provider: provider.id)


def member_counts(store: Store) -> dict[int, int]:
    """How many members each enterprise has, those who stopped left out."""
    return dict(
        store.rows(
            "SELECT enterprise_id, count(*) FROM provider"
            " WHERE enterprise_id IS NOT NULL AND state <> 'stopped' GROUP BY enterprise_id"
        )
    )


def last_claimed(store: Store) -> dict[int, date]:
    """The day on which each provider last took a need."""
    rows = store.rows("SELECT provider_id, max(claimed_on) FROM claim GROUP BY provider_id")
    return {provider_id: date.fromisoformat(day) for provider_id, day in rows}
