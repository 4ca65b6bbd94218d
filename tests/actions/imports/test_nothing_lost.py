"""Whatever somebody typed into a sheet ends in a field, in notes, or in a line of the report."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiuliting_desk.actions.imports import words as office_words
from jiuliting_desk.actions.imports.doubts import with_columns_agreed
from jiuliting_desk.actions.imports.draft import Draft, planned, read_anew
from jiuliting_desk.actions.imports.report import Told, report_of
from jiuliting_desk.actions.imports.snapshot import Snapshot, take_snapshot
from jiuliting_desk.model.imports import Outcome
from jiuliting_desk.sheets.book import Book, Cell
from jiuliting_desk.sheets.vocabulary import Vocabulary
from jiuliting_desk.store import Store
from tests.sheets.sheets_by_hand import sheet

DAY = date(2026, 11, 29)
MARK = "鹮鸱"
"""Two characters that no rule knows."""


def _rows(*columns: tuple[Cell, ...]) -> list[list[Cell]]:
    """The rows of a table that is written down by its columns: a header and the cells under it."""
    return [list(row) for row in zip(*columns, strict=True)]


SURVEY = _rows(
    ("序号", "1", "2", "3"), ("档案号", "A-17", "A-18", ""),
    ("姓名", "苗芬", "邹福", "章素兰"), ("性别", "女", "男", "女"),
    ("出生日期", "1942-03-01", "1939-05-02", "1945-08-09"), ("年龄", "84", "87", "81"), ("身份证号", "", "", ""),
    ("联系电话", "10032345601", "10032345603", "10032345605"), ("小区", "亭北新村", "亭北新村", "亭北东块"),
    ("楼号", "3", "5", "7"), ("单元", "1", "2", ""), ("室号", "201", "302", "101"), ("楼层", "2", "3", "1"),
    ("有无电梯", "无", "有", "无"), ("居住情况", "独居", "空巢", "与子女同住"), ("人员类别", "高龄", "低保", ""),
    ("是否独居", "是", "否", ""), ("服务需求", "理发", "陪伴聊天", "居家清洁"), ("数量", "1", "2", "1"),
    ("紧急程度", "急", "一般", ""), ("频次", "每月1次", "每周", "一次"), ("希望时间", "周三上午", "周末", ""),
    ("对志愿者要求", "要女的", "", ""), ("不要谁来", "", "", ""), ("紧急联系人", "苗强", "邹英", ""),
    ("与老人关系", "儿子", "女儿", ""), ("紧急联系电话", "10032345602", "10032345604", ""),
    ("健康状况", "高血压", "", ""), ("过敏史", "青霉素", "", ""), ("听力", "耳背", "", ""),
    ("语言", "上海话", "", ""), ("爱好", "下棋", "", ""), ("同意书", "是", "是", ""),
    ("登记日期", "2026-03-05", "2026-03-05", ""), ("状态", "在册", "在册", ""), ("政治面貌", "群众", "党员", ""),
    ("网格员", "老周", "老周", ""), ("备注", "爱干净", "", ""),
)  # fmt: skip
VOLUNTEERS = _rows(
    ("姓名", "秦一", "秦二", "秦三"), ("性别", "女", "男", "女"),
    ("出生日期", "1962-03-01", "1963-03-01", "1964-03-01"), ("身份证号", "", "", ""),
    ("联系电话", "10012345601", "10012345602", "10012345603"), ("所属单位", "净邻家政（虚构）", "", ""),
    ("小区", "亭北新村", "亭北东块", "亭北东块"), ("住址", "亭北新村3号201室", "", ""),
    ("可服务项目", "理发", "陪伴聊天", "居家清洁"), ("每月次数", "4", "2", "2"), ("每月小时数", "6", "", ""),
    ("空闲时间", "周三上午", "周末", "周末"), ("最远距离", "2公里", "", ""),
    ("愿意去的居委", "亭北居民区", "", ""), ("会说上海话", "是", "", ""), ("语言", "上海话", "", ""),
    ("证书", "健康证", "", ""), ("证书编号", "K-1", "", ""), ("证书有效期至", "2027-06-30", "", ""),
    ("加入日期", "2026-03-05", "", ""), ("健康状况", "好", "", ""), ("紧急联系人", "秦强", "", ""),
    ("紧急联系电话", "10012345609", "", ""), ("状态", "在岗", "", ""), ("学历", "高中", "", ""),
    ("绰号", "阿秦", "", ""), ("备注", "晕血", "", ""),
)  # fmt: skip
ENTERPRISES = _rows(
    ("单位名称", "净邻家政（虚构）", "亮剪美发（虚构）", "明洁保洁（虚构）"), ("联系人", "邹一", "邹二", "邹三"),
    ("联系电话", "10022345601", "10022345602", "10022345603"), ("小区", "亭北新村", "", ""),
    ("地址", "亭北路3号", "", ""), ("可服务项目", "清洗空调", "理发", "居家清洁"),
    ("每月可服务次数", "20", "12", "12"), ("服务时间", "工作日", "周二", "周四"), ("几户起", "3", "", ""),
    ("最远距离", "3公里", "", ""), ("服务区域", "亭北居民区", "", ""), ("证书", "空调清洗", "", ""),
    ("证书有效期至", "2027-06-30", "", ""), ("状态", "在岗", "", ""), ("经营年限", "五年", "", ""),
    ("备注", "要预约", "", ""),
)  # fmt: skip
SHEETS = {"survey": SURVEY, "volunteers": VOLUNTEERS, "enterprises": ENTERPRISES}

WAYS = ("{mark}", "{cell}{mark}", "{mark}{cell}", "{cell}（{mark}）", "{cell}，{mark}", "{cell} {mark}",
        "{cell}、{mark}", "{cell}\n{mark}", "{cell}/{mark}", "不{mark}", "约{cell}{mark}")  # fmt: skip
"""How somebody writes something beside what a cell is for."""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Vocabulary, Snapshot]]:
    """The words and the records of a new file."""
    folder: Path = tmp_path_factory.mktemp("known")
    store = Store.open(folder / "case.db", who="甲")
    try:
        yield office_words.vocabulary(store, today=DAY), take_snapshot(store)
    finally:
        store.close()


def draft_of(rows: list[list[Cell]], vocabulary: Vocabulary, snapshot: Snapshot, *, name: str = "名单") -> Draft:
    book = Book(file_name="名单.xlsx", format="xlsx", sheets=(sheet(rows, name=name),))
    read = read_anew(Draft(path=Path("名单.xlsx"), digest="", book=book, vocabulary=vocabulary))
    return planned(with_columns_agreed(read), today=DAY, snapshot=snapshot)


def is_told(draft: Draft, column: int) -> bool:
    """Whether the mark, typed in a column, is stored or said."""
    columns = {line.column for line in report_of(draft) if line.why is Told.COLUMN}
    return column in columns or MARK in told(draft)


def told(draft: Draft) -> str:
    """All that is stored or said of a sheet, as one text."""
    assert draft.plan is not None
    parts: list[object] = list(report_of(draft))
    for row in draft.plan.rows:
        if row.outcome is Outcome.REFUSED:
            # Such a row goes back to its sender as it is, with the reason.
            parts.append(dict(row.fields))
            parts.append([remark.text for remark in row.read_remarks])
        parts += [row.person, row.terms, row.certificates, row.refuses]
    parts += [draft.plan.new_committees, draft.plan.new_compounds, draft.plan.new_enterprises]
    parts += [list(draft.plan.unknown_needs), list(draft.plan.unknown_certificates), list(draft.without_table)]
    return repr(parts)


@settings(max_examples=100, deadline=None)
@given(
    kind=st.sampled_from(sorted(SHEETS)),
    where=st.tuples(st.integers(1, 3), st.integers(0, 60)),
    way=st.sampled_from(WAYS),
)
def test_words_in_any_cell_are_kept_or_told(
    known: tuple[Vocabulary, Snapshot], kind: str, where: tuple[int, int], way: str
) -> None:
    rows = [list(row) for row in SHEETS[kind]]
    row, column = where[0], where[1] % len(rows[0])
    rows[row][column] = way.format(cell=rows[row][column], mark=MARK)
    assert is_told(draft_of(rows, *known), column), (rows[0][column], rows[row][column])


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(sorted(SHEETS)),
    place=st.sampled_from(("title", "line", "fact", "beside", "below", "far_below", "between")),
    title=st.booleans(),
)
def test_words_around_a_table_are_told(known: tuple[Vocabulary, Snapshot], kind: str, place: str, title: bool) -> None:
    rows = [list(row) for row in SHEETS[kind]]
    if place == "beside":
        rows[2] += ["", "", MARK]
    elif place == "below":
        rows.append([MARK])
    elif place == "far_below":
        rows += [[], [], [f"联系{MARK}", "", MARK]]
    elif place == "between":
        rows.insert(2, [MARK])
    else:
        rows.insert(
            0, [{"title": f"{MARK}登记表", "fact": f"填报人：{MARK}", "line": f"本表{MARK}一式两份，请核对"}[place]]
        )
    if title:
        rows.insert(0, ["登记表"])
    draft = draft_of(rows, *known)
    around = [(table.title, *table.facts.values()) for table in draft.tables]
    assert MARK in told(draft) or MARK in repr(around), rows


PLACES = _rows(
    ("居委会", "亭北居民区", "亭北居民区", "云杉居民区"), ("小区名称", "亭北新村", "亭北东块", "云杉苑"),
    ("别名", "老亭北", "", ""), ("地址", "亭北路1号", "", ""), ("居委电话", "66551234", "", ""),
    ("联系人", "何佩", "", ""), ("户数", "1200", "800", ""), ("经度", "121.31", "", ""), ("纬度", "31.12", "", ""),
    ("物业", "好物业", "", ""), ("备注", "有门卫", "", ""),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(where=st.tuples(st.integers(1, 2), st.integers(0, 10)), way=st.sampled_from(WAYS))
def test_words_in_a_list_of_places_are_kept_or_told(
    known: tuple[Vocabulary, Snapshot], where: tuple[int, int], way: str
) -> None:
    rows = [list(row) for row in PLACES]
    row, column = where
    rows[row][column] = way.format(cell=rows[row][column], mark=MARK)
    assert is_told(draft_of(rows, *known), column), (rows[0][column], rows[row][column])


def test_a_call_keeps_what_stands_beside_its_time_its_phone_and_where(
    known: tuple[Vocabulary, Snapshot],
) -> None:
    header: list[Cell] = ["来电日期", "时间", "姓名", "来电号码", "小区", "楼号", "室号", "来电内容"]
    first: list[Cell] = [
        "2026-03-05",
        "9:00（午饭前）",
        "金㛃生",
        "10032345609（邻居）",
        "亭北新村",
        "3",
        "201",
        "要理发",
    ]
    draft = draft_of(
        [header, first, ["2026-03-06", "9:30", "金凤", "10032345608", "", "", "", "问卡"]], *known, name="来电登记"
    )
    assert draft.plan is not None
    kept = [row.person.notes for row in draft.plan.rows]
    assert kept == ["要理发；电话旁写的：邻居；时间：9:00（午饭前）；住址：亭北新村 3号 201", "问卡"]


FORM: list[list[Cell]] = [
    ["老人基本情况登记表", "", "", ""],
    ["姓名", "苗芬", "性别", "女"],
    ["出生日期", "1942-03-01", "联系电话", "10032345601"],
    ["住址", "亭北新村3号201室", "居住情况", "独居"],
    ["服务需求", "理发", "希望时间", "周三上午"],
    ["备注", "爱干净", "", ""],
    ["填表人：老周", "", "填表日期：2026-03-05", ""],
]


CELLS = ((0, 2), (1, 1), (2, 1), (2, 3), (3, 1), (3, 3), (4, 3), (5, 3), (6, 1), (6, 3))


@pytest.mark.parametrize(("row", "column"), CELLS)
def test_words_on_a_form_are_kept_or_told(known: tuple[Vocabulary, Snapshot], row: int, column: int) -> None:
    rows = [list(line) for line in FORM]
    rows[row][column] = f"{rows[row][column]}（{MARK}）"
    draft = draft_of(rows, *known)
    assert draft.tables[0].is_no_list
    assert MARK in told(draft)
