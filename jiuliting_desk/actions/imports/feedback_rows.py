"""Rows of feedback sheets: which visit each means, what it would bring, and whether it is answered already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jiuliting_desk.actions.imports import elder_rows
from jiuliting_desk.actions.imports.papers import Papers
from jiuliting_desk.actions.imports.rows import SheetRow, refused_row
from jiuliting_desk.actions.imports.snapshot import Snapshot
from jiuliting_desk.model.consequences import Circumstances, Consequence, ConsequenceKind, consequences
from jiuliting_desk.model.feedback import Condition, Feedback, FeedbackSource, FilledBy, form_number
from jiuliting_desk.model.imports import (
    Candidate,
    Choices,
    Decision,
    FieldChange,
    Note,
    Outcome,
    PlannedRow,
    Remark,
    RowKey,
)
from jiuliting_desk.model.text import tidy_name
from jiuliting_desk.store.forms import EvaluatedVisit

KIND = "feedback"

_SCORES = {"punctual": "punctual_rating", "manner": "manner_rating", "work": "work_rating", "overall": "rating"}
_TEXTS = ("unanswered_reason", "report", "hazards", "remarks")
_YES_NO = ("would_return", "on_time", "whole_time")
_COMPARED = (
    *_SCORES, "wishes", "words", "same_person", "other_person", "filled_by", "unanswered_reason", "elder_condition",
    "home_condition", "report", "hazards", "would_return", "on_time", "whole_time", "remarks", "signature_seen",
)  # fmt: skip
_WORDS = ("comment", "reason", "notes")
_WRITTEN = {
    "wishes": "愿望", "punctual_rating": "准时", "manner_rating": "态度", "work_rating": "做得好不好",
    "rating": "总的满意",
    "again": "还请不请这位", "elder_condition": "老人情况", "home_condition": "家里情况", "would_return": "还愿不愿来",
}  # fmt: skip
"""What the elder's words call the columns of cells that could not be taken."""
_NOT_TAKEN = frozenset({"need_unknown", "rating_unclear", "tick_unclear"})
_CONDITIONS = ("elder_condition", "home_condition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What carrying out saves of one row, and what it brings."""

    feedback: Feedback
    name: str
    brings: tuple[Consequence, ...]


class FeedbackRows:
    """One pass over the rows of feedback sheets of an import."""

    def __init__(self, snapshot: Snapshot, papers: Papers, choices: Choices, today: date) -> None:
        self._papers = papers
        self._choices = choices
        self._today = today
        self._categories = {one.name: one.id for one in snapshot.categories}
        self._committees = {word: one.id for one in snapshot.committees for word in (*one.aliases, one.name)}
        self._providers = {one.id: one.name for one in snapshot.providers}
        self._cadres: dict[tuple[int | None, str], int] = {
            (one.committee_id, one.name): one.id for one in snapshot.cadres
        }
        self._waiting = set(snapshot.waiting)
        self._by_number = {one.form_number: one for one in papers.visits if one.form_number}
        self._by_name: dict[str, list[EvaluatedVisit]] = {}
        for one in papers.visits:
            self._by_name.setdefault(one.name, []).append(one)
        self._seen: dict[int, tuple[int, Feedback]] = {}
        """By visit: the row that answers it first, and its answers."""

    def plan(self, key: RowKey, row: SheetRow, committee: str) -> PlannedRow:
        """What becomes of one row."""
        if row.refused or key in self._choices.left_out:
            return refused_row(key, row, KIND)
        if not _is_filled(row.fields) and not _written(row):
            return PlannedRow(key, row.row, KIND, Outcome.SAME, row.fields, row.remarks, (Note(Remark.NOT_FILLED),))
        found, note = self._visit(row, committee)
        if found is None:
            return refused_row(key, row, KIND, (note,) if note is not None else ())
        answers = self._answers(row, found)
        if not any(answers.scores) and not answers.unanswered_reason:
            return refused_row(key, row, KIND, (Note(Remark.NO_SCORE, "rating"),))
        earlier = self._seen.get(found.visit.id)
        if earlier is not None:
            twin = (Note(Remark.SAME_FORM, "", str(earlier[0])),)
            if _same(answers, earlier[1], row.fields):
                return PlannedRow(key, row.row, KIND, Outcome.SAME, row.fields, row.remarks, twin)
            return refused_row(key, row, KIND, twin)
        self._seen[found.visit.id] = (row.row, answers)
        if found.feedback is None:
            told = self._told(found, answers)
            return PlannedRow(key, row.row, KIND, Outcome.NEW, row.fields, row.remarks, (), -found.visit.id, told)
        return self._against(key, row, found, found.feedback, answers)

    def _against(
        self, key: RowKey, row: SheetRow, found: EvaluatedVisit, known: Feedback, answers: Feedback
    ) -> PlannedRow:
        """A form that is answered already: the same, or a question which answers hold."""
        better = replace(known, **{name: getattr(answers, name) for name in _told_in(row.fields)})
        changes = tuple(
            FieldChange(name, getattr(known, name), getattr(better, name))
            for name in _COMPARED
            if getattr(known, name) != getattr(better, name)
        )
        decided = self._choices.decisions.get(key)
        decision = Decision.LATER if decided is None else decided[0]
        if not changes or decision is Decision.KEEP_KNOWN:
            return PlannedRow(key, row.row, KIND, Outcome.SAME, row.fields, row.remarks, (), known.id, changes=changes)
        candidates = (Candidate(known.id, "answered"),)
        if decision is not Decision.USE_SHEET:
            notes = (Note(Remark.ANSWERED, "", known.entered_on.isoformat()),)
            return PlannedRow(
                key, row.row, KIND, Outcome.DOUBTFUL, row.fields, row.remarks, notes, changes=changes,
                candidates=candidates,
            )  # fmt: skip
        told = self._told(found, better)
        return PlannedRow(
            key, row.row, KIND, Outcome.CHANGED, row.fields, row.remarks, (), known.id, told, changes,
            candidates=candidates,
        )  # fmt: skip

    # -- which visit

    def _visit(self, row: SheetRow, committee: str) -> tuple[EvaluatedVisit | None, Note | None]:
        text = str(row.fields.get("form_number") or "")
        name, number = told_name(row.fields), told_number(row.fields)
        if number:
            found = self._by_number.get(number)
            if found is not None and name and found.name != name:
                return None, Note(Remark.FORM_OF_OTHER, "form_number", f"{found.form_number} {found.name}")
            if found is not None or not name:
                return found, None if found is not None else Note(Remark.FORM_UNKNOWN, "form_number", text)
        return self._by_who_and_when(row.fields, name, committee)

    def _by_who_and_when(
        self, fields: Mapping[str, Any], name: str, committee: str
    ) -> tuple[EvaluatedVisit | None, Note | None]:
        """A visit without a form number: the elder, the day, and as much of the rest as tells several apart."""
        day = str(fields.get("date") or "")
        left = [
            one
            for one in self._by_name.get(name, ())
            if (one.visit.day.isoformat() == day if day else one.feedback is None and one.form_number)
        ]
        told = (str(fields.get("category") or ""), *(fields.get("more_categories") or ()))
        categories = {self._categories[name] for name in told if name in self._categories}
        provider = tidy_name(str(fields.get("provider") or ""))
        place = self._committees.get(str(fields.get("committee") or committee))
        tests: tuple[Callable[[EvaluatedVisit], bool], ...] = (
            lambda one: not categories or not categories.isdisjoint(one.visit.category_ids),
            lambda one: not provider or any(self._providers.get(who, "") in provider for who in one.visit.provider_ids),
            lambda one: place is None or one.visit.committee_id == place,
        )
        for holds in tests:
            left = [one for one in left if holds(one)] or left
        wrong_service = bool(categories) and len(left) == 1 and categories.isdisjoint(left[0].visit.category_ids)
        if len(left) == 1 and not wrong_service:
            return left[0], None
        return None, Note(
            Remark.VISIT_UNCLEAR if len(left) > 1 else Remark.VISIT_UNKNOWN, "date", f"{name} {day}".strip()
        )

    # -- its answers

    def _answers(self, row: SheetRow, found: EvaluatedVisit) -> Feedback:
        get = row.fields.get
        words = "；".join([*(str(get(name)).strip() for name in _WORDS if get(name)), *_written(row)])
        values: dict[str, Any] = {name: get(column) or 0 for name, column in _SCORES.items()}
        values |= {name: str(get(name) or "").strip() for name in _TEXTS}
        values |= {name: {"yes": True, "no": False}.get(str(get(name))) for name in _YES_NO}
        values |= {name: Condition(get(name) or Condition.UNTOLD) for name in _CONDITIONS}
        wishes = [self._categories[one] for one in get("wishes") or () if one in self._categories]
        cadre = self._cadres.get((found.visit.committee_id, tidy_name(str(get("cadre") or ""))))
        answers = Feedback(
            visit_id=found.visit.id,
            wishes=tuple(dict.fromkeys(wishes)),
            words=words,
            same_person=get("again") == "same",
            other_person=get("again") == "other",
            filled_by=FilledBy(get("form_filled_by") or FilledBy.UNKNOWN),
            filled_on=found.visit.day,
            cadre_id=cadre,
            signature_seen=get("signature_seen") == "yes",
            source=FeedbackSource.SHEET,
            entered_on=self._today,
            **values,
        )
        return replace(answers, unanswered_reason="") if any(answers.scores) else answers

    def _told(self, found: EvaluatedVisit, answers: Feedback) -> Answers:
        elder_id = found.visit.elder_id
        brings = consequences(
            answers,
            found.visit,
            Circumstances(
                is_served=found.is_served,
                waiting_category_ids={category for who, category in self._waiting if who == elder_id},
                qualified=self._papers.qualified,
                unpaired_ids=found.unpaired_ids,
                known_causes=found.known_causes,
                low_score=self._papers.low_score,
                follow_up_days=self._papers.follow_up_days,
                today=self._today,
            ),
        )
        self._waiting |= {(elder_id, one.category_id) for one in brings if one.kind is ConsequenceKind.NEED}
        return Answers(feedback=answers, name=found.name, brings=brings)


def told_name(fields: Mapping[str, Any]) -> str:
    """The elder's name in a row, "" for none."""
    return tidy_name(str(fields.get("name") or ""))


def told_number(fields: Mapping[str, Any]) -> str:
    """The form's number in a row as the file writes it, "" for none."""
    text = str(fields.get("form_number") or "").upper().removeprefix("JLT")
    digits = "".join(sign for sign in text if sign in "0123456789")
    return form_number(int(digits)) if digits and len(digits) <= 12 else ""


def _written(row: SheetRow) -> tuple[str, ...]:
    return elder_rows.written(row, _WRITTEN, codes=_NOT_TAKEN) if row.remarks else ()


def _is_filled(fields: Mapping[str, Any]) -> bool:
    return any(fields.get(name) for name in (*_SCORES.values(), *_TEXTS, *_WORDS, "wishes", "again"))


def _told_in(fields: Mapping[str, Any]) -> list[str]:
    """The fields of the record of which a row says something; the others stay as they are known."""
    get = fields.get
    told = [name for name, column in _SCORES.items() if get(column)]
    told += [name for name in (*_TEXTS, *_YES_NO, *_CONDITIONS) if get(name)]
    if any(get(name) for name in _WORDS):
        told.append("words")
    if get("wishes"):
        told.append("wishes")
    if get("again"):
        told += ["same_person", "other_person"]
    if get("form_filled_by"):
        told.append("filled_by")
    if get("signature_seen"):
        told.append("signature_seen")
    return told


def _same(one: Feedback, other: Feedback, fields: Mapping[str, Any]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _told_in(fields))
