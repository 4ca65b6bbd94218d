"""The same small tables in every format: the same rows and fields, whatever the file is and whatever it is called."""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiuliting_desk.sheets.book import Book
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
    (tmp_path / "导出.csv").write_text(marked, encoding="utf-8-sig")
    assert told(tmp_path / "导出.csv") == wanted


def test_the_line_that_names_the_separator_is_not_a_row(
    table: Rows, wanted: list[tuple[Any, ...]], tmp_path: Path
) -> None:
    (tmp_path / "导出.csv").write_text("sep=;\r\n" + text_of(table, ";"), encoding="utf-8-sig")
    assert told(tmp_path / "导出.csv") == wanted


@pytest.mark.parametrize("blanks", ["   ", "　", " "])
def test_columns_set_under_one_another_with_blanks(tmp_path: Path, blanks: str) -> None:
    rows = [["排摸名单"], ["姓名", "电话", "需求"], ["苗芬", "10016215129", "理发"], ["邹福", "10057796333", "保洁"]]
    (tmp_path / "名单.txt").write_text("\n".join(blanks.join(row) for row in rows), encoding="utf-8")
    [(kind, _, _, read)] = told(tmp_path / "名单.txt")
    assert kind == "survey"
    assert [(row, fields["name"], fields["phones"]) for row, fields, _, _ in read] == [
        (3, "苗芬", ("10016215129",)),
        (4, "邹福", ("10057796333",)),
    ]


def test_only_signs_around_numbers_are_taken_off() -> None:
    assert [unwrapped(cell) for cell in ('="007"', "'007", "'=1", "'t Hof", "=SUM(A1)", "'", "")] == [
        "007", "007", "=1", "'t Hof", "=SUM(A1)", "'", "",
    ]  # fmt: skip


def test_a_number_that_text_has_rounded_is_no_phone() -> None:
    assert read_phones("1.00162E+10") == Flagged((), ("phone_wrong",), {"phone_wrong": True})
    assert read_phones("1.0016215129E+10") == ("10016215129",)
