"""What follows an elder who moves house: planned visits and series, with who leads there."""

from dataclasses import dataclass, replace
from datetime import date

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Visits from today on and running series as they become; visits that are over or of days gone by stay."""

    visits: tuple[Visit, ...]
    series: tuple[Series, ...]
    cadre: Cadre | None
    """The only cadre in use of the new committee: leads where one of the former committee led."""
    cadre_changes: bool
    """Whether somebody else leads now, or nobody yet."""


def following(store: Store, *, before: Elder, after: Elder, today: date) -> Following | None:
    """What follows an elder from one place to another, nothing written; None where they stay or nothing follows."""
    if (before.committee_id, before.compound_id) == (after.committee_id, after.compound_id):
        return None
    moves = before.committee_id != after.committee_id
    cadres = store.where(Cadre, committee_id=after.committee_id, active=True) if moves else []
    cadre = cadres[0] if len(cadres) == 1 else None
    planned = [
        visit for visit in store.where(Visit, elder_id=before.id, state=VisitState.PLANNED) if visit.day >= today
    ]
    running = [
        series
        for series in store.where(Series, elder_id=before.id, ended_on=None)
        if moves and series.cadre_id is not None
    ]
    led_regularly = [each.cadre_id for each in running]
    if not planned and not running:
        return None

    def leading(cadre_id: int | None) -> int | None:
        if not moves or cadre_id is None:
            return cadre_id
        return cadre.id if cadre else None

    return Following(
        visits=tuple(
            replace(
                visit,
                committee_id=after.committee_id,
                compound_id=after.compound_id,
                cadre_id=leading(visit.cadre_id),
            )
            for visit in planned
        ),
        series=tuple(replace(series, cadre_id=leading(series.cadre_id)) for series in running),
        cadre=cadre,
        cadre_changes=any(leading(led) != led for led in [each.cadre_id for each in planned] + led_regularly),
    )
