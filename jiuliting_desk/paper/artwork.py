"""The shipped SVG drawings as outlines that a pen can draw at any size."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder

from jiuliting_desk import paths

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One element of a drawing: its curves and how they are inked."""

    curves: tuple[tuple[str, tuple[Point, ...]], ...]
    """``move`` and ``line`` with one point, ``curve`` with three (cubic), ``close`` with none."""
    fill: str
    """A colour as the file has it, ``currentColor``, or ``none``."""
    stroke: str
    stroke_width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Artwork:
    """A drawing in its own units, y downwards."""

    side: float
    outlines: tuple[Outline, ...]


class _Recorder(BasePen):  # type: ignore[misc]
    """Keeps the curves of a path, all of them cubic."""

    def __init__(self) -> None:
        super().__init__(None)
        self.curves: list[tuple[str, tuple[Point, ...]]] = []

    def _moveTo(self, pt: Point) -> None:
        self.curves.append(("move", (pt,)))

    def _lineTo(self, pt: Point) -> None:
        self.curves.append(("line", (pt,)))

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:
        self.curves.append(("curve", (pt1, pt2, pt3)))

    def _closePath(self) -> None:
        self.curves.append(("close", ()))


@lru_cache(maxsize=128)
def artwork(name: str) -> Artwork:
    """The drawing ``resources/icons/NAME.svg``. Raises OSError where there is none of this name."""
    root: Any = ElementTree.parse(paths.resource("icons", f"{name}.svg")).getroot()
    side = float(root.get("viewBox").split()[2])
    outlines = []
    for element in root:
        builder = PathBuilder()
        if not builder.add_path_from_element(element):
            continue
        recorder = _Recorder()
        for path in builder.paths:
            parse_path(path, recorder)
        outlines.append(
            Outline(
                curves=tuple(recorder.curves),
                fill=element.get("fill", root.get("fill", "none")),
                stroke=element.get("stroke", root.get("stroke", "none")),
                stroke_width=float(element.get("stroke-width", root.get("stroke-width", "1"))),
            )
        )
    return Artwork(side=side, outlines=tuple(outlines))


def has_artwork(name: str) -> bool:
    """Whether a drawing of this name is shipped."""
    return name.isascii() and name.replace("-", "").isalnum() and paths.resource("icons", f"{name}.svg").is_file()
