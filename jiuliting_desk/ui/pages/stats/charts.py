"""Two charts, drawn: visits month by month beside the year before, and services done and waiting."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiuliting_desk.ui import theme

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBars:
    """Visits of twelve months of two years; ``unfinished`` is the month (1-12) that still runs, or 0."""

    year: int
    now: tuple[int, ...]
    before: tuple[int, ...]
    unfinished: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceBar:
    """One service: what was done in the period, and how many needs wait for it."""

    name: str
    done: int
    waiting: int


def nice_step(highest: int) -> int:
    """The distance of grid lines, so that there are at most five: 1, 2 or 5 times a power of ten."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= step * factor * 5:
                return step * factor
        step *= 10


class _Chart(QWidget):
    opened = Signal(int)
    """The place, from 0, of the month or service on which somebody clicked twice."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.setToolTip(self.tr("双击看是哪几次"))
        self.setMinimumHeight(theme.px(120))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _begin(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font("h3"))
        painter.drawText(QRectF(theme.px(20), theme.px(8), self.width(), theme.px(24)), _LEFT, self.title)
        painter.setFont(theme.font("cap"))
        return painter

    def _legend(self, painter: QPainter, entries: list[tuple[str, str, bool]]) -> None:
        right = self.width() - theme.px(16)
        for words, token, hatched in reversed(entries):
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.setPen(theme.colour("ink2"))
            painter.drawText(QRectF(right - width, theme.px(8), width + 2, theme.px(24)), _LEFT, words)
            square = QRectF(right - width - theme.px(18), theme.px(14), theme.px(12), theme.px(12))
            self._bar(painter, square, token, hatched)
            right -= width + theme.px(34)

    def _bar(self, painter: QPainter, rect: QRectF, token: str, hatched: bool) -> None:
        colour = theme.colour(token)
        if not hatched:
            painter.fillRect(rect, colour)
            return
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(rect, QBrush(colour, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)


class MonthChart(_Chart):
    """Twelve pairs of bars."""

    def __init__(self) -> None:
        super().__init__(self.tr("每月上门次数"))
        self.bars: MonthBars | None = None

    def show_bars(self, bars: MonthBars) -> None:
        """Show other figures."""
        self.bars = bars
        told = [self.tr("{month}月 {count}").format(month=at + 1, count=count) for at, count in enumerate(bars.now)]
        self.setAccessibleDescription("；".join(told))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Grid, bars, words."""
        del event
        painter = self._begin()
        if self.bars is None:
            return
        bars = self.bars
        entries = [(str(bars.year), "c1", False), (str(bars.year - 1), "c2", False)]
        if bars.unfinished:
            entries.append((self.tr("{month}月还没过完").format(month=bars.unfinished), "c1", True))
        self._legend(painter, entries)
        room = self._room()
        highest = max(*bars.now, *bars.before, 1)
        step = nice_step(highest)
        top = (highest + step - 1) // step * step
        for value in range(0, top + 1, step):
            y = room.bottom() - room.height() * value / top
            painter.setPen(QPen(theme.colour("grid"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(theme.colour("ink3"))
            painter.drawText(QRectF(0, y - theme.px(10), theme.px(46), theme.px(20)), _RIGHT, str(value))
        slot = room.width() / MONTHS
        width = min(slot * 0.32, theme.px(18))
        for month in range(MONTHS):
            middle = room.left() + slot * (month + 0.5)
            for count, left, token, hatched in (
                (bars.before[month], middle - width - 1, "c2", False),
                (bars.now[month], middle + 1, "c1", month + 1 == bars.unfinished),
            ):
                height = room.height() * count / top
                if count:
                    self._bar(painter, QRectF(left, room.bottom() - height, width, height), token, hatched)
            if bars.now[month]:
                painter.setPen(theme.colour("ink"))
                y = room.bottom() - room.height() * bars.now[month] / top
                box = QRectF(middle - slot / 2, y - theme.px(20), slot + width, theme.px(18))
                painter.drawText(box, _CENTRE, str(bars.now[month]))
            painter.setPen(theme.colour("ink2"))
            under = QRectF(middle - slot / 2, room.bottom() + theme.px(4), slot, theme.px(20))
            painter.drawText(under, _CENTRE, self.tr("{month}月").format(month=month + 1))

    def _room(self) -> QRectF:
        return QRectF(theme.px(56), theme.px(48), self.width() - theme.px(72), self.height() - theme.px(80))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The visits of a month."""
        room, at = self._room(), event.position()
        place = int((at.x() - room.left()) // (room.width() / MONTHS))
        if self.bars is not None and 0 <= place < MONTHS and at.y() >= room.top() and self.bars.now[place]:
            self.opened.emit(place)


class ServiceChart(_Chart):
    """A bar a service."""

    def __init__(self) -> None:
        super().__init__(self.tr("各个项目"))
        self.bars: tuple[ServiceBar, ...] = ()

    def show_bars(self, bars: tuple[ServiceBar, ...]) -> None:
        """Show other figures."""
        self.bars = bars
        self.setAccessibleDescription("；".join(f"{bar.name} {bar.done}" for bar in bars))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars and words."""
        del event
        painter = self._begin()
        self._legend(painter, [(self.tr("做了"), "c1", False), (self.tr("等安排"), "warn", True)])
        if not self.bars:
            return
        names = max(painter.fontMetrics().horizontalAdvance(bar.name) for bar in self.bars) + theme.px(28)
        words = theme.px(96)
        top, high = self._lines()
        room = QRectF(names, top, self.width() - names - words, high)
        most = max(max(bar.done + bar.waiting for bar in self.bars), 1)
        slot = room.height() / len(self.bars)
        height = min(theme.px(20), slot * 0.6)
        for at, bar in enumerate(self.bars):
            middle = room.top() + slot * (at + 0.5)
            painter.setPen(theme.colour("ink"))
            painter.drawText(QRectF(0, middle - slot / 2, names - theme.px(10), slot), _RIGHT, bar.name)
            done = room.width() * bar.done / most
            waiting = room.width() * bar.waiting / most
            self._bar(painter, QRectF(room.left(), middle - height / 2, done, height), "c1", False)
            if bar.waiting:
                rect = QRectF(room.left() + done + 2, middle - height / 2, max(waiting - 2, 3), height)
                self._bar(painter, rect, "warn", True)
            painter.setPen(theme.colour("ink"))
            text = self.tr("做了 {done}").format(done=bar.done)
            if bar.waiting:
                text += self.tr(" 等 {waiting}").format(waiting=bar.waiting)
            left = room.left() + done + waiting + theme.px(8)
            painter.drawText(QRectF(left, middle - slot / 2, words * 2, slot), _LEFT, text)

    def _lines(self) -> tuple[int, int]:
        """Where the bars begin, and how high all of them are together."""
        return theme.px(44), self.height() - theme.px(60)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The visits of a service."""
        top, high = self._lines()
        place = int((event.position().y() - top) // (high / max(len(self.bars), 1)))
        if 0 <= place < len(self.bars) and self.bars[place].done:
            self.opened.emit(place)
