"""What the rows of a plan say to a person: in the cells of the preview, in the strip below it, in the reasons."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject

from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.actions.imports.snapshot import Snapshot
from jiuliting_desk.model.elders import Living, Sex
from jiuliting_desk.model.imports import Candidate, FieldChange, Note, Outcome, PlannedRow, Remark, RowKey
from jiuliting_desk.model.known import KnownCall, KnownElder, KnownPlace, KnownProvider, KnownVisit, NeedTerms
from jiuliting_desk.model.likeness import Likeness
from jiuliting_desk.model.needs import Rhythm, Urgency
from jiuliting_desk.model.places import address_text
from jiuliting_desk.sheets.tables import ReadRow
from jiuliting_desk.sheets.tables import Remark as CellRemark
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.masking import masked_id, masked_phone
from jiuliting_desk.ui.pages.importing.column_grid import letter_of
from jiuliting_desk.ui.pages.importing.feedback_words import FEEDBACK, FeedbackWords
from jiuliting_desk.ui.words import workbooks

SEPARATOR = "、"

TOLD_WITH_DETAIL = frozenset(
    {
        Remark.NEED_NOT_OFFERED,
        Remark.CERTIFICATE_KIND,
        Remark.AGE_ONLY,
        Remark.KEPT_AS_WISH,
        Remark.UNDERSTOOD,
        Remark.CONTRADICTED,
        Remark.STILL_COMES,
        Remark.STATE_TAKEN,
        Remark.NEED_DONE,
        Remark.STATE_KEPT,
        Remark.PROVIDER_UNKNOWN,
        Remark.NO_DAY,
        Remark.ELDER_UNKNOWN,
    }
)
"""Remarks that are understood only with what stands in the cell."""

MORE: dict[str, tuple[str, ...]] = {
    "survey": (
        "birth", "tags", "living", "emergency_contact", "emergency_relation", "emergency_phone", "notes", "health",
        "allergies", "hearing", "language", "likes", "floor", "sex", "id_number",
        "wanted_who", "refuses",
    ),
    "volunteers": (
        "capacity_per_month", "hours_per_month", "homes_at_once", "max_metres", "area", "available_times",
        "certificate", "certificate_number",
        "certificate_expires", "contact_name", "notes", "address", "joined_on", "birth", "sex", "id_number",
    ),
    "visits": ("time", "quantity", "cadre", "result", "rating", "comment", "notes"),
    "calls": ("time", "category", "result", "handled_by", "notes"),
    "places": ("contact_name", "households", "notes"),
}  # fmt: skip
"""What a row tells beside the columns of the preview, by its kind."""


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
        if terms.wants_sex:
            parts.append(self.shown("wants_sex", terms.wants_sex))
        if terms.wants_dialect:
            parts.append(self.tr("要会说上海话"))
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
        """Whether a person should look at the row: doubtful, refused, a cell not taken, at odds with who comes."""
        if row.outcome in {Outcome.DOUBTFUL, Outcome.REFUSED}:
            return True
        if any(note.remark is Remark.STILL_COMES for note in row.notes):
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
        if field == "wants_sex":
            return self.tr("要{sex}的").format(sex=labels.label(Sex(value))) if value else self.tr("男女都行")
        if field == "wants_dialect":
            return self.tr("要") if value else self.tr("不要求")
        if field == "living":
            return self._living(value)
        if field == "urgency":
            return labels.label(Urgency(value))
        if field == "rhythm":
            return labels.label(Rhythm(value))
        if field in {"half_days", "wanted_times"}:
            return SEPARATOR.join(labels.half_day(half_day) for half_day in value)
        if field == "max_metres" and value is not None:
            return self.tr("{count} 米").format(count=value)
        if field == "areas":
            return SEPARATOR.join(self.committee(place) for place in value)
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
        joined = row.joins is not None and any(note.remark is Remark.SAME_ROW for note in row.notes)
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
            return self._joined(row, text) if joined else text
        if row.outcome is Outcome.SAME:
            if self.is_kept(row):
                return self.tr("留原来的，不写")
            if joined:
                return self._joined(row, "")
            return self.tr("完全一样，不写")
        return self.reason(row)

    def is_kept(self, row: PlannedRow) -> bool:
        """Whether a person said that what is known stays, against the row."""
        return bool(self.draft.choices.kept.get(row.key))

    def _joined(self, row: PlannedRow, text: str) -> str:
        same = self._same_as(row.joins)
        return f"{same}，{text}" if text else same

    def _same_as(self, key: RowKey | None) -> str:
        other = self._row_at(key)
        return self.tr("与{place}同一人").format(place=self.place(other) if other is not None else "")

    def place(self, row: PlannedRow) -> str:
        """Where a row stands on its sheet, in words."""
        return (
            self.tr("{at} 列").format(at=at)
            if (at := self._column_of(row))
            else self.tr("第 {row} 行").format(row=row.number)
        )

    def number(self, row: PlannedRow) -> str:
        """The number of its line, or the letter of its column where each person has a column."""
        return self._column_of(row) or str(row.number)

    def _column_of(self, row: PlannedRow) -> str:
        table, read = self.draft.row_of(row)
        columns = {column for _, column in read.places.values()} if table.is_no_list else set()
        return letter_of(columns.pop()) if len(columns) == 1 and len(read.places) > 1 else ""

    def more(self, row: PlannedRow) -> str:
        """What a row tells beside the columns of the preview."""
        told = []
        for field in MORE.get(row.kind, ()):
            value = row.fields.get(field)
            if value in (None, "", (), False):
                continue
            if field == "emergency_phone":
                text = masked_phone(str(value))
            elif field in {"id_number", "max_metres"}:
                text = self.shown(field, value)
            else:
                text = SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else str(value)
            told.append(f"{workbooks.meaning(field)} {text}")
        return "，".join(told)

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
        # That the time is not told keeps no row out; a cell is complained about once.
        notes = [note for note in row.notes if note.remark is not Remark.NO_TIME]
        parts += [self.note(note) for note in notes]
        said = {row.refused, *(note.field for note in notes)}
        parts += [
            workbooks.remark(found)
            for found in row.read_remarks
            if found.code in workbooks.NOT_TAKEN and not said & {found.code, _field_of(found)}
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
        said = [
            self._same_as(row.joins) if note.remark is Remark.SAME_ROW and row.joins is not None else self.note(note)
            for note in row.notes
        ]
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
        earlier = self._row_at(candidate.row_key)
        return earlier.person if earlier is not None else None

    def _row_at(self, key: RowKey | None) -> PlannedRow | None:
        if self._rows is None:
            self._rows = {each.key: each for each in self.draft.plan.rows} if self.draft.plan is not None else {}
        return self._rows.get(key) if key is not None else None

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


def is_unfilled(row: PlannedRow) -> bool:
    """Whether a row is a feedback form that nobody filled in yet."""
    return row.is_unfilled


def _field_of(found: CellRemark) -> str:
    """The field that a remark is about; several things in one cell count as the first."""
    return found.field.split("+")[0].split(":")[0]
