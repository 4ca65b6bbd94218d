"""The look in force: palette, fonts and one style sheet made from the tokens; delegates read the same values."""

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from jiuliting_desk import paths
from jiuliting_desk.ui import svg
from jiuliting_desk.ui.tokens import COLOURS, FAMILIES, RADII, SIZES, TYPES, TextSize


@dataclass(frozen=True, slots=True)
class Look:
    """What a person may choose: text size, light or dark."""

    text: TextSize = TextSize.STANDARD
    dark: bool = False


_now = Look()


def look() -> Look:
    """The look in force."""
    return _now


def scale() -> float:
    """The factor of the text size: 1.0 at the standard."""
    return _now.text / 100


@lru_cache(maxsize=1024)
def _px(length: int, percent: int) -> int:
    return round(length * percent / 100)


def px(length: int) -> int:
    """A length of the standard size, in logical pixels at the text size in force."""
    return _px(length, _now.text)


def size(token: str) -> int:
    """The length of a size token, at the text size in force."""
    return px(SIZES[token])


@lru_cache(maxsize=256)
def _colour(token: str, dark: bool) -> QColor:
    shade = COLOURS[token]
    return QColor(shade.dark if dark else shade.light)


def colour(token: str) -> QColor:
    """The colour of a token in the look in force. Treat it as read-only: it is shared."""
    return _colour(token, _now.dark)


@lru_cache(maxsize=64)
def _font(role: str, percent: int) -> QFont:
    spec = TYPES[role]
    made = QFont(list(FAMILIES))
    made.setPixelSize(round(spec.px * percent / 100))
    made.setWeight(QFont.Weight(spec.weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def font(role: str) -> QFont:
    """The font of a type role at the text size in force."""
    return _font(role, _now.text)


def load_fonts() -> list[str]:
    """Make the shipped fonts known to Qt; gives the files that could not be read."""
    files = sorted(paths.resource("fonts").glob("*.ttf"))
    return [file.name for file in files if QFontDatabase.addApplicationFont(str(file)) < 0]


def apply(app: QApplication, chosen: Look) -> None:
    """Put a look in force. Widgets that measured themselves before are to be built again."""
    global _now
    _now = chosen
    app.setFont(font("body"))
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet())


def _palette() -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "app",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "subtle",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.PlaceholderText: "ink3",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.BrightText: "on_accent",
        QPalette.ColorRole.Highlight: "select",
        QPalette.ColorRole.HighlightedText: "ink",
        QPalette.ColorRole.Accent: "focus",
        QPalette.ColorRole.Link: "link",
        QPalette.ColorRole.LinkVisited: "link",
        QPalette.ColorRole.ToolTipBase: "tooltip",
        QPalette.ColorRole.ToolTipText: "on_tooltip",
        QPalette.ColorRole.Mid: "line2",
        QPalette.ColorRole.Dark: "control",
        QPalette.ColorRole.Light: "surface",
    }
    for role, token in roles.items():
        palette.setColor(role, colour(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("disabled"))
    return palette


_SLOT = re.compile(r"\{\{([^{}]+)\}\}")


def style_sheet() -> str:
    """The style sheet of resources/theme.qss for the look in force.

    ``{{34}}`` is a length that grows with the text, ``{{ink}}`` a colour, ``{{font:cap}}`` a size and weight,
    ``{{radius:m}}`` a corner, ``{{icon:check:surface}}`` the file of a recoloured icon.
    """
    return _SLOT.sub(_filled, _template())


@lru_cache(maxsize=1)
def _template() -> str:
    return paths.resource("theme.qss").read_text(encoding="utf-8")


def _filled(found: re.Match[str]) -> str:
    kind, _, rest = found.group(1).partition(":")
    if kind.isdecimal():
        return f"{px(int(kind))}px"
    if kind == "font":
        spec = TYPES[rest]
        return f"font-size: {px(spec.px)}px; font-weight: {int(spec.weight)}"
    if kind == "radius":
        return f"{RADII[rest]}px"
    if kind == "icon":
        name, _, token = rest.partition(":")
        return svg.file(name, colour(token))
    if kind == "family":
        return ", ".join(f'"{name}"' for name in FAMILIES)
    return colour(kind).name()


def mark(widget: QWidget, **properties: str) -> None:
    """Set the properties that the style sheet looks at, also on a widget that is shown already."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
