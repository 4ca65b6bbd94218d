"""A call that ends without a booking: what came of it, the words, and when to ring back."""

from collections.abc import Sequence
from datetime import timedelta

from jiuliting_desk.actions.calls import log_call
from jiuliting_desk.model.calls import CallOutcome
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form

RECALLED_AFTER = {CallOutcome.MESSAGE: 0, CallOutcome.NOT_REACHED: 1}
"""Days after which the outcomes that want it are rung back, unless somebody says otherwise."""

OUTCOMES = (
    CallOutcome.MESSAGE,
    CallOutcome.ASKED,
    CallOutcome.COMPLAINT,
    CallOutcome.WRONG_NUMBER,
    CallOutcome.NOT_REACHED,
)


class CallDialog(WindowDialog):
    """Logs one call; a complaint of a known elder opens a follow-up."""

    def __init__(
        self,
        session: Session,
        *,
        elder_id: int = 0,
        name: str = "",
        typed: str = "",
        categories: Sequence[tuple[int, str]] = (),
        category_id: int = 0,
        recall_id: int = 0,
    ) -> None:
        """``typed`` is the number or name of an unknown caller, ``recall_id`` the call that is returned."""
        title = self.tr("记一条来电：{name}").format(name=name) if name else self.tr("记一条来电")
        super().__init__(title, width=520, parent=session.dialogs.window)
        self._session = session
        self._elder_id, self._recall_id = elder_id, recall_id
        self._is_day_chosen = False
        self.form = Form()
        self.form.choice("outcome", self.tr("结果"), [(one, labels.label(one)) for one in OUTCOMES])
        self.form.notes("notes", self.tr("说了什么"), lines=3)
        if not elder_id:
            self.form.text("caller_name", self.tr("谁打来的"))
            self.form.text("phone", self.tr("电话"))
        self.form.choice("category_id", self.tr("关于"), [(0, self.tr("没有说")), *categories])
        self.form.date("recall_on", self.tr("哪天回电"), today=session.today(), hint=self.tr("空着就是不用回电"))
        self.form.set_values(category_id=category_id)
        if not elder_id:
            known_by = "phone" if any(sign.isdecimal() for sign in typed) else "caller_name"
            self.form.set_values(**{known_by: typed})
        self.form.edited.connect(self._on_edited)
        self.body.addWidget(self.form)
        save = button(self.tr("记下这条来电"), self.save, kind="primary", icon="check", size="l")
        self._tomorrow_button = button(self.tr("明天回电"), self._tomorrow, size="l")
        cancel = button(self.tr("不记了"), self.reject, size="l")
        self.foot.addWidget(cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self._tomorrow_button)
        self.foot.addWidget(save)
        self._propose_day(OUTCOMES[0])
        self.form.fields["notes"].setFocus()

    def _on_edited(self, name: str) -> None:
        if name == "recall_on":
            self._is_day_chosen = True
        elif name == "outcome":
            outcome: CallOutcome = self.form.fields["outcome"].value()  # type: ignore[attr-defined]
            may_ring_back = outcome is not CallOutcome.WRONG_NUMBER
            if not self._is_day_chosen or not may_ring_back:
                self._propose_day(outcome)
            self.form.show_row("recall_on", may_ring_back)
            self._tomorrow_button.setVisible(may_ring_back)

    def _propose_day(self, outcome: CallOutcome) -> None:
        after = RECALLED_AFTER.get(outcome)
        day = None if after is None else self._session.today() + timedelta(days=after)
        self.form.set_values(recall_on=day)
        self._is_day_chosen = False

    def _tomorrow(self) -> None:
        self._is_day_chosen = True
        self.form.set_values(recall_on=self._session.today() + timedelta(days=1))

    def save(self) -> None:
        """Log it and close."""
        values = self.form.read()
        if values is None:
            return
        values["category_id"] = values["category_id"] or None
        done = self._session.perform(
            log_call,
            elder_id=self._elder_id or None,
            recall_id=self._recall_id or None,
            on_error=self.form.show_error,
            **values,
        )
        if done is not None:
            self.accept()
