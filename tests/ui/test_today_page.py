"""今日: visits of three days, what waits, and the steps that can be done from there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.backups import list_backups
from jiuliting_desk.actions.follow_ups import close_follow_up, open_follow_up
from jiuliting_desk.actions.visits import Outcome, finish_visit
from jiuliting_desk.model.elders import Elder, ElderState, Phone
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.model.recurrence import Interval, Pause, Series
from jiuliting_desk.model.trainings import TrainingSession
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.ui.finish_dialog import FinishDialog
from jiuliting_desk.ui.follow_up_steps import FollowUpDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.today import TodayPage
from jiuliting_desk.ui.pages.today.closed import ClosedDialog
from jiuliting_desk.ui.pages.today.radar import RadarDialog
from jiuliting_desk.ui.pages.visits import VisitsPage
from jiuliting_desk.ui.session import Ref, Session, Target
from jiuliting_desk.ui.visit_steps import MoveDialog
from tests.actions.people import AIRCON, CHAT, TODAY, elder, enterprise, need, volunteer
from tests.actions.test_feedback import enter
from tests.actions.visits import TOMORROW, book, done
from tests.store_fixtures import NOW
from tests.ui.hands import click, click_row, press, type_words
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]


@pytest.fixture
def page(store: Store, open_window: Open) -> TodayPage:
    """高莲英 today at 14:00, 周荣生 tomorrow; 陈炳荣 was not content; 马根宝 waits."""
    gu = volunteer(store, visits_per_month=None, asked_on=TODAY)
    gao = elder(store, phones=(Phone(number="10000004417"),), seen_on=TODAY)
    book(store, gao.id, gu.id, day=TODAY)
    book(store, elder(store, "周荣生", seen_on=TODAY).id, gu.id, day=TOMORROW)
    chen = elder(store, "陈炳荣", seen_on=TODAY)
    low = done(store, chen.id, gu.id, day=TODAY - timedelta(days=9), starts=600)
    enter(store, Feedback(visit_id=low.id, overall=1, words="没擦窗", entered_on=TODAY))
    done(store, elder(store, "徐桂香", seen_on=TODAY).id, gu.id, day=TODAY - timedelta(days=8), starts=700)
    need(store, elder(store, "马根宝", seen_on=TODAY).id)
    shown = open_window("today").current_page()
    assert isinstance(shown, TodayPage)
    return shown


def count_words(page: TodayPage) -> str:
    return "　".join(one.text() for one in page.counts.values())


def texts(page: TodayPage) -> list[str]:
    return [item.line.as_text() for item in [*page.visits.rows(), *page.work.rows()]]


def test_the_morning_at_a_glance(page: TodayPage) -> None:
    assert count_words(page) == "1 次上门　1 张反馈表未交回　1 条需求等安排　1 件要回访"
    told = texts(page)
    assert told[0] == "09:00 现在"
    assert told[1] == "14:00 高莲英 理发·顾海宁 还没提醒"
    assert told[2] == "明天 3月19日　1 次"
    assert told[3].startswith("14:00 周荣生 理发·顾海宁")
    assert any(text.startswith("徐桂香 理发·顾海宁") for text in told)
    assert "已过 8 天" in " ".join(told)
    assert "没擦窗" in " ".join(told)
    assert "马根宝" in " ".join(told)


def test_a_form_of_today_and_one_entered_without_an_overall_score(page: TodayPage, store: Store) -> None:
    fresh = done(store, elder(store, "俞阿大", seen_on=TODAY).id, 1, starts=500)
    entered = done(store, elder(store, "苏志清", seen_on=TODAY).id, 1, starts=560)
    enter(store, Feedback(visit_id=entered.id, punctual=5, manner=5, work=5, entered_on=TODAY))
    need(store, elder(store, "金阿二", seen_on=TODAY).id)
    page.refresh()
    told = texts(page)
    assert "俞阿大 理发·顾海宁 今天刚上门" in told
    assert not [text for text in told if " 0 天" in text or "了 0 天" in text]
    shown = {item.visit.visit.id: item.line for item in page.visits.rows() if item.visit is not None}
    assert shown[fresh.id].second_right == "反馈表未收"
    assert shown[entered.id].second_right == ""
    page.visits.choose(f"v{entered.id}")
    assert page.form_button.isHidden()
    page.visits.choose(f"v{fresh.id}")
    assert not page.form_button.isHidden()


def test_steps_are_done_from_the_foot(page: TodayPage, store: Store, dialogs: ScriptedDialogs) -> None:
    page.remind_button.click()
    assert store.get(Visit, 1).reminded_at is not None
    assert page.remind_button.isHidden()
    page.phone_button.click()
    assert "100 0000 4417" in page.phone_text.text()
    page.done_button.click()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, FinishDialog)
    dialog.form.set_values(on_site_minutes=45, hazards="漏水")
    dialog.save()
    visit = store.get(Visit, 1)
    assert (visit.state, visit.on_site_minutes) == (VisitState.DONE, 45)
    assert {one.what for one in store.all(FollowUp)} == {"没擦窗", "漏水"}
    assert count_words(page).startswith("1 次上门　2 张反馈表未交回")


def test_a_visit_is_moved_or_cancelled_with_a_reason(page: TodayPage, store: Store, dialogs: ScriptedDialogs) -> None:
    page.move_button.click()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, MoveDialog)
    dialog.form.set_values(day=TOMORROW)
    dialog.form.fields["starts"].setText("14.00")  # type: ignore[attr-defined]
    dialog.save()
    assert dialog.form.complaint("starts")
    dialog.form.fields["starts"].setText("1410")  # type: ignore[attr-defined]
    dialogs.answers = [("move", "顺路")]
    dialog.save()
    assert (store.get(Visit, 1).day, store.get(Visit, 1).override_reason) == (TOMORROW, "顺路")
    dialogs.answers = [("do", "老人身体不舒服")]
    page.visits.choose("v1")
    page.cancel_button.click()
    assert store.get(Visit, 1).reason == "老人身体不舒服"


def test_a_follow_up_closes_with_an_outcome(page: TodayPage, store: Store, dialogs: ScriptedDialogs) -> None:
    item = next(item for item in page.work.rows() if item.key.startswith("l") and not item.line.is_heading)
    page.work.opened.emit(item)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, FollowUpDialog)
    dialog.close_button.click()
    assert dialog.form.complaint("outcome")
    dialog.form.set_values(outcome="", notes="电话没人接", owner="邵雯")
    dialog.keep_button.click()
    assert (store.all(FollowUp)[0].is_open, store.all(FollowUp)[0].owner) == (True, "邵雯")
    page.follow_ups.show(store.all(FollowUp)[0].id)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, FollowUpDialog)
    dialog.form.set_values(outcome="道歉，补擦了窗")
    dialog.close_button.click()
    assert store.all(FollowUp)[0].outcome == "道歉，补擦了窗"
    assert "都办好了" in " ".join(texts(page))
    page.follow_ups.show(store.all(FollowUp)[0].id)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, FollowUpDialog)
    dialog.again_button.click()
    assert store.all(FollowUp)[0].is_open


def test_the_red_line_stands_where_it_is_now(page: TodayPage, session: Session) -> None:
    session.now = lambda: NOW.replace(hour=14, minute=30)
    page.refresh()
    assert [item.key for item in page.visits.rows()][:2] == ["v1", "now"]
    assert page.visits.rows()[1].line.as_text() == "14:30 现在"
    page.visits.setFocus()
    QTest.keyClick(page.visits, Qt.Key.Key_Down)
    current = page.visits.current()
    assert current is not None
    assert current.key == "v2"


def test_a_done_visit_is_not_offered_as_still_to_be_done(page: TodayPage, store: Store) -> None:
    with store.operation("finish_visit"):
        finish_visit(store, outcome=Outcome(visit_id=1), today=TODAY)
    page.refresh()
    page.visits.choose("v1")
    assert (page.done_button.text(), page.form_button.isVisible()) == ("改上门记录", True)
    assert not page.home_button.isVisible()
    assert not page.begin_button.isVisible()


def test_a_count_shows_its_group_alone(page: TodayPage) -> None:
    page.counts["needs"].click()
    assert [item.line.title for item in page.work.rows()] == ["等安排的需求", "马根宝"]
    page.counts["needs"].click()
    assert "反馈表未交回" in " ".join(texts(page))


def test_headings_lead_to_the_whole_of_their_work(page: TodayPage, session: Session, store: Store) -> None:
    gone: list[Target] = []
    session.navigated.connect(gone.append)
    for key, wanted in (("forms", "feedback"), ("needs", "matching")):
        heading = next(item for item in page.work.rows() if item.key == key)
        page.work.clicked.emit(page.work.model().index(page.work.rows().index(heading), 0))
        assert gone[-1].page_key == wanted
    elder(store, "俞阿大")
    with store.operation("plan_training"):
        store.add(TrainingSession(topic="急救", day=TODAY - timedelta(days=1)))
    page.refresh()
    assert "急救 名单 0 人 还没点名" in texts(page)


def test_follow_ups_that_are_over_are_looked_up_with_their_outcome(
    page: TodayPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    with store.operation("close"):
        close_follow_up(store, follow_up_id=1, outcome="道了歉，补擦了窗", today=TODAY)
        old = open_follow_up(store, elder_id=1, what="门锁坏了", cause=Cause.HAZARD, today=TODAY - timedelta(days=200))
        close_follow_up(store, follow_up_id=old.id, outcome="换了锁", today=TODAY - timedelta(days=190))
    page.refresh()
    head = next(item for item in page.work.rows() if item.key == "low")
    assert (head.line.after, head.line.right) == ("都办好了", "看办完的")
    page.work.opened.emit(head)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, ClosedDialog)

    def told() -> list[str]:
        return [dialog.table.cell_text(at, "outcome") for at in range(len(dialog.table.rows()))]

    assert told() == ["道了歉，补擦了窗"]
    assert [dialog.table.cell_text(0, key) for key in ("closed", "name", "cause", "what")] == [
        "3月18日 周三", "陈炳荣", "低分 1 分", "没擦窗",
    ]  # fmt: skip
    QTest.keyClick(dialog.span, Qt.Key.Key_End)
    assert told() == ["道了歉，补擦了窗", "换了锁"]
    click(dialog.text)
    type_words(dialog, "高莲英 锁")
    assert told() == ["换了锁"]
    press(dialog, Qt.Key.Key_A, ctrl=True)
    press(dialog, Qt.Key.Key_Delete)
    assert len(told()) == 2
    click_row(dialog.table, 0)
    press(dialog, Qt.Key.Key_Return)
    opened = dialogs.shown[-1]
    assert isinstance(opened, FollowUpDialog)
    click(opened.again_button)
    assert told() == ["换了锁"]
    assert store.get(FollowUp, 1).is_open
    press(dialog, Qt.Key.Key_Escape)


def test_long_groups_unfold(page: TodayPage, store: Store) -> None:
    for number in range(7):
        need(store, elder(store, f"老人{number}", seen_on=TODAY).id)
    page.refresh()
    more = next(item for item in page.work.rows() if item.key == "needsmore")
    assert more.line.title == "还有 3 条，都列出来"
    page.work.opened.emit(more)
    assert sum("老人" in text or "马根宝" in text for text in texts(page)) == 8


def test_a_certificate_that_is_over_is_told_from_one_that_ends_soon(page: TodayPage, store: Store) -> None:
    holders: list[Provider] = []
    for name, left in (("净邻家政", -40), ("亮洁家电", 20)):
        holders.append(enterprise(store, name))
        with store.operation("add_certificate"):
            store.add(Certificate(provider_id=holders[-1].id, kind="空调清洗", expires_on=TODAY + timedelta(days=left)))
    book(store, elder(store).id, holders[0].id, category_id=AIRCON, day=TOMORROW, starts=600, reason="说好了")
    page.refresh()
    told = [item.line.as_text() for item in page.work.rows() if item.key.startswith("certs")]
    assert told == [
        "证书过期、快到期 2 看证书",
        "净邻家政 空调清洗，以后还约了 1 次上门 过期 40 天",
        "亮洁家电 空调清洗 4月7日",
    ]


def test_an_elder_who_pauses_for_long_is_asked_after(page: TodayPage, session: Session, store: Store) -> None:
    gone: list[Target] = []
    session.navigated.connect(gone.append)
    since = TODAY - timedelta(days=45)
    away = elder(store, "俞阿大", state=ElderState.PAUSED, state_on=since, state_reason="住院")
    page.refresh()
    line = next(item for item in page.work.rows() if item.key == f"paused{away.id}")
    assert "暂停好久的老人 1" in texts(page)
    assert line.line.as_text() == "俞阿大 住院 停了 45 天"
    page.work.opened.emit(line)
    assert (gone[-1].page_key, gone[-1].record) == ("elders", Ref(Elder, away.id))


def test_visits_that_rest_for_long_are_asked_after(open_window: Open, session: Session, store: Store) -> None:
    since = TODAY - timedelta(days=45)
    gu, gao = volunteer(store), elder(store, "俞阿大", seen_on=TODAY)
    rule = Series(
        elder_id=gao.id, services=(ServiceLine(category_id=CHAT),), provider_ids=(gu.id,), starts=600, minutes=60,
        interval=Interval.WEEKLY, begins_on=since, pauses=(Pause(since=since, reason="女儿来住"),),
    )  # fmt: skip
    with store.operation("begin_series"):
        rests = store.add(rule)
    window = open_window("today")
    page = window.current_page()
    assert isinstance(page, TodayPage)
    line = next(item for item in page.work.rows() if item.key == f"resting{rests.id}")
    assert "停了好久的定期上门 1" in texts(page)
    assert line.line.as_text() == "俞阿大 陪伴聊天·女儿来住 停了 45 天"
    page.work.opened.emit(line)
    there = window.current_page()
    assert isinstance(there, VisitsPage)
    current = there.series.table.current()
    assert current is not None
    assert current.series.id == rests.id
    assert there.series.resume_button.isVisible()


def test_the_radar_shows_everybody_long_unseen(
    page: TodayPage, session: Session, store: Store, dialogs: ScriptedDialogs
) -> None:
    gone: list[Target] = []
    session.navigated.connect(gone.append)
    long = elder(store, "俞阿大", seen_on=TODAY - timedelta(days=80))
    booked = elder(store, "金阿二", seen_on=TODAY - timedelta(days=40))
    book(store, booked.id, 1, day=TOMORROW, starts=600)
    page.refresh()
    heading = next(item for item in page.work.rows() if item.key == "unseen")
    assert (heading.line.as_text(), heading.run is not None) == ("好久没人见过的老人 2 看全部", True)
    page.work.clicked.emit(page.work.model().index(page.work.rows().index(heading), 0))
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, RadarDialog)
    assert [one.name for one in dialog.table.rows()] == ["俞阿大"]
    dialog.without.click()
    assert [(one.name, one.next_visit) for one in dialog.table.rows()] == [("俞阿大", None), ("金阿二", TOMORROW)]
    dialog.table.choose(long.id)
    dialog.book_button.click()
    assert (gone[-1].page_key, gone[-1].record) == ("phone", Ref(Elder, long.id))


def test_the_backup_is_made_from_here(page: TodayPage, session: Session, qtbot: QtBot) -> None:
    assert page.backup.words.text() == "还没有备份"
    assert page.backup.property("state") == "warn"
    page.backup.now_button.click()
    qtbot.waitUntil(lambda: bool(list_backups(session.store.path)) and not session.is_lent)
    assert page.backup.words.text().endswith("已备份")
    assert not page.backup.property("state")
