"""What actions on elders ask of the file: free numbers, people who may be the same, what hangs on a record."""

from dataclasses import replace
from typing import Any

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.likeness import Likeness, Traits, likeness
from jiuliting_desk.store.search import full_reading
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import TABLES, mapped

NAMESAKES_READ = 400
"""How many people of the same name are looked at; more would help nobody who types."""


def free_numbers(store: Store, count: int = 1) -> list[str]:
    """The next free numbers of elders, of four digits or more, in order.

    Numbers of records that were merged away stay reserved, so that the merge can be undone.
    """
    highest = int(
        store.value("SELECT max(CAST(number AS INTEGER)) FROM elder WHERE number <> '' AND number NOT GLOB '*[^0-9]*'")
        or 0
    )
    reserved = int(
        store.value(
            "SELECT max(CAST(json_extract(c.before, '$.number') AS INTEGER)) FROM change c"
            " JOIN operation o ON o.id = c.operation_id"
            " WHERE c.kind = 'remove' AND c.table_name = 'elder' AND o.undoes IS NULL AND o.undone = 0"
        )
        or 0
    )
    first = max(highest, reserved) + 1
    return [f"{number:04d}" for number in range(first, first + count)]


def _sounding(traits: Traits) -> Traits:
    return replace(traits, sound=full_reading(traits.name)) if traits.name else traits


def alike(store: Store, person: Traits, *, but: int = 0, limit: int = 5) -> list[tuple[Likeness, Elder]]:
    """Elders who may be the same person, the surest first, whatever their state; never the one with id ``but``."""
    table = mapped(Elder)
    traits = _sounding(person)
    asked: list[tuple[str, tuple[Any, ...]]] = []
    if traits.id_number:
        asked.append(("id_number = ? AND id_number <> ''", (traits.id_number,)))
    if traits.name:
        asked.append(("name = ?", (traits.name,)))
    if traits.sound and traits.compound_id is not None and traits.room:
        asked.append(
            ("compound_id = ? AND building = ? AND room = ?", (traits.compound_id, traits.building, traits.room))
        )
    found: dict[int, tuple[Likeness, Elder]] = {}
    for clause, values in asked:
        for row in store.rows(f"{table.select} WHERE {clause} ORDER BY id DESC LIMIT {NAMESAKES_READ}", values):
            elder = table.record(row)
            how = likeness(traits, _sounding(Traits.of(elder)))
            if how is not None and elder.id != but:
                found[elder.id] = (how, elder)
    order = list(Likeness)
    return sorted(found.values(), key=lambda each: (order.index(each[0]), not each[1].is_served, each[1].id))[:limit]


def standing_on(store: Store, elder_id: int) -> list[Any]:
    """Every record of every kind that belongs to the elder: needs, cards, pairings and whatever else has an elder."""
    return [
        record
        for record_class, table in TABLES.items()
        if "elder_id" in table.columns
        for record in store.where(record_class, elder_id=elder_id)
    ]
