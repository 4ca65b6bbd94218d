"""The persons of one kind in one pass over the rows: who was met in which row, and what was decided of the doubtful."""

from typing import Generic

from jiuliting_desk.actions.imports.recognition import NOBODY, P, People, Recognition
from jiuliting_desk.model.imports import Candidate, Choices, Decision, Note, Remark, RowKey


class Persons(Generic[P]):
    """Everybody known and everybody met so far; later rows of one person join the first."""

    def __init__(self, people: People[P], choices: Choices) -> None:
        self.people: People[P] = people
        self._choices = choices
        self._first_row: dict[int, tuple[RowKey, int]] = {}
        self._ref_of_row: dict[RowKey, int] = {}
        self._next_ref = -1

    def meant(self, key: RowKey, person: P) -> tuple[Recognition, Decision | None]:
        """Whom the row means, with the decision of staff where it was a question and one was made."""
        found = self.people.recognise(person)
        if not self._choices.decisions:
            return found, None
        decision, candidate = self._choices.decisions.get(key, (None, None))
        if decision is Decision.OTHER_PERSON and found.person is None:
            return NOBODY, decision
        if decision is Decision.SAME_PERSON and candidate is not None:
            ref = candidate.record_id or self._ref_of_row.get(candidate.row_key or key, 0)
            if ref in self.people.states:
                return Recognition(person=ref, why=candidate.why), decision
        return found, decision

    def met(self, key: RowKey, number: int, person: P, ref: int | None = None) -> int:
        """Note that a row means ``ref``, or somebody new; gives the person's number."""
        if ref is None:
            ref = self._next_ref
            self._next_ref -= 1
            self.people.add(ref, person)
        self._ref_of_row[key] = ref
        self._first_row.setdefault(ref, (key, number))
        return ref

    def joined(self, key: RowKey, ref: int) -> tuple[RowKey | None, tuple[Note, ...]]:
        """The earlier row that means the same person, and the remark that says so."""
        first, number = self._first_row[ref]
        if first == key:
            return None, ()
        return first, (Note(Remark.SAME_ROW, "", str(number)),)

    def candidates(self, found: Recognition) -> tuple[Candidate, ...]:
        """Whom a doubtful row may mean, as a person can choose."""
        return tuple(
            Candidate(max(ref, 0), why, None if ref > 0 else self._first_row[ref][0]) for ref, why in found.maybe
        )
