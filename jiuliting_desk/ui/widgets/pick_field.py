"""One of many choices, found by typing a part of its words or their initials."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from jiuliting_desk.model.errors import NameUnknown
from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.widgets.buttons import is_enter
from jiuliting_desk.ui.widgets.dialog import go_on
from jiuliting_desk.ui.widgets.fields import LineField

LINES = 8
"""Choices seen at once."""

_MOVING = frozenset([QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.WindowDeactivate])


class PickField(LineField):
    """A field whose value is the key of a choice, or None while it is empty.

    Typing lists what is left, Down lists all; Enter takes the marked one, Tab what alone is left. The list is a child
    of the window: a popup of its own would take the keyboard from the input method.
    """

    edited = Signal()

    def __init__(self, *, kind: str, placeholder: str = "") -> None:
        super().__init__()
        self._kind = kind
        self._keys: dict[str, Any] = {}
        self._sought: dict[str, str] = {}
        self._list: QListWidget | None = None
        self._watched: list[QWidget] = []
        self.setPlaceholderText(placeholder)
        arrow = self.addAction(icons.icon("chevron-down", "ink2"), QLineEdit.ActionPosition.TrailingPosition)
        arrow.setToolTip(self.tr("看全部"))
        arrow.triggered.connect(self.show_all)
        self.textEdited.connect(self._on_typed)

    def set_choices(self, choices: Iterable[tuple[Any, str, str]]) -> None:
        """Offer these: key, words, and how the words may sound (pinyin, initials, other names)."""
        found = list(choices)
        self._keys = {words: key for key, words, _ in found}
        self._sought = {words: f"{words} {sounds}".lower() for _, words, sounds in found}

    def words(self) -> Sequence[str]:
        """What can be chosen."""
        return list(self._keys)

    # -- the field

    def value(self) -> Any:
        """The key of what is typed. Raises NameUnknown where no choice is called so."""
        text = self.text().strip()
        if not text:
            return None
        if text not in self._keys:
            raise NameUnknown(kind=self._kind, name=text)
        return self._keys[text]

    def known(self) -> Any:
        """The key of what is typed so far, None where it is no choice yet."""
        return self._keys.get(self.text().strip())

    def set_value(self, value: Any) -> None:
        """Show the choice with that key; an unknown key or None empties the field."""
        self.setText(next((words for words, key in self._keys.items() if key == value and value is not None), ""))

    # -- the list

    def listed(self) -> list[str]:
        """What the list offers now, empty while it is not shown."""
        found = self._list
        return [] if found is None else [found.item(at).text() for at in range(found.count())]

    def marked(self) -> str:
        """The words that Enter would take from the list, "" while it is not shown."""
        found = self._list
        return "" if found is None or found.currentItem() is None else found.currentItem().text()

    def show_all(self) -> None:
        """List all choices, or what is left of them while no choice is typed in full."""
        self._show(self.words() if self.known() is not None else self._left())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_list(self) -> None:
        """Take the list away."""
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched = []
        found, self._list = self._list, None
        if found is not None:
            found.hide()
            found.deleteLater()

    def _left(self) -> list[str]:
        text = self.text().strip().lower()
        return [words for words, sought in self._sought.items() if text in sought]

    def _on_typed(self) -> None:
        self._show(self._left() if self.text().strip() else [])
        self.edited.emit()

    def _show(self, offered: Sequence[str]) -> None:
        self.hide_list()
        if not offered or not self.isVisible():
            return
        window = self.window()
        found = QListWidget(window)
        found.setProperty("surface", "popup")
        found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.setUniformItemSizes(True)
        found.setViewportMargins(theme.px(6), 3, 3, 3)
        found.setAccessibleName(self.accessibleName())
        height = theme.size("row")
        for words in offered:
            item = QListWidgetItem(words, found)
            item.setSizeHint(QSize(0, height))
        found.setCurrentRow(0)
        found.itemClicked.connect(lambda item: self._take(item.text()))
        below = self.mapTo(window, QPoint(0, self.height() + 2))
        room = max(window.height() - below.y() - theme.px(8), height)
        wanted = min(len(offered), LINES) * height + 2 * found.frameWidth() + 6
        found.setGeometry(below.x(), below.y(), self.width(), min(wanted, room))
        found.show()
        found.raise_()
        self._list = found
        above: QWidget | None = self
        while above is not None:
            above.installEventFilter(self)
            self._watched.append(above)
            above = None if above is window else above.parentWidget()

    def _take(self, words: str) -> None:
        self.hide_list()
        if self.text() != words:
            self.setText(words)
            self.edited.emit()

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list, Enter takes and goes on, Esc takes the list away."""
        key, found = Qt.Key(event.key()), self._list
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            if found is None:
                self.show_all()
            else:
                step = 1 if key == Qt.Key.Key_Down else -1
                found.setCurrentRow(max(0, min(found.count() - 1, found.currentRow() + step)))
        elif is_enter(event):
            if found is not None:
                self._take(found.currentItem().text())
            go_on(self)
        elif key == Qt.Key.Key_Escape and found is not None:
            self.hide_list()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What leaves one choice only is taken for it."""
        self.hide_list()
        left = self._left() if self.text().strip() and self.known() is None else []
        if len(left) == 1:
            self._take(left[0])
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list goes when the field moves away from under it."""
        if event.type() in _MOVING:
            self.hide_list()
        return super().eventFilter(watched, event)
