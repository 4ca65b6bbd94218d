"""结对匹配 on the real window: choose, settle, plan, confirm, release, all by keys."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions import certificates, pairings, providers, withdrawals
from jiuliting_desk.actions.elders import change_elder_state
from jiuliting_desk.actions.matching import rank_need, read_inputs
from jiuliting_desk.actions.needs import close_need
from jiuliting_desk.actions.visits import Outcome as VisitOutcome
from jiuliting_desk.actions.visits import finish_visit
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.model.visits import ServiceLine
from jiuliting_desk.store.matching_rows import waiting_by_committee
from jiuliting_desk.ui.going_out import GoingOutDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.matching import MatchingPage, looking
from jiuliting_desk.ui.pages.matching.weights import WeightsDialog
from jiuliting_desk.ui.pages.matching.words import Outcome
from jiuliting_desk.ui.session import Ref, Session, Target
from jiuliting_desk.ui.widgets.banner import Message
from tests.actions.people import AIRCON, CHAT, CLEAN, HAIRCUT, TODAY, elder, enterprise, need, volunteer
from tests.actions.visits import book
from tests.ui.matching import CTRL, NONE, press, settled, three_needs
from tests.ui.scripted import ScriptedDialogs


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow], qtbot: QtBot) -> MatchingPage:
    """Three needs, of which nobody can meet the third."""
    return three_needs(session, open_window, qtbot)


def test_needs_candidates_and_the_plan_are_shown(page: MatchingPage) -> None:
    assert [line.elder for line in page.needs.lines.rows()] == ["高莲英", "马根宝", "马根宝"]
    shown = page.candidates.lines.rows()
    assert [(line.name, line.place) for line in shown if line.provider] == [("顾海宁", 1), ("汤立新", 0), ("丁兰", 0)]
    assert "谁能去　1 位" in shown[0].heading
    assert [(line.elder, line.provider, line.source) for line in page.plan_side.table.rows()] == [
        ("高莲英", "顾海宁", Source.PROPOSED),
        ("马根宝", "顾海宁", Source.PROPOSED),
    ]
    assert page.plan_side.confirm_button.text() == "确认 2 条"
    assert page.plan_side.unserved.count.text() == "1"
    outcomes = [page.needs.lines.lines_model.line(place).second_right for place in range(3)]
    assert outcomes == ["有方案", "有方案", "没人能去"]


def test_the_plan_goes_out_as_a_workbook(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "方案.xlsx"
    dialogs.paths = [path]
    page.plan_side.table.setFocus()
    press(page, Qt.Key.Key_E, CTRL)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, GoingOutDialog)
    page.memory.unticked.clear()
    dialog.save()
    qtbot.waitUntil(lambda: not session.is_lent and path.exists())
    assert dialogs.save_names == ["结对方案 2026-03 2026-03-18.xlsx"]
    sheets = load_workbook(path)
    assert [sheet.max_row - 3 for sheet in sheets] == [2, 1, 0, 0]
    assert "高莲英" not in {cell.value for row in sheets["方案"] for cell in row}
    page.right.export_button.click()
    assert len(dialogs.shown) == 2
    dialogs.shown[-1].close()
    page.plan.proposal = None
    page.export()
    assert len(dialogs.shown) == 2


def test_a_single_need_is_claimed_and_a_weekly_one_paired_by_keys_alone(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    assert page.needs.lines.hasFocus()
    assert page.candidates.settle_button.text() == "这次请顾海宁去"
    press(page, Qt.Key.Key_1)
    press(page, Qt.Key.Key_Return)
    (claim,) = session.store.all(Claim)
    assert session.store.all(Pairing) == []
    assert [line.elder for line in page.needs.lines.rows()] == ["马根宝", "马根宝"]
    settled(page, qtbot)
    assert page.candidates.settle_button.text() == "和顾海宁结对"
    press(page, Qt.Key.Key_Return)
    (bond,) = session.store.all(Pairing)
    assert (bond.provider_id, bond.category_id) == (claim.provider_id, CHAT)
    assert session.store.count(Claim, state=ClaimState.HELD) == 2
    settled(page, qtbot)
    assert [line.source for line in page.plan_side.table.rows()] == [Source.CONFIRMED, Source.CONFIRMED]
    press(page, Qt.Key.Key_Z, CTRL)
    press(page, Qt.Key.Key_Z, CTRL)
    assert session.store.count(Need, state=NeedState.OPEN) == 3
    assert session.store.all(Pairing) == []


def test_someone_excluded_is_chosen_only_with_a_reason_that_is_kept(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs
) -> None:
    press(page, Qt.Key.Key_F6)
    assert page.candidates.lines.hasFocus()
    press(page, Qt.Key.Key_Down)
    current = page.candidates.current()
    assert current is not None
    assert current.name == "汤立新"
    assert "周三下午没有空" in page.candidates.chosen.text()
    dialogs.answers = [""]
    press(page, Qt.Key.Key_Return)
    assert session.store.all(Claim) == []
    dialogs.answers = [("go", "老人点名要他")]
    press(page, Qt.Key.Key_Return)
    assert dialogs.asked[-1].input_required
    assert "没有空" in dialogs.asked[-1].lines[0]
    (claim,) = session.store.all(Claim)
    assert claim.reason == "老人点名要他"


def test_ticked_lines_are_confirmed_in_one_step(page: MatchingPage, session: Session, qtbot: QtBot) -> None:
    table = page.plan_side.table
    press(page, Qt.Key.Key_F6)
    press(page, Qt.Key.Key_F6)
    assert table.hasFocus()
    press(page, Qt.Key.Key_Space)
    assert page.plan_side.confirm_button.text() == "确认 1 条"
    assert page.needs.lines.lines_model.line(0).second_right == "没打勾"
    # Nobody is counted twice: 待选 are those to whom nobody goes although somebody could, as at the right.
    assert page.needs.filter.buttons()[1].text() == "待选"
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Return, CTRL)
    assert session.store.count(Claim) == 2
    assert session.store.count(Pairing) == 1
    settled(page, qtbot)
    assert page.plan_side.last_step.text().startswith("上一步：确认方案")
    assert [line.id for line in page.needs.lines.rows()] == [3]
    page.plan_side.undo_button.click()
    settled(page, qtbot)
    assert session.store.count(Claim) == 0
    assert page.plan_side.confirm_button.text() == "确认 2 条"


def test_all_lines_are_ticked_or_none_and_a_range_with_shift(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    third = need(session.store, 1, HAIRCUT)
    session.changed.emit(frozenset({Need}))
    settled(page, qtbot)
    side = page.plan_side
    table, head = side.table, side.table.head
    assert (head.check_state(), side.confirm_button.text()) == (True, "确认 3 条")
    # What becomes a lasting pairing says so before, and is counted.
    assert [table.cell_text(at, "source") for at in range(3)] == ["建议", "建议结对", "建议"]
    assert "待您确认 3，没人能去 1。确认后新结 1 对" in side.summary.text()
    middle = QPoint(head.sectionViewportPosition(0) + head.sectionSize(0) // 2, head.height() // 2)
    table.setFocus()
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (head.check_state(), side.wanted(), head.sortIndicatorSection()) == (False, [], -1)
    assert "待您确认 3（勾了 0），" in side.summary.text()

    def click(row: int, modifier: Qt.KeyboardModifier) -> None:
        at = table.visualRect(table.rows_model.index(row, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, at)

    press(page, Qt.Key.Key_A, CTRL)
    assert (head.check_state(), side.confirm_button.text()) == (True, "确认 3 条")
    press(page, Qt.Key.Key_A, CTRL)
    click(0, NONE)
    assert head.check_state() is None
    click(2, Qt.KeyboardModifier.ShiftModifier)
    assert [line.need_id for line in side.wanted()] == [1, 2, third.id]
    click(1, NONE)
    # Another text size makes the page anew: what was left out stays left out.
    window = page.window()
    assert isinstance(window, MainWindow)
    window.rebuild()
    fresh = window.current_page()
    assert isinstance(fresh, MatchingPage)
    settled(fresh, qtbot)
    assert [line.need_id for line in fresh.plan_side.wanted()] == [1, third.id]


def test_a_line_that_no_longer_holds_is_marked_and_nothing_is_written(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    row = page.plan_side.table.rows()[0]
    with session.store.operation("stop_provider"):
        providers.stop_provider(session.store, provider_id=row.provider_id, reason="搬走了", today=TODAY)
    press(page, Qt.Key.Key_Return, CTRL)
    assert session.store.all(Claim) == []
    assert page.plan_side.table.cell_text(0, "source") == "要重排"
    assert not page.plan_side.confirm_button.isEnabled()
    page.plan_again()
    settled(page, qtbot)
    assert [line.provider for line in page.plan_side.table.rows()] == ["汤立新"]


def test_fewer_homes_than_an_enterprise_comes_for_are_asked_before_confirming(
    page: MatchingPage, session: Session, qtbot: QtBot, dialogs: ScriptedDialogs
) -> None:
    store = session.store
    firm = enterprise(store, homes_at_once=2)
    homes = [need(store, elder(store, name).id, CLEAN) for name in ("方娟", "奚金")]
    session.changed.emit(frozenset({Provider, Need}))
    settled(page, qtbot)
    theirs = [line for line in page.plan_side.table.rows() if line.provider_id == firm.id]
    assert [line.need_id for line in theirs] == [home.id for home in homes]
    page.plan_side.toggle(theirs[0])
    dialogs.answers = [""]
    press(page, Qt.Key.Key_Return, CTRL)
    assert dialogs.asked[-1].lines == ("净邻家政：要 2 户一起才来，现在只有 1 户",)
    assert store.all(Claim) == []
    dialogs.answers = ["go"]
    press(page, Qt.Key.Key_Return, CTRL)
    assert homes[1].id in {claim.need_id for claim in store.all(Claim)}
    session.undo()
    settled(page, qtbot)
    page.plan_side.toggle(next(line for line in page.plan_side.table.rows() if line.need_id == homes[0].id))
    press(page, Qt.Key.Key_Return, CTRL)
    assert len(dialogs.asked) == 2
    assert {home.id for home in homes} <= {claim.need_id for claim in store.all(Claim)}


def test_without_needs_nobody_is_told_to_choose_one(
    open_window: Callable[..., MainWindow], session: Session, qtbot: QtBot
) -> None:
    found = open_window("matching").current_page()
    assert isinstance(found, MatchingPage)
    assert found.candidates.empty.words() == "现在没有等安排的需求。"
    assert found.needs.empty.words().startswith("还没有需求。"), "nothing was arranged, there was nothing to arrange"
    wanted = need(session.store, elder(session.store).id)
    session.perform(close_need, need_id=wanted.id, reason="不要了")
    assert found.needs.empty.words().startswith("需求都安排好了。")
    settled(found, qtbot)
    assert found.plan_side.table.empty_text == "现在没有要安排的。"
    later = need(session.store, elder(session.store).id)
    with session.store.operation("set up"):
        session.store.update(replace(later, since=TODAY + timedelta(days=3)))
    session.changed.emit(frozenset({Need}))
    assert found.needs.empty.words().startswith("现在没有要安排的需求。 另有 1 条还没到日子")
    need(session.store, elder(session.store).id)
    session.changed.emit(frozenset({Need}))
    settled(found, qtbot)
    assert found.plan_side.table.empty_text == "一条都排不进。为什么、怎么办，看下面。", "there is a plan, of nobody"


def test_a_line_is_chosen_by_hand_kept_and_let_loose(
    page: MatchingPage, session: Session, qtbot: QtBot, dialogs: ScriptedDialogs
) -> None:
    page.show_need(2)
    assert page.candidates.choose_provider(2)
    with qtbot.waitSignal(session.said) as said:
        press(page, Qt.Key.Key_P)
    assert said.args[0].text == "已放进方案：汤立新 → 马根宝　陪伴聊天，别的都没动。"
    line = page.plan_side.table.rows()[1]
    assert (line.provider, line.source) == ("汤立新", Source.CHOSEN)
    assert session.remembered.get("matching.chosen") == {"2026-03": [[2, 2]]}
    page.plan_anew()
    settled(page, qtbot)
    assert page.plan_side.table.rows()[1].provider == "汤立新"
    press(page, Qt.Key.Key_L)
    settled(page, qtbot)
    assert page.plan_side.table.rows()[1].source is Source.PROPOSED
    assert session.store.all(Claim) == []


def test_a_line_chosen_by_hand_whom_a_rule_keeps_away_since_is_let_go_and_said(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    page.show_need(2)
    assert page.candidates.choose_provider(2)
    press(page, Qt.Key.Key_P)
    settled(page, qtbot)
    session.perform(providers.pause_provider, provider_id=2, reason="住院")
    settled(page, qtbot)
    assert [(line.provider, line.source) for line in page.plan_side.table.rows()] == [
        ("顾海宁", Source.PROPOSED),
        ("顾海宁", Source.PROPOSED),
    ]
    told = "手选的不作数了：汤立新 → 马根宝 陪伴聊天（目前暂停服务）"
    assert page.plan_side.summary.text().splitlines()[0] == told
    page.plan_again()
    settled(page, qtbot)
    assert told not in page.plan_side.summary.text()
    session.undo()
    settled(page, qtbot)
    assert going(page)[2] == (2, Source.CHOSEN)


def going(page: MatchingPage) -> dict[int, tuple[int, Source]]:
    """Who goes to each need that waits, and where that comes from."""
    rows = page.plan_side.table.rows()
    return {line.need_id: (line.provider_id, line.source) for line in rows if not line.is_locked}


def test_a_line_chosen_by_hand_is_so_again_once_its_confirming_is_undone(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    page.show_need(2)
    assert page.candidates.choose_provider(2)
    press(page, Qt.Key.Key_P)
    settled(page, qtbot)
    chosen = going(page)
    assert chosen[2] == (2, Source.CHOSEN)
    page.confirm()
    settled(page, qtbot)
    assert going(page) == {}
    session.undo()
    settled(page, qtbot)
    assert going(page) == chosen
    session.redo()
    settled(page, qtbot)
    session.undo()
    settled(page, qtbot)
    assert going(page) == chosen
    press(page, Qt.Key.Key_Z, CTRL)
    settled(page, qtbot)
    assert going(page)[2] == (1, Source.PROPOSED)
    # What opens a need again later is no taking back: nobody has chosen anybody for it then.
    press(page, Qt.Key.Key_Y, CTRL)
    settled(page, qtbot)
    page.confirm()
    settled(page, qtbot)
    for claim in session.store.all(Claim):
        session.perform(pairings.release_claim, need_id=claim.need_id)
    settled(page, qtbot)
    assert all(source is not Source.CHOSEN for _, source in going(page).values())


def test_what_was_put_in_by_hand_is_taken_back_before_older_written_steps(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    session.perform(pairings.claim_need, need_id=1, provider_id=1)
    settled(page, qtbot)
    page.show_need(2)
    (before,) = [line for line in page.plan_side.table.rows() if line.need_id == 2]
    page.plan_side.toggle(before)
    assert page.candidates.choose_provider(2)
    with qtbot.waitSignal(session.said) as said:
        press(page, Qt.Key.Key_P)
    assert (said.args[0].action, said.args[0].keys) == ("放回", "Ctrl+Z")
    assert page.plan_side.last_step.text() == "上一步：放进方案　汤立新 → 马根宝　陪伴聊天"

    def line() -> tuple[str, bool]:
        settled(page, qtbot)
        (found,) = [line for line in page.plan_side.table.rows() if line.need_id == 2]
        return found.provider, found.ticked

    # Whoever is chosen is meant to go, also where the line before was left out.
    assert line() == ("汤立新", True)
    assert page.candidates.plan_button.text() == "放回"
    press(page, Qt.Key.Key_Z, CTRL)
    assert line() == ("顾海宁", False)
    assert page.candidates.plan_button.text() == "放进方案"
    assert session.store.count(Claim) == 1
    press(page, Qt.Key.Key_Y, CTRL)
    assert line() == ("汤立新", True)
    press(page, Qt.Key.Key_Z, CTRL)
    press(page, Qt.Key.Key_Z, CTRL)
    settled(page, qtbot)
    assert session.store.count(Claim) == 0
    # Forth in the same order: first what was undone last.
    press(page, Qt.Key.Key_Y, CTRL)
    settled(page, qtbot)
    assert (session.store.count(Claim), line()) == (1, ("顾海宁", False))
    press(page, Qt.Key.Key_Y, CTRL)
    assert line() == ("汤立新", True)


def test_a_pairing_comes_first_is_pinned_and_changed_for_once_or_for_good(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    session.perform(pairings.pair, elder_id=2, provider_id=2, category_id=CHAT)
    settled(page, qtbot)
    line = page.plan_side.table.rows()[1]
    assert (line.provider, line.source, line.lasting) == ("汤立新", Source.PAIRING, False)
    page.show_need(2)
    press(page, Qt.Key.Key_L)
    assert session.store.all(Pairing)[0].pinned
    settled(page, qtbot)
    assert page.candidates.choose_provider(1)
    dialogs.answers = [("always", " "), ("always", "换近一点的")]
    page.settle()
    assert [question.title for question in dialogs.asked] == ["这一家固定结对的是汤立新", "汤立新为什么不再去？"]
    old, new = session.store.all(Pairing)
    assert (old.end_reason, new.provider_id) == ("换近一点的", 1)
    session.undo()
    settled(page, qtbot)
    page.show_need(2)
    page.candidates.choose_provider(1)
    dialogs.answers = ["once"]
    page.settle()
    assert [bond.is_active for bond in session.store.all(Pairing)] == [True]
    assert session.store.get(Need, 2).claimed_by == 1
    session.undo()
    settled(page, qtbot)
    page.show_need(2)
    page.candidates.choose_provider(1)
    assert page.candidates.effect.text() == "放进方案的话：别的都不动。这一家固定结对的是汤立新"
    press(page, Qt.Key.Key_P)
    settled(page, qtbot)
    assert [(line.provider, line.lasting) for line in page.plan_side.table.rows() if line.need_id == 2] == [
        ("顾海宁", False)
    ]
    press(page, Qt.Key.Key_Return, CTRL)
    assert session.store.get(Need, 2).claimed_by == 1
    assert [bond.provider_id for bond in session.store.all(Pairing)] == [2]


def test_claims_pairings_and_those_long_not_asked_are_at_hand(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    with session.store.operation("earlier"):
        pairings.claim_need(session.store, need_id=1, provider_id=1, today=TODAY - timedelta(days=12))
        pairings.pair(session.store, elder_id=2, provider_id=1, category_id=CHAT, today=TODAY - timedelta(days=60))
    session.changed.emit(frozenset({Claim, Pairing, Need}))
    settled(page, qtbot)
    page.right.show_part("claims")
    line = page.right.held.claims.lines.lines_model.line(0)
    assert (line.title, line.right, line.right_tone) == ("顾海宁", "还有 2 天", "warn")
    gone: list[Target] = []
    session.navigated.connect(gone.append)
    page.right.held.claims.lines.setFocus()
    press(page, Qt.Key.Key_Return)
    assert gone == [Target(page_key="phone", record=Ref(Need, 1))]
    session.goto("matching")
    dialogs.answers = [("go", "他病了")]
    page.right.held.claims.release()
    assert session.store.get(Need, 1).state is NeedState.OPEN
    assert session.store.all(Claim)[0].reason == "他病了"
    page.right.show_part("bonds")
    assert page.right.held.bonds.lines.lines_model.line(0).right == "该回访了"
    page.right.held.bonds.review()
    assert session.store.all(Pairing)[0].reviewed_on == TODAY
    dialogs.answers = [("go", "搬走了")]
    page.right.held.bonds.end()
    assert not session.store.all(Pairing)[0].is_active
    page.right.show_part("resting")
    assert {found.name for found in page.right.held.resting.lines.rows()} == {"丁兰", "汤立新"}


def test_a_trip_that_has_lost_a_home_is_told_beside_its_claims(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    store = session.store
    firm = enterprise(store, homes_at_once=3)
    homes = [need(store, elder(store, name).id, AIRCON) for name in ("甲", "乙", "丙")]
    session.perform(certificates.add_certificate, provider_id=firm.id, kind="空调清洗")
    for home in homes:
        session.perform(pairings.claim_need, need_id=home.id, provider_id=firm.id)

    def told() -> list[str]:
        shown = page.right.held.claims.lines
        return [shown.lines_model.line(at).second for at in range(len(shown.rows()))]

    assert told() == ["3月18日认领"] * 3
    session.perform(pairings.release_claim, need_id=homes[0].id)
    assert told() == ["要 3 户一起，才有 2 户"] * 2
    session.undo()
    assert told() == ["3月18日认领"] * 3
    settled(page, qtbot)


def test_a_claim_whose_certificate_runs_out_before_the_visit_may_be_says_so(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    store, cleaner = session.store, volunteer(session.store, "葛林", skills=(AIRCON,))
    wanted = need(store, elder(store, "甲").id, AIRCON)
    session.perform(certificates.add_certificate, provider_id=cleaner.id, kind="空调清洗", expires_on=date(2026, 3, 27))
    (found,) = rank_need(read_inputs(store, today=TODAY), wanted.id).excluded(1)
    assert found.texts == ("“空调清洗”证书 3月27日到期，之后的上门要换证",)
    session.perform(pairings.claim_need, need_id=wanted.id, provider_id=cleaner.id, reason="约在月底前")
    settled(page, qtbot)
    line = page.right.held.claims.lines.lines_model.line(0)
    assert (line.second, line.icon) == ("证书 3月27日到期，之后的上门要换证；约在月底前", "shield-alert")
    (held,) = store.where(Certificate, provider_id=cleaner.id)
    session.perform(certificates.renew_certificate, certificate_id=held.id, expires_on=date(2027, 3, 27))
    assert page.right.held.claims.lines.lines_model.line(0).second == "约在月底前"
    settled(page, qtbot)


def test_what_goes_on_after_a_visit_was_not_confirmed_today(page: MatchingPage, session: Session, qtbot: QtBot) -> None:
    store = session.store
    weekly = need(store, elder(store, "苏志清").id, CHAT, rhythm=Rhythm.WEEKLY)
    with store.operation("earlier"):
        early = TODAY - timedelta(days=7)
        pairings.pair_and_claim(store, need_id=weekly.id, provider_id=1, today=early)
    visit = book(store, weekly.elder_id, 1, category_id=CHAT, day=TODAY, starts=8 * 60, reason="说好了")
    session.perform(finish_visit, outcome=VisitOutcome(visit_id=visit.id))
    settled(page, qtbot)
    (line,) = page.right.held.claims.lines.rows()
    assert (line.claim.need_id, line.claim.claimed_on) == (weekly.id, TODAY)
    assert not any(row.is_locked for row in page.plan_side.table.rows())
    assert "今天已确认 0" in page.plan_side.summary.text()
    session.perform(pairings.claim_need, need_id=1, provider_id=1)
    settled(page, qtbot)
    assert [row.need_id for row in page.plan_side.table.rows() if row.is_locked] == [1]


def test_claims_and_pairings_say_who_pauses(page: MatchingPage, session: Session, qtbot: QtBot) -> None:
    store, held = session.store, page.right.held
    with store.operation("earlier"):
        for need_id in (1, 2):
            pairings.claim_need(store, need_id=need_id, provider_id=1, today=TODAY)
        pairings.pair(store, elder_id=2, provider_id=2, category_id=CHAT, today=TODAY)
    session.changed.emit(frozenset({Claim, Pairing, Need}))
    settled(page, qtbot)

    def told() -> list[str]:
        shown = [held.claims.lines.lines_model.line(at).second for at in range(2)]
        held.bonds.renew()
        return [*shown, held.bonds.lines.lines_model.line(0).second]

    page.right.show_part("bonds")
    assert told() == ["3月18日认领", "3月18日认领", "2026年3月18日起"]
    session.perform(providers.pause_provider, provider_id=1, reason="出门", until=date(2026, 4, 9))
    session.perform(change_elder_state, elder_id=2, state=ElderState.PAUSED, reason="住院")
    assert told() == ["顾海宁暂停中，4月9日恢复", "顾海宁暂停中，4月9日恢复", "马根宝暂停中"]
    session.perform(providers.resume_provider, provider_id=1)
    assert told() == ["3月18日认领", "马根宝暂停中", "马根宝暂停中"]
    # Why somebody goes against a rule is not hidden by that.
    with store.operation("earlier"):
        store.update(replace(held.claims.lines.rows()[1].claim, reason="老人点名要他"))
        store.update(replace(store.all(Pairing)[0], override_reason="住隔壁"))
    session.changed.emit(frozenset({Claim, Pairing}))
    assert told() == ["3月18日认领", "马根宝暂停中；老人点名要他", "马根宝暂停中　住隔壁"]
    settled(page, qtbot)


def test_what_goes_on_is_named_before_a_pairing_ends(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    store = session.store
    bond = session.perform(pairings.pair, elder_id=1, provider_id=1, category_id=HAIRCUT)
    other = need(store, 1, CHAT)
    claimed = need(store, 1, HAIRCUT)
    visit = book(store, 1, 1, day=TODAY + timedelta(days=1), reason="先约")
    with store.operation("claim"):
        for one in (other, claimed):
            pairings.claim_need(store, need_id=one.id, provider_id=1, today=TODAY, reason="他去")
        line = ServiceLine(category_id=HAIRCUT)
        values = {"starts": 600, "minutes": 30, "interval": Interval.WEEKLY, "begins_on": TODAY}
        for lines in ((line,), (ServiceLine(category_id=CHAT),)):
            store.add(Series(elder_id=1, provider_ids=(1,), services=lines, **values))  # type: ignore[arg-type]
    assert bond is not None
    going_on = withdrawals.still_to_go(store, pairing_id=store.all(Pairing)[0].id, today=TODAY)
    assert [[one.id for one in part] for part in going_on] == [[claimed.id], [visit.id], [1]]
    page.right.show_part("bonds")
    dialogs.answers = [""]
    page.right.held.bonds.end()
    assert dialogs.asked[-1].lines == (
        "定期上门 1 个",
        "约好的上门 1 次：3月19日 周四 14:00 高莲英　理发",
        "认领的理发，还没约时间",
    )
    assert store.all(Pairing)[0].is_active


def test_after_a_review_or_more_days_the_next_line_is_at_hand(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    with session.store.operation("earlier"):
        for need_id, days in ((1, 12), (2, 11)):
            pairings.claim_need(session.store, need_id=need_id, provider_id=1, today=TODAY - timedelta(days=days))
        for elder_id, days in ((1, 70), (2, 60)):
            pairings.pair(
                session.store, elder_id=elder_id, provider_id=1, category_id=CHAT, today=TODAY - timedelta(days=days)
            )
    session.changed.emit(frozenset({Claim, Pairing, Need}))
    settled(page, qtbot)
    said: list[Message] = []
    session.said.connect(said.append)
    held = page.right.held
    page.right.show_part("bonds")
    held.bonds.lines.choose_first()
    held.bonds.review()
    assert said[-1].text == "已回访结对：顾海宁 → 高莲英　陪伴聊天，2026年9月18日再看"
    current = held.bonds.current()
    assert current is not None
    assert (current.elder, current.is_due) == ("马根宝", True)
    page.right.show_part("claims")
    held.claims.lines.choose_first()
    held.claims.prolong()
    assert said[-1].text == "已延长认领：顾海宁 → 高莲英　理发，到 4月1日"
    claim = held.claims.current()
    assert claim is not None
    assert claim.elder == "马根宝"


def test_needs_are_filtered_by_outcome_and_ordered(page: MatchingPage) -> None:
    page.needs.filter.choose(Outcome.NOBODY)
    page.needs.filter.chosen.emit(Outcome.NOBODY)
    assert [found.id for found in page.needs.lines.rows()] == [3]
    page.show_need(1)
    current = page.needs.current()
    assert current is not None
    assert (current.id, page.needs.filter.value()) == (1, None)
    press(page, Qt.Key.Key_N)
    following = page.needs.current()
    assert following is not None
    assert following.id == 2


def test_the_rail_counts_those_who_wait(page: MatchingPage, session: Session) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.rail.buttons["matching"].count == 3
    session.perform(pairings.claim_need, need_id=1, provider_id=1)
    assert window.rail.buttons["matching"].count == 2


def test_weights_are_changed_with_a_look_at_what_that_does(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    page.set_weights()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, WeightsDialog)
    assert not dialog.save_button.isEnabled()
    assert [place.name for place in dialog.lines.rows()] == ["顾海宁"]
    # The other has no time when it is wanted: once that rule is off, he is there.
    dialog.ticks["rule_no_common_half_day"].click()
    dialog.look()
    assert [(place.name, place.before) for place in dialog.lines.rows()] == [("顾海宁", 1), ("汤立新", 0)]
    assert "0 条的第一位会换人" in dialog.effect.text()
    dialog.ticks["rule_no_common_half_day"].click()
    dialog.numbers["match_nearness"].setValue(10)
    dialog.look_at_plan()
    qtbot.waitUntil(lambda: dialog.plan_effect.text().startswith("整体方案"))
    assert dialog.plan_effect.text() == "整体方案：多排进 0 条，排不进了 0 条，换人 0 条。"
    dialog.ticks["rule_no_common_half_day"].click()
    dialog.numbers["match_nearness"].setValue(0)
    dialog.look()
    assert session.store.all(Setting) == []
    with qtbot.waitSignal(session.said) as said:
        dialog.save()
    assert said.args[0].text == "已改设置：就近、时间不合"
    assert {found.key: found.value for found in session.store.all(Setting)} == {
        "match_nearness": "0",
        "rule_no_common_half_day": "0",
    }
    settled(page, qtbot)
    assert [line.name for line in page.candidates.lines.rows() if line.place] == ["顾海宁", "汤立新"]
    session.undo()
    assert session.store.all(Setting) == []


def confirmed(page: MatchingPage, session: Session) -> None:
    """Everything ticked is confirmed."""
    page.confirm()


def without_one(page: MatchingPage, session: Session) -> None:
    """Somebody whom the plan sends pauses, and others go."""
    session.perform(providers.pause_provider, provider_id=1, reason="住院")


@pytest.mark.parametrize("change", [confirmed, without_one])
def test_a_plan_comes_back_as_it_was_once_what_changed_it_is_undone(
    page: MatchingPage, session: Session, qtbot: QtBot, change: Callable[[MatchingPage, Session], None]
) -> None:
    store = session.store
    for place in range(12):
        need(store, elder(store, f"老人{place}").id, (HAIRCUT, CHAT)[place % 2], half_days=(place,))
    for place in range(6):
        volunteer(store, f"志愿者{place}", visits_per_month=2, half_days=(2 * place, 2 * place + 1))
    page.refresh()
    settled(page, qtbot)

    def plan() -> list[tuple[int, int]]:
        return [(line.need_id, line.provider_id) for line in page.plan_side.table.rows() if not line.is_locked]

    before = plan()
    assert "已证明这样排最好" in page.plan_side.summary.text()
    change(page, session)
    settled(page, qtbot)
    assert plan() != before
    session.undo()
    settled(page, qtbot)
    assert plan() == before
    assert "已证明这样排最好" in page.plan_side.summary.text()


def test_a_new_need_moves_nobody_although_many_wait_to_whom_nobody_can_go(
    page: MatchingPage, session: Session, qtbot: QtBot
) -> None:
    store = session.store
    with store.operation("set up"):
        homes = {name: store.add(Compound(name=f"{name}新村")).id for name in ("东头", "西头")}
    for place in range(4):
        need(store, elder(store, f"等空调的{place}").id, AIRCON)
    people = {
        volunteer(store, name, skills=(CLEAN,), compound_id=home, visits_per_month=1).id: home
        for name, home in homes.items()
    }
    first = need(store, elder(store, "先来的").id, CLEAN)
    page.refresh()
    settled(page, qtbot)

    def lines() -> dict[int, int]:
        return {line.need_id: line.provider_id for line in page.plan_side.table.rows()}

    before = lines()
    # Whoever weighed everything anew would send to the newcomer the one who lives beside them.
    newcomer = need(store, elder(store, "后来的", compound_id=people[before[first.id]]).id, CLEAN)
    page.refresh()
    settled(page, qtbot)
    (other,) = people.keys() - {before[first.id]}
    assert lines() == before | {newcomer.id: other}


def test_the_window_closes_over_a_search_and_other_work_does_not_wait_for_it(
    page: MatchingPage, session: Session, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    page.plan_anew()
    search = session.jobs.running[0]
    job = session.run_job(lambda progress: progress(1, 1), title="另一件事")
    assert search.is_cancelled
    with qtbot.waitSignal(job.ended):
        pass
    page.plan_anew()
    assert page.run.is_running
    page.window().close()
    assert dialogs.asked == []
    assert not page.window().isVisible()


def test_of_too_many_needs_the_longest_waiting_are_looked_at_and_others_when_asked_for(
    page: MatchingPage, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_AT_ONCE", 1)
    assert not page.needs.scope_row.isVisibleTo(page)
    page.plan_again()
    settled(page, qtbot)
    assert [line.id for line in page.needs.lines.rows()] == [1]
    assert page.needs.scope_words.text() == "共 3 条，先列最急的、等得最久的 1 条"
    assert [line.elder for line in page.plan_side.table.rows()] == ["高莲英"]
    session.goto("matching", Ref(Need, 3))
    settled(page, qtbot)
    current = page.needs.current()
    assert current is not None
    assert current.id == 3
    assert [line.id for line in page.needs.lines.rows()] == [1, 3]
    session.goto("matching", Ref(Elder, current.elder_id))
    settled(page, qtbot)
    assert [line.id for line in page.needs.lines.rows()] == [1, 2, 3]
    assert not page.needs.scope_row.isVisibleTo(page)
    page.memory.chosen[2] = page.plan_side.table.rows()[0].provider_id
    page.needs.committee_chosen.emit(None)
    settled(page, qtbot)
    assert [line.id for line in page.needs.lines.rows()] == [1, 2]
    assert page.plan_side.table.rows()[1].source is Source.CHOSEN


def test_the_needs_of_one_committee_are_looked_at(
    page: MatchingPage, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_AT_ONCE", 1)
    with session.store.operation("set up"):
        there = session.store.add(ResidentsCommittee(name="亭北居委"))
        second = session.store.get(Elder, 2)
        session.store.update(replace(second, committee_id=there.id))
    assert waiting_by_committee(session.store, today=TODAY) == [(there.id, "亭北居委", 2)]
    page.needs.committee_chosen.emit(there.id)
    settled(page, qtbot)
    assert [line.id for line in page.needs.lines.rows()] == [2]
    assert page.needs.scope_words.text() == "亭北居委有 2 条，先列最急的、等得最久的 1 条"
    monkeypatch.setattr(looking, "MOST_AT_ONCE", 1000)
    page.plan_again()
    settled(page, qtbot)
    assert [line.id for line in page.needs.lines.rows()] == [2, 3]
    assert page.needs.scope_words.text() == "只看亭北居委的"
    page.memory.chosen[1] = 1
    page.plan_again()
    settled(page, qtbot)
    # What was chosen by hand elsewhere is confirmed with the rest: it is listed, and counted apart.
    assert [line.need_id for line in page.plan_side.wanted()] == [1, 2]
    assert [line.id for line in page.needs.lines.rows()] == [1, 2, 3]
    assert page.needs.scope_words.text() == "只看亭北居委的；别的居委手选或点开过的 1 条也在"
    page.needs.committee_chosen.emit(None)
    settled(page, qtbot)
    assert [line.id for line in page.needs.lines.rows()] == [1, 2, 3]
