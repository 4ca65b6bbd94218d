"""The section 备份: how the backups stand, what there is, and the way back."""

from datetime import datetime
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout

from jiuliting_desk.actions import backups
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.store import StorageTrouble, Store, Trouble
from jiuliting_desk.store.backup import Backup, backup_folder
from jiuliting_desk.ui import labels, messages, theme
from jiuliting_desk.ui.backing_up import back_up_by_hand
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.layout import replace_all, wrapping
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label

REASONS: dict[str, str] = {
    "timer": QT_TRANSLATE_NOOP("backups", "自动，半小时一次"),
    "close": QT_TRANSLATE_NOOP("backups", "关程序的时候"),
    "hand": QT_TRANSLATE_NOOP("backups", "有人点了“立即备份”"),
    "import": QT_TRANSLATE_NOOP("backups", "导入之前"),
    "migration": QT_TRANSLATE_NOOP("backups", "程序升级之前"),
    "restore": QT_TRANSLATE_NOOP("backups", "恢复之前"),
    "second": QT_TRANSLATE_NOOP("backups", "第二个地方"),
}
"""Why a backup was made; one entry a line."""


class BackupSection(Section):
    """Every backup was opened and compared with the file before it got its name."""

    watches: ClassVar = frozenset({Setting})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(
            self.tr("备份"),
            self.tr("有改动就半小时自动备份一次，关程序、导入、升级之前也备份。每份都打开核对过，和资料一样才算数。"),
        )
        self._checked: dict[Path, tuple[bool, datetime]] = {}
        self._state = QVBoxLayout()
        self.body.addLayout(self._state)
        self.now_button = button(self.tr("立即备份"), self.back_up, kind="primary", icon="database-backup")
        self.check_button = button(self.tr("再核对一次"), self.check, icon="shield-check")
        self.restore_button = button(self.tr("恢复到这一份…"), self.ask_restore, kind="bad", icon="rotate-cw")
        self.folder_button = button(self.tr("打开备份文件夹"), self.open_folder, icon="folder-open")
        self.body.addWidget(wrapping(self.now_button, self.check_button, self.restore_button, self.folder_button))
        columns: list[Column[Backup]] = [
            Column(
                key="when",
                title=self.tr("什么时候"),
                cell=self._when,
                width=labels.WHEN_WIDTH,
                sort=lambda one: one.made_at,
            ),
            Column(key="why", title=self.tr("为什么"), cell=self._why, width=180, stretch=1),
            Column(
                key="size", title=self.tr("大小"), cell=self._size, width=90, right=True, sort=lambda one: one.bytes
            ),
            Column(key="checked", title=self.tr("核对"), cell=self._check_cell, width=190, stretch=1),
        ]
        self.table = RecordTable[Backup](
            columns, key=lambda one: one.path, multi=False, empty_text=self.tr("还没有备份。点“立即备份”做第一份。")
        )
        self.table.setAccessibleName(self.tr("备份"))
        self.table.setMinimumHeight(theme.px(220))
        self.table.current_changed.connect(lambda _one: self._tell())
        self.table.opened.connect(lambda _one: self.check())
        self.body.addWidget(self.table, 1)
        self.body.addWidget(label(self.tr("第二个地方"), "h3"))
        self.second_words = label("", "sub", wrap=True)
        self.body.addWidget(self.second_words)
        self.second_button = button(self.tr("选 U 盘或另一块硬盘"), self.choose_second, icon="usb")
        self.second_now = button(self.tr("现在放一份过去"), self.back_up_second, icon="download")
        self.second_none = button(self.tr("不放第二份了"), self.forget_second, icon="x")
        self.body.addWidget(wrapping(self.second_button, self.second_now, self.second_none))

    # -- words

    def _when(self, made: Backup) -> str:
        return labels.when(made.made_at.astimezone(self.session.now().tzinfo), today=self.session.today())

    def _why(self, made: Backup) -> str:
        return QCoreApplication.translate("backups", REASONS.get(made.reason, made.reason))

    def _size(self, made: Backup) -> str:
        if made.bytes < 1_000_000:
            return self.tr("{size} KB").format(size=max(1, made.bytes // 1000))
        return self.tr("{size} MB").format(size=f"{made.bytes / 1_000_000:.1f}")

    def _check_cell(self, made: Backup) -> Cell:
        again = self._checked.get(made.path)
        if again is None:
            return Cell(self.tr("做的时候打开核对过"), icon="shield-check", tone="ok")
        is_whole, at = again
        when = labels.when(at, today=self.session.today())
        if is_whole:
            return Cell(self.tr("{when}又核对过，完好").format(when=when), icon="shield-check", tone="ok")
        return Cell(self.tr("{when}核对，已损坏").format(when=when), icon="octagon-x", tone="bad", strong=True)

    # -- showing

    def refresh(self) -> None:
        """Look at the folders and at the file's last steps."""
        if self.session.is_lent:
            return
        store, now = self.session.store, self.session.now()
        standing = backups.standing(store, now=now)
        self.table.set_rows(backups.list_backups(store.path))
        if self.table.current() is None:
            self.table.choose_first()
        self._show_state(standing)
        self._show_second(standing)
        self._tell()

    def _show_state(self, standing: backups.BackupStanding) -> None:
        last = standing.last
        if last is None:
            banner = Banner("warn", self.tr("还没有备份。"), self.tr("做一份只要一两秒。"))
        elif standing.is_of_today:
            since = (
                self.tr("之后又做了 {count} 步。").format(count=standing.steps_since) if standing.steps_since else ""
            )
            when = self._when(last)
            banner = Banner("ok", self.tr("最近一份：{when}，已经打开核对过。").format(when=when), since)
        else:
            when = self._when(last)
            banner = Banner("warn", self.tr("今天还没有备份。"), self.tr("最近一份是 {when}。").format(when=when))
        replace_all(self._state, [banner])

    def _show_second(self, standing: backups.BackupStanding) -> None:
        has_place = bool(standing.second_folder)
        self.second_now.setVisible(has_place)
        self.second_none.setVisible(has_place)
        if not has_place:
            self.second_words.setText(
                self.tr("电脑坏了，放在这台电脑里的备份也会一起没有。选一个 U 盘或另一块硬盘，每周自动放一份过去。")
            )
        elif standing.second_last is None:
            self.second_words.setText(self.tr("放在 {folder}，还没有放过。").format(folder=standing.second_folder))
        else:
            words = self.tr("放在 {folder}，最近一份是 {when}。")
            when = self._when(standing.second_last)
            self.second_words.setText(words.format(folder=standing.second_folder, when=when))

    def _tell(self) -> None:
        chosen = self.table.current()
        for made in (self.check_button, self.restore_button):
            made.setEnabled(chosen is not None)
            made.setToolTip("" if chosen is not None else self.tr("先在下面选一份备份"))

    # -- doing

    def back_up(self) -> None:
        """Make a backup now, in a job."""

        def then(made: Backup) -> None:
            self.refresh()
            self.table.choose(made.path)

        back_up_by_hand(self.session, then)

    def check(self) -> None:
        """Open the chosen backup and look whether it is whole, in a job."""
        chosen = self.table.current()
        if chosen is None:
            return
        path = chosen.path

        def work(store: Store, progress: Progress) -> bool:
            progress(0, 0)
            return backups.check(store, path=path)

        def done(is_whole: bool) -> None:
            self._checked[path] = (is_whole, self.session.now())
            self.refresh()
            if is_whole:
                self.session.say(self.tr("这一份打得开，完好。"))
            else:
                self.session.say(self.tr("这一份已经损坏，别用它恢复。再做一份新的吧。"), tone="warn")

        self.session.run_store_job(work, title=self.tr("核对备份"), on_done=done)

    def open_folder(self) -> None:
        """Show the folder of the backups."""
        folder = backup_folder(self.session.store.path)
        shown = folder if folder.is_dir() else folder.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown)))

    def ask_restore(self) -> None:
        """Say plainly what going back means, then do it."""
        chosen = self.table.current()
        if chosen is None:
            return
        later = backups.steps_since(self.session.store, chosen)
        when = self._when(chosen)
        if later:
            lost = self.tr("那以后做的 {count} 步不会在里面。").format(count=later)
        else:
            lost = self.tr("那以后没有改过什么。")
        question = Question(
            title=self.tr("恢复到 {when} 的样子").format(when=when),
            text=lost,
            lines=(
                self.tr("现在的资料先备份，原来的文件改个名字留在旁边，一个字也不删。"),
                self.tr("程序会关上窗口，换好以后自己再打开。"),
            ),
            choices=(
                Choice("back", self.tr("不恢复")),
                Choice("go", self.tr("恢复到 {when}").format(when=when), "bad", "rotate-cw"),
            ),
            default="back",
            cancel="back",
            tone="bad",
        )

        def answered(key: str, _text: str) -> None:
            if key == "go":
                self._restore(chosen)

        self.session.dialogs.ask(question, answered)

    def _restore(self, chosen: Backup) -> None:
        """Check the chosen backup and back up the present state; then the file is changed for it."""

        def work(store: Store, progress: Progress) -> bool:
            progress(0, 0)
            if not backups.check(store, path=chosen.path):
                return False
            try:
                backups.back_up_if_changed(store, reason="restore")
            except StorageTrouble as trouble:
                if trouble.trouble is not Trouble.DAMAGED:
                    raise
                # A damaged file gives no backup: it is what is gone back from, and stays beside under another name.
            return True

        def done(is_whole: bool) -> None:
            if is_whole:
                self.session.restore_wanted.emit(chosen.path)
                return
            self._checked[chosen.path] = (False, self.session.now())
            self.refresh()
            self.session.say(self.tr("这一份已经损坏，没有恢复，资料没动。换一份再试。"), tone="warn")

        self.session.run_store_job(work, title=self.tr("恢复前的核对和备份"), on_done=done)

    # -- the second place

    def choose_second(self) -> None:
        """Choose the folder of the second place."""

        def chosen(folder: Path) -> None:
            self.session.perform(change_settings, values={"second_backup_folder": str(folder)})
            self.refresh()

        self.session.dialogs.choose_folder(self.tr("备份的第二个地方"), chosen)

    def forget_second(self) -> None:
        """No second place any more; what lies there stays."""
        self.session.perform(change_settings, values={"second_backup_folder": ""})
        self.refresh()

    def back_up_second(self) -> None:
        """Put a backup into the second place now, in a job."""

        def work(store: Store, progress: Progress) -> Backup | StorageTrouble:
            progress(0, 0)
            try:
                return backups.back_up_to_second_place(store)
            except StorageTrouble as trouble:
                return trouble

        def done(outcome: Backup | StorageTrouble) -> None:
            if isinstance(outcome, StorageTrouble):
                words = self.tr("没放成：{why}U 盘插上了吗？").format(why=messages.sentence(outcome))
                self.session.say(words, tone="warn")
            else:
                self.session.say(self.tr("已经放到 {folder}").format(folder=outcome.path.parent))
            self.refresh()

        self.session.run_store_job(work, title=self.tr("放第二份备份"), on_done=done)

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+Enter backs up."""
        return (Key(keys="Ctrl+Return", words=self.tr("立即备份"), run=self.back_up, shown_as="Ctrl+Enter"),)
