"""Calls: who rang (or was rung), about what, what came of it, and who is to be rung back."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.errors import DateOrder, Missing, WrongState


class CallOutcome(StrEnum):
    """What came of a call."""

    BOOKED = "booked"
    MESSAGE = "message"
    ASKED = "asked"
    COMPLAINT = "complaint"
    WRONG_NUMBER = "wrong_number"
    NOT_REACHED = "not_reached"
    REMINDED = "reminded"
    """Rung up by the office before a visit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """来电, or a call that the office made."""

    id: int = 0
    at: datetime
    elder_id: int | None = None
    phone: str = ""
    caller_name: str = ""
    """Who spoke, where it was not the elder."""
    is_outgoing: bool = False
    category_id: int | None = None
    outcome: CallOutcome
    notes: str = ""
    visit_id: int | None = None
    need_id: int | None = None
    taken_by: str = ""
    recall_on: date | None = None
    """The day on which to ring back; None: no need to."""
    recall_tries: int = 0
    settled_on: date | None = None
    """The day on which the ring-back was settled."""
    survey_id: int | None = None
    """The workbook of earlier years that it came from."""
    source_row: int | None = None

    @property
    def wants_recall(self) -> bool:
        """Whether it stands in the recall queue; a wrong number never does."""
        is_open = self.recall_on is not None and self.settled_on is None
        return is_open and self.outcome is not CallOutcome.WRONG_NUMBER

    def checked(self) -> Self:
        """The same, tidied, a wrong number without a day to ring back.

        Raises Missing where a message or complaint has no words, or nobody could be rung back.
        """
        if self.outcome is CallOutcome.WRONG_NUMBER and self.recall_on is not None:
            return replace(self, recall_on=None).checked()
        notes = self.notes.strip()
        if self.outcome in {CallOutcome.MESSAGE, CallOutcome.COMPLAINT} and not notes:
            raise Missing(field="notes")
        if self.recall_on is not None and self.elder_id is None and not self.phone.strip():
            raise Missing(field="phone")
        return replace(self, notes=notes, phone=self.phone.strip(), caller_name=self.caller_name.strip())

    def recall_missed(self, *, next_on: date) -> Self:
        """Rung back in vain; again on ``next_on``. Raises WrongState, and DateOrder for a day before the call."""
        self._must_wait("not_reached")
        if next_on < self.at.date():
            raise DateOrder(field="recall_on", begins=self.at.date(), ends=next_on)
        return replace(self, recall_tries=self.recall_tries + 1, recall_on=next_on)

    def recalled(self, *, on: date, notes: str = "") -> Self:
        """The ring-back is settled. Raises WrongState."""
        self._must_wait("settled")
        told = "\n".join(part for part in (self.notes, notes.strip()) if part)
        return replace(self, settled_on=on, notes=told)

    def _must_wait(self, wanted: str) -> None:
        if not self.wants_recall:
            raise WrongState(kind="call", state="settled", wanted=wanted)
