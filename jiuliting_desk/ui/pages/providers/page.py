"""志愿者与单位: the list, its filters, and the panel of the one that is chosen."""

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from jiuliting_desk.actions import certificates, provider_list, providers
from jiuliting_desk.actions.categories import categories_in_order
from jiuliting_desk.actions.disclosures import open_provider
from jiuliting_desk.actions.exports import Exported
from jiuliting_desk.actions.provider_list import ProviderFilter, ProviderRow
from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState, Refusal
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.model.trainings import Attendance, TrainingSession
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.exporting import give_out_people
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.providers.columns import columns
from jiuliting_desk.ui.pages.providers.filters import Counts, FilterChips, ProviderFilters
from jiuliting_desk.ui.pages.providers.form import FormChoices, ProviderDialog
from jiuliting_desk.ui.pages.providers.leaving import PauseDialog, StopDialog
from jiuliting_desk.ui.pages.providers.panel import ProviderPanel
from jiuliting_desk.ui.resuming import resume
from jiuliting_desk.ui.revealing import reveal
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import row
from jiuliting_desk.ui.widgets.side_panel import FoldingSplitter
from jiuliting_desk.ui.widgets.table import RecordTable

TABLE_MEMORY = "providers.table"
SPLIT_MEMORY = "providers.split"


class ProvidersPage(Page):
    """Who serves: found, registered, edited, paused, stopped and resumed."""

    watches: ClassVar = frozenset(
        {
            Provider, Certificate, Refusal, Claim, Pairing, Need,
            ServiceCategory, ResidentsCommittee, Compound, Setting, Disclosure, Visit, Attendance, TrainingSession,
        }
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._rows: list[ProviderRow] = []
        self._days = 0
        self._build_list()
        self.panel = ProviderPanel(session)
        self.panel.edit_wanted.connect(self.edit)
        self.panel.pause_wanted.connect(self.pause)
        self.panel.stop_wanted.connect(self.stop)
        self.panel.resume_wanted.connect(self.resume)
        self.panel.remove_wanted.connect(self.remove)
        self.panel.show_wanted.connect(lambda provider_id: self.show_record(Ref(Provider, provider_id), ""))
        self.split = FoldingSplitter(self.stack, self.panel)
        self.split.restore(session.remembered.get(SPLIT_MEMORY, {}))
        self.split.moved.connect(lambda: session.remembered.keep(SPLIT_MEMORY, self.split.remembered()))
        self.panel.folded.connect(self.split.fold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.split, 1)

    def _build_list(self) -> None:
        self.table = RecordTable[ProviderRow](columns(self.session.today), key=lambda row: row.provider.id, bleed=True)
        self.table.setAccessibleName(self.tr("志愿者与单位名单"))
        self.table.restore(self.session.remembered.get(TABLE_MEMORY, {}))
        self.table.widths_changed.connect(lambda: self.session.remembered.keep(TABLE_MEMORY, self.table.remembered()))
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda row: self.edit(row.provider.id))
        self.session.stepped.connect(self._on_stepped)
        self.empty_clear = button(self.tr("清除筛选"), lambda: self.chips.clear_all())
        self.none_found = Empty("", action=self.empty_clear)
        self.nobody_yet = Empty(
            self.tr("还没有志愿者和单位。"),
            self.tr("可以一位一位登记，也可以到“导入导出”把名单导进来。"),
            icon="hand-heart",
            action=button(self.tr("登记第一位"), self.register),
        )
        self.stack = QStackedWidget()
        for widget in (self.table, self.none_found, self.nobody_yet):
            self.stack.addWidget(widget)

    def _on_stepped(self, records: dict[type, int]) -> None:
        """Whoever an undo or redo brought back or changed is shown, where the list has them."""
        if Provider in records and self.isVisible():
            self.table.choose(records[Provider])

    def _head(self) -> QWidget:
        self.filters = ProviderFilters()
        self.filters.changed.connect(self._show_rows)
        self.chips = FilterChips(self.filters)
        columns_button = button(self.tr("显示的列"), icon="columns-3")
        columns_button.clicked.connect(lambda: self._open_columns_menu(columns_button))
        self.export_button = button(self.tr("导出 Excel"), self.export, icon="file-spreadsheet")
        self.register_firm = button(self.tr("登记单位"), self.register_enterprise, icon="building-2")
        self.register_one = button(self.tr("登记志愿者"), self.register, kind="primary", icon="user-plus")
        buttons = (columns_button, self.export_button, self.register_firm, self.register_one)
        second = row(self.chips, *buttons)
        second.setStretchFactor(self.chips, 1)
        # What is aligned itself gets the height of one line, into however many it wraps.
        for made in buttons:
            second.setAlignment(made, Qt.AlignmentFlag.AlignTop)
        head = QWidget()
        layout = QVBoxLayout(head)
        margin = theme.size("page_margin")
        layout.setContentsMargins(margin, theme.px(12), margin, theme.px(10))
        layout.setSpacing(theme.px(10))
        layout.addWidget(self.filters)
        layout.addLayout(second)
        return head

    def _open_columns_menu(self, above: QPushButton) -> None:
        menu = self.table.columns_menu(above)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(above.mapToGlobal(QPoint(0, above.height() + 2)))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins in the list."""
        super().showEvent(event)
        if not event.spontaneous():
            # The stack of pages gives the keyboard to whatever comes first in the page, once this returns.
            QTimer.singleShot(0, self.table, lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))

    def take_focus(self) -> None:
        """Work begins in the list, not at what the panel holds."""
        (self.table if self._rows else self).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing

    def refresh(self) -> None:
        """Read everybody, and show those wanted."""
        store = self.session.store
        self.filters.offer(
            categories_in_order(store), [found for found in store.all(ResidentsCommittee) if found.active]
        )
        self._days = number_setting(store, "unasked_days")
        self._rows = provider_list.provider_rows(store, today=self.session.today())
        self._show_rows()

    def _wanted(self, wanted: ProviderFilter) -> list[ProviderRow]:
        today = self.session.today()
        return provider_list.filtered(self._rows, wanted, today=today, unasked_days=self._days)

    def _show_rows(self) -> None:
        wanted = self.filters.value()
        shown = self._wanted(wanted)
        self.filters.show_counts(self._counts(wanted))
        self.chips.show_state(shown=len(shown), total=len(self._rows), wanted=wanted)
        self.table.set_rows(shown)
        if shown:
            self.stack.setCurrentWidget(self.table)
            if self.table.current() is None:
                self.table.choose_first()
        elif self._rows:
            names = "、".join(words for words, _, _ in self.chips.in_force(wanted))
            text = self.tr("现在只看{filters}。").format(filters=names) if names else ""
            self.none_found.say(self.tr("没有符合的志愿者或单位。"), text)
            self.stack.setCurrentWidget(self.none_found)
        else:
            self.stack.setCurrentWidget(self.nobody_yet)
        if not shown:
            self._on_current(None)

    def _counts(self, wanted: ProviderFilter) -> Counts:
        def count(**changes: object) -> int:
            return len(self._wanted(replace(wanted, **changes)))  # type: ignore[arg-type]

        return Counts(
            kinds={kind: count(kind=kind) for kind in (None, *ProviderKind)},
            states={state: count(state=state) for state in (None, *ProviderState)},
            due=count(certificate_due=True),
            unasked=count(unasked=True),
        )

    def _on_current(self, current: ProviderRow | None) -> None:
        self.panel.show_provider(current)

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """Show a provider, whatever is filtered; "new" registers one, "edit" (with a point, the name of a field and on
        the next line what is to be written there) opens the form; other intents set a filter."""
        if intent == "new":
            self.register()
        elif intent == "certificates" and ref is None:
            self.filters.set_value(ProviderFilter(certificate_due=True))
        elif intent == "unasked":
            self.filters.set_value(ProviderFilter(unasked=True))
        if ref is not None and ref.record_class is Provider:
            if not self.table.choose(ref.record_id):
                self.filters.set_value(ProviderFilter(state=None))
                self.table.choose(ref.record_id)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if intent == "certificates":
                self.panel.show_tab("certificates")
            elif intent.startswith("edit"):
                where, _, note = intent.partition("\n")
                self.edit(ref.record_id, field=where[5:], note=note)

    # -- doing

    def _choices(self) -> FormChoices:
        store = self.session.store
        return FormChoices(
            categories=tuple(categories_in_order(store, with_unused=True)),
            committees=tuple(store.all(ResidentsCommittee)),
            compounds=tuple(store.all(Compound, order="name")),
            enterprises=tuple(row.provider for row in self._rows if row.provider.kind is ProviderKind.ENTERPRISE),
            certificate_kinds=tuple(certificates.known_kinds(store)),
        )

    def register(self) -> None:
        """Type in a new volunteer."""
        self._open_form(Provider(name="", kind=ProviderKind.VOLUNTEER))

    def register_enterprise(self) -> None:
        """Type in a new enterprise."""
        self._open_form(Provider(name="", kind=ProviderKind.ENTERPRISE, visits_per_month=None))

    def edit(self, provider_id: int, *, field: str = "", note: str = "") -> None:
        """Change what is known of a provider, beginning at a field; ``note`` says what is to be written there."""
        known = reveal(self.session, open_provider, provider_id=provider_id)
        if known is not None:
            self._open_form(known, field=field, note=note)

    def _open_form(self, provider: Provider, *, field: str = "", note: str = "") -> None:
        dialog = ProviderDialog(self.session, provider, self._choices(), field=field, note=note, parent=self.window())
        dialog.saved.connect(lambda saved: self.show_record(Ref(Provider, saved.id), ""))
        dialog.show_wanted.connect(lambda provider_id: self.show_record(Ref(Provider, provider_id), ""))
        self.session.dialogs.show(dialog)

    def pause(self, provider_id: int) -> None:
        """Ask why and for how long, showing what they hold."""
        self.session.dialogs.show(PauseDialog(self.session, self._row(provider_id), parent=self.window()))

    def stop(self, provider_id: int) -> None:
        """Ask why, showing what becomes of what they hold."""
        self.session.dialogs.show(StopDialog(self.session, self._row(provider_id), parent=self.window()))

    def resume(self, provider_id: int) -> None:
        """They can be asked again, and may go where nobody was found in their place."""
        resume(self.session, provider_id)

    def remove(self, provider_id: int) -> None:
        """Take a record made by mistake away; the bar offers to bring it back."""
        self.session.perform(providers.remove_provider, provider_id=provider_id)

    def export(self) -> None:
        """Write the chosen lines, or all that are listed, as a workbook."""
        if not self.table.rows():
            self.session.say(self.tr("没有可以导出的志愿者。"), tone="info")
            return
        give_out_people(
            self.session,
            what=Exported.VOLUNTEERS,
            title=self.tr("志愿者名单"),
            listed=[row.provider.id for row in self.table.rows()],
            chosen=[row.provider.id for row in self.table.selected()],
        )

    def _row(self, provider_id: int) -> ProviderRow:
        return next(row for row in self._rows if row.provider.id == provider_id)

    def _pause_or_resume(self) -> None:
        current = self.table.current()
        if current is not None:
            is_active = current.provider.state is ProviderState.ACTIVE
            (self.pause if is_active else self.resume)(current.provider.id)

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+N registers, Enter edits, F4 folds, F8 pauses or resumes."""
        return (
            Key(keys="Up", words=self.tr("换一位"), shown_as="↑↓"),
            Key(keys="Return", words=self.tr("改资料"), shown_as="Enter"),
            Key(keys="Ctrl+N", words=self.tr("登记志愿者"), run=self.register),
            Key(keys="Ctrl+Shift+N", words=self.tr("登记单位"), run=self.register_enterprise),
            Key(keys="F4", words=self.tr("收起右栏"), run=self.split.fold),
            Key(keys="F8", words=self.tr("暂停或恢复"), run=self._pause_or_resume),
            Key(keys="Ctrl+E", words=self.tr("导出 Excel"), run=self.export),
            Key(keys="Ctrl+F", run=lambda: self.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)),
        )
