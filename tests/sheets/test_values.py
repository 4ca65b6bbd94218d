"""Cells to values: every form that people type, and never an exception."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.sheets import values
from jiuliting_desk.sheets.addresses import Compounds, read_address
from jiuliting_desk.sheets.content import Known
from jiuliting_desk.sheets.days import read_day, read_month
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.identity_cells import read_identity
from jiuliting_desk.sheets.mixed_cells import read_mixed
from jiuliting_desk.sheets.readers import Readers
from jiuliting_desk.sheets.tables import Kind
from jiuliting_desk.sheets.vocabulary import Vocabulary
from jiuliting_desk.sheets.word_lists import living_list, need_list, tag_list

PLACES = Compounds({"金丰蓝庭": (), "金丰蓝庭二期": (), "亭北东块": ("东块",), "知雅汇": ()})
NEEDS = need_list(Vocabulary().categories, {"擦玻璃": "居家清洁", "随便": ""})
TAGS = tag_list(Vocabulary().tags)
LIVINGS = living_list()
KNOWN = Known(categories=NEEDS, tags=TAGS, livings=LIVINGS, compounds=PLACES, committees=frozenset())


def told(found: Any) -> Any:
    """A value and its codes: (value, code …) where it was flagged."""
    return (found.value, *found.codes) if isinstance(found, Flagged) else found


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("10016215129", ("10016215129",)),
        (10016215129.0, ("10016215129",)),
        ("１００１６２１５１２９", ("10016215129",)),
        ("100 1621 5129", ("10016215129",)),
        ("100-1621-5129", ("10016215129",)),
        ("+86 10016215129", ("10016215129",)),
        ("021-59312280", ("021-59312280",)),
        ("(021)59312280", ("021-59312280",)),
        ("O21-59312280", ("021-59312280",)),
        ("59312280", ("59312280",)),
        ("021-59312280转801", ("021-59312280-801",)),
        ("10016215129/59312280-803", ("10016215129", "59312280-803")),
        ("10016215129、021-59312280", ("10016215129", "021-59312280")),
        ("10016215129 10057796333", ("10016215129", "10057796333")),
        ("", ()),
        ("无", ()),
        ("无手机", ()),
        ("没装电话", ()),
        ("同女儿", ((), "phone_wrong")),
        ("1001621512", ((), "phone_wrong")),
        ("100162151299", ((), "phone_wrong")),
        ("10016215129，1005779633", (("10016215129",), "phone_wrong")),
        ("100****5129", ((), "phone_masked")),
        ("1001621512910057796333", ((), "phone_wrong")),
        ("95598", (("95598",), "phone_short")),
        ("10057796333（女儿）", (("10057796333",), "phone_note")),
        (2159312280.0, ((), "phone_wrong")),
        ("10016215129.0", ("10016215129",)),
        (date(2026, 3, 5), ((), "phone_wrong")),
    ],
)
def test_phones(cell: Any, phones: Any) -> None:
    assert told(values.read_phones(cell)) == phones


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1948-08-20", "1948-08-20"),
        ("1948.8.20", "1948-08-20"),
        ("1948年8月20日", "1948-08-20"),
        ("1948/8/20 0:00:00", "1948-08-20"),
        ("20/8/1948", "1948-08-20"),
        ("19480820", "1948-08-20"),
        (19480820.0, "1948-08-20"),
        (17765.0, "1948-08-20"),
        ("48.8.20", "1948-08-20"),
        ("48年8月20日", "1948-08-20"),
        ("一九四八年八月二十日", "1948-08-20"),
        (datetime.fromisoformat("1948-08-20T09:00"), "1948-08-20"),
        ("1956年3月", "1956-03"),
        ("195603", "1956-03"),
        (195603.0, "1956-03"),
        (1956.3, "1956-03"),
        ("1956.10", "1956-10"),
        (1956.0, "1956"),
        ("1956年", "1956"),
        ("56年", "1956"),
        ("五六年生", "1956"),
        (1956.1, ("1956", "date_month_unclear")),
        ("1948.13", (None, "date_unclear")),
        ("2月30日", (None, "date_unclear")),
        ("农历1948年七月", (None, "date_unclear")),
        ("农历1948年7月16日", ("1948-08-20", "date_lunar")),
        ("不详", None),
        ("", None),
    ],
)
def test_birth_dates(cell: Any, day: Any) -> None:
    assert told(read_day(cell, birth=True)) == day


@pytest.mark.parametrize(("cell", "day"), [("3月5日", "2026-03-05"), ("3.5", "2026-03-05"), (3.5, "2026-03-05")])
def test_days_without_a_year_take_the_sheets_year(cell: Any, day: str) -> None:
    assert read_day(cell, year=2026) == day
    assert told(read_day(cell)) == (None, "date_unclear")


@pytest.mark.parametrize(
    ("cell", "month"),
    [("1月份", "2025-01"), ("十二月", "2025-12"), (3.0, "2025-03"), ("2024年3月", "2024-03"), ("24年3月", "2024-03"),
     (date(2024, 3, 1), "2024-03"), ("合计", None), ("13月", None)],
)  # fmt: skip
def test_months(cell: Any, month: str | None) -> None:
    assert read_month(cell, year=2025) == month


SOUND = "000000194808205470"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (SOUND, (SOUND, "1948-08-20", "男")),
        (f" {SOUND}。", (SOUND, "1948-08-20", "男")),
        (f"'{SOUND}", (SOUND, "1948-08-20", "男")),
        ("000000 19480820 5470", (SOUND, "1948-08-20", "男")),
        ("00000019420913595x", ("00000019420913595X", "1942-09-13", "男")),
        ("", (None, None, None)),
        ("无", (None, None, None)),
        ("000000194808205471", (("000000194808205471", None, None), "id_check_digit")),
        (194808205470.0, ((None, None, None), "id_damaged")),
        (3.10105194808205e17, ((None, None, None), "id_damaged")),
        ("310105194808205000", ((None, None, None), "id_damaged")),
        ("00000019480820547", ((None, None, None), "id_damaged")),
        ("000000********5470", ((None, None, None), "id_masked")),
    ],
)
def test_identity_numbers(cell: Any, number: Any) -> None:
    assert told(read_identity(cell)) == number


def test_a_damaged_identity_number_is_kept_as_typed_beside_the_row() -> None:
    found = read_identity(194808205470.0)
    assert found.extras == {"id_damaged": True, "id_as_typed": "194808205470"}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("亭北东块16号501室", ("亭北东块", "16", None, "501")),
        ("东块 5号301", ("亭北东块", "5", None, "301")),
        ("知雅汇12-301", ("知雅汇", "12", None, "301")),
        ("知雅汇12#301", ("知雅汇", "12", None, "301")),
        ("知雅汇3号楼2单元501室", ("知雅汇", "3", "2", "501")),
        ("知雅汇3-2-501", ("知雅汇", "3", "2", "501")),
        ("知雅汇A座1203", ("知雅汇", "A", None, "1203")),
        ("知雅汇十二号301室", ("知雅汇", "12", None, "301")),
        ("知雅汇七号三零二", ("知雅汇", "7", None, "302")),
        ("知雅汇(7号)302", ("知雅汇", "7", None, "302")),
        ("上海市松江区九里亭街道知雅汇7号302", ("知雅汇", "7", None, "302")),
        ("金丰蓝庭二期25号504", ("金丰蓝庭二期", "25", None, "504")),
        ("涞亭南路570弄5号301室 东块", ("亭北东块", "5", None, "301")),
        ("570弄5号301室（知雅汇）", ("知雅汇", "5", None, "301")),
        ("知雅汇小区7号302", ("知雅汇", "7", None, "302")),
        ("12-301", (None, "12", None, "301")),
        ("501室", (None, None, None, "501")),
    ],
)
def test_addresses_of_known_compounds(text: str, address: Any) -> None:
    found = read_address(text, PLACES)
    assert not isinstance(found, Flagged)
    assert found[:4] == address


@pytest.mark.parametrize(
    ("text", "compound", "building"),
    [
        ("金丰蓝庭三期25号504", "金丰蓝庭三期", "25"),
        ("涞坊路123弄45号601室", "涞坊路123弄", "45"),
        ("云杉苑2号101", "云杉苑", "2"),
    ],
)
def test_addresses_of_unknown_compounds_are_remarked(text: str, compound: str, building: str) -> None:
    found = read_address(text, PLACES)
    assert isinstance(found, Flagged)
    assert found.codes == ("compound_unknown",)
    assert found.value[:2] == (compound, building)
    assert not isinstance(read_address(text, Compounds({})), Flagged)


@pytest.mark.parametrize(
    "text",
    ["涞亭南路570弄5号301室 云杉苑", "570弄5号301室（云杉苑）", "涞亭南路570弄云杉苑5号301室",
     "云杉苑（570弄）5号301室", "云杉苑, 5号, 301室", "云杉苑小区5号301"],
)  # fmt: skip
def test_a_compound_is_found_behind_road_and_lane_and_before_them(text: str) -> None:
    found = read_address(text, Compounds({}))
    assert not isinstance(found, Flagged)
    assert found[:4] == ("云杉苑", "5", None, "301")


def test_an_address_that_cannot_be_told_apart_is_kept_whole() -> None:
    found = read_address("知雅汇16号501/502室", PLACES)
    assert isinstance(found, Flagged)
    assert found.codes == ("address_unclear",)
    assert found.extras["address"] == "知雅汇16号501/502室"


@pytest.mark.parametrize(
    ("cell", "needs"),
    [
        ("陪伴聊天、居家清洁/理发", ("陪伴聊天", "居家清洁", "理发")),
        ("1、理发 2、保洁", ("理发", "居家清洁")),
        ("①理发②陪聊", ("理发", "陪伴聊天")),
        ("聊天和理发", ("陪伴聊天", "理发")),
        ("理发 或 洗空调", ("理发", "清洗空调")),
        ("需要上门理发", ("理发",)),
        ("需理发、保洁服务", ("理发", "居家清洁")),
        ("空调清洗2台，油烟机1台", ("清洗空调", "清洗油烟机")),
        ("清洗空调、油烟机", ("清洗空调", "清洗油烟机")),
        ("陪伴聊天居家清洁", ("陪伴聊天", "居家清洁")),
        ("☑理发 □聊天", ("理发",)),
        ("理发√ 聊天×", ("理发",)),
        ("不需要", ()),
        ("无需求", ()),
        ("暂无", ()),
        ("", ()),
        ("擦玻璃", ("居家清洁",)),
        ("随便", ()),
        ("理发、擦窗", (("理发",), "need_unknown")),
        ("陪伴就医", ((), "need_unknown")),
        ("修空调", ((), "need_unknown")),
        ("√", ((), "need_unknown")),
    ],
)
def test_needs(cell: str, needs: Any) -> None:
    assert told(NEEDS.read(cell)) == needs


@pytest.mark.parametrize(
    ("cell", "tags"),
    [("独居老人、低保户", ("独居", "低保")), ("高龄独居", ("高龄", "独居")), ("孤老", ("孤寡",)),
     ("残疾（二级）", ("残疾",)), ("正常", ()), ("/", ()), ("计生户", ((), "tag_unknown"))],
)  # fmt: skip
def test_tags(cell: str, tags: Any) -> None:
    assert told(TAGS.read(cell)) == tags


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("苗芬", "苗芬"),
        ("苗  芬", "苗芬"),
        ("苗\u3000芬", "苗芬"),
        (" 苗芬\xa0", "苗芬"),
        ("苗芬，", "苗芬"),
        ("1.苗芬", "苗芬"),
        ("金㛃生", "金㛃生"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("John Smith", "John Smith"),
        ("", None),
        ("已故", (None, "name_unreadable")),
        ("苗**", (None, "name_masked")),
        ("苗＊芬", (None, "name_masked")),
        ("苗芬*", "苗芬"),
        ("苗芬、李四", ("苗芬", "several_names")),
        ("苗芬2", ("苗芬2", "name_with_digits")),
        ("苗芬 10016215129", ("苗芬", "cell_split")),
        (SOUND, (None, "id_in_name")),
    ],
)
def test_names(cell: str, name: Any) -> None:
    assert told(values.read_name(cell)) == name


@pytest.mark.parametrize("cell", ["√", "✓", "☑", "是", "有", 1.0, "1", "Y", "yes", True, 3.0, "需要", "√√"])
def test_ticks(cell: Any) -> None:
    assert told(values.read_tick(cell)) is True


@pytest.mark.parametrize(("cell", "lift"), [("", None), ("无", False), ("有", True), ("√", True), ("×", False)])
def test_an_empty_cell_does_not_say_whether_there_is_a_lift(cell: str, lift: bool | None) -> None:
    assert values.read_lift(cell) is lift


@pytest.mark.parametrize("cell", ["", "否", "无", 0.0, "0", "N", "×", "-", False, "不需要", "□"])
def test_no_ticks(cell: Any) -> None:
    assert told(values.read_tick(cell)) is False


@pytest.mark.parametrize(
    ("cell", "age"),
    [(82.0, 82), ("82岁", 82), ("82周岁", 82), ("八十二", 82), ("80多", (80, "age_unclear")),
     ("虚岁83", (83, "age_unclear")), ("", None), (1942.0, (None, "age_is_year")), ("老", (None, "age_unclear"))],
)  # fmt: skip
def test_ages(cell: Any, age: Any) -> None:
    assert told(values.read_age(cell)) == age


@pytest.mark.parametrize(
    ("cell", "visits"),
    [
        (4.0, 4),
        ("4次", 4),
        ("4.0", 4),
        ("每月2次", 2),
        ("两次", 2),
        ("每周1次", (4, "per_week")),
        ("2-3次", (3, "number_range")),
        ("不限", (None,)),
    ],
)
def test_capacity(cell: Any, visits: Any) -> None:
    assert told(values.read_capacity(cell)) == visits


@pytest.mark.parametrize(
    ("cell", "in_hours", "minutes"),
    [(90.0, False, 90), ("90分钟", False, 90), ("1.5小时", False, 90), ("1小时30分", False, 90),
     ("一个半小时", False, 90), ("半小时", False, 30), (2.0, True, 120),
     (time(1, 30), False, 90), (timedelta(hours=2), False, 120)],
)  # fmt: skip
def test_minutes(cell: Any, in_hours: bool, minutes: int) -> None:
    assert values.read_minutes(cell, in_hours=in_hours) == minutes


@pytest.mark.parametrize(
    ("cell", "rating"),
    [
        ("非常满意", 5),
        ("满意", 4),
        ("一般", 3),
        ("不满意", 2),
        (5.0, 5),
        ("3分", 3),
        ("★★★★★", 5),
        ("", None),
        ("95", (None, "rating_unclear")),
    ],
)
def test_ratings(cell: Any, rating: Any) -> None:
    assert told(values.read_rating(cell)) == rating


def test_a_contact_with_relation_and_phone_in_one_cell() -> None:
    found = read_mixed("朱小妹（女儿）10081213235", ("emergency_contact", "emergency_phone"))
    assert found.value == "朱小妹"
    assert found.extras == {"emergency_phone": "10081213235", "emergency_relation": "女儿"}


CELLS = st.one_of(
    st.text(max_size=30),
    st.floats(allow_nan=True),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text("0123456789年月日.-/号室弄一二三十√×□☑、，() 岁男女理发", max_size=20),
)


@given(CELLS)
def test_no_cell_makes_a_parser_raise(cell: Any) -> None:
    for reader in (
        values.read_name, values.read_sex, values.read_age, values.read_tick, values.read_number, values.read_capacity,
        values.read_phones, values.read_text, values.read_rating, values.read_relation, read_identity, NEEDS.read,
        TAGS.read, LIVINGS.read,
    ):  # fmt: skip
        reader(cell)
    for birth in (True, False):
        read_day(cell, birth=birth, year=2026)
    read_month(cell, year=2026)
    read_address(cell, PLACES)
    values.read_minutes(cell, in_hours=True)
    read_mixed(cell, ("name", "phones", "id_number"))


@pytest.mark.parametrize(
    ("cell", "day", "clock"),
    [
        ("2024-05-06 9:30", "2024-05-06", "9:30"),
        ("2024年5月6日下午2点半", "2024-05-06", "下午2点半"),
        ("2024.5.8 14:05-15:00", "2024-05-08", "14:05-15:00"),
        ("2024-05-06T09:30:00", "2024-05-06", "09:30:00"),
        ("5/9 上午", "2024-05-09", "上午"),
        (datetime(2024, 5, 6, 9, 30), "2024-05-06", "9:30"),  # noqa: DTZ001
        (45418.395833, "2024-05-06", "9:30"),
        ("2024-05-06 00:00:00", "2024-05-06", None),
        ("2024.5.7", "2024-05-07", None),
        (2024.05, "2024-05", None),
    ],
)
def test_the_time_in_the_cell_of_a_day_is_not_lost(cell: Any, day: str, clock: str | None) -> None:
    read, _ = Readers(known=KNOWN, year=2024, kind=Kind.CALLS).column_reader("date", ("来电时间",))
    told = read(cell)
    plain = told.value if isinstance(told, Flagged) else told
    assert (plain, told.extras.get("time") if isinstance(told, Flagged) else None) == (day, clock)
