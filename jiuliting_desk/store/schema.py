"""Whether a file holds what this program made, and nothing that works on its own beside it."""

import hashlib
from pathlib import Path
from typing import Any

from jiuliting_desk.store.errors import StorageTrouble, Trouble
from jiuliting_desk.store.tables import BY_TABLE

OTHER_TABLES = (
    "operation", "change", "fact", "disclosure", "elder_row", "visit_provider", "visit_service", "search",
)  # fmt: skip
"""Tables that hold no records of the model."""

TRIGGERS = "c2787449511de8f9"
"""Of the triggers, see ``triggers_digest``; another step that changes one changes this."""


def must_be_ours(connection: Any, path: Path) -> None:
    """Raise StorageTrouble (DAMAGED) where a table or column lacks, or a trigger or view is not the program's.

    Tables and columns that are more than wanted do no harm, and are let be.
    """
    columns: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
    ):
        columns.setdefault(table, set()).add(column)
    lacking = [name for name in OTHER_TABLES if name not in columns]
    lacking += [name for name, mapped in BY_TABLE.items() if not columns.get(name, set()).issuperset(mapped.columns)]
    views = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    if lacking or views or triggers_digest(connection) != TRIGGERS:
        detail = f"schema: {', '.join((*lacking, *views)) or 'triggers'}"
        raise StorageTrouble(Trouble.DAMAGED, path=str(path), detail=detail)


def triggers_digest(connection: Any) -> str:
    """A mark of all triggers and what they do."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    return hashlib.blake2b(repr(found).encode(), digest_size=8).hexdigest()
