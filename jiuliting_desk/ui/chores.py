"""What the desk does by itself when a day begins: claims whose days are over lapse, pauses end, series go on, and
pages are read anew."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from jiuliting_desk.store import Store
from jiuliting_desk.store.tables import TABLES
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.session import Session

LOOK_EVERY_MS = 60_000
FIRST_LOOK_MS = 200
"""After the window opened: first it is seen, then it works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """An action of the program's own; ``due`` tells on how many records it would work."""

    due: Callable[[Store, date], int]
    action: Callable[..., Any]
    said: str
    """What the bar says, with {count}."""


def chores() -> tuple[Chore, ...]:
    """One entry more for one chore more; each is a step of history of its own and can be undone."""
    # Their actions are loaded with the first look, not with the window.
    from jiuliting_desk.actions import pairings, providers, series

    return (
        Chore(
            due=lambda store, today: len(pairings.overdue_claims(store, today=today)),
            action=pairings.lapse_claims,
            said=QT_TRANSLATE_NOOP("chores", "{count} 条认领到期没约上门，已变回“待安排”。"),
        ),
        Chore(
            due=lambda store, today: len(providers.due_back(store, today=today)),
            action=providers.resume_due,
            said=QT_TRANSLATE_NOOP("chores", "{count} 位志愿者暂停到期，已恢复。"),
        ),
        Chore(
            due=lambda store, today: series.due_visits(store, today=today),
            action=series.extend_series,
            said=QT_TRANSLATE_NOOP("chores", "定期上门又排好 {count} 次。"),
        ),
    )


class Chores(QObject):
    """Does the chores once when the window opens and once on every new day."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._done_on: date | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(FIRST_LOOK_MS, self, self.look)

    def stop(self) -> None:
        """No more chores."""
        self._timer.stop()

    def look(self) -> None:
        """Do them if this is a new day."""
        today = self.session.today()
        if self._done_on == today or self.session.is_closing or self.session.is_lent:
            return
        is_another_day, self._done_on = self._done_on is not None, today
        said = []
        for chore in chores():
            count = chore.due(self.session.store, today)
            if count and self.session.perform(chore.action, quiet=True) is not None:
                said.append(QCoreApplication.translate("chores", chore.said).format(count=count))
        if said:
            # In one breath: the bar has room for the last message only.
            self.session.say("".join(said), undo=len(said) == 1)
        if is_another_day:
            # Every page says how long, until when and which month: as true as the day on which it was read.
            self.session.changed.emit(frozenset(TABLES))
