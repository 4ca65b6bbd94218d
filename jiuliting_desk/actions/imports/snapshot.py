"""What the file holds at the moment a plan is made: everything that a plan compares with, read once."""

from collections.abc import Mapping
from dataclasses import dataclass

from jiuliting_desk.actions.imports.memory import collector_resting
from jiuliting_desk.actions.imports.papers import Papers, take_papers
from jiuliting_desk.actions.imports.recognition import Ways
from jiuliting_desk.model.asked import Asked
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.known import KnownElder, KnownFigure, KnownProvider, NeedTerms
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.text import tidy_name
from jiuliting_desk.store import Store, people


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Visits of some days, and all calls, as few values as tell them apart."""

    visits: Mapping[people.VisitKey, frozenset[int]]
    """Who went, by elder, day and service."""
    calls: frozenset[people.CallKey]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """People, places and services as they are known; plain data that may cross threads."""

    elders: tuple[KnownElder, ...]
    ways: Ways[KnownElder]
    """The ways to these elders, made while the sheet is still being read; every plan goes them."""
    providers: tuple[KnownProvider, ...]
    waiting: Mapping[tuple[int, int], tuple[int, NeedTerms]]
    """Every need that waits or is booked by elder and category: its id and how it is wanted."""
    certificates: frozenset[tuple[int, str, str, str | None]]
    refusals: frozenset[tuple[int, int]]
    """Elder and provider, of those whom the elder will not have."""
    coming: frozenset[tuple[int, int]]
    """Elder and provider, of those who are paired with the elder, claimed a need or are to come."""
    figures: tuple[KnownFigure, ...]
    committees: tuple[ResidentsCommittee, ...]
    compounds: tuple[Compound, ...]
    categories: tuple[ServiceCategory, ...]
    cadres: tuple[Cadre, ...]
    as_of: int
    """The last step of the history."""
    asked: Asked | None = None
    """Of which visits and forms what follows is; None where they were not asked for."""
    past: Past | None = None
    """Visits and calls; None as for ``asked``."""
    papers: Papers | None = None
    """Forms and answers; None as for ``asked``."""


@collector_resting()
def take_snapshot(store: Store, *, asked: Asked | None = None) -> Snapshot:
    """Read what plans compare with: about 0.15 s for 10,000 elders; of visits and forms only those asked of."""
    elders = tuple(people.elders(store))
    return Snapshot(
        elders=elders,
        ways=Ways(elders),
        providers=tuple(people.providers(store)),
        waiting=people.waiting_needs(store),
        certificates=frozenset(people.certificates(store)),
        refusals=people.refusals(store),
        coming=people.coming(store),
        figures=tuple(people.figures(store)),
        committees=tuple(store.all(ResidentsCommittee)),
        compounds=tuple(store.all(Compound)),
        categories=tuple(store.all(ServiceCategory, order="position")),
        cadres=tuple(store.all(Cadre)),
        as_of=people.last_step(store),
        asked=asked,
        past=None
        if asked is None
        else Past(visits=people.visit_keys(store, asked.days), calls=people.call_keys(store)),
        papers=None if asked is None else take_papers(store, asked, today=store.now().date()),
    )


class Places:
    """Committees and compounds by any of their names, in full or half width; new ones are gathered as they turn up."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._committees: dict[str, int | str] = {
            form: committee.id
            for committee in snapshot.committees
            for word in (*committee.aliases, committee.name)
            for form in (tidy_name(word), word)
        }
        self._compounds: dict[str, int | str] = {
            form: c.id for c in snapshot.compounds for word in (*c.aliases, c.name) for form in (tidy_name(word), word)
        }
        self._committee_of = {compound.id: compound.committee_id for compound in snapshot.compounds}
        self._names = {c.id: c.name for c in snapshot.compounds}
        self._committee_names = {committee.id: committee.name for committee in snapshot.committees}
        self.new_committees: dict[str, None] = {}
        self.new_compounds: dict[str, str] = {}
        """Compound to the name of its committee."""

    def committee(self, name: str) -> int | str | None:
        """The id of a committee, its name where it is a new one, None for no name."""
        if not name:
            return None
        known = self._committees.get(name) or self._committees.get(tidy_name(name))
        if known is None:
            self.new_committees[name] = None
            self._committees[name] = self._committees[tidy_name(name)] = name
            return name
        return known

    def compound(self, name: str, committee: int | str | None) -> int | str | None:
        """The id of a compound, its name where it is a new one (then of that committee), None for no name."""
        if not name:
            return None
        known = self._compounds.get(name) or self._compounds.get(tidy_name(name))
        if known is None:
            self.new_compounds.setdefault(name, self.committee_name(committee))
            self._compounds[name] = self._compounds[tidy_name(name)] = name
            return name
        return known

    def known_committee(self, name: str) -> int | None:
        """The id of a committee that is there; none is made."""
        known = self._committees.get(name) or self._committees.get(tidy_name(name))
        return known if isinstance(known, int) else None

    def known_compound(self, name: str) -> int | None:
        """The id of a compound that is there; none is made."""
        known = self._compounds.get(name) or self._compounds.get(tidy_name(name))
        return known if isinstance(known, int) else None

    def committee_of(self, compound: int | str | None) -> int | None:
        """The committee that a known compound belongs to."""
        return self._committee_of.get(compound) if isinstance(compound, int) else None

    def compound_name(self, compound: int | str | None) -> str:
        """The compound in words."""
        return self._names[compound] if isinstance(compound, int) else compound or ""

    def committee_name(self, committee: int | str | None) -> str:
        """The committee in words."""
        return self._committee_names[committee] if isinstance(committee, int) else committee or ""
