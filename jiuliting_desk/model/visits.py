"""Visits, from the appointment to what was done: one record through all its states."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.errors import BadNumber, DateOrder, Missing, WrongState

DAY_MINUTES = 24 * 60
MOST_AT_ONCE = 20
"""Services, and providers, of one visit."""


class VisitState(StrEnum):
    """planned -> under_way -> done; or cancelled, nobody at home, the volunteer did not come."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELLED = "cancelled"
    NOT_HOME = "not_home"
    NO_SHOW = "no_show"


FELL_THROUGH = frozenset({VisitState.CANCELLED, VisitState.NOT_HOME, VisitState.NO_SHOW})
"""States of a visit that did not take place; each wants a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """One service of a visit."""

    category_id: int
    need_id: int = 0
    """The need it meets; 0 for none on record."""
    quantity: int = 1
    """In the category's unit."""
    minutes: int = 0
    """Planned minutes; once the visit is done, its share of the minutes on site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """预约 and 上门服务: one elder, one day, one or more services and people who go."""

    id: int = 0
    elder_id: int
    committee_id: int | None = None
    """Where the elder lived at the time of the visit; the figures stay there when they move."""
    compound_id: int | None = None
    services: tuple[ServiceLine, ...]
    provider_ids: tuple[int, ...]
    cadre_id: int | None = None
    """Who leads the volunteers in."""
    day: date
    starts: int
    """Minute of the day."""
    minutes: int
    """Planned length."""
    state: VisitState = VisitState.PLANNED
    reason: str = ""
    """Why it did not take place."""
    ended_on: date | None = None
    """The day on which it was recorded as done or fallen through."""
    series_id: int | None = None
    booked_on: date | None = None
    booked_by: str = ""
    override_reason: str = ""
    """Why it was booked against a warning."""
    asked_on: date | None = None
    awaits_answer: bool = False
    """Whether the volunteer still has to say yes."""
    reminded_at: datetime | None = None
    began_at: datetime | None = None
    on_site_minutes: int = 0
    """Travel excluded."""
    absent_ids: tuple[int, ...] = ()
    """Those of the providers who did not come though the visit took place."""
    led_in: bool = False
    stayed: bool = False
    signed: bool = False
    incident: str = ""
    hazards: str = ""
    notes: str = ""
    survey_id: int | None = None
    """The workbook of earlier years that it came from."""
    source_row: int | None = None

    @property
    def ends(self) -> int:
        """The minute of the day at which it is planned to end."""
        return self.starts + self.minutes

    @property
    def is_open(self) -> bool:
        """Whether it still lies ahead or is going on."""
        return self.state in {VisitState.PLANNED, VisitState.UNDER_WAY}

    @property
    def present_ids(self) -> tuple[int, ...]:
        """The providers who go, or went."""
        return tuple(provider_id for provider_id in self.provider_ids if provider_id not in self.absent_ids)

    @property
    def category_ids(self) -> tuple[int, ...]:
        """The services, each once, in order."""
        return tuple(dict.fromkeys(line.category_id for line in self.services))

    @property
    def need_ids(self) -> tuple[int, ...]:
        """The needs it meets, each once."""
        return tuple(dict.fromkeys(line.need_id for line in self.services if line.need_id))

    @property
    def had_cadre(self) -> bool:
        """Whether a cadre was there: what supervision coverage counts."""
        return self.cadre_id is not None and (self.led_in or self.stayed)

    def overlaps(self, other: "Visit", *, gap: int = 0) -> bool:
        """Whether the two lie on one day less than ``gap`` minutes apart."""
        return self.day == other.day and self.starts < other.ends + gap and other.starts < self.ends + gap

    def checked(self) -> Self:
        """The same where it can be. Raises Missing and BadNumber."""
        if not self.services:
            raise Missing(field="services")
        if not self.provider_ids:
            raise Missing(field="provider_ids")
        if not 5 <= self.minutes <= 600:
            raise BadNumber(field="minutes", text=str(self.minutes), lowest=5, highest=600)
        if not 0 <= self.starts < DAY_MINUTES:
            raise BadNumber(field="starts", text=str(self.starts), lowest=0, highest=DAY_MINUTES - 1)
        for field, entries in (("services", self.services), ("provider_ids", self.provider_ids)):
            if len(entries) > MOST_AT_ONCE:
                raise BadNumber(field=field, text=str(len(entries)), lowest=1, highest=MOST_AT_ONCE)
        for line in self.services:
            _must_count(line.quantity)
        return replace(
            self, provider_ids=tuple(dict.fromkeys(self.provider_ids)), override_reason=self.override_reason.strip()
        )

    def began(self, *, at: datetime) -> Self:
        """Going on since ``at``. Raises WrongState unless it is planned."""
        if self.state is not VisitState.PLANNED:
            raise WrongState(kind="visit", state=self.state, wanted=VisitState.UNDER_WAY)
        return replace(self, state=VisitState.UNDER_WAY, began_at=at, awaits_answer=False)

    def done(self, *, on_site_minutes: int, today: date, quantities: Mapping[int, int] | None = None) -> Self:
        """It took place: minutes on site, and quantities by category where they differ from the plan.

        Raises WrongState unless it is open, DateOrder for a day to come, BadNumber.
        """
        self._must_be_open(VisitState.DONE)
        if self.day > today:
            raise DateOrder(field="day", begins=self.day, ends=today)
        return replace(self, state=VisitState.DONE, ended_on=today, awaits_answer=False).measured(
            on_site_minutes=on_site_minutes, quantities=quantities
        )

    def measured(self, *, on_site_minutes: int, quantities: Mapping[int, int] | None = None) -> Self:
        """The same with other minutes on site and quantities by category. Raises BadNumber, WrongState unless done."""
        if self.state is not VisitState.DONE:
            raise WrongState(kind="visit", state=self.state, wanted=VisitState.DONE)
        if not 1 <= on_site_minutes <= 900:
            raise BadNumber(field="on_site_minutes", text=str(on_site_minutes), lowest=1, highest=900)
        counted = quantities or {}
        shares = apportioned(on_site_minutes, [max(1, line.minutes) for line in self.services])
        lines = tuple(
            replace(line, quantity=_must_count(counted.get(line.category_id, line.quantity)), minutes=share)
            for line, share in zip(self.services, shares, strict=True)
        )
        return replace(self, on_site_minutes=on_site_minutes, services=lines)

    def attended(
        self, *, led_in: bool, stayed: bool, signed: bool, cadre_id: int | None, absent_ids: tuple[int, ...] = ()
    ) -> Self:
        """Who was there: the cadre's part, and those who did not come.

        Raises Missing where then nobody came, and where a cadre's part is told without the cadre.
        """
        if cadre_id is None and (led_in or stayed or signed):
            raise Missing(field="cadre_id")
        absent = tuple(provider_id for provider_id in self.provider_ids if provider_id in absent_ids)
        if len(absent) == len(self.provider_ids):
            raise Missing(field="provider_ids")
        return replace(self, led_in=led_in, stayed=stayed, signed=signed, cadre_id=cadre_id, absent_ids=absent)

    def fell_through(self, state: VisitState, *, reason: str, today: date) -> Self:
        """It did not take place. Raises WrongState, Missing without a reason.

        Only a cancellation can be known before the day: else DateOrder.
        """
        if state not in FELL_THROUGH:
            raise WrongState(kind="visit", state=self.state, wanted=state)
        self._must_be_open(state)
        if not reason.strip():
            raise Missing(field="reason")
        if state is not VisitState.CANCELLED and self.day > today:
            raise DateOrder(field="day", begins=self.day, ends=today)
        return replace(self, state=state, reason=reason.strip(), ended_on=today, awaits_answer=False)

    def reinstated(self) -> Self:
        """Planned again after it had fallen through. Raises WrongState."""
        if self.state not in FELL_THROUGH:
            raise WrongState(kind="visit", state=self.state, wanted=VisitState.PLANNED)
        return replace(self, state=VisitState.PLANNED, reason="", ended_on=None, began_at=None, reminded_at=None)

    def moved(self, *, day: date, starts: int, minutes: int | None = None) -> Self:
        """At another time; the reminder is to be made again. Raises WrongState unless it is planned."""
        if self.state is not VisitState.PLANNED:
            raise WrongState(kind="visit", state=self.state, wanted=VisitState.PLANNED)
        return replace(
            self, day=day, starts=starts, minutes=self.minutes if minutes is None else minutes, reminded_at=None
        )

    def reminded(self, *, at: datetime) -> Self:
        """The elder was rung up and told. Raises WrongState unless it is planned."""
        if self.state is not VisitState.PLANNED:
            raise WrongState(kind="visit", state=self.state, wanted=VisitState.PLANNED)
        return replace(self, reminded_at=at)

    def _must_be_open(self, wanted: VisitState) -> None:
        if not self.is_open:
            raise WrongState(kind="visit", state=self.state, wanted=wanted)


def _must_count(quantity: int) -> int:
    if not 1 <= quantity <= 99:
        raise BadNumber(field="quantity", text=str(quantity), lowest=1, highest=99)
    return quantity


def apportioned(total: int, weights: list[int]) -> list[int]:
    """A whole number divided by weights into whole numbers that sum to it (largest remainders, the first first)."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return shares


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReason:
    """A usual reason why a visit falls through, edited by staff."""

    id: int = 0
    state: VisitState
    words: str
    position: int = 0
    active: bool = True


STARTING_REASONS: tuple[VisitReason, ...] = tuple(
    VisitReason(state=state, words=words, position=position)
    for state, reasons in (
        (
            VisitState.CANCELLED,
            ("老人不需要了", "老人身体不舒服", "志愿者有事", "居委有事", "天气不好", "登记重复"),
        ),
        (VisitState.NOT_HOME, ("出门了", "住院了", "去子女家了", "敲门没人应")),
        (VisitState.NO_SHOW, ("志愿者忘了", "志愿者临时有事", "走错地方", "联系不上志愿者")),
    )
    for position, words in enumerate(reasons, start=1)
)
