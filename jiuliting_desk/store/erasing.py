"""Taking a person out of the past: the steps stay, what they changed of this person goes, and undo with it."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import drafts
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import TABLES

_ALONE = "table_name = ? AND row_id = ? AND last_id = row_id"
_SPAN = "table_name = ?1 AND last_id > row_id AND last_id >= ?2 AND row_id <= ?2"
_PARENTS = {"need_id": "need", "visit_id": "visit", "call_id": "call"}


def forget_past(store: Store, elder: Elder) -> int:
    """Forget, inside the running operation, all that history and drafts hold of an elder; gives how many changes.

    With the elder go the records that were merged into them, and whatever belonged to either and was removed or handed
    on. What the running operation itself changes leaves no values behind either, so that nothing can be undone; nor
    can a merge. A step that was named after the person keeps its line without the name.
    """
    store.running.keeps_changes = False
    elder_ids = _own_ids(store, elder)
    words = _words(store, elder, elder_ids)
    merges = _merges_of(store, elder_ids)
    rows = {"elder": set(elder_ids)}
    mentions: set[int] = set()
    for column, parents in (("elder_id", "elder"), *_PARENTS.items()):
        for table in TABLES.values():
            if column in table.columns and (column == "elder_id" or "elder_id" not in table.columns):
                theirs, told = _rows(store, table.table, column, rows.get(parents, set()))
                rows.setdefault(table.table, set()).update(theirs)
                mentions |= told
    changes, steps = _changes(store, rows, mentions, merges)
    _unname(store, steps, words)
    store.execute_many("DELETE FROM change WHERE id = ?", [(one,) for one in changes])
    drafts.forget(store, elder_ids=elder_ids, visit_ids=rows.get("visit", ()), words=words)
    return len(changes)


def _own_ids(store: Store, elder: Elder) -> list[int]:
    """The elder, and those that were merged into them, and into those; the line of a merge names the number kept."""
    found = [elder.id]
    for elder_id in found:
        for number in _ever(store, elder_id, "number") | ({elder.number} if elder_id == elder.id else set()):
            found += [
                row[0]
                for row in store.rows(
                    "SELECT c.row_id FROM operation o JOIN change c ON c.operation_id = o.id"
                    " WHERE o.name = 'merge_elders' AND o.undone = 0 AND instr(o.about, ' ' || ? || ' ← ') > 0"
                    " AND c.table_name = 'elder' AND c.kind = 'remove'",
                    (number,),
                )
                if row[0] not in found
            ]
    return found


def _ever(store: Store, elder_id: int, column: str) -> set[str]:
    """Every value that history holds of one column of an elder."""
    rows = store.rows(
        f"SELECT before ->> '{column}', after ->> '{column}' FROM change WHERE {_ALONE}", ("elder", elder_id)
    )
    return {str(value) for row in rows for value in row if value}


def _words(store: Store, elder: Elder, elder_ids: Iterable[int]) -> list[str]:
    """Whatever tells who it is: names, ID numbers, phones and contacts of now and ever, the longest first."""
    found = {elder.name, elder.id_number, *(phone.number for phone in elder.phones)}
    found |= {word for contact in elder.contacts for word in (contact.name, contact.phone)}
    for elder_id in elder_ids:
        found |= _ever(store, elder_id, "name") | _ever(store, elder_id, "id_number")
        for text in _ever(store, elder_id, "phones"):
            found |= {one["number"] for one in json.loads(text)}
        for text in _ever(store, elder_id, "contacts"):
            found |= {word for one in json.loads(text) for word in (one["name"], one["phone"])}
    return sorted((word for word in found if len(word) > 1), key=len, reverse=True)


def _merges_of(store: Store, elder_ids: Iterable[int]) -> list[int]:
    """Merges that touched one of them, with what undid and redid these: each holds values of both records."""
    return [
        row[0]
        for row in store.rows(
            "WITH RECURSIVE merge(id) AS (SELECT o.id FROM operation o JOIN change c ON c.operation_id = o.id"
            " JOIN json_each(?) e ON e.value = c.row_id WHERE o.name = 'merge_elders' AND c.table_name = 'elder'"
            " UNION SELECT o.id FROM operation o JOIN merge m ON o.undoes = m.id) SELECT id FROM merge",
            (json.dumps(list(elder_ids)),),
        )
    ]


def _rows(store: Store, table: str, column: str, parent_ids: Collection[int]) -> tuple[set[int], set[int]]:
    """Rows that belong to these now, or did when they were removed; and changes which say that a row once did."""
    ids = json.dumps(sorted(parent_ids))
    wanted = "(SELECT value FROM json_each(?1))"
    theirs = {row[0] for row in store.rows(f"SELECT id FROM {table} WHERE {column} IN {wanted}", (ids,))}
    said = store.rows(
        "SELECT c.id, c.row_id, t.id FROM change c"
        f" LEFT JOIN {table} t ON t.id = c.row_id WHERE c.table_name = ?2"
        f" AND (c.before ->> '{column}' IN {wanted} OR c.after ->> '{column}' IN {wanted})",
        (ids, table),
    )
    return theirs | {row_id for _, row_id, there in said if there is None}, {change_id for change_id, _, _ in said}


def _changes(
    store: Store, rows: dict[str, set[int]], mentions: set[int], merges: Iterable[int]
) -> tuple[set[int], set[int]]:
    """The changes to forget; and every step that touched these rows, those that added many at once included."""
    found: set[tuple[int, int]] = set()
    steps: set[int] = set()
    for table, row_ids in rows.items():
        for row_id in row_ids:
            found.update(store.rows(f"SELECT id, operation_id FROM change WHERE {_ALONE}", (table, row_id)))
            steps.update(
                row[0] for row in store.rows(f"SELECT operation_id FROM change WHERE {_SPAN}", (table, row_id))
            )
    for change_id in mentions:
        found.update(store.rows("SELECT id, operation_id FROM change WHERE id = ?", (change_id,)))
    for merge in merges:
        found.update(store.rows("SELECT id, operation_id FROM change WHERE operation_id = ?", (merge,)))
        steps.add(merge)
    return {change_id for change_id, _ in found}, steps | {step for _, step in found}


def _unname(store: Store, steps: Iterable[int], words: Iterable[str]) -> None:
    parameters: list[tuple[Any, ...]] = [(word, step) for step in steps for word in words]
    store.execute_many("UPDATE operation SET about = replace(about, ?, '＊') WHERE id = ?", parameters)
