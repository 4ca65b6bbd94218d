"""What a cell or a list line shows, as data, and how it is painted."""

from dataclasses import dataclass, field
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from jiuliting_desk.ui import icons, theme

PAD = 10
"""Room left and right of a cell's text, the header's too, in pixels at the standard text size."""

LEAST_OLD = 40
"""Room below which a value that is replaced is not begun, in pixels at the standard text size."""

_V_CENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True, slots=True)
class Chip:
    """A word on a tinted ground. Tones: "" ok warn bad info, and line (an edge only)."""

    text: str
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: an icon, text in a token's colour, more text in grey, chips.

    ``old`` is a value that ``text`` replaces, ``boxed`` a wrong value, ``edge`` the pattern at the left: solid,
    dashed or teeth; ``check`` a tick box.
    """

    text: str = ""
    second: str = ""
    icon: str = ""
    tone: str = "ink"
    strong: bool = False
    chips: tuple[Chip, ...] = field(default=())
    old: str = ""
    boxed: bool = False
    edge: str = ""
    check: bool | None = None
    tip: str = ""

    def as_text(self) -> str:
        """What is copied and read aloud."""
        parts = [self.text, self.second, *(chip.text for chip in self.chips)]
        return " ".join(part for part in parts if part)


@lru_cache(maxsize=64)
def _metrics(role: str, percent: int) -> QFontMetricsF:
    del percent
    return QFontMetricsF(theme.font(role))


def metrics(role: str) -> QFontMetricsF:
    """Measures of a type role at the text size in force."""
    return _metrics(role, theme.look().text)


@lru_cache(maxsize=16384)
def _text_width(text: str, role: str, percent: int) -> float:
    return _metrics(role, percent).horizontalAdvance(text)


def text_width(text: str, role: str) -> float:
    """The width of a line of text in a type role, in logical pixels."""
    return _text_width(text, role, theme.look().text)


def hair(painter: QPainter) -> float:
    """The height of the thinnest line that the screen can show sharply."""
    return 1.0 / painter.device().devicePixelRatio()


def paint_row_ground(
    painter: QPainter,
    rect: QRectF,
    *,
    selected: bool,
    focused: bool,
    hovered: bool,
    first: bool,
    line: bool = True,
    ground: str = "surface",
) -> None:
    """Fill the ground of a row or of one of its cells: selection, bar at the left, hairline below."""
    if selected:
        ground = "select" if focused else "select_off"
    elif hovered:
        ground = "hover"
    painter.fillRect(rect, theme.colour(ground))
    if line:
        thin = hair(painter)
        painter.fillRect(QRectF(rect.x(), rect.y() + rect.height() - thin, rect.width(), thin), theme.colour("line"))
    if selected and first:
        bar = QRectF(rect.left(), rect.top(), 3, rect.height())
        painter.fillRect(bar, theme.colour("focus" if focused else "control"))


def draw_text(painter: QPainter, rect: QRectF, text: str, role: str, token: str, *, right: bool = False) -> float:
    """Draw one line, cut with … where it lacks room; gives the width drawn."""
    room = rect.width()
    width = text_width(text, role)
    if width > room:
        text = metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = metrics(role).horizontalAdvance(text)
    painter.setFont(theme.font(role))
    painter.setPen(theme.colour(token))
    left = rect.right() - width if right else rect.left()
    painter.drawText(QRectF(left, rect.top(), width + 2, rect.height()), _V_CENTRE, text)
    return width


def chip_width(chip: Chip) -> float:
    """The width of a chip in logical pixels."""
    width = text_width(chip.text, "cap_strong") + 2 * theme.px(7)
    return width + (theme.size("icon_chip") + theme.px(3) if chip.icon else 0)


def chip_colours(tone: str) -> tuple[str, str]:
    """Ground and text tokens of a chip."""
    if tone in {"ok", "warn", "bad", "info"}:
        return f"{tone}_soft", tone
    return ("surface" if tone == "line" else "sunken"), "ink2"


def paint_chip(painter: QPainter, left: float, middle: float, chip: Chip, width: float | None = None) -> float:
    """Draw a chip with its left edge there and its middle at that height; gives its width."""
    ground, ink = chip_colours(chip.tone)
    width = chip_width(chip) if width is None else width
    height = theme.size("chip")
    rect = QRectF(left, middle - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("line2"), 1) if chip.tone == "line" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    text_left = left + theme.px(7)
    if chip.icon:
        side = theme.size("icon_chip")
        icons.paint(painter, chip.icon, ink, text_left, round(middle - side / 2), side)
        text_left += side + theme.px(3)
    draw_text(
        painter, QRectF(text_left, rect.top(), rect.right() - text_left - 2, height), chip.text, "cap_strong", ink
    )
    return width


def paint_chips(painter: QPainter, rect: QRectF, chips: tuple[Chip, ...]) -> float:
    """Draw chips side by side; those that lack room become +n. Gives the width drawn."""
    gap = theme.px(5)
    left = rect.left()
    for index, chip in enumerate(chips):
        width = chip_width(chip)
        rest = len(chips) - index
        more = Chip(f"+{rest}")
        reserve = chip_width(Chip(f"+{rest - 1}")) + gap if rest > 1 else 0
        if left + width + reserve > rect.right() + 0.5:
            if rest == 1 and index == 0:
                return paint_chip(painter, left, rect.center().y(), chip, rect.width())
            return left + paint_chip(painter, left, rect.center().y(), more) - rect.left()
        paint_chip(painter, left, rect.center().y(), chip)
        left += width + gap
    return left - gap - rect.left() if chips else 0.0


def paint_check(painter: QPainter, rect: QRectF, checked: bool | None) -> None:
    """Draw a tick box in the middle of the rect; None is one for several of which some are ticked."""
    side = theme.px(16)
    box = QRectF(round(rect.center().x() - side / 2), round(rect.center().y() - side / 2), side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("control" if checked is False else "focus"), 1))
    painter.setBrush(theme.colour("surface" if checked is False else "focus"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if checked is not False:
        icons.paint(
            painter, "minus" if checked is None else "check", "surface", box.left() + 1, box.top() + 1, side - 2
        )


_EDGE_TONES = {"solid": "ok", "dashed": "info", "teeth": "bad"}


def paint_edge(painter: QPainter, rect: QRectF, pattern: str) -> None:
    """Draw the pattern at a cell's left edge that tells an import's outcome without colour."""
    colour = theme.colour(_EDGE_TONES[pattern])
    left, top, height = rect.left() + 1, rect.top() + 3, rect.height() - 6
    if pattern == "solid":
        painter.fillRect(QRectF(left, top, 4, height), colour)
    elif pattern == "dashed":
        part = height / 5
        for step in range(0, 5, 2):
            painter.fillRect(QRectF(left, top + step * part, 4, part), colour)
    else:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        part = height / 4
        for step in range(4):
            y = top + step * part
            painter.drawPolygon([QPointF(left, y), QPointF(left + 5, y + part / 2), QPointF(left, y + part)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_cell(painter: QPainter, rect: QRectF, cell: Cell, *, right: bool = False, dim: bool = False) -> None:
    """Draw the content of a cell inside its rect, pads included."""
    if cell.check is not None:
        paint_check(painter, rect, cell.check)
        return
    if cell.edge:
        paint_edge(painter, rect, cell.edge)
    pad = theme.px(PAD)
    inner = rect.adjusted(pad, 0, -pad, 0)
    tone = "disabled" if dim else cell.tone
    role = "table_strong" if cell.strong else "table"
    if cell.boxed:
        _paint_boxed(painter, rect, cell)
        return
    left = inner.left()
    if cell.icon:
        side = theme.size("icon_cell")
        icons.paint(
            painter, cell.icon, tone if tone != "ink" else "ink2", left, round(inner.center().y() - side / 2), side
        )
        left += side + theme.px(7)
    if right:
        draw_text(painter, inner, cell.text, role, tone, right=True)
        return
    if cell.old:
        left += _paint_old(painter, QRectF(left, inner.top(), inner.right() - left, inner.height()), cell)
        return
    if cell.text:
        room = QRectF(left, inner.top(), max(inner.right() - left, 0), inner.height())
        left += draw_text(painter, room, cell.text, role, tone) + theme.px(7)
    if cell.second and left < inner.right():
        room = QRectF(left, inner.top(), inner.right() - left, inner.height())
        left += draw_text(painter, room, cell.second, "table", "ink3") + theme.px(7)
    if cell.chips and left < inner.right():
        paint_chips(painter, QRectF(left, inner.top(), inner.right() - left, inner.height()), cell.chips)


def _paint_boxed(painter: QPainter, rect: QRectF, cell: Cell) -> None:
    chip = Chip(cell.text, "bad", "circle-alert")
    width = min(chip_width(chip), rect.width() - theme.px(8))
    left = rect.left() + theme.px(4)
    paint_chip(painter, left, rect.center().y(), chip, width)
    height = theme.size("chip")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("bad"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(left, rect.center().y() - height / 2, width, height), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_old(painter: QPainter, room: QRectF, cell: Cell) -> float:
    """The old value struck, an arrow, the new one on a tint; gives the width drawn.

    The new one comes first where there is not room for both: the old one is cut, or left to the tip.
    """
    measures = metrics("table")
    beside = theme.px(8) + theme.size("icon_chip") + text_width(cell.text, "table_strong") + theme.px(8)
    old_room = max(room.width() - beside, room.width() * 0.3)
    middle = room.center().y() + measures.height() * 0.04
    width = 0.0
    if text_width(cell.old, "table") <= old_room or old_room >= theme.px(LEAST_OLD):
        place = QRectF(room.left(), room.top(), old_room, room.height())
        width = draw_text(painter, place, cell.old, "table", "ink3")
        painter.fillRect(QRectF(room.left(), middle, width, max(1.0, hair(painter))), theme.colour("ink3"))
    left = room.left() + width + (theme.px(5) if width else 0)
    side = theme.size("icon_chip")
    icons.paint(painter, "arrow-right", "info", left, round(room.center().y() - side / 2), side)
    left += side + theme.px(3)
    new_width = min(metrics("table_strong").horizontalAdvance(cell.text) + theme.px(8), room.right() - left)
    height = theme.size("chip")
    painter.fillRect(QRectF(left, room.center().y() - height / 2, new_width, height), QColor(theme.colour("info_soft")))
    draw_text(
        painter,
        QRectF(left + theme.px(4), room.top(), new_width - theme.px(8) + 1, room.height()),
        cell.text,
        "table_strong",
        "info",
    )
    return left + new_width - room.left()
