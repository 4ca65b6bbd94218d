"""The window in which one record of a list is typed: a form, and what storing it does."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.model.errors import UserError
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.asking import ask_unsaved
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import scrolled

Store = Callable[[dict[str, Any], Callable[[UserError], object]], Done[Any] | None]
"""Stores the values typed; the second argument takes a rule's no."""


class RecordDialog(WindowDialog):
    """Shows a form that the section filled; closes once it is stored."""

    saved = Signal(int)
    """The record's id."""

    def __init__(
        self,
        session: Session,
        *,
        title: str,
        form: Form,
        store: Store,
        width: int = 520,
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, width=width, parent=parent)
        self.session = session
        self.form = form
        self._store = store
        if tall:
            content = QWidget()
            inner = QVBoxLayout(content)
            inner.setContentsMargins(0, 0, theme.px(10), 0)
            inner.addWidget(form)
            inner.addStretch(1)
            self.body.addWidget(scrolled(content))
            room = (parent.window().height() if parent is not None else theme.px(720)) - theme.px(90)
            self.resize(theme.px(width), min(theme.px(680), max(theme.px(420), room)))
        else:
            self.body.addWidget(form)
        self.foot.addWidget(button(self.tr("不存"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.save_button = button(self.tr("存下"), self.save, kind="primary", size="l")
        self.confirm_with(self.save_button)
        self.foot.addWidget(self.save_button)
        form.settle()
        first = next(iter(form.fields.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Store what was typed."""
        values = self.form.read()
        if values is None:
            return
        done = self._store(values, self.form.show_error)
        if done is not None:
            self.saved.emit(done.result.id)
            self.form.settle()
            self.accept()

    def reject(self) -> None:
        """Close; what was typed is asked about."""
        if not self.form.is_changed:
            super().reject()
            return
        ask_unsaved(self.session, save=self.save, drop=super().reject)
