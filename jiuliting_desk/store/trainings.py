"""Queries about trainings, and about what stands in a volunteer's record."""

from dataclasses import dataclass
from datetime import date

from jiuliting_desk.model.trainings import TrainingSession
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped
from jiuliting_desk.store.visit_tables import SPAN


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session with the counts of its roll."""

    session: TrainingSession
    on_roll: int
    came: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderHours:
    """What a provider did: counts, and minutes."""

    visits: int
    visit_minutes: int
    elders: int
    trainings: int
    training_minutes: int

    @property
    def minutes(self) -> int:
        """All minutes of the record."""
        return self.visit_minutes + self.training_minutes


def sessions(store: Store, first: date, last: date) -> list[SessionLine]:
    """The sessions of some days, the latest first."""
    return _lines(
        store,
        "t.day BETWEEN :first AND :last ORDER BY t.day DESC, t.starts DESC",
        {"first": first.isoformat(), "last": last.isoformat()},
    )


def gatherings(store: Store, *, last: date) -> list[SessionLine]:
    """Planned sessions up to a day, the earliest first; those of days gone by have no roll yet."""
    return _lines(store, "t.state = 'planned' AND t.day <= :last ORDER BY t.day, t.starts", {"last": last.isoformat()})


def _lines(store: Store, where: str, values: dict[str, object]) -> list[SessionLine]:
    table = mapped(TrainingSession)
    names = ", ".join(f"t.{column}" for column in table.columns)
    width = len(table.columns)
    condition, _, order = where.partition(" ORDER BY ")
    return [
        SessionLine(session=table.record(row[:width]), on_roll=row[width], came=row[width + 1] or 0)
        for row in store.rows(
            f"SELECT {names}, count(a.id), sum(a.presence = 'came') FROM training t"
            f" LEFT JOIN attendance a ON a.session_id = t.id WHERE {condition} GROUP BY t.id ORDER BY {order}",
            values,
        )
    ]


def uncalled_count(store: Store, *, today: date) -> int:
    """How many planned sessions have come whose roll was not called."""
    return int(store.value("SELECT count(*) FROM training WHERE state = 'planned' AND day <= ?", (today.isoformat(),)))


def hours_of(store: Store, provider_id: int, first: date, last: date) -> ProviderHours:
    """Visits that took place and sessions attended by one provider between two days."""
    days = (provider_id, first.isoformat(), last.isoformat())
    visits, minutes, elders = store.rows(
        "SELECT count(*), coalesce(sum(p.minutes), 0), count(DISTINCT v.elder_id) FROM visit_provider p"
        f" JOIN visit v ON v.id = p.id / {SPAN} WHERE p.provider_id = ? AND p.day BETWEEN ? AND ? AND p.state = 'done'",
        days,
    )[0]
    trainings, training_minutes = store.rows(
        "SELECT count(*), coalesce(sum(a.minutes), 0) FROM attendance a JOIN training t ON t.id = a.session_id"
        " WHERE a.provider_id = ? AND t.day BETWEEN ? AND ? AND a.presence = 'came'",
        days,
    )[0]
    return ProviderHours(
        visits=visits,
        visit_minutes=minutes,
        elders=elders,
        trainings=trainings,
        training_minutes=training_minutes,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDone:
    """What a provider did of one service: visits, their share of the minutes on site, first and last day."""

    category: str
    visits: int
    minutes: int
    first: date
    last: date


def services_of(store: Store, provider_id: int, first: date, last: date) -> list[ServiceDone]:
    """The services of one provider's visits between two days, the most frequent first.

    A visit of two services counts once in each; the minutes of all lines sum to those of ``hours_of``.
    """
    rows = store.rows(
        f"SELECT g.name, count(DISTINCT s.id / {SPAN}), sum(s.minutes), min(s.day), max(s.day) FROM visit_provider p"
        f" JOIN visit_service s ON s.id BETWEEN p.id / {SPAN} * {SPAN} AND p.id / {SPAN} * {SPAN} + {SPAN - 1}"
        " JOIN category g ON g.id = s.category_id WHERE p.provider_id = ? AND p.day BETWEEN ? AND ?"
        " AND p.state = 'done' GROUP BY s.category_id ORDER BY 2 DESC, g.position",
        (provider_id, first.isoformat(), last.isoformat()),
    )
    return [
        ServiceDone(
            category=row[0],
            visits=row[1],
            minutes=row[2],
            first=date.fromisoformat(row[3]),
            last=date.fromisoformat(row[4]),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDone:
    """A session that a provider came to."""

    session: TrainingSession
    minutes: int


def trainings_of(store: Store, provider_id: int, first: date, last: date) -> list[TrainingDone]:
    """The sessions that one provider came to between two days, the latest first."""
    table = mapped(TrainingSession)
    names = ", ".join(f"t.{column}" for column in table.columns)
    width = len(table.columns)
    rows = store.rows(
        f"SELECT {names}, a.minutes FROM attendance a JOIN training t ON t.id = a.session_id"
        " WHERE a.provider_id = ? AND t.day BETWEEN ? AND ? AND a.presence = 'came' ORDER BY t.day DESC, t.starts DESC",
        (provider_id, first.isoformat(), last.isoformat()),
    )
    return [TrainingDone(session=table.record(row[:width]), minutes=row[width]) for row in rows]
