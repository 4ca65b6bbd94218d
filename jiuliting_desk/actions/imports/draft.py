"""A workbook on its way in: what was read, what staff chose, corrected and decided, and the plan that follows.

A draft never changes: each step of the wizard gives the next one. Reading and planning it anew is pure and may run
in a job's thread; only the snapshot needs the file.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from jiuliting_desk.actions.imports.asked import asked_of
from jiuliting_desk.actions.imports.memory import collector_resting
from jiuliting_desk.actions.imports.planning import Progress, no_progress, plan_tables
from jiuliting_desk.actions.imports.snapshot import Snapshot
from jiuliting_desk.model.asked import Asked
from jiuliting_desk.model.imports import Candidate, Choices, Decision, ImportPlan, PlannedRow, RowKey
from jiuliting_desk.model.surveys import LearnedWord
from jiuliting_desk.sheets.book import Book
from jiuliting_desk.sheets.reader import Reading, begin_reading
from jiuliting_desk.sheets.tables import Choice, ColumnMatch, Kind, ReadRow, ReadTable
from jiuliting_desk.sheets.understanding import understood
from jiuliting_desk.sheets.vocabulary import Vocabulary

PLANNED_KINDS = frozenset(Kind) - {Kind.UNKNOWN, Kind.OUTGOING}
"""Kinds of tables that can be imported."""

CERTIFICATE = "certificate"
PROVIDER = "provider"
"""Scopes of what is learned of certificates and of who went to visits."""

CellKey = tuple[int, int, int]
"""Sheet, row and column of a cell, all from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything about one workbook in the wizard."""

    path: Path
    digest: str
    """SHA-256 of the file, in hex."""
    book: Book
    """As read; ``corrections`` are not in it."""
    vocabulary: Vocabulary
    learned: tuple[LearnedWord, ...] = ()
    """What was remembered of earlier sheets, of all senders."""
    corrections: Mapping[CellKey, str] = field(default_factory=dict)
    sheet_choices: tuple[Choice, ...] = ()
    tables: tuple[ReadTable, ...] = ()
    without_table: tuple[str, ...] = ()
    switched: Mapping[tuple[int, int, int], bool] = field(default_factory=dict)
    """Sheet, header row and first column of a table -> whether it is imported, where a person said so."""
    taught: tuple[LearnedWord, ...] = ()
    """What the person taught in this draft."""
    choices: Choices = field(default_factory=Choices)
    remember: bool = True
    """Whether what was taught is kept for next time."""
    seen_before: date | None = None
    snapshot: Snapshot | None = None
    plan: ImportPlan | None = None

    @property
    def was_worked_on(self) -> bool:
        """Whether a person corrected, chose, taught or decided something."""
        return bool(self.corrections or self.sheet_choices or self.taught or self.switched) or (
            self.choices != Choices(empty_cells_keep=self.choices.empty_cells_keep)
        )

    # -- what there is

    def is_on(self, table: ReadTable) -> bool:
        """Whether a table is imported: hidden ones and those of no importable kind are not, unless one is chosen."""
        return self.switched.get(table_key(table), not table.hidden) and table.kind in PLANNED_KINDS

    @property
    def tables_on(self) -> tuple[ReadTable, ...]:
        """The tables that are imported, in the order that the plan's row keys count."""
        return tuple(table for table in self.tables if self.is_on(table))

    def with_hidden(self, table: ReadTable) -> tuple[bool, bool]:
        """Whether the hidden rows, and the hidden columns, of a table's sheet are imported because somebody said so."""
        said = [choice for choice in self.sheet_choices if choice.sheet_index == table.sheet_index]
        return any(choice.with_hidden_rows for choice in said), any(choice.with_hidden_columns for choice in said)

    def row_of(self, planned: PlannedRow) -> tuple[ReadTable, ReadRow]:
        """The table and the row that a planned row was read from."""
        table = self.tables_on[planned.key[0]]
        return table, table.rows[planned.key[1]]

    def cell(self, sheet_index: int, row: int, column: int) -> object:
        """A cell as it stands, corrected ones as corrected; "" outside."""
        corrected = self.corrections.get((sheet_index, row, column))
        if corrected is not None:
            return corrected
        rows = self.book.sheets[sheet_index].rows
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""

    @property
    def corrected_book(self) -> Book:
        """The book with the corrected cells in it."""
        if not self.corrections:
            return self.book
        sheets = list(self.book.sheets)
        for index in {key[0] for key in self.corrections}:
            rows = list(sheets[index].rows)
            for (sheet, row, column), text in self.corrections.items():
                if sheet == index:
                    rows[row] = [*rows[row][:column], text, *rows[row][column + 1 :]]
            sheets[index] = replace(sheets[index], rows=rows)
        return replace(self.book, sheets=tuple(sheets))

    @property
    def sender(self) -> str:
        """Whose sheet it is, for what is remembered: the committee named in it, "" where none is."""
        return next((named for table in self.tables if (named := table.facts.get("committee", ""))), "")


def table_key(table: ReadTable) -> tuple[int, int, int]:
    """What tells a table of a book from the others."""
    return table.sheet_index, table.header_row, table.first_column


@collector_resting()
def open_draft(
    path: Path,
    *,
    vocabulary: Vocabulary,
    learned: Sequence[LearnedWord] = (),
    password: str | None = None,
    reading: Reading | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Draft:
    """Read a workbook in a process of its own and find its tables; ``reading`` where that was begun already.

    Raises SheetTrouble; ``progress`` may raise too.
    """
    book = (reading or begin_reading(path, password=password)).finished(progress)
    draft = Draft(
        path=path,
        digest=file_digest(path),
        book=book,
        vocabulary=vocabulary,
        learned=tuple(learned),
    )
    return read_anew(draft)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@collector_resting()
def read_anew(draft: Draft) -> Draft:
    """The draft with its tables found again, by what is chosen, corrected, taught and remembered now."""
    first = understood(draft.corrected_book, vocabulary=_with_learned(draft, ""), choices=draft.sheet_choices)
    read = replace(draft, tables=first.tables, without_table=first.without_table, plan=None)
    if read.sender and any(word.sender == read.sender for word in (*draft.learned, *draft.taught)):
        again = understood(
            read.corrected_book, vocabulary=_with_learned(read, read.sender), choices=draft.sheet_choices
        )
        read = replace(read, tables=again.tables, without_table=again.without_table)
    return read


def _with_learned(draft: Draft, sender: str) -> Vocabulary:
    headers = dict(draft.vocabulary.headers)
    values = dict(draft.vocabulary.values)
    for wanted in dict.fromkeys(("", sender)):
        for word in (*draft.learned, *draft.taught):
            if word.sender == wanted and word.scope not in {CERTIFICATE, PROVIDER}:
                (headers if word.scope == "header" else values)[word.word] = word.meaning
    return replace(draft.vocabulary, headers=headers, values=values)


# -- what a person does to a draft before it is read anew


def with_kind(draft: Draft, table: ReadTable, kind: Kind) -> Draft:
    """A table taken for something else."""
    return _chosen(draft, table, kind=kind)


def with_header_row(draft: Draft, sheet_index: int, header_row: int) -> Draft:
    """Another row of a sheet (from 1; 0 for none) as its header; decisions about its rows are dropped."""
    others = tuple(choice for choice in draft.sheet_choices if choice.sheet_index != sheet_index)
    picked = Choice(sheet_index=sheet_index, header_row=header_row)
    return read_anew(replace(draft, sheet_choices=(*others, picked), choices=_undecided(draft)))


def with_column(draft: Draft, table: ReadTable, column: ColumnMatch, meaning: str) -> Draft:
    """A column taken for another field ("": not imported); remembered for this sender where it has a title."""
    return with_columns(draft, [(table, column, meaning)])


def with_columns(draft: Draft, said: Iterable[tuple[ReadTable, ColumnMatch, str]]) -> Draft:
    """Several columns, each taken for another field ("": not imported), as in ``with_column``."""
    for table, column, meaning in said:
        taught = draft.taught
        if column.title:
            word = LearnedWord(scope="header", sender=draft.sender, word=column.title, meaning=meaning)
            taught = (*(w for w in taught if (w.scope, w.word) != ("header", column.title)), word)
        known = _choice_of(draft, table)
        columns = {**(known.columns if known is not None else {}), column.index: meaning}
        draft = _said(replace(draft, taught=taught), table, columns=columns)
    return read_anew(draft)


def with_word(draft: Draft, word: str, category: str) -> Draft:
    """A word of the need and skill lists taken for a service ("": passed over), for all senders from now on."""
    taught = tuple(w for w in draft.taught if (w.scope, w.word) != ("category", word))
    return read_anew(
        replace(draft, taught=(*taught, LearnedWord(scope="category", sender="", word=word, meaning=category)))
    )


def with_certificate(draft: Draft, word: str, kinds: str) -> Draft:
    """A word for a certificate taken for the kinds that services ask for ("": for one of its own); needs a new plan."""
    return _with_word_of(draft, CERTIFICATE, word, kinds)


def with_provider(draft: Draft, word: str, meaning: str) -> Draft:
    """Who a name in a list of visits is ("" for rows without one): a record's id, ``volunteer`` or ``enterprise``.

    Needs a new plan.
    """
    return _with_word_of(draft, PROVIDER, word, meaning)


def _with_word_of(draft: Draft, scope: str, word: str, meaning: str) -> Draft:
    taught = tuple(w for w in draft.taught if (w.scope, w.word) != (scope, word))
    learned = LearnedWord(scope=scope, sender="", word=word, meaning=meaning)
    return replace(draft, taught=(*taught, learned), plan=None)


def _words_of(draft: Draft, scope: str) -> dict[str, str]:
    return {word.word: word.meaning for word in (*draft.learned, *draft.taught) if word.scope == scope}


def asks(draft: Draft) -> Asked | None:
    """Of which visits and forms the snapshot has to hold something for planning it."""
    return asked_of(draft.tables_on)


def lacks_past(draft: Draft) -> bool:
    """Whether it has to be planned against a snapshot with more in it than it has."""
    asked = asks(draft)
    if draft.snapshot is None or asked is None:
        return False
    return draft.snapshot.asked is None or not draft.snapshot.asked.covers(asked)


def with_cells(draft: Draft, sheet_index: int, row: int, texts: Mapping[int, str]) -> Draft:
    """Cells of one row (row and columns from 0) as a person typed them."""
    corrected = dict(draft.corrections)
    for column, text in texts.items():
        corrected[sheet_index, row, column] = text
    return read_anew(replace(draft, corrections=corrected))


def with_hidden_rows(draft: Draft, table: ReadTable, shown: bool) -> Draft:
    """The hidden rows of a sheet imported too, or not."""
    return _chosen(replace(draft, choices=_undecided(draft)), table, with_hidden_rows=shown)


def with_hidden_columns(draft: Draft, table: ReadTable, shown: bool) -> Draft:
    """The hidden columns of a sheet imported too, or not."""
    return _chosen(replace(draft, choices=_undecided(draft)), table, with_hidden_columns=shown)


def with_table(draft: Draft, table: ReadTable, on: bool) -> Draft:
    """A table imported or not; needs a new plan."""
    return replace(draft, switched={**draft.switched, table_key(table): on}, choices=_undecided(draft), plan=None)


def _undecided(draft: Draft) -> Choices:
    """Rows are counted anew, so that what was said of single rows no longer fits."""
    return Choices(empty_cells_keep=draft.choices.empty_cells_keep)


def _choice_of(draft: Draft, table: ReadTable) -> Choice | None:
    return next((choice for choice in draft.sheet_choices if _is_about(choice, table)), None)


def _is_about(choice: Choice, table: ReadTable) -> bool:
    return (
        choice.sheet_index == table.sheet_index
        and choice.header_row in {None, table.header_row}
        and choice.first_column in {None, table.first_column}
    )


def _chosen(draft: Draft, table: ReadTable, **choice: Any) -> Draft:
    return read_anew(_said(draft, table, **choice))


def _said(
    draft: Draft,
    table: ReadTable,
    *,
    kind: Kind | None = None,
    columns: Mapping[int, str] | None = None,
    with_hidden_rows: bool | None = None,
    with_hidden_columns: bool | None = None,
) -> Draft:
    """The draft with a choice about a table, not yet read anew."""
    known = _choice_of(draft, table)
    new = known or Choice(sheet_index=table.sheet_index, first_column=table.first_column)
    new = replace(
        new,
        kind=new.kind if kind is None else kind,
        columns=new.columns if columns is None else columns,
        with_hidden_rows=new.with_hidden_rows if with_hidden_rows is None else with_hidden_rows,
        with_hidden_columns=new.with_hidden_columns if with_hidden_columns is None else with_hidden_columns,
    )
    others = tuple(choice for choice in draft.sheet_choices if choice is not known)
    return replace(draft, sheet_choices=(*others, new))


# -- what a person decides about single rows


def with_decision(draft: Draft, key: RowKey, decision: Decision, candidate: Candidate | None = None) -> Draft:
    """What is said of a doubtful row; needs a new plan."""
    decisions = {k: v for k, v in draft.choices.decisions.items() if k != key}
    if decision is not Decision.LATER:
        decisions[key] = (decision, candidate)
    return replace(draft, choices=replace(draft.choices, decisions=decisions), plan=None)


def with_kept(draft: Draft, key: RowKey, fields: frozenset[str]) -> Draft:
    """Fields of a known record that stay as they are; needs a new plan."""
    kept = {k: v for k, v in draft.choices.kept.items() if k != key}
    if fields:
        kept[key] = fields
    return replace(draft, choices=replace(draft.choices, kept=kept), plan=None)


def with_left_out(draft: Draft, key: RowKey, left_out: bool) -> Draft:
    """A row that is not to be written, or is again; needs a new plan."""
    rows = draft.choices.left_out | {key} if left_out else draft.choices.left_out - {key}
    return replace(draft, choices=replace(draft.choices, left_out=rows), plan=None)


def with_empty_cells(draft: Draft, keep: bool) -> Draft:
    """Whether empty cells leave what is known; needs a new plan."""
    return replace(draft, choices=replace(draft.choices, empty_cells_keep=keep), plan=None)


def with_remember(draft: Draft, remember: bool) -> Draft:
    """Whether what was taught is kept for next time."""
    return replace(draft, remember=remember)


def with_seen(draft: Draft, seen_before: date | None) -> Draft:
    """When the very same file came in before, as the data file knows."""
    return replace(draft, seen_before=seen_before)


@collector_resting()
def planned(draft: Draft, *, today: date, snapshot: Snapshot | None = None, progress: Progress = no_progress) -> Draft:
    """The draft with its plan, against a newer snapshot where one is given. Raises ValueError without any."""
    against = snapshot or draft.snapshot
    if against is None:
        raise ValueError("a plan needs a snapshot")
    plan = plan_tables(
        against,
        draft.tables_on,
        today=today,
        source_name=draft.path.name,
        source_digest=draft.digest,
        seen_before=draft.seen_before,
        choices=draft.choices,
        certificate_words=_words_of(draft, CERTIFICATE),
        provider_words=_words_of(draft, PROVIDER),
        progress=progress,
    )
    return replace(draft, snapshot=against, plan=plan)
