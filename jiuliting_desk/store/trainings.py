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
    table = mapped(TrainingSession)
    names = ", ".join(f"t.{column}" for column in table.columns)
    width = len(table.columns)
    return [
        SessionLine(session=table.record(row[:width]), on_roll=row[width], came=row[width + 1] or 0)
        for row in store.rows(
            f"SELECT {names}, count(a.id), sum(a.presence = 'came') FROM training t"
            " LEFT JOIN attendance a ON a.session_id = t.id WHERE t.day BETWEEN ? AND ?"
            " GROUP BY t.id ORDER BY t.day DESC, t.starts DESC",
            (first.isoformat(), last.isoformat()),
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
