"""The paper of a visit that was just booked, for whoever wants it."""

from PySide6.QtCore import QObject

from jiuliting_desk.model.papers import Paper
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.fields import CheckField

MEMORY = "phone.slip"


class Slips(QObject):
    """Prints at once where the tick is set, which is remembered; later by a key."""

    def __init__(self, session: Session, tick: CheckField) -> None:
        super().__init__(session)
        self._session, self._tick = session, tick
        self.visit_id = 0
        tick.set_value(bool(session.remembered.get(MEMORY, False)))
        tick.edited.connect(lambda: session.remembered.keep(MEMORY, tick.value()))

    def on_booked(self, visit: Visit) -> None:
        """Remember which visit it was."""
        self.visit_id = visit.id
        if self._tick.value():
            self.print()

    def print(self) -> None:
        """Ask which printer, for the slip or the feedback form of the visit booked last."""
        if self._session.store.find(Visit, self.visit_id or None) is None:
            self._session.say(self.tr("约好一次上门以后，在这里印它的派工单。"), tone="info")
            return
        from jiuliting_desk.ui.paper_dialog import print_visits

        ids = [self.visit_id]
        print_visits(self._session, papers=(Paper.SLIPS, Paper.FORMS), listed=ids, chosen=ids)
