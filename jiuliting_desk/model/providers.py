"""Volunteers and enterprises: who serves, what they can do, where and when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.elders import Phone, Sex, checked_phones
from jiuliting_desk.model.errors import BadNumber, Missing, NotActive, WrongState
from jiuliting_desk.model.identity import read_id_number
from jiuliting_desk.model.text import tidy_name


class ProviderKind(StrEnum):
    """A person, alone or of an enterprise, or the enterprise itself."""

    VOLUNTEER = "volunteer"
    ENTERPRISE = "enterprise"


class ProviderState(StrEnum):
    """Whether the provider can be asked."""

    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A service that the provider can do; level 1 learning, 2 able, 3 skilled."""

    category_id: int
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """志愿者 or 爱心企业."""

    id: int = 0
    kind: ProviderKind = ProviderKind.VOLUNTEER
    number: str = ""
    name: str
    enterprise_id: int | None = None
    """The enterprise of which a volunteer is a member."""
    contact_name: str = ""
    """Of an enterprise: whom to ask for."""
    sex: Sex = Sex.UNKNOWN
    birth: str = ""
    id_number: str = ""
    id_flag: str = ""
    phones: tuple[Phone, ...] = ()
    committee_id: int | None = None
    compound_id: int | None = None
    address: str = ""
    area_committee_ids: tuple[int, ...] = ()
    """Where they will go; empty: anywhere."""
    max_metres: int | None = None
    skills: tuple[Skill, ...] = ()
    languages: tuple[str, ...] = ()
    half_days: tuple[int, ...] = ()
    """Free half-days (weekday * 2 + afternoon); empty: any."""
    visits_per_month: int | None = 4
    minutes_per_month: int | None = None
    homes_at_once: int = 0
    """An enterprise that comes only for at least so many homes together (要 3 户一起); 0: no wish."""
    state: ProviderState = ProviderState.ACTIVE
    state_on: date | None = None
    state_reason: str = ""
    resume_on: date | None = None
    asked_on: date | None = None
    """The last day on which the office asked them."""
    insured_until: date | None = None
    guardian_consent: bool = False
    joined_on: date | None = None
    notes: str = ""

    @property
    def phone(self) -> str:
        """The number to ring first, "" for none."""
        preferred = next((phone.number for phone in self.phones if phone.preferred), "")
        return preferred or (self.phones[0].number if self.phones else "")

    @property
    def category_ids(self) -> frozenset[int]:
        """The services they can do."""
        return frozenset(skill.category_id for skill in self.skills)

    def checked(self) -> Self:
        """The same, tidied. Raises Missing, BadPhone and BadNumber."""
        name = tidy_name(self.name)
        if not name:
            raise Missing(field="name")
        if self.visits_per_month is not None and not 0 <= self.visits_per_month <= 999:
            raise BadNumber(field="visits_per_month", text=str(self.visits_per_month), lowest=0, highest=999)
        if self.minutes_per_month is not None and not 0 <= self.minutes_per_month <= 60000:
            raise BadNumber(field="minutes_per_month", text=str(self.minutes_per_month), lowest=0, highest=60000)
        if not 0 <= self.homes_at_once <= 99:
            raise BadNumber(field="homes_at_once", text=str(self.homes_at_once), lowest=0, highest=99)
        identity = read_id_number(self.id_number) if self.id_number.strip() else None
        return replace(
            self,
            name=name,
            phones=checked_phones(self.phones),
            id_number="" if identity is None else identity.text,
            id_flag="" if identity is None or identity.problem is None else identity.problem.value,
            half_days=tuple(sorted(set(self.half_days))),
        )

    def stopped(self, *, on: date, reason: str) -> Self:
        """Out of the programme, with a reason. Raises Missing and WrongState."""
        if self.state is ProviderState.STOPPED:
            raise WrongState(kind="provider", state=self.state, wanted=ProviderState.STOPPED)
        if not reason.strip():
            raise Missing(field="reason")
        return replace(self, state=ProviderState.STOPPED, state_on=on, state_reason=reason.strip(), resume_on=None)

    def paused(self, *, on: date, reason: str, until: date | None = None) -> Self:
        """Not to be asked for a while. Raises WrongState unless active."""
        if self.state is not ProviderState.ACTIVE:
            raise WrongState(kind="provider", state=self.state, wanted=ProviderState.PAUSED)
        return replace(self, state=ProviderState.PAUSED, state_on=on, state_reason=reason.strip(), resume_on=until)

    def resumed(self, *, on: date) -> Self:
        """Active again. Raises WrongState where they are active."""
        if self.state is ProviderState.ACTIVE:
            raise WrongState(kind="provider", state=self.state, wanted=ProviderState.ACTIVE)
        return replace(self, state=ProviderState.ACTIVE, state_on=on, state_reason="", resume_on=None)

    def is_away(self, day: date) -> bool:
        """Whether a pause, as it is written now, holds on that day."""
        return self.state is ProviderState.PAUSED and (self.resume_on is None or day < self.resume_on)

    def must_be_active(self) -> None:
        """Raise NotActive unless they can be asked."""
        if self.state is not ProviderState.ACTIVE:
            raise NotActive(name=self.name, state=self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """资质、证书 of a volunteer or an enterprise; the enterprise's covers its members."""

    id: int = 0
    provider_id: int
    kind: str
    number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    """The last valid day; None: does not expire."""

    def is_valid_on(self, day: date) -> bool:
        """Whether it counts on ``day``."""
        return (self.expires_on is None or day <= self.expires_on) and (self.issued_on is None or self.issued_on <= day)


def runs_out_on(held: Iterable[Certificate], *, day: date) -> date | None:
    """The last valid day of those of certificates of one kind that last longest, where it comes before ``day``."""
    ends = max((certificate.expires_on or date.max for certificate in held), default=date.max)
    return ends if ends < day else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Elder and provider are not to be brought together; ``by_elder`` tells who said so."""

    id: int = 0
    elder_id: int
    provider_id: int
    by_elder: bool = True
    reason: str = ""
    said_on: date
