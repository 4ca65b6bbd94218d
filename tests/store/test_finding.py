"""The search box finds people by anything that is known of them."""

from dataclasses import replace
from datetime import date

import pytest

from jiuliting_desk.actions.search import Why, search
from jiuliting_desk.model.cards import CardState, ServiceCard
from jiuliting_desk.model.elders import Elder, ElderState, Phone
from jiuliting_desk.model.identity import check_digit
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.store import Store

DAY = date(2026, 3, 18)
FIRST_17 = "00000019321212191"


@pytest.fixture
def people(store: Store) -> Store:
    """Two elders of one name, one with a rare one, a volunteer and an enterprise."""
    with store.operation("register"):
        north, gold = store.add(Compound(name="亭北新村")), store.add(Compound(name="金丰蓝庭"))
        gao = store.add(
            Elder(
                name="高莲英",
                number="0137",
                compound_id=north.id,
                building="12",
                room="301",
                phones=(Phone(number="10000004417"), Phone(number="02166551234")),
            )
        )
        store.add(Elder(name="高莲英", number="0138", compound_id=gold.id, building="3", room="101"))
        store.add(
            Elder(
                name="金㛃生",
                number="0139",
                compound_id=gold.id,
                building="12",
                room="204",
                id_number=FIRST_17 + check_digit(FIRST_17),
            )
        )
        store.add(Elder(name="单𬱖䶮", number="0140"))
        store.add(Need(elder_id=gao.id, category_id=3, since=DAY))
        store.add(Provider(name="顾海宁", phones=(Phone(number="10000000388"),), compound_id=north.id))
        store.add(Provider(name="净邻家政（虚构）", kind=ProviderKind.ENTERPRISE, contact_name="沈琴珍"))
    return store


@pytest.mark.parametrize(
    ("text", "names", "why"),
    [
        ("高莲英", ["高莲英", "高莲英"], Why.NAME),
        ("莲英", ["高莲英", "高莲英"], Why.NAME),
        ("gly", ["高莲英", "高莲英"], Why.PINYIN),
        ("gaolian", ["高莲英", "高莲英"], Why.PINYIN),
        ("GLY 亭北", ["高莲英"], Why.PINYIN),
        ("亭北 莲英", ["高莲英"], Why.NAME),
        ("高莲英亭北", ["高莲英"], Why.PLACE),
        ("4417", ["高莲英"], Why.PHONE),
        ("100 0000-4417", ["高莲英"], Why.PHONE),
        ("+86 10000004417", ["高莲英"], Why.PHONE),
        ("021-6655 1234", ["高莲英"], Why.PHONE),
        ("0137", ["高莲英"], Why.CARD_NUMBER),
        ("137", ["高莲英"], Why.CARD_NUMBER),
        ("亭北新村12号301", ["高莲英"], Why.PLACE),
        ("301 亭北", ["高莲英"], Why.PLACE),
        ("金㛃", ["金㛃生"], Why.NAME),
        ("𬱖", ["单𬱖䶮"], Why.NAME),
        ("shan", ["单𬱖䶮"], Why.PINYIN),
        ((FIRST_17 + check_digit(FIRST_17))[-4:], ["金㛃生"], Why.ID_TAIL),
        ("顾海宁", ["顾海宁"], Why.NAME),
        ("沈琴珍", ["净邻家政（虚构）"], Why.PLACE),
        ("净邻", ["净邻家政（虚构）"], Why.NAME),
    ],
)
def test_words_find(people: Store, text: str, names: list[str], why: Why) -> None:
    hits = search(people, text)
    assert [hit.name for hit in hits] == names
    assert hits[0].why is why


def test_who_is_called_so_stands_before_those_who_live_there(store: Store) -> None:
    with store.operation("register"):
        place = store.add(Compound(name="桂溪苑"))
        for number in range(200):
            store.add(Elder(name=f"王小{number}", compound_id=place.id))
        store.add(Elder(name="桂兰芳"))
    hits = search(store, "gui")
    assert [(hit.name, hit.why) for hit in hits[:1]] == [("桂兰芳", Why.PINYIN)]
    assert {hit.why for hit in hits[1:]} == {Why.PLACE}
    assert len(hits) == 30
    assert search(store, "桂")[0].name == "桂兰芳"


@pytest.mark.parametrize("text", ["", "  ", "zzz", "高莲英 金丰 301", '"', "*", "高 AND", "(", "'; DROP"])
def test_words_that_find_nobody(people: Store, text: str) -> None:
    assert search(people, text) == []


def test_a_hit_tells_same_names_apart_and_shows_the_need(people: Store) -> None:
    first, second = search(people, "高莲英")
    assert (first.compound, first.building, first.room, first.needs) == (
        "亭北新村",
        "12",
        "301",
        ((3, NeedState.OPEN),),
    )
    assert (second.compound, second.needs) == ("金丰蓝庭", ())


def test_someone_saved_a_moment_ago_is_found_and_someone_gone_is_not(people: Store) -> None:
    with people.operation("register"):
        new = people.add(Elder(name="酆喆水", number="0200"))
    assert [hit.record_id for hit in search(people, "fzs")] == [new.id]
    with people.operation("state"):
        people.update(replace(new, state=ElderState.DECEASED))
    assert search(people, "fzs") == []
    assert [hit.record_id for hit in search(people, "fzs", inactive=True)] == [new.id]


def test_a_cards_code_finds_its_elder_also_when_it_is_void(people: Store) -> None:
    elder = search(people, "0137")[0].record_id
    with people.operation("card"):
        card = people.add(ServiceCard(elder_id=elder, number="0137-2", made_on=DAY))
    for text in ("0137-2", "JLT-0137-2", "jlt-0137-2"):
        hits = search(people, text)
        assert [hit.record_id for hit in hits] == [elder], text
        assert hits[0].why is Why.CARD_NUMBER
    with people.operation("lost"):
        people.update(replace(card, state=CardState.VOID))
    assert search(people, "JLT-0137-2")[0].is_void_card
    assert not search(people, "0138")[0].is_void_card
