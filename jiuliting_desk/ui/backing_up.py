"""A backup because somebody asked for one: made in a job, told when it is there."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions import backups
from jiuliting_desk.store import Store
from jiuliting_desk.store.backup import Backup
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.session import Session

translate = QCoreApplication.translate


def back_up_by_hand(session: Session, then: Callable[[Backup], object]) -> None:
    """Make a checked backup now; ``then`` gets it. Trouble is explained by the window."""

    def work(store: Store, progress: Progress) -> Backup:
        progress(0, 0)
        return backups.back_up(store, reason="hand")

    def done(made: Backup) -> None:
        when = labels.when(made.made_at.astimezone(session.now().tzinfo), today=session.today())
        session.say(translate("backups", "备份好了，打开核对过：{when} 那一份").format(when=when))
        then(made)

    session.run_store_job(work, title=translate("backups", "备份"), on_done=done)
