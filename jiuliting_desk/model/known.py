"""What an import compares of people: few values, light enough for every row and everybody who is known."""

from typing import NamedTuple

Place = int | str | None
"""A committee, compound or enterprise: its id, the name of one that is not there yet, or none."""


class KnownElder(NamedTuple):
    """What an import compares of an elder; ``id`` 0 for one who stands only in the sheet so far.

    ``committee`` and ``compound`` are ids, names of places that are not there yet, or None.
    """

    id: int
    name: str
    sex: str
    birth: str
    id_number: str
    id_flag: str
    phones: tuple[str, ...]
    committee: Place
    compound: Place
    building: str
    unit: str
    room: str
    living: str
    tags: tuple[str, ...]
    contacts: tuple[tuple[str, str, str], ...]
    """Name, relation, phone."""
    health: str
    hearing: str
    language: str
    likes: str
    floor: int | None
    without_lift: bool
    notes: str
    state: str


class NeedTerms(NamedTuple):
    """What an import compares of a need: how many, how often, when, how urgent."""

    quantity: int = 1
    rhythm: str = "once"
    per_month: int = 1
    half_days: tuple[int, ...] = ()
    urgency: str = "normal"
    wishes: str = ""
    wants_sex: str = ""
    wants_dialect: bool = False


class KnownProvider(NamedTuple):
    """What an import compares of a volunteer or an enterprise."""

    id: int
    kind: str
    name: str
    enterprise: Place
    contact_name: str
    sex: str
    birth: str
    id_number: str
    id_flag: str
    phones: tuple[str, ...]
    compound: Place
    address: str
    category_ids: tuple[int, ...]
    languages: tuple[str, ...]
    half_days: tuple[int, ...]
    visits_per_month: int | None
    minutes_per_month: int | None
    joined_on: str
    """An ISO day, "" where it is not known."""
    notes: str
    state: str
    homes_at_once: int = 0
    max_metres: int | None = None
    areas: tuple[Place, ...] = ()
    """The committees where they will go."""
    committee: Place = None
    """Where they live, or have their seat."""
    levels: tuple[tuple[int, int], ...] = ()
    """How well they do services, where a sheet says it: category, level."""


class KnownFigure(NamedTuple):
    """What an import compares of a figure that came in before; all but the quantity tells it from the others."""

    id: int
    month: str
    committee: Place
    compound: Place
    category_id: int | None
    provider_name: str
    measure: str
    quantity: float


class KnownVisit(NamedTuple):
    """A visit of earlier years on its way in."""

    elder: int
    """An id, below zero for somebody who comes in with the same workbook."""
    day: str
    """An ISO day."""
    starts: int
    """Minute of the day."""
    minutes: int
    """Minutes on site, 0 where the sheet does not say."""
    category_ids: tuple[int, ...]
    quantity: int
    providers: tuple[Place, ...]
    """Ids, or ``volunteer:NAME`` and ``enterprise:NAME`` for those to be registered with it."""
    cadre: str
    committee: Place
    compound: Place
    """Where the elder lived then."""
    state: str
    reason: str
    notes: str


class KnownCall(NamedTuple):
    """A call of earlier years on its way in."""

    elder: int | None
    at: str
    """Day and minute, as ``YYYY-MM-DDTHH:MM``."""
    phone: str
    caller_name: str
    category_id: int | None
    outcome: str
    notes: str
    taken_by: str


class KnownPlace(NamedTuple):
    """A compound as a row tells it, with what the row says of its committee; or that committee alone."""

    id: int
    name: str
    """The compound's; "" where the row is about the committee alone."""
    committee: Place
    aliases: tuple[str, ...]
    longitude: float | None
    latitude: float | None
    notes: str
    phone: str
    """The committee's, "" where it stays."""
    cadre: str
    """Somebody of the committee who is not known yet or has another phone now, "" for nobody."""
    cadre_phone: str = ""
    """Theirs, "" where it stays."""
