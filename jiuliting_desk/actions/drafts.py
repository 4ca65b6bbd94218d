"""What is being typed on a page: kept in the file through a crash or the lock, and no step of the work."""

from jiuliting_desk.store import Store, drafts


def keep_draft(store: Store, *, name: str, text: str) -> None:
    """Keep a draft under a name in the place of an earlier one; "" forgets it."""
    if text:
        drafts.keep(store, name, text)
    else:
        drafts.drop(store, name)


def kept_draft(store: Store, *, name: str) -> str:
    """The draft of that name, "" for none."""
    return drafts.kept(store, name)
