"""What the desk does by itself when a day begins: claims whose days are over lapse, pauses end, series go on, and
pages are read anew. When it begins they ask to mind a clock that is behind the file, and look through the file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from jiuliting_desk.store import StorageTrouble, Store, Trouble
from jiuliting_desk.store.tables import TABLES
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.session import Session

LOOK_EVERY_MS = 60_000
FIRST_LOOK_MS = 200
"""After the window opened: first it is seen, then it works."""
SMALL_BYTES = 8_000_000
"""A file that is looked through before anybody notices; a larger one takes a job."""


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
    from jiuliting_desk.actions import pairings, providers, series, series_away, stand_ins

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
            due=lambda store, today: len(stand_ins.days_gone(store, today=today)),
            action=stand_ins.lapse_stand_ins,
            said=QT_TRANSLATE_NOOP("chores", "{count} 次没有找到人代去，那天已过，不再找了。"),
        ),
        Chore(
            due=lambda store, today: series.due_visits(store, today=today),
            action=series.extend_series,
            said=QT_TRANSLATE_NOOP("chores", "定期上门又排好 {count} 次。"),
        ),
        Chore(
            due=lambda store, today: len(series_away.away_days(store, today=today)),
            action=series_away.seek_for_away,
            said=QT_TRANSLATE_NOOP("chores", "定期去的人还没回来，又有 {count} 次找人代去。"),
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
        if not is_another_day:
            self._mind_the_clock(today)
        said = []
        for chore in chores():
            count = chore.due(self.session.store, today)
            if count and self.session.perform(chore.action, quiet=True) is not None:
                said.append(QCoreApplication.translate("chores", chore.said).format(count=count))
        if said:
            # In one breath: the bar has room for the last message only.
            self.session.say("".join(said), undo=len(said) == 1)
        if not is_another_day:
            self._look_through()
        if is_another_day:
            # Every page says how long, until when and which month: as true as the day on which it was read.
            self.session.changed.emit(frozenset(TABLES))

    def _look_through(self) -> None:
        """Damage is told on the day it happens, not on the day that somebody wants to see what lay there."""

        def problems(store: Store, _progress: Progress | None = None) -> list[str] | StorageTrouble:
            try:
                return store.problems()
            except StorageTrouble as trouble:
                return trouble

        store = self.session.store
        try:
            size = store.path.stat().st_size
        except OSError as error:
            self._tell_problems(StorageTrouble(Trouble.IO, path=str(store.path), detail=str(error)))
            return
        if size <= SMALL_BYTES:
            self._tell_problems(problems(store))
        else:
            title = QCoreApplication.translate("chores", "核对资料")
            self.session.run_store_job(problems, title=title, on_done=self._tell_problems)

    def _tell_problems(self, found: list[str] | StorageTrouble) -> None:
        if isinstance(found, StorageTrouble):
            self.session.troubled.emit(found)
        elif found:
            path, detail = str(self.session.store.path), "; ".join(found[:3])
            self.session.troubled.emit(StorageTrouble(Trouble.DAMAGED, path=path, detail=detail))

    def _mind_the_clock(self, today: date) -> None:
        """A computer that stood without power may think that it is years ago: nobody waits then, nothing is due."""
        last = self.session.store.undoable()
        if last is None or last.at.astimezone().date() <= today:
            return
        words = QCoreApplication.translate(
            "chores",
            "电脑上今天是 {today}，可是资料里 {day} 已经做过事。日期不对，谁在等、什么到期、记下的日子都会跟着错。",
        )
        question = Question(
            title=QCoreApplication.translate("chores", "先核对电脑的日期"),
            text=words.format(today=labels.day(today), day=labels.day(last.at.astimezone().date())),
            choices=(Choice("", QCoreApplication.translate("chores", "知道了，去核对日期"), "primary"),),
            tone="warn",
        )
        self.session.dialogs.ask(question, lambda _key, _text: None)
