"""One question of the form with its five answers as faces; a digit answers, 0 is no tick."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.widgets.text import label

FACES = ("frown", "annoyed", "meh", "smile", "laugh")
LOW = frozenset({1, 2})
"""Scores that are shown in crimson."""


def light(part: QWidget, current: bool) -> None:
    """Tint the part of the form that digits go to now."""
    part.setAutoFillBackground(current)
    palette = part.palette()
    palette.setColor(part.backgroundRole(), theme.colour("select" if current else "surface"))
    part.setPalette(palette)


class ScoreRow(QWidget):
    """Shows a score 0-5; the row that the digits go to is tinted."""

    chosen = Signal(int)

    def __init__(self, question: str) -> None:
        super().__init__()
        self.value = 0
        self._words = label("", "cap")
        self._words.setMinimumWidth(theme.px(52))
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons: list[QPushButton] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        layout.setSpacing(theme.px(6))
        named = label(question, "h3")
        named.setMinimumWidth(theme.px(118))
        layout.addWidget(named)
        for score, face in enumerate(FACES, start=1):
            made = QPushButton(str(score))
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setProperty("kind", "facet")
            made.setIcon(icons.icon(face, "ink2", gap=True))
            made.setIconSize(icons.icon_size(gap=True))
            made.setAccessibleName(f"{question} {score}")
            if score in LOW:
                made.setProperty("tone", "bad")
            made.clicked.connect(lambda _on=False, score=score: self.chosen.emit(score))
            self.buttons.append(made)
            layout.addWidget(made)
        layout.addWidget(self._words)
        layout.addStretch(1)
        self.set_value(0)

    def set_value(self, score: int) -> None:
        """Show a score; 1 and 2 are told in crimson."""
        self.value = score
        for number, made in enumerate(self.buttons, start=1):
            made.setChecked(number == score)
            token = "ink2" if number != score else "bad" if score in LOW else "info"
            made.setIcon(icons.icon(FACES[number - 1], token, gap=True))
        words = (
            self.tr("没填"),
            self.tr("很差"),
            self.tr("不好"),
            self.tr("一般"),
            self.tr("好"),
            self.tr("很好"),
        )
        self._words.setText(words[score])
        theme.mark(self._words, tone="bad" if score in LOW else "")

    def set_current(self, current: bool) -> None:
        """Whether digits answer this question now."""
        light(self, current)

    def words(self) -> str:
        """The score in words."""
        return self._words.text()
