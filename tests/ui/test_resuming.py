"""Back early from a pause: who goes where nobody was found is asked, and what is said when a visit is on again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jiuliting_desk.actions import pairings
from jiuliting_desk.actions.providers import pause_provider
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.providers import Provider, ProviderState
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.elders import EldersPage
from jiuliting_desk.ui.pages.today import TodayPage
from jiuliting_desk.ui.resuming import resume
from jiuliting_desk.ui.session import Ref, Session, Target
from jiuliting_desk.ui.visit_steps import VisitSteps
from jiuliting_desk.ui.widgets.banner import Message
from tests.actions.people import HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import book
from tests.ui.phone import open_phone
from tests.ui.scripted import ScriptedDialogs


@pytest.fixture
def away(open_window: Callable[..., MainWindow], store: Store) -> Provider:
    """A helper who pauses for two of three visits; for the second somebody else has said yes."""
    gu, tang, gao = volunteer(store, visits_per_month=None), volunteer(store, "汤立新"), elder(store)
    weekly = need(store, gao.id, rhythm=Rhythm.WEEKLY)
    services = (ServiceLine(category_id=HAIRCUT, need_id=weekly.id),)
    booked = [book(store, gao.id, gu.id, day=TODAY + timedelta(weeks=week), services=services) for week in (1, 2, 3)]
    with store.operation("pause_provider"):
        left = [visit.id for visit in booked[:2]]
        pause_provider(store, provider_id=gu.id, reason="出门", today=TODAY, leave_visit_ids=left)
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=weekly.id + 2, provider_id=tang.id, today=TODAY)
    open_window("providers")
    return store.get(Provider, gu.id)


@pytest.mark.parametrize("answer", ["", "only", "again"])
def test_who_is_back_early_is_asked_about_the_visits_that_nobody_took_over(
    away: Provider, store: Store, session: Session, dialogs: ScriptedDialogs, answer: str
) -> None:
    said: list[Message] = []
    session.said.connect(said.append)
    dialogs.answers = [answer]
    resume(session, away.id)
    question = dialogs.asked[-1]
    assert question.lines == ("3月25日 周三 14:00 高莲英　理发；4月1日 周三 14:00 高莲英　理发",)
    assert question.choices[-1].words == "恢复，这 2 次还是本人去"
    is_back = store.get(Provider, away.id).state is ProviderState.ACTIVE
    assert is_back == (answer != "")
    open_visits = sum(visit.is_open for visit in store.all(Visit))
    waiting = [found.state for found in store.all(Need)[1:]]
    if answer == "again":
        assert (open_visits, waiting) == (3, [NeedState.CLOSED] * 2)
        told = "2 次上门又由本人去，要打电话告诉老人，不再找人代去；汤立新认领过，要告诉一声不用去了。"
        assert said[-1].text == f"已恢复：顾海宁。{told}"
    else:
        assert (open_visits, waiting) == (1, [NeedState.OPEN, NeedState.CLAIMED])


def test_who_is_back_and_leaves_nobody_waiting_is_not_asked(
    away: Provider, store: Store, session: Session, dialogs: ScriptedDialogs
) -> None:
    session.undo()
    session.undo()
    with store.operation("pause_provider"):
        pause_provider(store, provider_id=away.id, reason="出门", today=TODAY)
    resume(session, away.id)
    assert dialogs.asked == []
    assert store.get(Provider, away.id).state is ProviderState.ACTIVE


def test_it_is_said_that_nobody_is_sought_where_the_visit_is_on_again(
    away: Provider, store: Store, session: Session
) -> None:
    said: list[Message] = []
    session.said.connect(said.append)
    VisitSteps(session).reinstate(1)
    assert said[-1].text == "已恢复上门：顾海宁 → 高莲英　理发　3月25日 14:00，不再找人代去。"
    # Somebody is booked instead: the visit stays cancelled.
    book(store, 1, 2, day=TODAY + timedelta(weeks=2), services=(ServiceLine(category_id=HAIRCUT, need_id=3),))
    VisitSteps(session).reinstate(2)
    assert said[-1].text == "已经约了汤立新 2026年4月1日 14:00 代去，这次上门没有恢复。要照原来的去，先取消那一次。"
    assert not store.get(Visit, 2).is_open
    assert away.state is ProviderState.PAUSED


def test_the_telephone_proposes_the_day_and_hour_of_the_one_who_is_away(
    away: Provider, store: Store, open_window: Callable[..., MainWindow]
) -> None:
    page = open_phone(open_window)
    for need_id, day in ((3, TODAY + timedelta(weeks=2)), (2, TODAY + timedelta(weeks=1))):
        page.show_record(Ref(Need, need_id), "")
        assert (page.plan.need_id, page.plan.day, page.plan.starts) == (need_id, day, 14 * 60)
    page.book()
    assert store.get(Need, 2).state is NeedState.BOOKED
    assert away.id not in store.get(Visit, 4).provider_ids


def test_whom_nobody_goes_to_this_week_instead_stands_on_the_first_page(
    away: Provider, store: Store, session: Session, open_window: Callable[..., MainWindow]
) -> None:
    gone: list[Target] = []
    page = open_window("today").current_page()
    assert isinstance(page, TodayPage)
    session.navigated.connect(gone.append)
    lines = [item for item in page.work.rows() if item.key.startswith("s")]
    assert [item.line.as_text() for item in lines] == ["还没约到人代去 1 去结对", "高莲英 理发· 3月25日 周三"]
    page.work.opened.emit(lines[1])
    assert (gone[-1].page_key, gone[-1].record) == ("phone", Ref(Need, 2))
    services = (ServiceLine(category_id=HAIRCUT, need_id=2),)
    book(store, 1, away.id + 1, day=TODAY + timedelta(weeks=1), services=services)
    page.refresh()
    assert "还没约到人代去" not in {item.line.title for item in page.work.rows()}


def test_the_days_of_a_pause_are_one_word_beside_the_elder(
    away: Provider, store: Store, open_window: Callable[..., MainWindow]
) -> None:
    page = open_window("elders").current_page()
    assert isinstance(page, EldersPage)
    page.table.choose(1)
    assert page.panel.chip_texts() == ["理发·已预约", "理发·2 次找人代"]
    book(store, 1, away.id + 1, day=TODAY + timedelta(weeks=1), services=(ServiceLine(category_id=HAIRCUT, need_id=2),))
    page.refresh()
    assert page.panel.chip_texts() == ["理发·已预约", "理发·1 次找人代"]
