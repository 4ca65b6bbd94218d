"""Layouts: rows and columns in one line of code, one that wraps, hairlines, scroll areas, splitters."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jiuliting_desk.ui import theme

STRETCH = object()
"""Stands for the place that takes the free room."""

Item = QWidget | QLayout | int | object
"""A widget, a layout, a gap in pixels at the standard text size, or STRETCH."""


def _fill(layout: QBoxLayout, items: Sequence[Item], margins: Sequence[int], gap: int) -> None:
    layout.setContentsMargins(*(theme.px(margin) for margin in _four(margins)))
    layout.setSpacing(theme.px(gap))
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        elif isinstance(item, int):
            layout.addSpacing(theme.px(item))
        else:
            layout.addStretch(1)


def _four(margins: Sequence[int]) -> tuple[int, int, int, int]:
    """Margins as in CSS: one for all, (vertical, horizontal), or (top, right, bottom, left)."""
    match tuple(margins):
        case ():
            return 0, 0, 0, 0
        case (every,):
            return every, every, every, every
        case (vertical, horizontal):
            return horizontal, vertical, horizontal, vertical
        case (top, right, bottom, left):
            return left, top, right, bottom
    raise ValueError(margins)


def row(*items: Item, margins: Sequence[int] = (), gap: int = 8) -> QHBoxLayout:
    """Items side by side; margins as in CSS."""
    layout = QHBoxLayout()
    _fill(layout, items, margins, gap)
    return layout


def column(*items: Item, margins: Sequence[int] = (), gap: int = 8) -> QVBoxLayout:
    """Items below one another; margins as in CSS."""
    layout = QVBoxLayout()
    _fill(layout, items, margins, gap)
    return layout


def surface(kind: str, layout: QLayout | None = None) -> QFrame:
    """A region of the page, panel flat subtle sunken side nav bar foot status or popup kind."""
    made = QFrame()
    made.setProperty("surface", kind)
    if layout is not None:
        made.setLayout(layout)
    return made


def hairline(direction: str = "h") -> QFrame:
    """A thin line, "h" or "v"."""
    made = QFrame()
    made.setProperty("line", direction)
    return made


class _Area(QScrollArea):
    """Shows all of the control that the keyboard comes to, where Qt is content with its cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: QWidget | None = None
        """What stays in view, of the content, while nothing in it has the keyboard."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Where the keyboard was put by the program. What the mouse is pressed on stays under the mouse."""
        content = self.widget()
        if now is None or content is None or not content.isAncestorOf(now):
            return
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            bring_into_view(now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What has the keyboard stays in view while what stands beside the area grows."""
        super().resizeEvent(event)
        there, content = QApplication.focusWidget(), self.widget()
        if there is None or content is None or not content.isAncestorOf(there):
            there = self.kept
        if there is not None:
            bring_into_view(there)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on, and bring where one came to into view."""
        moved = super().focusNextPrevChild(forward)
        if (there := self.focusWidget()) is not None:
            bring_into_view(there)
        return moved


FIRST_LINES = 136
"""Of something too high to be seen as a whole, in logical pixels: two lines of a list with chips."""


def bring_into_view(widget: QWidget) -> None:
    """Scroll so that all of a control is seen, and what stands close below it; nothing where nothing scrolls.

    Of one that is higher than the view, its first lines, or as it stands where it fills the view.
    """
    outer = widget.parentWidget()
    while outer is not None and not isinstance(outer, QScrollArea):
        outer = outer.parentWidget()
    if outer is None:
        return
    bar, height = outer.verticalScrollBar(), outer.viewport().height()
    top = widget.mapTo(outer.viewport(), QPoint(0, 0)).y()
    is_tall = widget.height() > height
    wanted = min(theme.px(FIRST_LINES), height) if is_tall else widget.height()
    room = min(theme.px(56), max(height - wanted, 0) // 2)
    below = top + wanted + room - height
    if below > 0:
        bar.setValue(bar.value() + below)
    elif top < theme.px(16) and not (is_tall and top + widget.height() > wanted):
        bar.setValue(bar.value() + top - theme.px(16))


def keep_in_view(widget: QWidget) -> None:
    """Scroll to a part that keys go to without its having the keyboard, and hold it there as the room changes.

    The part must live as long as what it is scrolled in.
    """
    bring_into_view(widget)
    outer = widget.parentWidget()
    while outer is not None and not isinstance(outer, _Area):
        outer = outer.parentWidget()
    if outer is not None:
        outer.kept = widget


def scrolled(content: QWidget, *, horizontally: bool = False) -> QScrollArea:
    """The content in a scroll area that takes its width and paints no ground of its own."""
    area = _Area()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not horizontally:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    # setWidget turns these on.
    content.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


class Flow(QLayout):
    """A row that goes on in the next line where it lacks room, so that it never widens the window."""

    def __init__(self, *widgets: QWidget | object, gap: int = 8, margins: Sequence[int] = ()) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}
        """By width, until an item asks for other room: a page that comes up asks for them dozens of times."""
        self._items: list[QLayoutItem] = []
        self.push_from: int | None = None
        """Items from this place on stand at the right end of their line."""
        self.setSpacing(theme.px(gap))
        self.setContentsMargins(*(theme.px(margin) for margin in _four(margins)))
        for widget in widgets:
            if isinstance(widget, QWidget):
                self.addWidget(widget)
            else:
                self.push_from = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item at the end."""
        self._items.append(item)
        self.invalidate()

    def items(self) -> list[QLayoutItem]:
        """The items in order."""
        return list(self._items)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item there, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at that width."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return height

    def invalidate(self) -> None:
        """Forget what was measured: an item came, went or changed its size."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        margins = self.contentsMargins()
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(len(hints) - 1, 0)
        height = max((hint.height() for hint in hints), default=0)
        return QSize(width + _across(margins), height + _along(margins))

    def minimumSize(self) -> QSize:
        """The widest item alone."""
        margins = self.contentsMargins()
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((each.width() for each in sizes), default=0) + _across(margins),
            max((each.height() for each in sizes), default=0) + _along(margins),
        )

    def _lines(self, width: int) -> list[list[tuple[int, QLayoutItem, QSize]]]:
        lines: list[list[tuple[int, QLayoutItem, QSize]]] = []
        used = width + 1
        for at, item in enumerate(self._items):
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            size = QSize(min(hint.width(), max(width, item.minimumSize().width())), hint.height())
            if not lines or used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((at, item, size))
            used += size.width() + self.spacing()
        return lines

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        inner = rect.marginsRemoved(self.contentsMargins())
        top = inner.top()
        for line in self._lines(inner.width()):
            height = max(size.height() for _, _, size in line)
            free = inner.width() - sum(size.width() for _, _, size in line) - self.spacing() * (len(line) - 1)
            left = inner.left()
            is_pushed = False
            for at, item, size in line:
                if self.push_from is not None and at >= self.push_from and not is_pushed:
                    left += max(free, 0)
                    is_pushed = True
                if move:
                    middle = top + (height - size.height()) // 2
                    item.setGeometry(QRect(QPoint(left, middle), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()
        if top > inner.top():
            top -= self.spacing()
        return top - rect.top() + self.contentsMargins().bottom()


def _across(margins: QMargins) -> int:
    return margins.left() + margins.right()


def _along(margins: QMargins) -> int:
    return margins.top() + margins.bottom()


def wrapping(*widgets: QWidget | object, gap: int = 8, margins: Sequence[int] = ()) -> QWidget:
    """A widget whose children wrap; those behind STRETCH stand at the right. It tells its height to its layout."""
    made = QWidget()
    made.setLayout(Flow(*widgets, gap=gap, margins=margins))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def replace_all(layout: QLayout, widgets: Sequence[QWidget]) -> None:
    """Take every widget out of a layout, for good, and put these in."""
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)


def in_reading_order(layout: QLayout | None) -> Iterator[QWidget]:
    """The widgets that Tab stops at, as they lie in the layout and the layouts within it."""
    for at in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(at) if layout is not None else None
        if item is None:
            continue
        widget = item.widget()
        if widget is None:
            yield from in_reading_order(item.layout())
        elif isinstance(widget, QScrollArea):
            content = widget.widget()
            yield from in_reading_order(content.layout() if content is not None else None)
        elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        else:
            yield from in_reading_order(widget.layout())


def order_tabs(root: QWidget) -> None:
    """Let Tab go as one reads, also through what was put in later."""
    for first, second in pairwise(in_reading_order(root.layout())):
        QWidget.setTabOrder(first, second)
