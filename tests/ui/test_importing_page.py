"""The import wizard on the real window: files come in, are looked at, corrected, decided, written and taken back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.imports.draft import with_cells
from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.imports import Decision, Outcome
from jiuliting_desk.model.needs import Need, Rhythm, Urgency
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.model.surveys import LearnedWord
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.sheets.fields import UNSTORED
from jiuliting_desk.sheets.refused import REASON_TITLE
from jiuliting_desk.sheets.tables import Kind
from jiuliting_desk.store import backup
from jiuliting_desk.ui.going_out import GoingOutDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.importing.choose import workbooks_in
from jiuliting_desk.ui.pages.importing.comparing import CompareDialog
from jiuliting_desk.ui.pages.importing.correcting import CorrectDialog
from jiuliting_desk.ui.pages.importing.foot import CHECK, CHOOSE, PREVIEW, RESULT
from jiuliting_desk.ui.pages.importing.header_picker import HeaderPicker
from jiuliting_desk.ui.pages.importing.page import ImportPage
from jiuliting_desk.ui.pages.importing.preview import PERSON_DECISIONS
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.text import Elide
from jiuliting_desk.ui.words import workbooks
from tests.ui.scripted import ScriptedDialogs

OFFICE = Path(__file__).parent.parent / "data" / "office"
LONG_MS = 20000


@pytest.fixture
def page(open_window: Callable[..., MainWindow]) -> ImportPage:
    """The page on the real window."""
    window = open_window("importing")
    found = window.pages["importing"]
    assert isinstance(found, ImportPage)
    return found


@pytest.fixture
def settle(page: ImportPage, qtbot: QtBot) -> Callable[[], None]:
    """Waits until reading, planning or writing is done."""

    def settled() -> None:
        qtbot.waitUntil(
            lambda: not page.intake.is_working and not page.session.is_lent and page.turns.is_idle, timeout=LONG_MS
        )

    return settled


@pytest.fixture
def take(page: ImportPage, settle: Callable[[], None]) -> Callable[..., None]:
    """Opens files and waits for the preview."""

    def taken(*paths: Path) -> None:
        page.intake.take(list(paths))
        settle()

    return taken


def workbook(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


HEADER = ["姓名", "身份证号", "联系电话", "小区", "楼号", "室号", "服务需求"]
MIAO = ["苗芬", "000000194808205470", "10016215129", "亭北新村", "16", "501", "陪伴聊天"]
ZOU = ["邹福", "", "10057796333", "亭北东块", "22", "202", "理发"]


def written(page: ImportPage, settle: Callable[[], None]) -> None:
    page.go_on()
    assert page.step == CHECK
    page.go_on()
    settle()
    assert page.step == RESULT


def test_a_survey_comes_in_and_goes_back(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session
) -> None:
    take(OFFICE / "survey_D.xls")
    assert page.step == PREVIEW
    assert page.banner.isVisible()
    assert page.preview.facets["new"].text() == "新增 52"
    assert page.preview.facets["refused"].text() == "有误 8"
    assert session.store.count(Elder) == 0
    page.go_on()
    assert any("新增 52 位老人" in words for words in page.check.sentences)
    assert "9 行有格子没认出，原来写的记在备注里" in page.check.sentences
    assert "1 行和表里前面的行是同一位，没有新内容" in page.check.sentences
    assert page.next_button.text() == "确认写入 52 行"
    assert session.store.count(Elder) == 0
    page.go_on()
    settle()
    assert session.store.count(Elder) == 52
    assert session.store.count(Need) == 83
    assert "9 行有格子没认出，原来写的记在备注里" in page.result.sentences
    assert sum("表里写的电话：" in elder.notes for elder in session.store.all(Elder)) == 3
    assert len(page.choose.recent.rows()) == 1
    page.result.undo_button.click()
    settle()
    assert session.store.count(Elder) == session.store.count(Need) == 0
    assert page.step == CHOOSE


def test_leaving_at_any_step_changes_nothing(page: ImportPage, take: Callable[..., None], session: Session) -> None:
    take(OFFICE / "survey_A.xlsx")
    page.go_on()
    page.go_back()
    assert page.step == PREVIEW
    page.give_up()
    assert page.step == CHOOSE
    assert page.intake.draft is None
    assert session.store.undoable() is None


def test_the_same_file_again_says_so(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session
) -> None:
    take(OFFICE / "survey_A.xlsx")
    written(page, settle)
    line = session.store.undoable()
    take(OFFICE / "survey_A.xlsx")
    assert page.preview.facets["same"].text() == "重复 60"
    assert "导入过" in page.banner.words()
    page.go_on()
    assert page.next_button.text() == "不用写，看结果"
    page.go_on()
    settle()
    assert session.store.undoable() == line
    assert backup.list_backups(session.store.path) == []
    assert not page.result.undo_button.isVisibleTo(page.result)


def test_changes_are_shown_and_can_be_left(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "a.xlsx", [HEADER, MIAO])
    take(file)
    written(page, settle)
    with session.store.operation("edit_elder"):
        elder = session.store.all(Elder)[0]
        session.store.update(replace(elder, room="601", phones=(Phone(number="10000000001"),)))
    take(workbook(tmp_path / "b.xlsx", [HEADER, [*MIAO[:6], "理发"]]))
    table = page.preview.table()
    assert table.cell_text(0, "outcome") == "更新"
    cell = table.rows_model.cell(0, 4)
    assert (cell.old, cell.text) == ("16号 601", "16号 501")
    assert (table.rows_model.cell(0, 3).old, table.rows_model.cell(0, 3).text) == ("0001", "5129")
    assert table.cell_text(0, "will") == "改 2 处，加 1 条需求"
    page.preview.keep_known()
    settle()
    assert table.cell_text(0, "outcome") == "重复"
    assert table.cell_text(0, "will") == "留原来的，不写"
    page.go_on()
    assert "1 行留原来的" in page.check.sentences
    page.go_back()
    page.preview.use_excel()
    settle()
    assert table.cell_text(0, "outcome") == "更新"
    written(page, settle)
    elder = session.store.all(Elder)[0]
    assert (elder.room, [phone.number for phone in elder.phones]) == ("501", ["10016215129", "10000000001"])


def test_a_wrong_cell_is_boxed_corrected_and_written(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    session: Session,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    wrong = ["邹福", "", "1005779633", "亭北东块", "22", "202", "理发"]
    nameless = ["", "", "10057796333", "亭北东块", "22", "203", "理发"]
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO, wrong, nameless]))
    table = page.preview.table()
    cell = table.rows_model.cell(1, 3)
    assert cell.boxed
    assert cell.text == "电话位数不对"
    assert page.preview.go_to_next_problem()
    page.preview.correct_button.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, CorrectDialog)
    dialog.form.set_values(**{"2": "10057796333"})
    dialog.save()
    settle()
    assert not table.rows_model.cell(1, 3).boxed
    assert page.preview.go_to_next_problem()
    current = page.preview.current()
    assert current is not None
    assert (current.number, current.outcome) == (4, Outcome.REFUSED)
    page.preview.correct_button.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, CorrectDialog)
    dialog.form.set_values(**{"0": "邹贵"})
    dialog.save()
    settle()
    assert not page.preview.go_to_next_problem()
    written(page, settle)
    phones = {elder.name: elder.phone for elder in session.store.all(Elder)}
    assert phones == {"苗芬": "10016215129", "邹福": "10057796333", "邹贵": "10057796333"}


def test_a_row_can_be_left_out(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    session: Session,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO, ZOU]))
    page.preview.correct_button.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, CorrectDialog)
    dialog.leave_button.click()
    settle()
    written(page, settle)
    assert [elder.name for elder in session.store.all(Elder)] == ["邹福"]


def test_a_doubtful_row_is_decided_side_by_side(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    session: Session,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    with session.store.operation("register_elder"):
        session.store.add(Elder(name="苗芬", number="0001", birth="1948-08-20"))
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO]))
    assert page.preview.facets["doubtful"].text() == "待选 1"
    assert "苗芬" in page.preview.table().cell_text(0, "will")
    other = page.preview.decision.buttons()[PERSON_DECISIONS.index(Decision.OTHER_PERSON)]
    other.setFocus()
    other.click()
    settle()
    assert page.preview.table().cell_text(0, "outcome") == "新增"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.preview.isAncestorOf(focused), "Enter on 上一步 would leave the file"
    page.preview.decision.buttons()[PERSON_DECISIONS.index(Decision.LATER)].click()
    settle()
    page.preview.compare_button.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, CompareDialog)
    dialog.same_button.click()
    settle()
    assert page.preview.table().cell_text(0, "outcome") == "更新"
    written(page, settle)
    [elder] = session.store.all(Elder)
    assert (elder.number, elder.id_number, elder.room) == ("0001", "000000194808205470", "501")


def test_columns_are_chosen_and_remembered(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session, tmp_path: Path
) -> None:
    rows = [
        ["姓名", "联系电话", "情况"],
        ["苗芬", "10016215129", "爱听戏"],
        ["邹福", "10057796333", "养鸟"],
    ]
    file = workbook(tmp_path / "a.xlsx", rows)
    take(file)
    combo = page.mapping.grid.combos[2]
    assert combo.property("state") == "warn"
    combo.set_value("likes")
    combo.edited.emit()
    settle()
    assert page.mapping.grid.combos[2].property("state") != "warn"
    written(page, settle)
    assert {elder.name: elder.likes for elder in session.store.all(Elder)} == {"苗芬": "爱听戏", "邹福": "养鸟"}
    assert [(word.word, word.meaning) for word in session.store.all(LearnedWord)] == [("情况", "likes")]
    take(file)
    assert page.mapping.grid.combos[2].value() == "likes"
    assert page.preview.facets["same"].text() == "重复 2"


def test_an_unknown_service_is_asked_once(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session, tmp_path: Path
) -> None:
    rows = [
        HEADER,
        [*MIAO[:6], "擦玻璃"],
        ["邹福", "", "10057796333", "亭北东块", "2", "1", "擦玻璃、理发"],
    ]
    take(workbook(tmp_path / "a.xlsx", rows))
    combo = page.mapping.questions.combos["擦玻璃"]
    combo.set_value("居家清洁")
    combo.edited.emit()
    settle()
    answered = page.mapping.questions.combos["擦玻璃"]
    assert (answered.value(), answered.property("state")) == ("居家清洁", "")
    for meant in ("理发", "居家清洁"):
        # A slip is mended where it was made.
        again = page.mapping.questions.combos["擦玻璃"]
        again.set_value(meant)
        again.edited.emit()
        settle()
        assert page.preview.table().rows()[0].fields["needs"] == (meant,)
    written(page, settle)
    assert sorted(need.category_id for need in session.store.all(Need)) == [2, 2, 3]
    rows.append(["祝阿毛", "", "10057796334", "亭北东块", "3", "1", "擦玻璃"])
    take(workbook(tmp_path / "b.xlsx", rows))
    # What was answered for an earlier workbook is shown where it counts, and can be mended there too.
    remembered = page.mapping.questions.combos["擦玻璃"]
    assert (remembered.value(), remembered.property("state")) == ("居家清洁", "")
    remembered.set_value("理发")
    remembered.edited.emit()
    settle()
    assert page.preview.table().rows()[2].fields["needs"] == ("理发",)


def test_a_word_for_a_certificate_is_asked_once(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session, tmp_path: Path
) -> None:
    rows = [
        ["姓名", "联系电话", "所属单位", "可服务项目", "每月可服务次数", "证书"],
        ["鲁云民", "10062383764", "个人", "清洗空调", "6", "家电清洗资质"],
    ]
    take(workbook(tmp_path / "a.xlsx", rows))
    combo = page.mapping.questions.combos["家电清洗资质"]
    combo.set_value("空调清洗、油烟机清洗")
    combo.edited.emit()
    settle()
    assert page.mapping.questions.combos["家电清洗资质"].value() == "空调清洗、油烟机清洗"
    written(page, settle)
    assert [found.kind for found in session.store.all(Certificate)] == ["空调清洗", "油烟机清洗"]
    rows.append(["喻凤", "10010768325", "个人", "清洗空调", "6", "家电清洗资质"])
    take(workbook(tmp_path / "b.xlsx", rows))
    assert page.mapping.questions.combos == {}
    written(page, settle)
    assert session.store.count(Certificate) == 4
    assert "加了 2 张证书" in page.result.sentences


def test_visits_of_an_earlier_year_ask_who_went(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session, tmp_path: Path
) -> None:
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO, ZOU]))
    written(page, settle)
    rows = [
        ["服务日期", "老人姓名", "联系电话", "服务项目", "志愿者", "服务时长（分钟）", "完成情况"],
        ["2025-03-05", "苗芬", "10016215129", "理发、陪伴聊天", "鲁云民", "40", "已完成"],
        ["2025-03-06", "邹福", "10057796333", "居家清洁", "鲁云民", "90", "老人不在家"],
        ["2025-03-07", "安常", "10057796339", "居家清洁", "鲁云民", "90", "已完成"],
    ]
    take(workbook(tmp_path / "b.xlsx", rows))
    assert page.mapping.kind.value() is Kind.VISITS
    assert page.preview.facets["doubtful"].text() == "待选 2"
    combo = page.mapping.questions.combos["鲁云民"]
    combo.set_value("volunteer")
    combo.edited.emit()
    settle()
    assert page.preview.facets["new"].text() == "新增 2"
    shown = [page.preview.cells.services(planned).text for planned in page.preview.table().rows()]
    assert shown == ["理发、陪伴聊天", "居家清洁", "居家清洁"]
    page.go_on()
    assert any("补记 2 次上门" in words for words in page.check.sentences)
    page.go_on()
    settle()
    assert [(visit.state, visit.on_site_minutes) for visit in session.store.all(Visit)] == [
        (VisitState.DONE, 40),
        (VisitState.NOT_HOME, 0),
    ]
    take(tmp_path / "b.xlsx")
    assert page.preview.facets["same"].text() == "重复 2"


def test_how_needs_are_wanted_is_shown_and_stored(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session, tmp_path: Path
) -> None:
    header = [*HEADER, "紧急程度", "服务频次", "希望服务时间"]
    take(workbook(tmp_path / "a.xlsx", [header, [*MIAO, "紧急", "每月2次", "周一上午"]]))
    assert page.preview.table().rows()[0].outcome == "new"
    cell = page.preview.cells.needs(page.preview.table().rows()[0])
    assert cell.text == "陪伴聊天（很急、每月 2 次、周一上午）"
    written(page, settle)
    [need] = session.store.all(Need)
    assert (need.urgency, need.rhythm, need.per_month, need.half_days) == (Urgency.URGENT, Rhythm.MONTHLY, 2, (0,))
    take(workbook(tmp_path / "b.xlsx", [header, [*MIAO, "不急", "", ""]]))
    assert page.preview.cells.needs(page.preview.table().rows()[0]) == Cell("不急", old="很急", tip="很急 → 不急")


def test_kind_and_header_are_corrected_by_hand(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    session: Session,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    take(workbook(tmp_path / "a.xlsx", [["甲", "乙"], ["何时", "何地"], ["姓名*", "电话*"], ["鲁云民", "10062383764"]]))
    page.answers.pick_header()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, HeaderPicker)
    assert dialog.view.model().index(3, 1).data() == "100****3764"
    dialog.view.selectRow(2)
    assert dialog.pick_button.text() == "就用第 3 行"
    dialog.pick()
    settle()
    page.mapping.kind_chosen.emit(Kind.VOLUNTEERS)
    settle()
    assert page.preview.table().cell_text(0, "will") == "新志愿者"
    written(page, settle)
    assert [provider.name for provider in session.store.all(Provider)] == ["鲁云民"]


def test_refused_rows_go_out_and_come_back_corrected(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    session: Session,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    take(OFFICE / "survey_D.xls")
    written(page, settle)
    out = tmp_path / "有误.xlsx"
    dialogs.paths = [out]
    page.result.refused_button.click()
    assert dialogs.save_names == [str(OFFICE.absolute() / "survey_D_有误的行.xlsx")], "beside the sender's workbook"
    book = load_workbook(out)
    sheet = book["名单"]
    assert [cell.value for cell in sheet[4]][-1] == REASON_TITLE
    assert sheet.max_row == 4 + 8
    for at in range(5, 13):
        assert sheet.cell(at, sheet.max_column).value == "没有姓名"
        sheet.cell(at, 2).value = "蒋大姐妹"[0] + "阿" + "甲乙丙丁戊己庚辛"[at - 5]
    book.save(out)
    take(out)
    assert page.preview.facets["new"].text() == "新增 8"
    assert page.preview.facets["all"].text() == "全部 8"
    assert not page.preview.go_to_next_problem()
    written(page, settle)
    assert session.store.count(Elder) == 60


def test_several_files_and_folders_are_dropped(
    page: ImportPage, settle: Callable[[], None], session: Session, tmp_path: Path
) -> None:
    for name in ("b.xlsx", "~$b.xlsx", "x.png"):
        workbook(tmp_path / name, [HEADER, MIAO])
    workbook(tmp_path / "c.xlsx", [HEADER, ZOU])
    assert [path.name for path in workbooks_in([tmp_path])] == ["b.xlsx", "c.xlsx"]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.choose.zone.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, keys))
    settle()
    written(page, settle)
    assert page.next_button.text() == "下一份：c.xlsx"
    page.go_on()
    settle()
    assert page.step == PREVIEW
    written(page, settle)
    assert session.store.count(Elder) == 2


def dropped_on(window: MainWindow, *paths: Path) -> bool:
    """Files dropped in the middle of the window, as the system tells it; whether the window took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    enter = QDragEnterEvent(QPoint(400, 300), action, data, button, keys)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        drop = QDropEvent(QPointF(400, 300), action, data, button, keys)
        drop.setDropAction(Qt.DropAction.MoveAction)
        QApplication.sendEvent(window, drop)
        assert drop.dropAction() == Qt.DropAction.CopyAction, "the file manager would remove what was moved"
    return enter.isAccepted()


def test_files_are_dropped_on_any_page(
    open_window: Callable[..., MainWindow], qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    window = open_window("elders")
    (tmp_path / "亭北").mkdir()
    file = workbook(tmp_path / "亭北" / "a.xlsx", [HEADER, MIAO])
    assert not dropped_on(window)
    assert dropped_on(window, tmp_path)
    qtbot.waitUntil(lambda: window.current_key == "importing")
    page = window.pages["importing"]
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: page.step == PREVIEW and page.turns.is_idle and not page.intake.is_working, timeout=LONG_MS)
    assert page.intake.draft is not None
    assert page.intake.draft.path == file


def test_files_dropped_while_one_is_looked_at_wait_behind_it(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    session: Session,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    names = [workbook(tmp_path / f"{name}.xlsx", [HEADER, MIAO]) for name in "abc"]
    take(names[0])
    page.preview.correct_button.click()
    dialogs.shown[-1].close()
    window = page.window()
    assert isinstance(window, MainWindow)
    assert dropped_on(window, *names[1:])
    settle()
    assert page.intake.draft is not None
    assert (page.intake.draft.path, page.intake.waiting) == (names[0], names[1:])
    dialogs.answers = ["next", "leave"]
    page.give_up()
    settle()
    assert dialogs.asked[-1].title == "后面还有 2 份等着"
    assert (page.intake.draft.path, page.intake.waiting, page.step) == (names[1], names[2:], PREVIEW)
    page.give_up()
    assert page.step == CHOOSE
    assert not page.intake.waiting


def test_a_set_of_files_goes_on_after_one_without_its_password(
    page: ImportPage, settle: Callable[[], None], dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    from jiuliting_desk.sheets.writing import OutColumn, OutSheet, save_workbook

    columns = tuple(OutColumn(title=str(title)) for title in HEADER)
    locked, other = tmp_path / "a.xlsx", workbook(tmp_path / "b.xlsx", [HEADER, MIAO])
    save_workbook(locked, [OutSheet(name="x", title="", columns=columns, rows=[MIAO])], password="2026")
    dialogs.answers = ["leave"]
    page.intake.take([locked, other])
    settle()
    settle()
    assert page.intake.draft is not None
    assert page.intake.draft.path == other


def test_hidden_columns_come_in_with_one_click(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [HEADER, MIAO, ZOU])
    book = load_workbook(path)
    book.active.column_dimensions["B"].hidden = True
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    take(path)
    assert page.preview.facets["all"].text() == "全部 1"
    assert "隐藏的列：B 身份证号" in page.mapping.left_out.text()
    assert page.mapping.hidden_columns.text() == "隐藏的列也导入：B 身份证号"
    page.go_on()
    assert "对方隐藏的没有导：1 行，1 列" in page.check.sentences
    page.go_back()
    assert page.mapping.grid.combos[1].currentText() == "不导入（隐藏的列）"
    row = page.preview.current()
    assert row is not None
    assert "id_number" not in row.fields
    page.mapping.hidden_columns.click()
    settle()
    row = page.preview.current()
    assert row is not None
    assert row.fields["id_number"] == MIAO[1]
    page.mapping.hidden_rows.click()
    settle()
    assert page.preview.facets["all"].text() == "全部 2"
    page.mapping.hidden_rows.click()
    settle()
    assert page.preview.facets["all"].text() == "全部 1"
    assert page.mapping.hidden_rows.isVisibleTo(page)


def test_a_password_is_asked_for(
    page: ImportPage, settle: Callable[[], None], dialogs: ScriptedDialogs, session: Session, tmp_path: Path
) -> None:
    from jiuliting_desk.sheets.writing import OutColumn, OutSheet, save_workbook

    path = tmp_path / "a.xlsx"
    columns = tuple(OutColumn(title=str(title)) for title in HEADER)
    save_workbook(path, [OutSheet(name="x", title="", columns=columns, rows=[MIAO])], password="2026")
    dialogs.answers = [("open", "2025"), ("open", "2026")]
    page.intake.take([path])
    settle()
    settle()
    assert [question.title for question in dialogs.asked] == ["“a.xlsx”要密码"] * 2
    assert page.step == PREVIEW
    assert page.preview.facets["new"].text() == "新增 1"


def test_an_unreadable_file_is_told_and_the_next_one_opened(
    page: ImportPage, take: Callable[..., None], session: Session, tmp_path: Path
) -> None:
    stranger = tmp_path / "a.xlsx"
    stranger.write_bytes(b"%PDF-1.7")
    said: list[str] = []
    session.said.connect(lambda message: said.append(message.text))
    take(stranger, workbook(tmp_path / "b.xlsx", [HEADER, MIAO]))
    assert "不是表格（是 PDF）" in said[0]
    assert page.step == PREVIEW


def test_an_import_that_later_work_stands_on_goes_back_in_part(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    session: Session,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO, ZOU]))
    written(page, settle)
    page.give_up()
    with session.store.operation("edit_elder", "苗芬"):
        session.store.update(replace(session.store.all(Elder)[0], notes="x"))
    dialogs.answers = ["undo", "leave"]
    page.choose.recent.choose_first()
    page.choose.undo_button.click()
    settle()
    assert session.store.count(Elder) == 2
    assert dialogs.asked[-1].lines == ("后来的：改老人资料：苗芬", "动过的有：苗芬")
    dialogs.answers = ["undo", "partly"]
    page.choose.undo_button.click()
    settle()
    settle()
    assert [elder.name for elder in session.store.all(Elder)] == ["苗芬"]
    assert page.choose.recent.cell_text(0, "counts") == "撤回过，后来动过的留着"


def test_lists_and_blank_sheets_go_out(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    session: Session,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    take(OFFICE / "survey_A.xlsx")
    written(page, settle)
    page.give_up()
    page.choose.export_buttons["elders"].click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, GoingOutDialog)
    dialog.extent.buttons()[1].click()
    dialog.save()
    assert dialog.form.complaint("reason")
    dialog.form.set_values(reason="报街道", to_whom="街道办")
    dialogs.paths = [tmp_path / "老人.xlsx"]
    dialog.save()
    settle()
    assert load_workbook(tmp_path / "老人.xlsx")["老人"].max_row == 63
    assert dialogs.save_names == ["老人名单_20260318.xlsx"]
    dialogs.paths = [tmp_path / "空白.xlsx"]
    page.choose.template_buttons["survey"].click()
    assert "姓名*" in [cell.value for cell in load_workbook(tmp_path / "空白.xlsx").active[3]]


def test_a_blank_sheet_never_replaces_the_data(page: ImportPage, session: Session, dialogs: ScriptedDialogs) -> None:
    said: list[str] = []
    session.said.connect(lambda message: said.append(message.text))
    before = session.store.path.read_bytes()
    dialogs.paths = [session.store.path]
    page.choose.template_buttons["survey"].click()
    assert "没有覆盖" in said[-1]
    assert session.store.path.read_bytes() == before


def test_a_filled_blank_sheet_comes_back(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    session: Session,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    for what, kind in (("survey", Kind.SURVEY), ("volunteers", Kind.VOLUNTEERS)):
        path = tmp_path / f"{what}.xlsx"
        dialogs.paths = [path]
        page.choose.template_buttons[what].click()
        book = load_workbook(path)
        sheet = book.active
        titles = [cell.value for cell in sheet[3]]
        for title, value in (
            ("姓名*", "苗芬"),
            ("联系电话*", "10016215129"),
            ("服务需求*", "理发"),
            ("可服务项目*", "理发"),
            ("紧急程度", "较急"),
            ("频次", "每月"),
            ("希望时间", "周三上午"),
        ):
            if title in titles:
                sheet.cell(4, titles.index(title) + 1).value = value
        book.save(path)
        take(path)
        draft = page.intake.draft
        assert draft is not None
        assert [table.kind for table in draft.tables] == [kind]
        assert page.preview.facets["all"].text() == "全部 1"
        assert page.preview.facets["new"].text() == "新增 1"
        assert [match.title for match in draft.tables[0].unsure_columns] == []
        if kind is Kind.SURVEY:
            written(page, settle)
            (need,) = session.store.all(Need)
            assert (need.urgency, need.rhythm, need.half_days) == (Urgency.HIGH, Rhythm.MONTHLY, (4,))
        page.give_up()


def test_the_keys_of_the_preview_work(page: ImportPage, take: Callable[..., None]) -> None:
    take(OFFICE / "survey_D.xls")
    keys = page.keys()
    words = [key.words for key in keys]
    assert {"看哪一类", "下一处有误", "用 Excel 的", "留原来的", "下一步", "不导了，什么都不改"} <= set(words)
    assert [key.shown_as for key in keys if key.words == "看哪一类"] == ["1–6"]
    assert page.preview.filters() == ["all", "new", "changed", "same", "refused", "look"]
    QTest.keyClick(page.preview.table(), Qt.Key.Key_5)
    assert {planned.outcome for planned in page.preview.table().rows()} == {Outcome.REFUSED}
    QTest.keyClick(page.preview.table(), Qt.Key.Key_1)
    QTest.keyClick(page.preview.table(), Qt.Key.Key_F6)
    current = page.preview.current()
    assert current is not None
    assert current.number == 22
    QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.step == CHECK
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.step == CHOOSE


def test_a_plan_is_made_anew_when_the_file_changed_meanwhile(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session, tmp_path: Path
) -> None:
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO]))
    page.go_on()
    with session.store.operation("register_elder"):
        session.store.add(Elder(name="苗芬", number="0009", id_number="000000194808205470"))
    page.go_on()
    settle()
    assert page.step == PREVIEW
    assert page.preview.table().cell_text(0, "outcome") == "更新"
    assert session.store.count(Elder) == 1


ODD = ["对象", "号码", "小区", "楼号", "身况", "想法", ""]
SHE = ["佘阿德", "10034562001", "亭北新村", "16", "差", "理发", "女儿在国外"]
TONG = ["佟阿芳", "10034562002", "亭北新村", "17", "好", "", ""]


def test_columns_that_nobody_settled_are_asked_about_before_anything_is_confirmed(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    session: Session,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    take(workbook(tmp_path / "a.xlsx", [ODD, SHE, TONG]))
    assert "（没有表头）" in {line.text() for line in page.mapping.grid.findChildren(Elide)}
    asking = [at for at, combo in page.mapping.grid.combos.items() if combo.value() == "?"]
    assert asking == [0, 4, 5, 6]
    dialogs.answers = ["look"]
    page.go_on()
    assert page.step == PREVIEW
    assert page.mapping.grid.combos[0].hasFocus()
    [question] = dialogs.asked
    assert question.lines == (
        "对象 → 姓名（猜的）",
        "身况 → 记在备注里",
        "想法 → 记在备注里",
        "G 列（没有表头） → 记在备注里",
    )
    combo = page.mapping.grid.combos[5]
    assert "需求：理发" in [combo.itemText(at) for at in range(combo.count())]
    combo.set_value("needs")
    combo.edited.emit()
    settle()
    dialogs.answers = ["agree"]
    page.go_on()
    settle()
    assert page.step == CHECK
    page.go_on()
    settle()
    she = session.store.all(Elder)[0]
    assert (she.name, she.notes) == ("佘阿德", "身况：差；女儿在国外")
    assert [need.category_id for need in session.store.all(Need)] == [3]
    # Whoever sends such a table again is not asked again, but for the column without a header.
    page.give_up()
    take(workbook(tmp_path / "b.xlsx", [ODD, SHE, TONG]))
    assert [at for at, combo in page.mapping.grid.combos.items() if combo.value() == "?"] == [6]


def test_work_on_a_workbook_is_not_thrown_away_unasked(
    page: ImportPage,
    take: Callable[..., None],
    settle: Callable[[], None],
    dialogs: ScriptedDialogs,
    tmp_path: Path,
) -> None:
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO]))
    page.give_up()
    assert (page.step, dialogs.asked) == (CHOOSE, [])
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO]))
    page.intake.change(lambda draft: with_cells(draft, 0, 1, {0: "苗芳"}))
    settle()
    dialogs.answers = ["stay", "drop"]
    page.go_back()
    assert page.step == PREVIEW
    page.give_up()
    assert (page.step, page.intake.draft) == (CHOOSE, None)


def test_the_keyboard_goes_on_from_the_rows_to_the_button_that_writes(
    page: ImportPage, take: Callable[..., None], qtbot: QtBot, tmp_path: Path
) -> None:
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO]))
    with qtbot.waitActive(page.window()):
        page.window().activateWindow()
    page.preview.table().setFocus()
    QTest.keyClick(page.preview.table(), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.step == CHECK
    # What the window does with a keyboard that lost its place comes with a timer of its own.
    with qtbot.waitCallback() as passed:
        QTimer.singleShot(0, passed)
    assert page.next_button.hasFocus()


def test_a_file_that_could_not_be_read_is_named_when_the_others_are_done(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], tmp_path: Path
) -> None:
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    take(broken, workbook(tmp_path / "b.xlsx", [HEADER, MIAO]))
    assert page.step == PREVIEW
    written(page, settle)
    page.go_on()
    assert page.step == CHOOSE
    assert page.choose.unread.isVisible()
    assert "a.xlsx" in page.choose.unread.words()
    take(workbook(tmp_path / "c.xlsx", [HEADER, ZOU]))
    page.give_up()
    assert not page.choose.unread.isVisible()


def test_a_result_that_was_taken_back_or_left_behind_is_not_shown_as_written(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session, tmp_path: Path
) -> None:
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO]), broken)
    written(page, settle)
    assert page.intake.waiting == [broken]
    session.undo()
    settle()
    assert page.step == RESULT
    assert page.result.sentences == []
    page.go_on()
    settle()
    assert (page.step, page.intake.draft) == (CHOOSE, None)


def test_a_service_that_nobody_offers_is_named_beside_those_that_are_known(
    page: ImportPage, take: Callable[..., None], tmp_path: Path
) -> None:
    take(workbook(tmp_path / "a.xlsx", [HEADER, [*MIAO[:6], "理发、擦窗户"]]))
    cell = page.preview.cells.needs(page.preview.table().rows()[0])
    assert (cell.text, cell.boxed) == ("擦窗户、理发", True)
    assert page.preview.cells.words.more(page.preview.table().rows()[0]) == (
        "出生日期 1948-08-20，性别 男，身份证 000***********5470"
    )


def test_people_in_columns_are_told_by_their_columns(
    page: ImportPage, take: Callable[..., None], dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    rows = [
        ["姓名", "毛阿大", "毛阿二", "毛阿大"],
        ["手机", "10034561001", "10034561002", "10034561001"],
        ["住址", "亭北东块1号101", "亭北东块1号102", "亭北东块1号101"],
        ["需求", "理发", "陪聊", "理发"],
    ]
    take(workbook(tmp_path / "a.xlsx", rows))
    table = page.preview.table()
    assert [table.cell_text(at, "row") for at in range(3)] == ["B", "C", "D"]
    assert table.cell_text(2, "will") == "与B 列同一人"
    assert page.preview.cells.words.place(table.rows()[1]) == "C 列"
    page.preview.correct_button.click()
    [dialog] = dialogs.shown
    assert {"姓名", "手机"} <= {line.text() for line in dialog.findChildren(QLabel)}
    dialog.reject()


def test_the_result_names_the_needs_and_the_new_people(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], session: Session, tmp_path: Path
) -> None:
    take(workbook(tmp_path / "a.xlsx", [HEADER, MIAO, ZOU]))
    written(page, settle)
    assert "加了 2 条需求" in page.result.sentences
    assert "陪伴聊天 1，理发 1" in {line.text() for line in page.result.findChildren(QLabel)}
    page.go_on()
    header = ["日期", "老人姓名", "联系电话", "服务项目", "服务人员", "时长（分钟）"]
    take(workbook(tmp_path / "b.xlsx", [header, ["2025-03-05", "苗芬", MIAO[2], "理发", "张师傅", "40"]]))
    combo = page.mapping.questions.combos["张师傅"]
    combo.set_value("volunteer")
    combo.edited.emit()
    settle()
    page.go_on()
    assert "新登记 1 位志愿者、单位" in page.check.sentences
    page.go_on()
    settle()
    assert "新登记了 1 位志愿者、单位" in page.result.sentences
    assert [one.name for one in session.store.all(Provider)] == ["张师傅"]


def test_a_column_that_is_not_written_says_so_in_words(
    page: ImportPage, take: Callable[..., None], tmp_path: Path
) -> None:
    take(workbook(tmp_path / "a.xlsx", [[*HEADER, "登记日期", "时长（分钟）"], [*MIAO, "2026-03-05", "40"]]))
    shown = [page.mapping.grid.combos[at].currentText() for at in (6, 7, 8)]
    assert shown == ["需求项目", "登记日期", "时长（不写）"]
    for kind, offered in workbooks.OFFERED.items():
        assert not set(offered) & UNSTORED.get(kind, frozenset())
        assert not [field for field in offered if workbooks.meaning(field) == field]


def test_what_was_understood_guessed_and_left_is_said_before_and_after(
    page: ImportPage, take: Callable[..., None], settle: Callable[[], None], tmp_path: Path
) -> None:
    rows = [["单位名称", "联系人", "联系电话", "可服务项目", "每月可服务次数", "政治面貌", "备注"]]
    rows += [["净邻家政（虚构）", "邹一", "10022345601", "居家清洁", "约20", "群众", "要3户一起"]]
    rows += [["亮剪美发（虚构）", "邹二", "10022345602", "理发", "12", "", ""], [], ["上面两家都谈过了"]]
    take(workbook(tmp_path / "爱心企业.xlsx", rows))
    told = {"1 处照备注里的话记", "1 格拿不太准，照猜的记了，请看一眼", "1 列没有导", "名单外的 1 行字没有导"}
    page.go_on()
    assert told <= set(page.check.sentences)
    page.go_on()
    settle()
    assert told <= set(page.result.sentences)


def test_a_cell_that_was_not_understood_is_named(page: ImportPage, take: Callable[..., None], tmp_path: Path) -> None:
    rows = [["姓名", "联系电话", "特长", "每月次数", "最远距离", "证书", "证书有效期至"]]
    rows += [["秦一", "10012345601", "理发", "看情况", "步行15分钟", "健康证", "11/7/29"]]
    take(workbook(tmp_path / "志愿者.xlsx", rows))
    assert page.intake.draft is not None
    assert page.intake.draft.plan is not None
    said = page.preview.cells.words.remarks(page.intake.draft.plan.rows[0])
    assert said[-3:] == [
        "每月次数“看情况”看不出数字",
        "最远多远“步行15分钟”看不出数字",
        "证书有效期“11/7/29”看不出日期",
    ]
