"""What a sender hid: named and left aside, on lists, forms and turned tables, until somebody wants it."""

from pathlib import Path

import pytest

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.opening import opened
from jiuliting_desk.sheets.tables import Choice, Omission
from tests.sheets.corpus.paper import MadeBook, Paper
from tests.sheets.corpus.writers import WRITERS
from tests.sheets.sheets_by_hand import fields_of, filled, one_table

ONE, TWO, THREE = "10016215129", "10057796333", "10035824366"
LIST: list[list[Cell]] = [["姓名", "电话", "电话", "备注"], ["苗芬", THREE, ONE, ""], ["邹福", THREE, TWO, "有狗"]]


def test_a_hidden_column_is_named_and_left_aside() -> None:
    table = one_table(LIST, hidden_columns=frozenset({1}))
    assert [row["phones"] for row in filled(table)] == [(ONE,), (TWO,)]
    assert table.hidden_columns == (1,)
    assert [(column.field, column.why) for column in table.columns][1] == ("", "hidden")


def test_hidden_columns_come_in_together_or_one_by_one() -> None:
    both = Choice(sheet_index=0, with_hidden_columns=True)
    table = one_table(LIST, hidden_columns=frozenset({1, 3}), choices=[both])
    assert (table.hidden_columns, fields_of(table)) == ((), ["name", "phones", "phones", "notes"])
    notes = Choice(sheet_index=0, columns={3: "notes"})
    table = one_table(LIST, hidden_columns=frozenset({1, 3}), choices=[notes])
    assert (table.hidden_columns, filled(table)[1]) == ((1,), {"name": "邹福", "phones": (TWO,), "notes": "有狗"})


def test_names_are_read_where_they_are_hidden() -> None:
    table = one_table(LIST, hidden_columns=frozenset({0}))
    assert [row["name"] for row in filled(table)] == ["苗芬", "邹福"]


def test_hidden_forms_and_lines_of_forms() -> None:
    one: list[list[Cell]] = [["姓名", "苗芬", "年龄", 78.0], ["联系电话", ONE, "备注", "有狗"], ["服务需求", "理发"]]
    two: list[list[Cell]] = [["姓名", "邹福", "年龄", 80.0], ["联系电话", TWO, "备注", ""], ["服务需求", "陪聊"]]
    rows: list[list[Cell]] = [*one, [""], *two]
    hidden = frozenset({1, 4, 5, 6})
    table = one_table(rows, hidden_rows=hidden)
    assert filled(table) == [{"name": "苗芬", "age": 78, "needs": ("理发",)}]
    assert [left.first_row - 1 for left in table.left_out] == sorted(hidden)
    assert {left.why for left in table.left_out} == {Omission.HIDDEN}
    everything = one_table(rows, hidden_rows=hidden, choices=[Choice(sheet_index=0, with_hidden_rows=True)])
    assert [row["phones"] for row in filled(everything)] == [(ONE,), (TWO,)]


def test_hidden_persons_and_fields_of_a_turned_table() -> None:
    rows: list[list[Cell]] = [
        ["姓名", "苗芬", "邹福", "李芳"], ["年龄", 78.0, 80.0, 82.0], ["备用电话", THREE, THREE, THREE],
        ["电话", ONE, TWO, "10052222222"], ["服务需求", "理发", "保洁", "陪聊"],
    ]  # fmt: skip
    table = one_table(rows, hidden_rows=frozenset({2}), hidden_columns=frozenset({2}))
    assert [(row["name"], row["phones"]) for row in filled(table)] == [("苗芬", (ONE,)), ("李芳", ("10052222222",))]
    assert table.hidden_columns == (2,)
    assert [left.first_row for left in table.left_out] == [3]


def test_a_merge_that_begins_in_a_hidden_row_is_seen_below() -> None:
    rows: list[list[Cell]] = [
        ["姓名", "电话", "服务需求"],
        ["苗芬", ONE, "理发"],
        ["", "", "保洁"],
        ["邹福", TWO, "陪聊"],
    ]
    table = one_table(rows, merges=((1, 0, 2, 0), (1, 1, 2, 1)), hidden_rows=frozenset({1}))
    assert filled(table)[0] == {"name": "苗芬", "phones": (ONE,), "needs": ("居家清洁",)}


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "xml2003"])
def test_every_format_tells_what_it_hides(kind: str, tmp_path: Path) -> None:
    paper = Paper("名单", rows=[list(row) for row in LIST], hidden_rows={1}, hidden_columns={1, 3})  # type: ignore[arg-type]
    ending, write = WRITERS[kind]
    write(MadeBook(layout="", seed=0, papers=[paper], truth={}), tmp_path / f"a{ending}")
    (sheet,) = opened(str(tmp_path / f"a{ending}")).sheets
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({1}, {1, 3})


def test_a_page_tells_what_it_hides(tmp_path: Path) -> None:
    page = (
        "<html><body><table><col><col span=2 style='display: none'><tr><td>姓名<td>甲<td>乙</tr>"
        "<tr style='height:0;DISPLAY:none'><td>苗芬<td>1<td>2</tr></table></body></html>"
    )
    (tmp_path / "a.xls").write_text(page, encoding="utf-8", newline="")
    (sheet,) = opened(str(tmp_path / "a.xls")).sheets
    assert (set(sheet.hidden_rows), set(sheet.hidden_columns)) == ({1}, {1, 2})


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (
            ".xml",
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
            ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
            "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook><Worksheet ss:Name='a'><Table><Row><Cell>"
            '<Data ss:Type="Number">20000</Data></Cell></Row></Table></Worksheet></Workbook>',
        ),
    ],
)
def test_days_from_1904_where_the_file_says_so(ending: str, content: str, tmp_path: Path) -> None:
    (tmp_path / f"a{ending}").write_text(content, encoding="utf-8", newline="")
    (sheet,) = opened(str(tmp_path / f"a{ending}")).sheets
    assert sheet.from_1904
