"""What is being typed: kept inside the file through a crash or the lock, and no step of the work."""

from jiuliting_desk.store.store import Store

_KEY = "draft:"


def keep(store: Store, name: str, text: str) -> None:
    """Keep the draft of a form under a name, in the place of an earlier one; not inside an operation."""
    store.execute("INSERT OR REPLACE INTO fact (key, value) VALUES (?, ?)", (_KEY + name, text))


def kept(store: Store, name: str) -> str:
    """The draft of that name, "" for none."""
    return str(store.value("SELECT value FROM fact WHERE key = ?", (_KEY + name,)) or "")


def drop(store: Store, name: str) -> None:
    """Forget a draft."""
    store.execute("DELETE FROM fact WHERE key = ?", (_KEY + name,))
