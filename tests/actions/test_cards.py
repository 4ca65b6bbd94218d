"""The card's whole life: wanted, printed, came out right or not, handed over, lost, reissued."""

from dataclasses import replace
from datetime import date

import pytest

from jiuliting_desk.actions import cards
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.search import search
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.model.cards import CardState, PrintBatch, PrintState, ServiceCard
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.errors import Missing, NotActive, UnknownNumbers, WrongState
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.store import Store

DAY = date(2026, 3, 18)


@pytest.fixture
def office(store: Store) -> Store:
    """An office with a phone and three elders, the first of whom has a volunteer."""
    with store.operation("set up"):
        change_settings(store, values={"office_phone": "10066886688", "second_phone": "66551234"}, today=DAY)
        committee = store.add(ResidentsCommittee(name="亭北居民区", phone="10020000001"))
        compound = store.add(Compound(name="亭北新村", committee_id=committee.id))
        elders = [
            store.add(Elder(name=name, number=number, compound_id=compound.id, committee_id=place))
            for name, number, place in (
                ("高莲英", "0137", committee.id),
                ("金㛃生", "0138", None),
                ("邹福", "0139", None),
            )
        ]
        provider = store.add(Provider(name="顾海宁"))
        store.add(
            Pairing.begun(elder_id=elders[0].id, provider_id=provider.id, category_id=3, today=DAY, first_weeks=6)
        )
    return store


def printed(store: Store, elder_ids: list[int], reason: str = "new") -> PrintBatch:
    drafts = cards.drafts_for(store, elder_ids=elder_ids, reason=reason)
    with store.operation("log_cards_print"):
        return cards.log_cards_print(store, drafts=drafts, target="pdf", stock="90x54", start_slot=0, today=DAY)


def test_what_is_printed_on_a_card(office: Store) -> None:
    drafts = cards.cards_wanted(office)
    assert [(draft.name, draft.number, draft.reason) for draft in drafts] == [
        ("高莲英", "0137", "new"),
        ("金㛃生", "0138", "new"),
        ("邹福", "0139", "new"),
    ]
    first, second, _ = cards.card_faces(office, drafts)
    assert (first.office_phone, first.volunteer, first.second_phone) == ("100 6688 6688", "顾海宁", "100 2000 0001")
    assert (second.volunteer, second.second_phone) == ("", "6655 1234")
    # The office's own second number is not the committee's.
    assert (first.second_name, second.second_name) == ("居委会", "")
    assert [line.name for line in first.services][:2] == ["陪伴聊天", "居家清洁"]
    assert [hit.name for hit in search(office, first.code_text)] == ["高莲英"]


def test_no_card_without_the_offices_phone(office: Store) -> None:
    with office.operation("x"):
        change_settings(office, values={"office_phone": ""}, today=DAY)
    with pytest.raises(Missing) as raised:
        cards.card_faces(office, cards.cards_wanted(office))
    assert raised.value.field == "office_phone"


def test_printing_issues_nothing_until_it_came_out_right(office: Store) -> None:
    ids = [draft.elder_id for draft in cards.cards_wanted(office)]
    batch = printed(office, ids)
    assert {card.state for card in office.all(ServiceCard)} == {CardState.MADE}
    assert len(cards.cards_wanted(office)) == 3
    with office.operation("confirm_cards"):
        settled = cards.confirm_cards(office, batch_id=batch.id, spoilt_ids=[batch.item_ids[1]], today=DAY)
    assert settled.state is PrintState.CONFIRMED
    assert [(draft.name, draft.number) for draft in cards.cards_wanted(office)] == [("金㛃生", "0138")]
    again = printed(office, [ids[1]])
    assert again.item_ids == (batch.item_ids[1],)
    with pytest.raises(WrongState), office.operation("confirm_cards"):
        cards.confirm_cards(office, batch_id=batch.id, today=DAY)
    undo(office)
    undo(office)
    assert {card.state for card in office.all(ServiceCard)} == {CardState.MADE}


def test_a_lost_card_is_void_and_its_successor_has_a_new_number(office: Store) -> None:
    elder_id = cards.cards_wanted(office)[0].elder_id
    first = printed(office, [elder_id])
    with office.operation("confirm_cards"):
        cards.confirm_cards(office, batch_id=first.id, today=DAY)
    with office.operation("hand_over_card"):
        cards.hand_over_card(office, card_id=first.item_ids[0], to="本人", today=DAY)
    with office.operation("report_card_lost"):
        cards.report_card_lost(office, card_id=first.item_ids[0], today=DAY)
    assert cards.card_of(office, elder_id) is None
    wanted = cards.cards_wanted(office)[0]
    assert (wanted.elder_id, wanted.number, wanted.reason) == (elder_id, "0137-2", "lost")
    second = printed(office, [elder_id], reason="lost")
    with office.operation("confirm_cards"):
        cards.confirm_cards(office, batch_id=second.id, today=DAY)
    counted = cards.card_of(office, elder_id)
    assert counted is not None
    assert counted.number == "0137-2"
    assert search(office, "JLT-0137-2")[0].is_void_card is False


def test_a_card_lost_but_not_reported_is_replaced_when_the_new_one_is_good(office: Store) -> None:
    elder_id = cards.cards_wanted(office)[0].elder_id
    first = printed(office, [elder_id])
    with office.operation("confirm_cards"):
        cards.confirm_cards(office, batch_id=first.id, today=DAY)
    second = printed(office, [elder_id], reason="lost")
    assert office.get(ServiceCard, first.item_ids[0]).state is CardState.ISSUED
    with office.operation("confirm_cards"):
        cards.confirm_cards(office, batch_id=second.id, today=DAY)
    assert office.get(ServiceCard, first.item_ids[0]).state is CardState.LOST


def test_a_changed_phone_reprints_the_same_number(office: Store) -> None:
    elder_id = cards.cards_wanted(office)[0].elder_id
    first = printed(office, [elder_id])
    with office.operation("confirm_cards"):
        cards.confirm_cards(office, batch_id=first.id, today=DAY)
    assert printed(office, [elder_id], reason="phone_changed").item_ids == first.item_ids


def test_those_who_left_get_no_card(office: Store) -> None:
    elder = office.all(Elder)[2]
    drafts = cards.drafts_for(office, elder_ids=[elder.id])
    with office.operation("state"):
        office.update(replace(elder, state=ElderState.MOVED))
    assert elder.id not in {draft.elder_id for draft in cards.cards_wanted(office)}
    with pytest.raises(NotActive), office.operation("log_cards_print"):
        cards.log_cards_print(office, drafts=drafts, target="pdf", stock="90x54", start_slot=0, today=DAY)
    with pytest.raises(NothingToPrint), office.operation("log_cards_print"):
        cards.log_cards_print(office, drafts=[], target="pdf", stock="90x54", start_slot=0, today=DAY)
    assert office.all(PrintBatch) == []


def test_numbers_find_their_elders_or_are_named(office: Store) -> None:
    ids = [elder.id for elder in office.all(Elder)]
    assert cards.elders_of_numbers(office, ["0139", "0137"]) == [ids[2], ids[0]]
    with pytest.raises(UnknownNumbers) as raised:
        cards.elders_of_numbers(office, ["0137", "9999"])
    assert raised.value.numbers == ("9999",)
