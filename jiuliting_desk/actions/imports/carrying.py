"""A plan carried out: one step of the history, after a backup, or nothing at all."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date

from jiuliting_desk.actions.imports import carrying_feedback, carrying_past, records
from jiuliting_desk.actions.imports.feedback_rows import Answers
from jiuliting_desk.actions.imports.memory import collector_resting
from jiuliting_desk.actions.imports.planning import Progress, no_progress
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import PlanOvertaken
from jiuliting_desk.model.imported_figures import ImportedFigure
from jiuliting_desk.model.imports import ImportPlan, ImportReport, Outcome, TablePlan
from jiuliting_desk.model.known import KnownCall, KnownElder, KnownFigure, KnownPlace, KnownProvider, KnownVisit, Place
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, Refusal
from jiuliting_desk.model.surveys import LearnedWord, NeedsSurvey
from jiuliting_desk.store import Store, backup, people
from jiuliting_desk.store.elders import free_numbers
from jiuliting_desk.store.providers import highest_number


@collector_resting()
def carry_out(
    store: Store,
    plan: ImportPlan,
    *,
    today: date,
    learned: Sequence[LearnedWord] = (),
    with_backup: bool = True,
    pairing: Collection[carrying_feedback.Offer] = (),
    progress: Progress = no_progress,
) -> ImportReport:
    """Write what the plan says, in one operation of its own; what staff taught is remembered with it.

    ``pairing`` holds those of the pairings offered by feedback sheets that staff agreed to.

    A file that holds something is backed up first. Where the plan writes nothing, only what was taught is. Raises
    PlanOvertaken where something was changed since the plan was made, and StorageTrouble; then nothing happened.
    ``progress`` may raise to cancel: then too.
    """
    if plan.writes_nothing:
        _remember_alone(store, plan, learned)
        return ImportReport(operation_id=0, survey_ids=(), counts=plan.counts)
    if plan.as_of != people.last_step(store):
        raise PlanOvertaken
    answers = [row.person for row in plan.rows if row.is_written and isinstance(row.person, Answers)]
    steps = 6
    progress(0, steps)
    made = None
    wants_backup = with_backup and (plan.as_of or store.count(Elder) or store.count(Provider))
    # The copy is checked beside the writing, and has its name before anything is committed.
    with (
        backup.begun(store, reason="import") if wants_backup else nullcontext() as under_way,
        store.operation("import_sheet", plan.source_name) as operation,
    ):
        progress(1, steps)
        writer = _Writer(store, plan, today)
        writer.add_places()
        survey_ids = writer.add_surveys()
        progress(2, steps)
        writer.write_elders()
        progress(3, steps)
        needs_added = writer.add_needs()
        progress(4, steps)
        writer.add_refusals()
        writer.write_providers()
        certificates_added = writer.add_certificates()
        writer.write_figures()
        visits_added, calls_added = writer.write_past()
        bonds = store.count(Pairing)
        carrying_feedback.write_answers(store, answers, today=today, pairing=pairing)
        paired = store.count(Pairing) - bonds
        _remember(store, learned)
        progress(5, steps)
        if under_way is not None:
            made = under_way.finished()
    progress(steps, steps)
    return ImportReport(
        operation_id=operation.id,
        survey_ids=tuple(survey_ids.values()),
        counts=plan.counts,
        needs_added=needs_added,
        certificates_added=certificates_added,
        visits_added=visits_added,
        calls_added=calls_added,
        answers_saved=len(answers),
        paired=paired,
        wanting_same=carrying_feedback.wanting_same(answers, pairing),
        new_committees=tuple(writer.new_committees),
        new_compounds=tuple(writer.new_compounds),
        new_enterprises=tuple(writer.new_enterprises),
        backup_name=made.path.name if made is not None else "",
    )


class _Writer:
    """The records of one plan on their way into the file; names of new places become ids."""

    def __init__(self, store: Store, plan: ImportPlan, today: date) -> None:
        self._store = store
        self._plan = plan
        self._today = today
        self._rows = [row for row in plan.rows if row.is_written]
        self._elders = {row.ref: row.person for row in self._rows if isinstance(row.person, KnownElder)}
        self._providers = {row.ref: row.person for row in self._rows if isinstance(row.person, KnownProvider)}
        self._figures = {row.ref: (row, row.person) for row in self._rows if isinstance(row.person, KnownFigure)}
        self._places = [row.person for row in self._rows if isinstance(row.person, KnownPlace)]
        self._ids: dict[int, int] = {}
        self._provider_ids: dict[int, int] = {}
        self._survey_ids: dict[int, int] = {}
        self.new_committees: dict[str, int] = {}
        self.new_compounds: dict[str, int] = {}
        self.new_enterprises: dict[str, int] = {}

    # -- places

    def add_places(self) -> None:
        """Store the committees and compounds that somebody who is written belongs to and that are not there yet."""
        figures = [figure for _, figure in self._figures.values()]
        committees = [elder.committee for elder in self._elders.values()]
        committees += [figure.committee for figure in figures]
        everyone: list[KnownElder | KnownProvider | KnownFigure] = [
            *self._elders.values(),
            *self._providers.values(),
            *figures,
        ]
        compounds = dict.fromkeys(p.compound for p in everyone if isinstance(p.compound, str))
        owners = {name: self._plan.new_compounds.get(name, "") for name in compounds}
        committees += [place.committee for place in self._places]
        committees += [area for provider in self._providers.values() for area in (*provider.areas, provider.committee)]
        names = dict.fromkeys(name for name in committees if isinstance(name, str))
        names |= dict.fromkeys(name for name in owners.values() if name in self._plan.new_committees)
        for name in names:
            self.new_committees[name] = self._store.add(ResidentsCommittee(name=name)).id
        self.new_compounds |= carrying_past.write_places(
            self._store, self._places, lambda place: self._place(place, self.new_committees)
        )
        known = {committee.name: committee.id for committee in self._store.all(ResidentsCommittee)}
        for name, owner in owners.items():
            if name in self.new_compounds:
                continue
            self.new_compounds[name] = self._store.add(Compound(name=name, committee_id=known.get(owner))).id

    def _place(self, place: Place, new: Mapping[str, int]) -> int | None:
        return new[place] if isinstance(place, str) else place

    # -- the round itself

    def add_surveys(self) -> dict[int, int]:
        """One record for each table of which something is written, with the digest of the file; ids by table."""
        counts = Counter([(row.key[0], row.outcome) for row in self._plan.rows if not row.is_unfilled])
        committees = {
            word: c.id for c in self._store.all(ResidentsCommittee) for word in (*c.aliases, c.name)
        }  # fmt: skip
        for table in dict.fromkeys(row.key[0] for row in self._rows):
            facts: TablePlan = self._plan.tables[table]
            survey = self._store.add(
                NeedsSurvey(
                    surveyed_on=self._day_of(facts),
                    committee_id=committees.get(facts.committee),
                    source_file=self._plan.source_name,
                    source_digest=self._plan.source_digest,
                    kind=facts.kind,
                    rows_new=counts[table, Outcome.NEW],
                    rows_changed=counts[table, Outcome.CHANGED],
                    rows_same=counts[table, Outcome.SAME],
                    rows_refused=counts[table, Outcome.REFUSED] + counts[table, Outcome.DOUBTFUL],
                )
            )
            self._survey_ids[table] = survey.id
        return self._survey_ids

    def _day_of(self, facts: TablePlan) -> date:
        day = facts.reported_on
        return day if day is not None and day <= self._today else self._today

    # -- elders and their needs

    def write_elders(self) -> None:
        """Store the new elders and the changes of those known."""
        table_of = {row.ref: row.key[0] for row in reversed(self._rows)}
        fresh = [ref for ref in self._elders if ref < 0]
        numbers = free_numbers(self._store, len(fresh))
        people = [self._elders[ref] for ref in fresh]
        new = records.new_elders(
            people,
            numbers=numbers,
            committee_ids=[self._place(person.committee, self.new_committees) for person in people],
            compound_ids=[self._place(person.compound, self.new_compounds) for person in people],
            survey_ids=[self._survey_ids[table_of[ref]] for ref in fresh],
            today=self._today,
        )
        self._ids.update(zip(fresh, self._store.add_many(new), strict=True))
        changed = [row.ref for row in self._rows if row.changes and row.ref > 0 and row.ref in self._elders]
        stored = self._store.get_many(Elder, changed)
        self._store.update_many(
            [
                records.changed_elder(
                    elder,
                    self._elders[elder.id],
                    committee_id=self._place(self._elders[elder.id].committee, self.new_committees),
                    compound_id=self._place(self._elders[elder.id].compound, self.new_compounds),
                )
                for elder in stored.values()
            ]
        )

    def add_needs(self) -> int:
        """Store the needs that nobody waits for yet; gives how many."""
        since = {table: self._day_of(self._plan.tables[table]) for table in self._survey_ids}
        wanted = [(row, category_id) for row in self._rows for category_id in row.category_ids]
        needs = records.new_needs(
            [row.terms for row, _ in wanted],
            elder_ids=[self._ids.get(row.ref, row.ref) for row, _ in wanted],
            category_ids=[category_id for _, category_id in wanted],
            survey_ids=[self._survey_ids[row.key[0]] for row, _ in wanted],
            source_rows=[row.number for row, _ in wanted],
            since=[row.since or since[row.key[0]] for row, _ in wanted],
        )
        self._store.add_many(needs)
        self._change_needs()
        return len(needs)

    def _change_needs(self) -> None:
        """Store what newer sheets say of needs that wait already."""
        told = {need_id: terms for row in self._rows for need_id, terms in row.need_changes}
        stored = self._store.get_many(Need, told)
        self._store.update_many([records.changed_need(need, told[need.id]) for need in stored.values()])

    def add_refusals(self) -> None:
        """Store whom elders will not have; pairings and visits that stand against it are left to staff."""
        said = {
            (self._ids.get(row.ref, row.ref), who): (row, words) for row in self._rows for who, words in row.refuses
        }
        self._store.add_many(
            [
                Refusal(
                    elder_id=elder_id,
                    provider_id=provider_id,
                    reason=words,
                    said_on=self._day_of(self._plan.tables[row.key[0]]),
                )
                for (elder_id, provider_id), (row, words) in said.items()
            ]
        )

    # -- volunteers and enterprises

    def write_providers(self) -> None:
        """Store new enterprises, new volunteers, and the changes of those known."""
        self._add_enterprises()
        fresh = [ref for ref in self._providers if ref < 0]
        numbers = {kind: highest_number(self._store, prefix) for kind, prefix in records.NUMBER_PREFIXES.items()}
        new = []
        for ref in fresh:
            person = self._providers[ref]
            kind = ProviderKind(person.kind)
            numbers[kind] += 1
            new.append(
                records.new_provider(
                    person,
                    number=f"{records.NUMBER_PREFIXES[kind]}{numbers[kind]:04d}",
                    enterprise_id=self._place(person.enterprise, self.new_enterprises),
                    compound_id=self._place(person.compound, self.new_compounds),
                    area_committee_ids=self._areas(person),
                    committee_id=self._place(person.committee, self.new_committees),
                    today=self._today,
                )
            )
        self._provider_ids.update(zip(fresh, self._store.add_many(new), strict=True))
        changed = [row.ref for row in self._rows if row.changes and row.ref > 0 and row.ref in self._providers]
        self._store.update_many(
            [
                records.changed_provider(
                    provider,
                    self._providers[provider.id],
                    enterprise_id=self._place(self._providers[provider.id].enterprise, self.new_enterprises),
                    compound_id=self._place(self._providers[provider.id].compound, self.new_compounds),
                    area_committee_ids=self._areas(self._providers[provider.id]),
                    committee_id=self._place(self._providers[provider.id].committee, self.new_committees),
                )
                for provider in self._store.get_many(Provider, changed).values()
            ]
        )

    def _areas(self, person: KnownProvider) -> tuple[int, ...]:
        return tuple(filter(None, (self._place(place, self.new_committees) for place in person.areas)))

    def _add_enterprises(self) -> None:
        """Enterprises that are only named by their members; one that has a row of its own is that row's."""
        named = dict.fromkeys(p.enterprise for p in self._providers.values() if isinstance(p.enterprise, str))
        own = {p.name: ref for ref, p in self._providers.items() if ref < 0 and p.kind == ProviderKind.ENTERPRISE}
        number = highest_number(self._store, records.NUMBER_PREFIXES[ProviderKind.ENTERPRISE])
        for name in named:
            number += 1
            ref = own.get(name)
            person = (
                self._providers.pop(ref) if ref is not None else records.bare_provider(name, ProviderKind.ENTERPRISE)
            )
            stored = self._store.add(
                records.new_provider(
                    person,
                    number=f"{records.NUMBER_PREFIXES[ProviderKind.ENTERPRISE]}{number:04d}",
                    enterprise_id=None,
                    compound_id=self._place(person.compound, self.new_compounds),
                    area_committee_ids=self._areas(person),
                    committee_id=self._place(person.committee, self.new_committees),
                    today=self._today,
                )
            )
            self.new_enterprises[name] = stored.id
            if ref is not None:
                self._provider_ids[ref] = stored.id

    # -- earlier years

    def write_past(self) -> tuple[int, int]:
        """Store visits and calls of earlier years; gives how many of each."""
        visits = [(row, row.person) for row in self._rows if isinstance(row.person, KnownVisit)]
        calls = [(row, row.person) for row in self._rows if isinstance(row.person, KnownCall)]
        known: dict[Place, int] = {f"{ProviderKind.ENTERPRISE}:{name}": i for name, i in self.new_enterprises.items()}
        known.update(self._provider_ids.items())
        named = [who for _, visit in visits for who in visit.providers if isinstance(who, str) and who not in known]
        known.update(carrying_past.register_named(self._store, named, joined_on=self._today).items())
        return (
            carrying_past.write_visits(
                self._store, [(row, self._settled(visit, known)) for row, visit in visits], survey_ids=self._survey_ids
            ),
            carrying_past.write_calls(
                self._store,
                [(row, call._replace(elder=self._ids.get(call.elder or 0, call.elder))) for row, call in calls],
                survey_ids=self._survey_ids,
            ),
        )

    def _settled(self, visit: KnownVisit, providers: Mapping[Place, int]) -> KnownVisit:
        """A visit with the ids of all who came in with the same workbook."""
        return visit._replace(
            elder=self._ids.get(visit.elder, visit.elder),
            providers=tuple(providers.get(who, who) for who in visit.providers),
            committee=self._place(visit.committee, self.new_committees),
            compound=self._place(visit.compound, self.new_compounds),
        )

    # -- tallies

    def write_figures(self) -> None:
        """Store the figures that are new or that a newer sheet counts otherwise."""
        new: list[ImportedFigure] = []
        changed: list[ImportedFigure] = []
        for row, figure in self._figures.values():
            record = ImportedFigure(
                id=max(figure.id, 0),
                survey_id=self._survey_ids[row.key[0]],
                month=figure.month,
                committee_id=self._place(figure.committee, self.new_committees),
                compound_id=self._place(figure.compound, self.new_compounds),
                category_id=figure.category_id,
                provider_name=figure.provider_name,
                measure=figure.measure,
                quantity=figure.quantity,
            )
            (changed if record.id else new).append(record)
        self._store.add_many(new)
        self._store.update_many(changed)

    def add_certificates(self) -> int:
        """Store the certificates that are not there yet; gives how many."""
        found = [
            Certificate(
                provider_id=self._provider_ids.get(row.ref, row.ref),
                kind=kind,
                number=number,
                expires_on=date.fromisoformat(until) if until else None,
            )
            for row in self._rows
            for kind, number, until in row.certificates
        ]
        self._store.add_many(found)
        return len(found)


def _remember_alone(store: Store, plan: ImportPlan, learned: Sequence[LearnedWord]) -> None:
    """Keep what staff taught of a sheet that brings nothing else, in a step of its own."""
    known = {(word.scope, word.sender, word.word): word.meaning for word in store.all(LearnedWord)} if learned else {}
    if all(known.get((word.scope, word.sender, word.word)) == word.meaning for word in learned if word.word):
        return
    with store.operation("import_sheet", plan.source_name):
        _remember(store, learned)


def _remember(store: Store, learned: Sequence[LearnedWord]) -> None:
    """Keep what staff taught; a word that means something else now is changed."""
    for word in learned:
        if not word.word:
            # What an empty cell means holds for this workbook alone.
            continue
        known = store.where(LearnedWord, scope=word.scope, sender=word.sender, word=word.word)
        if not known:
            store.add(replace(word, id=0))
        elif known[0].meaning != word.meaning:
            store.update(replace(known[0], meaning=word.meaning))
