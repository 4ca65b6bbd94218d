"""Invented needs, claims, pairings, refusals and cards."""

from datetime import date, timedelta
from random import Random

from jiuliting_desk.model.cards import CardState, PrintBatch, PrintState, ServiceCard
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need, NeedSource, NeedState, Rhythm, Urgency
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.providers import Provider, Refusal
from jiuliting_desk.store import Store

WISHES = ("", "", "", "最好是女的", "上午来", "声音大一点", "带围布", "不要换人", "周末也可以")
SHARES = {"陪伴聊天": 5, "居家清洁": 4, "理发": 3, "清洗空调": 2, "清洗油烟机": 2, "代买代办": 2}


def add_needs(store: Store, dice: Random, elder_ids: list[int], *, today: date) -> int:
    """One to three needs for most of those who are served."""
    categories = {category.name: category.id for category in store.all(ServiceCategory)}
    names = [name for name in SHARES if name in categories]
    weights = [SHARES[name] for name in names]
    needs = []
    for elder in store.get_many(Elder, elder_ids).values():
        if not elder.is_served or dice.random() < 0.25:
            continue
        for name in sorted(set(dice.choices(names, weights, k=dice.choice((1, 1, 2, 2, 3))))):
            rhythm = Rhythm.ONCE
            if name in {"陪伴聊天", "居家清洁", "代买代办"} and dice.random() < 0.4:
                rhythm = dice.choice((Rhythm.WEEKLY, Rhythm.FORTNIGHTLY, Rhythm.MONTHLY))
            needs.append(
                Need(
                    elder_id=elder.id,
                    category_id=categories[name],
                    rhythm=rhythm,
                    half_days=tuple(sorted(dice.sample(range(10), dice.randint(1, 4)))) if dice.random() < 0.4 else (),
                    urgency=dice.choices(list(Urgency), (15, 60, 20, 5))[0],
                    wishes=dice.choice(WISHES),
                    wants_dialect=bool(elder.language),
                    state=NeedState.OPEN,
                    source=NeedSource.SURVEY,
                    survey_id=elder.survey_id,
                    since=today - timedelta(days=int(dice.expovariate(1 / 25))),
                )
            )
    needs.sort(key=lambda need: (need.elder_id, need.category_id))
    store.add_many(needs)
    return len(needs)


def add_bonds(store: Store, dice: Random, *, today: date) -> int:
    """Pairings between neighbours that fit, claims on some needs, and a few refusals."""
    elders = {elder.id: elder for elder in store.all(Elder)}
    providers = store.all(Provider)
    able: dict[int, list[Provider]] = {}
    for provider in providers:
        for category_id in provider.category_ids:
            able.setdefault(category_id, []).append(provider)
    load = {provider.id: 0 for provider in providers}
    pairings: list[Pairing] = []
    for need in store.where(Need, state=NeedState.OPEN):
        elder = elders[need.elder_id]
        near = [
            provider
            for provider in able.get(need.category_id, [])
            if provider.committee_id == elder.committee_id and load[provider.id] < 4
        ]
        roll = dice.random()
        if not near or roll > 0.45:
            continue
        provider = dice.choice(near)
        load[provider.id] += 1
        if roll < 0.1:
            claim = Claim.begun(
                need_id=need.id, provider_id=provider.id, today=today - timedelta(days=dice.randrange(13)), days=14
            )
            store.add(claim)
            store.update(need.claimed(by=provider.id))
        elif need.rhythm is not Rhythm.ONCE or roll < 0.25:
            started = today - timedelta(days=dice.randrange(10, 200))
            bond = Pairing.begun(
                elder_id=elder.id,
                provider_id=provider.id,
                category_id=need.category_id,
                today=started,
                first_weeks=6,
            )
            if bond.review_on <= today - timedelta(days=9):
                bond = bond.reviewed(on=bond.review_on, months=6)
            pairings.append(bond)
    store.add_many(pairings)
    refusals = {(dice.choice(list(elders)), dice.choice(providers).id) for _ in range(len(elders) // 60)}
    store.add_many(
        [
            Refusal(elder_id=elder_id, provider_id=provider_id, reason="提出换人", said_on=today - timedelta(days=30))
            for elder_id, provider_id in sorted(refusals)
        ]
    )
    return len(pairings)


def add_cards(store: Store, dice: Random, elder_ids: list[int], *, today: date) -> int:
    """Cards of two thirds of the elders, most of them handed over, some lost and reissued."""
    cards: list[ServiceCard] = []
    for elder in store.get_many(Elder, elder_ids).values():
        if dice.random() > 0.66:
            continue
        made = today - timedelta(days=dice.randrange(10, 200))
        card = ServiceCard(elder_id=elder.id, number=elder.number, made_on=made).issued(on=made)
        if dice.random() < 0.8:
            card = card.handed(on=made + timedelta(days=3), by="演示", to="本人")
        if dice.random() < 0.03:
            lost = made + timedelta(days=6)
            cards.append(card.ended(CardState.LOST, on=lost, reason="卡丢了"))
            again = ServiceCard(elder_id=elder.id, number=f"{elder.number}-2", reason="lost", made_on=lost)
            card = again.issued(on=lost)
        cards.append(card)
    ids = store.add_many(cards)
    for start in range(0, min(len(ids), 100), 10):
        store.add(
            PrintBatch(
                kind="cards",
                printed_on=today - timedelta(days=10 + start // 10),
                printed_by="演示",
                target="pdf",
                stock="90x54",
                item_ids=tuple(ids[start : start + 10]),
                state=PrintState.CONFIRMED,
            )
        )
    return len(cards)
