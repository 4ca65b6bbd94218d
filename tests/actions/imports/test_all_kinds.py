"""One workbook of each kind, each in another format: taken in, brought again in yet another one, and undone."""

from pathlib import Path

from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.imports import words
from jiuliting_desk.actions.imports.carrying import carry_out
from jiuliting_desk.actions.imports.draft import asks, open_draft, planned
from jiuliting_desk.actions.imports.snapshot import take_snapshot
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.imports import ImportPlan, Outcome
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from tests.sheets.corpus.people import TODAY
from tests.sheets.test_formats import BOOKS, write
from tests.store.test_undo import contents

FORMATS = {
    "places": ("csv_gb18030", "xlsx"),
    "survey": ("xls", "html"),
    "volunteers": ("html", "ods"),
    "visits": ("ods", "csv_utf8"),
    "feedback": ("xml2003", "xls"),
    "tally": ("text_lines", "xml2003"),
}


def plan_of(store: Store, path: Path) -> ImportPlan:
    draft = open_draft(path, vocabulary=words.vocabulary(store, today=TODAY), learned=words.learned_words(store))
    plan = planned(draft, today=TODAY, snapshot=take_snapshot(store, asked=asks(draft))).plan
    assert plan is not None
    return plan


def test_each_kind_comes_in_once_and_goes_again(store: Store, tmp_path: Path) -> None:
    before = [contents(store)]
    for kind, (first, second) in FORMATS.items():
        plan = plan_of(store, write(BOOKS[kind], tmp_path / f"{kind}.xlsx", first))
        assert {row.outcome for row in plan.rows} == {Outcome.NEW}, kind
        carry_out(store, plan, today=TODAY, with_backup=False)
        before.append(contents(store))
        plan = plan_of(store, write(BOOKS[kind], tmp_path / f"{kind}_again.csv", second))
        assert {row.outcome for row in plan.rows} == {Outcome.SAME}, kind
        assert carry_out(store, plan, today=TODAY, with_backup=False).operation_id == 0
        assert contents(store) == before[-1]
    assert [(one.name, one.aliases) for one in store.where(Compound, name="亭北新村")] == [("亭北新村", ("亭北一村",))]
    assert [one.overall for one in store.all(Feedback)] == [5, 4]
    assert [one.source_row for one in store.all(Visit) if one.survey_id] == [3, 4]
    before.pop()
    while before:
        undo(store)
        assert contents(store) == before.pop()
