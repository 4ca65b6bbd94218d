"""Whether two records may be of one person: what is the same, what is a question."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.elders import Elder, checked_phone
from jiuliting_desk.model.errors import BadPhone
from jiuliting_desk.model.identity import read_id_number
from jiuliting_desk.model.text import half_width, tidy_name

FULL_DATE = 10


class Likeness(StrEnum):
    """Why two records look like one person, the surest first."""

    SAME_ID = "same_id"
    SAME_NAME_AND_PHONE = "same_name_and_phone"
    SAME_NAME_AND_ADDRESS = "same_name_and_address"
    SAME_NAME_AND_BIRTH = "same_name_and_birth"
    SOUND_ALIKE_AT_ADDRESS = "sound_alike_at_address"
    SAME_NAME = "same_name"

    @property
    def is_same_person(self) -> bool:
        """Whether this settles it; the others are a question, or a mere namesake."""
        return self in {Likeness.SAME_ID, Likeness.SAME_NAME_AND_PHONE, Likeness.SAME_NAME_AND_ADDRESS}

    @property
    def is_question(self) -> bool:
        """Whether a person has to decide."""
        return self in {Likeness.SAME_NAME_AND_BIRTH, Likeness.SOUND_ALIKE_AT_ADDRESS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What tells a person apart, cleaned as ``Elder.checked`` cleans it."""

    name: str
    sound: str = ""
    """The whole name in pinyin without blanks."""
    id_number: str = ""
    phones: frozenset[str] = frozenset()
    birth: str = ""
    compound_id: int | None = None
    building: str = ""
    unit: str = ""
    room: str = ""

    @classmethod
    def of(cls, elder: Elder) -> Self:
        """The traits of a record; an identity number that is doubted does not count."""
        return cls(
            name=elder.name,
            id_number="" if elder.id_flag else elder.id_number,
            phones=frozenset(phone.number for phone in elder.phones),
            birth=elder.birth,
            compound_id=elder.compound_id,
            building=elder.building,
            unit=elder.unit,
            room=elder.room,
        )

    @classmethod
    def of_draft(cls, draft: Elder) -> Self:
        """The traits of what is typed so far; phones and numbers that cannot be yet are left out."""
        phones = set()
        for phone in draft.phones:
            try:
                phones.add(checked_phone(phone.number))
            except BadPhone:
                continue
        identity = read_id_number(draft.id_number)
        is_whole = identity.problem is None
        return cls(
            name=tidy_name(draft.name),
            id_number=identity.text if is_whole else "",
            phones=frozenset(phones - {""}),
            birth=draft.birth or (identity.birth if is_whole else ""),
            compound_id=draft.compound_id,
            building=half_width(draft.building).strip(),
            unit=half_width(draft.unit).strip(),
            room=half_width(draft.room).strip(),
        )

    def lives_with(self, other: Self) -> bool:
        """Whether both live behind the same door: compound, building and room known and the same."""
        return (
            self.compound_id is not None
            and self.room != ""
            and (self.compound_id, self.building, self.room) == (other.compound_id, other.building, other.room)
            and (not self.unit or not other.unit or self.unit == other.unit)
        )


def likeness(one: Traits, other: Traits) -> Likeness | None:
    """The surest reason to take the two for one person, or None.

    An identity number that both have and that differs leaves mere namesakes.
    """
    if one.id_number and one.id_number == other.id_number:
        return Likeness.SAME_ID
    if one.name != other.name:
        alike = one.sound != "" and one.sound == other.sound and one.lives_with(other)
        return Likeness.SOUND_ALIKE_AT_ADDRESS if alike else None
    if one.id_number and other.id_number:
        return Likeness.SAME_NAME
    if one.phones & other.phones:
        return Likeness.SAME_NAME_AND_PHONE
    if one.lives_with(other):
        return Likeness.SAME_NAME_AND_ADDRESS
    if len(one.birth) == FULL_DATE and one.birth == other.birth:
        return Likeness.SAME_NAME_AND_BIRTH
    return Likeness.SAME_NAME
