"""The rules by which a provider is not to be sent to an elder for a service, each with a code of its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder, Sex
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.places import Compound, metres_between
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState, Refusal

_DIALECT = "上海话|上海闲话|沪语|本地话"
_SPOKEN = re.compile(rf"(?:不\w{{0,3}}?(?:{_DIALECT}))|(?P<spoken>{_DIALECT})")


def speaks_dialect(languages: Iterable[str]) -> bool:
    """Whether words for languages name the Shanghai dialect, alone or among others, as one that is spoken.

    只会说上海话 and 普通话、上海话 do, 普通话 and 不太会说上海话 do not.
    """
    return any(found["spoken"] for words in languages for found in _SPOKEN.finditer(words))


class Barrier(StrEnum):
    """Why not this provider; one step against it wants a reason in words."""

    PAUSED = "paused"
    NO_SKILL = "no_skill"
    NO_CERTIFICATE = "no_certificate"
    CERTIFICATE_EXPIRED = "certificate_expired"
    REFUSED_BY_ELDER = "refused_by_elder"
    REFUSED_BY_PROVIDER = "refused_by_provider"
    WRONG_SEX = "wrong_sex"
    NO_DIALECT = "no_dialect"
    OUT_OF_AREA = "out_of_area"
    TOO_FAR = "too_far"
    NO_COMMON_HALF_DAY = "no_common_half_day"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a provider has taken on for a month: visits and minutes on site."""

    visits: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything that the rules look at for one elder, one provider and one service (None: any)."""

    elder: Elder
    provider: Provider
    category: ServiceCategory | None = None
    need: Need | None = None
    certificates: tuple[Certificate, ...] = ()
    """The provider's own and those of their enterprise."""
    refusals: tuple[Refusal, ...] = ()
    """Those between this elder and this provider, or the provider's enterprise."""
    elder_compound: Compound | None = None
    provider_compound: Compound | None = None
    load: Load = field(default_factory=Load)
    """Without this need."""
    on: date
    """The day of the visit, or the last on which it may be: certificates must hold then."""
    begins: date | None = None
    """The first day on which it may be, where there are several: whoever pauses must be back by then."""


def barriers(question: Question) -> tuple[Barrier, ...]:
    """The rules that say no, in the order in which people would name them; () where none does."""
    return (
        *_standing(question),
        *_ability(question),
        *_refused(question.refusals),
        *_wished(question),
        *_place(question),
        *_time(question),
    )


def _standing(question: Question) -> Iterable[Barrier]:
    provider = question.provider
    if provider.state is ProviderState.STOPPED or provider.is_away(question.begins or question.on):
        yield Barrier.PAUSED


def _ability(question: Question) -> Iterable[Barrier]:
    category = question.category
    if category is None:
        return
    if category.id not in question.provider.category_ids:
        yield Barrier.NO_SKILL
    if category.certificate_kind:
        held = [found for found in question.certificates if found.kind == category.certificate_kind]
        if not held:
            yield Barrier.NO_CERTIFICATE
        elif not any(certificate.is_valid_on(question.on) for certificate in held):
            yield Barrier.CERTIFICATE_EXPIRED


def _refused(refusals: Iterable[Refusal]) -> Iterable[Barrier]:
    sides = {refusal.by_elder for refusal in refusals}
    if True in sides:
        yield Barrier.REFUSED_BY_ELDER
    if False in sides:
        yield Barrier.REFUSED_BY_PROVIDER


def _wished(question: Question) -> Iterable[Barrier]:
    provider, elder, need = question.provider, question.elder, question.need
    if provider.kind is ProviderKind.VOLUNTEER and provider.sex is not Sex.UNKNOWN:
        unwanted = elder.refuses_sex is provider.sex
        if unwanted or (need is not None and need.wants_sex and need.wants_sex != provider.sex.value):
            yield Barrier.WRONG_SEX
    if need is not None and need.wants_dialect and not speaks_dialect(provider.languages):
        yield Barrier.NO_DIALECT


def _place(question: Question) -> Iterable[Barrier]:
    provider, elder, compound = question.provider, question.elder, question.elder_compound
    committee_id = elder.committee_id or (None if compound is None else compound.committee_id)
    if provider.area_committee_ids and committee_id not in provider.area_committee_ids:
        yield Barrier.OUT_OF_AREA
    if provider.max_metres is not None:
        metres = metres_between(question.provider_compound, question.elder_compound)
        # Whole metres, as everybody reads them and as the planner counts.
        if metres is not None and int(metres) > provider.max_metres:
            yield Barrier.TOO_FAR


def _time(question: Question) -> Iterable[Barrier]:
    provider, need = question.provider, question.need
    if need is None:
        return
    if provider.half_days and need.half_days and not set(provider.half_days) & set(need.half_days):
        yield Barrier.NO_COMMON_HALF_DAY
    minutes = need.visits_per_month * (question.category.minutes if question.category is not None else 0)
    over_visits = (
        provider.visits_per_month is not None
        and question.load.visits + need.visits_per_month > provider.visits_per_month
    )
    over_minutes = (
        provider.minutes_per_month is not None and question.load.minutes + minutes > provider.minutes_per_month
    )
    if over_visits or over_minutes:
        yield Barrier.FULL
