"""Fields of forms and filter rows: each has ``value``, ``set_value`` and the signal ``edited``."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from jiuliting_desk.model.errors import BadDate
from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.widgets.buttons import Facet
from jiuliting_desk.ui.widgets.layout import Flow


class Field(Protocol):
    """What a form asks of its fields."""

    @property
    def edited(self) -> SignalInstance:
        """Emitted when a person typed or chose."""

    def value(self) -> Any:
        """What is in the field. Raises UserError where it cannot be read."""

    def set_value(self, value: Any) -> None:
        """Put something in, without a signal."""


class LineField(QLineEdit):
    """One line to type in, which leaves to the window its keys, and undo and redo where nothing was typed in it."""

    def event(self, event: QEvent) -> bool:
        """Ctrl+E belongs to the window, undo and redo where nothing was typed here."""
        if _is_windows_key(event, self.isUndoAvailable(), self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def clear(self) -> None:
        """Empty the field for what comes next: Qt's own would keep the old text to be undone in it."""
        self.setText("")


class TextField(LineField):
    """One line of text."""

    edited = Signal()

    def __init__(self, *, placeholder: str = "", icon: str = "", limit: int = 200) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setMaxLength(limit)
        if icon:
            self.addAction(icons.icon(icon, "ink3", size=16), QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> str:
        """The text without blanks around it."""
        return self.text().strip()

    def set_value(self, value: object) -> None:
        """Show a text; None is empty."""
        self.setText("" if value is None else str(value))

    def settle(self) -> None:
        """Let what is in the field be the beginning of what can be undone in it."""
        self.setText(self.text())


_TYPING = frozenset({Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_Z})
"""With Ctrl these belong to the field; Qt would keep others too where it knows no Windows: E, K, U."""


def _is_windows_key(event: QEvent, can_undo: bool, can_redo: bool) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    is_letter = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
    if is_letter and event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() not in _TYPING:
        return True
    undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
    return (event.matches(undo) and not can_undo) or (event.matches(redo) and not can_redo)


class NotesField(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    edited = Signal()

    def __init__(self, *, lines: int = 3) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.ensurePolished()
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + theme.px(18))
        self._quiet = False
        self.textChanged.connect(self._on_changed)

    def event(self, event: QEvent) -> bool:
        """Undo and redo belong to the window where nothing was typed here."""
        document = self.document()
        if _is_windows_key(event, document.isUndoAvailable(), document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def settle(self) -> None:
        """Let what is in the field be the beginning of what can be undone in it."""
        self.document().clearUndoRedoStacks()

    def _on_changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def value(self) -> str:
        """The text without blanks around it."""
        return self.toPlainText().strip()

    def set_value(self, value: object) -> None:
        """Show a text; None is empty."""
        self._quiet = True
        self.setPlainText("" if value is None else str(value))
        self._quiet = False


class ChoiceField(QComboBox):
    """One of a few choices, each a key and its words. The wheel changes it only while it has the keyboard."""

    edited = Signal()

    def __init__(self, choices: Iterable[tuple[Any, str]] = (), *, size: str = "") -> None:
        super().__init__()
        if size:
            self.setProperty("dim", size)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(14)
        self._keys: list[Any] = []
        self.set_choices(choices)
        self.activated.connect(lambda _at: self.edited.emit())

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer other choices; the one that holds stays if it is still there, else the first holds."""
        held = self.value()
        found = list(choices)
        self._keys = [key for key, _ in found]
        self.clear()
        self.addItems([words for _, words in found])
        self.set_value(held)

    def value(self) -> Any:
        """The key of the choice that holds, None where there is none."""
        at = self.currentIndex()
        return self._keys[at] if 0 <= at < len(self._keys) else None

    def set_value(self, value: Any) -> None:
        """Let a choice hold; an unknown key lets the first hold."""
        self.setCurrentIndex(self._keys.index(value) if value in self._keys else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the keyboard is here."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ComboFacet(ChoiceField):
    """A filter with its name before the choice, tinted while it filters; its first choice is 全部."""

    def __init__(self, name: str, choices: Iterable[tuple[Any, str]] = ()) -> None:
        self._name = name
        super().__init__()
        self.setProperty("kind", "facet")
        self.set_choices(choices)
        self.currentIndexChanged.connect(lambda _at: self._tint())

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer other choices behind 全部, whose key is None."""
        everything = [(None, f"{self._name}：{self.tr('全部')}")]
        super().set_choices([*everything, *((key, f"{self._name}：{words}") for key, words in choices)])

    def clear_choice(self) -> None:
        """Filter nothing."""
        self.setCurrentIndex(0)

    def _tint(self) -> None:
        theme.mark(self, current="true" if self.currentIndex() > 0 else "false")


class NumberField(QSpinBox):
    """A whole number. The wheel changes it only while it has the keyboard."""

    edited = Signal()

    def __init__(self, lowest: int, highest: int, *, unit: str = "") -> None:
        super().__init__()
        self.setRange(lowest, highest)
        if unit:
            self.setSuffix(f" {unit}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(theme.px(8), 0, 0, 0)
        self._quiet = False
        self.valueChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def set_value(self, value: int | None) -> None:
        """Show a number; None is the lowest."""
        self._quiet = True
        self.setValue(self.minimum() if value is None else value)
        self._quiet = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the keyboard is here."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CheckField(QCheckBox):
    """Yes or no."""

    edited = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.clicked.connect(lambda _on: self.edited.emit())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Tick it or not."""
        self.setChecked(bool(value))


class ChipsField(QWidget):
    """Any number of a few words, as buttons that stay pressed; its value is a tuple of keys."""

    edited = Signal()

    def __init__(self, choices: Iterable[tuple[Any, str]] = ()) -> None:
        super().__init__()
        self._flow = Flow(gap=6)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._buttons: dict[Any, Facet] = {}
        self.set_choices(choices)

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer other words; those pressed stay so if they are still there."""
        held = set(self.value())
        for old in self._buttons.values():
            self._flow.removeWidget(old)
            old.deleteLater()
        self._buttons = {}
        for key, words in choices:
            made = Facet(words)
            made.setProperty("dim", "s")
            made.setChecked(key in held)
            made.clicked.connect(lambda _on: self.edited.emit())
            self._buttons[key] = made
            self._flow.addWidget(made)

    def value(self) -> tuple[Any, ...]:
        """The keys of the words that are pressed."""
        return tuple(key for key, made in self._buttons.items() if made.isChecked())

    def set_value(self, value: Sequence[Any]) -> None:
        """Press exactly these; a word that is not offered is offered too, so that it is not lost."""
        for key in value:
            if key not in self._buttons:
                self.set_choices([*((known, made.text()) for known, made in self._buttons.items()), (key, str(key))])
        for key, made in self._buttons.items():
            made.setChecked(key in value)

    def button(self, key: Any) -> Facet:
        """The button of a key. Raises KeyError."""
        return self._buttons[key]


_FULL = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*|(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})\D+(\d{1,2})\D*")


def read_date(text: str, *, today: date) -> date | None:
    """A day as people type it: 2026-3-18, 2026.3.18, 2026年3月18日, 20260318, or 3-18 of this year; None for "".

    Raises BadDate.
    """
    text = text.strip()
    if not text:
        return None
    full, short = _FULL.fullmatch(text), _SHORT.fullmatch(text)
    if full is not None:
        year, month, day = (int(part) for part in full.groups() if part is not None)
    elif short is not None:
        year, (month, day) = today.year, (int(part) for part in short.groups())
    else:
        raise BadDate(text=text)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadDate(text=text) from None


class DateField(LineField):
    """A day, typed in any usual form or chosen from a calendar (the icon, or the down key); may be empty."""

    edited = Signal()

    def __init__(self, *, today: date, placeholder: str = "") -> None:
        super().__init__()
        self._today = today
        self.setPlaceholderText(placeholder or self.tr("年-月-日"))
        self._open = QAction(icons.icon("calendar-days", "ink2", size=16), self.tr("打开日历"), self)
        self._open.triggered.connect(self.open_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(lambda _text: self.edited.emit())
        self.editingFinished.connect(self._tidy)

    def value(self) -> date | None:
        """The day, None where it is empty. Raises BadDate."""
        return read_date(self.text(), today=self._today)

    def set_value(self, value: date | None) -> None:
        """Show a day."""
        self.setText("" if value is None else value.isoformat())

    def open_calendar(self) -> None:
        """Show the calendar below the field."""
        frame = QFrame(self, Qt.WindowType.Popup)
        frame.setProperty("surface", "popup")
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        try:
            shown = self.value() or self._today
        except BadDate:
            shown = self._today
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        QVBoxLayout(frame).addWidget(calendar)

        def on_chosen(day: QDate) -> None:
            self.set_value(date(day.year(), day.month(), day.day()))
            frame.close()
            self.edited.emit()

        calendar.clicked.connect(on_chosen)
        calendar.activated.connect(on_chosen)
        frame.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        frame.show()
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def _tidy(self) -> None:
        try:
            day = self.value()
        except BadDate:
            return
        if day is not None:
            self.set_value(day)
