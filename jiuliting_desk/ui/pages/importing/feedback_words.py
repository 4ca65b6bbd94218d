"""What rows of feedback sheets say: what a row brings, and how two answers of one form differ."""

from typing import Any

from PySide6.QtCore import QObject

from jiuliting_desk.actions.imports.feedback_rows import KIND, Answers
from jiuliting_desk.actions.imports.snapshot import Snapshot
from jiuliting_desk.model.consequences import Consequence, ConsequenceKind
from jiuliting_desk.model.feedback import SCORES, Condition, FilledBy
from jiuliting_desk.model.imports import FieldChange, Outcome, PlannedRow, Remark
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.words import workbooks

FEEDBACK = KIND

SHOWN = 3
"""How many enterprises are named."""

_HEADERS = {
    "punctual": "punctual_rating", "manner": "manner_rating", "work": "work_rating", "overall": "rating",
    "words": "comment", "same_person": "again", "other_person": "again", "filled_by": "form_filled_by",
}  # fmt: skip
"""Fields of the record -> the column that they come from."""


class FeedbackWords(QObject):
    """Words for planned rows of feedback sheets; names come from the snapshot."""

    def __init__(self, snapshot: Snapshot, parent: QObject) -> None:
        super().__init__(parent)
        self._categories = {category.id: category.name for category in snapshot.categories}
        self._providers = {provider.id: provider.name for provider in snapshot.providers}

    def scores(self, row: PlannedRow) -> str:
        """5 4 4 5, with a dash where nothing is told."""
        told = [row.fields.get(_HEADERS[name]) for name in SCORES]
        return " ".join(str(score or "—") for score in told) if any(told) else ""

    def will(self, row: PlannedRow) -> str:
        """What becomes of the row, in a few words."""
        if row.outcome is Outcome.NEW:
            return "，".join([self.tr("录入"), *self._brought(row)])
        if row.outcome is Outcome.CHANGED:
            return "，".join([self.tr("改 {count} 处").format(count=len(row.changes)), *self._brought(row)])
        if row.notes or row.refused:
            return self.reason(row)
        return self.tr("留原来的，不写") if row.changes else self.tr("录过，一样，不写")

    def reason(self, row: PlannedRow) -> str:
        """Why it is not written."""
        parts = [workbooks.refusal(row.refused)] if row.refused else []
        for note in row.notes:
            words = labels.label(note.remark)
            if note.remark is Remark.SAME_FORM:
                words = self.tr("第 {row} 行已经填了这张表").format(row=note.detail)
            elif note.remark is not Remark.ANSWERED and note.detail:
                words = f"{words}：{note.detail}"
            parts.append(words)
        return "；".join(parts)

    def sentence(self, row: PlannedRow) -> str:
        """The whole of what follows, or what differs, for the strip below the table."""
        if row.outcome is Outcome.DOUBTFUL:
            differ = "；".join(
                self.tr("{field}：原来 {old}，Excel 是 {new}").format(field=field, old=old, new=new)
                for field, old, new in self.lines(row)
            )
            return f"{self.reason(row)}。{differ}"
        if isinstance(row.person, Answers):
            told = [self._told(one) for one in row.person.brings]
            return "；".join(told) or self.will(row)
        return self.will(row)

    def lines(self, row: PlannedRow) -> list[tuple[str, str, str]]:
        """Field, known answer, answer of the sheet: all that differ."""
        return [
            (self._field(change), self.shown(change.field, change.old), self.shown(change.field, change.new))
            for change in row.changes
        ]

    def _field(self, change: FieldChange) -> str:
        if change.field == "same_person":
            return self.tr("希望还是同一位")
        if change.field == "other_person":
            return self.tr("不想再要这一位")
        return workbooks.meaning(_HEADERS.get(change.field, change.field))

    def shown(self, field: str, value: Any) -> str:
        """An answer as a person reads it."""
        if field == "wishes":
            return "、".join(self._categories.get(one, "") for one in value) or "—"
        if isinstance(value, FilledBy | Condition):
            return labels.label(value)
        if isinstance(value, bool):
            return "√" if value else "×"
        return str(value) if value else "—"

    def _brought(self, row: PlannedRow) -> list[str]:
        if not isinstance(row.person, Answers):
            return []
        kinds = [one.kind for one in row.person.brings if not one.is_known]
        counted = (
            (ConsequenceKind.NEED, self.tr("{count} 条新需求")),
            (ConsequenceKind.FOLLOW_UP, self.tr("{count} 件回访")),
            (ConsequenceKind.REFUSAL, self.tr("记下不再安排")),
            (ConsequenceKind.PAIRING, self.tr("可以结对")),
        )
        return [words.format(count=kinds.count(kind)) for kind, words in counted if kind in kinds]

    def _told(self, found: Consequence) -> str:
        what = self._categories.get(found.category_id, "")
        who = self._providers.get(found.provider_id, "")
        match found.kind:
            case ConsequenceKind.NEED if found.is_known:
                return self.tr("{what}：已经有一条需求").format(what=what)
            case ConsequenceKind.NEED:
                words = self.tr("登记新需求：{what}").format(what=what)
                firms = "、".join(self._providers.get(one, "") for one in found.enterprise_ids[:SHOWN])
                return self.tr("{words}（有资质的：{firms}）").format(words=words, firms=firms) if firms else words
            case ConsequenceKind.REFUSAL:
                return self.tr("记下以后不再安排{who}").format(who=who)
            case ConsequenceKind.PAIRING:
                return self.tr("希望还是{who}，可以结对").format(who=who)
            case _:
                cause = labels.label(found.cause) if found.cause else ""
                due = labels.month_day(found.due_on) if found.due_on else ""
                return self.tr("{cause}：列入回访，{due}前").format(cause=cause, due=due)
