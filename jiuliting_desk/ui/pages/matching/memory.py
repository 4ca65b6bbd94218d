"""What the next plan begins from: the last proposal and the lines chosen by hand, kept beside the file."""

from jiuliting_desk.actions.matching import Inputs, Steering, rank_need
from jiuliting_desk.matching.candidates import Exclusion
from jiuliting_desk.matching.plan import Effort, Plan
from jiuliting_desk.matching.rows import FixedRow, Source
from jiuliting_desk.ui.remembered import Remembered

LAST_KEY, CHOSEN_KEY, UNTICKED_KEY = "matching.last", "matching.chosen", "matching.unticked"
MOST_GONE = 2000
"""Pairs remembered of needs that wait no more: undo may bring them back."""
NEW_SHARE = 0.25
"""With more needs than this that have no line yet, a gentle search would be a poor one."""


class PlanMemory:
    """Pairs of need and provider, by id; nothing of people's names."""

    def __init__(self, remembered: Remembered) -> None:
        self._remembered = remembered
        self.chosen: dict[int, int] = _pairs(remembered.get(CHOSEN_KEY, []))
        self.unticked: set[int] = {int(need) for need in remembered.get(UNTICKED_KEY, [])}
        """Needs whose line is not to be confirmed."""
        self._last: dict[int, int] = _pairs(remembered.get(LAST_KEY, []))

    def tidy(self, inputs: Inputs) -> dict[int, Exclusion]:
        """Forget lines chosen by hand and left out whose need waits no more or whose provider has left.

        Those chosen by hand whom a rule keeps away now are forgotten too; gives them by need.
        """
        self.unticked &= inputs.rows.keys()
        self.chosen = {
            need: provider
            for need, provider in self.chosen.items()
            if need in inputs.rows and provider in inputs.providers
        }
        found = {need: rank_need(inputs, need).exclusion(provider) for need, provider in self.chosen.items()}
        out = {need: exclusion for need, exclusion in found.items() if exclusion is not None}
        self.chosen = {need: provider for need, provider in self.chosen.items() if need not in out}
        return out

    @property
    def pairs(self) -> dict[int, int]:
        """The last proposal's lines, provider by need; they are handed out to be kept, not changed."""
        return self._last

    def begin_from(self, pairs: dict[int, int]) -> None:
        """Let the next plan begin from these lines instead."""
        self._last = pairs

    def steering(self) -> Steering:
        """What the engine is given."""
        return Steering(
            chosen=tuple(
                FixedRow(need=need, provider=provider, source=Source.CHOSEN)
                for need, provider in sorted(self.chosen.items())
            ),
            last=tuple(sorted(self._last.items())),
        )

    def effort(self, inputs: Inputs) -> Effort:
        """A gentle search where most needs have their line already, else one from the beginning."""
        lacking = sum(need not in self._last for need in inputs.rows)
        return Effort.GENTLE if lacking <= NEW_SHARE * len(inputs.rows) else Effort.THOROUGH

    def keep_ticks(self) -> None:
        """Remember which lines are left out."""
        self._remembered.keep(UNTICKED_KEY, sorted(self.unticked))

    def keep(self, inputs: Inputs, plan: Plan) -> None:
        """Remember a plan."""
        gone = [pair for pair in self._last.items() if pair[0] not in inputs.rows][-MOST_GONE:]
        self._last = dict(gone) | dict(plan.pairs())
        self._remembered.keep(LAST_KEY, [list(pair) for pair in self._last.items()])
        self._remembered.keep(CHOSEN_KEY, [list(pair) for pair in sorted(self.chosen.items())])


def _pairs(kept: list[list[int]]) -> dict[int, int]:
    return {int(need): int(provider) for need, provider in kept}
