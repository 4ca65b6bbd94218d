"""Places, visits and calls of a plan on their way into the file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from jiuliting_desk.actions.imports import records
from jiuliting_desk.actions.imports.visit_words import LONGEST, moment
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.imports import PlannedRow
from jiuliting_desk.model.known import KnownCall, KnownPlace, KnownVisit, Place
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import ProviderKind
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState, apportioned
from jiuliting_desk.store import Store
from jiuliting_desk.store.providers import highest_number

LEAST = 5
"""Minutes of a visit at least."""


def write_places(
    store: Store, places: Sequence[KnownPlace], committee_id: Callable[[Place], int | None]
) -> dict[str, int]:
    """Store new compounds, what changes of known ones, phones and cadres of committees; gives the new ones' ids."""
    added: dict[str, int] = {}
    by_ref: dict[int, int] = {}
    for place in places:
        owner = committee_id(place.committee)
        if owner is not None:
            _write_committee(store, owner, place)
        if not place.name:
            continue
        compound_id = by_ref.get(place.id, place.id)
        if compound_id > 0:
            known = store.get(Compound, compound_id)
            store.update(
                replace(
                    known,
                    committee_id=owner or known.committee_id,
                    aliases=place.aliases,
                    longitude=place.longitude,
                    latitude=place.latitude,
                    notes=place.notes,
                )
            )
            continue
        stored = store.add(
            Compound(
                name=place.name,
                committee_id=owner,
                aliases=place.aliases,
                longitude=place.longitude,
                latitude=place.latitude,
                notes=place.notes,
            )
        )
        added[place.name] = by_ref[place.id] = stored.id
    return added


def _write_committee(store: Store, committee_id: int, place: KnownPlace) -> None:
    if place.phone:
        store.update(replace(store.get(ResidentsCommittee, committee_id), phone=place.phone))
    if not place.cadre:
        return
    known = store.where(Cadre, committee_id=committee_id, name=place.cadre)
    if not known:
        store.add(Cadre(committee_id=committee_id, name=place.cadre, phone=place.cadre_phone))
    elif place.cadre_phone and known[0].phone != place.cadre_phone:
        store.update(replace(known[0], phone=place.cadre_phone))


def register_named(store: Store, names: Sequence[str], *, joined_on: date) -> dict[str, int]:
    """Volunteers and enterprises (``volunteer:NAME``) of whom only the name is known; gives their ids by that."""
    found: dict[str, int] = {}
    for word in dict.fromkeys(names):
        kind_code, _, name = word.partition(":")
        kind = ProviderKind(kind_code)
        prefix = records.NUMBER_PREFIXES[kind]
        stored = store.add(
            records.new_provider(
                records.bare_provider(name, kind),
                number=f"{prefix}{highest_number(store, prefix) + 1:04d}",
                enterprise_id=None,
                compound_id=None,
                today=joined_on,
            )
        )
        found[word] = stored.id
    return found


def write_visits(
    store: Store,
    rows: Sequence[tuple[PlannedRow, KnownVisit]],
    *,
    survey_ids: Mapping[int, int],
) -> int:
    """Store visits of earlier years, each with the workbook and row that it came from; gives how many.

    Whoever and whatever they name is an id by now.
    """
    cadres: dict[tuple[int | None, str], int] = {}
    for cadre in store.all(Cadre):
        cadres[cadre.committee_id, cadre.name] = cadre.id
        cadres.setdefault((None, cadre.name), cadre.id)
    usual = {category.id: category.minutes for category in store.all(ServiceCategory)}
    visits = [_visit(row, visit, survey_ids[row.key[0]], cadres, usual) for row, visit in rows]
    store.add_many(visits)
    return len(visits)


def _visit(
    row: PlannedRow,
    visit: KnownVisit,
    survey_id: int,
    cadres: Mapping[tuple[int | None, str], int],
    usual: Mapping[int, int],
) -> Visit:
    day = date.fromisoformat(visit.day)
    committee_id, compound_id = (
        place if isinstance(place, int) else None for place in (visit.committee, visit.compound)
    )
    planned = visit.minutes or sum(usual[category_id] for category_id in visit.category_ids)
    shares = apportioned(visit.minutes, [max(1, usual[category_id]) for category_id in visit.category_ids])
    cadre_id = cadres.get((committee_id, visit.cadre), cadres.get((None, visit.cadre))) if visit.cadre else None
    unknown = f"居委干部：{visit.cadre}" if visit.cadre and cadre_id is None else ""
    is_done = visit.state == VisitState.DONE
    return Visit(
        elder_id=visit.elder,
        committee_id=committee_id,
        compound_id=compound_id,
        services=tuple(
            ServiceLine(category_id=category_id, quantity=visit.quantity, minutes=share)
            for category_id, share in zip(visit.category_ids, shares, strict=True)
        ),
        provider_ids=tuple(who for who in visit.providers if isinstance(who, int)),
        cadre_id=cadre_id,
        day=day,
        starts=visit.starts,
        minutes=min(max(planned, LEAST), LONGEST),
        state=VisitState(visit.state),
        reason=visit.reason,
        ended_on=day,
        on_site_minutes=visit.minutes,
        led_in=cadre_id is not None and is_done,
        notes="；".join(filter(None, (visit.notes, unknown))),
        survey_id=survey_id,
        source_row=row.number,
    )


def write_calls(store: Store, rows: Sequence[tuple[PlannedRow, KnownCall]], *, survey_ids: Mapping[int, int]) -> int:
    """Store calls of earlier years, each with the workbook and row that it came from; gives how many."""
    calls = [
        Call(
            at=moment(call.at[:10], int(call.at[11:13]) * 60 + int(call.at[14:16])),
            elder_id=call.elder,
            phone=call.phone,
            caller_name=call.caller_name,
            category_id=call.category_id,
            outcome=CallOutcome(call.outcome),
            notes=call.notes,
            taken_by=call.taken_by,
            survey_id=survey_ids[row.key[0]],
            source_row=row.number,
        )
        for row, call in rows
    ]
    store.add_many(calls)
    return len(calls)
