"""The front of a card: the phone number as large as it goes, whose card it is, who comes."""

from dataclasses import dataclass

from jiuliting_desk.paper.card_face import CardFace
from jiuliting_desk.paper.card_layout import NAME_LEAST_MM, CardLayout
from jiuliting_desk.paper.fonts import MIN_ELDER_MM, Weight, cut, fit_mm, two_lines, width_mm
from jiuliting_desk.paper.pen import INK_SOFT, RED, Pen

SUBTITLE = "结对助老服务卡"
BY_THE_CENTRE = "由中心安排"
_GAP_EM = 0.5
_CODE_GAP_MM = 2.6


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedName:
    """A name as it will be printed, with room for the card number after its last line."""

    lines: tuple[str, ...]
    size_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedVolunteer:
    """The volunteer's line as it will be printed."""

    label: str
    text: str
    size_mm: float
    is_cut: bool


def _room(layout: CardLayout) -> float:
    return layout.width - 2 * layout.margin - layout.code_side - _CODE_GAP_MM


def _number_text(face: CardFace) -> str:
    return f"卡号 {face.number}"


def fitted_name(face: CardFace, layout: CardLayout) -> FittedName | None:
    """The name in one line, shrunk to 5.4 mm at the least; else in two, shrunk to 12 pt at the least; None where
    that is not enough."""
    room = _room(layout)
    number = width_mm(_number_text(face), layout.number_size, Weight.REGULAR) + layout.number_size * _GAP_EM
    one = fit_mm(face.name, room - number, Weight.BOLD, size_mm=layout.name_size, least_mm=NAME_LEAST_MM)
    if one is not None:
        return FittedName(lines=(face.name,), size_mm=one)
    for anywhere in (False, True):
        for tenth in range(round((NAME_LEAST_MM - MIN_ELDER_MM) * 10) + 1):
            size = max(NAME_LEAST_MM - tenth / 10, MIN_ELDER_MM)
            broken = two_lines(face.name, room / size, (room - number) / size, Weight.BOLD, anywhere=anywhere)
            if broken is not None:
                return FittedName(lines=broken, size_mm=size)
    return None


def fitted_volunteer(face: CardFace, layout: CardLayout) -> FittedVolunteer:
    """The volunteer's line: shrunk to 12 pt, then without its label, then cut."""
    text = face.volunteer.strip() or BY_THE_CENTRE
    room = _room(layout)
    label = width_mm(layout.volunteer_label, layout.number_size, Weight.REGULAR) + layout.number_size * _GAP_EM
    for label_text, left in ((layout.volunteer_label, room - label), ("", room)):
        size = fit_mm(text, left, Weight.BOLD, size_mm=layout.volunteer_size, least_mm=MIN_ELDER_MM)
        if size is not None:
            return FittedVolunteer(label=label_text, text=text, size_mm=size, is_cut=False)
    return FittedVolunteer(label="", text=cut(text, room, MIN_ELDER_MM, Weight.BOLD), size_mm=MIN_ELDER_MM, is_cut=True)


def layout_of(face: CardFace, layout: CardLayout) -> CardLayout:
    """The layout that this card takes: the one for two lines where the name needs them."""
    name = fitted_name(face, layout)
    if name is not None and len(name.lines) > 1 and layout.for_two_lines is not None:
        return layout.for_two_lines
    return layout


def draw_front_common(pen: Pen, face: CardFace, layout: CardLayout) -> None:
    """What all cards of an office have alike: the head, and the phone number."""
    left, right = layout.margin, layout.width - layout.margin
    pen.drawing("mark", left, layout.mark_y, layout.mark_side)
    _draw_header(pen, face, layout)
    pen.rule(left, layout.rule_y, right, layout.rule_y, width=0.35, colour=RED)
    if not layout.lead_in_is_in_header:
        lead_width = pen.text(left, layout.lead_in_y, face.lead_in, layout.lead_in_size, weight=Weight.MEDIUM)
        room = right - left - lead_width - layout.lead_in_size * _GAP_EM
        size = fit_mm(face.hours, room, Weight.REGULAR, size_mm=layout.subtitle_size, least_mm=MIN_ELDER_MM)
        if layout.has_hours and size is not None:
            pen.text(right, layout.lead_in_y, face.hours, size, colour=INK_SOFT, align="right")
    size = fit_mm(face.office_phone, right - left, Weight.BOLD, size_mm=layout.phone_size, least_mm=0)
    pen.text(left, layout.phone_y, face.office_phone, size or layout.phone_size, weight=Weight.BOLD)


def _draw_header(pen: Pen, face: CardFace, layout: CardLayout) -> None:
    right = layout.width - layout.margin
    x = layout.margin + layout.mark_side * 1.24
    if not layout.has_brand:
        pen.text(x, layout.brand_y, face.lead_in, layout.lead_in_size, weight=Weight.MEDIUM)
        return
    lead_in = width_mm(face.lead_in, layout.lead_in_size, Weight.MEDIUM) + layout.lead_in_size * _GAP_EM
    room = right - x - (lead_in if layout.lead_in_is_in_header else 0.0)
    size = fit_mm(face.brand, room, Weight.BOLD, size_mm=layout.brand_size, least_mm=MIN_ELDER_MM) or MIN_ELDER_MM
    x += pen.brand(x, layout.brand_y, cut(face.brand, room, size, Weight.BOLD), size)
    if layout.lead_in_is_in_header:
        pen.text(right, layout.brand_y, face.lead_in, layout.lead_in_size, weight=Weight.MEDIUM, align="right")
    elif width_mm(SUBTITLE, layout.subtitle_size, Weight.REGULAR) <= right - x - layout.subtitle_size:
        pen.text(right, layout.brand_y, SUBTITLE, layout.subtitle_size, colour=INK_SOFT, align="right")


def draw_front_own(pen: Pen, face: CardFace, layout: CardLayout) -> None:
    """What is this card's own: name, number, volunteer, code. The name must fit (``fitted_name``)."""
    left, right = layout.margin, layout.width - layout.margin
    name = fitted_name(face, layout)
    if name is None:
        raise ValueError(face.number)
    baselines = (layout.name_y, layout.second_name_y)[: len(name.lines)]
    end = left
    for line, baseline in zip(name.lines, baselines, strict=True):
        end = left + pen.text(left, baseline, line, name.size_mm, weight=Weight.BOLD)
    number = _number_text(face)
    pen.text(end + layout.number_size * _GAP_EM, baselines[-1], number, layout.number_size, colour=INK_SOFT)
    volunteer = fitted_volunteer(face, layout)
    x = left
    if volunteer.label:
        label_size = min(layout.number_size, volunteer.size_mm)
        x += pen.text(x, layout.volunteer_y, volunteer.label, label_size, colour=INK_SOFT) + label_size * _GAP_EM
    pen.text(x, layout.volunteer_y, volunteer.text, volunteer.size_mm, weight=Weight.BOLD)
    pen.code(face.code_text, right - layout.code_side, layout.code_y, layout.code_side)
