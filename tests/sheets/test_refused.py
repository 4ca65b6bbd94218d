"""Refused rows go back in the sender's own layout, every digit as it was."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from jiuliting_desk.sheets.book import Sheet
from jiuliting_desk.sheets.reader import read_workbook
from jiuliting_desk.sheets.refused import REASON_TITLE, RefusedTable, save_refused

SHEET = Sheet(
    name="名单",
    rows=[
        ["登记表", "", "", ""],
        ["社区：亭北居民区", "", "", ""],
        ["基本情况", "", "联系", ""],
        ["姓名", "生日", "电话", "备注"],
        ["苗芬", date(1948, 8, 20), 10016215129.0, "=1+1"],
        ["", "", 1002940051.0, ""],
        ["邹福", "", "", "第二行"],
        ["", "", "", "接着写"],
    ],
    merges=((0, 0, 0, 3), (2, 0, 2, 1), (2, 2, 2, 3), (6, 0, 7, 0)),
)


def test_refused_rows_keep_the_senders_layout(tmp_path: Path) -> None:
    path = tmp_path / "有误.xlsx"
    table = RefusedTable(
        sheet=SHEET,
        first_row=1,
        header_top=3,
        header_row=4,
        first_column=0,
        last_column=3,
        reasons={(5, 5): "已知", (6, 6): "没有姓名", (7, 8): "待选"},
    )
    save_refused(path, [table, table])
    book = load_workbook(path)
    assert book.sheetnames == ["名单", "名单(2)"]
    sheet = book["名单"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["登记表", None, None, None, None],
        ["社区：亭北居民区", None, None, None, None],
        ["基本情况", None, "联系", None, None],
        ["姓名", "生日", "电话", "备注", REASON_TITLE],
        ["苗芬", "1948-08-20", "10016215129", "=1+1", "已知"],
        [None, None, "1002940051", None, "没有姓名"],
        ["邹福", None, None, "第二行", "待选"],
        [None, None, None, "接着写", None],
    ]
    assert (sheet["D5"].data_type, sheet["C5"].number_format) == ("s", "@")
    assert sorted(str(merged) for merged in sheet.merged_cells.ranges) == ["A1:D1", "A3:B3", "A7:A8", "C3:D3"]
    again = read_workbook(path).sheets[0]
    assert again.rows[4][2] == "10016215129"
    assert again.rows[4][3] == "=1+1"


def test_a_table_without_a_header_goes_back_as_bare_rows(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    save_refused(
        path,
        [
            RefusedTable(
                sheet=SHEET,
                first_row=5,
                header_top=5,
                header_row=0,
                first_column=0,
                last_column=3,
                reasons={(6, 6): "没有姓名"},
            )
        ],
    )
    assert [cell.value for cell in load_workbook(path).active[1]] == [None, None, "1002940051", None, "没有姓名"]
