"""How many homes together and how far: the words of offices, and those that say something else."""

import pytest

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.conditions import homes_in, metres_in, read_capacity, read_homes, read_metres
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.tables import Kind
from tests.sheets.sheets_by_hand import codes, fields_of, filled, one_table


@pytest.mark.parametrize(
    ("text", "homes"),
    [("要3户一起", 3), ("需3户同时才来，自带工具", 3), ("三户起", 3), ("自带工具。满四户才能安排", 4),
     ("凑满5户上门", 5),
     ("同一小区３户以上一起做", 3), ("至少 3 户", 3), ("十户以上集中安排", 10), ("要求2户以上", 2),
     ("须3户（含）以上", 3),
     ("起派3户", 3), ("同小区两户起接单", 2), ("要三户人家一起", 3), ("户数不少于3户", 3), ("一个小区凑够3家再来", 3)],
)  # fmt: skip
def test_words_for_homes_at_once_are_understood(text: str, homes: int) -> None:
    found = homes_in(text)
    assert found is not None
    assert found.value == homes
    assert found.words in text


@pytest.mark.parametrize(
    "text",
    ["", "不需要3户一起", "无需凑满3户", "不用凑3户", "每月至少3户", "每天3户以上才够本", "最多3户一起",
     "3户以上优惠", "满5户打9折",
     "3户起步价50元", "一次做3户", "3台起", "3.5户起", "已服务3户一起", "要3个人一起", "家住三户村"],
)  # fmt: skip
def test_other_words_about_homes_stay_notes(text: str) -> None:
    assert homes_in(text) is None


@pytest.mark.parametrize(
    ("cell", "told"),
    [("3", 3), (3.0, 3), ("3户", 3), ("要3户", 3), ("三户起", 3), ("不限", None),
     ("1户也去", None), ("", None), ("无", None),
     ("3-5户", Flagged(3, ("number_range",))), ("看情况", Flagged(None, ("number_unclear",))),
     ("满3户才来，周末除外", Flagged(3, ("number_with_text",), {"notes": "满3户才来，周末除外"}))],
)  # fmt: skip
def test_a_cell_of_homes_at_once(cell: Cell, told: object) -> None:
    assert read_homes(cell) == told


@pytest.mark.parametrize(
    ("cell", "header", "told"),
    [("2公里以内", "最远", 2000), ("500米", "最远", 500), ("1.5 km", "最远", 1500), ("两公里半", "最远", 2500),
     (2.0, "最远（公里）", 2000),
     ("800", "最远(米)", 800), ("不限", "最远", None), ("", "最远", None),
     ("2", "最远", Flagged(None, ("number_unclear",))),
     ("步行15分钟", "最远", Flagged(None, ("number_unclear",))), ("2-3公里", "最远", Flagged(3000, ("number_range",))),
     ("离家2公里内都可以", "最远", Flagged(2000, ("number_with_text",), {"notes": "离家2公里内都可以"}))],
)  # fmt: skip
def test_a_cell_of_distance(cell: Cell, header: str, told: object) -> None:
    assert read_metres(cell, header) == told


def test_a_distance_in_a_note_needs_a_word_of_limit() -> None:
    found = metres_in("晕车；2公里以内都可以")
    assert found is not None
    assert (found.value, found.words) == (2000, "2公里以内都可以")
    assert metres_in("家在地铁站旁500米") is None
    assert metres_in("500米以内步行，2公里以内骑车") is None


def test_homes_at_once_beside_the_visits_of_a_month() -> None:
    assert read_capacity("每月10户，5户起") == Flagged(10, ("cell_split",), {"homes_at_once": 5})
    assert read_capacity("4次；三户起") == Flagged(4, ("cell_split",), {"homes_at_once": 3})
    assert read_capacity("每月2次") == 2


def test_columns_of_terms_are_found_by_their_headers() -> None:
    rows: list[list[Cell]] = [
        ["单位名称", "联系人", "联系电话", "可服务项目", "每月可服务次数", "几户起", "最远距离（公里）", "服务区域"],
        ["净邻家政（虚构）", "邹一", "10022345601", "居家清洁", "20", "三户起", "3", "亭北居民区"],
        ["亮剪美发（虚构）", "邹二", "10022345602", "理发", "12", "", "不限", "不限"],
    ]
    table = one_table(rows)
    assert table.kind is Kind.ENTERPRISES
    assert fields_of(table)[5:] == ["homes_at_once", "max_metres", "area"]
    assert [(row.get("homes_at_once"), row.get("max_metres")) for row in filled(table)] == [(3, 3000), (None, None)]
    assert codes(table) == [[], []]


def test_areas_over_names_of_services_are_services() -> None:
    rows: list[list[Cell]] = [["单位名称", "联系人", "联系电话", "服务范围"]]
    rows += [[f"净邻家政{n}（虚构）", "邹一", f"1002234560{n}", "理发、居家清洁"] for n in range(4)]
    assert fields_of(one_table(rows))[3] == "skills"


def test_a_distance_among_elders_is_asked_about() -> None:
    rows: list[list[Cell]] = [["姓名", "性别", "出生日期", "联系电话", "服务需求", "最远距离"]]
    rows += [[name, "女", "1942-03-01", f"1003234560{n}", "理发", "500米"] for n, name in enumerate(("苗芬", "邹福"))]
    [column] = [column for column in one_table(rows).columns if column.header == ("最远距离",)]
    assert (column.field, column in one_table(rows).unsure_columns) == ("", True)
