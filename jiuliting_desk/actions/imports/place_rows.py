"""Rows of compounds and committees, each against the places that are known."""

import re
from typing import Any

from jiuliting_desk.actions.imports.rows import SheetRow, refused_row
from jiuliting_desk.actions.imports.snapshot import Places, Snapshot
from jiuliting_desk.model.elders import checked_phone
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.imports import Choices, FieldChange, Note, Outcome, PlannedRow, Remark, RowKey
from jiuliting_desk.model.known import KnownPlace, Place
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.text import half_width, tidy_name

KIND = "places"

_BETWEEN = re.compile(r"[、,，/;；\s]+")

BESIDE = {"address": "地址", "phone_note": "电话旁写的"}
"""Fields that the record of a compound has no place for, as its notes call them."""

CHANGED = ("committee", "aliases", "longitude", "latitude", "notes")
"""What a row may change of a known compound."""


class PlaceRows:
    """One pass over the rows of places of an import."""

    def __init__(self, snapshot: Snapshot, places: Places, choices: Choices) -> None:
        self._places = places
        self._choices = choices
        self._compounds: dict[str, KnownPlace] = {}
        for compound in snapshot.compounds:
            known = _known(compound)
            self._compounds.update(dict.fromkeys(map(tidy_name, (*compound.aliases, compound.name)), known))
        self._phones: dict[Place, str] = {c.id: c.phone for c in snapshot.committees}
        self._phoned: set[Place] = set()
        """Committees whose phone an earlier row has told: what compounds below one say otherwise does not move it."""
        self._cadres: dict[tuple[Place, str], str] = {(c.committee_id, c.name): c.phone for c in snapshot.cadres}
        self._told_of: set[tuple[Place, str]] = set()
        self._next_ref = -1

    def plan(self, key: RowKey, row: SheetRow, committee: str) -> PlannedRow:
        """What becomes of one row."""
        if row.refused or key in self._choices.left_out:
            return refused_row(key, row, KIND)
        told, notes = self._told(row, committee)
        if not told.name and told.committee is None:
            return refused_row(key, row, KIND, (*notes, Note(Remark.NO_PLACE)))
        known = self._compounds.get(told.name) if told.name else None
        kept = self._choices.kept.get(key, frozenset())
        of_committee = [change for change in self._of_committee(told) if change.field not in kept]
        changed = {change.field for change in of_committee}
        told = told._replace(
            phone=told.phone if "committee_phone" in changed else "",
            cadre=told.cadre if changed & {"cadre", "cadre_phone"} else "",
            cadre_phone=told.cadre_phone if changed & {"cadre", "cadre_phone"} else "",
        )
        if told.name and known is None:
            ref = self._next_ref
            self._next_ref -= 1
            told = told._replace(id=ref)
            self._compounds.update(dict.fromkeys((*told.aliases, told.name), told))
            self._places.new_compounds[told.name] = self._places.committee_name(told.committee)
            return self._row(key, row, Outcome.NEW, told, notes, ())
        changes: dict[str, Any] = {}
        if known is not None:
            changes = {name: value for name, value in _merged(known, told).items() if name not in kept}
        shown = tuple(
            FieldChange(name, self._shown(name, getattr(known, name)), self._shown(name, value))
            for name, value in changes.items()
        )
        state = told
        if known is not None:
            state = known._replace(**changes)
            state = state._replace(phone=told.phone, cadre=told.cadre, cadre_phone=told.cadre_phone)
        if known is not None:
            self._compounds.update(dict.fromkeys(map(tidy_name, (*state.aliases, state.name)), state))
        is_new = known is None and isinstance(told.committee, str)
        outcome = Outcome.NEW if is_new else Outcome.CHANGED if shown or of_committee else Outcome.SAME
        return self._row(key, row, outcome, state, notes, (*shown, *of_committee))

    def _row(
        self,
        key: RowKey,
        row: SheetRow,
        outcome: Outcome,
        place: KnownPlace,
        notes: tuple[Note, ...],
        changes: tuple[FieldChange, ...],
    ) -> PlannedRow:
        if outcome is not Outcome.SAME and place.committee is not None:
            self._phones[place.committee] = place.phone or self._phones.get(place.committee, "")
            if place.cadre:
                self._cadres[place.committee, place.cadre] = place.cadre_phone
        return PlannedRow(key, row.row, KIND, outcome, row.fields, row.remarks, notes, place.id, place, changes)

    def _told(self, row: SheetRow, committee: str) -> tuple[KnownPlace, tuple[Note, ...]]:
        get = row.fields.get
        notes: tuple[Note, ...] = ()
        wrong = ""
        longitude, latitude = _degrees(get("longitude")), _degrees(get("latitude"))
        if longitude is None or latitude is None or abs(longitude) > 180 or abs(latitude) > 90:
            wrong = " ".join(str(get(name)) for name in ("longitude", "latitude") if get(name))
            notes = (Note(Remark.BAD_POSITION, "longitude", wrong),) if wrong else ()
            longitude = latitude = None
        beside = [f"{words}：{get(field)}" for field, words in BESIDE.items() if get(field)]
        if notes:
            beside.append(f"经纬度：{wrong}")
        households = str(get("households") or "").strip()
        count = f"{households} 户" if households.isdecimal() else households
        name = tidy_name(str(get("compound") or ""))
        aliases = (tidy_name(word) for word in _BETWEEN.split(str(get("aliases") or "")))
        told = KnownPlace(
            0,
            name,
            self._places.committee(tidy_name(str(get("committee") or committee))),
            tuple(dict.fromkeys(alias for alias in aliases if alias and alias != name)),
            longitude,
            latitude,
            "；".join(filter(None, (count, str(get("notes") or ""), *beside))) if name else "",
            next(filter(None, map(_phone, get("phones") or ())), ""),
            tidy_name(str(get("contact_name") or "")),
            _phone(str(get("cadre_phone") or "")),
        )
        return told, notes

    def _of_committee(self, told: KnownPlace) -> list[FieldChange]:
        """What a row changes of the committee: its phone, and a cadre who is not known yet."""
        changes: list[FieldChange] = []
        if told.committee is None:
            return changes
        phone = self._phones.get(told.committee, "")
        if told.phone and told.phone != phone and told.committee not in self._phoned:
            changes.append(FieldChange("committee_phone", phone, told.phone))
        if told.phone:
            self._phoned.add(told.committee)
        who = (told.committee, told.cadre)
        if told.cadre and who not in self._cadres:
            changes.append(FieldChange("cadre", "", told.cadre))
        elif told.cadre and told.cadre_phone not in {"", self._cadres[who]} and who not in self._told_of:
            changes.append(FieldChange("cadre_phone", self._cadres[who], told.cadre_phone))
        if told.cadre_phone:
            self._told_of.add(who)
        return changes

    def _shown(self, name: str, value: Any) -> Any:
        return self._places.committee_name(value) if name == "committee" else value


def _known(compound: Compound) -> KnownPlace:
    return KnownPlace(
        compound.id, compound.name, compound.committee_id, compound.aliases, compound.longitude, compound.latitude,
        compound.notes, "", "",
    )  # fmt: skip


def _merged(old: KnownPlace, new: KnownPlace) -> dict[str, Any]:
    """The values of a known compound that a row changes; other names and notes are added to."""
    changes: dict[str, Any] = {}
    if new.committee is not None and new.committee != old.committee:
        changes["committee"] = new.committee
    told = {tidy_name(word) for word in (old.name, *old.aliases)}
    more = tuple(word for word in (new.name, *new.aliases) if word not in told)
    if more:
        changes["aliases"] = old.aliases + more
    for name in ("longitude", "latitude"):
        if getattr(new, name) is not None and getattr(new, name) != getattr(old, name):
            changes[name] = getattr(new, name)
    if new.notes and new.notes not in old.notes:
        changes["notes"] = f"{old.notes}；{new.notes}" if old.notes else new.notes
    return changes


def _degrees(value: Any) -> float | None:
    try:
        return float(half_width(str(value)).strip().rstrip("°EN东经北纬度"))
    except ValueError:
        return None


def _phone(text: str) -> str:
    try:
        return checked_phone(text, field="phone")
    except UserError:
        # The reading has remarked on it already.
        return ""
