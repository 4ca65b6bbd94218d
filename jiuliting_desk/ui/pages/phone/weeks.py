"""The weeks beside a plan: which one is seen, what stands against the time chosen, the sentence to read aloud."""

from datetime import date, timedelta

from PySide6.QtCore import QObject

from jiuliting_desk.model.providers import Provider
from jiuliting_desk.ui.pages.phone.booking import Booking
from jiuliting_desk.ui.pages.phone.left_side import WHEN
from jiuliting_desk.ui.pages.phone.plan import Plan
from jiuliting_desk.ui.pages.phone.when_side import WhenSide
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.week_grid import GridSlot


class Weeks(QObject):
    """Fills the right side for a plan that has a service."""

    def __init__(self, session: Session, booking: Booking, side: WhenSide) -> None:
        super().__init__(session)
        self._session, self._booking, self._side = session, booking, side

    def show_week(self, plan: Plan, monday: date) -> None:
        """One week; where it has no room, the first time after it."""
        view = self._booking.week(plan, monday)
        chosen = None if plan.day is None else GridSlot(day=plan.day, starts=plan.starts, minutes=plan.minutes)
        provider = self._session.store.find(Provider, plan.provider_id or None)
        who = provider.name if provider else self.tr("对方")
        today = self._session.today()
        self._side.show_week(view, today=today, minutes=plan.minutes, chosen=chosen, who=who)
        if not view.week.slots and plan.provider_id:
            self._side.show_none(self._booking.first_after(plan, monday))
        self._show_foot(plan)

    def _show_foot(self, plan: Plan) -> None:
        found = self._booking.against(plan)
        told = self._booking.told(found)
        self._side.show_against(told, wants_reason=any(clash.wants_reason for clash in found))
        self._side.sentence.setText(self._booking.sentence(plan))
        self._side.facts.setText(self._booking.facts(plan))
        self._side.book_button.setEnabled(plan.step > WHEN)

    def turn(self, plan: Plan, weeks: int) -> None:
        """So many weeks on."""
        if plan.category_id:
            self.show_week(plan, self._side.monday + timedelta(weeks=weeks))

    def later(self, plan: Plan) -> GridSlot | None:
        """The first free time after the week that is seen."""
        slot = self._booking.first_after(plan, self._side.monday)
        return None if slot is None else GridSlot(day=slot.day, starts=slot.starts, minutes=slot.minutes)
