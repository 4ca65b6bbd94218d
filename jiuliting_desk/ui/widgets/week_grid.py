"""A week of times, painted: free is white, not free hatched, booked grey, suggested dashed; one is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiuliting_desk.model.dates import time_text
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.widgets.cells import draw_text, metrics

SNAP = 10
"""Minutes to which a time snaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridBlock:
    """A time that is not free. Kinds: booked (grey, with names), provider and elder (hatched), past (tinted)."""

    day: date
    starts: int
    ends: int
    kind: str
    title: str = ""
    second: str = ""
    key: int = 0
    """Of a booked one: what ``block_picked`` tells; 0 where it cannot be picked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridSlot:
    """A time that is suggested or chosen."""

    day: date
    starts: int
    minutes: int
    words: str = field(default="", compare=False)
    """Whose time it is; "" says how many minutes."""


class WeekGrid(QWidget):
    """Arrows move what is chosen by a step or a day, digits take a suggestion, a click takes a place."""

    chosen_changed = Signal(object)
    """A GridSlot."""
    week_wanted = Signal(int)
    """So many weeks on."""
    accepted = Signal()
    block_picked = Signal(int)
    """A booked block was pressed; dragging it moves what is chosen, and letting go accepts."""

    def __init__(self) -> None:
        super().__init__()
        self.monday = date(2000, 1, 3)
        self.today = date(2000, 1, 3)
        self.opens, self.closes = 9 * 60, 17 * 60
        self.minutes = 30
        self.blocks: tuple[GridBlock, ...] = ()
        self.slots: tuple[GridSlot, ...] = ()
        self.chosen: GridSlot | None = None
        self._held: int | None = None
        """Minutes between the start of what is dragged and the pointer."""
        self.allows_drag = False
        """Whether letting go of what was dragged accepts it."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "none")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("这一周的时间"))

    def sizeHint(self) -> QSize:
        """Room for a line of text each half hour."""
        return QSize(theme.px(640), theme.px(480))

    def minimumSizeHint(self) -> QSize:
        """Seven narrow days."""
        return QSize(theme.px(420), theme.px(260))

    def show_week(
        self,
        *,
        monday: date,
        today: date,
        opens: int,
        closes: int,
        minutes: int,
        blocks: Sequence[GridBlock],
        slots: Sequence[GridSlot],
        chosen: GridSlot | None,
    ) -> None:
        """Show a week; ``minutes`` is the length of what a click or an arrow chooses."""
        self.monday, self.today, self.opens, self.closes = monday, today, opens, closes
        self.minutes = minutes
        self.blocks, self.slots, self.chosen = tuple(blocks), tuple(slots), chosen
        self._describe()
        self.update()

    def choose(self, slot: GridSlot | None) -> None:
        """Choose a time, and tell."""
        if slot != self.chosen:
            self.chosen = slot
            self._describe()
            self.update()
            self.chosen_changed.emit(slot)

    def _describe(self) -> None:
        if self.chosen is None:
            self.setAccessibleDescription(self.tr("还没有选时间"))
        else:
            words = f"{labels.day(self.chosen.day, today=self.today)} {time_text(self.chosen.starts)}"
            self.setAccessibleDescription(words)

    # -- places

    def _left(self) -> float:
        return theme.px(58)

    def _top(self) -> float:
        return theme.px(34)

    def _day_width(self) -> float:
        return (self.width() - self._left()) / 7

    def _y(self, minute: int) -> float:
        room = self.height() - self._top()
        return self._top() + room * (minute - self.opens) / max(self.closes - self.opens, 1)

    def rect_of(self, day: date, starts: int, ends: int) -> QRectF:
        """Where a time lies on the widget; cut at the hours shown."""
        left = self._left() + (day - self.monday).days * self._day_width()
        top, bottom = self._y(max(starts, self.opens)), self._y(min(ends, self.closes))
        return QRectF(left, top, self._day_width(), max(bottom - top, 0))

    def rect_of_block(self, block: GridBlock) -> QRectF:
        """Where a booked block lies; those that overlap stand side by side."""
        rect = self.rect_of(block.day, block.starts, block.ends)
        near = [
            other
            for other in self.blocks
            if other.kind == "booked"
            and other.day == block.day
            and other.starts < block.ends
            and block.starts < other.ends
        ]
        if len(near) < 2:
            return rect
        width = rect.width() / len(near)
        return QRectF(rect.left() + near.index(block) * width, rect.top(), width, rect.height())

    def place_at(self, point: QPointF) -> tuple[date, int] | None:
        """The day and minute (snapped) at a point, None outside the days."""
        if point.x() < self._left() or point.y() < self._top():
            return None
        day = min(int((point.x() - self._left()) / self._day_width()), 6)
        share = (point.y() - self._top()) / max(self.height() - self._top(), 1)
        minute = self.opens + share * (self.closes - self.opens)
        return self.monday + timedelta(days=day), int(minute // SNAP * SNAP)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Head, hours, blocks, suggestions, choice."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        self._paint_head(painter)
        for block in self.blocks:
            if block.kind != "booked":
                self._paint_hatch(painter, block)
        self._paint_lines(painter)
        taken = [self.rect_of_block(block) for block in self.blocks if block.kind == "booked"]
        for block in self.blocks:
            if block.kind != "booked" and block.title:
                self._paint_why(painter, block, taken)
        for block in self.blocks:
            if block.kind == "booked":
                self._paint_booked(painter, block, self.rect_of_block(block))
        for number, slot in enumerate(self.slots, start=1):
            if slot != self.chosen:
                self._paint_slot(painter, slot, number, solid=False)
        if self.chosen is not None and 0 <= (self.chosen.day - self.monday).days < 7:
            number = self.slots.index(self.chosen) + 1 if self.chosen in self.slots else 0
            self._paint_slot(painter, self.chosen, number, solid=True)
        edge = 2 if self.hasFocus() else 1
        painter.setPen(QPen(theme.colour("focus" if self.hasFocus() else "line2"), edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2))

    def _paint_head(self, painter: QPainter) -> None:
        painter.fillRect(QRectF(0, 0, self.width(), self._top()), theme.colour("subtle"))
        for offset in range(7):
            day = self.monday + timedelta(days=offset)
            words = f"{labels.weekday(offset)} {day.day}"
            is_chosen = self.chosen is not None and self.chosen.day == day
            role = "table_strong" if is_chosen or day == self.today else "table"
            left = self._left() + offset * self._day_width()
            width = metrics(role).horizontalAdvance(words)
            box = QRectF(left + (self._day_width() - width) / 2, 0, width + 2, self._top())
            draw_text(painter, box, words, role, "accent_text" if day == self.today else "ink")
            if is_chosen:
                painter.fillRect(QRectF(left, self._top() - 2, self._day_width(), 2), theme.colour("focus"))

    def _paint_lines(self, painter: QPainter) -> None:
        line = theme.colour("grid")
        for offset in range(8):
            x = round(self._left() + offset * self._day_width())
            painter.fillRect(QRectF(x, self._top(), 1, self.height() - self._top()), line)
        for hour in range(self.opens // 60, self.closes // 60 + 1):
            y = round(self._y(hour * 60))
            if y < self._top():
                continue
            painter.fillRect(QRectF(self._left(), y, self.width() - self._left(), 1), line)
            if y + 8 < self.height():
                words = f"{hour}:00"
                box = QRectF(0, y - 9, self._left() - theme.px(8), 18)
                if y - 9 >= self._top() - 6:
                    draw_text(painter, box, words, "cap", "ink3", right=True)

    def _paint_hatch(self, painter: QPainter, block: GridBlock) -> None:
        rect = self.rect_of(block.day, block.starts, block.ends)
        if block.kind == "past":
            painter.fillRect(rect, theme.colour("subtle"))
            return
        token = "warn_line" if block.kind == "elder" else "line2"
        painter.fillRect(rect, QBrush(theme.colour(token), Qt.BrushStyle.BDiagPattern))

    def _paint_why(self, painter: QPainter, block: GridBlock, taken: list[QRectF]) -> None:
        """The reason, once for times that two reasons share; ``taken`` is where something is written already."""
        rect = self.rect_of(block.day, block.starts, block.ends)
        width = metrics("cap").horizontalAdvance(block.title) + theme.px(12)
        height = theme.px(20)
        if rect.height() < height or rect.width() < width:
            return
        box = QRectF(rect.center().x() - width / 2, rect.top() + theme.px(14), width, height)
        if box.bottom() > rect.bottom():
            box.moveTop(rect.top() + 1)
        while any(box.intersects(one) for one in taken):
            box.translate(0, height + 2)
            if box.bottom() > rect.bottom():
                return
        taken.append(box)
        painter.fillRect(box, theme.colour("surface"))
        draw_text(painter, box.adjusted(theme.px(6), 0, 0, 0), block.title, "cap", "ink3")

    def _paint_booked(self, painter: QPainter, block: GridBlock, rect: QRectF) -> None:
        rect = rect.adjusted(2, 1, -2, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line2"), 1))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_two(painter, rect, block.title, block.second, "ink2")

    def _paint_two(self, painter: QPainter, rect: QRectF, first: str, second: str, token: str) -> None:
        height = metrics("cap").height()
        inner = rect.adjusted(theme.px(7), 2, -theme.px(4), -2)
        if inner.height() >= 2 * height - 2:
            top = inner.center().y() - height
            draw_text(painter, QRectF(inner.left(), top, inner.width(), height), first, "cap_strong", token)
            draw_text(painter, QRectF(inner.left(), top + height, inner.width(), height), second, "cap", token)
        else:
            words = f"{first} {second}"
            if metrics("cap").horizontalAdvance(words) > inner.width():
                words = first
            box = QRectF(inner.left(), inner.center().y() - height / 2, inner.width(), height)
            draw_text(painter, box, words, "cap", token)

    def _paint_slot(self, painter: QPainter, slot: GridSlot, number: int, *, solid: bool) -> None:
        rect = self.rect_of(slot.day, slot.starts, slot.starts + slot.minutes).adjusted(2, 1, -2, -1)
        if rect.height() <= 0:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("focus"), 1.5)
        if not solid:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour("focus" if solid else "info_soft"))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        token = "surface" if solid else "info"
        left = rect.left()
        if number:
            side = min(theme.px(20), rect.height() - 2)
            cap = QRectF(left + theme.px(6), rect.center().y() - side / 2, side, side)
            painter.fillRect(cap, theme.colour("surface"))
            width = metrics("cap_strong").horizontalAdvance(str(number))
            box = QRectF(cap.center().x() - width / 2, cap.top(), width + 2, side)
            draw_text(painter, box, str(number), "cap_strong", "info")
            left = cap.right()
        first, second = time_text(slot.starts), self.tr("{minutes} 分钟").format(minutes=slot.minutes)
        if slot.words:
            first, second = slot.words, first
        self._paint_two(painter, QRectF(left, rect.top(), rect.right() - left, rect.height()), first, second, token)

    # -- choosing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A suggestion is taken where one is hit, else the place itself."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = self.place_at(event.position())
        if place is None:
            return
        day, minute = place
        for block in self.blocks:
            if block.key and block.kind == "booked" and self.rect_of_block(block).contains(event.position()):
                self._held = minute - block.starts
                self.block_picked.emit(block.key)
                return
        now = self.chosen
        if now is not None and now.day == day and now.starts <= minute < now.starts + now.minutes:
            self._held = minute - now.starts
            return
        hit = next((s for s in self.slots if s.day == day and s.starts <= minute < s.starts + s.minutes), None)
        self.choose(hit or self._slot(day, self._within(minute)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What was picked follows the pointer."""
        place = self.place_at(event.position())
        if self._held is not None and place is not None and self.chosen is not None:
            day, minute = place
            starts = self._within((minute - self._held) // SNAP * SNAP)
            self.choose(replace(self.chosen, day=day, starts=starts))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: accept where it is."""
        if self._held is not None:
            self._held = None
            if self.allows_drag:
                self.accepted.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the place and go on."""
        self.accepted.emit()

    def _within(self, minute: int) -> int:
        return max(self.opens, min(minute, self.closes - self.minutes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move what is chosen, page keys the week."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self.week_wanted.emit(1 if key is Qt.Key.Key_PageDown else -1)
            return
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        minutes = {Qt.Key.Key_Up: -SNAP, Qt.Key.Key_Down: SNAP}.get(key, 0)
        if (not days and not minutes) or event.modifiers():
            super().keyPressEvent(event)
            return
        now = self.chosen or (self.slots[0] if self.slots else None)
        if now is None:
            now = GridSlot(day=max(self.monday, self.today), starts=self.opens, minutes=self.minutes)
            self.choose(now)
            return
        day = now.day + timedelta(days=days)
        if not 0 <= (day - self.monday).days < 7:
            self.week_wanted.emit(1 if days > 0 else -1)
        self.choose(self._slot(day, self._within(now.starts + minutes)))

    def _slot(self, day: date, starts: int) -> GridSlot:
        """A time for whatever is being placed."""
        words = self.chosen.words if self.chosen is not None else ""
        return GridSlot(day=day, starts=starts, minutes=self.minutes, words=words)
