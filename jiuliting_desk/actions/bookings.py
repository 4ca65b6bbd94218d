"""Bookings: a visit planned, moved or changed, with what stands against it named first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from jiuliting_desk.actions.settings import number_setting, rules_off
from jiuliting_desk.actions.stand_ins import of_its_day
from jiuliting_desk.actions.visit_needs import book_needs, free_needs
from jiuliting_desk.model.barriers import Barrier, Question, barriers
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.clashes import Clash, ClashKind, day_clashes, time_clashes
from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import NotActive, ReasonWanted, WrongState
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Certificate, Provider, ProviderState, Refusal, runs_out_on
from jiuliting_desk.model.quota import Standing, standing
from jiuliting_desk.model.recurrence import Holiday
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries
from jiuliting_desk.store.loads import month_loads

MEASURED_BY_VISITS = frozenset({Barrier.FULL, Barrier.NO_COMMON_HALF_DAY})
"""Rules that a visit's own day answers better than a need's wish does."""


class VisitFields(TypedDict, total=False):
    """What may be changed of a planned visit."""

    services: tuple[ServiceLine, ...]
    provider_ids: tuple[int, ...]
    cadre_id: int | None
    day: date
    starts: int
    minutes: int
    awaits_answer: bool
    notes: str


def visit_about(store: Store, visit: Visit) -> str:
    """A visit in the words of history: 顾海宁 → 高莲英　理发　3月25日 14:00."""
    elder = store.find(Elder, visit.elder_id)
    providers = store.get_many(Provider, visit.provider_ids)
    categories = store.get_many(ServiceCategory, visit.category_ids)
    who = "、".join(providers[one].name for one in visit.provider_ids if one in providers)
    what = "、".join(categories[one].name for one in visit.category_ids if one in categories)
    when = f"{visit.day.month}月{visit.day.day}日 {time_text(visit.starts)}"
    return f"{who} → {elder.name if elder else ''}　{what}　{when}"


# -- before it is saved


def draft_visit(
    store: Store,
    *,
    elder_id: int,
    services: Sequence[ServiceLine],
    provider_ids: Sequence[int],
    day: date,
    starts: int,
    minutes: int | None = None,
    cadre_id: int | None = None,
) -> Visit:
    """A visit that is not saved: services that name no need take the elder's waiting one, lengths their usual.

    Raises NotThere, Missing and BadNumber.
    """
    elder = store.get(Elder, elder_id)
    categories = store.get_many(ServiceCategory, [line.category_id for line in services])
    waiting: dict[int, int] = {}
    for need in store.where(Need, elder_id=elder_id, state=[NeedState.OPEN, NeedState.CLAIMED], order="since"):
        if need.stands_in_for is not None:
            # Taken below by who goes on that day.
            continue
        waiting.setdefault(need.category_id, need.id)
    lines = []
    for line in services:
        usual = categories[line.category_id].minutes if line.category_id in categories else 0
        lines.append(
            replace(
                line,
                need_id=line.need_id or waiting.pop(line.category_id, 0),
                minutes=line.minutes or usual,
            )
        )
    return Visit(
        elder_id=elder_id,
        committee_id=elder.committee_id,
        compound_id=elder.compound_id,
        services=tuple(lines),
        provider_ids=tuple(provider_ids),
        cadre_id=cadre_id,
        day=day,
        starts=starts,
        minutes=sum(line.minutes for line in lines) if minutes is None else minutes,
    ).checked()


def clashes_of(store: Store, *, visit: Visit, today: date) -> tuple[Clash, ...]:
    """All that stands against a visit, saved or not; its own record is left out."""
    elder = store.get(Elder, visit.elder_id)
    providers = store.get_many(Provider, visit.provider_ids)
    categories = store.get_many(ServiceCategory, visit.category_ids)
    needs = store.get_many(Need, visit.need_ids)
    found = [*_rule_clashes(store, visit, elder, providers.values(), categories, needs)]
    found += [
        Clash(kind=ClashKind.CLAIMED_BY_OTHER, provider_id=need.claimed_by or 0, category_id=need.category_id)
        for need in needs.values()
        if need.state is NeedState.CLAIMED and need.claimed_by not in visit.provider_ids
    ]
    others = queries.busy(
        store,
        visit.day,
        visit.day,
        provider_ids=visit.provider_ids,
        elder_id=visit.elder_id,
        cadre_id=visit.cadre_id,
    )
    found += time_clashes(visit, others, gap=number_setting(store, "travel_minutes"))
    found += day_clashes(
        visit,
        providers=providers.values(),
        loads=month_loads(
            store,
            month=visit.day,
            provider_ids=visit.provider_ids,
            without_needs=visit.need_ids,
            without_visit=visit.id,
        ),
        wanted_half_days=wanted_half_days(needs.values()),
        holidays={holiday.day for holiday in store.where(Holiday, day=visit.day)},
        today=today,
    )
    standings = standings_of(store, elder=elder, categories=categories.values(), on=visit.day, without=visit.id)
    found += [
        Clash(kind=warning, category_id=category_id, limit=stand.limit or 0, used=stand.used + stand.planned)
        for category_id, stand in standings.items()
        for warning in stand.warnings
    ]
    return tuple(found)


def wanted_half_days(needs: Iterable[Need]) -> frozenset[int]:
    """Half-days that suit all the needs which name any; empty: any."""
    named = [set(need.half_days) for need in needs if need.half_days]
    return frozenset(set.intersection(*named)) if named else frozenset()


def standings_of(
    store: Store, *, elder: Elder, categories: Iterable[ServiceCategory], on: date, without: int = 0
) -> dict[int, Standing]:
    """What the elder may have of each category on a day, by category id; one visit is not counted."""
    counts = queries.counts_in_year(store, elder.id, on.year, without=without)
    found = {}
    for category in categories:
        used, planned = counts.get(category.id, (0, 0))
        found[category.id] = standing(elder=elder, category=category, on=on, used=used, planned=planned)
    return found


def _rule_clashes(
    store: Store,
    visit: Visit,
    elder: Elder,
    providers: Iterable[Provider],
    categories: dict[int, ServiceCategory],
    needs: dict[int, Need],
) -> Iterable[Clash]:
    elder_compound = store.find(Compound, elder.compound_id)
    untold = MEASURED_BY_VISITS | rules_off(store)
    for provider in providers:
        sides = [provider.id] if provider.enterprise_id is None else [provider.id, provider.enterprise_id]
        seen: set[Barrier] = set()
        for line in visit.services:
            question = Question(
                elder=elder,
                provider=provider,
                category=categories.get(line.category_id),
                need=needs.get(line.need_id),
                certificates=tuple(store.where(Certificate, provider_id=sides)),
                refusals=tuple(store.where(Refusal, elder_id=elder.id, provider_id=sides)),
                elder_compound=elder_compound,
                provider_compound=store.find(Compound, provider.compound_id),
                on=visit.day,
            )
            for barrier in barriers(question):
                if barrier not in seen and barrier not in untold:
                    seen.add(barrier)
                    kind = question.category.certificate_kind if question.category is not None else ""
                    wanted = [held for held in question.certificates if held.kind == kind]
                    yield Clash(
                        kind=barrier,
                        provider_id=provider.id,
                        category_id=line.category_id,
                        ends=runs_out_on(wanted, day=visit.day) if barrier is Barrier.CERTIFICATE_EXPIRED else None,
                    )


def _must_stand(found: Iterable[Clash], reason: str) -> str:
    """The reason to keep with the visit, "" where none is wanted. Raises ReasonWanted."""
    wanted = tuple(clash.kind.value for clash in found if clash.wants_reason)
    if wanted and not reason.strip():
        raise ReasonWanted(field="reason", rules=wanted)
    return reason.strip() if wanted else ""


# -- saved


def book_visit(
    store: Store,
    *,
    elder_id: int,
    services: Sequence[ServiceLine],
    provider_ids: Sequence[int],
    day: date,
    starts: int,
    today: date,
    minutes: int | None = None,
    cadre_id: int | None = None,
    reason: str = "",
    awaits_answer: bool = False,
    notes: str = "",
) -> Visit:
    """Plan a visit; the needs it meets are booked.

    Raises NotActive, WrongState for a need that is over, Missing, BadNumber; ReasonWanted where something stands
    against it and no reason is given (``clashes_of`` tells what).
    """
    store.get(Elder, elder_id).must_be_served()
    draft = draft_visit(
        store,
        elder_id=elder_id,
        services=services,
        provider_ids=provider_ids,
        day=day,
        starts=starts,
        minutes=minutes,
        cadre_id=cadre_id,
    )
    return save_booking(
        store,
        visit=replace(draft, awaits_answer=awaits_answer, notes=notes.strip()),
        reason=reason,
        today=today,
    )


def save_booking(store: Store, *, visit: Visit, reason: str, today: date) -> Visit:
    """Store a drafted visit as ``book_visit`` does."""
    for provider in store.get_many(Provider, visit.provider_ids).values():
        if provider.state is ProviderState.STOPPED:
            raise NotActive(name=provider.name, state=provider.state)
    visit = of_its_day(store, visit)
    kept = _must_stand(clashes_of(store, visit=visit, today=today), reason)
    saved = store.add(
        replace(
            visit,
            override_reason=kept,
            booked_on=today,
            booked_by=store.who,
            asked_on=today if visit.awaits_answer else None,
        )
    )
    book_needs(store, saved, since=today)
    _asked(store, saved.provider_ids, today)
    store.running.about = visit_about(store, saved)
    return saved


def _asked(store: Store, provider_ids: Iterable[int], today: date) -> None:
    for provider in store.get_many(Provider, provider_ids).values():
        store.update(replace(provider, asked_on=today))


def move_visit(
    store: Store, *, visit_id: int, day: date, starts: int, today: date, minutes: int | None = None, reason: str = ""
) -> Visit:
    """The visit at another time. Raises WrongState unless it is planned, ReasonWanted as ``book_visit`` does."""
    visit = store.get(Visit, visit_id)
    fields: VisitFields = {"day": day, "starts": starts, "minutes": visit.minutes if minutes is None else minutes}
    return change_visit(store, visit_id=visit_id, today=today, reason=reason, **fields)


def change_visit(store: Store, *, visit_id: int, today: date, reason: str = "", **fields: Unpack[VisitFields]) -> Visit:
    """A planned visit with other people, services, time or notes. Raises as ``book_visit`` does, and WrongState."""
    before = store.get(Visit, visit_id)
    visit = changed_visit(before, **fields)
    if _is_other_plan(before, visit):
        kept = _must_stand(clashes_of(store, visit=visit, today=today), reason)
        visit = replace(visit, override_reason=kept)
    saved = store.update(visit)
    gone = tuple(need_id for need_id in before.need_ids if need_id not in visit.need_ids)
    free_needs(store, gone, since=today, without=visit.id)
    if before.need_ids != visit.need_ids or before.provider_ids != visit.provider_ids:
        book_needs(store, saved, since=today)
        _asked(store, set(visit.provider_ids) - set(before.provider_ids), today)
    store.running.about = visit_about(store, saved)
    return saved


def changed_visit(visit: Visit, **fields: Unpack[VisitFields]) -> Visit:
    """A planned visit with other fields, not saved. Raises WrongState, Missing and BadNumber."""
    if visit.state is not VisitState.PLANNED:
        raise WrongState(kind="visit", state=visit.state, wanted=VisitState.PLANNED)
    fresh = replace(visit, **fields).checked()
    if (fresh.day, fresh.starts) != (visit.day, visit.starts):
        fresh = replace(fresh, reminded_at=None)
    return fresh


def _is_other_plan(before: Visit, after: Visit) -> bool:
    return any(
        getattr(before, name) != getattr(after, name)
        for name in ("day", "starts", "minutes", "provider_ids", "cadre_id", "services")
    )
