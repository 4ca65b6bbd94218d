"""Lines chosen by hand: no written steps, so taken back and brought again here, in turn with those that are.

What they do to the other lines is done as it was foretold, and taken back as it was.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from jiuliting_desk.actions import pairings
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.matching.insist import Insisted
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.store.matching_rows import WaitingNeed
from jiuliting_desk.ui import action_words
from jiuliting_desk.ui.pages.matching.memory import PlanMemory
from jiuliting_desk.ui.pages.matching.proposal_rows import ProposalRow
from jiuliting_desk.ui.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class HandStep:
    """One change of the lines chosen by hand."""

    need_id: int
    before: int | None
    """The provider that was chosen; None: the plan's own line."""
    after: int | None
    was_unticked: bool
    pairs_before: dict[int, int]
    """The proposal's lines when it was done, provider by need."""
    pairs_after: dict[int, int]
    """Those that were foretold."""
    who: str
    """汤立新 → 马根宝　陪伴聊天."""
    words: str
    """What was done, as the bar says it."""
    written: int
    """The last written step in force when it was done."""
    month: str
    """The one that was planned."""


Steps = tuple[list[HandStep], list[HandStep]]
"""Those done and those taken back, the last one last."""


class ByHand(QObject):
    """Keeps the steps; ``plan`` plans anew with what is chosen then, ``foretold`` tells what a choice costs."""

    def __init__(
        self,
        session: Session,
        parent: QObject,
        *,
        memory: PlanMemory,
        plan: Callable[[], object],
        foretold: Callable[[int, int], Insisted | None],
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.memory = memory
        self._plan = plan
        self._foretold = foretold
        self._done: list[HandStep] = []
        self._undone: list[HandStep] = []
        self.lead = ""
        """What the bar begins with once the plan is there."""
        self.need_id = 0
        """The need that the last change was about."""
        self.is_back = False
        """Whether the last change took a step back."""

    # -- doing

    def put_in(self, inputs: Inputs, need_id: int, provider_id: int) -> None:
        """The provider goes to the need in every plan; once more lets the plan choose again."""
        if self.memory.chosen.get(need_id) == provider_id:
            self.let_go(inputs, need_id)
        else:
            cost = self._foretold(need_id, provider_id)
            after = self.memory.pairs if cost is None else cost.carried_out(self.memory.pairs)
            self._do(inputs, need_id, provider_id, self.tr("已放进方案"), after)

    def let_go(self, inputs: Inputs, need_id: int) -> None:
        """The plan chooses again, as before where nothing was done since."""
        step = self._done[-1] if self.last() else None
        is_last = step is not None and step.need_id == need_id
        after = step.pairs_before if step is not None and is_last else self.memory.pairs
        self._do(inputs, need_id, None, self.tr("不再手选"), after)

    def pin(self, inputs: Inputs, need: WaitingNeed, line: ProposalRow) -> None:
        """Let no plan change a line, or any again: its pairing is pinned, a proposed line is kept by hand."""
        if line.source is Source.PAIRING:
            found = self.session.store.where(
                Pairing, elder_id=need.elder_id, provider_id=line.provider_id, ended_on=None
            )
            for bond in found[:1]:
                action = pairings.unpin_pairing if bond.pinned else pairings.pin_pairing
                self.session.perform(action, pairing_id=bond.id)
        elif need.id in self.memory.chosen:
            # Not what the line says: the plan that would say it may still be on its way.
            self.let_go(inputs, need.id)
        else:
            self._do(inputs, need.id, line.provider_id, self.tr("已留住"), self.memory.pairs)

    def _do(
        self, inputs: Inputs, need_id: int, provider_id: int | None, words: str, pairs_after: dict[int, int]
    ) -> None:
        if self.session.is_lent:
            self.session.say_busy()
            return
        before = self.memory.chosen.get(need_id)
        need = inputs.needs[need_id]
        name = inputs.providers[provider_id or before or 0].name
        step = HandStep(
            need_id=need_id,
            before=before,
            after=provider_id,
            was_unticked=need_id in self.memory.unticked,
            pairs_before=self.memory.pairs,
            pairs_after=pairs_after,
            who=f"{name} → {need.elder}　{inputs.categories[need.category_id].name}",
            words=words,
            written=self.written(),
            month=self.memory.month,
        )
        self._done.append(step)
        self._undone.clear()
        self._take(step, step.after, step.words)

    def _take(self, step: HandStep, provider_id: int | None, words: str, *, back: bool = False) -> None:
        if provider_id is None:
            self.memory.chosen.pop(step.need_id, None)
        else:
            self.memory.chosen[step.need_id] = provider_id
        if back and step.was_unticked:
            self.memory.unticked.add(step.need_id)
        elif not back:
            self.memory.unticked.discard(step.need_id)
        self.memory.keep_ticks()
        self.memory.begin_from(step.pairs_before if back else step.pairs_after)
        self.lead = self.tr("{words}：{who}").format(words=words, who=step.who)
        self.need_id, self.is_back = step.need_id, back
        self._plan()

    # -- back and forth

    def steps(self) -> Steps:
        """What can be taken back and brought again."""
        return self._done, self._undone

    def carry_on(self, memory: PlanMemory, steps: Steps) -> None:
        """Go on where another one was."""
        self.memory = memory
        self._done, self._undone = steps

    def written(self) -> int:
        """The last written step in force, 0 for none, below 0 while a job has the file."""
        if self.session.is_lent:
            return -1
        line = self.session.store.undoable()
        return 0 if line is None else line.id

    def last(self) -> str:
        """The step that Ctrl+Z takes back now, "" where a written one comes first."""
        step = self._done[-1] if self._done else None
        return f"{step.words.removeprefix('已')}　{step.who}" if step is not None and self._is_last(step) else ""

    def _is_last(self, step: HandStep) -> bool:
        """Whether nothing was written since, and the plan is still of its month."""
        return step.written == self.written() and step.month == self.memory.month

    def last_step(self) -> str:
        """What undo takes back now in words, a line put in by hand or a written step; "" for nothing."""
        step = self.session.store.undoable()
        return self.last() or ("" if step is None else action_words.step(step.name, step.about))

    def take_back(self) -> bool:
        """Take the last step back; gives whether it came after the last written one."""
        if not self.last():
            return False
        step = self._done.pop()
        self._undone.append(step)
        words = self.tr("已放回") if step.after is not None else self.tr("又放进方案")
        self._take(step, step.before, words, back=True)
        return True

    def bring_again(self) -> bool:
        """Do the step that was last taken back; gives whether that was the last thing undone."""
        if not self._undone or not self._is_last(self._undone[-1]):
            return False
        step = self._undone.pop()
        self._done.append(step)
        self._take(step, step.after, step.words)
        return True

    def tidy(self) -> None:
        """A newer written step leaves nothing to be brought again."""
        if self._undone and self.written() > self._undone[-1].written:
            self._undone.clear()
