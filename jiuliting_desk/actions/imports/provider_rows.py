"""Rows of volunteers and enterprises: what a row says of them, and what that changes of one who is known."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jiuliting_desk.actions.imports import elder_rows
from jiuliting_desk.actions.imports.provider_terms import Terms
from jiuliting_desk.actions.imports.rows import SheetRow
from jiuliting_desk.actions.imports.snapshot import Places
from jiuliting_desk.model.identity import read_id_number
from jiuliting_desk.model.imports import CertificateRow, FieldChange
from jiuliting_desk.model.known import KnownProvider, Place
from jiuliting_desk.model.providers import ProviderState
from jiuliting_desk.model.text import is_masked_name, tidy_name
from jiuliting_desk.sheets.half_days import read_half_days, words_beside
from jiuliting_desk.sheets.states import provider_state

NO_ENTERPRISE = frozenset({"", "个人", "无", "散户", "社会", "/", "-", "--"})
"""What people write where a volunteer belongs to no enterprise."""

VISITS_PER_MONTH = 4
"""For a new volunteer of whom the sheet does not say it."""


DIALECT = "上海话"

MINUTES_AN_HOUR = 60

FULL_DATE = 10

SEVERAL = "、"
"""Between the kinds of certificates that one word means."""

WRITTEN = {
    "phones": "电话", "id_number": "身份证号", "birth": "出生日期", "sex": "性别", "skills": "会做的项目",
    "certificate_expires": "证书有效期", "joined_on": "加入日期", "capacity_per_month": "每月次数",
    "hours_per_month": "每月小时", "homes_at_once": "要几户一起", "max_metres": "最远", "dialect": "会说上海话",
    "emergency_phone": "紧急联系电话", "emergency_contact": "紧急联系人",
}  # fmt: skip
"""What the notes call the columns of cells that were not taken."""

BESIDE = {
    "health": "健康情况", "allergies": "过敏", "emergency_contact": "紧急联系人",
    "emergency_relation": "紧急联系人关系", "emergency_phone": "紧急联系电话", "likes": "喜好", "wishes": "愿望",
    "phone_note": "电话旁写的",
}  # fmt: skip
"""Fields that a volunteer's record has no place for, as the notes call them."""

_OF_NO_CERTIFICATE = {"certificate_number": "证书编号", "certificate_expires": "证书有效期"}

_BETWEEN_LANGUAGES = re.compile(r"[、,，/;；\s]+")

_SEPARATORS = re.compile(r"[、,，/;；+和及\s]+")


def volunteer_of(
    row: SheetRow,
    places: Places,
    *,
    is_enterprise: bool,
    enterprise: Place,
    category_ids: tuple[int, ...],
    committee: str,
    terms: Terms,
) -> KnownProvider:
    """What a row says of a volunteer, or of an enterprise where it names no person; the id is 0."""
    fields = row.fields
    get = fields.get
    sex = elder_rows.SEX_CODES.get(get("sex") or "", "unknown")
    birth, id_number, id_flag = get("birth") or "", get("id_number") or "", elder_rows.id_flag_of(row)
    if id_number and not id_flag:
        identity = read_id_number(id_number)
        id_number, id_flag = identity.text, identity.problem.value if identity.problem is not None else ""
        if not id_flag:
            birth = birth if len(birth) == 10 else identity.birth
            sex = identity.sex if sex == "unknown" else sex
    home_committee = places.committee(get("committee") or committee)
    is_person = bool(get("name")) and not is_enterprise
    half_days, times = free_times(fields)
    joined_on: str = get("joined_on") or ""
    return KnownProvider(
        0,
        "volunteer" if is_person else "enterprise",
        tidy_name(get("name") or "") if is_person else enterprise_name(fields) or tidy_name(get("name") or ""),
        enterprise if is_person else None,
        get("contact_name") or "",
        sex if is_person else "unknown",
        birth,
        id_number,
        id_flag,
        tuple(get("phones") or ()),
        places.compound(get("compound") or "", home_committee),
        get("address") or "",
        category_ids,
        tuple(
            dict.fromkeys(
                filter(None, (DIALECT if get("dialect") else "", *_BETWEEN_LANGUAGES.split(get("language") or "")))
            )
        ),
        half_days,
        get("capacity_per_month"),
        _minutes(get("hours_per_month")),
        joined_on if len(joined_on) == FULL_DATE else "",
        "；".join(
            filter(
                None,
                (get("notes"), times, *terms.kept, *_without_place(fields), *elder_rows.told_beside(fields, BESIDE)),
            )
        ),
        provider_state(get("state") or "") or ProviderState.ACTIVE,
        terms.homes_at_once,
        terms.max_metres,
        terms.areas,
        home_committee,
    )


def with_written(person: KnownProvider, row: SheetRow, known: KnownProvider | None = None) -> KnownProvider:
    """The volunteer with what stands in cells that could not be taken, in the notes, so that it is not lost.

    Of somebody known only where nothing is known in its place.
    """
    kept = elder_rows.written(row, WRITTEN, known) if row.remarks else ()
    return person._replace(notes="；".join(filter(None, (person.notes, *kept)))) if kept else person


def free_times(fields: Mapping[str, Any]) -> tuple[tuple[int, ...], str]:
    """Free half-days, and the words for them where these say more, to be kept as a note."""
    text = fields.get("available_times") or ""
    half_days = read_half_days(text)
    kept = f"可服务时间：{text}" if text and (half_days is None or words_beside(text)) else ""
    return half_days or (), kept


def _without_place(fields: Mapping[str, Any]) -> list[str]:
    """What a row says of a certificate that it does not name, and of a day that is not told whole."""
    told = elder_rows.told_beside(fields, _OF_NO_CERTIFICATE) if not fields.get("certificate") else []
    joined = fields.get("joined_on") or ""
    if fields.get("state") and provider_state(fields["state"]) is None:
        told.append(f"状态：{fields['state']}")
    return [*told, *([f"加入日期：{joined}"] if joined and len(joined) < FULL_DATE else [])]


def _minutes(hours: Any) -> int | None:
    return round(hours * MINUTES_AN_HOUR) if isinstance(hours, int | float) else None


def enterprise_name(fields: Mapping[str, Any]) -> str:
    """The enterprise that a row names, written as records hold it; "" where it says that there is none."""
    name = tidy_name(fields.get("enterprise") or "")
    return "" if name in NO_ENTERPRISE else name


class CertificateWords:
    """The kinds of certificates that services ask for, and what else they are called."""

    def __init__(self, wanted: Iterable[str], learned: Mapping[str, str]) -> None:
        self.wanted = frozenset(wanted)
        self._learned = learned

    def kinds(self, text: str) -> tuple[str, ...]:
        """The kinds that a cell names; the cell's own words where staff want them so or nobody said."""
        meant = self._learned.get(text)
        if meant is not None:
            return tuple(meant.split(SEVERAL)) if meant else (text,)
        parts = tuple(dict.fromkeys(kind for word in _SEPARATORS.split(text) for kind in self._one(word)))
        return parts if parts and self.wanted.issuperset(parts) else (text,)

    def _one(self, word: str) -> tuple[str, ...]:
        return tuple(self._learned.get(word.strip(), word.strip()).split(SEVERAL))

    def is_asked(self, text: str) -> bool:
        """Whether nobody has said yet which kind a cell means."""
        return text not in self._learned and not self.wanted.issuperset(self.kinds(text))


def certificates_of(fields: Mapping[str, Any], words: CertificateWords) -> tuple[CertificateRow, ...]:
    """The certificates that a row names."""
    text = fields.get("certificate")
    if not text:
        return ()
    number = fields.get("certificate_number") or ""
    until = last_day_of(fields.get("certificate_expires") or "") or None
    told = [(text, number, until)]
    told += [(kind, code, last_day_of(day) or None) for kind, code, day in fields.get("more_certificates") or ()]
    return tuple(dict.fromkeys((kind, code, day) for name, code, day in told for kind in words.kinds(name)))


def last_day_of(text: str) -> str:
    """The last day of a partial ISO date, as ISO text: a certificate "until 2027-05" holds through May."""
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return (date(year + month // 12, month % 12 + 1, 1) - date.resolution).isoformat()
    return text


def merged_provider(old: KnownProvider, new: KnownProvider) -> dict[str, Any]:
    """The values of ``old`` that a row changes: nothing is taken away, numbers and skills are added to."""
    changes: dict[str, Any] = {}
    for name, nothing in (
        ("name", ""),
        ("enterprise", None),
        ("contact_name", ""),
        ("sex", "unknown"),
        ("compound", None),
        ("committee", None),
        ("address", ""),
        ("half_days", ()),
        ("visits_per_month", None),
        ("minutes_per_month", None),
        ("homes_at_once", 0),
        ("max_metres", None),
        ("areas", ()),
    ):
        value = getattr(new, name)
        if name == "contact_name" and old.contact_name and is_masked_name(value):
            continue
        if value != nothing and value != getattr(old, name):
            changes[name] = value
    if new.birth and not old.birth.startswith(new.birth):
        changes["birth"] = new.birth
    if new.id_number and new.id_number != old.id_number and (not old.id_number or (old.id_flag and not new.id_flag)):
        changes["id_number"], changes["id_flag"] = new.id_number, new.id_flag
    for name, first in (("phones", True), ("category_ids", False), ("languages", False)):
        known = getattr(old, name)
        more = tuple([value for value in getattr(new, name) if value not in known])
        if more:
            changes[name] = more + known if first else known + more
    if new.notes and new.notes not in old.notes:
        changes["notes"] = f"{old.notes}；{new.notes}" if old.notes else new.notes
    return changes


def emptied(old: KnownProvider, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The known values that empty cells take away, where staff want them to."""
    changes: dict[str, Any] = {}
    for column, name, nothing in (
        ("phones", "phones", ()),
        ("compound", "compound", None),
        ("skills", "category_ids", ()),
        ("available_times", "half_days", ()),
        ("notes", "notes", ""),
    ):
        if column in fields and not fields[column] and getattr(old, name) != nothing:
            changes[name] = nothing
    return changes


def told(
    old: KnownProvider,
    changes: Mapping[str, Any],
    places: Places,
    enterprises: Mapping[int, str],
    services: Mapping[int, str],
) -> tuple[FieldChange, ...]:
    """The changes as a person reads them: places, enterprises and services have names."""

    def words(name: str, value: Any) -> Any:
        if name == "compound":
            return places.compound_name(value)
        if name == "committee":
            return places.committee_name(value)
        if name == "enterprise":
            return enterprises.get(value, "") if isinstance(value, int) else value or ""
        if name == "category_ids":
            return tuple(services.get(category_id, "") for category_id in value)
        return value

    return tuple(
        FieldChange(name, words(name, getattr(old, name)), words(name, value))
        for name, value in changes.items()
        if name != "id_flag"
    )
