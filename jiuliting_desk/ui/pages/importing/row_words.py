"""What the rows of a plan say to a person: in the cells of the preview, in the strip below it, in the reasons."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject

from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.actions.imports.snapshot import Snapshot
from jiuliting_desk.model.elders import Living
from jiuliting_desk.model.imports import Candidate, FieldChange, Note, Outcome, PlannedRow, Remark, RowKey
from jiuliting_desk.model.known import KnownCall, KnownElder, KnownPlace, KnownProvider, KnownVisit, NeedTerms
from jiuliting_desk.model.likeness import Likeness
from jiuliting_desk.model.needs import Rhythm, Urgency
from jiuliting_desk.model.places import address_text
from jiuliting_desk.sheets.tables import ReadRow
from jiuliting_desk.sheets.tables import Remark as CellRemark
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.masking import masked_id, masked_phone
from jiuliting_desk.ui.pages.importing.feedback_words import FEEDBACK, FeedbackWords
from jiuliting_desk.ui.words import workbooks

SEPARATOR = "、"

TOLD_WITH_DETAIL = frozenset(
    {
        Remark.NEED_NOT_OFFERED,
        Remark.CERTIFICATE_KIND,
        Remark.AGE_ONLY,
        Remark.KEPT_AS_WISH,
        Remark.PROVIDER_UNKNOWN,
        Remark.NO_DAY,
        Remark.ELDER_UNKNOWN,
    }
)
"""Remarks that are understood only with what stands in the cell."""


class RowWords(QObject):
    """Words for the rows of one draft; names behind ids come from its snapshot."""

    def __init__(self, draft: Draft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        snapshot = draft.snapshot
        assert snapshot is not None
        self._categories = {category.id: category.name for category in snapshot.categories}
        self._elders: dict[int, KnownElder] | None = None
        self._rows: dict[RowKey, PlannedRow] | None = None
        self._providers = {provider.id: provider for provider in snapshot.providers}
        self._compounds = {compound.id: compound.name for compound in snapshot.compounds}
        self._committees = {committee.id: committee.name for committee in snapshot.committees}
        self.snapshot: Snapshot = snapshot
        self.feedback = FeedbackWords(snapshot, self)

    def read(self, row: PlannedRow) -> ReadRow:
        """The row as it was read."""
        return self.draft.row_of(row)[1]

    # -- cells

    def phones(self, numbers: Iterable[str]) -> str:
        """Numbers as they are shown: masked."""
        return SEPARATOR.join(masked_phone(number) for number in numbers)

    def categories(self, ids: Iterable[int]) -> str:
        """Names of services."""
        return SEPARATOR.join(self._categories.get(category_id, "") for category_id in ids)

    def terms(self, terms: NeedTerms | None) -> str:
        """How needs are wanted, in brackets; nothing where they are as usual."""
        if terms is None:
            return ""
        parts = [str(terms.quantity)] if terms.quantity > 1 else []
        if terms.urgency != Urgency.NORMAL:
            parts.append(self.shown("urgency", terms.urgency))
        if terms.rhythm != Rhythm.ONCE:
            times = self.tr(" {count} 次").format(count=terms.per_month) if terms.per_month > 1 else ""
            parts.append(self.shown("rhythm", terms.rhythm) + times)
        parts += [labels.half_day(half_day) for half_day in terms.half_days[:2]]
        return self.tr("（{parts}）").format(parts=SEPARATOR.join(parts)) if parts else ""

    def address(self, fields: Any) -> str:
        """The address as the row gives it."""
        return address_text(
            fields.get("compound") or "",
            fields.get("building") or "",
            fields.get("room") or "",
            fields.get("unit") or "",
        )

    def boxed(self, row: PlannedRow, *fields: str) -> CellRemark | None:
        """The remark that a cell of these fields was not taken, None where it was."""
        return next((r for r in row.read_remarks if r.code in workbooks.NOT_TAKEN and _field_of(r) in fields), None)

    def needs_a_look(self, row: PlannedRow) -> bool:
        """Whether a person should look at the row: doubtful, refused, or with a cell that was not taken."""
        if row.outcome in {Outcome.DOUBTFUL, Outcome.REFUSED}:
            return True
        return any(found.code in workbooks.NOT_TAKEN for found in row.read_remarks)

    def change(self, row: PlannedRow, *fields: str) -> FieldChange | None:
        """The change of one of these fields, None where the row changes none."""
        return next((change for change in row.changes if change.field in fields), None)

    def shown(self, field: str, value: Any) -> str:
        """A value of a record as a person reads it; phones and identity numbers masked."""
        if field == "phones":
            return self.phones(value)
        if field == "id_number":
            return masked_id(value)
        if field == "contacts":
            return SEPARATOR.join(f"{name} {masked_phone(phone)}".strip() for name, _, phone in value)
        if field == "sex":
            return {"male": self.tr("男"), "female": self.tr("女")}.get(value, "")
        if field == "living":
            return self._living(value)
        if field == "urgency":
            return labels.label(Urgency(value))
        if field == "rhythm":
            return labels.label(Rhythm(value))
        if field in {"half_days", "wanted_times"}:
            return SEPARATOR.join(labels.half_day(half_day) for half_day in value)
        if field == "without_lift":
            return self.tr("没有电梯") if value else ""
        if isinstance(value, tuple):
            return SEPARATOR.join(str(item) for item in value)
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value)

    def _living(self, value: str) -> str:
        return "" if value == Living.UNKNOWN else labels.label(Living(value))

    # -- sentences

    def will(self, row: PlannedRow) -> str:
        """What becomes of the row, in a few words."""
        if row.kind == FEEDBACK:
            return self.feedback.will(row)
        joined = next((note for note in row.notes if note.remark is Remark.SAME_ROW), None)
        needs = len(row.category_ids)
        if row.outcome is Outcome.NEW:
            return self._new(row, needs)
        if row.outcome is Outcome.CHANGED:
            parts = []
            if row.changes:
                parts.append(self.tr("改 {count} 处").format(count=len(row.changes)))
            if needs:
                parts.append(self.tr("加 {count} 条需求").format(count=needs))
            if row.certificates:
                parts.append(self.tr("加 {count} 张证书").format(count=len(row.certificates)))
            text = "，".join(parts)
            return self._joined(joined, text) if joined is not None else text
        if row.outcome is Outcome.SAME:
            if joined is not None:
                return self._joined(joined, "")
            return self.tr("完全一样，不写")
        return self.reason(row)

    def _joined(self, note: Note, text: str) -> str:
        same = self.tr("与第 {row} 行同一人").format(row=note.detail)
        return f"{same}，{text}" if text else same

    def _new(self, row: PlannedRow, needs: int) -> str:
        if isinstance(row.person, KnownElder):
            if needs:
                return self.tr("新老人 + {count} 条需求").format(count=needs)
            return self.tr("新老人")
        if isinstance(row.person, KnownProvider):
            return self.tr("新单位") if row.person.kind == "enterprise" else self.tr("新志愿者")
        if isinstance(row.person, KnownVisit):
            return self.tr("补记这次上门")
        if isinstance(row.person, KnownCall):
            return self.tr("补记这个来电")
        if isinstance(row.person, KnownPlace):
            return self.tr("新小区") if row.person.name else self.tr("新居委")
        return self.tr("新数字")

    def reason(self, row: PlannedRow) -> str:
        """Why a row is doubtful or not written, in words."""
        parts = [workbooks.refusal(row.refused)] if row.refused else []
        if row.candidates and row.kind != FEEDBACK:
            parts.append(self.tr("像 {who}").format(who=SEPARATOR.join(self.who(row, c) for c in row.candidates[:2])))
        parts += [self.note(note) for note in row.notes]
        parts += [
            workbooks.remark(found)
            for found in row.read_remarks
            if found.code in workbooks.NOT_TAKEN and found.code != row.refused
        ]
        return "；".join(dict.fromkeys(parts))

    def note(self, note: Note) -> str:
        """A remark of the plan in words."""
        words = labels.label(note.remark)
        if note.remark is Remark.SAME_ROW:
            return self.tr("与第 {row} 行同一人").format(row=note.detail)
        if note.remark is Remark.NOT_SERVED:
            return self.tr("名单里是“{state}”").format(state=labels.any_state(note.detail))
        if note.remark is Remark.KIND_NOT_IMPORTED:
            return words
        if note.remark in TOLD_WITH_DETAIL and note.detail:
            return f"{words}：{note.detail}"
        return words

    def remarks(self, row: PlannedRow) -> list[str]:
        """All that is remarked of a row, each once."""
        said = [self.note(note) for note in row.notes]
        said += [workbooks.remark(found) for found in row.read_remarks if found.code not in workbooks.QUIET]
        return list(dict.fromkeys(said))

    # -- people

    def person(self, row: PlannedRow, candidate: Candidate) -> KnownElder | KnownProvider | None:
        """Whom a candidate of a row stands for, as known or as an earlier row says."""
        if candidate.record_id:
            if row.kind in {"volunteers", "enterprises"}:
                return self._providers.get(candidate.record_id)
            if self._elders is None:
                self._elders = {elder.id: elder for elder in self.snapshot.elders}
            return self._elders.get(candidate.record_id)
        if self._rows is None:
            self._rows = {each.key: each for each in self.draft.plan.rows} if self.draft.plan is not None else {}
        earlier = self._rows.get(candidate.row_key) if candidate.row_key is not None else None
        return earlier.person if earlier is not None else None

    def who(self, row: PlannedRow, candidate: Candidate) -> str:
        """A candidate in short: name, where they live, and why it may be them."""
        person = self.person(row, candidate)
        if person is None:
            return ""
        where = self.compound(person.compound)
        if isinstance(person, KnownElder):
            where = address_text(where, person.building, person.room, person.unit)
        why = labels.likeness(candidate.why) if candidate.why in set(Likeness) else ""
        return self.tr("{name}（{facts}）").format(name=person.name, facts="，".join(filter(None, (where, why))))

    def compound(self, place: int | str | None) -> str:
        """A compound's name."""
        return self._compounds.get(place, "") if isinstance(place, int) else place or ""

    def committee(self, place: int | str | None) -> str:
        """A committee's name."""
        return self._committees.get(place, "") if isinstance(place, int) else place or ""

    def enterprise(self, place: int | str | None) -> str:
        """An enterprise's name."""
        if isinstance(place, int):
            found = self._providers.get(place)
            return found.name if found is not None else ""
        return place or ""


def _field_of(found: CellRemark) -> str:
    """The field that a remark is about; several things in one cell count as the first."""
    return found.field.split("+")[0].split(":")[0]
