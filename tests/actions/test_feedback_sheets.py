"""Feedback sheets that go out: one row a visit, form numbers, drop-downs; each row's form is out from then on."""

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from jiuliting_desk.actions.feedback import enter_feedback
from jiuliting_desk.actions.feedback_sheets import Recipient, recipients, send_feedback_sheet
from jiuliting_desk.actions.history import undo
from jiuliting_desk.model.feedback import Feedback, FeedbackForm, FormState
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.store import Store
from tests.actions.people import CHAT, TODAY, elder, enterprise, volunteer
from tests.actions.visits import book, done


@pytest.fixture
def office(store: Store) -> dict[str, Recipient]:
    """亭北 waits for two forms, one by 净邻家政, and has a visit tomorrow; 桂溪 waits for one."""
    with store.operation("places"):
        here = store.add(ResidentsCommittee(name="亭北居民区"))
        there = store.add(ResidentsCommittee(name="桂溪居民区"))
    who, jing = volunteer(store), enterprise(store, skills=(CHAT,))
    first = elder(store, "苗芬", committee_id=here.id)
    done(store, first.id, who.id, day=TODAY - timedelta(days=2))
    done(store, elder(store, "邹福", committee_id=here.id).id, jing.id, category_id=CHAT, day=TODAY)
    done(store, elder(store, "陈炳荣", committee_id=there.id).id, jing.id, category_id=CHAT, starts=600)
    book(store, first.id, who.id, day=TODAY + timedelta(days=1))
    return {one.name: one for one in recipients(store, today=TODAY)}


def rows_of(path: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return list(sheet.iter_rows(min_row=3, values_only=True))


def test_whom_a_sheet_can_go_to(office: dict[str, Recipient]) -> None:
    assert [(name, one.waiting) for name, one in office.items()] == [
        ("亭北居民区", 2), ("净邻家政", 2), ("桂溪居民区", 1), ("顾海宁", 1)
    ]  # fmt: skip


def test_a_committee_gets_its_own_visits(store: Store, office: dict[str, Recipient], tmp_path: Path) -> None:
    path = tmp_path / "亭北.xlsx"
    assert send_feedback_sheet(store, to=office["亭北居民区"], path=path, today=TODAY) == 2
    header, *rows = rows_of(path)
    assert header[:7] == ("表号", "姓名", "日期", "服务项目", "上门人员", "小区", "居委干部")
    assert [row[:4] for row in rows] == [
        ("B-0001", "苗芬", "2026-03-16", "理发"),
        ("B-0002", "邹福", "2026-03-18", "陪伴聊天"),
    ]
    assert all(value is None for row in rows for value in row[7:])
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert any("5 很好" in str(rule.formula1) and rule.sqref == "K4:K5" for rule in lists)
    assert sheet.freeze_panes == "C4"
    assert store.rows("SELECT people, to_whom, why FROM disclosure") == [(2, "亭北居民区", "意见反馈")]


def test_an_enterprise_gets_what_it_did(store: Store, office: dict[str, Recipient], tmp_path: Path) -> None:
    path = tmp_path / "净邻.xlsx"
    send_feedback_sheet(store, to=office["净邻家政"], path=path, today=TODAY)
    assert [row[1] for row in rows_of(path)[1:]] == ["陈炳荣", "邹福"]


def test_visits_of_the_next_days_get_their_forms(store: Store, office: dict[str, Recipient], tmp_path: Path) -> None:
    count = send_feedback_sheet(store, to=office["亭北居民区"], path=tmp_path / "a.xlsx", today=TODAY, days_ahead=7)
    assert count == 3
    tomorrow = store.where(Visit, day=TODAY + timedelta(days=1))[0]
    (form,) = store.where(FeedbackForm, visit_id=tomorrow.id)
    assert form.state is FormState.OUT
    assert rows_of(tmp_path / "a.xlsx")[-1][0] == form.number
    undo(store)
    assert store.count(FeedbackForm, visit_id=tomorrow.id) == 0


def test_a_sheet_that_cannot_be_written_gives_no_form_out(
    store: Store, office: dict[str, Recipient], tmp_path: Path
) -> None:
    path = tmp_path / "no such folder" / "a.xlsx"
    with pytest.raises(OSError, match="No such file"):
        send_feedback_sheet(store, to=office["亭北居民区"], path=path, today=TODAY, days_ahead=7)
    assert store.count(FeedbackForm) == 3


def test_who_has_answered_everything_gets_no_sheet(store: Store, office: dict[str, Recipient], tmp_path: Path) -> None:
    visit = store.where(Visit, elder_id=3)[0]
    with store.operation("enter_feedback"):
        enter_feedback(store, feedback=Feedback(visit_id=visit.id, overall=5, entered_on=TODAY), today=TODAY)
    with pytest.raises(NothingToPrint):
        send_feedback_sheet(store, to=office["桂溪居民区"], path=tmp_path / "b.xlsx", today=TODAY)
    assert not (tmp_path / "b.xlsx").exists()


def test_the_sheet_prints_on_the_width_of_a_page_and_large_enough_to_read(
    store: Store, office: dict[str, Recipient], tmp_path: Path
) -> None:
    path = tmp_path / "亭北.xlsx"
    send_feedback_sheet(store, to=office["亭北居民区"], path=path, today=TODAY)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.print_title_rows == "$3:$3"
    # A character of the widths is 7 pixels of 1/96 inch, and each column 5 more; the type has 11 points.
    pixels = sum(one.width * 7 + 5 for one in sheet.column_dimensions.values())
    room = (11.69 - sheet.page_margins.left - sheet.page_margins.right) * 96
    assert 11 * room / pixels > 7.5
    assert sheet.sheet_format.defaultRowHeight * room / pixels > 22
