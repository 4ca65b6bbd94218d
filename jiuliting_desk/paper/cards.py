"""服务卡 service cards: front and back, and whole sheets of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from jiuliting_desk.paper.calibration import UNCHANGED, Calibration
from jiuliting_desk.paper.card_back import draw_back
from jiuliting_desk.paper.card_face import CardFace, ServiceLine
from jiuliting_desk.paper.card_front import draw_front_common, draw_front_own, fitted_name, fitted_volunteer, layout_of
from jiuliting_desk.paper.card_layout import CardLayout, layout_for
from jiuliting_desk.paper.errors import NothingToPrint, TextTooLong
from jiuliting_desk.paper.fonts import missing_glyphs, refuse_missing
from jiuliting_desk.paper.imposition import Flip, Placed, backs, crop_lines, sheets
from jiuliting_desk.paper.pen import INK_SOFT, Pen
from jiuliting_desk.paper.stocks import Stock

__all__ = ["CardFace", "CardNote", "NoteKind", "ServiceLine", "Sides", "card_notes", "card_sheets"]


class Sides(StrEnum):
    """What is printed: a printer without duplex gets the fronts first and the backs in a second run."""

    FRONTS = "fronts"
    BACKS = "backs"
    BOTH = "both"


class NoteKind(StrEnum):
    """What to look at before a card is printed."""

    GLYPHS_MISSING = "glyphs_missing"
    NAME_TOO_LONG = "name_too_long"
    NAME_IN_TWO_LINES = "name_in_two_lines"
    VOLUNTEER_CUT = "volunteer_cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardNote:
    """One remark about one card."""

    index: int
    kind: NoteKind
    text: str
    """The name or text it is about."""
    glyphs: tuple[str, ...] = ()

    @property
    def is_blocking(self) -> bool:
        """Whether the card cannot be printed so."""
        return self.kind in {NoteKind.GLYPHS_MISSING, NoteKind.NAME_TOO_LONG}


def card_notes(faces: Sequence[CardFace], stock: Stock) -> tuple[CardNote, ...]:
    """What to look at before these cards are printed on this stock, card by card."""
    layout = layout_for(stock.card_width, stock.card_height)
    notes = []
    for index, face in enumerate(faces):
        for text in face.texts():
            glyphs = missing_glyphs(text)
            if glyphs:
                notes.append(CardNote(index=index, kind=NoteKind.GLYPHS_MISSING, text=text, glyphs=glyphs))
        name = fitted_name(face, layout)
        if name is None:
            notes.append(CardNote(index=index, kind=NoteKind.NAME_TOO_LONG, text=face.name))
        elif len(name.lines) > 1:
            notes.append(CardNote(index=index, kind=NoteKind.NAME_IN_TWO_LINES, text=face.name))
        if fitted_volunteer(face, layout_of(face, layout)).is_cut:
            notes.append(CardNote(index=index, kind=NoteKind.VOLUNTEER_CUT, text=face.volunteer))
    return tuple(notes)


def _refuse(faces: Sequence[CardFace], layout: CardLayout) -> None:
    refuse_missing(text for face in faces for text in face.texts())
    for face in faces:
        if fitted_name(face, layout) is None:
            raise TextTooLong(name=face.name, number=face.number)


def card_sheets(
    faces: Sequence[CardFace],
    *,
    stock: Stock,
    start_slot: int = 0,
    sides: Sides = Sides.BOTH,
    flip: Flip = Flip.LONG_EDGE,
    calibration: Calibration = UNCHANGED,
    back_calibration: Calibration | None = None,
    crop_marks: bool | None = None,
) -> bytes:
    """The cards as a PDF, each once, in order, beginning at ``start_slot`` (from 0) of the first sheet.

    With both sides each front page is followed by its back. Crop marks are drawn where the stock is cut by hand
    unless told otherwise; the back is calibrated like the front unless it has its own. Stocks without a back give
    fronts only. Raises NothingToPrint, BadStock, BadStartSlot, GlyphsMissing (a box is never printed in place of a
    character) and TextTooLong.
    """
    if not faces:
        raise NothingToPrint()
    stock.checked()
    layout = layout_for(stock.card_width, stock.card_height)
    _refuse(faces, layout)
    if not stock.has_back:
        sides = Sides.FRONTS
    buffer = BytesIO()
    pen = Pen.on_new_pdf(buffer, stock.page_width, stock.page_height, title="服务卡")
    stencils = _Stencils(pen, layout)
    marks = crop_lines(stock) if (stock.is_cut_by_hand if crop_marks is None else crop_marks) else ()
    for fronts in sheets(len(faces), stock, start_slot):
        if sides is not Sides.BACKS:
            stencils.prepare(faces, fronts, is_back=False)
            calibration.apply(pen)
            for line in marks:
                pen.rule(*line, width=0.15, colour=INK_SOFT)
            for placed in fronts:
                _draw_front(pen, faces[placed.index], placed, stencils)
            pen.next_page()
        if sides is not Sides.FRONTS:
            stencils.prepare(faces, fronts, is_back=True)
            (back_calibration or calibration).apply(pen)
            for placed in backs(fronts, stock, flip):
                _draw_back(pen, faces[placed.index], placed, stencils)
            pen.next_page()
    pen.finish()
    return buffer.getvalue()


class _Stencils:
    """What many cards have in common is in the PDF once: the head of the front, and the whole back."""

    def __init__(self, pen: Pen, layout: CardLayout) -> None:
        self.pen = pen
        self.layout = layout
        self.names: dict[tuple[object, ...], str] = {}

    def prepare(self, faces: Sequence[CardFace], placed: Sequence[Placed], *, is_back: bool) -> None:
        """Draw the stencils that a page wants and that are not there yet; the page itself is still empty."""
        for place in placed:
            face = faces[place.index]
            key = self._key(face, is_back)
            if key in self.names:
                continue
            name = self.names[key] = f"card-{len(self.names)}"
            with self.pen.stencil(name, self.layout.width, self.layout.height) as pen:
                (draw_back if is_back else draw_front_common)(pen, face, layout_of(face, self.layout))

    def name(self, face: CardFace, *, is_back: bool) -> str:
        """The stencil for this card."""
        return self.names[self._key(face, is_back)]

    def _key(self, face: CardFace, is_back: bool) -> tuple[object, ...]:
        if is_back:
            return ("back", *face.on_the_back())
        return ("front", layout_of(face, self.layout) is self.layout, *face.in_the_head())


def _draw_front(pen: Pen, face: CardFace, placed: Placed, stencils: _Stencils) -> None:
    box = placed.box
    with pen.box(box.x, box.y, box.width, box.height) as card:
        card.stamp(stencils.name(face, is_back=False))
        draw_front_own(card, face, layout_of(face, stencils.layout))


def _draw_back(pen: Pen, face: CardFace, placed: Placed, stencils: _Stencils) -> None:
    box = placed.box
    with pen.box(box.x, box.y, box.width, box.height, turned=placed.is_turned) as card:
        card.stamp(stencils.name(face, is_back=True))
