"""The plan, solved beside the window: better and better ones come, and stopping keeps the best."""

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from jiuliting_desk.actions.matching import Inputs, Steering, propose_plan
from jiuliting_desk.actions.matching_causes import Causes, causes_of
from jiuliting_desk.actions.matching_lists import ClaimLine
from jiuliting_desk.actions.matching_outlook import Later, NextMonth
from jiuliting_desk.matching.explain import Explanation
from jiuliting_desk.matching.plan import Effort, Plan, knowing
from jiuliting_desk.ui.jobs import Cancelled, Job, Progress
from jiuliting_desk.ui.session import Session

SECONDS = 30.0
PROVED = 3
"""Plans whose proof is kept."""


class Purpose(StrEnum):
    """What a plan was made for."""

    USUAL = "usual"
    ANEW = "anew"
    """Everything from the beginning, to be looked at before it is taken."""
    BY_HAND = "by_hand"
    """A line was chosen by hand: what else moves is told."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Proposal:
    """A plan, what it was made from, and why nobody goes where nobody does."""

    inputs: Inputs
    plan: Plan
    purpose: Purpose = Purpose.USUAL
    causes: Causes | None = None
    """Of the unserved needs; None while the plan is being made."""
    later: Later | None = None
    is_final: bool = True
    is_cut: bool = False
    """Whether the search was stopped half way."""

    def explanations(self) -> tuple[Explanation, ...]:
        """The causes in the order of waiting, () while the plan is being made."""
        return () if self.causes is None else self.causes.known()


MOST_OTHER = 20
"""Needs that came or went since the causes were told; with more, what they say is hardly true any more."""


class Told:
    """Why nobody goes; while a plan is being made, as far as the one before told and that still holds."""

    def __init__(self) -> None:
        self._causes: tuple[Explanation, ...] = ()
        self._needs: frozenset[int] = frozenset()

    def of(self, proposal: Proposal | None, inputs: Inputs | None) -> tuple[Explanation, ...]:
        """The causes of those who wait now and whom a proposal leaves, in the order of waiting, as far as known."""
        if proposal is None or inputs is None:
            return ()
        if proposal.causes is not None:
            self._causes, self._needs = proposal.explanations(), frozenset(proposal.inputs.needs)
        if len(self._needs ^ inputs.needs.keys()) > MOST_OTHER:
            return ()
        unserved = set(proposal.plan.unserved) & inputs.needs.keys()
        return tuple(cause for cause in self._causes if cause.need in unserved)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Ground:
    """What a plan is made from, and what its causes look at besides."""

    inputs: Inputs
    lapsing: tuple[ClaimLine, ...] = ()
    """Claims that lapse soon: given back they would make room."""
    month: NextMonth | None = None


class PlanRun(QObject):
    """At most one search at a time; a newer one ends the older, whose result is let go."""

    found = Signal(object)
    """A Proposal, better than the one before; the last of a search ``is_final``."""
    _seen = Signal(int, object)

    def __init__(self, session: Session) -> None:
        # The session outlives a page that is made anew while a search goes on.
        super().__init__(session)
        self.session = session
        self._number = 0
        self._job: Job | None = None
        self._proved: deque[Plan] = deque(maxlen=PROVED)
        """The last plans that were proved the best: undo brings their situations back."""
        # Emitted in the worker's thread: Qt queues it to this one.
        self._seen.connect(self._on_seen)
        session.jobs.started.connect(self._on_job_started)

    @property
    def is_running(self) -> bool:
        """Whether a search goes on."""
        return self._job is not None

    def start(self, ground: Ground, steering: Steering, effort: Effort, purpose: Purpose = Purpose.USUAL) -> None:
        """Search; what is found comes by ``found``, for ``ANEW`` only the end."""
        self.let_go()
        number, inputs, proved = self._number, ground.inputs, tuple(self._proved)
        # A plan that the window has not seen yet gives way to a better one: it would only lag behind.
        newest: deque[Proposal] = deque(maxlen=1)

        def work(progress: Progress) -> Proposal:
            def is_stopped() -> bool:
                try:
                    progress(0, 0)
                except Cancelled:
                    return True
                return False

            def is_let_go() -> bool:
                return number != self._number or self.session.is_closing

            def told(done: int, total: int) -> None:
                # Who stops the work here still gets the plan with its causes: hundreds would hold up the window.
                with suppress(Cancelled):
                    progress(done, total)

            def better(plan: Plan) -> None:
                if purpose is not Purpose.ANEW:
                    newest.append(Proposal(inputs=inputs, plan=plan, purpose=purpose, is_final=False))
                    self._seen.emit(number, newest)

            best = propose_plan(
                inputs, steering=steering, effort=effort, seconds=SECONDS, found=better, stop=is_stopped
            )
            is_cut = is_stopped()
            for earlier in proved:
                best = knowing(best, earlier)
            causes = causes_of(inputs, best, claims=ground.lapsing, stop=is_let_go, hurry=is_stopped, progress=told)
            later = Later(best, ground.month) if ground.month is not None and best.unserved else None
            return Proposal(inputs=inputs, plan=best, purpose=purpose, causes=causes, later=later, is_cut=is_cut)

        def done(proposal: Proposal) -> None:
            if number == self._number:
                self._job = None
                if proposal.plan.bound.proved:
                    self._proved.append(proposal.plan)
                self.found.emit(proposal)

        job = self.session.run_job(work, title=self.tr("排方案，取消就用目前最好的"), may_be_cut=True, on_done=done)
        job.failed.connect(lambda _error: self._forget(number))
        self._job = job

    def let_go(self) -> None:
        """End the search; nothing of it comes any more."""
        self.stop()
        self._job = None
        self._number += 1

    def stop(self) -> None:
        """End the search; the best so far still comes unless another search begins."""
        if self._job is not None:
            self._job.cancel()

    def _on_job_started(self, job: Job) -> None:
        # Jobs run one after another: what a person asked for does not wait for a better plan.
        if self._job is not None and job is not self._job:
            self.stop()

    def _forget(self, number: int) -> None:
        if number == self._number:
            self._job = None

    def _on_seen(self, number: int, newest: deque[Proposal]) -> None:
        if number == self._number and self._job is not None and newest:
            self.found.emit(newest.pop())
