"""The tally against plain SQL over the records themselves, written apart from the program's own queries."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jiuliting_desk.actions import tally_details
from jiuliting_desk.actions.imported_tallies import imported_beside
from jiuliting_desk.actions.tallies import tally
from jiuliting_desk.actions.tally_export import as_plain, export_tally, measured
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.imported_figures import ImportedFigure
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.model.surveys import NeedsSurvey
from jiuliting_desk.model.tallies import Dimension, Figures
from jiuliting_desk.model.text import masked_name
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, HAIRCUT, TODAY
from tests.actions.test_tallies import YEAR, busy_months

__all__ = ["busy_months"]

LINES = """
SELECT v.id AS visit, v.elder_id AS elder, l.value ->> 'category_id' AS category, substr(v.day, 1, 7) AS month,
    ifnull(v.committee_id, 0) AS committee, ifnull(v.compound_id, 0) AS compound, l.value ->> 'quantity' AS quantity,
    l.value ->> 'minutes' AS minutes, v.cadre_id IS NOT NULL AND (v.led_in OR v.stayed) AS watched, f.overall AS overall
FROM visit v, json_each(v.services) l LEFT JOIN feedback f ON f.visit_id = v.id
WHERE v.state = 'done' AND v.day BETWEEN '2026-01-01' AND '2026-12-31'
"""
"""One row for each service of each visit that took place, from the visits' own JSON."""

BY = {
    Dimension.CATEGORY: "category",
    Dimension.MONTH: "month",
    Dimension.COMMITTEE: "committee",
    Dimension.COMPOUND: "compound",
}


def plain_sql(store: Store, *columns: str) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Visits, people, quantity, minutes, scored, sum of scores, satisfied, watched, by some columns."""
    by = ", ".join(columns)
    once = f"SELECT DISTINCT {by + ', ' if by else ''}visit, elder, watched, overall FROM lines"
    group = f" GROUP BY {by}" if by else ""
    sums = {
        row[:-2]: row[-2:]
        for row in store.rows(
            f"WITH lines AS ({LINES}) SELECT {by + ', ' if by else ''}sum(quantity), sum(minutes) FROM lines{group}"
        )
    }
    counts = {
        row[:-6]: row[-6:]
        for row in store.rows(
            f"WITH lines AS ({LINES}), visits AS ({once}) SELECT {by + ', ' if by else ''}count(*),"
            " count(DISTINCT elder), sum(overall > 0), sum(overall), sum(overall >= 4), sum(watched)"
            f" FROM visits{group}"
        )
    }
    return {
        key: (visits, people, *sums[key], scored or 0, score or 0, happy or 0, watched)
        for key, (visits, people, scored, score, happy, watched) in counts.items()
    }


def told(figures: Figures) -> tuple[Any, ...]:
    return (
        figures.visits,
        figures.people,
        sum(figures.quantities.values()),
        figures.minutes,
        figures.scored,
        figures.score_sum,
        figures.satisfied,
        figures.supervised,
    )


@pytest.mark.parametrize("rows", list(BY))
@pytest.mark.parametrize("columns", list(BY))
def test_the_tally_equals_plain_sql(busy_months: Store, rows: Dimension, columns: Dimension) -> None:
    if rows is columns:
        counted = tally(busy_months, only=YEAR, rows=rows)
        assert {(key,): told(one) for key, one in counted.row_totals.items()} == plain_sql(busy_months, BY[rows])
        assert {(): told(counted.total)} == plain_sql(busy_months)
        return
    counted = tally(busy_months, only=YEAR, rows=rows, columns=columns)
    assert {key: told(one) for key, one in counted.cells.items()} == plain_sql(busy_months, BY[rows], BY[columns])


def test_the_workbooks_formulas_give_the_totals_of_the_file(busy_months: Store, tmp_path: Path) -> None:
    for measure in ("visits", "quantity", "minutes", "people"):
        path = tmp_path / f"{measure}.xlsx"
        export_tally(
            busy_months, only=YEAR, rows=Dimension.COMMITTEE, columns=Dimension.CATEGORY, measure=measure, path=path
        )
        shown = openpyxl.load_workbook(path, data_only=True)["汇总"]
        typed = openpyxl.load_workbook(path)["汇总"]
        last = typed.max_row
        total = tally(busy_months, only=YEAR, rows=Dimension.COMMITTEE, columns=Dimension.CATEGORY).total
        sums = [cell.value for cell in typed[3]].index("合计") + 1
        assert shown.cell(last, sums).value == measured(total, measure)
        formulas = 0
        for row in typed.iter_rows(min_row=4):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=SUM("):
                    first, _, end = cell.value[5:-1].partition(":")
                    block = shown[first:end]
                    values = [one.value for line in block for one in line]
                    assert sum(values) == shown[cell.coordinate].value, (measure, cell.coordinate)
                    formulas += 1
        assert (formulas == 0) == (measure == "people")
        assert typed.cell(4, typed.max_column).number_format == "0%"
        assert ("各算一次" in str(typed.cell(2, 1).value)) == (measure == "visits")


@pytest.mark.parametrize("measure", ["visits", "quantity", "minutes"])
@pytest.mark.parametrize("rows", [Dimension.COMMITTEE, Dimension.PROVIDER, Dimension.MONTH])
def test_every_figure_of_the_workbook_leads_to_the_visits_behind_it(
    busy_months: Store, tmp_path: Path, rows: Dimension, measure: str
) -> None:
    path = tmp_path / "t.xlsx"
    export_tally(busy_months, only=YEAR, rows=rows, columns=Dimension.CATEGORY, measure=measure, path=path)
    book = openpyxl.load_workbook(path, data_only=True)
    page, lines = book["汇总"], book["明细"]
    told = {
        name for row in lines.iter_rows(min_row=4, min_col=3) for cell in row for name in str(cell.value).split("、")
    }
    volunteers = {one.name for one in busy_months.where(Provider, kind=ProviderKind.VOLUNTEER)}
    elders = {one.name for one in busy_months.all(Elder)}
    assert not (volunteers | elders | {one.name for one in busy_months.all(Cadre)}) & told
    assert rows is Dimension.PROVIDER or set(map(masked_name, volunteers)) & told
    header = [cell.value for cell in page[3]]
    words = [cell.value for cell in lines[3]]
    counts = {"visits": None, "quantity": words.index("数量"), "minutes": words.index("服务分钟")}[measure]
    led = 0
    for row in page.iter_rows(min_row=4, max_row=page.max_row - 1, max_col=header.index("合计") + 1):
        for at, cell in enumerate(row[1:-1], start=1):
            if not cell.value:
                assert cell.hyperlink is None
                continue
            name, _, place = cell.hyperlink.location.partition("!A")
            assert name == "'明细'"
            start = int(place)
            block = [
                [one.value for one in line]
                for line in lines.iter_rows(min_row=4)
                if (line[0].value, line[1].value) == (row[0].value, header[at])
            ]
            assert [one.value for one in lines[start]] == block[0]
            assert (lines.cell(start - 1, 1).value, lines.cell(start - 1, 2).value) != (row[0].value, header[at])
            assert cell.value == (len(block) if counts is None else sum(line[counts] for line in block))
            led += len(block)
        assert row[-1].hyperlink is not None
    assert led == lines.max_row - 3 > 40


def test_a_tally_of_very_many_visits_has_no_list_of_them(
    busy_months: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally_details, "MOST", 10)
    path = tmp_path / "t.xlsx"
    export_tally(busy_months, only=YEAR, rows=Dimension.MONTH, columns=Dimension.CATEGORY, measure="visits", path=path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["汇总"]
    assert not any(cell.hyperlink for row in book["汇总"].rows for cell in row)


@pytest.fixture
def with_imported(busy_months: Store) -> Store:
    """What another year's sheet said of 亭北: two months and a whole year, and hours."""
    with busy_months.operation("import_sheet"):
        survey = busy_months.add(
            NeedsSurvey(surveyed_on=TODAY, source_file="tally_T.xlsx", source_digest="x", kind="tally")
        )
        for month, category, quantity, measure in (
            ("2026-01", HAIRCUT, 5.0, "quantity"),
            ("2026-02", HAIRCUT, 7.0, "quantity"),
            ("2026-02", AIRCON, 2.5, "hours"),
            ("2026", None, 100.0, "quantity"),
            ("2025-12", HAIRCUT, 9.0, "quantity"),
        ):
            busy_months.add(
                ImportedFigure(
                    survey_id=survey.id,
                    month=month,
                    committee_id=1,
                    category_id=category,
                    measure=measure,
                    quantity=quantity,
                )
            )
    return busy_months


def test_imported_figures_stand_beside_and_are_never_added(with_imported: Store) -> None:
    before = tally(with_imported, only=YEAR, rows=Dimension.COMMITTEE, columns=Dimension.CATEGORY)
    (found,) = imported_beside(
        with_imported, only=YEAR, rows=Dimension.COMMITTEE, columns=Dimension.CATEGORY, measure="visits"
    )
    assert found.source == "tally_T.xlsx"
    assert found.cells == {(1, HAIRCUT): 12.0, (1, 0): 100.0}
    assert (found.row_total(1), found.column_total(HAIRCUT), found.total) == (112, 12, 112)
    assert told(before.total) == plain_sql(with_imported)[()]
    (minutes,) = imported_beside(
        with_imported, only=YEAR, rows=Dimension.MONTH, columns=Dimension.CATEGORY, measure="minutes"
    )
    assert minutes.cells == {("2026-02", AIRCON): 150.0}
    assert not imported_beside(with_imported, only=YEAR, rows=Dimension.COMMITTEE, columns=None, measure="people")
    assert not imported_beside(with_imported, only=YEAR, rows=Dimension.AGE_BAND, columns=None, measure="visits")
    by_month = as_plain(with_imported, only=YEAR, rows=Dimension.MONTH, columns=None)
    assert by_month["imported"] == [
        {"source": "tally_T.xlsx", "taken_on": TODAY.isoformat(), "total": 112.0, "figures": 3}
    ]
    cells = by_month["cells"]
    assert isinstance(cells, list)
    assert [cell["month"] for cell in cells] == ["2026-01", "2026-02", "2026-03"]


def test_the_workbook_keeps_imported_figures_on_a_sheet_of_their_own(with_imported: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    export_tally(
        with_imported, only=YEAR, rows=Dimension.COMMITTEE, columns=Dimension.CATEGORY, measure="visits", path=path
    )
    book = openpyxl.load_workbook(path, data_only=True)
    assert book.sheetnames == ["汇总", "按月", "导入的1", "明细"]
    page = book["导入的1"]
    assert "tally_T.xlsx" in str(page.cell(1, 1).value)
    assert [cell.value for cell in page[4]] == ["亭北", 12, 100, 112]
    assert [cell.value for cell in book["按月"]["A"]][3:] == ["2026年1月", "2026年2月", "2026年3月", "合计"]
