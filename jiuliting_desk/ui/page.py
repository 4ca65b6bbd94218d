"""What every page is: it shows the file, and refreshes when what it watches was written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTabBar, QWidget

from jiuliting_desk.ui.session import Ref, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key that works on a page: its sequence, the words in the status bar, what it runs.

    Without ``run`` it is only told of (arrows, Enter in a table); without ``words`` it only works.
    """

    keys: str
    words: str = ""
    run: Callable[[], object] | None = None
    shown_as: str = ""
    """How the sequence is written where not as Qt writes it: ↑↓, 1–5."""


class Page(QWidget):
    """One page of the window. It is made when it is first visited and made anew when the look changes."""

    watches: ClassVar[frozenset[type[Any]]] = frozenset()
    """Record classes whose writing makes the page refresh: at once if it is seen, else when it next is."""

    keys_changed = Signal()
    """``keys`` gives something else now."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setProperty("surface", "page")
        self.setProperty("ring", "none")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def refresh(self) -> None:
        """Read the file and show it. Called before the page is first seen and whenever what it watches changed."""

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """Show a record, or do what is intended; called after ``refresh``."""

    def begin_with(self, typed: str) -> None:
        """Begin a new record with what was typed elsewhere; called after ``refresh``, in place of ``show_record``."""

    def take_focus(self) -> None:
        """The page was gone to: put the keyboard where work begins. By default its first list, or the page."""
        lists = [view for view in self.findChildren(QAbstractItemView) if view.isVisibleTo(self)]
        (lists[0] if lists else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        """Where F6 stops, in reading order. By default the lists and tables that are seen, and the tabs."""
        found: list[QWidget] = [*self.findChildren(QAbstractItemView), *self.findChildren(QTabBar)]
        seen = [pane for pane in found if pane.isVisibleTo(self) and pane.focusPolicy() != Qt.FocusPolicy.NoFocus]
        return sorted(seen, key=lambda pane: (pane.mapTo(self, QPoint(0, 0)).x(), pane.mapTo(self, QPoint(0, 0)).y()))

    def keys(self) -> tuple[Key, ...]:
        """The keys that work here, in the order of the status bar."""
        return ()

    def take_back(self) -> bool:
        """Ctrl+Z: take back a step of the page's own that came after all written ones; gives whether there was one."""
        return False

    def bring_again(self) -> bool:
        """Ctrl+Y: do such a step again; gives whether there was one."""
        return False

    def carried(self) -> Any:
        """What a page made anew in another look would forget, ticks for example: given to ``carry_on``."""
        return None

    def carry_on(self, carried: Any) -> None:
        """Go on with what the page before this one gave; called before ``refresh``."""

    def has_unsaved(self) -> bool:
        """Whether something typed would be lost if the page went."""
        return False

    def leave(self, go: Callable[[], object]) -> None:
        """Another page is wanted: call ``go`` now, or after asking about what is unsaved."""
        go()
