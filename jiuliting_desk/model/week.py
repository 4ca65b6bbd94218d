"""A week of times for one visit: what is booked, what does not suit, and up to three suggestions."""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jiuliting_desk.model.dates import NOON, half_day_of
from jiuliting_desk.model.visits import Visit

STEP = 10
"""Minutes to which times snap."""
CANDIDATE_STEP = 30
MORNING_START, AFTERNOON_START = 9 * 60 + 30, 14 * 60
"""When people like visits to begin, where nothing else is known."""
REST = (11 * 60 + 30, 13 * 60 + 30)
"""When elders eat and sleep: offered only where little else is free."""
SUGGESTIONS = 3


class BlockKind(StrEnum):
    """Why a time is not offered."""

    BOOKED = "booked"
    """The provider is with somebody else."""
    ELDER_BOOKED = "elder_booked"
    """Somebody else is with the elder."""
    CADRE_BOOKED = "cadre_booked"
    PROVIDER_NOT_FREE = "provider_not_free"
    ELDER_NOT_FREE = "elder_not_free"
    HOLIDAY = "holiday"
    PAST = "past"
    FULL = "full"
    """The provider's month is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A time that is not free, in minutes of its day."""

    day: date
    starts: int
    ends: int
    kind: BlockKind
    visit_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A suggested time."""

    day: date
    starts: int
    minutes: int

    @property
    def ends(self) -> int:
        """The minute of the day at which it ends."""
        return self.starts + self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days from a Monday, between two minutes of the day; all that is in no block is free."""

    monday: date
    opens: int
    closes: int
    blocks: tuple[Block, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the week is laid out for."""

    minutes: int
    opens: int = 9 * 60
    closes: int = 17 * 60
    gap: int = 0
    """Minutes that the provider needs from one home to the next."""
    provider_half_days: Collection[int] = ()
    """Empty: any."""
    wanted_half_days: Collection[int] = ()
    """Empty: any."""
    usual: tuple[int, int] | None = None
    """Weekday and minute of the last visit by the same provider."""
    today: date
    now: int = 0
    """Minute of today before which nothing can begin."""


def lay_out(
    monday: date,
    asked: Asked,
    *,
    provider_visits: Iterable[Visit],
    elder_visits: Iterable[Visit],
    cadre_visits: Iterable[Visit] = (),
    holidays: Container[date] = (),
    full_months: Container[tuple[int, int]] = (),
) -> Week:
    """The week's blocks, in order, and suggestions that lie in none of them, the best first.

    ``full_months`` are (year, month) in which the provider has taken on all they can.
    """
    blocks: list[Block] = []
    for kind, visits in (
        (BlockKind.BOOKED, provider_visits),
        (BlockKind.ELDER_BOOKED, elder_visits),
        (BlockKind.CADRE_BOOKED, cadre_visits),
    ):
        known = {block.visit_id for block in blocks}
        blocks += [
            Block(day=visit.day, starts=visit.starts, ends=visit.ends, kind=kind, visit_id=visit.id)
            for visit in visits
            if visit.is_open and monday <= visit.day < monday + timedelta(days=7) and visit.id not in known
        ]
    for offset in range(7):
        blocks += _unsuited(monday + timedelta(days=offset), asked, holidays=holidays, full_months=full_months)
    blocks.sort(key=lambda block: (block.day, block.starts, block.kind, block.visit_id))
    return Week(
        monday=monday,
        opens=asked.opens,
        closes=asked.closes,
        blocks=tuple(blocks),
        slots=tuple(_suggest(monday, asked, blocks)),
    )


def _unsuited(
    day: date, asked: Asked, *, holidays: Container[date], full_months: Container[tuple[int, int]]
) -> Iterable[Block]:
    """Blocks of a day that no visit makes, merged where both halves are alike."""
    if day in holidays:
        yield Block(day=day, starts=asked.opens, ends=asked.closes, kind=BlockKind.HOLIDAY)
        return
    if day < asked.today:
        yield Block(day=day, starts=asked.opens, ends=asked.closes, kind=BlockKind.PAST)
        return
    if day == asked.today and asked.now > asked.opens:
        yield Block(day=day, starts=asked.opens, ends=min(asked.now, asked.closes), kind=BlockKind.PAST)
    if (day.year, day.month) in full_months:
        yield Block(day=day, starts=asked.opens, ends=asked.closes, kind=BlockKind.FULL)
        return
    for kind, free in (
        (BlockKind.PROVIDER_NOT_FREE, asked.provider_half_days),
        (BlockKind.ELDER_NOT_FREE, asked.wanted_half_days),
    ):
        if not free:
            continue
        morning, afternoon = (half_day_of(day, minute) not in free for minute in (0, NOON))
        if morning or afternoon:
            yield Block(
                day=day,
                starts=asked.opens if morning else NOON,
                ends=asked.closes if afternoon else NOON,
                kind=kind,
            )


NOTICE = 120
"""Minutes from now before which nothing is suggested: who goes must be rung up and get there. It can be chosen."""


def _suggest(monday: date, asked: Asked, blocks: list[Block]) -> list[Slot]:
    by_day: dict[date, list[Block]] = {}
    for block in blocks:
        by_day.setdefault(block.day, []).append(block)
    found = []
    for offset in range(7):
        day = monday + timedelta(days=offset)
        if day < asked.today:
            continue
        earliest = asked.now + NOTICE if day == asked.today else 0
        found += [
            Slot(day=day, starts=starts, minutes=asked.minutes)
            for starts in _free_starts(asked, by_day.get(day, []))
            if starts >= earliest
        ]
    found.sort(key=lambda slot: (_cost(slot, asked, monday), slot.day, slot.starts))
    chosen: list[Slot] = []
    for most_a_day in (2, SUGGESTIONS):
        for slot in found:
            same_day = [other for other in chosen if other.day == slot.day]
            is_apart = all(slot.starts >= other.ends or other.starts >= slot.ends for other in same_day)
            if len(chosen) < SUGGESTIONS and len(same_day) < most_a_day and is_apart:
                chosen.append(slot)
    return chosen


def _free_starts(asked: Asked, blocks: list[Block]) -> Iterable[int]:
    """Minutes at which the visit could begin: each half hour, and as soon as a booked time allows."""
    taken = [(block.starts - _gap(asked, block), block.ends + _gap(asked, block)) for block in blocks]
    starts = {*range(-(-asked.opens // CANDIDATE_STEP) * CANDIDATE_STEP, asked.closes, CANDIDATE_STEP)}
    starts |= {-(-ends // STEP) * STEP for _, ends in taken}
    for start in sorted(starts):
        end = start + asked.minutes
        if start < asked.opens or end > asked.closes:
            continue
        if all(end <= begins or start >= ends for begins, ends in taken):
            yield start


def _gap(asked: Asked, block: Block) -> int:
    return asked.gap if block.kind is BlockKind.BOOKED else 0


def _cost(slot: Slot, asked: Asked, monday: date) -> int:
    """Minutes away from the usual or a likeable start, and two hours for each day of waiting."""
    cost = 120 * (slot.day - max(monday, asked.today)).days
    if slot.starts < REST[1] and REST[0] < slot.ends:
        cost += 90
    if asked.usual is not None and slot.day.weekday() == asked.usual[0]:
        return cost + abs(slot.starts - asked.usual[1]) - 8 * 60
    liked = MORNING_START if slot.starts < NOON else AFTERNOON_START
    return cost + abs(slot.starts - liked) + (60 if slot.starts % CANDIDATE_STEP else 0)
