"""The composition root of the window: builds everything once, in reading order."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from jiuliting_desk import paths
from jiuliting_desk.actions.backups import newest_whole, restore
from jiuliting_desk.store import StorageTrouble, Store, Trouble
from jiuliting_desk.store.cipher import PUBLISHED_KEY
from jiuliting_desk.ui import remembered, theme, troubles
from jiuliting_desk.ui.backups import AutoBackup
from jiuliting_desk.ui.chores import Chores
from jiuliting_desk.ui.dialogs import Choice, Dialogs
from jiuliting_desk.ui.faults import Faults, start_log
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.self_test import problems_of
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.tokens import TextSize
from jiuliting_desk.ui.warming import Warming
from jiuliting_desk.ui.widgets.focus_ring import FocusRing

USUAL_SIZE = (1280, 760)

_CURED_BY_BACKUP = frozenset({Trouble.DAMAGED, Trouble.NOT_OURS, Trouble.GONE})
"""With its first page damaged a file cannot be told from a stranger's."""


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The QApplication with fonts, Chinese words for Qt's own buttons, and the focus ring."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1] if arguments is None else arguments)
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationDisplayName("九里 to 行动 结对助老工作台")
    app.setStyle("Fusion")
    app.setWindowIcon(QIcon(str(paths.resource("icons", "mark.svg"))))
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.load_fonts()
    FocusRing(app)
    return app


def look_of(kept: object) -> theme.Look:
    """The look that was remembered, or the standard one."""
    if not isinstance(kept, dict):
        return theme.Look()
    sizes = {int(size): size for size in TextSize}
    return theme.Look(text=sizes.get(kept.get("text", 100), TextSize.STANDARD), dark=bool(kept.get("dark")))


class Desk(QObject):
    """Opens a data file in a window, and offers a way out where it does not open."""

    def __init__(self, app: QApplication, dialogs: Dialogs) -> None:
        super().__init__(app)
        self._app = app
        self._dialogs = dialogs
        self._faults = Faults(app)
        self._faults.install()
        self.window: MainWindow | None = None

    def open(self, case_file: Path) -> None:
        """Open the file in a window; trouble is explained, with what can be done."""
        memory = remembered.beside(case_file)
        theme.apply(self._app, look_of(memory.get("look")))
        try:
            store = Store.open(case_file, who=str(memory.get("who", "")))
        except StorageTrouble as trouble:
            self._explain(trouble, case_file)
            return
        session = Session(store, dialogs=self._dialogs, remembered=memory)
        self.window = MainWindow(session)
        self._auto_backup = AutoBackup(session, self.window)
        self._chores = Chores(session, self.window)
        self._warming = Warming(self.window)
        self.window.before_closing = self._auto_backup.before_closing
        session.restore_wanted.connect(self._on_restore_wanted)
        session.open_wanted.connect(self._on_open_wanted)
        self._faults.raised.connect(self.window.show_fault)
        self._show(self.window, memory.get("window"))

    def _show(self, window: MainWindow, kept: object) -> None:
        window.show_first_page()
        if isinstance(kept, dict) and not kept.get("maximized", True):
            window.resize(*kept.get("size", USUAL_SIZE))
            window.show()
        else:
            window.resize(*USUAL_SIZE)
            window.showMaximized()

    def _explain(self, trouble: StorageTrouble, case_file: Path) -> None:
        choices = [
            Choice("quit", self.tr("关掉程序")),
            Choice("other", self.tr("换一个文件")),
            Choice("again", self.tr("再打开一次"), "primary", "refresh-cw"),
        ]
        whole = None
        if trouble.trouble in _CURED_BY_BACKUP:
            whole = newest_whole(case_file, key=PUBLISHED_KEY, now=datetime.now().astimezone())
        if whole is not None:
            choices[2] = Choice("restore", self.tr("从备份恢复"), "primary", "database-backup")

        def answered(key: str) -> None:
            if key == "again":
                self.open(case_file)
            elif key == "restore" and whole is not None:
                self._restore(case_file, whole.path)
            elif key == "other":
                pattern = self.tr("资料文件 (*.db)")
                start = str(case_file.parent)
                self._dialogs.open_files(
                    self.tr("打开哪一份资料"), pattern, lambda files: self.open(files[0]), several=False, start=start
                )
            else:
                self._app.quit()

        self._dialogs.trouble(troubles.trouble(trouble), choices, answered)

    def _restore(self, case_file: Path, backup: Path) -> None:
        """Put a backup in the place of the closed file, open it, and say from which it came."""
        try:
            restore(case_file, path=backup, key=PUBLISHED_KEY, now=datetime.now().astimezone())
        except StorageTrouble as trouble:
            if trouble.trouble is not Trouble.BACKUP:
                self._explain(trouble, case_file)
                return
            words, tone = self.tr("“{name}”打不开，或者已经损坏，没有恢复，资料没动。换一份再试。"), "warn"
        else:
            words, tone = self.tr("已从备份“{name}”恢复。原来的文件改了名，还在旁边。"), "ok"
        self.open(case_file)
        if self.window is not None:
            self.window.session.say(words.format(name=backup.name), tone=tone)

    def _on_restore_wanted(self, backup: Path) -> None:
        # What asked for it is inside the window that goes: let it return first.
        QTimer.singleShot(0, lambda: self._close_for(lambda case_file: self._restore(case_file, backup)))

    def _on_open_wanted(self, case_file: Path) -> None:
        paths.remember_case_file(case_file)
        QTimer.singleShot(0, lambda: self._close_for(lambda _old: self.open(case_file)))

    def _close_for(self, then: Callable[[Path], object]) -> None:
        """Close the window, not the program, and go on once its file, whose path ``then`` gets, is closed."""
        window, self.window = self.window, None
        assert window is not None
        self._app.setQuitOnLastWindowClosed(False)
        self._auto_backup.stop()
        self._chores.stop()
        self._warming.stop()
        self._dialogs.window = None
        window.before_closing = None
        window.session.is_closing = True
        window.close()
        window.deleteLater()
        then(window.session.store.path)
        QTimer.singleShot(0, lambda: self._app.setQuitOnLastWindowClosed(True))


def run(case_file: Path) -> int:
    """Open the window on a data file, made if it is not there; give the exit code."""
    start_log()
    app = make_application()
    theme.apply(app, theme.Look())
    desk = Desk(app, Dialogs(app))
    QTimer.singleShot(0, lambda: desk.open(case_file))
    return app.exec()


def self_test(case_file: Path | None) -> list[str]:
    """Open every page off-screen on a copy of the file, or on invented people; give what is wrong."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "case.db"
        if case_file is None:
            from jiuliting_desk.actions.demo import fill_with_demo

            store = Store.open(copy, who="self-test")
            with store.operation("fill_with_demo"):
                fill_with_demo(store, elders=60, volunteers=16, visits=60, seed=1, today=store.now().date())
        else:
            shutil.copyfile(case_file, copy)
            store = Store.open(copy, who="self-test")
        app = make_application()
        theme.apply(app, theme.Look())
        session = Session(store, dialogs=Dialogs(app), remembered=remembered.beside(copy))
        window = MainWindow(session)
        window.show_first_page()
        window.show()
        problems = problems_of(window)
        session.is_closing = True
        window.close()
        store.close()
    return problems
