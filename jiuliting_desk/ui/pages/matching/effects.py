"""What a change by hand or planning anew does to the other lines, told and asked."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject

from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.matching.candidates import Exclusion
from jiuliting_desk.matching.insist import Insisted
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.pages.matching.by_hand import ByHand
from jiuliting_desk.ui.pages.matching.proposal_rows import ProposalRow, moves
from jiuliting_desk.ui.pages.matching.run import Proposal
from jiuliting_desk.ui.pages.matching.ways import cost_words, need_words
from jiuliting_desk.ui.session import Session

MOVES_TOLD, MOVES_SAID = 200, 2


class Effects(QObject):
    """Says how two plans differ."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session

    def dropped(self, inputs: Inputs, out: Mapping[int, Exclusion]) -> str:
        """Lines chosen by hand that hold no more, in words, "" for none."""
        words = self.tr("{name} → {need}（{why}）")
        told = [
            words.format(name=found.name, need=need_words(inputs, need_id), why=self.tr("；").join(found.texts))
            for need_id, found in out.items()
        ]
        return self.tr("手选的不作数了：{told}").format(told=self.tr("，").join(told)) if told else ""

    def before_choosing(self, proposal: Proposal | None, need_id: int, provider_id: int) -> str:
        """What putting a candidate into the plan would do to the rest, and who is paired; "" where nothing is known."""
        if proposal is None or proposal.causes is None:
            return ""
        inputs = proposal.inputs
        told = []
        cost = self.cost(proposal, need_id, provider_id)
        if proposal.plan.provider_of(need_id) == provider_id:
            told.append(self.tr("方案里就是这样排的"))
        elif cost is not None:
            told.append(self.tr("放进方案的话：{effect}").format(effect=cost_words(inputs, cost)))
        other = inputs.providers.get(inputs.paired_otherwise(inputs.needs[need_id], provider_id) or 0)
        if other is not None:
            told.append(self.tr("这一家固定结对的是{name}").format(name=other.name))
        return self.tr("。").join(told)

    def cost(self, proposal: Proposal | None, need_id: int, provider_id: int) -> Insisted | None:
        """What giving the need to a candidate costs the rest, None where it is not known."""
        causes = None if proposal is None else proposal.causes
        return None if causes is None else causes.cost(need_id, provider_id)

    def tell(self, before: Sequence[ProposalRow] | None, proposal: Proposal, by_hand: ByHand) -> None:
        """Say what moved with a line that was chosen by hand, and offer to take that back.

        ``before`` is None where no plan was whole yet: against what was on its way nothing has moved.
        """
        chosen = {*by_hand.memory.chosen, by_hand.need_id}
        names = {provider.id: provider.name for provider in proposal.inputs.providers.values()}
        others = moves([line for line in before or () if line.need_id not in chosen], proposal.plan, names)
        known = {line.need_id for line in before or ()} | chosen
        more = 0 if before is None else sum(line.need not in known for line in proposal.plan.lines)
        parts = [by_hand.lead]
        if others:
            told = self.tr("，").join(others[:MOVES_SAID])
            moved = self.tr("跟着动了 {count} 条：{moves}")
            if len(others) > MOVES_SAID:
                moved = self.tr("跟着动了 {count} 条：{moves} 等")
            parts.append(moved.format(count=len(others), moves=told))
        if more:
            parts.append(self.tr("另外排得进 {count} 条").format(count=more))
        nothing = self.tr("{lead}。") if before is None else self.tr("{lead}，别的都没动。")
        text = self.tr("；").join(parts) if len(parts) > 1 else nothing.format(lead=by_hand.lead)
        tone = "info" if others else "ok"
        if by_hand.is_back:
            self.session.say(text, tone=tone, action=self.tr("重做"), keys="Ctrl+Y", run=by_hand.bring_again)
        else:
            self.session.say(text, tone=tone, action=self.tr("放回"), keys="Ctrl+Z", run=by_hand.take_back)

    def offer(
        self,
        before: Sequence[ProposalRow],
        proposal: Proposal,
        take: Callable[[], object],
        keep: Callable[[], object],
    ) -> None:
        """Show what planning everything anew would move, and take it if that is wanted, or ``keep`` what there is."""
        names = {provider.id: provider.name for provider in proposal.inputs.providers.values()}
        unserved = set(proposal.plan.unserved)
        fallen = [line for line in before if line.need_id in unserved]
        kept = [line for line in before if line.need_id not in unserved]
        # Who would have nobody comes first: that is what one has to agree to.
        known = {line.need_id for line in before}
        new = [line for line in proposal.plan.lines if line.need not in known]
        told = moves(fallen, proposal.plan, names)
        comes_in = self.tr("{need}：没人去 → {name}")
        for line in new:
            who = need_words(proposal.inputs, line.need).replace(" ", "　")
            told.append(comes_in.format(need=who, name=names[line.provider]))
        told += moves(kept, proposal.plan, names)
        more = len(new)
        if not told and more <= 0:
            words = self.tr("从头排了一遍，和现在的方案一样好，没有改动。")
            if proposal.is_cut:
                words = self.tr("停下了，没有从头排完；方案没有改动。")
            self.session.say(words, tone="info")
            keep()
            return
        lines = told[:MOVES_TOLD]
        if len(told) > MOVES_TOLD:
            lines.append(self.tr("还有 {count} 条").format(count=len(told) - MOVES_TOLD))
        question = Question(
            title=self.tr("从头排，要改 {count} 条").format(count=len(told)),
            text=(self.tr("中途停下的，没有排到底。") if proposal.is_cut else "") + self._changed(more, len(fallen)),
            lines=tuple(lines),
            choices=(Choice("", self.tr("留原来的方案")), Choice("take", self.tr("用新方案"), "primary")),
            default="" if proposal.is_cut else "take",
        )
        self.session.dialogs.ask(question, lambda key, _text: take() if key == "take" else keep())

    def _changed(self, more: int, fallen: int) -> str:
        parts = [self.tr("新排得进 {count} 条").format(count=more)] if more > 0 else []
        parts += [self.tr("有 {count} 条就排不进了").format(count=fallen)] if fallen else []
        return self.tr("{parts}。").format(parts=self.tr("，").join(parts)) if parts else ""
