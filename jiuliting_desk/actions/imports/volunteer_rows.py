"""The rows of a volunteers' sheet, each against who is known; enterprises that are named become known with them."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from jiuliting_desk.actions.imports import provider_rows
from jiuliting_desk.actions.imports.persons import Persons
from jiuliting_desk.actions.imports.provider_terms import terms_of
from jiuliting_desk.actions.imports.recognition import People, Recognition, Ways, compare_providers
from jiuliting_desk.actions.imports.rows import NAME_MISSING, SheetRow, refused_row
from jiuliting_desk.actions.imports.snapshot import Places, Snapshot
from jiuliting_desk.model.imports import CertificateRow, Choices, Decision, Note, Outcome, PlannedRow, Remark, RowKey
from jiuliting_desk.model.known import KnownProvider, Place
from jiuliting_desk.sheets.states import provider_state

KIND = "volunteers"

AS_KNOWN = "active"
"""The state of whoever is simply on the list."""


class VolunteerRows:
    """One pass over the rows of volunteers and enterprises of an import."""

    def __init__(
        self,
        snapshot: Snapshot,
        places: Places,
        choices: Choices,
        today: date,
        certificate_words: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._places = places
        self._choices = choices
        self._today = today
        self._persons = Persons(People(compare_providers, Ways(snapshot.providers)), choices)
        self._enterprises = {p.name: p.id for p in snapshot.providers if p.kind == "enterprise"}
        self._enterprise_names = {id_: name for name, id_ in self._enterprises.items()}
        self._categories = {category.name: category.id for category in snapshot.categories}
        self._services = {category.id: category.name for category in snapshot.categories}
        wanted = (category.certificate_kind for category in snapshot.categories)
        self._certificate_words = provider_rows.CertificateWords(filter(None, wanted), certificate_words)
        self._certificates: set[tuple[int, str, str, str | None]] = set(snapshot.certificates)
        self.new_enterprises: dict[str, None] = {}
        self.unknown_needs: Counter[str] = Counter()
        self.unknown_certificates: Counter[str] = Counter()

    @property
    def people(self) -> People[KnownProvider]:
        """Everybody known and everybody met so far."""
        return self._persons.people

    def plan(self, key: RowKey, row: SheetRow, committee: str, *, is_enterprise: bool = False) -> PlannedRow:
        """What becomes of one row; of an enterprise's own row, where it says that it is one."""
        if row.refused or key in self._choices.left_out:
            return refused_row(key, row, KIND)
        if not row.fields.get("name") and not provider_rows.enterprise_name(row.fields):
            return refused_row(key, row, KIND, refused=NAME_MISSING)
        skills, notes = self._category_ids(row.fields.get("skills") or ())
        terms = terms_of(row.fields, self._places, is_enterprise=is_enterprise or not row.fields.get("name"))
        notes += terms.notes
        person = provider_rows.volunteer_of(
            row,
            self._places,
            is_enterprise=is_enterprise,
            enterprise=self._enterprise(provider_rows.enterprise_name(row.fields)),
            category_ids=skills,
            committee=committee,
            terms=terms,
        )
        levels = row.fields.get("skill_levels") or ()
        if levels:
            told = tuple((self._categories[name], level) for name, level in levels if name in self._categories)
            person = person._replace(levels=told)
        certificates = provider_rows.certificates_of(row.fields, self._certificate_words)
        if certificates and self._certificate_words.is_asked(row.fields["certificate"]):
            self.unknown_certificates[row.fields["certificate"]] += 1
            notes += (Note(Remark.CERTIFICATE_KIND, "certificate", row.fields["certificate"]),)
        found, decision = self._persons.meant(key, person)
        if found.maybe:
            return self._doubtful(key, row, found, notes)
        if found.person is None:
            if person.visits_per_month is None and not row.fields.get("unlimited"):
                person = person._replace(visits_per_month=provider_rows.VISITS_PER_MONTH)
            person = provider_rows.with_written(person, row)
            if person.state != AS_KNOWN:
                notes += (Note(Remark.STATE_TAKEN, "state", row.fields["state"]),)
            ref = self._persons.met(key, row.row, person)
            self._certificates.update((ref, *certificate) for certificate in certificates)
            return PlannedRow(
                key, row.row, KIND, Outcome.NEW, row.fields, row.remarks, notes, ref, person, (), (), certificates
            )
        return self._known(key, row, found, decision, person, certificates, notes)

    def _known(
        self,
        key: RowKey,
        row: SheetRow,
        found: Recognition,
        decision: Decision | None,
        person: KnownProvider,
        certificates: tuple[CertificateRow, ...],
        notes: tuple[Note, ...],
    ) -> PlannedRow:
        ref = found.person or 0
        old = self._persons.people.states[ref]
        if row.fields.get("state") and provider_state(row.fields["state"]) not in {None, old.state}:
            notes += (Note(Remark.STATE_KEPT, "state", row.fields["state"]),)
        changes: dict[str, Any] = provider_rows.merged_provider(old, provider_rows.with_written(person, row, old))
        if row.fields.get("unlimited") and old.visits_per_month is not None:
            changes["visits_per_month"] = None
        if not self._choices.empty_cells_keep:
            changes = provider_rows.emptied(old, row.fields) | changes
        kept = self._choices.kept.get(key, frozenset())
        changes = {name: value for name, value in changes.items() if name not in kept}
        fresh = tuple(c for c in certificates if (ref, *c) not in self._certificates and "certificates" not in kept)
        if old.state == "stopped" and (changes or fresh):
            notes = (*notes, Note(Remark.NOT_SERVED, "name", old.state))
            if decision is not Decision.SAME_PERSON:
                return self._doubtful(key, row, Recognition(maybe=((ref, found.why),)), notes)
        self._persons.met(key, row.row, old, ref)
        joins, same = self._persons.joined(key, ref)
        state = old
        told: tuple[Any, ...] = ()
        if changes:
            state = old._replace(**changes)
            told = provider_rows.told(old, changes, self._places, self._enterprise_names, self._services)
            self._persons.people.add(ref, state)
        self._certificates.update((ref, *certificate) for certificate in fresh)
        outcome = Outcome.CHANGED if changes or fresh else Outcome.SAME
        return PlannedRow(
            key, row.row, KIND, outcome, row.fields, row.remarks, notes + same, ref, state, told, (), fresh, joins
        )

    def _enterprise(self, name: str) -> Place:
        if not name:
            return None
        known = self._enterprises.get(name)
        if known is None:
            self.new_enterprises[name] = None
            return name
        return known

    def _doubtful(self, key: RowKey, row: SheetRow, found: Recognition, notes: tuple[Note, ...]) -> PlannedRow:
        return PlannedRow(
            key, row.row, KIND, Outcome.DOUBTFUL, row.fields, row.remarks, notes,
            candidates=self._persons.candidates(found),
        )  # fmt: skip

    def _category_ids(self, names: Any) -> tuple[tuple[int, ...], tuple[Note, ...]]:
        unknown = [name for name in names if name not in self._categories]
        self.unknown_needs.update(unknown)
        ids = dict.fromkeys(self._categories[name] for name in names if name in self._categories)
        return tuple(ids), tuple(Note(Remark.NEED_NOT_OFFERED, "skills", name) for name in unknown)
