"""The log of what was shown or given out of people's data; it grows only, and no undo reaches it."""

from jiuliting_desk.model.disclosures import Disclosed, Disclosure
from jiuliting_desk.store.mapping import Mapped
from jiuliting_desk.store.store import Store

_TABLE = Mapped(Disclosure, "disclosure")


def disclose(
    store: Store,
    *,
    what: Disclosed,
    kind: str = "",
    record_id: int | None = None,
    people: int = 1,
    why: str = "",
    to_whom: str = "",
) -> Disclosure:
    """Write one line, in a transaction of its own. Raises StorageTrouble: nothing is to be shown then."""
    line = Disclosure(
        at=store.now(),
        who=store.who,
        kind=kind,
        record_id=record_id,
        what=what,
        people=people,
        why=why,
        to_whom=to_whom,
    )
    with store.telling():
        store.execute(_TABLE.insert, _TABLE.row(line))
    return line


def of_record(store: Store, kind: str, record_id: int) -> list[Disclosure]:
    """What was disclosed of one person, the newest first."""
    return _TABLE.records(
        store.rows(f"{_TABLE.select} WHERE kind = ? AND record_id = ? ORDER BY id DESC", (kind, record_id))
    )


def latest(store: Store, *, limit: int = 200, before_id: int | None = None) -> list[Disclosure]:
    """Lines of the log, the newest first; ``before_id`` goes on from an earlier page."""
    return _TABLE.records(
        store.rows(f"{_TABLE.select} WHERE (?1 IS NULL OR id < ?1) ORDER BY id DESC LIMIT ?2", (before_id, limit))
    )
