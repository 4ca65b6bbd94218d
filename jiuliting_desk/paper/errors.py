"""What stands in the way of printing, as data: the words for people are in the faces."""

from dataclasses import dataclass

from jiuliting_desk.model.errors import UserError


@dataclass(eq=False, kw_only=True)
class GlyphsMissing(UserError):
    """No font at hand has these characters, so a box would be printed in their place."""

    names: tuple[str, ...]
    """The texts that cannot be printed, each once."""
    glyphs: tuple[str, ...]
    """The characters that no font has, each once."""


@dataclass(eq=False, kw_only=True)
class TextTooLong(UserError):
    """A name does not fit even in two lines of the smallest type that an elder can read."""

    name: str
    number: str = ""


@dataclass(eq=False, kw_only=True)
class BadStock(UserError):
    """A stock whose measures cannot be; ``field`` names the measure."""

    reason: str
    """not_positive, too_small, slots_overlap, off_page, too_many."""
    measure_mm: float = 0.0
    limit_mm: float = 0.0


@dataclass(eq=False, kw_only=True)
class StockUnknown(UserError):
    """No stock has this name."""

    name: str
    known: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class BadStartSlot(UserError):
    """The place to begin at is not on the sheet."""

    slot: int
    slots: int


@dataclass(eq=False, kw_only=True)
class BadCalibration(UserError):
    """Measured distances that no printer can cause: most likely a slip of the ruler or the pen."""

    measured_mm: float
    expected_mm: float


@dataclass(eq=False, kw_only=True)
class NothingToPrint(UserError):
    """An empty list was to be printed."""
