"""Facts to read: a word at the left, what is known at the right, in groups divided by hairlines."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.layout import hairline
from jiuliting_desk.ui.widgets.text import label


class Facts(QWidget):
    """Rows are added once; to show another record make another."""

    def __init__(self, *, label_width: int = 84) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnMinimumWidth(0, theme.px(label_width))
        self._grid.setColumnStretch(1, 1)
        self._line = 0
        self._is_after_line = False
        self._texts: dict[str, QLabel] = {}

    def add(self, words: str, value: "str | QWidget", *, tone: str = "") -> None:
        """One more fact; an empty text adds nothing."""
        height = theme.px(24)
        if isinstance(value, str):
            if not value:
                return
            shown = label(value, tone=tone, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setMinimumHeight(height)
            self._texts[words] = shown
            value = shown
        else:
            height = min(max(value.sizeHint().height(), height), theme.px(34))
        self._is_after_line = False
        named = label(words, "field")
        named.setMinimumHeight(height)
        self._grid.addWidget(named, self._line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, self._line, 1, Qt.AlignmentFlag.AlignTop)
        self._line += 1

    def line(self) -> None:
        """A hairline between groups."""
        if self._line and not self._is_after_line:
            self._grid.addWidget(hairline(), self._line, 0, 1, 2)
            self._line += 1
            self._is_after_line = True

    def heading(self, words: str) -> None:
        """A heading over the facts that follow."""
        self._grid.addWidget(label(words, "h3"), self._line, 0, 1, 2)
        self._line += 1

    def text(self, words: str) -> str:
        """What is said of a fact, "" where it is not there."""
        return self._texts[words].text() if words in self._texts else ""
