"""Likely the same person: at most five lines above a form, each opens its record."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from jiuliting_desk.actions.elders import Known
from jiuliting_desk.model.elders import ElderState
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import column, row
from jiuliting_desk.ui.widgets.text import icon_label, label


class KnownList(QWidget):
    """Goes away while there is nobody to show."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        frame = QFrame()
        frame.setProperty("banner", "warn")
        self.setLayout(column(frame, margins=(10, 16, 0, 16)))
        self._layout = QVBoxLayout(frame)
        self._layout.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self._layout.setSpacing(theme.px(2))
        self.head = label("", "strong", wrap=True)
        head = row(icon_label("users-round", "warn"), self.head, gap=8)
        head.setStretchFactor(self.head, 1)
        self._layout.addLayout(head)
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_known(self, found: Sequence[Known]) -> None:
        """Show these people."""
        for old in self.buttons:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = []
        self.setVisible(bool(found))
        if not found:
            return
        is_same = any(each.likeness.is_same_person for each in found)
        is_question = any(each.likeness.is_question for each in found)
        if is_same:
            self.head.setText(self.tr("名单里已经有这个人，点开看"))
        elif is_question:
            self.head.setText(self.tr("可能是同一个人，问一问"))
        else:
            self.head.setText(self.tr("同名的有 {count} 位，看看是不是").format(count=len(found)))
        for each in found:
            made = button(self._words(each), partial(self.opened.emit, each.elder_id), kind="link", size="s")
            made.setProperty("align", "left")
            made.setStyleSheet("text-align: left")
            made.setToolTip(made.text())
            made.setMinimumWidth(theme.px(60))
            self.buttons.append(made)
            self._layout.addWidget(made)

    def _words(self, known: Known) -> str:
        parts = [
            f"{known.number} {known.name}",
            known.address,
            self.tr("{year}年生").format(year=known.birth_year) if known.birth_year else "",
            self.tr("尾号 {tail}").format(tail=known.phone_tail) if known.phone_tail else "",
            "" if known.state is ElderState.ACTIVE else labels.label(known.state),
        ]
        return "，".join(filter(None, parts)) + "　" + labels.likeness(known.likeness)
