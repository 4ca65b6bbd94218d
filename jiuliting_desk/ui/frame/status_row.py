"""The bottom row: the keys that work here, long work, where the data lie, how the backup stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.frame.busy import BusyStrip
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.widgets.layout import row
from jiuliting_desk.ui.widgets.text import label


class StatusRow(QFrame):
    """Keys left, facts right; a page may put its own words in the place of the keys."""

    def __init__(self, busy: BusyStrip) -> None:
        super().__init__()
        self._busy = busy
        busy.seen_changed.connect(self._lay_out)
        self.setProperty("surface", "status")
        self.setFixedHeight(theme.size("statusbar"))
        self._keys = QWidget()
        self._keys_layout = QHBoxLayout(self._keys)
        self._keys_layout.setContentsMargins(0, 0, 0, 0)
        self._keys_layout.setSpacing(theme.px(20))
        self._keys.setMinimumWidth(0)
        self._place_icon = QLabel()
        self._backup_icon = QLabel()
        self._backup_words = label("", "cap")
        self._facts = row(
            _mark(self._place_icon, "hard-drive", "ink2"),
            label(self.tr("资料只存在本机"), "cap"),
            8,
            self._backup_icon,
            self._backup_words,
            gap=6,
        )
        layout = row(self._keys, busy, self._facts, gap=theme.px(16), margins=(0, 16))
        layout.setStretchFactor(self._keys, 1)
        self.setLayout(layout)
        self._shown: list[tuple[str, str]] = []

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Tell these keys; those that lack room are left out from the right."""
        self._shown = [(key.shown_as or key.keys.replace("Return", "Enter"), key.words) for key in keys if key.words]
        self._lay_out()

    def _lay_out(self) -> None:
        while (item := self._keys_layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        room = self.width() - self.facts_width() - self.busy_width()
        for keys, words in self._shown:
            made = QLabel(f'<span style="font-weight:500">{keys}</span>&nbsp; {words}')
            made.setTextFormat(Qt.TextFormat.RichText)
            made.setProperty("role", "cap")
            made.ensurePolished()
            room -= made.sizeHint().width() + theme.px(20)
            if room < 0:
                made.deleteLater()
                break
            self._keys_layout.addWidget(made)
        self._keys_layout.addStretch(1)

    def resizeEvent(self, event: object) -> None:
        """Show as many keys as fit."""
        self._lay_out()

    def show_backup(self, words: str, *, is_well: bool) -> None:
        """Say how the backup stands, in amber where it is not well."""
        _mark(self._backup_icon, "circle-check" if is_well else "triangle-alert", "ok" if is_well else "warn")
        theme.mark(self._backup_words, tone="" if is_well else "warn")
        if words != self._backup_words.text():
            self._backup_words.setText(words)
            self._lay_out()

    def facts_width(self) -> int:
        """Pixels at the right end that the facts take, with the gap before them and the margin after."""
        return self._facts.sizeHint().width() + 2 * theme.px(16)

    def busy_width(self) -> int:
        """Pixels before the facts that long work takes, with the gap before it; 0 while there is none."""
        return 0 if self._busy.isHidden() else self._busy.sizeHint().width() + theme.px(16)

    def backup_words(self) -> str:
        """What is said about the backup."""
        return self._backup_words.text()

    def key_words(self) -> list[str]:
        """The words of the keys that are told, whether or not they fit."""
        return [words for _, words in self._shown]


def _mark(holder: QLabel, name: str, token: str) -> QLabel:
    side = theme.size("icon_cell")
    holder.setPixmap(icons.pixmap(name, token, side, holder.devicePixelRatioF()))
    holder.setFixedSize(side, side)
    return holder
