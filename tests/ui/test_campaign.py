"""A campaign day of forty homes recorded with the keyboard alone, in one step; what was typed survives a crash."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jiuliting_desk.actions.drafts import kept_draft
from jiuliting_desk.actions.history import undo
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import FeedbackForm
from jiuliting_desk.model.places import Cadre, ResidentsCommittee
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.visits import VisitsPage
from jiuliting_desk.ui.pages.visits.campaign import DRAFT, CampaignView
from jiuliting_desk.ui.pages.visits.page import View
from tests.actions.people import AIRCON, TODAY, enterprise
from tests.actions.visits import TOMORROW
from tests.store.test_undo import contents

Open = Callable[..., MainWindow]
HOMES = 40


@pytest.fixture
def homes(store: Store) -> list[int]:
    """Forty homes of one firm today, led in by a cadre, one tomorrow."""
    with store.operation("places"):
        committee = store.add(ResidentsCommittee(name="亭北居民区"))
        cadre = store.add(Cadre(name="邵兰", committee_id=committee.id))
    firm = enterprise(store)
    with store.operation("visits"):
        people = [store.add(Elder(name=f"老人{number}")).id for number in range(HOMES + 1)]
        made = [
            store.add(
                Visit(
                    elder_id=elder_id,
                    services=(ServiceLine(category_id=AIRCON, minutes=60),),
                    provider_ids=(firm.id,),
                    cadre_id=cadre.id,
                    day=TODAY if number < HOMES else TOMORROW,
                    starts=480 + number * 10,
                    minutes=60,
                )
            ).id
            for number, elder_id in enumerate(people)
        ]
    del made[HOMES:]
    return made


@pytest.fixture
def page(homes: list[int], open_window: Open) -> VisitsPage:
    found = open_window("visits").current_page()
    assert isinstance(found, VisitsPage)
    found.view.choose(View.CAMPAIGN)
    found.view.chosen.emit(View.CAMPAIGN)
    return found


@pytest.fixture
def sheet(page: VisitsPage) -> CampaignView:
    return page.campaign


def keys(sheet: CampaignView, text: str) -> None:
    """Digits as they are; > right, < left, v down, ^ up, ! Enter, _ space, b backspace, D fills down."""
    named = {
        ">": Qt.Key.Key_Right, "<": Qt.Key.Key_Left, "v": Qt.Key.Key_Down, "^": Qt.Key.Key_Up,
        "!": Qt.Key.Key_Return, "_": Qt.Key.Key_Space, "b": Qt.Key.Key_Backspace,
    }  # fmt: skip
    for sign in text:
        if sign == "D":
            QTest.keyClick(sheet.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        elif sign in named:
            QTest.keyClick(sheet.table, named[sign])
        else:
            QTest.keyClicks(sheet.table, sign)


def test_forty_homes_take_a_key_each_and_one_step(
    page: VisitsPage, sheet: CampaignView, store: Store, homes: list[int]
) -> None:
    before = contents(store)
    assert sheet.table.hasFocus()
    assert len(sheet.table.campaign.lines) == HOMES
    keys(sheet, "1" * 37 + "2" + "3")
    assert sheet.record_button.text() == "记下 39 家"
    assert sheet.told.text() == "做好 37 家　家里没人 1 家　志愿者没来 1 家　还没记 1 家"
    assert {one.state for one in store.all(Visit)} == {VisitState.PLANNED}
    QTest.keyClick(page.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    states = [store.get(Visit, visit_id).state for visit_id in homes]
    assert states[:37] == [VisitState.DONE] * 37
    assert states[37:] == [VisitState.NOT_HOME, VisitState.NO_SHOW, VisitState.PLANNED]
    assert store.get(Visit, homes[37]).reason == "出门了"
    assert store.get(Visit, homes[0]).led_in
    assert store.count(FeedbackForm) == 37
    assert kept_draft(store, name=DRAFT) == ""
    undo(store)
    assert contents(store) == before


def test_numbers_ticks_and_reasons_are_typed_into_their_cells(
    sheet: CampaignView, store: Store, homes: list[int]
) -> None:
    keys(sheet, "1^>95!120>2>>_v")
    entry = sheet.table.campaign.entries[homes[0]]
    assert (entry.minutes, entry.quantity, entry.stayed) == (95, 1, False)
    second = sheet.table.campaign.entries[homes[1]]
    assert (second.outcome, second.minutes, second.quantity, second.stayed) == (VisitState.DONE, 120, 2, True)
    sheet.table.begin()
    keys(sheet, "3^>>>>>>2")
    third = sheet.table.campaign.entries[homes[2]]
    assert (third.outcome, third.reason) == (VisitState.NO_SHOW, "志愿者临时有事")
    keys(sheet, "b")
    sheet.record_button.click()
    assert store.get(Visit, homes[0]).is_open
    assert sheet.table.campaign.columns[sheet.table.currentIndex().column()].key == "reason"
    keys(sheet, "1")
    sheet.record_button.click()
    assert store.get(Visit, homes[1]).on_site_minutes == 120
    assert store.get(Visit, homes[1]).services[0].quantity == 2


def test_ctrl_d_fills_down(sheet: CampaignView, homes: list[int]) -> None:
    keys(sheet, "1^D>75D")
    assert {(one.outcome, one.minutes) for one in sheet.table.campaign.entries.values()} == {(VisitState.DONE, 75)}
    keys(sheet, "b")
    assert sheet.table.campaign.entries[homes[0]].minutes == 60


def test_ctrl_d_straight_after_an_outcome_fills_down_that_outcome(sheet: CampaignView, homes: list[int]) -> None:
    keys(sheet, "112D")
    entries = [sheet.table.campaign.entries[visit_id].outcome for visit_id in homes]
    assert entries == [VisitState.DONE] * 2 + [VisitState.NOT_HOME] * (HOMES - 2)
    keys(sheet, "0D")
    assert sheet.told.text() == "做好 2 家　家里没人 1 家　志愿者没来 0 家　还没记 37 家"


def test_ctrl_d_of_a_home_not_told_takes_nothing_away(sheet: CampaignView, homes: list[int]) -> None:
    keys(sheet, "v1^^D>D>>>D")
    assert sheet.told.text() == "做好 1 家　家里没人 0 家　志愿者没来 0 家　还没记 39 家"


def test_nothing_is_ticked_where_no_cadre_is_named(
    page: VisitsPage, sheet: CampaignView, store: Store, homes: list[int]
) -> None:
    with store.operation("nobody leads"):
        store.update_many([replace(store.get(Visit, homes[at]), cadre_id=None) for at in (1, 2)])
    page.refresh()
    keys(sheet, "1^D>>>>_D>_D")
    entries = sheet.table.campaign.entries
    assert all(entries[one].stayed and entries[one].signed for one in homes[3:])
    assert not any(entries[one].led_in or entries[one].stayed or entries[one].signed for one in homes[1:3])
    assert sheet.table.campaign.cell(1, 8).text == "—"
    keys(sheet, "v_1b")
    assert not entries[homes[1]].signed
    assert "没定居委干部" in sheet.keys_words.text()
    QTest.mouseClick(
        sheet.table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=sheet.table.visualRect(sheet.table.campaign.index(2, 9)).center(),
    )
    assert not entries[homes[2]].signed
    sheet.record_button.click()
    assert [store.get(Visit, one).had_cadre for one in homes[:4]] == [True, False, False, True]
    assert not any(store.get(Visit, one).signed for one in homes[1:3])


def test_days_to_come_are_not_offered(page: VisitsPage, sheet: CampaignView) -> None:
    page.show_from(TOMORROW)
    assert not sheet.table.campaign.lines
    assert sheet.told.text() == "这几天没有要记的上门。"


def test_what_was_typed_survives_a_crash(sheet: CampaignView, page: VisitsPage, store: Store, homes: list[int]) -> None:
    keys(sheet, "112")
    made = CampaignView(page.session)
    made.show_lines(sheet.table.campaign.lines)
    assert [entry.outcome for entry in list(made.table.campaign.entries.values())[:4]] == [
        VisitState.DONE, VisitState.DONE, VisitState.NOT_HOME, None,
    ]  # fmt: skip
    made.drop()
    assert kept_draft(store, name=DRAFT) == ""
    made.deleteLater()


def test_what_is_recorded_already_is_only_shown(page: VisitsPage, sheet: CampaignView, homes: list[int]) -> None:
    keys(sheet, "1")
    sheet.record_button.click()
    assert sheet.table.campaign.entry(0) is None
    assert sheet.table.currentIndex().row() == 1
    sheet.table.setCurrentIndex(sheet.table.campaign.index(0, 4))
    keys(sheet, "2")
    assert not sheet.typed
    keys(sheet, "v")
    assert sheet.table.currentIndex().row() == 1
    keys(sheet, "^")
    assert sheet.table.currentIndex().row() == 1
    page.show_from(TOMORROW)
    page.show_from(TODAY)
    assert sheet.table.currentIndex().row() == 1


def test_enter_after_a_digit_passes_no_home_over(sheet: CampaignView) -> None:
    keys(sheet, "1!1!1!")
    assert [sheet.table.campaign.entry(at).is_told for at in range(4)] == [True, True, True, False]  # type: ignore[union-attr]
    keys(sheet, "!")
    assert sheet.table.currentIndex().row() == 4
