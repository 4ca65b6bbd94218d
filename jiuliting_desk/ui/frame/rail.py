"""The rail: an icon and a word for each page, a number only where work waits."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from jiuliting_desk.ui import icons, svg, theme
from jiuliting_desk.ui.pages import PageSpec
from jiuliting_desk.ui.widgets.buttons import PushButton
from jiuliting_desk.ui.widgets.cells import draw_text, metrics

LEAST_ICON = 14


class RailButton(PushButton):
    """One page's place in the rail, painted whole."""

    def __init__(self, spec: PageSpec) -> None:
        super().__init__()
        self.spec = spec
        self.title = QCoreApplication.translate("pages", spec.title)
        self.short = QCoreApplication.translate("pages", spec.short)
        self.is_narrow = False
        self.count = 0
        self.keys = ""
        """What leads there from anywhere, told when the place is pointed at."""
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(self.title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_narrow(self, narrow: bool) -> None:
        """Icon over a short word, or icon beside the title."""
        self.is_narrow = narrow
        keys = f"{self.title}　{self.keys}" if self.keys else self.title
        self.setToolTip(keys if narrow or self.keys else "")
        self.update()

    def set_height(self, height: int) -> None:
        """As high as the rail has room for."""
        if height != self.height():
            # The style sheet's height would win over setFixedHeight.
            self.setStyleSheet(f"QPushButton {{ min-height: {height}px; max-height: {height}px; }}")

    def set_count(self, count: int) -> None:
        """Write how much work waits; 0 writes nothing."""
        self.count = count
        self.setAccessibleDescription(self.tr("还有 {count} 件").format(count=count) if count else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The current page on a light ground with a red bar."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("surface" if self.isChecked() else "press"))
            painter.drawRoundedRect(rect, 5, 5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self.isChecked():
            height = theme.px(18)
            painter.fillRect(QRectF(0, rect.center().y() - height / 2, 3, height), theme.colour("accent"))
        token = "accent_text" if self.isChecked() else "ink2"
        if self.is_narrow:
            self._paint_narrow(painter, rect, token)
        else:
            self._paint_wide(painter, rect, token)

    def _paint_wide(self, painter: QPainter, rect: QRectF, token: str) -> None:
        side = theme.px(20)
        left = theme.px(12)
        icons.paint(painter, self.spec.icon, token, left, round(rect.center().y() - side / 2), side)
        room = rect.adjusted(left + side + theme.px(9), 0, -theme.px(10), 0)
        if self.count:
            width = metrics("table").horizontalAdvance(str(self.count))
            draw_text(painter, room, str(self.count), "table", "ink2", right=True)
            room.setRight(room.right() - width - theme.px(6))
        draw_text(painter, room, self.title, "h3" if self.isChecked() else "body", "ink")

    def _paint_narrow(self, painter: QPainter, rect: QRectF, token: str) -> None:
        text_height = metrics("cap").height()
        # Where the rail is low the icon gives way: an item must stand apart from the next.
        side = max(min(theme.px(20), int(rect.height() - text_height - theme.px(8))), theme.px(LEAST_ICON))
        top = max(round((rect.height() - side - text_height) / 2), 0)
        icon, badge = self.places(rect, top, side)
        icons.paint(painter, self.spec.icon, token, round(icon.left()), top, side)
        width = metrics("cap").horizontalAdvance(self.short)
        words = QRectF((rect.width() - width) / 2, top + side, width + 2, text_height)
        draw_text(painter, words, self.short, "cap_strong" if self.isChecked() else "cap", "ink")
        if self.count:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("ink2"))
            painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
            text_width = metrics("cap_strong").horizontalAdvance(self.short_count)
            badge.setLeft(badge.center().x() - text_width / 2)
            draw_text(painter, badge.adjusted(0, 0, 2, 0), self.short_count, "cap_strong", "surface")

    @property
    def short_count(self) -> str:
        """What the narrow rail has room for: three digits at most."""
        return str(self.count) if self.count < 1000 else "999+"

    def places(self, rect: QRectF, top: int, side: int) -> tuple[QRectF, QRectF]:
        """Where the narrow rail's icon and its count stand: side by side, the icon in the middle while both fit."""
        left = (rect.width() - side) / 2
        if not self.count:
            return QRectF(left, top, side, side), QRectF()
        height = metrics("cap_strong").height()
        wide = max(height, metrics("cap_strong").horizontalAdvance(self.short_count) + theme.px(6))
        gap = theme.px(2)
        left = max(min(left, rect.width() - side - gap - wide), 0)
        return QRectF(left, top, side, side), QRectF(left + side + gap, top + (side - height) / 2, wide, height)


class Rail(QFrame):
    """All pages; the mark on top."""

    chosen = Signal(str)
    """A page's key."""

    def __init__(self, specs: Sequence[PageSpec]) -> None:
        super().__init__()
        self.setProperty("surface", "nav")
        self.buttons: dict[str, RailButton] = {}
        self._is_narrow = False
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._head = _Mark()
        self._layout.addWidget(self._head)
        at_bottom = [spec for spec in specs if spec.at_bottom]
        for spec in [spec for spec in specs if not spec.at_bottom]:
            self._add(spec)
        for number, button in enumerate(list(self.buttons.values())[:9], start=1):
            button.keys = f"Ctrl+{number}"
        self._layout.addStretch(1)
        for spec in at_bottom:
            self._add(spec)
        self.set_narrow(False)

    def _add(self, spec: PageSpec) -> None:
        made = RailButton(spec)
        made.clicked.connect(lambda _on=False: self.chosen.emit(spec.key))
        self._layout.addWidget(made)
        self.buttons[spec.key] = made

    def set_narrow(self, narrow: bool) -> None:
        """Icons over short words, or icons beside titles."""
        self._is_narrow = narrow
        side = theme.px(6 if narrow else 8)
        self._layout.setContentsMargins(side, 0, side, theme.px(6))
        self.setFixedWidth(theme.size("nav_w_narrow" if narrow else "nav_w"))
        self._head.set_narrow(narrow)
        for made in self.buttons.values():
            made.set_narrow(narrow)
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places grow lower where the window is low, so that none is out of sight."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        room = self.height() - theme.px(12)
        beside_mark = room - theme.size("topbar")
        # In the lowest window with the largest type the mark makes room for the words.
        tight = round(metrics("cap").height()) + theme.px(LEAST_ICON)
        is_whole = not self._is_narrow or beside_mark // max(len(self.buttons), 1) >= tight
        self._head.setVisible(is_whole)
        room = beside_mark if is_whole else room
        wanted = theme.size("nav_item_narrow" if self._is_narrow else "nav_item")
        least = metrics("body").height() + 2
        height = max(min(wanted, room // max(len(self.buttons), 1)), round(least))
        for made in self.buttons.values():
            made.set_height(height)

    @property
    def is_narrow(self) -> bool:
        """Whether icons stand over short words."""
        return self._is_narrow

    def show_current(self, key: str) -> None:
        """Mark a page as the current one; none for a page that is not in the rail."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)
            return
        for made in self.buttons.values():
            # In a group of buttons of which one must hold, none can be let go.
            made.setAutoExclusive(False)
            made.setChecked(False)
            made.setAutoExclusive(True)

    def set_count(self, key: str, count: int) -> None:
        """Write how much work waits on a page."""
        self.buttons[key].set_count(count)


class _Mark(QFrame):
    """The mark and the programme's name."""

    def __init__(self) -> None:
        super().__init__()
        self._is_narrow = False
        self.setFixedHeight(theme.size("topbar"))
        self.setAccessibleName(self.tr("九里 to 行动 结对助老工作台"))

    def set_narrow(self, narrow: bool) -> None:
        """The mark alone, or with the name."""
        self._is_narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the title row."""
        return QSize(theme.px(60), theme.size("topbar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark, and the name beside it."""
        painter = QPainter(self)
        side = theme.px(30)
        left = (self.width() - side) / 2 if self._is_narrow else theme.px(6)
        top = (self.height() - side) / 2
        scale = painter.device().devicePixelRatio()
        painter.drawPixmap(round(left), round(top), svg.pixmap("mark", theme.colour("accent"), side, scale))
        if self._is_narrow:
            return
        rect = QRectF(left + side + theme.px(8), 0, self.width(), self.height())
        for text, token in ((self.tr("九里"), "ink"), (" to ", "accent_text"), (self.tr("行动"), "ink")):
            rect.setLeft(rect.left() + draw_text(painter, rect, text, "h3", token))
