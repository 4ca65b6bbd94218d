"""Sheets of compounds and committees: new ones, what changes of known ones, and the same again."""

from typing import Any

from jiuliting_desk.actions.history import undo
from jiuliting_desk.model.imports import Choices, Remark
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.store import Store
from tests.actions.imports.sheets_by_hand import MIAO, HandRow, HandTable, survey
from tests.actions.imports.test_survey import imported, outcomes, planned
from tests.store.test_undo import contents

NEW: dict[str, Any] = {
    "committee": "亭北居民区",
    "compound": "亭北新村",
    "aliases": "亭北一村、一村",
    "longitude": "121.31",
    "latitude": "31.13",
    "households": "320",
    "phones": ("10012345678",),
    "contact_name": "何佩",
    "notes": "无电梯",
}


def places(*rows: dict[str, Any]) -> HandTable:
    return HandTable(rows=[HandRow(row=n, fields=row) for n, row in enumerate(rows, start=3)], kind="places")


def test_places_come_in_whole(store: Store) -> None:
    before = contents(store)
    plan = imported(store, places(NEW, {"committee": "桂溪居民区", "compound": None, "phones": ("10012345679",)}))
    assert outcomes(plan) == ["new", "new"]
    one, two = store.all(ResidentsCommittee)
    assert (one.name, one.phone, two.name, two.phone) == ("亭北居民区", "10012345678", "桂溪居民区", "10012345679")
    [compound] = store.all(Compound)
    assert compound == Compound(
        id=compound.id,
        committee_id=one.id,
        name="亭北新村",
        aliases=("亭北一村", "一村"),
        longitude=121.31,
        latitude=31.13,
        notes="320 户；无电梯",
    )
    assert [(cadre.committee_id, cadre.name) for cadre in store.all(Cadre)] == [(one.id, "何佩")]
    assert outcomes(planned(store, places(NEW))) == ["same"]
    undo(store)
    assert contents(store) == before


def test_what_changes_of_known_places_is_told_and_can_be_left(store: Store) -> None:
    imported(store, survey(MIAO))
    plan = planned(store, places(NEW))
    assert outcomes(plan) == ["changed"]
    fields = [change.field for change in plan.rows[0].changes]
    assert fields == ["aliases", "longitude", "latitude", "notes", "committee_phone", "cadre"]
    kept = Choices(kept={plan.rows[0].key: frozenset(fields)})
    assert outcomes(planned(store, places(NEW), choices=kept)) == ["same"]
    imported(store, places(NEW))
    assert store.count(Compound) == store.count(ResidentsCommittee) == 1
    assert store.all(Compound)[0].aliases == ("亭北一村", "一村")
    assert outcomes(planned(store, places(NEW | {"compound": "一村", "aliases": ""}))) == ["same"]


def test_a_place_that_is_nowhere_is_said(store: Store) -> None:
    plan = planned(store, places(NEW | {"longitude": "31.13", "latitude": "121.31"}, {"committee": None}))
    assert outcomes(plan) == ["new", "refused"]
    assert [note.remark for row in plan.rows for note in row.notes] == [Remark.BAD_POSITION, Remark.NO_PLACE]


def test_a_survey_in_the_same_workbook_uses_the_new_compound(store: Store) -> None:
    imported(store, places(NEW), survey(MIAO))
    assert [compound.name for compound in store.all(Compound)] == ["亭北新村"]
    assert store.all(Compound)[0].aliases == ("亭北一村", "一村")


def test_the_phone_of_a_cadre_is_theirs_and_the_committee_keeps_the_first(store: Store) -> None:
    rows = [
        {**NEW, "compound": name, "aliases": None, "phones": (phone,), "contact_name": who, "cadre_phone": own}
        for name, phone, who, own in (
            ("亭北新村", "10012345678", "何佩", "10011111111"),
            ("亭北西苑", "10012345679", "苗兰", "10022222222"),
            ("亭北东块", "10012345678", "何佩", "10011111111"),
        )
    ]
    before = contents(store)
    imported(store, places(*rows))
    assert [committee.phone for committee in store.all(ResidentsCommittee)] == ["10012345678"]
    assert {cadre.name: cadre.phone for cadre in store.all(Cadre)} == {"何佩": "10011111111", "苗兰": "10022222222"}
    assert outcomes(planned(store, places(*rows))) == ["same"] * 3
    moved = {**rows[1], "cadre_phone": "10033333333"}
    plan = planned(store, places(moved))
    assert [(change.field, change.new) for change in plan.rows[0].changes] == [
        ("committee_phone", "10012345679"), ("cadre_phone", "10033333333"),
    ]  # fmt: skip
    imported(store, places(moved))
    assert {cadre.name: cadre.phone for cadre in store.all(Cadre)}["苗兰"] == "10033333333"
    undo(store)
    undo(store)
    assert contents(store) == before
