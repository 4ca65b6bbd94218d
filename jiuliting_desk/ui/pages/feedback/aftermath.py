"""存下以后: what saving a form brings, line by line, and whom a wish that wants a certificate goes to at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.buttons import Facet
from jiuliting_desk.ui.widgets.layout import STRETCH, replace_all, row
from jiuliting_desk.ui.widgets.text import icon_label, label


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line; with ``offers`` (provider's id and name) one of them can be asked for the need of ``category_id``."""

    words: str
    icon: str
    tone: str
    category_id: int = 0
    offers: tuple[tuple[int, str], ...] = ()


class Aftermath(QFrame):
    """The lines; ``claims`` holds whom staff chose for the need of a category."""

    chosen = Signal()
    changed = Signal()
    """Other lines have their places, and so another height."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "sunken")
        self.claims: dict[int, int] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setSpacing(theme.px(4))
        self._lines.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self._shown: tuple[tuple[Told, ...], dict[int, int]] | None = None
        self._offered: dict[tuple[int, int], Facet] = {}

    def event(self, event: QEvent) -> bool:
        """Say when lines made anew have been measured."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.changed.emit()
        return done

    def show_lines(self, told: Sequence[Told]) -> None:
        """Show other lines; a choice for a need that is no longer told is dropped."""
        self.claims = {key: who for key, who in self.claims.items() if key in {one.category_id for one in told}}
        lines = tuple(told) or (self._nothing(),)
        if self._shown == (lines, self.claims):
            return
        self._shown = (lines, dict(self.claims))
        held = next((key for key, made in self._offered.items() if made.hasFocus()), None)
        if held is not None:
            # The keyboard would go on to whatever comes next, out of the form, while the lines are made anew.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offered = {}
        replace_all(self._lines, [self._line(one) for one in lines])
        if held in self._offered:
            self._offered[held].setFocus(Qt.FocusReason.OtherFocusReason)

    def _nothing(self) -> Told:
        return Told(words=self.tr("只存下这张表。"), icon="check", tone="ink2")

    def _line(self, told: Told) -> QWidget:
        made = QWidget()
        made.setAccessibleName(told.words)
        if not told.offers:
            text = label(told.words, wrap=True)
            layout = row(icon_label(told.icon, told.tone), text, gap=8)
            layout.setStretchFactor(text, 1)
        else:
            facets = [self._offer(told.category_id, *offer) for offer in told.offers]
            layout = row(icon_label(told.icon, told.tone), label(self.tr("有资质，这次就请")), *facets, STRETCH, gap=8)
        made.setLayout(layout)
        return made

    def _offer(self, category_id: int, provider_id: int, name: str) -> Facet:
        made = Facet(name)
        made.setChecked(self.claims.get(category_id) == provider_id)
        made.setToolTip(self.tr("存表的时候就由{name}认领这条需求").format(name=name))
        made.clicked.connect(lambda on=False: self._choose(category_id, provider_id, on))
        self._offered[category_id, provider_id] = made
        return made

    @property
    def offers(self) -> list[Facet]:
        """Those who can be asked at once."""
        return list(self._offered.values())

    def _choose(self, category_id: int, provider_id: int, on: bool) -> None:
        if on:
            self.claims[category_id] = provider_id
        else:
            self.claims.pop(category_id, None)
        self.chosen.emit()

    def told(self) -> list[str]:
        """The lines in words."""
        items = [self._lines.itemAt(at) for at in range(self._lines.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget.accessibleName() for widget in widgets if widget is not None]
