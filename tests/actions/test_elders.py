"""Elders as staff write them down, correct them and let them go."""

from datetime import date
from typing import Any

import pytest

from jiuliting_desk.actions.elders import (
    change_elder_state,
    edit_elder,
    likely_known,
    next_elder_number,
    record_consent,
    register_elder,
    withdraw_consent,
)
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.needs import add_need
from jiuliting_desk.model.cards import CardState, ServiceCard
from jiuliting_desk.model.elders import Contact, Elder, ElderState, Phone, Sex
from jiuliting_desk.model.errors import (
    AlreadyKnown,
    BadPhone,
    DateOrder,
    Missing,
    NameTaken,
    NotActive,
    WrongState,
)
from jiuliting_desk.model.identity import check_digit
from jiuliting_desk.model.likeness import Likeness
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.store import Store
from tests.actions.people import CHAT, volunteer
from tests.actions.visits import NEXT_WEDNESDAY, book, done

DAY = date(2026, 3, 18)
ID = "00000019440101002" + check_digit("00000019440101002")


def register(store: Store, name: str = "高莲英", **fields: Any) -> Elder:
    with store.operation("register_elder"):
        return register_elder(store, name=name, today=DAY, **fields)


@pytest.fixture
def compound(store: Store) -> Compound:
    with store.operation("settle"):
        committee = store.add(ResidentsCommittee(name="亭北居民区"))
        return store.add(Compound(name="亭北新村", committee_id=committee.id))


def test_an_elder_gets_the_next_number_and_what_the_id_tells(store: Store, compound: Compound) -> None:
    first = register(store, " 高 莲英 ", id_number=ID, compound_id=compound.id, building="12", room="３01")
    assert (first.number, first.name, first.birth, first.sex) == ("0001", "高莲英", "1944-01-01", Sex.FEMALE)
    assert (first.committee_id, first.room, first.registered_on) == (compound.committee_id, "301", DAY)
    assert register(store, "马根宝", number="9999").number == "9999"
    assert next_elder_number(store) == "10000"
    line = store.undoable()
    assert line is not None
    assert line.about == "马根宝"


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_written(store: Store) -> None:
    register(store, "马根宝", number="0007")
    for fields, error, field in (
        ({"name": " "}, Missing, "name"),
        ({"phones": (Phone(number="66551234"), Phone(number="1390000441"))}, BadPhone, "phones"),
        ({"number": "0007"}, NameTaken, "number"),
        ({"contacts": (Contact(name="高静", phone="12"),)}, BadPhone, "contacts"),
    ):
        with pytest.raises(error) as raised:
            register(store, **fields)
        assert raised.value.field == field
    assert store.count(Elder) == 1


def test_the_same_person_is_not_registered_twice_unless_staff_say_so(store: Store) -> None:
    known = register(store, phones=(Phone(number="100 0000 4417"),))
    with pytest.raises(AlreadyKnown) as raised:
        register(store, phones=(Phone(number="10000004417"),))
    assert (raised.value.record_id, raised.value.why) == (known.id, "same_name_and_phone")
    register(store, phones=(Phone(number="10000004418"),))
    register(store, phones=(Phone(number="10000004417"),), although_known=True)
    assert store.count(Elder) == 3


def test_likely_people_show_while_a_form_is_typed(store: Store, compound: Compound) -> None:
    at_home: dict[str, Any] = {"compound_id": compound.id, "building": "12", "room": "301"}
    known = register(store, "高连英", phones=(Phone(number="10000004417"),), birth="1944", **at_home)
    for number in range(6):
        register(store, "高莲英", phones=(Phone(number=f"1000000000{number}"),))
    assert likely_known(store, name="高") == []
    namesakes = likely_known(store, name="高莲英")
    assert len(namesakes) == 5
    assert {each.likeness for each in namesakes} == {Likeness.SAME_NAME}
    alike = likely_known(store, name="高莲英", phones=(Phone(number="10000000003"), Phone(number="1")), **at_home)
    assert [each.likeness for each in alike[:2]] == [Likeness.SAME_NAME_AND_PHONE, Likeness.SOUND_ALIKE_AT_ADDRESS]
    assert (alike[1].elder_id, alike[1].address, alike[1].phone_tail, alike[1].birth_year) == (
        known.id,
        "亭北新村 12号 301",
        "4417",
        "1944",
    )
    assert likely_known(store, name="高连英", but=known.id) == []


def test_an_edit_changes_the_named_fields_only(store: Store, compound: Compound) -> None:
    elder = register(store, notes="听沪剧", phones=(Phone(number="10000004417"),))
    with store.operation("edit_elder"):
        edited = edit_elder(store, elder_id=elder.id, compound_id=compound.id, building="3", today=DAY)
    assert (edited.notes, edited.committee_id, edited.building) == ("听沪剧", compound.committee_id, "3")
    other = register(store, "马根宝")
    with pytest.raises(NameTaken), store.operation("edit_elder"):
        edit_elder(store, elder_id=elder.id, number=other.number, today=DAY)
    with pytest.raises(Missing), store.operation("edit_elder"):
        edit_elder(store, elder_id=elder.id, number=" ", today=DAY)
    undo(store)
    undo(store)
    assert store.get(Elder, elder.id) == elder


def test_booked_visits_and_series_follow_who_moves_house(store: Store, compound: Compound) -> None:
    elder, gu = register(store, compound_id=compound.id), volunteer(store)
    with store.operation("prepare"):
        old = store.add(Cadre(name="何佩", committee_id=compound.committee_id or 0))
        committee = store.add(ResidentsCommittee(name="桂溪居民区"))
        there = store.add(Compound(name="桂溪公寓", committee_id=committee.id))
        new = store.add(Cadre(name="孙美雅", committee_id=committee.id))
        store.add(Cadre(name="从前的", committee_id=committee.id, active=False))
        series = store.add(
            Series(
                elder_id=elder.id,
                services=(ServiceLine(category_id=CHAT),),
                provider_ids=(gu.id,),
                cadre_id=old.id,
                starts=600,
                minutes=60,
                interval=Interval.WEEKLY,
                begins_on=DAY,
            )
        )
    over = done(store, elder.id, gu.id, cadre_id=old.id)
    led = book(store, elder.id, gu.id, day=NEXT_WEDNESDAY, cadre_id=old.id, reason="再去")
    alone = book(store, elder.id, gu.id, day=NEXT_WEDNESDAY, starts=600, reason="再去")
    before = [store.get(Visit, one.id) for one in (over, led, alone)]
    with store.operation("edit_elder"):
        edit_elder(store, elder_id=elder.id, compound_id=there.id, today=DAY)
    after = [store.get(Visit, one.id) for one in (over, led, alone)]
    assert after[0] == before[0]
    assert [(each.committee_id, each.compound_id) for each in after[1:]] == [(committee.id, there.id)] * 2
    assert [each.cadre_id for each in after[1:]] == [new.id, None]
    assert store.get(Series, series.id).cadre_id == new.id
    undo(store)
    assert [store.get(Visit, one.id) for one in (over, led, alone)] == before
    assert store.get(Series, series.id).cadre_id == old.id
    with store.operation("add_cadre"):
        store.add(Cadre(name="另一位", committee_id=committee.id))
    with store.operation("edit_elder"):
        edit_elder(store, elder_id=elder.id, compound_id=there.id, today=DAY)
    assert store.get(Visit, led.id).cadre_id is None


def test_who_leaves_the_list_leaves_nothing_to_do(store: Store) -> None:
    elder = register(store)
    with store.operation("prepare"):
        provider = store.add(Provider(kind=ProviderKind.VOLUNTEER, name="顾海宁"))
        need = add_need(store, elder_id=elder.id, category_id=3, today=DAY)
        store.update(need.claimed(by=provider.id))
        served = store.add(Need(elder_id=elder.id, category_id=1, since=DAY, state=NeedState.SERVED))
        claim = store.add(Claim.begun(need_id=need.id, provider_id=provider.id, today=DAY, days=14))
        bond = store.add(
            Pairing.begun(elder_id=elder.id, provider_id=provider.id, category_id=3, today=DAY, first_weeks=6)
        )
        card = store.add(ServiceCard(elder_id=elder.id, number="0001", made_on=DAY))
    with pytest.raises(Missing), store.operation("change_elder_state"):
        change_elder_state(store, elder_id=elder.id, state=ElderState.DECEASED, reason=" ", today=DAY)
    with store.operation("change_elder_state"):
        gone = change_elder_state(
            store, elder_id=elder.id, state=ElderState.MOVED, reason="搬到女儿家", on=date(2026, 3, 1), today=DAY
        )
    assert (gone.state, gone.state_on, gone.state_reason) == (ElderState.MOVED, date(2026, 3, 1), "搬到女儿家")
    assert store.get(Need, need.id).state is NeedState.CLOSED
    assert store.get(Need, served.id).state is NeedState.SERVED
    assert store.get(Claim, claim.id).state is ClaimState.RELEASED
    assert store.get(Pairing, bond.id).end_reason == "搬到女儿家"
    assert store.get(ServiceCard, card.id).state is CardState.VOID
    with pytest.raises(NotActive), store.operation("add_need"):
        add_need(store, elder_id=elder.id, category_id=3, today=DAY)
    undo(store)
    assert store.get(Need, need.id).claimed_by == provider.id
    assert store.get(ServiceCard, card.id) == card
    assert store.get(Elder, elder.id) == elder


def test_a_pause_keeps_what_is_to_do(store: Store) -> None:
    elder = register(store)
    with store.operation("add_need"):
        need = add_need(store, elder_id=elder.id, category_id=3, today=DAY)
    with store.operation("change_elder_state"):
        change_elder_state(store, elder_id=elder.id, state=ElderState.PAUSED, reason="住院", today=DAY)
    assert store.get(Need, need.id) == need
    with pytest.raises(WrongState), store.operation("change_elder_state"):
        change_elder_state(store, elder_id=elder.id, state=ElderState.PAUSED, reason="住院", today=DAY)
    with store.operation("change_elder_state"):
        back = change_elder_state(store, elder_id=elder.id, state=ElderState.ACTIVE, reason="", today=DAY)
    assert back.state is ElderState.ACTIVE


def test_a_consent_is_given_and_withdrawn_and_given_again(store: Store) -> None:
    elder = register(store)
    with pytest.raises(DateOrder), store.operation("record_consent"):
        record_consent(store, elder_id=elder.id, on=date(2026, 3, 19), today=DAY)
    with pytest.raises(WrongState), store.operation("withdraw_consent"):
        withdraw_consent(store, elder_id=elder.id, today=DAY)
    with store.operation("record_consent"):
        given = record_consent(store, elder_id=elder.id, on=date(2026, 1, 2), today=DAY)
    assert given.has_consented
    assert given.consent_by == "何佩"
    with store.operation("withdraw_consent"):
        ended = withdraw_consent(store, elder_id=elder.id, today=DAY)
    assert (ended.has_consented, ended.consent_on, ended.consent_ended_on) == (False, date(2026, 1, 2), DAY)
    with store.operation("record_consent"):
        assert record_consent(store, elder_id=elder.id, on=DAY, today=DAY).has_consented
