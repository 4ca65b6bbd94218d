"""老人与需求: found, registered, corrected, merged, let go; needs written down; looks at numbers noted."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.disclosures import disclosures_of
from jiuliting_desk.actions.elders import register_elder
from jiuliting_desk.actions.needs import add_need
from jiuliting_desk.model.cards import CardState, ServiceCard
from jiuliting_desk.model.disclosures import Disclosed
from jiuliting_desk.model.elders import Contact, Elder, ElderState, Phone, Sex
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.identity import check_digit
from jiuliting_desk.model.merging import Side
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.elder_list import ElderFilter, Standing
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.going_out import GoingOutDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.elders import EldersPage
from jiuliting_desk.ui.pages.elders.merge_dialog import MergeDialog
from jiuliting_desk.ui.pages.elders.needs_tab import NeedsTab
from jiuliting_desk.ui.pages.elders.privacy import CopyDialog
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.banner import Message
from jiuliting_desk.ui.widgets.masked import MaskedValue
from tests.actions.people import volunteer
from tests.actions.visits import book, cadre
from tests.store_fixtures import NOW
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]
TODAY = NOW.date()
ID = "00000019440101002" + check_digit("00000019440101002")
FREE_ID = "00000019410307004" + check_digit("00000019410307004")


def register(store: Store, name: str, **fields: Any) -> Elder:
    with store.operation("register_elder"):
        return register_elder(store, name=name, today=TODAY, although_known=True, **fields)


def want(store: Store, elder: Elder, category_id: int, *, days: int = 0) -> Need:
    with store.operation("add_need"):
        return add_need(store, elder_id=elder.id, category_id=category_id, today=TODAY - timedelta(days=days))


@pytest.fixture
def page(open_window: Open, store: Store) -> EldersPage:
    """The page with four elders in two compounds."""
    with store.operation("settle"):
        north = store.add(ResidentsCommittee(name="亭北居民区"))
        south = store.add(ResidentsCommittee(name="望桥居民区"))
        old = store.add(Compound(name="亭北新村", committee_id=north.id))
        new = store.add(Compound(name="望桥里", committee_id=south.id))
    gao = register(
        store,
        "高莲英",
        sex=Sex.FEMALE,
        birth="1944-02-01",
        id_number=ID,
        phones=(Phone(number="10000004417"), Phone(number="66551234", note="女儿家")),
        contacts=(Contact(name="高静", relation="女儿", phone="10000002250"),),
        compound_id=old.id,
        building="12",
        room="301",
        tags=("独居", "高龄"),
        hearing="打电话声音大一点",
    )
    ma = register(store, "马根宝", compound_id=old.id, building="2", room="401", tags=("高龄",))
    register(store, "安阿毛", compound_id=new.id)
    want(store, gao, 3, days=2)
    want(store, ma, 2, days=9)
    with store.operation("serve"):
        luo = store.add(Elder(name="罗文娟", number="0009", compound_id=new.id, committee_id=south.id))
        store.add(Need(elder_id=luo.id, category_id=1, since=TODAY, state=NeedState.SERVED))
    found = open_window("elders").current_page()
    assert isinstance(found, EldersPage)
    return found


def names(page: EldersPage) -> list[str]:
    return [page.table.cell_text(row, "name").split()[0] for row in range(len(page.table.rows()))]


def choose(page: EldersPage, store: Store, name: str) -> Elder:
    found = store.where(Elder, name=name)[0]
    assert page.table.choose(found.id)
    return store.get(Elder, found.id)


def type_into(field: QWidget | None, text: str) -> None:
    """Type as an input method does, which is how Chinese comes in."""
    assert field is not None
    field.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


# -- the list


def test_the_longest_waiting_come_first_with_counts_beside_the_filters(page: EldersPage) -> None:
    assert names(page) == ["马根宝", "高莲英", "罗文娟", "安阿毛"]
    assert page.table.cell_text(1, "name") == "高莲英 女 82"
    assert page.table.cell_text(1, "place") == "亭北新村 12号 301"
    assert page.table.cell_text(1, "need") == "理发"
    assert page.table.cell_text(1, "standing") == "待安排"
    assert page.table.cell_text(3, "standing") == "无需求"
    assert page.counts.count.text() == "4 位"
    assert [made.text() for made in page.filters.segments.buttons()] == [
        "全部",
        "待安排 2",
        "已认领 0",
        "已预约 0",
        "已完成 1",
    ]
    assert page.filters.tag_facets[0].text() == "高龄 2"


def test_filters_narrow_and_are_taken_away_one_by_one(page: EldersPage, store: Store, qtbot: QtBot) -> None:
    committees = {each.name: each.id for each in store.all(ResidentsCommittee)}
    page.filters.committee.set_value(committees["亭北居民区"])
    page.filters.committee.edited.emit()
    assert names(page) == ["马根宝", "高莲英"]
    assert page.filters.compound.count() == 2
    page.filters.tag_facets[1].click()
    assert names(page) == ["高莲英"]
    assert [chip.text() for chip in page.counts.chips()] == ["亭北居民区", "独居"]
    page.counts.chips()[0].click()
    assert names(page) == ["高莲英"]
    assert page.filters.committee.value() is None
    page.filters.clear()
    with qtbot.waitSignal(page.filters.changed):
        QTest.keyClicks(page.filters.text, "mgb")
    assert names(page) == ["马根宝"]
    assert page.panel.title() == "马根宝"


def test_nobody_left_says_what_is_asked_for_and_offers_the_way_out(page: EldersPage) -> None:
    page.filters.set_value(ElderFilter(text="zzz", standing=Standing.BOOKED))
    assert page.list.currentWidget() is page.list.empty
    assert page.panel.is_empty
    assert "“zzz”“已预约”" in " ".join(found.text() for found in page.list.empty.findChildren(QLabel))
    page.list.empty_button.click()
    assert len(names(page)) == 4
    assert page.list.currentWidget() is page.table


def test_every_sortable_column_sorts_and_the_choice_stays_after_a_change(page: EldersPage, store: Store) -> None:
    columns = [column.key for column in page.table.rows_model.columns]
    page.table.sortByColumn(columns.index("name"), Qt.SortOrder.AscendingOrder)
    assert names(page) == ["安阿毛", "高莲英", "罗文娟", "马根宝"]
    page.table.sortByColumn(columns.index("place"), Qt.SortOrder.DescendingOrder)
    assert names(page)[-1] == "马根宝"
    want(store, store.where(Elder, name="安阿毛")[0], 1)
    page.session.changed.emit(frozenset({Need}))
    assert names(page)[-1] == "马根宝"
    page.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert names(page) == ["马根宝", "高莲英", "安阿毛", "罗文娟"]


def test_the_list_is_a_sound_model(page: EldersPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.table.rows_model)  # type: ignore[no-untyped-call]


def test_a_long_list_fetches_what_is_seen_only(page: EldersPage, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.operation("import"):
        store.add_many([Elder(name="李某", number=str(number)) for number in range(1000, 3000)])
    page.refresh()
    fetched: list[int] = []
    original = page.table.listed.fetch

    def counted(ids: Sequence[int]) -> None:
        fetched.extend(ids)
        original(ids)

    monkeypatch.setattr(page.table.listed, "fetch", counted)
    page.table.scrollToBottom()
    assert page.table.cell_text(2003, "number") == "2999"
    assert 0 < len(set(fetched)) < 400


# -- the panel


def test_the_panel_shows_what_one_must_know_first_and_masks_numbers(page: EldersPage, store: Store) -> None:
    elder = choose(page, store, "高莲英")
    assert page.panel.title() == "高莲英"
    assert page.panel.chip_texts() == ["独居", "高龄", "理发·待安排"]
    assert page.panel.facts.warning.words() == "打电话声音大一点"
    phone, second, id_number, contact = page.panel.facts.findChildren(MaskedValue)
    assert (phone.text(), second.text(), contact.text()) == ("100****4417", "****1234", "100****2250")
    assert disclosures_of(store, kind="elder", record_id=elder.id) == []
    phone.show_button.click()
    assert phone.text() == "100 0000 4417"
    assert phone.show_button.text() == "遮住（30 秒）"
    id_number.show_button.click()
    assert id_number.text() == ID
    assert id_number.copy_button is None
    assert contact.copy_button is not None
    contact.copy_button.click()
    assert QGuiApplication.clipboard().text() == "10000002250"
    looks = [line.what for line in disclosures_of(store, kind="elder", record_id=elder.id)]
    assert looks == [Disclosed.CONTACT_PHONE, Disclosed.ID_NUMBER, Disclosed.PHONE]
    phone.show_button.click()
    assert phone.text() == "100****4417"


def test_a_look_that_cannot_be_noted_shows_nothing(page: EldersPage, store: Store) -> None:
    choose(page, store, "高莲英")
    phone = page.panel.facts.findChildren(MaskedValue)[0]
    with store.operation("erase"):
        for need in store.where(Need, elder_id=store.where(Elder, name="高莲英")[0].id):
            store.remove(need)
        store.remove(store.where(Elder, name="高莲英")[0])
    phone.show_button.click()
    assert phone.text() == "100****4417"


def test_history_tells_steps_and_looks_and_undoes_one(
    page: EldersPage, store: Store, session: Session, dialogs: ScriptedDialogs
) -> None:
    elder = choose(page, store, "高莲英")
    page.edit()
    form = page.side.elder_form
    form.form.fields["best_hours"].set_value("上午")  # type: ignore[attr-defined]
    assert form.save()
    page.panel.show_tab("story")
    page.panel.facts.findChildren(MaskedValue)[0].show_button.click()
    lines = [page.panel.story.lines.lines_model.line(at).as_text() for at in range(5)]
    assert lines[0].startswith("看了完整电话")
    assert lines[1].startswith("打开了改资料")
    assert "好打时间：空 → 上午" in lines[2]
    assert lines[3].startswith("登记需求")
    assert lines[4].startswith("登记老人")
    dialogs.answers = ["undo"]
    page.panel.story.tell(page.panel.story.lines.rows()[2])
    assert "上午" in " ".join(dialogs.asked[-1].lines)
    assert store.get(Elder, elder.id).best_hours == ""
    assert page.panel.story.lines.lines_model.line(3).tags[0].text == "已撤销"


def test_bonds_of_now_and_before_are_told(page: EldersPage, store: Store, session: Session) -> None:
    elder = choose(page, store, "高莲英")
    with store.operation("pair"):
        provider = store.add(Provider(kind=ProviderKind.VOLUNTEER, name="顾海宁"))
        begun = Pairing.begun(elder_id=elder.id, provider_id=provider.id, category_id=3, today=TODAY, first_weeks=6)
        store.add(begun)
        store.add(begun.ended(on=TODAY, reason="换人"))
    session.changed.emit(frozenset({Pairing}))
    page.panel.show_tab("pairings")
    lines = page.panel.pairings.lines
    told = [lines.lines_model.line(at).as_text() for at in range(4)]
    assert told[0] == "现在结对"
    assert told[1].startswith("顾海宁 理发 从 2026年3月18日 起")
    assert told[2] == "以前结对过"
    assert "换人" in told[3]


def test_visits_and_what_was_said_of_them_are_told(page: EldersPage, store: Store, session: Session) -> None:
    elder = choose(page, store, "高莲英")
    with store.operation("visit"):
        provider = store.add(Provider(kind=ProviderKind.VOLUNTEER, name="顾海宁"))
        for day, state in (
            (TODAY - timedelta(days=100), VisitState.DONE),
            (TODAY - timedelta(days=2), VisitState.DONE),
            (TODAY + timedelta(days=1), VisitState.PLANNED),
        ):
            visit = store.add(
                Visit(
                    elder_id=elder.id,
                    services=(ServiceLine(category_id=3),),
                    provider_ids=(provider.id,),
                    day=day,
                    starts=600,
                    minutes=30,
                    state=state,
                )
            )
            if day == TODAY - timedelta(days=2):
                store.add(
                    Feedback(
                        visit_id=visit.id, work=2, overall=4, words="等了很久", other_person=True, entered_on=TODAY
                    )
                )
                store.add(
                    FollowUp(
                        elder_id=elder.id,
                        visit_id=visit.id,
                        cause=Cause.LOW_SCORE,
                        opened_on=TODAY,
                        due_on=TODAY + timedelta(days=3),
                    )
                )
    session.changed.emit(frozenset({Visit}))
    page.panel.show_tab("visits")
    visits = page.panel.visits
    assert visits.count.text() == "2 次，今年 1 次"
    assert [visits.table.cell_text(row, "day") for row in range(3)] == ["3-19", "3-16", "25-12-08"]
    assert [visits.table.cell_text(row, "found") for row in range(3)] == ["已约好", "2 分", "已完成"]
    assert visits.table.cell_text(0, "who") == "顾海宁"
    page.panel.show_tab("feedback")
    told = page.panel.feedback.lines.lines_model.line(0)
    assert (told.title, told.second, told.tone) == ("2 分", "等了很久", "bad")
    assert [chip.text for chip in told.chips] == ["不要这个人来", "3月21日 前要回访"]
    assert page.table.cell_text(page.table.rows().index(elder.id), "score") == "2 分"


# -- forms


def test_an_elder_is_registered_with_keys_alone(page: EldersPage, store: Store) -> None:
    window = page.window()
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = page.side.elder_form
    fields: dict[str, Any] = form.form.fields
    assert fields["name"].hasFocus()
    type_into(fields["name"], "金㛃生")
    QTest.keyClick(fields["name"], Qt.Key.Key_Return)
    type_into(QApplication.focusWidget(), FREE_ID)
    assert (fields["birth"].value(), fields["sex"].value()) == ("1941-03-07", Sex.FEMALE)
    fields["compound_id"].setFocus()
    QTest.keyClicks(fields["compound_id"], "tbxc")
    QTest.keyClick(fields["compound_id"], Qt.Key.Key_Tab)
    assert fields["compound_id"].text() == "亭北新村"
    assert fields["committee_id"].currentText() == "亭北居民区"
    assert fields["committee_id"].hasFocus()
    QTest.keyClicks(fields["building"], "12")
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    elder = store.where(Elder, name="金㛃生")[0]
    assert (elder.number, elder.birth, elder.sex) == ("0010", "1941-03-07", Sex.FEMALE)
    assert page.table.current() == elder.id
    assert page.table.selected() == [elder.id]
    assert page.panel.title() == "金㛃生"
    assert QApplication.focusWidget() is page.table


def test_what_is_wrong_is_said_under_its_field_and_nothing_is_written(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.register()
    form = page.side.elder_form
    fields: dict[str, Any] = form.form.fields
    assert not form.save()
    assert "姓名" in form.form.complaint("name")
    fields["name"].set_value("金生")
    fields["phones"].set_value((Phone(number="1390000441"),))
    assert not form.save()
    assert "10 位" in form.form.complaint("phones")
    fields["phones"].set_value(())
    fields["birth"].set_value("八十岁")
    assert not form.save()
    assert "八十岁" in form.form.complaint("birth")
    fields["birth"].set_value("1944.5")
    fields["compound_id"].setText("没有的小区")
    dialogs.answers.append("back")
    assert not form.save()
    assert "没有的小区" in form.form.complaint("compound_id")
    assert store.count(Elder) == 4
    fields["compound_id"].setText("")
    assert form.save()
    assert store.where(Elder, name="金生")[0].birth == "1944-05"


def test_a_compound_nobody_wrote_down_yet_is_added_while_registering(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.register()
    form = page.side.elder_form
    fields: dict[str, Any] = form.form.fields
    fields["name"].set_value("金生")
    fields["compound_id"].setText("桂溪苑")
    fields["building"].set_value("3")
    dialogs.answers.append("add")
    form.save()
    found = store.where(Elder, name="金生")[0]
    assert store.get(Compound, found.compound_id or 0).name == "桂溪苑"
    assert found.building == "3"
    assert not page.side.elder_form.isVisible()


def test_the_field_that_tab_comes_to_is_seen_whole(page: EldersPage, qtbot: QtBot) -> None:
    page.register()
    form = page.side.elder_form
    qtbot.waitUntil(lambda: form.form.fields["name"].hasFocus())
    for _ in range(14):
        before = QApplication.focusWidget()
        assert before is not None
        QTest.keyClick(before, Qt.Key.Key_Tab)
        there = QApplication.focusWidget()
        assert there is not None
        top = there.mapTo(form.area.viewport(), QPoint(0, 0)).y()
        assert top >= 4
        assert top + there.height() + 16 <= form.area.viewport().height()


def test_likely_people_show_while_typing_and_open_with_a_click(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    page.register()
    form = page.side.elder_form
    type_into(form.form.fields["name"], "高莲英")
    qtbot.waitUntil(lambda: not form.known.isHidden())
    assert form.known.buttons[0].text().startswith("0001 高莲英，亭北新村 12号 301，1944年生，尾号 4417")
    dialogs.answers = ["drop"]
    form.known.buttons[0].click()
    assert page.side.form() is None
    assert page.panel.title() == "高莲英"


def test_the_same_person_is_asked_about_before_it_is_there_twice(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.register()
    form = page.side.elder_form
    type_into(form.form.fields["name"], "高莲英")
    type_into(form.form.fields["id_number"], ID)
    dialogs.answers = ["open"]
    assert not form.save()
    assert "0001" in dialogs.asked[-1].text
    assert page.side.form() is None
    assert store.count(Elder) == 4
    page.register()
    type_into(form.form.fields["name"], "高莲英")
    type_into(form.form.fields["id_number"], ID)
    dialogs.answers = ["register"]
    form.save()
    assert store.count(Elder, name="高莲英") == 2


def test_opening_the_form_that_shows_numbers_in_full_is_noted(page: EldersPage, store: Store, session: Session) -> None:
    elder = choose(page, store, "高莲英")
    page.edit()
    assert [line.what for line in disclosures_of(store, kind="elder", record_id=elder.id)] == [Disclosed.FORM]
    page.side.close_form()
    page.panel.show_tab("story")
    assert "打开了改资料" in page.panel.story.lines.lines_model.line(0).as_text()


def test_an_edit_writes_the_changed_fields_and_can_be_undone(page: EldersPage, store: Store, session: Session) -> None:
    before = choose(page, store, "高莲英")
    page.edit()
    fields: dict[str, Any] = page.side.elder_form.form.fields
    assert fields["phones"].value() == before.phones
    assert fields["contacts"].value() == before.contacts
    fields["room"].set_value("302")
    QTest.keyClick(page.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    after = store.get(Elder, before.id)
    assert (after.room, after.phones, after.floor) == ("302", before.phones, None)
    session.undo()
    assert store.get(Elder, before.id) == before


def test_a_place_out_of_use_stays_on_the_record(page: EldersPage, store: Store) -> None:
    with store.operation("edit"):
        block = store.add(Compound(name="老小区", active=False))
        home = store.add(ResidentsCommittee(name="老居委", active=False))
        elder = choose(page, store, "高莲英")
        elder = store.update(replace(elder, compound_id=block.id, committee_id=home.id))
    page.refresh()
    choose(page, store, "高莲英")
    page.edit()
    form = page.side.elder_form
    form.form.fields["likes"].set_value("听沪剧")  # type: ignore[attr-defined]
    form.save()
    now = store.get(Elder, elder.id)
    assert (now.likes, now.compound_id, now.committee_id) == ("听沪剧", block.id, home.id)


@pytest.mark.parametrize(
    ("answer", "saved", "gone"), [("save", True, True), ("drop", False, True), ("back", False, False)]
)
def test_something_typed_is_never_left_unasked(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs, qtbot: QtBot, answer: str, saved: bool, gone: bool
) -> None:
    elder = choose(page, store, "高莲英")
    page.edit()
    type_into(page.side.elder_form.form.fields["likes"], "听沪剧")
    assert page.has_unsaved()
    dialogs.answers = [answer]
    QTest.keyClick(page.side.elder_form.form.fields["likes"], Qt.Key.Key_Escape)
    assert [choice.words for choice in dialogs.asked[-1].choices] == ["接着改", "不存", "存下"]
    assert (store.get(Elder, elder.id).likes == "听沪剧") is saved
    assert (page.side.form() is None) is gone
    page.side.elder_form.form.settle()


def test_another_line_or_page_waits_for_the_answer(
    page: EldersPage, store: Store, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    choose(page, store, "高莲英")
    page.edit()
    type_into(page.side.elder_form.form.fields["likes"], "听沪剧")
    dialogs.answers = ["save"]
    other = store.where(Elder, name="安阿毛")[0]
    page.table.choose(other.id)
    qtbot.waitUntil(lambda: page.side.form() is None)
    assert store.where(Elder, name="高莲英")[0].likes == "听沪剧"
    assert page.panel.title() == "安阿毛"
    page.edit()
    type_into(page.side.elder_form.form.fields["likes"], "下棋")
    dialogs.answers = ["back"]
    session.goto("settings")
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.current_key == "elders"
    dialogs.answers = ["drop"]
    session.goto("settings")
    assert window.current_key == "settings"


def test_a_need_is_written_down_corrected_given_up_and_taken_up(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    elder = choose(page, store, "安阿毛")
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.window(), Qt.Key.Key_N, modifiers)
    form = page.side.need_form
    fields: dict[str, Any] = form.form.fields
    fields["category_id"].set_value(3)
    fields["rhythm"].set_value(Rhythm.MONTHLY)
    fields["rhythm"].edited.emit()
    assert not fields["per_month"].isHidden()
    fields["per_month"].set_value(2)
    fields["half_days"].set_value((5,))
    QTest.keyClick(page.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    need = store.where(Need, elder_id=elder.id)[0]
    assert (need.rhythm, need.per_month, need.half_days) == (Rhythm.MONTHLY, 2, (5,))
    assert page.panel.current_tab() == "needs"
    needs = page.panel.needs
    assert needs.count.text() == "1 条等安排，共 1 条"
    assert "每月 2 次" in needs.details.text()
    assert page.table.cell_text(page.table.rows().index(elder.id), "standing") == "待安排"
    needs.edit_button.click()
    assert form.notice.isHidden()
    fields["wishes"].set_value("带围布")
    assert form.save()
    dialogs.answers = [("close", "女儿会理")]
    needs.close_button.click()
    assert store.get(Need, need.id).close_reason == "女儿会理"
    needs.reopen_button.click()
    assert store.get(Need, need.id).state is NeedState.OPEN


def test_what_can_be_done_with_a_need_is_in_sight_in_a_low_window(session: Session, qtbot: QtBot) -> None:
    elder = register(session.store, "安阿毛")
    with session.store.operation("add_need"):
        session.store.add_many([Need(elder_id=elder.id, category_id=1, wishes="要早一点，带围布", since=TODAY)] * 6)
    needs = NeedsTab(session, has_match=True)
    qtbot.addWidget(needs)
    needs.show_elder(elder)
    (area,) = needs.findChildren(QScrollArea, options=Qt.FindChildOption.FindDirectChildrenOnly)
    content = area.widget()
    layout = content.layout() if content is not None else None
    assert layout is not None
    needs.resize(theme.px(404), layout.minimumHeightForWidth(theme.px(404)))
    needs.show()
    assert needs.table.height() == theme.size("header") + 3 * theme.size("row")
    assert needs.visibleRegion().contains(needs.book_button.mapTo(needs, needs.book_button.rect().bottomRight()))


def test_who_leads_the_booked_visits_is_said_when_an_elder_moves_house(
    page: EldersPage, store: Store, qtbot: QtBot
) -> None:
    elder, gu = choose(page, store, "安阿毛"), volunteer(store)
    visit = book(store, elder.id, gu.id, reason="先约", cadre_id=cadre(store, committee="从前的居委"))
    with store.operation("places"):
        home = store.add(ResidentsCommittee(name="桂溪居民区"))
        block = store.add(Compound(name="桂溪苑", committee_id=home.id))
        store.add(Cadre(name="孙美雅", committee_id=home.id))
    page.edit()
    form = page.side.elder_form
    form.compound.set_value(block.id)
    form.committee.set_value(home.id)
    with qtbot.waitSignal(page.session.said) as said:
        assert form.save()
    assert said.args[0].text == "已改老人资料：安阿毛。已约的 1 次上门跟到新住处，改由孙美雅带。"
    assert store.get(Visit, visit.id).committee_id == home.id


def test_a_need_that_is_met_regularly_says_what_its_form_leaves_as_it_is(
    page: EldersPage, store: Store, qtbot: QtBot
) -> None:
    elder = choose(page, store, "安阿毛")
    with store.operation("prepare"):
        need = add_need(store, elder_id=elder.id, category_id=3, rhythm=Rhythm.WEEKLY, today=TODAY)
        provider = store.add(Provider(kind=ProviderKind.VOLUNTEER, name="顾海宁"))
        line = ServiceLine(category_id=3, need_id=need.id)
        store.add(
            Series(
                elder_id=elder.id,
                services=(line,),
                provider_ids=(provider.id,),
                starts=600,
                minutes=60,
                interval=Interval.WEEKLY,
                begins_on=TODAY,
            )
        )
    page.edit_need(need.id)
    fields: dict[str, Any] = page.side.need_form.form.fields
    fields["category_id"].set_value(1)
    assert not page.side.need_form.save()
    assert page.side.need_form.form.complaining() == ["category_id"]
    fields["category_id"].set_value(3)
    fields["rhythm"].set_value(Rhythm.MONTHLY)
    with qtbot.waitSignal(page.session.said) as said:
        assert page.side.need_form.save()
    assert "定期上门还是原来的规律" in said.args[0].text


def test_a_second_need_of_the_same_kind_is_pointed_out(page: EldersPage, store: Store) -> None:
    choose(page, store, "高莲英")
    page.add_need()
    form = page.side.need_form
    form.category.set_value(3)
    form.category.edited.emit()
    assert "已经有一条理发在等" in form.notice.words()
    form.category.set_value(1)
    form.category.edited.emit()
    assert form.notice.isHidden()


# -- state, consent, merging


def test_who_moves_leaves_the_list_with_what_was_to_do(
    page: EldersPage, store: Store, session: Session, dialogs: ScriptedDialogs
) -> None:
    elder = choose(page, store, "高莲英")
    dialogs.answers = [("change", "搬到女儿家")]
    page.panel.state_wanted.emit(ElderState.MOVED)
    asked = dialogs.asked[-1]
    assert asked.default == "keep"
    assert asked.lines == ("1 条没做完的需求取消",)
    assert store.get(Elder, elder.id).state is ElderState.MOVED
    assert "高莲英" not in names(page)
    assert page.show_elder(elder.id)
    assert page.table.cell_text(0, "standing") == "已搬走"
    assert "搬到女儿家" in page.panel.facts.state.words()
    assert not page.panel.need_button.isEnabled()
    said: list[Message] = []
    session.said.connect(said.append)
    page.panel.state_wanted.emit(ElderState.ACTIVE)
    assert store.get(Elder, elder.id).state is ElderState.ACTIVE
    assert "离开时取消的 1 条需求还停着" in said[-1].text


def booked_weekly(page: EldersPage, store: Store) -> tuple[Elder, Need, list[Visit], list[Message]]:
    """Somebody whom a volunteer sees every week, and what the bar says from now on."""
    elder = choose(page, store, "高莲英")
    helper = volunteer(store, "顾海宁")
    (wanted,) = store.where(Need, elder_id=elder.id)
    services = (ServiceLine(category_id=wanted.category_id, need_id=wanted.id),)
    days = [TODAY + timedelta(days=7 * each) for each in (1, 2)]
    booked = [book(store, elder.id, helper.id, day=day, services=services) for day in days]
    gone = book(store, elder.id, helper.id, day=TODAY - timedelta(days=2), today=TODAY - timedelta(days=3))
    page.refresh()
    said: list[Message] = []
    page.session.said.connect(said.append)
    return elder, wanted, [gone, *booked], said


def states(store: Store, visits: list[Visit]) -> list[VisitState]:
    return [store.get(Visit, visit.id).state for visit in visits]


def test_who_leaves_the_list_is_told_with_the_visits_that_fall_out(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    _, _, visits, said = booked_weekly(page, store)
    dialogs.answers = [("change", "过世了")]
    page.panel.state_wanted.emit(ElderState.DECEASED)
    assert dialogs.asked[-1].lines[0].startswith("2 次约好的上门取消：3月25日 周三 14:00 高莲英")
    assert said[-1].text == "高莲英：已去世。取消了 2 次上门，要打电话告诉 顾海宁。"
    assert states(store, visits) == [VisitState.PLANNED, VisitState.CANCELLED, VisitState.CANCELLED]


def test_whoever_an_undo_brings_back_is_shown_again(
    page: EldersPage, store: Store, session: Session, dialogs: ScriptedDialogs
) -> None:
    elder = choose(page, store, "高莲英")
    dialogs.answers = [("change", "过世了")]
    page.panel.state_wanted.emit(ElderState.DECEASED)
    assert page.table.current() not in {None, elder.id}
    session.undo()
    assert page.table.current() == elder.id
    assert page.panel.elder == store.get(Elder, elder.id)


@pytest.mark.parametrize("cancels", [True, False])
def test_a_pause_asks_what_becomes_of_the_visits_that_are_booked(
    page: EldersPage, store: Store, session: Session, dialogs: ScriptedDialogs, cancels: bool
) -> None:
    elder, wanted, visits, said = booked_weekly(page, store)
    dialogs.answers = [("cancel" if cancels else "change", "住院")]
    page.panel.state_wanted.emit(ElderState.PAUSED)
    asked = dialogs.asked[-1]
    assert [choice.key for choice in asked.choices] == ["keep", "change", "cancel"]
    assert asked.choices[2].words == "暂停，取消 2 次上门"
    assert "3月25日 周三 14:00" in asked.lines[0]
    wants = VisitState.CANCELLED if cancels else VisitState.PLANNED
    assert states(store, visits) == [VisitState.PLANNED, wants, wants]
    assert store.get(Need, wanted.id).state is (NeedState.OPEN if cancels else NeedState.BOOKED)
    assert ("要打电话告诉 顾海宁" in said[-1].text) is cancels
    session.undo()
    assert states(store, visits) == [VisitState.PLANNED] * 3
    assert store.get(Elder, elder.id).state is ElderState.ACTIVE


def test_a_need_given_up_tells_which_visits_fall_out(page: EldersPage, store: Store, dialogs: ScriptedDialogs) -> None:
    _, _, visits, said = booked_weekly(page, store)
    page.panel.show_tab("needs")
    dialogs.answers = [("close", "不想要了")]
    page.panel.needs.close_button.click()
    asked = dialogs.asked[-1]
    assert asked.default == "keep"
    assert asked.choices[1].words == "不要了，取消 2 次上门"
    assert asked.lines[0].startswith("约好的上门也取消：3月25日 周三 14:00 高莲英")
    assert said[-1].text == "已取消需求：理发。取消了 2 次上门，要打电话告诉 顾海宁。"
    assert states(store, visits) == [VisitState.PLANNED, VisitState.CANCELLED, VisitState.CANCELLED]


def test_a_consent_is_noted_with_its_day(page: EldersPage, store: Store, dialogs: ScriptedDialogs) -> None:
    elder = choose(page, store, "高莲英")
    page.panel.fill_menu()
    assert "记下同意书" in [action.text() for action in page.panel.menu.actions()]
    dialogs.answers = [("record", "2026-3-2"), ("record", "后天")]
    page.panel.consent_wanted.emit()
    assert store.get(Elder, elder.id).consent_on == date(2026, 3, 2)
    page.panel.consent_wanted.emit()
    assert store.get(Elder, elder.id).consent_on == date(2026, 3, 2)
    dialogs.answers = ["withdraw"]
    page.panel.withdraw_wanted.emit()
    assert not store.get(Elder, elder.id).has_consented


def test_a_card_is_handed_over_lost_and_made_void(
    page: EldersPage, store: Store, session: Session, dialogs: ScriptedDialogs
) -> None:
    elder = choose(page, store, "高莲英")

    def offered() -> dict[str, Any]:
        page.panel.fill_menu()
        return {action.text(): action for action in page.panel.menu.actions()}

    assert "卡丢了" not in offered()
    with store.operation("card"):
        fresh = ServiceCard(elder_id=elder.id, number="0137", made_on=date(2026, 3, 1))
        card = store.add(fresh.issued(on=session.today()))
    dialogs.answers = [("hand", "女儿")]
    offered()["卡交到老人手里了"].trigger()
    handed = store.get(ServiceCard, card.id)
    assert (handed.state, handed.handed_to) == (CardState.HANDED, "女儿")
    assert "卡交到老人手里了" not in offered()
    dialogs.answers = ["back", "lost"]
    offered()["卡丢了"].trigger()
    assert store.get(ServiceCard, card.id).is_valid
    offered()["卡丢了"].trigger()
    assert store.get(ServiceCard, card.id).state is CardState.LOST
    session.undo()
    dialogs.answers = [("void", "名字写错")]
    offered()["作废这张卡"].trigger()
    gone = store.get(ServiceCard, card.id)
    assert (gone.state, gone.ended_reason) == (CardState.VOID, "名字写错")
    assert "卡丢了" not in offered()


def test_two_who_do_not_look_like_one_person_are_not_merged_by_mistake(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    gao = choose(page, store, "高莲英")
    other = register(store, "邹大福")
    page.refresh()
    choose(page, store, "高莲英")
    page.panel.merge_wanted.emit()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, MergeDialog)
    dialog.show_sides(other.id)
    assert "姓名" in dialog.doubt.words()
    assert dialog.cancel_button.isDefault()
    assert not dialog.merge_button.isDefault()
    dialog.reject()
    assert store.get(Elder, gao.id).name == "高莲英"


def test_two_records_are_merged_side_by_side_and_parted_again(
    page: EldersPage, store: Store, session: Session, dialogs: ScriptedDialogs
) -> None:
    gao = choose(page, store, "高莲英")
    double = register(store, "高连英", compound_id=gao.compound_id, building="12", room="301", likes="听沪剧")
    page.refresh()
    choose(page, store, "高莲英")
    page.panel.merge_wanted.emit()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, MergeDialog)
    assert [known.elder_id for known in dialog.found.rows()] == [double.id]
    dialog.compare_button.click()
    dialog.choose("name", Side.OTHER)
    dialog.merge_button.click()
    merged = store.get(Elder, gao.id)
    assert (merged.name, merged.likes) == ("高连英", "听沪剧")
    assert store.find(Elder, double.id) is None
    session.undo()
    assert store.get(Elder, gao.id) == gao
    assert store.get(Elder, double.id) == double


def test_the_merge_says_that_one_of_the_two_has_moved_away(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    gao = choose(page, store, "高莲英")
    double = register(store, "高莲英", compound_id=gao.compound_id, building="12", room="301")
    with store.operation("change_elder_state"):
        store.update(replace(gao, state=ElderState.MOVED))
    page.panel.merge_wanted.emit()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, MergeDialog)
    dialog.show_sides(double.id)
    assert not dialog.doubt.isHidden()
    assert "是“已搬走”" in dialog.doubt.words()
    dialog.merge_button.click()
    assert store.get(Elder, gao.id).state is ElderState.ACTIVE


def test_a_person_gets_a_copy_of_everything_and_it_is_noted(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    elder = choose(page, store, "高莲英")
    page.panel.copy_wanted.emit()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, CopyDialog)
    dialog.export_button.click()
    assert dialog.form.complaint("why")
    fields: dict[str, Any] = dialog.form.fields
    fields["why"].set_value("本人要")
    fields["to_whom"].set_value("本人")
    dialogs.paths = [tmp_path / "本人.xlsx"]
    with qtbot.waitSignal(page.session.said):
        dialog.export_button.click()
    book = load_workbook(tmp_path / "本人.xlsx")
    assert book.sheetnames == ["资料", "需求", "谁看过"]
    facts = {str(row[0]): str(row[1]) for row in book["资料"].values if row[1]}
    assert facts["电话"] == "66551234 女儿家"
    assert facts["身份证号"] == ID
    assert facts["住址"] == "亭北新村 12号 301"
    assert facts["没有记录"].startswith("认领、结对、")
    assert [row[3] for row in book["谁看过"].values][-1] == "本人要"
    assert disclosures_of(store, kind="elder", record_id=elder.id)[0].to_whom == "本人"


def test_a_person_is_taken_out_of_the_file_after_a_question(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    elder = choose(page, store, "高莲英")
    dialogs.answers = [("keep", ""), ("erase", "本人要求")]
    page.panel.erasure_wanted.emit()
    assert store.get(Elder, elder.id) == elder
    page.panel.erasure_wanted.emit()
    asked = dialogs.asked[-1]
    assert (asked.default, asked.input_required) == ("keep", True)
    assert store.get(Elder, elder.id).name == "已清除"
    assert "高莲英" not in names(page)


def test_the_question_before_somebody_is_erased_counts_what_ends(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    _, _, visits, said = booked_weekly(page, store)
    dialogs.answers = [("erase", "本人要求")]
    page.panel.erasure_wanted.emit()
    lines = dialogs.asked[-1].lines
    assert lines[0].startswith("2 次约好的上门取消：3月25日 周三 14:00 高莲英")
    assert lines[1] == "1 条没做完的需求取消"
    assert said[-1].text.endswith("取消了 2 次上门，要打电话告诉 顾海宁。")
    assert states(store, visits) == [VisitState.PLANNED, VisitState.CANCELLED, VisitState.CANCELLED]


# -- export, keys, folding, going


def test_the_chosen_ones_are_exported_masked_or_in_full_with_a_reason(
    page: EldersPage, store: Store, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(page, store, "高莲英")
    page.table.selectAll()
    QTest.keyClick(page.window(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, GoingOutDialog)
    assert dialog.save_button.text() == "导出 4 位"
    fields: dict[str, Any] = dialog.form.fields
    dialog.extent.buttons()[1].click()
    dialog.save_button.click()
    assert "做什么用" in dialog.form.complaint("reason")
    fields["reason"].set_value("上门名单")
    dialogs.paths = [tmp_path / "老人.xlsx"]
    with qtbot.waitSignal(page.session.said):
        dialog.save_button.click()
    cells = [str(cell) for row in load_workbook(tmp_path / "老人.xlsx").active.values for cell in row]
    assert "高莲英" in cells
    assert any("10000004417" in cell for cell in cells)


def test_a_file_that_cannot_be_written_is_told(
    page: EldersPage, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    page.export()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, GoingOutDialog)
    dialogs.paths = [tmp_path / "没有的文件夹" / "老人.xlsx"]
    with qtbot.waitSignal(page.session.said) as said:
        dialog.save_button.click()
    assert "写不进" in said.args[0].text


def is_folded(page: EldersPage) -> bool:
    return page.side.isHidden()


def test_the_panel_folds_and_a_form_brings_it_back(page: EldersPage, session: Session) -> None:
    window = page.window()
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert is_folded(page)
    page.register()
    assert not is_folded(page)
    page.side.elder_form.cancel()
    assert is_folded(page)
    page.table.opened.emit(page.table.current())
    assert not is_folded(page)
    assert QApplication.focusWidget() is page.panel.tabs.tabBar()


def test_f6_goes_round_the_panes(page: EldersPage) -> None:
    window = page.window()
    page.filters.text.setFocus()
    seen = []
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen == [page.table, page.panel.tabs.tabBar(), page.filters.text]


def test_the_page_shows_what_it_holds_while_a_job_has_the_file(
    page: EldersPage, store: Store, session: Session, qtbot: QtBot
) -> None:
    choose(page, store, "高莲英")
    go_on = threading.Event()
    job = session.run_store_job(lambda _store, _progress: go_on.wait(10), title="备份")
    assert job is not None
    page.table.choose(page.table.rows()[0])
    for key in ("needs", "pairings", "visits", "feedback", "story", "facts"):
        page.panel.show_tab(key)
    page.filters.toggle_tag("独居")
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    page.register()
    page.add_need()
    page.edit()
    page.export()
    page.show_record(Ref(Elder, 99), "")
    page.panel.state_wanted.emit(ElderState.MOVED)
    page.panel.consent_wanted.emit()
    assert page.side.form() is None
    assert len(page.table.rows()) == 4
    with qtbot.waitSignal(session.lent_changed):
        go_on.set()
    assert names(page) == ["高莲英"]
    assert page.panel.title() == "高莲英"


def test_another_page_can_ask_for_an_elder_or_a_need(page: EldersPage, store: Store, session: Session) -> None:
    page.filters.set_value(ElderFilter(text="安阿毛"))
    gao = store.where(Elder, name="高莲英")[0]
    session.goto("elders", Ref(Elder, gao.id))
    assert page.panel.title() == "高莲英"
    ma = store.where(Elder, name="马根宝")[0]
    need = store.where(Need, elder_id=ma.id)[0]
    session.goto("elders", Ref(Need, need.id))
    assert page.panel.title() == "马根宝"
    assert page.panel.needs.table.current() == need
    session.goto("elders", Ref(Elder, gao.id), "need")
    assert page.side.form() is page.side.need_form
    assert page.side.need_form.elder_id == gao.id
