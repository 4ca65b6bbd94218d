"""The section 上门的原因: what is offered when a visit is cancelled, nobody is at home, or nobody comes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from jiuliting_desk.actions import visit_reasons as actions
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.visits import VisitReason, VisitState
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.settings.list_tools import use_cell
from jiuliting_desk.ui.pages.settings.ordered import ListActions, OrderedSection
from jiuliting_desk.ui.record_dialog import RecordDialog
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.buttons import Segmented
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.rows_model import Column

STATES = (VisitState.CANCELLED, VisitState.NOT_HOME, VisitState.NO_SHOW)


class ReasonSection(OrderedSection[VisitReason]):
    """Reasons of one kind in the order in which they are offered; the first is filled in."""

    watches: ClassVar = frozenset({VisitReason})

    def __init__(self, session: Session) -> None:
        self.state = Segmented([(state, labels.label(state)) for state in STATES])
        use = (self.tr("在用"), self.tr("已停用"))
        super().__init__(
            session,
            title=self.tr("没去成的原因"),
            purpose=self.tr("取消上门、家里没人、志愿者没来的时候可选的原因。第一条先填好；记过的上门不跟着改。"),
            add=self.tr("加原因"),
            columns=[
                Column(key="words", title=self.tr("原因"), cell=lambda one: one.words, width=260, stretch=1),
                Column(key="active", title=self.tr("状态"), cell=lambda one: use_cell(one.active, use), width=110),
            ],
            actions=ListActions(
                read=lambda: actions.reasons(session.store, state=self._state(), with_unused=True),
                order=actions.order_reasons,
                use=actions.use_reason,
                remove=actions.remove_reason,
                record="visit_reason",
            ),
            open_form=self._open,
            name_of=lambda one: one.words,
            empty_text=self.tr("还没有原因。"),
            above=row(self.state, STRETCH),
        )
        self.state.chosen.connect(lambda _state: self.refresh())

    def _state(self) -> VisitState:
        return VisitState(str(self.state.value()))

    def _open(self, chosen: VisitReason | None) -> None:
        reason = chosen or VisitReason(state=self._state(), words="")
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
