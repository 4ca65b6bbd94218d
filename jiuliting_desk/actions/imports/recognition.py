"""Who is meant by a row: somebody known, an earlier row of the same import, a question, or somebody new.

A person is referred to by one number: a record's id, or below zero for a person who stands only in the sheet.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from jiuliting_desk.model.known import KnownElder, KnownProvider
from jiuliting_desk.model.likeness import Likeness, Traits, likeness
from jiuliting_desk.store.search import full_reading

P = TypeVar("P", KnownElder, KnownProvider)
K = TypeVar("K")
V = TypeVar("V")

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


def _is_numbered(person: KnownElder | KnownProvider) -> bool:
    return bool(person.id_number) and not person.id_flag


class Ways(Generic[P]):
    """The ways to some people, by identity number, name and door in constant time."""

    def __init__(self, people: Iterable[P] = ()) -> None:
        self.entries: list[tuple[int, P]] = []
        self.by_id: dict[str, list[int]] = {}
        self.by_name: dict[str, list[int]] = {}
        """Those without an identity number that counts."""
        self.numbered_by_name: dict[str, list[int]] = {}
        self.by_door: dict[Door, list[tuple[int, str]]] = {}
        """With their names: of those behind a door hardly any sounds like another."""
        for index, person in enumerate(people):
            self.entries.append((person.id, person))
            self.add(index, person)

    def add(self, index: int, person: P) -> None:
        """Let the entry ``index`` be found by what is known of somebody."""
        if _is_numbered(person):
            self.by_id.setdefault(person.id_number, []).append(index)
            self.numbered_by_name.setdefault(person.name, []).append(index)
        else:
            self.by_name.setdefault(person.name, []).append(index)
        if isinstance(person, KnownElder) and person.room and person.compound is not None:
            self.by_door.setdefault((person.compound, person.building, person.room), []).append((index, person.name))


def _both(known: Mapping[K, list[V]], met: Mapping[K, list[V]], key: K) -> list[V]:
    """What both have under a key; those known came first."""
    found, more = known.get(key), met.get(key)
    return found + more if found and more else found or more or []


class People(Generic[P]):
    """Everybody known, and everybody met since: ``known`` is looked up and never changed, so that plans share it."""

    def __init__(self, compare: Callable[[P, P], Likeness | None], known: Ways[P]) -> None:
        self._compare: Callable[[P, P], Likeness | None] = compare
        self._known: Ways[P] = known
        self._met: Ways[P] = Ways()
        self._entries: list[tuple[int, P]] = list(known.entries)
        self.states: dict[int, P] = dict(known.entries)

    def add(self, ref: int, person: P) -> None:
        """Let ``ref`` be found by what is known of them now."""
        self._met.add(len(self._entries), person)
        self._entries.append((ref, person))
        self.states[ref] = person

    def _with_name(self, person: P) -> list[int]:
        """The namesakes that a person may be, in the order in which they came.

        Of elders with an identity number each, which was looked up already, none is like another.
        """
        found = _both(self._known.by_name, self._met.by_name, person.name)
        if isinstance(person, KnownElder) and _is_numbered(person):
            return found
        return sorted(found + _both(self._known.numbered_by_name, self._met.numbered_by_name, person.name))

    def _candidates(self, person: P) -> Iterator[int]:
        yield from self._with_name(person)
        if isinstance(person, KnownElder) and person.room:
            door = (person.compound, person.building, person.room)
            neighbours = _both(self._known.by_door, self._met.by_door, door)
            if neighbours:
                name, length, sound = person.name, len(person.name), _sound(person.name)
                for index, other in neighbours:
                    # Namesakes came by their name already; names that sound alike have as many signs.
                    if other != name and len(other) == length and _sound(other) == sound:
                        yield index

    def recognise(self, person: P) -> Recognition:
        """Whom a row means, by the rules of likeness."""
        if _is_numbered(person):
            found_by_id = _both(self._known.by_id, self._met.by_id, person.id_number)
            same = {self._entries[index][0] for index in found_by_id}
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
