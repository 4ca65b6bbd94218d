"""Taking a person out of the past: the steps stay, what they changed of this person goes, and undo with it."""

from collections.abc import Sequence
from typing import Any

from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped


def forget_past(store: Store, records: Sequence[Any], *, name: str) -> int:
    """Forget, inside the running operation, all that history holds of these records; gives how many changes.

    What the running operation itself changes leaves no values behind either, so that nothing can be undone. A step
    that was named after the person keeps its line without the name.
    """
    store.running.keeps_changes = False
    forgotten = 0
    for record in records:
        where = "table_name = ? AND row_id = ? AND last_id = row_id"
        key = (mapped(type(record)).table, record.id)
        store.execute(
            "UPDATE operation SET about = replace(about, ?, '＊')"
            f" WHERE id IN (SELECT operation_id FROM change WHERE {where})",
            (name, *key),
        )
        forgotten += store.execute(f"DELETE FROM change WHERE {where}", key).rowcount
    return forgotten
