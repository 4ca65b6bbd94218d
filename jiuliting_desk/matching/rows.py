"""What the matching is given: needs, providers and what stands between them, as plain rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import gcd

from jiuliting_desk.matching.terms import OTHER_SEX, STANDARD_RULES, STANDARD_WEIGHTS, Rules, Weights

UNIT_MINUTES = 15
"""Hours are counted in units of so many minutes, or of fewer where services are shorter or odder than that."""


UNSAID = "unsaid"
"""The sex of somebody still to be found: who would have one sex alone does not count on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody lives or works; 0, "" and None: not known."""

    committee: int = 0
    compound: int = 0
    building: str = ""
    longitude: float | None = None
    latitude: float | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow:
    """A service: the certificate it wants and how far anyone may be sent for it."""

    id: int
    name: str
    certificate_kind: str = ""
    max_metres: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """One open need of an elder, for one month."""

    id: int
    elder: int
    name: str = ""
    category: int
    day: date
    """The day on which certificates must hold: the wanted day, or the last on which the plan may be carried out."""
    only_on: date | None = None
    """The one day on which it can be met, where it is for that alone: whoever pauses must be back by then."""
    weight: int = 2
    """Urgency: 1, 2, 4 or 8."""
    visits: int = 1
    """In the month."""
    minutes: int = 60
    """Of one visit, on site."""
    unit: int = UNIT_MINUTES
    """Minutes in a unit: the situation's."""
    lasting: bool = False
    """Whether it comes back, so that a lasting pairing is wanted."""
    half_days: int = 0
    """Bit mask of wanted half-days (bit = weekday * parts of the day + part); 0: any."""
    place: Place = NOWHERE
    elder_sex: str = ""
    wants_sex: str = ""
    refuses_sex: str = ""
    wants_dialect: bool = False
    """A rule: only someone who speaks it."""
    speaks_dialect: bool = False
    """A wish: better someone who speaks it."""

    @property
    def units(self) -> int:
        """Load in the month, in units; those of a visit are rounded up."""
        return -(-self.minutes // self.unit) * self.visits

    @property
    def only_sex(self) -> str:
        """The sex of whom alone the elder would have, "" where either will do."""
        return self.wants_sex or OTHER_SEX.get(self.refuses_sex, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRow:
    """A certificate that counts from its first to its last valid day; None: open."""

    kind: str
    begins: date | None = None
    expires: date | None = None
    holder: int = 0
    """Whose it is, where that is their enterprise; 0: their own."""

    def is_valid_on(self, day: date) -> bool:
        """Whether it counts on ``day``."""
        return (self.begins is None or self.begins <= day) and (self.expires is None or day <= self.expires)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow:
    """A volunteer or an enterprise, with what the month already holds for them."""

    id: int
    name: str = ""
    enterprise: bool = False
    sex: str = ""
    dialect: bool = False
    skills: tuple[tuple[int, int], ...] = ()
    """(category, level); level 1 learning, 2 able, 3 skilled."""
    certificates: tuple[CertificateRow, ...] = ()
    """Their own and those of their enterprise."""
    half_days: int = 0
    """Bit mask of free half-days; 0: any."""
    visits: int | None = None
    """Most visits in the month; None: no limit."""
    minutes: int | None = None
    """Most minutes on site in the month; None: no limit."""
    booked_visits: int = 0
    booked_minutes: int = 0
    booked_half_days: tuple[int, ...] = ()
    """Visits already booked in the month, for each half-day; shorter: none in the rest."""
    undated: tuple[tuple[int, int], ...] = ()
    """(bit mask of wanted half-days, visits in the month) of each need taken on with no day yet."""
    booked_elders: frozenset[int] = frozenset()
    """Elders with a visit booked in the month."""
    homes_per_half_day: int | None = None
    """Most homes in one half-day; None: as the rules say for their kind."""
    place: Place = NOWHERE
    area: frozenset[int] = frozenset()
    """Committees they will go to; empty: any."""
    max_metres: int | None = None
    homes_at_once: int = 0
    """They come only for at least so many homes in the month (要 3 户一起)."""
    paused: bool = False
    back_on: date | None = None
    """The day from which somebody who pauses can be asked again, where it is known."""
    asked: date | None = None
    """The last day on which the office asked them."""

    def is_away(self, day: date | None) -> bool:
        """Whether they pause on that day; None: in the month."""
        return self.paused and (day is None or self.back_on is None or day < self.back_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRow:
    """Elder and provider are not to be brought together."""

    elder: int
    provider: int
    by_elder: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BondRow:
    """结对: a lasting bond of elder and provider, for one service (None: any)."""

    elder: int
    provider: int
    category: int | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedRow:
    """How often a provider has already been to an elder."""

    elder: int
    provider: int
    times: int


class Source(StrEnum):
    """怎么来的: where a line of the plan comes from."""

    PAIRING = "pairing"
    PROPOSED = "proposed"
    CHOSEN = "chosen"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedRow:
    """A need that the plan must leave with its provider, whatever the rules say."""

    need: int
    provider: int
    source: Source = Source.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that one plan looks at. The order of the rows does not matter."""

    today: date
    month_name: str = "本月"
    """How sentences call the month that is planned."""
    needs: tuple[NeedRow, ...]
    providers: tuple[ProviderRow, ...]
    categories: tuple[CategoryRow, ...] = ()
    refusals: tuple[RefusalRow, ...] = ()
    bonds: tuple[BondRow, ...] = ()
    served: tuple[ServedRow, ...] = ()
    fixed: tuple[FixedRow, ...] = ()
    last: tuple[tuple[int, int], ...] = ()
    """(need, provider) of the last proposal, which a new plan keeps where nothing better is lost."""
    weights: Weights = STANDARD_WEIGHTS
    rules: Rules = STANDARD_RULES
    unit: int = UNIT_MINUTES
    """Minutes in a unit of time, the same in every need: hours are exact where it divides what each visit takes."""


def unit_for(minutes: Iterable[int]) -> int:
    """Minutes in a unit that counts visits of such lengths exactly: at most 15."""
    return gcd(UNIT_MINUTES, *minutes)
