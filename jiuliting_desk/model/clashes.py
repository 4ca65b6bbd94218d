"""What stands against a visit at a time: clashes that are named, and can be overridden with a reason."""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiuliting_desk.model.barriers import Barrier, Load
from jiuliting_desk.model.dates import half_day_of
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.quota import QuotaWarning
from jiuliting_desk.model.visits import Visit


class ClashKind(StrEnum):
    """What clashes, beside the rules between elder and provider and the elder's quota."""

    PROVIDER_BUSY = "provider_busy"
    ELDER_BUSY = "elder_busy"
    CADRE_BUSY = "cadre_busy"
    CAPACITY = "capacity"
    """The provider's visits or minutes of the month are used up."""
    PROVIDER_NOT_FREE = "provider_not_free"
    """Not one of the provider's half-days."""
    ELDER_NOT_FREE = "elder_not_free"
    """Not one of the half-days that the elder wants."""
    HOLIDAY = "holiday"
    IN_THE_PAST = "in_the_past"
    CLAIMED_BY_OTHER = "claimed_by_other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One thing that stands against the visit, and whom or what it is about."""

    kind: ClashKind | Barrier | QuotaWarning
    provider_id: int = 0
    cadre_id: int = 0
    other: Visit | None = None
    """The visit that is in the way."""
    category_id: int = 0
    limit: int = 0
    used: int = 0
    ends: date | None = None
    """The last valid day of a certificate that does not last until the visit."""

    @property
    def wants_reason(self) -> bool:
        """Whether booking against it wants a reason; the others are only told."""
        return self.kind not in {ClashKind.IN_THE_PAST, QuotaWarning.AGE_UNKNOWN}


def time_clashes(visit: Visit, others: Iterable[Visit], *, gap: int) -> list[Clash]:
    """Open visits of the same day that need the same provider, elder or cadre at the same time.

    Providers need ``gap`` minutes from one home to the next; a cadre leads in at one door at a time.
    """
    found = []
    for other in others:
        if other.id == visit.id or not other.is_open or other.day != visit.day:
            continue
        if visit.overlaps(other) and other.elder_id == visit.elder_id:
            found.append(Clash(kind=ClashKind.ELDER_BUSY, other=other))
        if visit.overlaps(other, gap=0 if other.elder_id == visit.elder_id else gap):
            found += [
                Clash(kind=ClashKind.PROVIDER_BUSY, provider_id=provider_id, other=other)
                for provider_id in visit.provider_ids
                if provider_id in other.provider_ids
            ]
        if visit.cadre_id is not None and visit.cadre_id == other.cadre_id and visit.overlaps(other):
            found.append(Clash(kind=ClashKind.CADRE_BUSY, cadre_id=visit.cadre_id, other=other))
    return found


def day_clashes(
    visit: Visit,
    *,
    providers: Iterable[Provider],
    loads: dict[int, Load],
    wanted_half_days: Collection[int],
    holidays: Container[date],
    today: date,
) -> list[Clash]:
    """What stands against the day: holidays, half-days, the month's capacity without this visit."""
    found = []
    half_day = half_day_of(visit.day, visit.starts)
    if visit.day < today:
        found.append(Clash(kind=ClashKind.IN_THE_PAST))
    if visit.day in holidays:
        found.append(Clash(kind=ClashKind.HOLIDAY))
    if wanted_half_days and half_day not in wanted_half_days:
        found.append(Clash(kind=ClashKind.ELDER_NOT_FREE))
    for provider in providers:
        if provider.half_days and half_day not in provider.half_days:
            found.append(Clash(kind=ClashKind.PROVIDER_NOT_FREE, provider_id=provider.id))
        load = loads.get(provider.id, Load())
        if provider.visits_per_month is not None and load.visits + 1 > provider.visits_per_month:
            found.append(
                Clash(
                    kind=ClashKind.CAPACITY,
                    provider_id=provider.id,
                    limit=provider.visits_per_month,
                    used=load.visits,
                )
            )
        elif provider.minutes_per_month is not None and load.minutes + visit.minutes > provider.minutes_per_month:
            found.append(
                Clash(
                    kind=ClashKind.CAPACITY,
                    provider_id=provider.id,
                    limit=provider.minutes_per_month,
                    used=load.minutes,
                )
            )
    return found
