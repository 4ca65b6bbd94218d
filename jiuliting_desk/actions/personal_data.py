"""Everything kept about one elder as a workbook, for the elder or whoever acts for them; noted before it is written."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.cards import ServiceCard
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.disclosures import Disclosed, Disclosure
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import ReasonWanted
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee, address_text
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.surveys import NeedsSurvey
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.sheets import lists, person
from jiuliting_desk.sheets.writing import OutColumn, OutSheet, save_workbook
from jiuliting_desk.store import Store
from jiuliting_desk.store import disclosures as log


def export_person(
    store: Store, *, elder_id: int, path: Path, why: str, to_whom: str = "", password: str = "", today: date
) -> Path:
    """Write all that the file holds about an elder (Personal Information Protection Law, Art. 45).

    The disclosure is noted first, and is itself in the workbook. Raises ReasonWanted, NotThere, and OSError with
    nothing written.
    """
    if not why.strip():
        raise ReasonWanted(field="why", rules=("person_export",))
    elder = store.get(Elder, elder_id)
    log.disclose(
        store,
        what=Disclosed.PERSON,
        kind="elder",
        record_id=elder_id,
        why=why.strip(),
        to_whom=to_whom.strip(),
    )
    save_workbook(path, _sheets(store, elder, today=today), password=password, creator=store.who)
    return path


def _sheets(store: Store, elder: Elder, *, today: date) -> list[OutSheet]:
    categories = {each.id: each.name for each in store.all(ServiceCategory)}
    providers = {each.id: each.name for each in store.all(Provider)}
    needs = store.where(Need, elder_id=elder.id, order="since")
    bonds = store.where(Pairing, elder_id=elder.id, order="started_on")
    visits = store.where(Visit, elder_id=elder.id, order="day")
    answers = {each.visit_id: each for each in store.where(Feedback, visit_id=[visit.id for visit in visits])}
    parts: list[tuple[str, tuple[OutColumn, ...], Sequence[Sequence[Any]]]] = [
        ("资料", person.FACTS, _facts(store, elder, today=today)),
        ("需求", person.NEEDS, [_need(need, categories) for need in needs]),
        ("结对", person.PAIRINGS, [_bond(bond, categories, providers) for bond in bonds]),
        ("服务卡", person.CARDS, [_card(card) for card in store.where(ServiceCard, elder_id=elder.id)]),
        ("上门", person.VISITS, [_visit(visit, answers.get(visit.id), categories, providers) for visit in visits]),
        ("来电", person.CALLS, [_call(call) for call in store.where(Call, elder_id=elder.id, order="at")]),
        ("谁看过", person.LOOKS, [_look(line) for line in log.of_record(store, "elder", elder.id)]),
    ]
    info = f"{today.isoformat()} 从资料库导出，经手：{store.who}"
    return [
        OutSheet(name=name, title=f"{elder.name}　{name}", info=info, columns=columns, rows=rows)
        for name, columns, rows in parts
    ]


def _facts(store: Store, elder: Elder, *, today: date) -> list[tuple[str, Any]]:
    committee = store.find(ResidentsCommittee, elder.committee_id)
    compound = store.find(Compound, elder.compound_id)
    survey = store.find(NeedsSurvey, elder.survey_id)
    consent = ""
    if elder.consent_on is not None:
        ended = f"，{elder.consent_ended_on} 撤回" if elder.consent_ended_on is not None else ""
        consent = f"{elder.consent_on} 已签，{elder.consent_by} 收{ended}"
    facts: list[tuple[str, Any]] = [
        ("编号", elder.number),
        ("姓名", elder.name),
        ("性别", lists.SEX_WORDS[elder.sex]),
        ("出生日期", elder.birth),
        ("年龄", elder.age_on(today)),
        ("身份证号", elder.id_number),
        *(("电话", f"{phone.number} {phone.note}".strip()) for phone in elder.phones),
        ("好打时间", elder.best_hours),
        ("居委", committee.name if committee else ""),
        ("住址", address_text(compound.name if compound else "", elder.building, elder.room, elder.unit)),
        ("楼层", elder.floor),
        ("没有电梯", "是" if elder.without_lift else ""),
        ("居住情况", lists.LIVING_WORDS[elder.living]),
        ("人员类别", "、".join(elder.tags)),
        ("身体", elder.health),
        ("打电话", elder.hearing),
        ("语言", elder.language),
        ("喜欢", elder.likes),
        ("不要", elder.refuses),
        ("不要的性别", lists.SEX_WORDS[elder.refuses_sex]),
        *(("紧急联系人", f"{each.name} {each.relation} {each.phone}".strip()) for each in elder.contacts),
        ("同意书", consent),
        ("状态", " ".join(filter(None, (lists.ELDER_STATE_WORDS[elder.state], elder.state_reason)))),
        ("来源", survey.source_file if survey else ""),
        ("登记日期", elder.registered_on.isoformat() if elder.registered_on else ""),
        ("最近上门", elder.seen_on.isoformat() if elder.seen_on else ""),
        ("备注", elder.notes),
    ]
    return [(name, value) for name, value in facts if value not in {None, ""}]


def _need(need: Need, categories: dict[int, str]) -> list[Any]:
    return [
        need.since,
        categories[need.category_id],
        lists.RHYTHM_WORDS[need.rhythm],
        lists.NEED_STATE_WORDS[need.state],
        "；".join(filter(None, (need.wishes, need.close_reason))),
    ]


def _bond(bond: Pairing, categories: dict[int, str], providers: dict[int, str]) -> list[Any]:
    service = categories[bond.category_id] if bond.category_id is not None else ""
    notes = "；".join(filter(None, (bond.notes, bond.end_reason)))
    return [providers[bond.provider_id], service, bond.started_on, bond.ended_on, notes]


def _card(card: ServiceCard) -> list[Any]:
    return [card.number, person.CARD_STATE_WORDS[card.state], card.handed_on, card.handed_to]


def _visit(visit: Visit, answers: Feedback | None, categories: dict[int, str], providers: dict[int, str]) -> list[Any]:
    return [
        visit.day,
        "、".join(categories[category_id] for category_id in visit.category_ids),
        "、".join(providers[provider_id] for provider_id in visit.provider_ids),
        person.VISIT_STATE_WORDS[visit.state],
        (answers.overall or None) if answers else None,
        "；".join(filter(None, (visit.reason, visit.notes, answers.words if answers else ""))),
    ]


def _call(call: Call) -> list[Any]:
    return [f"{call.at:%Y-%m-%d %H:%M}", call.caller_name, call.phone, call.notes]


def _look(line: Disclosure) -> list[Any]:
    return [f"{line.at:%Y-%m-%d %H:%M}", line.who, person.DISCLOSED_WORDS[line.what], line.why, line.to_whom]
