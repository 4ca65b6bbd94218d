"""Queries for the desk in the morning: counts, and the worst first."""

import json
from dataclasses import dataclass
from datetime import date

from jiuliting_desk.store.asking import LAST_ASKED
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.visit_tables import SPAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that waits: which record, who, what, and the day by which it is measured."""

    record_id: int
    """Of the kind that the group is about."""
    name: str
    what: str
    day: date | None
    """Since or until when; None: never."""
    other_id: int = 0
    """The elder or provider whom it opens."""
    visits: int = 0
    """Planned visits that a certificate does not last for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some of the lines, the worst first, and how many there are in all."""

    count: int
    lines: tuple[Line, ...]


def _group(store: Store, count: str, some: str, values: dict[str, object], limit: int) -> Group:
    total = int(store.value(count, values))
    rows = store.rows(some, values | {"limit": limit}) if total else []
    return Group(
        count=total,
        lines=tuple(
            Line(
                record_id=row[0],
                name=row[1],
                what=row[2],
                day=date.fromisoformat(row[3]) if row[3] else None,
                other_id=row[4] or 0,
                visits=row[5] if len(row) > 5 else 0,
            )
            for row in rows
        ),
    )


def waiting_needs(store: Store, *, today: date, limit: int) -> Group:
    """Open needs of elders who are served, due by today, the longest waiting first."""
    # The narrow rows tell who is served; the three states are there because the index of waiting needs wants them.
    where = (
        " FROM need n CROSS JOIN elder_row r ON r.elder_id = n.elder_id"
        " WHERE n.state IN ('open', 'claimed', 'booked') AND n.state = 'open' AND n.since <= :today"
        " AND r.state = 'active'"
    )
    return _group(
        store,
        # Few are not served now: all that is open less theirs is counted in indexes alone.
        "SELECT (SELECT count(*) FROM need n WHERE n.state IN ('open', 'claimed', 'booked') AND n.state = 'open'"
        " AND n.since <= :today) - (SELECT count(*) FROM elder_row r CROSS JOIN need n ON n.elder_id = r.elder_id"
        " AND n.state = 'open' AND n.since <= :today WHERE r.state <> 'active')",
        "SELECT n.id, r.name, (SELECT name FROM category WHERE id = n.category_id) || '·' ||"
        " coalesce((SELECT name FROM compound WHERE id = r.compound_id), ''), n.since, r.elder_id"
        f"{where} ORDER BY n.since LIMIT :limit",
        {"today": today.isoformat()},
        limit,
    )


def stand_ins(store: Store, *, today: date, until: date, limit: int) -> Group:
    """Needs for which somebody is to stand in by a day and nobody is booked yet, the first day first."""
    where = (
        " FROM need n CROSS JOIN visit v ON v.id = n.stands_in_for CROSS JOIN elder_row r ON r.elder_id = n.elder_id"
        " WHERE n.stands_in_for IS NOT NULL AND n.state IN ('open', 'claimed') AND v.day BETWEEN :today AND :until"
        " AND r.state = 'active'"
    )
    return _group(
        store,
        f"SELECT count(*){where}",
        "SELECT n.id, r.name, (SELECT name FROM category WHERE id = n.category_id) || '·' ||"
        " coalesce((SELECT name FROM compound WHERE id = r.compound_id), ''), v.day, r.elder_id"
        f"{where} ORDER BY v.day, v.starts, n.id LIMIT :limit",
        {"today": today.isoformat(), "until": until.isoformat()},
        limit,
    )


def lapsing_claims(store: Store, *, until: date, limit: int) -> Group:
    """Held claims that lapse by a day, the first first."""
    where = " FROM claim c WHERE c.state = 'held' AND c.expires_on <= :until"
    return _group(
        store,
        f"SELECT count(*){where}",
        "SELECT c.id, e.name, p.name || '·' || g.name, c.expires_on, e.id FROM claim c"
        " JOIN need n ON n.id = c.need_id JOIN elder e ON e.id = n.elder_id JOIN provider p ON p.id = c.provider_id"
        " JOIN category g ON g.id = n.category_id WHERE c.state = 'held' AND c.expires_on <= :until"
        " ORDER BY c.expires_on, c.id LIMIT :limit",
        {"until": until.isoformat()},
        limit,
    )


_UNCOVERED = f"""(SELECT count(DISTINCT x.id / {SPAN}) FROM provider w
    CROSS JOIN visit_provider x ON x.provider_id = w.id AND x.state = 'planned'
        AND x.day > c.expires_on AND x.day >= :today
    CROSS JOIN visit_service s ON s.id BETWEEN x.id / {SPAN} * {SPAN} AND x.id / {SPAN} * {SPAN} + {SPAN - 1}
    JOIN category g ON g.id = s.category_id AND g.certificate_kind = c.kind
    WHERE (w.id = p.id OR w.enterprise_id = p.id) AND NOT EXISTS (SELECT 1 FROM certificate o WHERE o.kind = c.kind
        AND o.provider_id IN (w.id, w.enterprise_id) AND (o.expires_on IS NULL OR o.expires_on >= x.day)))"""
"""Visits that the holder, or a member of the enterprise that holds it, goes to when nothing covers them any more."""


def expiring_certificates(store: Store, *, until: date, today: date, limit: int) -> Group:
    """Certificates of active providers that expire by a day and have no successor, the first first, each with how many
    visits are planned for later."""
    where = (
        " FROM certificate c JOIN provider p ON p.id = c.provider_id WHERE c.expires_on <= :until"
        " AND p.state = 'active' AND NOT EXISTS (SELECT 1 FROM certificate d WHERE d.provider_id = c.provider_id"
        " AND d.kind = c.kind AND (d.expires_on IS NULL OR d.expires_on > c.expires_on))"
    )
    return _group(
        store,
        f"SELECT count(*){where}",
        f"SELECT c.id, p.name, c.kind, c.expires_on, p.id, {_UNCOVERED}"
        f"{where} ORDER BY c.expires_on, c.id LIMIT :limit",
        {"until": until.isoformat(), "today": today.isoformat()},
        limit,
    )


def unseen_elders(store: Store, *, before: date, today: date, limit: int) -> Group:
    """Active elders whom nobody has seen since a day (or since they were registered), the longest first.

    Those with a visit ahead are left out of the lines, not of the count.
    """
    where = " FROM elder e WHERE e.state = 'active' AND coalesce(e.seen_on, e.registered_on, '') < :before"
    return _group(
        store,
        f"SELECT count(*){where}",
        "SELECT e.id, e.name, coalesce((SELECT name FROM compound WHERE id = e.compound_id), ''), e.seen_on, e.id"
        f"{where} AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.elder_id = e.id AND v.day >= :today"
        " AND v.state IN ('planned', 'under_way'))"
        " ORDER BY coalesce(e.seen_on, e.registered_on, ''), e.id LIMIT :limit",
        {"before": before.isoformat(), "today": today.isoformat()},
        limit,
    )


def paused_elders(store: Store, *, before: date, limit: int) -> Group:
    """Elders who pause since a day or longer and are still to come back, the longest first, each with the reason."""
    since = "coalesce(e.state_on, e.registered_on)"
    where = (
        " FROM elder_row r CROSS JOIN elder e ON e.id = r.elder_id"
        f" WHERE r.state = 'paused' AND coalesce({since}, '') <= :before"
    )
    return _group(
        store,
        f"SELECT count(*){where}",
        f"SELECT e.id, e.name, e.state_reason, {since}, e.id{where} ORDER BY {since}, e.id LIMIT :limit",
        {"before": before.isoformat()},
        limit,
    )


def resting_series(store: Store, *, before: date, limit: int) -> Group:
    """Series that rest without an end since a day or longer, the longest first, each with what for and why.

    Only of elders who are served now. What such a series is for waits in no list: it stays with whoever comes.
    """
    where = (
        " FROM series s CROSS JOIN json_each(s.pauses) p CROSS JOIN elder_row r ON r.elder_id = s.elder_id"
        " WHERE s.ended_on IS NULL AND p.value ->> 'until' IS NULL AND p.value ->> 'since' <= :before"
        " AND r.state = 'active'"
    )
    return _group(
        store,
        f"SELECT count(*){where}",
        "SELECT s.id, r.name, trim((SELECT name FROM category WHERE id = s.services ->> '$[0].category_id') || '·' ||"
        " coalesce(p.value ->> 'reason', ''), '·'), p.value ->> 'since', r.elder_id"
        f"{where} ORDER BY p.value ->> 'since', s.id LIMIT :limit",
        {"before": before.isoformat()},
        limit,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseenElder:
    """An elder whom nobody has seen for long, and what is known of the next time."""

    elder_id: int
    name: str
    sex: str
    birth: str
    tags: tuple[str, ...]
    committee: str
    compound: str
    building: str
    unit: str
    room: str
    phone: str
    """In full, for the faces to mask."""
    seen_on: date | None
    registered_on: date | None
    called_on: date | None
    """The last day of a call with them."""
    next_visit: date | None


def all_unseen(store: Store, *, before: date, today: date, limit: int) -> list[UnseenElder]:
    """The elders of ``unseen_elders``, all of them, the longest first."""
    rows = store.rows(
        "SELECT e.id, e.name, e.sex, e.birth, e.tags, coalesce(m.name, ''), coalesce(c.name, ''), e.building, e.unit,"
        " e.room, coalesce((SELECT value ->> 'number' FROM json_each(e.phones)"
        " ORDER BY value ->> 'preferred' DESC, key LIMIT 1), ''), e.seen_on, e.registered_on,"
        " (SELECT max(date(k.at)) FROM call k WHERE k.elder_id = e.id),"
        " (SELECT min(v.day) FROM visit v WHERE v.elder_id = e.id AND v.day >= :today"
        " AND v.state IN ('planned', 'under_way'))"
        " FROM elder e LEFT JOIN committee m ON m.id = e.committee_id LEFT JOIN compound c ON c.id = e.compound_id"
        " WHERE e.state = 'active' AND coalesce(e.seen_on, e.registered_on, '') < :before"
        " ORDER BY coalesce(e.seen_on, e.registered_on, ''), e.id LIMIT :limit",
        {"before": before.isoformat(), "today": today.isoformat(), "limit": limit},
    )
    return [
        UnseenElder(
            elder_id=row[0],
            name=row[1],
            sex=row[2],
            birth=row[3],
            tags=tuple(json.loads(row[4])),
            committee=row[5],
            compound=row[6],
            building=row[7],
            unit=row[8],
            room=row[9],
            phone=row[10],
            seen_on=_day(row[11]),
            registered_on=_day(row[12]),
            called_on=_day(row[13]),
            next_visit=_day(row[14]),
        )
        for row in rows
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def unasked_providers(store: Store, *, before: date, today: date, limit: int) -> Group:
    """Active volunteers whom nobody has asked after a day, nor who joined after it, the longest first."""
    # Whom a note or a claim rules out is not looked for among all visits.
    able = (
        "p.state = 'active' AND p.kind = 'volunteer' AND max(coalesce(p.asked_on, ''), coalesce(c.day, '')) <= :before"
    )
    where = (
        f" FROM ({LAST_ASKED} WHERE {able}) a CROSS JOIN provider p ON p.id = a.id"
        " WHERE coalesce(a.day, p.joined_on, '') <= :before"
    )
    return _group(
        store,
        f"SELECT count(*){where}",
        "SELECT p.id, p.name, coalesce((SELECT name FROM compound WHERE id = p.compound_id), ''), a.day, p.id"
        f"{where} ORDER BY coalesce(a.day, p.joined_on, ''), p.id LIMIT :limit",
        {"before": before.isoformat(), "today": today.isoformat()},
        limit,
    )


def due_reviews(store: Store, *, today: date, limit: int) -> Group:
    """Lasting pairings whose review day has come, the longest due first."""
    where = " FROM pairing b WHERE b.ended_on IS NULL AND b.review_on <= :today"
    return _group(
        store,
        f"SELECT count(*){where}",
        "SELECT b.id, e.name, p.name, b.review_on, e.id FROM pairing b JOIN elder e ON e.id = b.elder_id"
        " JOIN provider p ON p.id = b.provider_id WHERE b.ended_on IS NULL AND b.review_on <= :today"
        " ORDER BY b.review_on, b.id LIMIT :limit",
        {"today": today.isoformat()},
        limit,
    )


def unrecorded_visits(store: Store, *, today: date, limit: int) -> Group:
    """Visits of days gone by of which nobody said what became of them, the oldest first."""
    where = " FROM visit v WHERE v.state IN ('planned', 'under_way') AND v.day < :today"
    return _group(
        store,
        f"SELECT count(*){where}",
        "SELECT v.id, (SELECT name FROM elder WHERE id = v.elder_id),"
        " (SELECT name FROM category WHERE id = v.services ->> '$[0].category_id'), v.day, v.elder_id"
        f"{where} ORDER BY v.day, v.starts LIMIT :limit",
        {"today": today.isoformat()},
        limit,
    )


def next_visit_day(store: Store, *, after: date) -> tuple[date, int] | None:
    """The day and minute of the first open visit after a day, or None."""
    found = store.rows(
        "SELECT day, starts FROM visit WHERE day > ? AND +state IN ('planned', 'under_way')"
        " ORDER BY day, starts LIMIT 1",
        (after.isoformat(),),
    )
    return (date.fromisoformat(found[0][0]), found[0][1]) if found else None
