"""Invented sub-districts for the matching: committees, compounds, services, volunteers, enterprises and needs."""

import random
from datetime import date, timedelta

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

TODAY = date(2026, 3, 18)
MONTH_END = date(2026, 3, 31)

CATEGORIES = (
    CategoryRow(id=1, name="陪伴聊天"),
    CategoryRow(id=2, name="居家清洁"),
    CategoryRow(id=3, name="理发"),
    CategoryRow(id=4, name="清洗空调", certificate_kind="空调清洗"),
    CategoryRow(id=5, name="清洗油烟机", certificate_kind="油烟机清洗"),
    CategoryRow(id=6, name="代买代办", max_metres=2500),
    CategoryRow(id=7, name="读报", max_metres=2000),
    CategoryRow(id=8, name="陪诊"),
    CategoryRow(id=9, name="小修小补"),
)
MINUTES = {1: 60, 2: 120, 3: 30, 4: 60, 5: 90, 6: 60, 7: 45, 8: 180, 9: 60}
DEMAND = {1: 24, 2: 18, 3: 14, 4: 7, 5: 7, 6: 12, 7: 6, 8: 6, 9: 6}
SUPPLY = {1: 30, 2: 16, 3: 10, 4: 3, 5: 3, 6: 18, 7: 14, 8: 8, 9: 8}
LASTING = {1, 2, 3, 6, 7}
COMMITTEES, COMPOUNDS = 20, 160


def sub_district(needs: int, providers: int, *, supply: float = 0.8, seed: int = 1) -> Situation:
    """A sub-district in which the hours of the providers are ``supply`` times those of the needs."""
    draw = random.Random(seed)
    compounds = _compounds(draw)
    asked = _needs(draw, compounds, needs)
    wanted = supply * sum(need.minutes * need.visits for need in asked)
    offered = _providers(draw, compounds, providers, wanted)
    ids = [row.id for row in offered]
    elders = sorted({need.elder for need in asked})
    pairs = {(draw.choice(elders), draw.choice(ids)) for _ in range(needs // 4)}
    return Situation(
        today=TODAY,
        needs=tuple(asked),
        providers=tuple(offered),
        categories=CATEGORIES,
        refusals=tuple(
            RefusalRow(elder=draw.choice(elders), provider=draw.choice(ids), by_elder=draw.random() < 0.7)
            for _ in range(needs // 20)
        ),
        bonds=(),
        served=tuple(
            ServedRow(elder=elder, provider=provider, times=draw.randint(1, 7)) for elder, provider in sorted(pairs)
        ),
    )


def with_bonds(situation: Situation, bonds: int, *, seed: int = 1) -> Situation:
    """The same with some elders in lasting pairs."""
    draw = random.Random(seed)
    rows = {
        (draw.choice(situation.needs).elder, draw.choice(situation.providers).id): BondRow(elder=0, provider=0)
        for _ in range(bonds)
    }
    return Situation(
        today=situation.today,
        needs=situation.needs,
        providers=situation.providers,
        categories=situation.categories,
        refusals=situation.refusals,
        bonds=tuple(BondRow(elder=elder, provider=provider) for elder, provider in sorted(rows)),
        served=situation.served,
    )


def _compounds(draw: random.Random) -> list[Place]:
    """Compounds within about 4 x 4 km, each nearest to the centre of its committee."""
    centres = [(draw.uniform(0, 4000), draw.uniform(0, 4000)) for _ in range(COMMITTEES)]
    places = []
    for number in range(COMPOUNDS):
        committee = number % COMMITTEES
        east = centres[committee][0] + draw.gauss(0, 350)
        north = centres[committee][1] + draw.gauss(0, 350)
        places.append(
            Place(
                committee=committee + 1,
                compound=number + 1,
                longitude=121.30 + east / 95_000,
                latitude=31.10 + north / 111_000,
            )
        )
    return places


def _somewhere(draw: random.Random, compounds: list[Place]) -> Place:
    place = draw.choice(compounds)
    return Place(
        committee=place.committee,
        compound=place.compound,
        building=str(draw.randint(1, 30)),
        longitude=place.longitude,
        latitude=place.latitude,
    )


def _half_days(draw: random.Random, most: int, any_share: float) -> int:
    if draw.random() < any_share:
        return 0
    return sum(1 << half_day for half_day in draw.sample(range(14), draw.randint(1, most)))


def _needs(draw: random.Random, compounds: list[Place], count: int) -> list[NeedRow]:
    elders: dict[int, tuple[Place, str, bool]] = {}
    needs = []
    categories, shares = list(DEMAND), list(DEMAND.values())
    for number in range(1, count + 1):
        elder = draw.randint(1, max(1, count * 3 // 4))
        if elder not in elders:
            elders[elder] = (_somewhere(draw, compounds), draw.choice(("male", "female")), draw.random() < 0.3)
        place, sex, dialect = elders[elder]
        category = draw.choices(categories, shares)[0]
        lasting = category in LASTING and draw.random() < 0.55
        needs.append(
            NeedRow(
                id=number,
                elder=elder,
                name=f"老人{elder}",
                category=category,
                day=MONTH_END,
                weight=draw.choices((1, 2, 4, 8), (20, 50, 22, 8))[0],
                visits=draw.choice((1, 2, 2, 4)) if lasting else 1,
                minutes=MINUTES[category],
                lasting=lasting,
                half_days=_half_days(draw, 4, 0.3),
                place=place,
                elder_sex=sex,
                wants_sex=sex if draw.random() < 0.06 else "",
                wants_dialect=dialect and draw.random() < 0.2,
                speaks_dialect=dialect,
            )
        )
    return needs


def _providers(draw: random.Random, compounds: list[Place], count: int, wanted: float) -> list[ProviderRow]:
    categories, shares = list(SUPPLY), list(SUPPLY.values())
    sizes = [draw.choice((2, 3, 4, 4, 6, 8)) * (6 if number % 12 == 0 else 1) for number in range(count)]
    scale = wanted / sum(sizes)
    rows = []
    for number, size in enumerate(sizes, start=1):
        enterprise = (number - 1) % 12 == 0
        skills = set(draw.choices(categories, shares, k=draw.choice((1, 1, 2, 2))))
        if enterprise:
            skills |= {draw.choice((2, 3, 4, 5)), draw.choice((4, 5))}
        place = _somewhere(draw, compounds)
        certificates = []
        for category in CATEGORIES:
            if category.id in skills and category.certificate_kind and draw.random() < 0.85:
                expires = MONTH_END + timedelta(days=draw.choice((-40, 20, 200, 400, 700)))
                certificates.append(CertificateRow(kind=category.certificate_kind, expires=expires))
        minutes = max(30, int(size * scale) // 15 * 15)
        rows.append(
            ProviderRow(
                id=number,
                name=f"{'单位' if enterprise else '志愿者'}{number}",
                enterprise=enterprise,
                sex="" if enterprise else draw.choice(("male", "female", "female")),
                dialect=draw.random() < 0.6,
                skills=tuple(sorted((skill, draw.randint(1, 3)) for skill in skills)),
                certificates=tuple(certificates),
                half_days=0 if enterprise else _half_days(draw, 5, 0.1),
                visits=max(2, minutes // 40),
                minutes=minutes,
                place=place,
                max_metres=draw.choice((2000, 3000, None)) if enterprise else draw.choice((600, 900, 1300, 2000)),
                homes_at_once=3 if enterprise and draw.random() < 0.3 else 0,
                paused=draw.random() < 0.03,
                asked=None if draw.random() < 0.2 else TODAY - timedelta(days=draw.randint(0, 200)),
            )
        )
    return rows
