"""The back of a card: what can be done for you, whom else to ring."""

from jiuliting_desk.paper.artwork import has_artwork
from jiuliting_desk.paper.card_face import COMMITTEE, CardFace, ServiceLine
from jiuliting_desk.paper.card_layout import CardLayout
from jiuliting_desk.paper.fonts import MIN_ELDER_MM, Weight, cut, fit_mm, width_mm
from jiuliting_desk.paper.pen import INK, INK_SOFT, LINE, RED, WHITE, Pen

TITLE = "能帮您做这些事"
FREE = "都不收钱"
EMERGENCY = "急病打 120"
MORE = "别的事也可以问"
_COLUMNS = 2
_MOST_ROWS = 4


def shown_services(services: tuple[ServiceLine, ...]) -> tuple[ServiceLine, ...]:
    """The services that the back has room for; where there are more, the last place says so."""
    room = _COLUMNS * _MOST_ROWS
    return services if len(services) <= room else (*services[: room - 1], ServiceLine(name=MORE))


def draw_back(pen: Pen, face: CardFace, layout: CardLayout) -> None:
    """The whole back."""
    left, right = layout.margin, layout.width - layout.margin
    pen.text(left, layout.back_title_y, TITLE, layout.back_title_size, weight=Weight.BOLD)
    pen.text(
        right, layout.back_title_y, FREE, layout.back_title_size * 0.88, weight=Weight.MEDIUM, colour=RED, align="right"
    )
    pen.rule(left, layout.back_rule_y, right, layout.back_rule_y, width=0.35, colour=RED)
    _draw_services(pen, shown_services(face.services), layout)
    pen.rule(left, layout.foot_rule_y, right, layout.foot_rule_y, width=0.2, colour=LINE)
    box_width = width_mm(EMERGENCY, layout.second_size, Weight.BOLD) + 2.0
    box_height = layout.second_size * 1.65
    box_y = (layout.foot_rule_y + layout.height - layout.margin * 0.55 - box_height) / 2
    pen.rect(right - box_width, box_y, box_width, box_height, fill=INK, radius=1.2)
    pen.text(
        right - box_width / 2,
        box_y + box_height / 2 + layout.second_size * 0.36,
        EMERGENCY,
        layout.second_size,
        weight=Weight.BOLD,
        colour=WHITE,
        align="centre",
    )
    room = right - box_width - left - 1.2
    second, size = _fitting(_second_lines(face), room, layout.second_size, Weight.MEDIUM, MIN_ELDER_MM)
    pen.text(left, layout.second_y, second, size, weight=Weight.MEDIUM)
    givers = [name for name in (face.office_name, face.second_name, COMMITTEE) if name]
    finder = [f"捡到这张卡，请交给{name}" for name in givers]
    found, size = _fitting(finder, room, layout.found_size, Weight.REGULAR, layout.found_size * 0.9)
    pen.text(left, layout.found_y, found, size, colour=INK_SOFT)


def _fitting(texts: list[str], room: float, size_mm: float, weight: Weight, least_mm: float) -> tuple[str, float]:
    """The first wording that fits with its size; the last one, as small as it takes, where none does."""
    for text in texts:
        size = fit_mm(text, room, weight, size_mm=size_mm, least_mm=least_mm)
        if size is not None:
            return text, size
    return texts[-1], fit_mm(texts[-1], room, weight, size_mm=least_mm, least_mm=0) or least_mm


def _second_lines(face: CardFace) -> list[str]:
    if face.second_phone and not face.second_name:
        return [f"打不通，打 {face.second_phone}", f"打不通打 {face.second_phone}", face.second_phone]
    if face.second_phone:
        who = f"{face.second_name} {face.second_phone}"
        return [f"打不通，找{who}", f"打不通找{who}", who]
    return [f"{face.hours}有人接"] if face.hours else ["打不通，请过一会儿再打"]


def _draw_services(pen: Pen, services: tuple[ServiceLine, ...], layout: CardLayout) -> None:
    if not services:
        return
    rows = -(-len(services) // _COLUMNS)
    step = (layout.services_bottom - layout.services_top) / rows
    size = max(MIN_ELDER_MM, min(layout.service_size, step * 0.72))
    icon = size * 1.12
    column_width = (layout.width - 2 * layout.margin) / _COLUMNS + 1
    for number, service in enumerate(services):
        row, column = divmod(number, _COLUMNS)
        x = layout.margin + column * column_width
        middle = layout.services_top + (row + 0.5) * step
        if has_artwork(service.icon):
            pen.drawing(service.icon, x, middle - icon / 2, icon)
        else:
            pen.circle(x + icon / 2, middle, icon * 0.16, fill=INK)
        text_x = x + icon + size * 0.5
        room = layout.margin + (column + 1) * column_width - 1 - text_x
        fitting = fit_mm(service.name, room, Weight.MEDIUM, size_mm=size, least_mm=MIN_ELDER_MM) or MIN_ELDER_MM
        name = cut(service.name, room, fitting, Weight.MEDIUM)
        pen.text(text_x, middle + fitting * 0.36, name, fitting, weight=Weight.MEDIUM)
