"""A printer's own shift and stretch, found with a test sheet and a ruler."""

from dataclasses import dataclass
from io import BytesIO

from jiuliting_desk.paper.errors import BadCalibration
from jiuliting_desk.paper.fonts import Weight
from jiuliting_desk.paper.pen import INK, INK_SOFT, LINE_PALE, Pen
from jiuliting_desk.paper.stocks import A4_MM, Stock

NEAR_MM = 20.0
"""Where the test sheet's first lines should be, from the left and from the top edge of the paper."""
FAR_MM = (A4_MM[0] - NEAR_MM, A4_MM[1] - NEAR_MM)
"""Where its second lines should be, from the left and from the top edge."""
_MOST_SHIFT_MM = 12.0
_MOST_STRETCH = 0.1
_SHRUNK = 1.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How a drawing is changed before it is sent to one printer, so that it comes out where it should:
    ``drawn = wanted * scale + shift``, measured from the left and the top edge."""

    right_mm: float = 0.0
    down_mm: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0

    @property
    def driver_shrinks(self) -> bool:
        """Whether the printer makes everything more than 1 % smaller both ways, as with "fit to page": that is
        to be switched off in the driver and measured again."""
        return self.scale_x > _SHRUNK and self.scale_y > _SHRUNK

    def apply(self, pen: Pen) -> None:
        """Change all that is drawn on this page from here on. ``pen`` must span the page."""
        if self == Calibration():
            return
        height = pen.y(0)
        pen.canvas.translate(
            self.right_mm * height / pen.height_mm,
            height * (1 - self.scale_y) - self.down_mm * height / pen.height_mm,
        )
        pen.canvas.scale(self.scale_x, self.scale_y)


UNCHANGED = Calibration()


def calibration_from(
    *, left_mm: float, top_mm: float, far_left_mm: float | None = None, far_top_mm: float | None = None
) -> Calibration:
    """The calibration for a test sheet on which the first lines lie ``left_mm`` and ``top_mm`` from the paper's
    edges and, where measured, the second lines ``far_left_mm`` and ``far_top_mm``; without these the printer's
    lengths are taken to be right.

    Raises BadCalibration for distances that no printer causes.
    """
    right, scale_x = _axis(left_mm, far_left_mm, FAR_MM[0])
    down, scale_y = _axis(top_mm, far_top_mm, FAR_MM[1])
    return Calibration(right_mm=right, down_mm=down, scale_x=scale_x, scale_y=scale_y)


def _axis(near: float, far: float | None, far_wanted: float) -> tuple[float, float]:
    stretch = 1.0 if far is None else (far - near) / (far_wanted - NEAR_MM)
    if far is not None and not abs(stretch - 1) <= _MOST_STRETCH:
        raise BadCalibration(field="far", measured_mm=far, expected_mm=far_wanted)
    shift = near - NEAR_MM * stretch
    if not abs(shift) <= _MOST_SHIFT_MM:
        raise BadCalibration(field="near", measured_mm=near, expected_mm=NEAR_MM)
    return round(-shift / stretch, 4), round(1 / stretch, 6)


def measuring_sheet(*, stock: Stock | None = None, both_sides: bool = False) -> bytes:
    """An A4 PDF with lines to measure; with an A4 stock also its places, to hold against the light over a sheet of
    it; with ``both_sides`` a second page for the back."""
    buffer = BytesIO()
    pen = Pen.on_new_pdf(buffer, *A4_MM, title="对准用的试纸")
    for side in ("正面", "反面") if both_sides else ("正面",):
        _draw(pen, side, stock)
        pen.next_page()
    pen.finish()
    return buffer.getvalue()


def _draw(pen: Pen, side: str, stock: Stock | None) -> None:
    if stock is not None and (stock.page_width, stock.page_height) == A4_MM:
        for number in range(stock.slots):
            box = stock.slot(number)
            pen.rect(box.x, box.y, box.width, box.height, stroke=LINE_PALE, line=0.15, dash=(1, 1))
    width, height = A4_MM
    for x in (NEAR_MM, FAR_MM[0]):
        pen.rule(x, 8, x, height - 8, width=0.15, colour=INK)
    for y in (NEAR_MM, FAR_MM[1]):
        pen.rule(8, y, width - 8, y, width=0.15, colour=INK)
    for label, x, y in (("①", NEAR_MM, 60), ("②", FAR_MM[0], 60), ("③", 60, NEAR_MM), ("④", 60, FAR_MM[1])):
        pen.circle(x, y, 4.2, fill="#FFFFFF", stroke=INK, line=0.2)
        pen.text(x, y + 1.9, label, 5.6, weight=Weight.BOLD, align="centre")
    left, top = 46.0, 84.0
    pen.rect(left - 8, top - 14, 134, 124, fill="#FFFFFF", stroke=LINE_PALE, line=0.2, radius=2)
    pen.text(left, top, f"对准用的试纸 · {side}", 8.5, weight=Weight.BOLD)
    lines = (
        ("打印时请选“实际大小”，不要选“适合纸张”。", INK),
        ("请用直尺从纸边量到线上，量到半毫米：", INK),
        (f"①　纸的左边到竖线①，应是 {NEAR_MM:g} 毫米", INK),
        (f"②　纸的左边到竖线②，应是 {FAR_MM[0]:g} 毫米", INK),
        (f"③　纸的上边到横线③，应是 {NEAR_MM:g} 毫米", INK),
        (f"④　纸的上边到横线④，应是 {FAR_MM[1]:g} 毫米", INK),
        ("把量到的数填进“对准”，只量①和③也可以。", INK),
        ("两条线的距离都短了一截，就是打印机把整页缩小了。", INK_SOFT),
        ("虚线是卡纸的格子：叠在卡纸上对着光看一看。", INK_SOFT),
    )
    for number, (line, colour) in enumerate(lines):
        pen.text(left, top + 14 + number * 10.2, line, 4.9, colour=colour)
    pen.text(width / 2, 36, "↑ 这一头是上边", 5.6, weight=Weight.MEDIUM, align="centre")
    _ruler(pen, 55.0, 226.0)


def _ruler(pen: Pen, x: float, y: float) -> None:
    pen.text(x, y - 4, "这把尺长 100 毫米，可以和您的直尺比一比：", 4.4, colour=INK_SOFT)
    pen.rule(x, y, x + 100, y, width=0.2, colour=INK)
    for step in range(101):
        length = 6.0 if step % 10 == 0 else 4.5 if step % 5 == 0 else 3.0
        pen.rule(x + step, y, x + step, y + length, width=0.15, colour=INK)
        if step % 10 == 0:
            pen.text(x + step, y + 10, str(step), 3.6, align="centre")
