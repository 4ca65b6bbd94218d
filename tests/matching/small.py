"""Small invented situations with every rule, limit and level in them, for trying all plans."""

import random
from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.matching.rows import (
    UNIT_MINUTES,
    BondRow,
    CategoryRow,
    CertificateRow,
    NeedRow,
    Place,
    ProviderRow,
    RefusalRow,
    ServedRow,
    Situation,
    unit_for,
)
from jiuliting_desk.matching.terms import STANDARD_WEIGHTS, Rules, Term

TODAY = date(2026, 3, 18)
CATEGORIES = (
    CategoryRow(id=1, name="陪伴聊天"),
    CategoryRow(id=2, name="清洗空调", certificate_kind="空调清洗"),
    CategoryRow(id=3, name="代买代办", max_metres=1500),
)


EVEN, ODD = (15, 30, 40, 60), (7, 20, 45, 50, 60)
"""Minutes of a visit; hours are counted in units of 15, and where visits are odd in what divides them all."""


def small_situation(
    seed: int, *, needs: int = 5, providers: int = 3, flat: bool = False, odd: bool = False
) -> Situation:
    """At most so many needs and providers; ``flat`` makes most pairs alike, so that the later levels decide.

    ``odd``: visits take odd minutes, and so do the units of time.
    """
    draw = random.Random(seed)
    people = range(1, draw.randint(1, providers) + 1)
    elders = range(1, draw.randint(1, needs) + 1)
    homes = {elder: _place(draw, flat) for elder in elders}
    asked = tuple(_need(draw, number, homes, flat, odd) for number in range(1, draw.randint(1, needs) + 1))
    unit = unit_for(need.minutes for need in asked) if odd else UNIT_MINUTES
    asked = tuple(replace(need, unit=unit) for need in asked)
    weights = STANDARD_WEIGHTS
    if flat:
        weights = weights.with_points(Term.NEARNESS, 0).with_points(Term.HALF_DAYS, 0)
    return Situation(
        today=TODAY,
        needs=asked,
        providers=tuple(_provider(draw, number, list(elders), flat) for number in people),
        categories=CATEGORIES,
        refusals=tuple(
            RefusalRow(elder=draw.choice(elders), provider=draw.choice(people), by_elder=draw.random() < 0.5)
            for _ in range(draw.choice((0, 0, 1)))
        ),
        bonds=tuple(
            BondRow(elder=elder, provider=provider, category=draw.choice((None, 1)))
            for elder, provider in {
                (draw.choice(elders), draw.choice(people)) for _ in range(draw.choice((0, 0, 1, 2)))
            }
        ),
        served=tuple(
            ServedRow(elder=elder, provider=provider, times=draw.randint(1, 7))
            for elder, provider in {(draw.choice(elders), draw.choice(people)) for _ in range(0 if flat else 2)}
        ),
        last=tuple((need.id, draw.choice(people)) for need in asked if draw.random() < 0.5),
        weights=weights,
        rules=_rules(draw),
        unit=unit,
    )


def _rules(draw: random.Random) -> Rules:
    """Now and then some of those that an office may switch off do not hold."""
    rules = Rules(keep_pairings=False, lasting_elders=draw.choice((1, 2, 5)), weeks=draw.choice((1, 4)))
    for row in rules.rows if draw.random() < 0.3 else ():
        rules = rules.switched(row.rule, on=draw.random() < 0.6)
    return rules


def _place(draw: random.Random, flat: bool) -> Place:
    if flat or draw.random() < 0.1:
        return Place(committee=1)
    compound = draw.randint(1, 4)
    return Place(
        committee=1 + compound % 2,
        compound=compound,
        building=str(draw.randint(1, 2)),
        longitude=121.3 + compound * 0.008,
        latitude=31.1,
    )


def _half_days(draw: random.Random, flat: bool) -> int:
    """Few different ones, so that they meet and crowd."""
    return draw.choice((0, 0, 1)) if flat else draw.choice((0, 0, 1, 2, 3, 6, 7, 12))


def _need(draw: random.Random, number: int, homes: dict[int, Place], flat: bool, odd: bool) -> NeedRow:
    elder = draw.choice(list(homes))
    sex = ("male", "female")[elder % 2]
    return NeedRow(
        id=number * 3,
        elder=elder,
        category=draw.choice((1, 1, 2, 3)) if not flat else 1,
        day=TODAY + timedelta(days=draw.choice((5, 30))),
        weight=draw.choice((1, 2, 4, 8)) if not flat else draw.choice((1, 2)),
        visits=draw.choice((1, 1, 2, 4)),
        minutes=draw.choice(ODD if odd else EVEN),
        lasting=draw.random() < 0.5,
        half_days=_half_days(draw, flat),
        place=homes[elder],
        elder_sex=sex,
        wants_sex=sex if draw.random() < 0.1 else "",
        refuses_sex="male" if draw.random() < 0.1 else "",
        wants_dialect=draw.random() < 0.1,
        speaks_dialect=draw.random() < 0.4,
    )


def _provider(draw: random.Random, number: int, elders: list[int], flat: bool) -> ProviderRow:
    enterprise = draw.random() < 0.3
    booked = draw.choice((0, 0, 0, 1, 2))
    certificates = []
    if draw.random() < 0.8:
        certificates.append(CertificateRow(kind="空调清洗", expires=TODAY + timedelta(days=draw.choice((-3, 10, 90)))))
    return ProviderRow(
        id=number * 2,
        enterprise=enterprise,
        sex=draw.choice(("", "male", "female", "female")),
        dialect=draw.random() < 0.6,
        skills=tuple((category, draw.randint(1, 3)) for category in (1, 2, 3) if draw.random() < 0.85),
        certificates=tuple(certificates),
        half_days=_half_days(draw, flat),
        visits=draw.choice((None, 2, 4, 6, 8)),
        minutes=draw.choice((None, 60, 120, 180, 240, 400)),
        booked_visits=booked,
        booked_minutes=booked * draw.choice((15, 40)),
        booked_half_days=tuple(draw.choice((0, 0, 1)) for _ in range(draw.choice((0, 4)))),
        undated=tuple((_half_days(draw, flat), draw.choice((1, 2, 4))) for _ in range(draw.choice((0, 0, booked)))),
        booked_elders=frozenset(draw.sample(elders, min(booked, len(elders)))),
        homes_per_half_day=draw.choice((None, None, 1, 2)),
        place=_place(draw, flat),
        area=frozenset() if draw.random() < 0.8 else frozenset({1}),
        max_metres=draw.choice((None, None, 800, 2000)),
        homes_at_once=draw.choice((2, 3)) if enterprise and draw.random() < 0.6 else 0,
        paused=draw.random() < 0.05,
        asked=None if draw.random() < 0.2 else TODAY - timedelta(days=draw.randint(0, 200)),
    )
