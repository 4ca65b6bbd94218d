"""What the cells of lists that go out have in common: names behind ids, masks, and how things are written."""

import re
from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.needs import Rhythm
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.model.text import masked_name, masked_numbers, masked_phone
from jiuliting_desk.sheets import lists
from jiuliting_desk.store import Store

SEPARATOR = "、"


class Names:
    """Names behind ids, read once for a whole list."""

    def __init__(self, store: Store) -> None:
        self.categories = {category.id: category for category in store.all(ServiceCategory, order="position")}
        self.committees = {committee.id: committee.name for committee in store.all(ResidentsCommittee)}
        self.compounds = {compound.id: compound.name for compound in store.all(Compound)}

    def category(self, category_id: int) -> str:
        """The name of a service."""
        return self.categories[category_id].name


def info_line(store: Store, *, count: int, unit: str, full: bool, today: date) -> str:
    """What stands under the title: when, how many, who wrote it, and whether it is masked."""
    parts = [f"{today.isoformat()} 导出", f"共 {count} {unit}"]
    if store.who:
        parts.append(f"经手：{store.who}")
    parts.append("含个人信息，用完请删除" if full else "姓名、电话、证件号已遮盖")
    return "　".join(parts)


def chosen(records: Sequence[Any], ids: Collection[int] | None) -> list[Any]:
    """Those of ``ids``, all for None."""
    wanted = None if ids is None else set(ids)
    return [record for record in records if wanted is None or record.id in wanted]


def phones(numbers: Sequence[Phone], *, full: bool) -> str:
    """Several numbers in a cell."""
    return SEPARATOR.join(phone.number if full else masked_phone(phone.number) for phone in numbers)


def provider_name(provider: Provider, *, full: bool) -> str:
    """An enterprise's name is no secret."""
    return provider.name if full or provider.kind is ProviderKind.ENTERPRISE else masked_name(provider.name)


def door(elder: Elder) -> str:
    """Building, unit and room: 12-0301."""
    return "-".join(part for part in (elder.building, elder.unit, elder.room) if part)


def rhythm_words(rhythm: Rhythm, per_month: int) -> str:
    """一次, 每周, 每月 3 次."""
    words = lists.RHYTHM_WORDS[rhythm]
    return f"{words} {per_month} 次" if rhythm is Rhythm.MONTHLY and per_month > 1 else words


class People:
    """Elders and providers behind ids, as their cells."""

    def __init__(self, store: Store, names: Names, *, elders: Collection[int], full: bool) -> None:
        self.elders = store.get_many(Elder, elders)
        self.providers = {provider.id: provider for provider in store.all(Provider)}
        self._store, self._names, self._full = store, names, full

    def elder(self, elder_id: int, service: str) -> list[Any]:
        """The cells that each of these lists begins with."""
        elder = self.elders[elder_id]
        return [
            elder.number,
            elder.name if self._full else masked_name(elder.name),
            self._phone(elder.phone),
            self._names.committees.get(elder.committee_id or 0, ""),
            self._names.compounds.get(elder.compound_id or 0, ""),
            door(elder) if self._full else "",
            service,
        ]

    def who_goes(self, provider_id: int) -> list[Any]:
        """Name and number."""
        provider = self.providers[provider_id]
        return [provider_name(provider, full=self._full), self._phone(provider.phone)]

    def _phone(self, number: str) -> str:
        """The number to ring first."""
        return number if self._full else masked_phone(number)

    def place(self, elder_id: int) -> tuple[str, str, str]:
        """By what the lists are sorted: committee, compound, name."""
        elder = self.elders[elder_id]
        committee = self._names.committees.get(elder.committee_id or 0, "")
        return committee, self._names.compounds.get(elder.compound_id or 0, ""), elder.name

    def said(self, text: str) -> str:
        """A sentence in which people are named and numbers stand, as far as it may be told."""
        return text if self._full else masked_numbers(self._called.sub(lambda found: masked_name(found[0]), text))

    @cached_property
    def _called(self) -> re.Pattern[str]:
        """The names of all elders and volunteers, whoever is listed; longer ones first, since one may begin another."""
        called = {elder.name for elder in self._store.all(Elder)}
        called |= {p.name for p in self.providers.values() if p.kind is not ProviderKind.ENTERPRISE}
        return re.compile("|".join(map(re.escape, sorted(filter(None, called), key=len, reverse=True))) or r"(?!)")
