"""Queries about providers: numbers, likely duplicates, counts for the list."""

from collections.abc import Collection

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
