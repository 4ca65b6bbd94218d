"""Who could meet a need and why, and one plan for all open needs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from jiuliting_desk.actions.matching_settings import rules_of, rules_with, weights_of, weights_with
from jiuliting_desk.actions.planned_months import last_to_book, planned_month
from jiuliting_desk.matching.arcs import lay_out
from jiuliting_desk.matching.candidates import Ranking, rank
from jiuliting_desk.matching.plan import Effort, Plan, plan
from jiuliting_desk.matching.pool import Pool, pack
from jiuliting_desk.matching.rows import (
    BondRow,
    CategoryRow,
    CertificateRow,
    FixedRow,
    NeedRow,
    Place,
    ProviderRow,
    RefusalRow,
    ServedRow,
    Situation,
    unit_for,
)
from jiuliting_desk.model.barriers import Load, speaks_dialect
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import add_months
from jiuliting_desk.model.elders import Sex
from jiuliting_desk.model.errors import NotThere
from jiuliting_desk.model.months import first_chance, month_name
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState, Refusal
from jiuliting_desk.store import Store
from jiuliting_desk.store import matching_rows as queries
from jiuliting_desk.store.asking import last_asked
from jiuliting_desk.store.loads import month_loads
from jiuliting_desk.store.matching_rows import ALL, MonthOfProvider, Scope, WaitingNeed
from jiuliting_desk.store.passing import Passing, passing_needs


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Inputs:
    """All that the matching looks at, read once; asked for many needs, and safe to hand to another thread."""

    month: date
    """The first day of the month that is planned."""
    days: tuple[date, date]
    """The first and the last on which needs for one day are looked at."""
    situation: Situation
    pool: Pool
    needs: Mapping[int, WaitingNeed]
    """Open needs by id, the longest waiting first."""
    rows: Mapping[int, NeedRow]
    """The same as the engine takes them."""
    categories: Mapping[int, ServiceCategory]
    providers: Mapping[int, Provider]
    """Those who have not stopped."""
    compounds: Mapping[int, str]
    held: Mapping[int, int]
    """How many needs of each provider nobody would go to without them."""
    single_days: Mapping[int, Sequence[int]]
    """Of those the needs for single days on which somebody else is sought, by provider."""
    passing: Mapping[int, Sequence[Passing]]
    """By provider the others', to whom these would pass."""
    later: Mapping[int, Load]
    """What the month after holds of those who have promised to begin with needs that come back only then."""

    def place_of(self, provider_id: int) -> str:
        """The compound where a provider lives, "" where it is not known."""
        provider = self.providers.get(provider_id)
        return "" if provider is None else self.compounds.get(provider.compound_id or 0, "")

    def metres(self, need_id: int, provider_id: int) -> int | None:
        """Metres from a provider to a need as the crow flies, None where a place is not known."""
        found = int(self.pool.metres_to(self.rows[need_id].place)[self.pool.position[provider_id]])
        return None if found < 0 else found

    def over_later(self, needs: Iterable[WaitingNeed], provider_id: int) -> Load | None:
        """What a provider has promised for the month after, where with these they would have too much then.

        Needs that come back go on then; None where all is well. The plan itself looks at its own month alone.
        """
        load, provider = self.later.get(provider_id), self.providers.get(provider_id)
        lasting = [need for need in needs if need.repeats]
        if load is None or provider is None or not lasting:
            return None
        visits = load.visits + sum(need.visits for need in lasting)
        minutes = load.minutes + sum(need.visits * self.categories[need.category_id].minutes for need in lasting)
        most_visits, most_minutes = provider.visits_per_month, provider.minutes_per_month
        is_over = (most_visits is not None and visits > most_visits) or (
            most_minutes is not None and minutes > most_minutes
        )
        return load if is_over else None

    def is_paired(self, need: WaitingNeed, provider_id: int) -> bool:
        """Whether the two have a lasting bond that covers the need's service."""
        place = self.pool.position[provider_id]
        bonds = self.pool.bonds.get(need.elder_id, ())
        return any(position == place and category in {None, need.category_id} for position, category in bonds)

    def paired_otherwise(self, need: WaitingNeed, provider_id: int) -> int | None:
        """Who has a lasting bond for just the need's service where that is somebody else, None for nobody."""
        bonds = [
            self.pool.rows[position].id
            for position, category in self.pool.bonds.get(need.elder_id, ())
            if category == need.category_id
        ]
        return bonds[0] if bonds and provider_id not in bonds else None


# -- reading

MOST_PAIRS = 20_000_000
"""Needs times providers of which a shell makes one plan: a minute and some hundreds of MiB."""
LEAST_AT_ONCE = 200


def most_at_once(store: Store, *, pairs: int = MOST_PAIRS) -> int:
    """How many needs, in hundreds, are weighed at once against whoever is in the file."""
    return max(LEAST_AT_ONCE, pairs // max(1, store.count(Provider)) // 100 * 100)


def read_inputs(store: Store, *, today: date, month: date | None = None, scope: Scope = ALL) -> Inputs:
    """What stands in the file now, for visits in the month of ``month``: by default the one to be planned.

    Of a month to come that is also what is due by its first day. Where somebody is to go in place of another on a day,
    that must lie in the month; what is left of this month counts to the next once that is the one to be planned.
    """
    usual = planned_month(store, today=today)
    month = (month or usual).replace(day=1)
    begins, last = first_chance(month, today=today), last_to_book(store, month=month, today=today)
    since = today if month == usual else begins
    waiting = [
        need
        for need in queries.waiting_needs(store, today=begins, scope=scope)
        if need.only_on is None or since <= need.only_on <= last
    ]
    categories = {category.id: category for category in store.all(ServiceCategory, order="position")}
    compounds = {compound.id: compound for compound in store.all(Compound)}
    providers = [found for found in store.all(Provider) if found.state is not ProviderState.STOPPED]
    certificates: dict[int, list[CertificateRow]] = {}
    for found in store.all(Certificate):
        row = CertificateRow(
            kind=found.kind, begins=found.issued_on, expires=found.expires_on, holder=found.provider_id
        )
        certificates.setdefault(found.provider_id, []).append(row)
    months = queries.months_of_providers(store, month=month)
    asked = last_asked(store, today=today)
    lasting = store.where(Pairing, ended_on=None)
    known = [need for need in waiting if need.category_id in categories]
    unit = unit_for(categories[need.category_id].minutes for need in known)
    situation = Situation(
        today=today,
        month_name=month_name(month, today=today),
        needs=tuple(need_row(need, categories=categories, compounds=compounds, day=last, unit=unit) for need in known),
        providers=tuple(
            _provider_row(
                provider,
                held=(*certificates.get(provider.id, ()), *certificates.get(provider.enterprise_id or 0, ())),
                month=months.get(provider.id, MonthOfProvider()),
                asked=asked.get(provider.id),
                compounds=compounds,
                begins=begins,
            )
            for provider in providers
        ),
        categories=tuple(
            CategoryRow(id=category.id, name=category.name, certificate_kind=category.certificate_kind)
            for category in categories.values()
        ),
        refusals=tuple(_refusals(store.all(Refusal), providers)),
        bonds=tuple(
            BondRow(elder=bond.elder_id, provider=bond.provider_id, category=bond.category_id, pinned=bond.pinned)
            for bond in lasting
        ),
        served=tuple(
            ServedRow(elder=elder, provider=provider, times=times)
            for elder, provider, times in queries.times_served(store, [need.elder_id for need in waiting])
        ),
        weights=weights_of(store),
        rules=rules_of(store),
        unit=unit,
    )
    return Inputs(
        month=month,
        days=(since, last),
        situation=situation,
        pool=pack(situation),
        needs={need.id: need for need in waiting},
        rows={row.id: row for row in situation.needs},
        categories=categories,
        providers={provider.id: provider for provider in providers},
        compounds={compound.id: compound.name for compound in compounds.values()},
        held=queries.held_needs(store),
        single_days=queries.single_days(store),
        passing=passing_needs(store, month=month),
        later=_later(store, month=month),
    )


def _later(store: Store, *, month: date) -> dict[int, Load]:
    after = add_months(month, 1)
    beginning = queries.beginning_later(store, first=after)
    return month_loads(store, month=after, provider_ids=beginning, ahead=True) if beginning else {}


def need_row(
    need: WaitingNeed,
    *,
    categories: Mapping[int, ServiceCategory],
    compounds: Mapping[int, Compound],
    day: date,
    unit: int,
) -> NeedRow:
    """A need as the engine takes it; certificates must hold on ``day``, the last on which it may be met.

    One for a single day asks only for that.
    """
    compound = compounds.get(need.compound_id)
    return NeedRow(
        id=need.id,
        elder=need.elder_id,
        name=need.elder,
        category=need.category_id,
        day=need.only_on or day,
        only_on=need.only_on,
        weight=need.urgency.weight,
        visits=need.visits,
        minutes=categories[need.category_id].minutes,
        unit=unit,
        lasting=need.repeats,
        half_days=half_day_mask(need.half_days),
        place=_place(compound, committee=need.committee_id, building=need.building),
        elder_sex=_sex(need.sex),
        wants_sex=need.wants_sex,
        refuses_sex=_sex(need.refuses_sex),
        wants_dialect=need.wants_dialect,
        speaks_dialect=speaks_dialect((need.language,)),
    )


def undated_of(month: MonthOfProvider) -> tuple[tuple[int, int], ...]:
    """What was taken on for a month with no day yet, as the engine takes it."""
    return tuple((half_day_mask(half_days), visits) for half_days, visits in month.undated)


def half_day_mask(half_days: Iterable[int]) -> int:
    """Half-days as the engine takes them: one bit each."""
    return sum(1 << half_day for half_day in half_days)


def _sex(sex: Sex) -> str:
    return "" if sex is Sex.UNKNOWN else sex.value


def _place(compound: Compound | None, *, committee: int | None, building: str = "") -> Place:
    if compound is None:
        return Place(committee=committee or 0)
    return Place(
        committee=committee or compound.committee_id or 0,
        compound=compound.id,
        building=building,
        longitude=compound.longitude,
        latitude=compound.latitude,
    )


def _provider_row(
    provider: Provider,
    *,
    held: tuple[CertificateRow, ...],
    month: MonthOfProvider,
    asked: date | None,
    compounds: Mapping[int, Compound],
    begins: date,
) -> ProviderRow:
    """A provider as the engine takes them; who pauses must be back on ``begins``, the first day of visits."""
    return ProviderRow(
        id=provider.id,
        name=provider.name,
        enterprise=provider.kind is ProviderKind.ENTERPRISE,
        sex=_sex(provider.sex),
        dialect=speaks_dialect(provider.languages),
        skills=tuple((skill.category_id, skill.level) for skill in provider.skills),
        certificates=held,
        half_days=half_day_mask(provider.half_days),
        visits=provider.visits_per_month,
        minutes=provider.minutes_per_month,
        booked_visits=month.visits,
        booked_minutes=month.minutes,
        booked_half_days=tuple(month.half_days),
        undated=undated_of(month),
        booked_elders=frozenset(month.elders),
        place=_place(compounds.get(provider.compound_id or 0), committee=provider.committee_id),
        area=frozenset(provider.area_committee_ids),
        max_metres=provider.max_metres,
        homes_at_once=provider.homes_at_once,
        paused=provider.is_away(begins),
        back_on=provider.resume_on,
        asked=asked,
    )


def _refusals(refusals: Iterable[Refusal], providers: Iterable[Provider]) -> Iterable[RefusalRow]:
    """Refusals of an enterprise hold for its members too."""
    members: dict[int, list[int]] = {}
    for provider in providers:
        if provider.enterprise_id is not None:
            members.setdefault(provider.enterprise_id, []).append(provider.id)
    for said in refusals:
        for provider_id in (said.provider_id, *members.get(said.provider_id, ())):
            yield RefusalRow(elder=said.elder_id, provider=provider_id, by_elder=said.by_elder)


# -- under other settings


def with_settings(inputs: Inputs, values: Mapping[str, int]) -> Inputs:
    """The same people and needs under other settings, to be looked at; nothing is written."""
    situation = replace(inputs.situation, weights=weights_with(values), rules=rules_with(values))
    return replace(inputs, situation=situation, pool=pack(situation))


def changed_firsts(before: Inputs, after: Inputs, *, most: int) -> list[int]:
    """Of the ``most`` needs waiting longest, those whose first candidate is another after the change."""
    return [
        need_id
        for need_id in list(before.rows)[:most]
        if [found.provider for found in rank_need(before, need_id).candidates[:1]]
        != [found.provider for found in rank_need(after, need_id).candidates[:1]]
    ]


# -- one need


def rank_need(inputs: Inputs, need_id: int) -> Ranking:
    """Candidates for an open need, best first, and the excluded with their rules. Raises NotThere."""
    if need_id not in inputs.rows:
        raise NotThere(kind="need", record_id=need_id)
    return rank(inputs.pool, inputs.rows[need_id])


def may_join(
    inputs: Inputs,
    pairs: Mapping[int, int],
    *,
    need_id: int,
    provider_id: int,
    chosen: Mapping[int, int] = MappingProxyType({}),
) -> bool:
    """Whether the provider can take an open need beside all these lines and those chosen by hand (provider by need).

    A line that goes back to its lasting pair, who could not have it before, stands with the pair.
    """
    named = tuple(FixedRow(need=need, provider=provider) for need, provider in sorted(chosen.items()))
    lasting = {row.need for row in lay_out(replace(inputs.situation, fixed=named)).fixed}
    others = (FixedRow(need=need, provider=provider) for need, provider in sorted(pairs.items()) if need not in lasting)
    kept = tuple(row for row in (*named, *others) if row.need != need_id)
    table = lay_out(replace(inputs.situation, fixed=kept))
    found = rank(table.pool, inputs.rows[need_id], room=table.room).candidates
    return any(candidate.provider == provider_id and not candidate.homes_short for candidate in found)


# -- all needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """What stands before a plan is made: lines chosen by hand, and the last proposal."""

    chosen: tuple[FixedRow, ...] = ()
    last: tuple[tuple[int, int], ...] = ()


def propose_plan(
    inputs: Inputs,
    *,
    steering: Steering = Steering(),
    effort: Effort = Effort.THOROUGH,
    seconds: float | None = None,
    found: Callable[[Plan], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Plan:
    """The best plan for all open needs; touches no file, so that it can run beside the window.

    ``found`` gets each better plan; once ``stop()`` is true, or after ``seconds``, the best so far is given.
    """
    situation = replace(inputs.situation, fixed=steering.chosen, last=steering.last)
    return plan(situation, effort=effort, seconds=seconds, incumbent=found, stop=stop)
