"""What the next plan begins from: the last proposal of its month and the lines chosen by hand, kept beside the file."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from jiuliting_desk.actions.matching import Inputs, Steering, may_join, rank_need
from jiuliting_desk.matching.candidates import Exclusion
from jiuliting_desk.matching.plan import Effort, Plan
from jiuliting_desk.matching.rows import FixedRow, Source
from jiuliting_desk.model.dates import add_months
from jiuliting_desk.ui.remembered import Remembered

LAST_KEY, CHOSEN_KEY, UNTICKED_KEY = "matching.last", "matching.chosen", "matching.unticked"
SEEN_KEY = "matching.seen"
MOST_GONE = 2000
"""Pairs remembered of needs that wait no more: undo may bring them back."""
NEW_SHARE = 0.25
"""With more needs than this that the last plan did not look at, a gentle search would be a poor one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a way out said that it would bring."""

    need_id: int
    provider_id: int
    known: frozenset[int]
    """Providers who were there when it was taken."""


class PlanMemory:
    """Pairs of need and provider, by id; nothing of people's names."""

    def __init__(self, remembered: Remembered) -> None:
        self._remembered = remembered
        self.month = ""
        """The one that is planned, as 2026-12."""
        self._chosen = _by_month(remembered.get(CHOSEN_KEY, {}))
        self.unticked: set[int] = {int(need) for need in remembered.get(UNTICKED_KEY, [])}
        """Needs whose line is not to be confirmed."""
        self._last = _by_month(remembered.get(LAST_KEY, {}))
        self._seen: dict[str, Set[int]] = {
            month: frozenset(needs) for month, needs in _plain(remembered.get(SEEN_KEY, {})).items()
        }
        """By month the needs to which its last proposal gave no line of its own: nobody goes, or somebody anyway."""
        self._gone: dict[tuple[str, int], tuple[int, int]] = {}
        """By month and need: the provider that was chosen by hand, and the written step that left no use for it."""
        self._promised: Promise | None = None

    def turn_to(self, month: date) -> bool:
        """Plan for a month, beginning from what is kept of it, or else of another; gives whether that is a new one."""
        key = f"{month:%Y-%m}"
        if key == self.month:
            return False
        self.month = key
        before = f"{add_months(month, -1):%Y-%m}"
        self._last = {kept: pairs for kept, pairs in self._last.items() if kept >= before}
        self._chosen = {kept: pairs for kept, pairs in self._chosen.items() if kept >= before}
        self._seen = {kept: needs for kept, needs in self._seen.items() if kept >= before}
        self._chosen.setdefault(key, dict(_latest(self._chosen)))
        return True

    @property
    def chosen(self) -> dict[int, int]:
        """The lines chosen by hand for the month that is planned: provider by need."""
        return self._chosen.setdefault(self.month, {})

    @chosen.setter
    def chosen(self, chosen: dict[int, int]) -> None:
        self._chosen[self.month] = chosen

    def forget_ticks(self, waiting: Set[int]) -> None:
        """Forget lines left out of needs that wait no more; others may wait where nobody looks now."""
        self.unticked &= waiting

    def tidy(self, inputs: Inputs, *, written: int) -> dict[int, Exclusion]:
        """Forget lines chosen by hand whose need waits no more or whose provider has left.

        Those chosen by hand whom a rule keeps away now are forgotten too; gives them by need. ``written`` is the last
        written step in force: once that which left no use for a line is undone, the line is chosen again.
        """
        self._bring_back(inputs, written)
        chosen = self.chosen
        left = {
            need: provider for need, provider in chosen.items() if need in inputs.rows and provider in inputs.providers
        }
        found = {need: rank_need(inputs, need).exclusion(provider) for need, provider in left.items()}
        out = {need: exclusion for need, exclusion in found.items() if exclusion is not None}
        self.chosen = {need: provider for need, provider in left.items() if need not in out}
        for need, provider in chosen.items():
            if need not in self.chosen:
                self._gone[self.month, need] = provider, written
        return out

    def _bring_back(self, inputs: Inputs, written: int) -> None:
        for (month, need), (provider, gone_at) in list(self._gone.items()):
            is_undone = 0 <= written < gone_at
            if is_undone and month == self.month and need in inputs.rows and provider in inputs.providers:
                self.chosen.setdefault(need, provider)
                del self._gone[month, need]

    @property
    def pairs(self) -> dict[int, int]:
        """The lines that the next plan begins from, provider by need: those of the last proposal of its month.

        Until there is one, those of the other month. They are handed out to be kept, not changed.
        """
        return self._last.get(self.month) or _latest(self._last)

    def begin_from(self, pairs: dict[int, int]) -> None:
        """Let the next plan begin from these lines instead."""
        self._last[self.month] = pairs

    def promise(self, inputs: Inputs, need_id: int, provider_id: int) -> None:
        """A way out is taken for a need: once it is done the need goes to that provider, whoever else waits.

        Below 0 is somebody who is still to be found.
        """
        self._promised = Promise(need_id=need_id, provider_id=provider_id, known=frozenset(inputs.providers))

    def fulfilled(self, inputs: Inputs) -> tuple[int, int] | None:
        """Need and provider of the last promise where it can be kept now with every other line as it was; once."""
        found = self._promised
        if found is None:
            return None
        if found.need_id not in inputs.rows or found.need_id in self.chosen or found.need_id in self.pairs:
            self._promised = None
            return None
        who = [found.provider_id]
        if found.provider_id < 0:
            who = sorted(inputs.providers.keys() - found.known)
        for provider_id in who:
            if may_join(inputs, self.pairs, chosen=self.chosen, need_id=found.need_id, provider_id=provider_id):
                self._promised = None
                return found.need_id, provider_id
        return None

    def steering(self) -> Steering:
        """What the engine is given."""
        return Steering(
            chosen=tuple(
                FixedRow(need=need, provider=provider, source=Source.CHOSEN)
                for need, provider in sorted(self.chosen.items())
            ),
            last=tuple(sorted(self.pairs.items())),
        )

    def effort(self, inputs: Inputs) -> Effort:
        """A gentle search where the last one looked at most needs already, else one from the beginning."""
        known = self._last.get(self.month, {}).keys() | self._seen.get(self.month, frozenset())
        lacking = len(inputs.rows.keys() - known)
        return Effort.GENTLE if lacking <= NEW_SHARE * len(inputs.rows) else Effort.THOROUGH

    def keep_ticks(self) -> None:
        """Remember which lines are left out."""
        self._remembered.keep(UNTICKED_KEY, sorted(self.unticked))

    def keep(self, inputs: Inputs, plan: Plan) -> None:
        """Remember a plan."""
        last = self._last.get(self.month, {})
        gone = [pair for pair in last.items() if pair[0] not in inputs.rows][-MOST_GONE:]
        self._last[self.month] = dict(gone) | dict(plan.pairs())
        elsewhere = sorted(self._seen.get(self.month, frozenset()) - inputs.rows.keys())[-MOST_GONE:]
        self._seen[self.month] = (inputs.rows.keys() - dict(plan.pairs()).keys()) | frozenset(elsewhere)
        self._remembered.keep(SEEN_KEY, {month: sorted(needs) for month, needs in self._seen.items()})
        for key, kept in ((LAST_KEY, self._last), (CHOSEN_KEY, self._chosen)):
            self._remembered.keep(key, {month: [list(pair) for pair in pairs.items()] for month, pairs in kept.items()})


def _by_month(kept: Any) -> dict[str, dict[int, int]]:
    """Pairs by month as they were kept; what an earlier version kept without one counts for none."""
    return {month: {int(need): int(provider) for need, provider in pairs} for month, pairs in _plain(kept).items()}


def _plain(kept: Any) -> dict[str, Any]:
    return kept if isinstance(kept, dict) else {}


def _latest(kept: dict[str, dict[int, int]]) -> dict[int, int]:
    """The pairs of the latest month, where none are kept of the one that is planned."""
    return kept[max(kept)] if kept else {}
