"""Survey rows as people: what a row says of an elder, and what that changes of one who is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jiuliting_desk.actions.imports.rows import SheetRow
from jiuliting_desk.actions.imports.snapshot import Places
from jiuliting_desk.model.elders import ElderState, Living
from jiuliting_desk.model.identity import IdProblem, read_id_number
from jiuliting_desk.model.imports import FieldChange, Note, Remark
from jiuliting_desk.model.known import KnownElder
from jiuliting_desk.model.places import address_text
from jiuliting_desk.sheets.lists import LIVING_WORDS
from jiuliting_desk.sheets.states import elder_state, need_waits

SEX_CODES = {"男": "male", "女": "female", "male": "male", "female": "female"}

LIVING_BY_TAG = {"独居": Living.ALONE.value, "孤寡": Living.NO_KIN.value, "空巢": Living.COUPLE.value}
"""A tag that also tells with whom the elder lives; the first that is there counts."""

ADDED_TO = ("health", "hearing", "language", "likes", "notes")
"""Texts to which a sheet adds; nothing in them is replaced."""

FULL_DATE = 10

ADDRESS = ("compound", "building", "unit", "room")

EMPTIED: tuple[tuple[str, str, Any], ...] = (
    ("sex", "sex", "unknown"),
    ("birth", "birth", ""),
    ("id_number", "id_number", ""),
    ("phones", "phones", ()),
    ("building", "building", ""),
    ("unit", "unit", ""),
    ("room", "room", ""),
    ("tags", "tags", ()),
    ("health", "health", ""),
    ("notes", "notes", ""),
)
"""Columns of a sheet, the value they stand for, and that value where the cell is empty."""


LIVING_CODES = {word: living.value for living, word in LIVING_WORDS.items() if word}

ID_FLAGS = {"id_check_digit": IdProblem.CHECK_DIGIT.value, "id_date": IdProblem.DATE.value}
"""Remarks of the reading with which an identity number is kept as typed, and flagged."""


NOT_TAKEN = frozenset(
    {"phone_wrong", "phone_masked", "id_damaged", "id_masked", "age_unclear", "date_unclear", "sex_unclear",
     "living_unknown", "tag_unknown", "need_unknown", "number_unclear", "tick_unclear",
     "words_beside"}
)  # fmt: skip
"""Remarks with which a cell, or a word of it, was not taken."""
WRITTEN = {
    "phones": "电话", "emergency_phone": "紧急联系电话", "emergency_contact": "紧急联系人", "id_number": "身份证号",
    "birth": "出生日期", "age": "年龄", "sex": "性别", "living": "居住情况", "tags": "类别", "needs": "需求",
    "floor": "楼层", "lift": "电梯", "alone": "独居", "consent": "同意书", "registered_on": "登记日期",
    "quantity": "数量",
}  # fmt: skip
"""What the notes call the columns of cells that were not taken."""
_BESIDE = {"phone_note": "电话旁写的", "provider": "志愿者", "provider_phone": "志愿者电话", "refuses": "不要"}
_HELD = frozenset({"phones", "id_number", "birth"})


def id_flag_of(row: SheetRow) -> str:
    """Why the reading doubts a row's identity number, "" where it does not."""
    return next((ID_FLAGS[remark.code] for remark in row.remarks if remark.code in ID_FLAGS), "")


def elder_of(row: SheetRow, places: Places, *, committee: str, today: date) -> tuple[KnownElder, tuple[Note, ...]]:
    """What a row says of an elder, in the stored words, with remarks; the person's id is 0.

    The reading has cleaned names, phones and numbers already; only what it leaves open is looked at here.
    """
    fields = row.fields
    get = fields.get
    notes: tuple[Note, ...] = ()
    sex = SEX_CODES.get(get("sex") or "", "unknown")
    birth = get("birth") or ""
    id_number = get("id_number") or ""
    id_flag = id_flag_of(row) if row.remarks and id_number else ""
    if id_number and not id_flag and (sex == "unknown" or len(birth) < 10):
        identity = read_id_number(id_number)
        id_number, id_flag = identity.text, identity.problem.value if identity.problem is not None else ""
        if not id_flag:
            birth = birth if len(birth) == 10 else identity.birth
            sex = identity.sex if sex == "unknown" else sex
    if not birth and isinstance(get("age"), int):
        birth = str(today.year - fields["age"])
        notes = (Note(Remark.AGE_ONLY, "birth", birth),)
    if birth > today.isoformat():
        notes, birth = (*notes, Note(Remark.NO_FUTURE, "birth", birth)), ""
    tags = tuple(get("tags") or ())
    living = LIVING_CODES.get(get("living") or "", "")
    if get("alone") and "独居" not in tags:
        tags = (*tags, "独居")
    if not living and tags:
        living = next((LIVING_BY_TAG[tag] for tag in LIVING_BY_TAG if tag in tags), "")
    home_committee = places.committee(get("committee") or committee)
    compound = places.compound(get("compound") or "", home_committee)
    contact = (get("emergency_contact") or "", get("emergency_relation") or "", get("emergency_phone") or "")
    return KnownElder(
        0,
        get("name") or "",
        sex,
        birth,
        id_number,
        id_flag,
        tuple(get("phones") or ()),
        home_committee if home_committee is not None else places.committee_of(compound),
        compound,
        get("building") or "",
        get("unit") or "",
        get("room") or "",
        living or "unknown",
        tags,
        (contact,) if contact[0] or contact[2] else (),
        "；".join(filter(None, (get("health"), get("allergies")))),
        get("hearing") or "",
        get("language") or "",
        get("likes") or "",
        int(floor) if (floor := str(get("floor") or "")).isdecimal() else None,
        get("lift") is False,
        _notes(fields),
        state_of(fields),
    ), notes


def state_of(fields: Mapping[str, Any]) -> str:
    """Whether the row says that somebody is still on the list."""
    state = fields.get("state")
    return (elder_state(state) if state else None) or ElderState.ACTIVE


def _notes(fields: Mapping[str, Any]) -> str:
    """The notes of a row, with what could not be told apart or has no place of its own, so that it is not lost."""
    get = fields.get
    told = [get("notes"), *told_beside(fields, _BESIDE)]
    if address := get("address"):
        told.append(f"住址：{address}")
    if (state := get("state")) and elder_state(state) is None and need_waits(state) is None:
        told.append(f"状态：{state}")
    if (floor := get("floor")) and not str(floor).isdecimal():
        told.append(f"楼层：{floor}")
    if (written_on := get("registered_on")) and len(written_on) < FULL_DATE:
        told.append(f"登记日期：{written_on}")
    if (relation := get("emergency_relation")) and not get("emergency_contact") and not get("emergency_phone"):
        told.append(f"紧急联系人关系：{relation}")
    return "；".join(filter(None, told))


def told_beside(fields: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """What a row says in fields that its record has no place for, with what ``names`` call them."""
    told = [(words, fields.get(name)) for name, words in names.items()]
    return [
        f"{words}：{'、'.join(map(str, value)) if isinstance(value, tuple | list) else value}"
        for words, value in told
        if value not in (None, "", (), [], False)
    ]


def with_written(elder: KnownElder, row: SheetRow, known: KnownElder | None = None) -> KnownElder:
    """The elder with what stands in cells that could not be taken, in the notes, so that it is not lost.

    Of somebody known only where nothing is known in its place.
    """
    kept = written(row, WRITTEN, known)
    return elder._replace(notes="；".join(filter(None, (elder.notes, *kept)))) if kept else elder


def written(
    row: SheetRow, names: Mapping[str, str], known: object | None = None, *, codes: frozenset[str] = NOT_TAKEN
) -> tuple[str, ...]:
    """What stands in cells that could not be taken, each once, with what ``names`` call their columns."""
    kept = []
    for remark in row.remarks:
        field = remark.field.partition("+")[0]
        if remark.code not in codes or field not in names or not remark.text:
            continue
        if known is not None and field in _HELD and getattr(known, field):
            continue
        kept.append(f"表里写的{names[field]}：{' '.join(remark.text.split())}")
    return tuple(dict.fromkeys(kept))


def merged_elder(
    old: KnownElder, new: KnownElder, *, from_age: bool = False
) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """The values of ``old`` that a row changes: nothing is taken away, numbers, tags and notes are added to."""
    changes: dict[str, Any] = {}
    notes: tuple[Note, ...] = ()
    if new.name != old.name and new.name:
        changes["name"] = new.name
    if new.sex != old.sex and new.sex != "unknown":
        changes["sex"] = new.sex
    if new.birth and not old.birth.startswith(new.birth) and not (from_age and old.birth):
        changes["birth"] = new.birth
    if new.id_number and new.id_number != old.id_number:
        if not old.id_number or (old.id_flag and not new.id_flag):
            changes["id_number"], changes["id_flag"] = new.id_number, new.id_flag
        else:
            notes = (Note(Remark.OTHER_ID, "id_number", new.id_number),)
    if new.phones != old.phones:
        more = tuple([number for number in new.phones if number not in old.phones])
        if more:
            changes["phones"] = more + old.phones
    changes |= _moved(old, new)
    if new.committee is not None and new.committee != old.committee:
        changes["committee"] = new.committee
    if new.living not in {"unknown", old.living}:
        changes["living"] = new.living
    if new.tags != old.tags:
        more = tuple([tag for tag in new.tags if tag not in old.tags])
        if more:
            changes["tags"] = old.tags + more
    if new.contacts and new.contacts != old.contacts:
        contacts = _with_contact(old.contacts, new.contacts[0])
        if contacts != old.contacts:
            changes["contacts"] = contacts
    for name in ADDED_TO:
        after = getattr(new, name)
        if after:
            before = getattr(old, name)
            if after not in before:
                changes[name] = f"{before}；{after}" if before else after
    if new.floor is not None and new.floor != old.floor:
        changes["floor"] = new.floor
    if new.without_lift and not old.without_lift:
        changes["without_lift"] = True
    return changes, notes


def _moved(old: KnownElder, new: KnownElder) -> dict[str, Any]:
    """The parts of the address that change; another compound or building leaves no old unit behind."""
    if new.compound is not None and new.compound != old.compound:
        return {name: value for name in ADDRESS if (value := getattr(new, name)) != getattr(old, name)}
    changes: dict[str, Any] = {}
    if new.building and new.building != old.building:
        changes["building"] = new.building
    if new.room and new.room != old.room:
        changes["room"] = new.room
    if new.unit != old.unit and (new.unit or "building" in changes):
        changes["unit"] = new.unit
    return changes


def _with_contact(
    known: tuple[tuple[str, str, str], ...], contact: tuple[str, str, str]
) -> tuple[tuple[str, str, str], ...]:
    name, relation, phone = contact
    for index, (known_name, known_relation, known_phone) in enumerate(known):
        if (name and name == known_name) or (phone and phone == known_phone):
            better = (name or known_name, relation or known_relation, phone or known_phone)
            return (*known[:index], better, *known[index + 1 :])
    return (*known, contact)


def emptied(old: KnownElder, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The known values that empty cells take away, where staff want them to."""
    changes: dict[str, Any] = {}
    for column, name, nothing in EMPTIED:
        if column in fields and not fields[column] and getattr(old, name) != nothing:
            changes[name] = nothing
            if name == "id_number":
                changes["id_flag"] = ""
    return changes


def told(old: KnownElder, changes: Mapping[str, Any], places: Places) -> tuple[FieldChange, ...]:
    """The changes as a person reads them: an address is one thing, places have names."""
    found: list[FieldChange] = []
    after = old._replace(**changes)
    for name, value in changes.items():
        if name in ADDRESS:
            if not any(change.field == "address" for change in found):
                found.append(FieldChange("address", _address(old, places), _address(after, places)))
        elif name == "committee":
            found.append(FieldChange(name, places.committee_name(old.committee), places.committee_name(value)))
        elif name != "id_flag":
            found.append(FieldChange(name, getattr(old, name), value))
    return tuple(found)


def _address(person: KnownElder, places: Places) -> str:
    return address_text(places.compound_name(person.compound), person.building, person.room, person.unit)
