"""Import and export from a shell: the office's workbooks come in as a careful person reads them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import load_workbook

from jiuliting_desk.cli_sheets import run_export, run_import
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import ReasonWanted
from jiuliting_desk.model.imported_figures import ImportedFigure
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.sheets.book import SheetTrouble, TroubleKind
from jiuliting_desk.store import Store
from jiuliting_desk.ui import messages

DAY = date(2026, 3, 18)
OFFICE = Path(__file__).parent / "data" / "office"
FILES = sorted(path for path in OFFICE.iterdir() if path.suffix != ".json")


def told(capsys: pytest.CaptureFixture[str], case: Path | None, file: Path, **options: Any) -> dict[str, Any]:
    """What the import prints as JSON."""
    assert run_import(case, file, today=DAY, as_json=True, **options) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def truth_of(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((OFFICE / f"{file.name}.truth.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_row_of_the_offices_workbooks_is_as_its_truth_says(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth = truth_of(file)
    tables = told(capsys, None, file, dry_run=True)["tables"]
    assert {(table["sheet"], table["kind"]) for table in tables} == {(truth["sheet"], truth["kind"])}
    if "header_row" in truth:
        assert [table["header_row"] for table in tables] == [truth["header_row"]]
    rows = [row for table in tables for row in table["rows"]]
    given = [row for row in rows if row["outcome"] == "new"]
    for record, row in zip(truth["records"], given, strict=True):
        assert row["row"] == record.pop("row")
        assert {name: row["fields"].get(name) for name in record} == record
    refused = [row["row"] for row in rows if row["outcome"] == "refused"]
    assert refused == [row["row"] for row in truth["refused"]]
    assert all(row["remarks"] == ["name_missing"] for row in rows if row["outcome"] == "refused")
    same = [row["row"] for row in rows if row["outcome"] == "same"]
    assert same == truth.get("duplicate_rows", [])


def test_the_offices_workbooks_come_in_and_again_change_nothing(
    case_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in FILES:
        told(capsys, case_file, file)
    store = Store.open(case_file)
    counts = [store.count(kind) for kind in (Elder, Need, Provider, ImportedFigure)]
    needs = sum(len(record["needs"]) for file in FILES for record in truth_of(file)["records"] if "needs" in record)
    store.close()
    assert counts == [60 + 60 + 52, needs, 60 + 3, 46]
    before = case_file.read_bytes()
    for file in FILES:
        tables = told(capsys, case_file, file)["tables"]
        assert {row["outcome"] for table in tables for row in table["rows"]} <= {"same", "refused"}
    store = Store.open(case_file)
    assert [store.count(kind) for kind in (Elder, Need, Provider, ImportedFigure)] == counts
    store.close()
    assert case_file.read_bytes() == before


def test_what_was_done_is_said_in_one_sentence(case_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = OFFICE / "survey_D.xls"
    assert run_import(case_file, file, today=DAY, dry_run=True) == 0
    assert "什么都没有写" in capsys.readouterr().out
    assert run_import(case_file, file, today=DAY) == 0
    said = capsys.readouterr().out
    assert "新增 52 行" in said
    assert "8 行没有写" in said
    run_import(case_file, file, today=DAY)
    assert "没有新内容" in capsys.readouterr().out


def test_what_is_no_workbook_is_refused(case_file: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "x.xlsx"
    stranger.write_bytes(b"%PDF-1.7 something")
    with pytest.raises(SheetTrouble) as raised:
        run_import(case_file, stranger, today=DAY)
    assert raised.value.kind is TroubleKind.NOT_A_SPREADSHEET


def test_lists_go_out_from_the_shell(case_file: Path, tmp_path: Path) -> None:
    run_import(case_file, OFFICE / "survey_A.xlsx", today=DAY)
    out = tmp_path / "老人.xlsx"
    assert run_export(case_file, "elders", out, today=DAY) == 0
    assert load_workbook(out)["老人"].max_row == 63
    with pytest.raises(ReasonWanted):
        run_export(case_file, "elders", out, today=DAY, full=True)


def test_a_full_list_comes_back_as_it_went_out(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("survey_A.xlsx", "survey_D.xls", "volunteers_V.xlsx"):
        run_import(case_file, OFFICE / name, today=DAY)
    for what in ("elders", "volunteers"):
        out = tmp_path / f"{what}.xlsx"
        run_export(case_file, what, out, today=DAY, full=True, reason="核对")
        capsys.readouterr()
        tables = told(capsys, case_file, out, dry_run=True)["tables"]
        rows = [row for table in tables for row in table["rows"]]
        # With the seven compounds where they live.
        assert len(rows) == {"elders": 112 + 7, "volunteers": 63}[what]
        assert {row["outcome"] for row in rows} == {"same"}, [row for row in rows if row["outcome"] != "same"][:3]


@pytest.mark.parametrize("kind", list(TroubleKind))
def test_every_workbook_that_cannot_be_read_has_its_sentence(kind: TroubleKind) -> None:
    said = messages.sentence(SheetTrouble(kind=kind, file_name="名单.xlsx", what="pdf", limit=60))
    assert "名单.xlsx" in said
    assert said.endswith("。")
    assert "{" not in said
    assert "失败" not in said


def test_a_dry_run_into_a_file_that_is_not_there_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from jiuliting_desk import cli

    sheet = Path(__file__).parent / "data" / "office" / "survey_A.xlsx"
    words = ["import", str(sheet), "--into", str(tmp_path / "case.db"), "--dry-run", "--json"]
    assert cli.run(words, open_window=lambda arguments: 1) == 0
    assert capsys.readouterr().out.startswith("{")
    assert not (tmp_path / "case.db").exists()


def test_the_shell_tells_what_was_understood_guessed_and_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "爱心企业"
    for row in (
        ["爱心企业名单"],
        ["单位名称", "联系人", "联系电话", "可服务项目", "每月可服务次数", "证书有效期至", "政治面貌", "小名", "备注"],
        ["净邻家政（虚构）", "邹一", "10022345601", "居家清洁", "约20", "11/7/29", "群众", "阿净", "要3户一起"],
        ["亮剪美发（虚构）", "邹二", "10022345602", "理发", "12", "", "", "", ""],
        [],
        ["上面两家都谈过了"],
    ):
        page.append(row)
    book.save(tmp_path / "名单.xlsx")
    assert run_import(None, tmp_path / "名单.xlsx", today=DAY, dry_run=True) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "爱心企业 1 格：这一列没有导：政治面貌",
        "爱心企业 第 6 行：这一行不是名单，没有导：上面两家都谈过了",
        "爱心企业 第 3 行：照备注里的话记：要3户一起",
        "爱心企业 第 3 行：照猜的记：约20 → 20",
        "爱心企业 第 3 行：没认出，原样记着：11/7/29",
    ]
    assert told(capsys, None, tmp_path / "名单.xlsx", dry_run=True)["tables"][0]["rows"][0]["fields"]["notes"] == (
        "小名：阿净；要3户一起"
    )


def test_a_long_report_is_cut_and_a_sheet_without_a_header_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "联系电话", "特长", "每月次数"])
    for number in range(150):
        page.append([f"秦{'一二三四五六七八九十'[number % 10]}", f"1001234{number:04d}", "理发", "约3"])
    book.create_sheet("杂记").append(["今天开会"])
    book.save(tmp_path / "志愿者.xlsx")
    assert run_import(None, tmp_path / "志愿者.xlsx", today=DAY, dry_run=True) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1] == "没认出表头，请在窗口里指给程序看：杂记"
    assert len(said) == 3 + 100
    assert said[-1] == "还有 50 处，加上 --json 都列出来。"
    assert len(told(capsys, None, tmp_path / "志愿者.xlsx", dry_run=True)["report"]) == 150
