"""Claims on single needs and lasting pairings."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.dates import add_months
from jiuliting_desk.model.errors import DateOrder, Missing, WrongState
from jiuliting_desk.model.months import first_chance, last_day


class ClaimState(StrEnum):
    """held -> used (a visit was booked), released (with a reason) or lapsed."""

    HELD = "held"
    USED = "used"
    RELEASED = "released"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """认领 of one need; lapses where nothing is booked in time."""

    id: int = 0
    need_id: int
    provider_id: int
    claimed_on: date
    expires_on: date
    """The last day on which it holds."""
    state: ClaimState = ClaimState.HELD
    reason: str = ""
    """Why an excluded provider was chosen, or why it was released."""
    begins_on: date | None = None
    """The first day of the month for which it is held, where that is a later one; None: from ``claimed_on`` on."""

    @classmethod
    def begun(
        cls, *, need_id: int, provider_id: int, today: date, days: int, month: date | None = None, reason: str = ""
    ) -> Self:
        """A claim held for ``days`` days from today, or from the first day of ``month`` where that is later."""
        begins = today if month is None else first_chance(month, today=today)
        return cls(
            need_id=need_id,
            provider_id=provider_id,
            claimed_on=today,
            begins_on=begins if begins > today else None,
            expires_on=begins + timedelta(days=days),
            reason=reason,
        )

    def falls_in(self, month: date, *, lasting: bool = False) -> bool:
        """Whether the need may be booked in the month in which a day lies; a ``lasting`` one in every later one too."""
        begins = self.begins_on or self.claimed_on
        return begins <= last_day(month) and (lasting or month.replace(day=1) <= self.expires_on)

    def prolonged(self, *, today: date, days: int) -> Self:
        """Held for ``days`` days anew, from today or from the day for which it is held."""
        return replace(self, expires_on=max(today, self.begins_on or today) + timedelta(days=days))

    def days_left(self, today: date) -> int:
        """Days until it lapses; negative once it should have."""
        return (self.expires_on - today).days

    def ended(self, state: ClaimState, *, reason: str = "") -> Self:
        """No longer held. Raises WrongState where it is not held."""
        if self.state is not ClaimState.HELD:
            raise WrongState(kind="claim", state=self.state, wanted=state)
        return replace(self, state=state, reason=reason or self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """结对: a lasting bond of an elder and a provider for one service (or for all: None)."""

    id: int = 0
    elder_id: int
    provider_id: int
    category_id: int | None = None
    started_on: date
    review_on: date
    reviewed_on: date | None = None
    pinned: bool = False
    """Not to be changed by any plan."""
    ended_on: date | None = None
    end_reason: str = ""
    override_reason: str = ""
    """Why this provider, where a rule said no."""
    notes: str = ""

    @property
    def is_active(self) -> bool:
        """Whether the bond lasts."""
        return self.ended_on is None

    @classmethod
    def begun(
        cls,
        *,
        elder_id: int,
        provider_id: int,
        category_id: int | None,
        today: date,
        first_weeks: int,
        override_reason: str = "",
    ) -> Self:
        """A bond from today, to be reviewed first after ``first_weeks`` weeks."""
        return cls(
            elder_id=elder_id,
            provider_id=provider_id,
            category_id=category_id,
            started_on=today,
            review_on=today + timedelta(weeks=first_weeks),
            override_reason=override_reason,
        )

    def reviewed(self, *, on: date, months: int) -> Self:
        """Looked at on ``on``, next after ``months`` months. Raises WrongState once it has ended."""
        self._must_last("reviewed")
        return replace(self, reviewed_on=on, review_on=add_months(on, months))

    def ended(self, *, on: date, reason: str) -> Self:
        """Ended with a reason. Raises Missing, WrongState, DateOrder."""
        self._must_last("ended")
        if not reason.strip():
            raise Missing(field="reason")
        if on < self.started_on:
            raise DateOrder(field="ended_on", begins=self.started_on, ends=on)
        return replace(self, ended_on=on, end_reason=reason.strip(), pinned=False)

    def _must_last(self, wanted: str) -> None:
        if not self.is_active:
            raise WrongState(kind="pairing", state="ended", wanted=wanted)
