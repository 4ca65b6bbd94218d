"""What committees send beside plain lists: signs, headers in two languages, rows filled in beforehand."""

import pytest

from jiuliting_desk.sheets.book import Cell
from tests.sheets.sheets_by_hand import codes, fields_of, filled, one_table, read


@pytest.mark.parametrize("above", [True, False])
def test_signs_at_names_are_what_the_legend_says(above: bool) -> None:
    legend = ["说明：★独居老人  带▲的为行动不便  ◆党员"]
    rows = [
        ["姓名", "电话"],
        ["苗芬★▲", "10016215129"],
        ["◆孔辉", "10057796333"],
        ["尤芳※", "10057796334"],
        ["张●●", "10057796335"],
    ]
    table = one_table([legend, *rows] if above else [*rows, legend])
    told = [(row.get("name"), row.get("tags"), row.get("notes")) for row in filled(table)]
    assert told == [
        ("苗芬", ("独居", "行动不便"), None),
        ("孔辉", None, "党员"),
        ("尤芳", None, "※"),
        ("张●●", None, None),
    ]
    assert codes(table)[:3] == [["cell_split"]] * 3


@pytest.mark.parametrize(
    ("first", "second"),
    [("子女1", "子女2"), ("第一联系人", "第二联系人"), ("紧急联系人一", "紧急联系人二")],
)
def test_of_several_contacts_the_first_is_taken(first: str, second: str) -> None:
    head = ["姓名", "电话", *(f"{who}{what}" for who in (first, second) for what in ("姓名", "关系", "电话"))]
    row = ["苗芬", "10016215129", "苗辉", "儿子", "10057796333", "苗兰", "女儿", "10057796334"]
    table = one_table([head, row])
    assert fields_of(table)[2:] == ["emergency_contact", "emergency_relation", "emergency_phone", "", "", ""]
    assert filled(table)[0]["phones"] == ("10016215129",)
    assert filled(table)[0]["emergency_phone"] == "10057796333"


@pytest.mark.parametrize("group", ["子女2", "第二联系人"])
def test_what_stands_under_a_second_contact_is_not_said_of_the_elder(group: str) -> None:
    rows = [["姓名", "电话", group, ""], ["", "", "姓名", "电话"], ["苗芬", "10016215129", "苗兰", "10057796334"]]
    table = one_table(rows, merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)])
    assert filled(table) == [{"name": "苗芬", "phones": ("10016215129",)}]


@pytest.mark.parametrize(
    ("cell", "birth", "age"),
    [("1942.03（84）", "1942-03", 84), ("1942年3月5日 84岁", "1942-03-05", 84), ("1942-03/84", "1942-03", 84),
     ("1942/3/12", "1942-03-12", None), ("1942.03", "1942-03", None)],
)  # fmt: skip
def test_the_age_behind_a_birth(cell: str, birth: str, age: int | None) -> None:
    (row,) = one_table([["姓名", "出生年月（年龄）", "电话"], ["苗芬", cell, "10016215129"]]).rows
    assert (row.fields["birth"], row.fields.get("age")) == (birth, age)


def test_the_notes_hold_what_their_brackets_say() -> None:
    table = one_table([["姓名", "电话", "备注（服务需求）"], ["苗芬", "10016215129", "需要理发、保洁"]])
    assert filled(table)[0]["needs"] == ("理发", "居家清洁")


def test_the_phone_of_somebody_with_a_column_of_an_unknown_word_is_not_the_elders() -> None:
    head = ["姓名", "手机", "楼组长", "楼组长电话", "独居/空巢"]
    rows = [["苗芬", "10016215129", "孔辉", "10057796333", "空巢"],
            ["尤芳", "10016215130", "孔辉", "10057796333", "独居"],
            ["尤兰", "10016215131", "孔辉", "10057796333", "与子女同住"]]  # fmt: skip
    told = filled(one_table([head, *rows]))
    assert [row["phones"] for row in told] == [("10016215129",), ("10016215130",), ("10016215131",)]
    assert [row["living"] for row in told] == ["空巢", "独居", "与子女同住"]


def test_answers_of_a_questionnaire_without_their_letters() -> None:
    head = ["1、您的姓名：", "2、您的性别：[单选题]", "3、您的居住情况：", "4、您的联系电话："]
    told = filled(one_table([head, ["苗芬", "B. 女", "A、独居", "10016215129"]]))
    assert told == [{"name": "苗芬", "sex": "女", "living": "独居", "phones": ("10016215129",)}]


def test_a_couple_on_two_rows_and_how_many_live_in_a_building() -> None:
    head = ["楼栋", "室号", "姓名", "与户主关系", "是否独居", "联系电话"]
    rows = [["3号\n（2户）", "301", "苗芬", "户主", "非独居", "10016215129"],
            ["同 上", "301", "孔辉", "配偶", "非独居", "同 上"],
            ["5号楼（共1人）", "502", "尤芳", "户主", "独居", "10016215130"]]  # fmt: skip
    table = one_table([head, *rows])
    told = [(row.fields["building"], row.fields["alone"], row.fields["phones"]) for row in table.rows]
    assert told == [("3", False, ("10016215129",)), ("3", False, ("10016215129",)), ("5", True, ("10016215130",))]
    assert "emergency_relation" not in table.rows[0].fields
    assert codes(table) == [[], [], []]


def test_an_identity_number_and_an_address_typed_in_parts() -> None:
    head = ["姓名", "身份证号", "手机", "住址"]
    (row,) = one_table([head, ["苗芬", "000000-19490224-9680", "'10016215129", "知雅汇第12幢301室"]]).rows
    told = [row.fields[name] for name in ("id_number", "phones", "compound", "building", "room")]
    assert told == ["000000194902249680", ("10016215129",), "知雅汇", "12", "301"]
    assert not row.remarks


def test_the_doctor_s_phone_is_not_the_elders() -> None:
    head = ["姓名", "本人电话", "责任医生", "医生电话"]
    rows = [["苗芬", "10016215129", "孔辉", "10057796333"], ["尤芳", "10016215130", "孔辉", "10057796333"]]
    table = one_table([head, *rows])
    assert [row["phones"] for row in filled(table)] == [("10016215129",), ("10016215130",)]


def test_ticks_under_a_record_of_calls_are_no_phones() -> None:
    rows = [["姓名", "电话", "电话问候记录", ""], ["", "", "第1周", "第2周"],
            ["苗芬", "10016215129", "√", ""], ["孔辉", "10057796333", "√", "√"]]  # fmt: skip
    table = one_table(rows, merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)])
    assert codes(table) == [[], []]
    assert [row["phones"] for row in filled(table)] == [("10016215129",), ("10057796333",)]


@pytest.mark.parametrize(
    "cell",
    [
        "女儿苗兰 10057796333",
        "女儿：苗兰，10057796333",
        "苗兰(女儿)10057796333",
        "10057796333（女儿苗兰）",
        "苗兰女儿10057796333",
    ],
)
def test_a_contact_with_relation_and_phone_in_any_order(cell: str) -> None:
    rows = [["苗芬", "10016215129", cell]] * 3
    fields = one_table([["姓名", "本人电话", "紧急联系方式"], *rows]).rows[0].fields
    told = [fields[f"emergency_{part}"] for part in ("contact", "relation", "phone")]
    assert told == ["苗兰", "女儿", "10057796333"]


@pytest.mark.parametrize("name", ["李阿妹", "孙子涵", "女儿"])
def test_a_contact_whose_name_has_a_relation_in_it(name: str) -> None:
    rows = [["苗芬", "10016215129", f"{name} 10057796333"]] * 3
    fields = one_table([["姓名", "电话", "紧急联系人及电话"], *rows]).rows[0].fields
    relation = "女儿" if name == "女儿" else None
    assert (fields["emergency_contact"], fields.get("emergency_relation")) == (None if relation else name, relation)


def test_header_words_broken_over_two_rows() -> None:
    rows: list[list[Cell]] = [
            ["序", "姓", "年", "居住", "联系", "紧急联系"], ["号", "名", "龄", "地址", "电话", "人电话"],
            [1, "苗芬", 83, "知雅汇3号301", "10016215129", "10057796333"],
            [2, "孔辉", 79, "知雅汇3号302", "10016215130", "10057796334"]]  # fmt: skip
    table = one_table(rows)
    assert fields_of(table) == ["", "name", "age", "address", "phones", "emergency_phone"]
    assert [row["name"] for row in filled(table)] == ["苗芬", "孔辉"]


def test_words_broken_over_lines_are_whole_again() -> None:
    head = ["居\n委", "小区", "姓\n名", "身份证\n号码", "联系\n电话"]
    rows = [["亭\n北\n居\n民\n区", "亭\n北\n东\n块", "苗\n芬", "0000001949\n02249680", "1001621\n5129"]] * 3
    (row, *_) = one_table([head, *rows]).rows
    told = [row.fields[name] for name in ("committee", "compound", "name", "id_number", "phones")]
    assert told == ["亭北居民区", "亭北东块", "苗芬", "000000194902249680", ("10016215129",)]
    assert not row.remarks


def test_lists_below_one_another_each_under_its_building() -> None:
    head = ["室号", "姓名", "联系电话"]
    rows = [["知雅汇楼组老人情况"], ["3号楼  楼组长：孔辉 10057796333"], head, ["301", "苗芬", "10016215129"], [""],
            ["5号楼（楼组长：尤兰）"], head, ["502", "尤芳", "10016215130"], [""],
            ["望桥里7号  楼组长：孔平"], head, ["702", "孔兰", "10016215131"]]  # fmt: skip
    merges = [(row, 0, row, 2) for row in (0, 1, 5, 9)]
    read_rows = [row for table in read(rows, merges=merges).tables for row in table.rows]
    told = [tuple(row.fields[name] for name in ("compound", "building", "room", "name")) for row in read_rows]
    assert told == [("知雅汇", "3", "301", "苗芬"), ("知雅汇", "5", "502", "尤芳"), ("望桥里", "7", "702", "孔兰")]
    assert all(remark.code == "from_line_above" for row in read_rows for remark in row.remarks)


def test_what_was_done_last_is_not_wanted_now() -> None:
    head = ["姓名", "电话", "上次服务日期", "上次服务项目", "已享受服务", "本次需求"]
    table = one_table([head, ["苗芬", "10016215129", "2025-03-11", "理发", "保洁", "清洗空调"]])
    assert filled(table) == [{"name": "苗芬", "phones": ("10016215129",), "needs": ("清洗空调",)}]


def test_ticks_under_codes_that_a_line_explains() -> None:
    rows: list[list[Cell]] = [["服务项目：1.陪伴聊天 2.居家清洁 3.理发"],
            ["姓名", "电话", "服务需求", "", ""], ["", "", 1, 2, 3],
            ["苗芬", "10016215129", "√", "", "√"], ["孔辉", "10057796333", "", "√", ""]]  # fmt: skip
    table = one_table(rows, merges=[(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4)])
    assert [row["needs"] for row in filled(table)] == [("陪伴聊天", "理发"), ("居家清洁",)]
    assert codes(table) == [[], []]


@pytest.mark.parametrize("header", ["室号姓名", "门牌、姓名", "住址姓名"])
@pytest.mark.parametrize("cell", ["3号301室 苗芬", "3-301 苗芬", "3号301苗芬", "苗芬 3号301室", "苗芬（3号301）"])
def test_a_door_and_a_name_in_one_cell(header: str, cell: str) -> None:
    (row,) = one_table([[header, "电话"], [cell, "10016215129"]]).rows
    assert tuple(row.fields.get(name) for name in ("name", "building", "room")) == ("苗芬", "3", "301")


def test_numbered_columns_of_services_and_the_door_in_one() -> None:
    head = ["姓名", "电话", "楼室", "服务1", "服务2", "服务3"]
    rows = [["苗芬", "10016215129", "24/1601", "理发", "", ""], ["孔辉", "10057796333", "3/502", "保洁", "理发", ""]]
    told = filled(one_table([head, *rows]))
    assert [(row["building"], row["room"], row["needs"]) for row in told] == [
        ("24", "1601", ("理发",)),
        ("3", "502", ("居家清洁", "理发")),
    ]
