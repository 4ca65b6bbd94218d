"""The rows of a needs survey, each against who is known: new, changed, the same, a question."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jiuliting_desk.actions.imports import elder_rows, need_words
from jiuliting_desk.actions.imports.persons import Persons
from jiuliting_desk.actions.imports.recognition import People, Recognition, compare_elders
from jiuliting_desk.actions.imports.rows import NAME_MISSING, SheetRow, refused_row
from jiuliting_desk.actions.imports.snapshot import Places, Snapshot
from jiuliting_desk.model.imports import Choices, Decision, FieldChange, Note, Outcome, PlannedRow, Remark, RowKey
from jiuliting_desk.model.known import KnownElder, KnownProvider, NeedTerms
from jiuliting_desk.model.text import tidy_name
from jiuliting_desk.sheets.helpers_wanted import refused_people
from jiuliting_desk.sheets.states import elder_state, need_waits

KIND = "survey"

AS_USUAL = NeedTerms()
"""A need of which a sheet says nothing but its service."""

SHOWN = {"half_days": "wanted_times"}
"""What a field of the terms is called where changes are shown, if not by its own name."""

_BRACKETED = re.compile(r"[(（].*?[)）]")

FULL_DATE = 10

AS_KNOWN = "active"
"""The state of whoever is simply on the list."""

SERVED = frozenset({"active", "paused"})


class SurveyRows:
    """One pass over the survey rows of an import."""

    def __init__(self, snapshot: Snapshot, places: Places, choices: Choices, today: date) -> None:
        self._places = places
        self._choices = choices
        self._today = today
        self._persons = Persons(People(compare_elders, snapshot.ways), choices)
        self._waiting = dict(snapshot.waiting)
        self._refusals = set(snapshot.refusals)
        self._coming = snapshot.coming
        self._providers = _by_name(snapshot.providers)
        self._categories = {category.name: category.id for category in snapshot.categories}
        self.unknown_needs: Counter[str] = Counter()

    @property
    def people(self) -> People[KnownElder]:
        """Everybody known and everybody met so far."""
        return self._persons.people

    def plan(self, key: RowKey, row: SheetRow, committee: str) -> PlannedRow:
        """What becomes of one row."""
        if row.refused or key in self._choices.left_out:
            return refused_row(key, row, KIND)
        if not row.fields.get("name"):
            return refused_row(key, row, KIND, refused=NAME_MISSING)
        elder, notes = elder_rows.elder_of(row, self._places, committee=committee, today=self._today)
        wanted, more = self._category_ids(row.fields.get("needs") or ())
        notes += more
        state = row.fields.get("state")
        is_done = bool(state) and need_waits(state or "") is False
        is_gone = elder.state not in SERVED
        kept = [f"需求：{'、'.join(row.fields['needs'])}"] if is_gone and wanted else []
        if is_done:
            # What was done or closed is nothing that anybody waits for.
            notes = (*notes, Note(Remark.NEED_DONE, "needs", state or ""))
        if is_done or is_gone:
            wanted = ()
        told, more = need_words.terms_of(row.fields, needs=len(wanted))
        notes += more
        if not wanted and not is_done:
            kept += need_words.unplaced(row.fields)
        if kept:
            elder = elder._replace(notes="；".join(filter(None, (elder.notes, *kept))))
        refuses = self._refused(row.fields)
        if refuses:
            notes += tuple(Note(Remark.UNDERSTOOD, "refuses", words) for _, words in refuses)
        found, decision = self._persons.meant(key, elder)
        if found.maybe:
            return self._doubtful(key, row, found, notes)
        if found.person is None:
            elder = elder_rows.with_written(elder, row) if row.remarks else elder
            ref = self._persons.met(key, row.row, elder)
            terms = self._wanted(ref, wanted, told)
            if elder.state != AS_KNOWN:
                notes += (Note(Remark.STATE_TAKEN, "state", row.fields["state"]),)
            self._refusals.update((ref, provider_id) for provider_id, _ in refuses)
            return PlannedRow(
                key, row.row, KIND, Outcome.NEW, row.fields, row.remarks, notes, ref, elder, (), wanted, terms=terms,
                refuses=refuses, since=self._since(row.fields),
            )  # fmt: skip
        return self._known(key, row, found, decision, elder, wanted, told, refuses, notes)

    def _since(self, fields: Mapping[str, Any]) -> date | None:
        """The day on which the row was written down, where it says that and the day has come."""
        told = fields.get("registered_on")
        if not told:
            return None
        day = date.fromisoformat(told) if len(told) == FULL_DATE else None
        return day if day is not None and day <= self._today else None

    def _refused(self, fields: Mapping[str, Any]) -> tuple[tuple[int, str], ...]:
        """The known providers whom a row refuses, by their names, with the words that say it."""
        said = [text for text in (fields.get("notes"), fields.get("wanted_who")) if text]
        if fields.get("refuses"):
            said.append(f"不要{fields['refuses']}")
        if not said:
            return ()
        found: dict[int, str] = {}
        for text in said:
            found |= refused_people(text, self._providers)
        return tuple(found.items())

    def _wanted(self, ref: int, category_ids: tuple[int, ...], told: Mapping[str, Any]) -> NeedTerms | None:
        """Note that somebody waits for these services now; gives how they are wanted where the row says it."""
        terms = NeedTerms(**told) if told else None
        for category_id in category_ids:
            self._waiting[ref, category_id] = (0, terms or AS_USUAL)
        return terms

    def _wanted_otherwise(
        self, key: RowKey, ref: int, category_ids: tuple[int, ...], told: Mapping[str, Any]
    ) -> tuple[tuple[tuple[int, NeedTerms], ...], tuple[FieldChange, ...]]:
        """Needs in the file that a row wants otherwise than they are, and the changes as they are shown."""
        kept = self._choices.kept.get(key, frozenset())
        told = {name: value for name, value in told.items() if name not in kept}
        found = []
        changes: dict[str, FieldChange] = {}
        for category_id in category_ids:
            need_id, terms = self._waiting.get((ref, category_id), (0, AS_USUAL))
            if not need_id or not told:
                continue
            new = need_words.merged(terms, told)
            if new != terms:
                found.append((need_id, new))
                self._waiting[ref, category_id] = (need_id, new)
                pairs = zip(NeedTerms._fields, terms, new, strict=True)
                changes |= {f: FieldChange(SHOWN.get(f, f), a, b) for f, a, b in pairs if a != b}
        return tuple(found), tuple(changes.values())

    def _known(
        self,
        key: RowKey,
        row: SheetRow,
        found: Recognition,
        decision: Decision | None,
        elder: KnownElder,
        wanted: tuple[int, ...],
        told: Mapping[str, Any],
        refuses: tuple[tuple[int, str], ...],
        notes: tuple[Note, ...],
    ) -> PlannedRow:
        ref = found.person or 0
        old = self._persons.people.states[ref]
        if row.fields.get("state") and elder.state != old.state and elder_state(row.fields["state"]) is not None:
            notes += (Note(Remark.STATE_KEPT, "state", row.fields["state"]),)
        elder = elder_rows.with_written(elder, row, old) if row.remarks else elder
        changes, more = self._changes(key, row, old, elder, notes)
        needs = tuple([category_id for category_id in wanted if (ref, category_id) not in self._waiting])
        if needs and "needs" in self._choices.kept.get(key, ()):
            needs = ()
        otherwise, need_changes = self._wanted_otherwise(key, ref, wanted, told) if told else ((), ())
        refuses = tuple(
            (provider_id, words)
            for provider_id, words in refuses
            if (ref, provider_id) not in self._refusals and "refuses" not in self._choices.kept.get(key, ())
        )
        if old.state not in SERVED and (changes or needs or otherwise or refuses):
            notes = (*notes, Note(Remark.NOT_SERVED, "name", old.state))
            if decision is not Decision.SAME_PERSON:
                return self._doubtful(key, row, Recognition(maybe=((ref, found.why),)), notes)
            needs, otherwise, need_changes, refuses = (), (), (), ()
        self._persons.met(key, row.row, old, ref)
        joins, same = self._persons.joined(key, ref)
        self._refusals.update((ref, provider_id) for provider_id, _ in refuses)
        outcome = Outcome.CHANGED if changes or needs or otherwise or refuses else Outcome.SAME
        state = old
        shown: tuple[FieldChange, ...] = ()
        if changes:
            state = old._replace(**changes)
            shown = elder_rows.told(old, changes, self._places)
            self._persons.people.add(ref, state)
        if refuses:
            shown += (FieldChange("refuses", (), tuple(words for _, words in refuses)),)
        terms = self._wanted(ref, needs, told) if needs else None
        notes += more + same
        notes += tuple(
            Note(Remark.STILL_COMES, "refuses", words)
            for provider_id, words in refuses
            if (ref, provider_id) in self._coming
        )
        return PlannedRow(
            key, row.row, KIND, outcome, row.fields, row.remarks, notes, ref, state, shown + need_changes, needs, (),
            joins, terms=terms, need_changes=otherwise, refuses=refuses, since=self._since(row.fields),
        )  # fmt: skip

    def _changes(
        self, key: RowKey, row: SheetRow, old: KnownElder, elder: KnownElder, notes: tuple[Note, ...]
    ) -> tuple[dict[str, Any], tuple[Note, ...]]:
        from_age = bool(notes) and any(note.remark is Remark.AGE_ONLY for note in notes)
        changes, more = elder_rows.merged_elder(old, elder, from_age=from_age)
        if not self._choices.empty_cells_keep:
            changes = elder_rows.emptied(old, row.fields) | changes
        kept = self._choices.kept.get(key)
        if kept:
            kept = kept | set(elder_rows.ADDRESS) if "address" in kept else kept
            kept = kept | {"id_flag"} if "id_number" in kept else kept
            changes = {name: value for name, value in changes.items() if name not in kept}
        return changes, more

    def _doubtful(self, key: RowKey, row: SheetRow, found: Recognition, notes: tuple[Note, ...]) -> PlannedRow:
        return PlannedRow(
            key, row.row, KIND, Outcome.DOUBTFUL, row.fields, row.remarks, notes,
            candidates=self._persons.candidates(found),
        )  # fmt: skip

    def _category_ids(self, names: Any) -> tuple[tuple[int, ...], tuple[Note, ...]]:
        ids: list[int] = []
        notes: tuple[Note, ...] = ()
        for name in names:
            category_id = self._categories.get(name)
            if category_id is None:
                self.unknown_needs[name] += 1
                notes = (*notes, Note(Remark.NEED_NOT_OFFERED, "needs", name))
            elif category_id not in ids:
                ids.append(category_id)
        return tuple(ids), notes


def _by_name(providers: Iterable[KnownProvider]) -> dict[str, int]:
    """Those who may still come by their names, enterprises without brackets too; a name that two have tells nobody."""
    named: dict[str, set[int]] = {}
    for provider in providers:
        if provider.state == "stopped":
            continue
        for name in {tidy_name(provider.name), _BRACKETED.sub("", provider.name).strip()}:
            if len(name) > 1:
                named.setdefault(name, set()).add(provider.id)
    return {name: ids.pop() for name, ids in named.items() if len(ids) == 1}
