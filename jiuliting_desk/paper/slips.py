"""派工单 dispatch slips: what a volunteer takes along, two to an A4 sheet, cut across the middle."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from jiuliting_desk.paper.card_face import BRAND
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.paper.fonts import MIN_ELDER_MM, Weight, cut, fit_mm, refuse_missing, wrap
from jiuliting_desk.paper.pen import INK_SOFT, LINE, LINE_PALE, RED, Pen

_PAGE = (210.0, 297.0)
_HEIGHT = _PAGE[1] / 2
_LEFT, _RIGHT = 16.0, 194.0
_LABEL_WIDTH = 22.0
_FOOT = _HEIGHT - 28.0
"""Where the part to be filled in at the door begins."""
_ROWS_TOP = 47.5
_ROW_SIZES = (5.4, 4.9, MIN_ELDER_MM)
"""Type sizes for the rows, the largest that fits."""
_ROW_LEADING = 1.32
_ROW_GAP = 1.4
_ROW_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFace:
    """What is on one slip, as text."""

    number: str = ""
    code_text: str = ""
    day: str
    time: str
    elder: str
    about: str = ""
    """Age, living, state."""
    must_know: str = ""
    """What matters at the door: hearing, dog, wishes."""
    address: str
    phone: str = ""
    service: str
    """With the quantity: "清洗空调 2 台"."""
    minutes: int = 0
    providers: str = ""
    cadre: str = ""
    """Who leads in, with the phone."""
    notes: str = ""
    office_name: str = ""
    office_phone: str = ""
    brand: str = BRAND

    def texts(self) -> tuple[str, ...]:
        """All that is printed as text, for the search for missing glyphs."""
        return (
            self.number,
            self.day,
            self.time,
            self.elder,
            self.about,
            self.must_know,
            self.address,
            self.phone,
            self.service,
            self.providers,
            self.cadre,
            self.notes,
            self.office_name,
            self.office_phone,
            self.brand,
        )


def dispatch_slips(slips: Sequence[SlipFace]) -> bytes:
    """The slips as an A4 PDF, two to a page. Raises NothingToPrint and GlyphsMissing."""
    if not slips:
        raise NothingToPrint()
    refuse_missing(text for slip in slips for text in slip.texts())
    buffer = BytesIO()
    pen = Pen.on_new_pdf(buffer, *_PAGE, title="派工单")
    for first in range(0, len(slips), 2):
        pen.rect(0, _HEIGHT, _PAGE[0], 0, stroke=LINE_PALE, line=0.2, dash=(2, 2))
        for place, slip in enumerate(slips[first : first + 2]):
            with pen.box(0, place * _HEIGHT, _PAGE[0], _HEIGHT) as half:
                _draw(half, slip)
        pen.next_page()
    pen.finish()
    return buffer.getvalue()


def _draw(pen: Pen, slip: SlipFace) -> None:
    pen.drawing("mark", _LEFT, 9.5, 10)
    pen.brand(_LEFT + 12.5, 16.8, cut(slip.brand, 46, 5.0, Weight.BOLD), 5.0)
    pen.text(105, 17.4, "派工单", 8.0, weight=Weight.BOLD, align="centre")
    if slip.code_text:
        pen.code(slip.code_text, _RIGHT - 15, 6, 15)
    if slip.number:
        pen.text(_RIGHT - (19 if slip.code_text else 0), 17, slip.number, 4.4, colour=INK_SOFT, align="right")
    pen.rule(_LEFT, 23.5, _RIGHT, 23.5, width=0.4, colour=RED)
    when = f"{slip.day}　{slip.time}"
    _big(pen, _LEFT, 32.6, when, 100)
    length = f"约 {slip.minutes} 分钟" if slip.minutes else ""
    _big(pen, _LEFT + 104, 32.6, f"{slip.service}　{length}".strip("　"), _RIGHT - _LEFT - 104)
    y = 42.5
    x = _LEFT + pen.text(_LEFT, y, slip.elder, 7.4, weight=Weight.BOLD) + 4
    pen.text(x, y, cut(slip.about, _RIGHT - x, 4.6, Weight.REGULAR), 4.6, colour=INK_SOFT)
    _draw_rows(pen, slip)
    pen.rule(_LEFT, _FOOT, _RIGHT, _FOOT, width=0.3, colour=LINE)
    for x, right, label in ((16, 58, "到达"), (62, 104, "离开"), (108, 150, "做了"), (154, 194, "数量")):
        _blank(pen, x, right, _FOOT + 8, label)
    for x, right, label in ((16, 74, "老人签名"), (78, 136, "居委干部签名"), (140, 194, "志愿者签名")):
        _blank(pen, x, right, _FOOT + 17, label)
    office = "　".join(filter(None, (slip.office_name, f"有事打 {slip.office_phone}" if slip.office_phone else "")))
    pen.text(105, _HEIGHT - 5.2, cut(office, 170, 3.7, Weight.REGULAR), 3.7, colour=INK_SOFT, align="centre")


def _big(pen: Pen, x: float, baseline: float, text: str, room: float) -> None:
    size = fit_mm(text, room, Weight.BOLD, size_mm=6.2, least_mm=MIN_ELDER_MM) or MIN_ELDER_MM
    pen.text(x, baseline, cut(text, room, size, Weight.BOLD), size, weight=Weight.BOLD)


def _draw_rows(pen: Pen, slip: SlipFace) -> None:
    rows = [
        (label, value, weight)
        for label, value, weight in (
            ("地址", slip.address, Weight.BOLD),
            ("电话", slip.phone, Weight.BOLD),
            ("要留意", slip.must_know, Weight.MEDIUM),
            ("上门的人", slip.providers, Weight.MEDIUM),
            ("带队干部", slip.cadre, Weight.MEDIUM),
            ("说明", slip.notes, Weight.REGULAR),
        )
        if value
    ]
    room = _RIGHT - _LEFT - _LABEL_WIDTH
    for size in _ROW_SIZES:
        cells = [_few_lines(value, room, size, weight) for _, value, weight in rows]
        height = sum(len(lines) * size * _ROW_LEADING + _ROW_GAP for lines in cells)
        if _ROWS_TOP + height <= _FOOT - 3:
            break
    y = _ROWS_TOP
    for (label, _, weight), lines in zip(rows, cells, strict=True):
        pen.text(_LEFT, y + size, label, MIN_ELDER_MM, colour=INK_SOFT)
        for line in lines:
            pen.text(_LEFT + _LABEL_WIDTH, y + size, line, size, weight=weight)
            y += size * _ROW_LEADING
        y += _ROW_GAP


def _few_lines(text: str, room: float, size: float, weight: Weight) -> list[str]:
    lines = wrap(text, room, size, weight)
    if len(lines) <= _ROW_LINES:
        return lines
    return [*lines[: _ROW_LINES - 1], cut(lines[_ROW_LINES - 1] + "…", room, size, weight)]


def _blank(pen: Pen, x: float, right: float, baseline: float, label: str) -> None:
    start = x + pen.text(x, baseline, label, 4.2, colour=INK_SOFT) + 1.5
    pen.rule(start, baseline + 1, right, baseline + 1)
