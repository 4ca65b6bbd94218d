"""From what a plan knows of people to the records that are stored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from jiuliting_desk.actions.providers import NUMBER_PREFIXES
from jiuliting_desk.model.elders import Contact, Elder, ElderState, Living, Phone, Sex
from jiuliting_desk.model.known import KnownElder, KnownProvider, NeedTerms
from jiuliting_desk.model.many import many_like
from jiuliting_desk.model.needs import Need, NeedSource, Rhythm, Urgency
from jiuliting_desk.model.providers import Provider, ProviderKind, ProviderState, Skill

__all__ = [
    "NUMBER_PREFIXES", "bare_provider", "changed_elder", "changed_need", "changed_provider", "new_elders",
    "new_needs", "new_provider",
]  # fmt: skip

_SEX = {sex.value: sex for sex in Sex}
_STATES = {state.value: state for state in ElderState}
_LIVING = {living.value: living for living in Living}


def _phones(numbers: tuple[str, ...], known: tuple[Phone, ...] = ()) -> tuple[Phone, ...]:
    by_number = {phone.number: phone for phone in known}
    return tuple([by_number.get(number) or Phone(number=number) for number in numbers])


def _contacts(rows: tuple[tuple[str, str, str], ...]) -> tuple[Contact, ...]:
    return tuple([Contact(name=name, relation=relation, phone=phone) for name, relation, phone in rows])


_AS_TOLD = (
    "name", "birth", "id_number", "id_flag", "building", "unit", "room", "floor", "without_lift", "tags", "health",
    "hearing", "language", "likes", "notes",
)  # fmt: skip
"""What records hold as plans do."""


FROM_A_SHEET = "导入的名单上这样写"
"""Why somebody who comes in is not simply on the list."""


def new_elders(
    people: Sequence[KnownElder],
    *,
    numbers: Sequence[str],
    committee_ids: Sequence[int | None],
    compound_ids: Sequence[int | None],
    survey_ids: Sequence[int],
    today: date,
) -> list[Elder]:
    """Records for people who were only in the sheet, in their order."""
    if not people:
        return []
    told: dict[str, Sequence[Any]] = dict(zip(KnownElder._fields, zip(*people, strict=True), strict=True))
    columns: dict[str, Sequence[Any]] = {name: told[name] for name in _AS_TOLD} | {
        "number": numbers,
        "sex": [_SEX[sex] for sex in told["sex"]],
        "phones": [_phones(phones) for phones in told["phones"]],
        "committee_id": committee_ids,
        "compound_id": compound_ids,
        "living": [_LIVING[living] for living in told["living"]],
        "contacts": [_contacts(contacts) for contacts in told["contacts"]],
        "survey_id": survey_ids,
        "state": [_STATES[state] for state in told["state"]],
        "state_on": [None if state == ElderState.ACTIVE else today for state in told["state"]],
        "state_reason": ["" if state == ElderState.ACTIVE else FROM_A_SHEET for state in told["state"]],
    }
    return many_like(Elder(name="", registered_on=today), columns)


def changed_elder(elder: Elder, person: KnownElder, *, committee_id: int | None, compound_id: int | None) -> Elder:
    """A record with what the plan knows now; what an import does not speak of stays."""
    values: dict[str, Any] = {name: getattr(person, name) for name in _AS_TOLD}
    return replace(
        elder,
        sex=_SEX[person.sex],
        phones=_phones(person.phones, elder.phones),
        committee_id=committee_id,
        compound_id=compound_id,
        living=_LIVING[person.living],
        contacts=_contacts(person.contacts),
        **values,
    )


def new_needs(
    terms: Sequence[NeedTerms | None],
    *,
    elder_ids: Sequence[int],
    category_ids: Sequence[int],
    survey_ids: Sequence[int],
    source_rows: Sequence[int],
    since: Sequence[date],
) -> list[Need]:
    """Records for needs that nobody waited for yet, in their order."""
    if not terms:
        return []
    columns: dict[str, Sequence[Any]] = {
        "elder_id": elder_ids,
        "category_id": category_ids,
        "survey_id": survey_ids,
        "source_row": source_rows,
        "since": since,
    }
    if any(terms):
        told = zip(*[told or NeedTerms() for told in terms], strict=True)
        columns |= dict(zip(NeedTerms._fields, told, strict=True))
        columns["rhythm"] = [Rhythm(rhythm) for rhythm in columns["rhythm"]]
        columns["urgency"] = [Urgency(urgency) for urgency in columns["urgency"]]
    return many_like(Need(elder_id=0, category_id=0, source=NeedSource.SURVEY, since=since[0]), columns)


def changed_need(need: Need, terms: NeedTerms) -> Need:
    """A need that waits already as a newer sheet tells of it."""
    return replace(need, **{**terms._asdict(), "rhythm": Rhythm(terms.rhythm), "urgency": Urgency(terms.urgency)})


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
        "homes_at_once": person.homes_at_once,
        "max_metres": person.max_metres,
        "notes": person.notes,
    }


def _skill(category_id: int, person: KnownProvider) -> Skill:
    return Skill(category_id=category_id, level=dict(person.levels).get(category_id, Skill(category_id=0).level))


def new_provider(
    person: KnownProvider,
    *,
    number: str,
    enterprise_id: int | None,
    compound_id: int | None,
    area_committee_ids: tuple[int, ...] = (),
    committee_id: int | None = None,
    today: date,
) -> Provider:
    """A record for a volunteer or enterprise that was only in the sheet."""
    state = ProviderState(person.state)
    return Provider(
        state=state,
        state_on=None if state is ProviderState.ACTIVE else today,
        state_reason="" if state is ProviderState.ACTIVE else FROM_A_SHEET,
        kind=ProviderKind(person.kind),
        number=number,
        enterprise_id=enterprise_id,
        compound_id=compound_id,
        area_committee_ids=area_committee_ids,
        committee_id=committee_id,
        phones=_phones(person.phones),
        skills=tuple(_skill(category_id, person) for category_id in person.category_ids),
        joined_on=date.fromisoformat(person.joined_on) if person.joined_on else today,
        **_values(person),
    )


def changed_provider(
    provider: Provider,
    person: KnownProvider,
    *,
    enterprise_id: int | None,
    compound_id: int | None,
    area_committee_ids: tuple[int, ...],
    committee_id: int | None,
) -> Provider:
    """A record with what the plan knows now; levels of known skills and notes at known phones stay."""
    skills = {skill.category_id: skill for skill in provider.skills}
    return replace(
        provider,
        enterprise_id=enterprise_id,
        compound_id=compound_id,
        area_committee_ids=area_committee_ids,
        committee_id=committee_id,
        phones=_phones(person.phones, provider.phones),
        skills=tuple(skills.get(c) or _skill(c, person) for c in person.category_ids),
        **_values(person),
    )
