"""今日: visits of three days, what waits, and the steps that can be done from there."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jiuliting_desk.model.elders import Phone
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.today import TodayPage
from jiuliting_desk.ui.visit_steps import FinishDialog, MoveDialog
from tests.actions.people import TODAY, elder, need, volunteer
from tests.actions.test_feedback import enter
from tests.actions.visits import TOMORROW, book, done
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


def texts(page: TodayPage) -> list[str]:
    return [item.line.as_text() for item in [*page.visits.rows(), *page.work.rows()]]


def test_the_morning_at_a_glance(page: TodayPage) -> None:
    assert page.counts.text() == "1 次上门　1 张反馈表未交回　1 条需求等安排　1 件要回访"
    told = texts(page)
    assert told[0] == "今天 3月18日　1 次"
    assert told[1].startswith("14:00　高莲英 理发·顾海宁 还没提醒") or "14:00　高莲英" in told[1]
    assert any(text.startswith("徐桂香 理发·顾海宁") or "徐桂香" in text for text in told)
    assert "已过 8 天" in " ".join(told)
    assert "没擦窗" in " ".join(told)
    assert "马根宝" in " ".join(told)


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
    assert page.counts.text().startswith("1 次上门　2 张反馈表未交回")


def test_a_visit_is_moved_or_cancelled_with_a_reason(page: TodayPage, store: Store, dialogs: ScriptedDialogs) -> None:
    page.move_button.click()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, MoveDialog)
    dialog.form.set_values(day=TOMORROW, starts="14.00")
    dialog.save()
    assert dialog.form.complaint("starts")
    dialog.form.set_values(starts="1410")
    dialogs.answers = [("move", "顺路")]
    dialog.save()
    assert (store.get(Visit, 1).day, store.get(Visit, 1).override_reason) == (TOMORROW, "顺路")
    dialogs.answers = [("do", "老人身体不舒服")]
    page.visits.choose("v1")
    page.cancel_button.click()
    assert store.get(Visit, 1).reason == "老人身体不舒服"


def test_a_follow_up_closes_with_an_outcome(page: TodayPage, store: Store, dialogs: ScriptedDialogs) -> None:
    item = next(item for item in page.work.rows() if item.key.startswith("l") and item.run)
    dialogs.answers = [("close", "道歉，补擦了窗")]
    page.work.opened.emit(item)
    assert store.all(FollowUp)[0].outcome == "道歉，补擦了窗"
    assert "都办好了" in " ".join(texts(page))
