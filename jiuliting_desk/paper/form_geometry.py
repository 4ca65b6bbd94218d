"""Where everything lies on the printed 意见反馈表: one table for the pen that draws it and for a reader of scans.

All measures are in mm from the top left corner of an A4 sheet. The four corner squares fix scale and turn; the bottom
right one is hollow.
"""

from dataclasses import dataclass
from enum import StrEnum

from jiuliting_desk.paper.stocks import Box

PAGE_MM = (210.0, 297.0)
LEFT, RIGHT = 20.0, 190.0

CORNER_SIDE = 7.0
CORNER_HOLLOW = 3.4
"""Side of the white middle of the bottom right corner square."""
CORNERS = (
    Box(x=8, y=8, width=CORNER_SIDE, height=CORNER_SIDE),
    Box(x=195, y=8, width=CORNER_SIDE, height=CORNER_SIDE),
    Box(x=8, y=282, width=CORNER_SIDE, height=CORNER_SIDE),
    Box(x=195, y=282, width=CORNER_SIDE, height=CORNER_SIDE),
)
"""Top left, top right, bottom left, bottom right."""
CODE = Box(x=165, y=8.6, width=18, height=18)
"""The square code with the form number, without its quiet zone."""


class Shape(StrEnum):
    """A circle where one of several is chosen, a box where any number is."""

    BUBBLE = "bubble"
    BOX = "box"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place to tick."""

    field: str
    """What it answers; marks of one field belong together."""
    value: str
    """What a tick there means."""
    label: str
    shape: Shape
    x: float
    """The middle."""
    y: float
    radius: float
    """Of a bubble, or half the side of a box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingArea:
    """A place for handwriting; its lower edge is the line that is printed."""

    field: str
    box: Box


FACES = ("很差", "不好", "一般", "好", "很好")
"""The words for 1 to 5."""
FACE_RADIUS = 4.2

QUESTIONS = (
    ("punctual", "来得准时吗？"),
    ("manner", "态度好不好？"),
    ("work", "做得好不好？"),
    ("overall", "总的满意吗？"),
)
"""The elder's four questions by the name of the answer."""
QUESTION_TOP = 60.0
QUESTION_PITCH = 18.0
ANSWER_X = (77.0, 100.6, 124.2, 147.8, 171.4)
"""The middles of the five bubbles of a row."""
ANSWER_DOWN = 13.6
"""From the top of a question's row to the middles of its bubbles."""
FACE_DOWN = 5.6
FACE_RIGHT = 5.4
"""From the middle of a bubble to that of its face."""
AGAIN_Y = QUESTION_TOP + 4 * QUESTION_PITCH + 5.8

WISH_X = (23.0, 79.5, 136.0)
WISH_Y = (157.6, 166.6)
WISHES = len(WISH_X) * len(WISH_Y)
"""How many services can be wished for; the caller says which they are."""

ELDER_RADIUS = 3.0
STAFF_RADIUS = 2.3
FILLED_Y = 198.6

VOLUNTEER_Y = (218.0, 226.4, 234.8, 243.2)
"""Baselines of the volunteer's rows."""
CADRE_Y = (254.2, 262.6, 271.0, 279.4)
"""Baselines of the cadre's rows."""
_STAFF_UP = 1.4
"""From a row's baseline up to the middles of its marks."""


def _row(
    field: str, y: float, radius: float, shape: Shape, choices: tuple[tuple[str, str, float], ...]
) -> tuple[Mark, ...]:
    return tuple(
        Mark(field=field, value=value, label=label, shape=shape, x=x, y=y, radius=radius) for value, label, x in choices
    )


def _staff(
    field: str, baseline: float, *choices: tuple[str, str, float], shape: Shape = Shape.BUBBLE
) -> tuple[Mark, ...]:
    return _row(field, baseline - _STAFF_UP, STAFF_RADIUS, shape, choices)


MARKS: tuple[Mark, ...] = (
    *(
        Mark(
            field=field,
            value=str(score),
            label=f"{score} {FACES[score - 1]}",
            shape=Shape.BUBBLE,
            x=ANSWER_X[score - 1],
            y=QUESTION_TOP + row * QUESTION_PITCH + ANSWER_DOWN,
            radius=ELDER_RADIUS,
        )
        for row, (field, _) in enumerate(QUESTIONS)
        for score in range(1, 6)
    ),
    *_row(
        "again",
        AGAIN_Y,
        ELDER_RADIUS,
        Shape.BUBBLE,
        (("same_person", "还请这位", 77.0), ("any", "都可以", 118.0), ("other_person", "想换一位", 153.0)),
    ),
    *(
        Mark(
            field="wishes",
            value=str(number),
            label="",
            shape=Shape.BOX,
            x=WISH_X[number % len(WISH_X)],
            y=WISH_Y[number // len(WISH_X)],
            radius=ELDER_RADIUS,
        )
        for number in range(WISHES)
    ),
    *_row(
        "filled_by",
        FILLED_Y,
        ELDER_RADIUS,
        Shape.BUBBLE,
        (("elder", "本人", 41.0), ("family", "家人", 63.0), ("other", "别人代填", 85.0)),
    ),
    *_staff(
        "elder_condition", VOLUNTEER_Y[1], ("good", "好", 40.0), ("fair", "一般", 51.5), ("worrying", "要留意", 66.5)
    ),
    *_staff(
        "home_condition", VOLUNTEER_Y[1], ("good", "好", 103.5), ("fair", "一般", 115.0), ("worrying", "要留意", 130.0)
    ),
    *_staff("would_return", VOLUNTEER_Y[1], ("yes", "愿意", 162.5), ("no", "不便", 178.0)),
    *_staff(
        "hazards",
        VOLUNTEER_Y[2],
        ("none", "没有", 40.0),
        ("electric", "用电", 55.5),
        ("gas", "燃气", 71.0),
        ("fall", "容易跌倒", 86.5),
        ("clutter", "堆物", 110.0),
        ("other", "别的", 125.5),
        shape=Shape.BOX,
    ),
    *_staff("led_in", CADRE_Y[0], ("yes", "领进门", 72.0), shape=Shape.BOX),
    *_staff("stayed", CADRE_Y[0], ("yes", "全程在场", 98.0), shape=Shape.BOX),
    *_staff("signature_seen", CADRE_Y[0], ("yes", "看到老人签名", 128.0), shape=Shape.BOX),
    *_staff("on_time", CADRE_Y[1], ("yes", "准时", 40.0), ("no", "晚了", 56.0)),
    *_staff("whole_time", CADRE_Y[1], ("yes", "做足了", 103.5), ("no", "没做足", 123.5)),
)
"""Every place to tick."""


def _line(field: str, x: float, right: float, baseline: float, height: float) -> WritingArea:
    return WritingArea(field=field, box=Box(x=x, y=baseline - height, width=right - x, height=height))


INFO_Y = (39.6, 48.8)
"""Baselines of the two lines that tell whose form it is."""
INFO = (
    (("name", "姓名", 20.0, 74.0), ("service", "项目", 78.0, 134.0), ("day", "日期", 138.0, 190.0)),
    (("providers", "上门的人", 20.0, 74.0), ("card_number", "卡号", 78.0, 134.0), ("committee", "居委", 138.0, 190.0)),
)
"""Two rows of (field, label, left, right); what is not filled in beforehand is written by hand."""

AREAS: tuple[WritingArea, ...] = (
    _line("words", 56.0, RIGHT, 181.6, 8.0),
    _line("words", LEFT, RIGHT, 191.6, 8.6),
    _line("elder_signature", 138.0, RIGHT, 200.6, 7.0),
    _line("came_at", 73.0, 92.0, VOLUNTEER_Y[0] + 1, 6.4),
    _line("left_at", 103.0, 122.0, VOLUNTEER_Y[0] + 1, 6.4),
    _line("minutes", 133.0, 147.0, VOLUNTEER_Y[0] + 1, 6.4),
    _line("quantity", 168.0, 180.0, VOLUNTEER_Y[0] + 1, 6.4),
    _line("hazard_words", 137.5, RIGHT, VOLUNTEER_Y[2] + 1, 6.4),
    _line("report", 37.0, 140.0, VOLUNTEER_Y[3] + 1, 6.4),
    _line("volunteer_signature", 155.0, RIGHT, VOLUNTEER_Y[3] + 1, 6.4),
    _line("remarks", 37.0, RIGHT, CADRE_Y[2] + 1, 6.4),
    _line("cadre_signature", 44.5, 100.0, CADRE_Y[3] + 1, 6.4),
    _line("cadre_day", 118.0, RIGHT, CADRE_Y[3] + 1, 6.4),
)
"""Every place to write."""


def marks_of(field: str) -> tuple[Mark, ...]:
    """The marks of one answer, in the order of the paper."""
    return tuple(mark for mark in MARKS if mark.field == field)
