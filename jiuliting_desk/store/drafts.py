"""What is being typed: kept inside the file through a crash or the lock, and no step of the work."""

import json
from collections.abc import Collection
from typing import Any

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


def forget(store: Store, *, elder_ids: Collection[int], visit_ids: Collection[int], words: Collection[str]) -> None:
    """Take these people out of every draft: what is about them, or has one of the words or the tail of a number.

    Drafts hold JSON, one line for each thing that is being typed; one line may hold many, by the visit's id.
    """
    for key, text in store.rows("SELECT key, value FROM fact WHERE key LIKE ?", (_KEY + "%",)):
        lines = [_without(line, elder_ids, visit_ids, words) for line in str(text).splitlines()]
        kept_text = "\n".join(filter(None, lines))
        if kept_text:
            store.execute("UPDATE fact SET value = ? WHERE key = ?", (kept_text, key))
        else:
            store.execute("DELETE FROM fact WHERE key = ?", (key,))


def _without(line: str, elder_ids: Collection[int], visit_ids: Collection[int], words: Collection[str]) -> str:
    try:
        held = json.loads(line)
    except ValueError:
        held = line
    if isinstance(held, dict) and held and all(isinstance(value, dict) for value in held.values()):
        others = {
            key: value
            for key, value in held.items()
            if not (key.isdecimal() and int(key) in visit_ids) and not _tells(value, elder_ids, words)
        }
        if others == held:
            return line
        return json.dumps(others) if others else ""
    return "" if _tells(held, elder_ids, words) else line


def _tells(held: Any, elder_ids: Collection[int], words: Collection[str]) -> bool:
    """Whether something typed is of these people."""
    if isinstance(held, dict):
        return held.get("elder_id") in elder_ids or any(_tells(value, elder_ids, words) for value in held.values())
    if isinstance(held, list):
        return any(_tells(value, elder_ids, words) for value in held)
    if not isinstance(held, str):
        return False
    is_tail = held.isdecimal() and len(held) > 3 and any(word.endswith(held) for word in words)
    return is_tail or any(word in held for word in words)
