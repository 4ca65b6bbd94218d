"""Invented people for the tests of actions and pages."""

from datetime import date
from typing import Any

from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.providers import Provider, ProviderKind, Skill
from jiuliting_desk.store import Store

TODAY = date(2026, 3, 18)

CHAT, CLEAN, HAIRCUT, AIRCON, HOOD, ERRANDS = 1, 2, 3, 4, 5, 6
"""The ids of the starting categories in an empty file."""


def elder(store: Store, name: str = "高莲英", **changes: Any) -> Elder:
    """An elder in the file."""
    with store.operation("register_elder", name):
        return store.add(Elder(name=name, **changes))


def need(store: Store, elder_id: int, category_id: int = HAIRCUT, **changes: Any) -> Need:
    """An open need in the file."""
    with store.operation("add_need"):
        return store.add(Need(elder_id=elder_id, category_id=category_id, since=TODAY, **changes))


def volunteer(
    store: Store, name: str = "顾海宁", *, skills: tuple[int, ...] = (HAIRCUT, CHAT), **changes: Any
) -> Provider:
    """A volunteer in the file."""
    values: dict[str, Any] = {
        "name": name,
        "phones": (Phone(number="10055550101"),),
        "skills": tuple(Skill(category_id=skill) for skill in skills),
    }
    with store.operation("register_provider", name):
        return store.add(Provider(**(values | changes)))


def enterprise(store: Store, name: str = "净邻家政", **changes: Any) -> Provider:
    """An enterprise in the file, without limits."""
    limits: dict[str, Any] = {"kind": ProviderKind.ENTERPRISE, "visits_per_month": None}
    return volunteer(store, name, **({"skills": (CLEAN, AIRCON, HOOD)} | limits | changes))
