"""Answers of feedback sheets, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.sheets.feedback_cells import ANSWERS, read_answer, read_score
from jiuliting_desk.sheets.feedback_sheet import SCORES, columns
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.headers import meaning


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        ("5 很好", 5), ("2不好", 2), ("4分", 4), ("３", 3), (1.0, 1), (2, 2), ("很差", 1), ("不好", 2), ("非常满意", 5),
        ("一般", 3), ("", None), ("—", None),
    ],
)  # fmt: skip
def test_scores(cell: object, score: int | None) -> None:
    assert read_score(cell) == score  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["7", "95", "0", "还请", "5-4"])
def test_scores_of_other_scales_are_flagged(cell: str) -> None:
    read = read_score(cell)
    assert isinstance(read, Flagged)
    assert (read.value, read.codes) == (None, ("rating_unclear",))


@pytest.mark.parametrize(
    ("field", "cell", "answer"),
    [
        ("again", "还请这位", "same"),
        ("again", "换人", "other"),
        ("again", "无所谓", "any"),
        ("form_filled_by", "女儿", "family"),
        ("elder_condition", "要留意", "worrying"),
        ("home_condition", " 好 ", "good"),
        ("would_return", "不愿意", "no"),
        ("on_time", "√", "yes"),
        ("whole_time", "不在场", "no"),
        ("signature_seen", "", None),
    ],
)
def test_answers(field: str, cell: str, answer: str | None) -> None:
    assert read_answer(field, cell) == answer


def test_an_answer_in_other_words_is_flagged() -> None:
    read = read_answer("again", "看情况再说吧")
    assert isinstance(read, Flagged)
    assert read.codes == ("tick_unclear",)


@given(st.text(max_size=12), st.sampled_from(sorted(ANSWERS)))
def test_nothing_raises(cell: str, field: str) -> None:
    read_score(cell)
    read_answer(field, cell)


def test_the_words_that_our_own_sheet_offers_are_read() -> None:
    fields = {column.title: meaning(column.title).field for column in columns(("理发",))}
    assert all(fields.values()), fields
    assert [read_score(words) for words in SCORES] == [5, 4, 3, 2, 1]
    for column in columns(("理发",)):
        field = fields[column.title]
        if field in ANSWERS:
            assert all(read_answer(field, words) in set(ANSWERS[field].values()) for words in column.choices)
