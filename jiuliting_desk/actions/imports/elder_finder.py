"""Which elder of the list a row of visits or calls means; in doubt a person says it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiuliting_desk.actions.imports import elder_rows
from jiuliting_desk.actions.imports.recognition import People
from jiuliting_desk.actions.imports.rows import SheetRow
from jiuliting_desk.actions.imports.snapshot import Places, Snapshot
from jiuliting_desk.model.imports import Candidate, Choices, Decision, Note, Remark, RowKey
from jiuliting_desk.model.known import KnownElder, Place
from jiuliting_desk.model.likeness import Likeness

MOST = 5
"""People offered for one row."""


@dataclass(frozen=True, slots=True)
class Meant:
    """``elder`` where it is settled, else whom it may be; neither where nobody fits or staff said that it is nobody."""

    elder: KnownElder | None = None
    ref: int = 0
    """The elder's id, below zero for one who comes in with the same workbook."""
    candidates: tuple[Candidate, ...] = ()
    notes: tuple[Note, ...] = ()


class ElderFinder:
    """Everybody on the list or in the same workbook, by what rows of visits and calls say of people."""

    def __init__(self, people: People[KnownElder], snapshot: Snapshot, choices: Choices, today: date) -> None:
        self._people = people
        # Its own: a place that is only named in a visit of earlier years is not made.
        self._places = Places(snapshot)
        self._choices = choices
        self._today = today
        self._by_name: dict[str, list[int]] = {}
        self._by_phone: dict[str, list[int]] = {}
        for ref, elder in people.states.items():
            self._by_name.setdefault(elder.name, []).append(ref)
            for number in dict.fromkeys((*elder.phones, *(phone for _, _, phone in elder.contacts if phone))):
                self._by_phone.setdefault(number, []).append(ref)
        self._settled: dict[tuple[Any, ...], tuple[Decision, int]] = {}

    def meant(self, key: RowKey, row: SheetRow, committee: str) -> Meant:
        """Whom a row means; what staff decided of one row holds for later rows that say the same."""
        told, _ = elder_rows.elder_of(row, self._places, committee=committee, today=self._today)
        identity = (told.name, told.id_number, told.phones, told.compound, told.building, told.room)
        decision, candidate = self._choices.decisions.get(key, (None, None))
        if decision is not None and decision is not Decision.LATER:
            self._settled[identity] = (decision, candidate.record_id if candidate is not None else 0)
        settled = self._settled.get(identity)
        if settled is not None:
            return self._settled_as(settled[1])
        found = self._people.recognise(told)
        if found.person is not None:
            return self._settled_as(found.person)
        if found.maybe:
            return Meant(candidates=tuple(Candidate(ref, why) for ref, why in found.maybe[:MOST] if ref > 0))
        return self._by_less(told)

    def _settled_as(self, ref: int) -> Meant:
        return Meant(elder=self._people.states.get(ref), ref=ref)

    def _by_less(self, told: KnownElder) -> Meant:
        """By the name alone, or by the number alone."""
        namesakes = self._by_name.get(told.name, [])
        fitting = [ref for ref in namesakes if not _differ(told, self._people.states[ref])]
        if len(fitting) == 1:
            return replace(self._settled_as(fitting[0]), notes=(Note(Remark.NAME_ONLY, "name", told.name),))
        if namesakes:
            return Meant(candidates=_candidates(fitting or namesakes))
        return Meant(candidates=_candidates(self._with_phone(told.phones)))

    def _with_phone(self, numbers: tuple[str, ...]) -> list[int]:
        return list(dict.fromkeys(ref for number in numbers for ref in self._by_phone.get(number, ())))

    def of_phone(self, numbers: tuple[str, ...]) -> Meant:
        """The one elder with one of these numbers, their own or a contact's; nobody for none or several."""
        found = self._with_phone(numbers)
        return self._settled_as(found[0]) if len(found) == 1 else Meant()

    def place_of(self, row: SheetRow, committee: str, elder: KnownElder) -> tuple[Place, Place]:
        """Committee and compound that a row names and that are known; otherwise where the elder lives now."""
        told = self._places.known_compound(row.fields.get("compound") or "")
        home = self._places.known_committee(row.fields.get("committee") or committee)
        compound = elder.compound if told is None else told
        if home is None:
            home = self._places.committee_of(compound)
        return elder.committee if home is None else home, compound


def _candidates(refs: list[int]) -> tuple[Candidate, ...]:
    return tuple(Candidate(ref, Likeness.SAME_NAME.value) for ref in refs[:MOST] if ref > 0)


def _differ(told: KnownElder, elder: KnownElder) -> bool:
    """Whether what a row says besides the name speaks against somebody."""
    pairs = (
        (told.compound, elder.compound),
        (told.building, elder.building),
        (told.room, elder.room),
        (told.sex if told.sex != "unknown" else "", elder.sex if elder.sex != "unknown" else ""),
        (told.birth[:4], elder.birth[:4]),
        ("" if told.id_flag else told.id_number, "" if elder.id_flag else elder.id_number),
    )
    return any(one and other and one != other for one, other in pairs) or bool(
        told.phones and elder.phones and not set(told.phones) & set(elder.phones)
    )
