"""What was typed of each home of a campaign day, before any of it is kept."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from jiuliting_desk.actions.visits import FellThrough, Outcome
from jiuliting_desk.model.visits import VisitState
from jiuliting_desk.store.visit_lines import VisitLine

OUTCOME_DIGITS: dict[str, VisitState | None] = {
    "0": None,
    "1": VisitState.DONE,
    "2": VisitState.NOT_HOME,
    "3": VisitState.NO_SHOW,
}
TICKS = ("led_in", "stayed", "signed")
"""The cadre's part: of a home that no cadre leads into there is nothing to tick."""
MOST_MINUTES = 900
MOST_QUANTITY = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One home; ``outcome`` None is not told yet."""

    outcome: VisitState | None = None
    minutes: int
    quantity: int
    led_in: bool = False
    stayed: bool = False
    signed: bool = False
    reason: str = ""

    @classmethod
    def planned(cls, line: VisitLine) -> Self:
        """As the plan has it: nothing told, its minutes and quantity, led in where a cadre is named."""
        visit = line.visit
        return cls(minutes=visit.minutes, quantity=visit.services[0].quantity, led_in=visit.cadre_id is not None)

    def fitting(self, line: VisitLine) -> Self:
        """The same for the visit as it is now: nothing is ticked where no cadre is named."""
        return self if line.visit.cadre_id is not None else replace(self, led_in=False, stayed=False, signed=False)

    def told(self, outcome: VisitState | None, *, reason: str = "") -> Self:
        """With an outcome; ``reason`` is the usual one where it fell through."""
        kept = self.reason if outcome is self.outcome and self.reason else reason
        return replace(self, outcome=outcome, reason="" if outcome in {None, VisitState.DONE} else kept)

    def having(self, field: str, value: Any) -> Self:
        """With another value in a field; of a home of which nothing was told it says that the visit took place."""
        changed: dict[str, Any] = {field: value}
        entry = replace(self, **changed)
        return entry.told(VisitState.DONE) if entry.outcome is None else entry

    @property
    def is_told(self) -> bool:
        """Whether it is to be recorded."""
        return self.outcome is not None

    @property
    def lacks(self) -> str:
        """The name of the field that still lacks: minutes, quantity, reason; "" where all is there."""
        if self.outcome is VisitState.DONE:
            return "minutes" if self.minutes < 1 else "quantity" if self.quantity < 1 else ""
        return "reason" if self.is_told and not self.reason.strip() else ""


def outcome_of(line: VisitLine, entry: Entry) -> Outcome | FellThrough | None:
    """What is to be recorded of a home; None where nothing was told."""
    visit = line.visit
    if entry.outcome is None:
        return None
    if entry.outcome is not VisitState.DONE:
        return FellThrough(visit_id=visit.id, state=entry.outcome, reason=entry.reason)
    has_one = len(visit.category_ids) == 1
    return Outcome(
        visit_id=visit.id,
        on_site_minutes=entry.minutes,
        quantities={visit.category_ids[0]: entry.quantity} if has_one else {},
        led_in=entry.led_in,
        stayed=entry.stayed,
        signed=entry.signed,
        absent_ids=visit.absent_ids,
    )


def as_text(entries: Mapping[int, Entry]) -> str:
    """To be kept as a draft, by visit id; "" for none."""
    return json.dumps({str(visit_id): asdict(entry) for visit_id, entry in entries.items()}) if entries else ""


def from_text(text: str) -> dict[int, Entry]:
    """What ``as_text`` wrote; nothing where the text is of another make."""
    try:
        kept: dict[str, dict[str, Any]] = json.loads(text or "{}")
        return {
            int(key): Entry(**(values | {"outcome": VisitState(values["outcome"]) if values["outcome"] else None}))
            for key, values in kept.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
