"""A number that is masked until someone asks, then shown for half a minute."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from jiuliting_desk.ui import icons
from jiuliting_desk.ui.widgets.buttons import button, icon_button
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.text import label

SHOWN_SECONDS = 30


class MaskedValue(QWidget):
    """100****4417 [显示] [复制]. ``reveal`` gives the whole value and is where the page logs that it was seen.

    Where it gives "", because the look could not be logged, nothing is shown.
    """

    def __init__(self, masked: str, reveal: Callable[[], str], *, copyable: bool = True) -> None:
        super().__init__()
        self._masked = masked
        self._reveal = reveal
        self._left = 0
        self._value = label(masked, "strong")
        self.show_button = button(self.tr("显示"), self._on_clicked, kind="link", size="s", icon="eye")
        self.copy_button = icon_button("copy", self.tr("复制"), self.copy, token="link") if copyable else None
        items = [self._value, self.show_button, *([self.copy_button] if self.copy_button else []), STRETCH]
        self.setLayout(row(*items, gap=4))
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_second)

    def text(self) -> str:
        """What is shown now."""
        return self._value.text()

    @property
    def is_shown(self) -> bool:
        """Whether the whole value is seen."""
        return self._left > 0

    def copy(self) -> None:
        """Put the whole value, without the blanks it is read with, on the clipboard."""
        whole = self._reveal()
        if not whole:
            return
        QGuiApplication.clipboard().setText("".join(whole.split()))
        if self.copy_button is not None:
            self.copy_button.setIcon(icons.icon("check", "ok"))
            QTimer.singleShot(1500, self.copy_button, self._show_copy_icon)

    def _show_copy_icon(self) -> None:
        if self.copy_button is not None:
            self.copy_button.setIcon(icons.icon("copy", "link"))

    def show_value(self) -> None:
        """Show the whole value for half a minute."""
        whole = self._reveal()
        if not whole:
            return
        self._value.setText(whole)
        self._left = SHOWN_SECONDS
        self.show_button.setIcon(icons.icon("eye-off", "link"))
        self._tell_seconds()
        self._timer.start()

    def hide_value(self) -> None:
        """Mask it again."""
        self._timer.stop()
        self._left = 0
        self._value.setText(self._masked)
        self.show_button.setIcon(icons.icon("eye", "link"))
        self.show_button.setText(self.tr("显示"))

    def _on_clicked(self) -> None:
        if self.is_shown:
            self.hide_value()
        else:
            self.show_value()

    def _on_second(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.hide_value()
        else:
            self._tell_seconds()

    def _tell_seconds(self) -> None:
        self.show_button.setText(self.tr("遮住（{seconds} 秒）").format(seconds=self._left))

    def hideEvent(self, event: object) -> None:
        """Nobody looks any more."""
        self.hide_value()
