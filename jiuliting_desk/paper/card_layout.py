"""Where everything lies on a card, by the size of the card; measures in mm for the size each table names."""

from dataclasses import dataclass, fields, replace

from jiuliting_desk.paper.errors import BadStock
from jiuliting_desk.paper.fonts import MIN_ELDER_MM
from jiuliting_desk.paper.stocks import LEAST_CARD_MM

NAME_LEAST_MM = 5.4
"""Down to this the name shrinks before it takes two lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLayout:
    """One front and one back. Names in ``_y`` are baselines or tops from the upper edge, in ``_size`` type sizes."""

    width: float
    height: float
    margin: float
    mark_y: float
    mark_side: float
    brand_y: float
    brand_size: float
    subtitle_size: float
    rule_y: float
    lead_in_y: float
    lead_in_size: float
    lead_in_is_in_header: bool = False
    has_brand: bool = True
    has_hours: bool = True
    phone_y: float
    phone_size: float
    name_y: float
    name_size: float
    number_size: float
    second_name_y: float = 0.0
    volunteer_y: float
    volunteer_size: float
    volunteer_label: str
    code_y: float
    code_side: float
    back_title_y: float = 0.0
    back_title_size: float = 0.0
    back_rule_y: float = 0.0
    services_top: float = 0.0
    services_bottom: float = 0.0
    service_size: float = 0.0
    foot_rule_y: float = 0.0
    second_y: float = 0.0
    second_size: float = 0.0
    found_y: float = 0.0
    found_size: float = 0.0
    for_two_lines: "CardLayout | None" = None
    """The same card where the name takes two lines; its ``second_name_y`` is set."""


_STANDARD = CardLayout(
    width=90,
    height=54,
    margin=5,
    mark_y=3.8,
    mark_side=7.2,
    brand_y=9.4,
    brand_size=5.5,
    subtitle_size=4.4,
    rule_y=12.8,
    lead_in_y=18.8,
    lead_in_size=4.9,
    phone_y=34.4,
    phone_size=16.2,
    name_y=42.4,
    name_size=6.4,
    number_size=4.5,
    volunteer_y=49.2,
    volunteer_size=5.4,
    volunteer_label="您的志愿者",
    code_y=37.0,
    code_side=12.8,
    back_title_y=9.4,
    back_title_size=5.6,
    back_rule_y=12.8,
    services_top=13.6,
    services_bottom=40.8,
    service_size=5.3,
    foot_rule_y=41.4,
    second_y=46.5,
    second_size=4.4,
    found_y=50.7,
    found_size=3.1,
)
STANDARD = replace(
    _STANDARD,
    for_two_lines=replace(
        _STANDARD,
        lead_in_y=18.4,
        phone_y=31.2,
        phone_size=14.0,
        name_y=37.6,
        second_name_y=43.8,
        volunteer_y=49.6,
        volunteer_size=4.6,
    ),
)
_WIDE = CardLayout(
    width=99.1,
    height=38.1,
    margin=4.5,
    mark_y=2.4,
    mark_side=5.6,
    brand_y=6.9,
    brand_size=4.8,
    subtitle_size=4.4,
    rule_y=9.3,
    lead_in_y=6.9,
    lead_in_size=4.9,
    lead_in_is_in_header=True,
    has_hours=False,
    phone_y=21.9,
    phone_size=14.0,
    name_y=28.9,
    name_size=6.0,
    number_size=4.4,
    volunteer_y=34.9,
    volunteer_size=4.8,
    volunteer_label="您的志愿者",
    code_y=23.4,
    code_side=12.0,
)
WIDE = replace(
    _WIDE,
    for_two_lines=replace(
        _WIDE, phone_y=19.3, phone_size=11.5, name_y=25.0, second_name_y=30.6, volunteer_y=35.6, volunteer_size=4.3
    ),
)
_SMALL = CardLayout(
    width=63.5,
    height=38.1,
    margin=3.4,
    mark_y=2.2,
    mark_side=4.8,
    brand_y=6.2,
    brand_size=4.5,
    subtitle_size=4.3,
    rule_y=8.1,
    lead_in_y=13.0,
    lead_in_size=4.3,
    has_hours=False,
    phone_y=22.7,
    phone_size=10.6,
    name_y=29.0,
    name_size=5.6,
    number_size=4.3,
    volunteer_y=35.0,
    volunteer_size=4.6,
    volunteer_label="志愿者",
    code_y=24.6,
    code_side=10.4,
)
SMALL = replace(
    _SMALL,
    for_two_lines=replace(
        _SMALL,
        has_brand=False,
        lead_in_is_in_header=True,
        phone_y=17.8,
        phone_size=10.0,
        name_y=24.0,
        second_name_y=29.8,
        volunteer_y=35.1,
        volunteer_size=4.3,
    ),
)

_LAYOUTS = (((80.0, 48.0), STANDARD), ((88.0, LEAST_CARD_MM[1]), WIDE), (LEAST_CARD_MM, SMALL))
_MOST_GROWTH = 1.5
_BY_HEIGHT = frozenset({"services_top", "services_bottom"})
_FREE_SIZES = frozenset({"found_size", "phone_size", "name_size"})


def layout_for(width: float, height: float) -> CardLayout:
    """The layout for a card of this size: the table made for the next smaller size, stretched, with no type that an
    elder must read under 12 pt. Raises BadStock for a card that is smaller than the smallest table."""
    for (least_width, least_height), layout in _LAYOUTS:
        if width >= least_width and height >= least_height:
            return _stretched(layout, width, height)
    too_narrow = width < LEAST_CARD_MM[0]
    raise BadStock(
        field="card_width" if too_narrow else "card_height",
        reason="too_small",
        measure_mm=width if too_narrow else height,
        limit_mm=LEAST_CARD_MM[0] if too_narrow else LEAST_CARD_MM[1],
    )


def _stretched(layout: CardLayout, width: float, height: float) -> CardLayout:
    tall = height / layout.height
    even = min(width / layout.width, tall, _MOST_GROWTH)
    changes: dict[str, float | CardLayout | None] = {"width": width, "height": height}
    for field in fields(layout):
        value = getattr(layout, field.name)
        if field.name.endswith("_y") or field.name in _BY_HEIGHT:
            changes[field.name] = value * tall
        elif field.name.endswith("_size"):
            floor = 0.0 if field.name in _FREE_SIZES or not value else MIN_ELDER_MM
            changes[field.name] = max(value * even, floor)
        elif field.name in {"margin", "mark_side", "code_side"}:
            changes[field.name] = value * even
    changes["name_size"] = max(layout.name_size * even, NAME_LEAST_MM)
    if layout.for_two_lines is not None:
        changes["for_two_lines"] = _stretched(layout.for_two_lines, width, height)
    return replace(layout, **changes)  # type: ignore[arg-type]
