"""Who looked at whose data is noted before it is seen, and stays noted."""

from datetime import date

import pytest

from jiuliting_desk.actions.disclosures import (
    disclosures_of,
    note_list_given_out,
    reveal_contacts,
    reveal_id_number,
    reveal_phones,
)
from jiuliting_desk.actions.elders import register_elder
from jiuliting_desk.actions.history import redo, undo
from jiuliting_desk.model.disclosures import Disclosed, Disclosure
from jiuliting_desk.model.elders import Contact, Elder, Phone
from jiuliting_desk.model.errors import NotThere
from jiuliting_desk.store import Store
from jiuliting_desk.store.disclosures import latest

DAY = date(2026, 3, 18)


def test_each_look_leaves_a_line_that_undo_does_not_reach(store: Store) -> None:
    with store.operation("register_elder"):
        elder = register_elder(
            store,
            name="高莲英",
            phones=(Phone(number="66551234"), Phone(number="10000004417", preferred=True)),
            contacts=(Contact(name="高静", relation="女儿", phone="10000002250"),),
            id_number="310",
            today=DAY,
        )
    assert reveal_phones(store, elder_id=elder.id, why="来电") == ["10000004417", "66551234"]
    assert reveal_id_number(store, elder_id=elder.id) == "310"
    assert reveal_contacts(store, elder_id=elder.id) == ["10000002250"]
    lines = disclosures_of(store, kind="elder", record_id=elder.id)
    assert [line.what for line in lines] == [Disclosed.CONTACT_PHONE, Disclosed.ID_NUMBER, Disclosed.PHONE]
    assert (lines[-1].why, lines[-1].who, lines[-1].at) == ("来电", "何佩", store.now())
    undo(store)
    assert store.all(Elder) == []
    redo(store)
    assert store.all(Elder) == [elder]
    assert len(latest(store)) == 3
    with pytest.raises(NotThere):
        reveal_phones(store, elder_id=99)
    assert len(latest(store)) == 3


def test_a_list_given_out_names_how_many_and_to_whom(store: Store) -> None:
    note_list_given_out(store, people=22, why="走访", to_whom="亭北居委")
    found = latest(store)
    assert [(line.people, line.to_whom, line.what) for line in found] == [(22, "亭北居委", Disclosed.LIST)]
    assert isinstance(found[0], Disclosure)
    assert latest(store, before_id=found[0].id) == []
