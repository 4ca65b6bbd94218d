"""Rules that said no, as data: the words for people are put in one place, in the faces."""

from dataclasses import dataclass
from datetime import date


@dataclass(eq=False, kw_only=True)
class UserError(Exception):
    """A rule of the work said no; a person can mend it. Subclasses carry fields, never prose."""

    field: str = ""
    """The form field this is about, where there is one."""


@dataclass(eq=False, kw_only=True)
class Missing(UserError):
    """A field that must be filled in is empty."""


@dataclass(eq=False, kw_only=True)
class BadPhone(UserError):
    """A phone number with a wrong number of digits."""

    text: str
    digits: int


@dataclass(eq=False, kw_only=True)
class BadDate(UserError):
    """A text that is no date, or a date that cannot be (in the future, before 1890)."""

    text: str


@dataclass(eq=False, kw_only=True)
class BadNumber(UserError):
    """A number outside what the field can hold."""

    text: str
    lowest: int
    highest: int


@dataclass(eq=False, kw_only=True)
class NameTaken(UserError):
    """Another record of the same kind has this name."""

    name: str


@dataclass(eq=False, kw_only=True)
class NameUnknown(UserError):
    """Nothing of that kind is called so."""

    kind: str
    name: str


@dataclass(eq=False, kw_only=True)
class FileBlocked(UserError):
    """A file cannot be written: held open by another program, no such folder, or no room."""

    name: str
    folder: str


@dataclass(eq=False, kw_only=True)
class OtherFile(UserError):
    """What would be replaced is a file of another kind: it stays."""

    name: str
    suffix: str
    """How the name of such a file ends: .xlsx."""


@dataclass(eq=False, kw_only=True)
class PrinterTrouble(UserError):
    """The printer did not take the pages."""

    name: str


@dataclass(eq=False, kw_only=True)
class AlreadyKnown(UserError):
    """The person is in the list already, by the same identity number, phone or address."""

    record_id: int
    name: str
    number: str
    why: str
    """The Likeness."""


@dataclass(eq=False, kw_only=True)
class StillUsed(UserError):
    """The record cannot go: others stand on it."""

    name: str
    used_by: str
    count: int


@dataclass(eq=False, kw_only=True)
class NotThere(UserError):
    """The record was removed meanwhile."""

    kind: str
    record_id: int


@dataclass(eq=False, kw_only=True)
class WrongState(UserError):
    """The record is in a state from which this step cannot be taken."""

    kind: str
    state: str
    wanted: str


@dataclass(eq=False, kw_only=True)
class AlreadyClaimed(UserError):
    """Another provider holds the need."""

    need_id: int
    provider_id: int


@dataclass(eq=False, kw_only=True)
class NeedPromised(UserError):
    """The service of a need cannot change while somebody is to render it."""

    visits: int
    """How many visits are booked for it from today on."""
    is_regular: bool
    """Whether a series that has not ended is for it."""


@dataclass(eq=False, kw_only=True)
class StoodInFor(UserError):
    """A cancelled visit cannot be taken up again: somebody else is booked to go in its place."""

    name: str
    """Who goes."""
    day: date
    starts: int
    """Minute of the day."""


@dataclass(eq=False, kw_only=True)
class GoesAnyway(UserError):
    """Nobody is to be sought in place of a visit that is made as it was booked."""

    name: str
    """Who goes, or went."""
    day: date
    starts: int
    """Minute of the day."""


@dataclass(eq=False, kw_only=True)
class AlreadyPaired(UserError):
    """The two are paired for this service already."""

    elder_id: int
    provider_id: int


@dataclass(eq=False, kw_only=True)
class NotActive(UserError):
    """The elder or provider is not (or no longer) one that is served or serves."""

    name: str
    state: str


@dataclass(eq=False, kw_only=True)
class ReasonWanted(UserError):
    """The step goes against a rule and needs a reason in words."""

    rules: tuple[str, ...] = ()


@dataclass(eq=False, kw_only=True)
class AlreadyAnswered(UserError):
    """The visit has its one evaluation already."""

    visit_id: int
    number: str = ""
    entered_on: date | None = None
    entered_by: str = ""


@dataclass(eq=False, kw_only=True)
class DateOrder(UserError):
    """An end before its beginning."""

    begins: date
    ends: date


@dataclass(eq=False, kw_only=True)
class NothingToUndo(UserError):
    """No step is left to undo, or to redo."""

    redo: bool = False


@dataclass(eq=False, kw_only=True)
class Overtaken(UserError):
    """A step cannot be undone because later steps stand on it."""

    name: str
    about: str
    by: tuple[str, ...]
    """The later steps, each as "name|about"."""
    people: tuple[str, ...] = ()
    """The people whom later steps changed, by name."""


@dataclass(eq=False, kw_only=True)
class NoOperation(UserError):
    """Nothing changed, so there is nothing to save."""


@dataclass(eq=False, kw_only=True)
class PlanOvertaken(UserError):
    """Something was changed since the plan was made; it has to be made anew and looked at again."""


@dataclass(eq=False, kw_only=True)
class UnknownNumbers(UserError):
    """Numbers that no elder and no card has."""

    numbers: tuple[str, ...]
