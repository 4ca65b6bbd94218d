"""What has been said so far on the telephone, as one value that can be kept and taken up again."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self


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

    def as_text(self) -> str:
        """To be kept as a draft."""
        values = {name: getattr(self, name) for name in self.__slots__}
        values["day"] = None if self.day is None else self.day.isoformat()
        return json.dumps(values)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The plan that ``as_text`` wrote; an empty one where the text is of another make."""
        try:
            values: dict[str, Any] = json.loads(text)
            day = values.get("day")
            values["day"] = date.fromisoformat(day) if day else None
            return cls(**values)
        except (ValueError, TypeError):
            return cls()
