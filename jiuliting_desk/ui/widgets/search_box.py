"""The search box with its list of hits, a child of the window so that caret and input method stay in the box."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.widgets.cells import Chip, chip_width, draw_text, metrics, paint_chip, paint_row_ground
from jiuliting_desk.ui.widgets.fields import LineField
from jiuliting_desk.ui.widgets.layout import STRETCH, row, surface
from jiuliting_desk.ui.widgets.lines import Line, LinesModel
from jiuliting_desk.ui.widgets.rows_model import Index
from jiuliting_desk.ui.widgets.text import key_cap, label

WAIT_MS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One line of the list: a heading, a hit or a thing to do."""

    text: str
    matched: str = ""
    """The part of the text that was met; underlined."""
    after: str = ""
    second: str = ""
    right: str = ""
    chips: tuple[Chip, ...] = ()
    icon: str = ""
    keys: str = ""
    is_heading: bool = False
    run: Callable[[], object] | None = None
    book: Callable[[], object] | None = None
    """What F2 does."""


Source = Callable[[str], Sequence[Found]]


def _as_line(found: Found) -> Line:
    return Line(
        title=found.text, after=found.after, second=found.second, right=found.right, is_heading=found.is_heading
    )


class _Delegate(QStyledItemDelegate):
    """Paints the hits."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings 32, things to do 38, hits 54."""
        found = _found(index)
        if found.is_heading:
            return QSize(100, theme.px(32))
        return QSize(100, theme.px(56 if found.second or found.right else 38))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Name with its met part underlined, address, phone, needs."""
        found = _found(index)
        rect = QRectF(option.rect)
        pad = theme.px(16)
        if found.is_heading:
            painter.fillRect(rect, theme.colour("surface"))
            draw_text(painter, rect.adjusted(pad, theme.px(4), -pad, 0), found.text, "cap", "ink3")
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_row_ground(painter, rect, selected=chosen, focused=True, hovered=False, first=True)
        inner = rect.adjusted(pad, theme.px(4), -pad, -theme.px(4))
        if found.icon:
            self._paint_action(painter, inner, found)
            return
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        lower = QRectF(inner.left(), upper.bottom(), inner.width(), inner.height() / 2)
        for chip in reversed(found.chips):
            width = chip_width(chip)
            if upper.right() - width < upper.left() + upper.width() / 2:
                break
            paint_chip(painter, upper.right() - width, upper.center().y(), chip)
            upper.setRight(upper.right() - width - theme.px(6))
        self._paint_matched(painter, upper, found)
        left = upper.left() + draw_text(painter, upper, found.text, "h3", "ink") + theme.px(9)
        if left < upper.right():
            draw_text(
                painter, QRectF(left, upper.top(), upper.right() - left, upper.height()), found.after, "table", "ink2"
            )
        width = draw_text(painter, lower, found.right, "cap", "ink2", right=True)
        draw_text(painter, lower.adjusted(0, 0, -width - theme.px(10), 0), found.second, "cap", "ink2")

    def _paint_matched(self, painter: QPainter, rect: QRectF, found: Found) -> None:
        at = found.text.find(found.matched) if found.matched else -1
        if at < 0:
            return
        measures = metrics("h3")
        left = rect.left() + measures.horizontalAdvance(found.text[:at])
        width = measures.horizontalAdvance(found.matched)
        height = measures.height() - theme.px(2)
        top = rect.center().y() - height / 2
        painter.fillRect(QRectF(left, top, width, height), theme.colour("warn_soft"))
        painter.fillRect(QRectF(left, top + height - 2, width, 2), theme.colour("warn"))

    def _paint_action(self, painter: QPainter, inner: QRectF, found: Found) -> None:
        side = theme.size("icon")
        icons.paint(painter, found.icon, "link", inner.left(), round(inner.center().y() - side / 2), side)
        draw_text(painter, inner.adjusted(side + theme.px(9), 0, -theme.px(70), 0), found.text, "body", "link")
        draw_text(painter, inner, found.keys, "cap", "ink3", right=True)


def _found(index: Index) -> Found:
    model = index.model()
    assert isinstance(model, LinesModel)
    row_found: Found = model.rows[index.row()]
    return row_found


class _HitList(QFrame):
    """The list below the box."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("surface", "popup")
        self.model = LinesModel[Found](_as_line, self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hints: list[Any] = []
        for keys, words in (("↑ ↓", self.tr("选择")), ("Enter", self.tr("打开")), ("Esc", self.tr("关闭"))):
            hints += [key_cap(keys), label(words, "cap"), 6]
        self.foot = surface("subtle", row(*hints, STRETCH, margins=(5, 14), gap=6))
        self.foot.setFixedHeight(theme.px(36))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.foot)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(20)
        shadow.setOffset(0, 4)
        colour = theme.colour("shadow")
        colour = type(colour)(colour)
        colour.setAlphaF(0.22)
        shadow.setColor(colour)
        self.setGraphicsEffect(shadow)
        self.hide()

    def content_height(self) -> int:
        """The height that shows every line."""
        option = QStyleOptionViewItem()
        delegate = self.view.itemDelegate()
        rows = range(self.model.rowCount())
        return sum(delegate.sizeHint(option, self.model.index(at, 0)).height() for at in rows) + self.foot.height() + 4


class SearchBox(LineField):
    """Type, look, choose with the arrows, Enter. A scanner's code ends with Enter and opens at once."""

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(False)
        self.addAction(icons.icon("search", "ink2", size=16), QLineEdit.ActionPosition.LeadingPosition)
        self.setAccessibleName(self.tr("查找"))
        self.setMinimumWidth(theme.px(180))
        self.setMaximumWidth(theme.px(520))
        self._source: Source | None = None
        self._list: _HitList | None = None
        self._asked = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._look)
        self.textChanged.connect(self._on_text_changed)

    def set_source(self, source: Source) -> None:
        """Where hits come from: called with the words, soon after they are typed."""
        self._source = source

    def found(self) -> list[Found]:
        """The lines shown now."""
        return list(self._list.model.rows) if self._list is not None and self._list.isVisible() else []

    def current(self) -> Found | None:
        """The line that Enter would take."""
        if self._list is None or not self._list.isVisible():
            return None
        at = self._list.view.currentIndex().row()
        return self._list.model.rows[at] if at >= 0 else None

    def _on_text_changed(self, text: str) -> None:
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.close_list()

    def _look(self) -> None:
        text = self.text().strip()
        if self._source is None or not text:
            return
        self.show_lines(self._source(text))

    def show_lines(self, lines: Sequence[Found]) -> None:
        """Show these lines for the words in the box."""
        self._timer.stop()
        self._asked = self.text().strip()
        found = list(lines)
        if self._list is None:
            self._list = _HitList(self.window())
            self._list.view.clicked.connect(lambda index: self._take(self._list_row(index.row())))
            self.destroyed.connect(self._list.deleteLater)
            self.window().installEventFilter(self)
        shown = self._list
        shown.model.set_rows(found)
        first = next((at for at, line in enumerate(found) if not line.is_heading), -1)
        if first >= 0:
            shown.view.setCurrentIndex(shown.model.index(first, 0))
        self._place()
        shown.show()
        shown.raise_()

    def _list_row(self, at: int) -> Found | None:
        return self._list.model.rows[at] if self._list is not None else None

    def _place(self) -> None:
        if self._list is None:
            return
        window = self.window()
        at = self.mapTo(window, QPoint(0, self.height() + theme.px(6)))
        width = max(self.width(), theme.px(500))
        left = min(at.x(), window.width() - width - theme.px(8))
        height = min(self._list.content_height(), window.height() - at.y() - theme.px(40))
        self._list.setGeometry(left, at.y(), width, height)

    def close_list(self) -> None:
        """Hide the hits; the words stay."""
        self._timer.stop()
        if self._list is not None:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter takes, F2 books, Esc closes and then clears."""
        key = event.key()
        shown = self._list is not None and self._list.isVisible()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._timer.isActive() or self._asked != self.text().strip():
                self._timer.stop()
                self._look()
            self._take(self.current())
        elif shown and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        elif shown and key == Qt.Key.Key_F2:
            chosen = self.current()
            if chosen is not None and chosen.book is not None:
                self._finish()
                chosen.book()
        elif key == Qt.Key.Key_Escape:
            if shown:
                self.close_list()
            elif self.text():
                self.clear()
            else:
                event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """F2 and Esc belong to the open list before they are the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and self._list is not None and self._list.isVisible():
            assert isinstance(event, QKeyEvent)
            if event.key() in {Qt.Key.Key_F2, Qt.Key.Key_Escape}:
                event.accept()
                return True
        return super().event(event)

    def _step(self, by: int) -> None:
        assert self._list is not None
        rows = self._list.model.rows
        at = self._list.view.currentIndex().row() + by
        while 0 <= at < len(rows) and rows[at].is_heading:
            at += by
        if 0 <= at < len(rows):
            self._list.view.setCurrentIndex(self._list.model.index(at, 0))

    def _take(self, chosen: Found | None) -> None:
        if chosen is None or chosen.run is None:
            return
        self._finish()
        chosen.run()

    def _finish(self) -> None:
        self.close_list()
        self.clear()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """All words are marked, so that typing replaces them."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The hits go with the keyboard."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self.close_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep below the box when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self._list is not None and self._list.isVisible():
            self._place()
        return super().eventFilter(watched, event)
