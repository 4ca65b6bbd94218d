"""A list of lines with one or two rows of text, for needs, candidates, to-dos and history."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.widgets.buttons import is_enter
from jiuliting_desk.ui.widgets.cells import (
    Chip,
    chip_width,
    draw_text,
    metrics,
    paint_chip,
    paint_row_ground,
    text_width,
)
from jiuliting_desk.ui.widgets.rows_model import Index
from jiuliting_desk.ui.widgets.table import record_id

R = TypeVar("R")

AFTER_SHARE, AFTER_LEAST = 0.3, 60
"""Of the first row for what stands behind its title, however long that is; less says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one line shows. With ``is_heading`` it is a group's heading, which cannot be chosen: ``title``, ``after``,
    a count among the ``tags``, and at the ``right`` where a click on it goes."""

    title: str
    after: str = ""
    """Grey, behind the title."""
    tags: tuple[Chip, ...] = ()
    """Behind that."""
    second: str = ""
    """The second row of text."""
    icon: str = ""
    icon_tone: str = "ink2"
    key: str = ""
    """A digit to press, as a key cap in place of the icon."""
    right: str = ""
    right_tone: str = "ink2"
    right_icon: str = ""
    second_right: str = ""
    second_right_tone: str = "ink3"
    second_right_icon: str = ""
    chips: tuple[Chip, ...] = ()
    """Below, as many rows as they need."""
    tone: str = "ink"
    is_heading: bool = False

    def as_text(self) -> str:
        """What a screen reader says."""
        parts = [self.title, self.after, *(tag.text for tag in self.tags), self.second, self.right, self.second_right]
        return " ".join(part for part in [*parts, *(chip.text for chip in self.chips)] if part)


class LinesModel(QAbstractListModel, Generic[R]):
    """Rows held in memory and their lines, made when looked at."""

    def __init__(self, line: Callable[[R], Line], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = line
        self.rows: list[R] = []
        self._lines: dict[int, Line] = {}

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self._lines.clear()
        self.endResetModel()

    def tell_anew(self) -> None:
        """Make the lines of the same rows again: what they say has changed."""
        self._lines.clear()
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def line(self, place: int) -> Line:
        """The line at that place."""
        found = self._lines.get(place)
        if found is None:
            found = self._lines[place] = self._make(self.rows[place])
        return found

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line as text."""
        if index.isValid() and role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.line(index.row()).as_text()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.line(index.row()).is_heading:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemNeverHasChildren


def text_height() -> int:
    return round(metrics("body").height()) + 2


class LineDelegate(QStyledItemDelegate):
    """Paints a line whole."""

    def __init__(self, lines: "LineList[Any]") -> None:
        super().__init__(lines)
        self.lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height at the list's width."""
        line = self.lines.lines_model.line(index.row())
        if line.is_heading:
            return QSize(80, theme.px(36))
        height = theme.px(16) + text_height()
        if line.second or line.second_right:
            height += text_height()
        width = self.lines.viewport().width() - 2 * theme.px(16) - self._indent(line)
        height += len(_chip_rows(line.chips, width)) * theme.px(28)
        return QSize(80, max(height, theme.px(38)))

    def _indent(self, line: Line) -> int:
        if line.key:
            return theme.px(34)
        return theme.px(28) if line.icon else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        lines = self.lines
        line = lines.lines_model.line(index.row())
        rect = QRectF(option.rect)
        pad = theme.px(16)
        if line.is_heading:
            self.paint_heading(painter, rect, line)
            return
        paint_row_ground(
            painter,
            rect,
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            focused=lines.shows_focus,
            hovered=index.row() == lines.hovered_row,
            first=True,
        )
        top = rect.top() + theme.px(7)
        height = text_height()
        has_second = bool(line.second or line.second_right)
        if not has_second and not line.chips:
            top = rect.top() + (rect.height() - height) / 2
        inner = QRectF(rect.left() + pad, top, rect.width() - 2 * pad, height)
        self._paint_mark(painter, inner, line)
        inner.setLeft(inner.left() + self._indent(line))
        self.paint_first(painter, QRectF(inner), line)
        if has_second:
            inner.translate(0, height)
            self._paint_second(painter, QRectF(inner), line)
        middle = inner.bottom() + theme.px(16)
        for chips in _chip_rows(line.chips, inner.width()):
            left = inner.left()
            for chip in chips:
                left += paint_chip(painter, left, middle, chip) + theme.px(6)
            middle += theme.px(28)

    def paint_heading(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        """A group's name with what is said of it, its count as a chip, and at the right where a click on it goes."""
        pad = theme.px(16)
        painter.fillRect(rect, theme.colour("surface"))
        inner = rect.adjusted(pad, 4, -pad, 0)
        inner.setRight(self.paint_right(painter, inner, line.right, "link", "", "table"))
        role, tone = ("h3", "ink") if line.tags else ("table_strong", "ink2")
        inner.setLeft(inner.left() + draw_text(painter, inner, line.title, role, tone) + 8)
        for tag in line.tags:
            inner.setLeft(inner.left() + paint_chip(painter, inner.left(), inner.center().y(), tag) + 8)
        draw_text(painter, inner, line.after, "cap", "ink3")

    def _paint_mark(self, painter: QPainter, inner: QRectF, line: Line) -> None:
        if line.key:
            side = theme.px(22)
            box = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
            painter.setPen(QPen(theme.colour("control"), 1))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(box, 3, 3)
            width = metrics("cap_strong").horizontalAdvance(line.key)
            draw_text(painter, box.adjusted((side - width) / 2, 0, 2, 0), line.key, "cap_strong", "ink")
        elif line.icon:
            side = theme.size("icon")
            icons.paint(painter, line.icon, line.icon_tone, inner.left(), round(inner.center().y() - side / 2), side)

    def paint_right(self, painter: QPainter, rect: QRectF, text: str, tone: str, icon: str, role: str) -> float:
        """Text with its icon at the right edge; gives where it begins."""
        if not text:
            return rect.right()
        width = draw_text(painter, rect, text, role, tone, right=True)
        left = rect.right() - width
        if icon:
            side = theme.size("icon_cell")
            left -= side + theme.px(5)
            icons.paint(painter, icon, tone, left, round(rect.center().y() - side / 2), side)
        return left - theme.px(8)

    def paint_first(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        role = "table_strong" if line.right_tone != "ink2" else "table"
        rect.setRight(self.paint_right(painter, rect, line.right, line.right_tone, line.right_icon, role))
        title = QRectF(rect.left(), rect.top(), title_room(line, rect.width()), rect.height())
        left = rect.left() + draw_text(painter, title, line.title, "h3", line.tone) + theme.px(8)
        if line.after and left < rect.right():
            left += draw_text(
                painter, QRectF(left, rect.top(), rect.right() - left, rect.height()), line.after, "table", "ink2"
            )
            left += theme.px(8)
        for tag in line.tags:
            if left + chip_width(tag) > rect.right():
                break
            left += paint_chip(painter, left, rect.center().y(), tag) + theme.px(5)

    def _paint_second(self, painter: QPainter, rect: QRectF, line: Line) -> None:
        role = "table_strong" if line.second_right_icon else "cap"
        rect.setRight(
            self.paint_right(painter, rect, line.second_right, line.second_right_tone, line.second_right_icon, role)
        )
        draw_text(painter, rect, line.second, "table", "ink3" if line.tone != "ink" else "ink2")


def title_room(line: Line, width: float) -> float:
    """Of the width of a first row what its title may take: what is behind it does not vanish beside a long name."""
    behind = text_width(line.after, "table") + theme.px(8) if line.after else 0.0
    kept = min(behind, width * AFTER_SHARE)
    return width - kept if kept in {behind, 0.0} or kept >= theme.px(AFTER_LEAST) else width


def _chip_rows(chips: tuple[Chip, ...], width: float) -> list[list[Chip]]:
    rows: list[list[Chip]] = []
    left = width + 1
    for chip in chips:
        needed = chip_width(chip)
        if left + needed > width:
            rows.append([])
            left = 0
        rows[-1].append(chip)
        left += needed + theme.px(6)
    return rows


class LineList(QListView, Generic[R]):
    """Lines of which one is current. Enter or a double click opens it."""

    current_changed = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        line: Callable[[R], Line],
        *,
        key: Callable[[R], Hashable] = record_id,
        uniform: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``uniform``: all lines are of one height, so that only those that are seen are made, however many."""
        super().__init__(parent)
        self.setUniformItemSizes(uniform)
        self.lines_model = LinesModel[R](line, self)
        self.hovered_row = -1
        self.shows_focus = False
        self.key = key
        self.setModel(self.lines_model)
        self.setItemDelegate(LineDelegate(self))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.doubleClicked.connect(lambda index: self.opened.emit(self.lines_model.rows[index.row()]))
        self.selectionModel().currentRowChanged.connect(lambda: self.current_changed.emit(self.current()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips wrap otherwise at another width, which the view itself minds only where the height changes too.

        The current line is not covered by what grows below the list.
        """
        super().resizeEvent(event)
        if event.size().height() < event.oldSize().height():
            # Later: the lines may be about to change, and what they are made from be gone.
            QTimer.singleShot(0, self, partial(self._uncover, event.oldSize().height()))
        if event.size().width() != event.oldSize().width() and not self.uniformItemSizes():
            self.scheduleDelayedItemsLayout()

    def _uncover(self, height: int) -> None:
        """Keep the current line in sight if it was whole in a view of that height."""
        if self.viewport().height() <= self.visualRect(self.currentIndex()).bottom() < height:
            self.scrollTo(self.currentIndex())

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; the current one stays so where it is still there, else the nearest is.

        Where all are of one height, one that was in sight stays in sight.
        """
        current = self.current()
        at = self.currentIndex().row()
        top = self.verticalScrollBar().value()
        blocked = self.selectionModel().blockSignals(True)
        self.lines_model.set_rows(rows)
        self.hovered_row = -1
        if current is not None:
            place = self._place(self.key(current))
            if place < 0:
                place = self._choosable(at)
            if place >= 0:
                self.setCurrentIndex(self.lines_model.index(place, 0))
            self.verticalScrollBar().setValue(top)
            if self._was_seen(at, top):
                self.scrollTo(self.currentIndex())
        self.selectionModel().blockSignals(blocked)
        if current is not None:
            self.current_changed.emit(self.current())

    def _was_seen(self, place: int, top: int) -> bool:
        """Whether a line at a place was in sight while the list stood at ``top``.

        Qt is not asked: it would measure lines of which what they are made from may be gone.
        """
        height = self.sizeHintForRow(0) if self.uniformItemSizes() else 0
        return height > 0 and top - height < place * height < top + self.viewport().height()

    def _place(self, key: Hashable) -> int:
        places = (at for at, row in enumerate(self.lines_model.rows) if self.key(row) == key)
        return next((at for at in places if not self.lines_model.line(at).is_heading), -1)

    def _choosable(self, near: int) -> int:
        count = len(self.lines_model.rows)
        outwards = (at for by in range(count + abs(near)) for at in (near - by, near + by) if 0 <= at < count)
        return next((at for at in outwards if not self.lines_model.line(at).is_heading), -1)

    def rows(self) -> list[R]:
        """The rows in the order shown."""
        return self.lines_model.rows

    def current(self) -> R | None:
        """The row that the keyboard is on; None for none or a heading."""
        at = self.currentIndex().row()
        if not 0 <= at < len(self.lines_model.rows) or self.lines_model.line(at).is_heading:
            return None
        return self.lines_model.rows[at]

    def choose(self, key: Hashable) -> bool:
        """Make the row with that key current; gives whether it is there."""
        place = self._place(key)
        if place >= 0:
            self.setCurrentIndex(self.lines_model.index(place, 0))
        return place >= 0

    def choose_first(self) -> None:
        """Make the first line that can be chosen current."""
        place = self._choosable(0)
        if place >= 0:
            self.setCurrentIndex(self.lines_model.index(place, 0))

    def focusInEvent(self, event: Any) -> None:
        """The current line is blue while the keyboard is here."""
        self.shows_focus = True
        if self.current() is None:
            # Before Qt makes the first line current without showing it.
            self.choose_first()
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        """It turns grey; the bar stays."""
        self.shows_focus = False
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """No line is pointed at once the mouse has left."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, once however long it is held down: the next line is another one's. Up and down pass headings."""
        current = self.current()
        if current is not None and is_enter(event):
            if not event.isAutoRepeat():
                self.opened.emit(current)
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers():
            at = self.currentIndex().row() + step
            while 0 <= at < len(self.lines_model.rows) and self.lines_model.line(at).is_heading:
                at += step
            if 0 <= at < len(self.lines_model.rows):
                self.setCurrentIndex(self.lines_model.index(at, 0))
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing does not jump: digits and letters are the page's keys."""

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()
