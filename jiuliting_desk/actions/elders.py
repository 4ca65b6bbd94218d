"""Elders: registered, corrected, paused and let go; their consent; and who may be in the list already."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypedDict, Unpack

from jiuliting_desk.actions.moving import following
from jiuliting_desk.actions.past import Step, steps_of
from jiuliting_desk.actions.withdrawals import withdraw_elder
from jiuliting_desk.model.cards import CardState, ServiceCard
from jiuliting_desk.model.elders import Contact, Elder, ElderState, Living, Phone, Sex
from jiuliting_desk.model.errors import AlreadyKnown, Missing, NameTaken
from jiuliting_desk.model.feedback import Feedback, FeedbackForm
from jiuliting_desk.model.likeness import Likeness, Traits
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.places import Compound, address_text
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.store import elders as queries


class ElderFields(TypedDict, total=False):
    """What a form or a sheet may say of an elder."""

    number: str
    name: str
    sex: Sex
    birth: str
    id_number: str
    phones: tuple[Phone, ...]
    best_hours: str
    committee_id: int | None
    compound_id: int | None
    building: str
    unit: str
    room: str
    floor: int | None
    without_lift: bool
    living: Living
    tags: tuple[str, ...]
    contacts: tuple[Contact, ...]
    health: str
    hearing: str
    language: str
    likes: str
    refuses: str
    refuses_sex: Sex
    survey_id: int | None
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody in the list who may be the person that is being typed, with what tells namesakes apart."""

    elder_id: int
    name: str
    number: str
    address: str
    birth_year: str
    phone_tail: str
    state: ElderState
    likeness: Likeness


# -- who is it


def next_elder_number(store: Store) -> str:
    """The number that the next elder gets, of four digits or more: 0137."""
    return queries.free_numbers(store)[0]


def likely_known(store: Store, *, but: int = 0, **fields: Unpack[ElderFields]) -> list[Known]:
    """At most five people who may be the one described so far, the surest first; for a form while it is typed.

    A phone or number that cannot be yet is left out. ``but`` is the record that is being edited.
    """
    draft = replace(Elder(name=""), **fields)
    return [_known(store, elder, how) for how, elder in queries.alike(store, Traits.of_draft(draft), but=but)]


def _known(store: Store, elder: Elder, how: Likeness) -> Known:
    compound = store.find(Compound, elder.compound_id)
    return Known(
        elder_id=elder.id,
        name=elder.name,
        number=elder.number,
        address=address_text(compound.name if compound else "", elder.building, elder.room, elder.unit),
        birth_year=elder.birth[:4],
        phone_tail=elder.phone.split("-")[0][-4:],
        state=elder.state,
        likeness=how,
    )


# -- the record


def register_elder(store: Store, *, today: date, although_known: bool = False, **fields: Unpack[ElderFields]) -> Elder:
    """A new elder, with the next free number where none is given.

    The committee follows the compound where it is not given. Raises Missing, BadPhone, BadDate, NameTaken (for the
    number), and AlreadyKnown where the list has the same person, unless ``although_known``.
    """
    draft = _placed(store, replace(Elder(name=""), **fields)).checked(today=today)
    if not although_known:
        for how, other in queries.alike(store, Traits.of(draft)):
            if how.is_same_person:
                raise AlreadyKnown(
                    field="name", record_id=other.id, name=other.name, number=other.number, why=how.value
                )
    number = _free_number(store, draft) or next_elder_number(store)
    store.running.about = draft.name
    return store.add(replace(draft, number=number, registered_on=today))


def edit_elder(store: Store, *, elder_id: int, today: date, **fields: Unpack[ElderFields]) -> Elder:
    """Some fields of a record changed; the others stay. Planned visits and series follow who moves house.

    Raises as ``register_elder`` does, but for AlreadyKnown.
    """
    before = store.get(Elder, elder_id)
    after = replace(before, **fields)
    if "compound_id" in fields and "committee_id" not in fields:
        after = _placed(store, replace(after, committee_id=None))
    if set(after.tags) == set(before.tags):
        # The order in which a form offers them is no change.
        after = replace(after, tags=before.tags)
    after = after.checked(today=today)
    number = _free_number(store, after)
    if not number:
        raise Missing(field="number")
    store.running.about = after.name
    found = following(store, before=before, after=after, today=today)
    for record in (*found.visits, *found.series) if found else ():
        store.update(record)
    return store.update(replace(after, number=number))


def _placed(store: Store, elder: Elder) -> Elder:
    """The elder in the committee of the compound, where no committee is said."""
    compound = store.find(Compound, elder.compound_id)
    if elder.committee_id is None and compound is not None:
        return replace(elder, committee_id=compound.committee_id)
    return elder


def _free_number(store: Store, elder: Elder) -> str:
    number = elder.number.strip()
    if number:
        for other in store.where(Elder, number=number):
            if other.id != elder.id:
                raise NameTaken(field="number", name=number)
    return number


# -- state


def change_elder_state(
    store: Store,
    *,
    elder_id: int,
    state: ElderState,
    reason: str,
    today: date,
    on: date | None = None,
    cancel_visits: bool = False,
) -> Elder:
    """Paused, moved, in a care home, deceased, withdrawn, or active again, since ``on`` (today where it is not said).

    With ``cancel_visits`` a pause cancels what is planned from today on and ends the series: the needs wait until the
    elder is back.

    Who leaves the list leaves nothing to do behind: waiting and booked needs are closed and claims released, planned
    visits are cancelled, bonds end, cards are void, all with the same ``reason``, in the same step. Raises
    WrongState; Missing without a reason, which only coming back to the list does not need.
    """
    before = store.get(Elder, elder_id)
    after = before.now_in(state, on=on or today, reason=reason.strip())
    if not after.state_reason and state is not ElderState.ACTIVE:
        raise Missing(field="reason")
    store.running.about = before.name
    if before.is_served and not after.is_served:
        leave_nothing_to_do(store, before, on=today, reason=after.state_reason)
    elif cancel_visits and state is ElderState.PAUSED:
        withdraw_elder(store, elder_id=elder_id, reason=after.state_reason, today=today)
        store.running.about = before.name
    return store.update(after)


def leave_nothing_to_do(store: Store, elder: Elder, *, on: date, reason: str) -> None:
    """End whatever stands for an elder who is not served: see ``change_elder_state``."""
    for need in store.where(Need, elder_id=elder.id, state=[NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED]):
        for claim in store.where(Claim, need_id=need.id, state=ClaimState.HELD):
            store.update(claim.ended(ClaimState.RELEASED, reason=reason))
        store.update(need.closed(on=on, reason=reason))
    withdraw_elder(store, elder_id=elder.id, reason=reason, today=on)
    store.running.about = elder.name
    for pairing in store.where(Pairing, elder_id=elder.id, ended_on=None):
        store.update(pairing.ended(on=max(on, pairing.started_on), reason=reason))
    for card in store.where(ServiceCard, elder_id=elder.id):
        if card.is_valid:
            store.update(card.ended(CardState.VOID, on=on, reason=reason))


# -- consent


def record_consent(store: Store, *, elder_id: int, on: date, today: date) -> Elder:
    """A consent signed on a day, as shown to whoever works here now. Raises DateOrder for a day to come."""
    elder = store.get(Elder, elder_id)
    store.running.about = elder.name
    return store.update(elder.consented(on=on, recorded_by=store.who, today=today))


def withdraw_consent(store: Store, *, elder_id: int, today: date) -> Elder:
    """The consent ends today; that there was one stays in the record. Raises WrongState where there is none."""
    elder = store.get(Elder, elder_id)
    store.running.about = elder.name
    return store.update(elder.consent_ended(on=today))


# -- what belongs to a record, and its story


def belongings_of(store: Store, *, elder_id: int) -> list[Any]:
    """Every record that belongs to an elder: needs with their claims, bonds, cards, calls, visits with their papers."""
    found = queries.standing_on(store, elder_id)
    needs = [each.id for each in found if isinstance(each, Need)]
    visits = [each.id for each in found if isinstance(each, Visit)]
    return [
        *found,
        *store.where(Claim, need_id=needs),
        *store.where(FeedbackForm, visit_id=visits),
        *store.where(Feedback, visit_id=visits),
    ]


def elder_story(store: Store, *, elder_id: int) -> list[Step]:
    """Every step that touched the record or what belongs to it, the newest first."""
    belongings = belongings_of(store, elder_id=elder_id)
    return steps_of(store, [(Elder, elder_id), *((type(each), each.id) for each in belongings)])
