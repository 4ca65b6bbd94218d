"""What the matching looks at, read in a few queries: who waits, and what each provider's month holds already."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jiuliting_desk.model.dates import add_months, half_day_of
from jiuliting_desk.model.elders import Elder, Sex
from jiuliting_desk.model.months import last_day
from jiuliting_desk.model.needs import HALVES, WEEKDAYS, Rhythm, Urgency
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store.expected import expected_visits
from jiuliting_desk.store.loads import TAKEN_IN_MONTH, VISITS_PER_MONTH, month_loads
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped
from jiuliting_desk.store.visit_tables import SPAN


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingNeed:
    """An open need with what the desk shows of its elder."""

    id: int
    elder_id: int
    category_id: int
    urgency: Urgency
    rhythm: Rhythm
    quantity: int
    visits: int
    """In a month of four weeks."""
    half_days: tuple[int, ...]
    wishes: str
    wants_sex: str
    wants_dialect: bool
    since: date
    only_on: date | None
    """The day on which somebody is to go in place of another, None for a need of its own."""
    elder: str
    sex: Sex
    birth: str
    committee_id: int
    compound_id: int
    compound: str
    building: str
    unit: str
    room: str
    floor: int | None
    without_lift: bool
    language: str
    refuses_sex: Sex

    @property
    def repeats(self) -> bool:
        """Whether it comes back, so that a lasting pairing is wanted."""
        return self.rhythm is not Rhythm.ONCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which of the waiting needs are looked at together."""

    committee_id: int | None = None
    """Only those of its elders."""
    most: int | None = None
    """At most so many: the most urgent, then the longest waiting."""
    besides: frozenset[int] = frozenset()
    """Needs that are looked at whether they fall into that or not, as long as they wait."""


ALL = Scope()

_OPEN = "n.state IN ('open', 'claimed', 'booked') AND n.state = 'open' AND n.since <= :today"
"""The three states are there because the index of waiting needs wants them."""
_WAITS = f"{_OPEN} AND e.state = 'active'"

_WAITING = f"""SELECT n.id, n.elder_id, n.category_id, n.urgency, n.rhythm, n.quantity, {VISITS_PER_MONTH}, n.half_days,
    n.wishes, n.wants_sex, n.wants_dialect, n.since, e.name, e.sex, e.birth, coalesce(e.committee_id, 0),
    coalesce(e.compound_id, 0), coalesce(c.name, ''), e.building, e.unit, e.room, e.floor, e.without_lift, e.language,
    e.refuses_sex, v.day
    FROM need n JOIN elder e ON e.id = n.elder_id LEFT JOIN compound c ON c.id = e.compound_id
    LEFT JOIN visit v ON v.id = n.stands_in_for"""


def waiting_needs(store: Store, *, today: date, scope: Scope = ALL) -> list[WaitingNeed]:
    """Open needs, due by today, of elders who are served now; the longest waiting first."""
    chosen = (
        f"SELECT n.id FROM need n CROSS JOIN elder e ON e.id = n.elder_id WHERE {_WAITS}"
        " AND coalesce(e.committee_id = :committee, :committee IS NULL)"
        f" ORDER BY n.urgency <> '{Urgency.URGENT}', n.since, n.id LIMIT :most"
    )
    besides = (
        "SELECT n.id FROM json_each(:besides) b CROSS JOIN need n ON n.id = b.value"
        " CROSS JOIN elder e ON e.id = n.elder_id"
    )
    rows = store.rows(
        f"{_WAITING} WHERE n.id IN (SELECT id FROM ({chosen}) UNION {besides} WHERE {_WAITS}) ORDER BY n.since, n.id",
        {
            "today": today.isoformat(),
            "committee": scope.committee_id,
            "most": -1 if scope.most is None else scope.most,
            "besides": json.dumps(sorted(scope.besides)),
        },
    )
    return [_waiting(row) for row in rows]


def waiting_of_elder(store: Store, elder_id: int, *, today: date) -> list[int]:
    """The ids of an elder's needs that ``waiting_needs`` would give, the longest waiting first."""
    rows = store.rows(
        f"SELECT n.id FROM need n JOIN elder e ON e.id = n.elder_id WHERE n.elder_id = :elder AND {_WAITS}"
        " ORDER BY n.since, n.id",
        {"elder": elder_id, "today": today.isoformat()},
    )
    return [row[0] for row in rows]


def waiting_by_committee(store: Store, *, today: date) -> list[tuple[int, str, int]]:
    """(id, name, waiting needs) of each residents' committee where somebody waits, by name."""
    rows = store.rows(
        "SELECT c.id, c.name, x.waiting FROM (SELECT e.committee_id AS id, count(*) AS waiting FROM need n"
        f" JOIN elder e ON e.id = n.elder_id WHERE {_WAITS} GROUP BY 1) x JOIN committee c ON c.id = x.id"
        " ORDER BY c.name, c.id",
        {"today": today.isoformat()},
    )
    return [(committee_id, name, waiting) for committee_id, name, waiting in rows]


def _waiting(row: Sequence[Any]) -> WaitingNeed:
    (
        need_id, elder_id, category_id, urgency, rhythm, quantity, visits, half_days, wishes, wants_sex, wants_dialect,
        since, elder, sex, birth, committee_id, compound_id, compound, building, unit, room, floor, without_lift,
        language, refuses_sex, only_on,
    ) = row  # fmt: skip
    return WaitingNeed(
        id=need_id,
        elder_id=elder_id,
        category_id=category_id,
        urgency=Urgency(urgency),
        rhythm=Rhythm(rhythm),
        quantity=quantity,
        visits=visits,
        half_days=tuple(json.loads(half_days)),
        wishes=wishes,
        wants_sex=wants_sex,
        wants_dialect=bool(wants_dialect),
        since=date.fromisoformat(since),
        only_on=None if only_on is None else date.fromisoformat(only_on),
        elder=elder,
        sex=Sex(sex),
        birth=birth,
        committee_id=committee_id,
        compound_id=compound_id,
        compound=compound,
        building=building,
        unit=unit,
        room=room,
        floor=floor,
        without_lift=bool(without_lift),
        language=language,
        refuses_sex=Sex(refuses_sex),
    )


def count_waiting(
    store: Store, *, today: date, committee_id: int | None = None, days: tuple[date, date] | None = None
) -> int:
    """How many needs ``waiting_needs`` gives without a limit, of all elders or of those of one committee.

    Of those for one day only such whose day is among ``days``, from the first to the last.
    """
    values = {"today": today.isoformat(), "committee": committee_id}
    if days is not None:
        first, last = days
        elsewhere = (
            "SELECT count(*) FROM need d CROSS JOIN need n ON n.id = d.id CROSS JOIN elder e ON e.id = n.elder_id"
            f" CROSS JOIN visit v ON v.id = d.stands_in_for WHERE d.stands_in_for > 0 AND {_WAITS}"
            " AND coalesce(e.committee_id = :committee, :committee IS NULL) AND v.day NOT BETWEEN :first AND :last"
        )
        others = store.value(elsewhere, values | {"first": first.isoformat(), "last": last.isoformat()})
        return count_waiting(store, today=today, committee_id=committee_id) - int(others)
    # Without the three states: these are found by their elder.
    of_elders = (
        "SELECT count(*) FROM elder_row r CROSS JOIN need n"
        " ON n.elder_id = r.elder_id AND n.state = 'open' AND n.since <= :today WHERE"
    )
    if committee_id is not None:
        return int(store.value(f"{of_elders} r.state = 'active' AND r.committee_id = :committee", values))
    # Few are not served now: all that is open less theirs is counted in indexes alone.
    return int(
        store.value(f"SELECT (SELECT count(*) FROM need n WHERE {_OPEN}) - ({of_elders} r.state <> 'active')", values)
    )


@dataclass(slots=True, kw_only=True)
class MonthOfProvider:
    """What a provider's month holds already."""

    visits: int = 0
    minutes: int = 0
    half_days: list[int] = field(default_factory=lambda: [0] * (WEEKDAYS * HALVES))
    """Planned visits for each half-day of the week."""
    undated: list[tuple[tuple[int, ...], int]] = field(default_factory=list)
    """Of each need taken that no series meets: the half-days wanted, and the month's visits that have no day yet."""
    elders: set[int] = field(default_factory=set)


_TAKEN = f"""SELECT n.claimed_by, n.elder_id, n.half_days, CASE
    WHEN n.id IN (SELECT j.value ->> 'need_id' FROM series r, json_each(r.services) j WHERE r.ended_on IS NULL) THEN 0
    ELSE {VISITS_PER_MONTH} - (SELECT count(DISTINCT s.id / {SPAN}) FROM visit_service s WHERE s.need_id = n.id
        AND s.state IN ('planned', 'under_way', 'done') AND s.day >= :first AND s.day < :next) END
FROM need n WHERE {TAKEN_IN_MONTH} ORDER BY n.id"""


def months_of_providers(store: Store, *, month: date) -> dict[int, MonthOfProvider]:
    """For each provider: needs claimed or booked, and the month's visits for other needs, done ones among them.

    Visits that series will have in the month count too, where they are not planned yet.
    """
    first = month.replace(day=1)
    days = (first.isoformat(), add_months(first, 1).isoformat())
    found: dict[int, MonthOfProvider] = {}

    def of(provider_id: int) -> MonthOfProvider:
        return found.setdefault(provider_id, MonthOfProvider())

    for provider_id, load in month_loads(store, month=month, ahead=True).items():
        of(provider_id).visits = load.visits
        of(provider_id).minutes = load.minutes
    for provider_id, elder_id, half_days, undated in store.rows(_TAKEN, {"first": days[0], "next": days[1]}):
        of(provider_id).elders.add(elder_id)
        if undated > 0:
            of(provider_id).undated.append((tuple(json.loads(half_days)), undated))
    for provider_id, elder_id, state, day, starts in store.rows(
        "SELECT p.provider_id, v.elder_id, p.state, v.day, v.starts FROM visit v JOIN visit_provider p"
        f" ON p.id BETWEEN v.id * {SPAN} AND v.id * {SPAN} + {SPAN - 1} WHERE v.day >= ? AND v.day < ?"
        " AND p.state IN ('planned', 'under_way', 'done')",
        days,
    ):
        of(provider_id).elders.add(elder_id)
        if state != "done":
            of(provider_id).half_days[half_day_of(date.fromisoformat(day), starts)] += 1
    for series, ahead in expected_visits(store, first=first, last=last_day(first)):
        for provider_id in series.provider_ids:
            of(provider_id).elders.add(series.elder_id)
            of(provider_id).half_days[half_day_of(ahead, series.starts)] += 1
    return found


def beginning_later(store: Store, *, first: date) -> list[int]:
    """Providers who hold claims of needs that come back, to begin with on a day or later."""
    rows = store.rows(
        "SELECT DISTINCT h.provider_id FROM claim h CROSS JOIN need n ON n.id = h.need_id AND n.rhythm <> 'once'"
        " WHERE h.state = 'held' AND h.begins_on >= ? ORDER BY 1",
        (first.isoformat(),),
    )
    return [row[0] for row in rows]


_DONE_FOR_CLAIMS = f"""SELECT h.need_id, substr(p.day, 1, 7), count(DISTINCT p.id), sum(p.minutes)
FROM claim h CROSS JOIN visit_service s ON s.need_id = h.need_id AND s.state = 'done' AND s.day >= ?
CROSS JOIN visit_provider p ON p.id BETWEEN s.id / {SPAN} * {SPAN} AND s.id / {SPAN} * {SPAN} + {SPAN - 1}
    AND p.provider_id = h.provider_id AND p.state = 'done'
WHERE h.state = 'held' GROUP BY 1, 2"""


def done_for_claims(store: Store, *, since: date) -> dict[tuple[int, str], tuple[int, int]]:
    """What holders of claims have done for their need from a day on: visits and minutes, by need and month, 2026-03."""
    rows = store.rows(_DONE_FOR_CLAIMS, (since.isoformat(),))
    return {(need_id, month): (visits, minutes) for need_id, month, visits, minutes in rows}


_IS_HELD_ALONE = f"""n.claimed_by IS NOT NULL AND n.state IN ('claimed', 'booked') AND NOT EXISTS (
    SELECT 1 FROM visit_service s WHERE s.need_id = n.id AND (
        (s.state = 'under_way' AND n.rhythm = 'once') OR (s.state = 'planned' AND EXISTS (
            SELECT 1 FROM visit_provider p WHERE p.provider_id <> n.claimed_by
                AND p.id BETWEEN s.id / {SPAN} * {SPAN} AND s.id / {SPAN} * {SPAN} + {SPAN - 1}))))"""

_HELD_ALONE = f"SELECT n.claimed_by, count(*) FROM need n WHERE {_IS_HELD_ALONE} GROUP BY n.claimed_by"

# The comparison with 0 finds the few by their index.
_SINGLE_DAYS = f"""SELECT DISTINCT n.claimed_by, d.id FROM need d CROSS JOIN visit_service t
    ON t.id BETWEEN d.stands_in_for * {SPAN} AND d.stands_in_for * {SPAN} + {SPAN - 1}
CROSS JOIN need n ON n.id = t.need_id AND n.rhythm <> 'once' AND n.category_id = d.category_id
WHERE d.stands_in_for > 0 AND +d.state IN ('open', 'claimed') AND {_IS_HELD_ALONE} ORDER BY +d.id"""


def held_needs(store: Store) -> dict[int, int]:
    """How many needs of each provider nobody would go to without them; those with none are left out."""
    return dict(store.rows(_HELD_ALONE))


# The plus and the CROSS JOINs keep the order: by elder, then by the visit's own rows. Left to itself SQLite makes an
# index of all visits' states for each elder, which takes minutes at 500,000 visits.
TIMES_SERVED = (
    "SELECT v.elder_id, p.provider_id, count(*) FROM json_each(?) o"
    " CROSS JOIN visit v ON v.elder_id = o.value AND v.state = 'done' CROSS JOIN visit_provider p"
    f" ON p.id BETWEEN v.id * {SPAN} AND v.id * {SPAN} + {SPAN - 1} AND +p.state = 'done'"
    " GROUP BY v.elder_id, p.provider_id"
)


def times_served(store: Store, elder_ids: Iterable[int]) -> list[tuple[int, int, int]]:
    """(elder, provider, visits that took place) for these elders."""
    rows = store.rows(TIMES_SERVED, (json.dumps(sorted(set(elder_ids))),))
    return [(elder_id, provider_id, times) for elder_id, provider_id, times in rows]


def served_on(store: Store, need_ids: Iterable[int], *, day: date) -> frozenset[int]:
    """Those of the needs for which a visit was written down as done on a day."""
    rows = store.rows(
        "SELECT DISTINCT s.need_id FROM json_each(:needs) j CROSS JOIN visit_service s ON s.need_id = j.value"
        f" AND s.state = 'done' CROSS JOIN visit v ON v.id = s.id / {SPAN} WHERE v.ended_on = :day",
        {"needs": json.dumps(sorted(need_ids)), "day": day.isoformat()},
    )
    return frozenset(row[0] for row in rows)


def pausing(store: Store) -> tuple[dict[int, date | None], frozenset[int]]:
    """Providers who pause now and until when, None where nobody said; and the elders who do."""
    rows = store.rows("SELECT id, resume_on FROM provider WHERE state = 'paused'")
    providers = {row[0]: date.fromisoformat(row[1]) if row[1] else None for row in rows}
    return providers, frozenset(row[0] for row in store.rows("SELECT elder_id FROM elder_row WHERE state = 'paused'"))


def single_days(store: Store) -> dict[int, list[int]]:
    """By provider the needs for single days of ``held_needs``, for which somebody is still sought."""
    found: dict[int, list[int]] = {}
    for provider_id, need_id in store.rows(_SINGLE_DAYS):
        found.setdefault(provider_id, []).append(need_id)
    return found


def names_of(store: Store, record_class: type[Elder | Provider], ids: Iterable[int]) -> dict[int, str]:
    """The names of these elders or providers by id, without reading the records."""
    table = mapped(record_class).table
    listed = (json.dumps(sorted(set(ids))),)
    return dict(store.rows(f"SELECT r.id, r.name FROM json_each(?) j JOIN {table} r ON r.id = j.value", listed))
