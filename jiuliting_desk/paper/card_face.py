"""What is on one card, as plain text."""

from dataclasses import dataclass

BRAND = "九里 to 行动"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """One service on the back: its name, and the drawing beside it ("" for a dot)."""

    name: str
    icon: str = ""


COMMITTEE = "居委会"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace:
    """Everything on one card, ready to be drawn."""

    number: str
    name: str
    office_phone: str
    code_text: str
    """What the square code holds: the card number in the form that the search box knows, nothing else."""
    office_name: str = ""
    hours: str = ""
    """When the phone is answered, e.g. "周一到周五 8:30–17:00"."""
    volunteer: str = ""
    """"" where the centre chooses each time."""
    second_name: str = COMMITTEE
    """Who is rung when nobody answers; "" where it is the office itself, on another number."""
    second_phone: str = ""
    services: tuple[ServiceLine, ...] = ()
    lead_in: str = "有事打这个电话"
    brand: str = BRAND

    def in_the_head(self) -> tuple[str, ...]:
        """What the upper part of the front is made from."""
        return self.brand, self.office_phone, self.hours, self.lead_in

    def on_the_back(self) -> tuple[object, ...]:
        """What the back is made from."""
        return self.services, self.second_name, self.second_phone, self.office_name, self.hours

    def texts(self) -> tuple[str, ...]:
        """All that is printed as text, for the search for missing glyphs."""
        return (
            self.name,
            self.volunteer,
            self.number,
            *self.in_the_head(),
            self.second_name,
            self.second_phone,
            self.office_name,
            *(line.name for line in self.services),
        )
