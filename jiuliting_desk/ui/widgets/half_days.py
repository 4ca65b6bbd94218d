"""The half-days of a week to click or to work by keys: 7 days by morning and afternoon."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiuliting_desk.model.needs import HALVES, WEEKDAYS
from jiuliting_desk.ui import icons, labels, theme
from jiuliting_desk.ui.widgets.cells import draw_text, metrics

translate = QCoreApplication.translate

_CELL_H = 30
_HEADER_H = 24

_ALL_DAY = frozenset(range(HALVES))


def half_day_words(half_days: Iterable[int]) -> str:
    """Half-days as people say them: 周一到周五上午、周六; 什么时候都行 for none."""
    by_day: dict[int, set[int]] = {}
    for half_day in half_days:
        by_day.setdefault(half_day // HALVES, set()).add(half_day % HALVES)
    runs: list[tuple[int, int, frozenset[int]]] = []
    for day, halves in sorted(by_day.items()):
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == halves:
            runs[-1] = (runs[-1][0], day, runs[-1][2])
        else:
            runs.append((day, day, frozenset(halves)))
    return translate("half_days", "、").join(map(_run_words, runs)) or translate("half_days", "什么时候都行")


def _run_words(run: tuple[int, int, frozenset[int]]) -> str:
    first, last, halves = run
    part = ""
    if halves != _ALL_DAY:
        part = translate("half_days", "下午") if 1 in halves else translate("half_days", "上午")
    if first == last:
        return f"{labels.weekday(first)}{part}"
    if last == first + 1:
        return translate("half_days", "{first}、{last}").format(
            first=f"{labels.weekday(first)}{part}", last=f"{labels.weekday(last)}{part}"
        )
    return translate("half_days", "{first}到{last}{part}").format(
        first=labels.weekday(first), last=labels.weekday(last), part=part
    )


class HalfDayGrid(QWidget):
    """A field whose value is a sorted tuple of half-days (weekday * 2 + afternoon).

    Arrows move, the space bar or a click changes one; a click on a day or on 上午/下午 changes all of it.
    """

    edited = Signal()

    def __init__(self, *, read_only: bool = False) -> None:
        super().__init__()
        self._chosen: set[int] = set()
        self._at = 0
        self._read_only = read_only
        if not read_only:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("" if read_only else self.tr("方向键移动，空格选中或取消"))

    # -- the field

    def value(self) -> tuple[int, ...]:
        """The chosen half-days."""
        return tuple(sorted(self._chosen))

    def set_value(self, value: Iterable[int]) -> None:
        """Show these half-days."""
        self._chosen = set(value)
        self._describe()
        self.update()

    def current(self) -> int:
        """The half-day that the keyboard is on."""
        return self._at

    def toggle(self, half_day: int) -> None:
        """Choose a half-day, or no longer."""
        self._change({half_day})

    def _change(self, half_days: set[int]) -> None:
        """Choose all of them; where all are chosen already, none."""
        if half_days <= self._chosen:
            self._chosen -= half_days
        else:
            self._chosen |= half_days
        self._describe()
        self.update()
        self.edited.emit()

    def _describe(self) -> None:
        self.setAccessibleDescription(half_day_words(self.value()))

    # -- shape

    def sizeHint(self) -> QSize:
        """Wide enough for the days' words."""
        return QSize(self._side() + WEEKDAYS * theme.px(44), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The least at which the days can be read."""
        return QSize(self._side() + WEEKDAYS * theme.px(34), theme.px(_HEADER_H) + HALVES * theme.px(_CELL_H) + 1)

    def _side(self) -> int:
        return round(metrics("cap").horizontalAdvance(self.tr("上午"))) + theme.px(10)

    def _rect(self, half_day: int) -> QRectF:
        day, half = divmod(half_day, HALVES)
        width = (self.width() - self._side() - 1) / WEEKDAYS
        height = theme.px(_CELL_H)
        return QRectF(self._side() + day * width, theme.px(_HEADER_H) + half * height, width, height)

    def _hit(self, point: QPointF) -> set[int]:
        """The half-days at a point: one, a whole day at the head, all mornings or afternoons at the side."""
        width = (self.width() - self._side() - 1) / WEEKDAYS
        day = int((point.x() - self._side()) // width)
        half = int((point.y() - theme.px(_HEADER_H)) // theme.px(_CELL_H))
        halves = {half} if 0 <= half < HALVES else set(range(HALVES))
        days = {day} if 0 <= day < WEEKDAYS else set(range(WEEKDAYS))
        if half < 0 and day < 0:
            return set()
        return {each_day * HALVES + each_half for each_day in days for each_half in halves}

    def point_of(self, half_day: int) -> QPoint:
        """The middle of a half-day, for those who click."""
        return self._rect(half_day).center().toPoint()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint heads, cells and the cell that the keyboard is on."""
        del event
        painter = QPainter(self)
        for day in range(WEEKDAYS):
            cell = self._rect(day * HALVES)
            self._paint_centred(painter, QRectF(cell.left(), 0, cell.width(), theme.px(_HEADER_H)), labels.weekday(day))
        for half, words in enumerate((self.tr("上午"), self.tr("下午"))):
            cell = self._rect(half)
            draw_text(painter, QRectF(0, cell.top(), self._side(), cell.height()), words, "cap", "ink2")
        for half_day in range(WEEKDAYS * HALVES):
            self._paint_cell(painter, half_day)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._rect(self._at).adjusted(2, 2, -1, -1), 4, 4)

    def _paint_centred(self, painter: QPainter, rect: QRectF, words: str) -> None:
        width = metrics("cap").horizontalAdvance(words)
        draw_text(painter, rect.adjusted(max((rect.width() - width) / 2, 0), 0, 0, 0), words, "cap", "ink2")

    def _paint_cell(self, painter: QPainter, half_day: int) -> None:
        rect = self._rect(half_day)
        is_chosen = half_day in self._chosen
        painter.fillRect(rect, theme.colour("ok_soft" if is_chosen else "surface"))
        painter.setPen(QPen(theme.colour("line2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(round(rect.left()) + 0.5, round(rect.top()) + 0.5, round(rect.width()), rect.height()))
        if is_chosen:
            side = theme.size("icon_cell")
            left, top = rect.center().x() - side / 2, rect.center().y() - side / 2
            icons.paint(painter, "check", "ok", round(left) + 1, round(top) + 1, side)

    # -- events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Change what was clicked."""
        if self._read_only or event.button() != Qt.MouseButton.LeftButton:
            return
        hit = self._hit(event.position())
        if hit:
            self._at = min(hit)
            self._change(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, the space bar changes."""
        key = Qt.Key(event.key())
        day, half = divmod(self._at, HALVES)
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            day = max(0, min(WEEKDAYS - 1, day + (1 if key == Qt.Key.Key_Right else -1)))
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            half = 0 if key == Qt.Key.Key_Up else 1
        elif key == Qt.Key.Key_Space:
            self.toggle(self._at)
            return
        else:
            super().keyPressEvent(event)
            return
        self._at = day * HALVES + half
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.update()
