"""What rosters, registers, tallies and lists of places say in ways of their own."""

from random import Random

import pytest

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.certificate_cells import read_certificate
from jiuliting_desk.sheets.half_days import names_half_days, read_half_days, spoken_half_days
from jiuliting_desk.sheets.tables import Kind
from jiuliting_desk.sheets.vocabulary import Vocabulary
from tests.sheets.corpus.people import mobile
from tests.sheets.sheets_by_hand import codes, fields_of, filled, one_table, read

PHONES = [mobile(Random(number)) for number in range(8)]
NAMES = ["苗民", "李芬", "邹福", "章素兰", "鲍妹琴"]


def test_free_times_are_read_from_a_grid_of_weekdays() -> None:
    rows: list[list[Cell]] = [["姓名", "手机", "技能", "可服务时间", "", ""], ["", "", "", "周一", "周三", "周末"]]
    rows += [[NAMES[0], PHONES[0], "理发", "上午", "√", ""], [NAMES[1], PHONES[1], "保洁", "", "下午", "全天"],
             [NAMES[2], PHONES[2], "理发", "", "", ""]]  # fmt: skip
    table = one_table(rows, merges=[(0, 3, 0, 5), *((0, column, 1, column) for column in range(3))])
    assert table.kind is Kind.VOLUNTEERS
    told = [row.fields["available_times"] for row in table.rows]
    assert told == ["周一上午、周三", "周三下午、周末全天", None]
    assert read_half_days(told[0]) == (0, 4, 5)


def test_halves_of_the_day_may_stand_over_the_days() -> None:
    rows: list[list[Cell]] = [["姓名", "手机", "特长", "上午", "下午"]]
    rows += [[NAMES[0], PHONES[0], "理发", "√", ""], [NAMES[1], PHONES[1], "保洁", "周二", "周四、周五"]]
    rows += [[name, phone, "理发", "√", "√"] for name, phone in zip(NAMES[2:], PHONES[2:5], strict=True)]
    assert [row.fields["available_times"] for row in one_table(rows).rows] == [
        "上午", "周二上午、周四、周五下午", *["上午、下午"] * 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "is_so"), [("周一", True), ("周末下午", True), ("", False), ("周一例会", False), ("上午到岗", False)]
)
def test_only_words_of_time_name_half_days(text: str, is_so: bool) -> None:
    assert names_half_days(text) is is_so
    assert spoken_half_days("9点", "周一") == "周一9点"


def test_an_enterprise_over_its_volunteers_is_theirs() -> None:
    rows: list[list[Cell]] = [["单位名称：净邻家政（虚构）"], ["姓名", "性别", "手机", "特长"] * 2]
    rows += [[NAMES[0], "男", PHONES[0], "理发", NAMES[1], "女", PHONES[1], "保洁"]]
    rows += [["单位名称：暖阳社工站（虚构）"], ["姓名", "性别", "手机", "特长"] * 2]
    rows += [[NAMES[2], "男", PHONES[2], "理发", NAMES[3], "女", PHONES[3], "保洁"]]
    told = {row["name"]: row["enterprise"] for table in read(rows).tables for row in filled(table)}
    assert told == {
        **dict.fromkeys(NAMES[:2], "净邻家政（虚构）"),
        **dict.fromkeys(NAMES[2:4], "暖阳社工站（虚构）"),
    }


def test_the_unit_that_reports_is_still_a_committee() -> None:
    table = one_table([["单位：亭北居民区"], ["姓名", "手机", "特长"], [NAMES[0], PHONES[0], "理发"]])
    assert table.facts["committee"] == "亭北居民区"
    assert "enterprise" not in table.rows[0].fields


def test_days_of_issue_are_no_days_of_joining_and_a_span_ends_on_its_last_day() -> None:
    rows: list[list[Cell]] = [
        ["志愿者姓名", "手机", "服务项目", "证书", "发证日期", "有效期限", "填表日期", "注册时间"]
    ]
    rows += [[NAMES[0], PHONES[0], "理发", "健康证", "2024-01-01", "2024-01-01至2027.6.30", "2026-03-01", "2023/5/2"]]
    table = one_table(rows)
    assert table.kind is Kind.VOLUNTEERS
    row = filled(table)[0]
    assert (row["name"], row["joined_on"], row["certificate_expires"]) == (NAMES[0], "2023-05-02", "2027-06-30")


def test_a_roster_is_one_by_its_title_though_it_asks_what_surveys_ask() -> None:
    rows: list[list[Cell]] = [
        ["志愿者招募报名汇总（注：带*为必填）"],
        ["*姓名", "*身份证号码", "现住址", "意向服务类别"],
    ]
    rows += [[NAMES[0], "000000194808205470", "亭北新村1-101", "☑理发 □居家清洁"]]
    table = one_table(rows)
    assert table.kind is Kind.VOLUNTEERS
    assert filled(table)[0]["skills"] == ("理发",)


def test_each_elder_of_a_visit_has_a_row_and_a_share_of_the_quantity() -> None:
    rows: list[list[Cell]] = [["服务日期", "服务项目", "服务对象", "数量", "志愿者"]]
    rows += [
        ["2025-03-01", "理发", "、".join(NAMES[:3]), 3.0, NAMES[4]],
        ["2025-03-02", "理发", NAMES[3], 1.0, NAMES[4]],
    ]
    table = one_table(rows)
    assert [(row["name"], row["quantity"]) for row in filled(table)] == [(name, 1) for name in NAMES[:4]]
    assert codes(table) == [["person_split"]] * 3 + [[]]
    assert [row.row for row in table.rows] == [2, 2, 2, 3]


def test_a_call_is_about_the_elder_and_not_about_who_rang() -> None:
    rows: list[list[Cell]] = [["来电时间", "来电人", "来电号码", "老人姓名", "诉求内容"]]
    rows += [["2025-3-5 9:20", NAMES[1], PHONES[0], NAMES[0], "预约理发"]]
    row = filled(one_table(rows))[0]
    assert (row["name"], row["caller"], row["phones"]) == (NAMES[0], NAMES[1], (PHONES[0],))
    alone = filled(
        one_table([[rows[0][0], rows[0][1], rows[0][2], rows[0][4]], ["2025-3-5", NAMES[1], PHONES[0], "问"]])
    )
    assert alone[0]["name"] == NAMES[1]


def test_feedback_headers_in_long_words_mean_the_questions_of_the_form() -> None:
    header: list[Cell] = ["姓名", "服务项目", "服务时间", "服务态度评价", "服务效果评价", "总体", "希望增加的服务",
                          "是否愿意继续由该志愿者服务", "未填写原因", "其他意见"]  # fmt: skip
    days: list[Cell] = [f"2025-03-0{day}" for day in range(1, 4)]
    rows: list[list[Cell]] = [
        header,
        *([NAMES[0], "理发", day, "满意", "4分", "★★★", "保洁", "是", "", "好"] for day in days),
    ]
    table = one_table(rows)
    assert fields_of(table)[2:] == ["date", "manner_rating", "work_rating", "rating", "wishes", "again",
                                    "unanswered_reason", "comment"]  # fmt: skip
    row = filled(table)[0]
    assert (row["manner_rating"], row["work_rating"], row["rating"], row["again"]) == (4, 4, 3, "same")


def test_a_committee_across_is_one_though_most_of_its_figures_are_dashes() -> None:
    rows: list[list[Cell]] = [["2025年3月份服务统计表"], ["服务项目", "亭北居民区", "金丰居民区", "合计"]]
    rows += [
        ["陪伴聊天", "-", 5.0, 5.0],
        ["居家清洁", "-", "-", 0.0],
        ["理发", 7.0, 1.0, 8.0],
        ["代买代办", "-", 2.0, 2.0],
    ]
    told = {(row["committee"], row["category"]): row["quantity"] for row in filled(one_table(rows))}
    assert told[("亭北居民区", "理发")] == 7
    assert len(told) == 4


@pytest.mark.parametrize("sign", ["、", "，", "\n", "/"])
def test_each_compound_of_a_committee_has_a_row(sign: str) -> None:
    rows: list[list[Cell]] = [["居民区", "书记", "", "所辖小区"], ["", "姓名", "手机", ""]]
    rows += [
        ["亭北居民区", NAMES[0], PHONES[0], f"亭北新村{sign}亭北东块"],
        ["金丰居民区", NAMES[1], PHONES[1], "金丰蓝庭"],
    ]
    table = one_table(rows, merges=[(0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)])
    assert table.kind is Kind.PLACES
    assert [(row["committee"], row["compound"], row["contact_name"]) for row in filled(table)] == [
        ("亭北居民区", "亭北新村", NAMES[0]), ("亭北居民区", "亭北东块", NAMES[0]),
        ("金丰居民区", "金丰蓝庭", NAMES[1]),
    ]  # fmt: skip


def test_compounds_in_numbered_columns_and_the_cadre_of_each() -> None:
    rows: list[list[Cell]] = [["居委会", "联系人", "联系电话", "小区1", "小区2"]]
    rows += [
        ["亭北居委会", NAMES[0], PHONES[0], "亭北新村", "西苑"],
        ["金丰居委会", NAMES[1], PHONES[1], "金丰蓝庭", ""],
    ]
    assert [row["compound"] for row in filled(one_table(rows))] == ["亭北新村", "西苑", "金丰蓝庭"]
    rows = [["居委会", "小区名称", "户数", "联系干部", "干部电话"]]
    rows += [["亭北居委会", "亭北新村", 300.0, NAMES[0], PHONES[0]], ["亭北居委会", "西苑", 200.0, NAMES[1], PHONES[1]]]
    down = one_table(rows)
    assert down.kind is Kind.PLACES
    assert [(row["households"], row["contact_name"], row["cadre_phone"]) for row in filled(down)] == [
        ("300", NAMES[0], PHONES[0]), ("200", NAMES[1], PHONES[1]),
    ]  # fmt: skip


def test_compounds_are_known_by_their_endings_where_nothing_is_known() -> None:
    homes = ["桂溪花园", "亭北东块", "三村苑", "桂溪花园", "亭北东块"]
    rows: list[list[Cell]] = [["志愿者名单"]]
    rows += [[name, phone, home, "理发"] for name, phone, home in zip(NAMES, PHONES, homes, strict=False)]
    table = one_table(rows, vocabulary=Vocabulary())
    assert table.kind is Kind.VOLUNTEERS
    assert [row["compound"] for row in filled(table)] == homes


def test_a_certificate_has_its_number_and_last_day_in_one_cell() -> None:
    rows: list[list[Cell]] = [["志愿者姓名", "手机", "特长", "资格证书及有效期"]]
    rows += [
        [NAMES[0], PHONES[0], "理发", "家电清洗资质（编号ZS0012，有效期至2027年6月）"],
        [NAMES[1], PHONES[1], "理发", "健康证"],
    ]
    rows += [[NAMES[2], PHONES[2], "理发", "健康证 2027-06-30到期"], [NAMES[3], PHONES[3], "理发", ""]]
    names = ("certificate", "certificate_number", "certificate_expires")
    assert [tuple(row.get(name) for name in names) for row in filled(one_table(rows))] == [
        ("家电清洗资质", "ZS0012", "2027-06"),
        ("健康证", None, None),
        ("健康证", None, "2027-06-30"),
        (None, None, None),
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("家电清洗资质（编号演示-5711，有效期至2027-06-30）", ("家电清洗资质", "演示-5711", "2027-06-30")),
        ("健康证（编号沪（2023）字第12号，有效期至2027-06-30）", ("健康证", "沪（2023）字第12号", "2027-06-30")),
        ("健康证 证号A12有效期至2027年6月", ("健康证", "A12", "2027-06")),
    ],
)
def test_a_certificates_number_may_have_any_signs(cell: str, told: tuple[str, str, str]) -> None:
    read = read_certificate(cell)
    assert (read.value, read.extras["certificate_number"], read.extras["certificate_expires"]) == told


def test_names_under_groups_are_of_what_the_group_is() -> None:
    rows: list[list[Cell]] = [["爱心商户", "", "对接人", "", "服务承诺", "", "证照", ""],
                              ["全称", "地址", "姓名", "联系方式", "项目", "频次", "名称", "到期"]]  # fmt: skip
    rows += [["暖阳社（虚构）", "九新公路1号", NAMES[0], PHONES[0], "理发/保洁", "4户/月", "健康证", "2027-06-30"]]
    table = one_table(rows, merges=[(0, left, 0, left + 1) for left in (0, 2, 4, 6)])
    assert table.kind is Kind.ENTERPRISES
    assert filled(table) == [
        {"enterprise": "暖阳社（虚构）", "address": "九新公路1号", "contact_name": NAMES[0], "phones": (PHONES[0],),
         "skills": ("理发", "居家清洁"), "capacity_per_month": 4, "certificate": "健康证",
         "certificate_expires": "2027-06-30"}
    ]  # fmt: skip


def test_beginning_and_end_in_two_columns_are_one_time() -> None:
    rows: list[list[Cell]] = [["服务日期", "开始时间", "结束时间", "老人姓名", "内容", "志愿者"]]
    rows += [[f"2025-03-0{day}", "9:00", "10:15", NAMES[day], "理发", NAMES[0]] for day in range(1, 5)]
    row = filled(one_table(rows))[0]
    assert (row["time"], row["category"]) == ("9:00-10:15", "理发")


def test_another_name_of_a_compound_is_no_other_compound_and_a_footer_no_volunteer() -> None:
    rows: list[list[Cell]] = [["居委会名称", "助老条线干部", "小区", "小区又称", "总户数"]]
    rows += [["亭北居委会", NAMES[0], "亭北新村", "老街坊", 300.0], ["金丰居委会", NAMES[1], "金丰蓝庭", "", 200.0]]
    told = filled(one_table(rows))
    assert [(row["compound"], row.get("aliases"), row["contact_name"]) for row in told] == [
        ("亭北新村", "老街坊", NAMES[0]),
        ("金丰蓝庭", None, NAMES[1]),
    ]
    rows = [["序号", "姓名", "性别", "联系手机", "特长"]]
    rows += [[n, NAMES[n], "男", PHONES[n], "理发"] for n in range(1, 4)]
    rows += [["填表人：", NAMES[4], "", "填表日期：2026.3.1", ""]]
    assert [row["name"] for row in filled(one_table(rows))] == NAMES[1:4]


def test_the_kind_of_a_call_is_no_tag_and_how_it_was_handled_is_its_result() -> None:
    rows: list[list[Cell]] = [["日期", "对方姓名", "对方电话", "反映内容", "类别", "处理方式", "登记人"]]
    rows += [["2025-03-01", NAMES[0], PHONES[0], "要洗油烟机", "咨询", "已登记", NAMES[1]]]
    table = one_table(rows)
    assert codes(table) == [[]]
    assert (filled(table)[0]["about"], filled(table)[0]["result"]) == ("要洗油烟机", "已登记")


def test_a_form_that_asks_as_people_talk_is_understood() -> None:
    rows: list[list[Cell]] = [["姓名", "性别", "联系电话", "要帮什么忙", "急不急", "多久一次", "什么时候方便"]]
    rows += [[name, "女", PHONES[at], "理发", "急", "每周", "周三上午"] for at, name in enumerate(NAMES)]
    assert fields_of(one_table(rows))[4:] == ["urgency", "rhythm", "wanted_times"]
