"""From the plan to the booking: the draft, what stands against it, the question about a reason, the sentence."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from jiuliting_desk.actions.bookings import book_visit, clashes_of, draft_visit
from jiuliting_desk.actions.callers import WeekView, first_slot, reason_known, week_for
from jiuliting_desk.actions.calls import book_by_phone
from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.clashes import Clash
from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.model.week import Slot
from jiuliting_desk.ui import labels, speech, visit_words
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.pages.phone.plan import Plan
from jiuliting_desk.ui.session import Done, Session


class Booking(QObject):
    """Asks the file about a plan, and books it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def week(self, plan: Plan, monday: date) -> WeekView:
        """The week's times for the plan."""
        return week_for(
            self._session.store,
            elder_id=plan.elder_id,
            provider_ids=(plan.provider_id,) if plan.provider_id else (),
            minutes=plan.minutes,
            monday=monday,
            today=self._session.today(),
            cadre_id=plan.cadre_id or None,
            need_ids=(plan.need_id,) if plan.need_id else (),
        )

    def first_after(self, plan: Plan, monday: date) -> Slot | None:
        """The earliest time of the weeks after that one."""
        return first_slot(
            self._session.store,
            elder_id=plan.elder_id,
            provider_ids=(plan.provider_id,),
            minutes=plan.minutes,
            monday=monday,
            today=self._session.today(),
            cadre_id=plan.cadre_id or None,
            need_ids=(plan.need_id,) if plan.need_id else (),
        )

    def draft(self, plan: Plan) -> Visit | None:
        """The visit that the plan means, None while something lacks."""
        if plan.day is None or not plan.provider_id:
            return None
        return draft_visit(
            self._session.store,
            elder_id=plan.elder_id,
            services=_services(plan),
            provider_ids=(plan.provider_id,),
            day=plan.day,
            starts=plan.starts,
            minutes=plan.minutes,
            cadre_id=plan.cadre_id or None,
        )

    def against(self, plan: Plan) -> tuple[Clash, ...]:
        """What stands against the plan."""
        draft = self.draft(plan)
        if draft is None:
            return ()
        return clashes_of(self._session.store, visit=draft, today=self._session.today())

    def told(self, found: tuple[Clash, ...]) -> list[str]:
        """What stands against it, in words."""
        return [visit_words.clash(self._session.store, clash) for clash in found]

    def sentence(self, plan: Plan) -> str:
        """What to read to the elder."""
        store, today = self._session.store, self._session.today()
        provider = store.find(Provider, plan.provider_id or None)
        category = store.find(ServiceCategory, plan.category_id or None)
        if plan.day is None or provider is None or category is None:
            return ""
        who = speech.person(provider, today=today)
        words = speech.invitation(
            found=plan.day, starts=plan.starts, people=who, categories=(category.name,), today=today
        )
        return f"“{words}”"

    def facts(self, plan: Plan) -> str:
        """The plan in one line: 3月25日 周三 14:00 顾海宁 → 高莲英 理发."""
        store = self._session.store
        provider, elder = store.find(Provider, plan.provider_id or None), store.find(Elder, plan.elder_id or None)
        category = store.find(ServiceCategory, plan.category_id or None)
        if plan.day is None or provider is None or elder is None or category is None:
            return ""
        when = f"{labels.day(plan.day, today=self._session.today())} {time_text(plan.starts)}"
        return f"{when}　{provider.name} → {elder.name}　{category.name}"

    def confirm(self, plan: Plan, *, asks: bool, done: Callable[[Visit], object]) -> None:
        """Book it; where a rule stands against it ask for a reason first."""
        wanted = tuple(clash for clash in self.against(plan) if clash.wants_reason)
        if not wanted:
            self._book(plan, asks=asks, reason="", done=done)
            return
        question = Question(
            title=self.tr("这个时间有 {count} 处要留意").format(count=len(wanted)),
            text=self.tr("写一句原因就可以照样约，原因会留在这次上门里。"),
            lines=tuple(self.told(wanted)),
            choices=(Choice("", self.tr("换个时间")), Choice("book", self.tr("照样预约"), "primary", "check")),
            default="book",
            tone="warn",
            input_label=self.tr("原因"),
            input_text=self._known_reason(plan, wanted),
            input_required=True,
        )

        def answered(key: str, text: str) -> None:
            if key == "book":
                self._book(plan, asks=asks, reason=text, done=done)

        self._session.dialogs.ask(question, answered)

    def _known_reason(self, plan: Plan, wanted: Iterable[Clash]) -> str:
        """What was written against the same rules before; nothing where the time is what stands against it."""
        if not all(isinstance(clash.kind, Barrier) for clash in wanted):
            return ""
        return reason_known(
            self._session.store, elder_id=plan.elder_id, need_id=plan.need_id, provider_id=plan.provider_id
        )

    def _book(self, plan: Plan, *, asks: bool, reason: str, done: Callable[[Visit], object]) -> None:
        if plan.day is None:
            return
        call: dict[str, Any] = {"phone": plan.phone, "recall_id": plan.recall_id or None} if plan.is_call else {}
        made: Done[Any] | None = self._session.perform(
            book_by_phone if plan.is_call else book_visit,
            elder_id=plan.elder_id,
            services=_services(plan),
            provider_ids=(plan.provider_id,),
            day=plan.day,
            starts=plan.starts,
            minutes=plan.minutes,
            cadre_id=plan.cadre_id or None,
            reason=reason,
            awaits_answer=asks,
            said=self.tr("已约好：{facts}").format(facts=self.facts(plan)),
            **call,
        )
        if made is not None:
            done(made.result[0] if plan.is_call else made.result)


def _services(plan: Plan) -> tuple[ServiceLine, ...]:
    return (ServiceLine(category_id=plan.category_id, need_id=plan.need_id, minutes=plan.minutes),)
