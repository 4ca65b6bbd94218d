"""Who could meet one need, read from the file."""

from datetime import date

from jiuliting_desk.actions.matching import rank_need, read_inputs
from jiuliting_desk.matching.candidates import Ranking
from jiuliting_desk.store import Store


def candidates_for(store: Store, *, need_id: int, today: date) -> Ranking:
    """Candidates, best first, and the excluded. Raises NotThere where the need is not one that waits."""
    return rank_need(read_inputs(store, today=today), need_id)
