"""Volunteers' rows against who is known; enterprises and certificates come with them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jiuliting_desk.actions.history import undo
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Phone, Sex
from jiuliting_desk.model.imports import Remark
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, Skill
from jiuliting_desk.sheets.tables import Remark as CellRemark
from jiuliting_desk.store import Store
from tests.actions.imports.sheets_by_hand import HandRow, HandTable, volunteers
from tests.actions.imports.test_survey import DAY, imported, outcomes, planned
from tests.store.test_undo import contents

LU: dict[str, Any] = {
    "enterprise": "个人",
    "name": "鲁云民",
    "sex": "男",
    "phones": ["10062383764"],
    "compound": "金丰蓝庭",
    "skills": ["清洗空调"],
    "capacity_per_month": 6,
    "available_times": "周一、周三上午",
    "dialect": True,
    "certificate": None,
}
YU: dict[str, Any] = {
    "enterprise": "净邻家政（虚构）",
    "name": "喻凤",
    "sex": "女",
    "phones": ["10010768325"],
    "compound": "金丰蓝庭",
    "skills": ["陪伴聊天", "理发"],
    "capacity_per_month": None,
    "certificate": "空调清洗",
    "certificate_number": "K-1",
    "certificate_expires": "2027-06-30",
}


def test_volunteers_come_with_their_enterprise_and_certificates(store: Store) -> None:
    plan = imported(store, volunteers(LU, YU, YU | {"name": "任阿国", "phones": ["10082058605"], "certificate": None}))
    assert outcomes(plan) == ["new", "new", "new"]
    assert plan.new_enterprises == ("净邻家政(虚构)",)
    [enterprise] = store.where(Provider, kind=ProviderKind.ENTERPRISE)
    assert (enterprise.name, enterprise.number) == ("净邻家政(虚构)", "E0001")
    lu, yu, ren = store.where(Provider, kind=ProviderKind.VOLUNTEER)
    compound = store.all(Compound)[0]
    assert lu == Provider(
        id=lu.id,
        number="V0001",
        name="鲁云民",
        sex=Sex.MALE,
        phones=(Phone(number="10062383764"),),
        compound_id=compound.id,
        skills=(Skill(category_id=4),),
        half_days=(0, 4),
        languages=("上海话",),
        visits_per_month=6,
        joined_on=DAY,
    )
    assert (yu.enterprise_id, ren.enterprise_id) == (enterprise.id, enterprise.id)
    assert yu.visits_per_month == 4
    assert store.all(Certificate) == [
        Certificate(id=1, provider_id=yu.id, kind="空调清洗", number="K-1", expires_on=date(2027, 6, 30))
    ]
    assert [provider.checked() for provider in store.all(Provider)] == store.all(Provider)
    undo(store)
    assert store.count(Provider) == store.count(Certificate) == store.count(Compound) == 0


def test_the_same_volunteers_again_change_nothing(store: Store) -> None:
    imported(store, volunteers(LU, YU))
    before = contents(store)
    plan = imported(store, volunteers(LU, YU))
    assert outcomes(plan) == ["same", "same"]
    assert contents(store) == before


def test_skills_are_added_and_levels_stay(store: Store) -> None:
    imported(store, volunteers(LU))
    lu = store.all(Provider)[0]
    with store.operation("edit"):
        store.update(replace(lu, skills=(Skill(category_id=4, level=3),)))
    row = LU | {"skills": ["理发"], "capacity_per_month": 2, "enterprise": "净邻家政（虚构）", "certificate": "健康证"}
    plan = imported(store, volunteers(row))
    told = {change.field: (change.old, change.new) for change in plan.rows[0].changes}
    assert told == {
        "enterprise": ("", "净邻家政(虚构)"),
        "visits_per_month": (6, 2),
        "category_ids": (("清洗空调",), ("清洗空调", "理发")),
    }
    assert plan.rows[0].notes[0].remark is Remark.CERTIFICATE_KIND
    after = store.get(Provider, lu.id)
    assert after.skills == (Skill(category_id=4, level=3), Skill(category_id=3))
    assert store.count(Certificate) == 1


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ({}, "same"),
        ({"phones": []}, "same"),
        ({"phones": ["10000000001"]}, "doubtful"),
        ({"phones": ["10000000001"], "enterprise": "净邻家政（虚构）", "compound": ""}, "new"),
        ({"name": "鲁云", "compound": ""}, "new"),
    ],
)
def test_who_is_the_same_volunteer(store: Store, row: dict[str, Any], outcome: str) -> None:
    imported(store, volunteers(LU))
    assert outcomes(planned(store, volunteers(LU | row))) == [outcome]


def test_an_enterprise_with_a_row_of_its_own_is_made_once(store: Store) -> None:
    own = {
        "enterprise": "净邻家政（虚构）",
        "name": "",
        "phones": ["66551234"],
        "skills": ["居家清洁"],
        "contact_name": "何女士",
    }
    plan = imported(store, volunteers(YU, own))
    assert outcomes(plan) == ["new", "new"]
    [enterprise] = store.where(Provider, kind=ProviderKind.ENTERPRISE)
    assert (enterprise.contact_name, enterprise.skills) == ("何女士", (Skill(category_id=2),))
    assert store.where(Provider, kind=ProviderKind.VOLUNTEER)[0].enterprise_id == enterprise.id
    assert outcomes(planned(store, volunteers(YU, own))) == ["same", "same"]


def test_services_that_the_office_lacks_are_remarked(store: Store) -> None:
    plan = planned(store, volunteers(LU | {"skills": ["修水管", "理发"]}))
    assert plan.unknown_needs == {"修水管": 1}
    assert plan.rows[0].person.category_ids == (3,)
    assert {category.id for category in store.all(ServiceCategory)} >= {3}


def test_a_word_for_a_certificate_is_asked_once(store: Store) -> None:
    sheet = volunteers(
        YU | {"certificate": "家电清洗资质"},
        LU | {"certificate": "空调清洗、油烟机清洗"},
        LU | {"name": "任阿国", "phones": ["10082058605"], "certificate": "健康证"},
    )
    plan = planned(store, sheet)
    assert plan.unknown_certificates == {"家电清洗资质": 1, "健康证": 1}
    assert [note.detail for note in plan.rows[0].notes if note.remark is Remark.CERTIFICATE_KIND] == ["家电清洗资质"]
    learned = {"家电清洗资质": "空调清洗、油烟机清洗", "健康证": ""}
    plan = imported(store, sheet, certificate_words=learned)
    assert plan.unknown_certificates == {}
    assert [sorted(kind for kind, _, _ in row.certificates) for row in plan.rows] == [
        ["油烟机清洗", "空调清洗"], ["油烟机清洗", "空调清洗"], ["健康证"],
    ]  # fmt: skip
    assert store.count(Certificate) == 5
    assert outcomes(planned(store, sheet, certificate_words=learned)) == ["same"] * 3


def test_names_in_full_width_are_those_in_half_width(store: Store) -> None:
    with store.operation("demo"):
        known = store.add(Provider(name="净邻家政（虚构）", number="E0001", kind=ProviderKind.ENTERPRISE))
        place = store.add(Compound(name="金丰蓝庭（东区）"))
    plan = imported(store, volunteers(YU | {"compound": "金丰蓝庭(东区)"}))
    assert plan.new_enterprises == ()
    assert not plan.new_compounds
    [yu] = store.where(Provider, kind=ProviderKind.VOLUNTEER)
    assert (yu.enterprise_id, yu.compound_id) == (known.id, place.id)
    again = planned(store, volunteers(YU | {"enterprise": "净邻家政(虚构)", "compound": "金丰蓝庭（东区）"}))
    assert outcomes(again) == ["same"]


def test_what_could_not_be_read_of_a_volunteer_is_kept_in_the_notes(store: Store) -> None:
    remarks = (
        CellRemark(code="phone_wrong", field="phones", text="1005555000"),
        CellRemark(code="need_unknown", field="skills", text="修电器"),
    )
    row = HandRow(row=4, fields=LU | {"phones": (), "notes": "热心"}, remarks=remarks)
    table = HandTable(rows=[row], kind="volunteers")
    imported(store, table)
    [lu] = store.where(Provider, kind=ProviderKind.VOLUNTEER)
    assert lu.notes == "热心；表里写的电话：1005555000；表里写的会做的项目：修电器"
    assert outcomes(planned(store, table)) == ["same"]


def test_what_a_volunteers_record_has_no_place_for_is_kept_in_the_notes(store: Store) -> None:
    row = LU | {"notes": "热心", "health": "腰不好", "emergency_contact": "鲁妻", "emergency_phone": "10000000001"}
    imported(store, volunteers(row))
    [lu] = store.where(Provider, kind=ProviderKind.VOLUNTEER)
    assert lu.notes == "热心；健康情况：腰不好；紧急联系人：鲁妻；紧急联系电话：10000000001"
    assert outcomes(planned(store, volunteers(row))) == ["same"]
