"""Rows of calls of earlier years: who rang about what; what the file holds already is not written again."""

from datetime import date

from jiuliting_desk.actions.imports import elder_rows
from jiuliting_desk.actions.imports.elder_finder import ElderFinder
from jiuliting_desk.actions.imports.rows import SheetRow, refused_row
from jiuliting_desk.actions.imports.snapshot import Snapshot
from jiuliting_desk.actions.imports.visit_words import read_outcome, read_times, words_beside_clock
from jiuliting_desk.model.imports import Choices, Note, Outcome, PlannedRow, Remark, RowKey
from jiuliting_desk.model.known import KnownCall
from jiuliting_desk.model.places import address_text

KIND = "calls"

NINE = 9 * 60
FULL_DATE = 10


BESIDE = {
    "rating": "满意度（1 到 5）", "comment": "意见", "reason": "原因", "cadre": "居委干部", "provider": "谁去",
    "enterprise": "单位", "quantity": "数量", "wishes": "愿望",
    "phone_note": "电话旁写的",
}  # fmt: skip
"""Fields that the record of a call has no place for, as its notes call them."""


class CallRows:
    """One pass over the rows of calls of an import."""

    def __init__(self, snapshot: Snapshot, choices: Choices, today: date, elders: ElderFinder) -> None:
        self._choices = choices
        self._today = today
        self._elders = elders
        self._categories = {category.name: category.id for category in snapshot.categories}
        self._known = set(snapshot.past.calls) if snapshot.past is not None else set()
        self._next_ref = -1

    def plan(self, key: RowKey, row: SheetRow, committee: str) -> PlannedRow:
        """What becomes of one row."""
        get = row.fields.get
        told, starts, _ = read_times(str(get("time") or ""))
        day = get("date") or (told.isoformat() if told is not None else "")
        about, result = str(get("about") or ""), str(get("result") or "")
        notes: tuple[Note, ...] = ()
        if len(day) != FULL_DATE:
            notes = (Note(Remark.NO_DAY, "date", day),)
        elif day > self._today.isoformat():
            notes = (Note(Remark.NO_FUTURE, "date", day),)
        services = (str(get("category") or ""), *(get("more_categories") or ()))
        asked = f"项目：{'、'.join(services)}" if len(services) > 1 else ""
        spoke = {"caller": "来电人"} if get("caller") != get("name") else {}
        beside = elder_rows.told_beside(row.fields, BESIDE | spoke)
        if clock := words_beside_clock(str(get("time") or "")):
            beside.append(f"时间：{clock}")
        done = f"处理：{result}" if result else ""
        words = "；".join(filter(None, (about, asked, done, str(get("notes") or ""), *beside)))
        if not words:
            notes = (*notes, Note(Remark.NO_WORDS, "about"))
        if row.refused or notes or key in self._choices.left_out:
            return refused_row(key, row, KIND, notes)
        meant = self._elders.meant(key, row, committee)
        phones = tuple(get("phones") or ())
        if meant.elder is None and key not in self._choices.decisions:
            by_phone = self._elders.of_phone(phones)
            if by_phone.elder is None and meant.candidates:
                return PlannedRow(
                    key, row.row, KIND, Outcome.DOUBTFUL, row.fields, row.remarks, meant.notes,
                    candidates=meant.candidates,
                )  # fmt: skip
            meant = by_phone
        elder = meant.elder
        where = address_text(*(str(get(part) or "") for part in ("compound", "building", "room", "unit")))
        if elder is None and where:
            words = f"{words}；住址：{where}"
        name = str(get("name") or "")
        notes = meant.notes if starts is not None else (*meant.notes, Note(Remark.NO_TIME, "time"))
        minute = NINE if starts is None else starts
        call = KnownCall(
            meant.ref if elder is not None else None,
            f"{day}T{minute // 60:02d}:{minute % 60:02d}",
            phones[0] if phones else "",
            "" if elder is not None and elder.name == name else name,
            self._category(row),
            read_outcome(about, result).value,
            words,
            str(get("handled_by") or ""),
        )
        known = (call.at, call.elder, call.phone, call.notes)
        if known in self._known:
            return PlannedRow(key, row.row, KIND, Outcome.SAME, row.fields, row.remarks, notes)
        self._known.add(known)
        ref = self._next_ref
        self._next_ref -= 1
        return PlannedRow(key, row.row, KIND, Outcome.NEW, row.fields, row.remarks, notes, ref, call)

    def _category(self, row: SheetRow) -> int | None:
        names = (row.fields.get("category"), *(row.fields.get("needs") or ()))
        return next((self._categories[name] for name in names if name in self._categories), None)
