"""What has been said so far on the telephone, as one value that can be kept and taken up again."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store import Store

DAYS = ("day", "held_on")
"""Of a plan, the fields that are days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A booking in the making; 0 stands for what is not chosen yet."""

    elder_id: int = 0
    phone: str = ""
    """The digits that were typed to find the caller."""
    category_id: int = 0
    need_id: int = 0
    provider_id: int = 0
    cadre_id: int = 0
    day: date | None = None
    starts: int = 0
    minutes: int = 0
    recall_id: int = 0
    """The call in the queue that is being rung back."""
    is_call: bool = True
    """Whether somebody is on the telephone; else it is only a booking."""
    is_asked: bool = False
    """Whether the service was chosen by hand, not only proposed."""
    held_on: date | None = None
    """The day on which another call came across it; None for one that is not held."""

    @property
    def step(self) -> int:
        """The first step that is not done: 1 who, 2 what, 3 who goes, 4 when; 5 when all are."""
        for number, done in enumerate((self.elder_id, self.category_id, self.provider_id, self.day), start=1):
            if not done:
                return number
        return 5

    def with_category(self, category_id: int, *, need_id: int, minutes: int) -> Self:
        """Another service; who goes and when are open again."""
        return replace(
            self, category_id=category_id, need_id=need_id, minutes=minutes, provider_id=0, day=None, starts=0
        )

    def with_provider(self, provider_id: int) -> Self:
        """Somebody else goes; when is open again."""
        return replace(self, provider_id=provider_id, day=None, starts=0)

    def taken_up(self, *, on: date) -> Self:
        """A held one gone on with; what was chosen on an earlier day is proposed anew."""
        if self.held_on == on:
            return replace(self, held_on=None)
        return type(self)(elder_id=self.elder_id, phone=self.phone, recall_id=self.recall_id, is_call=self.is_call)

    def names(self, store: Store) -> tuple[str, ...]:
        """What is to be done and who goes, as far as chosen."""
        category = store.find(ServiceCategory, self.category_id or None)
        provider = store.find(Provider, self.provider_id or None)
        return tuple(one.name for one in (category, provider) if one is not None)

    def as_text(self) -> str:
        """To be kept as a draft."""
        values = {name: getattr(self, name) for name in self.__slots__}
        for name in DAYS:
            values[name] = None if values[name] is None else values[name].isoformat()
        return json.dumps(values)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The plan that ``as_text`` wrote; an empty one where the text is of another make."""
        try:
            values: dict[str, Any] = json.loads(text)
            for name in DAYS:
                values[name] = date.fromisoformat(values[name]) if values.get(name) else None
            return cls(**values)
        except (ValueError, TypeError):
            return cls()
