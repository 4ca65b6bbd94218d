"""Lists go out masked unless asked; texts stay texts; a file is there whole or not at all."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import msoffcrypto
import pytest
from openpyxl import load_workbook

from jiuliting_desk.actions.blank_sheets import Template, save_template
from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.actions.elders import change_elder_state
from jiuliting_desk.actions.exports import Exported, GoingOut, export_list
from jiuliting_desk.model.elders import Contact, Elder, ElderState, Living, Phone, Sex
from jiuliting_desk.model.errors import OtherFile, ReasonWanted
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.sheets import lists
from jiuliting_desk.sheets.states import need_waits
from jiuliting_desk.sheets.writing import LINE_HEIGHT, Cells, OutColumn, OutSheet, save_workbook
from jiuliting_desk.store import Store

DAY = date(2026, 3, 18)

ELDER = Elder(
    name="金㛃生",
    number="0137",
    sex=Sex.FEMALE,
    birth="1932-12-12",
    id_number="000000193212121917",
    phones=(Phone(number="10035824366"), Phone(number="66551234")),
    building="12",
    room="0301",
    living=Living.ALONE,
    tags=("高龄", "失独"),
    contacts=(Contact(name="金䶮", relation="女儿", phone="10000002250"),),
    notes="=HYPERLINK(1)",
)


@pytest.fixture
def one_elder(store: Store) -> Elder:
    with store.operation("register"):
        compound = store.add(Compound(name="亭北新村"))
        elder = store.add(replace(ELDER, compound_id=compound.id))
        store.add(Need(elder_id=elder.id, category_id=3, since=date(2026, 3, 1), wishes="@上午来"))
        store.add(Need(elder_id=elder.id, category_id=2, since=DAY, state=NeedState.SERVED))
    return elder


def cells_of(path: Path, sheet: str) -> list[list[Any]]:
    """The values of a sheet."""
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]


def by_title(path: Path, sheet: str) -> list[dict[str, Any]]:
    rows = cells_of(path, sheet)
    return [dict(zip(rows[2], row, strict=True)) for row in rows[3:]]


def test_a_full_list_holds_codes_as_text(store: Store, one_elder: Elder, tmp_path: Path) -> None:
    path = tmp_path / "老人.xlsx"
    report = export_list(
        store, what=Exported.ELDERS, going=GoingOut(path=path, full=True, reason="报街道", to_whom="街道办"), today=DAY
    )
    assert (report.rows, report.masked) == (1, False)
    assert store.rows("SELECT who, what, people, why, to_whom FROM disclosure") == [
        ("何佩", "list", 1, "报街道", "街道办")
    ]
    sheet = load_workbook(path)["老人"]
    row = by_title(path, "老人")[0]
    assert row["身份证号"] == "000000193212121917"
    assert row["联系电话"] == "10035824366、66551234"
    assert row["室号"] == "0301"
    assert (row["姓名"], row["年龄"], row["居住情况"], row["服务需求"]) == ("金㛃生", 93, "独居", "理发")
    notes = sheet.cell(4, sheet.max_column)
    assert (notes.value, notes.data_type, notes.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert sheet.cell(4, 6).number_format == "@"
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.auto_filter.ref == "A3:Y4"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered["C4"] == '"男,女"'


def test_a_list_is_masked_unless_asked(store: Store, one_elder: Elder, tmp_path: Path) -> None:
    path = tmp_path / "老人.xlsx"
    assert export_list(store, what=Exported.ELDERS, going=GoingOut(path=path), today=DAY).masked
    text = "".join(str(cell) for row in cells_of(path, "老人") for cell in row)
    for secret in ("金㛃生", "10035824366", "19321212", "12-12", "0301", "金䶮", "10000002250", "HYPERLINK"):
        assert secret not in text, secret
    row = by_title(path, "老人")[0]
    assert (row["姓名"], row["联系电话"], row["小区"]) == ("金**", "100****4366、****1234", "亭北新村")
    with pytest.raises(ReasonWanted):
        export_list(store, what=Exported.ELDERS, going=GoingOut(path=path, full=True, reason=" "), today=DAY)


def test_a_certificates_number_is_told_in_full_lists_only(store: Store, tmp_path: Path) -> None:
    # The number of a work permit is the identity number with a T before it.
    number, path = "T000000193212121917", tmp_path / "志愿者.xlsx"
    with store.operation("register"):
        holder = store.add(Provider(name="秦水英", id_number=number[1:]))
        store.add(Certificate(provider_id=holder.id, kind="空调清洗", number=number, expires_on=date(2027, 6, 30)))
    for full, told in (
        (False, "空调清洗（有效期至2027-06-30）"),
        (True, f"空调清洗（编号{number}，有效期至2027-06-30）"),
    ):
        going = GoingOut(path=path, full=full, reason="核对")
        export_list(store, what=Exported.VOLUNTEERS, going=going, today=DAY)
        assert by_title(path, "志愿者")[0]["证书"] == told


def test_needs_are_counted_by_formulas(store: Store, one_elder: Elder, tmp_path: Path) -> None:
    path = tmp_path / "需求.xlsx"
    export_list(store, what=Exported.NEEDS, going=GoingOut(path=path, full=True, reason="核对"), today=DAY)
    rows = by_title(path, "需求")
    assert [(row["服务项目"], row["状态"], row["已等天数"]) for row in rows] == [
        ("理发", "待安排", 17),
        ("居家清洁", "已完成", None),
    ]
    assert rows[0]["愿望"] == "@上午来"
    titles = [column.title for column in lists.NEEDS]
    assert (titles.index("服务项目"), titles.index("状态")) == (6, 11)
    summary = cells_of(path, "汇总")
    assert summary[5][:2] == ["理发", "=COUNTIFS(需求!$G$4:$G$5,$A6,需求!$L$4:$L$5,B$3)"]
    assert summary[-1][0] == "合计"
    assert summary[-1][-1] == "=SUM(I4:I9)"


def test_needs_of_an_elder_who_pauses_do_not_count_as_waiting(store: Store, one_elder: Elder, tmp_path: Path) -> None:
    path = tmp_path / "需求.xlsx"
    with store.operation("change_elder_state"):
        change_elder_state(store, elder_id=one_elder.id, state=ElderState.PAUSED, reason="住院", today=DAY)
    export_list(store, what=Exported.NEEDS, going=GoingOut(path=path), today=DAY)
    assert [row["状态"] for row in by_title(path, "需求")] == ["老人暂停", "已完成"]
    assert "老人暂停" in cells_of(path, "汇总")[2]
    assert need_waits("老人暂停") is True


@pytest.mark.parametrize("what", [Exported.ELDERS, Exported.VOLUNTEERS, Exported.NEEDS])
def test_every_list_of_a_whole_office_is_written(store: Store, tmp_path: Path, what: Exported) -> None:
    with store.operation("demo"):
        fill_with_demo(store, elders=60, volunteers=20, visits=0, seed=3, today=DAY)
    path = tmp_path / "x.xlsx"
    report = export_list(store, what=what, going=GoingOut(path=path, full=True, reason="核对"), today=DAY)
    names = load_workbook(path).sheetnames
    lists_in_it = names if what is Exported.VOLUNTEERS else names[:1]
    assert sum(len(by_title(path, name)) for name in lists_in_it) == report.rows > 20
    few = export_list(store, what=what, going=GoingOut(path=path), today=DAY, ids=[1, 2, 3])
    assert few.rows == 3


def test_a_row_is_as_high_as_its_longest_text(store: Store, tmp_path: Path) -> None:
    path, text = tmp_path / "x.xlsx", OutColumn(title="备注", width=11)
    code = OutColumn(title="号码", width=11, cells=Cells.CODE)
    rows: list[list[Any]] = [
        ["短", "1"],
        ["二十个字的备注分成四行才看得完全部内容", "1"],
        ["a\nb\nc", "1" * 90],
        [None, "1"],
    ]
    save_workbook(path, [OutSheet(name="表", title="", columns=(text, code), rows=rows)])
    sheet = load_workbook(path).active
    heights = [sheet.row_dimensions[row].height for row in range(2, 6)]
    assert (heights[0], heights[3]) == (None, None)
    assert heights[1] == 4 * LINE_HEIGHT + 3
    assert heights[2] == 3 * LINE_HEIGHT + 3


def test_a_list_can_carry_a_password(store: Store, one_elder: Elder, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    export_list(store, what=Exported.ELDERS, going=GoingOut(path=path, password="夏天2026"), today=DAY)
    with path.open("rb") as stream:
        office = msoffcrypto.OfficeFile(stream)
        assert office.is_encrypted()
        office.load_key(password="夏天2026", verify_password=True)
        content = BytesIO()
        office.decrypt(content)
    assert load_workbook(content).sheetnames == ["老人"]


def test_what_stood_there_stays_where_a_list_cannot_be_written(
    store: Store, one_elder: Elder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "held")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(PermissionError):
        export_list(store, what=Exported.ELDERS, going=GoingOut(path=path), today=DAY)
    assert path.read_bytes() == b"old"
    assert [found for found in tmp_path.iterdir() if found.suffix == ".xlsx"] == [path]


def test_a_list_never_replaces_the_data_file(store: Store, one_elder: Elder, tmp_path: Path) -> None:
    before = store.path.read_bytes()
    with pytest.raises(OtherFile):
        export_list(store, what=Exported.ELDERS, going=GoingOut(path=store.path), today=DAY)
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("what", list(Template))
def test_a_blank_sheet_offers_the_offices_own_words(store: Store, tmp_path: Path, what: Template) -> None:
    with store.operation("register"):
        store.add(Compound(name="亭北新村"))
    path = tmp_path / "x.xlsx"
    save_template(store, what=what, path=path)
    sheet = load_workbook(path).active
    titles = [cell.value for cell in sheet[3]]
    assert "姓名*" in titles
    rules = {rule.promptTitle: rule for rule in sheet.data_validations.dataValidation}
    assert rules["小区"].formula1 == '"亭北新村"'
    wanted = "服务需求" if what is Template.SURVEY else "可服务项目"
    assert "清洗油烟机" in rules[wanted].formula1
    assert sheet.max_row >= 200


@pytest.mark.parametrize("text", ["\x00控\x0b制\x1f", "\ud800", "长" * 40000, "a\r\nb"])
def test_no_text_breaks_a_workbook(store: Store, tmp_path: Path, text: str) -> None:
    from jiuliting_desk.sheets.writing import LONGEST_TEXT, OutColumn, OutSheet, save_workbook

    path = tmp_path / "x.xlsx"
    save_workbook(path, [OutSheet(name="x", title="x", columns=(OutColumn(title="备注"),), rows=[[text]])])
    value = cells_of(path, "x")[2][0] or ""
    assert len(value) <= LONGEST_TEXT
    assert "\x00" not in value
