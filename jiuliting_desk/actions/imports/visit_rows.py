"""Rows of visits of earlier years: whose, by whom, which service; what the file holds already is not written again."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from jiuliting_desk.actions.imports import elder_rows
from jiuliting_desk.actions.imports.elder_finder import ElderFinder, Meant
from jiuliting_desk.actions.imports.rows import SheetRow, refused_row
from jiuliting_desk.actions.imports.snapshot import Snapshot
from jiuliting_desk.actions.imports.visit_words import read_state, read_times, words_beside_clock
from jiuliting_desk.model.imports import Choices, Note, Outcome, PlannedRow, Remark, RowKey
from jiuliting_desk.model.known import KnownElder, KnownProvider, KnownVisit, Place
from jiuliting_desk.model.text import tidy_name
from jiuliting_desk.model.visits import FELL_THROUGH, VisitState

KIND = "visits"

NINE = 9 * 60
"""The minute of the day of a visit of which no time is told."""

FULL_DATE = 10
MOST_ON_SITE = 900
MOST_QUANTITY = 99

NEW_VOLUNTEER, NEW_ENTERPRISE = "volunteer", "enterprise"
"""What a name may mean besides a known record's id: somebody to be registered."""

_BETWEEN = re.compile(r"[、,，/;；\n＋+&]+")
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


BESIDE = {
    "rating": "满意度（1 到 5）", "comment": "意见", "reason": "原因", "about": "内容", "handled_by": "经办",
    "people": "人数", "wishes": "愿望", "phone_note": "电话旁写的",
}  # fmt: skip
"""Fields that the record of a visit has no place for, as its notes call them."""


class VisitRows:
    """One pass over the rows of visits of an import."""

    def __init__(
        self,
        snapshot: Snapshot,
        choices: Choices,
        today: date,
        elders: ElderFinder,
        providers: Mapping[int, KnownProvider],
        new_enterprises: Collection[str],
        provider_words: Mapping[str, str],
    ) -> None:
        self._choices = choices
        self._today = today
        self._elders = elders
        self._learned = provider_words
        self._providers_known = providers
        self._new_enterprises = new_enterprises
        self._by_name: dict[str, list[int]] = {}
        for ref, provider in providers.items():
            self._by_name.setdefault(provider.name, []).append(ref)
        self._categories = {category.name: category for category in snapshot.categories}
        self._known: dict[tuple[int, str, int], frozenset[Place]] = (
            dict(snapshot.past.visits) if snapshot.past is not None else {}
        )
        self.unknown_providers: Counter[str] = Counter()
        self._next_ref = -1

    def plan(self, key: RowKey, row: SheetRow, committee: str) -> PlannedRow:
        """What becomes of one row."""
        if row.refused or key in self._choices.left_out:
            return refused_row(key, row, KIND)
        day, starts, minutes, notes = self._when(row)
        names = self._category_names(row)
        if not names:
            notes = (*notes, Note(Remark.NEED_NOT_OFFERED, "category", _unknown_service(row)))
        if any(note.remark is not Remark.NO_TIME for note in notes):
            return refused_row(key, row, KIND, notes)
        meant = self._elders.meant(key, row, committee)
        if meant.elder is None and not meant.candidates:
            return refused_row(key, row, KIND, (Note(Remark.ELDER_UNKNOWN, "name", str(row.fields.get("name") or "")),))
        providers, asked = self._providers(row)
        notes = (*meant.notes, *asked, *notes)
        if meant.elder is None or asked:
            return PlannedRow(
                key, row.row, KIND, Outcome.DOUBTFUL, row.fields, row.remarks, notes, candidates=meant.candidates
            )
        visit = self._visit(row, committee, meant, meant.elder, day, starts, minutes, names, providers)
        keys = [(visit.elder, visit.day, category_id) for category_id in visit.category_ids]
        if all(one in self._known and self._known[one].issuperset(providers) for one in keys):
            return PlannedRow(key, row.row, KIND, Outcome.SAME, row.fields, row.remarks, notes)
        for one in keys:
            self._known[one] = self._known.get(one, frozenset()) | set(providers)
        ref = self._next_ref
        self._next_ref -= 1
        return PlannedRow(key, row.row, KIND, Outcome.NEW, row.fields, row.remarks, notes, ref, visit)

    def _when(self, row: SheetRow) -> tuple[str, int, int, tuple[Note, ...]]:
        """Day, minute of the day, minutes on site (0: not told), and what is wrong with them."""
        get = row.fields.get
        _, starts, span = read_times(str(get("time") or ""))
        day = told_day(row.fields)
        minutes = get("minutes")
        on_site = round(minutes) if isinstance(minutes, int | float) else span or 0
        notes: tuple[Note, ...] = ()
        if len(day) != FULL_DATE:
            notes = (Note(Remark.NO_DAY, "date", day),)
        elif day > self._today.isoformat():
            notes = (Note(Remark.NO_FUTURE, "date", day),)
        if starts is None:
            notes = (*notes, Note(Remark.NO_TIME, "time"))
        return day, NINE if starts is None else starts, max(0, min(on_site, MOST_ON_SITE)), notes

    def _category_names(self, row: SheetRow) -> list[str]:
        names = [row.fields.get("category"), *(row.fields.get("more_categories") or ())]
        return [name for name in dict.fromkeys(names) if name in self._categories]

    def _providers(self, row: SheetRow) -> tuple[tuple[Place, ...], tuple[Note, ...]]:
        """Who went, and the names of which nobody said yet who they are."""
        text = str(row.fields.get("provider") or row.fields.get("enterprise") or "").strip()
        phones = frozenset(filter(None, (str(row.fields.get("provider_phone") or ""),)))
        found: list[Place] = []
        notes: list[Note] = []
        for name in self._names(text):
            meant = self._provider(name, phones)
            if meant is None:
                self.unknown_providers[name] += 1
                remark = Remark.PROVIDER_UNKNOWN if name else Remark.PROVIDER_MISSING
                notes.append(Note(remark, "provider", name))
            else:
                found.append(meant)
        return tuple(dict.fromkeys(found)), tuple(notes)

    def _names(self, text: str) -> list[str]:
        if self._provider(tidy_name(text), frozenset()) is not None:
            return [tidy_name(text)]
        names: list[str] = []
        for part in _BETWEEN.split(text):
            pieces = part.split()
            apart = len(pieces) > 1 and all(_SHORT_NAME.fullmatch(piece) for piece in pieces)
            names += pieces if apart else [tidy_name(part)]
        return list(dict.fromkeys(filter(None, names))) or [""]

    def _provider(self, name: str, phones: frozenset[str]) -> Place:
        known = self._by_name.get(name, [])
        if len(known) > 1:
            known = [ref for ref in known if phones.intersection(self._providers_known[ref].phones)] or known
        if len(known) == 1:
            return known[0]
        if name in self._new_enterprises:
            return f"{NEW_ENTERPRISE}:{name}"
        meant = self._learned.get(name, "")
        if meant.isdecimal() and int(meant) in self._providers_known:
            return int(meant)
        return f"{meant}:{name}" if meant in {NEW_VOLUNTEER, NEW_ENTERPRISE} and name else None

    def _visit(
        self,
        row: SheetRow,
        committee: str,
        meant: Meant,
        elder: KnownElder,
        day: str,
        starts: int,
        minutes: int,
        names: list[str],
        providers: tuple[Place, ...],
    ) -> KnownVisit:
        get = row.fields.get
        result = str(get("result") or "").strip()
        state = read_state(result)
        quantity = get("quantity")
        count = 0
        if isinstance(quantity, int | float) and len(names) == 1 and 1 <= quantity <= MOST_QUANTITY:
            count = int(quantity) if float(quantity).is_integer() else 0
        told = [str(get("notes") or "")]
        if result and (state is None or (state is VisitState.DONE and len(result) > len("已完成"))):
            told.append(f"结果：{result}")
        if quantity and not count and quantity != 1:
            told.append(f"数量：{quantity}")
        told += elder_rows.told_beside(row.fields, BESIDE)
        if clock := words_beside_clock(str(get("time") or "")):
            told.append(f"时间：{clock}")
        state = state or VisitState.DONE
        home, compound = self._elders.place_of(row, committee, elder)
        return KnownVisit(
            meant.ref,
            day,
            starts,
            minutes if state is VisitState.DONE else 0,
            tuple(self._categories[name].id for name in names),
            count or 1,
            providers,
            tidy_name(str(get("cadre") or "")),
            home,
            compound,
            state.value,
            result if state in FELL_THROUGH else "",
            "；".join(filter(None, told)),
        )


def _unknown_service(row: SheetRow) -> str:
    return next((remark.text for remark in row.remarks if remark.code == "need_unknown"), "")


def told_day(fields: Mapping[str, Any]) -> str:
    """The day of a visit in a row, ISO, as much of it as is told."""
    told, _, _ = read_times(str(fields.get("time") or ""))
    return str(fields.get("date") or (told.isoformat() if told is not None else ""))
