"""Two people side by side: the one of the sheet, and the one that may be the same; a person decides."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QWidget

from jiuliting_desk.actions.imports.asked import PAST_KINDS
from jiuliting_desk.model.imports import Candidate, Decision, PlannedRow
from jiuliting_desk.model.known import KnownElder, KnownProvider
from jiuliting_desk.model.likeness import Likeness
from jiuliting_desk.model.places import address_text
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.masking import masked_id
from jiuliting_desk.ui.pages.importing.row_words import SEPARATOR, RowWords
from jiuliting_desk.ui.widgets.buttons import Segmented, button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.layout import row
from jiuliting_desk.ui.widgets.text import label
from jiuliting_desk.ui.words import workbooks


class CompareDialog(WindowDialog):
    """The sheet's values at the left, the known ones at the right, differing ones marked."""

    def __init__(
        self,
        planned: PlannedRow,
        words: RowWords,
        decided: Callable[[Decision, Candidate | None], object],
    ) -> None:
        super().__init__(self.tr("{place}和名单里的是同一位吗？").format(place=words.place(planned)), width=680)
        self._planned = planned
        self._words = words
        self._decided = decided
        self._at = 0
        self.candidates = planned.candidates
        self._holder = QWidget()
        if len(self.candidates) > 1:
            choices = [(at, words.who(planned, candidate)) for at, candidate in enumerate(self.candidates[:4])]
            self.which = Segmented([(at, text[:18]) for at, text in choices])
            self.which.chosen.connect(self._show)
            self.body.addLayout(row(self.which))
        self.body.addWidget(self._holder)
        is_past = planned.kind in PAST_KINDS
        same = self.tr("是同一位，记在名下") if is_past else self.tr("是同一位，用这一行更新")
        other = self.tr("不是这几位") if is_past else self.tr("是另一位，新登记")
        self.same_button = button(same, lambda: self._end(Decision.SAME_PERSON), kind="primary", icon="merge")
        self.other_button = button(other, lambda: self._end(Decision.OTHER_PERSON), icon="user-plus")
        self.later_button = button(self.tr("以后再说"), lambda: self._end(Decision.LATER))
        self.foot.addWidget(self.later_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.other_button)
        self.foot.addWidget(self.same_button)
        self._show(0)

    def _end(self, decision: Decision) -> None:
        candidate = self.candidates[self._at] if decision is Decision.SAME_PERSON else None
        self.accept()
        self._decided(decision, candidate)

    def _show(self, at: object) -> None:
        self._at = at if isinstance(at, int) else 0
        candidate = self.candidates[self._at]
        person = self._words.person(self._planned, candidate)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setHorizontalSpacing(theme.px(18))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(self.tr("表里这一行"), "h3"), 0, 1)
        grid.addWidget(label(self.tr("名单里的"), "h3"), 0, 2)
        for line, (field, ours, theirs) in enumerate(self._lines(person), start=1):
            differs = bool(ours and theirs and ours != theirs)
            grid.addWidget(label(field, "field"), line, 0)
            grid.addWidget(label(ours or "—", "strong" if differs else "", wrap=True), line, 1)
            grid.addWidget(label(theirs or "—", "strong" if differs else "", wrap=True), line, 2)
        why = labels.likeness(candidate.why) if candidate.why in set(Likeness) else ""
        reason = "；".join(filter(None, (why, *(self._words.note(note) for note in self._planned.notes))))
        if reason:
            grid.addWidget(label(reason, "sub", wrap=True), grid.rowCount(), 0, 1, 3)
        self.body.removeWidget(self._holder)
        self._holder.hide()
        self._holder.deleteLater()
        self.body.addWidget(holder)
        self._holder = holder

    def _lines(self, person: KnownElder | KnownProvider | None) -> list[tuple[str, str, str]]:
        words, fields = self._words, self._planned.fields
        if person is None:
            return []
        found = [
            (workbooks.meaning("name"), str(fields.get("name") or ""), person.name),
            (workbooks.meaning("sex"), str(fields.get("sex") or ""), words.shown("sex", person.sex)),
            (workbooks.meaning("birth"), str(fields.get("birth") or ""), person.birth),
            (workbooks.meaning("id_number"), masked_id(fields.get("id_number") or ""), masked_id(person.id_number)),
            (workbooks.meaning("phones"), words.phones(fields.get("phones") or ()), words.phones(person.phones)),
        ]
        if isinstance(person, KnownElder):
            home = address_text(words.compound(person.compound), person.building, person.room, person.unit)
            found += [
                (self.tr("住址"), words.address(fields), home),
                (workbooks.meaning("tags"), SEPARATOR.join(fields.get("tags") or ()), SEPARATOR.join(person.tags)),
                (self.tr("状态"), "", labels.any_state(person.state)),
            ]
        else:
            found += [
                (
                    workbooks.meaning("enterprise"),
                    str(fields.get("enterprise") or ""),
                    words.enterprise(person.enterprise),
                ),
                (workbooks.meaning("compound"), str(fields.get("compound") or ""), words.compound(person.compound)),
                (
                    workbooks.meaning("skills"),
                    SEPARATOR.join(fields.get("skills") or ()),
                    words.categories(person.category_ids),
                ),
            ]
        return found
