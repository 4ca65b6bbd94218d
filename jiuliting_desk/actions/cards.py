"""Service cards: who wants one, what is on it, printing, "came out right?", handing over, lost and reissued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiuliting_desk.actions.settings import setting
from jiuliting_desk.model.cards import CardState, PrintBatch, PrintState, ServiceCard
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.errors import Missing, UnknownNumbers
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.paper.card_face import COMMITTEE, CardFace, ServiceLine
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.store import Store
from jiuliting_desk.store import cards as queries
from jiuliting_desk.store.finding import CODE_PREFIX

REASONS = ("new", "lost", "damaged", "phone_changed", "volunteer_changed")
"""Why a card is printed; only a lost one gets a new number, since the old card may be in strange hands."""
NEW_NUMBER_REASONS = frozenset({"lost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDraft:
    """A card to be printed for an elder; ``card_id`` is 0 where its record is only made when it is printed."""

    elder_id: int
    name: str
    number: str
    reason: str
    card_id: int = 0
    obstacle: str = ""
    """Why it should not be printed: an ElderState, or no_address; "" where nothing stands in the way."""


# -- who wants one


def cards_wanted(store: Store, *, limit: int = 500) -> list[CardDraft]:
    """Active elders who have no card that counts, by number; a reissue where the last one was lost."""
    found = queries.waiting(store, limit=limit)
    reasons = {elder_id: "lost" if last == CardState.LOST else "new" for elder_id, last in found}
    return drafts_for(store, elder_ids=[elder_id for elder_id, _ in found], reasons=reasons)


def drafts_for(
    store: Store, *, elder_ids: Sequence[int], reasons: dict[int, str] | None = None, reason: str = "new"
) -> list[CardDraft]:
    """A draft for each of these elders, in their order; elders removed meanwhile are left out."""
    elders = store.get_many(Elder, elder_ids)
    cards: dict[int, list[ServiceCard]] = {}
    for start in range(0, len(elder_ids), 500):
        for card in store.where(ServiceCard, elder_id=list(elder_ids[start : start + 500])):
            cards.setdefault(card.elder_id, []).append(card)
    return [
        _draft(elders[elder_id], cards.get(elder_id, []), (reasons or {}).get(elder_id, reason))
        for elder_id in dict.fromkeys(elder_ids)
        if elder_id in elders
    ]


def _draft(elder: Elder, cards: list[ServiceCard], reason: str) -> CardDraft:
    obstacle = elder.state.value if elder.state is not ElderState.ACTIVE else ""
    if not obstacle and elder.compound_id is None and not elder.building and not elder.room:
        obstacle = "no_address"
    made = next((card for card in reversed(cards) if card.state is CardState.MADE), None)
    valid = next((card for card in reversed(cards) if card.is_valid), None)
    reused = made or (None if reason in NEW_NUMBER_REASONS else valid)
    return CardDraft(
        elder_id=elder.id,
        name=elder.name,
        number=reused.number if reused else _next_number(elder, cards),
        reason=made.reason if made else reason,
        card_id=reused.id if reused else 0,
        obstacle=obstacle,
    )


def _next_number(elder: Elder, cards: list[ServiceCard]) -> str:
    """The elder's own number for the first card, with -2, -3 … for later ones."""
    used = {card.number for card in cards}
    if elder.number not in used:
        return elder.number
    return next(number for nth in range(2, len(used) + 3) if (number := f"{elder.number}-{nth}") not in used)


# -- what is on it


def card_faces(store: Store, drafts: Sequence[CardDraft]) -> list[CardFace]:
    """What is printed on each card. Raises Missing while the office has no phone number."""
    phone = setting(store, "office_phone")
    if not phone:
        raise Missing(field="office_phone")
    ids = [draft.elder_id for draft in drafts]
    elders = store.get_many(Elder, ids)
    committees = {committee.id: committee for committee in store.all(ResidentsCommittee)}
    volunteers = queries.paired_names(store, ids)
    services = tuple(
        ServiceLine(name=category.name, icon=category.icon)
        for category in store.where(ServiceCategory, active=True, order="position")
    )
    second = setting(store, "second_phone")
    faces = []
    for draft in drafts:
        committee = committees.get(elders[draft.elder_id].committee_id or 0)
        beside = committee.phone if committee else ""
        faces.append(
            CardFace(
                number=draft.number,
                name=draft.name,
                office_phone=spaced(phone),
                code_text=f"{CODE_PREFIX}-{draft.number}",
                brand=setting(store, "card_title"),
                office_name=setting(store, "office_name"),
                volunteer=volunteers.get(draft.elder_id, ""),
                second_name=COMMITTEE if beside else "",
                second_phone=spaced(beside or second),
                services=services,
            )
        )
    return faces


def spaced(phone: str) -> str:
    """A number in groups that can be read aloud: 100 1234 5678, 6655 1234; others as they are."""
    if phone.isdecimal() and len(phone) == 11:
        return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    if phone.isdecimal() and len(phone) == 8:
        return f"{phone[:4]} {phone[4:]}"
    return phone


# -- printing


def log_cards_print(
    store: Store,
    *,
    drafts: Sequence[CardDraft],
    target: str,
    stock: str,
    start_slot: int,
    today: date,
) -> PrintBatch:
    """Note what was sent to a printer or a PDF; drafts get their record, but count as issued only once confirmed.

    Raises NothingToPrint, and NotActive for an elder who left the list meanwhile.
    """
    if not drafts:
        raise NothingToPrint()
    ids = []
    for draft in drafts:
        elder = store.get(Elder, draft.elder_id)
        elder.must_be_served()
        if draft.card_id:
            ids.append(draft.card_id)
        else:
            card = ServiceCard(elder_id=elder.id, number=draft.number, reason=draft.reason, made_on=today)
            ids.append(store.add(card).id)
    store.running.about = f"{len(ids)} 张卡"
    return store.add(
        PrintBatch(
            kind="cards",
            printed_on=today,
            printed_by=store.who,
            target=target,
            stock=stock,
            start_slot=start_slot,
            item_ids=tuple(ids),
        )
    )


def confirm_cards(store: Store, *, batch_id: int, spoilt_ids: Sequence[int] = (), today: date) -> PrintBatch:
    """Say how a batch came out: good cards are issued and replace the elder's older ones, spoilt ones wait again.

    Raises WrongState where it was settled already.
    """
    batch = store.get(PrintBatch, batch_id)
    settled = store.update(batch.came_out(spoilt_ids=tuple(spoilt_ids)))
    cards = store.get_many(ServiceCard, batch.item_ids)
    for card_id in batch.item_ids:
        card = cards.get(card_id)
        if card is None or card_id in settled.spoilt_ids or not card.is_valid:
            continue
        store.update(card.issued(on=today))
        for older in store.where(ServiceCard, elder_id=card.elder_id):
            if older.id != card.id and older.is_valid:
                ended = CardState.LOST if card.reason == "lost" else CardState.VOID
                store.update(older.ended(ended, on=today, reason=card.reason))
    store.running.about = f"{len(batch.item_ids) - len(settled.spoilt_ids)} 张卡"
    return settled


def unsettled_batches(store: Store) -> list[PrintBatch]:
    """Batches of cards of which nobody has said yet how they came out, the newest first."""
    return list(reversed(store.where(PrintBatch, kind="cards", state=PrintState.SENT)))


# -- a card's later life


def hand_over_card(store: Store, *, card_id: int, to: str, today: date) -> ServiceCard:
    """The card is with the elder, or with who took it. Raises WrongState, Missing."""
    card = store.get(ServiceCard, card_id)
    _name(store, card)
    return store.update(card.handed(on=today, by=store.who, to=to))


def report_card_lost(store: Store, *, card_id: int, today: date) -> ServiceCard:
    """The card is gone: its number is void at once, and the elder wants a new one. Raises WrongState."""
    card = store.get(ServiceCard, card_id)
    _name(store, card)
    return store.update(card.ended(CardState.LOST, on=today, reason="lost"))


def void_card(store: Store, *, card_id: int, reason: str, today: date) -> ServiceCard:
    """The card counts no more, for a reason. Raises WrongState, Missing."""
    if not reason.strip():
        raise Missing(field="reason")
    card = store.get(ServiceCard, card_id)
    _name(store, card)
    return store.update(card.ended(CardState.VOID, on=today, reason=reason.strip()))


def _name(store: Store, card: ServiceCard) -> None:
    store.running.about = f"{store.get(Elder, card.elder_id).name}　{card.number}"


def card_of(store: Store, elder_id: int) -> ServiceCard | None:
    """The elder's card that counts, or None."""
    valid = [card for card in store.where(ServiceCard, elder_id=elder_id) if card.is_valid]
    return valid[-1] if valid else None


def elders_of_numbers(store: Store, numbers: Sequence[str]) -> list[int]:
    """The elders with these numbers or card numbers, in order. Raises UnknownNumbers for those nobody has."""
    found = queries.ids_by_numbers(store, list(numbers))
    unknown = tuple(number for number in numbers if number not in found)
    if unknown:
        raise UnknownNumbers(numbers=unknown)
    return [found[number] for number in numbers]
