"""Candidates for one need: rules, points, sentences and their order."""

from dataclasses import replace
from datetime import date

import pytest

from jiuliting_desk.matching.candidates import rank, reasons_for
from jiuliting_desk.matching.pool import pack
from jiuliting_desk.matching.rows import (
    BondRow,
    CategoryRow,
    CertificateRow,
    NeedRow,
    Place,
    ProviderRow,
    RefusalRow,
    ServedRow,
    Situation,
)
from jiuliting_desk.matching.terms import STANDARD_RULES, STANDARD_WEIGHTS, Rule, Term, rules_of
from jiuliting_desk.model.barriers import Barrier
from tests.matching.instances import sub_district
from tests.matching.plain import exclusions, points, weeks_since_asked
from tests.matching.small import small_situation

HOME = Place(committee=1, compound=7, building="12", longitude=121.30, latitude=31.10)
ONE_KM_OFF = Place(committee=2, compound=9, building="12", longitude=121.3105, latitude=31.10)
WEDNESDAY_AFTERNOON = 1 << 5


def asked(**changes: object) -> NeedRow:
    """高莲英 wants her hair cut on a Wednesday afternoon."""
    need = NeedRow(
        id=1,
        elder=10,
        name="高莲英",
        category=3,
        day=date(2026, 3, 31),
        minutes=30,
        half_days=WEDNESDAY_AFTERNOON,
        place=HOME,
        elder_sex="female",
        speaks_dialect=True,
    )
    return replace(need, **changes)  # type: ignore[arg-type]


def offered(**changes: object) -> ProviderRow:
    """顾海宁 cuts hair and lives next door."""
    row = ProviderRow(
        id=2, name="顾海宁", sex="female", dialect=True, skills=((3, 2),), visits=6, minutes=600, place=HOME
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def situation(need: NeedRow, *providers: ProviderRow, **changes: object) -> Situation:
    """One need and these providers."""
    base = Situation(
        today=date(2026, 3, 18),
        needs=(need,),
        providers=providers,
        categories=(CategoryRow(id=3, name="理发"), CategoryRow(id=4, name="清洗空调", certificate_kind="空调清洗")),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_the_reasons_are_the_sentences_of_the_terms_that_score() -> None:
    given = situation(
        asked(),
        offered(half_days=WEDNESDAY_AFTERNOON),
        served=(ServedRow(elder=10, provider=2, times=3),),
    )
    best = rank(pack(given), asked()).candidates[0]
    assert [reason.text for reason in best.reasons] == [
        "同一幢楼",
        "已服务过 3 次",
        "周三下午有空",
        "会理发",
        "同为女",
        "会说上海话",
    ]
    assert best.quality == 300 + 175 + 150 + 67 + 60 + 60 + 80


def test_a_bond_is_named_before_the_visits_made() -> None:
    given = situation(
        asked(),
        offered(place=ONE_KM_OFF),
        served=(ServedRow(elder=10, provider=2, times=3),),
        bonds=(BondRow(elder=10, provider=2),),
    )
    texts = [reason.text for reason in rank(pack(given), asked()).candidates[0].reasons]
    assert "固定结对" in texts
    assert "1.0 公里" in texts
    assert not any("已服务过" in text for text in texts)


@pytest.mark.parametrize(
    ("change", "need_change", "rule", "text"),
    [
        ({"paused": True}, {}, Rule.PAUSED, "目前暂停服务"),
        ({"paused": True, "back_on": date(2026, 4, 9)}, {}, Rule.PAUSED, "目前暂停服务，2026-04-09 恢复"),
        ({"skills": ((1, 3),)}, {}, Rule.NO_SKILL, "不会理发"),
        ({"sex": "male"}, {"wants_sex": "female"}, Rule.WRONG_SEX, "老人希望女上门"),
        ({"sex": "male"}, {"refuses_sex": "male"}, Rule.WRONG_SEX, "老人希望女上门"),
        ({"sex": "male"}, {"refuses_sex": "male", "wants_sex": "male"}, Rule.WRONG_SEX, "老人希望女上门"),
        ({"dialect": False}, {"wants_dialect": True}, Rule.NO_DIALECT, "老人要会说上海话的，本人不会"),
        ({"area": frozenset({5})}, {}, Rule.OUT_OF_AREA, "不在本人服务的居委范围内"),
        ({"place": ONE_KM_OFF, "max_metres": 900}, {}, Rule.TOO_FAR, "1.0 公里，超出愿意去的范围"),
        ({"half_days": 1}, {}, Rule.NO_COMMON_HALF_DAY, "周三下午没有空"),
        ({"booked_visits": 6}, {}, Rule.FULL, "本月已排 6 次，上限 6 次，这里要 1 次"),
        ({"booked_minutes": 580}, {}, Rule.FULL, "本月已排 580 分钟，上限 600 分钟，这里要 30 分钟"),
        ({"booked_half_days": (0,) * 5 + (8,)}, {}, Rule.HALF_DAY_FULL, "周三下午已排满，到半天的上限"),
        (
            {"half_days": WEDNESDAY_AFTERNOON, "undated": ((0, 4), (0, 4))},
            {},
            Rule.HALF_DAY_FULL,
            "周三下午已排满，没约日子的也算",
        ),
    ],
)
def test_each_rule_excludes_with_its_sentence(
    change: dict[str, object], need_change: dict[str, object], rule: Rule, text: str
) -> None:
    need, row = asked(**need_change), offered(**change)
    ranking = rank(pack(situation(need, row)), need)
    assert not ranking.candidates
    (excluded,) = ranking.excluded()
    assert excluded.rules == (rule,)
    assert excluded.texts == (text,)


@pytest.mark.parametrize(("by_elder", "rule"), [(True, Rule.REFUSED_BY_ELDER), (False, Rule.REFUSED_BY_PROVIDER)])
def test_a_refusal_of_either_side_excludes(by_elder: bool, rule: Rule) -> None:
    given = situation(asked(), offered(), refusals=(RefusalRow(elder=10, provider=2, by_elder=by_elder),))
    exclusion = rank(pack(given), asked()).exclusion(2)
    assert exclusion is not None
    assert exclusion.rules == (rule,)


def test_certificates_count_on_the_day_of_the_visit() -> None:
    held = CertificateRow(kind="空调清洗", begins=date(2025, 1, 1), expires=date(2026, 3, 31))
    row = offered(skills=((4, 3),), certificates=(held,))
    in_march, in_april = asked(category=4), asked(category=4, day=date(2026, 4, 30))
    assert rank(pack(situation(in_march, row)), in_march).candidates
    exclusion = rank(pack(situation(in_april, row)), in_april).exclusion(2)
    assert exclusion is not None
    assert exclusion.texts == ("“空调清洗”证书 3月31日到期，之后的上门要换证",)
    over = replace(row, certificates=(replace(held, expires=date(2026, 2, 28)),))
    exclusion = rank(pack(situation(in_april, over)), in_april).exclusion(2)
    assert exclusion is not None
    assert exclusion.texts == ("“空调清洗”证书到 2026-02-28 为止",)
    without = offered(skills=((4, 3),))
    exclusion = rank(pack(situation(in_march, without)), in_march).exclusion(2)
    assert exclusion is not None
    assert exclusion.rules == (Rule.NO_CERTIFICATE,)


def test_a_sixth_elder_is_too_many_for_lasting_pairs_but_not_one_of_the_five() -> None:
    bonds = tuple(BondRow(elder=elder, provider=2) for elder in range(20, 25))
    given = situation(asked(lasting=True), offered(), bonds=bonds)
    exclusion = rank(pack(given), asked(lasting=True)).exclusion(2)
    assert exclusion is not None
    assert exclusion.texts == ("已结对 5 位老人，到上限",)
    assert rank(pack(given), asked(lasting=True, elder=22)).candidates
    assert rank(pack(given), asked(lasting=False)).candidates


def test_a_rule_that_is_switched_off_excludes_nobody() -> None:
    row = offered(place=ONE_KM_OFF, max_metres=900)
    off = STANDARD_RULES.switched(Rule.TOO_FAR, on=False)
    assert rank(pack(situation(asked(), row, rules=off)), asked()).candidates
    never_off = STANDARD_RULES.switched(Rule.PAUSED, on=False)
    assert not rank(pack(situation(asked(), offered(paused=True), rules=never_off)), asked()).candidates


def test_weights_change_the_order() -> None:
    near = offered(id=2, skills=((3, 1),))
    skilled = offered(id=3, skills=((3, 3),), place=ONE_KM_OFF)
    assert [found.provider for found in rank(pack(situation(asked(), near, skilled)), asked()).candidates] == [2, 3]
    weights = STANDARD_WEIGHTS.with_points(Term.NEARNESS, 10)
    given = situation(asked(), near, skilled, weights=weights)
    assert [found.provider for found in rank(pack(given), asked()).candidates] == [3, 2]


def test_an_enterprise_says_how_many_homes_are_still_wanting() -> None:
    row = offered(enterprise=True, homes_at_once=3, booked_elders=frozenset({11}))
    assert rank(pack(situation(asked(), row)), asked()).candidates[0].homes_short == 1


def test_arrays_and_plain_loops_agree() -> None:
    for seed in range(60):
        given = small_situation(seed, needs=6, providers=6)
        pool = pack(given)
        for need in given.needs:
            ranking = rank(pool, need)
            rows = {row.id: row for row in given.providers}
            for exclusion in ranking.excluded():
                assert set(exclusion.rules) == exclusions(given, need, rows[exclusion.provider])
            for found in ranking.candidates:
                assert not exclusions(given, need, rows[found.provider])
                assert found.quality == sum(points(given, need, rows[found.provider]).values())
            expected = sorted(
                (row for row in rows.values() if not exclusions(given, need, row)),
                key=lambda row: (
                    -sum(points(given, need, row).values()),
                    -weeks_since_asked(given, row),
                    row.id,
                ),
            )
            assert [found.provider for found in ranking.candidates] == [row.id for row in expected]


def test_the_order_of_the_rows_does_not_matter() -> None:
    given = sub_district(20, 60)
    turned = replace(given, providers=given.providers[::-1], needs=given.needs[::-1], served=given.served[::-1])
    for need in given.needs:
        assert rank(pack(given), need).candidates == rank(pack(turned), need).candidates


def test_a_single_pair_gives_the_same_reasons_as_the_ranking() -> None:
    given = sub_district(20, 60)
    pool = pack(given)
    for need in given.needs:
        for found in rank(pool, need).candidates:
            assert reasons_for(pool, need, found.provider) == found.reasons


def test_every_barrier_of_the_model_is_a_rule_here_and_every_rule_has_its_words() -> None:
    assert {barrier.value for barrier in Barrier} <= {rule.value for rule in Rule}
    assert {row.rule for row in STANDARD_RULES.rows} == set(Rule)
    assert {row.term for row in STANDARD_WEIGHTS.terms} == set(Term)
    assert len({rule.bit for rule in Rule}) == len(Rule)
    assert rules_of(Rule.FULL.bit | Rule.PAUSED.bit) == (Rule.PAUSED, Rule.FULL)


def test_half_days_are_named_as_people_say_them() -> None:
    assert STANDARD_RULES.half_day_names(WEDNESDAY_AFTERNOON) == "周三下午"
    assert STANDARD_RULES.half_day_names(0b11 | WEDNESDAY_AFTERNOON) == "周一、周三下午"
    assert STANDARD_RULES.half_day_names(0b11111111) == "周一、周二、周三等"
