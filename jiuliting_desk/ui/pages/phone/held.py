"""Calls that another one came across: kept in the file as they stood, and offered again once the desk is free."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from jiuliting_desk.actions.drafts import keep_draft, kept_draft
from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.phone.plan import Plan
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button, icon_button
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row
from jiuliting_desk.ui.widgets.text import Elide, icon_label, label

DRAFT = "phone.held"


class HeldCalls(QFrame):
    """The newest of them with its ways on; none is lost until it is booked, noted or waved off."""

    resumed = Signal(object)
    """The Plan to go on with, taken out."""
    noted = Signal(object)
    """The Plan to be logged only."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("banner", "warn")
        self._session = session
        self._plans: list[Plan] = []
        self._words = label("", "strong", wrap=True)
        self._facts = Elide("", "cap")
        self.resume_button = button(self.tr("接着办"), self.resume, size="s", tip="Enter")
        self.note_button = button(self.tr("记一笔"), lambda: self.noted.emit(self._plans[-1]), size="s")
        self.away_button = icon_button("x", self.tr("不用记了"), self._drop_newest)
        head = row(icon_label("clock", "warn"), self._words, self.away_button, gap=8)
        head.setStretchFactor(self._words, 1)
        actions = row(self.resume_button, self.note_button, STRETCH, gap=6)
        self.setLayout(column(head, self._facts, actions, margins=(8, 12), gap=4))

    def words(self) -> str:
        """What is said of the newest, "" where none waits."""
        return self._words.text() if self._plans else ""

    def read(self) -> None:
        """Take up what the file keeps, without those whose elder is gone."""
        kept = [Plan.from_text(line) for line in kept_draft(self._session.store, name=DRAFT).splitlines()]
        there = self._session.store.get_many(Elder, [plan.elder_id for plan in kept])
        self._plans = [plan for plan in kept if plan.elder_id in there]
        self._show()

    def change(self, now: Plan, elder_id: int, *, typed: str) -> Plan:
        """The plan for an elder in the place of the one that is open, which is held.

        It is the one held for them, or a new one for the number ``typed``: that of a call to return, where so far
        nobody knew whose it was.
        """
        self.add(now)
        held = next((plan for plan in self._plans if plan.elder_id == elder_id), None)
        if held is not None:
            self.drop(held)
            return held.taken_up(on=self._session.today())
        if now.elder_id:
            return Plan(elder_id=elder_id, phone=typed, is_call=False)
        return Plan(elder_id=elder_id, phone=typed or now.phone, recall_id=now.recall_id, is_call=False)

    def add(self, plan: Plan) -> None:
        """Another call came across this one, if it was of somebody."""
        if not plan.elder_id:
            return
        self._plans = [*self._without(plan.elder_id), replace(plan, held_on=self._session.today())]
        self._keep()

    def drop(self, plan: Plan) -> None:
        """It was logged, or is gone on with."""
        self._plans = self._without(plan.elder_id)
        self._keep()

    def resume(self) -> None:
        """Go on with the newest."""
        plan = self._plans[-1]
        self.drop(plan)
        self.resumed.emit(plan.taken_up(on=self._session.today()))

    def _drop_newest(self) -> None:
        self.drop(self._plans[-1])
        self.setVisible(bool(self._plans))

    def _without(self, elder_id: int) -> list[Plan]:
        return [plan for plan in self._plans if plan.elder_id != elder_id]

    def _keep(self) -> None:
        if not self._session.is_lent:
            keep_draft(self._session.store, name=DRAFT, text="\n".join(plan.as_text() for plan in self._plans))
            self._show()

    def _show(self) -> None:
        if not self._plans:
            return
        store, plan, more = self._session.store, self._plans[-1], len(self._plans) - 1
        elder = store.find(Elder, plan.elder_id)
        words = self.tr("刚才的来电（{name}）还没记完") if plan.is_call else self.tr("刚才给{name}的预约还没办完")
        today = self._session.today()
        if plan.held_on not in {None, today}:
            words = self.tr("{day}的来电（{name}）还没记完") if plan.is_call else self.tr("{day}给{name}的预约还没办完")
        day = "" if plan.held_on is None else labels.day(plan.held_on, today=today)
        words = words.format(name=elder.name if elder is not None else "", day=day)
        self._words.setText(words + self.tr("，另有 {count} 位").format(count=more) if more else words)
        when = ""
        if plan.day is not None:
            when = f"{labels.day(plan.day, today=today)} {time_text(plan.starts)}"
        self._facts.setText("　".join(filter(None, (*plan.names(store), when))))
        self.note_button.setVisible(plan.is_call)
