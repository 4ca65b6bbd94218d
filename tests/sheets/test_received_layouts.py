"""Habits of sheets that committees and teams send, each written by hand."""

from collections.abc import Mapping

import pytest

from jiuliting_desk.sheets.addresses import Address, Compounds, read_address
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.checkboxes import checked_only, has_boxes
from jiuliting_desk.sheets.days import read_day
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.tables import Kind, Omission
from jiuliting_desk.sheets.values import read_phones, read_rating, read_tick
from tests.sheets.sheets_by_hand import codes, fields_of, filled, one_table, read

ONE, TWO, THREE = "10016215129", "10057796333", "10035824366"
ID_ONE, ID_TWO, ID_THREE = "000000194808205470", "000000192911079194", "000000193212121917"
HOME, HOUSE, FLAT = "亭北新村16号501室", "亭北新村1号502室", "亭北东块3号101室"


def test_who_surveyed_is_not_who_was_surveyed() -> None:
    rows = [
        ["服务对象", "", "{}", "", "需求"],
        ["姓名", "电话", "姓名", "电话", ""],
        ["苗芬", ONE, "王好", TWO, "理发"],
    ]
    for group in ("走访人员", "排摸人员信息", "联络网格"):
        table = one_table(
            [[cell.format(group) for cell in row] for row in rows], merges=((0, 0, 0, 1), (0, 2, 0, 3), (0, 4, 1, 4))
        )
        assert filled(table) == [{"name": "苗芬", "phones": (ONE,), "needs": ("理发",)}], group


def test_a_group_of_one_column_beside_larger_groups() -> None:
    table = one_table(
        [
            ["姓名", "服务需求", "", ""],
            ["", "家电清洗类", "", "其他类"],
            ["", "空调", "油烟机", "代购"],
            ["苗芬", "", "√", "√"],
        ],
        merges=((0, 0, 2, 0), (0, 1, 0, 3), (1, 1, 1, 2)),
    )
    assert filled(table) == [{"name": "苗芬", "needs": ("清洗油烟机", "代买代办")}]


def test_a_header_in_two_languages_is_one_header() -> None:
    table = one_table(
        [
            ["id", "name", "gender", "mobile", "create_time"],
            ["编号", "姓名", "性别（1男 2女）", "手机号码", "创建时间"],
            ["7", "苗芬", 2.0, ONE, "2026-03-01 09:12:44"],
            ["8", "邹福", "1", TWO, "2026-03-01 09:12:44"],
        ]
    )
    assert table.header_row == 2
    assert [(row["name"], row["sex"], row["phones"]) for row in filled(table)] == [
        ("苗芬", "女", (ONE,)),
        ("邹福", "男", (TWO,)),
    ]


def test_content_against_headers_over_the_wrong_columns() -> None:
    rows: list[list[Cell]] = [
        ["苗芬", 78.0, ID_ONE, ONE, HOME],
        ["邹福", 96.0, ID_TWO, TWO, HOUSE],
        ["金生", 93.0, ID_THREE, THREE, FLAT],
    ]
    for head in (
        ["姓名", "出生年月", "地址", "家庭住址", "联系方式"],
        ["姓名", "性别", "联系电话", "身份证号码", "住址"],
    ):
        table = one_table([head, *rows])
        assert fields_of(table) == ["name", "age", "id_number", "phones", "address"]
        assert [row["age"] for row in filled(table)] == [78, 96, 93]


def test_ways_of_living_under_a_word_for_kinds() -> None:
    table = one_table(
        [["姓名", "家庭类型"], ["苗芬", "与子女同住"], ["邹福", "独居"], ["金生", "空巢"], ["李芬", "与子女同住"]]
    )
    assert fields_of(table) == ["name", "living"]


def test_days_under_a_word_for_times() -> None:
    table = one_table(
        [["老人姓名", "服务时间", "满意度"], ["苗芬", "2026-03-05", "满意（4分）"], ["邹福", "2026-03-06", "一般"]]
    )
    assert table.kind is Kind.FEEDBACK
    assert [(row["date"], row["rating"]) for row in filled(table)] == [("2026-03-05", 4), ("2026-03-06", 3)]


def test_the_title_and_the_name_of_the_sheet_say_where_all_live() -> None:
    rows = [["知雅汇老年人情况表", "", ""], ["室号", "姓名", "电话"], ["501", "苗芬", ONE], ["502", "邹福", TWO]]
    table = one_table(rows, merges=((0, 0, 0, 2),), name="2号楼")
    assert [(row["compound"], row["building"], row["room"]) for row in filled(table)] == [
        ("知雅汇", "2", "501"),
        ("知雅汇", "2", "502"),
    ]
    assert codes(table)[0] == ["from_line_above", "from_line_above"]
    told = one_table(
        [["知雅汇老年人情况表", ""], ["姓名", "住址"], ["苗芬", HOME]], merges=((0, 0, 0, 1),), name="2号楼"
    )
    assert filled(told) == [{"name": "苗芬", "compound": "亭北新村", "building": "16", "room": "501"}]


def test_lists_side_by_side_under_the_names_of_compounds() -> None:
    left, right = ["知雅汇", "", "", "", "云杉苑", "", ""], ["楼号", "室号", "姓名", "", "楼号", "室号", "姓名"]
    rows = [left, right, ["3", "501", "苗芬", "", "4", "502", "邹福"], ["3", "601", "金生", "", "5", "602", "李芬"]]
    tables = read(rows, merges=((0, 0, 0, 2), (0, 4, 0, 6))).tables
    assert [[row["compound"] for row in filled(table)] for table in tables] == [["知雅汇"] * 2, ["云杉苑"] * 2]


def test_the_unit_above_is_that_of_its_volunteers() -> None:
    head = ["队员姓名", "手机号码", "可提供的服务", "每月可服务次数"]
    table = one_table(
        [["单位名称：净邻家政（虚构）", "", "", ""], head, ["苗芬", ONE, "理发", 2.0]], merges=((0, 0, 0, 3),)
    )
    assert filled(table)[0]["enterprise"] == "净邻家政（虚构）"
    theirs = one_table([["单位名称：亭北居委会", "", "", ""], head, ["苗芬", ONE, "理发", 2.0]], merges=((0, 0, 0, 3),))
    assert "enterprise" not in filled(theirs)[0]
    assert theirs.facts["committee"] == "亭北居委会"


def test_services_that_are_offered() -> None:
    ticked = one_table(
        [["志愿者", "联系方式", "服务特长", ""], ["", "", "理发", "陪聊"], ["苗芬", ONE, "√", ""]],
        merges=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)),
    )
    asked = one_table([["您的姓名", "您的手机号", "您愿意提供哪些志愿服务（可多选）"], ["苗芬", ONE, "理发"]])
    for table in (ticked, asked):
        assert table.kind is Kind.VOLUNTEERS
        assert filled(table) == [{"name": "苗芬", "phones": (ONE,), "skills": ("理发",)}]


def test_the_person_to_ask_for_comes_before_the_legal_one() -> None:
    table = one_table(
        [["企业名称", "法人代表", "对接人", "对接人电话", "服务项目"], ["净邻家政", "李生", "苗芬", ONE, "居家清洁"]]
    )
    assert table.kind is Kind.ENTERPRISES
    assert filled(table)[0]["contact_name"] == "苗芬"


def test_what_is_counted_stands_behind_the_service() -> None:
    head = ["居民区", "理发人次", "理发时长", "陪伴聊天次数"]
    table = one_table([["2025年3月统计表", "", "", ""], head, ["亭北居民区", 4.0, 90.0, 2.0]], merges=((0, 0, 0, 3),))
    assert [(row["category"], row.get("measure"), row["quantity"]) for row in filled(table)] == [
        ("理发", None, 4),
        ("理发", "minutes", 90),
        ("陪伴聊天", None, 2),
    ]


def test_rows_of_a_template_that_nobody_filled_in() -> None:
    table = one_table(
        [
            ["序号", "居委", "姓名", "电话", "是否独居"],
            [1.0, "亭北居委会", "苗芬", ONE, "是"],
            [2.0, "亭北居委会", "", "", "否"],
            [3.0, "亭北居委会", "", "", "请选择"],
            ["居委书记（签字）：", "", "", "经办人：", ""],
        ]
    )
    assert len(table.rows) == 1
    assert [left.why for left in table.left_out] == [Omission.PREFILLED, Omission.FOOTER]


def test_signs_at_names_are_what_the_legend_says() -> None:
    table = one_table([["说明：★低保  ▲行动不便", ""], ["姓名", "电话"], ["苗芬★▲", ONE], ["◆邹福", TWO]])
    assert filled(table) == [
        {"name": "苗芬", "phones": (ONE,), "tags": ("低保", "行动不便")},
        {"name": "邹福", "phones": (TWO,), "notes": "◆"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "涞亭南路350弄知雅汇12号301室", "上海市松江区九里亭街道涞亭南路350弄知雅汇12号301", "知雅汇（350弄）12号301室",
        "350弄12号301室（知雅汇）", "涞亭南路350弄12号301室 知雅汇", "知雅汇, 12号, 301室",
    ],
)  # fmt: skip
def test_addresses_with_a_lane_beside_the_compound(text: str) -> None:
    for compounds in ({}, {"知雅汇": ()}):
        assert _address(text, compounds)[:4] == ("知雅汇", "12", None, "301")


def test_a_lane_alone_stays_the_compound() -> None:
    assert _address("涞亭南路350弄12号301室", {})[:4] == ("涞亭南路350弄", "12", None, "301")
    assert _address("亭北新村小区12号301", {})[0] == "亭北新村"


def _address(text: str, compounds: Mapping[str, tuple[str, ...]]) -> Address:
    read_as = read_address(text, Compounds(compounds))
    return read_as.value if isinstance(read_as, Flagged) else read_as


@pytest.mark.parametrize("text", ["[√]理发 [ ]聊天", "理发（√） 聊天（ ）", "理发【✓】聊天【】"])
def test_boxes_made_of_brackets(text: str) -> None:
    assert has_boxes(text)
    assert checked_only(text) == "理发"


def test_values_in_words() -> None:
    assert read_day("四零年", birth=True) == "1940"
    assert read_day("三二年五月", birth=True) == "1932-05"
    assert read_rating("非常满意（5分）") == 5
    assert read_phones("无手机") == ()
    assert read_tick("2") is True


def test_a_chain_of_messages_in_one_column() -> None:
    table = one_table(
        [
            ["#接龙 助老需求登记"],
            [f"1. 苗芬 {ONE} {HOME} 理发、陪聊"],
            [f"2、邹福，78岁，{TWO}，{HOUSE}"],
            [f"3. 金生 {FLAT} {THREE} 保洁"],
        ]
    )
    assert [(row["name"], row["phones"], row["room"]) for row in filled(table)] == [
        ("苗芬", (ONE,), "501"),
        ("邹福", (TWO,), "502"),
        ("金生", (THREE,), "101"),
    ]
    assert filled(table)[0]["needs"] == ("理发", "陪伴聊天")
    assert [row.row for row in table.rows] == [2, 3, 4]
    assert read([["各位居民"], [f"请打 {ONE} 报名"], ["谢谢大家的支持"]]).tables == ()


def test_a_table_of_sums_names_nobody() -> None:
    rows: list[list[Cell]] = [
        ["类别", "独居", "空巢", "合计"],
        ["人数", 12.0, 20.0, 32.0],
        ["", "", "", ""],
        ["姓名", "电话", "需求", ""],
    ]
    table = one_table([*rows, ["苗芬", ONE, "理发", ""]])
    assert filled(table) == [{"name": "苗芬", "phones": (ONE,), "needs": ("理发",)}]


def test_names_of_fields_and_numbers_behind_words() -> None:
    rows: list[list[Cell]] = [
        [str(n), name, number, "N"] for n, (name, number) in enumerate((("苗芬", ID_ONE), ("邹福", ID_TWO)), 10)
    ]
    table = one_table([["elder_id", "elder_name", "id_card", "is_alone"], *rows])
    assert [(row["name"], row["id_number"], row["alone"]) for row in filled(table)] == [
        ("苗芬", ID_ONE, False),
        ("邹福", ID_TWO, False),
    ]
    visit = one_table([["2025年服务台账", "", "", "", ""], ["日期", "老人姓名", "服务项目", "志愿者1", "志愿者2"],
                       ["3.5", "苗芬", "理发", "王好", "李好"]], merges=((0, 0, 0, 4),))  # fmt: skip
    assert filled(visit)[0]["provider"] == "王好"
    told = one_table([["姓名", "本人或家属电话"], ["苗芬", ONE], ["邹福", TWO]])
    assert [row["phones"] for row in filled(told)] == [(ONE,), (TWO,)]


def test_the_phone_of_the_elder_under_an_unknown_word_for_the_elder() -> None:
    table = one_table([["被探访老人", "老人联系方式", "探访员"], ["苗芬", ONE, "王好"], ["邹福", TWO, "李好"]])
    assert [(row["name"], row["phones"]) for row in filled(table)] == [("苗芬", (ONE,)), ("邹福", (TWO,))]
