"""Which card lies where on which sheet, front and back, and where the cuts are marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from jiuliting_desk.paper.errors import BadStartSlot
from jiuliting_desk.paper.stocks import Box, Stock

CROP_GAP_MM = 2.0
"""Between a card's edge and the beginning of its crop mark."""
CROP_LENGTH_MM = 7.0
CROP_LEAST_MM = 1.5
UNPRINTABLE_MM = 4.0
"""What office printers cannot reach at the edge of the sheet."""


class Flip(StrEnum):
    """How the sheet is turned between front and back."""

    LONG_EDGE = "long_edge"
    """Like the page of a book: left and right change places."""
    SHORT_EDGE = "short_edge"
    """Like the sheet of a calendar: top and bottom change places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One card on a sheet."""

    index: int
    """Which of the cards, from 0."""
    slot: int
    """Which place of the stock, from 0; on the back this is still the front's number."""
    box: Box
    is_turned: bool = False
    """Drawn upside down."""


def sheets(count: int, stock: Stock, start_slot: int = 0) -> Iterator[tuple[Placed, ...]]:
    """The fronts of ``count`` cards, sheet by sheet; the first begins at ``start_slot``, counted from 0.

    Raises BadStartSlot where the stock has no such place.
    """
    if not 0 <= start_slot < stock.slots:
        raise BadStartSlot(field="start_slot", slot=start_slot, slots=stock.slots)
    for first in range(-start_slot, count, stock.slots) if count else ():
        yield tuple(
            Placed(index=index, slot=index - first, box=stock.slot(index - first))
            for index in range(max(first, 0), min(first + stock.slots, count))
        )


def backs(fronts: tuple[Placed, ...], stock: Stock, flip: Flip) -> tuple[Placed, ...]:
    """The backs of a sheet's cards, each behind its front when the sheet is flipped so.

    Either way the finished card is the same: turned like the page of a book it reads upright; under a short-edge
    flip the backs are therefore drawn upside down.
    """
    placed = []
    for front in fronts:
        box = front.box
        if flip is Flip.LONG_EDGE:
            mirrored = Box(x=stock.page_width - box.right, y=box.y, width=box.width, height=box.height)
        else:
            mirrored = Box(x=box.x, y=stock.page_height - box.bottom, width=box.width, height=box.height)
        placed.append(Placed(index=front.index, slot=front.slot, box=mirrored, is_turned=flip is Flip.SHORT_EDGE))
    return tuple(placed)


def sheets_needed(count: int, stock: Stock, start_slot: int = 0) -> int:
    """How many sheets ``count`` cards take."""
    return -(-(start_slot + count) // stock.slots) if count else 0


def next_start_slot(count: int, stock: Stock, start_slot: int = 0) -> int:
    """Where the next batch can begin: the first unused place of the last sheet, 0 where it is used up."""
    return (start_slot + count) % stock.slots


def crop_lines(stock: Stock) -> tuple[tuple[float, float, float, float], ...]:
    """The crop marks as lines (x1, y1, x2, y2) in mm, all of them in the sheet's margins, none between cards."""
    lines = []
    last = stock.slot(stock.slots - 1)
    top, bottom = stock.origin_y, last.bottom
    left, right = stock.origin_x, last.right
    for x in _edges(stock.origin_x, stock.pitch_x, stock.card_width, stock.columns):
        lines += [(x, begin, x, end) for begin, end in _outside(top, bottom, stock.page_height)]
    for y in _edges(stock.origin_y, stock.pitch_y, stock.card_height, stock.rows):
        lines += [(begin, y, end, y) for begin, end in _outside(left, right, stock.page_width)]
    return tuple(lines)


def _edges(origin: float, pitch: float, size: float, count: int) -> list[float]:
    both = sorted(origin + n * pitch + far for n in range(count) for far in (0.0, size))
    return [edge for n, edge in enumerate(both) if n == 0 or edge - both[n - 1] > 0.01]


def _outside(near: float, far: float, page: float) -> list[tuple[float, float]]:
    room = (near - CROP_GAP_MM - UNPRINTABLE_MM, page - UNPRINTABLE_MM - far - CROP_GAP_MM)
    before = near - CROP_GAP_MM - min(CROP_LENGTH_MM, room[0]), near - CROP_GAP_MM
    after = far + CROP_GAP_MM, far + CROP_GAP_MM + min(CROP_LENGTH_MM, room[1])
    return [line for line, length in zip((before, after), room, strict=True) if length >= CROP_LEAST_MM]
