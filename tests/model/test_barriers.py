"""Why a provider is not to be sent."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jiuliting_desk.model.barriers import Barrier, Load, Question, barriers, speaks_dialect
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder, Sex
from jiuliting_desk.model.needs import Need, Rhythm
from jiuliting_desk.model.places import Compound, metres_between
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState, Refusal, Skill

TODAY = date(2026, 3, 18)
AIRCON = ServiceCategory(id=4, name="清洗空调", minutes=60, certificate_kind="空调清洗")
NEED = Need(id=1, elder_id=1, category_id=4, since=TODAY, half_days=(4, 5))
ELDER = Elder(id=1, name="高莲英", committee_id=2, compound_id=1)
ABLE = Provider(id=1, name="顾海宁", sex=Sex.MALE, skills=(Skill(category_id=4),), half_days=(5, 6), visits_per_month=4)
PAPER = Certificate(provider_id=1, kind="空调清洗", expires_on=date(2026, 12, 31))
HERE = Compound(id=1, name="亭北新村", longitude=121.30, latitude=31.10)
THERE = Compound(id=2, name="望桥里", longitude=121.31, latitude=31.10)


def asked(**changes: Any) -> tuple[Barrier, ...]:
    values: dict[str, Any] = {
        "elder": ELDER,
        "provider": ABLE,
        "category": AIRCON,
        "need": NEED,
        "certificates": (PAPER,),
        "elder_compound": HERE,
        "provider_compound": THERE,
        "on": TODAY,
    }
    return barriers(Question(**(values | changes)))


def test_nothing_stands_in_the_way_of_one_who_can() -> None:
    assert asked() == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"provider": replace(ABLE, state=ProviderState.PAUSED)}, Barrier.PAUSED),
        ({"provider": replace(ABLE, skills=())}, Barrier.NO_SKILL),
        ({"certificates": ()}, Barrier.NO_CERTIFICATE),
        ({"certificates": (replace(PAPER, expires_on=date(2026, 3, 17)),)}, Barrier.CERTIFICATE_EXPIRED),
        ({"certificates": (replace(PAPER, kind="油烟机清洗"),)}, Barrier.NO_CERTIFICATE),
        ({"refusals": (Refusal(elder_id=1, provider_id=1, said_on=TODAY),)}, Barrier.REFUSED_BY_ELDER),
        (
            {"refusals": (Refusal(elder_id=1, provider_id=1, by_elder=False, said_on=TODAY),)},
            Barrier.REFUSED_BY_PROVIDER,
        ),
        ({"elder": replace(ELDER, refuses_sex=Sex.MALE)}, Barrier.WRONG_SEX),
        ({"need": replace(NEED, wants_sex="female")}, Barrier.WRONG_SEX),
        ({"need": replace(NEED, wants_dialect=True)}, Barrier.NO_DIALECT),
        ({"provider": replace(ABLE, area_committee_ids=(1, 3))}, Barrier.OUT_OF_AREA),
        ({"provider": replace(ABLE, max_metres=900)}, Barrier.TOO_FAR),
        ({"provider": replace(ABLE, half_days=(0, 1))}, Barrier.NO_COMMON_HALF_DAY),
        ({"load": Load(visits=4)}, Barrier.FULL),
        ({"provider": replace(ABLE, minutes_per_month=90), "load": Load(minutes=31)}, Barrier.FULL),
        ({"need": replace(NEED, rhythm=Rhythm.WEEKLY), "load": Load(visits=1)}, Barrier.FULL),
    ],
)
def test_each_rule_says_no_by_itself(changes: dict[str, Any], expected: Barrier) -> None:
    assert asked(**changes) == (expected,)


def test_a_pause_holds_until_the_day_of_return() -> None:
    resting = replace(ABLE, state=ProviderState.PAUSED, resume_on=date(2026, 4, 1))
    assert asked(provider=resting, on=date(2026, 3, 31)) == (Barrier.PAUSED,)
    assert asked(provider=resting, on=date(2026, 4, 1)) == ()
    # For a visit on any day from the first on, back on the last is not enough.
    assert asked(provider=resting, on=date(2026, 4, 30), begins=date(2026, 3, 31)) == (Barrier.PAUSED,)
    assert asked(provider=resting, on=date(2026, 4, 30), begins=date(2026, 4, 1)) == ()
    assert asked(provider=replace(ABLE, state=ProviderState.STOPPED)) == (Barrier.PAUSED,)


def test_an_elder_of_no_known_committee_belongs_to_that_of_the_compound() -> None:
    there, ranging = replace(ELDER, committee_id=None), replace(ABLE, area_committee_ids=(2,))
    assert asked(elder=there, provider=ranging, elder_compound=replace(HERE, committee_id=2)) == ()
    assert asked(elder=there, provider=ranging) == (Barrier.OUT_OF_AREA,)


@pytest.mark.parametrize(
    ("words", "speaks"),
    [
        (("上海话",), True),
        (("普通话、上海话",), True),
        (("普通话", "会说沪语"), True),
        (("不会说普通话，只会上海话",), True),
        (("普通话",), False),
        (("不太会说上海话",), False),
        (("不会上海话，会宁波话",), False),
        ((), False),
    ],
)
def test_the_dialect_is_found_among_words_for_languages(words: tuple[str, ...], speaks: bool) -> None:
    assert speaks_dialect(words) is speaks
    wanted = replace(NEED, wants_dialect=True)
    assert asked(need=wanted, provider=replace(ABLE, languages=words)) == (() if speaks else (Barrier.NO_DIALECT,))


def test_a_certificate_counts_on_its_last_day_and_one_of_several_is_enough() -> None:
    old = replace(PAPER, expires_on=date(2026, 1, 1))
    assert asked(certificates=(old, replace(PAPER, expires_on=TODAY))) == ()


def test_what_is_not_known_does_not_stand_in_the_way() -> None:
    assert asked(provider=replace(ABLE, max_metres=10), provider_compound=None) == ()
    assert asked(provider=replace(ABLE, max_metres=10), elder_compound=replace(HERE, latitude=None)) == ()
    assert asked(provider=replace(ABLE, half_days=())) == ()
    assert asked(provider=replace(ABLE, sex=Sex.UNKNOWN), need=replace(NEED, wants_sex="female")) == ()
    firm = replace(ABLE, kind=ProviderKind.ENTERPRISE, visits_per_month=None)
    assert asked(provider=firm, load=Load(visits=500), elder=replace(ELDER, refuses_sex=Sex.MALE)) == ()


def test_a_dialect_speaker_meets_the_wish() -> None:
    speaks = replace(ABLE, languages=("普通话", "上海话"))
    assert asked(provider=speaks, need=replace(NEED, wants_dialect=True)) == ()


def test_a_part_of_a_metre_beyond_what_somebody_walks_keeps_nobody_away() -> None:
    metres = metres_between(HERE, THERE)
    assert metres is not None
    assert metres > int(metres)
    assert asked(provider=replace(ABLE, max_metres=int(metres))) == ()
    assert asked(provider=replace(ABLE, max_metres=int(metres) - 1)) == (Barrier.TOO_FAR,)


def test_metres_are_those_of_the_globe() -> None:
    # One degree of longitude is 111,195 m at the equator on a sphere of 6,371 km, times cos(latitude) elsewhere.
    assert metres_between(HERE, THERE) == pytest.approx(952, abs=2)
    assert metres_between(HERE, HERE) == 0
    assert metres_between(HERE, None) is None
