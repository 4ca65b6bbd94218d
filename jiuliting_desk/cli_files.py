"""The data file of a command that only reads: the file itself, or a look at it beside an open window."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jiuliting_desk.store import StorageTrouble, Store, Trouble

_WHY = {Trouble.HELD: "正在别处开着", Trouble.READ_ONLY: "只能看，不能写"}
"""What keeps a file from being opened, but not from being read."""


@contextmanager
def reading(case: Path, *, who: str) -> Iterator[Store]:
    """An open data file for what writes nothing.

    Where a window has it open, or it may only be read, that is said on standard error, and what was confirmed up to
    now is read. Raises StorageTrouble.
    """
    store = _opened(case, who)
    try:
        yield store
    finally:
        store.close()


def _opened(case: Path, who: str) -> Store:
    try:
        return Store.open(case, who=who)
    except StorageTrouble as trouble:
        why = _WHY.get(trouble.trouble)
        if why is None:
            raise
        try:
            store = Store.look(case, who=who)
        except StorageTrouble as second:
            raise (trouble if second.trouble is Trouble.HELD else second) from None
        print(f"资料{why}：用的是 {store.now():%H:%M:%S} 以前存下的，什么都不会写进去。", file=sys.stderr)
        return store
