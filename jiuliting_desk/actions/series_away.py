"""Days of a series that come within the weeks planned ahead while its helper is still away: somebody is sought."""

from dataclasses import dataclass, replace
from datetime import date

from jiuliting_desk.actions.series import horizon, series_visit
from jiuliting_desk.actions.stand_ins import Uncovered, ask_for_stand_ins
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Holiday, Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayDay:
    """A day of a series on which its one helper is away, and that was not planned yet."""

    helper: Provider
    visit: Visit
    """As a draft."""


def away_days(store: Store, *, today: date) -> list[AwayDay]:
    """Those days, where somebody was sought already for days of the same pause and the need stays with the helper."""
    found = []
    holidays = {holiday.day for holiday in store.all(Holiday)}
    for series in store.where(Series, ended_on=None):
        helper = store.find(Provider, series.provider_ids[0]) if len(series.provider_ids) == 1 else None
        if helper is None or not helper.is_away(today) or not _was_sought(store, series, helper):
            continue
        elder = store.get(Elder, series.elder_id)
        needs = store.get_many(Need, series.need_ids).values()
        stays = [
            need
            for need in needs
            if need.rhythm is not Rhythm.ONCE and need.state is NeedState.BOOKED and need.claimed_by == helper.id
        ]
        if not elder.is_served or not stays:
            continue
        known = queries.days_of_series(store, series.id)
        found += [
            AwayDay(helper=helper, visit=series_visit(store, series, day))
            for day in series.days(last=horizon(store, today), holidays=holidays)
            if day >= today and day not in known and helper.is_away(day)
        ]
    return found


def _was_sought(store: Store, series: Series, helper: Provider) -> bool:
    gone = store.where(Visit, series_id=series.id, state=VisitState.CANCELLED)
    ids = [visit.id for visit in gone if helper.state_on is None or visit.day >= helper.state_on]
    return store.count(Need, stands_in_for=ids) > 0


def seek_for_away(store: Store, *, today: date) -> list[Need]:
    """Seek somebody for each of ``away_days``, in one step that the program takes by itself.

    The visit is written down as cancelled, as those are that were planned when the pause began.
    """
    asked = []
    for one in away_days(store, today=today):
        reason = one.helper.state_reason or "暂停"
        visit = store.add(
            replace(
                one.visit,
                state=VisitState.CANCELLED,
                reason=reason,
                ended_on=today,
                booked_on=today,
                booked_by=store.who,
            )
        )
        needs = store.get_many(Need, visit.need_ids)
        left = [Uncovered(need=needs[line.need_id], visit=visit, line=line) for line in visit.services if line.need_id]
        asked += ask_for_stand_ins(store, left, provider=one.helper, since=today)
    store.running.about = f"{len(asked)} 次"
    return asked
