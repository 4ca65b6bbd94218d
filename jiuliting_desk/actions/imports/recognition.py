"""Who is meant by a row: somebody known, an earlier row of the same import, a question, or somebody new.

A person is referred to by one number: a record's id, or below zero for a person who stands only in the sheet.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from jiuliting_desk.model.known import KnownElder, KnownProvider
from jiuliting_desk.model.likeness import Likeness, Traits, likeness
from jiuliting_desk.store.search import full_reading

P = TypeVar("P", KnownElder, KnownProvider)

Door = tuple[object, str, str]
"""Compound, building, room."""


@lru_cache(maxsize=50_000)
def _sound(name: str) -> str:
    return full_reading(name)


@dataclass(frozen=True, slots=True)
class Recognition:
    """``person`` where it is settled who is meant; ``maybe`` who it may be, the surest first."""

    person: int | None = None
    why: str = ""
    maybe: tuple[tuple[int, str], ...] = ()


NOBODY = Recognition()

_ORDER = {how: place for place, how in enumerate(Likeness)}


class People(Generic[P]):
    """Everybody known so far, found by identity number, name and door in constant time."""

    def __init__(self, compare: Callable[[P, P], Likeness | None], known: Iterable[P] = ()) -> None:
        self._compare: Callable[[P, P], Likeness | None] = compare
        self._by_id: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_door: dict[Door, list[int]] = {}
        self._entries: list[tuple[int, P]] = []
        self.states: dict[int, P] = {}
        for person in known:
            self.add(person.id, person)

    def add(self, ref: int, person: P) -> None:
        """Let ``ref`` be found by what is known of them now."""
        index = len(self._entries)
        self._entries.append((ref, person))
        self.states[ref] = person
        if person.id_number and not person.id_flag:
            self._by_id.setdefault(person.id_number, []).append(index)
        self._by_name.setdefault(person.name, []).append(index)
        if isinstance(person, KnownElder) and person.room and person.compound is not None:
            self._by_door.setdefault((person.compound, person.building, person.room), []).append(index)

    def _candidates(self, person: P) -> Iterator[int]:
        yield from self._by_name.get(person.name, ())
        if isinstance(person, KnownElder) and person.room:
            name, length = person.name, len(person.name)
            for index in self._by_door.get((person.compound, person.building, person.room), ()):
                other = self._entries[index][1].name
                # Namesakes came by their name already; names that sound alike have as many signs.
                if other != name and len(other) == length and _sound(other) == _sound(name):
                    yield index

    def recognise(self, person: P) -> Recognition:
        """Whom a row means, by the rules of likeness."""
        if person.id_number and not person.id_flag:
            same = {self._entries[index][0] for index in self._by_id.get(person.id_number, ())}
            if len(same) == 1:
                return Recognition(person=same.pop(), why=Likeness.SAME_ID)
            if same:
                return Recognition(maybe=tuple((ref, Likeness.SAME_ID.value) for ref in sorted(same)))
        found: dict[int, list[Likeness]] = {}
        for index in self._candidates(person):
            ref, other = self._entries[index]
            how = self._compare(person, other)
            if how is not None and (how.is_same_person or how.is_question):
                found.setdefault(ref, []).append(how)
        if not found:
            return NOBODY
        best = {ref: min(reasons, key=_ORDER.__getitem__) for ref, reasons in found.items()}
        settled = [ref for ref, how in best.items() if how.is_same_person]
        if len(settled) == 1:
            return Recognition(person=settled[0], why=best[settled[0]].value)
        asked = settled or list(best)
        return Recognition(
            maybe=tuple((ref, best[ref].value) for ref in sorted(asked, key=lambda ref: _ORDER[best[ref]]))
        )


# -- elders


def compare_elders(one: KnownElder, other: KnownElder) -> Likeness | None:
    """The likeness of a row and somebody known, homophones at one door included."""
    sounds = one.name != other.name
    if not sounds and not one.id_flag and not other.id_flag and "" != one.id_number != other.id_number != "":
        # What the rules say of two numbers that differ; most namesakes end here, before any look at the rest.
        return Likeness.SAME_NAME
    return likeness(_traits(one, sounds), _traits(other, sounds))


def _traits(person: KnownElder, sounds: bool) -> Traits:
    return Traits(
        name=person.name,
        sound=_sound(person.name) if sounds else "",
        id_number="" if person.id_flag else person.id_number,
        phones=frozenset(person.phones),
        birth=person.birth,
        compound_id=person.compound,  # type: ignore[arg-type]
        building=person.building,
        unit=person.unit,
        room=person.room,
    )


# -- volunteers and enterprises


def compare_providers(one: KnownProvider, other: KnownProvider) -> Likeness | None:
    """The likeness of two providers of one kind with the same name: an enterprise is known by its name alone."""
    if one.kind != other.kind:
        return None
    if one.kind == "enterprise":
        return Likeness.SAME_NAME_AND_ADDRESS
    if one.id_number and other.id_number and not one.id_flag and not other.id_flag:
        return Likeness.SAME_NAME
    if set(one.phones) & set(other.phones):
        return Likeness.SAME_NAME_AND_PHONE
    together = one.enterprise == other.enterprise and (one.enterprise is not None or one.compound == other.compound)
    if together and not (one.phones and other.phones):
        return Likeness.SAME_NAME_AND_ADDRESS
    if (one.birth and one.birth == other.birth) or (together and one.compound == other.compound):
        return Likeness.SAME_NAME_AND_BIRTH
    return Likeness.SAME_NAME
