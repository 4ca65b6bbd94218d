"""Everything kept about one elder as a workbook, for the elder or whoever acts for them; noted before it is written."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.cards import ServiceCard
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.disclosures import Disclosed, Disclosure
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import ReasonWanted
from jiuliting_desk.model.feedback import Feedback, FeedbackForm
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee, address_text
from jiuliting_desk.model.providers import Provider, Refusal
from jiuliting_desk.model.recurrence import Series
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
    service_of = {need.id: categories[need.category_id] for need in needs}
    claims = store.where(Claim, need_id=list(service_of), order="claimed_on")
    bonds = store.where(Pairing, elder_id=elder.id, order="started_on")
    refusals = store.where(Refusal, elder_id=elder.id, order="said_on")
    series = store.where(Series, elder_id=elder.id, order="begins_on")
    visits = store.where(Visit, elder_id=elder.id, order="day")
    of_visits = [visit.id for visit in visits]
    answers = {each.visit_id: each for each in store.where(Feedback, visit_id=of_visits)}
    forms = {each.visit_id: each.number for each in store.where(FeedbackForm, visit_id=of_visits)}
    heard = [(visit, answers[visit.id]) for visit in visits if visit.id in answers]
    opened = store.where(FollowUp, elder_id=elder.id, order="opened_on")
    parts: list[tuple[str, tuple[OutColumn, ...], Sequence[Sequence[Any]]]] = [
        ("需求", person.NEEDS, [_need(need, categories) for need in needs]),
        ("认领", person.CLAIMS, [_claim(claim, service_of[claim.need_id], providers) for claim in claims]),
        ("结对", person.PAIRINGS, [_bond(bond, categories, providers) for bond in bonds]),
        ("不合适的人", person.REFUSALS, [_refusal(each, providers) for each in refusals]),
        ("服务卡", person.CARDS, [_card(card) for card in store.where(ServiceCard, elder_id=elder.id)]),
        ("定期上门", person.SERIES, [_series(each, categories, providers) for each in series]),
        ("上门", person.VISITS, [_visit(visit, categories, providers) for visit in visits]),
        ("评价", person.ANSWERS, [_answers(visit, said, forms.get(visit.id, "")) for visit, said in heard]),
        ("跟进", person.FOLLOW_UPS, [_follow_up(each) for each in opened]),
        ("来电", person.CALLS, [_call(call) for call in store.where(Call, elder_id=elder.id, order="at")]),
        ("谁看过", person.LOOKS, [_look(line) for line in log.of_record(store, "elder", elder.id)]),
    ]
    facts = _facts(store, elder, today=today)
    if empty := [name for name, _, rows in parts if not rows]:
        facts.append(("没有记录", "、".join(empty)))
    parts.insert(0, ("资料", person.FACTS, facts))
    info = f"{today.isoformat()} 从资料库导出，经手：{store.who}"
    return [
        OutSheet(name=name, title=f"{elder.name}　{name}", info=info, columns=columns, rows=rows)
        for name, columns, rows in parts
        if rows
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


def _claim(claim: Claim, service: str, providers: dict[int, str]) -> list[Any]:
    state = person.CLAIM_STATE_WORDS[claim.state]
    return [claim.claimed_on, service, providers[claim.provider_id], claim.expires_on, state, claim.reason]


def _bond(bond: Pairing, categories: dict[int, str], providers: dict[int, str]) -> list[Any]:
    service = categories[bond.category_id] if bond.category_id is not None else ""
    notes = "；".join(filter(None, (bond.notes, bond.override_reason, bond.end_reason)))
    return [providers[bond.provider_id], service, bond.started_on, bond.ended_on, notes]


def _refusal(refusal: Refusal, providers: dict[int, str]) -> list[Any]:
    return [refusal.said_on, providers[refusal.provider_id], "本人" if refusal.by_elder else "对方", refusal.reason]


def _card(card: ServiceCard) -> list[Any]:
    return [card.number, person.CARD_STATE_WORDS[card.state], card.handed_on, card.handed_to, card.ended_reason]


def _series(series: Series, categories: dict[int, str], providers: dict[int, str]) -> list[Any]:
    notes = (*(pause.reason for pause in series.pauses), series.override_reason, series.end_reason)
    return [
        series.begins_on,
        series.ended_on or series.until,
        "、".join(dict.fromkeys(categories[line.category_id] for line in series.services)),
        person.INTERVAL_WORDS[series.interval],
        "、".join(providers[provider_id] for provider_id in series.provider_ids),
        "；".join(filter(None, notes)),
    ]


def _visit(visit: Visit, categories: dict[int, str], providers: dict[int, str]) -> list[Any]:
    notes = (visit.reason, visit.override_reason, visit.incident, visit.hazards, visit.notes)
    return [
        visit.day,
        time_text(visit.starts),
        "、".join(categories[category_id] for category_id in visit.category_ids),
        "、".join(providers[provider_id] for provider_id in visit.provider_ids),
        person.VISIT_STATE_WORDS[visit.state],
        visit.on_site_minutes or None,
        "；".join(filter(None, notes)),
    ]


def _answers(visit: Visit, said: Feedback, form: str) -> list[Any]:
    return [
        visit.day,
        form,
        *(score or None for score in said.scores),
        "；".join(filter(None, (said.words, said.unanswered_reason))),
        person.CONDITION_WORDS[said.elder_condition],
        person.CONDITION_WORDS[said.home_condition],
        "；".join(filter(None, (said.report, said.hazards))),
        said.remarks,
        said.entered_by,
    ]


def _follow_up(each: FollowUp) -> list[Any]:
    outcome = "；".join(filter(None, (each.outcome, each.notes)))
    return [
        each.opened_on,
        person.CAUSE_WORDS[each.cause],
        each.what,
        each.owner,
        each.due_on,
        each.closed_on,
        outcome,
    ]


def _call(call: Call) -> list[Any]:
    return [f"{call.at:%Y-%m-%d %H:%M}", call.caller_name, call.phone, call.notes]


def _look(line: Disclosure) -> list[Any]:
    return [f"{line.at:%Y-%m-%d %H:%M}", line.who, person.DISCLOSED_WORDS[line.what], line.why, line.to_whom]
