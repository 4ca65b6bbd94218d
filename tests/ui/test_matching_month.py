"""结对匹配: which month is planned, shown and chosen on the page, and what is confirmed for it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.pairings import claim_need
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import ServiceLine
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.matching.month_choice import NEXT, THIS
from jiuliting_desk.ui.pages.matching.run import Ground, Proposal
from jiuliting_desk.ui.pages.matching.ways import WayKind
from jiuliting_desk.ui.remembered import Remembered
from jiuliting_desk.ui.session import Session
from tests.actions.people import HAIRCUT, elder, need, volunteer
from tests.actions.visits import book
from tests.ui.matching import CTRL, press, settled
from tests.ui.scripted import ScriptedDialogs


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(store: Store, clock: Clock, dialogs: ScriptedDialogs, tmp_path: Path) -> Iterator[Session]:
    """A session on an empty file, on 29 November."""
    made = Session(store, dialogs=dialogs, remembered=Remembered(tmp_path / "window.json"), now=clock)
    yield made
    made.jobs.stop()


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MatchingPage:
    """Two who wait for a haircut, and a barber of one visit a month who goes somewhere on 30 November."""
    store = session.store
    barber = volunteer(store, visits_per_month=1)
    line = ServiceLine(category_id=HAIRCUT)
    book(store, elder(store, "奚金").id, barber.id, day=date(2026, 11, 30), services=(line,))
    for name in ("高莲英", "马根宝"):
        need(store, elder(store, name).id)
    window = open_window("matching")
    found = window.current_page()
    assert isinstance(found, MatchingPage)
    settled(found, qtbot)
    return found


def lines(page: MatchingPage) -> list[tuple[str, str]]:
    """Elders and who goes to them."""
    return [(line.elder, line.provider) for line in page.plan_side.table.rows()]


def choose(page: MatchingPage, place: int, qtbot: QtBot) -> None:
    """Click on this month or the next."""
    page.plan_side.months.months.buttons()[place].click()
    settled(page, qtbot)


def test_late_in_a_month_the_page_plans_the_next_one_and_the_clerk_may_choose(
    page: MatchingPage, clock: Clock, qtbot: QtBot
) -> None:
    months = page.plan_side.months
    assert [button.text() for button in months.months.buttons()] == ["11 月", "12 月"]
    assert (months.months.value(), months.note) == (NEXT, "11 月还剩 1 天")
    assert page.plan_side.summary.text().startswith("11 月还剩 1 天。共 ")
    assert len(lines(page)) == 1
    candidates = page.candidates.lines
    assert candidates.lines_model.line(1).right == "12 月 0 / 1 次"
    choose(page, THIS, qtbot)
    assert lines(page) == []
    (excluded,) = [shown.exclusion for shown in candidates.rows() if shown.exclusion is not None]
    assert "本月已排 1 次" in excluded.texts[0]
    assert page.plan_side.unserved.lines.rows()[0].text == "会理发的 1 位本月排满了"
    # The choice holds when the page is made again, until another month is the usual one.
    assert page.looking.month() == date(2026, 11, 1)
    clock.now = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    assert page.looking.month() == date(2026, 12, 1)
    page.refresh()
    settled(page, qtbot)
    assert [button.text() for button in months.months.buttons()] == ["12 月", "1 月"]
    assert (months.months.value(), months.note) == (THIS, "")
    assert page.plan_side.summary.text().startswith("共 ")


def test_what_is_confirmed_for_december_waits_for_it_and_is_taken_back_in_one_step(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    press(page, Qt.Key.Key_Return, CTRL)
    (claim,) = session.store.all(Claim)
    assert (claim.begins_on, claim.expires_on, claim.reason) == (date(2026, 12, 1), date(2026, 12, 15), "")
    settled(page, qtbot)
    assert page.plan_side.unserved.lines.rows()[0].text == "会理发的 1 位 12 月排满了"
    page.right.show_part("claims")
    assert page.right.held.claims.lines.lines_model.line(0).second == "11月29日认领，12 月去"
    press(page, Qt.Key.Key_Z, CTRL)
    assert session.store.count(Claim) == 0
    assert session.store.count(Need, state=NeedState.OPEN) == 2


def test_a_day_of_the_other_month_is_none_that_the_list_leaves_out(
    page: MatchingPage, store: Store, qtbot: QtBot
) -> None:
    (barber,) = store.all(Provider)
    visit = book(store, elder(store, "苗芬").id, barber.id, day=date(2026, 12, 20))
    instead = need(store, visit.elder_id, stands_in_for=visit.id)
    page.refresh()
    settled(page, qtbot)
    for place, is_there in ((THIS, False), (NEXT, True)):
        choose(page, place, qtbot)
        assert (instead.id in {shown.id for shown in page.needs.lines.rows()}) == is_there
        assert page.needs.scope_row.isHidden()


def test_one_need_is_settled_and_put_off_by_the_planned_month(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    (left,) = page.proposal.plan.unserved if page.proposal is not None else ()
    page.show_need(left)
    ways = [shown.way for shown in page.candidates.lines.rows() if shown.way is not None]
    assert ways[0].title == "请顾海宁 12 月多去 1 次"
    place = next(place for place, way in enumerate(ways) if way.kind is WayKind.LATER)
    assert (ways[place].button, ways[place].month) == ("排到 1 月", date(2027, 1, 1))
    page.candidates.lines.choose(f"w{place}")
    page.candidates.do()
    (claim,) = session.store.all(Claim)
    assert (claim.begins_on, claim.expires_on) == (date(2027, 1, 1), date(2027, 1, 15))
    assert claim.reason == "12 月排不进，排到 1 月"
    settled(page, qtbot)
    page.needs.lines.setFocus(Qt.FocusReason.OtherFocusReason)
    press(page, Qt.Key.Key_Return)
    first = session.store.all(Claim)[-1]
    assert (first.begins_on, first.reason) == (date(2026, 12, 1), "")


def test_a_line_chosen_by_hand_for_one_month_is_not_lost_by_looking_at_the_other(
    page: MatchingPage, qtbot: QtBot
) -> None:
    other = next(need for need in page.needs.lines.rows() if (need.elder, "顾海宁") not in lines(page))
    page.show_need(other.id)
    assert page.candidates.choose_provider(1)
    page.choose_by_hand()
    settled(page, qtbot)
    assert lines(page) == [(other.elder, "顾海宁")]
    choose(page, THIS, qtbot)
    assert lines(page) == []
    assert page.plan_side.summary.text().startswith("手选的不作数了")
    assert not page.take_back()
    choose(page, NEXT, qtbot)
    assert lines(page) == [(other.elder, "顾海宁")]
    assert page.take_back()
    settled(page, qtbot)


def test_trying_speaks_of_the_months_that_are_planned(page: MatchingPage, qtbot: QtBot) -> None:
    page.show_record(None, "trying")
    trying = page.right.trying
    assert "排到 1 月" in dict(trying.suppositions())
    trying.try_next_month()
    qtbot.waitUntil(lambda: bool(trying.lines.rows()) and trying.lines.rows()[0].title == "排到 1 月")
    assert trying.lines.rows()[1].second == "12 月排不进的，1 月排得进 1 条，其中急的 0 条"


def test_another_month_wanted_while_a_job_has_the_file_is_not_shown_as_if_it_were_planned(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    gate, said = Event(), list[str]()
    session.said.connect(lambda message: said.append(message.text))
    session.run_store_job(lambda _store, _progress: gate.wait(20), title="备份")
    months = page.plan_side.months.months
    QTest.mouseClick(months.buttons()[THIS], Qt.MouseButton.LeftButton)
    assert said[-1].startswith("“备份”还没做完")
    assert months.value() == NEXT
    gate.set()
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_who_would_have_too_much_in_the_month_after_is_told_beside_this_one(
    page: MatchingPage, store: Store, qtbot: QtBot
) -> None:
    tang = volunteer(store, "汤立新", visits_per_month=7)
    for name in ("苗芬", "邹福"):
        need(store, elder(store, name).id, rhythm=Rhythm.WEEKLY)
    first, second = store.where(Need, rhythm=Rhythm.WEEKLY)
    with store.operation("claim_need"):
        today, december = date(2026, 11, 29), date(2026, 12, 1)
        claim_need(store, need_id=first.id, provider_id=tang.id, today=today, month=december)
    page.refresh()
    settled(page, qtbot)
    choose(page, THIS, qtbot)
    row = next(line for line in page.plan_side.table.rows() if line.need_id == second.id)
    told = "12 月已答应 4 次，这里每月再加 4 次就超了"
    assert (row.provider, row.over_later) == ("汤立新", told)
    page.show_need(second.id)
    assert page.candidates.choose_provider(tang.id)
    shown = page.candidates.lines.lines_model.line(page.candidates.lines.currentIndex().row())
    assert (shown.title, shown.chips[-1].text) == ("汤立新", told)


def test_what_one_month_lacks_is_not_told_while_the_other_is_being_planned(
    page: MatchingPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (before,) = page.plan_side.unserved.lines.rows()
    assert "12 月" in before.text
    whole, half_way = page.proposal, []
    assert whole is not None

    def started(ground: Ground, *_rest: object) -> None:
        half_way.append(Proposal(inputs=ground.inputs, plan=whole.plan, is_final=False))

    with monkeypatch.context() as stopped:
        stopped.setattr(page.run, "start", started)
        page.plan_side.months.months.buttons()[THIS].click()
        page.run.found.emit(half_way[0])
        assert page.plan_side.unserved.lines.rows() == []
    page.plan_again()
    settled(page, qtbot)
    assert ["12 月" in cause.text for cause in page.plan_side.unserved.lines.rows()] == [False, False]
