"""Figures of tally sheets: kept with their source, changed when a newer sheet counts otherwise, taken back whole."""

from typing import Any

from jiuliting_desk.actions.history import undo
from jiuliting_desk.model.imported_figures import ImportedFigure
from jiuliting_desk.model.imports import Choices, Remark
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.model.surveys import NeedsSurvey
from jiuliting_desk.store import Store
from tests.actions.imports.sheets_by_hand import HandRow, HandTable
from tests.actions.imports.test_survey import imported, outcomes, planned

JANUARY: dict[str, Any] = {"committee": "亭北居民区", "month": "2025-01", "category": "理发", "quantity": 5}


def tally(*rows: dict[str, Any]) -> HandTable:
    """A tally with a figure for each dict."""
    return HandTable(rows=[HandRow(row=n, fields=row) for n, row in enumerate(rows, start=4)], kind="tally")


def test_figures_are_kept_with_their_source(store: Store) -> None:
    imported(store, tally(JANUARY, JANUARY | {"category": "清洗空调", "quantity": 2.5, "measure": "hours"}))
    [survey] = store.all(NeedsSurvey)
    [committee] = store.all(ResidentsCommittee)
    assert (survey.kind, survey.source_file, survey.rows_new) == ("tally", "亭北.xlsx", 2)
    assert store.all(ImportedFigure) == [
        ImportedFigure(
            id=1, survey_id=survey.id, month="2025-01", committee_id=committee.id, category_id=3, quantity=5.0
        ),
        ImportedFigure(
            id=2,
            survey_id=survey.id,
            month="2025-01",
            committee_id=committee.id,
            category_id=4,
            measure="hours",
            quantity=2.5,
        ),
    ]


def test_a_newer_sheet_changes_a_figure_and_undo_brings_the_old_one_back(store: Store) -> None:
    imported(store, tally(JANUARY))
    assert outcomes(planned(store, tally(JANUARY))) == ["same"]
    newer = tally(JANUARY | {"quantity": 8}, JANUARY | {"month": "2025-02"})
    plan = imported(store, newer)
    assert outcomes(plan) == ["changed", "new"]
    assert (plan.rows[0].changes[0].old, plan.rows[0].changes[0].new) == (5.0, 8.0)
    assert [figure.quantity for figure in store.all(ImportedFigure)] == [8.0, 5.0]
    undo(store)
    assert [(figure.quantity, figure.survey_id) for figure in store.all(ImportedFigure)] == [(5.0, 1)]
    kept = planned(store, newer, choices=Choices(kept={(0, 0): frozenset({"quantity"})}))
    assert outcomes(kept) == ["same", "new"]


def test_a_figure_without_month_number_or_known_service_is_refused(store: Store) -> None:
    plan = planned(
        store, tally(JANUARY | {"month": "01"}, JANUARY | {"quantity": None}, JANUARY | {"category": "修水管"}, {})
    )
    assert outcomes(plan) == ["refused"] * 4
    assert [row.notes[0].remark for row in plan.rows] == [
        Remark.NO_FIGURE,
        Remark.NO_FIGURE,
        Remark.NEED_NOT_OFFERED,
        Remark.NO_FIGURE,
    ]
