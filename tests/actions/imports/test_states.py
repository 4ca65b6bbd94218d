"""Whether somebody is still on the list, on which floor, and since when they wait, as a sheet says it."""

from datetime import date

import pytest

from jiuliting_desk.actions.matching import read_inputs
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.imports import Note, Remark
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.providers import Provider, ProviderState
from jiuliting_desk.sheets.states import elder_state, provider_state
from jiuliting_desk.store import Store
from tests.actions.imports.sheets_by_hand import MIAO, ZOU, survey, volunteers
from tests.actions.imports.test_survey import DAY, imported
from tests.actions.imports.test_volunteers import LU, YU


@pytest.mark.parametrize(
    ("text", "state"),
    [("在册", ElderState.ACTIVE), ("已去世", ElderState.DECEASED), ("过世。", ElderState.DECEASED),
     ("迁出", ElderState.MOVED),
     ("入住养老院", ElderState.IN_CARE_HOME), ("暂停", ElderState.PAUSED),
     ("已退出", ElderState.WITHDREW), ("一般", None)],
)  # fmt: skip
def test_words_for_states_of_elders(text: str, state: ElderState | None) -> None:
    assert elder_state(text) is state


def test_words_for_states_of_providers() -> None:
    told = [provider_state(text) for text in ("在岗", "请假", "已退出", "优秀")]
    assert told == [ProviderState.ACTIVE, ProviderState.PAUSED, ProviderState.STOPPED, None]


def test_nobody_is_sent_to_somebody_who_died(store: Store) -> None:
    plan = imported(store, survey(MIAO | {"state": "已去世"}, ZOU | {"state": "在册"}))
    miao, zou = store.all(Elder)
    assert (miao.state, miao.state_on, miao.state_reason) == (ElderState.DECEASED, DAY, "导入的名单上这样写")
    assert (zou.state, zou.state_on) == (ElderState.ACTIVE, None)
    assert plan.rows[0].notes == (Note(Remark.STATE_TAKEN, "state", "已去世"),)
    assert {need.elder_id for need in store.all(Need)} == {zou.id}
    assert miao.notes == "需求：陪伴聊天、理发"


def test_the_state_of_somebody_known_is_told_and_stays(store: Store) -> None:
    imported(store, survey(MIAO), volunteers(LU))
    plan = imported(store, survey(MIAO | {"state": "迁出"}), volunteers(LU | {"state": "退出"}))
    assert [row.notes for row in plan.rows] == [
        (Note(Remark.STATE_KEPT, "state", "迁出"),), (Note(Remark.STATE_KEPT, "state", "退出"),),
    ]  # fmt: skip
    assert store.all(Elder)[0].state is ElderState.ACTIVE
    assert store.all(Provider)[0].state is ProviderState.ACTIVE


def test_who_pauses_is_not_planned_and_other_words_are_kept(store: Store) -> None:
    imported(store, volunteers(LU | {"state": "请假"}, YU | {"enterprise": "", "state": "优秀志愿者"}))
    lu, yu = store.all(Provider)
    assert (lu.state, yu.state, yu.notes) == (ProviderState.PAUSED, ProviderState.ACTIVE, "状态：优秀志愿者")
    assert [row.name for row in read_inputs(store, today=DAY).situation.providers if row.paused] == [lu.name]


def test_the_floor_is_stored_and_a_need_waits_since_it_was_written_down(store: Store) -> None:
    early = date(2026, 2, 1)
    rows = (
        MIAO | {"floor": "5", "registered_on": early.isoformat()},
        ZOU | {"floor": "顶楼", "registered_on": "2026-02"},
    )
    imported(store, survey(*rows))
    miao, zou = store.all(Elder)
    assert (miao.floor, zou.floor, zou.notes) == (5, None, "楼层：顶楼；登记日期：2026-02")
    since = {need.elder_id: need.since for need in store.all(Need)}
    assert since == {miao.id: early, zou.id: date(2026, 3, 5)}
