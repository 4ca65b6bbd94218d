"""The tab 历史: who changed what of this provider, and who looked at the numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions import disclosures, past
from jiuliting_desk.actions.past import Step
from jiuliting_desk.actions.provider_list import ProviderView
from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.providers import Certificate, Provider, Refusal
from jiuliting_desk.ui import history_words, labels
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.layout import column
from jiuliting_desk.ui.widgets.lines import Line, LineList


@dataclass(frozen=True, slots=True)
class _Event:
    """A step of the work or a look at masked data."""

    at: datetime
    key: str
    what: Step | Disclosure


class HistoryTab(QWidget):
    """The newest first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.lines = LineList[_Event](self._line, key=lambda event: event.key)
        layout = column(self.lines, margins=(4, 0, 0, 0))
        self.setLayout(layout)

    def show_view(self, view: ProviderView) -> None:
        """Show what happened to a provider."""
        if self.session.is_lent:
            return
        store, provider_id = self.session.store, view.row.provider.id
        records: list[tuple[type[Any], int]] = [(Provider, provider_id)]
        classes: tuple[type[Any], ...] = (Certificate, Refusal, Claim, Pairing)
        for record_class in classes:
            records += [(record_class, found.id) for found in store.where(record_class, provider_id=provider_id)]
        steps = past.steps_of(store, records)
        looks = disclosures.disclosures_of(store, kind="provider", record_id=provider_id)
        events = [_Event(step.line.at, f"step {step.line.id}", step) for step in steps]
        events += [_Event(look.at, f"look {look.id}", look) for look in looks]
        self.lines.set_rows(
            sorted(events, key=lambda event: (event.at, isinstance(event.what, Disclosure)), reverse=True)
        )

    def _line(self, event: _Event) -> Line:
        today = self.session.today()
        when = labels.when(event.at, today=today)
        what = event.what
        if isinstance(what, Disclosure):
            title = self.tr("看了{what}").format(what=labels.label(what.what))
            return Line(title=title, icon="eye", second=f"{when}　{what.who}")
        told = [words for change in what.changed if (words := history_words.change_words(self.session.store, change))]
        title = history_words.title(self.session.store, what)
        if what.line.undone:
            title = self.tr("{step}（已撤销）").format(step=title)
        return Line(
            title=title,
            icon="plus" if what.added else "pencil",
            second=f"{when}　{what.line.who}" + (f"　{told[0]}" if told else ""),
            tone="ink3" if what.line.undone else "ink",
            second_right=self.tr("共 {count} 处").format(count=len(told)) if len(told) > 1 else "",
        )
