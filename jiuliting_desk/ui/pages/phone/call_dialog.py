"""A call that ends without a booking: what came of it, the words, and when to ring back."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Self, cast

from PySide6.QtGui import QTextCursor

from jiuliting_desk.actions.calls import log_call
from jiuliting_desk.actions.drafts import keep_draft, kept_draft
from jiuliting_desk.model.calls import CallOutcome
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.store import Store
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import Field, NotesField
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


DRAFT = "phone.note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A call to be logged, as it is being written down."""

    elder_id: int = 0
    typed: str = ""
    """The number or name of a caller whom nobody knows."""
    category_id: int = 0
    recall_id: int = 0
    """The call that is being returned."""
    values: dict[str, Any] = field(default_factory=dict)
    """What was written into the fields so far, as JSON holds it."""

    @classmethod
    def kept(cls, store: Store) -> Self | None:
        """The one that was being written when the program was cut off, if its elder is still there."""
        try:
            found = cls(**json.loads(kept_draft(store, name=DRAFT)))
        except (ValueError, TypeError):
            return None
        return found if not found.elder_id or store.find(Elder, found.elder_id) is not None else None


class CallDialog(WindowDialog):
    """Logs one call; a complaint of a known elder opens a follow-up. What is written is kept through a crash."""

    def __init__(self, session: Session, note: Note, *, categories: Sequence[tuple[int, str]] = ()) -> None:
        elder = session.store.find(Elder, note.elder_id or None)
        title = self.tr("记一条来电：{name}").format(name=elder.name) if elder is not None else self.tr("记一条来电")
        super().__init__(title, width=520, parent=session.dialogs.window)
        self._session = session
        self._note = note
        self._is_day_chosen = False
        self.form = Form()
        self.form.choice("outcome", self.tr("结果"), [(one, labels.label(one)) for one in OUTCOMES])
        self.form.notes("notes", self.tr("说了什么"), lines=3)
        is_known = bool(note.elder_id)
        self.form.text("caller_name", self.tr("谁打来的"), placeholder=self.tr("本人") if is_known else "")
        own = self.tr("不是老人自己的号码才写") if is_known else ""
        self.form.text("phone", self.tr("电话"), placeholder=own)
        self.form.choice("category_id", self.tr("关于"), [(0, self.tr("没有说")), *categories])
        self.form.date("recall_on", self.tr("哪天回电"), today=session.today(), hint=self.tr("空着就是不用回电"))
        known_by = "phone" if any(sign.isdecimal() for sign in note.typed) else "caller_name"
        self.form.set_values(category_id=note.category_id, **{known_by: note.typed})
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
        self._restore()
        notes = cast(NotesField, self.form.fields["notes"])
        notes.moveCursor(QTextCursor.MoveOperation.End)
        notes.setFocus()

    def _restore(self) -> None:
        values = dict(self._note.values)
        if "outcome" in values:
            values["outcome"] = CallOutcome(values["outcome"])
            self.form.set_values(outcome=values["outcome"])
            self._on_outcome(values["outcome"])
        if values.get("recall_on"):
            values["recall_on"] = date.fromisoformat(values["recall_on"])
        self.form.set_values(**values)

    def note(self) -> Note:
        """The call with what is written of it by now; a day that cannot be read is left out."""
        values: dict[str, Any] = {}
        for name, made in self.form.fields.items():
            try:
                value = cast(Field, made).value()
            except UserError:
                continue
            values[name] = value.isoformat() if isinstance(value, date) else value
        return replace(self._note, values=values)

    def _on_edited(self, name: str) -> None:
        if name == "recall_on":
            self._is_day_chosen = True
        elif name == "outcome":
            self._on_outcome(cast(Field, self.form.fields["outcome"]).value())
        if not self._session.is_lent:
            keep_draft(self._session.store, name=DRAFT, text=json.dumps(asdict(self.note())))

    def done(self, result: int) -> None:
        """Logged, or given up: nothing is to be taken up again."""
        if not self._session.is_lent:
            keep_draft(self._session.store, name=DRAFT, text="")
        super().done(result)

    def _on_outcome(self, outcome: CallOutcome) -> None:
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
            elder_id=self._note.elder_id or None,
            recall_id=self._note.recall_id or None,
            on_error=self.form.show_error,
            **values,
        )
        if done is not None:
            self.accept()
