"""设置与备份: lists that staff keep, limits, the person on duty, backups, and what was done."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.actions.visit_reasons import reasons
from jiuliting_desk.model.categories import Eligibility, ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.model.visits import Visit, VisitReason, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.importing.choose import ChoosePanel
from jiuliting_desk.ui.pages.settings import SettingsPage
from jiuliting_desk.ui.pages.settings.categories import CategorySection
from jiuliting_desk.ui.pages.settings.committees import CommitteeSection
from jiuliting_desk.ui.pages.settings.compounds import CompoundSection
from jiuliting_desk.ui.pages.settings.holidays import HolidaySection
from jiuliting_desk.ui.pages.settings.limits import LimitSection
from jiuliting_desk.ui.pages.settings.look import LookSection
from jiuliting_desk.ui.pages.settings.merging import MergeDialog
from jiuliting_desk.ui.pages.settings.page import SECTIONS
from jiuliting_desk.ui.pages.settings.past import PastSection
from jiuliting_desk.ui.pages.settings.privacy import PrivacySection
from jiuliting_desk.ui.pages.settings.reasons import ReasonSection
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.pages.settings.tags import TagSection
from jiuliting_desk.ui.record_dialog import RecordDialog
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Message
from jiuliting_desk.ui.widgets.cells import PAD, text_width
from tests.actions.people import AIRCON, HAIRCUT, elder, need, volunteer
from tests.actions.visits import book
from tests.store_fixtures import NOW
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]
S = TypeVar("S", bound=Section)


@pytest.fixture
def page(open_window: Open) -> SettingsPage:
    found = open_window("settings").current_page()
    assert isinstance(found, SettingsPage)
    return found


def shown(page: SettingsPage, kind: type[S], key: str) -> S:
    page.show_section(key)
    section = page.section(key)
    assert isinstance(section, kind)
    return section


def fill(dialogs: ScriptedDialogs, **texts: str) -> RecordDialog:
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, RecordDialog)
    for name, text in texts.items():
        field = dialog.form.fields[name]
        field.clear()  # type: ignore[attr-defined]
        field.insert(text)  # type: ignore[attr-defined]
    return dialog


def test_when_something_was_done_last_year_is_read_in_full(page: SettingsPage) -> None:
    words = labels.when(datetime(2025, 12, 31, 20, 48, tzinfo=UTC), today=NOW.date())
    assert words == "2025年12月31日 20:48"
    recent = ChoosePanel()
    tables = [recent.recent, *(page.section(key).table for key in ("backups", "past", "privacy"))]  # type: ignore[attr-defined]
    for table in tables:
        column = next(one for one in table.rows_model.columns if one.title == "什么时候")
        assert theme.px(column.width) >= text_width(words, "table") + 2 * theme.px(PAD)
    recent.deleteLater()


def committee(store: Store, name: str) -> ResidentsCommittee:
    with store.operation("add_committee", name):
        return store.add(ResidentsCommittee(name=name))


@pytest.mark.parametrize("key", [spec.key for spec in SECTIONS])
def test_every_section_opens(page: SettingsPage, key: str) -> None:
    page.show_section(key)
    assert page.current_section == key
    assert page.section(key).isVisible()


def test_sections_are_walked_by_keys(page: SettingsPage, session: Session) -> None:
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.current_section == "limits"
    assert session.remembered.get("settings.section") == "limits"
    session.goto("settings", None, "backups")
    assert page.current_section == "backups"


def test_limits_are_kept_and_bounded(page: SettingsPage, store: Store) -> None:
    section = shown(page, LimitSection, "limits")
    field = section.form.fields["claim_days"]
    field.setValue(21)  # type: ignore[attr-defined]
    field.setValue(9999)  # type: ignore[attr-defined]
    assert field.value() == 120  # type: ignore[attr-defined]
    field.setValue(21)  # type: ignore[attr-defined]
    assert page.has_unsaved()
    section.save_button.click()
    assert number_setting(store, "claim_days") == 21
    assert not page.has_unsaved()
    section.default_button.click()
    section.save()
    assert number_setting(store, "claim_days") == 14


def test_a_committee_and_its_cadres(page: SettingsPage, dialogs: ScriptedDialogs, store: Store) -> None:
    section = shown(page, CommitteeSection, "committees")
    QTest.keyClick(section.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    fill(dialogs, name="亭北居民区", aliases="亭北 亭北居委，亭北居委会", phone="100-5555-0101").save_button.click()
    here = store.all(ResidentsCommittee)[0]
    assert (here.aliases, here.phone) == (("亭北", "亭北居委", "亭北居委会"), "10055550101")
    section.tools.add_button.click()
    dialog = fill(dialogs, name="亭北")
    dialog.save_button.click()
    assert "亭北居民区" in dialog.form.complaint("name")
    fill(dialogs, name="亭南居民区").save_button.click()
    section.table.choose(here.id)
    section.cadre_tools.add_button.click()
    fill(dialogs, name="姚静", phone="10055550102").save_button.click()
    assert section.table.cell_text(0, "cadres") == "姚静"
    section.cadre_tools.use_button.click()
    assert not store.all(Cadre)[0].active
    assert section.cadre_tools.use_button.text() == "重新用"
    section.cadre_tools.remove_button.click()
    assert store.all(Cadre) == []


def test_a_committee_in_use_is_not_removed(page: SettingsPage, store: Store, open_window: Open) -> None:
    here = committee(store, "亭北居民区")
    elder(store, committee_id=here.id)
    section = shown(page, CommitteeSection, "committees")
    assert section.table.cell_text(0, "people") == "1"
    section.tools.remove_button.click()
    assert store.count(ResidentsCommittee) == 1
    section.tools.use_button.click()
    assert not store.get(ResidentsCommittee, here.id).active


def test_two_compounds_are_merged(page: SettingsPage, dialogs: ScriptedDialogs, store: Store) -> None:
    with store.operation("add_compound"):
        near, far = (store.add(ResidentsCommittee(name=name)) for name in ("亭北居民区", "望桥居民区"))
        kept = store.add(Compound(name="亭北新村", committee_id=near.id))
        gone = store.add(Compound(name="亭北新村东块", committee_id=near.id))
        other = store.add(Compound(name="望桥里", committee_id=far.id))
    person = elder(store, compound_id=gone.id)
    section = shown(page, CompoundSection, "compounds")
    assert section.count.text() == "3 个，一共 3 个"
    section.table.choose(gone.id)
    dialogs.answers.append("merge")
    section.tools.remove_button.click()
    assert "还有 1 个人" in dialogs.asked[-1].title
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, MergeDialog)
    assert [found.name for found in dialog.table.rows()] == ["亭北新村", "望桥里"]
    assert dialog.table.choose(other.id)
    assert (
        dialog.goes_along.text()
        == "亭北居民区的人从此归望桥居民区，约好的上门一起过去，由那边的居委干部带，有几位的先空着。"
    )
    assert dialog.table.choose(kept.id)
    assert dialog.goes_along.text() == ""
    assert dialog.merge_button.text() == "合并到 亭北新村"
    dialog.merge_button.click()
    assert store.get(Elder, person.id).compound_id == kept.id
    assert store.get(Compound, kept.id).aliases == ("亭北新村东块",)
    current = section.table.current()
    assert current is not None
    assert current.id == kept.id


def test_a_place_that_is_no_number_is_said(page: SettingsPage, dialogs: ScriptedDialogs, store: Store) -> None:
    section = shown(page, CompoundSection, "compounds")
    section.tools.add_button.click()
    dialog = fill(dialogs, name="亭北新村", longitude="一百", latitude="31.1")
    dialog.save_button.click()
    assert "-180 到 180" in dialog.form.complaint("longitude")
    fill(dialogs, longitude="121.3").save_button.click()
    assert (store.all(Compound)[0].longitude, store.all(Compound)[0].latitude) == (121.3, 31.1)


def test_a_service_with_its_rules(page: SettingsPage, dialogs: ScriptedDialogs, store: Store) -> None:
    section = shown(page, CategorySection, "categories")
    section.tools.add_button.click()
    dialog = fill(dialogs, name="洗衣", unit="次", words="洗被子、洗衣服")
    fields = dialog.form.fields
    fields["quota_per_year"].setValue(8)  # type: ignore[attr-defined]
    fields["months"].button(12).click()  # type: ignore[attr-defined]
    rules = fields["eligibility"]
    rules.more.click()  # type: ignore[attr-defined]
    line = rules.rules()[0]  # type: ignore[attr-defined]
    line.age.setValue(70)
    line.livings.button("alone").click()
    dialog.save_button.click()
    fresh = store.where(ServiceCategory, name="洗衣")[0]
    assert (fresh.quota_per_year, fresh.months, fresh.words) == (8, (12,), ("洗被子", "洗衣服"))
    assert fresh.eligibility == (Eligibility(min_age=70, livings=("alone",)),)
    current = section.table.current()
    assert current is not None
    assert current.id == fresh.id
    assert section.table.cell_text(6, "who") == "满 70 岁、独居"
    section.tools.edit_button.click()
    again = dialogs.shown[-1]
    assert isinstance(again, RecordDialog)
    assert not again.form.is_changed
    again.reject()


def test_services_are_ordered_and_put_out_of_use(page: SettingsPage, store: Store) -> None:
    need(store, elder(store).id, HAIRCUT)
    section = shown(page, CategorySection, "categories")
    section.table.choose(HAIRCUT)
    section.table.setFocus()
    QTest.keyClick(section.table, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [category.id for category in section.table.rows()][:3] == [1, HAIRCUT, 2]
    section.tools.remove_button.click()
    assert store.find(ServiceCategory, HAIRCUT) is not None
    section.tools.use_button.click()
    assert not store.get(ServiceCategory, HAIRCUT).active
    section.table.choose(AIRCON)
    section.tools.remove_button.click()
    assert store.find(ServiceCategory, AIRCON) is None


def test_a_tag_is_renamed_with_its_elders(page: SettingsPage, dialogs: ScriptedDialogs, store: Store) -> None:
    person = elder(store, tags=("独居",))
    section = shown(page, TagSection, "tags")
    alone = store.where(Tag, name="独居")[0]
    section.table.choose(alone.id)
    QTest.keyClick(section.table, Qt.Key.Key_Return)
    fill(dialogs, name="一人居住").save_button.click()
    assert store.get(Elder, person.id).tags == ("一人居住",)
    section.tools.up_button.click()
    assert section.table.rows()[0].name == "一人居住"


def test_who_is_on_duty_is_remembered(page: SettingsPage, session: Session, store: Store) -> None:
    section = shown(page, LookSection, "look")
    section.who.clear()
    section.who.insert("邵雯")
    section.who_button.click()
    assert session.who == "邵雯"
    assert session.remembered.get("whos") == ["邵雯"]
    section.who.clear()
    section.who_button.click()
    assert session.who == "邵雯"


def test_what_was_done_and_by_whom(page: SettingsPage, store: Store) -> None:
    person = elder(store)
    with store.operation("edit_elder", "高莲英"):
        store.update(Elder(id=person.id, name="高莲英", notes="喜欢沪剧"))
    section = shown(page, PastSection, "past")
    assert section.table.cell_text(0, "what").endswith("高莲英")
    assert section.table.cell_text(0, "who") == "何佩"
    assert "备注：空 → 喜欢沪剧" in section.details_text()
    section.words.setText("没有")
    assert section.table.rows() == []


def test_an_old_step_is_undone_and_partly_where_others_stand_on_it(
    page: SettingsPage, dialogs: ScriptedDialogs, store: Store
) -> None:
    with store.operation("import", "亭北名单"):
        ids = store.add_many([Elder(name="高莲英", number=str(number)) for number in range(3)])
    need(store, ids[1])
    section = shown(page, PastSection, "past")
    section.table.choose(section.table.rows()[1].id)
    dialogs.answers.append("back")
    section.undo_button.click()
    assert dialogs.asked[-1].title == "后来的 1 步靠着它"
    assert store.count(Elder) == 3
    dialogs.answers.append("partly")
    section.undo_button.click()
    assert [found.id for found in store.all(Elder)] == [ids[1]]
    assert store.count(Need) == 1
    assert section.table.cell_text(2, "state") == "已撤销"


def test_privacy_says_that_there_is_no_password(page: SettingsPage, store: Store) -> None:
    from jiuliting_desk.actions import disclosures

    section = shown(page, PrivacySection, "privacy")
    assert section.table.rows() == []
    disclosures.reveal_phones(store, elder_id=elder(store).id, why="回电")
    section.refresh()
    assert section.table.cell_text(0, "why") == "回电"


def test_typed_things_keep_the_page(page: SettingsPage, dialogs: ScriptedDialogs, store: Store, qtbot: QtBot) -> None:
    section = shown(page, TagSection, "tags")
    section.tools.add_button.click()
    dialog = fill(dialogs, name="独臂")
    dialogs.answers.append("stay")
    dialog.reject()
    assert dialog.isVisible()
    dialogs.answers.append("save")
    dialog.reject()
    assert store.where(Tag, name="独臂")


def test_reasons_are_kept_by_kind(page: SettingsPage, dialogs: ScriptedDialogs, store: Store) -> None:
    section = shown(page, ReasonSection, "reasons")
    section.state.choose(VisitState.NOT_HOME)
    section.refresh()
    first = section.table.rows()[0]
    section.tools.add_button.click()
    dialog = fill(dialogs, words=first.words)
    dialog.save_button.click()
    assert first.words in dialog.form.complaint("words")
    fill(dialogs, words="去公园了").save_button.click()
    assert section.table.rows()[-1].words == "去公园了"
    for _ in range(len(section.table.rows()) - 1):
        section.table.choose(store.where(VisitReason, words="去公园了")[0].id)
        section.move_chosen(-1)
    assert section.table.rows()[0].words == "去公园了"
    section.table.choose(first.id)
    section.tools.use_button.click()
    offered = reasons(store, state=VisitState.NOT_HOME)
    assert offered[0].words == "去公园了"
    assert first.id not in {one.id for one in offered}
    section.tools.remove_button.click()
    assert store.find(VisitReason, first.id) is None


def test_holidays_are_filled_in_for_a_year(page: SettingsPage, dialogs: ScriptedDialogs, store: Store) -> None:
    section = shown(page, HolidaySection, "holidays")
    assert section.fill_button.text() == "填上法定节假日，13 天"
    section.fill_button.click()
    assert len(section.table.rows()) == 13
    assert section.fill_button.isHidden()
    section.add_button.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, RecordDialog)
    dialog.form.set_values(day=date(2027, 2, 10), name="")
    dialog.save_button.click()
    assert dialog.form.complaint("name")
    dialog.form.set_values(day=date(2027, 2, 10), name="春节调休")
    dialog.save_button.click()
    assert (section.year, section.table.cell_text(0, "name")) == (2027, "春节调休")
    gu = volunteer(store)
    book(store, elder(store).id, gu.id, day=date(2027, 2, 10), reason="说好的")
    section.refresh()
    assert section.table.cell_text(0, "planned") == "1 次"
    section.table.choose_first()
    section.remove_button.click()
    assert not section.table.rows()


def test_a_cadre_who_leads_visits_is_not_put_out_of_use_unasked(
    page: SettingsPage, dialogs: ScriptedDialogs, store: Store
) -> None:
    with store.operation("places"):
        here = store.add(ResidentsCommittee(name="亭北"))
        leaves, stays = (store.add(Cadre(committee_id=here.id, name=name)) for name in ("姚静", "何佩"))
    visit = book(store, elder(store).id, volunteer(store).id, cadre_id=leaves.id)
    page.session.goto("settings", None, "committees")
    section = page.section("committees")
    assert isinstance(section, CommitteeSection)
    section.refresh()
    section.cadres.choose(leaves.id)
    dialogs.answers = ["keep", str(stays.id)]
    section.cadre_tools.use_button.click()
    assert store.get(Cadre, leaves.id).active
    assert dialogs.asked[-1].lines[0].startswith("还要带 1 次上门：3月25日 周三 14:00 高莲英")
    section.cadre_tools.use_button.click()
    assert not store.get(Cadre, leaves.id).active
    assert store.get(Visit, visit.id).cadre_id == stays.id


def test_a_service_out_of_use_tells_how_many_needs_still_wait(
    page: SettingsPage, store: Store, session: Session
) -> None:
    need(store, elder(store).id, HAIRCUT)
    said: list[Message] = []
    session.said.connect(said.append)
    section = page.section("categories")
    assert isinstance(section, CategorySection)
    section.refresh()
    section.table.choose(HAIRCUT)
    section.use()
    assert said[-1].text.startswith("已停用：理发。还有 1 条需求在等")
    section.refresh()
    section.use()
    assert said[-1].text == "重新用：理发。"
