"""The panel at the bottom right of 今日: how the backup stands, and one made at once."""

from PySide6.QtWidgets import QFrame, QLabel

from jiuliting_desk.actions import backups
from jiuliting_desk.store.backup import Backup, backup_folder
from jiuliting_desk.ui import icons, labels, theme
from jiuliting_desk.ui.backing_up import back_up_by_hand
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row
from jiuliting_desk.ui.widgets.text import label


class BackupFoot(QFrame):
    """Green with its time where today has a backup, amber where it has none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("surface", "foot")
        self._session = session
        self._mark = QLabel()
        self.words = label("", "strong")
        self.more = label("", "cap", wrap=True)
        self.now_button = button(self.tr("立即备份"), self.back_up, icon="database-backup")
        first = row(self._mark, self.words, STRETCH, self.now_button, gap=8)
        self.setLayout(column(first, self.more, margins=(10, 16), gap=4))
        # Backups are made in jobs that have the file: by the clock, by hand here or in the settings, before an import.
        session.lent_changed.connect(self._on_lent_changed)

    def refresh(self) -> None:
        """Look at the backups."""
        if self._session.is_lent:
            return
        now = self._session.now()
        today = now.date()
        standing = backups.standing(self._session.store, now=now)
        last = standing.last
        if last is None:
            words, more = self.tr("还没有备份"), self.tr("做一份只要一两秒。")
        else:
            when = labels.when(last.made_at.astimezone(now.tzinfo), today=today)
            if standing.is_of_today:
                words = self.tr("{when} 已备份").format(when=when)
                more = self.tr("打开核对过，存在“{folder}”。").format(
                    folder=backup_folder(self._session.store.path).name
                )
                if standing.steps_since:
                    more += self.tr("之后又做了 {count} 步。").format(count=standing.steps_since)
            else:
                words = self.tr("今天还没有备份")
                more = self.tr("最近一份好的是 {when}。").format(when=when)
        if standing.is_second_due:
            more += self.tr("第二个地方该放一份了。")
        is_well = standing.is_of_today
        side = theme.size("icon")
        name, tone = ("circle-check", "ok") if is_well else ("triangle-alert", "warn")
        self._mark.setPixmap(icons.pixmap(name, tone, side, self.devicePixelRatioF()))
        self._mark.setFixedSize(side, side)
        theme.mark(self.words, tone="" if is_well else "warn")
        theme.mark(self, state="" if is_well else "warn")
        self.words.setText(words)
        self.more.setText(more)

    def _on_lent_changed(self, lent: bool) -> None:
        if not lent:
            self.refresh()

    def back_up(self) -> None:
        """Make one now."""
        back_up_by_hand(self._session, self._on_made)

    def _on_made(self, made: Backup) -> None:
        del made
        self.refresh()
