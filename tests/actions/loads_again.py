"""What each provider's months hold, counted again from the records in plain loops."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import add_months, half_day_of
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Holiday, Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.matching_rows import MonthOfProvider, months_of_providers
from tests.actions.cures import Office, Tally

COUNTED = {VisitState.PLANNED, VisitState.UNDER_WAY, VisitState.DONE}
MONTHS = 15


def try_loads(office: Office, tally: Tally) -> None:
    """Visits, minutes and half-days of everybody, month by month."""
    for ahead in range(MONTHS):
        month = add_months(office.today.replace(day=1), ahead)
        told, counted = months_of_providers(office.store, month=month), _Month(office.store, month)
        for provider in office.store.all(Provider):
            found = told.get(provider.id, MonthOfProvider())
            mine = (*counted.loads[provider.id], counted.half_days[provider.id], counted.undated[provider.id])
            theirs = (found.visits, found.minutes, Counter(dict(enumerate(found.half_days))), found.undated)
            tally.count("month", f"{month} of {provider.id}: {theirs} and {mine}", kept=theirs == mine)


class _Month:
    """One month of everybody."""

    def __init__(self, store: Store, month: date) -> None:
        self.store, self.first, self.next = store, month, add_months(month, 1)
        self.loads: defaultdict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
        self.half_days: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self.undated: defaultdict[int, list[tuple[tuple[int, ...], int]]] = defaultdict(list)
        visits = [visit for visit in store.all(Visit) if self.first <= visit.day < self.next]
        claims = store.where(Claim, state=ClaimState.HELD)
        minutes = {category.id: category.minutes for category in store.all(ServiceCategory)}
        standing = {need.id: need for need in store.all(Need) if self._takes_time(need, claims, visits)}
        for need in standing.values():
            self._add(need.claimed_by, need.visits_per_month, need.visits_per_month * minutes[need.category_id])
            dated = sum(need.id in visit.need_ids for visit in visits if visit.state in COUNTED)
            is_regular = any(need.id in series.need_ids for series in store.where(Series, ended_on=None))
            if dated < need.visits_per_month and not is_regular:
                self.undated[need.claimed_by or 0].append((need.half_days, need.visits_per_month - dated))
        for visit in visits:
            long = visit.on_site_minutes if visit.state is VisitState.DONE else visit.minutes
            for provider_id in visit.present_ids if visit.state in COUNTED else ():
                if visit.is_open:
                    self.half_days[provider_id][half_day_of(visit.day, visit.starts)] += 1
                if not any(n in standing and standing[n].claimed_by == provider_id for n in visit.need_ids):
                    self._add(provider_id, 1, long)
        self._add_series(store)

    def _takes_time(self, need: Need, claims: list[Claim], visits: list[Visit]) -> bool:
        if need.state is NeedState.BOOKED:
            planned = any(
                visit.is_open and need.id in visit.need_ids and need.claimed_by in visit.provider_ids
                for visit in visits
            )
            return need.rhythm is not Rhythm.ONCE or planned
        day = None if need.stands_in_for is None else self.store.get(Visit, need.stands_in_for).day
        if day is not None and not self.first <= day < self.next:
            return False
        held = [claim for claim in claims if claim.need_id == need.id]
        return need.state is NeedState.CLAIMED and all(
            (claim.begins_on or self.first) < self.next
            and (need.rhythm is not Rhythm.ONCE or claim.expires_on >= self.first)
            for claim in held
        )

    def _add_series(self, store: Store) -> None:
        holidays = {holiday.day for holiday in store.all(Holiday)}
        needs = {need.id: need for need in store.all(Need)}
        served = {elder.id for elder in store.where(Elder, state=ElderState.ACTIVE)}
        for series in store.where(Series, ended_on=None):
            begins = self.first if series.planned_until is None else series.planned_until + timedelta(days=1)
            ahead = [
                day
                for day in series.days(last=self.next - timedelta(days=1), holidays=holidays)
                if day >= max(begins, self.first) and series.elder_id in served
            ]
            for provider_id in series.provider_ids:
                waiting = [needs[need_id] for need_id in series.need_ids if needs[need_id].claimed_by == provider_id]
                is_counted = any(need.state in {NeedState.CLAIMED, NeedState.BOOKED} for need in waiting)
                for day in ahead:
                    self.half_days[provider_id][half_day_of(day, series.starts)] += 1
                    if not is_counted:
                        self._add(provider_id, 1, series.minutes)

    def _add(self, provider_id: int | None, visits: int, minutes: int) -> None:
        held = self.loads[provider_id or 0]
        self.loads[provider_id or 0] = held[0] + visits, held[1] + minutes
