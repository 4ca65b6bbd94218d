"""Layouts that other people might invent, each written by hand."""

from datetime import date

import pytest

from jiuliting_desk.sheets.tables import Choice, Kind, Omission
from jiuliting_desk.sheets.vocabulary import Vocabulary
from tests.sheets.sheets_by_hand import codes, fields_of, filled, one_table, read

ONE, TWO, THREE = "10016215129", "10057796333", "10035824366"
HOME, HOUSE, FLAT = "亭北新村16号501室", "亭北新村1号502室", "亭北东块3号101室"


def test_a_person_over_two_rows() -> None:
    table = one_table(
        [
            ["姓名", "性别", "联系电话"],
            ["服务需求", "年龄", "家庭住址"],
            ["苗芬", "女", ONE],
            ["理发", 78.0, HOME],
            ["邹福", "男", TWO],
            ["保洁", 80.0, HOUSE],
        ]
    )
    assert [row.row for row in table.rows] == [3, 5]
    assert filled(table)[1]["needs"] == ("居家清洁",)
    assert filled(table)[1]["room"] == "502"


def test_names_and_phones_in_one_cell_and_a_mixed_header() -> None:
    table = one_table([["姓名/电话", "性别/年龄"], [f"苗芬 {ONE}", "女/78"], [f"邹福{TWO}", "男 80岁"]])
    assert filled(table) == [
        {"name": "苗芬", "phones": (ONE,), "sex": "女", "age": 78},
        {"name": "邹福", "phones": (TWO,), "sex": "男", "age": 80},
    ]


@pytest.mark.parametrize("merges", [((0, 1, 0, 3), (0, 0, 1, 0), (0, 4, 1, 4)), ()])
def test_year_month_and_day_in_three_columns(merges: tuple[tuple[int, int, int, int], ...]) -> None:
    table = one_table(
        [["姓名", "出生日期", "", "", "电话"], ["", "年", "月", "日", ""], ["苗芬", 1948.0, 8.0, 20.0, ONE]],
        merges=merges,
    )
    assert filled(table) == [{"name": "苗芬", "birth": "1948-08-20", "phones": (ONE,)}]


def test_year_month_and_day_without_a_group() -> None:
    table = one_table(
        [["姓名", "年", "月", "日", "电话"], ["苗芬", 1948.0, 8.0, 20.0, ONE], ["邹福", 1950.0, 1.0, 2.0, TWO]]
    )
    assert [row["birth"] for row in filled(table)] == ["1948-08-20", "1950-01-02"]


def test_two_persons_side_by_side_share_the_address() -> None:
    tables = read(
        [
            ["序号", "丈夫", "", "", "妻子", "", "", "住址"],
            ["", "姓名", "年龄", "电话", "姓名", "年龄", "电话", ""],
            [1.0, "苗民", 78.0, ONE, "李芬", 77.0, TWO, HOME],
        ],
        merges=((0, 1, 0, 3), (0, 4, 0, 6), (0, 0, 1, 0), (0, 7, 1, 7)),
    ).tables
    people = [row for table in tables for row in filled(table)]
    assert [(row["name"], row["age"], row["room"]) for row in people] == [("苗民", 78, "501"), ("李芬", 77, "501")]


def test_a_header_in_row_eight_after_instructions_and_facts() -> None:
    texts = ["关于排摸的通知", "各居委：", "请于3月20日前报送。", "一、对象为80岁以上老人", "二、联系电话填手机"]
    lines = [*([text] for text in texts), [""], ["填报单位：亭北居民区  联系人：小王  电话：62345678"]]
    table = one_table([*lines, ["姓名", "电话", "地址", "需求"], ["苗芬", ONE, HOME, "理发"]])
    assert table.header_row == 8
    assert table.facts["committee"] == "亭北居民区"
    assert table.facts["filled_by"] == "小王"


def test_english_headers() -> None:
    table = one_table(
        [["Name", "Gender", "Age", "Mobile Phone", "Address", "Service Needed"], ["苗芬", "F", 78.0, ONE, HOME, "理发"]]
    )
    assert fields_of(table) == ["name", "sex", "age", "phones", "address", "needs"]


def test_no_header_at_all() -> None:
    table = one_table(
        [
            [1.0, "苗芬", "女", 78.0, ONE, HOME, "理发"],
            [2.0, "邹福", "男", 80.0, TWO, HOUSE, "聊天"],
            [3.0, "金生", "男", 82.0, THREE, FLAT, "聊天"],
        ]
    )
    assert table.header_row == 0
    assert fields_of(table) == ["", "name", "sex", "age", "phones", "address", "needs"]
    assert {column.why for column in table.columns} == {"content"}
    assert len(table.rows) == 3


def test_headers_of_unknown_words_are_told_by_their_columns() -> None:
    table = one_table(
        [
            ["编码", "对象", "联络", "居所", "想要的"],
            ["1", "苗芬", ONE, HOME, "理发"],
            ["2", "邹福", TWO, HOUSE, "聊天"],
        ]
    )
    assert table.header_row == 1
    assert [row["name"] for row in filled(table)] == ["苗芬", "邹福"]
    assert fields_of(table)[2:] == ["phones", "address", "needs"]


def test_ticks_under_three_levels_with_services_nobody_knows() -> None:
    table = one_table(
        [
            ["姓名", "服务需求", "", "", ""],
            ["", "生活类", "", "其他类", ""],
            ["", "理发", "助浴", "陪伴聊天", "其他"],
            ["苗芬", "√", "√", "", ""],
            ["邹福", "", "", "是", "修水管"],
        ],
        merges=((0, 0, 2, 0), (0, 1, 0, 4), (1, 1, 1, 2), (1, 3, 1, 4)),
    )
    assert fields_of(table) == ["name", "need:理发", "need:助浴", "need:陪伴聊天", "needs"]
    assert [column.field for column in table.unsure_columns] == ["need:助浴"]
    assert filled(table) == [{"name": "苗芬", "needs": ("理发",)}, {"name": "邹福", "needs": ("陪伴聊天",)}]
    assert [remark.text for row in table.rows for remark in row.remarks] == ["助浴", "修水管"]


@pytest.mark.parametrize(
    "header",
    [["服务需求1", "服务需求2", "服务需求3"], ["需求一", "需求二", "需求三"]],
)
def test_needs_in_three_columns(header: list[str]) -> None:
    table = one_table([["姓名", *header], ["苗芬", "理发", "保洁", ""], ["邹福", "聊天", "", "代购"]])
    assert [row["needs"] for row in filled(table)] == [("理发", "居家清洁"), ("陪伴聊天", "代买代办")]


def test_needs_in_numbered_columns_under_a_group() -> None:
    table = one_table(
        [["姓名", "服务需求", "", ""], ["", "1", "2", "3"], ["苗芬", "理发", "保洁", ""]],
        merges=((0, 1, 0, 3), (0, 0, 1, 0)),
    )
    assert filled(table) == [{"name": "苗芬", "needs": ("理发", "居家清洁")}]


def test_marks_for_the_same_again() -> None:
    table = one_table(
        [
            ["姓名", "小区", "楼号", "需求"],
            ["苗芬", "亭北新村", "16", "理发"],
            ["邹福", "同上", "〃", "聊天"],
            ["金生", "″", "17", "〃"],
        ]
    )
    assert [(row["compound"], row["building"]) for row in filled(table)] == [
        ("亭北新村", "16"), ("亭北新村", "16"), ("亭北新村", "17"),
    ]  # fmt: skip
    assert filled(table)[2]["needs"] == ("陪伴聊天",)


@pytest.mark.parametrize("header", ["楼号-室号", "楼号/室号", "楼栋房号"])
def test_building_and_room_in_one_column(header: str) -> None:
    table = one_table([["姓名", "小区", header], ["苗芬", "亭北新村", "16-501"], ["邹福", "亭北新村", "1-2-502"]])
    assert [(row["building"], row.get("unit"), row["room"]) for row in filled(table)] == [
        ("16", None, "501"), ("1", "2", "502"),
    ]  # fmt: skip


def test_road_lane_number_and_room_in_four_columns() -> None:
    table = one_table([["姓名", "路名", "弄", "号", "室"], ["苗芬", "涞坊路", 123.0, 45.0, 601.0]])
    assert filled(table) == [{"name": "苗芬", "compound": "涞坊路123弄", "building": "45", "room": "601"}]


def test_the_phone_after_a_contact_is_the_contacts() -> None:
    table = one_table(
        [
            ["姓名", "联系电话", "住址", "联系人", "联系电话"],
            ["苗芬", ONE, HOME, "邹先生", TWO],
            ["邹福", TWO, HOUSE, "王小妹", THREE],
        ]
    )
    assert fields_of(table) == ["name", "phones", "address", "emergency_contact", "emergency_phone"]


@pytest.mark.parametrize("merges", [((0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 0, 6)), ()])
def test_the_same_words_under_two_groups(merges: tuple[tuple[int, int, int, int], ...]) -> None:
    table = one_table(
        [
            ["序号", "老人基本情况", "", "", "紧急联系人", "", ""],
            ["", "姓名", "联系电话", "住址", "姓名", "与老人关系", "联系电话"],
            [1.0, "苗芬", ONE, HOME, "苗小", "女儿", TWO],
            [2.0, "邹福", TWO, HOUSE, "邹小", "儿子", THREE],
        ],
        merges=merges,
    )
    assert fields_of(table)[4:] == ["emergency_contact", "emergency_relation", "emergency_phone"]
    assert filled(table)[0]["emergency_phone"] == TWO


def test_columns_by_content_where_the_header_misleads() -> None:
    table = one_table([["姓名", "备用栏", "联系"], *([name, ONE, HOME] for name in ("苗芬", "邹福", "金生"))])
    assert fields_of(table) == ["name", "phones", "address"]
    assert table.columns[1].why == "content"


def test_totals_footers_and_notes_are_left_out_and_named() -> None:
    table = one_table(
        [
            ["序号", "姓名", "住址", "电话"],
            [1.0, "苗芬", HOME, ONE],
            [2.0, "邹福", HOUSE, TWO],
            ["", "亭北新村小计", "", "2人"],
            [3.0, "金生", FLAT, THREE],
            ["亭北东块小计：1人", "", "", ""],
            ["共3人", "", "", ""],
            [4.0, "", "", ""],
            ["制表人 王老师", "", "", "日期 2026.3.5"],
        ]
    )
    assert [row["name"] for row in filled(table)] == ["苗芬", "邹福", "金生"]
    assert [(left.first_row, left.why) for left in table.left_out] == [
        (4, Omission.TOTAL), (6, Omission.TOTAL), (7, Omission.TOTAL), (8, Omission.PREFILLED), (9, Omission.FOOTER),
    ]  # fmt: skip


def test_a_legend_beside_the_table_is_no_part_of_it() -> None:
    table = one_table(
        [
            ["姓名", "电话", "需求", "", "说明："],
            ["苗芬", ONE, "理发", "", "1=理发"],
            ["邹福", TWO, "聊天", "", "2=聊天"],
        ]
    )
    assert fields_of(table) == ["name", "phones", "needs"]


def test_two_kinds_of_table_stacked_without_a_blank_row() -> None:
    tables = read(
        [
            ["老人名单"],
            ["姓名", "电话", "需求"],
            ["苗芬", ONE, "理发"],
            ["志愿者名单"],
            ["志愿者姓名", "手机", "服务意向"],
            ["王丽", THREE, "理发"],
        ]
    ).tables
    assert [(table.kind, table.title, len(table.rows)) for table in tables] == [
        (Kind.SURVEY, "老人名单", 1), (Kind.VOLUNTEERS, "志愿者名单", 1),
    ]  # fmt: skip


def test_lines_between_the_rows_name_the_compound() -> None:
    table = one_table(
        [
            ["姓名", "楼号", "室号"],
            ["一、亭北新村", "", ""],
            ["苗芬", "16", "501"],
            ["二、亭北东块", "", ""],
            ["邹福", "1", "502"],
        ]
    )
    assert [row["compound"] for row in filled(table)] == ["亭北新村", "亭北东块"]
    assert codes(table) == [["from_line_above"]] * 2


def test_hidden_rows_are_left_out_until_wanted() -> None:
    rows = [["姓名", "电话"], ["苗芬", ONE], ["邹福", TWO]]
    table = one_table(rows, hidden_rows=frozenset({1}))
    assert [row["name"] for row in filled(table)] == ["邹福"]
    assert [left.why for left in table.left_out] == [Omission.HIDDEN]
    wanted = Choice(sheet_index=0, with_hidden_rows=True)
    assert len(one_table(rows, hidden_rows=frozenset({1}), choices=[wanted]).rows) == 2


def test_a_person_may_choose_header_kind_and_columns() -> None:
    rows = [["一些说明文字", "", ""], ["甲", "乙", "丙"], ["苗芬", ONE, "理发"], ["邹福", TWO, "聊天"]]
    chosen = Choice(sheet_index=0, header_row=2, kind=Kind.VOLUNTEERS, columns={0: "name", 1: "phones", 2: "skills"})
    table = one_table(rows, choices=[chosen])
    assert (table.header_row, table.kind) == (2, Kind.VOLUNTEERS)
    assert filled(table)[0] == {"name": "苗芬", "phones": (ONE,), "skills": ("理发",)}
    assert {column.why for column in table.columns} == {"chosen"}


def test_learned_headers_and_words_are_used_again() -> None:
    words = Vocabulary(headers={"情况": "health"}, values={"擦玻璃": "居家清洁"})
    table = one_table([["姓名", "情况", "需求"], ["苗芬", "高血压", "擦玻璃"]], vocabulary=words)
    assert filled(table) == [{"name": "苗芬", "health": "高血压", "needs": ("居家清洁",)}]


def test_known_places_by_alias_with_their_other_names() -> None:
    words = Vocabulary(committees={"亭北居民区": ("亭北居委会",)}, compounds={"亭北东块": ("东块",)})
    table = one_table([["亭北居委会老人名单"], ["姓名", "住址"], ["苗芬", "东块5号301"]], vocabulary=words)
    assert table.facts["committee"] == "亭北居民区"
    assert filled(table)[0]["compound"] == "亭北东块"


def test_a_tally_of_compounds_by_service_with_the_month_above() -> None:
    table = one_table(
        [
            ["2025年度居家助老服务统计", "", "", ""],
            ["填报单位：亭北居民区", "", "", "统计月份：2025年3月"],
            ["小区", "聊天", "理发", "合计"],
            ["亭北新村", 3.0, "", 3.0],
            ["亭北东块", "", 1.0, 1.0],
            ["总计", 3.0, 1.0, 4.0],
        ]
    )
    assert table.kind is Kind.TALLY
    assert filled(table) == [
        {"committee": "亭北居民区", "month": "2025-03", "compound": "亭北新村", "category": "陪伴聊天", "quantity": 3},
        {"committee": "亭北居民区", "month": "2025-03", "compound": "亭北东块", "category": "理发", "quantity": 1},
    ]


def test_a_tally_of_months_with_two_measures_each() -> None:
    table = one_table(
        [["项目", "1月", "", "2月", ""], ["", "次数", "人数", "次数", "人数"], ["理发", 3.0, 2.0, 4.0, ""]],
        merges=((0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0)),
        name="2025年统计",
    )
    assert [(row["month"], row.get("measure"), row["quantity"]) for row in filled(table)] == [
        ("2025-01", None, 3), ("2025-01", "people", 2), ("2025-02", None, 4),
    ]  # fmt: skip


def test_a_tally_of_committees_across_and_one_with_dates() -> None:
    across = one_table(
        [["2024年3月服务量"], ["服务项目", "亭北居民区", "金丰居民区"], ["理发", 3.0, 4.0], ["空调清洗", 1.0, ""]]
    )
    assert [(row["committee"], row["category"], row["quantity"]) for row in filled(across)] == [
        ("亭北居民区", "理发", 3), ("金丰居民区", "理发", 4), ("亭北居民区", "清洗空调", 1),
    ]  # fmt: skip
    dated = one_table([["日期", "服务项目", "次数"], [date(2025, 3, 1), "理发", 3.0]])
    assert filled(dated)[0]["month"] == "2025-03"


def test_feedback_with_a_column_for_each_rating() -> None:
    table = one_table(
        [
            ["姓名", "服务项目", "满意程度", "", ""],
            ["", "", "非常满意", "满意", "不满意"],
            ["苗芬", "理发", "√", "", ""],
            ["邹福", "聊天", "", "", "√"],
        ],
        merges=((0, 2, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1)),
    )
    assert table.kind is Kind.FEEDBACK
    assert [row["rating"] for row in filled(table)] == [5, 2]


def test_calls_and_visits_of_earlier_years() -> None:
    calls = one_table(
        [
            ["2025年电话记录"],
            ["时间", "来电人", "电话", "反映事项", "办理情况"],
            ["2025-03-05 09:30", "苗芬", ONE, "想理发", "已安排"],
        ]
    )
    assert calls.kind is Kind.CALLS
    assert filled(calls)[0]["date"] == "2025-03-05"
    visits = one_table(
        [["日期", "老人姓名", "服务内容", "志愿者", "服务时长（小时）"], ["3.6", "苗芬", "理发", "王丽", 1.5]],
        name="2025走访台账",
    )
    assert visits.kind is Kind.VISITS
    assert filled(visits)[0] == {
        "date": "2025-03-06",
        "name": "苗芬",
        "category": "理发",
        "provider": "王丽",
        "minutes": 90,
    }


def test_a_sheet_without_a_table_is_named() -> None:
    assert read([["关于中秋节的通知"], ["请大家周知"]]).without_table == ("Sheet1",)


def test_a_column_beside_the_headers_is_asked_about() -> None:
    rows = [
        ["姓名", "联系电话", "小区", "楼号", "室号", ""],
        ["苗芬", "10016215129", "亭北新村", "16", "501", "女儿在国外，多看看"],
        ["邹福", "10057796333", "亭北新村", "22", "202", ""],
        ["安常", "10057796334", "亭北新村", "23", "203", ""],
        ["填表人：何某", "", "", "", "", ""],
    ]
    table = one_table(rows)
    beside = table.columns[-1]
    assert (beside.index, beside.header, beside.field) == (5, (), "")
    assert beside in table.unsure_columns
    table = one_table(rows, choices=[Choice(sheet_index=0, columns={5: "notes"})])
    assert [row.fields["notes"] for row in table.rows] == ["女儿在国外，多看看", None, None]


def test_what_is_put_among_the_notes_brings_its_header_along() -> None:
    rows = [
        ["姓名", "联系电话", "小区", "身况", "备注"],
        ["苗芬", "10016215129", "亭北新村", "一般", "重听"],
        ["邹福", "10057796333", "亭北新村", "好", ""],
    ]
    table = one_table(rows, choices=[Choice(sheet_index=0, columns={3: "notes"})])
    assert [row.fields["notes"] for row in table.rows] == ["身况：一般；重听", "身况：好"]


def test_whole_addresses_under_the_word_for_a_part_of_them() -> None:
    rows = [["姓名", "联系电话", "门洞"], ["苗芬", ONE, HOME], ["邹福", TWO, FLAT]]
    table = one_table(rows)
    assert fields_of(table)[2] == "address"
    assert [(row.fields["building"], row.fields["room"]) for row in table.rows] == [("16", "501"), ("3", "101")]


def test_the_plain_questions_of_a_volunteers_sheet() -> None:
    header = ["姓名", "联系方式", "能做什么", "哪天有空", "一个月能去几次"]
    table = one_table(
        [header, ["苗青青", ONE, "理发、陪聊", "周一上午", 4.0], ["车海涛", TWO, "空调清洗", "周末", 2.0]]
    )
    assert fields_of(table) == ["name", "phones", "skills", "available_times", "capacity_per_month"]
