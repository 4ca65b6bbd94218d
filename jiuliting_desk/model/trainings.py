"""Trainings and salons, and who came."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.errors import BadNumber, DateOrder, Missing, WrongState


class TrainingKind(StrEnum):
    """培训 or 沙龙."""

    TRAINING = "training"
    SALON = "salon"


class TrainingState(StrEnum):
    """planned -> held, or cancelled."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSession:
    """One training or salon."""

    id: int = 0
    kind: TrainingKind = TrainingKind.TRAINING
    topic: str
    day: date
    starts: int = 14 * 60
    """Minute of the day."""
    minutes: int = 120
    """What it counts for in the volunteer's record."""
    place: str = ""
    speaker: str = ""
    state: TrainingState = TrainingState.PLANNED
    reason: str = ""
    notes: str = ""

    def checked(self) -> Self:
        """The same, tidied. Raises Missing and BadNumber."""
        if not self.topic.strip():
            raise Missing(field="topic")
        if not 10 <= self.minutes <= 900:
            raise BadNumber(field="minutes", text=str(self.minutes), lowest=10, highest=900)
        if not 0 <= self.starts < 24 * 60:
            raise BadNumber(field="starts", text=str(self.starts), lowest=0, highest=24 * 60 - 1)
        return replace(self, topic=self.topic.strip(), place=self.place.strip(), speaker=self.speaker.strip())

    def held(self, *, today: date) -> Self:
        """It took place. Raises WrongState once it was cancelled, DateOrder for a day to come."""
        if self.state is TrainingState.CANCELLED:
            raise WrongState(kind="training", state=self.state, wanted=TrainingState.HELD)
        if self.day > today:
            raise DateOrder(field="day", begins=self.day, ends=today)
        return replace(self, state=TrainingState.HELD)

    def cancelled(self, *, reason: str) -> Self:
        """It will not take place. Raises Missing, and WrongState unless it is planned."""
        if self.state is not TrainingState.PLANNED:
            raise WrongState(kind="training", state=self.state, wanted=TrainingState.CANCELLED)
        if not reason.strip():
            raise Missing(field="reason")
        return replace(self, state=TrainingState.CANCELLED, reason=reason.strip())

    def replanned(self) -> Self:
        """It will take place after all. Raises WrongState unless it was cancelled."""
        if self.state is not TrainingState.CANCELLED:
            raise WrongState(kind="training", state=self.state, wanted=TrainingState.PLANNED)
        return replace(self, state=TrainingState.PLANNED, reason="")


class Presence(StrEnum):
    """What the roll call found."""

    INVITED = "invited"
    CAME = "came"
    ABSENT = "absent"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One provider at one session."""

    id: int = 0
    session_id: int
    provider_id: int
    presence: Presence = Presence.INVITED
    minutes: int = 0
    """Counted in the volunteer's record; 0 unless they came."""

    def called(self, presence: Presence, *, minutes: int) -> Self:
        """What the roll call found; only those who came are given minutes. Raises BadNumber."""
        if not 0 <= minutes <= 900:
            raise BadNumber(field="minutes", text=str(minutes), lowest=0, highest=900)
        return replace(self, presence=presence, minutes=minutes if presence is Presence.CAME else 0)
