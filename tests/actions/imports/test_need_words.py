"""Urgency, rhythm and wanted half-days of surveyed needs, as committees write them."""

import pytest

from jiuliting_desk.actions.imports.need_words import read_rhythm, read_urgency, terms_of
from jiuliting_desk.model.imports import Remark
from jiuliting_desk.model.needs import Need, Rhythm, Urgency
from jiuliting_desk.sheets.lists import RHYTHM_WORDS, URGENCY_WORDS
from jiuliting_desk.store import Store
from tests.actions.imports.sheets_by_hand import MIAO, ZOU, survey
from tests.actions.imports.test_survey import DAY, imported, outcomes, planned


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("紧急", "urgent"), ("非常紧急", "urgent"), ("急", "urgent"), ("特急", "urgent"), ("很急", "urgent"),
        ("较急", "high"), ("比较急", "high"), ("比较紧急", "high"), ("急需", "high"), ("高", "high"),
        ("一般", "normal"), ("普通", "normal"), ("中", "normal"), ("不急", "low"), ("不紧急", "low"),
        ("不太急", "low"), ("低", "low"), ("看情况", None), ("3", None),
    ],
)  # fmt: skip
def test_words_of_urgency(text: str, urgency: str | None) -> None:
    assert read_urgency(text) == urgency


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("一次", ("once", 1)), ("1次", ("once", 1)), ("一次性", ("once", 1)), ("单次", ("once", 1)),
        ("每周", ("weekly", 1)), ("每周一次", ("weekly", 1)), ("一周一次", ("weekly", 1)), ("1次/周", ("weekly", 1)),
        ("每星期1次", ("weekly", 1)), ("每周2次", ("monthly", 8)), ("一周两次", ("monthly", 8)),
        ("两周一次", ("fortnightly", 1)), ("隔周", ("fortnightly", 1)), ("每半月一次", ("fortnightly", 1)),
        ("半个月一次", ("fortnightly", 1)), ("每月", ("monthly", 1)), ("每月一次", ("monthly", 1)),
        ("每月 2 次", ("monthly", 2)), ("一个月三次", ("monthly", 3)), ("4次/月", ("monthly", 4)),
        ("每天", ("monthly", 30)), ("不定期", None), ("每季度一次", None), ("每周三", None), ("每周9次", None),
    ],
)  # fmt: skip
def test_words_of_rhythm(text: str, rhythm: tuple[str, int] | None) -> None:
    assert read_rhythm(text) == rhythm


def test_our_own_lists_are_read_back() -> None:
    assert {word: read_urgency(word) for word in URGENCY_WORDS.values()} == {w: u for u, w in URGENCY_WORDS.items()}
    assert {w: found[0] for w in RHYTHM_WORDS.values() if (found := read_rhythm(w))} == {
        word: rhythm for rhythm, word in RHYTHM_WORDS.items()
    }
    assert read_rhythm(f"{RHYTHM_WORDS[Rhythm.MONTHLY]} 3 次") == (Rhythm.MONTHLY, 3)


def test_what_cannot_be_read_is_kept_as_a_wish() -> None:
    told, notes = terms_of({"urgency": "看情况", "rhythm": "不定期", "quantity": 2.0}, needs=2)
    assert told == {"wishes": "紧急程度：看情况；频次：不定期；数量：2.0"}
    assert [note.remark for note in notes] == [Remark.KEPT_AS_WISH] * 3
    assert terms_of({"urgency": "紧急", "rhythm": None}, needs=0) == ({}, ())


def test_needs_are_stored_as_they_are_wanted(store: Store) -> None:
    ways = {"urgency": "紧急", "rhythm": "每月2次", "wanted_times": "周一上午、周三", "quantity": 2}
    imported(store, survey(MIAO | ways, ZOU | ways))
    needs = store.all(Need)
    assert {need.quantity for need in needs if need.elder_id == 1} == {1}
    assert [(n.rhythm, n.per_month, n.half_days, n.urgency) for n in needs] == [
        (Rhythm.MONTHLY, 2, (0, 4, 5), Urgency.URGENT)
    ] * 3
    assert [need.quantity for need in needs if need.elder_id == 2] == [2]
    assert [need.checked() for need in needs] == needs


def test_a_newer_sheet_tells_that_a_need_is_urgent_now(store: Store) -> None:
    imported(store, survey(MIAO))
    plan = planned(store, survey(MIAO | {"urgency": "紧急", "rhythm": None}))
    assert outcomes(plan) == ["changed"]
    assert [(change.field, change.old, change.new) for change in plan.rows[0].changes] == [
        ("urgency", "normal", "urgent")
    ]
    imported(store, survey(MIAO | {"urgency": "紧急", "rhythm": None}))
    assert {(need.urgency, need.rhythm, need.since) for need in store.all(Need)} == {
        (Urgency.URGENT, Rhythm.ONCE, DAY.replace(day=5))
    }
    assert outcomes(planned(store, survey(MIAO | {"urgency": "紧急"}))) == ["same"]
    assert outcomes(planned(store, survey(MIAO | {"urgency": ""}))) == ["same"]
