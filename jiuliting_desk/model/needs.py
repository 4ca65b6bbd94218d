"""Needs of elders, from the survey's tick to the visit that meets them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.errors import AlreadyClaimed, BadNumber, Missing, WrongState

WEEKDAYS = 7
HALVES = 2
"""A half-day is one number: weekday (Monday 0) * 2, plus 1 for the afternoon."""


class Urgency(StrEnum):
    """紧急程度."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def weight(self) -> int:
        """1, 2, 4 or 8, as the matching weighs it."""
        return {"low": 1, "normal": 2, "high": 4, "urgent": 8}[self.value]


class Rhythm(StrEnum):
    """How often the need comes back."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class NeedState(StrEnum):
    """open -> claimed -> booked -> served; closed with a reason from any but served."""

    OPEN = "open"
    CLAIMED = "claimed"
    BOOKED = "booked"
    SERVED = "served"
    CLOSED = "closed"


class NeedSource(StrEnum):
    """Where a need came from."""

    SURVEY = "survey"
    CALL = "call"
    FEEDBACK = "feedback"
    DESK = "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """需求: one elder wants one service."""

    id: int = 0
    elder_id: int
    category_id: int
    quantity: int = 1
    rhythm: Rhythm = Rhythm.ONCE
    per_month: int = 1
    """Visits a month where the rhythm is MONTHLY."""
    half_days: tuple[int, ...] = ()
    """Wanted half-days (weekday * 2 + afternoon); empty: any."""
    urgency: Urgency = Urgency.NORMAL
    wishes: str = ""
    wants_sex: str = ""
    wants_dialect: bool = False
    state: NeedState = NeedState.OPEN
    claimed_by: int | None = None
    source: NeedSource = NeedSource.DESK
    survey_id: int | None = None
    source_row: int | None = None
    since: date
    closed_on: date | None = None
    close_reason: str = ""
    stands_in_for: int | None = None
    """The cancelled visit for which somebody else is sought once, while the need that it met stays with its helper."""

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to be found or booked."""
        return self.state in {NeedState.OPEN, NeedState.CLAIMED}

    def pressing(self, *, on: date) -> tuple[bool, int, date, int]:
        """Sorts needs, the most pressing first: those that are due, then by urgency, then the longest waiting."""
        return self.since > on, -self.urgency.weight, self.since, self.id

    @property
    def visits_per_month(self) -> int:
        """Visits in a month of four weeks, those that the need takes of every month in which somebody has it.

        Also of the one in which they begin, however late: whoever takes it goes through the next month as well, so that
        nobody is to be bound by it who has only a few visits left.
        """
        return {"once": 1, "weekly": 4, "fortnightly": 2, "monthly": self.per_month}[self.rhythm.value]

    def checked(self) -> Self:
        """The same where quantity, rhythm and half-days can be. Raises BadNumber."""
        if not 1 <= self.quantity <= 99:
            raise BadNumber(field="quantity", text=str(self.quantity), lowest=1, highest=99)
        if not 1 <= self.per_month <= 31:
            raise BadNumber(field="per_month", text=str(self.per_month), lowest=1, highest=31)
        if any(not 0 <= half_day < WEEKDAYS * HALVES for half_day in self.half_days):
            raise BadNumber(field="half_days", text=str(self.half_days), lowest=0, highest=WEEKDAYS * HALVES - 1)
        return replace(self, half_days=tuple(sorted(set(self.half_days))), wishes=self.wishes.strip())

    def claimed(self, *, by: int) -> Self:
        """The need held by a provider. Raises AlreadyClaimed and WrongState."""
        if self.state is NeedState.CLAIMED and self.claimed_by is not None:
            raise AlreadyClaimed(need_id=self.id, provider_id=self.claimed_by)
        if self.state is not NeedState.OPEN:
            raise WrongState(kind="need", state=self.state, wanted=NeedState.CLAIMED)
        return replace(self, state=NeedState.CLAIMED, claimed_by=by)

    def released(self) -> Self:
        """The need open again. Raises WrongState unless it is claimed or booked."""
        if self.state not in {NeedState.CLAIMED, NeedState.BOOKED}:
            raise WrongState(kind="need", state=self.state, wanted=NeedState.OPEN)
        return replace(self, state=NeedState.OPEN, claimed_by=None)

    def booked(self, *, by: int) -> Self:
        """The need with a visit planned. Raises WrongState once it is served or closed."""
        if self.state in {NeedState.SERVED, NeedState.CLOSED}:
            raise WrongState(kind="need", state=self.state, wanted=NeedState.BOOKED)
        return replace(self, state=NeedState.BOOKED, claimed_by=by)

    def served(self) -> Self:
        """The need met; one that repeats stays booked. Raises WrongState once it is closed."""
        if self.state is NeedState.CLOSED:
            raise WrongState(kind="need", state=self.state, wanted=NeedState.SERVED)
        return replace(self, state=NeedState.SERVED if self.rhythm is Rhythm.ONCE else NeedState.BOOKED)

    def due_again(self, *, after: date) -> Self:
        """A need that repeats, held by its provider until it is due next. Raises WrongState unless it is booked."""
        if self.state is not NeedState.BOOKED or self.rhythm is Rhythm.ONCE:
            raise WrongState(kind="need", state=self.state, wanted=NeedState.CLAIMED)
        days = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}.get(self.rhythm, 30 // self.per_month)
        return replace(self, state=NeedState.CLAIMED, since=after + timedelta(days=max(1, days)))

    def closed(self, *, on: date, reason: str) -> Self:
        """The need given up with a reason. Raises Missing, or WrongState once it is over."""
        if self.state in {NeedState.SERVED, NeedState.CLOSED}:
            raise WrongState(kind="need", state=self.state, wanted=NeedState.CLOSED)
        if not reason.strip():
            raise Missing(field="reason")
        return replace(self, state=NeedState.CLOSED, closed_on=on, close_reason=reason.strip(), claimed_by=None)

    def reopened(self) -> Self:
        """A closed need open again. Raises WrongState where it is not closed."""
        if self.state is not NeedState.CLOSED:
            raise WrongState(kind="need", state=self.state, wanted=NeedState.OPEN)
        return replace(self, state=NeedState.OPEN, closed_on=None, close_reason="")
