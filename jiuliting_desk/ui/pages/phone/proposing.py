"""What the desk proposes by itself: the need that waits, the first time that suits; and what is left of a plan."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.actions.callers import Caller, Candidate, caller, claimed_from, who_could_go
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import monday_of
from jiuliting_desk.model.erasing import ERASED_NAME
from jiuliting_desk.model.errors import NotThere
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.ui.pages.phone.booking import Booking
from jiuliting_desk.ui.pages.phone.plan import Plan


def for_caller(plan: Plan, found: Caller, categories: Mapping[int, ServiceCategory]) -> tuple[Plan, int]:
    """The cadre who led in last, or the only one; and the category of the most pressing need, 0 where none waits."""
    waiting = [need for need in found.needs if need.is_waiting and need.category_id in categories]
    led_in = found.last.visit.cadre_id if found.last is not None else None
    known = [cadre.id for cadre in found.cadres if cadre.id == led_in or len(found.cadres) == 1]
    if known:
        plan = replace(plan, cadre_id=known[0])
    return plan, waiting[0].category_id if waiting else 0


def with_category(
    plan: Plan, found: Caller | None, categories: Mapping[int, ServiceCategory], category_id: int, *, need_id: int = 0
) -> Plan:
    """The service, for the need that waits for it (the one named, where it is among several), with its usual length."""
    needs = found.needs if found is not None else ()
    waiting = [one for one in needs if one.is_waiting and one.category_id == category_id]
    need = next((one for one in waiting if one.id == need_id), waiting[0] if waiting else None)
    minutes = categories[category_id].minutes
    return plan.with_category(category_id, need_id=need.id if need else 0, minutes=minutes)


def with_provider(plan: Plan, booking: Booking, provider_id: int, *, store: Store, today: date) -> Plan:
    """Somebody goes, at the best time of this week or the next for the moment.

    Who has claimed the need for a month that is still to come goes then, not before; who goes in place of another, when
    that one was to go.
    """
    plan = plan.with_provider(provider_id)
    need = store.find(Need, plan.need_id or None)
    instead = store.find(Visit, need.stands_in_for) if need is not None else None
    if instead is not None and instead.day >= today:
        return replace(plan, day=instead.day, starts=instead.starts)
    is_theirs = need is not None and need.claimed_by == provider_id
    since = claimed_from(store, need_id=plan.need_id, today=today) if is_theirs else today
    this = monday_of(since)
    for monday in (this, this + timedelta(weeks=1)):
        slots = [slot for slot in booking.week(plan, monday).week.slots if slot.day >= since]
        if slots:
            return replace(plan, day=slots[0].day, starts=slots[0].starts)
    return plan


def in_time(plan: Plan, booking: Booking, *, store: Store, today: date) -> Plan:
    """A plan that was left: where its day has gone by meanwhile, the best time that there is now."""
    if plan.day is None or plan.day >= today:
        return plan
    return with_provider(plan, booking, plan.provider_id, store=store, today=today)


def as_it_stands(
    plan: Plan, store: Store, categories: Mapping[int, ServiceCategory], *, today: date
) -> tuple[Plan, Caller | None]:
    """The plan without a service, a provider or a need that is gone meanwhile; and its elder, who may be gone too."""
    if not plan.elder_id:
        return plan, None
    try:
        found = caller(store, elder_id=plan.elder_id, today=today)
    except NotThere:
        return Plan(), None
    if found.elder.name == ERASED_NAME:
        return Plan(), None
    if plan.category_id not in categories:
        plan = replace(plan.with_category(0, need_id=0, minutes=0), is_asked=False)
    elif store.find(Provider, plan.provider_id or None) is None:
        plan = plan.with_provider(0)
    if plan.need_id and all(need.id != plan.need_id or not need.is_waiting for need in found.needs):
        plan = replace(plan, need_id=0)
    return plan, found


def people(plan: Plan, store: Store, *, today: date) -> list[Candidate]:
    """Who could go for the plan's service, on its day as far as that is chosen."""
    return who_could_go(
        store,
        elder_id=plan.elder_id,
        category_id=plan.category_id,
        need_id=plan.need_id or None,
        today=today,
        day=plan.day,
    )
