"""Follow-ups: what must be looked into after a visit, a form or a call, by whom and by when."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.errors import DateOrder, Missing, WrongState


class Cause(StrEnum):
    """What opened it."""

    LOW_SCORE = "low_score"
    HAZARD = "hazard"
    INCIDENT = "incident"
    COMPLAINT = "complaint"
    CONDITION = "condition"
    """The volunteer found the elder or the home in a worrying state."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """回访、跟进: open until it is closed with an outcome."""

    id: int = 0
    elder_id: int
    visit_id: int | None = None
    call_id: int | None = None
    cause: Cause
    what: str = ""
    score: int = 0
    """The low score, 0 where there is none."""
    owner: str = ""
    opened_on: date
    due_on: date
    outcome: str = ""
    closed_on: date | None = None
    notes: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something has still to be done."""
        return self.closed_on is None

    def checked(self) -> Self:
        """The same, tidied. Raises DateOrder where it is due before it begins."""
        if self.due_on < self.opened_on:
            raise DateOrder(field="due_on", begins=self.opened_on, ends=self.due_on)
        return replace(self, what=self.what.strip(), owner=self.owner.strip(), notes=self.notes.strip())

    def closed(self, *, outcome: str, on: date) -> Self:
        """Closed with an outcome. Raises WrongState, and Missing without one."""
        if not self.is_open:
            raise WrongState(kind="follow_up", state="closed", wanted="closed")
        if not outcome.strip():
            raise Missing(field="outcome")
        return replace(self, outcome=outcome.strip(), closed_on=on)

    def reopened(self, *, due_on: date) -> Self:
        """Open again; the earlier outcome goes to the notes. Raises WrongState where it is open."""
        if self.is_open:
            raise WrongState(kind="follow_up", state="open", wanted="open")
        told = "\n".join(part for part in (self.notes, self.outcome) if part)
        return replace(self, outcome="", closed_on=None, due_on=max(due_on, self.opened_on), notes=told)
