"""Forms: a label, a field, and below the field the sentence that says what is wrong with it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from jiuliting_desk.model.errors import UserError
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.buttons import is_enter
from jiuliting_desk.ui.widgets.dialog import go_on
from jiuliting_desk.ui.widgets.fields import (
    CheckField,
    ChipsField,
    ChoiceField,
    DateField,
    Field,
    NotesField,
    NumberField,
    TextField,
)
from jiuliting_desk.ui.widgets.layout import bring_into_view, hairline, order_tabs, row
from jiuliting_desk.ui.widgets.text import icon_label, label

F = TypeVar("F", bound=QWidget)


def _sentence(error: UserError) -> str:
    # The words of all errors are loaded with the first one, not with the first page.
    from jiuliting_desk.ui import messages

    return messages.sentence(error)


class _Complaint(QWidget):
    """The sentence under a field."""

    def __init__(self) -> None:
        super().__init__()
        self._label = QLabel()
        self._label.setProperty("role", "cap")
        self._label.setProperty("tone", "bad")
        self._label.setWordWrap(True)
        layout = row(icon_label("circle-alert", "bad", theme.size("icon_chip")), self._label, gap=4)
        layout.setStretchFactor(self._label, 1)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence, or go for ""."""
        self._label.setText(text)
        self.setVisible(bool(text))

    def words(self) -> str:
        """The sentence shown, or ""."""
        return self._label.text()


class Form(QWidget):
    """Rows of fields, each known by the name that errors use for it."""

    edited = Signal(str)
    """The name of the field in which something was typed or chosen."""

    def __init__(self, *, label_width: int = 88, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnMinimumWidth(0, theme.px(label_width))
        self._grid.setColumnStretch(1, 1)
        self._line = 0
        self.fields: dict[str, QWidget] = {}
        self._complaints: dict[str, _Complaint] = {}
        self._labels: dict[str, list[QLabel]] = {}
        self._start: dict[str, Any] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    # -- building

    def add(self, name: str, words: str, field: F, *, required: bool = False, hint: str = "", unit: str = "") -> F:
        """One more row; ``hint`` stands in small type below the field, ``unit`` behind it."""
        named = label(f"{words} *" if required else words, "field")
        named.setBuddy(field)
        named.setMinimumHeight(theme.size("control"))
        field.setAccessibleName(words)
        self._grid.addWidget(named, self._line, 0, Qt.AlignmentFlag.AlignTop)
        parts = [named]
        if unit:
            after = label(unit, "sub")
            self._grid.addLayout(row(field, after), self._line, 1)
            parts.append(after)
        else:
            self._grid.addWidget(field, self._line, 1)
        complaint = _Complaint()
        self._grid.addWidget(complaint, self._line + 1, 1)
        if hint:
            below = label(hint, "cap", wrap=True)
            self._grid.addWidget(below, self._line + 2, 1)
            parts.append(below)
        self._line += 3
        self.fields[name] = field
        self._complaints[name] = complaint
        self._labels[name] = parts
        cast(Field, field).edited.connect(lambda: self._on_edited(name))
        field.installEventFilter(self)
        return field

    def text(
        self, name: str, words: str, *, required: bool = False, hint: str = "", placeholder: str = ""
    ) -> TextField:
        """A row with one line of text."""
        return self.add(name, words, TextField(placeholder=placeholder), required=required, hint=hint)

    def notes(self, name: str, words: str, *, lines: int = 3, hint: str = "") -> NotesField:
        """A row with several lines of text."""
        return self.add(name, words, NotesField(lines=lines), hint=hint)

    def choice(self, name: str, words: str, choices: Iterable[tuple[Any, str]], *, hint: str = "") -> ChoiceField:
        """A row with one of a few choices."""
        return self.add(name, words, ChoiceField(choices), hint=hint)

    def choices(self, name: str) -> ChoiceField:
        """The field of a row with one of a few choices. Raises KeyError and TypeError."""
        field = self.fields[name]
        if not isinstance(field, ChoiceField):
            raise TypeError(name)
        return field

    def chips(self, name: str, words: str, choices: Iterable[tuple[Any, str]], *, hint: str = "") -> ChipsField:
        """A row with any number of a few words."""
        return self.add(name, words, ChipsField(choices), hint=hint)

    def number(
        self, name: str, words: str, lowest: int, highest: int, *, unit: str = "", hint: str = ""
    ) -> NumberField:
        """A row with a whole number."""
        field = NumberField(lowest, highest)
        field.setFixedWidth(theme.px(96))
        return self.add(name, words, field, unit=unit or " ", hint=hint)

    def date(self, name: str, words: str, *, today: date, required: bool = False, hint: str = "") -> DateField:
        """A row with a day."""
        return self.add(name, words, DateField(today=today), required=required, hint=hint)

    def check(self, name: str, words: str, *, hint: str = "") -> CheckField:
        """A row with a tick box."""
        return self.add(name, "", CheckField(words), hint=hint)

    def heading(self, words: str) -> QLabel:
        """A heading over the rows that follow."""
        if self._line:
            self._grid.addWidget(hairline(), self._line, 0, 1, 2)
            self._line += 1
        made = label(words, "h3")
        made.setMinimumHeight(theme.px(30))
        self._grid.addWidget(made, self._line, 0, 1, 2)
        self._line += 1
        return made

    def widget(self, made: QWidget) -> QWidget:
        """Anything else, across both columns."""
        self._grid.addWidget(made, self._line, 0, 1, 2)
        self._line += 1
        return made

    # -- values

    def set_values(self, **values: Any) -> None:
        """Show these values; what was typed counts from now."""
        for name, value in values.items():
            cast(Field, self.fields[name]).set_value(value)
        self.settle()

    def settle(self) -> None:
        """Take what is in the form now as unchanged, and drop complaints."""
        self.clear_complaints()
        self._start = self._raw()
        for field in self.fields.values():
            if isinstance(field, TextField | NotesField):
                field.settle()

    def _raw(self) -> dict[str, Any]:
        found = {}
        for name, field in self.fields.items():
            try:
                found[name] = cast(Field, field).value()
            except UserError as error:
                found[name] = _sentence(error)
        return found

    @property
    def is_changed(self) -> bool:
        """Whether something differs from what was shown at first."""
        return bool(self._start) and self._raw() != self._start

    def changed_words(self) -> str:
        """What the fields are called that differ from what was shown at first."""
        now = self._raw()
        return "、".join(self.fields[name].accessibleName() for name in now if now[name] != self._start.get(name))

    def read(self) -> dict[str, Any] | None:
        """The values by name; None where one cannot be read, which is then said at its field."""
        self.clear_complaints()
        found, wrong = {}, []
        for name, field in self.fields.items():
            try:
                found[name] = cast(Field, field).value()
            except UserError as error:
                wrong.append(name)
                self.complain(name, _sentence(error))
        if wrong:
            self.fields[wrong[0]].setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self.fields[wrong[0]])
            return None
        return found

    # -- complaints

    def complain(self, name: str, text: str) -> None:
        """Say what is wrong under a field."""
        self._complaints[name].say(text)
        theme.mark(self.fields[name], state="bad" if text else "")

    def complaining(self) -> list[str]:
        """The fields at which something is said."""
        return [name for name, complaint in self._complaints.items() if complaint.words()]

    def complaint(self, name: str) -> str:
        """What is said under a field, or ""."""
        return self._complaints[name].words()

    def clear_complaints(self) -> None:
        """Say nothing under any field."""
        for name in self.fields:
            self.complain(name, "")

    def show_error(self, error: UserError) -> bool:
        """Say a rule's no at its field and go there; gives whether the form has that field."""
        if error.field not in self.fields:
            return False
        self.complain(error.field, _sentence(error))
        self.fields[error.field].setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self.fields[error.field])
        return True

    def show_row(self, name: str, shown: bool) -> None:
        """Show or hide a field with its label, unit and hint."""
        self.fields[name].setVisible(shown)
        for part in self._labels[name]:
            part.setVisible(shown)

    def _on_edited(self, name: str) -> None:
        if self._complaints[name].words():
            self.complain(name, "")
        self.edited.emit(name)

    def event(self, event: QEvent) -> bool:
        """Tab goes as one reads, also through lines that a field got later."""
        if event.type() == QEvent.Type.LayoutRequest:
            order_tabs(self)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a one-line field or at a number goes on to the next field."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and is_enter(event)
        if is_key and isinstance(watched, TextField | DateField | NumberField):
            go_on(watched)
            return True
        return super().eventFilter(watched, event)
