"""Committees, cadres and compounds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jiuliting_desk.actions import places
from jiuliting_desk.actions.history import undo
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import BadNumber, BadPhone, Missing, NameTaken, StillUsed, WrongState
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from tests.actions.people import TODAY, elder, volunteer
from tests.actions.visits import book


def committee(store: Store, name: str, **changes: object) -> ResidentsCommittee:
    with store.operation("add_committee"):
        record = ResidentsCommittee(name=name, **changes)  # type: ignore[arg-type]
        return places.add_committee(store, committee=record, today=TODAY)


def compound(store: Store, name: str, **changes: object) -> Compound:
    with store.operation("add_compound"):
        record = Compound(name=name, **changes)  # type: ignore[arg-type]
        return places.add_compound(store, compound=record, today=TODAY)


def test_names_and_aliases_are_nobody_elses(store: Store) -> None:
    first = committee(store, " 亭北居民区 ", aliases=("亭北", "亭北", "亭北居民区", ""))
    assert (first.name, first.aliases) == ("亭北居民区", ("亭北",))
    for name, aliases in (("亭北", ()), ("亭北居民区", ()), ("亭南", ("亭北",))):
        with pytest.raises(NameTaken) as raised:
            committee(store, name, aliases=aliases)
        assert raised.value.name == "亭北居民区"
    with store.operation("edit_committee"):
        places.edit_committee(store, committee=replace(first, phone="100-5555-0101"), today=TODAY)
    assert store.get(ResidentsCommittee, first.id).phone == "10055550101"
    with pytest.raises(BadPhone):
        committee(store, "亭南", phone="12")
    with pytest.raises(Missing):
        committee(store, " ")


def test_a_committee_that_is_used_is_put_out_of_use_instead(store: Store) -> None:
    used, area, free = (committee(store, name) for name in ("亭北", "亭南", "望桥"))
    elder(store, committee_id=used.id)
    volunteer(store, area_committee_ids=(area.id,))
    with pytest.raises(StillUsed) as raised, store.operation("remove_committee"):
        places.remove_committee(store, committee_id=used.id, today=TODAY)
    assert (raised.value.name, raised.value.used_by, raised.value.count) == ("亭北", "elder", 1)
    with pytest.raises(StillUsed) as raised, store.operation("remove_committee"):
        places.remove_committee(store, committee_id=area.id, today=TODAY)
    assert raised.value.used_by == "provider"
    with store.operation("use_committee"):
        assert not places.use_committee(store, committee_id=used.id, active=False, today=TODAY).active
    with store.operation("remove_committee"):
        places.remove_committee(store, committee_id=free.id, today=TODAY)
    assert store.find(ResidentsCommittee, free.id) is None


def test_cadres_have_one_name_within_a_committee(store: Store) -> None:
    here, there = committee(store, "亭北"), committee(store, "亭南")
    with store.operation("add_cadre"):
        first = places.add_cadre(store, cadre=Cadre(committee_id=here.id, name="姚静"), today=TODAY)
        places.add_cadre(store, cadre=Cadre(committee_id=there.id, name="姚静"), today=TODAY)
    line = store.undoable()
    assert line is not None
    assert line.about == "亭南 姚静"
    with pytest.raises(NameTaken), store.operation("add_cadre"):
        places.add_cadre(store, cadre=Cadre(committee_id=here.id, name="姚静 "), today=TODAY)
    with store.operation("use_cadre"):
        assert not places.use_cadre(store, cadre_id=first.id, active=False, today=TODAY).active
    with store.operation("remove_cadre"):
        places.remove_cadre(store, cadre_id=first.id, today=TODAY)
    with store.operation("edit_cadre"):
        other = replace(store.all(Cadre)[0], phone="10055550102")
        places.edit_cadre(store, cadre=other, today=TODAY)
    assert store.all(Cadre) == [other]


def test_a_compound_lies_somewhere_on_the_globe(store: Store) -> None:
    with pytest.raises(BadNumber) as raised:
        compound(store, "亭北新村", longitude=31.1, latitude=121.3)
    assert raised.value.field == "latitude"
    with pytest.raises(Missing) as missing:
        compound(store, "亭北新村", longitude=121.3)
    assert missing.value.field == "latitude"


def test_two_compounds_that_are_the_same_become_one(store: Store) -> None:
    here = committee(store, "亭北")
    kept = compound(store, "亭北新村", aliases=("亭北",))
    gone = compound(store, "亭北新村东块", aliases=("东块",), committee_id=here.id, longitude=121.3, latitude=31.1)
    person, other = elder(store, compound_id=gone.id), elder(store, "马根宝", compound_id=kept.id)
    helper = volunteer(store, compound_id=gone.id)
    with pytest.raises(StillUsed), store.operation("remove_compound"):
        places.remove_compound(store, compound_id=gone.id, today=TODAY)
    with pytest.raises(WrongState), store.operation("merge_compounds"):
        places.merge_compounds(store, kept_id=kept.id, gone_id=kept.id, today=TODAY)
    with store.operation("merge_compounds"):
        merged = places.merge_compounds(store, kept_id=kept.id, gone_id=gone.id, today=TODAY)
    assert merged.aliases == ("亭北", "亭北新村东块", "东块")
    assert (merged.committee_id, merged.longitude, merged.latitude) == (here.id, 121.3, 31.1)
    assert [found.compound_id for found in store.all(Elder)] == [kept.id, kept.id]
    assert store.get(Provider, helper.id).compound_id == kept.id
    assert store.all(Compound) == [merged]
    undo(store)
    assert store.all(Compound) == [kept, gone]
    assert store.all(Elder) == [person, other]


def test_people_and_booked_visits_go_to_the_new_committee_of_their_compound(store: Store) -> None:
    old, new = committee(store, "望桥居民区"), committee(store, "桂溪居民区")
    block = compound(store, "望桥汇", committee_id=old.id)
    gao = elder(store, compound_id=block.id, committee_id=old.id)
    elsewhere = elder(store, "马根宝", compound_id=block.id, committee_id=new.id)
    helper = volunteer(store, compound_id=block.id, committee_id=old.id)
    with store.operation("add_cadre"):
        leaves, leads = (store.add(Cadre(committee_id=one.id, name=one.name[:2])) for one in (old, new))
    visit = book(store, gao.id, helper.id, cadre_id=leaves.id, reason="先约")
    with store.operation("edit_compound") as step:
        places.edit_compound(store, compound=replace(block, committee_id=new.id), today=TODAY)
    assert step.about == "望桥汇　1 位老人归桂溪居民区"
    assert {found.committee_id for found in store.all(Elder)} == {new.id}
    assert store.get(Provider, helper.id).committee_id == new.id
    moved = store.get(Visit, visit.id)
    assert (moved.committee_id, moved.cadre_id) == (new.id, leads.id)
    undo(store)
    assert store.all(Elder) == [gao, elsewhere]
    assert store.get(Visit, visit.id) == visit


def test_where_the_compound_that_stays_is_of_another_committee_people_and_visits_go_there(store: Store) -> None:
    old, new = committee(store, "望桥居民区"), committee(store, "桂溪居民区")
    gone, kept = compound(store, "望桥汇", committee_id=old.id), compound(store, "桂溪公寓", committee_id=new.id)
    gao = elder(store, compound_id=gone.id, committee_id=old.id)
    helper = volunteer(store, compound_id=gone.id, committee_id=old.id)
    with store.operation("add_cadre"):
        leaves, leads = (store.add(Cadre(committee_id=one.id, name=one.name[:2])) for one in (old, new))
    early = TODAY - timedelta(days=2)
    past = book(store, gao.id, helper.id, day=early, today=early, cadre_id=leaves.id, reason="先约")
    visit = book(store, gao.id, helper.id, cadre_id=leaves.id, reason="先约")
    with store.operation("merge_compounds") as step:
        places.merge_compounds(store, kept_id=kept.id, gone_id=gone.id, today=TODAY)
    assert step.about == "望桥汇 → 桂溪公寓　1 位老人归桂溪居民区"
    for found in (store.get(Elder, gao.id), store.get(Provider, helper.id), store.get(Visit, visit.id)):
        assert (found.committee_id, found.compound_id) == (new.id, kept.id)
    assert store.get(Visit, visit.id).cadre_id == leads.id
    assert (store.get(Visit, past.id).committee_id, store.get(Visit, past.id).cadre_id) == (old.id, leaves.id)
    undo(store)
    assert (store.get(Elder, gao.id), store.get(Visit, visit.id)) == (gao, visit)


@pytest.mark.parametrize("takes_over", [True, False])
def test_what_a_cadre_was_to_lead_is_handed_over(store: Store, takes_over: bool) -> None:
    here = committee(store, "亭北")
    with store.operation("add_cadre"):
        leaves, stays = (store.add(Cadre(committee_id=here.id, name=name)) for name in ("姚静", "何佩"))
    gao, helper = elder(store), volunteer(store)
    early = TODAY - timedelta(days=2)
    gone = book(store, gao.id, helper.id, day=early, today=early, cadre_id=leaves.id)
    ahead = book(store, gao.id, helper.id, cadre_id=leaves.id)
    with store.operation("begin_series"):
        series = store.add(
            Series(
                elder_id=gao.id,
                services=ahead.services,
                provider_ids=(helper.id,),
                cadre_id=leaves.id,
                starts=600,
                minutes=60,
                interval=Interval.WEEKLY,
                begins_on=TODAY,
            )
        )
    visits, running = places.led_by(store, cadre_id=leaves.id, today=TODAY)
    assert ([visit.id for visit in visits], [one.id for one in running]) == ([ahead.id], [series.id])
    successor = stays.id if takes_over else None
    with store.operation("use_cadre"):
        places.use_cadre(store, cadre_id=leaves.id, active=False, hand_over=True, successor_id=successor, today=TODAY)
    led = [
        store.get(Visit, gone.id).cadre_id,
        store.get(Visit, ahead.id).cadre_id,
        store.get(Series, series.id).cadre_id,
    ]
    assert led == [leaves.id, successor, successor]
