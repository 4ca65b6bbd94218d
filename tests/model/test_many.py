"""Records made by columns are those that their constructors make."""

from datetime import date

import pytest

from jiuliting_desk.model.many import many, many_like
from jiuliting_desk.model.needs import Need, NeedSource
from jiuliting_desk.model.surveys import LearnedWord

DAY = date(2026, 3, 18)


def test_records_by_columns_equal_those_made_one_by_one() -> None:
    made = many(LearnedWord, 2, [(1, 2), ("header", "header"), ("", "x"), ("年岁", "家"), ("age", "address")])
    assert made == [
        LearnedWord(id=1, scope="header", sender="", word="年岁", meaning="age"),
        LearnedWord(id=2, scope="header", sender="x", word="家", meaning="address"),
    ]
    assert len({hash(one) for one in made}) == 2


def test_records_like_another_differ_in_the_columns_only() -> None:
    pattern = Need(elder_id=0, category_id=3, source=NeedSource.SURVEY, since=DAY)
    assert many_like(pattern, {"elder_id": [5, 6], "wishes": ["", "早上"]}) == [
        Need(elder_id=5, category_id=3, source=NeedSource.SURVEY, since=DAY),
        Need(elder_id=6, category_id=3, source=NeedSource.SURVEY, since=DAY, wishes="早上"),
    ]
    assert many_like(pattern, {"elder_id": []}) == []


def test_columns_that_do_not_fit_are_faults() -> None:
    pattern = Need(elder_id=0, category_id=3, since=DAY)
    with pytest.raises(ValueError, match="1"):
        many_like(pattern, {"elder_id": [5, 6], "wishes": [""]})
    with pytest.raises(TypeError):
        many_like(pattern, {"name": ["苗芬"]})
    with pytest.raises(ValueError, match="shorter"):
        many(LearnedWord, 1, [(1,), ("header",)])
