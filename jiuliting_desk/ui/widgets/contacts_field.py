"""Emergency contacts: name, relation, phone; as many as there are."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.model.elders import Contact
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.buttons import button, icon_button
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.layout import row

MOST = 5


class _Line(QWidget):
    """One contact."""

    def __init__(self, owner: "ContactsField", contact: Contact) -> None:
        super().__init__()
        self.name = TextField(placeholder=self.tr("姓名"), limit=30)
        self.relation = TextField(placeholder=self.tr("关系"), limit=20)
        self.phone = TextField(placeholder=self.tr("电话"), limit=30)
        for field, words, value in (
            (self.name, self.tr("联系人姓名"), contact.name),
            (self.relation, self.tr("联系人关系"), contact.relation),
            (self.phone, self.tr("联系人电话"), contact.phone),
        ):
            field.setAccessibleName(words)
            field.set_value(value)
            field.edited.connect(owner.edited)
        self.away = icon_button("x", self.tr("去掉这位联系人"), lambda: owner.remove(self))
        layout = row(self.name, self.relation, self.phone, self.away, gap=6)
        for at, share in enumerate((3, 2, 5)):
            layout.setStretch(at, share)
        self.setLayout(layout)

    def contact(self) -> Contact:
        """The contact as typed."""
        return Contact(name=self.name.value(), relation=self.relation.value(), phone=self.phone.value())


class ContactsField(QWidget):
    """A field whose value is a tuple of Contact; the form checks the phones when it is saved."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(6))
        self._more = button(self.tr("再加一位联系人"), self._on_more, kind="link", icon="plus", size="s")
        self._layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_value(())

    def value(self) -> tuple[Contact, ...]:
        """The contacts with a name or a phone."""
        found = [line.contact() for line in self._lines]
        return tuple(contact for contact in found if contact.name or contact.phone)

    def set_value(self, value: Iterable[Contact]) -> None:
        """Show these contacts, and an empty line where there is none."""
        for line in list(self._lines):
            self._drop(line)
        for contact in value:
            self._add(contact)
        if not self._lines:
            self._add(Contact(name=""))

    def lines(self) -> list[_Line]:
        """The lines shown."""
        return self._lines

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here comes to the first line. A focus proxy would break the order of Tab."""
        self._lines[0].name.setFocus(event.reason())

    def remove(self, line: _Line) -> None:
        """Take a line away; the last one is only emptied."""
        self._drop(line)
        if not self._lines:
            self._add(Contact(name=""))
        self.edited.emit()

    def _add(self, contact: Contact) -> _Line:
        line = _Line(self, contact)
        self._lines.append(line)
        self._layout.insertWidget(len(self._lines) - 1, line)
        # Else it counts as hidden, and has no room, until the event loop comes round.
        line.show()
        self._more.setVisible(len(self._lines) < MOST)
        return line

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        self._layout.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._more.setVisible(len(self._lines) < MOST)

    def _on_more(self) -> None:
        self._add(Contact(name="")).name.setFocus(Qt.FocusReason.TabFocusReason)
