"""Trainings and salons: planned, held, the roll called; hours in the volunteers' records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.trainings import Attendance, Presence, TrainingSession
from jiuliting_desk.store import Store
from jiuliting_desk.store import trainings as queries
from jiuliting_desk.store.trainings import ProviderHours, ServiceDone, SessionLine, TrainingDone


@dataclass(frozen=True, slots=True, kw_only=True)
class RollLine:
    """One provider on the roll of a session."""

    attendance: Attendance
    name: str
    number: str
    enterprise: str = ""
    phone: str = ""


def plan_training(store: Store, *, session: TrainingSession, today: date) -> TrainingSession:
    """A new session. Raises Missing and BadNumber."""
    del today
    saved = store.add(replace(session.checked(), id=0))
    store.running.about = saved.topic
    return saved


def edit_training(store: Store, *, session: TrainingSession, today: date) -> TrainingSession:
    """A session as the form has it; those given its whole length follow when it changes.

    Raises Missing, BadNumber and NotThere.
    """
    del today
    before = store.get(TrainingSession, session.id)
    saved = store.update(session.checked())
    store.running.about = saved.topic
    if saved.minutes != before.minutes:
        for row in store.where(Attendance, session_id=saved.id, presence=Presence.CAME):
            if row.minutes == before.minutes:
                store.update(row.called(Presence.CAME, minutes=saved.minutes))
    return saved


def cancel_training(store: Store, *, session_id: int, reason: str, today: date) -> TrainingSession:
    """The session will not take place. Raises Missing, WrongState."""
    del today
    session = store.get(TrainingSession, session_id)
    store.running.about = session.topic
    return store.update(session.cancelled(reason=reason))


def replan_training(store: Store, *, session_id: int, today: date) -> TrainingSession:
    """A cancelled session will take place after all. Raises WrongState."""
    del today
    session = store.get(TrainingSession, session_id)
    store.running.about = session.topic
    return store.update(session.replanned())


def invite(store: Store, *, session_id: int, provider_ids: Sequence[int], today: date) -> list[Attendance]:
    """Put providers on the roll; those on it already stay as they are."""
    del today
    session = store.get(TrainingSession, session_id)
    known = {one.provider_id for one in store.where(Attendance, session_id=session_id)}
    store.running.about = f"{session.topic}　{len(provider_ids)} 人"
    return [
        store.add(Attendance(session_id=session_id, provider_id=provider_id))
        for provider_id in dict.fromkeys(provider_ids)
        if provider_id not in known
    ]


def strike_from_roll(store: Store, *, attendance_id: int, today: date) -> None:
    """Take somebody off the roll. Raises NotThere."""
    del today
    attendance = store.get(Attendance, attendance_id)
    store.running.about = store.get(TrainingSession, attendance.session_id).topic
    store.remove(attendance)


def call_roll(
    store: Store,
    *,
    session_id: int,
    presences: Mapping[int, Presence],
    today: date,
    minutes: Mapping[int, int] | None = None,
) -> list[Attendance]:
    """Who came, by provider id; they are given the session's minutes, or their own. The session was held.

    Whoever came without being on the roll is put on it. Raises WrongState, DateOrder for a day to come, BadNumber.
    """
    session = store.get(TrainingSession, session_id)
    held = store.update(session.held(today=today))
    known = {one.provider_id: one for one in store.where(Attendance, session_id=session_id)}
    given = minutes or {}
    called = []
    for provider_id, presence in presences.items():
        before = known.get(provider_id) or store.add(Attendance(session_id=session_id, provider_id=provider_id))
        called.append(store.update(before.called(presence, minutes=given.get(provider_id, held.minutes))))
    came = sum(presence is Presence.CAME for presence in presences.values())
    store.running.about = f"{held.topic}　{came} 人到"
    return called


def roll(store: Store, *, session_id: int) -> list[RollLine]:
    """Everybody on the roll of a session, by name."""
    rows = store.where(Attendance, session_id=session_id)
    providers = store.get_many(Provider, [row.provider_id for row in rows])
    firms = store.get_many(Provider, [one.enterprise_id for one in providers.values() if one.enterprise_id])
    found = []
    for row in rows:
        one = providers[row.provider_id]
        firm = firms.get(one.enterprise_id or 0)
        found.append(
            RollLine(
                attendance=row,
                name=one.name,
                number=one.number,
                enterprise=firm.name if firm else "",
                phone=one.phone,
            )
        )
    return sorted(found, key=lambda line: (line.number, line.name, line.attendance.id))


def sessions(store: Store, *, first: date, last: date) -> list[SessionLine]:
    """The sessions of some days with how many are on the roll and came, the latest first."""
    return queries.sessions(store, first, last)


def hours_of(store: Store, *, provider_id: int, first: date | None = None, last: date | None = None) -> ProviderHours:
    """What counts in a volunteer's record between two days: visits and trainings, with their minutes."""
    return queries.hours_of(store, provider_id, first or date.min, last or date.max)


def services_of(
    store: Store, *, provider_id: int, first: date | None = None, last: date | None = None
) -> list[ServiceDone]:
    """What the visits of a provider were for, the most frequent first."""
    return queries.services_of(store, provider_id, first or date.min, last or date.max)


def trainings_of(
    store: Store, *, provider_id: int, first: date | None = None, last: date | None = None
) -> list[TrainingDone]:
    """The sessions that a provider came to, the latest first."""
    return queries.trainings_of(store, provider_id, first or date.min, last or date.max)
