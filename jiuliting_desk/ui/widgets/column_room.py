"""How the columns of a table share its width: pure arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What one column wants, in pixels."""

    width: int
    least: int = 60
    stretch: int = 0
    give_up: int = 0
    narrow_width: int | None = None
    may_go: bool = False
    """Whether it goes at last, where it shrank to its narrow width and the rest still lacks room."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """The width of each column, None for those not shown, and which show their shorter cells."""

    widths: tuple[int | None, ...]
    narrow: frozenset[int]


def fit(rooms: Sequence[Room], available: int) -> Fitted:
    """Share the room.

    Where it does not suffice, columns with ``give_up`` go in that order, or shrink to their narrow width; if that
    is not enough, those that stretch shrink to their least, and where that would not do either those that shrank and
    ``may_go`` go. Free room goes to those that stretch.
    """
    widths: list[int | None] = [None if room.hidden else room.width for room in rooms]
    narrow: set[int] = set()

    def missing() -> int:
        return sum(width for width in widths if width is not None) - available

    for _, at in sorted((room.give_up, at) for at, room in enumerate(rooms) if room.give_up and not room.hidden):
        if missing() <= 0:
            break
        widths[at] = rooms[at].narrow_width
        if rooms[at].narrow_width is not None:
            narrow.add(at)
    for _, at in sorted((room.give_up, at) for at, room in enumerate(rooms) if room.may_go and at in narrow):
        slack = sum(
            max((widths[each] or 0) - room.least, 0)
            for each, room in enumerate(rooms)
            if room.stretch and widths[each] is not None and each not in narrow
        )
        if missing() > slack:
            widths[at] = None
            narrow.discard(at)
    elastic = [at for at, room in enumerate(rooms) if room.stretch and widths[at] is not None and at not in narrow]
    lack = max(missing(), 0)
    slacks = {at: max((widths[at] or 0) - rooms[at].least, 0) for at in elastic}
    shares = {at: rooms[at].stretch for at in elastic}
    free = max(-missing(), 0)
    for at in elastic:
        width = widths[at] or 0
        if lack:
            # What is rounded up here cannot be missing in the end.
            given = min(slacks[at], -(-lack * slacks[at] // max(sum(slacks.values()), 1)))
            widths[at] = width - given
        else:
            widths[at] = width + free * shares[at] // sum(shares.values())
    return Fitted(tuple(widths), frozenset(narrow))
