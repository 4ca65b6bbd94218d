"""What else comes of a call: only noted, rung back in vain or settled, or booked with several services and people."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject

from jiuliting_desk.actions import calls
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.ui.booking_dialog import BookingDialog, BookingDraft
from jiuliting_desk.ui.pages.phone.call_dialog import CallDialog, Note
from jiuliting_desk.ui.pages.phone.plan import Plan
from jiuliting_desk.ui.session import Session


class Outcomes(QObject):
    """Each ends the call; ``over`` lets the caller go."""

    def __init__(self, session: Session, over: Callable[[], object]) -> None:
        super().__init__(session)
        self._session = session
        self._over = over

    def note(
        self, plan: Plan, *, typed: str, categories: Iterable[ServiceCategory], over: Callable[[], object]
    ) -> None:
        """A call that ends without a booking; ``typed`` is the number or name that was looked for. Then ``over``."""
        asked_for = plan.category_id if plan.is_asked else 0
        note = Note(
            elder_id=plan.elder_id,
            typed="" if plan.elder_id else typed or plan.phone,
            category_id=asked_for,
            recall_id=plan.recall_id,
        )
        self._open(note, categories, over)

    def take_up_note(self, categories: Iterable[ServiceCategory]) -> None:
        """Open the note again that was being written when the program was cut off."""
        note = Note.kept(self._session.store)
        if note is not None:
            self._open(note, categories, self._over)

    def _open(self, note: Note, categories: Iterable[ServiceCategory], over: Callable[[], object]) -> None:
        offered = list(categories)
        dialog = CallDialog(self._session, note, categories=[(one.id, one.name) for one in offered])
        dialog.accepted.connect(over)
        dialog.rejected.connect(lambda: self._offer_again(dialog.note(), offered, over))
        self._session.dialogs.show(dialog)

    def _offer_again(self, note: Note, categories: list[ServiceCategory], over: Callable[[], object]) -> None:
        """Esc may be a slip of the finger: what was written is not gone at once."""
        if note.values.get("notes"):
            again = partial(self._open, note, categories, over)
            self._session.say(self.tr("这条来电没有记。"), tone="info", action=self.tr("接着写"), run=again)

    def book_more(self, plan: Plan, *, booked: Callable[[Visit | None], object]) -> None:
        """Several services or people in one visit, or visits that come back; ``booked`` gets the first."""
        line = ServiceLine(category_id=plan.category_id, need_id=plan.need_id, minutes=plan.minutes)
        draft = BookingDraft(
            elder_id=plan.elder_id,
            services=(line,) if plan.category_id else (),
            provider_ids=(plan.provider_id,) if plan.provider_id else (),
            cadre_id=plan.cadre_id or None,
            day=plan.day,
            starts=plan.starts if plan.day is not None else None,
            minutes=plan.minutes or None,
            is_call=plan.is_call,
            phone=plan.phone,
            recall_id=plan.recall_id,
        )
        dialog = BookingDialog(self._session, draft)
        dialog.booked.connect(booked)
        self._session.dialogs.show(dialog)

    def miss_recall(self, plan: Plan) -> None:
        """Rung back in vain; it waits for tomorrow."""
        if self._session.perform(calls.miss_recall, call_id=plan.recall_id) is not None:
            self._over()

    def settle_recall(self, plan: Plan) -> None:
        """Rung back, and nothing is to be booked."""
        if self._session.perform(calls.settle_recall, call_id=plan.recall_id) is not None:
            self._over()
