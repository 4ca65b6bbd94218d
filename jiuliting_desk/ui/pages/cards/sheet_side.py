"""The sheet as it will come out of the printer: front or back, one sheet after another, drawn soon after a change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from jiuliting_desk.paper.cards import CardFace, Sides, card_sheets
from jiuliting_desk.paper.imposition import Flip, sheets_needed
from jiuliting_desk.paper.preview import PageImage, render_page
from jiuliting_desk.paper.stocks import Stock
from jiuliting_desk.ui.pages.cards.sheet_view import SheetView
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import Segmented, button, icon_button
from jiuliting_desk.ui.widgets.layout import STRETCH, Flow, column, row
from jiuliting_desk.ui.widgets.text import label

PREVIEW_DPI = 110
PREVIEW_AFTER_MS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSheet:
    """A page of the preview and what was asked for."""

    page: PageImage
    stock: Stock
    start_slot: int
    shows_start: bool


class SheetSide(QWidget):
    """What is shown follows ``show_soon``; where there is nothing to show it says why."""

    def __init__(self, session: Session, to_phone: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self._faces: Sequence[CardFace] = ()
        self._stock: Stock | None = None
        self._start = 0
        self._flip = Flip.LONG_EDGE
        self._sheet = 0
        self._nothing = ""
        self.face_side = Segmented([(False, self.tr("正面")), (True, self.tr("反面"))])
        self.face_side.choose(False)
        self.face_side.chosen.connect(self._on_face)
        self.words = label("", "sub")
        self.before = icon_button("chevron-left", self.tr("前一张纸"), lambda: self._turn(-1))
        self.after = icon_button("chevron-right", self.tr("后一张纸"), lambda: self._turn(1))
        self.view = SheetView()
        self.phone_button = button(self.tr("去填预约电话"), to_phone, kind="strong", icon="phone")
        self.phone_button.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PREVIEW_AFTER_MS)
        self._soon.timeout.connect(self._draw)
        turns = QWidget()
        turns.setLayout(row(self.before, self.after))
        head = Flow(self.face_side, self.words, STRETCH, turns, margins=(12, 16, 4, 16))
        way_out = row(STRETCH, self.phone_button, STRETCH, margins=(0, 0, 24, 0))
        self.setLayout(column(head, self.view, way_out, gap=0))

    def _on_face(self, _back: object) -> None:
        self._soon.start()

    def ask_for_phone(self, wanted: bool) -> None:
        """Say that the largest thing on the card is missing, with the way to it; or take that back."""
        self.phone_button.setVisible(wanted)
        if wanted:
            self.view.show_words(self.tr("卡上最大的字是预约电话，现在还没有填。\n到设置里填上，再回来印。"))

    def show_soon(self, faces: Sequence[CardFace], *, stock: Stock, start: int, flip: Flip, nothing: str) -> None:
        """Draw these cards, in their order, from slot ``start`` of the first sheet; say ``nothing`` of none."""
        self._faces, self._stock, self._start, self._flip, self._nothing = faces, stock, start, flip, nothing
        needed = sheets_needed(len(faces), stock, start) if faces else 0
        self._sheet = min(self._sheet, max(needed - 1, 0))
        for arrow, shown in ((self.before, self._sheet > 0), (self.after, self._sheet + 1 < needed)):
            arrow.setEnabled(shown)
        self._soon.start()

    def _turn(self, by: int) -> None:
        self._sheet += by
        if self._stock is not None:
            self.show_soon(self._faces, stock=self._stock, start=self._start, flip=self._flip, nothing=self._nothing)

    def _draw(self) -> None:
        stock = self._stock
        if self.phone_button.isVisibleTo(self) or stock is None:
            self.words.setText("")
            return
        first = max(0, self._sheet * stock.slots - self._start)
        begins = self._start if self._sheet == 0 else 0
        faces = list(self._faces[first : first + stock.slots - begins])
        if not faces:
            self.words.setText("")
            self.view.show_words(self._nothing)
            return
        is_back, flip = bool(self.face_side.value()) and stock.has_back, self._flip
        self.words.setText(self.tr("第 {sheet} 张纸，印 {count} 张卡").format(sheet=self._sheet + 1, count=len(faces)))

        def work(progress: object) -> DrawnSheet:
            del progress
            sides = Sides.BACKS if is_back else Sides.FRONTS
            pdf = card_sheets(faces, stock=stock, start_slot=begins, sides=sides, flip=flip)
            return DrawnSheet(
                page=render_page(pdf, 0, dpi=PREVIEW_DPI), stock=stock, start_slot=begins, shows_start=not is_back
            )

        # A method of this side, not a function: it must not be called once the page is gone.
        self._session.run_job(work, title=self.tr("画预览"), on_done=self._on_drawn)

    def _on_drawn(self, drawn: DrawnSheet) -> None:
        self.view.show_page(drawn.page, stock=drawn.stock, start_slot=drawn.start_slot, shows_start=drawn.shows_start)
