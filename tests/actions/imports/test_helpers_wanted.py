"""Whom elders would have come and whom not, from a sheet's cells to the rows that the matching takes."""

from typing import Any

import pytest

from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.matching import read_inputs
from jiuliting_desk.matching.rows import NeedRow
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.imports import Note, Remark
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.providers import Provider, ProviderKind, Refusal
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.imports.sheets_by_hand import MIAO, ZOU, survey
from tests.actions.imports.test_provider_terms import brought_in
from tests.actions.imports.test_survey import DAY, imported, outcomes, planned

HEADER = ["姓名", "性别", "出生日期", "联系电话", "小区", "服务需求", "对志愿者要求", "备注"]


def in_the_matching(store: Store) -> dict[str, NeedRow]:
    return {row.name: row for row in read_inputs(store, today=DAY).situation.needs}


def test_what_is_asked_of_helpers_reaches_the_matching(store: Store) -> None:
    plan = brought_in(
        store,
        [
            HEADER,
            ["苗一", "女", "1942-03-01", "10032345601", "亭北新村", "理发", "要女的", ""],
            ["苗二", "女", "1942-03-02", "10032345602", "亭北新村", "陪伴聊天", "会说上海话", "不要男的，怕狗"],
            ["苗三", "男", "1942-03-03", "10032345603", "亭北新村", "陪伴聊天", "细心，男", "最好女的"],
            ["苗四", "女", "1942-03-04", "10032345604", "亭北新村", "", "要女的", ""],
        ],
    )
    told = in_the_matching(store)
    assert {name: (row.wants_sex, row.wants_dialect) for name, row in told.items()} == {
        "苗一": ("female", False), "苗二": ("female", True), "苗三": ("male", False),
    }  # fmt: skip
    assert [row.notes for row in plan.rows][1] == (Note(Remark.UNDERSTOOD, "notes", "不要男的"),)
    assert {need.wishes for need in store.all(Need)} == {"", "对上门的人：细心"}
    notes = {elder.name: elder.notes for elder in store.all(Elder)}
    assert notes == {"苗一": "", "苗二": "不要男的，怕狗", "苗三": "最好女的", "苗四": "对上门的人：要女的"}


def test_a_newer_sheet_asks_for_somebody_else(store: Store) -> None:
    imported(store, survey(MIAO | {"needs": ["理发"], "wanted_who": "要女的"}))
    assert outcomes(planned(store, survey(MIAO | {"needs": ["理发"]}))) == ["same"]
    plan = imported(store, survey(MIAO | {"needs": ["理发"], "wanted_who": "男，会说上海话"}))
    told = {change.field: (change.old, change.new) for change in plan.rows[0].changes}
    assert told == {"wants_sex": ("female", "male"), "wants_dialect": (False, True)}
    [need] = store.all(Need)
    assert (need.wants_sex, need.wants_dialect) == ("male", True)


def _somebody(store: Store, **values: Any) -> Provider:
    with store.operation("add"):
        return store.add(Provider(**values))


def test_a_refusal_by_name_keeps_them_apart(store: Store) -> None:
    qin = _somebody(store, name="秦二")
    firm = _somebody(store, name="净邻家政(虚构)", kind=ProviderKind.ENTERPRISE)
    rows = (MIAO | {"notes": "不要秦二来，耳背"}, ZOU | {"refuses": "净邻家政"})
    plan = imported(store, survey(*rows))
    assert plan.rows[0].notes == (Note(Remark.UNDERSTOOD, "refuses", "不要秦二来"),)
    miao, zou = store.all(Elder)
    assert {(said.elder_id, said.provider_id, said.by_elder) for said in store.all(Refusal)} == {
        (miao.id, qin.id, True), (zou.id, firm.id, True),
    }  # fmt: skip
    assert (miao.notes, zou.notes) == ("不要秦二来，耳背", "不要：净邻家政")
    kept_apart = read_inputs(store, today=DAY).situation.refusals
    assert {(said.elder, said.provider) for said in kept_apart} == {(miao.id, qin.id), (zou.id, firm.id)}
    assert outcomes(planned(store, survey(*rows))) == ["same", "same"]
    undo(store)
    assert store.count(Refusal) == store.count(Elder) == 0


def test_somebody_known_refuses_and_two_of_one_name_tell_nobody(store: Store) -> None:
    imported(store, survey(MIAO))
    _somebody(store, name="王芳")
    _somebody(store, name="王芳")
    qin = _somebody(store, name="秦二")
    plan = imported(store, survey(MIAO | {"notes": "不要秦二、王芳"}))
    assert [change.field for change in plan.rows[0].changes] == ["notes", "refuses"]
    assert [said.provider_id for said in store.all(Refusal)] == [qin.id]


@pytest.mark.parametrize("standing", ["nothing", "pairing", "claim", "visit", "cancelled visit", "ended pairing"])
def test_who_is_refused_and_still_comes_is_told_and_stays(store: Store, standing: str) -> None:
    imported(store, survey(MIAO | {"needs": ["理发"]}))
    qin = _somebody(store, name="秦二")
    [elder], [need] = store.all(Elder), store.all(Need)
    with store.operation("stand"):
        if standing.endswith("pairing"):
            ended = DAY if standing == "ended pairing" else None
            store.add(Pairing(elder_id=elder.id, provider_id=qin.id, started_on=DAY, review_on=DAY, ended_on=ended))
        if standing == "claim":
            store.update(need.claimed(by=qin.id))
        if standing.endswith("visit"):
            state = VisitState.CANCELLED if standing == "cancelled visit" else VisitState.PLANNED
            store.add(
                Visit(
                    elder_id=elder.id,
                    provider_ids=(qin.id,),
                    day=DAY,
                    services=(ServiceLine(category_id=need.category_id),),
                    starts=540,
                    minutes=60,
                    state=state,
                )
            )
    before = store.all(Pairing), store.all(Need), store.all(Visit)
    row = MIAO | {"needs": ["理发"], "notes": "不要秦二来"}
    told = [note for note in planned(store, survey(row)).rows[0].notes if note.remark is Remark.STILL_COMES]
    comes = standing in {"pairing", "claim", "visit"}
    assert told == ([Note(Remark.STILL_COMES, "refuses", "不要秦二来")] if comes else [])
    imported(store, survey(row))
    assert before == (store.all(Pairing), store.all(Need), store.all(Visit))
    assert [said.provider_id for said in store.all(Refusal)] == [qin.id]


def test_a_row_without_needs_keeps_how_they_were_wanted(store: Store) -> None:
    row = MIAO | {"needs": [], "urgency": "急", "rhythm": "每月两次", "wanted_times": "周三上午", "quantity": 1}
    imported(store, survey(row, ZOU | {"needs": [], "urgency": "一般", "rhythm": "一次"}))
    assert [elder.notes for elder in store.all(Elder)] == ["紧急程度：急；频次：每月两次；希望时间：周三上午", ""]
