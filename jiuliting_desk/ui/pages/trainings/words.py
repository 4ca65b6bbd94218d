"""How sessions and their rolls are put into words."""

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.trainings import Presence, TrainingSession, TrainingState

translate = QCoreApplication.translate

STATE_LOOK: dict[TrainingState, tuple[str, str]] = {
    TrainingState.PLANNED: ("calendar-check", "info"),
    TrainingState.HELD: ("circle-check", "ok"),
    TrainingState.CANCELLED: ("minus", "ink3"),
}
"""Icon and tone of each state."""

PRESENCE_LOOK: dict[Presence, tuple[str, str]] = {
    Presence.INVITED: ("circle-dashed", "ink3"),
    Presence.CAME: ("circle-check", "ok"),
    Presence.ABSENT: ("user-x", "bad"),
    Presence.EXCUSED: ("circle-slash", "ink2"),
}
"""Icon and tone of what the roll call found."""

PRESENCE_KEYS: tuple[tuple[str, Presence], ...] = (
    ("1", Presence.CAME),
    ("2", Presence.ABSENT),
    ("3", Presence.EXCUSED),
    ("0", Presence.INVITED),
)
"""The digit for each."""


def hours(minutes: int) -> str:
    """1.5 小时, 45 分钟."""
    if minutes % 30:
        return translate("trainings", "{minutes} 分钟").format(minutes=minutes)
    return translate("trainings", "{hours:g} 小时").format(hours=minutes / 60)


def times(session: TrainingSession) -> str:
    """14:00–16:00."""
    return f"{time_text(session.starts)}–{time_text(session.starts + session.minutes)}"
