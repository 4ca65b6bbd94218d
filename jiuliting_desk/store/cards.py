"""Which elders want a card, and which cards of an elder count."""

import json
from typing import Any

from jiuliting_desk.store.store import Store

_LAST = "(SELECT c.state FROM card c WHERE c.elder_id = e.id ORDER BY c.id DESC LIMIT 1)"


def waiting(store: Store, *, limit: int) -> list[tuple[int, str]]:
    """Active elders without a card that counts: id and the state of their last card ("" for none), by number."""
    rows: list[tuple[Any, ...]] = store.rows(
        f"SELECT e.id, coalesce({_LAST}, '') FROM elder e WHERE e.state = 'active'"
        " AND NOT EXISTS (SELECT 1 FROM card c WHERE c.elder_id = e.id AND c.state IN ('issued', 'handed'))"
        " ORDER BY e.number LIMIT ?",
        (limit,),
    )
    return [(row[0], row[1]) for row in rows]


def waiting_count(store: Store) -> int:
    """How many active elders have no card that counts."""
    return int(
        store.value(
            "SELECT count(*) FROM elder e WHERE e.state = 'active' AND NOT EXISTS"
            " (SELECT 1 FROM card c WHERE c.elder_id = e.id AND c.state IN ('issued', 'handed'))"
        )
    )


def paired_names(store: Store, elder_ids: list[int]) -> dict[int, str]:
    """The volunteer or enterprise of each elder's oldest lasting pairing, pinned ones first."""
    found: dict[int, str] = {}
    for start in range(0, len(elder_ids), 500):
        part = elder_ids[start : start + 500]
        marks = ",".join("?" * len(part))
        for elder_id, name in store.rows(
            "SELECT g.elder_id, p.name FROM pairing g JOIN provider p ON p.id = g.provider_id"
            f" WHERE g.ended_on IS NULL AND g.elder_id IN ({marks}) ORDER BY g.pinned DESC, g.id",
            part,
        ):
            found.setdefault(elder_id, name)
    return found


def ids_by_numbers(store: Store, numbers: list[str]) -> dict[str, int]:
    """Elder ids by elder number or card number, for those that are there."""
    found: dict[str, int] = {}
    for number in numbers:
        row = store.rows(
            "SELECT id FROM elder WHERE number = ?1 AND number <> '' UNION SELECT elder_id FROM card WHERE number = ?1",
            (number,),
        )
        if row:
            found[number] = row[0][0]
    return found


def valid_numbers(store: Store, elder_ids: list[int]) -> dict[int, str]:
    """The number of each elder's latest card that counts, those without one left out."""
    return dict(
        store.rows(
            "SELECT elder_id, number FROM card WHERE state IN ('issued', 'handed')"
            " AND elder_id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(sorted(set(elder_ids))),),
        )
    )
