"""The plan that stands: its lines, what was confirmed today beside them, and what it says of each need."""

from collections.abc import Iterable
from datetime import date

from jiuliting_desk.actions.confirming import Confirmation
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.matching_lists import ClaimLine
from jiuliting_desk.matching.explain import Explanation
from jiuliting_desk.ui.pages.matching.proposal_rows import ProposalRow, confirmed_rows, mark_moved, rows_of
from jiuliting_desk.ui.pages.matching.run import Proposal, Purpose, Told
from jiuliting_desk.ui.pages.matching.words import Outcome


class CurrentPlan:
    """The last proposal, as lines that can be ticked; they outlive it while the next one is being made."""

    def __init__(self) -> None:
        self.proposal: Proposal | None = None
        self.rows: list[ProposalRow] = []
        self.told = Told()
        self.before_hand: list[ProposalRow] | None = None
        """The lines, if the plan was whole, when one was last chosen by hand."""
        self._confirmed: list[ProposalRow] = []

    def forget(self) -> None:
        """Another month is planned: nothing stands yet, and nothing that was told of the other one holds."""
        self.proposal, self.rows, self.told = None, [], Told()

    def tidy(self, inputs: Inputs, claims: Iterable[ClaimLine], *, today: date) -> None:
        """The file was read anew: drop lines of needs that wait no more, mark those whose provider has left."""
        self.rows = [line for line in self.rows if line.need_id in inputs.needs]
        for line in self.rows:
            if line.provider_id not in inputs.providers:
                line.stale = ()
        self._confirmed = confirmed_rows(claims, today=today, categories=inputs.categories)

    def take(self, proposal: Proposal, *, unticked: Iterable[int], is_back: bool) -> None:
        """Let a proposal stand; ``is_back``: a line by hand was taken back, and what goes back with it is no move."""
        self.proposal = proposal
        self.rows = rows_of(proposal.inputs, proposal.plan, unticked=unticked)
        if proposal.purpose is Purpose.BY_HAND and self.before_hand is not None and not is_back:
            mark_moved(self.rows, self.before_hand)

    def remember_before_hand(self) -> None:
        """A line is chosen by hand now."""
        is_whole = self.proposal is not None and self.proposal.is_final
        self.before_hand = self.rows if is_whole else None

    def shown(self) -> list[ProposalRow]:
        """The lines, and after them those confirmed today."""
        return [*self.rows, *self._confirmed]

    def line_of(self, need_id: int) -> ProposalRow | None:
        """The line of a need, None where it has none."""
        return next((line for line in self.rows if line.need_id == need_id), None)

    def wanted_of(self, provider_id: int) -> list[Confirmation]:
        """The ticked lines of a provider."""
        return [line.confirmation() for line in self.rows if line.provider_id == provider_id and line.is_wanted]

    def made_from(self, inputs: Inputs | None) -> Proposal | None:
        """The proposal, if it was made from what stands in the file now."""
        return self.proposal if self.proposal is not None and self.proposal.inputs is inputs else None

    def causes(self, inputs: Inputs | None) -> tuple[Explanation, ...]:
        """Why nobody goes to those of ``inputs`` to whom nobody does, as far as it is known."""
        return self.told.of(self.proposal, inputs)

    def outcomes(self, inputs: Inputs | None) -> dict[int, Outcome]:
        """What the plan says of each need."""
        found = {line.need_id: line.outcome for line in self.rows}
        for cause in self.causes(inputs):
            found[cause.need] = Outcome.TO_CHOOSE if cause.has_candidates else Outcome.NOBODY
        return found

    def unticked_among(self, before: set[int]) -> set[int]:
        """Needs left out now, of those left out before: needs without a line here stay as they were."""
        kept = before - {line.need_id for line in self.rows}
        return kept | {line.need_id for line in self.rows if not line.ticked}
