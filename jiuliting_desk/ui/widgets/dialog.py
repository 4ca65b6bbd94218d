"""Windows over the window: the base of forms, a question, and the one that explains trouble."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, scrolled, surface
from jiuliting_desk.ui.widgets.scrim import Scrim
from jiuliting_desk.ui.widgets.text import icon_label, label

if TYPE_CHECKING:
    from jiuliting_desk.ui.messages import TroubleWords


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: its key, its words (a verb and its object), its kind as of buttons."""

    key: str
    words: str
    kind: str = ""
    icon: str = ""


class WindowDialog(QDialog):
    """A dialog with a body and a foot of buttons; the window behind is dimmed while it is open."""

    def __init__(self, title: str, *, width: int = 560, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        wanted = theme.px(width)
        # The smallest window fills the smallest screen: with large type nothing sticks out of it.
        self.setMinimumWidth(wanted if parent is None else min(wanted, parent.window().width()))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*[theme.px(20)] * 4)
        self.body.setSpacing(theme.px(12))
        outer.addLayout(self.body, 1)
        self.foot: QHBoxLayout = row(margins=(12, 20), gap=8)
        self._foot = surface("foot", self.foot)
        outer.addWidget(self._foot)
        self._scrim: Scrim | None = None
        self._main: QPushButton | None = None

    def confirm_with(self, made: QPushButton) -> None:
        """Let Ctrl+Enter press a button, whatever its words become later; the main one where none is named."""
        self._main = made
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            # A button's own shortcut is lost with every new text.
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(made.click)

    def end_in_main(self, field: QWidget) -> None:
        """Where the keyboard went from the last field into the foot, put it on the main button, not on the way back.

        It stays in the field while the main button cannot be pressed.
        """
        there = self.focusWidget()
        if self._main is not None and there is not None and self._foot.isAncestorOf(there):
            (self._main if self._main.isEnabled() else field).setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window behind."""
        super().showEvent(event)
        if self._main is None:
            main = [made for made in self.findChildren(QPushButton) if made.property("kind") == "primary"]
            if len(main) == 1:
                self.confirm_with(main[0])
        behind = self.parentWidget()
        if behind is not None and self._scrim is None:
            self._scrim = Scrim(behind.window())

    def hideEvent(self, event: QHideEvent) -> None:
        """Brighten it again."""
        super().hideEvent(event)
        if self._scrim is not None:
            self._scrim.go()
            self._scrim = None


def go_on(field: QWidget) -> None:
    """What Enter does in a field: on to the next one; in a window over the window, from the last to its main button."""
    field.focusNextChild()
    window = field.window()
    if isinstance(window, WindowDialog):
        window.end_in_main(field)


class _ChoiceDialog(WindowDialog):
    """A dialog that ends with a choice."""

    answered = Signal(str)

    def __init__(self, title: str, *, width: int, parent: QWidget | None) -> None:
        super().__init__(title, width=width, parent=parent)
        self.answer = ""
        self.buttons: dict[str, QPushButton] = {}
        self.finished.connect(lambda _code: self.answered.emit(self.answer))

    def _add_choices(self, choices: Sequence[Choice], default: str) -> None:
        for at, choice in enumerate(choices):
            made = button(choice.words, partial(self.choose, choice.key), kind=choice.kind, icon=choice.icon, size="l")
            self.buttons[choice.key] = made
            self.foot.addWidget(made)
            if at == 0 and len(choices) > 1:
                self.foot.addStretch(1)
        if len(choices) == 1:
            self.foot.insertStretch(0, 1)
        made = self.buttons[default]
        made.setDefault(True)
        made.setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, key: str) -> None:
        """End with that choice."""
        self.answer = key
        self.accept()


LINES_SEEN, SCROLLED_HEIGHT = 10, 240
"""More lines than so many are scrolled in that height."""


def _scrolled_lines(title: str, lines: Sequence[str]) -> QWidget:
    """All lines, however many, to be read with the wheel or, once Tab is on them, with the arrows."""
    text = label("\n".join(lines), "sub", wrap=True)
    text.setAlignment(Qt.AlignmentFlag.AlignTop)
    area = scrolled(text)
    area.setFixedHeight(theme.px(SCROLLED_HEIGHT))
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setAccessibleName(title)
    return area


class AskDialog(_ChoiceDialog):
    """A question; the first choice stands at the left, the way back."""

    def __init__(
        self,
        title: str,
        text: str,
        *,
        lines: Sequence[str] = (),
        choices: Sequence[Choice],
        default: str,
        tone: str = "info",
        input_label: str = "",
        input_text: str = "",
        input_required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, width=460, parent=parent)
        mark = {"info": "circle-help", "warn": "triangle-alert", "bad": "octagon-x"}[tone]
        words = column(label(title, "h2", wrap=True), gap=4)
        if text:
            words.addWidget(label(text, wrap=True))
        if len(lines) > LINES_SEEN:
            words.addWidget(_scrolled_lines(title, lines))
        else:
            for line in lines:
                words.addWidget(label(line, "sub", wrap=True))
        head = row(icon_label(mark, tone, theme.px(28)), words, gap=14)
        head.setStretchFactor(words, 1)
        head.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self._field: TextField | None = None
        self._needs_text = input_required
        if input_label:
            self._field = TextField()
            self._field.set_value(input_text)
            self._field.setAccessibleName(input_label)
            self.body.addWidget(label(input_label, "field"))
            self.body.addWidget(self._field)
        self._add_choices(choices, default)
        if self._field is not None:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._field.textChanged.connect(self._on_typed)
            self._way_back = choices[0].key
            self._on_typed()

    def typed(self) -> str:
        """The text typed, "" where none was asked for."""
        return self._field.value() if self._field is not None else ""

    def _on_typed(self) -> None:
        lacks = self._needs_text and not self.typed()
        for key, made in self.buttons.items():
            if key != self._way_back:
                made.setEnabled(not lacks)
                made.setToolTip(self.tr("先写上面那一行") if lacks else "")


class TroubleDialog(_ChoiceDialog):
    """What happened, what was kept, what to do next, and a number for those who maintain the program."""

    def __init__(self, words: "TroubleWords", choices: Sequence[Choice], *, parent: QWidget | None = None) -> None:
        super().__init__(words.title, width=600, parent=parent)
        self.words = words
        head = row(
            icon_label("octagon-x", "bad", theme.px(34)),
            column(label(words.title, "h1", wrap=True), label(words.happened, wrap=True), gap=4),
            gap=16,
        )
        head.setStretch(1, 1)
        head.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(hairline())
        self._add_part("shield-check", "ok", self.tr("什么都没丢"), list(words.kept))
        numbered = [f"{number}　{step}" for number, step in enumerate(words.steps, start=1)]
        self._add_part("list-checks", "info", self.tr("接下来这样做"), numbered)
        self._copied = label("", "cap", tone="ok")
        copy = button(self.tr("复制详细情况"), self.copy_details, kind="link", icon="copy")
        code = label(self.tr("给维护人员：错误号 {code}").format(code=words.code), "cap")
        self.body.addLayout(row(code, copy, self._copied, STRETCH))
        self._add_choices(choices, choices[-1].key)

    def _add_part(self, mark: str, tone: str, title: str, lines: list[str]) -> None:
        texts: list[QLabel] = [label(title, "h3")] + [label(line, wrap=True) for line in lines]
        icon = icon_label(mark, tone, theme.px(20))
        part = row(icon, column(*texts, gap=4), gap=12)
        part.setStretch(1, 1)
        part.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(part)

    def copy_details(self) -> None:
        """Put number and details on the clipboard."""
        parts = (self.words.code, self.words.title, self.words.happened, self.words.detail)
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))
        self._copied.setText(self.tr("已复制"))
