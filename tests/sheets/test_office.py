"""The five workbooks made to look like the office's own, read exactly as a careful person would."""

import json
from pathlib import Path

import pytest

from jiuliting_desk.sheets.reader import read_workbook
from jiuliting_desk.sheets.understanding import understood
from tests.sheets.truth import compared

OFFICE = Path(__file__).parent.parent / "data" / "office"


@pytest.mark.parametrize(
    "name", ["survey_A.xlsx", "survey_B.xlsx", "survey_D.xls", "volunteers_V.xlsx", "tally_T.xlsx"]
)
def test_an_office_workbook_is_read_as_its_truth_says(name: str) -> None:
    truth = json.loads((OFFICE / f"{name}.truth.json").read_text(encoding="utf-8"))
    found = understood(read_workbook(OFFICE / name))
    score = compared(found.tables, truth)
    assert score.differences == []
    assert score.rows_right == score.rows == len(truth["records"]) + len(truth["refused"])
    shown = [table for table in found.tables if not table.hidden]
    assert {table.kind.value for table in shown} == {truth["kind"]}
    assert {table.sheet for table in shown} == {truth["sheet"]}
    if "header_row" in truth:
        assert [table.header_row for table in shown] == [truth["header_row"]]
    if "committee" in truth:
        assert [table.facts["committee"] for table in shown] == [truth["committee"]]
    assert found.without_table == ()
