"""From what a plan knows of people to the records that are stored."""

from dataclasses import replace
from datetime import date
from typing import Any

from jiuliting_desk.actions.providers import NUMBER_PREFIXES
from jiuliting_desk.model.elders import Contact, Elder, Living, Phone, Sex
from jiuliting_desk.model.known import KnownElder, KnownProvider, NeedTerms
from jiuliting_desk.model.needs import Rhythm, Urgency
from jiuliting_desk.model.providers import Provider, ProviderKind, Skill

__all__ = [
    "NUMBER_PREFIXES", "bare_provider", "changed_elder", "changed_provider", "need_values", "new_elder",
    "new_provider",
]  # fmt: skip

_SEX = {sex.value: sex for sex in Sex}
_LIVING = {living.value: living for living in Living}


def _phones(numbers: tuple[str, ...], known: tuple[Phone, ...] = ()) -> tuple[Phone, ...]:
    by_number = {phone.number: phone for phone in known}
    return tuple([by_number.get(number) or Phone(number=number) for number in numbers])


def _contacts(rows: tuple[tuple[str, str, str], ...]) -> tuple[Contact, ...]:
    return tuple([Contact(name=name, relation=relation, phone=phone) for name, relation, phone in rows])


def _elder_values(person: KnownElder) -> dict[str, Any]:
    return {
        "name": person.name,
        "sex": _SEX[person.sex],
        "birth": person.birth,
        "id_number": person.id_number,
        "id_flag": person.id_flag,
        "building": person.building,
        "unit": person.unit,
        "room": person.room,
        "floor": person.floor,
        "without_lift": person.without_lift,
        "living": _LIVING[person.living],
        "tags": person.tags,
        "contacts": _contacts(person.contacts),
        "health": person.health,
        "hearing": person.hearing,
        "language": person.language,
        "likes": person.likes,
        "notes": person.notes,
    }


def new_elder(
    person: KnownElder,
    *,
    number: str,
    committee_id: int | None,
    compound_id: int | None,
    survey_id: int,
    today: date,
) -> Elder:
    """A record for somebody who was only in the sheet."""
    return Elder(
        number=number,
        phones=_phones(person.phones),
        committee_id=committee_id,
        compound_id=compound_id,
        survey_id=survey_id,
        registered_on=today,
        **_elder_values(person),
    )


def changed_elder(elder: Elder, person: KnownElder, *, committee_id: int | None, compound_id: int | None) -> Elder:
    """A record with what the plan knows now; what an import does not speak of stays."""
    return replace(
        elder,
        phones=_phones(person.phones, elder.phones),
        committee_id=committee_id,
        compound_id=compound_id,
        **_elder_values(person),
    )


def need_values(terms: NeedTerms | None) -> dict[str, Any]:
    """The fields of a need that a sheet tells."""
    if terms is None:
        return {}
    return {**terms._asdict(), "rhythm": Rhythm(terms.rhythm), "urgency": Urgency(terms.urgency)}


def bare_provider(name: str, kind: ProviderKind) -> KnownProvider:
    """A volunteer or an enterprise of whom only the name is known."""
    return KnownProvider(
        0, kind, name, None, "", "unknown", "", "", "", (), None, "", (), (), (), None, None, "", "", "active"
    )


def _values(person: KnownProvider) -> dict[str, Any]:
    return {
        "name": person.name,
        "contact_name": person.contact_name,
        "sex": _SEX[person.sex],
        "birth": person.birth,
        "id_number": person.id_number,
        "id_flag": person.id_flag,
        "address": person.address,
        "languages": person.languages,
        "half_days": person.half_days,
        "visits_per_month": person.visits_per_month,
        "minutes_per_month": person.minutes_per_month,
        "notes": person.notes,
    }


def new_provider(
    person: KnownProvider, *, number: str, enterprise_id: int | None, compound_id: int | None, today: date
) -> Provider:
    """A record for a volunteer or enterprise that was only in the sheet."""
    return Provider(
        kind=ProviderKind(person.kind),
        number=number,
        enterprise_id=enterprise_id,
        compound_id=compound_id,
        phones=_phones(person.phones),
        skills=tuple(Skill(category_id=category_id) for category_id in person.category_ids),
        joined_on=date.fromisoformat(person.joined_on) if person.joined_on else today,
        **_values(person),
    )


def changed_provider(
    provider: Provider, person: KnownProvider, *, enterprise_id: int | None, compound_id: int | None
) -> Provider:
    """A record with what the plan knows now; levels of known skills and notes at known phones stay."""
    skills = {skill.category_id: skill for skill in provider.skills}
    return replace(
        provider,
        enterprise_id=enterprise_id,
        compound_id=compound_id,
        phones=_phones(person.phones, provider.phones),
        skills=tuple(skills.get(c) or Skill(category_id=c) for c in person.category_ids),
        **_values(person),
    )
