"""Cells that several people or several things share: couples, names in two parts, codes, lines, households."""

from pathlib import Path

import pytest

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.legends import explains_codes
from jiuliting_desk.sheets.opening import opened
from jiuliting_desk.sheets.tables import Kind, Omission
from tests.sheets.sheets_by_hand import codes, fields_of, filled, one_table, read, sheet

ONE, TWO, THREE = "10016215129", "10057796333", "10035824366"
HOME = "亭北新村16号501室"
ID = "000000194808205470"


@pytest.mark.parametrize(
    ("names", "ages", "phones"),
    [
        ("苗民、李芬", "78、77", f"{ONE}、{TWO}"),
        ("苗民/李芬", "78/77", f"{ONE}\n{TWO}"),
        ("苗民 李芬", "78 77", f"{ONE} {TWO}"),
        ("苗民，李芬", "78岁，77岁", f"{ONE}/{TWO}"),
        ("苗民和李芬", "78和77", f"{ONE}；{TWO}"),
    ],
)
def test_a_couple_on_one_row_is_two_people(names: str, ages: str, phones: str) -> None:
    table = one_table([["姓名", "年龄", "电话", "住址", "服务需求"], [names, ages, phones, HOME, "理发"],
                       ["邹福", 80.0, THREE, HOME, "陪聊"]])  # fmt: skip
    assert [(row["name"], row["age"], row["phones"]) for row in filled(table)] == [
        ("苗民", 78, (ONE,)), ("李芬", 77, (TWO,)), ("邹福", 80, (THREE,)),
    ]  # fmt: skip
    assert [row.row for row in table.rows] == [2, 2, 3]
    assert [(row["room"], row["needs"]) for row in filled(table)[:2]] == [("501", ("理发",))] * 2
    assert codes(table)[:2] == [["person_split"]] * 2


def test_one_phone_is_of_both_and_a_wrong_one_is_flagged_with_its_owner() -> None:
    rows: list[list[Cell]] = [["姓名", "身份证号", "电话"], ["苗民、李芬", f"{ID}、00000019480820547", f"{ONE}"]]
    (man, woman) = one_table(rows).rows
    assert (man.fields["id_number"], man.fields["phones"]) == (ID, (ONE,))
    assert (woman.fields["id_number"], woman.fields["id_damaged"], woman.fields["phones"]) == (None, True, (ONE,))
    assert [remark.code for remark in woman.remarks] == ["person_split", "id_damaged"]


def test_names_without_a_pair_beside_them_are_kept_and_flagged() -> None:
    table = one_table([["姓名", "电话", "住址"], ["苗民、李芬", ONE, HOME], ["王芳 李明", TWO, HOME]])
    assert [row.fields["name"] for row in table.rows] == ["苗民", "王芳李明"]
    assert codes(table) == [["several_names"], ["name_unusual"]]


@pytest.mark.parametrize("group", ["", "姓名"])
def test_surname_and_given_name_in_two_columns(group: str) -> None:
    head: list[list[Cell]] = (
        [["", group, "", "电话"], ["序号", "姓", "名", ""]] if group else [["序号", "姓", "名", "电话"]]
    )
    table = one_table(
        [*head, [1.0, "苗", "芬", ONE], [2.0, "欧阳", "秀 英", TWO], [3.0, "", "", ""]],
        merges=((0, 1, 0, 2),) if group else (),
    )
    assert [row["name"] for row in filled(table)] == ["苗芬", "欧阳秀英"]
    assert table.kind is Kind.SURVEY


def test_a_given_name_alone_is_the_name() -> None:
    assert fields_of(one_table([["名", "电话"], ["苗芬", ONE]])) == ["name", "phones"]


@pytest.mark.parametrize(
    "legend",
    ["服务需求：1陪伴聊天 2理发 3清洗空调", "注：①陪聊；②剪发；③空调清洗", "代码 A.陪伴聊天 B.理发 C.清洗空调",
     "1-陪伴聊天，2-理发，3-清洗空调"],
)  # fmt: skip
def test_codes_are_spelt_by_the_line_that_explains_them(legend: str) -> None:
    rows: list[list[Cell]] = [
        ["姓名", "电话", "服务需求"], ["苗芬", ONE, "1、3"], ["邹福", TWO, 2.0], ["李芳", THREE, "13"], [legend],
    ]  # fmt: skip
    table = one_table(rows)
    assert [row["needs"] for row in filled(table)] == [("陪伴聊天", "清洗空调"), ("理发",), ("陪伴聊天", "清洗空调")]
    assert explains_codes(legend)


def test_codes_explained_in_a_long_header_and_of_livings() -> None:
    head = "服务需求（可多选，填数字：1.陪伴聊天 2.理发 3.清洗空调 4.清洗油烟机 5.代买代办 6.其他）"
    table = one_table([["姓名", "电话", head, "居住情况（1独居 2空巢 3与子女同住）"], ["苗芬", ONE, "2,5", 3.0]])
    assert filled(table) == [{"name": "苗芬", "phones": (ONE,), "needs": ("理发", "代买代办"), "living": "与子女同住"}]


def test_codes_that_nothing_explains_are_told() -> None:
    table = one_table([["姓名", "电话", "服务需求"], ["苗芬", ONE, "1、3"], ["邹福", TWO, "理发"]])
    assert codes(table) == [["need_unknown"], []]


def test_buildings_as_lines_between_the_rows() -> None:
    table = one_table([["室号", "姓名", "电话"], ["3号楼（楼组长：王老师）"], ["501", "苗芬", ONE], ["【亭北东块5号】"],
                       ["302", "邹福", TWO]])  # fmt: skip
    assert [(row.get("compound"), row["building"], row["room"]) for row in filled(table)] == [
        (None, "3", "501"), ("亭北东块", "5", "302"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "numbers", [["甲", "乙", "1", "2"], [1.0, 2.0, 3.0, 4.0], ["（1）", "（2）", "（3）", "（4）"]]
)
def test_a_line_that_counts_the_columns_is_no_person(numbers: list[Cell]) -> None:
    table = one_table([["序号", "姓名", "电话", "服务需求"], numbers, [1.0, "苗芬", ONE, "理发"]])
    assert [row["name"] for row in filled(table)] == ["苗芬"]
    assert [left.why for left in table.left_out] == [Omission.HEADER_AGAIN]


def test_a_household_of_one_beside_households_of_two() -> None:
    tables = read(
        [["住址", "老人1", "", "老人2", "", "电话"], ["", "姓名", "年龄", "姓名", "年龄", ""],
         [HOME, "苗民", 78.0, "李芬", 77.0, ONE], ["亭北东块3号101室", "邹福", 80.0, "", "", TWO]],
        merges=((0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0), (0, 5, 1, 5)),
    ).tables  # fmt: skip
    people = [row for table in tables for row in table.rows]
    assert [(row.fields["name"], row.fields["phones"], row.refused) for row in people] == [
        ("苗民", (ONE,), ""), ("邹福", (TWO,), ""), ("李芬", (ONE,), ""),
    ]  # fmt: skip


def test_times_of_sending_are_no_births() -> None:
    asked = "2、您需要哪些服务？"
    head: list[Cell] = ["提交答卷时间", "1、您的姓名", f"{asked}(理发)", f"{asked}(陪伴聊天)", "3、电话"]
    first: list[Cell] = ["2026/3/4 10:57:05", "苗芬", 1.0, 0.0, ONE]
    table = one_table([head, first, ["2026/3/5 9:00:00", "邹福", 1.0, 1.0, TWO]])
    assert [row.get("birth") for row in filled(table)] == [None, None]
    assert [row["needs"] for row in filled(table)] == [("理发",), ("理发", "陪伴聊天")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("姓名：苗芬 需求：理发\n姓名：邹福 需求：理发,聊天\n姓名：李芳 需求：理发\n", [1, 1, 1]),
        ("姓名,电话\n苗芬,1\n邹福,2\n", [2, 2, 2]),
        ('姓名,电话,需求\n苗芬,1,"理发\n聊天\n打扫"\n邹福,2,\n', [3, 3, 3]),
        ("亭北居民区名单\n填报：小王\n\n姓名\t电话，手机\n苗芬\t1\n", [2, 2, 2, 2, 2]),
    ],
)
def test_a_sign_within_the_words_of_some_lines_parts_no_cells(text: str, rows: list[int], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8", newline="")
    (found,) = opened(str(tmp_path / "a.csv")).sheets
    assert [len(row) for row in found.rows if any(row)] == rows[: sum(any(row) for row in found.rows)]
    assert found.width == rows[0]


def test_a_list_that_a_comma_tore_apart_is_whole_again() -> None:
    rows: list[list[Cell]] = [
        [f"姓名：苗芬 电话：{ONE} 需求：理发", "聊天"],
        [f"姓名：邹福 电话：{TWO} 需求：打扫", ""],
    ]
    assert [row["needs"] for row in filled(one_table(rows))] == [("理发", "陪伴聊天"), ("居家清洁",)]


def test_other_names_of_compounds_from_a_sheet_of_the_same_book() -> None:
    from jiuliting_desk.sheets.book import Book
    from jiuliting_desk.sheets.understanding import understood

    places = sheet([["居委", "小区", "别名"], ["亭北居民区", "听泉家园", "三号地块、老三号"]], name="小区")
    survey = sheet([["姓名", "电话", "家庭住址"], ["苗芬", ONE, "老三号12号301室"]], name="名单")
    for sheets in ((places, survey), (survey, places)):
        found = understood(Book(file_name="a.xlsx", format="xlsx", sheets=sheets))
        (row,) = next(table.rows for table in found.tables if table.kind is Kind.SURVEY)
        assert (row.fields["compound"], row.fields["building"], row.fields["room"]) == ("听泉家园", "12", "301")
