"""What every section of the settings is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.text import label


class Section(QWidget):
    """A heading, a sentence on what it is for, and what there is to set. It is made when it is first looked at."""

    watches: ClassVar[frozenset[type[Any]]] = frozenset()
    """Record classes whose writing makes it refresh."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.body = QVBoxLayout(self)
        margin = theme.size("page_margin")
        self.body.setContentsMargins(margin, theme.px(16), margin, theme.px(16))
        self.body.setSpacing(theme.px(12))

    def set_title(self, title: str, purpose: str = "") -> None:
        """Say what the section is called and what it is for."""
        self.body.addWidget(label(title, "h2"))
        if purpose:
            self.body.addWidget(label(purpose, "sub", wrap=True))

    def refresh(self) -> None:
        """Show what the file holds now."""

    def has_unsaved(self) -> bool:
        """Whether something typed would be lost."""
        return False

    def focus_field(self, name: str) -> None:
        """Put the cursor into one of its fields, where it has any."""

    def keys(self) -> tuple[Key, ...]:
        """The keys that work here."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSpec:
    """A section in the list at the left."""

    key: str
    title: str
    icon: str
    factory: Callable[[Session], Section]
