"""The second step, right: counts as filters, every row with what becomes of it, and the strip that settles one row."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QStackedWidget, QWidget

from jiuliting_desk.actions.imports.feedback_rows import KIND as FEEDBACK
from jiuliting_desk.model.imports import Decision, Outcome, PlannedRow
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.importing.columns import LOOKS, PreviewCells, columns_of
from jiuliting_desk.ui.pages.importing.row_words import RowWords, is_unfilled
from jiuliting_desk.ui.widgets.buttons import Facet, Segmented, button
from jiuliting_desk.ui.widgets.layout import column, hairline, row, surface, wrapping
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import Elide, rich_label
from jiuliting_desk.ui.words import workbooks

ALL = "all"
LOOK = "look"
"""The filter of rows that are taken though a cell of theirs was not."""

UNFILLED = "unfilled"
"""The filter of feedback forms that nobody filled in yet: they are no repetitions."""

PERSON_DECISIONS = (Decision.LATER, Decision.SAME_PERSON, Decision.OTHER_PERSON)
FORM_DECISIONS = (Decision.LATER, Decision.KEEP_KNOWN, Decision.USE_SHEET)

FILTERS = (ALL, Outcome.NEW, Outcome.CHANGED, Outcome.SAME, UNFILLED, Outcome.DOUBTFUL, Outcome.REFUSED, LOOK)


class PreviewPanel(QWidget):
    """Shows the rows of one table of a plan."""

    decided = Signal(object, object)
    """A PlannedRow and a Decision, for its first candidate."""
    kept = Signal(object, bool)
    """A PlannedRow, and whether what is known stays."""
    correction_wanted = Signal(object)
    """A PlannedRow."""
    comparison_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cells = PreviewCells()
        self._rows: list[PlannedRow] = []
        self._filter: str = ALL
        self._tables: dict[str, RecordTable[PlannedRow]] = {}
        self._stack = QStackedWidget()
        self.facets: dict[str, Facet] = {}
        group = QButtonGroup(self)
        for key in FILTERS:
            made = self._facet(key)
            group.addButton(made)
            self.facets[key] = made
        self.facets[ALL].setChecked(True)
        self._text = rich_label("", wrap=False)
        self._said = Elide()
        self._said_above = Elide()
        """What is said of a row whose buttons leave no room beside them."""
        self.choice = Segmented([(False, self.tr("用 Excel 的")), (True, self.tr("留原来的"))])
        self.choice.chosen.connect(self._on_choice)
        self.decision = Segmented([(decision, labels.label(decision)) for decision in PERSON_DECISIONS])
        self.decision.chosen.connect(self._on_decision)
        self.form_decision = Segmented([(decision, labels.label(decision)) for decision in FORM_DECISIONS])
        self.form_decision.chosen.connect(self._on_decision)
        self.compare_button = button(self.tr("并排看两位"), self._on_compare, icon="users", size="s")
        self.correct_button = button(self.tr("改这一行"), self._on_correct, icon="pencil", size="s")
        strip = row(
            self._text, self._said, self.correct_button, self.compare_button, self.decision,
            self.form_decision, self.choice, margins=(8, 16), gap=10,
        )  # fmt: skip
        strip.setStretchFactor(self._said, 1)
        above = QWidget()
        above.setLayout(row(self._said_above, margins=(8, 16, 0, 16)))
        self._above = above
        self._strip = surface("flat", column(above, strip, gap=0))
        panel = surface(
            "panel",
            column(
                wrapping(*self.facets.values(), gap=6, margins=(12, 14)),
                self._stack,
                hairline(),
                self._strip,
                gap=0,
            ),
        )
        self.setLayout(column(panel))
        self._show_strip(None)

    def _facet(self, key: str) -> Facet:
        if key == ALL:
            made = Facet(self.tr("全部"), icon="list-checks")
        elif key == LOOK:
            made = Facet(self.tr("有格子没认出"), icon="circle-alert", token="bad")
        elif key == UNFILLED:
            made = Facet(self.tr("没填"), icon="circle-dashed", token="ink2")
        else:
            outcome = Outcome(key)
            icon, tone, _ = LOOKS[outcome]
            made = Facet(labels.label(outcome), icon=icon, token=tone)
        made.clicked.connect(lambda _on=False: self.choose_filter(key))
        return made

    # -- showing

    def table(self) -> RecordTable[PlannedRow]:
        """The table that is seen. Raises KeyError before rows were shown."""
        return self._tables[self._kind]

    def show_rows(self, rows: list[PlannedRow], kind: str, words: RowWords, *, fresh: bool = False) -> None:
        """Show the rows of a table of that kind, not yet counted; the chosen row and the filter stay.

        Of a workbook that was just opened all its rows, the first one chosen.
        """
        self.cells.words = words
        self._rows = rows
        self._kind = kind
        if kind not in self._tables:
            made = RecordTable(
                columns_of(kind, self.cells),
                key=lambda planned: planned.key,
                multi=False,
                empty_text=self.tr("这一类里没有行。"),
            )
            made.current_changed.connect(self._show_strip)
            made.opened.connect(self._on_opened)
            self._tables[kind] = made
            self._stack.addWidget(made)
        self._stack.setCurrentWidget(self._tables[kind])
        if fresh:
            self._filter = ALL
            self.facets[ALL].setChecked(True)
        self._fill()
        if fresh:
            self.table().choose_first()

    def _is_in(self, planned: PlannedRow, key: str) -> bool:
        if key == ALL:
            return True
        if key == LOOK:
            is_taken = planned.outcome in {Outcome.NEW, Outcome.CHANGED, Outcome.SAME}
            return is_taken and any(r.code in workbooks.NOT_TAKEN for r in planned.read_remarks)
        if key == UNFILLED:
            return is_unfilled(planned)
        return planned.outcome == key and not is_unfilled(planned)

    def count(self) -> None:
        """Say how many rows each filter leaves; one that leaves none now gives way to all."""
        counts: Counter[str] = Counter(planned.outcome for planned in self._rows)
        counts[ALL] = len(self._rows)
        counts[UNFILLED] = sum(map(is_unfilled, self._rows)) if self._kind == FEEDBACK else 0
        counts[Outcome.SAME] -= counts[UNFILLED]
        counts[LOOK] = sum(self._is_in(planned, LOOK) for planned in self._rows if planned.read_remarks)
        for key, made in self.facets.items():
            made.set_count(counts[key])
            made.setVisible(key in {ALL, Outcome.NEW, Outcome.CHANGED, Outcome.SAME} or counts[key] > 0)
        if not self.facets[self._filter].isVisibleTo(self):
            self.choose_filter(ALL)

    def _fill(self) -> None:
        rows = self._rows if self._filter == ALL else [p for p in self._rows if self._is_in(p, self._filter)]
        table = self.table()
        table.set_rows(rows)
        if table.current() is None:
            table.choose_first()
        self._show_strip(table.current())

    def filters(self) -> list[str]:
        """The filters that are offered, in order."""
        return [key for key in FILTERS if not self.facets[key].isHidden()]

    def choose_filter(self, key: str) -> None:
        """Show only the rows of one outcome, or all."""
        self._filter = key
        self.facets[key].setChecked(True)
        if self._tables:
            self._fill()

    def go_to_next_problem(self) -> bool:
        """Choose the next row that a person should look at, from the top again after the last; gives whether one is."""
        if not self._tables:
            return False
        table = self.table()
        rows = table.rows()
        current = table.current()
        start = rows.index(current) + 1 if current is not None else 0
        for planned in (*rows[start:], *rows[:start]):
            if self.cells.words.needs_a_look(planned):
                table.choose(planned.key)
                return True
        if self._filter != ALL:
            self.choose_filter(ALL)
            return self.go_to_next_problem()
        return False

    # -- the strip

    def _show_strip(self, planned: PlannedRow | None) -> None:
        """What can be said of the chosen row; the keyboard goes to the rows where its widget has no place any more."""
        shown = self._strip_of(planned) if planned is not None else set()
        widgets = (self.choice, self.decision, self.form_decision, self.compare_button, self.correct_button)
        focused = QApplication.focusWidget()
        if focused is not None and any(
            widget not in shown and (widget is focused or widget.isAncestorOf(focused)) for widget in widgets
        ):
            self.table().setFocus(Qt.FocusReason.OtherFocusReason)
        for widget in widgets:
            widget.setVisible(widget in shown)
        if planned is None:
            self._text.setText("")
            self._say("", beside=True)
        else:
            self._say(self._sentence(planned), beside=not shown & {self.decision, self.form_decision})

    def _say(self, words: str, *, beside: bool) -> None:
        self._said.setText(words if beside else "")
        self._said_above.setText("" if beside else words)
        self._above.setVisible(not beside)

    def _strip_of(self, planned: PlannedRow) -> set[QWidget]:
        """Fill the strip for a row; gives the widgets that belong to it."""
        words = self.cells.words
        name = str(planned.fields.get("name") or planned.fields.get("enterprise") or "")
        number = words.place(planned)
        self._text.setText(f"<span style='font-weight:500'>{number}　{_escaped(name)}</span>")
        kept = words.draft.choices.kept.get(planned.key, frozenset())
        decision = words.draft.choices.decisions.get(planned.key)
        said = decision[0] if decision is not None else Decision.LATER
        shown: set[QWidget] = {self.correct_button}
        if planned.kind == FEEDBACK:
            # A form that was answered otherwise is settled as a whole, never unseen.
            self.form_decision.choose(said)
            self.compare_button.setText(self.tr("并排看两张"))
            return shown | {self.form_decision, self.compare_button} if planned.changes else shown
        self.choice.choose(bool(kept))
        if planned.changes or kept or (planned.ref > 0 and planned.category_ids):
            shown.add(self.choice)
        if planned.candidates or decision is not None:
            self.decision.choose(said)
            self.compare_button.setText(self.tr("并排看两位"))
            shown |= {self.decision, self.compare_button} if planned.candidates else {self.decision}
        return shown

    def _sentence(self, planned: PlannedRow) -> str:
        words = self.cells.words
        if planned.kind == FEEDBACK:
            return words.feedback.sentence(planned)
        if planned.outcome is Outcome.CHANGED and planned.changes:
            parts = [
                self.tr("{field}：原来 {old}，Excel 是 {new}").format(
                    field=workbooks.meaning(change.field) if change.field != "address" else self.tr("楼室"),
                    old=words.shown(change.field, change.old) or self.tr("空着"),
                    new=words.shown(change.field, change.new) or self.tr("空着"),
                )
                for change in planned.changes
            ]
            return "；".join(parts)
        if planned.outcome in {Outcome.DOUBTFUL, Outcome.REFUSED}:
            return words.reason(planned)
        told = ["；".join(words.remarks(planned)) or words.will(planned)]
        if planned.outcome is Outcome.NEW:
            told.append(words.more(planned))
        return "　".join(filter(None, told))

    def current(self) -> PlannedRow | None:
        """The chosen row."""
        return self.table().current() if self._tables else None

    def use_excel(self) -> None:
        """Take the sheet's values for the chosen row."""
        self._keep(False)

    def keep_known(self) -> None:
        """Leave what is known for the chosen row."""
        self._keep(True)

    def _keep(self, keep: bool) -> None:
        if self.current() is not None and self.form_decision.isVisibleTo(self):
            self._on_decision(Decision.KEEP_KNOWN if keep else Decision.USE_SHEET)
        elif self.current() is not None and self.choice.isVisibleTo(self):
            self.choice.choose(keep)
            self._on_choice(keep)

    def _on_choice(self, keep: object) -> None:
        current = self.current()
        if current is not None:
            self.kept.emit(current, bool(keep))

    def _on_decision(self, decision: object) -> None:
        current = self.current()
        if current is not None:
            self.decided.emit(current, decision)

    def _on_compare(self) -> None:
        current = self.current()
        if current is not None:
            self.comparison_wanted.emit(current)

    def _on_correct(self) -> None:
        current = self.current()
        if current is not None:
            self.correction_wanted.emit(current)

    def _on_opened(self, planned: PlannedRow) -> None:
        if planned.candidates or (planned.kind == FEEDBACK and planned.changes):
            self.comparison_wanted.emit(planned)
        else:
            self.correction_wanted.emit(planned)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
