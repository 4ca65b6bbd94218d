"""What one must know while somebody is on the telephone: who it is, who could go, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jiuliting_desk.actions.bookings import standings_of, wanted_half_days
from jiuliting_desk.actions.pairings import RULE_IS_OFF
from jiuliting_desk.actions.planned_months import day_to_expect, last_to_book
from jiuliting_desk.actions.settings import number_setting, rules_off
from jiuliting_desk.model.barriers import Barrier, Load, Question, barriers
from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.cards import ServiceCard
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.months import month_name
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee, metres_between
from jiuliting_desk.model.providers import Certificate, Provider, ProviderState, Refusal, runs_out_on
from jiuliting_desk.model.quota import Standing
from jiuliting_desk.model.recurrence import Holiday
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.model.week import Asked, Slot, Week, lay_out
from jiuliting_desk.store import Store
from jiuliting_desk.store import calls as call_queries
from jiuliting_desk.store import providers as provider_queries
from jiuliting_desk.store import visits as queries
from jiuliting_desk.store.loads import month_loads
from jiuliting_desk.store.visit_lines import VisitLine, lines

WEEKS_AHEAD = 12
"""How far a first free time is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """An elder as the phone desk sees them."""

    elder: Elder
    compound: str
    committee: str
    card_number: str
    """Of the valid card, "" for none."""
    needs: tuple[Need, ...]
    """Those that wait or are booked, the most pressing first."""
    waiting_days: int
    """After so many days a need has waited long."""
    coming: tuple[VisitLine, ...]
    last: VisitLine | None
    last_feedback: Feedback | None
    calls: tuple[Call, ...]
    standings: dict[int, Standing]
    """What may still be had this year, by category."""
    bonds: tuple[Pairing, ...]
    cadres: tuple[Cadre, ...]
    follow_ups: tuple[FollowUp, ...]
    """Those that are open."""


def caller(store: Store, *, elder_id: int, today: date) -> Caller:
    """All that the desk shows of whoever rings. Raises NotThere."""
    elder = store.get(Elder, elder_id)
    compound, committee = store.find(Compound, elder.compound_id), store.find(ResidentsCommittee, elder.committee_id)
    cards = [card for card in store.where(ServiceCard, elder_id=elder_id) if card.is_valid]
    last = queries.last_done(store, elder_id)
    feedback = store.where(Feedback, visit_id=last.id) if last else []
    waiting = [NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED]
    needs = store.where(Need, elder_id=elder_id, state=waiting)
    categories = [category for category in store.all(ServiceCategory) if category.active]
    return Caller(
        elder=elder,
        compound=compound.name if compound else "",
        committee=committee.name if committee else "",
        card_number=cards[-1].number if cards else "",
        needs=tuple(sorted(needs, key=lambda need: need.pressing(on=today))),
        waiting_days=number_setting(store, "waiting_days"),
        coming=tuple(lines(store, queries.next_of_elder(store, elder_id, today=today))),
        last=lines(store, [last])[0] if last else None,
        last_feedback=feedback[0] if feedback else None,
        calls=tuple(call_queries.of_elder(store, elder_id)),
        standings=standings_of(store, elder=elder, categories=categories, on=today),
        bonds=tuple(store.where(Pairing, elder_id=elder_id, ended_on=None)),
        cadres=tuple(cadre for cadre in _cadres(store, elder.committee_id) if cadre.active),
        follow_ups=tuple(store.where(FollowUp, elder_id=elder_id, closed_on=None)),
    )


def _cadres(store: Store, committee_id: int | None) -> Iterable[Cadre]:
    return [] if committee_id is None else store.where(Cadre, committee_id=committee_id)


# -- who could go


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who could go, or could not, and why."""

    provider: Provider
    barriers: tuple[Barrier, ...]
    is_paired: bool
    has_claimed: bool
    """Whether the need is theirs: whoever rings is told of them first, and for another one a reason is wanted."""
    times: int
    """How often they have been with this elder."""
    same_compound: bool
    same_committee: bool
    metres: int | None
    load: Load
    month_name: str
    """How the month of the load is called: that of the visit."""
    certificate_ends: date | None = None
    """The last valid day of the certificate that the service wants, where it comes before the last of the visit's."""


def claimed_from(store: Store, *, need_id: int | None, today: date) -> date:
    """From which day on somebody goes to the need: the month for which it is claimed may be one to come.

    Who goes in place of another goes on that day. Today where nothing is said.
    """
    if not need_id:
        return today
    need = store.find(Need, need_id)
    instead = None if need is None else store.find(Visit, need.stands_in_for)
    if instead is not None:
        return max(today, instead.day)
    held = store.where(Claim, need_id=need_id, state=ClaimState.HELD)
    return max([today, *(claim.begins_on for claim in held if claim.begins_on is not None)])


def who_could_go(
    store: Store,
    *,
    elder_id: int,
    category_id: int,
    today: date,
    need_id: int | None = None,
    day: date | None = None,
) -> list[Candidate]:
    """Who offers the service, is paired for it or has claimed the need.

    Who has claimed it comes first, then the suitable, the best of them at the top.

    They are looked at for a visit on ``day``: its month, and certificates that hold then. Without one it is for a
    visit as soon as may be, late in a month in the next, and in the month for which the need is claimed.
    """
    last = day
    day = day or max(day_to_expect(store, today=today), claimed_from(store, need_id=need_id, today=today))
    last = last or last_to_book(store, month=day, today=today)
    elder, category = store.get(Elder, elder_id), store.get(ServiceCategory, category_id)
    need = store.find(Need, need_id)
    bonds = store.where(Pairing, elder_id=elder_id, ended_on=None)
    paired = {bond.provider_id for bond in bonds if bond.category_id in {None, category_id}}
    claimed_by = need.claimed_by if need is not None and need.state is NeedState.CLAIMED else None
    known = paired if claimed_by is None else paired | {claimed_by}
    times = queries.times_served(store, elder_id)
    refusals = store.where(Refusal, elder_id=elder_id)
    compounds = {compound.id: compound for compound in store.all(Compound)}
    certificates: dict[int, list[Certificate]] = {}
    if category.certificate_kind:
        for certificate in store.where(Certificate, kind=category.certificate_kind):
            certificates.setdefault(certificate.provider_id, []).append(certificate)
    found, off = [], rules_off(store)
    for provider in provider_queries.offering(store, category_id, also=known):
        if provider.state is ProviderState.STOPPED:
            continue
        sides = {provider.id, provider.enterprise_id}
        question = Question(
            elder=elder,
            provider=provider,
            category=category,
            need=need,
            certificates=tuple(one for side in sides if side for one in certificates.get(side, ())),
            refusals=tuple(refusal for refusal in refusals if refusal.provider_id in sides),
            elder_compound=compounds.get(elder.compound_id or 0),
            provider_compound=compounds.get(provider.compound_id or 0),
            on=day,
        )
        metres = metres_between(question.provider_compound, question.elder_compound)
        found.append(
            Candidate(
                provider=provider,
                barriers=tuple(rule for rule in barriers(question) if rule not in off),
                is_paired=provider.id in paired,
                has_claimed=provider.id == claimed_by,
                times=times.get(provider.id, 0),
                same_compound=elder.compound_id is not None and elder.compound_id == provider.compound_id,
                same_committee=elder.committee_id is not None and elder.committee_id == provider.committee_id,
                metres=None if metres is None else round(metres),
                load=Load(),
                month_name=month_name(day, today=today),
                certificate_ends=runs_out_on(question.certificates, day=last),
            )
        )
    return _ranked(store, found, [] if need is None else [need.id], day, minutes=category.minutes)


SHORT_LIST = 40
"""Candidates whose month is looked at; the rest follow them in order."""


def _ranked(store: Store, found: list[Candidate], needs: Sequence[int], day: date, *, minutes: int) -> list[Candidate]:
    """By rank, those full who have no visit or not so many ``minutes`` left in the month."""
    found.sort(key=_rank)
    first = found[:SHORT_LIST]
    loads = month_loads(store, month=day, provider_ids=[one.provider.id for one in first], without_needs=needs)
    looked_at = []
    for one in first:
        load = loads.get(one.provider.id, Load())
        most, most_minutes = one.provider.visits_per_month, one.provider.minutes_per_month
        is_full = (most is not None and load.visits >= most) or (
            most_minutes is not None and load.minutes + minutes > most_minutes
        )
        blocked = (*one.barriers, Barrier.FULL) if is_full and Barrier.FULL not in one.barriers else one.barriers
        looked_at.append(replace(one, barriers=blocked, load=load))
    return sorted([*looked_at, *found[SHORT_LIST:]], key=_rank)


def _rank(one: Candidate) -> tuple[int, ...]:
    return (
        -one.has_claimed,
        len(one.barriers),
        -one.is_paired,
        -min(one.times, 9),
        -one.same_compound,
        -one.same_committee,
        one.metres if one.metres is not None else 3000,
        one.load.visits,
        one.provider.id,
    )


# -- when


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """A week with the visits in it, by id."""

    week: Week
    visits: dict[int, VisitLine]


def week_for(
    store: Store,
    *,
    elder_id: int,
    provider_ids: Sequence[int],
    minutes: int,
    monday: date,
    today: date,
    cadre_id: int | None = None,
    need_ids: Sequence[int] = (),
    now: int | None = None,
) -> WeekView:
    """The week's free, booked and unsuitable times for a visit, with up to three suggestions.

    ``now`` is the minute of today before which nothing is offered; None: the clock's.
    """
    week, ids = _week(store, elder_id, provider_ids, minutes, monday, today, cadre_id, need_ids, now)
    shown = lines(store, list(store.get_many(Visit, ids).values()))
    return WeekView(week=week, visits={line.visit.id: line for line in shown})


def first_slot(
    store: Store,
    *,
    elder_id: int,
    provider_ids: Sequence[int],
    minutes: int,
    monday: date,
    today: date,
    cadre_id: int | None = None,
    need_ids: Sequence[int] = (),
) -> Slot | None:
    """The best suggestion on the first free day of the weeks after ``monday``, for when that week has none."""
    for ahead in range(1, WEEKS_AHEAD + 1):
        later = monday + timedelta(weeks=ahead)
        week, _ = _week(store, elder_id, provider_ids, minutes, later, today, cadre_id, need_ids, None)
        if week.slots:
            return min(week.slots, key=lambda slot: slot.day)
    return None


def _week(
    store: Store,
    elder_id: int,
    provider_ids: Sequence[int],
    minutes: int,
    monday: date,
    today: date,
    cadre_id: int | None,
    need_ids: Sequence[int],
    now: int | None,
) -> tuple[Week, set[int]]:
    sunday = monday + timedelta(days=6)
    providers = list(store.get_many(Provider, provider_ids).values())
    busy = queries.busy(store, monday, sunday, provider_ids=provider_ids, elder_id=elder_id, cadre_id=cadre_id)
    usual = None
    if provider_ids:
        last = queries.last_done(store, elder_id, provider_id=provider_ids[0])
        usual = (last.day.weekday(), last.starts) if last else None
    halves = [set(provider.half_days) for provider in providers if provider.half_days]
    common = frozenset(set.intersection(*halves)) if halves else frozenset()
    clock = store.now()
    asked = Asked(
        minutes=minutes,
        opens=number_setting(store, "visits_from_hour") * 60,
        closes=number_setting(store, "visits_until_hour") * 60,
        gap=number_setting(store, "travel_minutes"),
        provider_half_days=common or (frozenset({-1}) if halves else ()),
        wanted_half_days=wanted_half_days(store.get_many(Need, need_ids).values()),
        usual=usual,
        today=today,
        now=clock.hour * 60 + clock.minute if now is None else now,
    )
    days = [monday + timedelta(days=offset) for offset in range(7)]
    week = lay_out(
        monday,
        asked,
        provider_visits=[visit for visit in busy if set(visit.provider_ids) & set(provider_ids)],
        elder_visits=[visit for visit in busy if visit.elder_id == elder_id],
        cadre_visits=[visit for visit in busy if cadre_id is not None and visit.cadre_id == cadre_id],
        holidays={holiday.day for holiday in store.where(Holiday, day=days)},
        full_months=_full_months(store, providers, need_ids, days),
    )
    return week, {visit.id for visit in busy}


def _full_months(
    store: Store, providers: Iterable[Provider], need_ids: Sequence[int], days: Sequence[date]
) -> set[tuple[int, int]]:
    full = set()
    limited = {
        provider.id: provider.visits_per_month for provider in providers if provider.visits_per_month is not None
    }
    for month in {day.replace(day=1) for day in days}:
        loads = month_loads(store, month=month, provider_ids=limited, without_needs=need_ids)
        if any(loads.get(provider_id, Load()).visits >= most for provider_id, most in limited.items()):
            full.add((month.year, month.month))
    return full


def reason_known(store: Store, *, elder_id: int, need_id: int, provider_id: int) -> str:
    """Why somebody goes though a rule says no, as written when they took the need or were paired; "" for none.

    That a rule was switched off then is no reason once it holds again.
    """
    claims = store.where(Claim, need_id=need_id, provider_id=provider_id, state=ClaimState.HELD)
    bonds = store.where(Pairing, elder_id=elder_id, provider_id=provider_id, ended_on=None)
    told = (*(claim.reason for claim in claims), *(bond.override_reason for bond in bonds))
    return next((reason for reason in told if reason not in {"", RULE_IS_OFF}), "")
