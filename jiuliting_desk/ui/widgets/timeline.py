"""A day as a line with a stop for each visit, the red 现在 between what was and what is to come, and days ahead."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.widgets.cells import chip_width, draw_text, paint_chip, paint_row_ground, text_width
from jiuliting_desk.ui.widgets.lines import Line, LineDelegate, LineList, text_height
from jiuliting_desk.ui.widgets.rows_model import Index
from jiuliting_desk.ui.widgets.table import record_id

R = TypeVar("R")

TIME = 16
NODE = 92
TEXT = 112
"""Where time, node and text are, in pixels at the standard text size."""


class Node(StrEnum):
    """The shape of a stop; "" for a line without one."""

    NONE = ""
    DONE = "done"
    NOW = "now"
    UNDER_WAY = "under_way"
    AHEAD = "ahead"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Line):
    """A line of the day; ``node`` NOW is the red line, which cannot be chosen."""

    time: str = ""
    until: str = ""
    node: Node = Node.NONE
    is_first: bool = False
    is_last: bool = False
    is_small: bool = False
    """One row of text: a day ahead."""
    second_icon: str = ""
    place: str = ""
    """In the second row, behind what is done."""

    def as_text(self) -> str:
        """What a screen reader says."""
        # The usual super() does not find its class in a dataclass with slots.
        return " ".join(part for part in (self.time, Line.as_text(self), self.place) if part)


class _StopDelegate(LineDelegate):
    """Paints a stop whole."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """64 pixels, 38 for days ahead, 28 for the red line."""
        stop = self.lines.lines_model.line(index.row())
        if not isinstance(stop, Stop) or stop.node is Node.NONE:
            return super().sizeHint(option, index)
        if stop.node is Node.NOW:
            return QSize(80, theme.px(28))
        if stop.is_small:
            return QSize(80, theme.px(38))
        return QSize(80, theme.px(18) + 2 * text_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one stop."""
        lines = self.lines
        stop = lines.lines_model.line(index.row())
        if not isinstance(stop, Stop) or stop.node is Node.NONE:
            super().paint(painter, option, index)
            return
        rect = QRectF(option.rect)
        if stop.node is Node.NOW:
            self._paint_now(painter, rect, stop)
            return
        paint_row_ground(
            painter,
            rect,
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            focused=lines.shows_focus,
            hovered=index.row() == lines.hovered_row,
            first=True,
        )
        if stop.is_small:
            middle = rect.center().y()
            self._paint_rail(painter, rect, stop, middle)
            self._paint_node(painter, QPointF(rect.left() + theme.px(NODE), middle), stop.node, small=True)
            self._paint_small(painter, rect, stop)
            return
        height = text_height()
        upper = QRectF(rect.left() + theme.px(TEXT), rect.top() + theme.px(8), 0, height)
        upper.setRight(rect.right() - theme.px(16))
        middle = upper.center().y()
        self._paint_rail(painter, rect, stop, middle)
        self._paint_node(painter, QPointF(rect.left() + theme.px(NODE), middle), stop.node)
        at = QRectF(rect.left() + theme.px(TIME), upper.top(), theme.px(NODE - TIME - 12), height)
        draw_text(painter, at, stop.time, "h3", stop.tone)
        draw_text(painter, at.translated(0, height), stop.until, "cap", "ink3")
        self.paint_first(painter, QRectF(upper), stop)
        self._paint_lower(painter, upper.translated(0, height), stop)

    def _paint_lower(self, painter: QPainter, rect: QRectF, stop: Stop) -> None:
        rect.setRight(self.paint_right(painter, rect, stop.second_right, stop.second_right_tone, "", "cap"))
        if stop.second_icon:
            side = theme.size("icon_cell")
            icons.paint(painter, stop.second_icon, "ink2", rect.left(), round(rect.center().y() - side / 2), side)
            rect.setLeft(rect.left() + side + theme.px(6))
        # Where both lack room the place is cut, not what is done there.
        used = draw_text(painter, rect, stop.second, "table", "ink2")
        rect.setLeft(rect.left() + used + theme.px(20))
        if rect.width() > theme.px(30):
            draw_text(painter, rect, stop.place, "table", "ink2")

    def _paint_small(self, painter: QPainter, rect: QRectF, stop: Stop) -> None:
        left = rect.left()
        draw_text(
            painter, QRectF(left + theme.px(TIME), rect.top(), theme.px(60), rect.height()), stop.time, "table", "ink2"
        )
        inner = QRectF(left + theme.px(TEXT), rect.top(), 0, rect.height())
        inner.setRight(self.paint_right(
            painter, QRectF(left, rect.top(), rect.width() - theme.px(16), rect.height()),
            stop.right, stop.right_tone, stop.right_icon, "table",
        ))  # fmt: skip
        inner.setLeft(inner.left() + draw_text(painter, inner, stop.title, "table_strong", stop.tone) + theme.px(16))
        for tag in stop.tags:
            if inner.left() + chip_width(tag) > inner.right():
                break
            inner.setLeft(inner.left() + paint_chip(painter, inner.left(), inner.center().y(), tag) + theme.px(5))
        room = inner.width() - text_width(stop.second, "table") - theme.px(44)
        if stop.place and room > theme.px(40):
            place = QRectF(inner.left(), inner.top(), room, inner.height())
            inner.setLeft(inner.left() + draw_text(painter, place, stop.place, "table", "ink2") + theme.px(20))
        if stop.second_icon and inner.width() > theme.px(40):
            side = theme.size("icon_cell")
            icons.paint(painter, stop.second_icon, "ink2", inner.left(), round(inner.center().y() - side / 2), side)
            inner.setLeft(inner.left() + side + theme.px(6))
        if inner.width() > theme.px(20):
            draw_text(painter, inner, stop.second, "table", "ink2")

    @staticmethod
    def _paint_rail(painter: QPainter, rect: QRectF, stop: Stop, middle: float) -> None:
        x = rect.left() + theme.px(NODE)
        top = middle if stop.is_first else rect.top()
        bottom = middle if stop.is_last else rect.bottom()
        painter.fillRect(QRectF(x - 1, top, 2, bottom - top), theme.colour("line2"))

    @staticmethod
    def _paint_node(painter: QPainter, centre: QPointF, node: Node, *, small: bool = False) -> None:
        radius = theme.px(4 if small else 7)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = {Node.DONE: "ok", Node.UNDER_WAY: "info", Node.OFF: "ink3"}.get(node, "control")
        painter.setPen(QPen(theme.colour(tone), 2))
        painter.setBrush(theme.colour("ok" if node is Node.DONE else "sunken" if node is Node.OFF else "surface"))
        painter.drawEllipse(centre, radius, radius)
        if node is Node.UNDER_WAY:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("info"))
            painter.drawEllipse(centre, radius * 0.5, radius * 0.5)
        painter.restore()
        if node is Node.DONE and not small:
            side = theme.px(12)
            icons.paint(painter, "check", "surface", centre.x() - side / 2, round(centre.y() - side / 2), side)

    @staticmethod
    def _paint_now(painter: QPainter, rect: QRectF, stop: Stop) -> None:
        painter.fillRect(rect, theme.colour("surface"))
        x, middle = rect.left() + theme.px(NODE), rect.center().y()
        painter.fillRect(QRectF(x - 1, rect.top(), 2, rect.height()), theme.colour("line2"))
        left = rect.left() + theme.px(TIME)
        draw_text(
            painter, QRectF(left, rect.top(), theme.px(60), rect.height()), stop.time, "table_strong", "accent_text"
        )
        painter.fillRect(QRectF(x, middle - 1, rect.right() - theme.px(16) - x, 2), theme.colour("accent"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QPointF(x, middle), theme.px(5), theme.px(5))
        width = text_width(stop.title, "cap_strong") + theme.px(14)
        tag = QRectF(x + theme.px(14), middle - theme.px(10), width, theme.px(20))
        painter.drawRoundedRect(tag, 3, 3)
        painter.restore()
        draw_text(painter, tag.adjusted(theme.px(7), 0, 4, 0), stop.title, "cap_strong", "on_accent")


class Timeline(LineList[R], Generic[R]):
    """A list of stops; lines of other kinds are painted as in every list."""

    def __init__(
        self, stop: Callable[[R], Line], *, key: Callable[[R], Hashable] = record_id, parent: QWidget | None = None
    ) -> None:
        super().__init__(stop, key=key, parent=parent)
        self.setItemDelegate(_StopDelegate(self))
