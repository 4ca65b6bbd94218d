"""Free times in words become half-days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.sheets.half_days import read_half_days


@pytest.mark.parametrize(
    ("text", "half_days"),
    [
        ("周三下午", (5,)),
        ("周一、周三上午", (0, 4)),
        ("周一上午、周三下午", (0, 5)),
        ("周末", (10, 11, 12, 13)),
        ("周六、日", (10, 11, 12, 13)),
        ("周六日下午", (11, 13)),
        ("周一至周五上午", (0, 2, 4, 6, 8)),
        ("工作日下午", (1, 3, 5, 7, 9)),
        ("上午", (0, 2, 4, 6, 8, 10, 12)),
        ("星期二", (2, 3)),
        ("周1,3,5", (0, 1, 4, 5, 8, 9)),
        ("周二、四上午", (2, 6)),
        ("周五到周一", (0, 1, 8, 9, 10, 11, 12, 13)),
        ("都可以", ()),
        ("每天", ()),
        ("随时", ()),
        ("看情况", None),
        ("", None),
        ("8:30-11:00", None),
    ],
)
def test_times_are_read(text: str, half_days: tuple[int, ...] | None) -> None:
    assert read_half_days(text) == half_days


@given(st.text(alphabet="周一二三四五六日天上下午末、，-至到 和1234567全每", max_size=14))
def test_nothing_breaks_it(text: str) -> None:
    found = read_half_days(text)
    assert found is None or all(0 <= half_day < 14 for half_day in found)
