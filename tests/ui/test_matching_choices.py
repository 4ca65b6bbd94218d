"""What somebody chose on 结对匹配 stays chosen, and what was told of it comes true."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions import providers
from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.actions.matching import propose_plan
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.model.needs import Need, Urgency
from jiuliting_desk.model.providers import Provider, Skill
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.matching.run import Proposal
from jiuliting_desk.ui.pages.matching.ways import Way
from jiuliting_desk.ui.pages.matching.weights import WeightsDialog
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from tests.actions.people import AIRCON, ERRANDS, HAIRCUT, TODAY, elder, need, volunteer
from tests.ui.matching import CTRL, press, settled, three_needs
from tests.ui.scripted import ScriptedDialogs


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MatchingPage:
    """Three needs, of which nobody can meet the third."""
    return three_needs(session, open_window, qtbot)


def test_whom_a_digit_chose_no_plan_that_comes_later_replaces(page: MatchingPage, qtbot: QtBot) -> None:
    page.show_need(2)
    side, inputs = page.candidates, page.inputs
    assert inputs is not None
    settled(page, qtbot)
    side.show_need(inputs, side.need, today=TODAY, preferred=0)
    assert page.needs.lines.hasFocus()
    press(page, Qt.Key.Key_2)
    chosen = side.current()
    assert chosen is not None
    assert chosen.place == 2
    side.show_need(inputs, side.need, today=TODAY, preferred=1)
    assert side.current() == chosen
    # Another need begins with whom the plan has.
    page.show_need(1)
    page.show_need(2)
    first = side.current()
    assert first is not None
    assert first.place == 1


def lines(page: MatchingPage) -> dict[int, int]:
    """Who goes, by need."""
    return {line.need_id: line.provider_id for line in page.plan_side.table.rows() if not line.is_locked}


def test_putting_somebody_in_does_what_was_foretold_and_undo_gives_the_plan_back_as_it_was(
    session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    with session.store.operation("demo"):
        fill_with_demo(session.store, elders=120, volunteers=30, visits=60, seed=4, today=TODAY)
    page = open_window("matching").current_page()
    assert isinstance(page, MatchingPage)
    settled(page, qtbot)
    assert page.inputs is not None
    assert page.proposal is not None
    assert page.proposal.causes is not None
    tried = 0
    for need_id in list(page.inputs.needs):
        before = lines(page)
        page.show_need(need_id)
        for shown in page.candidates.lines.rows()[:4]:
            cost = None if shown.candidate is None else page.proposal.causes.cost(need_id, shown.provider)
            if cost is None or not (cost.lost and cost.least) or before.get(need_id) == shown.provider:
                continue
            assert page.candidates.choose_provider(shown.provider)
            press(page, Qt.Key.Key_P)
            settled(page, qtbot)
            assert lines(page) == cost.carried_out(before) | {need_id: shown.provider}
            moved = {line.need_id for line in page.plan_side.table.rows() if line.moved}
            assert moved == {line.need for line in cost.moved}
            press(page, Qt.Key.Key_Z, CTRL)
            settled(page, qtbot)
            assert lines(page) == before
            tried += 1
        if tried >= 6:
            return
    raise AssertionError("too few choices that cost somebody their line")


def three_for_one(session: Session) -> tuple[list[Need], Provider]:
    """Three, the first the most urgent, who wait for a service that one volunteer gives once a month."""
    store = session.store
    helper = volunteer(store, "葛林", skills=(ERRANDS,), visits_per_month=1)
    urgencies = Urgency.HIGH, Urgency.HIGH, Urgency.NORMAL
    homes = [elder(store, name) for name in ("奚金", "方娟", "柏毛")]
    found = [need(store, home.id, ERRANDS, urgency=how) for home, how in zip(homes, urgencies, strict=True)]
    session.changed.emit(frozenset({Need}))
    return found, helper


def going(page: MatchingPage, provider_id: int) -> dict[int, Source]:
    """The needs that somebody has in the plan, and where that comes from."""
    return {line.need_id: line.source for line in page.plan_side.table.rows() if line.provider_id == provider_id}


def close_dialogs() -> None:
    """Close whatever form was opened, without saving."""
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, WindowDialog):
            dialog.close()


def way_of(page: MatchingPage, need_id: int) -> Way:
    """The first way out of a need."""
    page.show_need(need_id)
    return next(shown.way for shown in page.candidates.lines.rows() if shown.way is not None)


def test_the_time_that_was_asked_for_one_goes_to_that_one_though_a_heavier_need_waits(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    (first, second, third), helper = three_for_one(session)
    settled(page, qtbot)
    assert going(page, helper.id) == {first.id: Source.PROPOSED}
    way = way_of(page, third.id)
    assert way.title == "请葛林本月多去 1 次"
    page.candidates.way_wanted.emit(way)
    close_dialogs()
    # Nothing was written: nothing changes.
    session.goto("matching")
    page.plan_again()
    settled(page, qtbot)
    assert going(page, helper.id) == {first.id: Source.PROPOSED}
    session.perform(providers.edit_provider, provider=replace(helper, visits_per_month=2))
    settled(page, qtbot)
    assert going(page, helper.id) == {first.id: Source.PROPOSED, third.id: Source.CHOSEN}
    # That was what had been asked for; more time is the plan's again.
    session.perform(providers.edit_provider, provider=replace(helper, visits_per_month=3))
    settled(page, qtbot)
    assert going(page, helper.id) == {first.id: Source.PROPOSED, second.id: Source.PROPOSED, third.id: Source.CHOSEN}


def test_whoever_is_recruited_for_one_goes_to_that_one(page: MatchingPage, session: Session, qtbot: QtBot) -> None:
    (first, second, third), helper = three_for_one(session)
    settled(page, qtbot)
    page.show_need(third.id)
    ways = [shown.way for shown in page.candidates.lines.rows() if shown.way is not None]
    page.candidates.way_wanted.emit(next(way for way in ways if way.provider_id < 0))
    close_dialogs()
    new = Provider(name="新来的", skills=(Skill(category_id=ERRANDS),), visits_per_month=1, phones=helper.phones)
    session.perform(providers.register_provider, provider=new)
    session.goto("matching")
    settled(page, qtbot)
    (recruit,) = session.store.where(Provider, name="新来的")
    assert going(page, recruit.id) == {third.id: Source.CHOSEN}
    assert going(page, helper.id) == {first.id: Source.PROPOSED}
    assert page.proposal is not None
    assert second.id in page.proposal.plan.unserved


def test_letting_a_line_loose_again_is_taken_back_in_words_that_say_so(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    page.show_need(2)
    for _ in range(2):
        press(page, Qt.Key.Key_L)
        settled(page, qtbot)
    said: list[str] = []
    session.said.connect(lambda message: said.append(message.text))
    press(page, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "又放进方案：顾海宁 → 马根宝　陪伴聊天，别的都没动。" in said)
    assert going(page, 1)[2] is Source.CHOSEN


def test_the_middle_does_not_stay_on_somebody_whom_the_plan_had_and_a_rule_keeps_away_now(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    page.show_need(1)
    session.perform(providers.pause_provider, provider_id=1, reason="住院")
    settled(page, qtbot)
    page.needs.lines.setFocus()
    shown = page.candidates.current()
    assert shown is not None
    assert shown.way is not None


@pytest.mark.parametrize("place", ["needs", "middle"])
def test_the_middle_stands_on_what_to_do_again_once_the_ways_out_are_there_again(
    page: MatchingPage, session: Session, qtbot: QtBot, place: str
) -> None:
    found, helper = three_for_one(session)
    settled(page, qtbot)
    page.show_need(found[2].id)
    (page.candidates.lines if place == "middle" else page.needs.lines).setFocus()
    first = page.candidates.current()
    assert first is not None
    assert first.way is not None
    # Written elsewhere and taken back: the ways out are worked out anew each time.
    session.perform(change_settings, values={"match_nearness": "200"})
    settled(page, qtbot)
    session.undo()
    assert not any(shown.way for shown in page.candidates.lines.rows())
    settled(page, qtbot)
    assert page.candidates.current() == first
    # Served by a greater limit, and not any more: nobody chose whom the plan had.
    session.perform(providers.edit_provider, provider=replace(helper, visits_per_month=3))
    settled(page, qtbot)
    served = page.candidates.current()
    assert served is not None
    assert served.provider == helper.id
    page.needs.lines.setFocus()
    session.undo()
    settled(page, qtbot)
    again = page.candidates.current()
    assert again is not None
    assert again.way is not None


def test_who_settles_in_the_middle_stands_on_what_to_do_for_the_next_to_whom_nobody_goes(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    found, helper = three_for_one(session)
    session.perform(providers.edit_provider, provider=replace(helper, visits_per_month=2))
    settled(page, qtbot)
    assert going(page, helper.id).keys() == {found[0].id, found[1].id}
    page.show_need(found[1].id)
    page.candidates.lines.setFocus()
    press(page, Qt.Key.Key_Return)
    settled(page, qtbot)
    need_now, shown = page.candidates.need, page.candidates.current()
    assert need_now is not None
    assert need_now.id == found[2].id
    # He could still go, to be sure: at the cost of somebody more urgent.
    assert page.candidates.lines.hasFocus()
    assert shown is not None
    assert shown.way is not None


def test_whoever_was_clicked_is_stood_on_when_the_plan_comes(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    found, helper = three_for_one(session)
    session.perform(providers.edit_provider, provider=replace(helper, visits_per_month=2))
    settled(page, qtbot)
    page.show_need(found[1].id)
    page.candidates.lines.setFocus()
    press(page, Qt.Key.Key_Return)
    assert page.run.is_running
    lines = page.candidates.lines
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=lines.visualRect(lines.currentIndex()).center())
    settled(page, qtbot)
    shown = page.candidates.current()
    assert shown is not None
    assert (shown.provider, shown.way) == (helper.id, None)


def test_whom_one_chose_stays_in_sight_when_the_ways_out_come_above(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    found, _ = three_for_one(session)
    settled(page, qtbot)
    page.window().resize(1024, 600)
    page.show_need(found[2].id)
    press(page, Qt.Key.Key_1)
    session.perform(change_settings, values={"match_nearness": "200"})
    settled(page, qtbot)
    lines = page.candidates.lines
    assert [shown.way is None for shown in lines.rows()][1:3] == [False, False]
    shown = page.candidates.current()
    assert shown is not None
    assert shown.candidate is not None
    assert lines.viewport().rect().intersects(lines.visualRect(lines.currentIndex()))


def test_in_a_low_window_the_plan_keeps_more_room_than_those_whom_nobody_meets(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    volunteer(session.store, "鲍文良", visits_per_month=None)
    for number in range(12):
        need(session.store, elder(session.store, f"老人{number}").id, AIRCON if number < 4 else HAIRCUT)
    session.changed.emit(frozenset({Need, Provider}))
    settled(page, qtbot)
    side = page.plan_side
    page.window().resize(1147, 560)
    qtbot.waitUntil(lambda: side.unserved.height() + side.table.height() < 300)
    qtbot.waitUntil(lambda: side.table.height() > 1.4 * side.unserved.height())
    assert len(side.unserved.lines.rows()) == 5
    # In the smallest window no line of the plan is given away to a bar that moves it sideways by a few pixels.
    page.window().resize(1024, 600)
    qtbot.waitUntil(lambda: page.width() < 1000 and side.table.verticalScrollBar().maximum() > 0)
    assert side.table.horizontalScrollBar().maximum() == 0


def test_what_the_plan_does_not_need_is_room_for_those_whom_nobody_meets(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    for number in range(30):
        need(session.store, elder(session.store, f"老人{number}").id, AIRCON)
    session.changed.emit(frozenset({Need}))
    settled(page, qtbot)
    side = page.plan_side
    qtbot.waitUntil(lambda: side.unserved.height() > 2 * side.table.height())
    assert side.table.verticalScrollBar().maximum() == 0, "both lines of the plan are seen whole"
    side.unserved.lines.setFocus()
    press(page, Qt.Key.Key_Return, CTRL)
    settled(page, qtbot)
    assert len(side.table.rows()) == 2
    assert side.table.verticalScrollBar().maximum() == 0


def test_causes_of_quite_another_plan_are_not_told_while_one_is_being_made(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    def told() -> list[int]:
        return [cause.need for cause in page.plan_side.unserved.lines.rows()]

    before = page.proposal
    assert before is not None
    assert told() == [3]
    one = need(session.store, elder(session.store, "一位").id, AIRCON)
    session.changed.emit(frozenset({Need}))
    assert told() == [3]
    settled(page, qtbot)
    assert told() == [3, one.id]
    many = [need(session.store, elder(session.store, f"老人{number}").id, AIRCON).id for number in range(21)]
    session.changed.emit(frozenset({Need}))
    assert told() == []
    assert page.inputs is not None
    page.run.found.emit(Proposal(inputs=page.inputs, plan=before.plan, is_final=False))
    assert told() == []
    settled(page, qtbot)
    assert told() == [3, one.id, *many]


def test_rules_that_would_leave_somebody_without_anybody_name_them(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    session.perform(change_settings, values={"rule_no_common_half_day": "0"})
    session.perform(providers.pause_provider, provider_id=1, reason="住院")
    settled(page, qtbot)
    page.set_weights()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, WeightsDialog)
    dialog.ticks["rule_no_common_half_day"].click()
    dialog.look_at_plan()
    qtbot.waitUntil(lambda: dialog.plan_effect.text().startswith("整体方案"))
    told = "整体方案：多排进 0 条，排不进了 1 条，换人 0 条。排不进的是高莲英 理发。"
    assert dialog.plan_effect.text() == told
    dialog.reject()


def test_plans_on_the_way_do_not_move_the_mark_in_the_middle(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    page.show_need(2)
    first = page.candidates.current()
    assert first is not None
    assert (first.provider, page.proposal is not None) == (1, True)
    page.memory.chosen[2] = 2
    page.plan_again()
    assert page.run.is_running
    assert page.ground is not None
    other = propose_plan(page.ground.inputs, steering=page.memory.steering())
    page.run.found.emit(Proposal(inputs=page.ground.inputs, plan=other, is_final=False))
    page.needs.current_changed.emit(page.needs.current())
    assert going(page, 2) == {2: Source.CHOSEN}
    assert page.candidates.current() == first
    settled(page, qtbot)
    last = page.candidates.current()
    assert last is not None
    assert last.provider == 2


def test_while_no_plan_is_whole_nothing_is_said_to_have_moved_with_a_choice(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    page.show_need(2)
    assert page.proposal is not None
    # As if the first plan on its way had had others.
    page.run.found.emit(replace(page.proposal, causes=None, is_final=False))
    for line in page.plan_side.table.rows():
        line.provider_id, line.provider = 3, "丁兰"
    said: list[str] = []
    session.said.connect(lambda message: said.append(message.text))
    assert page.candidates.choose_provider(2)
    press(page, Qt.Key.Key_P)
    settled(page, qtbot)
    assert said[-1] == "已放进方案：汤立新 → 马根宝　陪伴聊天。"
    assert not any(line.moved for line in page.plan_side.table.rows())
