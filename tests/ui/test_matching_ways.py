"""结对匹配: why nobody goes, the ways out, advice and what if, on the real window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions import pairings
from jiuliting_desk.matching.changes import Change, ChangeKind
from jiuliting_desk.matching.explain import Cure
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.model.needs import Need, NeedState, Urgency
from jiuliting_desk.model.pairings import Claim
from jiuliting_desk.model.providers import Certificate, Provider, ProviderState, Skill
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage
from jiuliting_desk.ui.pages.matching.supposing import SupposeDialog
from jiuliting_desk.ui.pages.matching.trying import Sort
from jiuliting_desk.ui.pages.matching.ways import Way, WayKind
from jiuliting_desk.ui.pages.matching.weights import WeightsDialog
from jiuliting_desk.ui.pages.providers.form import ProviderDialog
from jiuliting_desk.ui.session import Ref, Session, Target
from tests.actions.people import AIRCON, ERRANDS, HAIRCUT, TODAY, elder, need, volunteer
from tests.ui.matching import press, settled, three_needs
from tests.ui.scripted import ScriptedDialogs


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MatchingPage:
    """Three needs, of which nobody can meet the third."""
    return three_needs(session, open_window, qtbot)


# -- why nobody goes, and what then


def stand_on(page: MatchingPage, need_id: int) -> list[Way]:
    """Choose a need; gives the ways out that are listed for it."""
    page.show_need(need_id)
    return [shown.way for shown in page.candidates.lines.rows() if shown.way is not None]


def targets(session: Session) -> list[Target]:
    """Where the session is told to go from now on."""
    found: list[Target] = []
    session.navigated.connect(found.append)
    return found


def press_in(dialog: QWidget, key: Qt.Key) -> None:
    """Press a key where the keyboard is in a dialog."""
    widget = dialog.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def test_nobody_can_go_is_told_with_ways_out_and_enter_takes_the_first(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs
) -> None:
    found = targets(session)
    ways = stand_on(page, 3)
    assert page.candidates.cause.text() == "名单里没有人会清洗空调"
    assert (ways[0].kind, ways[0].button) == (WayKind.CURE, "登记新人")
    unserved = page.plan_side.unserved
    assert [found.need for found in unserved.lines.rows()] == [3]
    assert page.needs.lines.hasFocus()
    press(page, Qt.Key.Key_Return)
    assert [target.page_key for target in found] == ["providers"]
    dialogs.shown.pop().close()
    session.goto("matching")
    press(page, Qt.Key.Key_F6)
    current = page.candidates.current()
    assert current is not None
    assert current.way is ways[0]
    press(page, Qt.Key.Key_Return)
    assert [target.page_key for target in found[2:]] == ["providers"]
    dialogs.shown[-1].close()


def test_a_certificate_is_opened_where_it_lacks(page: MatchingPage, session: Session, qtbot: QtBot) -> None:
    cleaner = volunteer(session.store, "葛林", skills=(AIRCON,))
    session.changed.emit(frozenset({Provider}))
    settled(page, qtbot)
    found = targets(session)
    (line,) = page.plan_side.unserved.lines.rows()
    assert line.text == "会清洗空调的 1 位没有“空调清洗”证书"
    for _ in range(3):
        press(page, Qt.Key.Key_F6)
    assert page.plan_side.unserved.lines.hasFocus()
    press(page, Qt.Key.Key_Return)
    assert (found[-1].page_key, found[-1].record, found[-1].intent) == (
        "providers",
        Ref(Provider, cleaner.id),
        "certificates",
    )


def test_the_words_beside_an_unserved_need_are_a_button(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs
) -> None:
    found = targets(session)
    lines = page.plan_side.unserved.lines
    rect = lines.visualRect(lines.lines_model.index(0, 0))
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert found == []
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=rect.topRight() + QPoint(-30, 15))
    assert [target.page_key for target in found] == ["providers"]
    dialogs.shown[-1].close()


def test_another_half_day_is_written_once_the_elder_agrees(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    wanted = need(session.store, 1, HAIRCUT, half_days=(13,))
    with session.store.operation("set up"):
        session.store.update(replace(session.store.get(Provider, 1), half_days=(0, 5)))
    session.changed.emit(frozenset({Need}))
    settled(page, qtbot)
    way = next(way for way in stand_on(page, wanted.id) if way.button == "问改天")
    assert "顾海宁" in way.title
    dialogs.answers = [""]
    page.candidates.way_wanted.emit(way)
    assert session.store.get(Need, wanted.id).half_days == (13,)
    dialogs.answers = ["go"]
    page.candidates.way_wanted.emit(way)
    assert "现在写的是周日下午" in dialogs.asked[-1].text
    assert session.store.get(Need, wanted.id).half_days == (0, 5, 13)
    settled(page, qtbot)
    assert wanted.id in {line.need_id for line in page.plan_side.table.rows()}
    session.undo()
    assert session.store.get(Need, wanted.id).half_days == (13,)


def test_what_other_rules_do_to_all_needs_is_told_apart_from_the_page_s_count(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    need(session.store, 1, HAIRCUT, half_days=(13,))
    with session.store.operation("set up"):
        session.store.update(replace(session.store.get(Provider, 1), half_days=(0, 5)))
    session.changed.emit(frozenset({Need}))
    settled(page, qtbot)
    page.set_weights()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, WeightsDialog)
    dialog.ticks["rule_no_common_half_day"].click()
    dialog.look()
    assert dialog.effect.text().endswith("\n全部 4 条里，照规则谁都不能去的 2 → 1 条（不看有没有时间）。")
    dialog.close()


def test_the_list_of_those_whom_nobody_meets_shows_its_need_and_keeps_the_keyboard(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    wanted = need(session.store, 1, HAIRCUT, half_days=(13,))
    with session.store.operation("set up"):
        session.store.update(replace(session.store.get(Provider, 1), half_days=(0, 5)))
    session.changed.emit(frozenset({Need}))
    settled(page, qtbot)
    lines = page.plan_side.unserved.lines
    page.show_need(wanted.id)
    page.show_need(2)
    assert lines.current() is None
    lines.choose(wanted.id)
    lines.setFocus()
    current = page.needs.current()
    assert current is not None
    assert current.id == wanted.id
    dialogs.answers = ["go"]
    press(page, Qt.Key.Key_Return)
    assert session.store.get(Need, wanted.id).half_days == (0, 5, 13)
    assert lines.hasFocus()
    settled(page, qtbot)
    assert [found.need for found in lines.rows()] == [3]
    assert lines.hasFocus()


def test_somebody_who_pauses_is_resumed_in_one_step(page: MatchingPage, session: Session, qtbot: QtBot) -> None:
    helper = volunteer(session.store, "葛林", skills=(AIRCON,), state=ProviderState.PAUSED)
    with session.store.operation("set up"):
        session.store.add(Certificate(provider_id=helper.id, kind="空调清洗"))
    session.changed.emit(frozenset({Provider}))
    settled(page, qtbot)
    way = stand_on(page, 3)[0]
    assert (way.title, way.button) == ("请葛林恢复服务", "恢复服务")
    page.candidates.way_wanted.emit(way)
    assert session.store.get(Provider, helper.id).state is ProviderState.ACTIVE
    settled(page, qtbot)
    assert page.plan_side.unserved.lines.rows() == []


def one_for_two(session: Session) -> tuple[Need, Need, Provider]:
    """Two who wait for a service that one volunteer gives once a month."""
    store = session.store
    with store.operation("set up"):
        helper = store.add(Provider(name="葛林", skills=(Skill(category_id=ERRANDS),), visits_per_month=1, phones=()))
    first = need(store, elder(store, "奚金").id, ERRANDS, urgency=Urgency.HIGH)
    second = need(store, elder(store, "方娟").id, ERRANDS)
    session.changed.emit(frozenset({Need}))
    return first, second, helper


def test_a_need_without_time_waits_for_next_month_or_is_insisted_upon(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    first, second, helper = one_for_two(session)
    settled(page, qtbot)
    ways = {way.kind: way for way in stand_on(page, second.id)}
    assert page.candidates.cause.text() == "葛林本月还能给 1 次，只有这一位能去的 2 条一共要 2 次"
    assert ways[WayKind.INSIST].note == "奚金 代买代办就排不进了"
    # Whoever is stood on is told with what putting him in would cost.
    press(page, Qt.Key.Key_1)
    current = page.candidates.current()
    assert current is not None
    assert current.provider == helper.id
    assert page.candidates.effect.text() == "放进方案的话：奚金 代买代办就排不进了"
    with qtbot.waitSignal(session.said) as said:
        page.candidates.way_wanted.emit(ways[WayKind.INSIST])
    assert said.args[0].text == "已放进方案：葛林 → 方娟　代买代办；跟着动了 1 条：奚金　代买代办：葛林 → 没人去"
    settled(page, qtbot)
    assert {line.need_id: line.source for line in page.plan_side.table.rows()}[second.id] is Source.CHOSEN
    assert session.store.all(Claim) == []
    later = {way.kind: way for way in stand_on(page, first.id)}[WayKind.LATER]
    assert later.title == "排到 4 月，葛林去"
    page.candidates.way_wanted.emit(later)
    (claim,) = session.store.all(Claim)
    assert (claim.need_id, claim.reason) == (first.id, "本月排不进，排到 4 月")
    assert claim.expires_on == date(2026, 4, 15)


def test_where_two_things_are_wanted_the_form_names_both(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs
) -> None:
    way = next(way for way in stand_on(page, 3) if way.button == "改会做什么")
    page.candidates.way_wanted.emit(way)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, ProviderDialog)
    teach, certify = (change.text for change in way.cure.changes) if way.cure else ("", "")
    assert dialog.note.words() == f"{teach}，再{certify}，就排得进马根宝的清洗空调。"
    assert "证书" in certify
    dialog.close()


def test_a_limit_is_changed_at_its_field_and_the_form_says_what_to_write(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    _, second, _ = one_for_two(session)
    settled(page, qtbot)
    way = next(way for way in stand_on(page, second.id) if way.button == "改时间上限")
    page.candidates.way_wanted.emit(way)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, ProviderDialog)
    assert dialog.focusWidget() is dialog.ability.fields["visits_per_month"]
    assert dialog.note.words() == (
        "请葛林本月多去 1 次，就排得进方娟的代买代办。"
        "这里写的是每个月的上限，以后每个月都算数：现在 1 次，写 2 次就够。"
    )
    dialog.close()


def test_limits_that_are_asked_for_after_something_else_are_named_with_what_to_write(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    helper = volunteer(session.store, "葛林", skills=(AIRCON,), visits_per_month=2, minutes_per_month=120)
    session.changed.emit(frozenset({Provider}))
    settled(page, qtbot)
    asked = [
        (ChangeKind.FARTHER, 1100, "请葛林走远一点，到 1.1 公里"),
        (ChangeKind.MORE_MINUTES, 60, "请葛林本月多做 1 小时"),
        (ChangeKind.MORE_VISITS, 1, "多去 1 次"),
    ]
    changes = tuple(
        Change(kind=kind, text=text, provider=helper.id, need=3, category=AIRCON, amount=amount)
        for kind, amount, text in asked
    )
    way = replace(stand_on(page, 3)[0], cure=Cure(provider=helper.id, name="葛林", changes=changes))
    assert page.inputs is not None
    assert page.taking.asked_for(page.inputs, way, changes[0]) == (
        "请葛林走远一点，到 1.1 公里，再请葛林本月多做 1 小时，再多去 1 次，就排得进马根宝的清洗空调。"
        "这里写的是每个月的上限，以后每个月都算数：现在 120 分钟，写 180 分钟就够；现在 2 次，写 3 次就够。"
    )


def test_a_claim_about_to_lapse_makes_room(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    first, second, helper = one_for_two(session)
    with session.store.operation("earlier"):
        pairings.claim_need(session.store, need_id=first.id, provider_id=helper.id, today=TODAY - timedelta(days=12))
    session.changed.emit(frozenset({Claim}))
    settled(page, qtbot)
    way = stand_on(page, second.id)[0]
    assert (way.title, way.button) == ("把葛林认领的奚金家的代买代办放回去", "放回认领")
    dialogs.answers = [("go", "一直没约")]
    page.candidates.way_wanted.emit(way)
    assert session.store.get(Need, first.id).state is NeedState.OPEN
    # The more urgent one waits again; the time that was freed for this one stays with it.
    settled(page, qtbot)
    assert [(line.need_id, line.provider) for line in page.plan_side.table.rows() if line.provider_id == helper.id] == [
        (second.id, "葛林")
    ]
    session.undo()
    assert session.store.get(Need, first.id).state is NeedState.CLAIMED


# -- advice, and what if


def test_advice_is_worked_out_tried_and_nothing_is_written(page: MatchingPage, session: Session, qtbot: QtBot) -> None:
    trying = page.right.trying
    before = session.store.value("SELECT count(*) FROM operation")
    page.show_record(None, "trying")
    qtbot.waitUntil(lambda: bool(trying.lines.rows()))
    advised = [told for told in trying.lines.rows() if told.advice is not None]
    assert advised[0].title == "亭北新村一带，招一位会清洗空调、有“空调清洗”证书的"
    assert advised[0].right == "多 1 条"
    trying.copy_note()
    assert "会清洗空调" in QGuiApplication.clipboard().text()
    assert "马根宝" not in QGuiApplication.clipboard().text()
    trying.try_button.setFocus()
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: trying.outcome is not None)
    assert trying.lines.hasFocus()
    rows = trying.lines.rows()
    assert rows[1].second == "排得进 2 → 3 条，其中急的 0 → 0 条"
    assert [(told.sort, told.title, told.right) for told in rows[3:]] == [
        (Sort.GAINED, "马根宝 清洗空调", "新来的一位")
    ]
    assert [line.need_id for line in page.plan_side.table.rows()] == [1, 2]
    trying.back_button.setFocus()
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(told.advice is not None for told in trying.lines.rows()))
    assert trying.lines.hasFocus()
    assert session.store.value("SELECT count(*) FROM operation") == before


def test_one_who_stops_is_supposed(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    trying = page.right.trying
    page.show_record(None, "trying")
    dict(trying.suppositions())["有人不做了…"]()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, SupposeDialog)
    dialog.suppose()
    assert dialog.form.complaint("provider") == "先选一位。"
    QTest.keyClicks(dialog.provider, "ghn")
    press_in(dialog, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.try_button
    press_in(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: trying.outcome is not None)
    rows = trying.lines.rows()
    assert rows[0].title == "如果顾海宁不做了"
    assert {told.sort for told in rows[1:]} == {Sort.HEADING, Sort.LOST, Sort.MOVED}
    assert session.store.get(Provider, 1).state is ProviderState.ACTIVE


def test_one_more_and_next_month_are_supposed(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    _, second, _ = one_for_two(session)
    settled(page, qtbot)
    trying = page.right.trying
    page.show_record(None, "trying")
    dict(trying.suppositions())["多一位志愿者…"]()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, SupposeDialog)
    dialog.category.set_value(ERRANDS)
    dialog.hours.set_value(2)
    dialog.suppose()
    qtbot.waitUntil(lambda: trying.outcome is not None)
    assert trying.outcome is not None
    assert trying.outcome.difference.gained == (second.id,)
    assert trying.assumed.minutes == 120
    trying.try_next_month()
    qtbot.waitUntil(lambda: bool(trying.lines.rows()) and trying.lines.rows()[0].title == "排到 4 月")
    assert second.id in trying.outcome.difference.gained
    assert [told.second for told in trying.lines.rows()[1:3]] == [
        "本月排不进的，4 月排得进 1 条，其中急的 0 条",
        "方案里要重复去的 1 条照常去",
    ]


def test_the_keyboard_does_not_stay_on_an_empty_middle(page: MatchingPage, session: Session, qtbot: QtBot) -> None:
    with session.store.operation("set up"):
        for need_id in (2, 3):
            session.store.remove(session.store.get(Need, need_id))
    session.changed.emit(frozenset({Need}))
    settled(page, qtbot)
    press(page, Qt.Key.Key_F6)
    assert page.candidates.lines.hasFocus()
    press(page, Qt.Key.Key_Return)
    settled(page, qtbot)
    assert page.needs.lines.rows() == []
    assert page.plan_side.table.hasFocus()
