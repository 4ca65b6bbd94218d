"""Whom elders would have come and whom not: the words of committees, and those that say something else."""

import pytest

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.helpers_wanted import helpers_wanted, refused_people
from tests.sheets.sheets_by_hand import fields_of, filled, one_table

NAMES = {"秦二": 1, "净邻家政": 2, "净邻家政(虚构)": 2, "王芳": 3}


@pytest.mark.parametrize(
    ("text", "sex", "dialect"),
    [("只要女志愿者，听不懂普通话", "female", False), ("要女的", "female", False), ("不要男的", "female", False),
     ("拒绝男性志愿者", "female", False), ("男的不要来", "female", False),
     ("不要女师傅上门", "male", False), ("限男", "male", False),
     ("要会说上海话的志愿者", "", True), ("需讲沪语", "", True), ("会说上海话的来", "", True),
     ("要会讲上海话的女志愿者", "female", True), ("要女的；不要女的", "", False)],
)  # fmt: skip
def test_conditions_on_whoever_comes(text: str, sex: str, dialect: bool) -> None:
    told = helpers_wanted(text)
    assert (told.sex, told.dialect) == (sex, dialect)
    assert told.words


@pytest.mark.parametrize(
    "text",
    ["", "女", "要女儿陪", "需要女儿在场", "最好女的", "希望是女的", "要男女各一位", "不需要女的", "家里有女儿",
     "会说上海话",
     "只会说上海话", "不要求会说上海话", "听不懂普通话", "尽量会说上海话的来", "要男朋友的电话"],
)  # fmt: skip
def test_other_words_ask_for_nobody(text: str) -> None:
    told = helpers_wanted(text)
    assert (told.sex, told.dialect, told.words) == ("", False, ())


def test_an_answer_under_the_question_needs_no_verb() -> None:
    for text in ("女", "女性", "女志愿者"):
        assert helpers_wanted(text, is_answer=True).sex == "female"
    told = helpers_wanted("男，会上海话，细心", is_answer=True)
    assert (told.sex, told.dialect, told.rest) == ("male", True, ("细心",))
    assert helpers_wanted("不限", is_answer=True) == ("", False, (), ("不限",))


@pytest.mark.parametrize(
    ("text", "whom"),
    [("不要秦二来", {1}), ("拒绝净邻家政上门", {2}), ("不要净邻家政（虚构）的人", {2}), ("不要秦二、王芳", {1, 3}),
     ("秦二不要来", {1}),
     ("听力差；不想再让王芳来了", {3}), ("不要王芳芳来", set()), ("不要钱", set()), ("喜欢秦二", set()),
     ("秦二来过，不要理发", set())],
)  # fmt: skip
def test_who_is_refused_by_name(text: str, whom: set[int]) -> None:
    told = refused_people(text, NAMES)
    assert set(told) == whom
    assert all(words in text for words in told.values())


def test_columns_about_whoever_comes() -> None:
    rows: list[list[Cell]] = [["姓名", "性别", "出生日期", "联系电话", "服务需求", "对志愿者要求", "不要谁来"]]
    rows += [["苗芬", "女", "1942-03-01", "10032345601", "理发", "要女的", "秦二"]]
    table = one_table(rows)
    assert fields_of(table)[5:] == ["wanted_who", "refuses"]
    assert [(row["wanted_who"], row["refuses"]) for row in filled(table)] == [("要女的", "秦二")]


def test_a_plain_column_of_demands_is_about_whoever_comes() -> None:
    rows: list[list[Cell]] = [["姓名", "性别", "出生日期", "联系电话", "服务需求", "几次", "要求"]]
    rows += [["苗芬", "女", "1942-03-01", "10032345601", "理发（站不稳）", "每月一次", "女的"]]
    table = one_table(rows)
    assert fields_of(table)[5:] == ["rhythm", "wanted_who"]
    assert [(row["needs"], row["notes"]) for row in filled(table)] == [(("理发",), "理发（站不稳）")]
