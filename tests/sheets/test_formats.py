"""The same small tables in every format: the same rows and fields, whatever the file is and whatever it is called."""

import csv
import html
import io
from collections.abc import Callable
from datetime import date
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import pytest

from jiuliting_desk.sheets.book import Book, SheetTrouble, TroubleKind
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.opening import opened
from jiuliting_desk.sheets.plain_text import unwrapped
from jiuliting_desk.sheets.tables import ReadTable
from jiuliting_desk.sheets.understanding import understood
from jiuliting_desk.sheets.values import read_phones
from jiuliting_desk.sheets.vocabulary import Vocabulary
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import TODAY
from tests.sheets.corpus.writers import WRITERS

Rows = list[list[Cell]]

SURVEY: Rows = [
    ["街道老人需求排摸表", None, None, None, None, None, None, None],
    ["社区：亭北居民区", "填报日期：2026-03-05"],
    ["序号", "姓名", "性别", "出生日期", "身份证号", "联系电话", "住址", "需求"],
    [1, "苗芬", "男", date(1948, 8, 20), "000000194808205470", 10016215129, "亭北新村16号501室", "陪伴聊天、理发"],
    [2, "邹福", "男", date(1929, 11, 7), "", "10057796333", "亭北东块22号0202室", "代买代办"],
    [3, "金㛃生", "女", date(1940, 1, 2), None, "1006215129、10062151290", "亭北新村3号101室", "居家清洁"],
    ["合计", 3],
]
VOLUNTEERS: Rows = [
    ["姓名", "联系电话", "所属单位", "服务项目", "每月次数", "证书", "证书有效期", "可服务时间"],
    ["鲁云民", 10062383764, "", "清洗空调", 6, "", "", "周一、周三上午"],
    ["喻凤", "10010768325", "净邻家政（虚构）", "陪伴聊天,理发", 4, "空调清洗", date(2027, 6, 30), "周末"],
    ["何䶮英", "021-10016215", "净邻家政（虚构）", "理发", 2, "", "", '全天;"急"也行'],
]
VISITS: Rows = [
    ["2025年上门服务记录"],
    ["日期", "时间", "老人姓名", "联系电话", "服务项目", "志愿者", "服务时长（分钟）", "结果"],
    [date(2025, 3, 5), "9:30", "苗芬", 10016215129, "理发", "鲁云民", 40, "已完成"],
    [date(2025, 3, 6), "14:00", "邹福", "10057796333", "代买代办", "喻凤", 30, "已完成"],
]
FEEDBACK: Rows = [
    ["意见反馈汇总表"],
    ["服务日期", "老人姓名", "联系电话", "服务项目", "满意度", "意见建议"],
    [date(2025, 3, 5), "苗芬", 10016215129, "理发", "非常满意", "很好"],
    [date(2025, 3, 6), "邹福", "10057796333", "代买代办", "满意", "想理发"],
]
TALLY: Rows = [
    ["2025年服务汇总表"],
    ["居委", "月份", "服务项目", "次数"],
    ["亭北居民区", "2025年1月", "理发", 4],
    ["亭北居民区", "2025年2月", "居家清洁", 12],
    ["金丰居民区", "2025年1月", "理发", 7],
]
PLACES: Rows = [
    ["小区一览表"],
    ["居委会", "小区", "别名", "居委干部", "联系电话"],
    ["亭北居民区", "亭北新村", "亭北一村", "何佩", 10033344455],
    ["金丰居民区", "金丰蓝庭", "蓝庭", "陈悦", "10033344466"],
]
BOOKS = {
    "survey": SURVEY,
    "volunteers": VOLUNTEERS,
    "visits": VISITS,
    "feedback": FEEDBACK,
    "tally": TALLY,
    "places": PLACES,
}


def told(path: Path, password: str | None = None) -> list[tuple[Any, ...]]:
    """What is read from a file, sheet names and formats aside."""
    source = opened(str(path), password)
    book = Book(file_name=path.name, format=source.format, sheets=tuple(source.sheets))
    return [_table(table) for table in understood(book, vocabulary=Vocabulary(today=TODAY)).tables]


def _table(table: ReadTable) -> tuple[Any, ...]:
    rows = [
        (row.row, dict(row.fields), row.refused, sorted(remark.code for remark in row.remarks)) for row in table.rows
    ]
    return table.kind.value, table.facts.get("committee"), table.facts.get("date"), rows


def write(rows: Rows, path: Path, kind: str) -> Path:
    """The rows in one of the corpus's formats."""
    paper = Paper(name="名单", rows=[list(row) for row in rows])
    WRITERS[kind][1](MadeBook(layout="", seed=1, papers=[paper], truth={}), path)
    return path


def text_of(rows: Rows, separator: str, cell: Callable[[str], str] = str) -> str:
    """The rows as separated text, each cell changed by ``cell``."""
    out = io.StringIO(newline="")
    width = max(map(len, rows))
    for row in rows:
        texts = ["" if value is None else cell(str(value)) for value in row]
        csv.writer(out, delimiter=separator).writerow(texts + [""] * (width - len(row)))
    return out.getvalue()


@pytest.fixture(scope="module", params=list(BOOKS))
def table(request: pytest.FixtureRequest) -> Rows:
    """One table of each kind."""
    return BOOKS[request.param]


@pytest.fixture(scope="module")
def wanted(table: Rows, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, ...]]:
    """What is read of it as an .xlsx: every row but titles, header and sums."""
    read = told(write(table, tmp_path_factory.mktemp("wanted") / "名单.xlsx", "xlsx"))
    assert [kind for kind, *_ in read] == [next(kind for kind, rows in BOOKS.items() if rows is table)]
    assert not any(refused for _, _, _, rows in read for _, _, refused, _ in rows)
    return read


@pytest.mark.parametrize("kind", ["xls", "ods", "csv_gb18030", "csv_utf8", "text_lines", "html", "xml2003"])
def test_every_format_under_any_name(table: Rows, wanted: list[tuple[Any, ...]], tmp_path: Path, kind: str) -> None:
    assert told(write(table, tmp_path / "名单.et", kind)) == wanted


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8", ";"), ("gb18030", ";"), ("utf-8-sig", "\t"), ("utf-16", "\t"), ("utf-8", "|")]
)
def test_text_with_other_separators(
    table: Rows, wanted: list[tuple[Any, ...]], tmp_path: Path, encoding: str, separator: str
) -> None:
    (tmp_path / "名单.txt").write_bytes(text_of(table, separator).encode(encoding))
    assert told(tmp_path / "名单.txt") == wanted


@pytest.mark.parametrize("mark", ['="{}"', "'{}", "{}\t", "’{}"])
def test_signs_that_keep_numbers_as_text_are_no_part_of_them(
    table: Rows, wanted: list[tuple[Any, ...]], tmp_path: Path, mark: str
) -> None:
    marked = text_of(table, ",", lambda cell: mark.format(cell) if cell.isdecimal() and len(cell) > 9 else cell)
    (tmp_path / "导出.csv").write_text(marked, encoding="utf-8-sig", newline="")
    assert told(tmp_path / "导出.csv") == wanted


def test_the_line_that_names_the_separator_is_not_a_row(
    table: Rows, wanted: list[tuple[Any, ...]], tmp_path: Path
) -> None:
    (tmp_path / "导出.csv").write_text("sep=;\r\n" + text_of(table, ";"), encoding="utf-8-sig", newline="")
    assert told(tmp_path / "导出.csv") == wanted


@pytest.mark.parametrize("mark", ['"急', '"急" 等', '急"'])
def test_a_quotation_mark_that_nobody_closed_swallows_no_rows(tmp_path: Path, mark: str) -> None:
    rows = [
        ["姓名", "电话", "备注", "需求"],
        ["苗芬", "10016215129", mark, "理发"],
        ["邹福", "10057796333", "", "保洁"],
    ]
    (tmp_path / "名单.csv").write_text("\r\n".join(map(",".join, [*rows, *rows[2:]])), encoding="gb18030", newline="")
    [(_, _, _, read)] = told(tmp_path / "名单.csv")
    assert [(row, fields["name"], fields["needs"]) for row, fields, _, _ in read] == [
        (2, "苗芬", ("理发",)),
        (3, "邹福", ("居家清洁",)),
        (4, "邹福", ("居家清洁",)),
    ]


def test_blanks_between_separator_and_quotation_mark(tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text(
        '"姓名", "电话"\n"苗芬", "10016215129"\n"邹\n福", "10057796333"\n', encoding="utf-8", newline=""
    )
    assert next(opened(str(tmp_path / "名单.csv")).sheets).rows[1:] == [
        ["苗芬", "10016215129"],
        ["邹\n福", "10057796333"],
    ]


@pytest.mark.parametrize("blanks", ["   ", "　", " "])
def test_columns_set_under_one_another_with_blanks(tmp_path: Path, blanks: str) -> None:
    rows = [["排摸名单"], ["姓名", "电话", "需求"], ["苗芬", "10016215129", "理发"], ["邹福", "10057796333", "保洁"]]
    (tmp_path / "名单.txt").write_text("\n".join(blanks.join(row) for row in rows), encoding="utf-8", newline="")
    [(kind, _, _, read)] = told(tmp_path / "名单.txt")
    assert kind == "survey"
    assert [(row, fields["name"], fields["phones"]) for row, fields, _, _ in read] == [
        (3, "苗芬", ("10016215129",)),
        (4, "邹福", ("10057796333",)),
    ]


def test_a_chain_of_lines_is_not_cut_into_columns(tmp_path: Path) -> None:
    lines = [
        f"{number}. {name} 1001621512{number} 亭北新村3号30{number}室 理发" for number, name in enumerate("苗邹金彭", 1)
    ]
    (tmp_path / "接龙.txt").write_text("\n".join(["#接龙", *lines]), encoding="utf-8", newline="")
    [(_, _, _, read)] = told(tmp_path / "接龙.txt")
    assert [(fields["name"], fields["phones"], fields["room"]) for _, fields, _, _ in read] == [
        (name, (f"1001621512{number}",), f"30{number}") for number, name in enumerate("苗邹金彭", 1)
    ]


def page_of(rows: Rows, before: str = "") -> str:
    """The rows as one table of a page."""
    lines = ("".join(f"<td>{html.escape('' if cell is None else str(cell))}</td>" for cell in row) for row in rows)
    return f"{before}<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


BARE = SURVEY[2:6]
"""Without title and sums."""


@pytest.mark.parametrize(
    "page",
    [
        page_of(BARE, "<title>导出</title><script>x</script><h2>排摸表</h2><p>社区：<b>亭北居民区</b></p>"),
        page_of(BARE).replace("<table>", "<p>排摸表<table><caption>社区：亭北居民区</caption>"),
        page_of(BARE, "<p>排摸表</p><table><tr><td>社区：亭北居民区</td></tr></table>"),
        page_of(BARE[1:], f"排摸表<br>社区：亭北居民区{page_of(BARE[:1])}"),
        f"<table><tr><td>排摸表<tr><td>{page_of(BARE, '社区：亭北居民区')}</td></tr></table>",
        page_of(BARE, "<p>排摸表<p>社区：亭北居民区").replace("<td>10016215129", '<td x:num="10016215129">1.00162E+10'),
    ],
)
def test_a_page_is_read_as_excel_shows_it(tmp_path: Path, page: str) -> None:
    (tmp_path / "导出.xls").write_text(f"<html><body>{page}</body></html>", encoding="utf-8", newline="")
    [(kind, committee, _, rows)] = told(tmp_path / "导出.xls")
    [(wanted_kind, _, _, wanted)] = told(write(SURVEY, tmp_path / "名单.xlsx", "xlsx"))
    assert (kind, committee, rows) == (
        wanted_kind,
        "亭北居民区",
        [(row - 4 + rows[0][0], *rest) for row, *rest in wanted],
    )
    assert rows[0][0] == 4 or "<caption>" not in page


@pytest.mark.parametrize("around", ["form", "div"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_pages_of_old_systems(tmp_path: Path, around: str, encoding: str) -> None:
    page = page_of(BARE).replace("<table>", f"<table><{around}>").replace("</table>", f"</{around}></table>")
    (tmp_path / "导出.xls").write_bytes(page.encode(encoding))
    [(kind, _, _, rows)] = told(tmp_path / "导出.xls")
    assert (kind, [fields["name"] for _, fields, _, _ in rows]) == ("survey", ["苗芬", "邹福", "金㛃生"])


def test_a_page_that_rounds_an_identity_number_does_not_give_one(tmp_path: Path) -> None:
    page = page_of(BARE).replace("<td>000000194808205470", '<td x:num="194808205470000000">1.94808E+17')
    (tmp_path / "导出.xls").write_text(page, encoding="utf-8", newline="")
    [(_, _, _, rows)] = told(tmp_path / "导出.xls")
    assert (rows[0][1]["id_number"], rows[0][1]["id_damaged"]) == (None, True)


def test_every_sheet_of_a_web_archive(tmp_path: Path) -> None:
    archive = MIMEMultipart("related")
    tabs = MIMEText("<table><tr><td>名单<td>志愿者</table>", "html", "gb18030")
    tabs["Content-Location"] = "file:///C:/x.files/tabstrip.htm"
    for part in (tabs, *(MIMEText(page_of(rows), "html", "gb18030") for rows in (SURVEY, VOLUNTEERS))):
        archive.attach(part)
    (tmp_path / "名单.xls").write_bytes(archive.as_bytes())
    assert [(kind, len(rows)) for kind, _, _, rows in told(tmp_path / "名单.xls")] == [("survey", 3), ("volunteers", 3)]


@pytest.mark.parametrize(
    ("said", "encoding"), [("UTF-8", "gb18030"), ("gb2312", "gb18030"), ("GBK", "utf-8"), ("UTF-8", "utf-8-sig")]
)
def test_templates_whose_xml_is_not_quite_xml(tmp_path: Path, said: str, encoding: str) -> None:
    xml = write(SURVEY, tmp_path / "名单.xml", "xml2003").read_text(encoding="utf-8")
    wanted = told(tmp_path / "名单.xml")
    xml = xml.replace('<?xml version="1.0"?>', f'\n<?xml version="1.0" encoding="{said}"?>').replace(
        "老人需求", "老人&需求"
    )
    (tmp_path / "名单.xls").write_bytes(xml.encode(encoding))
    assert told(tmp_path / "名单.xls") == wanted
    assert next(opened(str(tmp_path / "名单.xls")).sheets).rows[0][0] == "街道老人&需求排摸表"


@pytest.mark.parametrize("kind", ["csv_gb18030", "html", "xlsx"])
def test_committees_that_were_merged_down_before(tmp_path: Path, kind: str) -> None:
    rows: Rows = [["居委会", "小区"], ["亭北居民区", "亭北新村"], ["", "亭北东块"], ["金丰居民区", "金丰蓝庭"]]
    [(kind_read, _, _, read)] = told(write(rows, tmp_path / "小区.xls", kind))
    committees = [fields["committee"] for _, fields, _, _ in read]
    assert (kind_read, committees) == ("places", ["亭北居民区", "亭北居民区", "金丰居民区"])


@pytest.mark.parametrize("head", [b"ID;PWXL;N;E\r\nP;PGeneral\r\n", b'TABLE\r\n0,1\r\n"EXCEL"\r\n'])
def test_forms_of_the_last_century_are_named_as_such(tmp_path: Path, head: bytes) -> None:
    (tmp_path / "名单.xls").write_bytes(head)
    with pytest.raises(SheetTrouble) as caught:
        opened(str(tmp_path / "名单.xls"))
    assert (caught.value.kind, caught.value.what) == (TroubleKind.NOT_A_SPREADSHEET, "too_old")


def test_rows_after_the_end_of_a_sheet_are_none_of_it(tmp_path: Path) -> None:
    xml = write(TALLY, tmp_path / "汇总.xml", "xml2003").read_text(encoding="utf-8")
    third = xml.index('<Row ss:Index="3"')
    (tmp_path / "汇总.xml").write_text(f"{xml[:third]}</Table></Worksheet>{xml[third:]}", encoding="utf-8", newline="")
    assert [len(sheet.rows) for sheet in tuple(opened(str(tmp_path / "汇总.xml")).sheets)][:1] == [2]


def test_only_signs_around_numbers_are_taken_off() -> None:
    assert [unwrapped(cell) for cell in ('="007"', "'007", "'=1", "'t Hof", "=SUM(A1)", "'", "")] == [
        "007", "007", "=1", "'t Hof", "=SUM(A1)", "'", "",
    ]  # fmt: skip


def test_a_number_that_text_has_rounded_is_no_phone() -> None:
    assert read_phones("1.00162E+10") == Flagged((), ("phone_wrong",), {"phone_wrong": True})
    assert read_phones("1.0016215129E+10") == ("10016215129",)
