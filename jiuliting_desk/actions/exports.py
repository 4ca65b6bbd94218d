"""Lists that leave the house as workbooks: masked unless asked, and noted in the history when not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from jiuliting_desk.actions.disclosures import note_list_given_out
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder, Phone, Sex
from jiuliting_desk.model.errors import ReasonWanted
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, Refusal, Skill
from jiuliting_desk.model.text import masked_id, masked_name, masked_phone
from jiuliting_desk.sheets import lists
from jiuliting_desk.sheets.writing import OutColumn, OutSheet, save_workbook
from jiuliting_desk.store import Store

SEPARATOR = "、"

MINUTES_AN_HOUR = 60


class Exported(StrEnum):
    """Which list."""

    ELDERS = "elders"
    VOLUNTEERS = "volunteers"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written, and where."""

    path: Path
    what: Exported
    rows: int
    masked: bool


class _Names:
    """Names behind ids, read once for a whole list."""

    def __init__(self, store: Store) -> None:
        self.categories = {category.id: category for category in store.all(ServiceCategory, order="position")}
        self.committees = {committee.id: committee.name for committee in store.all(ResidentsCommittee)}
        self.compounds = {compound.id: compound.name for compound in store.all(Compound)}

    def category(self, category_id: int) -> str:
        return self.categories[category_id].name


def export_list(
    store: Store,
    *,
    what: Exported,
    path: Path,
    today: date,
    ids: Collection[int] | None = None,
    full: bool = False,
    reason: str = "",
    to_whom: str = "",
    password: str = "",
) -> ExportReport:
    """Write a list to ``path``: all of it, or the records of ``ids``.

    Names, phones and identity numbers are masked and addresses end at the compound; with ``full`` they are not,
    which needs a reason. Raises ReasonWanted and OSError, with nothing written.
    """
    if full and not reason.strip():
        raise ReasonWanted(field="reason", rules=("full_export",))
    names = _Names(store)
    make = {Exported.ELDERS: _elders, Exported.VOLUNTEERS: _volunteers, Exported.NEEDS: _needs}[what]
    sheets, count = make(store, names, ids=ids, full=full, today=today)
    if full:
        # Noted before the file is there: a list that is out is never missing from the log.
        note_list_given_out(store, people=count, why=reason.strip(), to_whom=to_whom.strip())
    save_workbook(path, sheets, password=password, creator=store.who)
    return ExportReport(path=path, what=what, rows=count, masked=not full)


def _info(store: Store, *, count: int, unit: str, full: bool, today: date) -> str:
    parts = [f"{today.isoformat()} 导出", f"共 {count} {unit}"]
    if store.who:
        parts.append(f"经手：{store.who}")
    parts.append("含个人信息，用完请删除" if full else "姓名、电话、证件号已遮盖")
    return "　".join(parts)


def _chosen(records: Sequence[Any], ids: Collection[int] | None) -> list[Any]:
    wanted = None if ids is None else set(ids)
    return [record for record in records if wanted is None or record.id in wanted]


def _phones(phones: Sequence[Phone], *, full: bool) -> str:
    return SEPARATOR.join(phone.number if full else masked_phone(phone.number) for phone in phones)


# -- elders


def _elders(
    store: Store, names: _Names, *, ids: Collection[int] | None, full: bool, today: date
) -> tuple[list[OutSheet], int]:
    wanted: dict[int, list[str]] = {}
    for need in store.where(Need, state=[NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED]):
        wanted.setdefault(need.elder_id, []).append(names.category(need.category_id))
    elders = _chosen(store.all(Elder), ids)
    called = {provider.id: provider.name for provider in store.all(Provider)}
    refused: dict[int, list[str]] = {}
    for said in store.where(Refusal, by_elder=True):
        refused.setdefault(said.elder_id, []).append(called[said.provider_id])
    rows = [
        _elder_row(elder, names, wanted.get(elder.id, ()), refused.get(elder.id, ()), full=full, today=today)
        for elder in elders
    ]
    sheet = OutSheet(
        name="老人",
        title="老人名单",
        info=_info(store, count=len(rows), unit="位", full=full, today=today),
        columns=lists.ELDERS,
        rows=rows,
        frozen_columns=2,
    )
    return [sheet, *([_places(store, names)] if full else [])], len(rows)


def _places(store: Store, names: _Names) -> OutSheet:
    """Where people live, with the positions by which the ways to them are counted."""
    rows = [
        [
            names.committees.get(compound.committee_id or 0, ""),
            compound.name,
            SEPARATOR.join(compound.aliases),
            compound.longitude,
            compound.latitude,
        ]
        for compound in store.all(Compound)
    ]
    return OutSheet(
        name="小区", title="小区一览", info="小区在哪里，按它算远近", columns=lists.PLACES, rows=rows, frozen_columns=2
    )


def _elder_row(
    elder: Elder, names: _Names, wanted: Sequence[str], refused: Sequence[str], *, full: bool, today: date
) -> list[Any]:
    contact = elder.contacts[0] if elder.contacts else None
    return [
        elder.number,
        elder.name if full else masked_name(elder.name),
        lists.SEX_WORDS[elder.sex],
        elder.birth if full else elder.birth[:4],
        elder.age_on(today),
        elder.id_number if full else masked_id(elder.id_number),
        _phones(elder.phones, full=full),
        names.committees.get(elder.committee_id or 0, ""),
        names.compounds.get(elder.compound_id or 0, ""),
        elder.building if full else "",
        elder.unit if full else "",
        elder.room if full else "",
        lists.LIVING_WORDS[elder.living],
        SEPARATOR.join(elder.tags),
        "" if contact is None else contact.name if full else masked_name(contact.name),
        "" if contact is None else contact.relation,
        "" if contact is None else contact.phone if full else masked_phone(contact.phone),
        SEPARATOR.join(wanted),
        lists.ELDER_STATE_WORDS[elder.state],
        str(elder.floor or "") if full else "",
        "无" if elder.without_lift else "",
        elder.language,
        SEPARATOR.join(filter(None, (elder.refuses, *refused))) if full else "",
        lists.SEX_REFUSED[elder.refuses_sex],
        elder.notes if full else "",
    ]


# -- volunteers and enterprises


def _volunteers(
    store: Store, names: _Names, *, ids: Collection[int] | None, full: bool, today: date
) -> tuple[list[OutSheet], int]:
    everyone = store.all(Provider)
    called = {provider.id: provider.name for provider in everyone}
    certificates: dict[int, list[Certificate]] = {}
    for certificate in store.all(Certificate):
        certificates.setdefault(certificate.provider_id, []).append(certificate)
    chosen = _chosen(everyone, ids)
    people = [provider for provider in chosen if provider.kind is ProviderKind.VOLUNTEER]
    firms = [provider for provider in chosen if provider.kind is ProviderKind.ENTERPRISE]
    volunteers = OutSheet(
        name="志愿者",
        title="志愿者名单",
        info=_info(store, count=len(people), unit="位", full=full, today=today),
        columns=lists.VOLUNTEERS,
        rows=[
            _volunteer_row(p, names, called.get(p.enterprise_id or 0, ""), certificates.get(p.id, ()), full=full)
            for p in people
        ],
        frozen_columns=2,
    )
    enterprises = OutSheet(
        name="爱心企业",
        title="爱心企业名单",
        info=_info(store, count=len(firms), unit="家", full=full, today=today),
        columns=lists.ENTERPRISES,
        rows=[_enterprise_row(p, names, certificates.get(p.id, ()), full=full) for p in firms],
        frozen_columns=2,
    )
    return [volunteers, enterprises], len(chosen)


def _skill(skill: Skill, names: _Names) -> str:
    level = lists.SKILL_LEVELS.get(skill.level, "")
    return names.category(skill.category_id) + (f"（{level}）" if level else "")


def _offer(provider: Provider, names: _Names) -> list[Any]:
    return [
        SEPARATOR.join(_skill(skill, names) for skill in provider.skills),
        lists.NO_LIMIT if provider.visits_per_month is None else provider.visits_per_month,
        None if provider.minutes_per_month is None else round(provider.minutes_per_month / MINUTES_AN_HOUR, 4),
        SEPARATOR.join(lists.HALF_DAY_WORDS[half_day] for half_day in provider.half_days),
        *([provider.homes_at_once or None] if provider.kind is ProviderKind.ENTERPRISE else []),
        "" if provider.max_metres is None else f"{provider.max_metres} 米",
        SEPARATOR.join(names.committees.get(area, "") for area in provider.area_committee_ids),
    ]


def _papers(provider: Provider, certificates: Sequence[Certificate], *, full: bool) -> list[Any]:
    held = sorted(certificates, key=lambda certificate: certificate.expires_on or date.max)
    return [
        "；".join(map(_certificate, held)),
        held[0].expires_on if held else None,
        lists.PROVIDER_STATE_WORDS[provider.state],
        provider.notes if full else "",
    ]


def _certificate(certificate: Certificate) -> str:
    """A certificate with its number and last day as the import reads them back."""
    told = [f"编号{certificate.number}"] if certificate.number else []
    if certificate.expires_on is not None:
        told.append(f"有效期至{certificate.expires_on.isoformat()}")
    return f"{certificate.kind}（{'，'.join(told)}）" if told else certificate.kind


def _volunteer_row(
    provider: Provider, names: _Names, enterprise: str, certificates: Sequence[Certificate], *, full: bool
) -> list[Any]:
    return [
        provider.number,
        provider.name if full else masked_name(provider.name),
        enterprise,
        lists.SEX_WORDS[provider.sex],
        _phones(provider.phones, full=full),
        names.committees.get(provider.committee_id or 0, ""),
        names.compounds.get(provider.compound_id or 0, ""),
        *_offer(provider, names),
        SEPARATOR.join(provider.languages),
        *_papers(provider, certificates, full=full),
    ]


def _enterprise_row(provider: Provider, names: _Names, certificates: Sequence[Certificate], *, full: bool) -> list[Any]:
    return [
        provider.number,
        provider.name,
        provider.contact_name if full else masked_name(provider.contact_name),
        _phones(provider.phones, full=full),
        names.committees.get(provider.committee_id or 0, ""),
        names.compounds.get(provider.compound_id or 0, ""),
        *_offer(provider, names),
        SEPARATOR.join(provider.languages),
        *_papers(provider, certificates, full=full),
    ]


# -- needs


def _needs(
    store: Store, names: _Names, *, ids: Collection[int] | None, full: bool, today: date
) -> tuple[list[OutSheet], int]:
    elders = {elder.id: elder for elder in store.all(Elder)}
    providers = {provider.id: provider for provider in store.all(Provider)}
    needs = _chosen(store.all(Need), ids)
    rows = [
        _need_row(need, names, elders[need.elder_id], providers.get(need.claimed_by or 0), full=full, today=today)
        for need in needs
    ]
    sheet = OutSheet(
        name="需求",
        title="需求清单",
        info=_info(store, count=len(rows), unit="条", full=full, today=today),
        columns=lists.NEEDS,
        rows=rows,
        frozen_columns=2,
    )
    categories = tuple(category.name for category in names.categories.values())
    summary = OutSheet(
        name="汇总",
        title="需求汇总",
        info="按“需求”一页自动计算",
        columns=lists.NEEDS_SUMMARY,
        rows=lists.summary_rows(categories, sheet=sheet.name, first_row=4, last_row=max(4, 3 + len(rows))),
        frozen_columns=1,
    )
    return [sheet, summary], len(rows)


def _need_row(
    need: Need, names: _Names, elder: Elder, provider: Provider | None, *, full: bool, today: date
) -> list[Any]:
    rhythm = lists.RHYTHM_WORDS[need.rhythm]
    if need.rhythm is Rhythm.MONTHLY and need.per_month > 1:
        rhythm = f"{rhythm} {need.per_month} 次"
    place = [part for part in (elder.building, elder.unit, elder.room) if part]
    waits = need.state in {NeedState.OPEN, NeedState.CLAIMED}
    category = names.categories[need.category_id]
    who = "" if provider is None else provider.name
    return [
        elder.number,
        elder.name if full else masked_name(elder.name),
        _phones(elder.phones, full=full),
        names.committees.get(elder.committee_id or 0, ""),
        names.compounds.get(elder.compound_id or 0, ""),
        "-".join(place) if full else "",
        category.name,
        need.quantity,
        category.unit,
        rhythm,
        lists.URGENCY_WORDS[need.urgency],
        lists.NEED_STATE_WORDS[need.state],
        need.since,
        (today - need.since).days if waits else None,
        who if full or provider is None or provider.kind != "volunteer" else masked_name(who),
        need.wishes if full else "",
        SEPARATOR.join(lists.HALF_DAY_WORDS[half_day] for half_day in need.half_days),
        "，".join(
            filter(
                None,
                (
                    lists.SEX_WANTED[Sex(need.wants_sex)] if need.wants_sex else "",
                    lists.DIALECT_WANTED if need.wants_dialect else "",
                ),
            )
        ),
    ]


# -- blank sheets to be filled in


class Template(StrEnum):
    """Which blank sheet."""

    SURVEY = "survey"
    VOLUNTEERS = "volunteers"


TEMPLATE_ROWS = 200


def save_template(store: Store, *, what: Template, path: Path) -> None:
    """Write a blank sheet with the office's own services and compounds in its drop-downs. Raises OSError."""
    categories = tuple(c.name for c in store.all(ServiceCategory, order="position") if c.active)
    compounds = tuple(c.name for c in store.all(Compound, order="name") if c.active)
    title, columns, sheet = {
        Template.SURVEY: ("需求排摸表", lists.SURVEY_TEMPLATE, "需求排摸"),
        Template.VOLUNTEERS: ("志愿者登记表", lists.VOLUNTEERS_TEMPLATE, "志愿者"),
    }[what]
    offered = {"服务需求": categories, "可服务项目": categories, "小区": compounds}
    info = "居委会：　　　　　　填报人：　　　　　　填报日期：　　　　　　（带 * 的必填）"
    filled: tuple[OutColumn, ...] = tuple(
        OutColumn(
            title=column.title,
            width=column.width,
            cells=column.cells,
            choices=offered.get(column.title, column.choices),
            wanted=column.wanted,
            hint=_hint(column, categories),
        )
        for column in columns
    )
    save_workbook(
        path,
        [
            OutSheet(
                name=sheet,
                title=title,
                info=info,
                columns=filled,
                rows=(),
                frozen_columns=2,
                blank_rows=TEMPLATE_ROWS,
            )
        ],
        creator=store.who,
    )


def _hint(column: OutColumn, categories: Sequence[str]) -> str:
    if column.title in {"服务需求", "可服务项目"}:
        return f"{column.hint}：{SEPARATOR.join(categories)}"
    return column.hint
