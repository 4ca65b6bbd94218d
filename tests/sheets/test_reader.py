"""Reading files: by content, in a process that may die, with one trouble for each that cannot be read."""

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt

from jiuliting_desk.sheets.book import Book, SheetTrouble, TroubleKind
from jiuliting_desk.sheets.reader import read_workbook
from jiuliting_desk.ui.words import workbooks

OFFICE = Path(__file__).parent.parent / "data" / "office"


def trouble_of(path: Path, **options: object) -> SheetTrouble:
    with pytest.raises(SheetTrouble) as caught:
        read_workbook(path, **options)  # type: ignore[arg-type]
    return caught.value


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def small_xlsx(path: Path) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["姓名", "生日", "岁数"])
    sheet.append(["苗芬", date(1948, 8, 20), 78])
    sheet.append(["隐", "", ""])
    sheet["A4"] = "合"
    sheet.merge_cells("A4:B5")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    workbook.create_sheet("选项").sheet_state = "hidden"
    workbook["选项"]["A1"] = "是"
    workbook.save(path)
    return path


def first_rows(book: Book) -> list[list[object]]:
    return [list(row) for row in book.sheets[0].rows]


def test_an_xlsx_gives_cells_dates_merges_and_what_is_hidden(tmp_path: Path) -> None:
    book = read_workbook(small_xlsx(tmp_path / "a.xlsx"))
    assert book.format == "xlsx"
    assert first_rows(book)[1] == ["苗芬", date(1948, 8, 20), 78.0]
    sheet = book.sheets[0]
    assert sheet.merges == ((3, 0, 4, 1),)
    assert sheet.hidden_rows == {2}
    assert sheet.hidden_columns == {2}
    assert [(other.name, other.hidden) for other in book.sheets] == [("Sheet", False), ("选项", True)]


def test_content_tells_the_format_and_not_the_name(tmp_path: Path) -> None:
    shutil.copy(small_xlsx(tmp_path / "a.xlsx"), tmp_path / "b.xls")
    assert read_workbook(tmp_path / "b.xls").format == "xlsx"
    assert read_workbook(written(tmp_path / "c.xlsx", "姓名,电话\n苗芬,10016215129\n")).format == "csv"


def test_an_old_xls_tells_hidden_rows_and_columns(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("名单")
    sheet.write_merge(0, 1, 0, 2, "题目")
    sheet.write(3, 0, "看不见")
    sheet.row(3).hidden = True
    sheet.col(1).hidden = True
    sheet.write(4, 2, "完")
    workbook.save(str(tmp_path / "a.xls"))
    sheet_read = read_workbook(tmp_path / "a.xls").sheets[0]
    assert sheet_read.merges == ((0, 0, 1, 2),)
    assert sheet_read.hidden_rows == {3}
    assert sheet_read.hidden_columns == {1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_in_any_encoding_and_with_any_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(row) for row in (("姓名", "住址"), ("金㛃生", '"东块 3号"'), ("何䶮英", "")))
    book = read_workbook(written(tmp_path / "a.csv", text.encode(encoding)))
    assert first_rows(book) == [["姓名", "住址"], ["金㛃生", "东块 3号"], ["何䶮英", ""]]


def test_an_html_table_named_xls_with_spans_and_gbk(tmp_path: Path) -> None:
    page = (
        '<html><meta charset="gbk"><table><tr><th rowspan=2>姓名<th colspan=2>住址</tr><tr><td>小区</td>'
        "<td>室<br>号</td></tr><tr><td>苗芬</td><td>云杉苑</td><td>0301</td></tr></table></html>"
    )
    book = read_workbook(written(tmp_path / "a.xls", page.encode("gbk")))
    assert book.format == "html"
    assert first_rows(book) == [["姓名", "住址", ""], ["", "小区", "室\n号"], ["苗芬", "云杉苑", "0301"]]
    assert book.sheets[0].merges == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_spreadsheetml_2003(tmp_path: Path) -> None:
    ss = "urn:schemas-microsoft-com:office:spreadsheet"
    page = (
        f'<?xml version="1.0"?><Workbook xmlns="{ss}" xmlns:ss="{ss}"><Worksheet ss:Name="甲"><Table>'
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">题</Data></Cell></Row>'
        '<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="Number">81</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">1948-08-20T00:00:00.000</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    sheet = read_workbook(written(tmp_path / "a.xls", page)).sheets[0]
    assert sheet.rows[0] == ["题", "", ""]
    assert sheet.rows[2][1] == 81.0
    assert sheet.hidden_rows == {2}
    assert sheet.merges == ((0, 0, 0, 1),)


def test_a_password_is_asked_for_and_tried(tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = small_xlsx(tmp_path / "a.xlsx")
    with plain.open("rb") as source, (tmp_path / "b.xlsx").open("wb") as target:
        OOXMLFile(source).encrypt("芝麻", target)
    assert trouble_of(tmp_path / "b.xlsx").kind is TroubleKind.PASSWORD_NEEDED
    assert trouble_of(tmp_path / "b.xlsx", password="别的").kind is TroubleKind.PASSWORD_WRONG
    assert read_workbook(tmp_path / "b.xlsx", password="芝麻").sheets[0].rows[1][0] == "苗芬"


@pytest.mark.parametrize("part", ["content.xml", "encrypted-package"])
def test_an_ods_under_a_password_says_so_however_it_was_locked(tmp_path: Path, part: str) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(part, bytes(range(256)) * 8)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest><manifest:file-entry manifest:full-path="{part}"><manifest:encryption-data/>'
            "</manifest:file-entry></manifest:manifest>",
        )
    found = trouble_of(path)
    assert found.kind is TroubleKind.CIPHER_UNKNOWN
    said = workbooks.trouble(found)
    assert "加了密码" in said
    assert "去掉密码，另存成 .xlsx 再导入" in said


@pytest.mark.parametrize(
    ("name", "content", "kind", "what"),
    [
        ("a.pdf", b"%PDF-1.7\n", TroubleKind.NOT_A_SPREADSHEET, "pdf"),
        ("a.xls", b"\x89PNG\r\n\x1a\n", TroubleKind.NOT_A_SPREADSHEET, "picture"),
        ("a.csv", bytes(range(256)) * 4, TroubleKind.NOT_A_SPREADSHEET, "binary"),
        ("a.xlsx", b"", TroubleKind.EMPTY_FILE, ""),
        ("a.xlsx", b"PK\x03\x04 and no more", TroubleKind.DAMAGED, "zip"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), TroubleKind.DAMAGED, "xls"),
        ("a.csv", b" \n\n ", TroubleKind.EMPTY_FILE, ""),
        ("~$a.xlsx", b"shadow", TroubleKind.LOCK_FILE, ""),
    ],
)
def test_what_is_no_spreadsheet_says_what_it_is(
    tmp_path: Path, name: str, content: bytes, kind: TroubleKind, what: str
) -> None:
    trouble = trouble_of(written(tmp_path / name, content))
    assert (trouble.kind, trouble.what, trouble.file_name) == (kind, what, name)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert trouble_of(tmp_path / "no.xlsx").kind is TroubleKind.MISSING
    assert trouble_of(tmp_path).kind in {TroubleKind.FOLDER, TroubleKind.EMPTY_FILE}


def changed_part(source: Path, target: Path, part: str, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        parts = {name: before.read(name) for name in before.namelist()}
        parts.setdefault(part, old)
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new)
        for name, content in parts.items():
            after.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("part", "old", "new", "kind"),
    [
        ("xl/worksheets/sheet1.xml", b'r="B2"', b'r="XFD1048576"', TroubleKind.TOO_LARGE),
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="4000000000"', TroubleKind.TOO_LARGE),
        ("xl/sharedStrings.xml", b"<sst/>", b'<sst count="4000000000"/>', TroubleKind.TOO_LARGE),
        ("xl/workbook.xml", b"<workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook', TroubleKind.DANGEROUS),
    ],
)
def test_the_named_bombs_are_refused_before_they_are_parsed(
    tmp_path: Path, part: str, old: bytes, new: bytes, kind: TroubleKind
) -> None:
    source = small_xlsx(tmp_path / "a.xlsx")
    assert trouble_of(changed_part(source, tmp_path / "b.xlsx", part, old, new)).kind is kind


def test_a_zip_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(small_xlsx(tmp_path / "a.xlsx"), "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet9.xml", "w") as part,
    ):
        for _ in range(450):
            part.write(bytes(1_000_000))
    trouble = trouble_of(tmp_path / "a.xlsx")
    assert (trouble.kind, trouble.what) == (TroubleKind.TOO_LARGE, "unpacked")


def test_a_part_that_climbs_out_of_the_zip_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/../../evil.xml", "x")
    trouble = trouble_of(written(tmp_path / "a.xlsx", content.getvalue()))
    assert (trouble.kind, trouble.what) == (TroubleKind.DANGEROUS, "path")


def test_time_and_memory_end_the_reading_and_not_this_process(tmp_path: Path) -> None:
    path = small_xlsx(tmp_path / "a.xlsx")
    assert trouble_of(path, seconds=0).kind is TroubleKind.TOO_SLOW
    assert trouble_of(path, memory_bytes=8_000_000).kind in {TroubleKind.READER_DIED, TroubleKind.TOO_LARGE}


def test_reading_can_be_given_up(tmp_path: Path) -> None:
    path = small_xlsx(tmp_path / "a.xlsx")
    assert trouble_of(path, cancelled=lambda: True).kind is TroubleKind.CANCELLED

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_workbook(path, progress=stop)
