"""Chips as widgets: one, and a row of them that wraps."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.cells import Chip, chip_width, paint_chip
from jiuliting_desk.ui.widgets.layout import Flow


class ChipLabel(QWidget):
    """One chip."""

    def __init__(self, chip: Chip) -> None:
        super().__init__()
        self.chip = chip
        self.setAccessibleName(chip.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(round(chip_width(self.chip)) + 1, theme.size("chip") + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chip."""
        paint_chip(QPainter(self), 0.5, QRectF(self.rect()).center().y(), self.chip, self.width() - 1)


class ChipRow(QWidget):
    """Chips side by side, in as many lines as they need."""

    def __init__(self, chips: Iterable[Chip] = ()) -> None:
        super().__init__()
        self._flow = Flow(gap=6)
        self._chips: tuple[Chip, ...] = ()
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_chips(chips)

    def set_chips(self, chips: Iterable[Chip]) -> None:
        """Show these chips; those that stand there already are left as they are."""
        chips = tuple(chips)
        if chips == self._chips:
            return
        self._chips = chips
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for chip in chips:
            self._flow.addWidget(ChipLabel(chip))
        self.updateGeometry()

    def texts(self) -> list[str]:
        """The words of the chips."""
        found = [item.widget() for item in self._flow.items()]
        return [widget.chip.text for widget in found if isinstance(widget, ChipLabel)]
