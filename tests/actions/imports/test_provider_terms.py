"""What a sheet says of how volunteers and enterprises go, from its cells to the rows that the matching takes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jiuliting_desk.actions.imports import words
from jiuliting_desk.actions.matching import read_inputs
from jiuliting_desk.matching.rows import ProviderRow
from jiuliting_desk.model.imports import ImportPlan, Note, Remark
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.store import Store
from tests.actions.imports.sheets_by_hand import volunteers
from tests.actions.imports.test_survey import DAY, imported, outcomes, planned
from tests.actions.imports.test_volunteers import LU
from tests.sheets.sheets_by_hand import read

FIRMS: list[Cell] = ["单位名称", "联系人", "联系电话", "可服务项目", "每月可服务次数", "服务时间", "几户起", "备注"]


def brought_in(store: Store, rows: Sequence[Sequence[Cell]]) -> ImportPlan:
    """The tables of a sheet, read with the office's own words, planned and carried out."""
    return imported(store, *read(rows, vocabulary=words.vocabulary(store, today=DAY)).tables)


def in_the_matching(store: Store) -> dict[str, ProviderRow]:
    """Everybody as the engine takes them, by name."""
    return {row.name: row for row in read_inputs(store, today=DAY).situation.providers}


def test_homes_at_once_reach_the_matching_from_columns_and_notes(store: Store) -> None:
    plan = brought_in(
        store,
        [
            FIRMS,
            ["净邻家政（虚构）", "邹一", "10022345601", "居家清洁", "20", "工作日", "三户起", ""],
            ["明洁保洁（虚构）", "邹二", "10022345602", "居家清洁", "12", "周二", "", "要3户一起，自带工具"],
            ["亮剪美发（虚构）", "邹三", "10022345603", "理发", "每月10户，5户起", "周二", "", ""],
            ["亮窗公司（虚构）", "邹四", "10022345604", "居家清洁", "12", "周二", "", "一户也来"],
            ["安心维修（虚构）", "邹五", "10022345605", "居家清洁", "12", "周二", "看情况", ""],
        ],
    )
    told = in_the_matching(store)
    assert {name[:2]: row.homes_at_once for name, row in told.items()} == {
        "净邻": 3, "明洁": 3, "亮剪": 5, "亮窗": 0, "安心": 0,
    }  # fmt: skip
    assert [row.notes for row in plan.rows][1] == (Note(Remark.UNDERSTOOD, "homes_at_once", "要3户一起"),)
    notes = {provider.name[:2]: provider.notes for provider in store.all(Provider)}
    assert (notes["明洁"], notes["亮窗"]) == ("要3户一起，自带工具", "一户也来")
    assert notes["安心"] == "表里写的要几户一起：看情况"


def test_a_volunteer_goes_to_one_home_whatever_the_sheet_says(store: Store) -> None:
    plan = imported(store, volunteers(LU | {"homes_at_once": 3, "notes": "5户起"}))
    [lu] = store.all(Provider)
    assert (lu.homes_at_once, lu.notes, plan.rows[0].notes) == (0, "5户起；要几户一起：3", ())


def test_distance_and_area_reach_the_matching(store: Store) -> None:
    header: list[Cell] = ["姓名", "性别", "联系电话", "可服务项目", "每月小时数", "最远距离", "愿意去的居委", "备注"]
    brought_in(
        store,
        [
            header,
            ["秦一", "女", "10012345601", "理发", "6", "2公里以内", "亭北居民区、花溪居民区", ""],
            ["秦二", "男", "10012345602", "陪伴聊天", "约10", "步行15分钟", "不限", "1公里内都行"],
            ["秦三", "男", "10012345603", "陪伴聊天", "", "不限", "附近几个小区", ""],
        ],
    )
    told = in_the_matching(store)
    committees = {committee.name: committee.id for committee in store.all(ResidentsCommittee)}
    assert (told["秦一"].max_metres, told["秦一"].area) == (2000, frozenset(committees.values()))
    assert set(committees) == {"亭北居民区", "花溪居民区"}
    assert (told["秦一"].minutes, told["秦二"].minutes) == (360, 600)
    assert (told["秦二"].max_metres, told["秦二"].area) == (1000, frozenset())
    assert (told["秦三"].max_metres, told["秦三"].area) == (None, frozenset())
    notes = {provider.name: provider.notes for provider in store.all(Provider)}
    assert notes["秦二"] == "1公里内都行；表里写的最远：步行15分钟"
    assert notes["秦三"] == "愿意去：附近几个小区"


def test_terms_of_somebody_known_change_and_an_empty_cell_keeps_them(store: Store) -> None:
    firm: dict[str, Any] = {
        "enterprise": "净邻家政（虚构）",
        "name": "",
        "phones": ["66551234"],
        "skills": ["居家清洁"],
    }
    imported(store, volunteers(firm | {"homes_at_once": 3, "max_metres": 2000, "area": "亭北居民区"}))
    assert outcomes(planned(store, volunteers(firm | {"homes_at_once": None, "area": ""}))) == ["same"]
    again = imported(store, volunteers(firm | {"homes_at_once": 5, "area": "花溪居民区"}))
    told = {change.field: (change.old, change.new) for change in again.rows[0].changes}
    assert told["homes_at_once"] == (3, 5)
    [known] = store.where(Provider, kind=ProviderKind.ENTERPRISE)
    flower = next(place for place in store.all(ResidentsCommittee) if place.name == "花溪居民区")
    assert (known.homes_at_once, known.max_metres, known.area_committee_ids) == (5, 2000, (flower.id,))
    with store.operation("edit"):
        store.update(replace(known, homes_at_once=0))
    assert outcomes(planned(store, volunteers(firm))) == ["same"]


def test_notes_that_say_otherwise_than_the_column_are_told(store: Store) -> None:
    firm: dict[str, Any] = {"enterprise": "净邻家政（虚构）", "name": "", "phones": ["66551234"], "skills": []}
    row = firm | {"homes_at_once": 5, "max_metres": 2000, "notes": "要3户一起，1公里以内"}
    plan = planned(
        store, volunteers(row, firm | {"enterprise": "亮剪美发（虚构）", "homes_at_once": 3, "notes": "3户起"})
    )
    assert [[(note.remark, note.detail) for note in row.notes] for row in plan.rows] == [
        [(Remark.CONTRADICTED, "要3户一起"), (Remark.CONTRADICTED, "1公里以内")], [],
    ]  # fmt: skip
    assert (plan.rows[0].person.homes_at_once, plan.rows[0].person.max_metres) == (5, 2000)
