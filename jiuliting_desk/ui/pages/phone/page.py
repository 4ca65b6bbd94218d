"""The page 电话预约: four steps, each answered by a digit, and the sentence to read aloud."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from jiuliting_desk.actions.callers import Caller
from jiuliting_desk.actions.drafts import keep_draft, kept_draft
from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import monday_of
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Holiday
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.phone import proposing
from jiuliting_desk.ui.pages.phone.booking import Booking
from jiuliting_desk.ui.pages.phone.left_side import PEOPLE, WHAT, WHEN, WHO, LeftSide
from jiuliting_desk.ui.pages.phone.outcomes import Outcomes
from jiuliting_desk.ui.pages.phone.plan import Plan
from jiuliting_desk.ui.pages.phone.slips import Slips
from jiuliting_desk.ui.pages.phone.weeks import Weeks
from jiuliting_desk.ui.pages.phone.when_side import WhenSide
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.layout import hairline
from jiuliting_desk.ui.widgets.week_grid import GridSlot

DRAFT = "phone"


class PhonePage(Page):
    """Everything on it follows from one plan, which is kept in the file while it grows."""

    watches: ClassVar = frozenset(
        {Visit, Call, Elder, Need, Provider, Pairing, ServiceCategory, Cadre, Holiday, Setting}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.plan = Plan()
        self.step = WHO
        self.caller: Caller | None = None
        self._categories: dict[int, ServiceCategory] = {}
        self._read_on: date | None = None
        self._let_go: Plan | None = None
        """The plan that Enter brings back as long as nobody else is looked for."""
        self.booking = Booking(session)
        self.outcomes = Outcomes(session, self.drop_caller)
        self.left = LeftSide(session)
        self.when = WhenSide()
        self.weeks = Weeks(session, self.booking, self.when)
        self.slips = Slips(session, self.when.slip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.left)
        layout.addWidget(hairline("v"))
        layout.addWidget(self.when, 1)
        self._connect()
        self._show()

    def _connect(self) -> None:
        left, when = self.left, self.when
        left.box.edited.connect(self._on_typed)
        left.hits.clicked.connect(lambda _index: self._take_hit())
        left.nobody.register_wanted.connect(
            lambda: self.session.goto("elders", None, "new", typed=self.left.box.value())
        )
        left.nobody.message_wanted.connect(self.note_call)
        left.card.closed.connect(self.let_go)
        left.held.resumed.connect(self.resume)
        left.held.noted.connect(self._note_held)
        left.card.opened.connect(lambda: self.session.goto("elders", Ref(Elder, self.plan.elder_id)))
        left.note_wanted.connect(self.note_call)
        left.line.missed.connect(lambda: self.outcomes.miss_recall(self.plan))
        left.line.settled.connect(lambda: self.outcomes.settle_recall(self.plan))
        left.line.rang.connect(self._on_rang)
        left.recalls.opened.connect(self._on_recall)
        left.category_chosen.connect(self._on_category)
        left.people.chosen.connect(self._on_provider)
        left.people.list.opened.connect(lambda _one: self.go_on())
        when.slot_chosen.connect(self._on_slot)
        when.week_wanted.connect(self._show_week)
        when.cadre_chosen.connect(self._on_cadre)
        when.booked.connect(self.book)
        left.more_wanted.connect(self.book_more)
        left.need_wanted.connect(lambda: self.session.goto("elders", Ref(Elder, self.plan.elder_id), "need"))
        when.back.connect(self.go_back)
        when.later_wanted.connect(lambda: self._on_slot(self.weeks.later(self.plan)))

    def keys(self) -> tuple[Key, ...]:
        """Digits for the step, back and on, and the booking."""
        digits = (Key(keys=str(number), run=partial(self.pick, number)) for number in range(1, 10))
        return (
            Key(keys="", shown_as=self.tr("数字"), words=self.tr("选这一步的第几项")),
            Key(keys="Enter", words=self.tr("下一步")),
            Key(keys="Esc", words=self.tr("退一步")),
            Key(keys="PgDown", shown_as="PageDown", words=self.tr("下一周"), run=lambda: self.weeks.turn(self.plan, 1)),
            Key(keys="PgUp", run=lambda: self.weeks.turn(self.plan, -1)),
            Key(keys="Ctrl+Return", shown_as="Ctrl+Enter", words=self.tr("确认预约"), run=self.book),
            Key(keys="Ctrl+Enter", run=self.book),
            Key(keys="Ctrl+P", words=self.tr("印派工单"), run=self.slips.print),
            Key(keys="F7", words=self.tr("只记来电"), run=self.note_call),
            Key(keys="F8", words=self.tr("几项、几个人、定期"), run=self.book_more),
            *digits,
        )

    # -- the page's life

    def refresh(self) -> None:
        """Read categories, the queue and the caller anew; the first time take up the draft."""
        store, today, read_on = self.session.store, self.session.today(), self._read_on
        self._read_on = today
        if read_on is None:
            self.plan = Plan.from_text(kept_draft(store, name=DRAFT) or "{}")
            self.step = min(self.plan.step, WHEN)
            QTimer.singleShot(0, self, lambda: self.outcomes.take_up_note(self._categories.values()))
        self.left.held.read()
        found = {one.id: one for one in store.all(ServiceCategory, order="position") if one.active}
        if found != self._categories:
            self._categories = found
            self.left.show_categories(found.values())
        self.left.recalls.read(store, today)
        self._reload(was_left=read_on != today)
        self._show()
        if self.left.box.value():
            # Whoever was looked for in vain may be registered by now.
            self._on_typed()

    def _reload(self, *, was_left: bool = False) -> None:
        """Read the caller anew; a plan whose people or service are gone is cut back, one that ``was_left`` over its day
        gets another."""
        store, today = self.session.store, self.session.today()
        self.plan, self.caller = proposing.as_it_stands(self.plan, store, self._categories, today=today)
        if was_left:
            self.plan = proposing.in_time(self.plan, self.booking, store=store, today=today)
        if self.plan == Plan():
            self.step = WHO

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """An elder or a need to book for, a call to return, or the next call."""
        if ref is not None and ref.record_class is Elder:
            self.take(ref.record_id, is_call=intent == "call")
        elif ref is not None and ref.record_class is Need:
            need = self.session.store.find(Need, ref.record_id)
            if need is not None:
                self.take(need.elder_id, is_call=False)
                if need.category_id in self._categories:
                    self._on_category(need.category_id, need_id=need.id)
        elif ref is not None and ref.record_class is Call:
            call = self.session.store.find(Call, ref.record_id)
            if call is not None:
                self._on_recall(call)
        elif intent:
            self.left.box.selectAll()
            self.left.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_focus(self) -> None:
        """The keyboard belongs to the step that it is."""
        if self.step == WHAT and self.left.buttons:
            chosen = self.left.buttons.get(self.plan.category_id) or next(iter(self.left.buttons.values()))
            chosen.focus()
        elif self.step == PEOPLE:
            self.left.people.list.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.step == WHEN:
            self.when.grid.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.box.setFocus(Qt.FocusReason.TabFocusReason)

    def _changed(self) -> None:
        """The plan grew or shrank: keep it, show it."""
        if not self.session.is_lent:
            keep_draft(self.session.store, name=DRAFT, text="" if self.plan == Plan() else self.plan.as_text())
        self._show()
        self.take_focus()

    # -- step 1

    def _on_typed(self) -> None:
        self._let_go = None
        self.left.look_for(is_idle=self.caller is None)
        self.step = WHO
        self._mark_steps()

    def _take_hit(self) -> None:
        hit = self.left.hits.current()
        if hit is not None:
            self.take(hit.record_id)

    def take(self, elder_id: int, *, recall_id: int = 0, is_call: bool = True) -> None:
        """This elder is on the line: what they wait for, who would go and when are proposed at once.

        A call that is open meanwhile is held; without ``is_call`` it is only a booking.
        """
        now, self._let_go = self.plan, None
        if elder_id != now.elder_id:
            digits = "".join(sign for sign in self.left.box.value() if sign.isdecimal())
            self.plan = self.left.held.change(now, elder_id, typed=digits if len(digits) >= 7 else "")
        self.plan = replace(
            self.plan, recall_id=recall_id or self.plan.recall_id, is_call=self.plan.is_call or is_call or recall_id > 0
        )
        self.left.box.clear()
        self._reload()
        if self.caller is not None and not self.plan.category_id:
            self.plan, category_id = proposing.for_caller(self.plan, self.caller, self._categories)
            if category_id:
                self._choose_category(category_id)
        self._go_to_next()

    def resume(self, plan: Plan) -> None:
        """Go on with a call that was left; one that is open meanwhile is held."""
        if self.plan.elder_id != plan.elder_id:
            self.left.held.add(self.plan)
        self.plan = plan
        self._reload(was_left=True)
        self.take(plan.elder_id, is_call=plan.is_call)

    def let_go(self) -> None:
        """Esc, or another person is wanted: nothing is written, and for a moment there is a way back."""
        plan, name = self.plan, self.caller.elder.name if self.caller is not None else ""
        self.drop_caller()
        if name:
            self._let_go = plan
            words = self.tr("{name}的来电放下了，没有记。") if plan.is_call else self.tr("没有给{name}预约。")
            again = partial(self.resume, plan)
            self.session.say(words.format(name=name), tone="info", action=self.tr("接着办"), keys="Enter", run=again)

    def drop_caller(self) -> None:
        """The call is over."""
        self.plan, self._let_go = Plan(), None
        self.caller = None
        self.step = WHO
        self.left.box.clear()
        self._changed()

    def _on_rang(self) -> None:
        self.plan = replace(self.plan, is_call=True)
        self._changed()

    # -- steps 2 to 4

    def _on_category(self, category_id: int, *, need_id: int = 0) -> None:
        self._choose_category(category_id, need_id=need_id)
        self.plan = replace(self.plan, is_asked=True)
        self._go_to_next()

    def _go_to_next(self) -> None:
        """The first step that is open; where nobody can go another service may be chosen."""
        step = min(self.plan.step, WHEN)
        self.step = WHAT if step == PEOPLE and not self.left.people.list.rows() else step
        self._changed()

    def _choose_category(self, category_id: int, *, need_id: int = 0) -> None:
        self.plan = proposing.with_category(self.plan, self.caller, self._categories, category_id, need_id=need_id)
        self._show_people()
        if self.left.people.best():
            self._choose_provider(self.left.people.best())

    def _on_provider(self, provider_id: int) -> None:
        if provider_id != self.plan.provider_id:
            self._choose_provider(provider_id)
            self.step = PEOPLE
            self._changed()

    def _choose_provider(self, provider_id: int) -> None:
        session = self.session
        self.plan = proposing.with_provider(
            self.plan, self.booking, provider_id, store=session.store, today=session.today()
        )

    def _on_slot(self, slot: GridSlot | None) -> None:
        if slot is not None:
            self.plan = replace(self.plan, day=slot.day, starts=slot.starts, minutes=slot.minutes)
            self.step = WHEN
            self._changed()

    def _on_cadre(self, cadre_id: int) -> None:
        self.plan = replace(self.plan, cadre_id=cadre_id)
        self._changed()

    # -- what is seen

    def _show(self) -> None:
        elder = self.caller.elder if self.caller is not None else None
        self.left.show_search(has_hits=False, nobody=False, is_idle=elder is None)
        recall = self.session.store.find(Call, self.plan.recall_id or None) if self.plan.recall_id else None
        if self.caller is not None:
            brief = self.plan.step > PEOPLE
            self.left.card.show_caller(self.caller, self._categories, self.session.today(), brief=brief)
            self._show_people()
        self.left.line.show_line(elder=elder, recall=recall, is_call=self.plan.is_call)
        self.left.check_category(self.plan.category_id)
        self.left.show_steps(
            name=elder.name if elder is not None else "",
            has_category=bool(self.plan.category_id),
            has_people=bool(self.left.people.list.rows()),
        )
        standings = self.caller.standings if self.caller is not None else {}
        self.left.show_quota(standings.get(self.plan.category_id))
        if self.caller is None or not self.plan.category_id:
            self.when.show_nobody(self.tr("先选要做什么。") if elder else self.tr("先找到打电话的老人。"))
        elif not self.left.people.list.rows():
            self.when.show_nobody(self.tr("没有人能去。"))
        else:
            self.when.show_cadres(self.caller.cadres, self.plan.cadre_id)
            self._show_week(monday_of(self.plan.day or self.session.today()))
        self._mark_steps()

    def _mark_steps(self) -> None:
        for number, head in {**self.left.heads, WHEN: self.when.head}.items():
            done = number < self.plan.step and number != self.step
            head.set_state("now" if number == self.step else "done" if done else "later")
        # The number to ring is wanted before those who could go.
        if self.step == PEOPLE or (self.step == WHEN and self.left.line.isHidden()):
            self.left.show_people_part()

    def _show_people(self) -> None:
        if self.plan.category_id and self.plan.elder_id:
            store = self.session.store
            found = proposing.people(self.plan, store, today=self.session.today())
            need = store.find(Need, self.plan.need_id or None)
            self.left.people.show_people(found, need=need, chosen=self.plan.provider_id)

    def _show_week(self, monday: date) -> None:
        self.weeks.show_week(self.plan, monday)

    # -- keys

    def pick(self, number: int) -> None:
        """A digit: the service, the person or the suggestion with that number."""
        if self.step == WHAT:
            self.left.pick_category(number)
        elif self.step == PEOPLE:
            self.left.people.pick(number)
        elif self.step == WHEN:
            self.when.pick(number)

    def go_on(self) -> None:
        """Enter: take what is current in this step and go to the next."""
        if self.step == WHO:
            if self._let_go is not None:
                self.resume(self._let_go)
            elif self.left.held.isVisible() and not self.left.box.value():
                self.left.held.resume()
            elif self.left.nobody.isVisible():
                self.left.nobody.register_button.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._take_hit()
        elif self.step == WHEN:
            if self.plan.step > WHEN:
                self.when.book_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.plan.step > self.step:
            self.step += 1
            self._mark_steps()
            self.take_focus()

    def go_back(self) -> None:
        """Esc: one step back, from a search to the caller who is open; from the second step the caller is let go."""
        if self.caller is not None and self.left.box.hasFocus():
            self.left.box.clear()
            self.step = min(self.plan.step, WHEN)
            self._show()
            self.take_focus()
        elif self.step <= WHAT:
            self.let_go()
        else:
            self.step -= 1
            self._mark_steps()
            self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc back, wherever the keyboard is on the page."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    # -- what comes of the call

    def book(self) -> None:
        """Ctrl+Enter: book, or go to what still lacks."""
        if self.left.box.value():
            self.left.box.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.plan.step <= WHEN:
            self.step = self.plan.step
            self._mark_steps()
            self.take_focus()
            return
        self.booking.confirm(self.plan, asks=self.when.asks.value(), done=self._on_booked)

    def _on_booked(self, visit: Visit | None) -> None:
        self.when.asks.set_value(False)
        self.drop_caller()
        if visit is not None:
            self.slips.on_booked(visit)

    def note_call(self) -> None:
        """A call that ends without a booking."""
        typed = self.left.box.value()
        if typed and not self.left.hits.isHidden():
            self._take_hit()
            typed = ""
        elif typed and self.caller is not None:
            # Not the one who is still open: somebody whom nobody knows.
            self.left.held.add(self.plan)
            self.drop_caller()
        self.outcomes.note(self.plan, typed=typed, categories=self._categories.values(), over=self.drop_caller)

    def _note_held(self, plan: Plan) -> None:
        self.outcomes.note(
            plan, typed="", categories=self._categories.values(), over=partial(self._on_held_noted, plan)
        )

    def _on_held_noted(self, plan: Plan) -> None:
        self.left.held.drop(plan)
        self._show()
        self.take_focus()

    def book_more(self) -> None:
        """Several services or people in one visit, or visits that come back."""
        if self.caller is not None:
            self.outcomes.book_more(self.plan, booked=self._on_booked)

    def _on_recall(self, call: Call) -> None:
        if call.elder_id is not None:
            self.take(call.elder_id, recall_id=call.id if call.wants_recall else 0)
            return
        self.left.held.add(self.plan)
        self.plan = Plan(phone=call.phone, recall_id=call.id if call.wants_recall else 0)
        self.caller, self.step = None, WHO
        self._changed()
        self.left.box.setText(call.phone or call.caller_name)
        self._on_typed()
