"""Days that may be other days and figures that are about right: told, or asked, never taken in silence."""

import pytest

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.conditions import read_capacity
from jiuliting_desk.sheets.days import read_day
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.values import read_number
from jiuliting_desk.sheets.vocabulary import Vocabulary
from tests.sheets.sheets_by_hand import codes, filled, one_table

NEAR = 2026
UNCLEAR = Flagged(None, ("date_unclear",))


@pytest.mark.parametrize(
    ("text", "birth", "told"),
    [("11/7/29", True, UNCLEAR), ("110729", True, UNCLEAR), ("11年7月29日", True, UNCLEAR), ("05/3/2", True, UNCLEAR),
     ("29/7/31", True, Flagged("1929-07-31", ("date_order",))),
     ("3/4/1956", True, Flagged("1956-04-03", ("date_order",))),
     ("42/3/2", True, "1942-03-02"), ("30/5/12", True, "1930-05-12"), ("15/3/1956", True, "1956-03-15"),
     ("1911/7/29", True, "1911-07-29"), ("一九一五年", True, "1915"), ("56.3", True, "1956-03"),
     ("11/7/29", False, UNCLEAR), ("27/6/30", False, Flagged("2027-06-30", ("date_order",))),
     ("25/7/11", False, "2025-07-11"),
     ("2011/7/29", False, "2011-07-29"), ("11年7月29日", False, "2011-07-29"),
     ("4/3/2026", False, Flagged("2026-03-04", ("date_order",)))],
)  # fmt: skip
def test_a_day_that_may_be_another_one(text: str, birth: bool, told: object) -> None:
    assert read_day(text, birth=birth, near=NEAR) == told


def test_a_certificate_and_a_birth_are_judged_by_what_they_are() -> None:
    words = Vocabulary(today=None)
    rows: list[list[Cell]] = [
        ["2026年志愿者名册"],
        ["姓名", "出生日期", "联系电话", "特长", "证书", "证书有效期至", "加入日期"],
    ]
    rows += [["秦一", "62/3/2", "10012345601", "理发", "健康证", "11/7/29", "25/7/11"]]
    rows += [["秦二", "11/7/29", "10012345602", "理发", "健康证", "27/6/30", "2025-7-11"]]
    table = one_table(rows, vocabulary=words)
    told = [(row.get("birth"), row.get("certificate_expires"), row["joined_on"]) for row in filled(table)]
    assert told == [("1962-03-02", None, "2025-07-11"), (None, "2027-06-30", "2025-07-11")]
    assert codes(table) == [["date_unclear"], ["date_unclear", "date_order"]]
    assert [remark.text for row in table.rows for remark in row.remarks] == ["11/7/29", "11/7/29", "27/6/30"]


@pytest.mark.parametrize("text", ["约3", "大概3次", "3次左右", "差不多3户", "3次上下"])
def test_about_so_many_is_told(text: str) -> None:
    assert read_number(text) == Flagged(3, ("number_about",))
    assert read_capacity(text) == Flagged(3, ("number_about",))


@pytest.mark.parametrize("text", ["3", "3次", "每月3次", "可接3单", "最多3户"])
def test_a_plain_figure_is_taken_as_it_is(text: str) -> None:
    assert read_capacity(text) == 3


@pytest.mark.parametrize(
    ("text", "most"), [("两三次", 3), ("三四户", 4), ("每月一二次", 2), ("二十三次", 23), ("十二次", 12)]
)
def test_two_or_three_is_no_twenty_three(text: str, most: int) -> None:
    told = Flagged(most, ("number_range",)) if most < 10 else most
    assert read_capacity(text) == told


def test_two_or_three_of_a_figure() -> None:
    assert read_number("两三次") == Flagged(3, ("number_range",))
    assert read_number("二三") == Flagged(3, ("number_range",))


def test_a_certificate_that_never_ends_has_no_day() -> None:
    rows: list[list[Cell]] = [["姓名", "联系电话", "特长", "有空", "最远距离", "证书", "证书有效期至"]]
    rows += [["秦一", "10012345601", "理发", "周一三五上午", "1里路", "健康证", "长期有效"]]
    table = one_table(rows)
    [row] = filled(table)
    assert (row.get("certificate_expires"), row["max_metres"], row["available_times"]) == (None, 500, "周一三五上午")
    assert codes(table) == [[]]
