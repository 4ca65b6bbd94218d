"""What was claimed and paired, and who rests: the lists beside the plan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.actions.stand_ins import days_wanted
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.months import last_day
from jiuliting_desk.model.needs import Need, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.providers import Certificate, Provider, runs_out_on
from jiuliting_desk.store import Store
from jiuliting_desk.store import matching_rows as queries
from jiuliting_desk.store import today as today_queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Pausing:
    """Who of the two pauses now, so that nobody goes for the time being."""

    name: str
    back_on: date | None = None


class _Pauses:
    """Looks up who pauses."""

    def __init__(self, store: Store) -> None:
        self._providers, self._elders = queries.pausing(store)

    def of(self, provider: tuple[int, str], elder: tuple[int, str]) -> Pausing | None:
        if provider[0] in self._providers:
            return Pausing(name=provider[1], back_on=self._providers[provider[0]])
        return Pausing(name=elder[1]) if elder[0] in self._elders else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A held claim with its names."""

    claim: Claim
    elder_id: int
    elder: str
    provider: str
    category_id: int
    category: str
    icon: str
    visits: int
    """In a month of four weeks."""
    minutes: int
    """The same."""
    repeats: bool
    half_days: tuple[int, ...]
    """Wanted ones, as in the need."""
    days_left: int
    pausing: Pausing | None = None
    certificate_ends: date | None = None
    """The last valid day of the certificate that the service wants, where it comes before the last day of booking, or
    before the one day."""
    goes_on: bool = False
    """Whether a visit of today left it with whoever went: nobody had to confirm it anew."""
    done: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Visits and minutes that the provider has done for the need, by month as 2026-03, from this one on."""
    only_on: date | None = None
    """The one day on which the need can be met, None for any."""

    def given_back_in(self, month: date) -> tuple[int, int]:
        """Visits and minutes of a month that releasing the claim gives back: what was done of them stays."""
        visits, minutes = self.done.get(f"{month:%Y-%m}", (0, 0))
        return self.visits - visits, self.minutes - minutes

    def takes_time_in(self, month: date) -> bool:
        """Whether the provider is asked for visits in the month in which a day lies."""
        if self.only_on is not None and self.only_on.replace(day=1) != month.replace(day=1):
            return False
        return self.claim.falls_in(month, lasting=self.repeats)


@dataclass(frozen=True, slots=True, kw_only=True)
class BondLine:
    """A lasting pairing with its names; no category: all that the provider can do."""

    bond: Pairing
    elder: str
    provider: str
    category: str
    icon: str
    is_due: bool
    pausing: Pausing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingLine:
    """A volunteer not asked for long; ``days`` since, None for never."""

    provider_id: int
    name: str
    place: str
    skills: tuple[str, ...]
    asked_on: date | None
    days: int | None


def claim_lines(store: Store, *, today: date) -> list[ClaimLine]:
    """Claims held, the first to lapse first."""
    claims = store.where(Claim, state=ClaimState.HELD, order="expires_on")
    needs = store.get_many(Need, {claim.need_id for claim in claims})
    elders = queries.names_of(store, Elder, {need.elder_id for need in needs.values()})
    providers = queries.names_of(store, Provider, {claim.provider_id for claim in claims})
    categories = {category.id: category for category in store.all(ServiceCategory)}
    days = days_wanted(store, needs.values())
    done: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for (need_id, month), took in queries.done_for_claims(store, since=today.replace(day=1)).items():
        done[need_id][month] = took
    found, pauses = [], _Pauses(store)
    served = queries.served_on(store, {claim.need_id for claim in claims if claim.claimed_on == today}, day=today)
    for claim in claims:
        need = needs[claim.need_id]
        category = categories[need.category_id]
        found.append(
            ClaimLine(
                claim=claim,
                elder_id=need.elder_id,
                elder=elders[need.elder_id],
                provider=providers[claim.provider_id],
                category_id=category.id,
                category=category.name,
                icon=category.icon,
                visits=need.visits_per_month,
                minutes=need.visits_per_month * category.minutes,
                repeats=need.rhythm is not Rhythm.ONCE,
                half_days=need.half_days,
                days_left=claim.days_left(today),
                goes_on=claim.claimed_on == today and claim.need_id in served,
                done=done.get(need.id, {}),
                only_on=days.get(need.id),
                certificate_ends=_certificate_ends(store, claim, category, only_on=days.get(need.id)),
                pausing=pauses.of(
                    (claim.provider_id, providers[claim.provider_id]), (need.elder_id, elders[need.elder_id])
                ),
            )
        )
    return found


def _certificate_ends(store: Store, claim: Claim, category: ServiceCategory, *, only_on: date | None) -> date | None:
    if not category.certificate_kind:
        return None
    enterprise = store.get(Provider, claim.provider_id).enterprise_id
    sides = [claim.provider_id] if enterprise is None else [claim.provider_id, enterprise]
    held = store.where(Certificate, provider_id=sides, kind=category.certificate_kind)
    return runs_out_on(held, day=only_on or max(claim.expires_on, last_day(claim.begins_on or claim.claimed_on)))


def lapsing(store: Store, claims: Iterable[ClaimLine]) -> list[ClaimLine]:
    """Those that lapse soon with no day booked."""
    days = warn_days(store)
    return [line for line in claims if line.days_left <= days]


def warn_days(store: Store) -> int:
    """With how many days left a claim is one to look at."""
    return number_setting(store, "claim_warn_days")


def due_count(store: Store, *, today: date) -> int:
    """How many pairings are due for review."""
    return today_queries.due_reviews(store, today=today, limit=0).count


def bond_lines(store: Store, *, today: date) -> list[BondLine]:
    """Pairings that last, those due for review first, then by the day of the next review."""
    bonds = store.where(Pairing, ended_on=None, order="review_on")
    elders = queries.names_of(store, Elder, {bond.elder_id for bond in bonds})
    providers = queries.names_of(store, Provider, {bond.provider_id for bond in bonds})
    categories = {category.id: category for category in store.all(ServiceCategory)}
    found, pauses = [], _Pauses(store)
    for bond in bonds:
        category = categories.get(bond.category_id or 0)
        found.append(
            BondLine(
                bond=bond,
                elder=elders[bond.elder_id],
                provider=providers[bond.provider_id],
                category="" if category is None else category.name,
                icon="" if category is None else category.icon,
                is_due=bond.review_on <= today,
                pausing=pauses.of(
                    (bond.provider_id, providers[bond.provider_id]), (bond.elder_id, elders[bond.elder_id])
                ),
            )
        )
    return found


def resting_lines(store: Store, *, today: date) -> list[RestingLine]:
    """Active volunteers not asked for as long as the settings say, the longest first."""
    days = number_setting(store, "unasked_days")
    found = today_queries.unasked_providers(store, before=today - timedelta(days=days), today=today, limit=-1).lines
    providers = store.get_many(Provider, [line.record_id for line in found])
    categories = store.all(ServiceCategory, order="position")
    return [
        RestingLine(
            provider_id=line.record_id,
            name=line.name,
            place=line.what,
            skills=tuple(
                category.name for category in categories if category.id in providers[line.record_id].category_ids
            ),
            asked_on=line.day,
            days=None if line.day is None else (today - line.day).days,
        )
        for line in found
    ]
