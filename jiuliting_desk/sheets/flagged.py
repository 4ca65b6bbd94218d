"""A value that a person should look at, with the reasons and what else its cell held."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Flagged:
    """What a cell gave where that is not the whole story."""

    value: Any
    codes: tuple[str, ...] = ()
    """Remark codes."""
    extras: dict[str, Any] = field(default_factory=dict)
    """Other fields that the cell also told, ``notes`` among them."""
