"""The list of providers as the desk shows it, its filters and what one record's panel holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from jiuliting_desk.actions.certificates import latest_of_each_kind
from jiuliting_desk.actions.providers import commitments
from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.barriers import Load
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee, address_text
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState, Refusal
from jiuliting_desk.store import Store
from jiuliting_desk.store import providers as queries
from jiuliting_desk.store.asking import last_asked
from jiuliting_desk.store.loads import month_loads
from jiuliting_desk.store.search import name_tokens


class CertificateStanding(StrEnum):
    """How the certificates of a provider stand, by the worst of those in use."""

    NONE = "none"
    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    LACKING = "lacking"
    """A skill wants a certificate of which neither the provider nor their enterprise has any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow:
    """One line of the list."""

    provider: Provider
    enterprise: str = ""
    committee: str = ""
    compound: str = ""
    skills: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    load: Load = field(default_factory=Load)
    pairings: int = 0
    members: int = 0
    standing: CertificateStanding = CertificateStanding.NONE
    expires_on: date | None = None
    """The first last day among the certificates in use."""
    asked_on: date | None = None
    """The last day on which they were asked or took a need."""
    sought: str = ""
    """What words in the filter are looked for in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFilter:
    """What the list shows: each value None (or "") for all."""

    words: str = ""
    kind: ProviderKind | None = None
    category_id: int | None = None
    committee_id: int | None = None
    """Those at home there, and those who would go there."""
    state: ProviderState | None = ProviderState.ACTIVE
    certificate_due: bool = False
    """Only those with a certificate that is over, about to be, or lacking."""
    unasked: bool = False
    """Only active ones who were not asked for as long as the settings say."""


_DUE = {CertificateStanding.EXPIRING, CertificateStanding.EXPIRED, CertificateStanding.LACKING}


def standing_of(
    provider: Provider,
    held: Iterable[Certificate],
    wanted_kinds: Iterable[str],
    *,
    today: date,
    days: int,
) -> tuple[CertificateStanding, date | None]:
    """How the certificates stand: ``held`` are the provider's own and their enterprise's, ``wanted_kinds`` those
    that the provider's skills need; with the earliest last day among those in use."""
    latest: dict[str, Certificate] = {}
    for certificate in latest_of_each_kind(list(held)):
        known = latest.get(certificate.kind)
        if known is None or (certificate.expires_on or date.max) > (known.expires_on or date.max):
            latest[certificate.kind] = certificate
    ends = sorted(found.expires_on for found in latest.values() if found.expires_on is not None)
    first = ends[0] if ends else None
    if first is not None and first < today:
        return CertificateStanding.EXPIRED, first
    if provider.state is not ProviderState.STOPPED and any(kind not in latest for kind in wanted_kinds):
        return CertificateStanding.LACKING, first
    if first is not None and first <= today + timedelta(days=days):
        return CertificateStanding.EXPIRING, first
    return (CertificateStanding.VALID if latest else CertificateStanding.NONE), first


def provider_rows(store: Store, *, today: date) -> list[ProviderRow]:
    """All providers with what the list says of them, enterprises first, then by name."""
    categories = {category.id: category for category in store.all(ServiceCategory)}
    rank = {category_id: category.position for category_id, category in categories.items()}
    committees = {committee.id: committee.name for committee in store.all(ResidentsCommittee)}
    compounds = {compound.id: compound.name for compound in store.all(Compound)}
    providers = store.all(Provider)
    enterprises = {found.id: found.name for found in providers if found.kind is ProviderKind.ENTERPRISE}
    certificates: dict[int, list[Certificate]] = {}
    for certificate in store.all(Certificate):
        certificates.setdefault(certificate.provider_id, []).append(certificate)
    loads, bonds = month_loads(store, month=today), queries.active_pairing_counts(store)
    counts, asked = queries.member_counts(store), last_asked(store, today=today)
    days = number_setting(store, "certificate_days")
    rows = []
    for provider in providers:
        known = sorted((skill.category_id for skill in provider.skills), key=lambda found: rank.get(found, 0))
        kinds = {categories[found].certificate_kind for found in known if found in categories} - {""}
        # What the enterprise holds for others of its members is nothing to those who do not do that.
        lent = [one for one in certificates.get(provider.enterprise_id or 0, ()) if one.kind in kinds]
        held = [*certificates.get(provider.id, ()), *lent]
        standing, first = standing_of(provider, held, kinds, today=today, days=days)
        enterprise = enterprises.get(provider.enterprise_id or 0, "")
        committee = committees.get(provider.committee_id or 0, "")
        compound = compounds.get(provider.compound_id or 0, "")
        skills = tuple(categories[found].name for found in known if found in categories)
        rows.append(
            ProviderRow(
                provider=provider,
                enterprise=enterprise,
                committee=committee,
                compound=compound,
                skills=skills,
                sought=_sought(provider, enterprise, committee, compound, *skills),
                areas=tuple(committees[found] for found in provider.area_committee_ids if found in committees),
                load=loads.get(provider.id, Load()),
                pairings=bonds.get(provider.id, 0),
                members=counts.get(provider.id, 0),
                standing=standing,
                expires_on=first,
                asked_on=asked.get(provider.id),
            )
        )
    return sorted(rows, key=lambda row: (row.provider.kind is ProviderKind.VOLUNTEER, row.provider.id))


def is_unasked(row: ProviderRow, *, today: date, days: int) -> bool:
    """Whether an active volunteer was not asked for ``days`` days; one who just joined has as long."""
    last = row.asked_on or row.provider.joined_on
    if row.provider.kind is not ProviderKind.VOLUNTEER:
        return False
    return row.provider.state is ProviderState.ACTIVE and (last is None or (today - last).days >= days)


def filtered(
    rows: Iterable[ProviderRow], wanted: ProviderFilter, *, today: date, unasked_days: int
) -> list[ProviderRow]:
    """The rows that meet all of the filter, in the order given."""
    words = wanted.words.casefold().split()
    return [
        row
        for row in rows
        if (wanted.kind is None or row.provider.kind is wanted.kind)
        and (wanted.state is None or row.provider.state is wanted.state)
        and (wanted.category_id is None or wanted.category_id in row.provider.category_ids)
        and (wanted.committee_id is None or _goes_to(row.provider, wanted.committee_id))
        and (not wanted.certificate_due or row.standing in _DUE)
        and (not wanted.unasked or is_unasked(row, today=today, days=unasked_days))
        and all(word in row.sought or sounds_like(row.provider, word) for word in words)
    ]


def sounds_like(provider: Provider, word: str) -> bool:
    """Whether the name, or that of the contact, or the end of either, begins so in pinyin or initials: zj, zoujian."""
    if not (word.isascii() and word.isalpha()):
        return False
    return any(f" {word}" in _sounds(name) for name in (provider.name, provider.contact_name) if name)


@lru_cache(maxsize=8192)
def _sounds(name: str) -> str:
    return f" {name_tokens(name)[1]}"


def _goes_to(provider: Provider, committee_id: int) -> bool:
    return provider.committee_id == committee_id or committee_id in provider.area_committee_ids


def _sought(provider: Provider, *names: str) -> str:
    phones = (phone.number for phone in provider.phones)
    own = (provider.name, provider.number, provider.contact_name, provider.address)
    return " ".join((*own, *names, *phones)).casefold()


# -- one record


@dataclass(frozen=True, slots=True, kw_only=True)
class BondLine:
    """A pairing with its names."""

    pairing: Pairing
    elder: str
    address: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """A need that the provider holds, with its names and the last day of the claim."""

    need: Need
    elder: str
    category: str
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalLine:
    """A refusal with the elder's name."""

    refusal: Refusal
    elder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderView:
    """What one record's panel shows."""

    row: ProviderRow
    skill_levels: tuple[tuple[str, int], ...]
    """What they can do, with the level, in the order of the categories."""
    certificates: tuple[Certificate, ...]
    """Own ones, the longest lasting first."""
    enterprise_certificates: tuple[Certificate, ...]
    bonds: tuple[BondLine, ...]
    """Those that last first, then the ended ones, the latest first."""
    needs: tuple[NeedLine, ...]
    refusals: tuple[RefusalLine, ...]
    members: tuple[Provider, ...]


def provider_view(store: Store, *, row: ProviderRow) -> ProviderView:
    """Everything that stands on the provider of a row."""
    provider = row.provider
    bonds = store.where(Pairing, provider_id=provider.id)
    needs = commitments(store, provider_id=provider.id).needs
    refusals = store.where(Refusal, provider_id=provider.id)
    elder_ids = {
        *(bond.elder_id for bond in bonds),
        *(need.elder_id for need in needs),
        *(said.elder_id for said in refusals),
    }
    elders = store.get_many(Elder, elder_ids)
    categories = {category.id: category.name for category in store.all(ServiceCategory, order="position")}
    rank = {category_id: place for place, category_id in enumerate(categories)}
    sorted_skills = sorted(
        ((skill.category_id, skill.level) for skill in provider.skills), key=lambda skill: rank.get(skill[0], 0)
    )
    compounds = store.get_many(Compound, {elder.compound_id for elder in elders.values() if elder.compound_id})
    ends = {claim.need_id: claim.expires_on for claim in store.where(Claim, provider_id=provider.id, state="held")}

    def name(elder_id: int) -> str:
        return elders[elder_id].name if elder_id in elders else ""

    def address(elder_id: int) -> str:
        elder = elders[elder_id]
        compound = compounds.get(elder.compound_id or 0)
        return address_text(compound.name if compound is not None else "", elder.building, elder.room, elder.unit)

    ordered = sorted(bonds, key=lambda bond: (not bond.is_active, -(bond.ended_on or bond.started_on).toordinal()))
    return ProviderView(
        row=row,
        skill_levels=tuple(
            (categories[category_id], level) for category_id, level in sorted_skills if category_id in categories
        ),
        certificates=_by_end(store.where(Certificate, provider_id=provider.id)),
        enterprise_certificates=_by_end(
            store.where(Certificate, provider_id=provider.enterprise_id) if provider.enterprise_id else []
        ),
        bonds=tuple(
            BondLine(
                pairing=bond,
                elder=name(bond.elder_id),
                address=address(bond.elder_id),
                category=categories.get(bond.category_id or 0, ""),
            )
            for bond in ordered
        ),
        needs=tuple(
            NeedLine(
                need=need,
                elder=name(need.elder_id),
                category=categories.get(need.category_id, ""),
                expires_on=ends.get(need.id),
            )
            for need in needs
        ),
        refusals=tuple(RefusalLine(refusal=said, elder=name(said.elder_id)) for said in refusals),
        members=tuple(store.where(Provider, enterprise_id=provider.id)),
    )


def _by_end(certificates: list[Certificate]) -> tuple[Certificate, ...]:
    return tuple(sorted(certificates, key=lambda held: held.expires_on or date.max, reverse=True))
