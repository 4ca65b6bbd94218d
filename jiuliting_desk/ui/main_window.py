"""The window: rail, title row, the pages, message bar and status row, and the keys that work everywhere."""

import linecache
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from jiuliting_desk.actions import backups
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store import StorageTrouble, Trouble
from jiuliting_desk.ui import faults, labels, theme, troubles
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.frame.busy import BusyStrip
from jiuliting_desk.ui.frame.dropping import FileDrop
from jiuliting_desk.ui.frame.help import HelpWindow
from jiuliting_desk.ui.frame.rail import Rail
from jiuliting_desk.ui.frame.search import Finder
from jiuliting_desk.ui.frame.status_row import StatusRow
from jiuliting_desk.ui.frame.title_row import TitleRow
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages import PAGES, PageSpec
from jiuliting_desk.ui.session import Session, Target
from jiuliting_desk.ui.tokens import NARROW_BELOW
from jiuliting_desk.ui.widgets.banner import MessageBar
from jiuliting_desk.ui.widgets.layout import row

SMALLEST = (1024, 600)
BACKUP_SHOWN_EVERY_MS = 60_000


class MainWindow(QMainWindow):
    """Shows one page at a time; pages are made when first visited."""

    page_shown = Signal(str)

    def __init__(self, session: Session, *, specs: Sequence[PageSpec] = PAGES) -> None:
        super().__init__()
        self.session = session
        self.before_closing: Callable[[Callable[[], object], Callable[[StorageTrouble], object]], bool] | None = None
        """Asked before the file closes; where it takes over, it calls the first when done, the second on trouble."""
        self.specs = {spec.key: spec for spec in specs}
        session.page_keys = frozenset(self.specs)
        self.pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._carried: dict[str, Any] = {}
        self._current = ""
        self._is_uncounted = False
        """Whether work changed while a job had the file."""
        self._page_shortcuts: list[QShortcut] = []
        self._help: HelpWindow | None = None
        self.setWindowTitle(self.tr("九里 to 行动 结对助老工作台"))
        self.setMinimumSize(*SMALLEST)
        session.dialogs.window = self
        self.finder = Finder(session, self.specs)
        self._build()
        FileDrop(self, session)
        session.changed.connect(self._on_changed)
        session.navigated.connect(self.go)
        session.said.connect(lambda message: self.message_bar.say(message))
        session.troubled.connect(self.show_trouble)
        session.faulted.connect(self.show_fault)
        session.look_wanted.connect(self._on_look_wanted)
        session.lent_changed.connect(self._on_lent_changed)
        session.search_wanted.connect(self._on_search_wanted)
        session.help_wanted.connect(self.show_help)
        self._add_keys()
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self._clock = QTimer(self)
        self._clock.setInterval(BACKUP_SHOWN_EVERY_MS)
        self._clock.timeout.connect(self.show_backup)
        self._clock.start()

    # -- building

    def _build(self) -> None:
        self.rail = Rail([spec for spec in self.specs.values() if spec.in_rail])
        self.title_row = TitleRow(self.session, has_phone="phone" in self.specs)
        self.stack = QStackedWidget()
        self.busy_strip = BusyStrip(self.session.jobs)
        self.status_row = StatusRow(self.busy_strip)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.title_row)
        right.addWidget(self.stack, 1)
        content = QWidget()
        upper = row(self.rail, gap=0)
        upper.addLayout(right, 1)
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(upper, 1)
        outer.addWidget(self.status_row)
        self.setCentralWidget(content)
        self.message_bar = MessageBar(
            self.status_row, self, kept=self.status_row.facts_width, held=self.status_row.busy_width
        )
        self.busy_strip.seen_changed.connect(self.message_bar.place)
        self.title_row.search.set_source(self.finder.lines)
        self.title_row.phone_wanted.connect(self._on_phone_key)
        self.title_row.who_wanted.connect(self.ask_who)
        self.rail.chosen.connect(lambda key: self.session.goto(key))
        self._fit_rail()
        self._count_work(None)
        self.show_backup()

    def _add_keys(self) -> None:
        order = [spec for spec in self.specs.values() if spec.in_rail and not spec.at_bottom]
        for number, spec in enumerate(order[:9], start=1):
            self._key(f"Ctrl+{number}", lambda key=spec.key: self.session.goto(key))
        self._key("Ctrl+PgDown", lambda: self._next_page(1))
        self._key("Ctrl+PgUp", lambda: self._next_page(-1))
        self._key("Ctrl+K", lambda: self.title_row.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._key("F1", self.show_help)
        self._key("F2", self._on_phone_key)
        self._key("Ctrl+Z", self.undo)
        self._key("Ctrl+Y", self.redo)
        self._key("Ctrl+Shift+Z", self.redo)

    def undo(self) -> None:
        """Take back what was done last, on the page or in the file."""
        if not self.current_page().take_back():
            self.session.undo()

    def redo(self) -> None:
        """Bring back what was taken back last."""
        if not self.current_page().bring_again():
            self.session.redo()

    def _next_page(self, by: int) -> None:
        """Go on in the order of the rail, as Ctrl+PgDn goes through the sheets of a workbook."""
        order = [spec.key for spec in self.specs.values() if spec.in_rail]
        order.sort(key=lambda key: self.specs[key].at_bottom)
        at = order.index(self.current_key) if self.current_key in order else -1 if by > 0 else 0
        self.session.goto(order[(at + by) % len(order)])

    def _key(self, sequence: str, run: object) -> QShortcut:
        made = QShortcut(QKeySequence(sequence), self)
        made.setAutoRepeat(False)
        made.activated.connect(run)
        return made

    def _page_keys(self) -> None:
        """Let the page's keys work, and those that every page passes on."""
        for old in self._page_shortcuts:
            old.setEnabled(False)
            old.deleteLater()
        self._page_shortcuts = []
        page = self.pages[self._current]
        keys = list(page.keys())
        taken = {QKeySequence(key.keys).toString() for key in keys if key.run is not None}
        if "F6" not in taken:
            keys.append(Key(keys="F6", run=self._to_next_pane))
        if "Ctrl+N" not in taken and "elders" in self.specs:
            keys.append(Key(keys="Ctrl+N", run=lambda: self.session.goto("elders", None, "new")))
        for key in keys:
            if key.run is not None:
                self._page_shortcuts.append(self._key(key.keys, key.run))
        general = [Key(keys="Ctrl+K", words=self.tr("查找")), Key(keys="F1", words=self.tr("帮助"))]
        self.status_row.show_keys([*keys, *general])

    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        """A control that hides or greys gives the keyboard to the window's next one: the rail. It is the page's."""
        page = self.pages.get(self._current)
        if old is None or now is None or page is None or not self.rail.isAncestorOf(now):
            return
        if page.isAncestorOf(old) and not (old.isVisibleTo(page) and old.isEnabledTo(page)):
            QTimer.singleShot(0, self, self._give_to_page)

    def _give_to_page(self) -> None:
        """Let the page take the keyboard from the rail, unless it put it elsewhere meanwhile."""
        now = QApplication.focusWidget()
        if now is None or self.rail.isAncestorOf(now):
            self.pages[self._current].take_focus()

    # -- pages

    def go(self, target: Target) -> None:
        """Show a page, there a record; the page that is left may ask first."""
        if target.page_key not in self.specs:
            raise KeyError(target.page_key)
        if self._current and self._current != target.page_key:
            # The rail has moved its mark already; the page may yet keep us.
            self.rail.show_current(self._current)
            self.pages[self._current].leave(lambda: self._go(target))
        else:
            self._go(target)

    def _go(self, target: Target) -> None:
        page = self._page(target.page_key)
        is_other = self._current != target.page_key
        if is_other:
            self._current = target.page_key
            spec = self.specs[target.page_key]
            self.title_row.set_title(QCoreApplication.translate("pages", spec.title))
            self.rail.show_current(target.page_key)
            if spec.in_rail:
                self.session.remembered.keep("page", target.page_key)
                self.session.remembered.keep("page_day", self.session.today().isoformat())
            self._page_keys()
        if target.page_key in self._stale and not self.session.is_lent:
            self._stale.discard(target.page_key)
            page.refresh()
        self.stack.setCurrentWidget(page)
        if is_other:
            page.take_focus()
        if target.typed:
            page.begin_with(target.typed)
        elif target.record is not None or target.intent:
            page.show_record(target.record, target.intent)
        self.page_shown.emit(target.page_key)

    def _page(self, key: str) -> Page:
        if key not in self.pages:
            page = self.specs[key].factory(self.session)
            # PySide reads the source of every module that is imported, and linecache keeps each line: 20 MiB.
            linecache.clearcache()
            page.keys_changed.connect(lambda: self._page_keys() if self._current == key else None)
            if (carried := self._carried.pop(key, None)) is not None:
                page.carry_on(carried)
            self.pages[key] = page
            self._stale.add(key)
            self.stack.addWidget(page)
        return self.pages[key]

    @property
    def current_key(self) -> str:
        """The key of the page that is seen."""
        return self._current

    def current_page(self) -> Page:
        """The page that is seen. Raises KeyError before the first."""
        return self.pages[self._current]

    def show_first_page(self) -> None:
        """Show the page of last time; on another day the first, which tells what that day brings."""
        kept = self.session.remembered.get("page", "")
        if self.session.remembered.get("page_day") != self.session.today().isoformat():
            kept = ""
        if "welcome" in self.specs and not (self.session.store.count(Elder) or self.session.store.count(Provider)):
            kept = "welcome"
        shown = [spec.key for spec in self.specs.values() if spec.in_rail]
        self.go(Target(page_key=kept if kept in self.specs else shown[0]))

    def _on_changed(self, touched: frozenset[type]) -> None:
        self._stale |= {key for key, page in self.pages.items() if page.watches & touched}
        self._refresh_current()
        self._count_work(touched)
        self.show_backup()

    def _refresh_current(self) -> None:
        if self._current in self._stale and not self.session.is_lent:
            self._stale.discard(self._current)
            self.pages[self._current].refresh()

    def _count_work(self, touched: frozenset[type] | None) -> None:
        if self.session.is_lent:
            self._is_uncounted = True
            return
        for spec in self.specs.values():
            if spec.in_rail and spec.count is not None and (touched is None or spec.count_watches & touched):
                self.rail.set_count(spec.key, spec.count(self.session.store))

    def _on_lent_changed(self, lent: bool) -> None:
        if not lent:
            self._refresh_current()
            if self._is_uncounted:
                self._is_uncounted = False
                self._count_work(None)
            self.show_backup()

    # -- the look

    def _on_look_wanted(self, look: theme.Look) -> None:
        if look == theme.look():
            return
        if any(page.has_unsaved() for page in self.pages.values()):
            self.session.say(self.tr("有一页还没存下。先存下或关掉，再换字号和颜色。"), tone="warn")
            return
        self.session.remembered.keep("look", {"text": int(look.text), "dark": look.dark})
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, look)
        # What asked for it is inside a page that goes; it lives until the event loop comes round.
        self.rebuild()

    def rebuild(self) -> None:
        """Make everything anew in the look in force, on the same page."""
        key, self._current = self._current, ""
        self._carried |= {key: page.carried() for key, page in self.pages.items()}
        self.pages = {}
        self._stale = set()
        self.message_bar.hide()
        self.message_bar.deleteLater()
        # The window hides the old content and deletes it when the event loop comes round: whoever asked is in it.
        self._build()
        if key:
            self.go(Target(page_key=key))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icons over short words where the window is narrow for its text."""
        super().resizeEvent(event)
        self._fit_rail()

    def _fit_rail(self) -> None:
        narrow = self.width() / theme.scale() < NARROW_BELOW
        if narrow != self.rail.is_narrow:
            self.rail.set_narrow(narrow)
        self.title_row.set_narrow(narrow)

    # -- the frame's own business

    def _to_next_pane(self) -> None:
        """Move the keyboard to the page's next pane."""
        panes = self.pages[self._current].panes()
        focus = QApplication.focusWidget()
        at = next((place for place, pane in enumerate(panes) if focus in {pane, *pane.findChildren(QWidget)}), -1)
        if panes:
            panes[(at + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_phone_key(self) -> None:
        if "phone" in self.specs:
            self.session.goto("phone", None, "call")

    def _on_search_wanted(self, text: str) -> None:
        search = self.title_row.search
        search.setText(text)
        search.setFocus(Qt.FocusReason.OtherFocusReason)
        search.show_lines(self.finder.lines(text, inactive=True))

    def ask_who(self) -> None:
        """Ask who is on duty."""
        question = Question(
            title=self.tr("谁在值班？"),
            text=self.tr("操作记录里会写这个名字。"),
            choices=(Choice("", self.tr("不换")), Choice("set", self.tr("换值班人"), "primary")),
            default="set",
            input_label=self.tr("值班人"),
            input_text=self.session.who,
            input_required=True,
        )
        self.session.dialogs.ask(question, lambda key, name: self.session.set_who(name) if key == "set" else None)

    def show_help(self) -> None:
        """Show the help of the page that is seen."""
        if self._help is None:
            self._help = HelpWindow(self)
            self._help.destroyed.connect(self._on_help_gone)
        self._help.show_page(self._current or "index")
        self._help.show()
        self._help.raise_()

    def _on_help_gone(self) -> None:
        self._help = None

    def show_backup(self) -> None:
        """Say how the backup stands."""
        if self.session.is_lent:
            return
        now = self.session.now()
        found = backups.list_backups(self.session.store.path)
        if not found:
            self.status_row.show_backup(self.tr("还没有备份"), is_well=False)
            return
        made = found[0].made_at.astimezone(now.tzinfo)
        if made.date() == now.date():
            words = self.tr("备份 {when}").format(when=labels.when(made, today=now.date()))
            self.status_row.show_backup(words, is_well=True)
        else:
            self.status_row.show_backup(self.tr("今天还没备份"), is_well=False)

    def show_trouble(self, error: StorageTrouble) -> None:
        """Explain trouble with the file."""
        if error.trouble is Trouble.BUSY:
            self.session.say_busy()
            return
        choices = [Choice("", self.tr("知道了，继续做事"))]
        if error.trouble is Trouble.DAMAGED:
            choices.append(Choice("backups", self.tr("去看备份"), "primary", "database-backup"))

        def answered(key: str) -> None:
            if key == "backups":
                self.session.goto("settings", None, "backups")

        self.session.dialogs.trouble(troubles.trouble(error), choices, answered)

    def show_fault(self, error: BaseException) -> None:
        """Own up to a fault of the program, or explain trouble that nobody expected there."""
        if isinstance(error, StorageTrouble):
            self.show_trouble(error)
            return
        words = troubles.fault(faults.details(error), faults.fault_code(error))
        self.session.dialogs.trouble(words, (Choice("", self.tr("知道了，继续做事")),))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is unsaved; then stop jobs and close the file."""
        unsaved = [key for key, page in self.pages.items() if page.has_unsaved()]
        if unsaved and not self.session.is_closing:
            event.ignore()
            title = QCoreApplication.translate("pages", self.specs[unsaved[0]].title)
            question = Question(
                title=self.tr("“{page}”里有没存下的内容").format(page=title),
                text=self.tr("现在关掉，没存下的就没有了。"),
                choices=(Choice("stay", self.tr("回去存下"), "primary"), Choice("close", self.tr("不存，关掉"), "bad")),
                default="stay",
                tone="warn",
            )
            self.session.dialogs.ask(question, self._on_close_answered)
            return
        running = [job for job in self.session.jobs.running if not job.may_be_cut]
        if running and not self.session.is_closing:
            event.ignore()
            question = Question(
                title=self.tr("“{title}”还没做完").format(title=running[0].title),
                text=self.tr("现在关掉就取消它，它什么都不会改。"),
                choices=(
                    Choice("stay", self.tr("等它做完"), "primary"),
                    Choice("close", self.tr("取消它，关掉窗口"), "bad"),
                ),
                cancel="stay",
                tone="warn",
            )
            self.session.dialogs.ask(question, self._on_close_answered)
            return
        if self.before_closing is not None and self.before_closing(self._close_backed_up, self._on_no_backup):
            event.ignore()
            return
        self._clock.stop()
        if self._help is not None:
            self._help.close()
        kept = {"size": [self.width(), self.height()], "maximized": self.isMaximized()}
        self.session.remembered.keep("window", kept)
        self.session.close()
        super().closeEvent(event)

    def _on_close_answered(self, key: str, _text: str) -> None:
        if key == "close":
            self._close_anyway()

    def _close_backed_up(self) -> None:
        self.before_closing = None
        self._close_anyway()

    def _on_no_backup(self, trouble: StorageTrouble) -> None:
        def answered(key: str) -> None:
            if key == "close":
                self._close_backed_up()

        choices = (Choice("stay", self.tr("先不关"), "primary"), Choice("close", self.tr("不备份，关掉")))
        self.session.dialogs.trouble(troubles.trouble(trouble), choices, answered)

    def _close_anyway(self) -> None:
        self.session.is_closing = True
        # The answer may come while the window is still deciding about the first request.
        QTimer.singleShot(0, self.close)
