"""Several phone numbers of one person: the number, whose it is, and which one is rung first."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from jiuliting_desk.model.elders import Phone
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.buttons import button, icon_button
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.layout import row

MOST = 6


class _Line(QWidget):
    """One number."""

    def __init__(self, owner: "PhonesField", phone: Phone) -> None:
        super().__init__()
        self.number = TextField(placeholder=self.tr("号码"), limit=30)
        self.number.setAccessibleName(self.tr("电话号码"))
        self.number.set_value(phone.number)
        self.note = TextField(placeholder=self.tr("谁的"), limit=30)
        self.note.setAccessibleName(self.tr("这个号码是谁的"))
        self.note.set_value(phone.note)
        self.note.setMaximumWidth(theme.px(96))
        self.first = QRadioButton(self.tr("先打"))
        self.first.setChecked(phone.preferred)
        self.away = icon_button("x", self.tr("去掉这个号码"), lambda: owner.remove(self))
        layout = row(self.number, self.note, self.first, self.away, gap=6)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def phone(self) -> Phone:
        """The number as typed."""
        return Phone(number=self.number.value(), note=self.note.value(), preferred=self.first.isChecked())


class PhonesField(QWidget):
    """A field whose value is a tuple of Phone; the form checks the numbers when it is saved."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._first = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(6))
        self._more = button(self.tr("再加一个号码"), self._on_more, kind="link", icon="plus", size="s")
        self._layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_value(())

    def value(self) -> tuple[Phone, ...]:
        """The numbers that were filled in."""
        found = [line.phone() for line in self._lines]
        return tuple(phone for phone in found if phone.number)

    def set_value(self, value: Iterable[Phone]) -> None:
        """Show these numbers, and an empty line where there is none."""
        for line in list(self._lines):
            self._drop(line)
        for phone in value:
            self._add(phone)
        if not self._lines:
            self._add(Phone(number="", preferred=True))

    def lines(self) -> list[_Line]:
        """The lines shown."""
        return self._lines

    def _add(self, phone: Phone) -> _Line:
        line = _Line(self, phone)
        line.number.edited.connect(self.edited)
        line.note.edited.connect(self.edited)
        line.first.clicked.connect(lambda _on=False: self.edited.emit())
        self._first.addButton(line.first)
        self._lines.append(line)
        self._layout.insertWidget(len(self._lines) - 1, line)
        # Else it counts as hidden, and has no room, until the event loop comes round.
        line.show()
        self._show_parts()
        return line

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here comes to the first line. A focus proxy would break the order of Tab."""
        self._lines[0].number.setFocus(event.reason())

    def remove(self, line: _Line) -> None:
        """Take a line away; the last one is only emptied."""
        if len(self._lines) == 1:
            line.number.set_value("")
            line.note.set_value("")
        else:
            was_first = line.first.isChecked()
            self._drop(line)
            if was_first:
                self._lines[0].first.setChecked(True)
        self.edited.emit()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        self._first.removeButton(line.first)
        self._layout.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._show_parts()

    def _show_parts(self) -> None:
        """Which is first is a question only where there are several."""
        for line in self._lines:
            line.first.setVisible(len(self._lines) > 1)
            line.away.setVisible(len(self._lines) > 1)
        self._more.setVisible(len(self._lines) < MOST)

    def _on_more(self) -> None:
        self._add(Phone(number="", preferred=not self._lines)).number.setFocus(Qt.FocusReason.TabFocusReason)
