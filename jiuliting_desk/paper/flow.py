"""Pages that fill from the top: headings, lines of facts, tables that go on over the page with their header."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from jiuliting_desk.paper.fonts import Weight, cut, fit_mm, refuse_missing, width_mm, wrap
from jiuliting_desk.paper.pen import INK, INK_SOFT, LINE, LINE_PALE, RED, Align, Pen

A4_UPRIGHT = (210.0, 297.0)
A4_ACROSS = (297.0, 210.0)
_LEADING = 1.32
_PADDING = 1.4
_HEADER_FILL = "#EFEBE4"
_MOST_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    title: str
    share: float
    """Its part of the width, in relation to the other columns."""
    align: Align = "left"
    weight: Weight = Weight.REGULAR


Row = tuple[str, ...]
"""The cells of one row; a line break in a cell is kept. "□" draws a box to tick."""
TICK = "□"


class Flow:
    """Sets pages from top to bottom and draws them when it is known how many there are."""

    def __init__(self, page: tuple[float, float], *, title: str, footer: str = "", margin: float = 14.0) -> None:
        self.width, self.height = page
        self.margin = margin
        self.title = title
        self.footer = footer
        self.y = margin
        self.pages: list[list[Callable[[Pen], object]]] = [[]]
        self.texts: list[str] = [title, footer]

    @property
    def right(self) -> float:
        """The right edge of what is printed."""
        return self.width - self.margin

    @property
    def room(self) -> float:
        """What is left of this page, in mm."""
        return self.height - self.margin - 6.0 - self.y

    def new_page(self) -> None:
        """Go on at the top of a new page, unless this one is still empty."""
        if self.pages[-1]:
            self.pages.append([])
            self.y = self.margin

    def ensure(self, height: float) -> None:
        """Go on at the top of a new page where this one has less room than that."""
        if height > self.room:
            self.new_page()

    def space(self, height: float) -> None:
        """Leave this much empty."""
        self.y += height

    def draw(self, action: Callable[[Pen], object]) -> None:
        """Draw something on this page later, when all pages are set."""
        self.pages[-1].append(action)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        *,
        weight: Weight = Weight.REGULAR,
        colour: str = INK,
        align: Align = "left",
    ) -> None:
        """One line of text anywhere on this page."""
        self.texts.append(text)
        self.draw(lambda pen: pen.text(x, baseline, text, size, weight=weight, colour=colour, align=align))

    def rule(self, x1: float, x2: float, y: float, *, width: float = 0.2, colour: str = LINE) -> None:
        """A horizontal line."""
        self.draw(lambda pen: pen.rule(x1, y, x2, y, width=width, colour=colour))

    def heading(self, title: str, aside: str = "") -> None:
        """The title of a page, with a few words at its right end."""
        aside_width = width_mm(aside, 4.0, Weight.REGULAR) + 4 if aside else 0.0
        size = fit_mm(title, self.right - self.margin - aside_width, Weight.BOLD, size_mm=7.0, least_mm=4.5) or 4.5
        shown = cut(title, self.right - self.margin - aside_width, size, Weight.BOLD)
        self.text(self.margin, self.y + 6.4, shown, size, weight=Weight.BOLD)
        if aside:
            self.text(self.right, self.y + 6.4, aside, 4.0, colour=INK_SOFT, align="right")
        self.rule(self.margin, self.right, self.y + 9.0, width=0.4, colour=RED)
        self.y += 11.5

    def subheading(self, title: str, aside: str = "", *, keep: float = 20.0) -> None:
        """The title of a part, kept together with the first ``keep`` mm of what follows."""
        self.ensure(9.0 + keep)
        self.text(self.margin, self.y + 5.6, title, 4.9, weight=Weight.BOLD)
        if aside:
            self.text(self.right, self.y + 5.6, aside, 3.9, colour=INK_SOFT, align="right")
        self.y += 8.0

    def paragraph(self, text: str, size: float = 4.0, *, colour: str = INK, weight: Weight = Weight.REGULAR) -> None:
        """A text in as many lines as it takes."""
        for line in wrap(text, self.right - self.margin, size, weight):
            self.ensure(size * _LEADING)
            self.text(self.margin, self.y + size, line, size, colour=colour, weight=weight)
            self.y += size * _LEADING * 1.1

    def table(
        self, columns: Sequence[Column], rows: Sequence[Row], *, size: float = 3.7, row_height: float = 0.0
    ) -> None:
        """A table with rows of at least this height; its header is repeated on each page."""
        whole = sum(column.share for column in columns)
        widths = [(self.right - self.margin) * column.share / whole for column in columns]
        lefts = [self.margin + sum(widths[:number]) for number in range(len(widths))]
        self._table_header(columns, lefts, widths, size)
        for row in rows:
            self.texts += row
            cells = [
                _cell(text, width - 2 * _PADDING, size, column.weight)
                for text, width, column in zip(row, widths, columns, strict=True)
            ]
            height = max(row_height, max(len(cell) for cell in cells) * size * _LEADING + 2 * _PADDING)
            if height > self.room:
                self.new_page()
                self._table_header(columns, lefts, widths, size)
            self._table_row(columns, cells, lefts, widths, size, height)

    def _table_header(self, columns: Sequence[Column], lefts: list[float], widths: list[float], size: float) -> None:
        height = size * _LEADING + 2 * _PADDING
        self.ensure(height * 2)
        top = self.y
        self.draw(lambda pen: pen.rect(self.margin, top, self.right - self.margin, height, fill=_HEADER_FILL))
        for column, left, width in zip(columns, lefts, widths, strict=True):
            title = cut(column.title, width - _PADDING, size, Weight.MEDIUM)
            x = _anchor(column.align, left, width)
            self.text(x, top + _PADDING + size, title, size, weight=Weight.MEDIUM, align=column.align)
        self.y += height

    def _table_row(
        self,
        columns: Sequence[Column],
        cells: list[list[str]],
        lefts: list[float],
        widths: list[float],
        size: float,
        height: float,
    ) -> None:
        top = self.y
        for column, cell, left, width in zip(columns, cells, lefts, widths, strict=True):
            if cell == [TICK]:
                self.draw(lambda pen, x=left + width / 2, y=top + height / 2: _tick_box(pen, x, y))  # type: ignore[misc]
                continue
            first = top + (height - len(cell) * size * _LEADING) / 2 + size
            for number, line in enumerate(cell):
                x = _anchor(column.align, left, width)
                baseline = first + number * size * _LEADING
                self.draw(
                    lambda pen, x=x, y=baseline, line=line, column=column: pen.text(  # type: ignore[misc]
                        x, y, line, size, weight=column.weight, align=column.align
                    )
                )
        self.rule(self.margin, self.right, top + height, width=0.15, colour=LINE_PALE)
        self.y += height

    def finish(self) -> bytes:
        """The pages as a PDF. Raises GlyphsMissing for a character that no font has."""
        refuse_missing(self.texts)
        buffer = BytesIO()
        pen = Pen.on_new_pdf(buffer, self.width, self.height, title=self.title)
        pages = [page for page in self.pages if page] or [[]]
        for number, page in enumerate(pages, start=1):
            for action in page:
                action(pen)
            baseline = self.height - self.margin + 3.0
            pen.text(self.margin, baseline, self.footer, 3.3, colour=INK_SOFT)
            pen.text(self.right, baseline, f"第 {number} 页，共 {len(pages)} 页", 3.3, colour=INK_SOFT, align="right")
            pen.next_page()
        pen.finish()
        return buffer.getvalue()


def _tick_box(pen: Pen, x: float, y: float) -> None:
    pen.rect(x - 2, y - 2, 4, 4, stroke=INK, line=0.25)


def _anchor(align: Align, left: float, width: float) -> float:
    if align == "right":
        return left + width - _PADDING
    return left + width / 2 if align == "centre" else left + _PADDING


def _cell(text: str, room: float, size: float, weight: Weight) -> list[str]:
    lines = wrap(text, room, size, weight) if text else []
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], cut(lines[_MOST_LINES - 1] + "…", room, size, weight)]
    return lines
