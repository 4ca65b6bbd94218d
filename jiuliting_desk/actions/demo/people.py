"""Invented elders, volunteers and enterprises."""

from datetime import date, timedelta
from random import Random

from jiuliting_desk.actions.demo.names import born_between, id_number, person_name, phone
from jiuliting_desk.actions.demo.places import Town
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import age_on
from jiuliting_desk.model.elders import Contact, Elder, ElderState, Living, Phone, Sex
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState, Skill
from jiuliting_desk.model.surveys import NeedsSurvey
from jiuliting_desk.store import Store

LIVINGS = (
    (Living.ALONE, 30),
    (Living.COUPLE, 34),
    (Living.WITH_CHILDREN, 24),
    (Living.NO_KIN, 3),
    (Living.WITH_CARER, 6),
    (Living.OTHER, 3),
)
HEALTH = ("", "", "", "高血压", "糖尿病", "高血压；对花粉过敏", "膝盖不好，走不远", "心脏放过支架", "对青霉素过敏")
HEARING = ("", "", "", "", "听力不好，打电话声音大一点", "右耳听不见", "戴助听器")
LANGUAGES = ("", "", "", "只会讲上海话", "普通话听不太懂")
LIKES = ("", "", "喜欢听沪剧", "爱下象棋", "喜欢养花", "爱讲老厂里的事", "喜欢晒太阳")
HOURS = ("", "", "上午 9 点到 11 点", "下午 2 点以后", "午睡到 3 点")
TAG_SHARES = (("行动不便", 0.18), ("低保", 0.06), ("残疾", 0.05), ("失独", 0.03), ("优抚", 0.02))
RELATIONS = ("女儿", "儿子", "侄女", "外甥", "邻居", "老同事", "妹妹")
ENTERPRISES = (
    ("净邻家政（虚构）", "居家清洁"),
    ("亮洁家电清洗（虚构）", "清洗空调"),
    ("美剪理发店（虚构）", "理发"),
    ("邻里食品超市（虚构）", "代买代办"),
    ("清风油烟机服务社（虚构）", "清洗油烟机"),
    ("暖阳社工站（虚构）", "陪伴聊天"),
)


def add_elders(store: Store, dice: Random, town: Town, *, count: int, today: date) -> list[int]:
    """Elders of 62 to 99, spread unevenly over the compounds."""
    surveys = {
        committee: store.add(
            NeedsSurvey(
                surveyed_on=today - timedelta(days=dice.randrange(60, 300)),
                committee_id=committee,
                source_file="排摸表（演示）.xlsx",
            )
        ).id
        for committee in town.committees
    }
    weights = [dice.uniform(0.4, 2.5) for _ in town.compounds]
    homes = dice.choices(town.compounds, weights, k=count)
    return store.add_many(
        [
            _elder(dice, number + 1, compound, committee, surveys[committee], today)
            for number, (compound, committee) in enumerate(homes)
        ]
    )


def _elder(dice: Random, number: int, compound: int, committee: int, survey: int, today: date) -> Elder:
    male = dice.random() < 0.42
    born = born_between(dice, today, 62, 100)
    age = age_on(born.isoformat(), today) or 0
    living = dice.choices([living for living, _ in LIVINGS], [weight for _, weight in LIVINGS])[0]
    tags = ["高龄"] if age >= 80 else []
    tags += ["独居"] if living is Living.ALONE else []
    tags += ["孤寡"] if living is Living.NO_KIN else []
    tags += [tag for tag, share in TAG_SHARES if dice.random() < share]
    floor = dice.randint(1, 6)
    phones = [Phone(number=phone(dice), preferred=True)]
    if dice.random() < 0.15:
        phones.append(Phone(number=phone(dice), note="家里"))
    state = ElderState.ACTIVE
    if dice.random() < 0.04:
        state = dice.choice([ElderState.PAUSED, ElderState.MOVED, ElderState.IN_CARE_HOME, ElderState.DECEASED])
    known = dice.random()
    return Elder(
        number=f"{number:04d}",
        name=person_name(dice, male=male),
        sex=Sex.MALE if male else Sex.FEMALE,
        birth=born.isoformat() if known < 0.9 else born.isoformat()[:7] if known < 0.95 else born.isoformat()[:4],
        id_number=id_number(dice, born, male=male) if known < 0.85 else "",
        phones=tuple(phones) if dice.random() < 0.97 else (),
        best_hours=dice.choice(HOURS),
        committee_id=committee,
        compound_id=compound,
        building=str(dice.randint(1, 40)),
        room=f"{floor}0{dice.randint(1, 4)}",
        floor=floor,
        without_lift=dice.random() < 0.7,
        living=living,
        tags=tuple(tags),
        contacts=tuple(
            Contact(name=person_name(dice), relation=dice.choice(RELATIONS), phone=phone(dice))
            for _ in range(dice.choice((0, 1, 1, 1, 2)))
        ),
        health=dice.choice(HEALTH),
        hearing=dice.choice(HEARING),
        language=dice.choice(LANGUAGES),
        likes=dice.choice(LIKES),
        consent_on=today - timedelta(days=dice.randrange(30, 300)) if dice.random() < 0.8 else None,
        consent_by="演示",
        survey_id=survey,
        state=state,
        state_on=today - timedelta(days=dice.randrange(5, 100)) if state is not ElderState.ACTIVE else None,
        registered_on=today - timedelta(days=dice.randrange(60, 400)),
        seen_on=today - timedelta(days=int(dice.expovariate(1 / 20))) if dice.random() < 0.85 else None,
    )


def add_providers(store: Store, dice: Random, town: Town, *, count: int, today: date) -> list[int]:
    """Enterprises with certificates, and volunteers of whom a quarter are their members."""
    categories = {category.name: category for category in store.all(ServiceCategory)}
    ids: list[int] = []
    enterprises: list[tuple[int, str]] = []
    for name, main in ENTERPRISES[: max(3, min(6, count // 6))]:
        compound, committee = dice.choice(town.compounds)
        enterprise = store.add(
            Provider(
                kind=ProviderKind.ENTERPRISE,
                number=f"E{len(ids) + 1:04d}",
                name=name,
                contact_name=person_name(dice),
                phones=(Phone(number=phone(dice)),),
                compound_id=compound,
                committee_id=committee,
                skills=(Skill(category_id=categories[main].id, level=3),),
                visits_per_month=dice.choice((20, 30, 40)),
                minutes_per_month=dice.choice((1800, 2400, 3600)),
                homes_at_once=dice.choice((0, 0, 3)),
                joined_on=today - timedelta(days=dice.randrange(100, 700)),
            )
        )
        ids.append(enterprise.id)
        enterprises.append((enterprise.id, main))
        wanted = categories[main].certificate_kind
        if wanted:
            _certify(store, dice, enterprise.id, wanted, today)
    volunteers = store.add_many([_volunteer(dice, n, town, categories, enterprises, today) for n in range(count)])
    for provider in store.get_many(Provider, volunteers).values():
        for skill in provider.skills:
            kind = next(c.certificate_kind for c in categories.values() if c.id == skill.category_id)
            if kind and dice.random() < 0.7:
                _certify(store, dice, provider.id, kind, today)
    return ids + volunteers


def _certify(store: Store, dice: Random, provider_id: int, kind: str, today: date) -> None:
    issued = today - timedelta(days=dice.randrange(100, 1050))
    store.add(
        Certificate(
            provider_id=provider_id,
            kind=kind,
            number=f"演示-{dice.randrange(10**6):06d}",
            issued_on=issued,
            expires_on=issued + timedelta(days=1095),
        )
    )


def _volunteer(
    dice: Random,
    number: int,
    town: Town,
    categories: dict[str, ServiceCategory],
    enterprises: list[tuple[int, str]],
    today: date,
) -> Provider:
    male = dice.random() < 0.35
    compound, committee = dice.choice(town.compounds)
    common: list[str] = [name for name in ("陪伴聊天", "居家清洁", "代买代办", "理发") if name in categories]
    skills: set[str] = set(dice.sample(common, dice.choice((1, 1, 2, 2, 3))))
    enterprise = None
    if dice.random() < 0.25:
        enterprise, main = dice.choice(enterprises)
        skills = {main}
    elif dice.random() < 0.06:
        skills.add(dice.choice(["清洗空调", "清洗油烟机"]))
    state = ProviderState.PAUSED if dice.random() < 0.04 else ProviderState.ACTIVE
    return Provider(
        number=f"V{number + 1:04d}",
        name=person_name(dice, male=male),
        enterprise_id=enterprise,
        sex=Sex.MALE if male else Sex.FEMALE,
        birth=str(born_between(dice, today, 22, 74).year),
        phones=(Phone(number=phone(dice)),),
        committee_id=committee,
        compound_id=compound,
        area_committee_ids=(committee,) if dice.random() < 0.2 else (),
        max_metres=dice.choice((None, None, 800, 1500, 3000)),
        skills=tuple(
            Skill(category_id=categories[name].id, level=dice.choice((1, 2, 2, 3)))
            for name in sorted(skills)
            if name in categories
        ),
        languages=("上海话",) if dice.random() < 0.55 else (),
        half_days=tuple(sorted(dice.sample(range(14), dice.randint(2, 7)))) if dice.random() < 0.8 else (),
        visits_per_month=dice.choice((2, 4, 4, 4, 6, 8)),
        minutes_per_month=dice.choice((None, 240, 360, 480)),
        state=state,
        state_on=today - timedelta(days=20) if state is ProviderState.PAUSED else None,
        state_reason="家里有事" if state is ProviderState.PAUSED else "",
        asked_on=today - timedelta(days=int(dice.expovariate(1 / 35))) if dice.random() < 0.8 else None,
        joined_on=today - timedelta(days=dice.randrange(30, 900)),
    )
