"""A sheet of cards as it will be printed, and the small grid in which the first place is chosen."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiuliting_desk.paper.preview import PageImage
from jiuliting_desk.paper.stocks import Stock
from jiuliting_desk.ui import theme

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class SheetView(QWidget):
    """One page of the batch, fitted to the room there is; places used up before are hatched on the front."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(200), theme.px(240))
        self._image: QImage | None = None
        self._stock: Stock | None = None
        self._start = 0
        self._shows_start = False
        self._words = ""

    def show_page(self, page: PageImage, *, stock: Stock, start_slot: int, shows_start: bool) -> None:
        """Show a rendered page; ``shows_start`` marks used places and the first one (front of the first sheet)."""
        made = QImage(page.rgb, page.width, page.height, page.stride, QImage.Format.Format_RGB888)
        self._image = made.copy()
        self._stock, self._start, self._shows_start, self._words = stock, start_slot, shows_start, ""
        self.setAccessibleDescription(self.tr("从第 {slot} 格开始").format(slot=start_slot + 1))
        self.update()

    def show_words(self, words: str) -> None:
        """Show a sentence in place of a page."""
        self._image, self._words = None, words
        self.setAccessibleDescription(words)
        self.update()

    @property
    def words(self) -> str:
        """The sentence shown, "" while a page is."""
        return self._words

    @property
    def has_page(self) -> bool:
        """Whether a page is shown."""
        return self._image is not None

    def _paper(self) -> QRectF:
        stock = self._stock
        width, height = (stock.page_width, stock.page_height) if stock else (210.0, 297.0)
        room = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        scale = min(room.width() / width, room.height() / height)
        paper = QRectF(0, 0, width * scale, height * scale)
        paper.moveCenter(room.center())
        return paper

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, picture, marks."""
        del event
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None:
            painter.setPen(theme.colour("ink2"))
            painter.setFont(theme.font("body"))
            painter.drawText(self.rect().adjusted(24, 0, -24, 0), _CENTRE | Qt.TextFlag.TextWordWrap, self._words)
            return
        paper = self._paper()
        painter.fillRect(paper, QColor("#FFFFFF"))
        painter.drawImage(paper, self._image)
        painter.setPen(QPen(theme.colour("line2"), 1))
        painter.drawRect(paper)
        if self._shows_start and self._stock is not None and self._stock.slots > 1:
            self._paint_places(painter, paper, self._stock)

    def _place(self, paper: QRectF, stock: Stock, slot: int) -> QRectF:
        box = stock.slot(slot)
        scale = paper.width() / stock.page_width
        return QRectF(paper.left() + box.x * scale, paper.top() + box.y * scale, box.width * scale, box.height * scale)

    def _paint_places(self, painter: QPainter, paper: QRectF, stock: Stock) -> None:
        for slot in range(self._start):
            place = self._place(paper, stock, slot)
            painter.fillRect(place, QColor("#F4F2EE"))
            painter.fillRect(place, Qt.BrushStyle.BDiagPattern)
            painter.setPen(QColor("#4F4B45"))
            painter.setFont(theme.font("cap"))
            painter.drawText(place, _CENTRE, self.tr("已用掉"))
        place = self._place(paper, stock, self._start)
        painter.setPen(QPen(theme.colour("focus"), 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 2, 2)


class StartPicker(QWidget):
    """The places of a sheet; a click or the arrow keys choose where printing begins."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("从哪一格开始"))
        self._columns, self._rows, self.value = 2, 5, 0

    def set_stock(self, stock: Stock, start_slot: int) -> None:
        """The grid of a stock, with the place that is chosen."""
        self._columns, self._rows = stock.columns, stock.rows
        self.value = min(start_slot, stock.slots - 1)
        self.updateGeometry()
        self.update()

    def choose(self, slot: int) -> None:
        """Choose a place, as a click does; one that is not there is let be."""
        if 0 <= slot < self._columns * self._rows and slot != self.value:
            self.value = slot
            self.update()
            self.chosen.emit(slot)

    def sizeHint(self) -> QSize:
        """Twenty pixels a row, forty-six a column."""
        return QSize(self._columns * theme.px(46), self._rows * theme.px(22))

    def minimumSizeHint(self) -> QSize:
        """As large as it wants to be."""
        return self.sizeHint()

    def _place(self, slot: int) -> QRectF:
        width, height = self.width() / self._columns, self.height() / self._rows
        row, column = divmod(slot, self._columns)
        return QRectF(column * width + 1, row * height + 1, width - 2, height - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Used places hatched, the chosen one solid."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("cap"))
        for slot in range(self._columns * self._rows):
            place = self._place(slot)
            is_used, is_first = slot < self.value, slot == self.value
            painter.setPen(QPen(theme.colour("line2" if is_used else "focus"), 1))
            painter.setBrush(theme.colour("sunken" if is_used else "focus" if is_first else "info_soft"))
            painter.drawRoundedRect(place, 3, 3)
            if is_used:
                painter.setPen(QPen(theme.colour("control"), 1))
                painter.drawLine(place.bottomLeft() + QPointF(4, -3), place.topRight() + QPointF(-4, 3))
                continue
            painter.setPen(theme.colour("surface" if is_first else "info"))
            painter.drawText(place, _CENTRE, str(slot + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        for slot in range(self._columns * self._rows):
            if self._place(slot).contains(event.position()):
                self.choose(slot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose(self.value + step)
