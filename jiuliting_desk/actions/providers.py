"""Volunteers and enterprises: registered, edited, joined, paused, stopped and resumed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from jiuliting_desk.actions.stand_ins import WHOLE_NEED, ask_for_stand_ins, seek_none_for_need, uncovered_by
from jiuliting_desk.actions.visits import reinstate_visit
from jiuliting_desk.actions.withdrawals import (
    leave_visits,
    visit_meeting,
    who_else_goes,
    withdraw_need,
    withdraw_provider,
)
from jiuliting_desk.model.dates import checked_birth
from jiuliting_desk.model.elders import Sex, checked_phone
from jiuliting_desk.model.errors import BadPhone, StillUsed, WrongState
from jiuliting_desk.model.identity import read_id_number
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState
from jiuliting_desk.model.text import tidy_name
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store, usage
from jiuliting_desk.store import providers as queries

V = TypeVar("V")

NUMBER_PREFIXES = {ProviderKind.VOLUNTEER: "V", ProviderKind.ENTERPRISE: "E"}
"""A volunteer's number is V0001, an enterprise's E0001: never taken for an elder's."""

MOST_LIKELY = 5


def next_number(store: Store, kind: ProviderKind, *, after: int = 0) -> str:
    """The next free number of a kind; ``after`` counts those given out in the same step and not stored yet."""
    prefix = NUMBER_PREFIXES[kind]
    return f"{prefix}{queries.highest_number(store, prefix) + 1 + after:04d}"


def register_provider(store: Store, *, provider: Provider, today: date) -> Provider:
    """A new volunteer or enterprise, with a number where it has none.

    Raises Missing, BadPhone, BadNumber and BadDate.
    """
    fresh = _checked(provider, today=today)
    store.running.about = fresh.name
    return store.add(
        replace(
            fresh,
            id=0,
            number=fresh.number or next_number(store, fresh.kind),
            joined_on=fresh.joined_on or today,
        )
    )


def edit_provider(store: Store, *, provider: Provider, today: date) -> Provider:
    """The record as the form has it; its state changes only by pausing, stopping and resuming.

    Raises NotThere, Missing, BadPhone, BadNumber and BadDate.
    """
    old = store.get(Provider, provider.id)
    fresh = _checked(provider, today=today)
    store.running.about = fresh.name
    return store.update(
        replace(
            fresh,
            kind=old.kind,
            number=fresh.number or old.number,
            skills=_in_old_order(old.skills, fresh.skills),
            area_committee_ids=_in_old_order(old.area_committee_ids, fresh.area_committee_ids),
            languages=_in_old_order(old.languages, fresh.languages),
            state=old.state,
            state_on=old.state_on,
            state_reason=old.state_reason,
            resume_on=old.resume_on,
        )
    )


def _in_old_order(old: tuple[V, ...], fresh: tuple[V, ...]) -> tuple[V, ...]:
    """The old value where the new one differs in order only: no change for the history."""
    return old if set(old) == set(fresh) and len(old) == len(fresh) else fresh


def _checked(provider: Provider, *, today: date) -> Provider:
    fresh = provider.checked()
    birth, sex = checked_birth(fresh.birth, today=today), fresh.sex
    if fresh.id_number and not fresh.id_flag:
        identity = read_id_number(fresh.id_number)
        birth = identity.birth if len(birth) < 10 else birth
        sex = Sex(identity.sex) if identity.sex and sex is Sex.UNKNOWN else sex
    if fresh.kind is ProviderKind.ENTERPRISE:
        fresh = replace(fresh, enterprise_id=None)
    return replace(fresh, birth=birth, sex=sex)


# -- likely duplicates


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A provider who may be the one being typed, and by what: id_number, phone, name."""

    provider: Provider
    same: tuple[str, ...]


def likely_same(
    store: Store, *, name: str = "", phones: Iterable[str] = (), id_number: str = "", but: int = 0
) -> list[Likeness]:
    """At most five providers with the same identity number, phone or name, the likeliest first.

    Takes half-typed values: what is no number yet is not looked for. ``but`` leaves out the record being edited.
    """
    numbers = tuple(filter(None, map(_phone_or_nothing, phones)))
    cleaned = read_id_number(id_number).text if id_number.strip() else ""
    tidied = tidy_name(name)
    found = queries.like(store, name=tidied, phones=numbers, id_number=cleaned, limit=MOST_LIKELY + 1)
    return [
        Likeness(provider=provider, same=_same(provider, tidied, numbers, cleaned))
        for provider in found
        if provider.id != but
    ][:MOST_LIKELY]


def _phone_or_nothing(text: str) -> str:
    try:
        number = checked_phone(text)
    except BadPhone:
        return ""
    return number if len(number) >= 7 else ""


def _same(provider: Provider, name: str, phones: tuple[str, ...], id_number: str) -> tuple[str, ...]:
    facts = {
        "id_number": bool(id_number) and provider.id_number == id_number,
        "phone": any(phone.number in phones for phone in provider.phones),
        "name": bool(name) and provider.name == name,
    }
    return tuple(fact for fact, holds in facts.items() if holds)


# -- members of an enterprise


def members(store: Store, *, enterprise_id: int) -> list[Provider]:
    """The members of an enterprise, by id, those who stopped included."""
    return store.where(Provider, enterprise_id=enterprise_id)


def join_enterprise(store: Store, *, provider_ids: Iterable[int], enterprise_id: int, today: date) -> None:
    """Volunteers become members. Raises WrongState where one of the two is not what it must be."""
    del today
    enterprise = store.get(Provider, enterprise_id)
    if enterprise.kind is not ProviderKind.ENTERPRISE:
        raise WrongState(kind="provider", state=enterprise.kind, wanted=ProviderKind.ENTERPRISE)
    names = []
    for provider_id in provider_ids:
        volunteer = store.get(Provider, provider_id)
        if volunteer.kind is not ProviderKind.VOLUNTEER:
            raise WrongState(kind="provider", state=volunteer.kind, wanted=ProviderKind.VOLUNTEER)
        store.update(replace(volunteer, enterprise_id=enterprise_id))
        names.append(volunteer.name)
    store.running.about = f"{'、'.join(names)} → {enterprise.name}"


def leave_enterprise(store: Store, *, provider_id: int, today: date) -> Provider:
    """A member goes on as a volunteer alone. Raises NotThere."""
    del today
    volunteer = store.get(Provider, provider_id)
    store.running.about = volunteer.name
    return store.update(replace(volunteer, enterprise_id=None))


# -- pausing, stopping, resuming


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitments:
    """What stands on a provider: needs they hold, bonds that last, members of an enterprise."""

    needs: tuple[Need, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    members: tuple[Provider, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is left waiting when they go."""
        return not (self.needs or self.pairings or self.members)


def commitments(store: Store, *, provider_id: int) -> Commitments:
    """What stands on a provider now, to be shown before they are paused or stopped."""
    return Commitments(
        needs=tuple(
            store.where(Need, claimed_by=provider_id, state=[NeedState.CLAIMED, NeedState.BOOKED], order="since")
        ),
        pairings=tuple(store.where(Pairing, provider_id=provider_id, ended_on=None, order="started_on")),
        members=tuple(
            member for member in members(store, enterprise_id=provider_id) if member.state is not ProviderState.STOPPED
        ),
    )


def pause_provider(
    store: Store,
    *,
    provider_id: int,
    reason: str,
    today: date,
    until: date | None = None,
    release_need_ids: Iterable[int] = (),
    end_pairing_ids: Iterable[int] = (),
    leave_visit_ids: Iterable[int] = (),
    stand_ins: bool = True,
) -> Provider:
    """Not to be asked for a while; the needs, bonds and planned visits named are given up in the same step.

    A visit where they were alone is cancelled, the others of it go on; every other planned visit stays as it is, and so
    does a single need that a visit under way meets. With ``stand_ins`` somebody is sought for each cancelled visit of a
    need that stays theirs. Raises WrongState.
    """
    paused = store.get(Provider, provider_id).paused(on=today, reason=reason, until=until)
    left, released = list(leave_visit_ids), list(release_need_ids)
    uncovered = uncovered_by(store, provider_id=provider_id, visit_ids=left, given_up=released) if stand_ins else []
    visits = store.get_many(Visit, left).values()
    leave_visits(
        store,
        [visit for visit in visits if visit.state is VisitState.PLANNED and provider_id in visit.provider_ids],
        provider_id=provider_id,
        reason=reason,
        today=today,
    )
    _give_up(store, provider_id, released, end_pairing_ids, reason=reason, today=today)
    ask_for_stand_ins(store, uncovered, provider=paused, since=today)
    store.running.about = paused.name
    return store.update(paused)


def stop_provider(
    store: Store,
    *,
    provider_id: int,
    reason: str,
    today: date,
    keep_pairing_ids: Iterable[int] = (),
    stop_members: bool = False,
) -> Provider:
    """Out of the programme with a reason: their needs are open again, their bonds end but for those named.

    They go to no planned visit any more; those where they were alone are cancelled. A visit that is under way goes on,
    and what it meets at last stays theirs.

    With ``stop_members`` the members of an enterprise stop too, otherwise they go on as volunteers of it.
    Raises Missing and WrongState.
    """
    stopped = store.get(Provider, provider_id).stopped(on=today, reason=reason)
    kept = set(keep_pairing_ids)
    standing = commitments(store, provider_id=provider_id)
    _give_up(
        store,
        provider_id,
        [need.id for need in standing.needs],
        [bond.id for bond in standing.pairings if bond.id not in kept],
        reason=reason,
        today=today,
    )
    withdraw_provider(store, provider_id=provider_id, reason=reason, today=today)
    if stop_members:
        for member in standing.members:
            stop_provider(store, provider_id=member.id, reason=reason, today=today, keep_pairing_ids=kept)
    store.running.about = stopped.name
    return store.update(stopped)


def resume_provider(store: Store, *, provider_id: int, today: date, visit_ids: Iterable[int] = ()) -> Provider:
    """To be asked again; they go after all to these cancelled visits, as ``stand_ins.still_without`` gives them.

    Raises WrongState where they are active, and as ``reinstate_visit`` does.
    """
    resumed = store.update(store.get(Provider, provider_id).resumed(on=today))
    for visit_id in visit_ids:
        reinstate_visit(store, visit_id=visit_id, today=today)
    store.running.about = resumed.name
    return resumed


def due_back(store: Store, *, today: date) -> list[Provider]:
    """Paused providers whose day of return has come."""
    return [
        provider
        for provider in store.where(Provider, state=ProviderState.PAUSED)
        if provider.resume_on is not None and provider.resume_on <= today
    ]


def resume_due(store: Store, *, today: date) -> list[Provider]:
    """Let all who are due come back, in one step that the program takes by itself."""
    due = due_back(store, today=today)
    store.running.about = "、".join(provider.name for provider in due[:3]) + (
        f" 等 {len(due)} 位" if len(due) > 3 else ""
    )
    return [store.update(provider.resumed(on=today)) for provider in due]


def _give_up(
    store: Store, provider_id: int, need_ids: Iterable[int], pairing_ids: Iterable[int], *, reason: str, today: date
) -> None:
    for need_id in need_ids:
        if visit_meeting(store, store.get(Need, need_id)) is not None:
            continue
        for claim in store.where(Claim, need_id=need_id, state=ClaimState.HELD):
            store.update(claim.ended(ClaimState.RELEASED, reason=reason.strip()))
        withdraw_need(store, need_id=need_id, reason=reason, today=today, provider_id=provider_id)
        need, others = store.get(Need, need_id), who_else_goes(store, need_id=need_id, provider_id=provider_id)
        if others:
            # The need is theirs as long as they go; a visit of a day gone by may have taken place.
            store.update(need.booked(by=others[0]))
        elif need.state is not NeedState.OPEN:
            store.update(need.released())
            seek_none_for_need(store, need, reason=WHOLE_NEED, on=today)
    for pairing_id in pairing_ids:
        store.update(store.get(Pairing, pairing_id).ended(on=today, reason=reason.strip() or "暂停"))


def note_asked(store: Store, *, provider_ids: Iterable[int], today: date) -> None:
    """The office asked them today, whatever they answered."""
    asked = [store.update(replace(store.get(Provider, found), asked_on=today)) for found in provider_ids]
    store.running.about = "、".join(provider.name for provider in asked[:3])


def remove_provider(store: Store, *, provider_id: int, today: date) -> None:
    """A record made by mistake goes, with its certificates. Raises StillUsed where work stands on it."""
    del today
    provider = store.get(Provider, provider_id)
    for used_by, count in usage.uses(store, provider).items():
        raise StillUsed(name=provider.name, used_by=used_by, count=count)
    for certificate in store.where(Certificate, provider_id=provider_id):
        store.remove(certificate)
    store.running.about = provider.name
    store.remove(provider)
