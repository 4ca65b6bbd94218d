"""Banners on a page, the empty state, and the bar that tells what was just done."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.focus_ring import ON_TOP
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.text import Elide, icon_label, label

ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "bad": "octagon-x"}

SHOWN_MS = 8000


class Banner(QFrame):
    """A strip with an icon, a bold lead, a sentence and, if wanted, a way out. Tones: info ok warn bad."""

    def __init__(
        self, tone: str, lead: str, text: str = "", *, icon: str = "", action: QPushButton | None = None
    ) -> None:
        super().__init__()
        self.setProperty("banner", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        items: list[object] = [icon_label(icon or ICONS[tone], tone), self._label]
        if action is not None:
            items.append(action)
        layout = row(*items, margins=(8, 14), gap=10)
        layout.setStretchFactor(self._label, 1)
        self.setLayout(layout)
        self.say(lead, text)

    def say(self, lead: str, text: str = "") -> None:
        """Say something else."""
        self._label.setText(f'<span style="font-weight:500">{_escaped(lead)}</span> {_escaped(text)}')
        self.setAccessibleName(f"{lead} {text}".strip())

    def words(self) -> str:
        """What it says."""
        return self.accessibleName()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Empty(QWidget):
    """Why there is nothing, and the way out."""

    def __init__(
        self, title: str, text: str = "", *, icon: str = "search-x", action: QPushButton | None = None
    ) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(6))
        layout.addStretch(1)
        mark = icon_label(icon, "ink3", theme.px(30))
        self._title, self._text = label(title, "strong", wrap=True), label(text, "sub", wrap=True)
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        # Wrapped labels that are not stretched take a narrow column of their own choosing, and are cut below.
        for words in (self._title, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(words)
        self.say(title, text)
        if action is not None:
            layout.addSpacing(theme.px(4))
            layout.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def say(self, title: str, text: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def words(self) -> str:
        """What is said."""
        return " ".join(filter(None, (self._title.text(), self._text.text())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something to tell in the bar: what was done, and the one thing that can be done about it."""

    text: str
    tone: str = "ok"
    action: str = ""
    """The words of the link, such as 撤销."""
    keys: str = ""
    run: Callable[[], object] | None = None


class MessageBar(QFrame):
    """The dark bar over ``host``, a row without controls, above all of its window: one message, the newest at once.

    It goes after 8 seconds, or by a click beside its link. Only while the link is pointed at or has the keyboard it
    stays: the next thing to be pressed is never under it.
    """

    def __init__(
        self,
        host: QWidget,
        window: QWidget | None = None,
        *,
        kept: Callable[[], int] = lambda: 0,
        held: Callable[[], int] = lambda: 0,
    ) -> None:
        """``kept`` gives the width at the right end of the host that stays in sight where the words leave room.

        While ``held``, the width beside it of what may have to be pressed, is not 0, both stay however long the words.
        """
        super().__init__(window or host)
        self._host, self._window, self._kept, self._held = host, window or host, kept, held
        self._message = Message(text="")
        self.setProperty("banner", "said")
        self.setProperty(ON_TOP, True)
        self._icon = QLabel()
        self._text = Elide()
        self._action = button("", self._on_action, kind="onbar")
        self._keys = label()
        layout = row(self._icon, self._text, STRETCH, self._action, self._keys, margins=(0, 16), gap=10)
        layout.setStretchFactor(self._text, 100)
        self.setLayout(layout)
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._on_time)
        self.hide()
        host.installEventFilter(self)

    def say(self, message: Message) -> None:
        """Show a message now."""
        self._message = message
        icon = {"ok": "circle-check", "info": "info", "warn": "triangle-alert", "bad": "circle-alert"}[message.tone]
        fresh = icon_label(icon, "on_tooltip")
        self._icon.setPixmap(fresh.pixmap())
        fresh.deleteLater()
        self._text.setText(message.text)
        self._action.setText(message.action)
        self._action.setVisible(bool(message.action))
        self._keys.setText(message.keys)
        self._keys.setVisible(bool(message.keys))
        self.setAccessibleName(message.text)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def words(self) -> str:
        """The text of the message, "" while none is shown."""
        return self._message.text if self.isVisibleTo(self._host) else ""

    def message(self) -> Message:
        """The message shown last."""
        return self._message

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the host's place."""
        if watched is self._host and event.type() in _MOVING and not self.isHidden():
            self.place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the link: it is read."""
        self._go()

    def place(self) -> None:
        """Lie over the host but for what stays in sight."""
        room, held = self._host.rect(), self._held()
        narrower = room.adjusted(0, 0, -self._kept() - held, 0)
        if held or self.sizeHint().width() <= narrower.width():
            room = narrower
        self.setGeometry(QRect(self._host.mapTo(self._window, room.topLeft()), room.size()))

    def _on_time(self) -> None:
        if not (self._action.underMouse() or self._action.hasFocus()):
            self._go()

    def _go(self) -> None:
        self._timer.stop()
        self.hide()

    def _on_action(self) -> None:
        self._go()
        if self._message.run is not None:
            self._message.run()


_MOVING = frozenset([QEvent.Type.Move, QEvent.Type.Resize])
