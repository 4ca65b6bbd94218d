"""Colours, type and sizes as data: the only place that names one."""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Shade(NamedTuple):
    """One colour in the light and in the dark look."""

    light: str
    dark: str


COLOURS: dict[str, Shade] = {
    "app": Shade("#F4F2EE", "#191817"),
    "surface": Shade("#FFFFFF", "#22211F"),
    "subtle": Shade("#FAF8F5", "#272624"),
    "sunken": Shade("#EEEBE5", "#302E2B"),
    "nav": Shade("#ECE8E1", "#141312"),
    "line": Shade("#E6E2DB", "#35332F"),
    "line2": Shade("#D2CDC4", "#47443F"),
    "control": Shade("#8A847A", "#8C867B"),
    "ink": Shade("#1F1D1A", "#EFECE6"),
    "ink2": Shade("#4F4B45", "#C4BEB4"),
    "ink3": Shade("#68635B", "#ADA79C"),
    "disabled": Shade("#A39D93", "#6F6A62"),
    "accent": Shade("#BE2E1D", "#BF3A29"),
    "accent_hover": Shade("#A52616", "#CB4331"),
    "accent_press": Shade("#8B1E10", "#A33020"),
    "on_accent": Shade("#FFFFFF", "#FFFFFF"),
    "accent_text": Shade("#A82717", "#F29A8B"),
    "accent_soft": Shade("#FCEDE9", "#40241F"),
    "accent_line": Shade("#E8B8AE", "#7A3A30"),
    "focus": Shade("#1D5A96", "#8DBBEA"),
    "link": Shade("#1D5A96", "#93BEEA"),
    "select": Shade("#DCE8F5", "#233C57"),
    "select_off": Shade("#E9E6E0", "#34322F"),
    "hover": Shade("#F2EFEA", "#2C2A28"),
    "press": Shade("#E4E0D9", "#383632"),
    "info": Shade("#1D5A96", "#93BEEA"),
    "info_soft": Shade("#E7F0F9", "#1D2E41"),
    "info_line": Shade("#AFC9E4", "#3B5B7D"),
    "ok": Shade("#1F6B43", "#7FCBA0"),
    "ok_soft": Shade("#E6F3EB", "#1B3327"),
    "ok_line": Shade("#A5CFB7", "#37664D"),
    "warn": Shade("#8A5200", "#E8B95C"),
    "warn_soft": Shade("#FDF2DD", "#3A2D14"),
    "warn_line": Shade("#E3C48A", "#6F5626"),
    "bad": Shade("#9C1440", "#F295B2"),
    "bad_soft": Shade("#FBE9EF", "#41202B"),
    "bad_line": Shade("#E3AABD", "#7C3A50"),
    "c1": Shade("#2F6CA8", "#6FA6DD"),
    "c2": Shade("#B9CDE2", "#3E5873"),
    "c3": Shade("#C8912E", "#D9A441"),
    "grid": Shade("#E6E2DB", "#35332F"),
    "shadow": Shade("#1F1D1A", "#000000"),
    "scrim": Shade("#1F1D1A", "#000000"),
    "tooltip": Shade("#2B2926", "#3A3835"),
    "on_tooltip": Shade("#FFFFFF", "#F5F2ED"),
}
"""Token -> shades. ink on paper, accent once a screen, focus for what is chosen; ok, warn, bad and info
always come with an icon and a word."""


class Weight(IntEnum):
    """The three weights that are shipped; 600 would silently fall back to 500."""

    REGULAR = 400
    MEDIUM = 500
    BOLD = 700


@dataclass(frozen=True, slots=True)
class Type:
    """Size in logical pixels at the standard text size, and weight."""

    px: int
    weight: Weight


TYPES: dict[str, Type] = {
    "display": Type(26, Weight.BOLD),
    "h1": Type(20, Weight.BOLD),
    "h2": Type(17, Weight.BOLD),
    "h3": Type(15, Weight.MEDIUM),
    "body": Type(15, Weight.REGULAR),
    "table": Type(14, Weight.REGULAR),
    "table_strong": Type(14, Weight.MEDIUM),
    "cap": Type(13, Weight.REGULAR),
    "cap_strong": Type(13, Weight.MEDIUM),
}

SIZES: dict[str, int] = {
    "row": 34,
    "header": 34,
    "control": 34,
    "control_l": 40,
    "control_s": 30,
    "nav_item": 40,
    "nav_item_narrow": 46,
    "topbar": 56,
    "statusbar": 30,
    "nav_w": 172,
    "nav_w_narrow": 72,
    "icon": 18,
    "icon_cell": 16,
    "icon_chip": 14,
    "icon_head": 24,
    "chip": 22,
    "page_margin": 20,
    "panel_margin": 16,
    "side_panel": 404,
    "line_two": 56,
}
"""Lengths in logical pixels at the standard text size; they grow with the text."""

RADII: dict[str, int] = {"s": 3, "m": 5, "l": 8}
"""Corner radii in logical pixels; they do not grow."""

NARROW_BELOW = 1240
"""Under this width (logical pixels / text scale) the rail shows an icon over a short word."""

FAMILIES = ("Noto Sans SC", "Microsoft YaHei")


class TextSize(IntEnum):
    """The text size, in per cent of the standard."""

    SMALL = 93
    STANDARD = 100
    LARGE = 113
    XLARGE = 127
