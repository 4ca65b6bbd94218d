"""志愿者与单位: found, registered, edited, paused, stopped, certified."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions import disclosures, pairings
from jiuliting_desk.actions.certificates import add_certificate
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.actions.visits import remind_visit
from jiuliting_desk.model.cards import PrintBatch
from jiuliting_desk.model.disclosures import Disclosed
from jiuliting_desk.model.elders import Phone
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState, Refusal, Skill
from jiuliting_desk.model.trainings import Attendance, Presence, TrainingSession, TrainingState
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.going_out import GoingOutDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.providers import ProvidersPage
from jiuliting_desk.ui.pages.providers.certificates import CertificateDialog
from jiuliting_desk.ui.pages.providers.columns import columns
from jiuliting_desk.ui.pages.providers.form import ProviderDialog
from jiuliting_desk.ui.pages.providers.hours import CertificateOfHoursDialog
from jiuliting_desk.ui.pages.providers.joining import JoinDialog
from jiuliting_desk.ui.pages.providers.leaving import PauseDialog, StopDialog
from jiuliting_desk.ui.pages.providers.refusing import RefusalDialog
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Banner, Message
from jiuliting_desk.ui.widgets.cells import PAD, text_width
from jiuliting_desk.ui.widgets.masked import MaskedValue
from jiuliting_desk.ui.widgets.phones_field import PhonesField
from tests.actions.people import AIRCON, CHAT, HAIRCUT, TODAY, elder, enterprise, need, volunteer
from tests.actions.visits import book, done
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def page(open_window: Open, store: Store) -> ProvidersPage:
    """The page with an enterprise, its member, and three others."""
    firm = enterprise(store, skills=(AIRCON,))
    volunteer(store, "顾海宁", enterprise_id=firm.id, number="V0001", sex="female", birth="1971")
    volunteer(store, "钟毓秀", skills=(CHAT,), phones=(Phone(number="10055550109"),), half_days=(5,))
    volunteer(store, "俞敏芳", state=ProviderState.PAUSED, state_reason="出国")
    volunteer(store, "汤立新", state=ProviderState.STOPPED, state_reason="搬走")
    found = open_window("providers").current_page()
    assert isinstance(found, ProvidersPage)
    return found


def names(page: ProvidersPage) -> list[str]:
    return [row.provider.name for row in page.table.rows()]


def choose(page: ProvidersPage, store: Store, name: str) -> Provider:
    found = store.where(Provider, name=name)[0]
    assert page.table.choose(found.id)
    return store.get(Provider, found.id)


def dialog_of(dialogs: ScriptedDialogs, kind: type[D]) -> D:
    shown = dialogs.shown[-1]
    assert isinstance(shown, kind)
    return shown


def type_into(field: QWidget | None, text: str) -> None:
    """Type as an input method does, which is how Chinese comes in."""
    assert field is not None
    field.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_those_who_can_be_asked_are_shown_first(page: ProvidersPage) -> None:
    assert names(page) == ["净邻家政", "顾海宁", "钟毓秀"]
    assert page.chips.count.text() == "3 位"
    assert page.chips.total.text() == "全部名单 5 位"
    assert page.filters.state.buttons()[0].text() == "可以派 3"
    assert page.filters.due.text() == "证书要留意 1"
    assert page.table.cell_text(1, "name") == "顾海宁 女 55"
    assert page.table.cell_text(0, "certificates") == "缺证书"
    assert page.table.cell_text(2, "times") == "周三下午"


def test_how_many_days_a_certificate_lasts_is_read_in_full(page: ProvidersPage, store: Store) -> None:
    firm = choose(page, store, "净邻家政")
    page.session.perform(
        add_certificate, provider_id=firm.id, kind="空调清洗", expires_on=page.session.today() + timedelta(days=30)
    )
    at = [row.provider.id for row in page.table.rows()].index(firm.id)
    words = page.table.cell_text(at, "certificates")
    assert words == "还有 30 天"
    beside = theme.size("icon_cell") + theme.px(7) + 2 * theme.px(PAD)
    (width,) = [column.width for column in columns(page.session.today) if column.key == "certificates"]
    assert theme.px(width) >= beside + text_width(words, "table_strong")


def test_filters_narrow_the_list_and_can_be_taken_away(page: ProvidersPage, qtbot: QtBot) -> None:
    page.filters.state.buttons()[3].click()
    assert len(names(page)) == 5
    page.filters.words.setText("俞")
    assert names(page) == ["俞敏芳"]
    assert [words for words, _, _ in page.chips.in_force(page.filters.value())] == ["“俞”", "所有状态"]
    page.filters.words.setText("没有这个人")
    assert page.stack.currentWidget() is page.none_found
    page.empty_clear.click()
    assert names(page) == ["净邻家政", "顾海宁", "钟毓秀"]
    page.filters.category.set_value(CHAT)
    page.filters.category.edited.emit()
    assert names(page) == ["顾海宁", "钟毓秀"]
    page.filters.due.click()
    assert page.stack.currentWidget() is page.none_found
    page.chips.clear.click()
    page.filters.due.click()
    assert names(page) == ["净邻家政"]


def test_a_volunteer_is_registered_by_keys_alone(
    page: ProvidersPage, dialogs: ScriptedDialogs, store: Store, qtbot: QtBot
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = dialog_of(dialogs, ProviderDialog)
    qtbot.waitUntil(lambda: form.person.fields["name"].hasFocus())
    type_into(form.person.fields["name"], "顾海燕")
    QTest.keyClick(form.person.fields["name"], Qt.Key.Key_Tab)
    phones = form.person.fields["phones"]
    assert isinstance(phones, PhonesField)
    number = phones.lines()[0].number
    assert number.hasFocus()
    QTest.keyClicks(number, "100 5555 0177")
    grid = form.ability.fields["half_days"]
    grid.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(grid, key)
    QTest.keyClick(grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: store.count(Provider, name="顾海燕") == 1)
    found = store.where(Provider, name="顾海燕")[0]
    assert (found.number, found.phone, found.half_days) == ("V0002", "10055550177", (1,))
    assert (found.joined_on, found.visits_per_month) == (TODAY, 4)
    current = page.table.current()
    assert current is not None
    assert current.provider == found


def test_a_wrong_phone_is_said_at_its_field(page: ProvidersPage, dialogs: ScriptedDialogs, store: Store) -> None:
    page.register_one.click()
    form = dialog_of(dialogs, ProviderDialog)
    form.person.fields["name"].insert("顾海燕")  # type: ignore[attr-defined]
    form.person.fields["phones"].lines()[0].number.insert("1005555017")  # type: ignore[attr-defined]
    form.save_button.click()
    assert "10 位" in form.person.complaint("phones")
    assert store.where(Provider, name="顾海燕") == []
    dialogs.answers.append("drop")
    form.reject()
    assert dialogs.asked[-1].title == "改过的还没存下"


def test_who_may_be_the_same_is_shown_and_asked(
    page: ProvidersPage, dialogs: ScriptedDialogs, store: Store, qtbot: QtBot
) -> None:
    page.register_one.click()
    form = dialog_of(dialogs, ProviderDialog)
    type_into(form.person.fields["name"], "钟毓秀")
    qtbot.waitUntil(lambda: bool(form.likely.found))
    assert not form.likely.isHidden()
    form.person.fields["phones"].lines()[0].number.insert("10055550109")  # type: ignore[attr-defined]
    dialogs.answers.append("back")
    form.save()
    assert "名字一样" in dialogs.asked[-1].text
    assert len(store.where(Provider, name="钟毓秀")) == 1
    dialogs.answers.append("go")
    form.save()
    assert len(store.where(Provider, name="钟毓秀")) == 2


def test_the_likely_one_is_opened_instead(page: ProvidersPage, dialogs: ScriptedDialogs, store: Store) -> None:
    page.register_one.click()
    form = dialog_of(dialogs, ProviderDialog)
    form.person.fields["name"].insert("汤立新")  # type: ignore[attr-defined]
    form.look_up()
    form.likely.opened.emit(form.likely.found[0].provider.id)
    assert form.result() == QDialog.DialogCode.Accepted
    current = page.table.current()
    assert current is not None
    assert current.provider.name == "汤立新"


def test_one_after_another_is_registered(page: ProvidersPage, dialogs: ScriptedDialogs, store: Store) -> None:
    with store.operation("add_committee"):
        here = store.add(ResidentsCommittee(name="亭北"))
        block = store.add(Compound(name="亭北新村", committee_id=here.id))
    page.refresh()
    page.register_one.click()
    form = dialog_of(dialogs, ProviderDialog)
    form.person.fields["name"].insert("顾海燕")  # type: ignore[attr-defined]
    form.person.fields["compound_id"].set_value(block.id)  # type: ignore[attr-defined]
    form.person.fields["compound_id"].edited.emit()  # type: ignore[attr-defined]
    assert form.person.fields["committee_id"].value() == here.id  # type: ignore[attr-defined]
    form.more_button.click()
    form.person.fields["name"].insert("顾海鸥")  # type: ignore[attr-defined]
    form.save_button.click()
    found = store.where(Provider, name=["顾海燕", "顾海鸥"])
    assert [(one.compound_id, one.committee_id) for one in found] == [(block.id, here.id)] * 2


def test_editing_without_a_change_writes_nothing(page: ProvidersPage, dialogs: ScriptedDialogs, store: Store) -> None:
    with store.operation("edit"):
        helper = store.where(Provider, name="钟毓秀")[0]
        skills = (Skill(category_id=HAIRCUT, level=3), Skill(category_id=CHAT, level=1))
        helper = store.update(replace(helper, skills=skills, languages=("沪剧",), visits_per_month=None))
    page.refresh()
    choose(page, store, "钟毓秀")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    form = dialog_of(dialogs, ProviderDialog)
    assert not form.is_changed
    form.save_button.click()
    assert store.get(Provider, helper.id) == helper


def test_what_is_out_of_use_stays_on_the_record(page: ProvidersPage, dialogs: ScriptedDialogs, store: Store) -> None:
    with store.operation("edit"):
        old = store.add(ResidentsCommittee(name="老居委", active=False))
        other = store.add(ResidentsCommittee(name="亭北"))
        block = store.add(Compound(name="老小区", committee_id=other.id, active=False))
        helper = store.where(Provider, name="钟毓秀")[0]
        helper = store.update(replace(helper, committee_id=old.id, compound_id=block.id, area_committee_ids=(old.id,)))
    page.refresh()
    choose(page, store, "钟毓秀")
    page.panel.edit_button.click()
    form = dialog_of(dialogs, ProviderDialog)
    form.person.fields["notes"].set_value("只下午")  # type: ignore[attr-defined]
    form.save_button.click()
    assert store.get(Provider, helper.id) == replace(helper, notes="只下午")


def busy(store: Store, helper: Provider) -> tuple[Need, Pairing]:
    person = elder(store)
    wanted = need(store, person.id)
    with store.operation("work"):
        pairings.claim_need(store, need_id=wanted.id, provider_id=helper.id, today=TODAY)
        bond = pairings.pair(store, elder_id=person.id, provider_id=helper.id, category_id=HAIRCUT, today=TODAY)
    return wanted, bond


def test_stopping_shows_what_is_held_and_handles_it(
    page: ProvidersPage, dialogs: ScriptedDialogs, store: Store, session: Session
) -> None:
    helper = choose(page, store, "顾海宁")
    wanted, bond = busy(store, helper)
    page.refresh()
    page.panel.stop_action.trigger()
    dialog = dialog_of(dialogs, StopDialog)
    assert dialog.stop_button.text() == "停用，放开 1 条需求，结束 1 对"
    dialog.stop_button.click()
    assert "还空着" in dialog.form.complaint("reason")
    dialog.form.fields["reason"].insert("搬走")  # type: ignore[attr-defined]
    dialog.bonds[bond.id].click()
    assert dialog.stop_button.text() == "停用，放开 1 条需求"
    dialog.stop_button.click()
    assert store.get(Provider, helper.id).state is ProviderState.STOPPED
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    assert store.get(Pairing, bond.id).is_active
    page.table.choose_first()
    session.undo()
    assert store.get(Need, wanted.id).state is NeedState.CLAIMED
    assert store.get(Provider, helper.id) == helper
    shown = page.table.current()
    assert shown is not None
    assert shown.provider.id == helper.id


def test_a_pause_until_a_day_and_back(
    page: ProvidersPage, dialogs: ScriptedDialogs, store: Store, qtbot: QtBot
) -> None:
    helper = choose(page, store, "顾海宁")
    wanted, bond = busy(store, helper)
    page.refresh()
    QTest.keyClick(page.table, Qt.Key.Key_F8)
    dialog = dialog_of(dialogs, PauseDialog)
    dialog.form.fields["reason"].insert("住院")  # type: ignore[attr-defined]
    dialog.form.fields["until"].insert("4-1")  # type: ignore[attr-defined]
    assert dialog.pause_button.text() == "暂停，放开 1 条需求"
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.form.fields["until"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    now = store.get(Provider, helper.id)
    assert (now.state, now.state_reason, now.resume_on) == (ProviderState.PAUSED, "住院", TODAY.replace(month=4, day=1))
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    assert store.get(Pairing, bond.id).is_active
    page.filters.state.buttons()[1].click()
    choose(page, store, "顾海宁")
    page.panel.resume_button.click()
    assert store.get(Provider, helper.id).state is ProviderState.ACTIVE


def test_a_pause_tells_which_visits_fall_out_and_keeps_those_after_it(
    page: ProvidersPage, dialogs: ScriptedDialogs, store: Store, session: Session
) -> None:
    helper = choose(page, store, "顾海宁")
    person = elder(store, "高莲英")
    weekly = need(store, person.id, HAIRCUT, rhythm=Rhythm.WEEKLY)
    services = (ServiceLine(category_id=HAIRCUT, need_id=weekly.id),)
    week = timedelta(days=7)
    booked = [book(store, person.id, helper.id, day=TODAY + week * each, services=services) for each in (1, 2, 3)]
    with store.operation("remind_visit"):
        remind_visit(store, visit_id=booked[0].id, today=TODAY)
    page.refresh()
    QTest.keyClick(page.table, Qt.Key.Key_F8)
    dialog = dialog_of(dialogs, PauseDialog)
    assert dialog.pause_button.text() == "暂停，取消 3 次上门，放开 1 条需求"
    assert dialog.visits[booked[0].id].text() == "3月25日 周三 14:00 高莲英　理发（已提醒过老人）"
    dialog.form.fields["until"].insert("4-1")  # type: ignore[attr-defined]
    assert dialog.pause_button.text() == "暂停，取消 1 次上门，找人代 1 次"
    assert [not tick.isHidden() for tick in dialog.visits.values()] == [True, False, False]
    said: list[Message] = []
    session.said.connect(said.append)
    dialog.pause_button.click()
    told = "已暂停：顾海宁。取消了 1 次上门，要打电话告诉 高莲英。要找人代去的在结对匹配里等着：3 月 1 次。"
    assert said[-1].text == told
    states = [store.get(Visit, visit.id).state for visit in booked]
    assert states == [VisitState.CANCELLED, VisitState.PLANNED, VisitState.PLANNED]
    assert store.get(Need, weekly.id).state is NeedState.BOOKED
    assert [found.wishes for found in store.where(Need, state=NeedState.OPEN)] == ["3月25日 14:00 代顾海宁去一次"]


def test_nobody_is_sought_for_the_days_of_a_pause_where_that_is_not_wanted(
    page: ProvidersPage, dialogs: ScriptedDialogs, store: Store
) -> None:
    helper, person = choose(page, store, "顾海宁"), elder(store, "高莲英")
    services = (ServiceLine(category_id=HAIRCUT, need_id=need(store, person.id, rhythm=Rhythm.WEEKLY).id),)
    for days in (7, 14):
        book(store, person.id, helper.id, day=TODAY + timedelta(days=days), services=services)
    page.refresh()
    QTest.keyClick(page.table, Qt.Key.Key_F8)
    dialog = dialog_of(dialogs, PauseDialog)
    dialog.form.fields["until"].insert("4-1")  # type: ignore[attr-defined]
    assert dialog.cover.text() == "取消的 1 次找别人代去，以后还是本人去"
    dialog.cover.click()
    assert dialog.pause_button.text() == "暂停，取消 1 次上门"
    dialog.pause_button.click()
    assert store.where(Need, state=NeedState.OPEN) == []


def test_giving_a_need_up_takes_all_its_visits_along(
    page: ProvidersPage, dialogs: ScriptedDialogs, store: Store
) -> None:
    helper, person = choose(page, store, "顾海宁"), elder(store, "高莲英")
    wanted = need(store, person.id, HAIRCUT)
    services = (ServiceLine(category_id=HAIRCUT, need_id=wanted.id),)
    late = book(store, person.id, helper.id, day=TODAY + timedelta(days=21), services=services)
    page.refresh()
    QTest.keyClick(page.table, Qt.Key.Key_F8)
    dialog = dialog_of(dialogs, PauseDialog)
    dialog.form.fields["until"].insert("4-1")  # type: ignore[attr-defined]
    assert (dialog.pause_button.text(), dialog.visits[late.id].isHidden()) == ("暂停", True)
    dialog.needs[wanted.id].click()
    assert dialog.pause_button.text() == "暂停，取消 1 次上门，放开 1 条需求"
    assert (dialog.visits[late.id].isHidden(), dialog.visits[late.id].isEnabled()) == (False, False)
    dialog.pause_button.click()
    assert store.get(Visit, late.id).state is VisitState.CANCELLED


def test_a_mistake_is_removed_but_not_one_with_work(
    page: ProvidersPage, store: Store, session: Session, open_window: Open
) -> None:
    busy(store, choose(page, store, "顾海宁"))
    page.refresh()
    page.panel.remove_action.trigger()
    assert len(store.where(Provider, name="顾海宁")) == 1
    choose(page, store, "钟毓秀")
    page.panel.remove_action.trigger()
    assert store.where(Provider, name="钟毓秀") == []
    session.undo()
    assert "钟毓秀" in names(page)


def test_certificates_are_added_renewed_and_removed(
    page: ProvidersPage, dialogs: ScriptedDialogs, store: Store
) -> None:
    firm = choose(page, store, "净邻家政")
    page.panel.tabs.setCurrentIndex(2)
    tab = page.panel.certificates
    tab.add_button.click()
    dialog = dialog_of(dialogs, CertificateDialog)
    assert dialog.form.fields["kind"].suggestions() == ["空调清洗", "油烟机清洗"]  # type: ignore[attr-defined]
    (lacking,) = tab.findChildren(Banner)
    assert lacking.words() == "缺证书 还没有“空调清洗”（清洗空调要）。"
    assert dialog.form.fields["kind"].value() == "空调清洗"  # type: ignore[attr-defined]
    assert dialog.unknown.isHidden()
    dialog.form.fields["kind"].clear()  # type: ignore[attr-defined]
    dialog.save_button.click()
    assert dialog.form.complaint("kind")
    dialog.form.fields["kind"].insert("空调证")  # type: ignore[attr-defined]
    assert dialog.unknown.text() == "没有服务项目要“空调证”，记下也派不了活。要的是：空调清洗、油烟机清洗。"
    dialog.form.fields["kind"].set_value("空调清洗")  # type: ignore[attr-defined]
    assert dialog.unknown.isHidden()
    dialog.form.fields["expires_on"].insert("20260331")  # type: ignore[attr-defined]
    dialog.save_button.click()
    held = store.where(Certificate, provider_id=firm.id)[0]
    assert held.expires_on == TODAY + timedelta(days=13)
    assert page.table.cell_text(0, "certificates") == "还有 13 天"
    assert tab.table.cell_text(0, "state") == "还有 13 天"
    tab.renew_button.click()
    renewal = dialog_of(dialogs, CertificateDialog)
    renewal.form.fields["expires_on"].insert("2026-3-1")  # type: ignore[attr-defined]
    renewal.save_button.click()
    assert "先后不对" in renewal.form.complaint("expires_on")
    renewal.form.fields["expires_on"].set_value(None)  # type: ignore[attr-defined]
    renewal.form.fields["expires_on"].insert("2029-3-31")  # type: ignore[attr-defined]
    renewal.save_button.click()
    assert page.table.cell_text(0, "certificates") == "有效"
    assert [tab.table.cell_text(at, "state") for at in range(2)] == ["有效", "已换新"]
    tab.remove_button.click()
    assert page.table.cell_text(0, "certificates") == "还有 13 天"


def test_members_join_and_leave(page: ProvidersPage, dialogs: ScriptedDialogs, store: Store) -> None:
    firm = choose(page, store, "净邻家政")
    tab = page.panel.facts
    tab.join_button.click()
    dialog = dialog_of(dialogs, JoinDialog)
    assert {one.name for one in dialog.table.rows()} == {"钟毓秀", "俞敏芳"}
    dialog.words.setText("zyx")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)
    assert [one.name for one in dialog.table.selected()] == ["钟毓秀"]
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert {member.name for member in store.where(Provider, enterprise_id=firm.id)} == {"顾海宁", "钟毓秀"}
    assert "成员 2 位" in page.panel.chip_texts()
    tab.members.choose(store.where(Provider, name="钟毓秀")[0].id)
    tab.leave_button.click()
    assert [member.name for member in store.where(Provider, enterprise_id=firm.id)] == ["顾海宁"]


def test_opening_the_form_that_shows_numbers_in_full_is_noted(
    page: ProvidersPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    helper = choose(page, store, "顾海宁")
    page.edit(helper.id)
    dialog_of(dialogs, ProviderDialog).reject()
    looks = disclosures.disclosures_of(store, kind="provider", record_id=helper.id)
    assert [look.what for look in looks] == [Disclosed.FORM]


def test_numbers_are_masked_and_each_look_is_noted(page: ProvidersPage, store: Store) -> None:
    helper = choose(page, store, "顾海宁")
    masked = page.panel.facts.findChildren(MaskedValue)[-1]
    assert masked.text() == "100****0101"
    masked.show_button.click()
    assert masked.text() == "10055550101"
    assert "30 秒" in masked.show_button.text()
    assert len(disclosures.disclosures_of(store, kind="provider", record_id=helper.id)) == 1
    page.panel.show_tab("history")
    lines = page.panel.history.lines
    told = [lines.lines_model.line(at).title for at in range(len(lines.rows()))]
    assert told == ["看了完整电话", "登记志愿者或单位：顾海宁"]


def test_bonds_are_ended_pinned_and_reviewed(
    page: ProvidersPage, dialogs: ScriptedDialogs, store: Store, session: Session
) -> None:
    helper = choose(page, store, "顾海宁")
    wanted, bond = busy(store, helper)
    page.refresh()
    page.panel.tabs.setCurrentIndex(3)
    tab = page.panel.bonds
    assert [tab.lines.lines_model.line(at).title for at in range(4)] == [
        "现在结对 1",
        "高莲英",
        "手上的需求 1",
        "高莲英",
    ]
    tab.lines.choose(f"bond {bond.id}")
    tab.pin_button.click()
    assert store.get(Pairing, bond.id).pinned
    assert tab.pin_button.text() == "取消固定"
    tab.review_button.click()
    assert store.get(Pairing, bond.id).reviewed_on == TODAY
    tab.lines.choose(f"need {wanted.id}")
    assert tab.end_button.isHidden()
    dialogs.answers.append(("go", "没时间"))
    tab.release_button.click()
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    tab.lines.choose(f"bond {bond.id}")
    dialogs.answers.append(("go", "换人"))
    tab.end_button.click()
    assert store.get(Pairing, bond.id).end_reason == "换人"
    assert tab.lines.lines_model.line(0).title == "以前结对过 1"


def test_the_two_are_kept_apart_from_now_on(
    page: ProvidersPage, dialogs: ScriptedDialogs, store: Store, session: Session
) -> None:
    helper = choose(page, store, "顾海宁")
    elder(store, "马根宝")
    wanted, bond = busy(store, helper)
    page.refresh()
    page.panel.show_tab("bonds")
    tab = page.panel.bonds
    tab.lines.choose(f"bond {bond.id}")
    tab.refuse_button.click()
    dialog = dialog_of(dialogs, RefusalDialog)
    assert dialog.save_button.text() == "不再安排到高莲英家"
    dialog.words.setText("mgb")
    assert [hit.name for hit in dialog.table.rows()] == ["马根宝"]
    dialog.words.setText("高莲英")
    dialog.reason.insert("说话太快")
    dialog.save_button.click()
    assert store.all(Refusal)[0].reason == "说话太快"
    assert not store.get(Pairing, bond.id).is_active
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    tab.lines.choose(f"refusal {store.all(Refusal)[0].id}")
    tab.withdraw_button.click()
    assert store.all(Refusal) == []
    session.undo()
    session.undo()
    assert store.get(Pairing, bond.id).is_active


def test_another_page_shows_a_record_whatever_is_filtered(page: ProvidersPage, store: Store, session: Session) -> None:
    from jiuliting_desk.ui.session import Ref

    page.filters.kind.buttons()[2].click()
    assert names(page) == ["净邻家政"]
    session.goto("providers", Ref(Provider, store.where(Provider, name="汤立新")[0].id))
    current = page.table.current()
    assert current is not None
    assert (current.provider.name, current.provider.kind) == ("汤立新", ProviderKind.VOLUNTEER)
    session.goto("providers", None, "certificates")
    assert names(page) == ["净邻家政"]


def test_the_list_is_exported_as_it_is_filtered(
    page: ProvidersPage, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    page.filters.kind.buttons()[1].click()
    QTest.keyClick(page.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(dialogs, GoingOutDialog)
    assert dialog.save_button.text() == "导出 2 位"
    dialogs.paths = [tmp_path / "志愿者.xlsx"]
    dialog.save_button.click()
    qtbot.waitUntil(lambda: (tmp_path / "志愿者.xlsx").exists() and not page.session.is_lent)


def test_the_keyboard_begins_in_the_list(page: ProvidersPage, session: Session, qtbot: QtBot) -> None:
    session.goto("settings")
    session.goto("providers")
    qtbot.waitUntil(page.table.hasFocus)


def test_work_begins_in_the_list_and_filters_that_wrap_are_seen_whole(
    page: ProvidersPage, store: Store, qtbot: QtBot
) -> None:
    choose(page, store, "净邻家政")
    page.panel.facts.members.setFocus()
    page.take_focus()
    assert page.table.hasFocus()
    page.window().resize(1100, 640)
    page.filters.words.setText("没有一位叫这个名字也没有一位住在这里")
    chips = page.chips
    qtbot.waitUntil(lambda: chips.heightForWidth(chips.width()) > chips.count.height() * 3 // 2)
    qtbot.waitUntil(lambda: chips.clear.geometry().bottom() < chips.height())


def test_the_panel_folds_away(page: ProvidersPage) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_F4)
    assert page.panel.isHidden()
    QTest.keyClick(page.table, Qt.Key.Key_F4)
    assert page.panel.isVisible()


def test_an_empty_file_offers_the_first_step(open_window: Open, dialogs: ScriptedDialogs) -> None:
    empty = open_window("providers").current_page()
    assert isinstance(empty, ProvidersPage)
    assert empty.stack.currentWidget() is empty.nobody_yet


def test_hours_stand_on_the_panel_and_in_a_certificate(
    page: ProvidersPage, store: Store, session: Session, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    gu = choose(page, store, "钟毓秀")
    page.panel.show_tab("hours")
    assert not page.panel.hours.print_button.isEnabled()
    done(store, elder(store, "高莲英").id, gu.id, category_id=CHAT, on_site_minutes=90)
    with store.operation("trainings"):
        training = store.add(TrainingSession(topic="防跌倒", day=TODAY, state=TrainingState.HELD))
        store.add(Attendance(session_id=training.id, provider_id=gu.id, presence=Presence.CAME, minutes=120))
    page.refresh()
    choose(page, store, "钟毓秀")
    texts = [line.line.as_text() for line in page.panel.hours.list.rows()]
    assert any("高莲英" in text and "90 分钟" in text for text in texts)
    assert any("防跌倒" in text and "120 分钟" in text for text in texts)
    page.panel.hours.print_button.click()
    dialog = dialog_of(dialogs, CertificateOfHoursDialog)
    dialog.form.set_values(first=date(2026, 1, 1), purpose="评优")
    dialogs.paths = [tmp_path / "a.pdf"]
    dialog.pdf_button.click()
    assert not (tmp_path / "a.pdf").exists()
    with store.operation("change_settings"):
        change_settings(store, values={"office_name": "助老服务中心"}, today=TODAY)
    dialogs.paths = [tmp_path / "a.pdf"]
    dialog.form.set_values(first=date(2027, 1, 1))
    dialog.pdf_button.click()
    assert dialog.form.complaint("last")
    dialog.form.set_values(first=date(2026, 1, 1))
    dialogs.paths = [tmp_path / "a.pdf"]
    dialog.pdf_button.click()
    qtbot.waitUntil(lambda: not session.is_lent)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert dialogs.save_names[-1] == "志愿服务记录证明 钟毓秀 2026-03-18.pdf"
    assert [batch.kind for batch in store.all(PrintBatch)] == ["hours_certificate"]
