"""Drawing in millimetres from the top left corner, on one place of a PDF page."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Literal

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from jiuliting_desk.paper import fonts
from jiuliting_desk.paper.artwork import artwork
from jiuliting_desk.paper.codes import dark_runs
from jiuliting_desk.paper.fonts import Weight

INK = "#1A1815"
INK_SOFT = "#4A4640"
RED = "#BE2E1D"
LINE = "#8A857C"
LINE_PALE = "#B5B0A7"
WHITE = "#FFFFFF"

Align = Literal["left", "centre", "right"]


class Pen:
    """Draws on a box of a page. All measures are in mm, x to the right and y downwards from the box's top left
    corner; type sizes are the em in mm; text is placed by its baseline."""

    def __init__(self, canvas: Canvas, width_mm: float, height_mm: float) -> None:
        self.canvas = canvas
        self.width_mm = width_mm
        self.height_mm = height_mm

    @classmethod
    def on_new_pdf(cls, buffer: BytesIO, width_mm: float, height_mm: float, *, title: str) -> "Pen":
        """A pen on the first page of a new PDF of this page size, which viewers print at its real size."""
        fonts.runs("0", Weight.REGULAR)
        canvas = Canvas(
            buffer,
            pagesize=(width_mm * mm, height_mm * mm),
            pageCompression=1,
            initialFontName=Weight.REGULAR.value,
            lang="zh-CN",
        )
        canvas.setTitle(title)
        canvas.setCreator("jiuliting_desk")
        canvas.setViewerPreference("PrintScaling", "None")
        return cls(canvas, width_mm, height_mm)

    def y(self, y_mm: float) -> float:
        """The height in points that lies ``y_mm`` below the top."""
        return float((self.height_mm - y_mm) * mm)

    @contextmanager
    def box(self, x: float, y: float, width: float, height: float, *, turned: bool = False) -> Iterator["Pen"]:
        """A pen for a box of this page; ``turned`` draws it upside down."""
        self.canvas.saveState()
        if turned:
            self.canvas.translate((x + width) * mm, self.y(y))
            self.canvas.rotate(180)
        else:
            self.canvas.translate(x * mm, self.y(y + height))
        yield Pen(self.canvas, width, height)
        self.canvas.restoreState()

    @contextmanager
    def stencil(self, name: str, width: float, height: float) -> Iterator["Pen"]:
        """A pen for a drawing that is kept in the PDF once and stamped as often as wanted."""
        self.canvas.beginForm(name, 0, 0, width * mm, height * mm)
        yield Pen(self.canvas, width, height)
        self.canvas.endForm()

    def stamp(self, name: str) -> None:
        """Draw a stencil made before, its lower left corner on this box's."""
        self.canvas.doForm(name)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size_mm: float,
        *,
        weight: Weight = Weight.REGULAR,
        colour: str = INK,
        align: Align = "left",
    ) -> float:
        """Write one line and give its width in mm; ``x`` is its left end, middle or right end."""
        width = fonts.width_mm(text, size_mm, weight)
        if align != "left":
            x -= width if align == "right" else width / 2
        pieces = fonts.runs(text, weight)
        if not pieces:
            return 0.0
        size = size_mm * mm
        line = self.canvas.beginText(x * mm, self.y(baseline))
        line.setFillColor(HexColor(colour))
        for name, piece in pieces:
            line.setFont(name, size)
            line.textOut(piece)
        self.canvas.drawText(line)
        return width

    def brand(self, x: float, baseline: float, text: str, size_mm: float) -> float:
        """The programme's name, its "to" in red; gives the width."""
        start = x
        for word in text.split():
            colour = RED if word == "to" else INK
            x += self.text(x, baseline, word, size_mm, weight=Weight.BOLD, colour=colour) + size_mm * 0.2
        return x - start

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.2, colour: str = LINE) -> None:
        """A straight line of this thickness."""
        self._stroke(width, colour)
        self.canvas.line(x1 * mm, self.y(y1), x2 * mm, self.y(y2))

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        stroke: str = "",
        line: float = 0.25,
        radius: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A box, filled or outlined or both."""
        self._ink(fill, stroke, line)
        if dash:
            self.canvas.setDash([part * mm for part in dash])
        corner = (x * mm, self.y(y + height), width * mm, height * mm)
        if radius:
            self.canvas.roundRect(*corner, radius * mm, stroke=int(bool(stroke)), fill=int(bool(fill)))
        else:
            self.canvas.rect(*corner, stroke=int(bool(stroke)), fill=int(bool(fill)))
        if dash:
            self.canvas.setDash()

    def circle(self, x: float, y: float, radius: float, *, fill: str = "", stroke: str = "", line: float = 0.3) -> None:
        """A circle round a middle point."""
        self._ink(fill, stroke, line)
        self.canvas.circle(x * mm, self.y(y), radius * mm, stroke=int(bool(stroke)), fill=int(bool(fill)))

    def polyline(self, points: list[tuple[float, float]], *, width: float, colour: str = INK) -> None:
        """A line through points, round at its ends and corners."""
        self._stroke(width, colour, is_round=True)
        path = self.canvas.beginPath()
        path.moveTo(points[0][0] * mm, self.y(points[0][1]))
        for x, y in points[1:]:
            path.lineTo(x * mm, self.y(y))
        self.canvas.drawPath(path, stroke=1, fill=0)

    def curve(self, points: list[tuple[float, float]], *, width: float, colour: str = INK) -> None:
        """One cubic curve: from the first point to the last, drawn towards the two between."""
        self._stroke(width, colour, is_round=True)
        self.canvas.bezier(*(value for x, y in points for value in (x * mm, self.y(y))))

    def drawing(self, name: str, x: float, y: float, side: float, *, colour: str = INK) -> None:
        """A shipped drawing in a square with this top left corner."""
        art = artwork(name)
        scale = side / art.side
        for outline in art.outlines:
            fill = "" if outline.fill == "none" else outline.fill.replace("currentColor", colour)
            stroke = "" if outline.stroke == "none" else outline.stroke.replace("currentColor", colour)
            self._ink(_long_hex(fill), _long_hex(stroke), outline.stroke_width * scale, is_round=True)
            path = self.canvas.beginPath()
            for kind, points in outline.curves:
                flat = [value for px, py in points for value in ((x + px * scale) * mm, self.y(y + py * scale))]
                _CURVES[kind](path, flat)
            self.canvas.drawPath(path, stroke=int(bool(stroke)), fill=int(bool(fill)))

    def code(self, text: str, x: float, y: float, side: float) -> None:
        """A square code of this side without its quiet zone, which the caller leaves white."""
        modules, runs = dark_runs(text)
        self.canvas.saveState()
        self.canvas.setFillColor(HexColor(INK))
        self.canvas.translate(x * mm, self.y(y))
        self.canvas.scale(side / modules * mm, -side / modules * mm)
        # One path for all runs: a rectangle each would leave hairlines of white between the rows on screens.
        self.canvas.addLiteral(" ".join(f"{column} {row} {length} 1 re" for row, column, length in runs) + " f")
        self.canvas.restoreState()

    def next_page(self) -> None:
        """End this page and begin the next of the same size."""
        self.canvas.showPage()

    def finish(self) -> None:
        """Write the PDF into the buffer it was made on."""
        self.canvas.save()

    def _ink(self, fill: str, stroke: str, line: float, *, is_round: bool = False) -> None:
        if fill:
            self.canvas.setFillColor(HexColor(fill))
        if stroke:
            self._stroke(line, stroke, is_round=is_round)

    def _stroke(self, width: float, colour: str, *, is_round: bool = False) -> None:
        self.canvas.setLineWidth(width * mm)
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineCap(int(is_round))
        self.canvas.setLineJoin(int(is_round))


def _move(path: Any, flat: list[float]) -> None:
    path.moveTo(*flat)


def _line(path: Any, flat: list[float]) -> None:
    path.lineTo(*flat)


def _curve(path: Any, flat: list[float]) -> None:
    path.curveTo(*flat)


def _close(path: Any, flat: list[float]) -> None:
    path.close()


_CURVES = {"move": _move, "line": _line, "curve": _curve, "close": _close}


def _long_hex(colour: str) -> str:
    return "#" + "".join(char * 2 for char in colour[1:]) if len(colour) == 4 else colour
