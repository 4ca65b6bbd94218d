"""Rows of volunteers and enterprises: what a row says of them, and what that changes of one who is known."""

from collections.abc import Mapping
from typing import Any

from jiuliting_desk.actions.imports.elder_rows import SEX_CODES
from jiuliting_desk.actions.imports.snapshot import Places
from jiuliting_desk.model.identity import read_id_number
from jiuliting_desk.model.imports import CertificateRow, FieldChange
from jiuliting_desk.model.known import KnownProvider, Place
from jiuliting_desk.model.text import tidy_name

NO_ENTERPRISE = frozenset({"", "个人", "无", "散户", "社会", "/", "-", "--"})
"""What people write where a volunteer belongs to no enterprise."""

VISITS_PER_MONTH = 4
"""For a new volunteer of whom the sheet does not say it."""


def volunteer_of(
    fields: Mapping[str, Any], places: Places, *, enterprise: Place, category_ids: tuple[int, ...], committee: str
) -> KnownProvider:
    """What a row says of a volunteer, or of an enterprise where it names no person; the id is 0."""
    get = fields.get
    sex = SEX_CODES.get(get("sex") or "", "unknown")
    birth, id_number, id_flag = get("birth") or "", get("id_number") or "", get("id_flag") or ""
    if id_number and not id_flag:
        identity = read_id_number(id_number)
        id_number, id_flag = identity.text, identity.problem.value if identity.problem is not None else ""
        if not id_flag:
            birth = birth if len(birth) == 10 else identity.birth
            sex = identity.sex if sex == "unknown" else sex
    is_person = bool(get("name")) and get("provider_kind") != "enterprise"
    return KnownProvider(
        0,
        "volunteer" if is_person else "enterprise",
        tidy_name(get("name") or "") or enterprise_name(fields),
        enterprise if is_person else None,
        get("contact_name") or "",
        sex if is_person else "unknown",
        birth,
        id_number,
        id_flag,
        tuple(get("phones") or ()),
        places.compound(get("compound") or "", places.committee(get("committee") or committee)),
        get("address") or "",
        category_ids,
        tuple(get("languages") or ()),
        tuple(get("half_days") or ()),
        get("capacity_per_month"),
        get("notes") or "",
        "active",
    )


def enterprise_name(fields: Mapping[str, Any]) -> str:
    """The enterprise that a row names, written as records hold it; "" where it says that there is none."""
    name = tidy_name(fields.get("enterprise") or "")
    return "" if name in NO_ENTERPRISE else name


def certificates_of(fields: Mapping[str, Any]) -> tuple[CertificateRow, ...]:
    """The certificates that a row names."""
    kind = fields.get("certificate")
    if not kind:
        return ()
    return ((kind, fields.get("certificate_number") or "", fields.get("certificate_until") or None),)


def merged_provider(old: KnownProvider, new: KnownProvider) -> dict[str, Any]:
    """The values of ``old`` that a row changes: nothing is taken away, numbers and skills are added to."""
    changes: dict[str, Any] = {}
    for name, nothing in (
        ("name", ""),
        ("enterprise", None),
        ("contact_name", ""),
        ("sex", "unknown"),
        ("compound", None),
        ("address", ""),
        ("half_days", ()),
        ("visits_per_month", None),
    ):
        value = getattr(new, name)
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
        ("languages", "languages", ()),
        ("half_days", "half_days", ()),
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
