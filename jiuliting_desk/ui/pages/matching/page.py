"""The page 结对匹配: who waits on the left, who could go in the middle, the whole plan on the right."""

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.matching.explain import Explanation
from jiuliting_desk.matching.insist import Insisted
from jiuliting_desk.matching.plan import Effort
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Certificate, Provider, Refusal
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store.matching_rows import WaitingNeed
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.matching.by_hand import ByHand
from jiuliting_desk.ui.pages.matching.candidates_side import DIGITS, CandidatesSide, Shown
from jiuliting_desk.ui.pages.matching.carrying import Carried
from jiuliting_desk.ui.pages.matching.current_plan import CurrentPlan
from jiuliting_desk.ui.pages.matching.effects import Effects
from jiuliting_desk.ui.pages.matching.giving_out import give_out_plan
from jiuliting_desk.ui.pages.matching.looking import Looking
from jiuliting_desk.ui.pages.matching.memory import PlanMemory
from jiuliting_desk.ui.pages.matching.needs_side import LEAST_WIDTH, WIDTH, NeedsSide
from jiuliting_desk.ui.pages.matching.right_side import RightSide
from jiuliting_desk.ui.pages.matching.run import Ground, PlanRun, Proposal, Purpose
from jiuliting_desk.ui.pages.matching.settling import Settling
from jiuliting_desk.ui.pages.matching.taking import Taking
from jiuliting_desk.ui.pages.matching.ways import Way, ways_out
from jiuliting_desk.ui.pages.matching.weights import HOMES_KEY, WeightsDialog
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.layout import column, hairline, surface

RIGHT_WIDTH = 440
LEFT_SHARE, RIGHT_SHARE = 0.25, 0.37


class MatchingPage(Page):
    """The plan is made anew, gently, whenever something that it looks at was written."""

    watches: ClassVar[frozenset[type[Any]]] = frozenset(
        {
            Need, Elder, Provider, Certificate, Refusal, Claim, Pairing, Visit, ServiceCategory, Compound, Setting,
        }
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.inputs: Inputs | None = None
        self.ground: Ground | None = None
        self.plan = CurrentPlan()
        self.memory = PlanMemory(session.remembered)
        self._stands_on = 0  # the need to stand on once the needs are read, 0 for the first
        self.run = PlanRun(session)
        self.run.found.connect(self._on_found)
        self.settling = Settling(session, self)
        self.effects = Effects(session, self)
        self.by_hand = ByHand(session, self, memory=self.memory, plan=self._plan_by_hand, foretold=self._foretold)
        self.taking = Taking(session, self, put_in=self._put_in, propose_homes=self._propose_homes)
        self.needs = NeedsSide()
        self._build_right()
        self.looking = Looking(session, self.needs, self.plan_side.months)
        self.looking.changed.connect(self.plan_again)
        self.needs.current_changed.connect(self._on_need)
        self.candidates = CandidatesSide(lambda provider_id: self.plan.wanted_of(provider_id))
        self.needs.opened.connect(lambda _need: self.candidates.do())
        self.candidates.settle_wanted.connect(self.settle)
        self.candidates.other_wanted.connect(self.settle_otherwise)
        self.candidates.plan_wanted.connect(self.choose_by_hand)
        self.candidates.elder_wanted.connect(self._open_elder)
        self.candidates.way_wanted.connect(self._take_way)
        self.candidates.current_changed.connect(self._show_effect)
        left = surface("flat", column(self.needs, gap=0))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (left, hairline("v"), surface("flat", column(self.candidates, gap=0)), hairline("v"), self.right):
            layout.addWidget(widget)
        layout.setStretch(2, 1)
        self._share_width()

    @property
    def proposal(self) -> Proposal | None:
        """The last plan that came, None before the first."""
        return self.plan.proposal

    def _build_right(self) -> None:
        self.right = RightSide(self.session)
        self.plan_side = self.right.plan_side
        self.plan_side.need_chosen.connect(self.show_need)
        self.plan_side.opened.connect(self._open_line)
        self.plan_side.ticks_changed.connect(self._on_ticks)
        self.plan_side.again_wanted.connect(self.plan_again)
        self.plan_side.anew_wanted.connect(self.plan_anew)
        self.plan_side.confirm_wanted.connect(self.confirm)
        self.plan_side.undo_wanted.connect(self.undo)
        self.plan_side.how_wanted.connect(self.set_weights)
        self.right.export_wanted.connect(self.export)
        self.plan_side.step_wanted.connect(self._take_step)
        self.right.trying.register_wanted.connect(lambda: self.session.goto("providers", None, "new"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The middle keeps room where the window is narrow for its text."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        left = max(theme.px(LEAST_WIDTH), round(self.width() * LEFT_SHARE))
        self.needs.setFixedWidth(min(theme.px(WIDTH), left))
        self.right.setFixedWidth(min(theme.px(RIGHT_WIDTH), round(self.width() * RIGHT_SHARE)))

    # -- reading

    def refresh(self) -> None:
        """Read who waits and who could go, and plan again what changed."""
        store, today = self.session.store, self.session.today()
        if self.memory.turn_to(self.looking.month()):
            self.plan.forget()
        read = self.looking.read(besides=self.memory.chosen)
        self.ground, self.inputs = read.ground, read.ground.inputs
        needs = self.inputs.needs
        self.memory.forget_ticks(self.looking.still_waiting(self.inputs, self.memory.unticked))
        dropped = self.memory.tidy(self.inputs, written=self.by_hand.written())
        self.plan_side.dropped = self.effects.dropped(self.inputs, dropped)
        self.by_hand.tidy()
        self.plan.tidy(self.inputs, read.claims, today=today)
        self.right.refresh(read.claims, self.inputs)
        self.needs.show_needs(
            list(needs.values()),
            categories=self.inputs.categories,
            today=today,
            warn_days=number_setting(store, "waiting_days"),
            known=len(needs) or store.count(Need),
            later=0 if needs else store.count(Need, state=NeedState.OPEN),
        )
        self.needs.show_scope(read.waiting, read.committee, self.looking.committee_id)
        self._show_candidates()
        self._show_proposal()
        if self._stands_on in needs:
            self.show_need(self._stands_on)
        self._stands_on = 0
        self.plan_side.show_last_step(self.by_hand.last_step())
        promised = self.memory.fulfilled(self.inputs)
        if promised is not None:
            self._put_in(*promised)
        else:
            self.run.start(self.ground, self.memory.steering(), self.memory.effort(self.inputs))

    def _on_found(self, proposal: Proposal) -> None:
        if self.inputs is None or proposal.inputs is not self.inputs:
            return
        if proposal.purpose is Purpose.ANEW:
            take, keep = partial(self._take_anew, proposal), self._go_on
            self.effects.offer(self.plan.rows, proposal, take, keep)
            return
        self._take(proposal)
        if proposal.purpose is Purpose.BY_HAND and proposal.is_final:
            self.effects.tell(self.plan.before_hand, proposal, self.by_hand)

    def _take_anew(self, proposal: Proposal) -> None:
        if proposal.inputs is self.inputs:
            self._take(proposal)
        elif self.ground is not None:
            # Something was written while it was looked at: that is put in order gently.
            self.memory.begin_from(dict(proposal.plan.pairs()))
            self.run.start(self.ground, self.memory.steering(), Effort.GENTLE)

    def _go_on(self) -> None:
        """The plan stays: where one was on its way when all was planned anew, it is made after all."""
        found = self.plan.made_from(self.inputs)
        if self.ground is not None and not (self.run.is_running or (found is not None and found.is_final)):
            self.run.start(self.ground, self.memory.steering(), self.memory.effort(self.ground.inputs))

    def _take(self, proposal: Proposal) -> None:
        self.plan.take(proposal, unticked=self.memory.unticked, is_back=self.by_hand.is_back)
        if proposal.is_final:
            self.memory.keep(proposal.inputs, proposal.plan)
            month = None if self.ground is None else self.ground.month
            self.right.trying.set_plan(proposal.inputs, proposal.plan, month)
        self._show_proposal()
        if proposal.is_final:
            self._show_candidates()

    def _show_proposal(self) -> None:
        assert self.inputs is not None
        self.plan_side.show_rows(self.plan.shown())
        self.plan_side.show_summary(self.proposal)
        self.plan_side.show_causes(self.plan.causes(self.inputs), self.inputs)
        self.needs.show_outcomes(self.plan.outcomes(self.inputs))
        current = self.needs.current()
        if current is not None:
            self.plan_side.choose(current.id)

    # -- choosing

    def _on_need(self, need: WaitingNeed | None) -> None:
        self._show_candidates()
        if need is not None:
            self.plan_side.choose(need.id)
        elif self.candidates.isAncestorOf(self.focusWidget() or self):
            # The last need was settled in the middle, where nothing is left to do.
            self.right.current_list().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_candidates(self) -> None:
        if self.inputs is None:
            return
        need = self.needs.current()
        line = None if need is None else self.plan.line_of(need.id)
        preferred: int | None = 0 if line is None else line.provider_id
        shown = self.candidates.need
        if need is not None and shown is not None and need.id == shown.id and self.run.is_running:
            # Better and better plans come: whoever reads is moved once, by the last.
            preferred = None
        cause, ways = ways_out(self.proposal, self.inputs, need)
        allowance = self.looking.allowance(self.inputs, need)
        today = self.session.today()
        self.candidates.show_need(
            self.inputs, need, today=today, preferred=preferred, ways=ways, cause=cause, allowance=allowance
        )

    def _show_effect(self, shown: Shown | None) -> None:
        need = self.candidates.need
        if need is not None and shown is not None and shown.candidate is not None:
            self.candidates.show_held(self.memory.chosen.get(need.id) == shown.provider)
            self.candidates.show_effect(
                self.effects.before_choosing(self.plan.made_from(self.inputs), need.id, shown.provider)
            )

    def _foretold(self, need_id: int, provider_id: int) -> Insisted | None:
        return self.effects.cost(self.plan.made_from(self.inputs), need_id, provider_id)

    def show_need(self, need_id: int) -> None:
        """Stand on a need that waits."""
        self.needs.choose(need_id)

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """Show a need, an elder's first need, or one of the parts: "claims", "bonds", "resting", "trying"."""
        if intent in self.right.keys:
            self.right.show_part(intent)
            self.right.current_list().setFocus(Qt.FocusReason.OtherFocusReason)
        if ref is None or self.inputs is None:
            return
        if self.looking.take_in(ref, self.inputs):
            self.refresh()
        need_id = self.looking.sought(ref, self.inputs)
        if need_id:
            self.show_need(need_id)

    def _open_line(self, need_id: int) -> None:
        self.show_need(need_id)
        self.candidates.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_elder(self) -> None:
        if self.candidates.need is not None:
            self.session.goto("elders", Ref(Elder, self.candidates.need.elder_id))

    def _take_step(self, cause: Explanation) -> None:
        """What the button beside an unserved need does: its first way, or all of its ways in the middle."""
        self.show_need(cause.need)
        found = next((shown.way for shown in self.candidates.lines.rows() if shown.way is not None), None)
        if cause.cures and found is not None:
            self._take_way(found)
        else:
            self._open_line(cause.need)

    def _take_way(self, way: Way) -> None:
        if self.inputs is not None:
            if way.cure is not None and way.cure.changes:
                self.memory.promise(self.inputs, way.need_id, way.provider_id)
            self.taking.take(self.inputs, way)

    # -- doing

    def settle(self) -> None:
        """What the need asks for first: a weekly one a pairing, a single one a claim."""
        self._settle(lasting=self.candidates.pairs_first())

    def settle_otherwise(self) -> None:
        """The other of the two."""
        self._settle(lasting=not self.candidates.pairs_first())

    def _settle(self, *, lasting: bool) -> None:
        need, shown = self.candidates.need, self.candidates.current()
        if need is not None and shown is not None and shown.way is None and self.inputs is not None:
            planned = self.plan.wanted_of(shown.provider)
            self.settling.settle(self.inputs, need, shown, lasting=lasting, planned=planned)

    def choose_by_hand(self) -> None:
        """Put the chosen candidate into the plan, and tell what else moves; once more takes that back."""
        need, shown = self.candidates.need, self.candidates.current()
        if need is None or shown is None:
            return
        if shown.exclusion is not None:
            self.session.say(self.tr("不合适的人不能放进方案。仍要请他去，按 Enter 写原因。"), tone="warn")
        elif shown.way is not None:
            self.session.say(self.tr("先选一位能去的，再放进方案。要照“怎么办”做，按 Enter。"), tone="info")
        else:
            self._put_in(need.id, shown.provider)

    def _put_in(self, need_id: int, provider_id: int) -> None:
        if self.inputs is not None:
            self.by_hand.put_in(self.inputs, need_id, provider_id)

    def _plan_by_hand(self) -> None:
        if self.ground is not None:
            self.plan.remember_before_hand()
            self.memory.tidy(self.ground.inputs, written=self.by_hand.written())
            self.run.start(self.ground, self.memory.steering(), Effort.GENTLE, Purpose.BY_HAND)
        self.plan_side.show_last_step(self.by_hand.last_step())

    def take_back(self) -> bool:
        """A line put in by hand after the last written step is taken back first."""
        return self.by_hand.take_back()

    def bring_again(self) -> bool:
        """The same forth."""
        return self.by_hand.bring_again()

    def undo(self) -> None:
        """Take back what was done last."""
        if not self.take_back():
            self.session.undo()

    def pin(self) -> None:
        """Let no plan change the current need's line: its pairing is pinned, a proposed line is kept by hand."""
        need = self.needs.current()
        line = None if need is None else self.plan.line_of(need.id)
        if need is not None and line is not None and self.inputs is not None:
            self.by_hand.pin(self.inputs, need, line)
        elif need is not None:
            self.session.say(self.tr("方案里这一条还没有人去，没有可以固定的。"), tone="info")

    def plan_again(self) -> None:
        """Read everything anew and mend the plan where something changed."""
        if self.session.is_lent:
            self.session.say_busy()
        else:
            self.refresh()

    def plan_anew(self) -> None:
        """Plan everything from the beginning; what would move is shown before."""
        if self.ground is not None:
            self.run.start(self.ground, self.memory.steering(), Effort.THOROUGH, Purpose.ANEW)

    def set_weights(self) -> WeightsDialog | None:
        """Change how much each reason counts and which rules hold, seeing what that would do."""
        if self.inputs is None:
            return None
        plan = None if self.proposal is None else self.proposal.plan
        dialog = WeightsDialog(self.session, self.inputs, self.needs.current(), plan=plan, parent=self.window())
        self.session.dialogs.show(dialog)
        return dialog

    def _propose_homes(self, more: int) -> None:
        """Let volunteers go to so many more homes in a half-day: all of them, so it is shown what that does."""
        dialog = self.set_weights()
        if dialog is not None:
            dialog.propose(HOMES_KEY, dialog.numbers[HOMES_KEY].value() + more)

    def confirm(self) -> None:
        """Confirm the ticked lines in one step; those that no longer hold are marked and nothing is written.

        Lines that are not in sight are shown first.
        """
        wanted = self.plan_side.wanted()
        if self.plan_side.isHidden():
            self.right.show_part(self.right.keys[0])
            words = self.tr("先看一看方案；要确认勾上的 {count} 条，再按一次 Ctrl+Enter。")
            self.session.say(words.format(count=len(wanted)), tone="info")
        elif self.inputs is not None:
            self.settling.confirm(self.inputs, wanted, marked=self._show_proposal, again=self.plan_again)

    def export(self) -> None:
        """Write the plan as it is shown, with what stands beside it, as a workbook."""
        give_out_plan(self.session, self.plan.made_from(self.inputs), self.memory.unticked)

    def _on_ticks(self) -> None:
        self.memory.unticked = self.plan.unticked_among(self.memory.unticked)
        self.memory.keep_ticks()
        self.needs.show_outcomes(self.plan.outcomes(self.inputs))
        self.candidates.count_homes()

    # -- in another look

    def carried(self) -> Carried:
        """The plan, the steps by hand, and where one stands."""
        current = self.needs.current()
        self.run.let_go()
        return Carried(
            memory=self.memory,
            steps=self.by_hand.steps(),
            plan=self.plan,
            need_id=0 if current is None else current.id,
            outcome=self.needs.filter.value(),
            order=self.needs.order,
            committee_id=self.looking.committee_id,
            part=self.right.part(),
        )

    def carry_on(self, carried: Carried) -> None:
        """Stand where the page before this one stood."""
        self.memory, self.plan, self._stands_on = carried.memory, copy(carried.plan), carried.need_id
        self.by_hand.carry_on(carried.memory, carried.steps)
        self.looking.committee_id = carried.committee_id
        self.needs.list_as(carried.order, carried.outcome)
        self.right.show_part(carried.part)

    # -- keys

    def take_focus(self) -> None:
        """Work begins with the needs."""
        self.needs.lines.setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> tuple[Key, ...]:
        """Digits choose, Enter settles, letters plan."""
        told: list[tuple[str, str, Callable[[], object]]] = [
            ("N", self.tr("下一条需求"), lambda: self.needs.step(1)),
            ("L", self.tr("固定或不固定"), self.pin),
            ("P", self.tr("放进方案"), self.choose_by_hand),
            ("Ctrl+Return", self.tr("确认勾上的"), self.confirm),
        ]
        digits = [
            Key(keys=str(place), run=partial(self.candidates.choose_place, place)) for place in range(1, DIGITS + 1)
        ]
        return (
            Key(keys="1", words=self.tr("选第几位"), shown_as="1–9"),
            *digits,
            Key(keys="Return", words=self.tr("定下"), shown_as="Enter"),
            *(Key(keys=keys, words=words, run=run) for keys, words, run in told),
            Key(keys="Ctrl+Z", words=self.tr("撤销")),
            Key(keys="Ctrl+E", words=self.tr("导出 Excel"), run=self.export),
            Key(keys="Shift+Return", run=self.settle_otherwise),
            Key(keys="F5", run=self.plan_again),
        )
