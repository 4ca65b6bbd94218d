"""Buttons: plain ones in their kinds, segments of which one holds, facets that filter, chips to take away."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from jiuliting_desk.ui import icons, theme

_ICON_TOKENS = {"primary": "on_accent", "bad": "bad", "link": "link", "strong": "ink", "": "ink2"}


def is_enter(event: QKeyEvent) -> bool:
    """Whether it is Enter alone, also the one of the number keys."""
    enter = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    return event.key() in enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


class PushButton(QPushButton):
    """A button that Enter presses too while it has the keyboard; Qt's own listens to Enter in dialogs only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter clicks, once however long it is held down."""
        if not is_enter(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


class ToolButton(QToolButton):
    """The same for a button without words."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter clicks, or opens the menu."""
        if not is_enter(event):
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            return
        elif self.menu() is not None:
            self.showMenu()
        else:
            self.click()


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    kind: str = "",
    icon: str = "",
    size: str = "",
    tip: str = "",
) -> QPushButton:
    """A button. Kinds: primary (one a screen), strong, bad, ghost, link; sizes: s, l.

    Its words are a verb and what it does it to.
    """
    made = PushButton(text)
    # "size" is a property of every QWidget already.
    for name, value in (("kind", kind), ("dim", size)):
        if value:
            made.setProperty(name, value)
    if icon:
        made.setIcon(icons.icon(icon, _ICON_TOKENS.get(kind, "ink2"), gap=True))
        made.setIconSize(icons.icon_size(gap=True))
    if tip:
        made.setToolTip(tip)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def icon_button(
    name: str, words: str, on_click: Callable[[], object] | None = None, *, token: str = "ink2"
) -> QToolButton:
    """A button without words, only for zoom, copy, close and fold; ``words`` are its tip and its accessible name."""
    made = ToolButton()
    made.setIcon(icons.icon(name, token))
    made.setIconSize(icons.icon_size())
    side = theme.size("control_s")
    made.setFixedSize(side, side)
    made.setToolTip(words)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def with_count(text: str, count: int | None) -> str:
    """A word with the number of what it stands for."""
    return text if count is None else f"{text} {count}"


class Segmented(QWidget):
    """A few choices of which exactly one holds; arrows move, as in a row of radio buttons."""

    chosen = Signal(object)

    def __init__(self, choices: Iterable[tuple[object, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._group = QButtonGroup(self)
        self._keys: list[object] = []
        self._texts: dict[object, str] = {}
        self._group.idClicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for key, text in choices:
            self.add(key, text)

    def add(self, key: object, text: str) -> None:
        """One more choice; the first one added holds."""
        made = PushButton(text)
        made.setProperty("kind", "seg")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setProperty("at", "last")
        if self._keys:
            theme.mark(self._group.button(len(self._keys) - 1), at="")
        self._group.addButton(made, len(self._keys))
        self._keys.append(key)
        self._texts[key] = text
        self._layout.addWidget(made)
        if len(self._keys) == 1:
            made.setChecked(True)

    def value(self) -> Any:
        """The key of the choice that holds."""
        return self._keys[max(self._group.checkedId(), 0)] if self._keys else None

    def choose(self, key: object) -> None:
        """Let a choice hold, without a signal. Raises ValueError for an unknown key."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def text(self, key: Any) -> str:
        """What a choice is called, without its number. Raises KeyError for an unknown key."""
        return self._texts[key]

    def set_text(self, key: object, text: str) -> None:
        """Call a choice otherwise. Raises ValueError for an unknown key."""
        self._texts[key] = text
        self._group.button(self._keys.index(key)).setText(text)

    def set_counts(self, counts: dict[Any, int]) -> None:
        """Write numbers behind the words of these keys."""
        for index, key in enumerate(self._keys):
            self._group.button(index).setText(with_count(self._texts[key], counts.get(key)))

    def buttons(self) -> list[QPushButton]:
        """The choices as buttons, in order."""
        return [self.findChildren(QPushButton)[index] for index in range(len(self._keys))]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the choice."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._keys:
            super().keyPressEvent(event)
            return
        index = max(0, min(len(self._keys) - 1, self._group.checkedId() + step))
        if index != self._group.checkedId():
            self._group.button(index).setFocus(Qt.FocusReason.TabFocusReason)
            self._group.button(index).click()

    def _on_clicked(self, index: int) -> None:
        self.chosen.emit(self._keys[index])


class Facet(PushButton):
    """A filter that is on or off, with the number of what it would leave."""

    def __init__(self, text: str, *, count: int | None = None, icon: str = "", token: str = "ink2") -> None:
        super().__init__(with_count(text, count))
        self._text = text
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "facet")
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if icon:
            side = theme.size("icon_cell")
            self.setIcon(icons.icon(icon, token, size=side, gap=True))
            self.setIconSize(icons.icon_size(side, gap=True))

    def set_count(self, count: int | None) -> None:
        """Write the number anew."""
        self.setText(with_count(self._text, count))


class Removable(PushButton):
    """A filter in force, as a chip that a click takes away."""

    def __init__(self, text: str, on_remove: Callable[[], object]) -> None:
        super().__init__(text)
        self.setProperty("kind", "removable")
        self.setAutoDefault(False)
        self.setIcon(icons.icon("x", "info", size=theme.size("icon_chip")))
        side = theme.size("icon_chip")
        self.setIconSize(QSize(side, side))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setToolTip(self.tr("去掉这个筛选"))
        self.clicked.connect(lambda _checked=False: on_remove())
