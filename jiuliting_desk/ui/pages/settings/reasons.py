"""The section 上门的原因: what is offered when a visit is cancelled, nobody is at home, or nobody comes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from jiuliting_desk.actions import visit_reasons as actions
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.visits import VisitReason, VisitState
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.pages.settings.list_tools import ListTools, use_cell
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.record_dialog import RecordDialog
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.buttons import Segmented
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable

STATES = (VisitState.CANCELLED, VisitState.NOT_HOME, VisitState.NO_SHOW)


class ReasonSection(Section):
    """Reasons of one kind in the order in which they are offered; the first is filled in."""

    watches: ClassVar = frozenset({VisitReason})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(
            self.tr("没去成的原因"),
            self.tr("取消上门、家里没人、志愿者没来的时候可选的原因。第一条先填好；记过的上门不跟着改。"),
        )
        self.state = Segmented([(state, labels.label(state)) for state in STATES])
        self.state.chosen.connect(lambda _state: self.refresh())
        self.tools = ListTools(
            add=(self.tr("加原因"), self.add),
            edit=self.edit,
            use=self.use,
            remove=self.remove,
            up=lambda: self.move_chosen(-1),
            down=lambda: self.move_chosen(1),
        )
        use = (self.tr("在用"), self.tr("已停用"))
        columns: list[Column[VisitReason]] = [
            Column(key="words", title=self.tr("原因"), cell=lambda one: one.words, width=260, stretch=1),
            Column(key="active", title=self.tr("状态"), cell=lambda one: use_cell(one.active, use), width=110),
        ]
        self.table = RecordTable[VisitReason](columns, multi=False, empty_text=self.tr("还没有原因。"))
        self.table.setSortingEnabled(False)
        self.table.setAccessibleName(self.tr("没去成的原因"))
        self.table.setMinimumHeight(theme.px(300))
        self.table.setMaximumWidth(theme.px(640))
        self.table.current_changed.connect(self.tools.show_chosen)
        self.table.opened.connect(lambda _one: self.edit())
        self.body.addLayout(row(self.state, STRETCH))
        self.body.addWidget(self.tools)
        self.body.addWidget(self.table, 1)

    def _state(self) -> VisitState:
        return VisitState(str(self.state.value()))

    def refresh(self) -> None:
        """Read the reasons of the chosen kind."""
        self.table.set_rows(actions.reasons(self.session.store, state=self._state(), with_unused=True))
        if self.table.current() is None:
            self.table.choose_first()
        self.tools.show_chosen(self.table.current())

    def add(self) -> None:
        """A new reason."""
        self._open(VisitReason(state=self._state(), words=""))

    def edit(self) -> None:
        """Change the chosen reason."""
        chosen = self.table.current()
        if chosen is not None:
            self._open(chosen)

    def _open(self, reason: VisitReason) -> None:
        form = Form(label_width=64)
        form.text("words", self.tr("原因"), required=True)
        form.set_values(words=reason.words)

        def store(values: dict[str, Any], on_error: Callable[[UserError], object]) -> Done[VisitReason] | None:
            action = actions.edit_reason if reason.id else actions.add_reason
            return self.session.perform(action, visit_reason=replace(reason, **values), on_error=on_error)

        title = self.tr("改原因") if reason.id else self.tr("加原因：{state}").format(state=labels.label(reason.state))
        dialog = RecordDialog(self.session, title=title, form=form, store=store, parent=self.window())
        dialog.saved.connect(self.table.choose)
        self.session.dialogs.show(dialog)

    def move_chosen(self, step: int) -> None:
        """Put the chosen reason one place up or down."""
        chosen = self.table.current()
        ids = [one.id for one in self.table.rows()]
        if chosen is None:
            return
        at = ids.index(chosen.id)
        to = at + step
        if 0 <= to < len(ids):
            ids[at], ids[to] = ids[to], ids[at]
            self.session.perform(actions.order_reasons, visit_reason_ids=ids)

    def use(self) -> None:
        """Put the chosen reason out of use, or in use again."""
        chosen = self.table.current()
        if chosen is not None:
            self.session.perform(actions.use_reason, visit_reason_id=chosen.id, active=not chosen.active)

    def remove(self) -> None:
        """Take the chosen reason off the list."""
        chosen = self.table.current()
        if chosen is not None:
            self.session.perform(actions.remove_reason, visit_reason_id=chosen.id)

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+N adds, Ctrl and arrows order."""
        return (
            Key(keys="Ctrl+N", words=self.tr("加原因"), run=self.add),
            Key(keys="Ctrl+Up", words=self.tr("往上排"), run=lambda: self.move_chosen(-1), shown_as="Ctrl+↑"),
            Key(keys="Ctrl+Down", words=self.tr("往下排"), run=lambda: self.move_chosen(1), shown_as="Ctrl+↓"),
        )
