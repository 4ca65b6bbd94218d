"""Rows that an undo would give back work to do for somebody who left the list in a later step."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.providers import Provider, ProviderState
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store.operations import Change, read_change
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import BY_TABLE, TABLES

WORK = (Need, Claim, Visit, Series, Pairing)
UNDONE = frozenset({NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED})


def work_for_leavers(
    store: Store, changes: list[Change], *, after_step: int, today: date
) -> dict[tuple[str, int], set[int]]:
    """Rows of these changes, as they are now, that hold work for one who left after a step, with who made them leave.

    Work is a waiting or booked need, a held claim, a visit planned from today on, a running series, a bond. One who
    left is an elder who is not served or a provider who stopped, by a step in force.
    """
    left = _left_since(store, after_step)
    found: dict[tuple[str, int], set[int]] = {}
    for change in changes if left else ():
        record_class = BY_TABLE[change.table].record_class
        if change.kind == "add" or record_class not in WORK:
            continue
        record = store.find(record_class, change.row_id)
        steps = {left[who] for who in _who_has_work(store, record, today) if who in left}
        if steps:
            found[change.table, change.row_id] = steps
    return found


def _left_since(store: Store, step: int) -> dict[tuple[type[Any], int | None], int]:
    """Who is not served or stopped now, by a later step in force that changed their state, with that step."""
    rows = store.rows(
        "SELECT c.id, c.operation_id, c.table_name, c.row_id, c.last_id, c.kind, c.before, c.after"
        " FROM change c JOIN operation o ON o.id = c.operation_id WHERE c.operation_id > ? AND c.kind = 'update'"
        " AND c.table_name IN (?, ?) AND o.undoes IS NULL AND o.undone = 0 ORDER BY c.id",
        (step, TABLES[Elder].table, TABLES[Provider].table),
    )
    left: dict[tuple[type[Any], int | None], int] = {}
    for change in map(read_change, rows):
        if "state" not in change.after:
            continue
        person = store.find(BY_TABLE[change.table].record_class, change.row_id)
        if isinstance(person, Elder) and not person.is_served:
            left[Elder, person.id] = change.operation_id
        if isinstance(person, Provider) and person.state is ProviderState.STOPPED:
            left[Provider, person.id] = change.operation_id
    return left


def _who_has_work(store: Store, record: Any, today: date) -> Iterable[tuple[type[Any], int | None]]:
    """The elder and the providers for whom a record is work that is still to be done; nobody where it is over."""
    match record:
        case Need() if record.state in UNDONE:
            return (Elder, record.elder_id), (Provider, record.claimed_by)
        case Claim() if record.state is ClaimState.HELD:
            need = store.find(Need, record.need_id)
            return (Elder, need.elder_id if need else None), (Provider, record.provider_id)
        case Pairing() if record.ended_on is None:
            return (Elder, record.elder_id), (Provider, record.provider_id)
        case Visit() if record.state is VisitState.PLANNED and record.day >= today:
            return (Elder, record.elder_id), *((Provider, one) for one in record.provider_ids)
        case Series() if record.ended_on is None:
            return (Elder, record.elder_id), *((Provider, one) for one in record.provider_ids)
    return ()
