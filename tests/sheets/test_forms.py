"""Sheets that are no plain lists: forms, turned tables, questions, tallies in blocks, each written by hand."""

import pytest

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.tables import Kind
from tests.sheets.sheets_by_hand import codes, fields_of, filled, one_table, read

ONE, TWO = "10016215129", "10057796333"
HOME, HOUSE = "亭北新村16号501室", "亭北新村1号502室"


def test_fields_down_and_persons_across() -> None:
    table = one_table(
        [["老人需求", "", ""], ["姓名", "苗芬", "邹福"], ["电话", ONE, TWO], ["住址", HOME, HOUSE], ["理发", "√", ""]]
    )
    assert [(row["name"], row["phones"], row["room"]) for row in filled(table)] == [
        ("苗芬", (ONE,), "501"), ("邹福", (TWO,), "502"),
    ]  # fmt: skip
    assert [row.fields["needs"] for row in table.rows] == [("理发",), ()]
    assert [(row.row, row.last_row, row.place(1)) for row in table.rows] == [(2, 5, (2, 1)), (2, 5, (2, 2))]


def test_one_cell_for_several_persons_of_a_turned_table() -> None:
    table = one_table(
        [["姓名", "苗民", "李芬"], ["性别", "男", "女"], ["住址", HOME, ""], ["电话", ONE, TWO]], merges=((2, 1, 2, 2),)
    )
    assert [row["room"] for row in filled(table)] == ["501", "501"]


def test_a_turned_feedback_sheet() -> None:
    table = one_table(
        [["老人姓名", "苗芬", "邹福"], ["服务日期", "2026-03-05", "2026-03-06"], ["服务项目", "理发", "聊天"],
         ["志愿者", "王丽", "李明"], ["满意度", "满意", "非常满意"]],
        name="反馈",
    )  # fmt: skip
    assert table.kind is Kind.FEEDBACK
    assert [(row["provider"], row["rating"]) for row in filled(table)] == [("王丽", 4), ("李明", 5)]


def test_a_feedback_form_with_boxes() -> None:
    table = one_table(
        [["助老服务意见反馈表"], ["表号：B-0012"], ["老人姓名", "苗芬", "联系电话", ONE],
         ["服务项目", "☑理发 □陪伴聊天 □居家清洁", "服务日期", "2026年3月5日"], ["志愿者", "王丽", "服务时长", "1小时"],
         ["满意度", "□非常满意 ☑满意 □一般"], ["意见建议", "来得准时", "居委干部", "李明"]]
    )  # fmt: skip
    assert table.kind is Kind.FEEDBACK
    assert filled(table) == [
        {
            "form_number": "B-0012",
            "name": "苗芬",
            "phones": (ONE,),
            "category": "理发",
            "date": "2026-03-05",
            "provider": "王丽",
            "minutes": 60,
            "rating": 4,
            "comment": "来得准时",
            "cadre": "李明",
        }
    ]
    assert codes(table) == [[]]


def test_forms_of_enterprises_and_volunteers() -> None:
    enterprise = one_table(
        [["爱心企业登记表"], ["企业名称", "净邻家政", "联系人", "王丽"], ["联系电话", ONE, "服务项目", "居家清洁"]]
    )
    assert enterprise.kind is Kind.ENTERPRISES
    assert filled(enterprise)[0]["enterprise"] == "净邻家政"
    volunteer = one_table([["志愿者登记表"], ["姓名", "王丽", "性别", "女"], ["电话", ONE, "服务意向", "理发"]])
    assert volunteer.kind is Kind.VOLUNTEERS
    assert filled(volunteer) == [{"name": "王丽", "sex": "女", "phones": (ONE,), "skills": ("理发",)}]


def test_forms_with_a_contact_under_a_word_that_reaches_down() -> None:
    table = one_table(
        [["姓名", "苗芬", "电话", ONE, ""], ["住址", HOME, "", "", ""],
         ["紧急联系人", "姓名", "苗小", "关系", "女儿"], ["", "电话", TWO, "", ""]],
        merges=((1, 1, 1, 4), (2, 0, 3, 0)),
    )  # fmt: skip
    assert [(row["name"], row["emergency_contact"], row["emergency_phone"]) for row in filled(table)] == [
        ("苗芬", "苗小", TWO)
    ]


def test_an_identity_number_in_boxes_of_one_sign() -> None:
    table = one_table([["姓名", "苗芬"], ["身份证号", *"000000194805071234"], ["电话", ONE], ["需求", "理发"]])
    assert filled(table)[0]["id_number"] == "000000194805071234"


@pytest.mark.parametrize(
    "line",
    [
        "姓名：苗芬  性别：女  电话：{}  地址：{}",
        "姓  名:苗芬，性别:女，电话:{}，地址:{}",
        "姓名：苗芬性别：女电话：{}地址：{}",
    ],
)
def test_everything_about_a_person_in_one_cell(line: str) -> None:
    table = one_table([[line.format(ONE, HOME)], [line.format(TWO, HOUSE)]])
    assert [(row["name"], row["sex"], row["phones"], row["room"]) for row in filled(table)] == [
        ("苗芬", "女", (ONE,), "501"), ("苗芬", "女", (TWO,), "502"),
    ]  # fmt: skip


def test_values_below_their_labels() -> None:
    table = one_table([["姓名", "性别"], ["苗芬", "女"], ["电话", "需求"], [ONE, "理发"]])
    assert filled(table) == [{"name": "苗芬", "sex": "女", "phones": (ONE,), "needs": ("理发",)}]


def test_a_list_with_relations_in_it_is_no_form() -> None:
    table = one_table(
        [
            ["姓名", "电话", "家属", "关系", "家属电话"],
            ["苗芬", ONE, "苗小", "女儿", TWO],
            ["邹福", TWO, "邹小", "儿子", ONE],
        ]
    )  # fmt: skip
    assert table.header_row == 1
    assert len(table.rows) == 2


def test_questions_and_their_answers() -> None:
    table = one_table(
        [["姓名", "电话", "是否需要理发？", "空调清洗", ""], ["", "", "", "需要", "不需要"],
         ["苗芬", ONE, "是", "", "√"], ["邹福", TWO, "否", "√", ""]],
        merges=((0, 3, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2)),
    )  # fmt: skip
    assert fields_of(table) == ["name", "phones", "need:理发", "need:清洗空调", ""]
    assert [row["needs"] for row in filled(table)] == [("理发",), ("清洗空调",)]


def test_bare_day_numbers_of_a_workbook_that_counts_from_1904() -> None:
    rows: list[list[Cell]] = [["姓名", "出生日期"], ["苗芬", 14_000.0], ["邹福", "1942-05-03"]]
    assert [row["birth"] for row in filled(one_table(rows, from_1904=True))] == ["1942-05-01", "1942-05-03"]
    assert filled(one_table(rows))[0]["birth"] == "1938-04-30"


def test_a_tally_in_blocks_of_months() -> None:
    tables = read(
        [
            ["亭北居民区2025年服务统计"],
            ["1月"],
            ["服务项目", "次数"],
            ["理发", 3.0],
            ["2月"],
            ["服务项目", "次数"],
            ["理发", 5.0],
        ]
    ).tables
    assert [(row["committee"], row["month"], row["quantity"]) for table in tables for row in filled(table)] == [
        ("亭北居民区", "2025-01", 3), ("亭北居民区", "2025-02", 5),
    ]  # fmt: skip


def test_two_counts_of_one_thing_are_not_added_up() -> None:
    table = one_table(
        [["2025年3月汇总"], ["居民区", "理发", ""], ["", "人次", "户数"], ["亭北居民区", 3.0, 2.0]],
        merges=((1, 1, 1, 2), (1, 0, 2, 0)),
    )
    assert [row["quantity"] for row in filled(table)] == [3]
    assert [column.header[-1] for column in table.unsure_columns] == ["户数"]


def test_names_without_headers_and_known_surnames_stand_beside_phones() -> None:
    table = one_table([["钮海荣，", ONE, HOME, "理发"], ["练小芬", TWO, HOUSE, "聊天"]])
    assert [row["name"] for row in filled(table)] == ["钮海荣", "练小芬"]
