"""What was shown or given out of a person's data: to whom, by whom, why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Disclosed(StrEnum):
    """Which data."""

    PHONE = "phone"
    ID_NUMBER = "id_number"
    CONTACT_PHONE = "contact_phone"
    FORM = "form"
    """The form in which a person's data are changed: it shows numbers in full."""
    PERSON = "person"
    """Everything kept about one person."""
    LIST = "list"
    """A workbook or a print with many people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One line of the log that the Personal Information Protection Law asks for (Art. 51, 55, 56); kept 3 years.

    It is no step of the work: it cannot be undone.
    """

    id: int = 0
    at: datetime
    who: str
    kind: str
    """elder, provider, or "" for a list."""
    record_id: int | None = None
    what: Disclosed
    people: int = 1
    why: str = ""
    to_whom: str = ""
