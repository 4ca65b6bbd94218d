"""One line of the page, left or right, and what a click on it does."""

from collections.abc import Callable
from dataclasses import dataclass

from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui.widgets.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line; a heading too may lead somewhere."""

    key: str
    line: Line
    run: Callable[[], object] | None = None
    visit: VisitLine | None = None
