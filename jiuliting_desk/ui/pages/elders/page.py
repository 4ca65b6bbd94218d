"""老人与需求: the list with its filters, one elder beside it, and the forms."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.disclosures import open_elder
from jiuliting_desk.actions.exports import Exported
from jiuliting_desk.model.cards import ServiceCard
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider, Refusal
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store.elder_list import ElderFilter
from jiuliting_desk.ui.exporting import give_out_people
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.elders.elder_list import ElderList
from jiuliting_desk.ui.pages.elders.filters import CountRow, FilterBar
from jiuliting_desk.ui.pages.elders.questions import ElderQuestions
from jiuliting_desk.ui.pages.elders.side import Side
from jiuliting_desk.ui.revealing import reveal
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import column, row, surface
from jiuliting_desk.ui.widgets.side_panel import FoldingSplitter


class EldersPage(Page):
    """The list holds ids; rows are fetched by the screenful. The panel shows the current one, or a form."""

    watches: ClassVar = frozenset(
        {
            Elder,
            Need,
            Pairing,
            Claim,
            Refusal,
            Provider,
            ServiceCard,
            ServiceCategory,
            ResidentsCommittee,
            Compound,
            Tag,
            Visit,
            Feedback,
            FollowUp,
        }
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._is_offered = False
        self.filters = FilterBar()
        self.counts = CountRow(self.filters)
        self.list = ElderList(session, self.filters)
        self.table = self.list.table
        self.side = Side(session, pages=session.page_keys)
        self.panel = self.side.panel
        self.questions = ElderQuestions(session, self.panel, self.current_elder)
        self._build()
        self._connect()

    # -- building

    def _build(self) -> None:
        self.columns_button = button(self.tr("显示的列"), self._open_columns, icon="columns-3")
        self.export_button = button(self.tr("导出 Excel"), self.export, icon="file-spreadsheet")
        self.new_button = button(self.tr("登记新老人"), self.register, kind="primary", icon="user-plus")
        second = row(self.counts, self.columns_button, self.export_button, self.new_button, gap=8)
        second.setStretchFactor(self.counts, 1)
        # With their parent from the start: a styled tree that changes its parent is styled anew, widget by widget.
        head = QWidget(self)
        head.setLayout(column(self.filters, second, margins=(12, 20, 10, 20), gap=10))
        self.splitter = FoldingSplitter(surface("flat", column(self.list)), self.side, parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.splitter, 1)
        self._restore()

    def _restore(self) -> None:
        kept = self.session.remembered
        self.table.restore(kept.get("elders.table", {}))
        self.splitter.restore(kept.get("elders.splitter", {}))

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_filtered)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda _elder_id: self.enter_panel())
        self.table.widths_changed.connect(lambda: self.session.remembered.keep("elders.table", self.table.remembered()))
        self.splitter.moved.connect(self._on_splitter)
        panel = self.panel
        panel.edit_wanted.connect(self.edit)
        panel.need_wanted.connect(self.add_need)
        panel.need_edit_wanted.connect(self.edit_need)
        panel.folded.connect(self.fold)
        self.questions.merged.connect(self.show_elder)
        self.side.elder_saved.connect(self._on_elder_saved)
        self.side.known_opened.connect(self._on_known_opened)
        self.side.need_saved.connect(self._on_need_saved)
        self.side.form_changed.connect(self._on_form_changed)
        self.session.changed.connect(self._on_changed)
        self.session.stepped.connect(self._on_stepped)
        self.session.lent_changed.connect(self._on_lent_changed)

    # -- reading

    def refresh(self) -> None:
        """Read the choices, counts and the list; the panel shows the current record as it is now."""
        self.table.read_words()
        self.filters.offer(self.session.store)
        self._is_offered = True
        self._read_list()
        self._show_current()

    def _read_list(self) -> None:
        found = self.list.read()
        self.filters.set_counts(found)
        self.counts.show_counts(found)

    def _on_filtered(self) -> None:
        if self._is_offered and not self.session.is_lent:
            self._read_list()
            shown = self.panel.elder.id if self.panel.elder is not None else None
            if self.table.current() != shown:
                self._on_current(self.table.current())

    # -- the current one

    def current_elder(self) -> Elder | None:
        """The record of the current line as the file has it."""
        elder_id = self.table.current()
        return None if elder_id is None or self.session.is_lent else self.session.store.find(Elder, elder_id)

    def _on_current(self, elder_id: int | None) -> None:
        if self.table.is_reading:
            return
        form = self.side.form()
        if form is not None and elder_id != form.elder_id:
            if form.is_changed:
                QTimer.singleShot(0, lambda: self._ask_before_going(elder_id))
                return
            self.side.close_form()
            return
        if form is None:
            self._show_current()

    def _ask_before_going(self, elder_id: int | None) -> None:
        """The keyboard is on another elder while a form is unsaved: go there once it is settled, else go back."""
        form = self.side.form()
        if form is None or elder_id is None:
            return

        def go() -> None:
            self.side.close_form()
            self.show_elder(elder_id)

        self.side.leave_form(go)

    def _show_current(self) -> None:
        if not self.session.is_lent:
            self.panel.show_elder(self.current_elder())

    def _on_changed(self, touched: frozenset[type]) -> None:
        """A look at masked numbers is told in the story, and masks nothing again."""
        if touched == {Disclosure}:
            self.panel.read_story_again()

    def _on_stepped(self, records: dict[type, int]) -> None:
        """Whoever an undo or redo brought back or changed is shown, where the list has them."""
        if Elder in records and self.isVisible() and self.side.form() is None:
            self.table.choose(records[Elder])

    def _on_lent_changed(self, lent: bool) -> None:
        """What was asked for while a job had the file is read now."""
        if not lent and self.isVisible():
            self.refresh()

    def show_elder(self, elder_id: int) -> bool:
        """Make an elder current; filters that hide them are cleared. Gives whether they are there."""
        if self.table.choose(elder_id):
            return True
        if self.session.is_lent:
            self.session.say_busy()
            return False
        elder = self.session.store.find(Elder, elder_id)
        if elder is None:
            return False
        states = ElderFilter().states
        self.filters.set_value(ElderFilter(states=states if elder.state in states else frozenset({elder.state})))
        return self.table.choose(elder_id)

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """Show an elder, or the elder of a need; "new" registers, "need" writes a need down."""
        if self.session.is_lent:
            self.session.say_busy()
            return

        def go() -> None:
            self.side.close_form()
            if ref is not None:
                self._show_ref(ref)
            if intent == "new":
                self.register()
            elif intent == "need":
                self.add_need()
            else:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

        self.side.leave_form(go)

    def _show_ref(self, ref: Ref) -> None:
        need = self.session.store.find(Need, ref.record_id) if ref.record_class is Need else None
        elder_id = need.elder_id if need is not None else ref.record_id
        if self.show_elder(elder_id):
            self._unfold()
            if need is not None:
                self.panel.show_tab("needs")
                self.panel.needs.table.choose(need.id)

    def begin_with(self, typed: str) -> None:
        """Register somebody who was looked for by name or number in vain."""
        self.register(typed)

    # -- the panel and its forms

    def fold(self) -> None:
        """Fold the panel, or unfold it; a form that is open stays."""
        if self.side.form() is None:
            self.splitter.fold()
            if self.splitter.is_folded:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unfold(self) -> None:
        if self.splitter.is_folded:
            self.splitter.fold(False)

    def enter_panel(self) -> None:
        """Let the panel be seen and go into it."""
        self._unfold()
        self.side.focus_target().setFocus(Qt.FocusReason.TabFocusReason)

    def _on_splitter(self) -> None:
        if self.side.form() is None:
            self.session.remembered.keep("elders.splitter", self.splitter.remembered())

    def _on_form_changed(self) -> None:
        self.keys_changed.emit()
        kept = self.session.remembered.get("elders.splitter", {})
        if self.side.form() is not None:
            self._unfold()
        else:
            self.splitter.fold(bool(kept.get("folded", False)))
            self._show_current()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def register(self, typed: str = "") -> None:
        """Open the form for a new elder, with the name or number that was looked for."""
        if self.session.is_lent:
            self.session.say_busy()
            return

        def go() -> None:
            self.side.open_form(self.side.elder_form)
            self.side.elder_form.open_new(typed)

        self.side.leave_form(go)

    def edit(self) -> None:
        """Open the form with the current elder."""

        def open_form(elder: Elder) -> None:
            known = reveal(self.session, open_elder, elder_id=elder.id)
            if known is not None:
                self.side.open_form(self.side.elder_form)
                self.side.elder_form.open_record(known)

        self.side.leave_form(lambda: self._with_elder(open_form))

    def add_need(self) -> None:
        """Open the form for a need of the current elder."""

        def open_form(elder: Elder) -> None:
            if elder.is_served:
                self.side.open_form(self.side.need_form)
                self.side.need_form.open_new(elder)
            else:
                self.session.say(
                    self.tr("{name}已经不在服务名单里，先恢复再登记需求。").format(name=elder.name), tone="warn"
                )

        self.side.leave_form(lambda: self._with_elder(open_form))

    def edit_need(self, need_id: int) -> None:
        """Open the form with a need."""

        def open_form(elder: Elder) -> None:
            self.side.open_form(self.side.need_form)
            self.side.need_form.open_record(elder, self.session.store.get(Need, need_id))

        self._with_elder(open_form)

    def _with_elder(self, do: Callable[[Elder], object]) -> None:
        elder = self.current_elder()
        if elder is not None:
            do(elder)
        elif self.session.is_lent:
            self.session.say_busy()

    def _on_elder_saved(self, elder_id: int) -> None:
        self.side.close_form()
        self.show_elder(elder_id)

    def _on_need_saved(self, need_id: int) -> None:
        elder_id = self.side.need_form.elder_id
        self.side.close_form()
        self.show_elder(elder_id)
        self.panel.show_tab("needs")
        self.panel.needs.table.choose(need_id)

    def _on_known_opened(self, elder_id: int) -> None:
        def go() -> None:
            self.side.close_form()
            self.show_elder(elder_id)

        self.side.leave_form(go)

    # -- columns, export, keys

    def _open_columns(self) -> None:
        menu = self.table.columns_menu(self)
        menu.popup(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height() + 2)))

    def export(self) -> None:
        """Write the chosen lines, or all that are listed, as a workbook."""
        if not self.table.rows():
            self.session.say(self.tr("没有可以导出的老人。"), tone="info")
            return
        give_out_people(
            self.session,
            what=Exported.ELDERS,
            title=self.tr("老人名单"),
            listed=self.table.rows(),
            chosen=self.table.selected(),
        )

    def _save_form(self) -> None:
        form = self.side.form()
        if form is not None:
            form.save()

    def _print_card(self) -> None:
        if "cards" in self.session.page_keys:
            self._with_elder(lambda elder: self.session.goto("cards", Ref(Elder, elder.id), "print"))

    def _next_pane(self) -> None:
        """F6: from the filters to the list to the panel and round again."""
        panes: list[QWidget] = [self.filters.text, self.table]
        if not self.side.isHidden():
            panes.append(self.side.focus_target())
        at = next((at for at, pane in enumerate(panes) if pane.hasFocus() or pane.isAncestorOf(self.focusWidget())), -1)
        panes[(at + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def keys(self) -> tuple[Key, ...]:
        """While a form is open its own keys come first."""
        if self.side.form() is not None:
            return (
                Key(keys="Ctrl+Return", words=self.tr("存下"), run=self._save_form, shown_as="Ctrl+Enter"),
                Key(keys="Esc", words=self.tr("不存")),
                Key(keys="Tab", words=self.tr("下一格")),
                Key(keys="F6", run=self._next_pane),
                Key(keys="Ctrl+N", run=self.register),
            )
        return (
            Key(keys="Up", words=self.tr("换一位"), shown_as="↑↓"),
            Key(keys="Return", words=self.tr("打开"), shown_as="Enter"),
            Key(keys="F4", words=self.tr("收起右栏"), run=self.fold),
            Key(keys="Ctrl+N", words=self.tr("登记新老人"), run=self.register),
            Key(keys="Ctrl+Shift+N", words=self.tr("登记需求"), run=self.add_need),
            Key(keys="Ctrl+P", words=self.tr("打印卡"), run=self._print_card),
            Key(keys="Ctrl+E", words=self.tr("导出 Excel"), run=self.export),
            Key(keys="Ctrl+Shift+C", words=self.tr("复制整行")),
            Key(keys="F6", run=self._next_pane),
        )

    # -- leaving

    def has_unsaved(self) -> bool:
        """Whether a form holds something that is not saved."""
        form = self.side.form()
        return form is not None and form.is_changed

    def leave(self, go: Callable[[], object]) -> None:
        """Another page is wanted; an unsaved form is asked about."""

        def close_and_go() -> None:
            self.side.close_form()
            go()

        self.side.leave_form(close_and_go)
