"""Service categories: added, edited, ordered, removed or put out of use."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.errors import BadNumber, NameTaken, StillUsed
from jiuliting_desk.store import Store, usage


def categories_in_order(store: Store, *, with_unused: bool = False) -> list[ServiceCategory]:
    """The categories as staff ordered them; those out of use only on demand."""
    found = store.all(ServiceCategory, order="position")
    return [category for category in found if category.active or with_unused]


def add_category(store: Store, *, category: ServiceCategory, today: date) -> ServiceCategory:
    """A new category behind the others. Raises Missing, BadNumber and NameTaken."""
    del today
    last = max((known.position for known in store.all(ServiceCategory)), default=0)
    fresh = replace(_checked(store, category), id=0, position=last + 1)
    store.running.about = fresh.name
    return store.add(fresh)


def edit_category(store: Store, *, category: ServiceCategory, today: date) -> ServiceCategory:
    """The category as the form has it, in its place. Raises Missing, BadNumber, NameTaken and NotThere."""
    del today
    old = store.get(ServiceCategory, category.id)
    fresh = replace(_checked(store, category), position=old.position)
    store.running.about = fresh.name
    return store.update(fresh)


def _checked(store: Store, category: ServiceCategory) -> ServiceCategory:
    fresh = category.checked()
    for month in fresh.months:
        if not 1 <= month <= 12:
            raise BadNumber(field="months", text=str(month), lowest=1, highest=12)
    for rule in fresh.eligibility:
        if not 0 <= rule.min_age <= 120:
            raise BadNumber(field="eligibility", text=str(rule.min_age), lowest=0, highest=120)
    words = dict.fromkeys(word.strip() for word in fresh.words)
    fresh = replace(
        fresh,
        months=tuple(sorted(set(fresh.months))),
        certificate_kind=fresh.certificate_kind.strip(),
        words=tuple(word for word in words if word and word != fresh.name),
    )
    for other in store.all(ServiceCategory):
        if other.id == fresh.id:
            continue
        if fresh.name == other.name or fresh.name in other.words:
            raise NameTaken(field="name", name=other.name)
        if {other.name, *other.words} & set(fresh.words):
            raise NameTaken(field="words", name=other.name)
    return fresh


def use_category(store: Store, *, category_id: int, active: bool, today: date) -> ServiceCategory:
    """Offer the category, or no longer; needs and pairings of it keep it."""
    del today
    category = store.get(ServiceCategory, category_id)
    store.running.about = category.name
    return store.update(replace(category, active=active))


def order_categories(store: Store, *, category_ids: Sequence[int], today: date) -> None:
    """Put the categories in this order; those not named come after."""
    del today
    known = store.all(ServiceCategory, order="position")
    rank = {category_id: index for index, category_id in enumerate(category_ids)}
    ordered = sorted(known, key=lambda category: rank.get(category.id, len(rank)))
    for position, category in enumerate(ordered, start=1):
        store.update(replace(category, position=position))


def remove_category(store: Store, *, category_id: int, today: date) -> None:
    """A category that nobody ever wanted goes. Raises StillUsed: then it can be put out of use."""
    del today
    category = store.get(ServiceCategory, category_id)
    for used_by, count in usage.uses(store, category).items():
        raise StillUsed(name=category.name, used_by=used_by, count=count)
    store.running.about = category.name
    store.remove(category)
