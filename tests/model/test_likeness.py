"""Who is the same person, who may be, who merely has the same name."""

from dataclasses import replace
from datetime import date

import pytest

from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.identity import check_digit
from jiuliting_desk.model.likeness import Likeness, Traits, likeness
from jiuliting_desk.model.merging import Side, differing, merged, proposed_sides

ID = "00000019440101002" + check_digit("00000019440101002")
OTHER_ID = "00000019450101002" + check_digit("00000019450101002")
ONE = Traits(
    name="高莲英",
    sound="gaolianying",
    phones=frozenset({"10000004417"}),
    birth="1944-01-01",
    compound_id=1,
    building="12",
    room="301",
)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (replace(ONE, compound_id=2, birth=""), Likeness.SAME_NAME_AND_PHONE),
        (replace(ONE, phones=frozenset(), birth=""), Likeness.SAME_NAME_AND_ADDRESS),
        (replace(ONE, phones=frozenset(), room="302"), Likeness.SAME_NAME_AND_BIRTH),
        (replace(ONE, phones=frozenset(), room="302", birth="1944"), Likeness.SAME_NAME),
        (replace(ONE, name="高连英", phones=frozenset()), Likeness.SOUND_ALIKE_AT_ADDRESS),
        (replace(ONE, name="高连英", room="302"), None),
        (replace(ONE, name="周荣生", sound="zhourongsheng"), None),
        (replace(ONE, name="周荣生", sound=""), None),
    ],
)
def test_the_surest_reason_counts(other: Traits, expected: Likeness | None) -> None:
    assert likeness(ONE, other) is expected
    assert likeness(other, ONE) is expected


def test_identity_numbers_settle_it() -> None:
    assert likeness(replace(ONE, id_number=ID), replace(ONE, name="高连英", id_number=ID)) is Likeness.SAME_ID
    assert likeness(replace(ONE, id_number=ID), replace(ONE, id_number=OTHER_ID)) is Likeness.SAME_NAME
    assert likeness(replace(ONE, id_number=ID), ONE) is Likeness.SAME_NAME_AND_PHONE


def test_an_unknown_address_is_nobodys() -> None:
    nowhere = replace(ONE, compound_id=None, room="", phones=frozenset(), birth="")
    assert likeness(nowhere, nowhere) is Likeness.SAME_NAME
    assert not replace(ONE, room="").lives_with(replace(ONE, room=""))
    assert not replace(ONE, unit="1").lives_with(replace(ONE, unit="2"))
    assert replace(ONE, unit="1").lives_with(ONE)


def test_what_is_half_typed_does_not_count() -> None:
    draft = Elder(
        name=" 高 莲英", phones=(Phone(number="1000000"), Phone(number="100 0000 4417")), id_number=ID[:-1], room="３01"
    )
    traits = Traits.of_draft(draft)
    assert (traits.name, traits.phones, traits.id_number, traits.room) == (
        "高莲英",
        frozenset({"1000000", "10000004417"}),
        "",
        "301",
    )
    assert Traits.of_draft(replace(draft, id_number=ID)).birth == "1944-01-01"
    assert Traits.of(replace(draft, id_number=ID[:-1], id_flag="length")).id_number == ""


KEPT = Elder(
    id=1,
    number="0001",
    name="高莲英",
    phones=(Phone(number="10000004417", preferred=True),),
    tags=("独居",),
    compound_id=1,
    building="12",
    notes="听沪剧",
    registered_on=date(2026, 1, 5),
    seen_on=date(2026, 2, 1),
)
OTHER = replace(
    KEPT,
    id=2,
    number="0164",
    name="高连英",
    phones=(Phone(number="66551234", preferred=True), Phone(number="10000004417")),
    tags=("高龄", "独居"),
    compound_id=2,
    building="3",
    health="高血压",
    registered_on=date(2025, 9, 1),
    seen_on=date(2026, 1, 1),
)


def test_differing_groups_are_named_once_with_a_choice_each() -> None:
    assert differing(KEPT, OTHER) == ("name", "phones", "committee_id", "tags", "health")
    assert proposed_sides(KEPT, OTHER) == {
        "name": Side.KEPT,
        "phones": Side.BOTH,
        "committee_id": Side.KEPT,
        "tags": Side.BOTH,
        "health": Side.OTHER,
    }
    assert differing(KEPT, KEPT) == ()


def test_a_merged_record_has_what_was_chosen() -> None:
    result = merged(KEPT, OTHER, {"committee_id": Side.OTHER, "name": Side.OTHER})
    assert (result.id, result.number, result.name) == (1, "0001", "高连英")
    assert (result.compound_id, result.building) == (2, "3")
    assert result.phones == (Phone(number="10000004417", preferred=True), Phone(number="66551234"))
    assert result.tags == ("独居", "高龄")
    assert (result.health, result.notes) == ("高血压", "听沪剧")
    assert (result.registered_on, result.seen_on) == (date(2025, 9, 1), date(2026, 2, 1))
    assert merged(KEPT, OTHER, {"health": Side.BOTH, "notes": Side.BOTH}).notes == "听沪剧"
