"""The right side: the panel of the current elder, or a form in its place."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.elders.elder_form import ElderForm
from jiuliting_desk.ui.pages.elders.need_form import NeedForm
from jiuliting_desk.ui.pages.elders.panel import ElderPanel
from jiuliting_desk.ui.session import Session

AnyForm = ElderForm | NeedForm


class Side(QStackedWidget):
    """A form that is open is never closed over something typed without a question."""

    form_changed = Signal()
    """A form was opened or closed."""
    elder_saved = Signal(int)
    need_saved = Signal(int)
    known_opened = Signal(int)

    def __init__(self, session: Session, *, pages: frozenset[str]) -> None:
        super().__init__()
        self.setProperty("surface", "flat")
        self.setMinimumWidth(theme.px(340))
        self.panel = ElderPanel(session, pages=pages)
        self.addWidget(self.panel)
        self._session = session
        self._elder_form: ElderForm | None = None
        self._need_form: NeedForm | None = None

    # Forms are made when they are first opened: the page is there sooner.

    @property
    def elder_form(self) -> ElderForm:
        """The form of an elder."""
        if self._elder_form is None:
            self._elder_form = made = ElderForm(self._session)
            made.left.connect(self.close_form)
            made.saved.connect(self.elder_saved)
            made.known_opened.connect(self.known_opened)
            self.addWidget(made)
        return self._elder_form

    @property
    def need_form(self) -> NeedForm:
        """The form of a need."""
        if self._need_form is None:
            self._need_form = made = NeedForm(self._session)
            made.left.connect(self.close_form)
            made.saved.connect(self.need_saved)
            self.addWidget(made)
        return self._need_form

    def form(self) -> AnyForm | None:
        """The form that is open."""
        shown = self.currentWidget()
        return shown if isinstance(shown, AnyForm) else None

    def open_form(self, form: AnyForm) -> None:
        """Put a form in the panel's place."""
        self.setCurrentWidget(form)
        self.form_changed.emit()

    def close_form(self) -> None:
        """Show the panel again."""
        if self.form() is not None:
            self.setCurrentWidget(self.panel)
            self.form_changed.emit()

    def leave_form(self, go: Callable[[], object]) -> None:
        """Call ``go`` once nothing typed would be lost: now, or after the question."""
        form = self.form()
        if form is None:
            go()
        else:
            form.leave(go)

    def focus_target(self) -> QWidget:
        """What gets the keyboard when it comes here."""
        return self.form() or self.panel.tabs.tabBar()
