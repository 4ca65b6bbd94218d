"""按哪个月的时间排: this month or the next, two buttons, and why it is the next by itself."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from jiuliting_desk.model.months import last_day, months_to_choose
from jiuliting_desk.ui.widgets.buttons import Segmented
from jiuliting_desk.ui.widgets.layout import row
from jiuliting_desk.ui.widgets.text import label

THIS, NEXT = 0, 1


class MonthChoice(QWidget):
    """Exactly one of two months is planned."""

    chosen = Signal(object)
    """The first day of a month."""

    def __init__(self) -> None:
        super().__init__()
        self._months = (date.min, date.min)
        self.months = Segmented([(THIS, ""), (NEXT, "")])
        self.months.setAccessibleName(self.tr("按哪个月的时间排"))
        self.months.chosen.connect(lambda place: self.chosen.emit(self._months[place]))
        self.months.setToolTip(self.tr("按哪个月的时间排"))
        self.note = ""
        """How few days are left of this month, late in it; "" before."""
        self.setLayout(row(label(self.tr("按"), "strong"), self.months, gap=6, margins=(0, 0, 0, 0)))

    def show_month(self, month: date, *, today: date, usual: date) -> None:
        """Show the two months that can be planned, and which one is; ``usual`` is the one planned by itself."""
        self._months = months_to_choose(today)
        for place, first in enumerate(self._months):
            self.months.set_text(place, self.tr("{month} 月").format(month=first.month))
        self.months.choose(NEXT if month == self._months[NEXT] else THIS)
        days = (last_day(today) - today).days
        words = self.tr("{month} 月还剩 {days} 天") if days else self.tr("今天是 {month} 月最后一天")
        self.note = words.format(month=today.month, days=days) if usual == self._months[NEXT] else ""
