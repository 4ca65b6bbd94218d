"""Committees, cadres and compounds: added, edited, merged, removed or put out of use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from jiuliting_desk.actions.moving import following
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import NameTaken, StillUsed, WrongState
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store, usage


def _must_be_free(record: ResidentsCommittee | Compound, others: Iterable[ResidentsCommittee | Compound]) -> None:
    """Raise NameTaken where another of the kind has one of the names or aliases."""
    taken = {word: other.name for other in others if other.id != record.id for word in (other.name, *other.aliases)}
    for field, words in (("name", (record.name,)), ("aliases", record.aliases)):
        for word in words:
            if word in taken:
                raise NameTaken(field=field, name=taken[word])


# -- committees


def add_committee(store: Store, *, committee: ResidentsCommittee, today: date) -> ResidentsCommittee:
    """A new committee. Raises Missing, BadPhone and NameTaken."""
    del today
    fresh = replace(committee.checked(), id=0)
    _must_be_free(fresh, store.all(ResidentsCommittee))
    store.running.about = fresh.name
    return store.add(fresh)


def edit_committee(store: Store, *, committee: ResidentsCommittee, today: date) -> ResidentsCommittee:
    """The committee as the form has it, in use or not. Raises Missing, BadPhone, NameTaken and NotThere."""
    del today
    fresh = committee.checked()
    _must_be_free(fresh, store.all(ResidentsCommittee))
    store.running.about = fresh.name
    return store.update(fresh)


def remove_committee(store: Store, *, committee_id: int, today: date) -> None:
    """A committee on which nothing stands goes. Raises StillUsed: then it can be put out of use."""
    del today
    _remove(store, store.get(ResidentsCommittee, committee_id))


def use_committee(store: Store, *, committee_id: int, active: bool, today: date) -> ResidentsCommittee:
    """Offer the committee in forms and filters, or no longer; records that name it keep it."""
    del today
    committee = store.get(ResidentsCommittee, committee_id)
    store.running.about = committee.name
    return store.update(replace(committee, active=active))


# -- cadres


def add_cadre(store: Store, *, cadre: Cadre, today: date) -> Cadre:
    """A new cadre of a committee. Raises Missing, BadPhone, and NameTaken within the committee."""
    del today
    fresh = replace(cadre.checked(), id=0)
    _must_be_only(store, fresh)
    return store.add(_cadre_named(store, fresh))


def edit_cadre(store: Store, *, cadre: Cadre, today: date) -> Cadre:
    """The cadre as the form has it. Raises Missing, BadPhone, NameTaken and NotThere."""
    del today
    fresh = cadre.checked()
    _must_be_only(store, fresh)
    return store.update(_cadre_named(store, fresh))


def remove_cadre(store: Store, *, cadre_id: int, today: date) -> None:
    """A cadre on whom nothing stands goes. Raises StillUsed."""
    del today
    _remove(store, store.get(Cadre, cadre_id))


def led_by(store: Store, *, cadre_id: int, today: date) -> tuple[list[Visit], list[Series]]:
    """The visits planned from today on and the running series that a cadre is to lead in, the first first."""
    planned = store.where(Visit, cadre_id=cadre_id, state=VisitState.PLANNED, order="day")
    return [visit for visit in planned if visit.day >= today], store.where(Series, cadre_id=cadre_id, ended_on=None)


def use_cadre(
    store: Store,
    *,
    cadre_id: int,
    active: bool,
    today: date,
    hand_over: bool = False,
    successor_id: int | None = None,
) -> Cadre:
    """Offer the cadre for visits, or no longer.

    With ``hand_over`` what they were to lead from today on is led by the successor, by nobody where there is none.
    """
    if hand_over:
        for record in (found for kind in led_by(store, cadre_id=cadre_id, today=today) for found in kind):
            store.update(replace(record, cadre_id=successor_id))
    return store.update(replace(_cadre_named(store, store.get(Cadre, cadre_id)), active=active))


def _must_be_only(store: Store, cadre: Cadre) -> None:
    for other in store.where(Cadre, committee_id=cadre.committee_id, name=cadre.name):
        if other.id != cadre.id:
            raise NameTaken(field="name", name=other.name)


def _cadre_named(store: Store, cadre: Cadre) -> Cadre:
    store.running.about = f"{store.get(ResidentsCommittee, cadre.committee_id).name} {cadre.name}"
    return cadre


# -- compounds


def add_compound(store: Store, *, compound: Compound, today: date) -> Compound:
    """A new compound. Raises Missing, BadNumber and NameTaken."""
    del today
    fresh = replace(compound.checked(), id=0)
    _must_be_free(fresh, store.all(Compound))
    store.running.about = fresh.name
    return store.add(fresh)


def edit_compound(store: Store, *, compound: Compound, today: date) -> Compound:
    """The compound as the form has it. Raises Missing, BadNumber, NameTaken and NotThere.

    With another committee its people who were of the former one go along, and what is booked for the elders.
    """
    fresh = compound.checked()
    _must_be_free(fresh, store.all(Compound))
    before = store.get(Compound, fresh.id)
    store.running.about = fresh.name
    if fresh.committee_id not in {None, before.committee_id}:
        store.running.about += _go_along(store, before, fresh, today)
    return store.update(fresh)


def _go_along(store: Store, before: Compound, fresh: Compound, today: date) -> str:
    """People of the committee of ``before`` go to that of ``fresh``; gives that in words, "" where no elder does."""
    elders = store.where(Elder, compound_id=before.id, committee_id=before.committee_id)
    providers = store.where(Provider, compound_id=before.id, committee_id=before.committee_id)
    moved = [replace(elder, committee_id=fresh.committee_id, compound_id=fresh.id) for elder in elders]
    for elder, after in zip(elders, moved, strict=True):
        found = following(store, before=elder, after=after, today=today)
        if found is not None:
            store.update_many(found.visits)
            store.update_many(found.series)
    store.update_many(moved)
    store.update_many([replace(one, committee_id=fresh.committee_id, compound_id=fresh.id) for one in providers])
    committee = store.find(ResidentsCommittee, fresh.committee_id)
    return f"　{len(elders)} 位老人归{committee.name}" if committee is not None and elders else ""


def remove_compound(store: Store, *, compound_id: int, today: date) -> None:
    """A compound where nobody lives goes. Raises StillUsed: then it can be put out of use or merged."""
    del today
    _remove(store, store.get(Compound, compound_id))


def use_compound(store: Store, *, compound_id: int, active: bool, today: date) -> Compound:
    """Offer the compound in forms and filters, or no longer."""
    del today
    compound = store.get(Compound, compound_id)
    store.running.about = compound.name
    return store.update(replace(compound, active=active))


def merge_compounds(store: Store, *, kept_id: int, gone_id: int, today: date) -> Compound:
    """Two compounds that are the same become one: the other's people move, its names become aliases.

    Where it is of another committee they go along as in ``edit_compound``. Raises NotThere, and WrongState for one
    and the same.
    """
    if kept_id == gone_id:
        raise WrongState(kind="compound", state="same", wanted="other")
    kept, gone = store.get(Compound, kept_id), store.get(Compound, gone_id)
    store.running.about = f"{gone.name} → {kept.name}"
    if kept.committee_id not in {None, gone.committee_id}:
        store.running.about += _go_along(store, gone, kept, today)
    store.update_many([replace(elder, compound_id=kept.id) for elder in store.where(Elder, compound_id=gone.id)])
    providers = store.where(Provider, compound_id=gone.id)
    store.update_many([replace(provider, compound_id=kept.id) for provider in providers])
    store.update_many([replace(visit, compound_id=kept.id) for visit in store.where(Visit, compound_id=gone.id)])
    store.remove(gone)
    return store.update(kept.merged_with(gone))


def _remove(store: Store, record: ResidentsCommittee | Cadre | Compound) -> None:
    for used_by, count in usage.uses(store, record).items():
        raise StillUsed(name=record.name, used_by=used_by, count=count)
    store.running.about = record.name
    store.remove(record)
