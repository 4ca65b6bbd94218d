"""Tags of elders: added, renamed with all who carry them, ordered, removed or put out of use."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import Missing, NameTaken, StillUsed
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.store import Store, usage


def tags_in_order(store: Store, *, with_unused: bool = False) -> list[Tag]:
    """The tags as staff ordered them; those out of use only on demand."""
    return [tag for tag in store.all(Tag, order="position") if tag.active or with_unused]


def add_tag(store: Store, *, tag: Tag, today: date) -> Tag:
    """A new tag behind the others. Raises Missing and NameTaken."""
    del today
    last = max((known.position for known in store.all(Tag)), default=0)
    fresh = replace(_checked(store, tag), id=0, position=last + 1)
    store.running.about = fresh.name
    return store.add(fresh)


def edit_tag(store: Store, *, tag: Tag, today: date) -> Tag:
    """The tag with other words: all who carry it, and the rules that name it, follow. Raises as ``add_tag``."""
    del today
    old = store.get(Tag, tag.id)
    fresh = replace(_checked(store, tag), position=old.position)
    store.running.about = fresh.name if fresh.name == old.name else f"{old.name} → {fresh.name}"
    if fresh.name != old.name:
        _rename(store, old.name, fresh.name)
    return store.update(fresh)


def _rename(store: Store, old: str, new: str) -> None:
    elders = store.get_many(Elder, usage.elders_with_tag(store, old)).values()
    store.update_many([replace(elder, tags=_renamed(elder.tags, old, new)) for elder in elders])
    for category in store.all(ServiceCategory):
        rules = tuple(replace(rule, tags=_renamed(rule.tags, old, new)) for rule in category.eligibility)
        store.update(replace(category, eligibility=rules))


def _renamed(words: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(new if word == old else word for word in words))


def _checked(store: Store, tag: Tag) -> Tag:
    name = tag.name.strip()
    if not name:
        raise Missing(field="name")
    if any(other.name == name and other.id != tag.id for other in store.all(Tag)):
        raise NameTaken(field="name", name=name)
    return replace(tag, name=name, short=tag.short.strip()[:1] or name[:1])


def use_tag(store: Store, *, tag_id: int, active: bool, today: date) -> Tag:
    """Offer the tag, or no longer; those who carry it keep it."""
    del today
    tag = store.get(Tag, tag_id)
    store.running.about = tag.name
    return store.update(replace(tag, active=active))


def order_tags(store: Store, *, tag_ids: Sequence[int], today: date) -> None:
    """Put the tags in this order; those not named come after."""
    del today
    rank = {tag_id: index for index, tag_id in enumerate(tag_ids)}
    ordered = sorted(store.all(Tag, order="position"), key=lambda tag: rank.get(tag.id, len(rank)))
    for position, tag in enumerate(ordered, start=1):
        store.update(replace(tag, position=position))


def remove_tag(store: Store, *, tag_id: int, today: date) -> None:
    """A tag that nobody carries goes. Raises StillUsed: then it can be put out of use."""
    del today
    tag = store.get(Tag, tag_id)
    for used_by, count in usage.uses(store, tag).items():
        raise StillUsed(name=tag.name, used_by=used_by, count=count)
    store.running.about = tag.name
    store.remove(tag)
