"""Rows that were not written go back as workbooks that are read just as the sender's own were."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jiuliting_desk.actions.imports.draft import Draft, asks, planned, read_anew
from jiuliting_desk.actions.imports.refusing import NOT_WRITTEN, save_refused_rows
from jiuliting_desk.actions.imports.snapshot import take_snapshot
from jiuliting_desk.model.imports import Choices, RowKey
from jiuliting_desk.sheets.book import Book
from jiuliting_desk.sheets.opening import opened
from jiuliting_desk.store import Store
from tests.benchmarks.import_corpus import KNOWN_PLACES
from tests.sheets.corpus.making import LAYOUTS, made_book, write_book
from tests.sheets.corpus.people import TODAY

ODD = ("two_on_a_line", "with_sections", "person_over_two_rows", "form_for_each", "elders_beside_volunteers")
"""Layouts whose rows need more than their own line and header."""


def draft_of(path: Path) -> Draft:
    """A workbook of the tests' own, read in this process."""
    source = opened(str(path))
    book = Book(file_name=path.name, format=source.format, sheets=tuple(source.sheets))
    return read_anew(Draft(path=path, digest="ab" * 32, book=book, vocabulary=KNOWN_PLACES))


def rows_of(draft: Draft, among: Collection[RowKey] | None = None) -> list[tuple[str, dict[str, Any]]]:
    """Kind and filled fields of the rows, or of some of them."""
    return [
        (str(table.kind), {name: value for name, value in row.fields.items() if value or value == 0})
        for at, table in enumerate(draft.tables_on)
        for index, row in enumerate(table.rows)
        if among is None or (at, index) in among
    ]


@pytest.mark.parametrize("number", range(len(LAYOUTS)))
def test_all_rows_come_back_as_they_were(store: Store, tmp_path: Path, number: int) -> None:
    comes_back(store, tmp_path, number, every=1)


@pytest.mark.parametrize("layout", ODD)
def test_some_rows_of_odd_layouts_come_back_as_they_were(store: Store, tmp_path: Path, layout: str) -> None:
    number = next(n for n in range(len(LAYOUTS)) if made_book(7, n).layout == layout)
    comes_back(store, tmp_path, number, every=1)
    if layout != "form_for_each":
        comes_back(store, tmp_path, number, every=3)


def comes_back(store: Store, folder: Path, number: int, *, every: int) -> None:
    draft = draft_of(write_book(made_book(7, number), folder, number))
    keys = [(at, index) for at, table in enumerate(draft.tables_on) for index, _ in enumerate(table.rows)]
    draft = replace(draft, choices=Choices(left_out=frozenset(keys[::every])))
    draft = planned(draft, today=TODAY, snapshot=take_snapshot(store, asked=asks(draft)))
    assert draft.plan is not None
    refused = {row.key for row in draft.plan.rows if row.outcome in NOT_WRITTEN}
    assert refused
    out = folder / "back.xlsx"
    save_refused_rows(draft, path=out, reason=lambda row: "说好不写")
    assert rows_of(draft_of(out)) == rows_of(draft, refused)
