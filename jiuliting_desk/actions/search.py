"""The one search box."""

from jiuliting_desk.store import Store
from jiuliting_desk.store.finding import Hit, Why, find

__all__ = ["Hit", "Why", "search"]


def search(store: Store, text: str, *, limit: int = 30, inactive: bool = False) -> list[Hit]:
    """Elders and providers that all words of ``text`` meet, exact numbers and names first.

    A word may be (part of) a name, pinyin, initials, a phone in any format or its last digits, a card number or
    its code, the tail of an identity number, or part of an address.
    """
    return find(store, text, limit=limit, inactive=inactive)
