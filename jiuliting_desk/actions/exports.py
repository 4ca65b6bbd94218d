"""Lists that leave the house as workbooks: masked unless asked, and noted in the history when not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from jiuliting_desk.actions.disclosures import note_list_given_out
from jiuliting_desk.actions.list_cells import (
    SEPARATOR,
    Names,
    chosen,
    door,
    info_line,
    phones,
    provider_name,
    rhythm_words,
)
from jiuliting_desk.actions.pairing_lists import pairing_sheets
from jiuliting_desk.model.elders import Elder, ElderState, Sex
from jiuliting_desk.model.errors import ReasonWanted
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, Refusal, Skill
from jiuliting_desk.model.text import masked_id, masked_name, masked_phone
from jiuliting_desk.sheets import lists
from jiuliting_desk.sheets.writing import OutSheet, save_workbook
from jiuliting_desk.store import Store

MINUTES_AN_HOUR = 60


class Exported(StrEnum):
    """Which list."""

    ELDERS = "elders"
    VOLUNTEERS = "volunteers"
    NEEDS = "needs"
    PAIRINGS = "pairings"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written, and where."""

    path: Path
    what: Exported
    rows: int
    masked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingOut:
    """Where a list goes: masked, or in full with a reason."""

    path: Path
    full: bool = False
    reason: str = ""
    to_whom: str = ""
    password: str = ""


def export_list(
    store: Store,
    *,
    what: Exported,
    going: GoingOut,
    today: date,
    ids: Collection[int] | None = None,
) -> ExportReport:
    """Write a list: all of it, or the records of ``ids``; of pairings those of the elders of ``ids``.

    Names, phones and identity numbers are masked and addresses end at the compound; in full they are not,
    which needs a reason. Raises ReasonWanted and OSError, with nothing written.
    """
    make = {
        Exported.ELDERS: _elders,
        Exported.VOLUNTEERS: _volunteers,
        Exported.NEEDS: _needs,
        Exported.PAIRINGS: pairing_sheets,
    }[what]
    return give_out(store, what, going, partial(make, ids=ids, today=today))


class Sheets(Protocol):
    """Makes the sheets of a list, masked or in full; gives with them how many lines they have."""

    def __call__(self, store: Store, names: Names, *, full: bool) -> tuple[list[OutSheet], int]: ...


def give_out(store: Store, what: Exported, going: GoingOut, make: Sheets) -> ExportReport:
    """Write the sheets that ``make`` makes. Raises ReasonWanted and OSError, with nothing written."""
    if going.full and not going.reason.strip():
        raise ReasonWanted(field="reason", rules=("full_export",))
    sheets, count = make(store, Names(store), full=going.full)
    if going.full:
        # Noted before the file is there: a list that is out is never missing from the log.
        note_list_given_out(store, people=count, why=going.reason.strip(), to_whom=going.to_whom.strip())
    save_workbook(going.path, sheets, password=going.password, creator=store.who)
    return ExportReport(path=going.path, what=what, rows=count, masked=not going.full)


# -- elders


def _elders(
    store: Store, names: Names, *, ids: Collection[int] | None, full: bool, today: date
) -> tuple[list[OutSheet], int]:
    wanted: dict[int, list[str]] = {}
    for need in store.where(Need, state=[NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED]):
        wanted.setdefault(need.elder_id, []).append(names.category(need.category_id))
    elders = chosen(store.all(Elder), ids)
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
        info=info_line(store, count=len(rows), unit="位", full=full, today=today),
        columns=lists.ELDERS,
        rows=rows,
        frozen_columns=2,
    )
    return [sheet, *([_places(store, names)] if full else [])], len(rows)


def _places(store: Store, names: Names) -> OutSheet:
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
    elder: Elder, names: Names, wanted: Sequence[str], refused: Sequence[str], *, full: bool, today: date
) -> list[Any]:
    contact = elder.contacts[0] if elder.contacts else None
    return [
        elder.number,
        elder.name if full else masked_name(elder.name),
        lists.SEX_WORDS[elder.sex],
        elder.birth if full else elder.birth[:4],
        elder.age_on(today),
        elder.id_number if full else masked_id(elder.id_number),
        phones(elder.phones, full=full),
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
    store: Store, names: Names, *, ids: Collection[int] | None, full: bool, today: date
) -> tuple[list[OutSheet], int]:
    everyone = store.all(Provider)
    called = {provider.id: provider.name for provider in everyone}
    certificates: dict[int, list[Certificate]] = {}
    for certificate in store.all(Certificate):
        certificates.setdefault(certificate.provider_id, []).append(certificate)
    wanted = chosen(everyone, ids)
    people = [provider for provider in wanted if provider.kind is ProviderKind.VOLUNTEER]
    firms = [provider for provider in wanted if provider.kind is ProviderKind.ENTERPRISE]
    volunteers = OutSheet(
        name="志愿者",
        title="志愿者名单",
        info=info_line(store, count=len(people), unit="位", full=full, today=today),
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
        info=info_line(store, count=len(firms), unit="家", full=full, today=today),
        columns=lists.ENTERPRISES,
        rows=[_enterprise_row(p, names, certificates.get(p.id, ()), full=full) for p in firms],
        frozen_columns=2,
    )
    return [volunteers, enterprises], len(wanted)


def _skill(skill: Skill, names: Names) -> str:
    level = lists.SKILL_LEVELS.get(skill.level, "")
    return names.category(skill.category_id) + (f"（{level}）" if level else "")


def _offer(provider: Provider, names: Names) -> list[Any]:
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
        "；".join(_certificate(certificate, full=full) for certificate in held),
        held[0].expires_on if held else None,
        lists.PROVIDER_STATE_WORDS[provider.state],
        provider.notes if full else "",
    ]


def _certificate(certificate: Certificate, *, full: bool) -> str:
    """A certificate with its number and last day as the import reads them back.

    Its number may be an identity number with a letter before it, so that it is told in full only.
    """
    told = [f"编号{certificate.number}"] if certificate.number and full else []
    if certificate.expires_on is not None:
        told.append(f"有效期至{certificate.expires_on.isoformat()}")
    return f"{certificate.kind}（{'，'.join(told)}）" if told else certificate.kind


def _volunteer_row(
    provider: Provider, names: Names, enterprise: str, certificates: Sequence[Certificate], *, full: bool
) -> list[Any]:
    return [
        provider.number,
        provider_name(provider, full=full),
        enterprise,
        lists.SEX_WORDS[provider.sex],
        phones(provider.phones, full=full),
        names.committees.get(provider.committee_id or 0, ""),
        names.compounds.get(provider.compound_id or 0, ""),
        *_offer(provider, names),
        SEPARATOR.join(provider.languages),
        *_papers(provider, certificates, full=full),
    ]


def _enterprise_row(provider: Provider, names: Names, certificates: Sequence[Certificate], *, full: bool) -> list[Any]:
    return [
        provider.number,
        provider.name,
        provider.contact_name if full else masked_name(provider.contact_name),
        phones(provider.phones, full=full),
        names.committees.get(provider.committee_id or 0, ""),
        names.compounds.get(provider.compound_id or 0, ""),
        *_offer(provider, names),
        SEPARATOR.join(provider.languages),
        *_papers(provider, certificates, full=full),
    ]


# -- needs


def _needs(
    store: Store, names: Names, *, ids: Collection[int] | None, full: bool, today: date
) -> tuple[list[OutSheet], int]:
    elders = {elder.id: elder for elder in store.all(Elder)}
    providers = {provider.id: provider for provider in store.all(Provider)}
    needs = chosen(store.all(Need), ids)
    rows = [
        _need_row(need, names, elders[need.elder_id], providers.get(need.claimed_by or 0), full=full, today=today)
        for need in needs
    ]
    sheet = OutSheet(
        name="需求",
        title="需求清单",
        info=info_line(store, count=len(rows), unit="条", full=full, today=today),
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


def _need_state(need: Need, elder: Elder) -> str:
    if need.state is NeedState.OPEN and elder.state is ElderState.PAUSED:
        return lists.NEED_RESTS
    if need.stands_in_for is not None and need.state not in {NeedState.SERVED, NeedState.CLOSED}:
        return lists.NEED_STANDS_IN
    return lists.NEED_STATE_WORDS[need.state]


def _need_row(
    need: Need, names: Names, elder: Elder, provider: Provider | None, *, full: bool, today: date
) -> list[Any]:
    waits = need.state in {NeedState.OPEN, NeedState.CLAIMED}
    category = names.categories[need.category_id]
    return [
        elder.number,
        elder.name if full else masked_name(elder.name),
        phones(elder.phones, full=full),
        names.committees.get(elder.committee_id or 0, ""),
        names.compounds.get(elder.compound_id or 0, ""),
        door(elder) if full else "",
        category.name,
        need.quantity,
        category.unit,
        rhythm_words(need.rhythm, need.per_month),
        lists.URGENCY_WORDS[need.urgency],
        _need_state(need, elder),
        need.since,
        (today - need.since).days if waits else None,
        "" if provider is None else provider_name(provider, full=full),
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
