"""What the page takes with it when it is made anew in another look: whoever works on it stands where they did."""

from dataclasses import dataclass

from jiuliting_desk.ui.pages.matching.by_hand import Steps
from jiuliting_desk.ui.pages.matching.current_plan import CurrentPlan
from jiuliting_desk.ui.pages.matching.memory import PlanMemory
from jiuliting_desk.ui.pages.matching.words import Outcome


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Carried:
    """The plan as it stands, the steps that can be taken back, and what is looked at."""

    memory: PlanMemory
    steps: Steps
    plan: CurrentPlan
    need_id: int
    """0: none waits."""
    outcome: Outcome | None
    """Of which only the needs are listed."""
    order: str
    committee_id: int | None
    part: str
    """Of the right side."""
