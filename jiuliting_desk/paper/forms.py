"""意见反馈表: one A4 page for one visit, filled in beforehand as far as is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from jiuliting_desk.paper import form_geometry as geometry
from jiuliting_desk.paper.artwork import has_artwork
from jiuliting_desk.paper.card_face import BRAND, ServiceLine
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.paper.fonts import MIN_ELDER_MM, Weight, cut, fit_mm, refuse_missing, two_lines, wrap
from jiuliting_desk.paper.form_geometry import LEFT, RIGHT, Mark, Shape
from jiuliting_desk.paper.pen import INK, INK_SOFT, LINE, LINE_PALE, RED, WHITE, Pen

TITLE = "意见反馈表"
_VALUE_MM = 5.5
_STAFF_MM = 3.9


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFace:
    """What is on one form beforehand; what is empty is left to be written by hand."""

    number: str = ""
    code_text: str = ""
    """What the square code holds: the form number in the form that the search box knows, nothing else."""
    name: str = ""
    service: str = ""
    day: str = ""
    providers: str = ""
    card_number: str = ""
    committee: str = ""
    unit: str = ""
    """What the service is counted in."""
    office_phone: str = ""
    wishes: tuple[ServiceLine, ...] = ()
    """Up to six services that can be ticked; more are left out."""
    brand: str = BRAND

    def texts(self) -> tuple[str, ...]:
        """All that is printed as text, for the search for missing glyphs."""
        return (
            self.number,
            self.name,
            self.service,
            self.day,
            self.providers,
            self.card_number,
            self.committee,
            self.unit,
            self.office_phone,
            self.brand,
            *(wish.name for wish in self.wishes),
        )


def feedback_forms(faces: Sequence[FormFace]) -> bytes:
    """The forms as a PDF, a page each. Raises NothingToPrint and GlyphsMissing."""
    if not faces:
        raise NothingToPrint()
    refuse_missing(text for face in faces for text in face.texts())
    buffer = BytesIO()
    pen = Pen.on_new_pdf(buffer, *geometry.PAGE_MM, title=TITLE)
    stencils: dict[tuple[object, ...], str] = {}
    for face in faces:
        common = (face.wishes, face.office_phone, face.brand)
        if common not in stencils:
            stencils[common] = f"form-{len(stencils)}"
            with pen.stencil(stencils[common], *geometry.PAGE_MM) as blank:
                _draw_common(blank, face)
        pen.stamp(stencils[common])
        _draw_own(pen, face)
        pen.next_page()
    pen.finish()
    return buffer.getvalue()


def _draw_own(pen: Pen, face: FormFace) -> None:
    code = geometry.CODE
    middle = code.x + code.width / 2
    if face.code_text:
        pen.code(face.code_text, code.x, code.y, code.width)
        pen.text(middle, code.bottom + 5.0, f"表号 {face.number}", 4.4, weight=Weight.MEDIUM, align="centre")
    else:
        pen.text(code.x - 6, code.bottom - 6, "表号", 4.4, colour=INK_SOFT)
        pen.rule(code.x + 4, code.bottom - 5, RIGHT, code.bottom - 5)
    for row, baseline in zip(geometry.INFO, geometry.INFO_Y, strict=True):
        for field, label, left, right in row:
            x = left + pen.text(left, baseline, label, MIN_ELDER_MM, colour=INK_SOFT) + 2.4
            value = getattr(face, field)
            if not value:
                pen.rule(x, baseline + 1.2, right, baseline + 1.2)
                continue
            _draw_value(pen, value, x, baseline, right - x)
    quantity = next(area.box for area in geometry.AREAS if area.field == "quantity")
    pen.text(quantity.right + 1.2, geometry.VOLUNTEER_Y[0], cut(face.unit, 8, _STAFF_MM, Weight.REGULAR), _STAFF_MM)


def _draw_value(pen: Pen, value: str, x: float, baseline: float, room: float) -> None:
    size = fit_mm(value, room, Weight.BOLD, size_mm=_VALUE_MM, least_mm=MIN_ELDER_MM)
    if size is not None:
        pen.text(x, baseline, value, size, weight=Weight.BOLD)
        return
    room_em = room / MIN_ELDER_MM
    first, second = two_lines(value, room_em, room_em, Weight.BOLD) or _halves(value, room)
    pen.text(x, baseline - 3.3, first, MIN_ELDER_MM, weight=Weight.BOLD)
    pen.text(x, baseline + 1.5, second, MIN_ELDER_MM, weight=Weight.BOLD)


def _halves(value: str, room: float) -> tuple[str, str]:
    first = wrap(value, room, MIN_ELDER_MM, Weight.BOLD)[0]
    return first, cut(value[len(first) :], room, MIN_ELDER_MM, Weight.BOLD)


def _draw_common(pen: Pen, face: FormFace) -> None:
    for number, corner in enumerate(geometry.CORNERS):
        pen.rect(corner.x, corner.y, corner.width, corner.height, fill="#000000")
        if number == len(geometry.CORNERS) - 1:
            inset = (corner.width - geometry.CORNER_HOLLOW) / 2
            pen.rect(corner.x + inset, corner.y + inset, geometry.CORNER_HOLLOW, geometry.CORNER_HOLLOW, fill=WHITE)
    _draw_head(pen, face)
    _draw_questions(pen)
    _draw_wishes(pen, face)
    _draw_words(pen, face)
    _draw_staff_parts(pen)
    for area in geometry.AREAS:
        pen.rule(area.box.x, area.box.bottom, area.box.right, area.box.bottom, width=0.2, colour=LINE)
    for mark in geometry.MARKS:
        if mark.field != "wishes" or int(mark.value) < len(face.wishes):
            _draw_mark(pen, mark)


def _draw_head(pen: Pen, face: FormFace) -> None:
    pen.drawing("mark", LEFT, 11.5, 12.5)
    size = fit_mm(face.brand, 44, Weight.BOLD, size_mm=6.0, least_mm=3) or 3
    pen.brand(LEFT + 15.5, 17.8, face.brand, size)
    pen.text(LEFT + 15.5, 23.4, "结对助老服务", MIN_ELDER_MM, colour=INK_SOFT)
    pen.text(84, 22.6, TITLE, 11.4, weight=Weight.BOLD)
    pen.rule(LEFT, 30.4, geometry.CODE.x - 7, 30.4, width=0.4, colour=RED)


def _heading(pen: Pen, baseline: float, text: str) -> float:
    return LEFT + pen.text(LEFT, baseline, text, 5.2, weight=Weight.BOLD)


def _draw_questions(pen: Pen) -> None:
    baseline = geometry.QUESTION_TOP - 2.6
    x = _heading(pen, baseline, "一、请在脸下面的圆圈里打勾") + 5
    x += pen.text(x, baseline, "像这样", MIN_ELDER_MM, colour=INK_SOFT) + 4.6
    pen.circle(x, baseline - 1.6, 2.6, stroke=INK, line=0.35)
    pen.polyline([(x - 1.5, baseline - 1.9), (x - 0.2, baseline - 0.3), (x + 3.0, baseline - 4.9)], width=0.8)
    pen.text(RIGHT, baseline, "好的坏的都请照实说", MIN_ELDER_MM, colour=INK_SOFT, align="right")
    for row, (_, question) in enumerate(geometry.QUESTIONS):
        top = geometry.QUESTION_TOP + row * geometry.QUESTION_PITCH
        pen.rule(LEFT, top, RIGHT, top, width=0.2, colour=LINE_PALE)
        middle = top + geometry.QUESTION_PITCH / 2 + 2.2
        pen.text(LEFT, middle, str(row + 1), 6.2, weight=Weight.BOLD, colour=RED)
        pen.text(LEFT + 6, middle, question, 6.2, weight=Weight.BOLD)
        for score, x in enumerate(geometry.ANSWER_X, start=1):
            _draw_face(pen, x + geometry.FACE_RIGHT, top + geometry.FACE_DOWN, score)
    again = geometry.AGAIN_Y
    top = geometry.QUESTION_TOP + 4 * geometry.QUESTION_PITCH
    pen.rule(LEFT, top, RIGHT, top, width=0.2, colour=LINE_PALE)
    pen.text(LEFT + 6, again + 2.0, "下次还请这位来吗？", 5.2, weight=Weight.BOLD)
    pen.rule(LEFT, again + 5.4, RIGHT, again + 5.4, width=0.4, colour=RED)


def _draw_face(pen: Pen, x: float, y: float, score: int) -> None:
    radius = geometry.FACE_RADIUS
    pen.circle(x, y, radius, stroke=INK, line=0.35)
    for side in (-1, 1):
        pen.circle(x + side * radius * 0.34, y - radius * 0.22, radius * 0.115, fill=INK)
    bend = (-0.52, -0.24, 0.0, 0.26, 0.54)[score - 1] * radius
    wide = radius * (0.5 if score in {1, 5} else 0.44)
    mouth = y + radius * 0.42 - bend * 0.42
    pen.curve([(x - wide, mouth), (x - wide * 0.5, mouth + bend), (x + wide * 0.5, mouth + bend), (x + wide, mouth)],
              width=0.4)  # fmt: skip


def _draw_mark(pen: Pen, mark: Mark) -> None:
    is_elders = mark.radius == geometry.ELDER_RADIUS
    line = 0.4 if is_elders else 0.3
    if mark.shape is Shape.BUBBLE:
        pen.circle(mark.x, mark.y, mark.radius, stroke=INK, line=line)
    else:
        side = mark.radius * 2
        pen.rect(mark.x - mark.radius, mark.y - mark.radius, side, side, stroke=INK, line=line)
    size = 4.6 if is_elders else _STAFF_MM
    weight = Weight.MEDIUM if is_elders else Weight.REGULAR
    pen.text(mark.x + mark.radius + 1.1, mark.y + size * 0.36, mark.label, size, weight=weight)


def _draw_wishes(pen: Pen, face: FormFace) -> None:
    x = _heading(pen, 150.6, "二、还想要人帮什么忙？")
    pen.text(x + 2, 150.6, "可以打几个勾", MIN_ELDER_MM, colour=INK_SOFT)
    for mark, wish in zip(geometry.marks_of("wishes"), face.wishes, strict=False):
        left = mark.x + mark.radius + 2.6
        if has_artwork(wish.icon):
            pen.drawing(wish.icon, left, mark.y - 3, 6)
            left += 8.2
        room = mark.x + geometry.WISH_X[1] - geometry.WISH_X[0] - 5 - left
        size = fit_mm(wish.name, room, Weight.MEDIUM, size_mm=5.2, least_mm=MIN_ELDER_MM) or MIN_ELDER_MM
        name = cut(wish.name, room, size, Weight.MEDIUM)
        pen.text(left, mark.y + size * 0.36, name, size, weight=Weight.MEDIUM)
    pen.rule(LEFT, 172.2, RIGHT, 172.2, width=0.4, colour=RED)


def _draw_words(pen: Pen, face: FormFace) -> None:
    _heading(pen, 180.2, "三、想说的话")
    baseline = geometry.FILLED_Y + 1.8
    pen.text(LEFT, baseline, "谁填的", 5.0, weight=Weight.BOLD)
    pen.text(126.0, baseline, "签名", 5.0, weight=Weight.BOLD)
    call = f"　　有事打 {face.office_phone}" if face.office_phone else ""
    pen.text(pen.width_mm / 2, 207.8, f"填好交给上门的人，或放进居委会信箱{call}", 4.4, colour=INK_SOFT, align="centre")


def _draw_staff_parts(pen: Pen) -> None:
    pen.rule(LEFT, 210.6, RIGHT, 210.6, width=0.7, colour=INK)
    pen.rule(LEFT, 247.2, RIGHT, 247.2, width=0.3, colour=INK)
    first, second, third, fourth = geometry.VOLUNTEER_Y
    _staff_heading(pen, first, "四、志愿者填")
    for x, baseline, label in (
        (64.0, first, "到达"),
        (94.0, first, "离开"),
        (124.0, first, "实做"),
        (148.2, first, "分钟"),
        (159.0, first, "数量"),
        (LEFT, second, "老人情况"),
        (84.0, second, "家里环境"),
        (147.0, second, "还愿来"),
        (LEFT, third, "安全隐患"),
        (LEFT, fourth, "想说的话"),
        (146.0, fourth, "签名"),
    ):
        pen.text(x, baseline, label, _STAFF_MM, colour=INK_SOFT)
    first, second, third, fourth = geometry.CADRE_Y
    _staff_heading(pen, first, "五、居委干部填")
    for x, baseline, label in (
        (LEFT, second, "是否准时"),
        (84.0, second, "服务时间"),
        (LEFT, third, "情况说明"),
        (LEFT, fourth, "居委干部签名"),
        (108.0, fourth, "日期"),
    ):
        pen.text(x, baseline, label, _STAFF_MM, colour=INK_SOFT)


def _staff_heading(pen: Pen, baseline: float, text: str) -> None:
    pen.text(LEFT, baseline, text, 4.6, weight=Weight.BOLD)
