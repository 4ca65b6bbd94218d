"""Visits that come back: weekly, every second week, monthly by date or weekday; paused, resumed, ended."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.dates import add_months
from jiuliting_desk.model.errors import BadNumber, DateOrder, WrongState
from jiuliting_desk.model.visits import ServiceLine


class Interval(StrEnum):
    """How the days follow one another."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_BY_DATE = "monthly_by_date"
    """The 15th of each month; the last day where a month has no such day."""
    MONTHLY_BY_WEEKDAY = "monthly_by_weekday"
    """The second Tuesday; the fifth means the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days without visits; ``until`` is the last one, None while it lasts."""

    since: date
    until: date | None = None
    reason: str = ""

    def holds(self, day: date) -> bool:
        """Whether the day lies in the pause."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """定期上门: the rule by which planned visits are made ahead."""

    id: int = 0
    elder_id: int
    services: tuple[ServiceLine, ...]
    provider_ids: tuple[int, ...]
    cadre_id: int | None = None
    starts: int
    minutes: int
    interval: Interval
    begins_on: date
    """The first day; weekday, date and place in the month follow from it."""
    until: date | None = None
    """The last day on which a visit may fall."""
    count: int | None = None
    """How many days there are in all, those of a pause and skipped holidays not counted."""
    skip_holidays: bool = True
    pauses: tuple[Pause, ...] = ()
    ended_on: date | None = None
    end_reason: str = ""
    planned_until: date | None = None
    """Up to which day visits have been made."""
    override_reason: str = ""

    @property
    def is_paused(self) -> bool:
        """Whether a pause has no end yet."""
        return any(pause.until is None for pause in self.pauses)

    @property
    def need_ids(self) -> tuple[int, ...]:
        """The needs that its visits meet."""
        return tuple(line.need_id for line in self.services if line.need_id)

    def checked(self) -> Self:
        """The same where it can be. Raises BadNumber and DateOrder."""
        if self.count is not None and not 1 <= self.count <= 500:
            raise BadNumber(field="count", text=str(self.count), lowest=1, highest=500)
        if self.until is not None and self.until < self.begins_on:
            raise DateOrder(field="until", begins=self.begins_on, ends=self.until)
        return self

    def days(self, *, last: date, holidays: Container[date] = ()) -> Iterator[date]:
        """The days of the series up to ``last``, in order; pauses, and holidays where so wished, left out."""
        given = 0
        for day in self.raw_days():
            if day > last or (self.until is not None and day > self.until):
                return
            if self.ended_on is not None and day > self.ended_on:
                return
            if self.count is not None and given >= self.count:
                return
            if any(pause.holds(day) for pause in self.pauses) or (self.skip_holidays and day in holidays):
                continue
            given += 1
            yield day

    def raw_days(self) -> Iterator[date]:
        """The days of the rule without end, as if nothing were left out."""
        first = self.begins_on
        place = (first.day - 1) // 7
        step = 0
        while True:
            match self.interval:
                case Interval.WEEKLY:
                    yield first + timedelta(weeks=step)
                case Interval.FORTNIGHTLY:
                    yield first + timedelta(weeks=2 * step)
                case Interval.MONTHLY_BY_DATE:
                    yield add_months(first, step)
                case Interval.MONTHLY_BY_WEEKDAY:
                    yield _nth_weekday(add_months(first.replace(day=1), step), first.weekday(), place)
            step += 1

    def on_other_days(self, *, since: date, day: date, starts: int, holidays: Container[date] = ()) -> Self:
        """From ``since`` on as many days earlier or later as makes it ``day``: weekday or date follow from that.

        Of a number of days in all, those before ``since`` are given. Raises WrongState once it has ended, DateOrder
        where ``day`` is after the last, BadNumber where no day is left.
        """
        if self.ended_on is not None:
            raise WrongState(kind="series", state="ended", wanted="moved")
        given = sum(1 for _ in self.days(last=since - timedelta(days=1), holidays=holidays))
        left = None if self.count is None else self.count - given
        return replace(self, begins_on=day, starts=starts, count=left).checked()

    def paused(self, *, since: date, reason: str = "", until: date | None = None) -> Self:
        """No visits from ``since`` (until a day, or until resumed). Raises WrongState, DateOrder."""
        if self.is_paused or self.ended_on is not None:
            raise WrongState(kind="series", state="ended" if self.ended_on else "paused", wanted="paused")
        if until is not None and until < since:
            raise DateOrder(field="until", begins=since, ends=until)
        return replace(self, pauses=(*self.pauses, Pause(since=since, until=until, reason=reason.strip())))

    def resumed(self, *, on: date) -> Self:
        """Visits again from ``on``. Raises WrongState where it is not paused."""
        if not self.is_paused:
            raise WrongState(kind="series", state="active", wanted="resumed")
        pauses = tuple(
            replace(pause, until=on - timedelta(days=1)) if pause.until is None else pause for pause in self.pauses
        )
        return replace(
            self, pauses=tuple(pause for pause in pauses if pause.until is None or pause.until >= pause.since)
        )

    def ended(self, *, after: date, reason: str) -> Self:
        """No visits after that day. Raises WrongState where it has ended."""
        if self.ended_on is not None:
            raise WrongState(kind="series", state="ended", wanted="ended")
        return replace(self, ended_on=after, end_reason=reason.strip())


def _nth_weekday(month: date, weekday: int, place: int) -> date:
    """The day of a month that is its ``place``-th (from 0) such weekday, or its last."""
    first = month + timedelta(days=(weekday - month.weekday()) % 7)
    day = first + timedelta(weeks=place)
    return day if day.month == month.month else day - timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A public holiday on which no recurring visit falls, edited by staff."""

    id: int = 0
    day: date
    name: str = ""
