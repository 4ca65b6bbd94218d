"""Elders: who is served, how to reach them, and what one must know first."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.dates import age_on, checked_birth
from jiuliting_desk.model.errors import BadPhone, DateOrder, Missing, NotActive, WrongState
from jiuliting_desk.model.identity import read_id_number
from jiuliting_desk.model.text import digits_of, half_width, tidy_name


class Sex(StrEnum):
    """性别."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Living(StrEnum):
    """居住情况: with whom."""

    ALONE = "alone"
    COUPLE = "couple"
    """空巢: with the spouse only."""
    WITH_CHILDREN = "with_children"
    NO_KIN = "no_kin"
    """孤寡."""
    WITH_CARER = "with_carer"
    OTHER = "other"
    UNKNOWN = "unknown"


class ElderState(StrEnum):
    """Whether the elder is one to work for; all but ACTIVE and PAUSED leave every list of work."""

    ACTIVE = "active"
    PAUSED = "paused"
    MOVED = "moved"
    IN_CARE_HOME = "in_care_home"
    DECEASED = "deceased"
    WITHDREW = "withdrew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A phone number: digits only, extension after a dash."""

    number: str
    note: str = ""
    preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An emergency contact."""

    name: str
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elder:
    """老人、服务对象."""

    id: int = 0
    number: str = ""
    """The elder's number in this office, four digits or more; the card carries its own."""
    name: str
    sex: Sex = Sex.UNKNOWN
    birth: str = ""
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    id_number: str = ""
    id_flag: str = ""
    """Why the identity number is doubted (IdProblem), "" where it is not."""
    phones: tuple[Phone, ...] = ()
    best_hours: str = ""
    committee_id: int | None = None
    compound_id: int | None = None
    building: str = ""
    unit: str = ""
    room: str = ""
    floor: int | None = None
    without_lift: bool = False
    living: Living = Living.UNKNOWN
    tags: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    health: str = ""
    hearing: str = ""
    language: str = ""
    likes: str = ""
    refuses: str = ""
    refuses_sex: Sex = Sex.UNKNOWN
    consent_on: date | None = None
    consent_by: str = ""
    survey_id: int | None = None
    state: ElderState = ElderState.ACTIVE
    state_on: date | None = None
    state_reason: str = ""
    notes: str = ""
    registered_on: date | None = None
    seen_on: date | None = None
    """The last day on which someone of the programme saw the elder."""
    consent_ended_on: date | None = None
    """When a consent was withdrawn; the day it was given stays."""

    @property
    def phone(self) -> str:
        """The number to ring first, "" for none."""
        preferred = next((phone.number for phone in self.phones if phone.preferred), "")
        return preferred or (self.phones[0].number if self.phones else "")

    @property
    def has_consented(self) -> bool:
        """Whether a signed consent holds."""
        return self.consent_on is not None and self.consent_ended_on is None

    def age_on(self, today: date) -> int | None:
        """Full years on ``today``, None where the birth is unknown."""
        return age_on(self.birth, today)

    @property
    def is_served(self) -> bool:
        """Whether the elder belongs in lists of work."""
        return self.state in {ElderState.ACTIVE, ElderState.PAUSED}

    def checked(self, *, today: date) -> Self:
        """The same, tidied: clean name and phones; birth and sex from the identity number where they lack.

        Raises Missing, BadPhone and BadDate. A wrong identity number is kept as typed and flagged.
        """
        name = tidy_name(self.name)
        if not name:
            raise Missing(field="name")
        phones = checked_phones(self.phones)
        identity = read_id_number(self.id_number) if self.id_number.strip() else None
        birth = checked_birth(self.birth, today=today)
        sex = self.sex
        id_number, id_flag = "", ""
        if identity is not None:
            id_number = identity.text
            id_flag = identity.problem.value if identity.problem is not None else ""
            if not id_flag:
                birth = identity.birth if len(birth) < 10 else birth
                sex = Sex(identity.sex) if identity.sex and sex is Sex.UNKNOWN else sex
        return replace(
            self,
            name=name,
            phones=phones,
            birth=birth,
            sex=sex,
            id_number=id_number,
            id_flag=id_flag,
            building=half_width(self.building).strip(),
            unit=half_width(self.unit).strip(),
            room=half_width(self.room).strip(),
            contacts=tuple(
                replace(contact, phone=checked_phone(contact.phone, field="contacts"))
                for contact in self.contacts
                if contact.name.strip() or contact.phone.strip()
            ),
        )

    def now_in(self, state: ElderState, *, on: date, reason: str = "") -> Self:
        """The elder in another state since ``on``. Raises WrongState where it is the same state."""
        if state is self.state:
            raise WrongState(kind="elder", state=self.state, wanted=state)
        return replace(self, state=state, state_on=on, state_reason=reason)

    def must_be_served(self) -> None:
        """Raise NotActive unless new needs, pairings and cards may be made for the elder."""
        if not self.is_served:
            raise NotActive(name=self.name, state=self.state)

    def consented(self, *, on: date, recorded_by: str, today: date) -> Self:
        """The elder with a signed consent. Raises DateOrder for a day to come."""
        if on > today:
            raise DateOrder(field="consent_on", begins=on, ends=today)
        return replace(self, consent_on=on, consent_by=recorded_by, consent_ended_on=None)

    def consent_ended(self, *, on: date) -> Self:
        """The consent withdrawn. Raises WrongState where there is none, DateOrder before it was given."""
        if self.consent_on is None or self.consent_ended_on is not None:
            raise WrongState(kind="consent", state="none", wanted="ended")
        if on < self.consent_on:
            raise DateOrder(field="consent_ended_on", begins=self.consent_on, ends=on)
        return replace(self, consent_ended_on=on)


def checked_phone(text: str, *, field: str = "phones") -> str:
    """The digits of one phone number: 11 for a mobile, 7-12 for a landline, 3-6 for a short number.

    Blanks, dashes, brackets and +86 go; an extension after 转 stays as "-123". Raises BadPhone.
    """
    cleaned = half_width(text).strip()
    if not cleaned:
        return ""
    main, _, extension = cleaned.replace("转", "x").partition("x")
    digits = digits_of(main)
    if main.lstrip().startswith("+86") or (len(digits) == 13 and digits.startswith("86")):
        digits = digits.removeprefix("86")
    if digits.startswith("1") and len(digits) in {9, 10, 12, 13} and not digits.startswith("10000"):
        raise BadPhone(field=field, text=cleaned, digits=len(digits))
    if not 3 <= len(digits) <= 12:
        raise BadPhone(field=field, text=cleaned, digits=len(digits))
    tail = digits_of(extension)
    return f"{digits}-{tail}" if tail else digits


def checked_phones(phones: tuple[Phone, ...], *, field: str = "phones") -> tuple[Phone, ...]:
    """The numbers checked, each once, in order, at most one of them preferred. Raises BadPhone."""
    kept: dict[str, Phone] = {}
    preferred = False
    for phone in phones:
        number = checked_phone(phone.number, field=field)
        if not number or number in kept:
            continue
        kept[number] = Phone(number=number, note=phone.note.strip(), preferred=phone.preferred and not preferred)
        preferred = preferred or phone.preferred
    return tuple(kept.values())
